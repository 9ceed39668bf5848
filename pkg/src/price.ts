/**
 * Bills: what so many tokens cost at a model's prices. All amounts are integers, so the lines of a bill add up to its
 * total, whatever their size; what is not known stays unknown, and the bill says which lines that are.
 *
 * @module
 */

import type { Currency, Hours, Model, Price, Rates, Source, Tariff } from "./models.js";
import { quotient, whole } from "./numbers.js";

export { decimal } from "./numbers.js";

/** The tokens of a request, or of many at the same tariff. What is left out is not part of the bill. */
export interface Usage {
  /** Input tokens that are neither read from the prompt cache nor written to it. */
  readonly input?: number;
  /** Input tokens that are read from the prompt cache. */
  readonly cached?: number;
  /** Input tokens that are written to the prompt cache. */
  readonly cacheWrite?: number;
  /** Input tokens that are written to the prompt cache for the longer of the times that the vendor offers. */
  readonly cacheWriteLong?: number;
  /** Output tokens, with those of reasoning. */
  readonly output?: number;
  /** Web searches that the vendor makes for the model, in calls. */
  readonly webSearches?: number;
}

/** What one unit of money is of another. */
export interface Conversion {
  /** Yuan for one US dollar, in millionths: an integer. */
  readonly cnyPerUsd: number;
  /** Where the rate is from, and its date. */
  readonly source: Source;
}

/** The conversion that was made. */
export interface Converted extends Conversion {
  /** What the vendor states. */
  readonly from: Currency;
}

/** How to bill. */
export interface PriceOptions {
  /** The currency of the bill; what the vendor states first if it is left out. */
  readonly currency?: Currency;
  /** For a currency that the vendor does not state: `rate` of `tokimeter/models`, or one's own. */
  readonly rate?: Conversion;
  /** Whether the requests are made in a batch. */
  readonly batch?: boolean;
  /** When the requests are made, which decides between peak and off-peak prices; now if it is left out. */
  readonly at?: Date;
  /** The input tokens that decide the price step; those of the usage if it is left out, as for a single request. */
  readonly requestInput?: number;
}

/** Which of a vendor's tariffs. */
export type Tier = "standard" | "batch" | "off-peak";

/** One line of a bill. */
export interface BillLine {
  /** What is billed: a field of the usage. */
  readonly kind: keyof Usage;
  /** Tokens, or calls. */
  readonly quantity: number;
  /** The rate, in 10⁻¹² of the currency of the price list for a token or a call; `undefined` if it is not known. */
  readonly rate: number | undefined;
  /** In 10⁻¹² of the currency of the bill; `undefined` if the rate is not known and the quantity not 0. */
  readonly amount: bigint | undefined;
}

/** What a usage costs. */
export interface Bill {
  /** Of all amounts in here. */
  readonly currency: Currency;
  /** The tariff by which it is billed. */
  readonly tier: Tier;
  /** The price step: the request has more input tokens than this. `undefined` below the first step. */
  readonly above: number | undefined;
  /** One for each field that the usage has. */
  readonly lines: readonly BillLine[];
  /** The sum of the lines, in 10⁻¹² of the currency; `undefined` if one of them is not known. */
  readonly total: bigint | undefined;
  /** The sum of the lines that are known. */
  readonly known: bigint;
  /** The lines that are not known. */
  readonly unknown: readonly (keyof Usage)[];
  /** The date of the prices; `undefined` if none are known. */
  readonly asOf: string | undefined;
  /** Who says what the prices are; `undefined` if none are known. */
  readonly source: Source | undefined;
  /** How the amounts were converted, if the vendor does not state this currency. Each line is rounded to 10⁻¹². */
  readonly converted: Converted | undefined;
}

const MILLION = 1_000_000n;

/**
 * Returns the bill of a usage at the model's prices.
 *
 * A request with more input tokens than a price step is billed at that step's rates as a whole. So a usage is that of one request,
 * or of many with `requestInput`.
 * @throws {RangeError} if a quantity or a conversion is no safe integer from 0 on, or if the vendor does not state a
 * price in that currency and there is no `rate`.
 */
export function price(model: Pick<Model, "prices">, usage: Usage, options: PriceOptions = {}): Bill {
  const quantities = KINDS.flatMap((kind) => {
    const quantity = usage[kind];
    return quantity === undefined ? [] : [{ kind, quantity: whole(quantity, kind) }];
  });
  const list = model.prices.find(({ currency }) => currency === options.currency) ?? model.prices[0];
  const currency = options.currency ?? list?.currency ?? "USD";
  const converted = list && list.currency !== currency ? conversion(list, options) : undefined;
  const requestInput = whole(options.requestInput ?? inputOf(usage), "requestInput");
  const { tier, above, rates } = list ? applied(list, requestInput, options) : NO_PRICE;
  const lines = quantities.map(({ kind, quantity }): BillLine => {
    const rate = kind === "webSearches" ? list?.webSearch : rates[kind];
    return { kind, quantity, rate, amount: amountOf(quantity, rate, converted) };
  });
  const unknown = lines.filter(({ amount }) => amount === undefined).map(({ kind }) => kind);
  const known = lines.reduce((sum, { amount = 0n }) => sum + amount, 0n);
  const total = unknown.length === 0 ? known : undefined;
  return {
    currency,
    tier,
    above,
    lines,
    total,
    known,
    unknown,
    asOf: list?.asOf,
    source: list?.source,
    converted,
  };
}

/**
 * Returns an amount of one currency in the other, in 10⁻¹² of it, rounded once; as it is, if both are the same.
 * @throws {RangeError} if the conversion is no safe integer from 1 on.
 */
export function convert(amount: bigint, from: Currency, to: Currency, rate: Conversion): bigint {
  whole(rate.cnyPerUsd, "cnyPerUsd, in millionths,", 1);
  return from === to ? amount : exchanged(amount, { ...rate, from });
}

/** Returns whether a time is in one of the hours, which are those of UTC and exclude their end. */
export function isIn(hours: readonly Hours[], at: Date): boolean {
  const day = at.getUTCDay() || 7;
  const time = at.toISOString().slice(11, 16);
  return hours.some(({ days, from, to }) => (days?.includes(day) ?? true) && from <= time && time < to);
}

const KINDS = ["input", "cached", "cacheWrite", "cacheWriteLong", "output", "webSearches"] as const;

interface Applied {
  readonly tier: Tier;
  readonly above: number | undefined;
  readonly rates: Rates;
}

const NO_PRICE: Applied = { tier: "standard", above: undefined, rates: {} };

/** Picks the tariff and its step. */
function applied(
  list: Price,
  requestInput: number,
  { batch = false, at = new Date() }: PriceOptions,
): Applied {
  const above = stepOf(list.standard, requestInput)?.above;
  const by = (tier: Tier, tariff: Tariff | undefined): Applied => {
    const step = tariff && stepOf(tariff, requestInput);
    // A tariff that does not say what is beyond a step of the standard one leaves that unknown.
    const isKnown = tariff !== undefined && step?.above === above;
    return { tier, above, rates: isKnown ? (step ?? tariff) : {} };
  };
  if (batch) return by("batch", list.batch);
  if (list.offPeak && isIn(list.offPeak.hours, at)) return by("off-peak", list.offPeak);
  return by("standard", list.standard);
}

function stepOf({ steps = [] }: Tariff, input: number): (Rates & { readonly above: number }) | undefined {
  return steps.findLast(({ above }) => input > above);
}

function inputOf({ input = 0, cached = 0, cacheWrite = 0, cacheWriteLong = 0 }: Usage): number {
  return input + cached + cacheWrite + cacheWriteLong;
}

function amountOf(
  quantity: number,
  rate: number | undefined,
  converted: Bill["converted"],
): bigint | undefined {
  if (quantity === 0) return 0n;
  if (rate === undefined) return undefined;
  const amount = BigInt(quantity) * BigInt(rate);
  return converted === undefined ? amount : exchanged(amount, converted);
}

function exchanged(amount: bigint, { cnyPerUsd, from }: Converted): bigint {
  const [times, by] = from === "USD" ? [BigInt(cnyPerUsd), MILLION] : [MILLION, BigInt(cnyPerUsd)];
  return quotient(amount * times, by);
}

function conversion({ currency: from }: Price, { currency, rate }: PriceOptions): Bill["converted"] {
  if (!rate)
    throw new RangeError(
      `the vendor states its prices in ${from}, not in ${currency}: give a rate, such as that of tokimeter/models`,
    );
  whole(rate.cnyPerUsd, "cnyPerUsd, in millionths,", 1);
  return { ...rate, from };
}
