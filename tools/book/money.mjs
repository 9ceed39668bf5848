// @ts-check
/** Money in data/models.toml: decimal texts per million tokens, at most six decimals, so whole millionths. */

const DECIMAL = /^(\d{1,9})(?:\.(\d{1,6}))?$/;

/**
 * Returns a decimal text as millionths: "1.25" → 1250000; `undefined` if it is not one.
 *
 * @type {(text: string) => number | undefined}
 */
export function millionths(text) {
  const [, whole, fraction = ""] = DECIMAL.exec(text) ?? [];
  return whole === undefined ? undefined : Number(whole + fraction.padEnd(6, "0"));
}

/**
 * Returns millionths as a decimal text: 1250000 → "1.25".
 *
 * @type {(units: number) => string}
 */
export function decimal(units) {
  const digits = String(units).padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, "");
}

/**
 * Returns a binary fraction that stands for a decimal one as its text, so many times as much; `undefined` where it is
 * not one of at most six decimals: (4.4e-8, 1e6) → "0.044".
 *
 * @type {(value: number, times: number) => string | undefined}
 */
export function exactly(value, times) {
  const units = value * times * 1e6;
  const whole = Math.round(units);
  return Math.abs(units - whole) <= 1e-9 * Math.max(1, whole) * 10 ? decimal(whole) : undefined;
}
