// @ts-check
/** Prints what the npm package holds and what a page downloads of it, and fails where a budget is passed. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const { version } = JSON.parse(readFileSync("pkg/package.json", "utf8"));

/** Budgets in bytes: the engine raw and under brotli, the vocabularies as they are, for they are compressed inside. */
const FILES = [
  { file: "pkg/wasm/tokimeter_bg.wasm", raw: 150_000, brotli: 60_000 },
  { file: "pkg/wasm/tokimeter.js" },
  ...readdirSync("pkg/dist")
    .filter((name) => name.endsWith(".js"))
    .map((name) => ({ file: `pkg/dist/${name}` })),
  { file: "pkg/vocab/o200k_base.vocab", raw: 950_000 },
  { file: "pkg/vocab/cl100k_base.vocab", raw: 430_000 },
  { file: `target/tokimeter-${version}.tgz` },
];

let over = false;
console.log("file                                   raw      gzip    brotli");
for (const { file, raw, brotli } of FILES.map((entry) => ({ raw: Infinity, brotli: Infinity, ...entry }))) {
  const bytes = readFileSync(file);
  const sizes = [bytes.length, gzipSync(bytes).length, brotliCompressSync(bytes).length];
  console.log(file.padEnd(32) + sizes.map((size) => String(size).padStart(10)).join(""));
  for (const [size = 0, limit = 0, what = ""] of [
    [sizes[0], raw, "raw"],
    [sizes[2], brotli, "brotli"],
  ]) {
    if (size > limit) {
      over = true;
      console.error(`${file}: ${size} bytes ${what}; the budget is ${limit}`);
    }
  }
}
const tarball = readFileSync(`target/tokimeter-${version}.tgz`);
console.log(`sha256 ${createHash("sha256").update(tarball).digest("hex")}  tokimeter-${version}.tgz`);
process.exitCode = over ? 1 : 0;
