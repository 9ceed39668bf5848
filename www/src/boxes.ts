/**
 * From spans to boxes. A character such as an emoji can be several tokens; those of them that end inside it share
 * the end of the text before it, so no token boundary falls within a character. A box is the text between two
 * different ends: what a reader can see as one piece.
 */
import type { Spans } from "tokimeter";

/** Returns the UTF-16 ends of the boxes: the distinct ends of `spans` above 0, rising. */
export function boxEnds(spans: Spans): Uint32Array {
  const ends = new Uint32Array(spans.ends.length);
  let count = 0;
  let last = 0;
  for (const end of spans.ends) {
    if (end > last) {
      ends[count++] = end;
      last = end;
    }
  }
  return ends.subarray(0, count);
}

/** Returns the index of the first box that ends after `offset`, or the number of boxes. */
export function boxAt(ends: Uint32Array, offset: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
