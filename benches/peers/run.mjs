// @ts-check
/**
 * Measures tokimeter side by side with other tokenizers, in Node, in Chromium and natively, and checks every result against
 * a reference. `make bench` runs it, and passes the options that stand in BENCH="…".
 *
 *     node run.mjs [options]
 *
 *     --runtimes node,chromium,native    where (CHROMIUM=/path/to/chromium; default /usr/bin/chromium)
 *     --encodings o200k_base,…           with which vocabularies
 *     --parts check,weigh,start,unseen,repeated,live,hostile,growth
 *     --only a,b                         these contenders
 *     --texts a,b                        these texts; keystrokes and hostile texts have their own
 *     --missing                          only what this build has not been measured for yet
 *     --quick                            few rounds: whether all works, and not how fast it is
 *
 * Writes bench.json, bench.md and plots to ../results, and the tables of the READMEs from them. A part that is measured
 * again takes the place of the one before, if the build is the same; the machine of each is said. With --quick, --only and
 * --texts it writes to target/peers/results, and leaves the READMEs alone.
 *
 * Exits with 1 if tokimeter fails or differs from the reference.
 */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeCorpus, TEXT_NAMES } from "../../tools/corpus.mjs";
import { contenders, ENCODINGS, MAIN, references } from "./contenders.mjs";
import { partOf } from "./figures.mjs";
import { countLiveReference } from "./live-measure.mjs";
import { busyShare, fingerprintOfOurs, loads, machine, QUIET, versionOf } from "./machine.mjs";
import { countReference } from "./measure.mjs";
import { documentsOf, faultsOfOurs, isMeasured, measurePart, PART_NAMES } from "./parts.mjs";
import { renderPlots } from "./plots.mjs";
import { publish } from "./publish.mjs";
import { render } from "./report.mjs";
import { nodeRuntime } from "./runtime.mjs";
import { makeVocabularies } from "./vocabularies.mjs";

/**
 * @typedef {import("./parts.mjs").Part} Part
 * @typedef {object} Measured one part, in one runtime with one encoding
 * @property {string} runtime
 * @property {string} encoding
 * @property {Part} part
 * @property {string} date
 * @property {string} machine
 * @property {string} version of the runtime
 * @property {number} busy share of the processors that others used before it began
 * @property {number[]} load averages then
 * @property {any} result
 *
 * @typedef {object} Bench
 * @property {string} date
 * @property {string} command
 * @property {string} build
 * @property {boolean} quick
 * @property {Record<string, { seen: number, unseen: number }>} texts bytes
 * @property {{ name: string, kind: string, version: string }[]} contenders
 * @property {Measured[]} measured
 */

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = join(HERE, "../..");
const RUNTIMES = ["node", "chromium", "native"];
const options = readOptions();
const isPartial = options.quick || options.only !== undefined || options.texts !== undefined;
const RESULTS = join(ROOT, isPartial ? "target/peers/results" : "benches/results");

function readOptions() {
  const list = /** @type {const} */ ({ type: "string" });
  try {
    return parseArgs({
      options: {
        runtimes: list,
        encodings: list,
        parts: list,
        only: list,
        texts: list,
        missing: { type: "boolean", default: false },
        quick: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    console.error(`bench: ${/** @type {Error} */ (error).message}; the options are at the head of run.mjs`);
    process.exit(2);
  }
}

async function main() {
  if (!existsSync(join(HERE, "node_modules/hypertok"))) {
    throw new Error(`the packages are not installed; run  npm ci --ignore-scripts  in ${HERE}`);
  }
  const everybody = [...new Set(contenders.map(({ name }) => name))];
  const only = choose("--only", options.only, everybody);
  const texts = choose("--texts", options.texts, TEXT_NAMES);
  const encodings = choose("--encodings", options.encodings, ENCODINGS);
  const parts = /** @type {Part[]} */ (choose("--parts", options.parts, PART_NAMES));
  const { folder: corpus, texts: files } = makeCorpus({ log });
  const tokenizers = makeVocabularies(log);
  const runtimes = makeRuntimes(corpus, tokenizers);
  const bench = await openBench(files);
  const faults = [];
  try {
    for (const encoding of encodings) {
      const reference = references.get(encoding) ?? contenders[0];
      const counted = once(async () => {
        const runtime = await runtimes.get(reference.kind === "js" ? "node" : "native");
        log(`${encoding}: the reference counts, ${reference.name}`);
        const documents = documentsOf(encoding, texts);
        const expected = await countReference(runtime, reference, encoding, texts, documents);
        const isLive = encoding === MAIN && parts.includes("live");
        return { expected, keystrokes: isLive ? await countLiveReference(runtime, reference) : undefined };
      });
      for (const name of choose("--runtimes", options.runtimes, RUNTIMES)) {
        const runtime = await runtimes.get(name);
        const here = contenders.filter(
          (contender) =>
            runtime.kinds.includes(contender.kind) &&
            contender.encodings.includes(encoding) &&
            only.includes(contender.name),
        );
        for (const part of parts.filter((part) => isMeasured(part, runtime, encoding))) {
          if (options.missing && partOf(bench, runtime.name, encoding, part)) continue;
          const counts = await counted();
          const busy = await busyShare(1500);
          if (busy > QUIET) log(`others use ${(busy * 100).toFixed(0)} % of the processors`);
          log(`${runtime.name}, ${encoding}: ${part}; load ${loads().join(", ")}`);
          const task = { runtime, contenders: here, encoding, texts, quick: options.quick, log, ...counts };
          const result = await measurePart(part, task);
          const where = { runtime: runtime.name, encoding, part };
          const circumstances = {
            date: now(),
            machine: machine(),
            version: runtime.version,
            busy,
            load: loads(),
          };
          keep(bench, { ...where, ...circumstances, result });
          save(bench);
          faults.push(
            ...faultsOfOurs(part, result).map((fault) => `${Object.values(where).join(", ")}: ${fault}`),
          );
        }
      }
    }
  } finally {
    await runtimes.close();
  }
  if ((await fingerprintOfOurs()) !== bench.build)
    faults.push("was built anew while it was measured; measure again");
  report(bench, faults);
  if (faults.length > 0) process.exitCode = 1;
}

/**
 * Runtimes by name, each made when it is first asked for.
 *
 * @param {string} corpus
 * @param {string} tokenizers
 */
function makeRuntimes(corpus, tokenizers) {
  const readText = (/** @type {string} */ name) => readFile(join(corpus, `${name}.txt`));
  /** @type {Map<string, () => Promise<import("./runtime.mjs").Runtime>>} */
  const makers = new Map([
    ["node", once(async () => nodeRuntime(corpus, tokenizers))],
    [
      "chromium",
      once(async () => (await import("./chromium-runtime.mjs")).chromiumRuntime(corpus, tokenizers)),
    ],
    ["native", once(async () => (await import("./native-runtime.mjs")).nativeRuntime(readText, log))],
  ]);
  /** @type {Set<import("./runtime.mjs").Runtime>} */
  const open = new Set();
  return {
    async get(/** @type {string} */ name) {
      const runtime = await makers.get(name)?.();
      if (!runtime) throw new RangeError(`no runtime is called ${name}`);
      open.add(runtime);
      return runtime;
    },
    async close() {
      for (const runtime of open) await runtime.close();
    },
  };
}

/**
 * What was measured before, if it goes with what is measured now.
 *
 * @param {Record<string, { seen: string, unseen: string }>} files
 * @returns {Promise<Bench>}
 */
async function openBench(files) {
  /** @type {Bench} */
  const bench = {
    date: now(),
    // Options say which parts are measured now; what is published is all of them.
    command: `make bench${isPartial ? ` BENCH="${process.argv.slice(2).join(" ")}"` : ""}`,
    build: await fingerprintOfOurs(),
    quick: options.quick,
    texts: Object.fromEntries(
      Object.entries(files).map(([name, { seen, unseen }]) => [
        name,
        { seen: statSync(seen).size, unseen: statSync(unseen).size },
      ]),
    ),
    contenders: contenders.map((contender) => ({
      name: contender.name,
      kind: contender.kind,
      version: versionOf(contender),
    })),
    measured: [],
  };
  const file = join(RESULTS, "bench.json");
  if (!existsSync(file)) return bench;
  /** @type {Bench} */
  const before = JSON.parse(readFileSync(file, "utf8"));
  const goesWith = ["build", "quick", "texts", "contenders"].every(
    (key) =>
      JSON.stringify(before[/** @type {keyof Bench} */ (key)]) ===
      JSON.stringify(bench[/** @type {keyof Bench} */ (key)]),
  );
  return goesWith ? { ...bench, measured: before.measured } : bench;
}

/**
 * As it is written, so that a later run makes the same tables of it.
 *
 * @param {Bench} bench
 * @param {Measured} measured
 */
function keep(bench, measured) {
  const isSame = (/** @type {Measured} */ other) =>
    ["runtime", "encoding", "part"].every(
      (key) => other[/** @type {keyof Measured} */ (key)] === measured[/** @type {keyof Measured} */ (key)],
    );
  const kept = /** @type {Measured} */ (JSON.parse(JSON.stringify(measured, rounded)));
  bench.measured = [...bench.measured.filter((other) => !isSame(other)), kept];
}

/** @param {Bench} bench */
function save(bench) {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, "bench.json"), `${JSON.stringify(bench, null, 1)}\n`);
}

/** @type {(key: string, value: unknown) => unknown} */
function rounded(_, value) {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
}

/**
 * @param {Bench} bench
 * @param {string[]} faults
 */
function report(bench, faults) {
  const plots = renderPlots(bench);
  const lines = [...render(bench, plots), ...faults.map((fault) => `✗ tokimeter: ${fault}`)];
  writeFileSync(join(RESULTS, "bench.md"), `${lines.join("\n")}\n`);
  for (const { file, svg } of plots) writeFileSync(join(RESULTS, file), svg);
  console.log(lines.join("\n"));
  if (!isPartial) publish(bench, ROOT);
  log(`wrote ${RESULTS}`);
}

/**
 * @template T
 * @param {() => Promise<T>} make
 * @returns {() => Promise<T>}
 */
function once(make) {
  /** @type {Promise<T> | undefined} */
  let made;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * @param {string} option
 * @param {string | undefined} value
 * @param {string[]} known
 */
function choose(option, value, known) {
  if (value === undefined) return known;
  const chosen = value.split(",");
  const unknown = chosen.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`${option}: no ${unknown.join(", ")}; there are ${known.join(", ")}`);
  return chosen;
}

function now() {
  return new Date().toISOString();
}

/** @param {string} line */
function log(line) {
  console.error(`bench: ${line}`);
}

await main().catch((error) => {
  console.error(`bench: ${error.stack}`);
  process.exitCode = 2;
});
