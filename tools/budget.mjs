// @ts-check
/**
 * Compares instructions and sizes with the figures that benches/budget.toml has, and fails where one has grown by more than
 * 2 %, unless a line `- BUDGET: NAME: …` of CHANGELOG.md's unreleased part says why.
 *
 *     node tools/budget.mjs              compares
 *     node tools/budget.mjs --record     writes the figures anew
 *
 * Instructions depend on the compiler. With another one than the recorded, more growth is taken, and that is said.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { parse } from "smol-toml";
import {
  buildWorkloads,
  countInstructions,
  IS_COUNTED,
  tools,
  writeHostile,
  writeText,
} from "./budget/instructions.mjs";
import { makeCorpus } from "./corpus.mjs";

const FILE = "benches/budget.toml";
const GROWTH = 0.02;
const GROWTH_WITH_ANOTHER_COMPILER = 0.1;
const TEXT_BYTES = 200_000;
const LIVE_BYTES = 1_000_000;

/**
 * @typedef {Record<string, number>} Figures
 * @typedef {{ rustc: string, valgrind: string, instructions: Figures, bytes: Figures, limits: Figures }} Budget
 */

const isRecording = process.argv.includes("--record");

function main() {
  const recorded = /** @type {Budget} */ (/** @type {unknown} */ (parse(readFileSync(FILE, "utf8"))));
  const found = { instructions: IS_COUNTED ? instructions() : {}, bytes: sizes() };
  const isSameCompiler = IS_COUNTED && tools().rustc === recorded.rustc;
  if (!IS_COUNTED) {
    console.log("Instructions are NOT compared here: they are recorded on Linux x86-64, by Valgrind.");
  } else if (!isSameCompiler) {
    const percent = GROWTH_WITH_ANOTHER_COMPILER * 100;
    console.log(
      `The figures are those of ${recorded.rustc}, and this is ${tools().rustc}: ${percent} % of growth is taken.`,
    );
  }
  const growth = { instructions: isSameCompiler ? GROWTH : GROWTH_WITH_ANOTHER_COMPILER, bytes: GROWTH };
  const faults = [
    ...compare("instructions", recorded.instructions, found.instructions, growth.instructions),
    ...compare("bytes", recorded.bytes, found.bytes, growth.bytes),
    ...overLimits(recorded.limits, found.bytes),
  ];
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else if (isRecording) record(recorded, found);
}

/** @returns {Figures} */
function instructions() {
  buildWorkloads();
  const { texts } = makeCorpus();
  const beginning = (/** @type {string} */ name, /** @type {number} */ bytes) => {
    const text = readFileSync(texts[name].seen).subarray(0, bytes);
    return writeText(`${name} ${bytes}`, new TextDecoder().decode(text, { stream: true }));
  };
  const counted = Object.keys(texts).map((name) => [
    `count 200 kB of ${name}`,
    countInstructions("count", beginning(name, TEXT_BYTES)),
  ]);
  return {
    "load o200k_base": countInstructions("load"),
    ...Object.fromEntries(counted),
    "2,000 live edits": countInstructions("live", beginning("english", LIVE_BYTES)),
    "count 200 kB of random letters": countInstructions("count", writeHostile("random a-z", TEXT_BYTES)),
  };
}

/** Of what a page downloads, and of the package. @returns {Figures} */
function sizes() {
  const { version } = JSON.parse(readFileSync("pkg/package.json", "utf8"));
  const size = (/** @type {string} */ path) => readFileSync(path).length;
  const packed = (/** @type {string} */ path) => brotliCompressSync(readFileSync(path)).length;
  // The engine that is written as JavaScript stands for the engine, and is loaded where that is not.
  const modules = readdirSync("pkg/dist", { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".js") && name !== "inline-engine.js",
  );
  const vocabularies = readdirSync("pkg/vocab").map((name) => [name, size(`pkg/vocab/${name}`)]);
  return {
    engine: size("pkg/wasm/tokimeter_bg.wasm"),
    "engine, brotli": packed("pkg/wasm/tokimeter_bg.wasm"),
    "engine in JavaScript, brotli": packed("pkg/dist/inline-engine.js"),
    "reader of tokenizer files, brotli": packed("pkg/wasm-json/tokimeter-json_bg.wasm"),
    "Hugging Face's crate, brotli": packed("pkg/wasm-hf/tokimeter-hf_bg.wasm"),
    "book of models, brotli": packed("pkg/dist/book.js"),
    "all modules, brotli": modules.reduce((sum, name) => sum + packed(`pkg/dist/${name}`), 0),
    ...Object.fromEntries(vocabularies.sort()),
    package: size(`target/tokimeter-${version}.tgz`),
  };
}

/**
 * @param {string} unit
 * @param {Figures} recorded
 * @param {Figures} found
 * @param {number} most growth that is taken
 * @returns {string[]} what is wrong
 */
function compare(unit, recorded, found, most) {
  console.log(`${"".padEnd(36)}${"recorded".padStart(14)}${unit.padStart(14)}`);
  return Object.entries(found).flatMap(([name, now]) => {
    const before = recorded[name];
    const growth = before === undefined ? 0 : now / before - 1;
    const percent = `${growth < 0 ? "−" : "+"}${Math.abs(growth * 100).toFixed(2)} %`;
    console.log(
      name.padEnd(36) + [before ?? "new", now, percent].map((value) => String(value).padStart(14)).join(""),
    );
    if (before === undefined) return isRecording ? [] : [`${name} is not in ${FILE}: make budget-record`];
    if (growth < -most) console.log(`  it has shrunk: make budget-record holds it there`);
    if (growth <= most) return [];
    if (budgetLines().some((line) => line.startsWith(`- BUDGET: ${name}:`))) {
      console.log(`  the changelog says so: make budget-record`);
      return [];
    }
    return [
      `${name} has grown by ${percent}, from ${before} to ${now} ${unit}. If that is worth it, say why in a line ` +
        `"- BUDGET: ${name}: …" under "Unreleased" of CHANGELOG.md, then: make budget-record`,
    ];
  });
}

/**
 * @param {Figures} limits
 * @param {Figures} found
 */
function overLimits(limits, found) {
  return Object.entries(limits).flatMap(([name, limit]) =>
    Number(found[name]) <= limit ? [] : [`${name}: ${found[name]} bytes; the limit is ${limit}`],
  );
}

/** The lines of the changelog's unreleased part that say why something has grown. */
function budgetLines() {
  const [, unreleased = ""] =
    /^## Unreleased\n(.*?)(?=^## |$(?![\s\S]))/ms.exec(readFileSync("CHANGELOG.md", "utf8")) ?? [];
  return unreleased.split("\n").filter((line) => line.startsWith("- BUDGET:"));
}

/**
 * @param {Budget} before
 * @param {{ instructions: Figures, bytes: Figures }} found
 */
function record(before, found) {
  if (!IS_COUNTED) throw new Error("the figures are recorded on Linux x86-64");
  const table = (/** @type {Figures} */ figures) =>
    Object.entries(figures).map(([name, value]) => `${JSON.stringify(name)} = ${value}`);
  const { rustc, valgrind } = tools();
  const lines = [
    "# What workloads and files cost when this was recorded: `make budget-record` writes it, `make budget` compares with it.",
    "# The limits are set by hand: bytes that nothing may pass, whatever the changelog says.",
    "",
    `rustc = ${JSON.stringify(rustc)}`,
    `valgrind = ${JSON.stringify(valgrind)}`,
    "",
    "[instructions]",
    ...table(found.instructions),
    "",
    "[bytes]",
    ...table(found.bytes),
    "",
    "[limits]",
    ...table(before.limits),
    "",
  ];
  writeFileSync(FILE, lines.join("\n"));
  console.log(`wrote ${FILE}`);
}

main();
