/**
 * The reader's text and its count, by a vocabulary or, until that is here, by an estimate of it. A text under edit in the engine follows what the reader writes: a small edit at once,
 * at the cost of the edit; a large one in turns, between which the page lives on. What is written meanwhile is taken
 * up when the work is done. The engine never holds more than one text for the page.
 */
import {
  type AlsoCounter,
  type LiveText,
  type Progress,
  type SliceOptions,
  type SpansIn,
  type Tokenizer,
  type TokenRange,
  TokimeterError,
} from "tokimeter";
import { type Revision, revise, since } from "./difference.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { VocabularyName } from "./vocabulary-files.ts";

/** Code units that are counted at once; in a script that is slow to count, more can outlast a frame. */
const AT_ONCE = 16_384;
/** Code units from which counting does not begin in the frame that took the text: to take that much is work enough. */
const LARGE = 100_000;
/** Turns of work from one word of how far it is to the next: with a large text in it a page takes a third of a second to paint one. */
const TURNS = 20;
const NOTHING: Progress = { done: 0, total: 1, tokens: 0 };

export type Count =
  /** Nothing can be counted yet. */
  | { readonly kind: "waiting" }
  | ({ readonly kind: "counted"; readonly basis: Tokenizer<string>["basis"] } & TokenRange)
  | ({ readonly kind: "counting" } & Progress)
  /** The reader stopped the counting. */
  | { readonly kind: "stopped" };

export interface CountListener {
  /** Work in turns is further than it was. */
  progressed(): void;
  /** Work in turns came to its end. */
  settled(): void;
  /** The tokenizer failed; it counts no more. */
  failed(encoding: VocabularyName, error: unknown): void;
}

/** A vocabulary that counts. */
type Counting = Vocabulary & Required<Pick<Vocabulary, "tokenizer">>;

export class CountedText {
  readonly #listener: CountListener;
  #vocabulary: Counting | undefined;
  #text = "";
  #live: LiveText | undefined;
  /** What the live text holds. */
  #held = "";
  #work: AbortController | undefined;
  #progress: Progress = NOTHING;
  #isStopped = false;
  /** What else to count with, and the counters of the live text. */
  #others: ReadonlyMap<VocabularyName, Tokenizer<string>> = new Map();
  readonly #counters: Map<VocabularyName, AlsoCounter> = new Map();
  #isJoining = false;

  constructor(listener: CountListener) {
    this.#listener = listener;
  }

  get count(): Count {
    if (this.#vocabulary === undefined) return { kind: "waiting" };
    if (this.#isStopped) return { kind: "stopped" };
    if (this.#work === undefined && this.#live) {
      return { kind: "counted", basis: this.#vocabulary.tokenizer.basis, ...this.#live.range() };
    }
    return { kind: "counting", ...this.#progress };
  }

  /** Counts with another vocabulary from now on, or not at all where it has no tokenizer yet; and in others besides. */
  use(vocabulary: Vocabulary, others: ReadonlyMap<VocabularyName, Tokenizer<string>> = new Map()): void {
    const { tokenizer } = vocabulary;
    if (tokenizer && tokenizer === this.#vocabulary?.tokenizer) {
      this.compare(others);
      return;
    }
    this.#others = others;
    this.#vocabulary = tokenizer && { ...vocabulary, tokenizer };
    this.#isStopped = false;
    this.#progress = NOTHING;
    // The live text that work is under way on is dropped when the work has ended.
    if (this.#work === undefined) this.#drop();
    else this.#work.abort();
    this.#catchUp();
  }

  /** Counts in these encodings too from now on, and in no others. */
  compare(others: ReadonlyMap<VocabularyName, Tokenizer<string>>): void {
    this.#others = others;
    for (const [encoding, counter] of this.#counters) {
      if (others.has(encoding)) continue;
      counter.dispose();
      this.#counters.delete(encoding);
    }
    void this.#join();
  }

  /** Returns how many tokens the text is in one of these encodings; `undefined` until it is counted. */
  tokensIn(encoding: VocabularyName): number | undefined {
    return this.#ask((live) =>
      encoding === this.#vocabulary?.encoding ? live.tokens : this.#counters.get(encoding)?.tokens,
    );
  }

  /** Takes up what the reader wrote; counting that was stopped starts again. */
  take(revision: Revision): void {
    this.#text = revision.text;
    this.#isStopped = false;
    // To finish a long text that is no longer there would keep the reader waiting for the short one.
    if (this.#text.length <= this.#atOnce) this.#work?.abort();
    this.#catchUp(revision);
  }

  /** Stops counting what is large; {@link resume} or the next edit starts again. */
  stop(): void {
    if (this.#work === undefined) return;
    this.#isStopped = true;
    this.#work.abort();
  }

  resume(): void {
    this.#isStopped = false;
    this.#progress = NOTHING;
    this.#catchUp();
  }

  /** Returns the tokens that have a part in `from` to `to`, or `undefined` while nothing is counted. An estimate has none. */
  spansIn(from: number, to: number): SpansIn | undefined {
    return this.#ask((live) => live.spansIn(from, to));
  }

  /** Returns where the first `tokens` tokens end, or `undefined` while nothing is counted. */
  offsetOf(tokens: number): number | undefined {
    return this.#ask((live) => live.offsetOf(tokens));
  }

  #ask<T>(question: (live: LiveText) => T): T | undefined {
    try {
      if (this.count.kind === "counted" && this.#live) return question(this.#live);
    } catch (error) {
      this.#fail(this.#vocabulary, error);
    }
    return undefined;
  }

  /** All that count have their part of the work. */
  get #atOnce(): number {
    return AT_ONCE / (1 + this.#others.size);
  }

  #catchUp(known?: Revision): void {
    const vocabulary = this.#vocabulary;
    if (vocabulary === undefined || this.#work !== undefined || this.#isStopped) return;
    const text = this.#text;
    const { from, to, insert } = known ? since(this.#held, known) : revise(this.#held, text);
    const kept = this.#held.length - (to - from);
    // Where most is replaced, it is less work to begin anew than to take the old text out and keep it for an undo.
    const atOnce = this.#atOnce;
    if (kept < to - from && (text.length <= atOnce || insert.length > atOnce)) this.#drop();
    const live = this.#live;
    const size = live === undefined ? text.length : insert.length;
    if (size > atOnce) {
      const make = (options: SliceOptions): Promise<LiveText> =>
        live === undefined
          ? vocabulary.tokenizer.liveAsync(text, options)
          : live.replaceAsync(from, to, insert, options).then(() => live);
      void this.#inTurns(vocabulary, text, size, make);
      return;
    }
    try {
      if (live === undefined) this.#live = vocabulary.tokenizer.live(text);
      else if (from < to || insert !== "") live.replace(from, to, insert);
      this.#held = text;
      void this.#join();
    } catch (error) {
      this.#fail(vocabulary, error);
    }
  }

  /** Gives the live text the counters that it has not: one after the other, so that the page lives on. */
  async #join(): Promise<void> {
    if (this.#isJoining) return;
    this.#isJoining = true;
    const next = (): [VocabularyName, Tokenizer<string>] | undefined =>
      this.#work === undefined && this.#live
        ? [...this.#others].find(([encoding]) => !this.#counters.has(encoding))
        : undefined;
    for (let other = next(); other; other = next()) {
      const [encoding, tokenizer] = other;
      try {
        const counter = this.#live?.also(tokenizer);
        if (counter === undefined) break;
        this.#counters.set(encoding, counter);
        if (counter.tokens !== undefined) continue;
        await counter.ready;
        this.#listener.progressed();
      } catch (error) {
        // With the text its counters go; the next one gets new ones.
        if (error instanceof TokimeterError && error.code === "disposed") continue;
        this.#fail(this.#vocabulary, error);
        break;
      }
    }
    this.#isJoining = false;
  }

  /** Does the work that `make` starts, and then takes up what was written meanwhile. */
  async #inTurns(
    vocabulary: Counting,
    text: string,
    size: number,
    make: (options: SliceOptions) => Promise<LiveText>,
  ): Promise<void> {
    const work = new AbortController();
    this.#work = work;
    this.#progress = NOTHING;
    let turns = 0;
    const onProgress = (progress: Progress): void => {
      this.#progress = progress;
      if (turns++ % TURNS === 0) this.#listener.progressed();
    };
    let failure: unknown;
    try {
      if (size > LARGE) await new Promise((resolve) => setTimeout(resolve));
      this.#live = await make({ signal: work.signal, onProgress });
      this.#held = text;
      this.#isStopped = false;
    } catch (error) {
      const isAborted = error instanceof TokimeterError && error.code === "aborted";
      if (!isAborted) failure = error;
    }
    this.#work = undefined;
    if (vocabulary !== this.#vocabulary) this.#drop();
    if (failure !== undefined) this.#fail(vocabulary, failure);
    this.#catchUp();
    void this.#join();
    this.#listener.settled();
  }

  /** Gives all back. */
  dispose(): void {
    this.#vocabulary = undefined;
    this.#work?.abort();
    if (this.#work === undefined) this.#drop();
  }

  /** Gives up on a vocabulary; the listener answers by {@link use}. */
  #fail(vocabulary: Counting | undefined, error: unknown): void {
    if (vocabulary === undefined) return;
    if (vocabulary === this.#vocabulary) {
      this.#vocabulary = undefined;
      this.#drop();
    }
    this.#listener.failed(vocabulary.encoding, error);
  }

  #drop(): void {
    try {
      this.#live?.dispose();
    } catch {
      // A text that failed in the middle of an edit may not let go; it is forgotten all the same.
    }
    this.#live = undefined;
    this.#counters.clear();
    this.#held = "";
  }
}
