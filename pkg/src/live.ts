/// <reference lib="esnext.disposable" preserve="true" />
/**
 * A text under edit that always knows its count. Positions are UTF-16 code units. An edit costs what it changes,
 * however long the text is.
 *
 * Long because it is one class with what its methods take and give, each with its contract.
 */

import { AlsoCounter } from "./also.js";
import { type EngineSpans, type EngineText, freed, LARGE, position, string, unitsOf } from "./engine.js";
import { isTrap, TokimeterError } from "./errors.js";
import { type Chunk, chunksOf, type Fit, type FitOptions, fitOf, graphemes, keepsEnd } from "./fit.js";
import type { Handle } from "./handle.js";
import type { Spans } from "./spans.js";
import type { Tokenizer } from "./tokenizer.js";
import { Slices, Turn } from "./turn.js";

/** One replacement, in the positions that the text had before the update. */
export interface Edit {
  /** Where what is replaced begins. */
  readonly from: number;
  /** Where it ends; `from`, for an insertion, if it is left out. */
  readonly to?: number;
  /** What takes its place; nothing if it is left out. */
  readonly insert?: string;
}

/** What an update did. */
export interface Change {
  /** How many tokens the text is now. */
  readonly tokens: number;
  /** How many tokens there are now in the part that changed. */
  readonly added: number;
  /** How many there were before. */
  readonly removed: number;
  /** Where the part of the new text begins whose tokens changed: what an editor colours anew. */
  readonly from: number;
  /** Where it ends. */
  readonly to: number;
}

/** How many tokens a text is, as far as that is known. */
export interface TokenRange {
  /** What it is taken to be; from `low` to `high`. */
  readonly tokens: number;
  /** The fewest that it may be; as `tokens` where the count is exact. */
  readonly low: number;
  /** The most that it may be; as `tokens` where the count is exact. */
  readonly high: number;
}

/** The tokens of a part of the text. */
export interface SpansIn extends Spans {
  /** Where the first of them begins. */
  readonly from: number;
  /** Its number in the text. */
  readonly index: number;
}

/** How to count a large insertion without stalling the page. */
export interface SliceOptions {
  /** Stops the work when aborted; the text is then as it was before. */
  readonly signal?: AbortSignal;
  /** Hears between slices how far the work is. */
  readonly onProgress?: (progress: Progress) => void;
}

/** How far a large insertion is. */
export interface Progress {
  /** Code units that are in. */
  readonly done: number;
  /** Code units in all. */
  readonly total: number;
  /** How many tokens the text is with what is in. */
  readonly tokens: number;
}

/** Code units that cross into the engine at a time: what the crossing needs besides stays small. */
const SLICE = 16_384;
/** The fewest of them that a slice has, however many count it. */
const LEAST_SLICE = 1024;

/**
 * A text under edit. Nothing needs to be freed; `using` or `dispose` gives its memory back at once.
 *
 * If the engine fails, on this text or on another, the text is lost: every method throws a {@link TokimeterError} `trap` from then on.
 * Make it again, by `tokenizer.live`, from where you have it.
 */
export class LiveText {
  readonly #text: Handle<EngineText>;
  #kind: Kind;
  #isBusy = false;

  /** @internal Use `Tokenizer.live`. */
  constructor(text: Handle<EngineText>) {
    this.#text = text;
    this.#kind = kindOf(text);
  }

  /** How many tokens the text is. */
  get tokens(): number {
    return this.#text.use((text) => text.tokens);
  }

  /** The fewest tokens that the text may be; as {@link tokens} where the count is exact. */
  get low(): number {
    return this.range().low;
  }

  /** The most tokens that the text may be; as {@link tokens} where the count is exact. */
  get high(): number {
    return this.range().high;
  }

  /** Returns how many tokens the text is, and the range that holds the count where it is not exact. */
  range(): TokenRange {
    return rangeOf(this.#text.use((text) => text.range()));
  }

  /** How many UTF-16 code units the text has. */
  get length(): number {
    return this.#text.use((text) => text.length);
  }

  /** The text, put together anew each time: linear. */
  get text(): string {
    return this.slice(0, this.length);
  }

  /**
   * Makes several replacements at once. All positions are those of the text before. The work is that of what changes, and the
   * logarithm of the length.
   * @throws {TokimeterError} `busy` while a `replaceAsync` is under way; `cannot-count` of Hugging Face's tokenizers; `trap`.
   * @throws {RangeError} if a position is not in the text, or edits overlap or are not sorted; the text is then as it was.
   */
  update(edits: readonly Edit[]): Change {
    this.#mustBeEditable();
    const steps = this.#update(edits);
    let step = steps.next();
    while (!step.done) step = steps.next();
    return step.value;
  }

  /**
   * Replaces a part of the text, as an `update` of one edit.
   * @throws {TokimeterError} as `update`.
   * @throws {RangeError} if a position is not in the text; the text is then as it was.
   */
  replace(from: number, to: number, insert: string): Change {
    if (string(insert).length > (this.#kind.slice ?? SLICE) || !insert.isWellFormed())
      return this.update([{ from, to, insert }]);
    this.#mustBeEditable();
    this.#mustHave(from, to);
    return changeOf(this.#text.use((text) => text.replace(from, to, insert)));
  }

  /**
   * Replaces a part of the text by a large one in slices, so that the page never stalls. Until the promise settles the
   * text can be read, and an edit throws.
   * @throws {RangeError} as `replace`.
   * @throws {TokimeterError} `aborted`; the text is then as it was.
   */
  async replaceAsync(
    from: number,
    to: number,
    insert: string,
    { signal, onProgress }: SliceOptions = {},
  ): Promise<Change> {
    throwIfAborted(signal);
    this.#mustBeEditable();
    const steps = this.#update([{ from, to, insert }]);
    const turn = new Turn();
    this.#isBusy = true;
    try {
      let replaced = "";
      for (let at = from; at < to; at += SLICE) {
        replaced += this.slice(at, Math.min(to, at + SLICE));
        if (await turn.passes()) throwIfAborted(signal);
      }
      for (;;) {
        const step = steps.next();
        if (step.done) return step.value;
        const done = step.value;
        if (turn.isOver) onProgress?.({ done, total: insert.length, tokens: this.tokens });
        if ((await turn.passes()) && signal?.aborted) {
          for (const _ of writeInSlices(this.#text, from, from + done, replaced, this.#slice)) {
            await turn.passes();
          }
          throwIfAborted(signal);
        }
      }
    } finally {
      this.#isBusy = false;
    }
  }

  /**
   * Replaces the whole text. Linear in both.
   * @throws {TokimeterError} as `update`.
   */
  reset(text: string): Change {
    return this.update([{ from: 0, to: this.length, insert: text }]);
  }

  /**
   * Returns how many tokens a part of the text is when it stands alone. What is between its two ends is not counted anew.
   * @throws {RangeError} if a position is not in the text.
   */
  countRange(from: number, to: number): number {
    return this.#in(from, to, (text) => text.countRange(from, to));
  }

  /**
   * Returns where the first `tokens` tokens end, in the logarithm of the length. With a limit of tokens: where the text passes it.
   * @throws {RangeError} if the text does not have so many.
   */
  offsetOf(tokens: number): number {
    position(tokens, this.tokens, "a number of tokens");
    return this.#text.use((text) => text.offsetOf(tokens));
  }

  /**
   * Returns the tokens that have a part in `from` to `to`; none where only counts are known. Linear in that part.
   * @throws {RangeError} if a position is not in the text.
   */
  spansIn(from: number, to: number): SpansIn {
    const [ids, ends, start, index] = this.#in(from, to, (text) => text.spansIn(from, to)) as EngineSpans;
    return { ids, ends, from: start, index };
  }

  /**
   * Returns a part of the text, as `String.prototype.slice` does.
   * @throws {RangeError} if a position is not in the text.
   */
  slice(from: number, to: number): string {
    return this.#in(from, to, (text) => {
      let slice = "";
      for (let at = from; at < to; at += SLICE)
        slice += stringOf(text.sliceUnits(at, Math.min(to, at + SLICE)));
      return slice;
    });
  }

  /**
   * Returns the part of the text that is at most `limit` tokens and would be more with one grapheme more. A few times the work
   * of `countRange`, and the part is copied.
   * @throws {RangeError} if `limit` is not a whole number, or `keep` is neither of its two words.
   */
  fit(limit: number, options: FitOptions = {}): Fit {
    position(limit, undefined, "a limit");
    const atEnd = keepsEnd(options);
    const fit = this.#text.use((text) => text.fit(limit, atEnd, graphemes));
    return fitOf(fit, (from, to) => this.slice(from, to));
  }

  /**
   * Returns the parts of the text that are at most `limit` tokens each and would be more with one grapheme more. Linear.
   * @throws {RangeError} if a single character is more than the limit.
   */
  split(limit: number): Chunk[] {
    position(limit, undefined, "a limit");
    const chunks = this.#text.use((text) => text.split(limit, graphemes));
    return chunksOf(chunks, (from, to) => this.slice(from, to));
  }

  /**
   * Counts the text in another encoding too, from now on. What is there already is counted in slices, the first one
   * at once. An edit then costs what it costs in each encoding; the text is held once.
   * @throws {TokimeterError} `unsupported-tokenizer` if Hugging Face's crate counts one of the two.
   */
  also(tokenizer: Tokenizer<string>): AlsoCounter {
    const number = tokenizer.alsoOf(this.#text);
    this.#kind = kindOf(this.#text);
    return new AlsoCounter(this.#text, number);
  }

  /** Gives the memory back. After that every method throws a {@link TokimeterError} `disposed`. */
  dispose(): void {
    this.#text.dispose();
  }

  /** As {@link dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  #mustBeEditable(): void {
    if (!this.#isBusy) return;
    throw new TokimeterError(
      "busy",
      "replaceAsync is under way on this LiveText; wait for its promise, or abort it",
    );
  }

  /** Every slice is counted by all counters. */
  get #slice(): number {
    const counters = 1 + Object.keys(this.#text.others).length;
    return this.#kind.slice ?? Math.max(LEAST_SLICE, Math.floor(SLICE / counters));
  }

  #mustHave(from: number, to: number): void {
    const { length } = this;
    position(from, length);
    position(to, length);
  }

  #in<T>(from: number, to: number, ask: (text: EngineText) => T): T {
    this.#mustHave(from, to);
    if (from > to) throw new RangeError(`there is no range from ${from} to ${to}: it ends before it begins`);
    return this.#text.use(ask);
  }

  /** Makes an update; yields the code units that are in of an edit that is made in slices. */
  *#update(edits: readonly Edit[]): Generator<number, Change> {
    const text = this.#text;
    const positions = new Uint32Array(3 * edits.length);
    let inserts = "";
    let isWellFormed = true;
    for (const [place, { from, to = from, insert = "" }] of edits.entries()) {
      this.#mustHave(from, to);
      positions.set([from, to, string(insert).length], 3 * place);
      inserts += insert;
      isWellFormed &&= insert.isWellFormed();
    }
    if (inserts.length <= (this.#kind.slice ?? SLICE)) return write(text, positions, inserts, isWellFormed);
    text.use((text) => text.check(positions));
    const { tokens } = this;
    let begin = this.length;
    let behind = begin;
    const made: { from: number; to: number; replaced: string }[] = [];
    try {
      for (const { from, to = from, insert = "" } of edits.toReversed()) {
        const edit = { from, to: from, replaced: this.#kind.isForeign ? this.slice(from, to) : "" };
        for (const change of writeInSlices(text, from, to, insert, this.#slice)) {
          if (edit.to === from) made.push(edit);
          edit.to = from + change.done;
          begin = Math.min(begin, change.from);
          behind = Math.min(behind, this.length - change.to);
          yield change.done;
        }
      }
    } catch (error) {
      // An engine of this package fails on no text.
      if (this.#kind.isForeign && !isTrap(error)) {
        for (const { from, to, replaced } of made.toReversed()) {
          write(text, Uint32Array.of(from, to, replaced.length), replaced, replaced.isWellFormed());
        }
      }
      throw error;
    }
    const end = this.length - behind;
    const added = indexAt(text, end) - indexAt(text, begin);
    const now = this.tokens;
    return { tokens: now, added, removed: added + tokens - now, from: begin, to: end };
  }
}

interface Kind {
  readonly isForeign: boolean;
  readonly slice: number | undefined;
}

function kindOf(text: Handle<EngineText>): Kind {
  return text.use(({ isForeign = false, slice }) => ({ isForeign, slice }));
}

/** Makes an update by texts that are not too long to cross at once. */
function write(
  text: Handle<EngineText>,
  positions: Uint32Array,
  inserts: string,
  isWellFormed: boolean,
): Change {
  const units = isWellFormed ? undefined : unitsOf(inserts);
  return changeOf(
    text.use((text) => (units ? text.updateUnits(positions, units) : text.update(positions, inserts))),
  );
}

/** Makes one replacement slice by slice; yields each slice's change. What is replaced goes with the first one. */
function* writeInSlices(
  text: Handle<EngineText>,
  from: number,
  to: number,
  insert: string,
  most: number,
): Generator<Change & { done: number }, void> {
  const slices = new Slices(most);
  let done = 0;
  let end = to;
  do {
    const change = slices.take((length) => {
      let next = Math.min(insert.length, done + length);
      if (next < insert.length && isHighSurrogate(insert.charCodeAt(next - 1))) next--;
      const slice = insert.slice(done, next);
      const positions = Uint32Array.of(from + done, end, slice.length);
      done = next;
      return write(text, positions, slice, slice.isWellFormed());
    });
    end = from + done;
    yield { ...change, done };
  } while (done < insert.length);
}

/** Makes a `LiveText` that holds `text`, in slices. */
export async function liveInSlices(
  handle: Handle<EngineText>,
  text: string,
  options?: SliceOptions,
): Promise<LiveText> {
  const live = new LiveText(handle);
  try {
    await live.replaceAsync(0, 0, text, options);
  } catch (error) {
    live.dispose();
    throw error;
  }
  return live;
}

export function rangeOf([tokens = 0, low = 0, high = 0]: Uint32Array): TokenRange {
  return { tokens, low, high };
}

function changeOf(change: Uint32Array): Change {
  const [tokens = 0, added = 0, removed = 0, from = 0, to = 0] = change;
  if (removed > LARGE) freed();
  return { tokens, added, removed, from, to };
}

/** Returns how many tokens begin before a position that no token crosses. */
function indexAt(text: Handle<EngineText>, at: number): number {
  const [, , , index] = text.use((text) => text.spansIn(at, at)) as EngineSpans;
  return index;
}

function stringOf(units: Uint16Array): string {
  // As arguments of one call they must be few.
  let text = "";
  for (let at = 0; at < units.length; at += 4096)
    text += String.fromCharCode(...units.subarray(at, at + 4096));
  return text;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new TokimeterError("aborted", "counting was aborted; the text is as it was", {
    cause: signal.reason,
  });
}
