/** What arithmetic on counts and money has in common: whole numbers in, and one rule for rounding. */

/**
 * Returns a number of things, checked.
 * @throws {RangeError} if it is not a safe integer from `least` on.
 */
export function whole(value: number, what: string, least = 0): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(
    `${what} is a whole number from ${least} to ${Number.MAX_SAFE_INTEGER}, not ${String(value)}; round it first`,
  );
}

/** Returns a quotient of two amounts that are not negative, to the nearest whole number, halves up. */
export function quotient(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}

/** Returns the sum; `undefined` as soon as a part is unknown. */
export function sum(parts: readonly (bigint | undefined)[]): bigint | undefined {
  let total = 0n;
  for (const part of parts) {
    if (part === undefined) return undefined;
    total += part;
  }
  return total;
}

/** Returns an amount in its currency as a decimal, exactly: `"0.0000125"`. `Intl.NumberFormat` takes it as it is. */
export function decimal(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(13, "0");
  const fraction = digits.slice(-12).replace(/0+$/, "");
  return `${amount < 0n ? "-" : ""}${digits.slice(0, -12)}${fraction && `.${fraction}`}`;
}
