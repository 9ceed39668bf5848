// @ts-check
/** Prints what the npm package holds and what a page downloads of it, and fails where a budget is passed. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const { version } = JSON.parse(readFileSync("pkg/package.json", "utf8"));

/** Budgets of the vocabularies in kB, 1000 bytes each, as they are: they are compressed inside. */
const VOCABULARIES = {
  r50k_base: 145,
  cl100k_base: 295,
  o200k_base: 640,
  deepseek_v3: 390,
  qwen3: 450,
  qwen3_5: 790,
  kimi: 520,
  glm4: 455,
  glm5: 6,
  llama3: 90,
  llama4: 640,
  minimax: 640,
  tekken: 400,
  gemma3: 820,
  claude3: 90,
  claude4_7: 27,
};

/** Budgets in bytes: the engine raw and under brotli, with all patterns, normalizers, Claude's counts, and estimates. */
const FILES = [
  { file: "pkg/wasm/tokimeter_bg.wasm", raw: 199_000, brotli: 80_500 },
  { file: "pkg/wasm/tokimeter.js" },
  // What packs tokenizer files, and what counts by those that cannot be packed: for pages that load one.
  { file: "pkg/wasm-json/tokimeter-json_bg.wasm", brotli: 46_000 },
  { file: "pkg/wasm-json/tokimeter-json.js" },
  // The model book is loaded only by who asks for models.
  { file: "pkg/dist/book.js", brotli: 25_000 },
  { file: "pkg/wasm-hf/tokimeter-hf_bg.wasm", brotli: 500_000 },
  { file: "pkg/wasm-hf/tokimeter-hf.js" },
  // What `npx tokimeter` runs; no page loads it.
  { file: "pkg/bin/tokimeter.js" },
  ...readdirSync("pkg/dist")
    .filter((name) => name.endsWith(".js") && name !== "book.js")
    .map((name) => ({ file: `pkg/dist/${name}` })),
  ...readdirSync("pkg/vocab").map((name) => {
    const budget = new Map(Object.entries(VOCABULARIES)).get(name.replace(/\.vocab$/, ""));
    return { file: `pkg/vocab/${name}`, ...(budget ? { raw: 1000 * budget } : {}) };
  }),
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
