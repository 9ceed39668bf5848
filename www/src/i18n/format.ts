/**
 * Numbers, money and dates of one language, all by `Intl`. Amounts are whole numbers of 10⁻¹² of a currency and go to `Intl` as decimal
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

const WHOLE: Intl.NumberFormatOptions = {};
const SIGNED: Intl.NumberFormatOptions = { signDisplay: "exceptZero" };
const PERCENT: Intl.NumberFormatOptions = { style: "percent", maximumFractionDigits: 0 };
const DEVIATION: Intl.NumberFormatOptions = { ...PERCENT, ...SIGNED };
const HUNDREDTHS: Intl.NumberFormatOptions = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
const MILLIONTHS: Intl.NumberFormatOptions = { maximumFractionDigits: 6 };
const TWO_DIGITS: Intl.NumberFormatOptions = { maximumSignificantDigits: 2 };
const COMPACT: Intl.NumberFormatOptions = { notation: "compact", maximumSignificantDigits: 3 };
const TENTHS: Intl.NumberFormatOptions = {
  maximumFractionDigits: 1,
  maximumSignificantDigits: 2,
  roundingPriority: "morePrecision",
};
const SHARE: Intl.NumberFormatOptions = { style: "percent", maximumFractionDigits: 1 };
const BYTES: readonly Intl.NumberFormatOptions[] = ["byte", "kilobyte", "megabyte", "gigabyte"].map(
  (unit) => ({
    style: "unit",
    unit,
    unitDisplay: unit === "byte" ? "long" : "short",
    maximumFractionDigits: 1,
  }),
);
/** At least four decimals, and two digits that count. */
const SMALL: Intl.NumberFormatOptions = {
  minimumFractionDigits: 4,
  maximumFractionDigits: 4,
  minimumSignificantDigits: 2,
  maximumSignificantDigits: 2,
  roundingPriority: "morePrecision",
};

const SMALL_SIGNED: Intl.NumberFormatOptions = { ...SMALL, ...SIGNED };
const PRICE: Readonly<Record<Currency, Intl.NumberFormatOptions>> = {
  USD: { minimumFractionDigits: 2, maximumFractionDigits: 6 },
  CNY: {
    ...HUNDREDTHS,
    minimumSignificantDigits: 3,
    maximumSignificantDigits: 3,
    roundingPriority: "morePrecision",
  },
};

const DAY: Intl.DateTimeFormatOptions = { dateStyle: "long", timeZone: "UTC" };
const MONTH: Intl.DateTimeFormatOptions = { year: "numeric", month: "long", timeZone: "UTC" };
const CLOCK: Intl.DateTimeFormatOptions = {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
};
const MOMENT: Intl.DateTimeFormatOptions = {
  year: "numeric",
  month: "long",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
};

export class Format {
  readonly #locale: string;
  /** What was made, by its options: to make one takes far longer than to use it. */
  readonly #made: Map<object, unknown> = new Map();
  readonly #money: Readonly<Record<Currency, Map<object, Intl.NumberFormat>>> = {
    CNY: new Map(),
    USD: new Map(),
  };

  constructor(locale: string) {
    this.#locale = locale;
  }

  /** "12,345" */
  count(value: number): string {
    return this.#number(WHOLE).format(value);
  }

  /** "12K", "1.2万": for axes. */
  compact(value: number): string {
    return this.#number(COMPACT).format(value);
  }

  /** A minute of the day. "03:30" */
  clock(minute: number): string {
    return this.#date(CLOCK).format(new Date(minute * 60_000));
  }

  /** "12,300–12,400" */
  range(low: number, high: number): string {
    return low === high ? this.count(low) : this.#number(WHOLE).formatRange(low, high);
  }

  /** "+12", "-3", "0" */
  change(value: number): string {
    return this.#number(SIGNED).format(value);
  }

  /** "84%", rounded down, so that 80 % and 100 % are never shown before they are reached. */
  percent(part: number): string {
    return this.#number(PERCENT).format(Math.floor(part * 100 + 1e-9) / 100);
  }

  /** "×1.25" */
  times(value: number): string {
    return `×${this.#number(HUNDREDTHS).format(value)}`;
  }

  /** How many times as much, in two digits that count: "1.3", "88", "130". */
  multiple(value: number): string {
    return this.#number(TWO_DIGITS).format(value);
  }

  /** "Japanese" for "ja" */
  languageName(tag: string): string {
    return (
      this.#once(Intl.DisplayNames, () => new Intl.DisplayNames(this.#locale, { type: "language" })).of(
        tag,
      ) ?? tag
    );
  }

  /** "0.85" */
  ratio(value: number): string {
    return this.#number(HUNDREDTHS).format(value);
  }

  /** "+13%", "-4%", "0%" */
  deviation(value: number): string {
    return this.#number(DEVIATION).format(value);
  }

  /** A moment in the reader's time zone. "12 November 2026 at 09:30 GMT+8" */
  moment(date: Date): string {
    return this.#date(MOMENT).format(date);
  }

  /** An amount of 10⁻¹² of the currency: at least four decimals, and never so few that it vanishes. "¥0.00032" */
  cost(amount: bigint, currency: Currency): string {
    return this.#sum(SMALL, currency).format(toDecimal(amount));
  }

  /** What an amount of 10⁻¹² of the currency went up or down by. "+¥0.00032" */
  costChange(amount: bigint, currency: Currency): string {
    return this.#sum(SMALL_SIGNED, currency).format(toDecimal(amount));
  }

  /** An amount of 10⁻¹² of the currency to the cent, as a bill of hours or of days has it. "¥12.34" */
  money(amount: bigint, currency: Currency): string {
    return this.#sum(WHOLE, currency).format(toDecimal(amount));
  }

  /** A place on an axis of money, in the currency: the one amount that is a number, because no one pays it. "¥1.5K" */
  axisMoney(value: number, currency: Currency): string {
    return this.#sum(COMPACT, currency).format(value);
  }

  /** An amount that may be large or small: to the cent from one unit on, else as {@link cost}. "¥130.11", "¥0.00032" */
  sum(amount: bigint, currency: Currency): string {
    return amount >= 1_000_000_000_000n ? this.money(amount, currency) : this.cost(amount, currency);
  }

  /** A rate, in 10⁻¹² of the currency for a token, as a price per million tokens: all digits in dollars, three in yuan. */
  price(rate: bigint, currency: Currency): string {
    return this.#sum(PRICE[currency], currency).format(toDecimal(rate * 1_000_000n));
  }

  /** "6.737" */
  rate(value: Decimal): string {
    return this.#number(MILLIONTHS).format(value);
  }

  /** "3.2", and "0.043": what is small keeps two digits. */
  tenths(value: number): string {
    return this.#number(TENTHS).format(value);
  }

  /** "12.5%" of a whole; what is there but less than a tenth of a percent is said to be that. */
  share(part: number): string {
    return part > 0 && part < 0.001
      ? `<${this.#number(SHARE).format(0.001)}`
      : this.#number(SHARE).format(part);
  }

  /** "12.3 MB", a megabyte being 1000 times 1000 bytes. */
  bytes(value: number): string {
    const power = Math.min(BYTES.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
    return this.#number(BYTES[power] ?? WHOLE).format(value / 1000 ** power);
  }

  /** "12 November 2026" for "2026-11-12", "November 2026" for "2026-11". */
  date(value: string): string {
    const day = value.length > "2026-11".length;
    return this.#date(day ? DAY : MONTH).format(new Date(`${day ? value : `${value}-01`}T00:00:00Z`));
  }

  /** Returns the form of a noun that goes with `count`. */
  plural(count: number, forms: Plural): string {
    return this.#once(Intl.PluralRules, () => new Intl.PluralRules(this.#locale)).select(count) === "one"
      ? (forms.one ?? forms.other)
      : forms.other;
  }

  #number(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    return this.#once(options, () => new Intl.NumberFormat(this.#locale, options));
  }

  #date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return this.#once(options, () => new Intl.DateTimeFormat(this.#locale, options));
  }

  #sum(options: Intl.NumberFormatOptions, currency: Currency): Intl.NumberFormat {
    const made = this.#money[currency].get(options);
    if (made) return made;
    const style = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
    const format = new Intl.NumberFormat(this.#locale, { ...style, ...options });
    this.#money[currency].set(options, format);
    return format;
  }

  #once<T>(key: object, make: () => T): T {
    const made = (this.#made.get(key) as T | undefined) ?? make();
    this.#made.set(key, made);
    return made;
  }
}

/** Returns an amount of 10⁻¹² as decimal digits. */
function toDecimal(amount: bigint): Decimal {
  return decimal(amount) as Decimal;
}
