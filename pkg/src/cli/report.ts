/** What was counted, as one report: what JSON shows as it stands, and what the table is made of. What is unknown is null. */

import {
  decimal,
  estimate,
  load,
  meter,
  price,
  type Tokenizer,
  type TokenRange,
  TokimeterError,
} from "tokimeter";
import { type Currency, type Model, rate, type Source } from "tokimeter/models";
import { DEFAULT_MODEL, type Options } from "./options.js";
import type { FailReason, SkipReason } from "./walk.js";

/** A file that was counted. */
export interface Counted extends TokenRange {
  path: string;
  bytes: number;
  /** Whether something in it was no text, and counts as U+FFFD. */
  invalid: boolean;
}

/** What the input costs. Amounts are decimals of any length, exactly. */
export interface Cost {
  currency: Currency;
  input: string | null;
  low: string | null;
  high: string | null;
  /** What a million tokens cost, in the currency in which the vendor states it. */
  perMillion: string | null;
  tier: string;
  /** The price step: the input has more tokens than this. */
  above: number | null;
  asOf: string;
  source: string;
  converted: { from: Currency; cnyPerUsd: string; source: string; asOf: string } | null;
}

/** All that is said. */
export interface Report {
  model: string | null;
  /** Names near to that of a model that is not known; else none. */
  near: readonly string[];
  encoding: string | null;
  basis: Tokenizer["basis"];
  assumption: string | null;
  notPublic: string | null;
  skipped: readonly { path: string; why: SkipReason }[];
  failed: readonly { path: string; why: FailReason }[];
  total: TokenRange & { files: number; bytes: number };
  window: number | null;
  /** Tokens that the input may have. */
  limit: number | null;
  remaining: number | null;
  over: boolean | null;
  cost: Cost | null;
  files: readonly Counted[];
}

/** What became of all files. */
export interface Outcome extends Pick<Report, "skipped" | "failed"> {
  readonly counted: readonly Counted[];
}

/** What the tokens are counted for. */
export interface Subject {
  readonly tokenizer: Tokenizer<string>;
  readonly id: string | undefined;
  readonly model: Model | undefined;
  readonly near: readonly string[];
}

/** Loads what counts for the model or in the encoding that was asked for. */
export async function subjectOf({ encoding, model: id = DEFAULT_MODEL }: Options): Promise<Subject> {
  if (encoding !== undefined) {
    const tokenizer = await load(encoding).catch((error: unknown) => {
      if (error instanceof TokimeterError && error.code === "not-shipped") return estimate(encoding);
      throw error;
    });
    return { tokenizer, id: undefined, model: undefined, near: [] };
  }
  const { tokenizer, model, nearest } = await meter(id);
  return { tokenizer, id, model, near: nearest };
}

/** Puts together what was counted. */
export function reportOf(
  { tokenizer, id, model, near }: Subject,
  { limit, reserve, currency }: Options,
  { counted, skipped, failed }: Outcome,
): Report {
  const sum = (key: "bytes" | keyof TokenRange): number => counted.reduce((sum, file) => sum + file[key], 0);
  const total = {
    files: counted.length,
    bytes: sum("bytes"),
    tokens: sum("tokens"),
    low: sum("low"),
    high: sum("high"),
  };
  const { window = Infinity, maxInput = Infinity } = model ?? {};
  const room = limit === undefined ? Math.min(maxInput, window - reserve) : limit - reserve;
  const isKnown = room !== Infinity;
  return {
    model: id === undefined ? null : (model?.id ?? id),
    near,
    encoding: tokenizer.name === "unknown" ? null : tokenizer.name,
    basis: tokenizer.basis,
    assumption: tokenizer.assumption ?? null,
    notPublic: model?.notPublic ?? null,
    skipped,
    failed,
    total,
    window: model?.window ?? null,
    limit: isKnown ? room : null,
    remaining: isKnown ? room - total.tokens : null,
    over: isKnown ? total.tokens > room : null,
    cost: model ? costOf(model, total, currency) : null,
    files: counted,
  };
}

function costOf(
  model: Model,
  { tokens, low, high }: TokenRange,
  currency: Currency | undefined,
): Cost | null {
  const bill = (input: number): ReturnType<typeof price> =>
    price(model, { input }, { rate, ...(currency && { currency }) });
  const { currency: billed, total, tier, above, lines, asOf, source, converted } = bill(tokens);
  if (asOf === undefined || source === undefined) return null;
  const amount = (total: bigint | undefined): string | null => (total === undefined ? null : decimal(total));
  const [line] = lines;
  return {
    currency: billed,
    input: amount(total),
    low: amount(bill(low).total),
    high: amount(bill(high).total),
    perMillion: line?.rate === undefined ? null : decimal(BigInt(line.rate) * 1_000_000n),
    tier,
    above: above ?? null,
    asOf,
    source: nameOf(source),
    converted: converted
      ? {
          from: converted.from,
          cnyPerUsd: decimal(BigInt(converted.cnyPerUsd) * 1_000_000n),
          source: nameOf(converted.source),
          asOf: converted.source.date,
        }
      : null,
  };
}

function nameOf({ name, version }: Source): string {
  return version === undefined ? name : `${name} ${version}`;
}
