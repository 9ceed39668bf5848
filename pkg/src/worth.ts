/** What many tokens are worth, from the bill of a few of them. */

import { quotient, whole } from "./numbers.js";
import type { Bill } from "./price.js";

/**
 * Returns what so many tokens are worth if they stand in the proportion of a bill's lines, in 10⁻¹² of its currency, rounded
 * once. `undefined` if the tokens or the bill's total are unknown.
 * @throws {RangeError} if the bill has no tokens, or the number is not whole.
 */
export function worth(
  tokens: number | undefined,
  { lines, total }: Pick<Bill, "lines" | "total">,
): bigint | undefined {
  const billed = tokensOf(lines);
  if (billed === 0n)
    throw new RangeError("a bill without tokens says nothing of their price; bill some first");
  if (tokens === undefined || total === undefined) return undefined;
  return quotient(BigInt(whole(tokens, "a number of tokens")) * total, billed);
}

/** Returns how many tokens there are on a bill, input and output. */
export function tokensOf(lines: Bill["lines"]): bigint {
  return lines.reduce(
    (sum, { kind, quantity }) => (kind === "webSearches" ? sum : sum + BigInt(quantity)),
    0n,
  );
}
