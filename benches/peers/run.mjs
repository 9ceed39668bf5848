// @ts-check
/**
 * Measures tokimeter side by side with other tokenizers, in Node and in Chromium, and checks every count against
 * the reference; and what a keystroke costs. Writes results/peers.md and results/peers.json (or hostile.*, live.*)
 * beside this file.
 *
 *     npm ci --ignore-scripts && node run.mjs [options]
 *
 *     --node-only, --chromium-only    one of the two (CHROMIUM=/path/to/chromium; default /usr/bin/chromium)
 *     --quick                         fewer rounds
 *     --only a,b                      these contenders
 *     --texts a,b                     these texts; a keystroke has its own
 *     --live                          only what a keystroke costs
 *     --hostile                       long runs that make tokenizers quadratic, for tokimeter and hypertok;
 *     --all                           with it: for every contender, 100 kB for those that are quadratic
 *
 * Exits with 1 if tokimeter fails or counts otherwise than the reference.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeCorpus, TEXT_NAMES } from "../../tools/corpus.mjs";
import { contenders } from "./contenders.mjs";
import * as live from "./live-measure.mjs";
import { renderLive } from "./live-report.mjs";
import * as measure from "./measure.mjs";
import { faultsOfOurs, OURS, renderHostile, renderMeasured } from "./report.mjs";
import { nodeRuntime } from "./runtime.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
/** Contenders that stay linear on hostile texts. */
const LINEAR = [OURS, "hypertok"];

const options = readOptions();

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        "node-only": { type: "boolean", default: false },
        "chromium-only": { type: "boolean", default: false },
        quick: { type: "boolean", default: false },
        only: { type: "string" },
        texts: { type: "string" },
        hostile: { type: "boolean", default: false },
        live: { type: "boolean", default: false },
        all: { type: "boolean", default: false },
      },
    });
    return values;
  } catch (error) {
    console.error(`peers: ${/** @type {Error} */ (error).message}; the options are at the head of run.mjs`);
    process.exit(2);
  }
}

async function main() {
  if (!existsSync(join(HERE, "node_modules/hypertok"))) {
    throw new Error(`the packages are not installed; run  npm ci --ignore-scripts  in ${HERE}`);
  }
  const everybody = contenders.map(({ name }) => name);
  const asked = options.hostile && !options.all ? LINEAR : everybody;
  const names = choose("--only", options.only, asked, everybody);
  const texts = choose("--texts", options.texts, TEXT_NAMES, TEXT_NAMES);
  const corpus = makeCorpus({ log });
  const build = fingerprintOfOurs();
  const runtimes = await openRuntimes(corpus.folder);
  const report = describeRun(names, runtimes, build);
  const faults = [];
  try {
    const parts = await prepareParts(names, texts, corpus);
    for (const runtime of runtimes) {
      report.data.measured[runtime.name] = {};
      for (const run of parts) {
        const part = await run(runtime);
        report.lines.push(...part.lines);
        Object.assign(report.data.measured[runtime.name], part.measured);
        faults.push(...faultsOfOurs(part.grids).map((fault) => `${runtime.name}, ${fault}`));
        faults.push(...part.failures.map((failure) => `${runtime.name}, ${failure}`));
      }
    }
  } finally {
    for (const runtime of runtimes) await runtime.close();
  }
  if (fingerprintOfOurs() !== build) faults.push("was built anew while it was measured; measure again");
  report.lines.push(...faults.map((fault) => `✗ ${OURS}: ${fault}`));
  write(report);
  console.log(report.lines.join("\n"));
  if (faults.length > 0) process.exitCode = 1;
}

/**
 * What is asked for, each to be run in every runtime; the reference counts once for all.
 *
 * @typedef {{ lines: string[], measured: object, grids: Record<string, measure.Grid>, failures: string[] }} Part
 * @typedef {(runtime: import("./runtime.mjs").Runtime) => Promise<Part>} RunPart
 *
 * @param {string[]} names
 * @param {string[]} texts
 * @param {ReturnType<typeof makeCorpus>} corpus
 * @returns {Promise<RunPart[]>}
 */
async function prepareParts(names, texts, corpus) {
  if (options.hostile) return [(runtime) => runHostile(runtime, names)];
  const reference = nodeRuntime(corpus.folder);
  const keystrokes = await live.countLiveReference(reference);
  /** @type {RunPart} */
  const typing = (runtime) => runLive(runtime, names, keystrokes);
  if (options.live) return [typing];
  const expected = await measure.countReference(reference, texts);
  return [(runtime) => runTexts(runtime, names, texts, expected, corpus.texts), typing];
}

/**
 * @param {import("./runtime.mjs").Runtime} runtime
 * @param {string[]} names
 * @param {string[]} texts
 * @param {measure.Expected} expected
 * @param {Record<string, { seen: string, unseen: string }>} files
 * @returns {Promise<Part>}
 */
async function runTexts(runtime, names, texts, expected, files) {
  const plan = options.quick ? measure.QUICK_PLAN : measure.FULL_PLAN;
  log(`${runtime.name}: start`);
  const start = await measure.measureStart(runtime, names, expected, plan);
  log(`${runtime.name}: first call`);
  const first = await measure.measureFirstCall(runtime, names, texts, expected, plan);
  log(`${runtime.name}: text never seen before`);
  const unseen = await measure.measureUnseen(runtime, names, texts, expected, plan, TEXT_NAMES);
  log(`${runtime.name}: repeated text`);
  const repeated = await measure.measureRepeated(runtime, names, texts, expected, plan);
  const measured = { start, first, unseen, repeated };
  const bytes = Object.fromEntries(
    texts.map((text) => [
      text,
      { seen: statSync(files[text].seen).size, unseen: statSync(files[text].unseen).size },
    ]),
  );
  const lines = renderMeasured(runtime.name, measured, bytes);
  return { lines, measured: { bytes, ...measured }, grids: measured, failures: [] };
}

/**
 * @param {import("./runtime.mjs").Runtime} runtime
 * @param {string[]} names
 * @param {Pick<measure.Expected, "whole">} expected
 * @returns {Promise<Part>}
 */
async function runLive(runtime, names, expected) {
  const plan = options.quick ? live.QUICK_LIVE_PLAN : live.FULL_LIVE_PLAN;
  const measured = await live.measureLive(runtime, names, expected, plan, log);
  const lines = renderLive(runtime.name, measured);
  return {
    lines,
    measured: { live: measured },
    grids: { recount: measured.recount },
    failures: measured.failures,
  };
}

/**
 * @param {import("./runtime.mjs").Runtime} runtime
 * @param {string[]} names
 * @returns {Promise<Part>}
 */
async function runHostile(runtime, names) {
  const bytesFor = (/** @type {string} */ name) =>
    LINEAR.includes(name) ? measure.HOSTILE_BYTES : measure.HOSTILE_BYTES_OF_OTHERS;
  log(`${runtime.name}: hostile texts`);
  const measured = await measure.measureHostile(runtime, names, bytesFor);
  const lines = renderHostile(runtime.name, measured, bytesFor);
  return { lines, measured, grids: measured, failures: [] };
}

/** @param {string} corpus */
async function openRuntimes(corpus) {
  const runtimes = [];
  if (!options["chromium-only"]) runtimes.push(nodeRuntime(corpus));
  if (!options["node-only"]) {
    const { chromiumRuntime } = await import("./chromium-runtime.mjs");
    runtimes.push(await chromiumRuntime(corpus));
  }
  return runtimes;
}

/**
 * The head of the report: what ran, where, and how to run it again.
 *
 * @param {string[]} names
 * @param {import("./runtime.mjs").Runtime[]} runtimes
 * @param {string} build
 */
function describeRun(names, runtimes, build) {
  const data = {
    date: new Date().toISOString(),
    command: ["node benches/peers/run.mjs", ...process.argv.slice(2)].join(" "),
    machine: `${os.cpus()[0]?.model.trim()}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB`,
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    load: os.loadavg().map((load) => Number(load.toFixed(2))),
    runtimes: Object.fromEntries(runtimes.map(({ name, version }) => [name, version])),
    contenders: Object.fromEntries(names.map((name) => [name, versionOf(name)])),
    build,
    /** @type {Record<string, object>} */
    measured: {},
  };
  const versions = (/** @type {Record<string, string>} */ list) =>
    Object.entries(list).map(([name, version]) => `${name} ${version}`);
  const lines = [
    `# Side by side${options.hostile ? ", on hostile texts" : options.live ? ", a keystroke" : ""}`,
    "",
    `- ${data.date}, \`${data.command}\``,
    `- ${data.machine}; ${data.system}; load ${data.load.join(", ")}; ${versions(data.runtimes).join(", ")}`,
    `- ${versions(data.contenders).join(", ")}; vocabulary o200k_base`,
    `- build of ${OURS}: ${build}`,
    "- ✗: the count differs from that of the reference, tiktoken, by so many tokens",
    "",
  ];
  return { lines, data };
}

/** @param {ReturnType<typeof describeRun>} report */
function write({ lines, data }) {
  const folder = join(HERE, "results");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, options.hostile ? "hostile" : options.live ? "live" : "peers");
  writeFileSync(`${file}.md`, `${lines.join("\n")}\n`);
  writeFileSync(`${file}.json`, `${JSON.stringify(data, null, 1)}\n`);
  log(`wrote ${file}.md and .json`);
}

/** A hash of what of ours is measured, since it changes without its version while it is worked on. */
function fingerprintOfOurs() {
  const hash = createHash("sha256");
  for (const part of ["dist", "wasm", "vocab"]) {
    const folder = join(HERE, "node_modules", OURS, part);
    if (!existsSync(folder)) continue;
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort()) {
      hash.update(readFileSync(path));
    }
  }
  return hash.digest("hex").slice(0, 12);
}

/** @param {string} name */
function versionOf(name) {
  const manifest = join(HERE, "node_modules", name, "package.json");
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : "not installed";
}

/**
 * @param {string} option
 * @param {string | undefined} value
 * @param {string[]} otherwise
 * @param {string[]} known
 */
function choose(option, value, otherwise, known) {
  if (value === undefined) return otherwise;
  const chosen = value.split(",");
  const unknown = chosen.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`${option}: no ${unknown.join(", ")}; there are ${known.join(", ")}`);
  return chosen;
}

/** @param {string} line */
function log(line) {
  console.error(`peers: ${line}`);
}

await main().catch((error) => {
  console.error(`peers: ${error.message}`);
  process.exitCode = 2;
});
