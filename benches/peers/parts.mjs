// @ts-check
/**
 * The parts of a benchmark: what each measures in one runtime with one encoding. What a part gives is stored under its name,
 * and the reports read it from there.
 *
 * @typedef {import("./contenders.mjs").Contender} Contender
 * @typedef {import("./measure.mjs").Grid} Grid
 * @typedef {import("./runtime.mjs").Runtime} Runtime
 *
 * @typedef {object} Task
 * @property {Runtime} runtime
 * @property {Contender[]} contenders of that runtime, which have the encoding
 * @property {string} encoding
 * @property {string[]} texts
 * @property {import("./measure.mjs").Expected} expected
 * @property {Pick<import("./measure.mjs").Expected, "whole">} [keystrokes]
 * @property {boolean} quick
 * @property {(line: string) => void} log
 *
 * @typedef {Record<string, import("./chromium-runtime.mjs").Weight | { memory: number } | { failure: string }>} Weights
 * @typedef {object} Results what the parts give
 * @property {Record<string, Record<string, string>>} [check]
 * @property {Weights} [weigh]
 * @property {Grid} [start]
 * @property {Grid} [unseen]
 * @property {Grid} [repeated]
 * @property {import("./live-measure.mjs").Live} [live]
 * @property {{ timed: Grid, checked: Grid }} [hostile]
 * @property {Record<string, { short: number, long: number }>} [growth] our instructions for 100 kB and for 1 MB
 */
import {
  buildWorkloads,
  countInstructions,
  IS_COUNTED,
  writeHostile,
} from "../../tools/budget/instructions.mjs";
import { TEXT_NAMES } from "../../tools/corpus.mjs";
import { LINEAR, MAIN, OURS } from "./contenders.mjs";
import { beginningName, documentName } from "./documents.mjs";
import { HOSTILE_NAMES } from "./hostile.mjs";
import * as live from "./live-measure.mjs";
import * as measure from "./measure.mjs";

/** Of each text, what a fresh page counts first. */
const FIRST_BYTES = 100_000;

/** @type {{ [Part in keyof Results]-?: (task: Task) => Promise<NonNullable<Results[Part]>> }} */
const PARTS = {
  check: ({ runtime, contenders, encoding, texts, expected }) =>
    measure.measureChecks(runtime, contenders, encoding, texts, expected),

  weigh: measureWeights,

  start: (task) =>
    measure.measureStart(
      task.runtime,
      task.contenders,
      task.encoding,
      firstDocuments(task.texts),
      task.expected,
      planOf(task),
    ),

  unseen: (task) =>
    measure.measureUnseen(
      task.runtime,
      measure.rowsOf(task.contenders, task.encoding),
      task.encoding,
      task.texts,
      task.expected,
      planOf(task),
      TEXT_NAMES,
    ),

  repeated: (task) =>
    measure.measureRepeated(
      task.runtime,
      measure.rowsOf(task.contenders, task.encoding),
      task.encoding,
      task.texts,
      task.expected,
      planOf(task),
    ),

  live(task) {
    if (!task.keystrokes) throw new Error("the reference did not count the documents");
    /** @type {import("./measure.mjs").Row[]} */
    const rows = task.contenders.map((contender) => ({
      contender,
      work: contender.own ? "count" : "encode",
    }));
    const plan = task.quick ? live.QUICK_LIVE_PLAN : live.FULL_LIVE_PLAN;
    return live.measureLive(task.runtime, rows, task.keystrokes, plan, task.log);
  },

  hostile: ({ runtime, contenders, encoding, expected, quick }) => {
    const texts = quick ? QUICK_HOSTILE : HOSTILE_NAMES;
    return measure.measureHostile(runtime, contenders, encoding, texts, expected, hostileBytes);
  },

  async growth({ quick }) {
    buildWorkloads();
    const count = (/** @type {string} */ name, /** @type {number} */ bytes) =>
      countInstructions("count", writeHostile(name, bytes));
    const names = quick ? QUICK_HOSTILE : HOSTILE_NAMES;
    return Object.fromEntries(
      names.map((name) => [name, { short: count(name, 100_000), long: count(name, 1_000_000) }]),
    );
  },
};

/** @typedef {keyof typeof PARTS} Part */

export const PART_NAMES = /** @type {Part[]} */ (Object.keys(PARTS));
const WITH_ALL_ENCODINGS = new Set(["check", "unseen", "repeated"]);
/** Of a quick pass. */
const QUICK_HOSTILE = ["a", "中", "random a-z"];
/** How much more ten times as long a hostile text may cost. */
export const MOST_GROWTH = 12;

/**
 * Whether a part is measured: with the main encoding all that a runtime has, with the others the speeds in Chromium and
 * natively.
 *
 * @param {Part} part
 * @param {Runtime} runtime
 * @param {string} encoding
 */
export function isMeasured(part, runtime, encoding) {
  const isNode = runtime.name === "Node";
  const isNative = runtime.name === "native";
  if (encoding !== MAIN) return WITH_ALL_ENCODINGS.has(part) && !isNode;
  if (part === "live") return !isNode && !isNative;
  if (part === "growth") return isNative && IS_COUNTED;
  return part !== "hostile" || !isNode;
}

/**
 * @param {Part} part
 * @param {Task} task
 */
export function measurePart(part, task) {
  return PARTS[part](task);
}

/**
 * What the reference has to count besides the texts.
 *
 * @param {string} encoding
 * @param {string[]} texts
 */
export function documentsOf(encoding, texts) {
  if (encoding !== MAIN) return [];
  const hostile = HOSTILE_NAMES.map((name) => documentName(name, measure.HOSTILE_BYTES_CHECKED));
  return [...firstDocuments(texts), ...hostile];
}

/** @param {string[]} texts */
export function firstDocuments(texts) {
  return texts.map((text) => beginningName(text, FIRST_BYTES));
}

/** @param {Contender} contender */
export function hostileBytes({ name }) {
  return LINEAR.has(name) ? measure.HOSTILE_BYTES : measure.HOSTILE_BYTES_OF_OTHERS;
}

/** @param {Task} task */
function planOf({ quick, encoding }) {
  if (quick) return measure.QUICK_PLAN;
  return encoding === MAIN ? measure.FULL_PLAN : measure.OTHER_PLAN;
}

/**
 * @param {Task} task
 * @returns {Promise<Weights>}
 */
async function measureWeights({ runtime, contenders, encoding }) {
  /** @type {Weights} */
  const weights = {};
  for (const contender of contenders) {
    const weigh =
      "weigh" in runtime
        ? /** @type {import("./chromium-runtime.mjs").ChromiumRuntime} */ (runtime).weigh(contender, encoding)
        : weighProcess(runtime, contender, encoding);
    weights[contender.name] = await weigh.catch((error) => ({ failure: error.message }));
  }
  return weights;
}

/**
 * @param {Runtime} runtime
 * @param {Contender} contender
 * @param {string} encoding
 */
function weighProcess(runtime, contender, encoding) {
  return measure.withHost(runtime, contender, async (host) => {
    const before = await host.call("memory");
    await host.call("start", contender.name, encoding);
    const after = await host.call("memory");
    return { memory: after.bytes - before.bytes };
  });
}

/**
 * Every result of ours that is wrong or missing.
 *
 * @param {Part} part
 * @param {Results[Part]} result
 * @returns {string[]}
 */
export function faultsOfOurs(part, result) {
  if (part === "check") {
    const row = /** @type {NonNullable<Results["check"]>} */ (result)[OURS] ?? {};
    return Object.entries(row).flatMap(([text, wrong]) => (wrong === "" ? [] : [`${text}: ${wrong}`]));
  }
  if (part === "weigh") {
    const weight = /** @type {Weights} */ (result)[OURS];
    return weight && "failure" in weight ? [weight.failure] : [];
  }
  if (part === "growth") {
    const growths = /** @type {NonNullable<Results["growth"]>} */ (result);
    return Object.entries(growths).flatMap(([name, { short, long }]) =>
      long / short < MOST_GROWTH
        ? []
        : [`${name}: 1 MB costs ${(long / short).toFixed(1)} times as much as 100 kB`],
    );
  }
  const grids = gridsOf(part, result);
  return grids.flatMap((grid) =>
    Object.entries(grid).flatMap(([row, cells]) => (isOurs(row) ? faultsIn(cells) : [])),
  );
}

/**
 * @param {Part} part
 * @param {any} result
 * @returns {Grid[]}
 */
function gridsOf(part, result) {
  if (part === "live") return [result.recount];
  return part === "hostile" ? [result.timed, result.checked] : [result];
}

/** @param {string} row */
function isOurs(row) {
  return row.split(",")[0] === OURS;
}

/** @param {Record<string, import("./measure.mjs").Cell>} cells */
function faultsIn(cells) {
  return Object.entries(cells).flatMap(([text, { failure, tokens, expected }]) => {
    if (failure !== undefined) return [`${text}: ${failure}`];
    if (tokens === undefined || expected === undefined || tokens === expected) return [];
    return [`${text}: counted ${tokens}, the reference ${expected}`];
  });
}
