/**
 * The count of a folder as a document: a table that reads well as plain text, and as Markdown.
 */

import type { Meter } from "tokimeter";
import { rate } from "tokimeter/models";
import { price } from "tokimeter/price";
import { l10n } from "vscode";
import type { CountedFile, FolderCount, Skipped } from "./folder.ts";
import { type Format, literal } from "./format.ts";
import type { Settings } from "./settings.ts";
import { priceWords, unknownWords } from "./words.ts";

/** Returns the Markdown. */
export function reportOf(
  format: Format,
  count: FolderCount,
  { model, tokenizer, nearest }: Meter,
  { model: id, meter: { currency } }: Settings,
): string {
  const { folder, files, skipped, isStopped } = count;
  const [tokens, low, high] = (["tokens", "low", "high"] as const).map((key) => sumOf(files, key));
  const options = { rate, requestInput: tokens ?? 0, ...(currency && { currency }) };
  const billOf = (input: number) => price(model ?? { prices: [] }, { input }, options);
  const bill = billOf(tokens ?? 0);
  const moneyOf = (input: number): string => format.money(billOf(input).total, bill.currency);
  const isExact = tokenizer.basis === "exact";
  const about = isExact ? "" : "≈";
  const rows = files.map((file) => [
    about + format.count(file.tokens),
    tokens ? format.share(file.tokens / tokens) : "",
    moneyOf(file.tokens),
    code(file.path),
  ]);
  const total = [about + format.count(tokens ?? 0), "", moneyOf(tokens ?? 0), l10n.t("all")];
  const heads = [l10n.t("Tokens"), l10n.t("Share"), l10n.t("Cost"), l10n.t("File")];
  const paragraphs = [
    `# ${l10n.t("{0} in {1}", format.tokens(tokens ?? 0), literal(nameOf(folder.path)))}`,
    l10n.t("For {0}, {1}.", literal(model?.name ?? id), isExact ? l10n.t("exact") : l10n.t("not exact")),
  ];
  if (!isExact)
    paragraphs.push(
      l10n.t("The sum is between {0} and {1}.", format.count(low ?? 0), format.count(high ?? 0)),
    );
  if (!model) paragraphs.push(unknownWords({ nearest }, id));
  if (isStopped) paragraphs.push(l10n.t("Stopped: {0} files were counted.", format.count(files.length)));
  paragraphs.push(table([heads, ["--:", "--:", "--:", ":--"], total, ...rows]));
  paragraphs.push(
    l10n.t(
      "Each file is counted as if it stood alone; joined in one text they may be some tokens more or fewer.",
    ),
  );
  const { asOf, source, converted } = bill;
  if (asOf !== undefined && source !== undefined) {
    paragraphs.push(l10n.t("The cost is that of the input, all in one request."));
    paragraphs.push(literal(priceWords({ asOf, source, converted })));
  }
  if (skipped.length > 0) {
    paragraphs.push(`## ${l10n.t("Not counted")}`);
    paragraphs.push(
      table([
        [l10n.t("Why"), l10n.t("File")],
        [":--", ":--"],
        ...skipped.map(({ path, why }) => [whyWords(why), code(path)]),
      ]),
    );
  }
  return `${paragraphs.join("\n\n")}\n`;
}

function sumOf(files: readonly CountedFile[], key: "tokens" | "low" | "high"): number {
  return files.reduce((sum, file) => sum + file[key], 0);
}

function whyWords(why: unknown): string {
  const words: Record<Skipped, string> = {
    binary: l10n.t("binary"),
    "not-utf-8": l10n.t("not UTF-8"),
    "too-large": l10n.t("larger than 50 MB"),
  };
  const known = Object.entries(words).find(([each]) => each === why)?.[1];
  return known ?? literal(why instanceof Error ? why.message : String(why));
}

/** Returns a table whose columns stand under each other; the last one is not filled up. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widths, row) => row.map((cell, at) => Math.max(widths[at] ?? 0, widthOf(cell))),
    [],
  );
  const [, ends = []] = rows;
  const filled = (cell: string, at: number): string => {
    const space = " ".repeat((widths[at] ?? 0) - widthOf(cell));
    return ends[at]?.endsWith(":") ? space + cell : cell + space;
  };
  const line = (row: readonly string[]): string =>
    row.map((cell, at) => (at === row.length - 1 ? cell : filled(cell, at))).join(" | ");
  return rows.map((row) => `| ${line(row)} |`).join("\n");
}

/** In a font for code a Chinese character is as wide as two others. */
function widthOf(cell: string): number {
  return cell.length + (cell.match(/\p{Script=Han}/gu)?.length ?? 0);
}

/** Returns a path as code, in a cell of a table. */
function code(path: string): string {
  const fence = path.includes("`") ? "``" : "`";
  return `${fence}${path.replaceAll("|", "\\|")}${fence}`;
}

function nameOf(path: string): string {
  return path.split("/").filter(Boolean).at(-1) ?? path;
}
