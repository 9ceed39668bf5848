/**
 * Tokenizers of any other kind, by Hugging Face's `tokenizers` in a wasm file of its own, which is fetched when the first is
 * loaded. What it traps on costs that instance only: the next tokenizer gets a fresh one, and what was made by the old one
 * throws an error of its own.
 */

import {
  __wbg_reset_state,
  initSync,
  HfEncoding as WasmEncoding,
  type HfText as WasmText,
} from "../wasm-hf/tokimeter-hf.js";
import { compile, type Encoding, type EngineText, guard, type Segment, shared } from "./engine.js";
import { TokimeterError } from "./errors.js";
import { addressOf } from "./files.js";

const start = shared(startOnce);
/** Counts the instances that were started. */
let generation = 0;

/**
 * Reads a tokenizer.json of any kind. Linear in its bytes, and at once: in a worker the page does not wait.
 * @throws {TokimeterError} `invalid-tokenizer`, `unsupported-tokenizer`, `limit-exceeded`, `engine-failed`, and those of the
 * engine's start.
 */
export async function createHf(file: Uint8Array, name = "tokenizer.json"): Promise<Encoding> {
  await start();
  return new HfEncoding(name, new Handle(call(generation, () => new WasmEncoding(file))));
}

async function startOnce(): Promise<void> {
  const url = addressOf(
    "wasm-hf/tokimeter-hf_bg.wasm",
    () => new URL("../wasm-hf/tokimeter-hf_bg.wasm", import.meta.url),
  );
  initSync({ module: await compile(url, "the engine for other tokenizers") });
}

/** Calls the instance of a generation; what traps there ends it. */
function call<T>(of: number, ask: () => T): T {
  if (of !== generation) {
    throw new TokimeterError(
      "engine-failed",
      "the engine of this tokenizer failed on an earlier input and was started anew; load the tokenizer again",
    );
  }
  try {
    return guard(ask);
  } catch (cause) {
    const isSound = cause instanceof TokimeterError || (cause instanceof RangeError && !isOverflow(cause));
    if (isSound) throw cause;
    generation += 1;
    __wbg_reset_state();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TokimeterError(
      "engine-failed",
      `the engine of this tokenizer failed on this input (${why}), for want of memory perhaps; ` +
        "it was started anew, and the tokenizer has to be loaded again",
      { cause },
    );
  }
}

/** A stack that overflows is a `RangeError` too. */
function isOverflow({ message }: RangeError): boolean {
  return /call stack|too much recursion/i.test(message);
}

/** An object in an instance. */
class Handle<T extends { free(): void }> {
  readonly #object: T;
  readonly #generation: number = generation;

  constructor(object: T) {
    this.#object = object;
  }

  use<R>(ask: (object: T) => R): R {
    return call(this.#generation, () => ask(this.#object));
  }

  free(): void {
    if (this.#generation === generation) this.#object.free();
  }
}

/** What a tokenizer of the engine's own is, but each call may throw. */
class HfEncoding implements Encoding {
  readonly isForeign = true;
  readonly name: string;
  readonly #handle: Handle<WasmEncoding>;
  readonly vocabSize: number;

  constructor(name: string, handle: Handle<WasmEncoding>) {
    this.name = name;
    this.#handle = handle;
    this.vocabSize = handle.use((encoding) => encoding.vocabSize);
  }

  count(text: string): number {
    return this.#handle.use((encoding) => encoding.count(text));
  }

  range(text: string): Uint32Array {
    return new Uint32Array(3).fill(this.count(text));
  }

  encode(text: string): Uint32Array {
    return this.#handle.use((encoding) => encoding.encode(text));
  }

  encodeWithSpecials(text: string): Uint32Array {
    return this.#handle.use((encoding) => encoding.encodeWithSpecials(text));
  }

  decodeBytes(ids: Uint32Array): Uint8Array {
    return this.#handle.use((encoding) => encoding.decodeBytes(ids));
  }

  specials(): unknown[] {
    return this.#handle.use((encoding) => encoding.specials());
  }

  spans(text: string): Uint32Array[] {
    return this.#handle.use((encoding) => encoding.spans(text)) as Uint32Array[];
  }

  fit(text: string, limit: number, end: boolean, segment: Segment): Uint32Array {
    return this.#handle.use((encoding) => encoding.fit(text, limit, end, segment));
  }

  live(): EngineText {
    const [text, takesSlices] = this.#handle.use(
      (encoding) => [encoding.live(), encoding.takesSlices] as const,
    );
    return new HfText(new Handle(text), takesSlices);
  }
}

/** The text, or the beginning of it, in another encoding. */
interface Counter {
  readonly text: EngineText;
  isDone: boolean;
}

/** A text under edit. What counts it too has a copy of its own. */
class HfText implements EngineText {
  readonly isForeign = true;
  readonly slice?: number;
  readonly #handle: Handle<WasmText>;
  readonly #counters: (Counter | undefined)[] = [];

  constructor(handle: Handle<WasmText>, takesSlices: boolean) {
    this.#handle = handle;
    // Where each slice would count all that is there, or could fail at its end, all comes at once.
    if (!takesSlices) this.slice = 0xffff_ffff;
  }

  get tokens(): number {
    return this.#handle.use((text) => text.tokens);
  }

  get length(): number {
    return this.#handle.use((text) => text.length);
  }

  range(): Uint32Array {
    return new Uint32Array(3).fill(this.tokens);
  }

  replace(from: number, to: number, insert: string): Uint32Array {
    const change = this.#handle.use((text) => text.replace(from, to, insert));
    if (this.#counters.length > 0) this.#follow(Uint32Array.of(from, to, insert.length), unitsOf(insert));
    return change;
  }

  update(positions: Uint32Array, inserts: string): Uint32Array {
    const change = this.#handle.use((text) => text.update(positions, inserts));
    if (this.#counters.length > 0) this.#follow(positions, unitsOf(inserts));
    return change;
  }

  updateUnits(positions: Uint32Array, inserts: Uint16Array): Uint32Array {
    const change = this.#handle.use((text) => text.updateUnits(positions, inserts));
    this.#follow(positions, inserts);
    return change;
  }

  check(positions: Uint32Array): void {
    this.#handle.use((text) => text.check(positions));
  }

  countRange(from: number, to: number): number {
    return this.#handle.use((text) => text.countRange(from, to));
  }

  offsetOf(tokens: number): number {
    return this.#handle.use((text) => text.offsetOf(tokens));
  }

  spansIn(from: number, to: number): unknown[] {
    return this.#handle.use((text) => text.spansIn(from, to));
  }

  sliceUnits(from: number, to: number): Uint16Array {
    return this.#handle.use((text) => text.sliceUnits(from, to));
  }

  fit(limit: number, end: boolean, segment: Segment): Uint32Array {
    return this.#handle.use((text) => text.fit(limit, end, segment));
  }

  split(limit: number, segment: Segment): Uint32Array {
    return this.#handle.use((text) => text.split(limit, segment));
  }

  also(encoding: Encoding): number {
    return this.#counters.push({ text: encoding.live(), isDone: false }) - 1;
  }

  catchUp(number: number, most: number): boolean {
    const counter = this.#counters[number];
    if (!counter) return true;
    const { length } = this;
    const at = counter.text.length;
    const to = Math.min(length, at + Math.min(length, Math.max(most, counter.text.slice ?? 0)));
    if (at < to) counter.text.updateUnits(Uint32Array.of(at, at, to - at), this.sliceUnits(at, to));
    counter.isDone = to === length;
    return counter.isDone;
  }

  tokensAlso(number: number): number | undefined {
    const counter = this.#counters[number];
    return counter?.isDone ? counter.text.tokens : undefined;
  }

  alsoNoMore(number: number): void {
    this.#counters[number]?.text.free();
    this.#counters[number] = undefined;
  }

  free(): void {
    for (const counter of this.#counters) counter?.text.free();
    this.#handle.free();
  }

  /** Makes the edits in the other texts; one that has only a beginning follows those that fall into it. */
  #follow(positions: Uint32Array, inserts: Uint16Array): void {
    for (const counter of this.#counters) {
      if (!counter) continue;
      const end = counter.isDone ? 0xffff_ffff : counter.text.length;
      let known = 0;
      let length = 0;
      while (known < positions.length && (positions[known] ?? 0) <= end) {
        length += positions[known + 2] ?? 0;
        known += 3;
      }
      const kept = positions.slice(0, known);
      for (let place = 1; place < known; place += 3) kept[place] = Math.min(kept[place] ?? 0, end);
      if (known > 0) counter.text.updateUnits(kept, inserts.subarray(0, length));
    }
  }
}

function unitsOf(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}
