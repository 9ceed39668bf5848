// @ts-check
/**
 * The figures that tables and plots show, out of what was measured. Speeds are megabytes (1,000,000 bytes of UTF-8) a second.
 *
 * @typedef {import("./measure.mjs").Cell} Cell
 * @typedef {import("./measure.mjs").Grid} Grid
 * @typedef {import("./run.mjs").Bench} Bench
 * @typedef {import("./run.mjs").Measured} Measured
 * @typedef {import("./agent.mjs").Work} Work
 */
import { OURS } from "./contenders.mjs";
import { median } from "./format.mjs";

/**
 * One part that was measured, if it was.
 *
 * @template {import("./parts.mjs").Part} Part
 * @param {Bench} bench
 * @param {string} runtime
 * @param {string} encoding
 * @param {Part} part
 * @returns {(Omit<Measured, "result"> & { result: NonNullable<import("./parts.mjs").Results[Part]> }) | undefined}
 */
export function partOf(bench, runtime, encoding, part) {
  return bench.measured.find(
    (measured) => measured.runtime === runtime && measured.encoding === encoding && measured.part === part,
  );
}

/**
 * @param {readonly Measured[]} measured
 * @returns {string} what it was measured on
 */
export function machinesOf(measured) {
  return [...new Set(measured.map(({ machine }) => machine))].join(" and ");
}

/**
 * The row of a contender: where it cannot count without the ids, what it encodes is what it counts.
 *
 * @param {Grid} grid
 * @param {string} contender
 * @param {Work} work
 * @returns {Record<string, Cell> | undefined}
 */
export function rowOf(grid, contender, work) {
  return grid[`${contender}, ${work}`] ?? (work === "count" ? grid[`${contender}, encode`] : undefined);
}

/**
 * The contenders of a grid, in its order.
 *
 * @param {Grid} grid
 */
export function contendersIn(grid) {
  return [...new Set(Object.keys(grid).map((row) => row.replace(/, (count|encode)$/, "")))];
}

/**
 * @param {Cell | undefined} cell
 * @param {number} bytes
 * @returns {number | undefined} by the median of the samples
 */
export function speedOf(cell, bytes) {
  return cell?.samples.length ? bytes / median(cell.samples) / 1000 : undefined;
}

/**
 * How many times as fast one is as another, round by round: both did their work in the same minute.
 *
 * @param {Cell | undefined} fast
 * @param {Cell | undefined} slow
 * @returns {{ median: number, least: number, most: number } | undefined}
 */
export function ratioOf(fast, slow) {
  const rounds = Math.min(fast?.samples.length ?? 0, slow?.samples.length ?? 0);
  if (!fast || !slow || rounds === 0) return undefined;
  const ratios = slow.samples.slice(0, rounds).map((ms, round) => ms / fast.samples[round]);
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}

/**
 * The contender of others that is fastest with a text.
 *
 * @param {Grid} grid
 * @param {string} text
 * @param {Work} work
 */
export function bestOfOthers(grid, text, work) {
  const others = contendersIn(grid).filter((name) => name !== OURS);
  const timed = others.flatMap((name) => {
    const cell = rowOf(grid, name, work)?.[text];
    return cell?.samples.length ? [{ name, cell }] : [];
  });
  return timed.sort((a, b) => median(a.cell.samples) - median(b.cell.samples))[0];
}
