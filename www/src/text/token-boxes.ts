/**
 * Tokens as boxes that can be drawn: a box ends where a token and a character end together, and has the colour of its ids, whatever the text.
 */
import type { SpansIn } from "tokimeter";

/** How many colours there are; ui/token-hues.css has one rule for each. */
const COLOURS = 12;

/** A box: tokens that end within a character stand together. */
export interface Box {
  readonly from: number;
  readonly to: number;
  readonly ids: readonly number[];
}

/** Yields the boxes of tokens. `isBoundary` says whether a character begins at a place of the text. */
export function* boxesOf(
  { from, ids, ends }: Pick<SpansIn, "from" | "ids" | "ends">,
  isBoundary: (at: number) => boolean,
): Generator<Box, void> {
  let start = from;
  let held: number[] = [];
  for (const [index, end] of ends.entries()) {
    held.push(ids[index] ?? 0);
    if (end <= start || !isBoundary(end)) continue;
    yield { from: start, to: end, ids: held };
    start = end;
    held = [];
  }
}

/** Returns the colour of a box, which is that of its ids. */
export function colourOf(ids: readonly number[]): number {
  const hash = ids.reduce((sum, id) => Math.imul(sum ^ id, 0x9e3779b1), 0x2545f491);
  return ((hash >>> 16) ^ (hash & 0xffff)) % COLOURS;
}
