/** What was counted, to take away: JSON in the shape of the command line's `--json`, a table for spreadsheets, and plain text. */
import { decimal } from "tokimeter";
import type { PickedModel } from "../../state/catalogue.ts";
import { REASONS } from "./left-out.ts";
import type { Project } from "./project.ts";
import type { ReadingCost } from "./reading-cost.ts";
import type { Entry, Outcome } from "./tree.ts";

export interface ReportSubject {
  readonly project: Project;
  readonly model: PickedModel;
  readonly cost: ReadingCost;
}

/** Returns the report as JSON. What is unknown is null. */
export function jsonOf({ project, model, cost }: ReportSubject): string {
  const { bill } = cost;
  const outcomes = settled(project);
  const amount = (value: bigint | undefined): string | null => (value === undefined ? null : decimal(value));
  const report = {
    model: model.isFamily ? null : model.id,
    encoding: model.encoding,
    basis: model.basis,
    assumption: model.assumption ?? null,
    countedFileByFile: true,
    complete: project.work.peek().kind === "done",
    skipped: outcomes.flatMap(([{ path }, { kind }]) => (kind === "binary" ? [{ path, why: kind }] : [])),
    failed: [
      ...outcomes.flatMap(([{ path }, outcome]) =>
        outcome.kind === "failed" ? [{ path, why: outcome.why, message: outcome.message }] : [],
      ),
      ...project.unread.map(({ path, message }) => ({ path, why: "unreadable", message })),
    ],
    leftOut: Object.fromEntries(REASONS.map((reason) => [reason, project.leftOut[reason]])),
    total: project.total,
    window: model.window ?? null,
    requests: cost.requests,
    cost: bill.source && {
      currency: bill.currency,
      input: amount(cost.total),
      cached: amount(cost.cached),
      tier: bill.tier,
      above: bill.above ?? null,
      asOf: bill.asOf,
      source: bill.source,
      converted: bill.converted ?? null,
    },
    files: outcomes.flatMap(([{ path, isExcluded }, outcome]) => {
      if (outcome.kind !== "counted") return [];
      const { bytes, tokens, low, high, codePoints, isInvalid } = outcome.count;
      return [{ path, bytes, tokens, low, high, codePoints, invalid: isInvalid, included: !isExcluded }];
    }),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

const COLUMNS = ["path", "tokens", "low", "high", "bytes", "code points", "included", "status", "reason"];

/** Returns all files as a table with commas, in UTF-8 with a mark that spreadsheets look for. */
export function csvOf(project: Project): string {
  const rows = settled(project).map(([{ path, isExcluded }, outcome]) => {
    if (outcome.kind !== "counted") {
      const reason =
        outcome.kind === "failed" ? `${outcome.why}: ${outcome.message}` : "NUL in the first 8 kB";
      return [path, "", "", "", "", "", "", outcome.kind, reason];
    }
    const { tokens, low, high, bytes, codePoints, isInvalid } = outcome.count;
    const reason = isInvalid ? "invalid bytes as U+FFFD" : "";
    return [path, tokens, low, high, bytes, codePoints, !isExcluded, "counted", reason];
  });
  for (const { path, message } of project.unread)
    rows.push([path, "", "", "", "", "", "", "failed", message]);
  return `\ufeff${[COLUMNS, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("")}`;
}

function field(value: string | number | boolean): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function settled(project: Project): (readonly [Entry, Outcome])[] {
  return [...project.entries()].flatMap((entry) => {
    const outcome = project.outcomeOf(entry);
    return outcome ? [[entry, outcome] as const] : [];
  });
}

/** Has the browser save a text as a file. */
export function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
