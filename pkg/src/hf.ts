/**
 * Tokenizers of any other kind, by Hugging Face's `tokenizers` in a wasm file of its own, which is fetched when the first is
 * loaded. It traps on what the crate does not take, so its memory may have an end.
 */

import {
  __wbg_reset_state,
  initSync,
  HfEncoding as WasmEncoding,
  type HfText as WasmText,
} from "../wasm-hf/tokimeter-hf.js";
import { addressOf } from "./address.js";
import { compile, type Encoding, type EngineText, type Segment, shared, unitsOf } from "./engine.js";
import { type Engine, Handle } from "./handle.js";

const start = shared(startOnce);
const engine: Engine = { restart: __wbg_reset_state, instance: 0, isBroken: false };

/**
 * Reads a tokenizer.json of any kind. Linear in its bytes, and at once: in a worker the page does not wait. The file is kept, for
 * the next instance.
 * @throws {TokimeterError} `invalid-tokenizer`, `unsupported-tokenizer`, `limit-exceeded`, `trap`, and those of the engine's start.
 */
export async function createHf(file: Uint8Array): Promise<Handle<Encoding>> {
  await start();
  const steps = function* (): Generator<undefined, Encoding> {
    yield;
    return new HfEncoding(new WasmEncoding(file));
  };
  return new Handle(engine, undefined, steps);
}

async function startOnce(): Promise<void> {
  const url = addressOf(
    "wasm-hf/tokimeter-hf_bg.wasm",
    () => new URL("../wasm-hf/tokimeter-hf_bg.wasm", import.meta.url),
  );
  initSync({ module: await compile(url, "the engine for other tokenizers") });
}

/** What a tokenizer of the engine's own is, but each call may throw. */
class HfEncoding implements Encoding {
  readonly isForeign = true;
  readonly #encoding: WasmEncoding;

  constructor(encoding: WasmEncoding) {
    this.#encoding = encoding;
  }

  get vocabSize(): number {
    return this.#encoding.vocabSize;
  }

  count(text: string): number {
    return this.#encoding.count(text);
  }

  range(text: string): Uint32Array {
    return new Uint32Array(3).fill(this.count(text));
  }

  encode(text: string, specials: boolean): Uint32Array {
    return specials ? this.#encoding.encodeWithSpecials(text) : this.#encoding.encode(text);
  }

  decodeBytes(ids: Uint32Array): Uint8Array {
    return this.#encoding.decodeBytes(ids);
  }

  specials(): unknown[] {
    return this.#encoding.specials();
  }

  spans(text: string): Uint32Array[] {
    return this.#encoding.spans(text) as Uint32Array[];
  }

  fit(text: string, limit: number, end: boolean, segment: Segment): Uint32Array {
    return this.#encoding.fit(text, limit, end, segment);
  }

  live(): EngineText {
    return new HfText(this.#encoding.live(), this.#encoding.takesSlices);
  }

  free(): void {
    this.#encoding.free();
  }
}

/** The text, or the beginning of it, in another encoding. */
interface Counter {
  readonly text: Handle<EngineText>;
  isDone: boolean;
  /** Why it counts no more. */
  failure?: unknown;
}

/** A text under edit. What counts it too has a copy of its own. */
class HfText implements EngineText {
  readonly isForeign = true;
  slice?: number | undefined;
  readonly #text: WasmText;
  readonly #counters: (Counter | undefined)[] = [];

  constructor(text: WasmText, takesSlices: boolean) {
    this.#text = text;
    // Where each slice would count all that is there, or could fail at its end, all comes at once.
    if (!takesSlices) this.slice = 0xffff_ffff;
  }

  get tokens(): number {
    return this.#text.tokens;
  }

  get length(): number {
    return this.#text.length;
  }

  range(): Uint32Array {
    return new Uint32Array(3).fill(this.tokens);
  }

  replace(from: number, to: number, insert: string): Uint32Array {
    const change = this.#text.replace(from, to, insert);
    if (this.#counters.length > 0) this.#follow(Uint32Array.of(from, to, insert.length), unitsOf(insert));
    return change;
  }

  update(positions: Uint32Array, inserts: string): Uint32Array {
    const change = this.#text.update(positions, inserts);
    if (this.#counters.length > 0) this.#follow(positions, unitsOf(inserts));
    return change;
  }

  updateUnits(positions: Uint32Array, inserts: Uint16Array): Uint32Array {
    const change = this.#text.updateUnits(positions, inserts);
    this.#follow(positions, inserts);
    return change;
  }

  check(positions: Uint32Array): void {
    this.#text.check(positions);
  }

  countRange(from: number, to: number): number {
    return this.#text.countRange(from, to);
  }

  offsetOf(tokens: number): number {
    return this.#text.offsetOf(tokens);
  }

  spansIn(from: number, to: number): unknown[] {
    return this.#text.spansIn(from, to);
  }

  sliceUnits(from: number, to: number): Uint16Array {
    return this.#text.sliceUnits(from, to);
  }

  fit(limit: number, end: boolean, segment: Segment): Uint32Array {
    return this.#text.fit(limit, end, segment);
  }

  split(limit: number, segment: Segment): Uint32Array {
    return this.#text.split(limit, segment);
  }

  also(_encoding: Encoding, handle: Handle<Encoding>): number {
    const text = handle.make((encoding) => encoding.live());
    this.slice ??= text.use(({ slice }) => slice);
    return this.#counters.push({ text, isDone: false }) - 1;
  }

  catchUp(number: number, most: number): boolean {
    const counter = this.#counter(number);
    if (!counter) return true;
    const { length } = this;
    const [at, least] = counter.text.use((text) => [text.length, text.slice ?? 0] as const);
    const to = Math.min(length, at + Math.min(length, Math.max(most, least)));
    const units = this.sliceUnits(at, to);
    if (at < to) counter.text.use((text) => text.updateUnits(Uint32Array.of(at, at, to - at), units));
    counter.isDone = to === length;
    return counter.isDone;
  }

  tokensAlso(number: number): number | undefined {
    const counter = this.#counter(number);
    return counter?.isDone ? counter.text.use((text) => text.tokens) : undefined;
  }

  alsoNoMore(number: number): void {
    this.#counters[number]?.text.dispose();
    this.#counters[number] = undefined;
  }

  free(): void {
    for (const counter of this.#counters) counter?.text.dispose();
    this.#text.free();
  }

  #counter(number: number): Counter | undefined {
    const counter = this.#counters[number];
    if (counter?.failure) throw counter.failure;
    return counter;
  }

  /** Makes the edits in the other texts. They are made here: a text that cannot follow is given up alone. */
  #follow(positions: Uint32Array, inserts: Uint16Array): void {
    for (const counter of this.#counters) {
      if (!counter || counter.failure) continue;
      try {
        follow(counter, positions, inserts);
      } catch (error) {
        counter.failure = error;
        counter.text.dispose();
      }
    }
  }
}

/** Makes the edits in a counter's text; one that has only a beginning follows those that fall into it. */
function follow({ text, isDone }: Counter, positions: Uint32Array, inserts: Uint16Array): void {
  const end = isDone ? 0xffff_ffff : text.use((text) => text.length);
  let known = 0;
  let length = 0;
  while (known < positions.length && (positions[known] ?? 0) <= end) {
    length += positions[known + 2] ?? 0;
    known += 3;
  }
  const kept = positions.slice(0, known);
  for (let place = 1; place < known; place += 3) kept[place] = Math.min(kept[place] ?? 0, end);
  if (known > 0) text.use((text) => text.updateUnits(kept, inserts.subarray(0, length)));
}
