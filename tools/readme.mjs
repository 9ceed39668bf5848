// @ts-check
/** The READMEs, and the blocks in them that a tool writes: each between `<!-- NAME -->` and `<!-- /NAME -->`. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const READMES = /** @type {const} */ ([
  ["README.md", "en"],
  ["README.zh-CN.md", "zh"],
]);

/** Returns a README with a block in the place of the one of that name. @param {string} readme @param {string} name @param {string[]} lines */
export function withBlock(readme, name, lines) {
  const place = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!place.test(readme)) throw new Error(`the README has no place for <!-- ${name} -->`);
  return readme.replace(place, (_, begin, end) => `${begin}${lines.join("\n")}\n${end}`);
}

/**
 * Writes a block into both.
 *
 * @param {string} root
 * @param {string} name
 * @param {(language: "en" | "zh") => string[]} render
 */
export function writeBlocks(root, name, render) {
  for (const [file, language] of READMES) {
    const path = join(root, file);
    writeFileSync(path, withBlock(readFileSync(path, "utf8"), name, render(language)));
  }
}
