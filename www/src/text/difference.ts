/**
 * Finds the one replacement that makes a text of another. Comparing two slices is a comparison of memory, so the ends
 * of what is common are found by bisection with slices: each unit is compared about once, some gigabytes a second,
 * where a loop over characters would hold up every key in a long text.
 */

/** A text, the text before it, and the replacement that leads from one to the other. */
export interface Revision {
  readonly before: string;
  readonly text: string;
  /** Where what is replaced begins, in both texts. */
  readonly from: number;
  /** Where it ends, in the text before. */
  readonly to: number;
  readonly insert: string;
}

/** Returns the replacement that makes `text` of `before`. It cuts no surrogate pair of either. */
export function revise(before: string, text: string): Revision {
  const shorter = Math.min(before.length, text.length);
  let from = bisect(shorter, (low, high) => before.slice(low, high) === text.slice(low, high));
  if (isInPair(before, from) || isInPair(text, from)) from--;
  let same = bisect(shorter - from, (low, high) => endOf(before, low, high) === endOf(text, low, high));
  if (isInPair(before, before.length - same) || isInPair(text, text.length - same)) same--;
  return { before, text, from, to: before.length - same, insert: text.slice(from, text.length - same) };
}

/** Returns `revision` for somebody who holds `held`: it is found anew only where that is not the text before it. */
export function since(held: string, revision: Revision): Revision {
  return held === revision.before ? revision : revise(held, revision.text);
}

/** Returns the highest number up to `most` below which all is the same; `isSame` looks at a part. */
function bisect(most: number, isSame: (low: number, high: number) => boolean): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isSame(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Returns the units of `text` that are `low` to `high` units before its end. */
function endOf(text: string, low: number, high: number): string {
  return text.slice(text.length - high, text.length - low);
}

function isInPair(text: string, at: number): boolean {
  return (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
