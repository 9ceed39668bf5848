// @ts-check
/** Numbers and tables, as the reports show them. */

/** @param {number[]} samples */
export function median(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The least sample that so large a share of them does not exceed.
 *
 * @param {number[]} samples
 * @param {number} share
 */
export function quantile(samples, share) {
  const sorted = Float64Array.from(samples).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/** @param {number} value */
export function significant(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(value < 1 ? 2 : 3);
}

/** @param {number} ms */
export function duration(ms) {
  if (ms < 1) return `${significant(ms * 1000)} µs`;
  return ms < 1000 ? `${significant(ms)} ms` : `${significant(ms / 1000)} s`;
}

/** @param {string} message */
export function short(message) {
  const line = message.split("\n")[0].replaceAll("|", "/");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/**
 * By how much a count is wrong; nothing if it is right.
 *
 * @param {import("./measure.mjs").Cell} cell
 */
export function showMismatch(cell) {
  if (!differs(cell)) return "";
  const difference = Number(cell.tokens) - Number(cell.expected);
  return ` ✗ ${difference > 0 ? "+" : ""}${difference}`;
}

/** @param {import("./measure.mjs").Cell} cell */
export function differs({ tokens, expected }) {
  return tokens !== undefined && expected !== undefined && tokens !== expected;
}

/**
 * A Markdown table, padded so that it reads well in a terminal too.
 *
 * @param {string[]} head
 * @param {string[][]} rows
 */
export function table(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => [...(row[column] ?? "")].length)));
  const line = (/** @type {string[]} */ row) =>
    `| ${widths.map((width, column) => pad(row[column] ?? "", width, column === 0)).join(" | ")} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)];
}

/**
 * @param {string} text
 * @param {number} width
 * @param {boolean} isLeft
 */
function pad(text, width, isLeft) {
  const gap = " ".repeat(Math.max(0, width - [...text].length));
  return isLeft ? text + gap : gap + text;
}
