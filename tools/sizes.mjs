// @ts-check
/**
 * Prints what the npm package holds, what a page downloads of it, and the hashes by which somebody else's build can be compared
 * with this one. What it may weigh stands in benches/budget.toml.
 */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const { version } = JSON.parse(readFileSync("pkg/package.json", "utf8"));
const tarball = `target/tokimeter-${version}.tgz`;

/**
 * @param {string} program
 * @param {string[]} options
 */
const run = (program, ...options) => execFileSync(program, options, { encoding: "utf8" }).trim();

const files = run("tar", "-tzf", tarball)
  .split("\n")
  .map((path) => path.replace(/^package\//, ""))
  .sort();
// No page loads these, and there is one for each module.
const isTypes = (/** @type {string} */ file) => file.endsWith(".d.ts");

console.log("file                                   raw      gzip    brotli");
for (const file of files.filter((file) => !isTypes(file))) {
  const bytes = readFileSync(join("pkg", file));
  print(file, [bytes.length, gzipSync(bytes).length, brotliCompressSync(bytes).length]);
}
const types = files.filter(isTypes);
const bytes = types.reduce((sum, file) => sum + readFileSync(join("pkg", file)).length, 0);
print(`${types.length} files of types (.d.ts)`, [bytes]);
console.log(
  `${files.length} files, by ${run("rustc", "--version")}, Node ${process.version}, npm ${run("npm", "--version")}`,
);

for (const path of [
  ...files.filter((file) => file.endsWith(".wasm")).map((file) => join("pkg", file)),
  tarball,
]) {
  console.log(`sha256 ${createHash("sha256").update(readFileSync(path)).digest("hex")}  ${path}`);
}

/**
 * @param {string} what
 * @param {number[]} sizes
 */
function print(what, sizes) {
  console.log(what.padEnd(32) + sizes.map((size) => String(size).padStart(10)).join(""));
}
