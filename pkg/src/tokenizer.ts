/**
 * A tokenizer: counts, encodes and decodes. Positions are UTF-16 code units, as everywhere in JavaScript.
 */

import { untilAborted } from "./abort.js";
import type { BlobCount, CountBlobOptions } from "./blocks.js";
import { encodingInfo, fileOf, mustResolve } from "./encodings.js";
import {
  createEncoding,
  type Encoding,
  type EngineSpecials,
  type EngineText,
  position,
  start,
  string,
} from "./engine.js";
import { TokimeterError } from "./errors.js";
import { read } from "./files.js";
import { type Chunk, type Fit, type FitOptions, fitOf, graphemes, keepsEnd } from "./fit.js";
import type { Handle } from "./handle.js";
import { LiveText, liveInSlices, rangeOf, type SliceOptions, type TokenRange } from "./live.js";
import type { EncodingName } from "./registry.js";
import type { Spans } from "./spans.js";
import { nextTask, Turn } from "./turn.js";

/** How `encode` takes the text of special tokens such as `<|endoftext|>`. */
export interface EncodeOptions {
  /** `"text"` (the default): as ordinary text. `"match"`: as the special token. */
  readonly special?: "text" | "match";
}

/** How to load. */
export interface LoadOptions {
  /** Gives up waiting when aborted. The download goes on for other callers, and for the next `load`. */
  readonly signal?: AbortSignal;
  /** Where the vocabulary file is; beside the package if it is left out. */
  readonly url?: string | URL;
}

/** What counts: this package's own engine, or Hugging Face's `tokenizers` for files that it does not take. */
export type Engine = "native" | "hf";

/** What a tokenizer is, besides its encoding. */
export interface TokenizerInfo<Name extends string> {
  readonly name: Name;
  readonly basis: Tokenizer["basis"];
  readonly assumption?: string | undefined;
  readonly engine?: Engine;
  readonly hasBorders?: boolean;
}

/**
 * An encoding, ready to use. Nothing needs to be freed. `Name` is what its name can be: that of an encoding of the
 * package, or any for a file of one's own.
 */
export class Tokenizer<Name extends string = EncodingName> {
  readonly #encoding: Handle<Encoding>;
  /**
   * The encoding's name, such as `o200k_base`; that of a file for one that was loaded from there, and `"unknown"` of an
   * estimate of one that nobody has.
   */
  readonly name: Name;
  /** What counts. */
  readonly engine: Engine;
  /**
   * `"exact"`: the ids of the reference. `"calibrated"`: rebuilt from recorded counts, unofficial. `"estimated"`: from what
   * the text is made of, by `estimate`.
   */
  readonly basis: "exact" | "calibrated" | "estimated";
  /** Why the model that was asked for is taken to use this encoding, where its vendor has not said. */
  readonly assumption?: string;
  /** One more than the highest token id, special tokens included; 0 where only counts are known. */
  readonly vocabSize: number;
  /** Whether a text can be counted in parts, as was shown of the package's own vocabularies: so files of any size are. */
  readonly hasBorders: boolean;

  /** @internal Use `load`, `loadJson` or `estimate`. */
  constructor(
    encoding: Handle<Encoding>,
    { name, basis, assumption, engine = "native", hasBorders = false }: TokenizerInfo<Name>,
  ) {
    this.#encoding = encoding;
    this.name = name;
    this.basis = basis;
    this.engine = engine;
    this.hasBorders = hasBorders;
    if (assumption !== undefined) this.assumption = assumption;
    this.vocabSize = encoding.use((encoding) => encoding.vocabSize);
  }

  /** The special tokens and their ids. */
  get specials(): Readonly<Record<string, number>> {
    const [texts, ids] = this.#encoding.use((encoding) => encoding.specials()) as EngineSpecials;
    return Object.fromEntries(
      texts
        .split("\0")
        .map((text, place) => [text, ids[place - 1] as number])
        .slice(1),
    );
  }

  /** The encoding's name, as {@link name}. */
  get encoding(): Name {
    return this.name;
  }

  /**
   * Returns how many tokens `text` is. The text of a special token counts as ordinary text, so no text throws.
   * Linear in the text. A lone surrogate counts as U+FFFD, as `text.toWellFormed()` has it.
   */
  count(text: string): number {
    string(text);
    return this.#encoding.use((encoding) => encoding.count(text));
  }

  /**
   * Returns how many tokens `text` is, and the range that holds the count where it is not exact. Linear in the text.
   */
  range(text: string): TokenRange {
    string(text);
    return rangeOf(this.#encoding.use((encoding) => encoding.range(text)));
  }

  /**
   * Returns how many tokens a file is, of any size: it is read in blocks and never in memory as a whole, if the tokenizer is one of the
   * package. UTF-8, or UTF-16 with a byte order mark. A block takes some tens of milliseconds, so in a page have it in a worker.
   * @throws {TokimeterError} `binary-file`, `file-not-found`, `file-unreadable`, `cannot-count`, `aborted`.
   */
  async countBlob(blob: Blob, options?: CountBlobOptions): Promise<BlobCount> {
    const { countBlob } = await import("./blocks.js");
    return countBlob(this, blob, options);
  }

  /**
   * Returns the token ids of `text`. Linear in the text.
   * @throws {RangeError} if `special` is neither of its two words.
   * @throws {TokimeterError} `counts-only` if the encoding is calibrated or estimated: then nobody knows the ids.
   */
  encode(text: string, { special = "text" }: EncodeOptions = {}): Uint32Array {
    this.#mustHaveIds();
    string(text);
    const specials = special === "match";
    if (!specials && special !== "text")
      throw new RangeError(`special is "text" or "match", not ${JSON.stringify(special)}`);
    return this.#encoding.use((encoding) => encoding.encode(text, specials));
  }

  /**
   * Returns the text of `ids`, with U+FFFD where their bytes are not UTF-8. Linear in the text.
   * @throws {RangeError} if an id is no integer from 0 to 4294967295.
   * @throws {TokimeterError} as `decodeBytes`.
   */
  decode(ids: ArrayLike<number>): string {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.decodeBytes(ids));
  }

  /**
   * Returns the bytes of `ids`. Linear in the bytes.
   * @throws {RangeError} if an id is no integer from 0 to 4294967295.
   * @throws {TokimeterError} `unknown-token` if an id is not in the vocabulary, `counts-only` as `encode`.
   */
  decodeBytes(ids: ArrayLike<number>): Uint8Array {
    this.#mustHaveIds();
    const list = tokenIds(ids);
    return this.#encoding.use((encoding) => encoding.decodeBytes(list));
  }

  /**
   * Returns the token ids of `text` and where each one ends, for colouring. There are none if the encoding is calibrated
   * or estimated: then nobody knows where tokens end. Linear in the text.
   */
  spans(text: string): Spans {
    string(text);
    const [ids, ends] = this.#encoding.use((encoding) => encoding.spans(text)) as [Uint32Array, Uint32Array];
    return { ids, ends };
  }

  /**
   * Returns the part of `text` that is at most `limit` tokens and would be more with one grapheme more. Linear in that part.
   * @throws {RangeError} if `limit` is not a whole number, or `keep` is neither of its two words.
   */
  fit(text: string, limit: number, options: FitOptions = {}): Fit {
    string(text);
    position(limit, undefined, "a limit");
    const atEnd = keepsEnd(options);
    const fit = this.#encoding.use((encoding) => encoding.fit(text, limit, atEnd, graphemes));
    return fitOf(fit, (from, to) => text.slice(from, to));
  }

  /**
   * Returns the parts of `text`, in order and without a gap, that are at most `limit` tokens each and would be more
   * with one grapheme more. A grapheme that alone is more than the limit is cut between its code points. Linear in the text.
   * @throws {RangeError} if a single character is more than the limit.
   */
  split(text: string, limit: number): Chunk[] {
    const live = this.live(text);
    try {
      return live.split(limit);
    } finally {
      live.dispose();
    }
  }

  #mustHaveIds(): void {
    if (this.basis === "exact") return;
    throw new TokimeterError(
      "counts-only",
      this.basis === "estimated"
        ? `an estimate of ${this.name === "unknown" ? "a vocabulary that is not public" : this.name} has no token ids. ` +
            (this.name === "unknown" ? "Use count or range." : `Use count or range, or load("${this.name}").`)
        : `of ${this.name} only counts are known, not token ids: its vocabulary is not public. Use count.`,
    );
  }

  /** Returns a text under edit that holds `text`. Linear in the text, at once: see `liveAsync` for a large one. */
  live(text = ""): LiveText {
    const live = new LiveText(this.#encoding.make((encoding) => encoding.live()));
    if (string(text) !== "") live.reset(text);
    return live;
  }

  /**
   * Returns a text under edit that holds `text`, which is counted in slices, so that the page never stalls.
   * @throws {TokimeterError} `aborted`.
   */
  async liveAsync(text: string, options?: SliceOptions): Promise<LiveText> {
    return liveInSlices(
      this.#encoding.make((encoding) => encoding.live()),
      string(text),
      options,
    );
  }

  /** @internal Use `LiveText.also`. Returns the number of the counter. */
  alsoOf(text: Handle<EngineText>): number {
    const handle = this.#encoding;
    const number = text.use((text) =>
      handle.use((encoding) => {
        if (!encoding.isForeign || text.isForeign) return text.also(encoding, handle);
        throw new TokimeterError(
          "unsupported-tokenizer",
          `${this.name} cannot count along with a text of another tokenizer; make the text its own, ` +
            "with live(text), and count the other tokenizer along with that",
        );
      }),
    );
    text.others[number] = handle;
    return number;
  }
}

const loading = new Map<string, Promise<Tokenizer>>();
const encodings = new Map<string, Promise<Handle<Encoding>>>();
const files = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/**
 * Loads an encoding, by its name or by the id of a model that uses it: the engine and one or two vocabulary files, each
 * once, from beside the package. The page lives on meanwhile: the work is done in turns.
 *
 * Calls for the same name share one promise and one tokenizer; a load that failed is tried again by the next call.
 *
 * @throws {TokimeterError} `unknown-encoding`, `not-shipped`, `fetch-failed`, `aborted`, `invalid-wasm`, `wasm-blocked`,
 * or a code of a damaged vocabulary file.
 */
export function load(name: string, { signal, url }: LoadOptions = {}): Promise<Tokenizer> {
  const key = `${name} ${url ?? ""}`;
  const known = loading.get(key);
  const isAborted = signal?.aborted ?? false;
  const tokenizer = known ?? (isAborted ? undefined : shared(loading, key, () => loadOnce(name, url)));
  return signal ? untilAborted(signal, name, tokenizer) : (tokenizer as Promise<Tokenizer>);
}

async function loadOnce(name: string, url: string | URL | undefined): Promise<Tokenizer> {
  const resolved = mustResolve(string(name));
  const { encoding } = resolved;
  const key = `${encoding} ${url ?? ""}`;
  const loaded = await shared(encodings, key, () => encodingOnce(encoding, url));
  const { basis } = encodingInfo(encoding);
  const hasBorders = url === undefined;
  return new Tokenizer(loaded, { name: encoding, basis, assumption: resolved.assumption, hasBorders });
}

async function encodingOnce(name: EncodingName, url?: string | URL): Promise<Handle<Encoding>> {
  const { base, line } = encodingInfo(name);
  const where = url === undefined ? fileOf(name) : new URL(url, globalThis.document?.baseURI);
  const [file, baseFile] = await Promise.all([
    fileAt(where, name),
    base && fileAt(fileOf(base), base),
    start(),
  ]);
  const turn = new Turn(nextTask);
  const steps = createEncoding(file, baseFile, line);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await turn.passes();
  }
}

/** Two that are loaded at once may need the same file. */
function fileAt(url: URL, name: EncodingName): Promise<Uint8Array<ArrayBuffer>> {
  const file = shared(files, url.href, () => read(url, `the vocabulary ${name}`));
  const forget = (): boolean => files.delete(url.href);
  file.then(forget, forget);
  return file;
}

/** Returns the promise under that key, or a new one, which is forgotten if it fails. */
function shared<T>(promises: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = promises.get(key);
  if (known) return known;
  const made = make();
  promises.set(key, made);
  made.catch(() => promises.delete(key));
  return made;
}

function tokenIds(ids: ArrayLike<number>): Uint32Array {
  if (ids instanceof Uint32Array) return ids;
  return Uint32Array.from(ids, (id, place) => {
    if (Number.isInteger(id) && id >= 0 && id < 2 ** 32) return id;
    throw new RangeError(
      `a token id is an integer from 0 to 4294967295, not ${String(id)} (at place ${place})`,
    );
  });
}
