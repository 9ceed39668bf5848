// @ts-check
/**
 * Fuzzes the crate, guided by coverage: libFuzzer runs the targets of fuzz/, each from its corpus, and what it finds fails.
 *
 *     node tools/fuzz.mjs [TARGET…]          60 seconds each, two at a time; what is new is dropped
 *       --seconds 7200 --jobs 1              another time
 *       --keep FOLDER                        new inputs stay in FOLDER, and are begun with; so does a log of the time that each had
 *       --minimize                           afterwards the least inputs that reach all that is reached become fuzz/corpus
 *       --seed 7                             the same run again
 *
 * A finding is written to target/fuzz/findings; `fuzz/target/release/TARGET FILE` runs it alone.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";

/**
 * The longest input in bytes, for of long ones there are fewer in a second, and they lead to little that short ones do not; and
 * the words that are put into inputs.
 *
 * @satisfies {Record<string, { longest: number, words?: string }>}
 */
const TARGETS = {
  vocab: { longest: 4096 },
  json: { longest: 10_000, words: "fuzz/json.dict" },
  split: { longest: 200, words: "fuzz/text.dict" },
  live: { longest: 400, words: "fuzz/text.dict" },
  ids: { longest: 300, words: "fuzz/text.dict" },
};
/** What an input may take. Above the first limit an allocation fails, touched or not. */
const MOST_KILOBYTES = 1_500_000;
const MOST_MEGABYTES = 1_000;
/** Of an input that does not end, by the clock on the wall; how long one may take that does the targets see to. */
const MOST_SECONDS = 60;
/** After its time a run is ended: libFuzzer tells of such an input in a signal handler, which may wait for what that input holds. */
const GRACE_SECONDS = 2 * MOST_SECONDS;
const KILLED = 137;
const FINDINGS = "target/fuzz/findings";
const WRITTEN = /Test unit written to (\S+)/;

/**
 * @typedef {keyof typeof TARGETS} Target
 * @typedef {{ target: Target, seed: number, log: string, code: number | null, processorSeconds: number }} Run
 */

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "60" },
    jobs: { type: "string", default: "2" },
    seed: { type: "string", default: String(Math.floor(Date.now() / 1000)) },
    keep: { type: "string" },
    minimize: { type: "boolean", default: false },
  },
});

async function main() {
  build();
  const kept = options.keep ?? mkdtempSync(join(tmpdir(), "tokimeter-fuzz-"));
  mkdirSync(FINDINGS, { recursive: true });
  const targets = /** @type {Target[]} */ (positionals.length > 0 ? positionals : Object.keys(TARGETS));
  const waiting = [...targets];
  const work = async () => {
    for (let target = waiting.shift(); target; target = waiting.shift()) {
      const run = await fuzz(target, kept);
      report(run);
      if (options.keep) log(run, options.keep);
      if (options.minimize && run.code === 0) minimize(target, kept);
    }
  };
  await Promise.all(Array.from({ length: Number(options.jobs) }, work));
  if (!options.keep) rmSync(kept, { recursive: true });
}

/** The compiler is wrapped: only what is fuzzed counts what runs. */
function build() {
  const { status } = spawnSync(
    "cargo",
    ["build", "--release", "--locked", "--manifest-path", "fuzz/Cargo.toml"],
    {
      stdio: "inherit",
      env: { ...process.env, RUSTC_WRAPPER: resolve("fuzz/rustc") },
    },
  );
  if (status !== 0) throw new Error("the fuzz targets were not built");
}

/** @param {Target} target @returns {string[]} the options that all runs of it have */
function limits(target) {
  /** @type {{ longest: number, words?: string }} */
  const { longest, words } = TARGETS[target];
  return [
    `-max_len=${longest}`,
    `-timeout=${MOST_SECONDS}`,
    `-rss_limit_mb=${MOST_MEGABYTES}`,
    `-artifact_prefix=${FINDINGS}/${target}-`,
    ...(words ? [`-dict=${words}`] : []),
  ];
}

/** @param {Target} target @param {string} kept @returns {Promise<Run>} */
async function fuzz(target, kept) {
  const fresh = join(kept, "corpus", target);
  mkdirSync(fresh, { recursive: true });
  const seconds = Number(options.seconds);
  const seed = Number(options.seed);
  const line = [
    `fuzz/target/release/${target}`,
    fresh,
    `fuzz/corpus/${target}`,
    `-max_total_time=${seconds}`,
    `-seed=${seed}`,
    "-print_final_stats=1",
    ...limits(target),
  ];
  // The shell tells at the end what time of the processor the program had.
  const end = `timeout --foreground --signal=KILL ${seconds + GRACE_SECONDS}`;
  const script = `ulimit -v ${MOST_KILOBYTES}; ${end} "$@"; code=$?; times; exit $code`;
  const child = spawn("bash", ["-c", script, "bash", ...line], { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (log += data));
  const [code] = await once(child, "close");
  return { target, seed, code, log, processorSeconds: Math.round(ofProcessor(log)) };
}

/** What the shell's `times` says last: of its children. @param {string} log */
function ofProcessor(log) {
  const times = [...log.matchAll(/(\d+)m([\d.]+)s/g)].slice(-2);
  return times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

/** @param {Run} run */
function figures({ log }) {
  const last = log.match(/^#\d+\s+DONE.*/m)?.[0] ?? "";
  const figure = (/** @type {RegExp} */ pattern, text = log) => text.match(pattern)?.[1] ?? "?";
  return {
    runs: figure(/number_of_executed_units:\s*(\d+)/),
    perSecond: figure(/average_exec_per_sec:\s*(\d+)/),
    edges: figure(/cov: (\d+)/, last),
    ofEdges: figure(/inline 8-bit counters\): (\d+)/),
    features: figure(/ft: (\d+)/, last),
    inputs: figure(/corp: (\d+)/, last),
    megabytes: figure(/peak_rss_mb:\s*(\d+)/),
  };
}

/** @param {Run} run */
function report(run) {
  const { runs, perSecond, edges, ofEdges, features, inputs, megabytes } = figures(run);
  const { target, seed, log, processorSeconds } = run;
  if (run.code === 0 && Number(runs) > 0) {
    console.log(
      `${target.padEnd(6)} ${runs} runs in ${processorSeconds} s of the processor, ${perSecond} a second; ${edges} of ${ofEdges} edges, ${features} features, ` +
        `${inputs} inputs; ${megabytes} MB; seed ${seed}`,
    );
    return;
  }
  process.exitCode = 1;
  const [, finding] = log.match(WRITTEN) ?? [];
  // Without what is new, which comes before it.
  console.error(log.replaceAll(/^(?:#\d+|WARNING).*\n/gm, ""));
  console.error(`${target} failed, with seed ${seed}${run.code === KILLED ? ", and did not end" : ""}.`);
  if (!finding) return;
  const bytes = readFileSync(finding);
  console.error(`The input, ${bytes.length} bytes in base64: ${bytes.toString("base64")}`);
  console.error(`It is in ${finding}. Again: fuzz/target/release/${target} ${finding}`);
  console.error(`When it is mended, it stays: mv ${finding} fuzz/corpus/${target}/${basename(finding)}`);
}

/** @param {Run} run @param {string} folder */
function log(run, folder) {
  const { runs, edges, features, inputs } = figures(run);
  const line = [
    new Date().toISOString(),
    run.target,
    run.processorSeconds,
    runs,
    edges,
    features,
    inputs,
    run.code,
  ];
  appendFileSync(join(folder, "log.tsv"), `${line.join("\t")}\n`);
}

/**
 * Findings stay: their names are no hashes alone.
 *
 * @param {Target} target @param {string} kept
 */
function minimize(target, kept) {
  const folder = `fuzz/corpus/${target}`;
  const least = mkdtempSync(join(tmpdir(), "tokimeter-least-"));
  const { status, stderr } = spawnSync(
    `fuzz/target/release/${target}`,
    ["-set_cover_merge=1", "-use_counters=0", least, folder, join(kept, "corpus", target), ...limits(target)],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  if (status !== 0) throw new Error(`${target} was not minimized: ${stderr.slice(-2000)}`);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (/^[0-9a-f]{40}$/.test(name)) rmSync(join(folder, name));
  cpSync(least, folder, { recursive: true });
  rmSync(least, { recursive: true });
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  console.log(`${folder}: ${sizes.length} inputs, ${sizes.reduce((sum, size) => sum + size, 0)} bytes`);
}

await main();
