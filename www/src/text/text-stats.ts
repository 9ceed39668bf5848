/**
 * Characters and words as a reader counts them: graphemes ("👨‍👩‍👧" is one) and the words of `Intl.Segmenter`, which knows
 * where Chinese words end. Segmenting is slow. Neither unit crosses a line break, so an edit costs the lines that it
 * touches; where that is much, the work waits for a pause in the writing and is done in turns.
 */
import { type Revision, since } from "./difference.ts";

export interface TextStats {
  readonly characters: number;
  readonly words: number;
}

/** Code units that are segmented at once while somebody types; more waits for a pause. */
const AT_ONCE = 8_192;
const PAUSE_MS = 250;
/** Milliseconds of work after which the page has its turn. */
const TURN_MS = 4;
/** Code units that are segmented in one step of a turn. */
const PIECE = 1024;
const NONE: TextStats = { characters: 0, words: 0 };
/** Matches where each code unit is a grapheme, as in most Western and Chinese text: none of these joins another. */
const ALONE = /^[\t\n -\u02ff\u2010-\u2027\u3000-\u3029\u4e00-\u9fff\uff00-\uff9d]*$/;

export class TextCounter {
  readonly #graphemes: Intl.Segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  readonly #words: Intl.Segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
  readonly #changed: () => void;
  /** The text that the known counts are those of. */
  #held = "";
  #known: TextStats = NONE;
  #isBehind = false;
  #timer = 0;

  /** `changed` hears when counts are there that had to wait. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The counts of the last text taken, or `undefined` while they wait. */
  get stats(): TextStats | undefined {
    return this.#isBehind ? undefined : this.#known;
  }

  /** Counts a text anew. What an earlier text still had to wait for is given up. */
  take(revision: Revision): void {
    window.clearTimeout(this.#timer);
    const own = since(this.#held, revision);
    const lines = linesOf(own, AT_ONCE);
    if (lines !== undefined && lines.cost <= AT_ONCE) {
      const steps = this.#recount(own, lines);
      while (!this.#step(steps, own.text));
      return;
    }
    this.#isBehind = true;
    this.#timer = window.setTimeout(() => {
      this.#turn(this.#recount(own, linesOf(own, Number.POSITIVE_INFINITY)), own.text);
    }, PAUSE_MS);
  }

  #turn(steps: Iterator<void, TextStats>, text: string): void {
    const until = performance.now() + TURN_MS;
    do {
      if (this.#step(steps, text)) {
        this.#changed();
        return;
      }
    } while (performance.now() < until);
    this.#timer = window.setTimeout(() => this.#turn(steps, text));
  }

  /** Does a step of the work; returns whether it was the last. */
  #step(steps: Iterator<void, TextStats>, text: string): boolean {
    const { done, value } = steps.next();
    if (!done) return false;
    this.#known = value;
    this.#held = text;
    this.#isBehind = false;
    return true;
  }

  *#recount({ before, text }: Revision, lines: Lines | undefined): Generator<void, TextStats> {
    const { from, to, newTo } = lines ?? { from: 0, to: before.length, newTo: text.length };
    // Where less stays than goes, what stays is sooner counted than what goes.
    if (before.length - (to - from) < to - from) return yield* this.#count(text, 0, text.length);
    const gone = yield* this.#count(before, from, to);
    const come = yield* this.#count(text, from, newTo);
    return {
      characters: this.#known.characters - gone.characters + come.characters,
      words: this.#known.words - gone.words + come.words,
    };
  }

  *#count(text: string, from: number, to: number): Generator<void, TextStats> {
    let characters = 0;
    let words = 0;
    for (let at = from; at < to; ) {
      const end = this.#pieceEnd(text, at, to);
      const piece = text.slice(at, end);
      if (ALONE.test(piece)) characters += piece.length;
      else for (const _ of this.#graphemes.segment(piece)) characters++;
      for (const segment of this.#words.segment(piece)) if (segment.isWordLike) words++;
      at = end;
      yield;
    }
    return { characters, words };
  }

  /**
   * Returns where the piece that begins at `at` ends. Pieces are whole lines; a line that is longer is cut between two
   * of its words, in the same places whatever stands around it.
   */
  #pieceEnd(text: string, at: number, to: number): number {
    if (to - at <= PIECE) return to;
    const lineBreak = text.slice(at, at + PIECE).lastIndexOf("\n");
    if (lineBreak >= 0) return at + lineBreak + 1;
    const word = this.#words.segment(text.slice(at, at + 2 * PIECE)).containing(PIECE);
    return at + (word?.index || PIECE);
  }
}

/** The whole lines that a revision touches. */
interface Lines {
  /** Where they begin, in both texts. */
  readonly from: number;
  /** Where they end in the text before. */
  readonly to: number;
  /** Where they end in the text. */
  readonly newTo: number;
  /** Code units to segment. */
  readonly cost: number;
}

/** Returns the lines of a revision, or `undefined` where they go further than `reach` beyond what is replaced. */
function linesOf({ before, text, from, to }: Revision, reach: number): Lines | undefined {
  const begin = Math.max(0, from - reach);
  const lineBreak = before.slice(begin, from).lastIndexOf("\n");
  if (lineBreak < 0 && begin > 0) return undefined;
  const first = begin + lineBreak + 1;
  const next = before.slice(to, to + reach).indexOf("\n");
  if (next < 0 && to + reach < before.length) return undefined;
  const last = next < 0 ? before.length : to + next;
  const newLast = last + text.length - before.length;
  return { from: first, to: last, newTo: newLast, cost: last - first + (newLast - first) };
}
