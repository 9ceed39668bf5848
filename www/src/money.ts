/**
 * Money without floats. A price of "1.25" dollars per million tokens is 1,250,000 × 10⁻¹² dollars per token, so
 * every cost is a whole number of 10⁻¹² dollars, and with a rate of six decimals a whole number of 10⁻¹⁸ yuan.
 * Amounts leave this module as plain decimal strings, which `Intl.NumberFormat` formats without loss.
 */
import type { Price, Rates } from "./catalogue.ts";

/** A number written out in decimal digits: "0.000325". */
export type Decimal = `${number}`;

/** Decimals that prices and rates may have. */
export const PLACES = 6;
const USD_PLACES = 12;
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
export function ratesFor(price: Price, inputTokens: number): Rates {
  return price.steps.findLast((step) => inputTokens > step.above) ?? price;
}

/** What a text costs as input. */
export interface Cost {
  readonly usd: Decimal;
  /** Absent where no rate is known. */
  readonly cny?: Decimal;
}

/** Returns the cost of `tokens` input tokens at `price`, in dollars and, at `cnyPerUsd`, in yuan. */
export function inputCost(price: Price, tokens: number, cnyPerUsd: string): Cost | undefined {
  const perMillion = parseMicro(ratesFor(price, tokens).input);
  if (perMillion === undefined) return undefined;
  const units = BigInt(tokens) * perMillion;
  const rate = parseMicro(cnyPerUsd);
  const usd = toDecimal(units, USD_PLACES);
  return rate === undefined ? { usd } : { usd, cny: toDecimal(units * rate, USD_PLACES + PLACES) };
}

/** Returns `text` as a decimal without trailing zeros, or `undefined` where it is not one. "7.10" → "7.1". */
export function exact(text: string): Decimal | undefined {
  const micro = parseMicro(text);
  return micro === undefined ? undefined : toDecimal(micro, PLACES);
}

/** Returns a dollar amount in yuan, or `undefined` where either number is not a plain decimal. */
export function inYuan(usd: string, cnyPerUsd: string): Decimal | undefined {
  const amount = parseMicro(usd);
  const rate = parseMicro(cnyPerUsd);
  return amount === undefined || rate === undefined ? undefined : toDecimal(amount * rate, 2 * PLACES);
}
