/**
 * Money without floats. A rate is a whole number of 10⁻¹² of the currency per token, so every cost is one of 10⁻¹², and
 * with a conversion of six decimals one of 10⁻¹⁸. Amounts leave this module as plain decimal strings, which
 * `Intl.NumberFormat` formats without loss.
 */
import type { Currency, Model, Price, Rates, Tariff } from "tokimeter/models";

/** A number written out in decimal digits: "0.000325". */
export type Decimal = `${number}`;

/** Decimals that prices and conversions may have. */
export const PLACES = 6;
const COST_PLACES = 12;
const MILLION = 1_000_000n;
const DECIMAL = /^(\d+)(?:\.(\d+))?$/;

/**
 * Returns `text` × 10⁶ as an integer, or `undefined` where `text` is not a plain decimal number with at most six
 * decimals. "7.1" → 7100000n.
 */
export function parseMicro(text: string): bigint | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, whole = "", fraction = ""] = match;
  if (fraction.length > PLACES || whole.length > 12) return undefined;
  return BigInt(whole + fraction.padEnd(PLACES, "0"));
}

/** Returns `units` × 10^-`places` as a decimal string without trailing zeros. `(325n, 6)` → "0.000325". */
export function toDecimal(units: bigint, places: number): Decimal {
  const digits = units.toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  return (fraction === "" ? whole : `${whole}.${fraction}`) as Decimal;
}

/** Returns the prices that hold for a request of `inputTokens`: a step prices the whole request. */
export function ratesFor(tariff: Tariff, inputTokens: number): Rates {
  return tariff.steps?.findLast((step) => inputTokens > step.above) ?? tariff;
}

/** A price with, where the vendor states it too and with the same steps, the price in the other currency. */
export interface Pair {
  readonly price: Price;
  readonly other?: Price;
}

/** Returns the price in dollars, or else in yuan, as a vendor states it. */
export function statedPrices({ prices }: Pick<Model, "prices">): Pair | undefined {
  const [usd, cny] = (["USD", "CNY"] as const).map((one) => prices.find(({ currency }) => currency === one));
  const price = usd ?? cny;
  if (price === undefined) return undefined;
  return usd && cny && bounds(usd) === bounds(cny) ? { price, other: cny } : { price };
}

function bounds({ standard: { steps = [] } }: Price): string {
  return steps.map(({ above }) => above).join();
}

/** What a text costs as input, in each currency that is known. */
export type Cost = Readonly<Partial<Record<Currency, Decimal>>>;

/**
 * Returns the cost of `tokens` input tokens: at the vendor's own price where it states one in the currency, else the other
 * converted at `cnyPerUsd`.
 */
export function inputCost(model: Pick<Model, "prices">, tokens: number, cnyPerUsd: string): Cost {
  const pair = statedPrices(model);
  const cost = (currency: Currency): bigint | undefined => {
    const price = [pair?.price, pair?.other].find((price) => price?.currency === currency);
    const { input } = price ? ratesFor(price.standard, tokens) : {};
    return input === undefined ? undefined : BigInt(tokens) * BigInt(input);
  };
  const [usd, cny] = [cost("USD"), cost("CNY")];
  const conversion = parseMicro(cnyPerUsd) ?? 0n;
  const known = (amount: bigint | undefined, other: () => Decimal | undefined): Decimal | undefined =>
    amount === undefined ? other() : toDecimal(amount, COST_PLACES);
  const inUsd = known(usd, () => toDollars(cny, conversion, COST_PLACES));
  const inCny = known(cny, () => toYuan(usd, conversion, COST_PLACES));
  return { ...(inUsd === undefined ? {} : { USD: inUsd }), ...(inCny === undefined ? {} : { CNY: inCny }) };
}

/** Returns a rate of the book as a decimal: 1250000 → "1.25". */
export function rateDecimal(rate: number): Decimal {
  return toDecimal(BigInt(rate), PLACES);
}

/** Returns a rate of the book in the other currency, or `undefined` where the conversion is no plain decimal. */
export function convertedRate(rate: number, to: Currency, cnyPerUsd: string): Decimal | undefined {
  const conversion = parseMicro(cnyPerUsd) ?? 0n;
  return (to === "CNY" ? toYuan : toDollars)(BigInt(rate), conversion, PLACES);
}

/** Returns `text` as a decimal without trailing zeros, or `undefined` where it is not one. "7.10" → "7.1". */
export function exact(text: string): Decimal | undefined {
  const micro = parseMicro(text);
  return micro === undefined ? undefined : toDecimal(micro, PLACES);
}

function toYuan(usd: bigint | undefined, conversion: bigint, places: number): Decimal | undefined {
  if (usd === undefined || conversion === 0n) return undefined;
  return toDecimal(usd * conversion, places + PLACES);
}

/** Rounded to the places of the amount. */
function toDollars(cny: bigint | undefined, conversion: bigint, places: number): Decimal | undefined {
  if (cny === undefined || conversion === 0n) return undefined;
  return toDecimal((2n * cny * MILLION + conversion) / (2n * conversion), places);
}
