// @ts-check
/** The crates that are in a wasm file, by cargo's own word: what is linked, so no macros, and nothing that only builds or tests. */

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const TARGET = "wasm32-unknown-unknown";
/** The files of the package, and the feature that each is built with. */
export const WASM = {
  "wasm/tokimeter_bg.wasm": "",
  "wasm-json/tokimeter-json_bg.wasm": "json",
  "wasm-hf/tokimeter-hf_bg.wasm": "hf",
};

/** @param {string[]} args */
const cargo = (...args) => execFileSync("cargo", args, { encoding: "utf8", maxBuffer: 1 << 28 });

/**
 * @typedef {{ name: string, version: string, license: string, authors: string[], manifest_path: string, source: string | null }} Package
 * @typedef {{ crate: string, licence: string, copyright: string[], texts: string[], files: string[] }} Crate
 * `texts`: of licences that stand in no file of the package
 */

/** Returns the crates of all wasm files, by name. @returns {Crate[]} */
export function crates() {
  const resolved = ["--locked", "--format-version=1", `--filter-platform=${TARGET}`, "--features=hf,json"];
  /** @type {Package[]} */
  const packages = JSON.parse(cargo("metadata", ...resolved)).packages;
  /** @type {Map<string, string[]>} */
  const files = new Map();
  for (const [file, feature] of Object.entries(WASM))
    for (const crate of linked(feature)) files.set(crate, [...(files.get(crate) ?? []), file]);
  return packages
    .filter(({ source }) => source !== null)
    .flatMap((found) => {
      const crate = `${found.name} ${found.version}`;
      const where = files.get(crate);
      if (!where) return [];
      const licence = found.license.replaceAll("/", " OR ");
      return [{ crate, licence, copyright: copyrightOf(found), texts: textsOf(found), files: where }];
    })
    .sort((a, b) => (a.crate < b.crate ? -1 : 1));
}

/** @param {string} feature */
function linked(feature) {
  const tree = ["--locked", "--edges=normal,no-proc-macro", "--prefix=none", "--format={p}"];
  const printed = cargo(
    "tree",
    ...tree,
    `--target=${TARGET}`,
    "--no-default-features",
    `--features=${feature}`,
  );
  const names = printed
    .split("\n")
    .flatMap((line) => /^(\S+) v(\S+)/.exec(line)?.slice(1, 3).join(" ") ?? []);
  return new Set(names);
}

/** Who holds it, as its licences say; or else its authors. @param {Package} found */
function copyrightOf({ manifest_path: manifest, authors }) {
  const folder = dirname(manifest);
  const lines = readdirSync(folder)
    .filter((name) => /^(?:LICEN[CS]E|COPYING|COPYRIGHT|NOTICE)/i.test(name))
    .sort()
    .filter((name) => !/apache/i.test(name))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"))
    .map((line) => line.trim())
    .filter((line) => /^copyright (?:\(c\)|©|\d)/i.test(line) && !/[[{]yyyy/.test(line));
  return lines.length > 0 ? [...new Set(lines)] : authors.map((author) => `By ${author}`);
}

/** What must be kept besides the MIT licence and Apache's, one of which every crate offers. @param {Package} found */
function textsOf({ license, manifest_path: manifest }) {
  return license
    .split(" AND ")
    .filter((part) => !/MIT|Apache/.test(part) && !isSourceOnly(part))
    .map((part) =>
      readFileSync(join(dirname(manifest), `LICENSE-${part.split("-")[0]?.toUpperCase()}`), "utf8"),
    );
}

/** Boost's licence asks for its notice in source code alone. @param {string} licence */
function isSourceOnly(licence) {
  return licence === "BSL-1.0";
}
