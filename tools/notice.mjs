// @ts-check
/** Prints the package's NOTICE: whose the vocabularies and the crates are that it has in it, and under which licence. */

import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { crates, WASM } from "./notice/crates.mjs";

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {string} [base]
 * @property {string} [package]
 * @property {string} [path]
 * @property {string} licence
 * @property {string} copyright
 * @property {string} [notice] what the licence wants to be said
 * @property {boolean} [on_request] true of data that the package does not ship
 * @property {string} [packed_sha256]
 */

const { vocab, claude } = /** @type {{ vocab: Entry[], claude: Entry[] }} */ (
  /** @type {unknown} */ (parse(readFileSync("data/vocab.toml", "utf8")))
);

const lines = ["tokimeter is licensed under MIT OR Apache-2.0.", "", "It contains data of others:", ""];
for (const entry of [...vocab, ...claude]) {
  if (!entry.packed_sha256 || entry.on_request) continue;
  const from = entry.package
    ? `packed from ${entry.package}, ${entry.path}`
    : `special tokens of ${entry.base}`;
  lines.push(`vocab/${entry.name}.vocab, ${from}`, `  ${entry.copyright}. Licence: ${entry.licence}.`);
  if (entry.notice) lines.push(`  ${entry.notice}`);
  lines.push("");
}
lines.push(
  "It contains code of others. Where a licence is one of several, it is MIT (LICENSE-MIT) or Apache-2.0 (LICENSE-APACHE).",
  "",
);
for (const { crate, licence, copyright, texts, files } of crates()) {
  lines.push(`${files.join(", ")}, with the crate ${crate}`);
  lines.push(...copyright.map((line) => `  ${line}`), `  Licence: ${licence}.`);
  if (crate.startsWith("tokenizers "))
    lines.push("  It was changed by being compiled with parts of it left out.");
  lines.push(
    ...texts.flatMap((text) => [
      "",
      ...text
        .trim()
        .split("\n")
        .map((line) => `    ${line}`.trimEnd()),
    ]),
    "",
  );
}
lines.push(
  `${Object.keys(WASM).join(", ")}, with the standard library of Rust`,
  "  Copyright The Rust Project Contributors. Licence: MIT OR Apache-2.0.",
  "",
);
for (const [name, copyright] of [
  ["commander", "Copyright (c) 2011 TJ Holowaychuk"],
  ["ignore", "Copyright (c) 2013 Kael Zhang, contributors"],
]) {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  lines.push(
    `bin/tokimeter.js, with the npm package ${name} ${version}`,
    `  ${copyright}. Licence: MIT (its text is that of LICENSE-MIT).`,
    "",
  );
}
process.stdout.write(lines.join("\n"));
