/** What of a text fits into so many tokens, and parts that do: from the engine's numbers to what callers get. */

/** Which end of a text is kept when it does not fit. */
export interface FitOptions {
  /** `"start"` (the default) or `"end"`. */
  readonly keep?: "start" | "end";
}

/** A part of a text. */
export interface Chunk {
  /** The part itself. */
  readonly text: string;
  /** Where it begins, in UTF-16 code units. */
  readonly from: number;
  /** Where it ends. */
  readonly to: number;
  /** How many tokens it is when it stands alone. */
  readonly tokens: number;
}

/** The part of a text that fits. */
export interface Fit extends Chunk {
  /** Whether it is less than the whole text. */
  readonly truncated: boolean;
}

let segmenter: Intl.Segmenter | undefined;

/** Returns the code units at which the graphemes of `text` begin. */
export function graphemes(text: string): Uint32Array {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return Uint32Array.from(segmenter.segment(text), ({ index }) => index);
}

type Slice = (from: number, to: number) => string;

/** @throws {RangeError} if `keep` is neither of the two. */
export function keepsEnd({ keep = "start" }: FitOptions): boolean {
  if (keep === "start" || keep === "end") return keep === "end";
  throw new RangeError(`keep is "start" or "end", not ${JSON.stringify(keep)}`);
}

export function fitOf([from = 0, to = 0, tokens = 0, truncated = 0]: Uint32Array, slice: Slice): Fit {
  return { text: slice(from, to), from, to, tokens, truncated: truncated !== 0 };
}

export function chunksOf(numbers: Uint32Array, slice: Slice): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at < numbers.length; at += 3) {
    const [from = 0, to = 0, tokens = 0] = numbers.subarray(at, at + 3);
    chunks.push({ text: slice(from, to), from, to, tokens });
  }
  return chunks;
}
