/**
 * Counts of the texts of a prompt, remembered: when one message changes the others are not counted again, and a long one is counted by
 * what was edited in it. What is long and new is counted in turns.
 */
import type { LiveText, Tokenizer, TokenRange } from "tokimeter";
import { revise } from "../../../text/difference.ts";

/** Code units from which a text is kept under edit. */
const LONG = 16_384;
/** Milliseconds of work after which the page has its turn. */
const TURN_MS = 5;

export class RememberedCounts {
  readonly tokenizer: Tokenizer<string>;
  #ranges: Map<string, TokenRange> = new Map();
  /** The long texts. */
  #lives: Map<string, LiveText> = new Map();
  #isDisposed = false;

  constructor(tokenizer: Tokenizer<string>) {
    this.tokenizer = tokenizer;
  }

  /** Returns the count of a text, if it is known. */
  rangeOf(text: string): TokenRange | undefined {
    return this.#ranges.get(text);
  }

  /** Counts what is not known of these texts, and forgets all others. */
  async learn(texts: ReadonlySet<string>): Promise<void> {
    const ranges = new Map<string, TokenRange>();
    const lives = new Map<string, LiveText>();
    const spare = new Map([...this.#lives].filter(([text]) => !texts.has(text)));
    let since = performance.now();
    for (const text of texts) {
      const known = this.#ranges.get(text);
      const live = this.#lives.get(text) ?? (text.length > LONG ? await this.#live(text, spare) : undefined);
      if (live) lives.set(text, live);
      ranges.set(text, known ?? (live ?? this.tokenizer).range(text));
      if (performance.now() - since < TURN_MS) continue;
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
    for (const live of spare.values()) live.dispose();
    this.#ranges = ranges;
    this.#lives = lives;
    if (this.#isDisposed) this.dispose();
  }

  /** Gives all back, at the latest when the counting that is under way has ended. */
  dispose(): void {
    this.#isDisposed = true;
    for (const live of this.#lives.values()) live.dispose();
    this.#lives = new Map();
    this.#ranges = new Map();
  }

  /** Makes a text of a spare one that is nearly the same, or anew. */
  async #live(text: string, spare: Map<string, LiveText>): Promise<LiveText> {
    const edits = [...spare].map(([held, live]) => ({ held, live, ...revise(held, text) }));
    const nearest = edits.sort((a, b) => a.insert.length - b.insert.length)[0];
    if (nearest === undefined || nearest.insert.length > text.length / 2)
      return this.tokenizer.liveAsync(text);
    const { held, live, from, to, insert } = nearest;
    spare.delete(held);
    await live.replaceAsync(from, to, insert);
    return live;
  }
}
