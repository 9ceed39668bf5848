/** The table's rows: what the text costs with each model, by `price`, and whether it fits. Only arithmetic on counts that are given. */
import type { Currency, Source } from "tokimeter/models";
import { type Bill, type Conversion, price } from "tokimeter/price";
import type { PickedModel } from "../../../state/catalogue.ts";
import type { VocabularyName } from "../../../text/vocabulary-files.ts";
import type { EncodingCount } from "./counts.ts";

/** What is sent and what comes back, in one currency, in 10⁻¹² of it. */
export interface Money {
  readonly input: bigint;
  readonly output: bigint;
  readonly total: bigint;
  /** The total if the text has the fewest tokens that it may have, and the most. */
  readonly low: bigint;
  readonly high: bigint;
  readonly isConverted: boolean;
  /** The price step that holds: the request has more input tokens than this. */
  readonly above: number | undefined;
  readonly isOffPeak: boolean;
  readonly asOf: string;
  readonly source: Source;
}

/** `"perhaps"`: the count has a range, and its end does not fit. `"reply"`: the vendor gives no reply that is so long. */
export type Fit = "fits" | "perhaps" | "over" | "reply" | "unknown";

export interface Row {
  readonly model: PickedModel;
  readonly count: EncodingCount | undefined;
  /** What is known of the cost, by currency. */
  readonly money: Readonly<Partial<Record<Currency, Money>>>;
  readonly fit: Fit;
  /** The share of the window that text and reply take. */
  readonly share: number | undefined;
}

export interface Table {
  readonly rows: readonly Row[];
  /** The cheapest row that the text fits, and the dearest, in the currency of the table. */
  readonly cheapest: Row | undefined;
  readonly dearest: Row | undefined;
}

export type SortKey = "cost" | "tokens" | "share" | "name";
export interface Sort {
  readonly by: SortKey;
  readonly isDescending: boolean;
}

export interface Settings {
  /** Tokens of the reply. */
  readonly reply: number;
  readonly currency: Currency;
  readonly rate: Conversion;
  readonly sort: Sort;
}

const CURRENCIES: readonly Currency[] = ["CNY", "USD"];

export function tableOf(
  models: readonly PickedModel[],
  counts: ReadonlyMap<VocabularyName, EncodingCount>,
  { reply, currency, rate, sort }: Settings,
): Table {
  const rows = models.map((model) => rowOf(model, counts.get(model.encoding), reply, rate));
  const priced = rows.filter(({ money, fit }) => money[currency] && fit !== "over" && fit !== "reply");
  const byCost = priced.toSorted((a, b) => compare(totalOf(a, currency), totalOf(b, currency)));
  return {
    rows: sorted(rows, sort, currency),
    cheapest: byCost[0],
    dearest: byCost.at(-1),
  };
}

/** Returns how many times as much a row costs as another; `undefined` if one of them is not known or free. */
export function timesOf(row: Row, other: Row | undefined, currency: Currency): number | undefined {
  const [total, least] = [totalOf(row, currency), other && totalOf(other, currency)];
  if (total === undefined || least === undefined || least === 0n) return undefined;
  return Number((total * 1000n) / least) / 1000;
}

function rowOf(model: PickedModel, count: EncodingCount | undefined, reply: number, rate: Conversion): Row {
  const { window } = model;
  return {
    model,
    count,
    money: moneyOf(model, count, reply, rate),
    fit: fitOf(model, count, reply),
    share: window === undefined || count === undefined ? undefined : (count.tokens + reply) / window,
  };
}

function moneyOf(
  model: PickedModel,
  count: EncodingCount | undefined,
  reply: number,
  rate: Conversion,
): Row["money"] {
  const money: Partial<Record<Currency, Money>> = {};
  if (count === undefined || model.prices.length === 0) return money;
  const at = new Date();
  for (const currency of CURRENCIES) {
    const billOf = (input: number): Bill => price(model, { input, output: reply }, { currency, rate, at });
    const { total, lines, above, tier, asOf, source, converted } = billOf(count.tokens);
    const [input, output] = lines.map(({ amount }) => amount);
    if (total === undefined || input === undefined || output === undefined || !asOf || !source) continue;
    const atEnd = (tokens: number): bigint =>
      tokens === count.tokens ? total : (billOf(tokens).total ?? total);
    money[currency] = {
      input,
      output,
      total,
      low: atEnd(count.low),
      high: atEnd(count.high),
      isConverted: converted !== undefined,
      above,
      isOffPeak: tier === "off-peak",
      asOf,
      source,
    };
  }
  return money;
}

/** Says whether text and reply fit: beside each other in the window, and each within the vendor's own limit. */
function fitOf(model: PickedModel, count: EncodingCount | undefined, reply: number): Fit {
  const { window, maxInput, maxOutput = Number.POSITIVE_INFINITY } = model;
  if (count === undefined || (window === undefined && maxInput === undefined)) return "unknown";
  const room = Math.min(maxInput ?? Number.POSITIVE_INFINITY, (window ?? Number.POSITIVE_INFINITY) - reply);
  if (count.low > room) return "over";
  if (reply > maxOutput) return "reply";
  return count.high > room ? "perhaps" : "fits";
}

function sorted(rows: readonly Row[], { by, isDescending }: Sort, currency: Currency): readonly Row[] {
  if (by === "name") {
    const names = rows.toSorted((a, b) => a.model.name.localeCompare(b.model.name, "en", { numeric: true }));
    return isDescending ? names.toReversed() : names;
  }
  const key = (row: Row): bigint | number | undefined => {
    if (by === "cost") return totalOf(row, currency);
    return by === "tokens" ? row.count?.tokens : row.share;
  };
  // What is not known stands last in both directions.
  const isKnown = (row: Row): boolean => key(row) !== undefined;
  const known = rows.filter(isKnown).sort((a, b) => compare(key(a), key(b)) * (isDescending ? -1 : 1));
  return [...known, ...rows.filter((row) => !isKnown(row))];
}

function totalOf({ money }: Row, currency: Currency): bigint | undefined {
  return money[currency]?.total;
}

function compare(a: bigint | number | undefined, b: bigint | number | undefined): number {
  if (a === undefined || b === undefined || a === b) return 0;
  return a < b ? -1 : 1;
}
