/** A report for people: a table, what it comes to, and what there is to say of files. */

import type { Options } from "./options.js";
import type { Cost, Report } from "./report.js";
import type { FailReason, SkipReason } from "./walk.js";

/** Control characters in a name would be commands to the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const SKIPPED: Readonly<Record<SkipReason, string>> = {
  binary: "skipped, binary",
  link: "skipped, a link",
  special: "skipped, no file",
};

const FAILED: Readonly<Record<FailReason, string>> = {
  "not-found": "not counted, it is not there",
  denied: "not counted, it may not be read",
  unreadable: "not counted, it cannot be read",
  "too-long": "not counted, it has no place in 128 MiB where it can be cut",
};

/** Names of a message; there may be thousands. */
const MOST_NAMES = 3;

/** Paints a text. */
export interface Paint {
  dim(text: string): string;
  bold(text: string): string;
  alarm(text: string): string;
}

/** Returns what paints, or does not. */
export function paintOf(isColored: boolean): Paint {
  const by = (code: number) => (text: string) => (isColored ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { dim: by(2), bold: by(1), alarm: by(31) };
}

/** Returns the table and what it comes to. Names come last in a row, so nothing has to be aligned behind them. */
export function tableOf(report: Report, { total: totalOnly, model }: Options, paint: Paint): string {
  const { files, total } = report;
  const isRange = report.basis !== "exact";
  const cells = (count: { tokens: number; low: number; high: number }): string[] =>
    isRange
      ? [grouped(count.tokens), `${grouped(count.low)} to ${grouped(count.high)}`]
      : [grouped(count.tokens)];
  const titles = isRange ? ["tokens", "range"] : ["tokens"];
  const all = [titles, ...files.map(cells), cells(total)];
  const widths = titles.map((_, column) =>
    all.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), 0),
  );
  const row = (cells: readonly string[]): string =>
    cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  ");
  const lines: string[] = [];
  if (!totalOnly) {
    lines.push(paint.dim(`${row(titles)}  file`));
    for (const file of files) lines.push(`${row(cells(file))}  ${shown(file.path)}`);
  }
  if (totalOnly || files.length !== 1) {
    const of = files.length === 1 ? "1 file" : `${grouped(files.length)} files`;
    lines.push(paint.bold(`${row(cells(total))}  in ${of}, ${grouped(total.bytes)} bytes`));
  }
  lines.push("", `${paint.dim("model")}  ${modelOf(report, model === undefined)}`);
  const limit = limitOf(report);
  lines.push(`${paint.dim("limit")}  ${report.over ? paint.alarm(limit) : limit}`);
  if (report.model !== null) lines.push(`${paint.dim("price")}  ${priceOf(report.cost)}`);
  return `${lines.join("\n")}\n`;
}

/** Returns the messages, a line each. */
export function messagesOf({ near, model, files, skipped, failed }: Report): string[] {
  const messages: string[] = [];
  if (near.length > 0)
    messages.push(
      `the model ${shown(model ?? "")} is not known, nor its window and price; near it are ${near.join(", ")}`,
    );
  for (const [why, text] of Object.entries(SKIPPED)) {
    const paths = skipped.filter((one) => one.why === why).map(({ path }) => path);
    if (paths.length > 0) messages.push(`${text}: ${some(paths)}`);
  }
  const invalid = files.filter((file) => file.invalid).map(({ path }) => path);
  if (invalid.length > 0) messages.push(`not all text, what is not counts as U+FFFD: ${some(invalid)}`);
  for (const { path, why } of failed) messages.push(`${FAILED[why]}: ${shown(path)}`);
  return messages;
}

function modelOf(
  { model, encoding, basis, assumption, notPublic, near }: Report,
  isDefault: boolean,
): string {
  const name = model === null ? "" : `${shown(model)}${isDefault ? ", unless -m names another" : ""}: `;
  const unknown = near.length > 0 && encoding === null ? "unknown, " : "";
  const why = assumption ?? notPublic;
  return `${name}${unknown}${encoding === null ? "" : `${encoding}, `}${basis}${why === null ? "" : ` (${why})`}`;
}

function limitOf({ window, limit, remaining, over, total }: Report): string {
  if (limit === null || remaining === null) return "unknown";
  const of = `${grouped(limit)}${window === null || window === limit ? "" : ` (window ${grouped(window)})`}`;
  if (over) return `${of}: over by ${grouped(-remaining)}`;
  return `${of}: ${grouped(remaining)} left${total.high > limit ? ", perhaps too few" : ""}`;
}

function priceOf(cost: Cost | null): string {
  if (cost === null) return "unknown";
  const { currency, input, low, high, perMillion, tier, above, asOf, source, converted } = cost;
  const step = above === null ? "" : `, above ${grouped(above)} tokens`;
  const tariff = tier === "standard" ? "" : `, ${tier}`;
  const from = `${source}, ${asOf}`;
  if (input === null) return `unknown${tariff}${step} (${from})`;
  const range = low === high ? "" : ` (${low ?? "unknown"} to ${high ?? "unknown"})`;
  const at = converted
    ? ` at ${converted.cnyPerUsd} CNY for 1 USD, ${converted.source}, ${converted.asOf}`
    : "";
  const rate =
    perMillion === null
      ? ""
      : `; ${perMillion} ${converted?.from ?? currency} a million${tariff}${step}${at}`;
  return `${input} ${currency} as input${range}${rate} (${from})`;
}

/** Returns a whole number with its digits in groups of three. */
function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

function shown(path: string): string {
  return path.replace(CONTROLS, (c) => `\\u{${c.charCodeAt(0).toString(16)}}`);
}

function some(paths: readonly string[]): string {
  const more = paths.length - MOST_NAMES;
  const names = paths
    .slice(0, more > 0 ? MOST_NAMES : paths.length)
    .map(shown)
    .join(", ");
  return more > 0 ? `${names} and ${grouped(more)} more` : names;
}
