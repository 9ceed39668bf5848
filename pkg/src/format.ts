/** What adapters write readings with: formats that are made once, and parts of a line. */

/** An amount of money, of one `currency`: four decimals at least, and never so few that it vanishes. */
export const AMOUNT: Intl.NumberFormatOptions = {
  style: "currency",
  currencyDisplay: "narrowSymbol",
  minimumFractionDigits: 4,
  maximumSignificantDigits: 2,
  roundingPriority: "morePrecision",
};

/** To make a format takes longer than to use it many times. */
const formats: Record<string, Intl.NumberFormat> = {};

/** Returns the format of numbers in a language. */
export function numbers(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  formats[key] ??= new Intl.NumberFormat(locale, options);
  return formats[key];
}

/** Joins the parts that there are. */
export function join(parts: readonly (string | false | undefined)[], between = " · "): string {
  return parts.filter(Boolean).join(between);
}
