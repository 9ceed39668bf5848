/**
 * Numbers and money of one language as the first view has them, all by `Intl`; `full.ts` has the rest. Amounts are whole numbers of 10⁻¹² of a currency and go to `Intl` as decimal
 * digits, so that nothing is rounded before the last step; small amounts keep two digits that count ("¥0.00032").
 */
import type { Currency } from "tokimeter/models";
import { decimal } from "tokimeter/price";

/** A number in decimal digits, which `Intl` takes as it is. */
export type Decimal = `${number}`;

/** Forms of a noun, by the categories that English has. Chinese needs only `other`. */
export interface Plural {
  readonly one?: string;
  readonly other: string;
}

export const WHOLE: Intl.NumberFormatOptions = {};
export const PERCENT: Intl.NumberFormatOptions = { style: "percent", maximumFractionDigits: 0 };
const SHARE: Intl.NumberFormatOptions = { style: "percent", maximumFractionDigits: 1 };
/** At least four decimals, and two digits that count. */
export const SMALL: Intl.NumberFormatOptions = {
  minimumFractionDigits: 4,
  maximumFractionDigits: 4,
  minimumSignificantDigits: 2,
  maximumSignificantDigits: 2,
  roundingPriority: "morePrecision",
};

export class Format {
  protected readonly locale: string;
  /** What was made, by its options: to make one takes far longer than to use it. */
  readonly #made: Map<object, unknown> = new Map();
  readonly #money: Readonly<Record<Currency, Map<object, Intl.NumberFormat>>> = {
    CNY: new Map(),
    USD: new Map(),
  };

  constructor(locale: string) {
    this.locale = locale;
  }

  /** "12,345" */
  count(value: number): string {
    return this.numberBy(WHOLE).format(value);
  }

  /** "12,300–12,400" */
  range(low: number, high: number): string {
    return low === high ? this.count(low) : this.numberBy(WHOLE).formatRange(low, high);
  }

  /** "84%", rounded down, so that 80 % and 100 % are never shown before they are reached. */
  percent(part: number): string {
    return this.numberBy(PERCENT).format(Math.floor(part * 100 + 1e-9) / 100);
  }

  /** An amount of 10⁻¹² of the currency: at least four decimals, and never so few that it vanishes. "¥0.00032" */
  cost(amount: bigint, currency: Currency): string {
    return this.moneyBy(SMALL, currency).format(toDecimal(amount));
  }

  /** An amount of 10⁻¹² of the currency to the cent, as a bill of hours or of days has it. "¥12.34" */
  money(amount: bigint, currency: Currency): string {
    return this.moneyBy(WHOLE, currency).format(toDecimal(amount));
  }

  /** "12.5%" of a whole; what is there but less than a tenth of a percent is said to be that. */
  share(part: number): string {
    return part > 0 && part < 0.001
      ? `<${this.numberBy(SHARE).format(0.001)}`
      : this.numberBy(SHARE).format(part);
  }

  /** Returns the form of a noun that goes with `count`. */
  plural(count: number, forms: Plural): string {
    return this.once(Intl.PluralRules, () => new Intl.PluralRules(this.locale)).select(count) === "one"
      ? (forms.one ?? forms.other)
      : forms.other;
  }

  protected numberBy(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    return this.once(options, () => new Intl.NumberFormat(this.locale, options));
  }

  protected moneyBy(options: Intl.NumberFormatOptions, currency: Currency): Intl.NumberFormat {
    const made = this.#money[currency].get(options);
    if (made) return made;
    const style = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
    const format = new Intl.NumberFormat(this.locale, { ...style, ...options });
    this.#money[currency].set(options, format);
    return format;
  }

  protected once<T>(key: object, make: () => T): T {
    const made = (this.#made.get(key) as T | undefined) ?? make();
    this.#made.set(key, made);
    return made;
  }
}

/** Returns an amount of 10⁻¹² as decimal digits. */
export function toDecimal(amount: bigint): Decimal {
  return decimal(amount) as Decimal;
}
