// @ts-check
/**
 * Tables from measurements: what is printed and what becomes results/peers.md. Speeds are megabytes (1,000,000
 * bytes of UTF-8) a second; a count that differs from the reference's is marked with ✗ and by how much it differs.
 *
 * @typedef {import("./measure.mjs").Cell} Cell
 * @typedef {import("./measure.mjs").Grid} Grid
 * @typedef {{ start?: Grid, first?: Grid, unseen?: Grid, repeated?: Grid }} Measured
 */
import { median, short, significant, table } from "./format.mjs";
import { HOSTILE_NAMES } from "./hostile.mjs";

export const OURS = "tokimeter";
const RIVALS = ["gpt-tokenizer", "hypertok"];

/** @type {{ key: "first" | "unseen" | "repeated", title: string, showsBest: boolean }[]} */
const SPEEDS = [
  { key: "first", title: "First call of a fresh process or page", showsBest: false },
  { key: "unseen", title: "Text never seen before, code warm, in slices of 20 kB", showsBest: false },
  { key: "repeated", title: "The same text again and again: median (best)", showsBest: true },
];

/**
 * @param {string} runtime
 * @param {Measured} measured
 * @param {Record<string, { seen: number, unseen: number }>} bytes of each text
 */
export function renderMeasured(runtime, measured, bytes) {
  const texts = Object.keys(bytes);
  const lines = [];
  for (const { key, title, showsBest } of SPEEDS) {
    const grid = measured[key];
    if (!grid) continue;
    const size = (/** @type {string} */ text) => (key === "unseen" ? bytes[text].unseen : bytes[text].seen);
    const rows = Object.entries(grid).map(([name, cells]) => [
      name,
      ...texts.map((text) => showSpeed(cells[text], size(text), showsBest)),
    ]);
    lines.push(`### ${runtime}, MB/s. ${title}`, "", ...table(["", ...texts], rows), "");
  }
  if (measured.start) {
    const rows = Object.entries(measured.start).map(([name, { start }]) => [name, ...showTimes(start)]);
    lines.push(`### ${runtime}, ms from import to first count`, "");
    lines.push(...table(["", "minimum", "median"], rows), "");
  }
  lines.push(`### ${runtime}, ${OURS} compared: times as fast`, "", ...renderRatios(measured, texts), "");
  return lines;
}

/**
 * @param {Measured} measured
 * @param {string[]} texts
 */
function renderRatios(measured, texts) {
  const rows = SPEEDS.flatMap(({ key }) =>
    RIVALS.map((rival) => [
      `${key}, ${OURS} / ${rival}`,
      ...texts.map((text) => showRatio(measured[key]?.[rival]?.[text], measured[key]?.[OURS]?.[text])),
    ]),
  );
  const starts = RIVALS.map((rival) => [
    `start, ${OURS} / ${rival}`,
    showRatio(measured.start?.[rival]?.start, measured.start?.[OURS]?.start),
    ...texts.slice(1).map(() => ""),
  ]);
  return table(["", ...texts], [...rows, ...starts]);
}

/**
 * @param {string} runtime
 * @param {{ timed: Grid, checked: Grid }} measured
 * @param {(name: string) => number} bytesFor
 */
export function renderHostile(runtime, { timed, checked }, bytesFor) {
  const names = Object.keys(timed);
  const rows = HOSTILE_NAMES.map((text) => [
    text,
    ...names.map((name) => {
      const { samples, failure } = timed[name][text];
      return failure ? short(failure) : `${samples[0].toFixed(1)}${showMismatch(checked[name][text])}`;
    }),
    showAgreement(
      names.filter((name) => bytesFor(name) === bytesFor(names[0])).map((name) => timed[name][text]),
    ),
  ]);
  const heads = names.map((name) => `${name}, ${bytesFor(name) / 1000} kB`);
  return [`### ${runtime}, ms`, "", ...table(["", ...heads, "counts of the longest"], rows), ""];
}

/**
 * Every cell of ours that is wrong or missing.
 *
 * @param {Record<string, Grid | undefined>} grids by name
 * @returns {string[]}
 */
export function faultsOfOurs(grids) {
  return Object.entries(grids).flatMap(([title, grid]) =>
    Object.entries(grid?.[OURS] ?? {}).flatMap(([text, cell]) => {
      if (cell.failure !== undefined) return [`${title}, ${text}: ${cell.failure}`];
      if (!differs(cell)) return [];
      return [`${title}, ${text}: counted ${cell.tokens}, the reference ${cell.expected}`];
    }),
  );
}

/** @param {Cell} cell */
function differs({ tokens, expected }) {
  return tokens !== undefined && expected !== undefined && tokens !== expected;
}

/**
 * By how much a count is wrong; nothing if it is right.
 *
 * @param {Cell} cell
 */
export function showMismatch(cell) {
  if (!differs(cell)) return "";
  const difference = Number(cell.tokens) - Number(cell.expected);
  return ` ✗ ${difference > 0 ? "+" : ""}${difference}`;
}

/**
 * @param {Cell} cell
 * @param {number} bytes
 * @param {boolean} showsBest
 */
function showSpeed(cell, bytes, showsBest) {
  if (cell.samples.length === 0) return short(cell.failure ?? "not run");
  const speed = (/** @type {number} */ ms) => significant(bytes / ms / 1000);
  const best = showsBest ? ` (${speed(Math.min(...cell.samples))})` : "";
  return `${speed(median(cell.samples))}${best}${showMismatch(cell)}`;
}

/** @param {Cell} cell */
function showTimes(cell) {
  if (cell.samples.length === 0) return [short(cell.failure ?? "not run"), ""];
  const minimum = Math.min(...cell.samples).toFixed(0);
  return [`${minimum}${showMismatch(cell)}`, median(cell.samples).toFixed(0)];
}

/**
 * @param {Cell | undefined} theirs
 * @param {Cell | undefined} ours
 */
function showRatio(theirs, ours) {
  if (!theirs?.samples.length || !ours?.samples.length) return "–";
  return significant(median(theirs.samples) / median(ours.samples));
}

/** @param {Cell[]} cells that counted the same text */
function showAgreement(cells) {
  const counts = cells.flatMap(({ tokens }) => tokens ?? []);
  if (counts.length < 2) return counts.length === 1 ? `${counts[0]}` : "–";
  return new Set(counts).size === 1 ? `all ${counts[0]}` : `✗ ${counts.join(" / ")}`;
}
