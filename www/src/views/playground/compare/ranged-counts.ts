/**
 * Counts that are ranges: estimates, and those of vocabularies that are rebuilt. Other than exact ones they cannot count along with one
 * text. Of a text that is not long each keeps a text under edit, so that a key costs little; a long one is counted by one after the
 * other, in turns and when the writing has paused, and no copy of it stays.
 */
import { type LiveText, type Tokenizer, type TokenRange, TokimeterError } from "tokimeter";
import { revise, since } from "../../../text/difference.ts";
import type { VocabularyName } from "../../../text/vocabulary-files.ts";

/** Code units of a text up to which each keeps its own. */
const KEPT = 300_000;
/** Code units of an edit that are counted at once. */
const AT_ONCE = 8192;
/** Milliseconds of work after which the page has its turn. */
const TURN_MS = 5;
/** How long the writing pauses before a long text is counted. */
const PAUSE_MS = 400;

export interface RangedCount extends TokenRange {
  readonly basis: Tokenizer["basis"];
  /** Whether it is of the text of now; else of one before. */
  readonly isCurrent: boolean;
}

interface Counter {
  readonly tokenizer: Tokenizer<string>;
  live: LiveText | undefined;
  /** What the live text holds. */
  held: string;
  range: TokenRange | undefined;
  /** The version of the text that the range is of. */
  version: number;
}

export class RangedCounts {
  readonly #changed: () => void;
  #counters: Map<VocabularyName, Counter> = new Map();
  #text = "";
  #version = 0;
  #takenAt = 0;
  #work: AbortController | undefined;
  #isWorking = false;

  /** `changed` hears when a count is there that had to wait. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Counts by these from now on, and by no others. */
  use(tokenizers: ReadonlyMap<VocabularyName, Tokenizer<string>>): void {
    for (const [encoding, counter] of this.#counters) {
      if (tokenizers.get(encoding) === counter.tokenizer) continue;
      forget(counter);
      this.#counters.delete(encoding);
    }
    for (const [encoding, tokenizer] of tokenizers) {
      if (this.#counters.has(encoding)) continue;
      this.#counters.set(encoding, { tokenizer, live: undefined, held: "", range: undefined, version: -1 });
    }
    void this.#run();
  }

  /** Counts another text. A small edit is counted when this returns. */
  take(text: string): void {
    if (text === this.#text) return;
    const revision = revise(this.#text, text);
    this.#text = text;
    this.#version++;
    this.#takenAt = performance.now();
    this.#work?.abort();
    const until = performance.now() + TURN_MS;
    for (const counter of this.#counters.values()) {
      if (performance.now() > until) break;
      if (counter.live === undefined || text.length > KEPT) continue;
      const { from, to, insert } = since(counter.held, revision);
      if (insert.length > AT_ONCE) continue;
      this.#count(counter, () => counter.live?.replace(from, to, insert));
    }
    void this.#run();
  }

  /** Returns the count by one of them; `undefined` until there is one. */
  countIn(encoding: VocabularyName): RangedCount | undefined {
    const counter = this.#counters.get(encoding);
    if (counter?.range === undefined) return undefined;
    const { range, tokenizer, version } = counter;
    return { ...range, basis: tokenizer.basis, isCurrent: version === this.#version };
  }

  /** Gives all back. */
  dispose(): void {
    this.use(new Map());
    this.#work?.abort();
  }

  /** Brings each that is behind up to the text of now. */
  async #run(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    const next = (): Counter | undefined =>
      [...this.#counters.values()].find(({ version }) => version !== this.#version);
    for (let counter = next(); counter; counter = next()) await this.#renew(counter);
    this.#isWorking = false;
  }

  /** Counts the whole text anew, in turns. */
  async #renew(counter: Counter): Promise<void> {
    const work = new AbortController();
    this.#work = work;
    try {
      const isLong = this.#text.length > KEPT;
      if (isLong && counter.live) forget(counter);
      // The page has its turn between two of them in any case.
      const wait = isLong ? this.#takenAt + PAUSE_MS - performance.now() : 0;
      await pause(Math.max(0, wait), work.signal);
      const [text, version] = [this.#text, this.#version];
      const live = await counter.tokenizer.liveAsync(text, { signal: work.signal });
      forget(counter);
      counter.range = live.range();
      counter.version = version;
      if (isLong || !this.#has(counter)) live.dispose();
      else [counter.live, counter.held] = [live, text];
    } catch (error) {
      // What failed otherwise than by being given up keeps what it has, and is not tried again with this text.
      const isGivenUp = error instanceof TokimeterError && error.code === "aborted";
      if (!isGivenUp) counter.version = this.#version;
    }
    this.#changed();
  }

  #has(counter: Counter): boolean {
    return [...this.#counters.values()].includes(counter);
  }

  #count(counter: Counter, edit: () => void): void {
    try {
      edit();
      counter.range = counter.live?.range();
      counter.held = this.#text;
      counter.version = this.#version;
    } catch {
      forget(counter);
    }
  }
}

function forget(counter: Counter): void {
  try {
    counter.live?.dispose();
  } catch {
    // A text that failed may not let go.
  }
  [counter.live, counter.held] = [undefined, ""];
}

/** Waits; what is given up ends the wait at once. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
