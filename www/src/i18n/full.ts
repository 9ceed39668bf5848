/** Numbers, money and dates as views have them that are loaded later, and the words of these views. */
import type { Currency } from "tokimeter/models";
import { type Decimal, Format as First, PERCENT, SMALL, toDecimal, WHOLE } from "./format.ts";
import { inLanguages, type Spoken } from "./index.ts";

const SIGNED: Intl.NumberFormatOptions = { signDisplay: "exceptZero" };
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
const BYTES: readonly Intl.NumberFormatOptions[] = ["byte", "kilobyte", "megabyte", "gigabyte"].map(
  (unit) => ({
    style: "unit",
    unit,
    unitDisplay: unit === "byte" ? "long" : "short",
    maximumFractionDigits: 1,
  }),
);
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

export class Format extends First {
  /** "12K", "1.2万": for axes. */
  compact(value: number): string {
    return this.numberBy(COMPACT).format(value);
  }

  /** A minute of the day. "03:30" */
  clock(minute: number): string {
    return this.#date(CLOCK).format(new Date(minute * 60_000));
  }

  /** "+12", "-3", "0" */
  change(value: number): string {
    return this.numberBy(SIGNED).format(value);
  }

  /** "×1.25" */
  times(value: number): string {
    return `×${this.numberBy(HUNDREDTHS).format(value)}`;
  }

  /** How many times as much, in two digits that count: "1.3", "88", "130". */
  multiple(value: number): string {
    return this.numberBy(TWO_DIGITS).format(value);
  }

  /** "Japanese" for "ja" */
  languageName(tag: string): string {
    return (
      this.once(Intl.DisplayNames, () => new Intl.DisplayNames(this.locale, { type: "language" })).of(tag) ??
      tag
    );
  }

  /** "0.85" */
  ratio(value: number): string {
    return this.numberBy(HUNDREDTHS).format(value);
  }

  /** "+13%", "-4%", "0%" */
  deviation(value: number): string {
    return this.numberBy(DEVIATION).format(value);
  }

  /** A moment in the reader's time zone. "12 November 2026 at 09:30 GMT+8" */
  moment(date: Date): string {
    return this.#date(MOMENT).format(date);
  }

  /** What an amount of 10⁻¹² of the currency went up or down by. "+¥0.00032" */
  costChange(amount: bigint, currency: Currency): string {
    return this.moneyBy(SMALL_SIGNED, currency).format(toDecimal(amount));
  }

  /** A place on an axis of money, in the currency: the one amount that is a number, because no one pays it. "¥1.5K" */
  axisMoney(value: number, currency: Currency): string {
    return this.moneyBy(COMPACT, currency).format(value);
  }

  /** An amount that may be large or small: to the cent from one unit on, else as {@link cost}. "¥130.11", "¥0.00032" */
  sum(amount: bigint, currency: Currency): string {
    return amount >= 1_000_000_000_000n ? this.money(amount, currency) : this.cost(amount, currency);
  }

  /** A rate, in 10⁻¹² of the currency for a token, as a price per million tokens: all digits in dollars, three in yuan. */
  price(rate: bigint, currency: Currency): string {
    return this.moneyBy(PRICE[currency], currency).format(toDecimal(rate * 1_000_000n));
  }

  /** "6.737" */
  rate(value: Decimal): string {
    return this.numberBy(MILLIONTHS).format(value);
  }

  /** "3.2", and "0.043": what is small keeps two digits. */
  tenths(value: number): string {
    return this.numberBy(TENTHS).format(value);
  }

  /** "12.3 MB", a megabyte being 1000 times 1000 bytes. */
  bytes(value: number): string {
    const power = Math.min(BYTES.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
    return this.numberBy(BYTES[power] ?? WHOLE).format(value / 1000 ** power);
  }

  /** "12 November 2026" for "2026-11-12", "November 2026" for "2026-11". */
  date(value: string): string {
    const day = value.length > "2026-11".length;
    return this.#date(day ? DAY : MONTH).format(new Date(`${day ? value : `${value}-01`}T00:00:00Z`));
  }

  #date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return this.once(options, () => new Intl.DateTimeFormat(this.locale, options));
  }
}

const spoken = inLanguages(Format);
export const format: Spoken<Format>["format"] = spoken.format;
export const wordsOf: Spoken<Format>["wordsOf"] = spoken.wordsOf;
