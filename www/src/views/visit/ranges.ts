/** Parts of a text as sorted, disjoint ranges of code units, which follow the text through edits. */
import type { Revision } from "../../text/difference.ts";

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Returns ranges in order; those that touch or overlap are one. */
export function united(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  for (const range of ranges.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && range.from <= last.to)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else result.push(range);
  }
  return result;
}

/** Returns what of `ranges` is in none of `others`. */
export function minus(ranges: readonly Range[], others: readonly Range[]): readonly Range[] {
  return others
    .reduce<readonly Range[]>(
      (rest, { from, to }) =>
        rest.flatMap((range) => [
          { from: range.from, to: Math.min(range.to, Math.max(range.from, from)) },
          { from: Math.max(range.from, Math.min(range.to, to)), to: range.to },
        ]),
      ranges,
    )
    .filter(({ from, to }) => from < to);
}

/** Returns whether all of a range is in one of `ranges`. */
export function covers(ranges: readonly Range[], { from, to }: Range): boolean {
  return ranges.some((range) => range.from <= from && to <= range.to);
}

/** Returns where ranges are after an edit. What is written at a border is outside; what is written within is inside. */
export function follow(ranges: readonly Range[], { from, to, insert }: Revision): readonly Range[] {
  const grown = insert.length - (to - from);
  const moved = (at: number, isEnd: boolean): number => {
    if (at < from || (at === from && isEnd)) return at;
    if (at >= to) return at + grown;
    return isEnd ? from : from + insert.length;
  };
  return united(ranges.map((range) => ({ from: moved(range.from, false), to: moved(range.to, true) })));
}

/** A text without some of its ranges, and the positions of both. */
export class Kept {
  readonly text: string;
  readonly #removed: readonly Range[];

  constructor(text: string, removed: readonly Range[]) {
    this.#removed = removed;
    let kept = "";
    let at = 0;
    for (const { from, to } of removed) {
      kept += text.slice(at, from);
      at = to;
    }
    this.text = kept + text.slice(at);
  }

  /** Returns the place in the kept text of a place in the whole one; of one that was removed, where it was. */
  inKept(at: number): number {
    let removed = 0;
    for (const { from, to } of this.#removed) {
      if (at <= from) break;
      removed += Math.min(at, to) - from;
    }
    return at - removed;
  }

  /** Returns the place in the whole text of a place in the kept one: behind what was removed there. */
  inWhole(at: number): number {
    let place = at;
    for (const { from, to } of this.#removed) {
      if (from > place) break;
      place += to - from;
    }
    return place;
  }
}
