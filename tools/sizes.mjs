// @ts-check
/** Prints what the npm package holds and what a page downloads of it. What it may weigh stands in benches/budget.toml. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const { version } = JSON.parse(readFileSync("pkg/package.json", "utf8"));

const files = [
  "pkg/wasm/tokimeter_bg.wasm",
  "pkg/wasm/tokimeter.js",
  // What packs tokenizer files, and what counts by those that cannot be packed: for pages that load one.
  "pkg/wasm-json/tokimeter-json_bg.wasm",
  "pkg/wasm-json/tokimeter-json.js",
  "pkg/wasm-hf/tokimeter-hf_bg.wasm",
  "pkg/wasm-hf/tokimeter-hf.js",
  // What `npx tokimeter` runs; no page loads it.
  "pkg/bin/tokimeter.js",
  ...readdirSync("pkg/dist")
    .filter((name) => name.endsWith(".js"))
    .map((name) => `pkg/dist/${name}`),
  ...readdirSync("pkg/vocab").map((name) => `pkg/vocab/${name}`),
  `target/tokimeter-${version}.tgz`,
];

console.log("file                                   raw      gzip    brotli");
for (const file of files) {
  const bytes = readFileSync(file);
  const sizes = [bytes.length, gzipSync(bytes).length, brotliCompressSync(bytes).length];
  console.log(file.padEnd(32) + sizes.map((size) => String(size).padStart(10)).join(""));
}
const tarball = readFileSync(`target/tokimeter-${version}.tgz`);
console.log(`sha256 ${createHash("sha256").update(tarball).digest("hex")}  tokimeter-${version}.tgz`);
