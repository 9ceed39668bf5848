// @ts-check
/**
 * Tables of what a keystroke costs. Beside each bar stands the worst figure that it is for.
 *
 * @typedef {import("./live-measure.mjs").Live} Live
 * @typedef {import("./live-measure.mjs").Times} Times
 * @typedef {import("./measure.mjs").Cell} Cell
 * @typedef {{ where: string, value: number }} Figure
 */

import { OURS } from "./contenders.mjs";
import { documentName } from "./documents.mjs";
import { duration, median, short, showMismatch, significant, table } from "./format.mjs";
import { LIVE_SIZES, LIVE_TEXTS } from "./live-measure.mjs";

const SIZE_HEADS = LIVE_SIZES.map((units) => (units < 1e6 ? `${units / 1e3} kB` : `${units / 1e6} MB`));
const [SMALLEST, LARGEST] = [LIVE_SIZES[0], LIVE_SIZES[LIVE_SIZES.length - 1]];
const MS = 1e-3;

/**
 * @param {string} runtime
 * @param {Live} live
 */
export function renderLive(runtime, live) {
  return [
    ...LIVE_TEXTS.flatMap((text) => [
      `### ${runtime}, a keystroke in ${text}: an edit, or a count of the whole (times as long as the edit)`,
      "",
      ...renderTyping(text, live),
      "",
    ]),
    `### ${runtime}, a keystroke inside one piece of 1 MB`,
    "",
    ...table(TIMES_HEAD, Object.entries(live.pieces).map(timesRow)),
    "",
    `### ${runtime}, the count of a random half of 1 MB`,
    "",
    ...table(TIMES_HEAD.slice(0, -1), Object.entries(live.ranges).map(timesRow)),
    "",
    `### ${runtime}, loading a text under edit of 10 MB`,
    "",
    ...renderLoading(live),
    "",
    `### ${runtime}, bars`,
    "",
    ...renderBars(live),
    "",
  ];
}

/**
 * @param {string} text
 * @param {Live} live
 */
function renderTyping(text, { typing, recount }) {
  const names = LIVE_SIZES.map((units) => documentName(text, units));
  const rowOf = (/** @type {string} */ head, /** @type {(times: Times) => string} */ show) => [
    head,
    ...names.map((name) => (typing[name] ? show(typing[name]) : "–")),
  ];
  const rows = Object.entries(recount).map(([contender, cells]) => [
    contender,
    ...names.map((name) => showRecount(cells[name], typing[name])),
  ]);
  return table(
    [`${text}, µs unless it says otherwise`, ...SIZE_HEADS, `${SIZE_HEADS[3]} ÷ ${SIZE_HEADS[0]}`],
    [
      rowOf(`${OURS}, p50 / p99`, ({ p50, p99 }) => `${micros(p50)} / ${micros(p99)}`),
      [...rowOf(`${OURS}, median batch / mean`, showBatches), showGrowth(text, typing)],
      rowOf(`${OURS}, longest`, ({ max }) => micros(max)),
      ...rows,
    ],
  );
}

/**
 * @param {string} text
 * @param {Live["typing"]} typing
 */
function showGrowth(text, typing) {
  const growth = growthOf(text, typing);
  return Number.isNaN(growth) ? "–" : growth.toFixed(2);
}

/**
 * How much longer a keystroke takes in the longest document than in the shortest.
 *
 * @param {string} text
 * @param {Live["typing"]} typing
 */
function growthOf(text, typing) {
  const median = (/** @type {number} */ units) =>
    typing[documentName(text, units)]?.batches?.median ?? Number.NaN;
  return median(LARGEST) / median(SMALLEST);
}

/**
 * @param {Cell} cell
 * @param {Times | undefined} ours
 */
function showRecount(cell, ours) {
  if (cell.samples.length === 0) return short(cell.failure ?? "not run");
  const ms = median(cell.samples);
  const ratio = ours?.batches ? ` (${significant(ms / ours.batches.mean)} ×)` : "";
  return `${duration(ms)}${ratio}${showMismatch(cell)}`;
}

const TIMES_HEAD = ["µs", "calls", "p50", "p99", "longest", "median batch / mean"];

/** @param {[name: string, times: Times]} entry */
function timesRow([name, times]) {
  const { calls, p50, p99, max } = times;
  return [name.split("@")[0], `${calls}`, ...[p50, p99, max].map(micros), showBatches(times)];
}

/** @param {Times} times */
function showBatches({ batches }) {
  return batches ? `${micros(batches.median)} / ${micros(batches.mean)}` : "";
}

/** @param {Live} live */
function renderLoading({ loading }) {
  const rows = Object.entries(loading).map(([name, { ms, bytes, growths }]) => [
    name.split("@")[0],
    significant(bytes / 1e6),
    ms.toFixed(0),
    significant(bytes / ms / 1000),
    ...growths.map((growth) => (growth / bytes).toFixed(2)),
  ]);
  return table(["", "MB of UTF-8", "ms", "MB/s", "bytes of memory a byte", "of a second one"], rows);
}

/** @param {Live} live */
function renderBars({ typing, pieces, ranges, loading }) {
  const micro = (/** @type {number} */ ms) => `${micros(ms)} µs`;
  const times = (/** @type {number} */ ratio) => `${ratio.toFixed(2)} ×`;
  const growths = LIVE_TEXTS.map((text) => ({ where: text, value: growthOf(text, typing) }));
  return table(
    ["", "bar", "worst", "where", ""],
    [
      bar(
        "a keystroke, p50",
        20 * MS,
        micro,
        figures(typing, ({ p50 }) => p50),
      ),
      bar(
        "a keystroke, p99",
        100 * MS,
        micro,
        figures(typing, ({ p99 }) => p99),
      ),
      bar("a keystroke, median batch, 10 MB ÷ 1 kB", 2, times, growths),
      bar(
        "inside one piece of 1 MB, p99",
        2,
        micro,
        figures(pieces, ({ p99 }) => p99),
      ),
      bar(
        "half of 1 MB counted, p99",
        200 * MS,
        micro,
        figures(ranges, ({ p99 }) => p99),
      ),
      bar(
        "bytes of memory a byte",
        3,
        times,
        figures(loading, ({ growths, bytes }) => Math.max(...growths) / bytes),
      ),
    ],
  );
}

/**
 * @template T
 * @param {Record<string, T>} cells by name of document
 * @param {(cell: T) => number} value
 * @returns {Figure[]}
 */
function figures(cells, value) {
  return Object.entries(cells).map(([where, cell]) => ({ where, value: value(cell) }));
}

/**
 * @param {string} title
 * @param {number} limit
 * @param {(value: number) => string} show
 * @param {Figure[]} values
 */
function bar(title, limit, show, values) {
  const known = values.filter(({ value }) => !Number.isNaN(value));
  if (known.length === 0) return [title, `≤ ${show(limit)}`, "–", "", "not measured"];
  const worst = known.reduce((one, other) => (other.value > one.value ? other : one));
  const verdict = worst.value <= limit ? "met" : "NOT MET";
  return [title, `≤ ${show(limit)}`, show(worst.value), worst.where, verdict];
}

/** @param {number} ms */
function micros(ms) {
  return significant(ms * 1000);
}
