/**
 * Characters and words as a reader counts them: graphemes ("👨‍👩‍👧" is one) and the words of `Intl.Segmenter`, which knows
 * where Chinese words end. Segmenting is slow, so lines are counted once and remembered: neither unit crosses a
 * line break, and an edit touches one line.
 */

export interface TextStats {
  readonly characters: number;
  readonly words: number;
}

/** Code units that are segmented at once while somebody types; more waits for a pause. */
const AT_ONCE = 20_000;

export class TextCounter {
  readonly #graphemes: Intl.Segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  readonly #words: Intl.Segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
  #lines: Map<string, TextStats> = new Map();

  /** Returns the counts, or `undefined` where that would take too long while somebody types. */
  quick(text: string): TextStats | undefined {
    let fresh = 0;
    for (const line of text.split("\n")) {
      if (!this.#lines.has(line)) fresh += line.length;
      if (fresh > AT_ONCE) return undefined;
    }
    return this.count(text);
  }

  /** Returns the counts. A line break is one character. */
  count(text: string): TextStats {
    const lines = text.split("\n");
    const kept: Map<string, TextStats> = new Map();
    let characters = lines.length - 1;
    let words = 0;
    for (const line of lines) {
      const stats = kept.get(line) ?? this.#lines.get(line) ?? this.#segment(line);
      kept.set(line, stats);
      characters += stats.characters;
      words += stats.words;
    }
    this.#lines = kept;
    return { characters, words };
  }

  #segment(line: string): TextStats {
    let characters = 0;
    for (const _ of this.#graphemes.segment(line)) characters++;
    let words = 0;
    for (const segment of this.#words.segment(line)) if (segment.isWordLike) words++;
    return { characters, words };
  }
}
