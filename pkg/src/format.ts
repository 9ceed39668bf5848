/** What adapters write readings with: formats that are made once, and parts of a line. */

/** To make a format takes longer than to use it many times. */
const formats = new Map<string, Intl.NumberFormat>();

/** Returns the format of numbers in a language. */
export function numbers(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, options);
  formats.set(key, format);
  return format;
}

/** Joins the parts that there are. */
export function join(parts: readonly (string | false | undefined)[], between = " · "): string {
  return parts.filter(Boolean).join(between);
}
