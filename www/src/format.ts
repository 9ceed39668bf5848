/**
 * Numbers, money and dates of one language, all by `Intl`. Amounts come as decimal strings and go to `Intl` as such,
 * so that nothing is rounded before the last step; small amounts keep two digits that count ("¥0.00032").
 */
import type { Decimal } from "./money.ts";

export type Language = "zh" | "en";

/** The BCP 47 tag of a language, for `<html lang>` and for `Intl`. */
export const LOCALES: Readonly<Record<Language, string>> = { zh: "zh-CN", en: "en" };

/** Forms of a noun, by the categories that English has. Chinese needs only `other`. */
export interface Plural {
  readonly one?: string;
  readonly other: string;
}

export class Format {
  readonly #plurals: Intl.PluralRules;
  readonly #count: Intl.NumberFormat;
  readonly #percent: Intl.NumberFormat;
  readonly #cost: Readonly<Record<Currency, Intl.NumberFormat>>;
  readonly #price: Readonly<Record<Currency, Intl.NumberFormat>>;
  readonly #times: Intl.NumberFormat;
  readonly #rate: Intl.NumberFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #month: Intl.DateTimeFormat;

  constructor(locale: string) {
    this.#plurals = new Intl.PluralRules(locale);
    this.#count = new Intl.NumberFormat(locale);
    this.#percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
    this.#times = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    this.#rate = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
    this.#day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
    this.#month = new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", timeZone: "UTC" });
    this.#cost = perCurrency(locale, () => ({
      minimumFractionDigits: 4,
      maximumFractionDigits: 4,
      minimumSignificantDigits: 2,
      maximumSignificantDigits: 2,
      roundingPriority: "morePrecision",
    }));
    this.#price = perCurrency(locale, (currency) =>
      currency === "USD"
        ? { minimumFractionDigits: 2, maximumFractionDigits: 6 }
        : {
            minimumFractionDigits: 2,
            maximumFractionDigits: 2,
            minimumSignificantDigits: 3,
            maximumSignificantDigits: 3,
            roundingPriority: "morePrecision",
          },
    );
  }

  /** "12,345" */
  count(value: number): string {
    return this.#count.format(value);
  }

  /** "84%", rounded down, so that 80 % and 100 % are never shown before they are reached. */
  percent(part: number): string {
    return this.#percent.format(Math.floor(part * 100 + 1e-9) / 100);
  }

  /** "×1.25" */
  times(value: number): string {
    return `×${this.#times.format(value)}`;
  }

  /** What a text costs: at least four decimals, and never so few that the amount vanishes. */
  cost(amount: Decimal, currency: Currency): string {
    return this.#cost[currency].format(amount);
  }

  /** A price per million tokens: the source's own figure in dollars, three digits or cents in yuan. */
  price(amount: Decimal, currency: Currency): string {
    return this.#price[currency].format(amount);
  }

  /** "6.737" */
  rate(value: Decimal): string {
    return this.#rate.format(value);
  }

  /** "12 November 2026" for "2026-11-12", "November 2026" for "2026-11". */
  date(value: string): string {
    const day = value.length > "2026-11".length;
    return (day ? this.#day : this.#month).format(new Date(`${day ? value : `${value}-01`}T00:00:00Z`));
  }

  /** Returns the form of a noun that goes with `count`. */
  plural(count: number, forms: Plural): string {
    return this.#plurals.select(count) === "one" ? (forms.one ?? forms.other) : forms.other;
  }
}

export type Currency = "CNY" | "USD";

function perCurrency(
  locale: string,
  options: (currency: Currency) => Intl.NumberFormatOptions,
): Record<Currency, Intl.NumberFormat> {
  const make = (currency: Currency): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      ...options(currency),
    });
  return { CNY: make("CNY"), USD: make("USD") };
}
