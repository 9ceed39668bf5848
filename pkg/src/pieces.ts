/**
 * A text in pieces: what a page keeps of a text in a worker, to give it to the next one. An edit costs what it changes and
 * a walk along a few hundred pieces; they are joined now and then.
 */

import type { Edit } from "./live.js";

const MOST_PIECES = 500;

/** A text under edit, whose positions are right: whoever has counted it has checked them. */
export class Pieces {
  #pieces: string[];
  #length: number;

  constructor(text: string) {
    this.#pieces = [text];
    this.#length = text.length;
  }

  get length(): number {
    return this.#length;
  }

  /** The text, joined if it has been edited: then linear. */
  get text(): string {
    const [first = "", ...others] = this.#pieces;
    if (others.length === 0) return first;
    const text = this.#pieces.join("");
    this.#pieces = [text];
    return text;
  }

  /** Makes several replacements at once. All positions are those of the text before. */
  update(edits: readonly Edit[]): void {
    for (const { from, to = from, insert = "" } of edits.toReversed()) this.replace(from, to, insert);
  }

  replace(from: number, to: number, insert: string): void {
    const first = this.#pieceAt(from);
    const behind = this.#pieceAt(to);
    this.#pieces.splice(first, behind - first, insert);
    this.#length += insert.length - (to - from);
    if (this.#pieces.length > MOST_PIECES) void this.text;
  }

  /** Returns the number of the piece that begins at a position, which is made to. */
  #pieceAt(position: number): number {
    let begin = 0;
    for (const [place, piece] of this.#pieces.entries()) {
      if (begin === position) return place;
      const end = begin + piece.length;
      if (position < end) {
        const cut = position - begin;
        this.#pieces.splice(place, 1, piece.slice(0, cut), piece.slice(cut));
        return place + 1;
      }
      begin = end;
    }
    return this.#pieces.length;
  }
}
