/**
 * The count of a `LiveText` in one more encoding. The engine has the text once, whatever the number of counters.
 */

import type { EngineText } from "./engine.js";
import { TokimeterError } from "./errors.js";
import type { Handle } from "./handle.js";
import { Slices, Turn } from "./turn.js";

/** Code units that are counted at a time. */
const SLICE = 16_384;

/** Counts the text of a `LiveText` in another encoding, through all edits. */
export class AlsoCounter {
  readonly #text: Handle<EngineText>;
  #number: number | undefined;
  /** Settles when the text that was there in the beginning is counted; rejects if either is disposed before. */
  readonly ready: Promise<void>;

  /** @internal Use `LiveText.also`. */
  constructor(text: Handle<EngineText>, number: number) {
    this.#text = text;
    this.#number = number;
    this.ready = this.#catchUp();
    // Whoever does not ask need not hear of it.
    this.ready.catch(() => {});
  }

  /**
   * How many tokens the text is; `undefined` until all of it is counted.
   * @throws {TokimeterError} `cannot-count`, from the first edit on that this tokenizer, one of Hugging Face's, cannot count.
   */
  get tokens(): number | undefined {
    const number = this.#alive;
    return this.#text.use((text) => text.tokensAlso(number));
  }

  /** Counts no more. */
  dispose(): void {
    const number = this.#number;
    this.#number = undefined;
    if (number === undefined) return;
    delete this.#text.others[number];
    try {
      this.#text.use((text) => text.alsoNoMore(number));
    } catch {
      // With the text its counters are gone.
    }
  }

  /** As {@link dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  get #alive(): number {
    if (this.#number !== undefined) return this.#number;
    throw new TokimeterError(
      "disposed",
      "this counter was disposed; make a new one with live.also(tokenizer)",
    );
  }

  /** Counts what is there: the first slice at once, the others in turns. */
  async #catchUp(): Promise<void> {
    const turn = new Turn();
    const slices = new Slices(SLICE);
    for (;;) {
      const number = this.#alive;
      if (slices.take((length) => this.#text.use((text) => text.catchUp(number, length)))) return;
      await turn.passes();
    }
  }
}
