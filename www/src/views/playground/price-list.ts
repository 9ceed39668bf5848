/** The price list of a model: its tariffs and steps per million tokens, in both currencies, by the package's own bill. */
import type { Currency, Model, Price, Rates, Tariff } from "tokimeter/models";
import { type Conversion, price, type Tier } from "tokimeter/price";

export const PRICED = ["input", "cached", "output"] as const;
export type Priced = (typeof PRICED)[number];
export const CURRENCIES: readonly Currency[] = ["USD", "CNY"];

/** Prices of one tariff within one step. */
export interface Block {
  readonly tier: Tier;
  /** The request has more input tokens than this. */
  readonly above: number | undefined;
  /** And not more than this. */
  readonly until: number | undefined;
  /** Amounts for a million tokens, in 10⁻¹² of the currency. */
  readonly amounts: Readonly<Record<Currency, Readonly<Partial<Record<Priced, bigint>>>>>;
}

const MILLION = 1_000_000;

/** Returns the prices of a model in the order of its tariffs and steps. */
export function blocksOf({ prices }: Pick<Model, "prices">, rate: Conversion): Block[] {
  const tariffs: readonly (readonly [Tier, (price: Price) => Tariff | undefined])[] = [
    ["standard", ({ standard }) => standard],
    ["off-peak", ({ offPeak }) => offPeak],
  ];
  return tariffs.flatMap(([tier, of]) => {
    // Each tariff as if it were the only one.
    const alone = prices.flatMap(({ offPeak: _, ...rest }): Price[] => {
      const tariff = of(_ ? { ...rest, offPeak: _ } : rest);
      return tariff ? [{ ...rest, standard: tariff }] : [];
    });
    const [first] = alone;
    if (!first) return [];
    const bounds = [undefined, ...(first.standard.steps ?? []).map(({ above }) => above)];
    return bounds.map((above, at) => ({
      tier,
      above,
      until: bounds[at + 1],
      amounts: { USD: amountsOf(alone, "USD", above, rate), CNY: amountsOf(alone, "CNY", above, rate) },
    }));
  });
}

function amountsOf(
  prices: readonly Price[],
  currency: Currency,
  above: number | undefined,
  rate: Conversion,
): Partial<Record<Priced, bigint>> {
  const requestInput = above === undefined ? 0 : above + 1;
  const usage = { input: MILLION, cached: MILLION, output: MILLION };
  const { lines } = price({ prices }, usage, { currency, rate, requestInput });
  return Object.fromEntries(
    lines.flatMap(({ kind, amount }) => (amount === undefined ? [] : [[kind, amount]])),
  );
}

/** Returns the rate of a token, in 10⁻¹² of the currency, from the amount for a million. */
export function rateOf(amount: bigint): bigint {
  return (amount + 500_000n) / 1_000_000n;
}

/** Returns whether the vendor states its prices in this currency. */
export function isStated({ prices }: Pick<Model, "prices">, currency: Currency): boolean {
  return prices.some((price) => price.currency === currency);
}

/** Returns which tariff and step hold for a request of so many input tokens now. */
export function appliedTo(
  { prices }: Pick<Model, "prices">,
  input: number,
): { readonly tier: Tier; readonly above: number | undefined } {
  const { tier, above } = price({ prices }, { input });
  return { tier, above };
}

/** Returns what is told of rates, in the order of the list. */
export function toldRates(rates: Rates): [Priced, bigint][] {
  return PRICED.flatMap((kind) => {
    const rate = rates[kind];
    return rate === undefined ? [] : [[kind, BigInt(rate)]];
  });
}
