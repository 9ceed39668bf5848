/**
 * Loads the wasm engine, once, and owns the handles into it. No other module touches the generated glue.
 */

import {
  __wbg_reset_state,
  Loader,
  initSync as startGlue,
  Encoding as WasmEncoding,
} from "../wasm/tokimeter.js";
import { addressOf } from "./address.js";
import { TokimeterError } from "./errors.js";
import { read } from "./files.js";
import { type Engine, type Freed, Handle } from "./handle.js";

/** Returns the code units at which the graphemes of a text begin. */
export type Segment = (text: string) => Uint32Array;

/** An encoding in an engine. What it holds is given back when it is forgotten. */
export interface Encoding {
  /** Whether it is not of this engine, and so cannot count along with a text that is. */
  readonly isForeign?: boolean;
  readonly vocabSize: number;
  count(text: string): number;
  /** Returns the count, and the least and the most that it may be. */
  range(text: string): Uint32Array;
  /** With `specials`, the text of a special token becomes that token. */
  encode(text: string, specials: boolean): Uint32Array;
  decodeBytes(ids: Uint32Array): Uint8Array;
  /** Returns the texts of the special tokens, each behind a NUL, and their ids: {@link EngineSpecials}. */
  specials(): unknown[];
  /** Returns the ids and the UTF-16 ends. */
  spans(text: string): Uint32Array[];
  /** Returns where the part that fits begins and ends, its tokens, and 1 if it is not the whole. */
  fit(text: string, limit: number, end: boolean, segment: Segment): Uint32Array;
  live(): EngineText;
  free(): void;
}

/** A text under edit in an engine. What it holds is given back when it is forgotten. */
export interface EngineText {
  /** Whether it is not of this engine; such a text is counted in any other encoding too. */
  readonly isForeign?: boolean;
  /** Code units that it takes at a time, if not the usual number. */
  readonly slice?: number | undefined;
  readonly tokens: number;
  /** Returns the count, and the least and the most that it may be. */
  range(): Uint32Array;
  readonly length: number;
  /** Replaces by a well-formed string. Returns tokens, tokens added and removed, and the range that changed. */
  replace(from: number, to: number, insert: string): Uint32Array;
  /** Takes the two positions and the length of the text of each edit, and the texts, joined; returns as `replace`. */
  update(positions: Uint32Array, inserts: string): Uint32Array;
  updateUnits(positions: Uint32Array, inserts: Uint16Array): Uint32Array;
  check(positions: Uint32Array): void;
  countRange(from: number, to: number): number;
  /** Counts the text in another encoding too, whose handle comes with it; returns the number by which that is asked for. */
  also(encoding: Encoding, handle: Handle<Encoding>): number;
  /** Counts so many more code units in the encoding of that number; returns whether all is counted. */
  catchUp(number: number, most: number): boolean;
  tokensAlso(number: number): number | undefined;
  alsoNoMore(number: number): void;
  offsetOf(tokens: number): number;
  /** Returns ids and ends, where the first token begins, and its number: {@link EngineSpans}. */
  spansIn(from: number, to: number): unknown[];
  sliceUnits(from: number, to: number): Uint16Array;
  fit(limit: number, end: boolean, segment: Segment): Uint32Array;
  split(limit: number, segment: Segment): Uint32Array;
  free(): void;
}

/** What `specials` of the engine returns. */
export type EngineSpecials = [texts: string, ids: Uint32Array];

/** What `spansIn` of the engine returns. */
export type EngineSpans = [ids: Uint32Array, ends: Uint32Array, from: number, index: number];

/** Bytes of memory that are worth giving back. */
const MUCH = 1 << 26;
/** Code units of a text, or tokens, from which on there may be so many. */
export const LARGE: number = 1 << 20;
const WASM_MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** Starts the engine. All callers share one start; one that failed is tried again by the next caller. */
export const start: () => Promise<void> = shared(startOnce);

let compiled: WebAssembly.Module | undefined;
let brought: (() => Promise<Uint8Array<ArrayBuffer>>) | undefined;

/** Says who has the bytes of the engine, if they are not in its file. They are asked for when it is started. */
export function bring(bytes: () => Promise<Uint8Array<ArrayBuffer>>): void {
  brought = bytes;
}

/**
 * Starts the engine from its module, `tokimeter/tokimeter.wasm`, which the host has compiled: for hosts that do
 * not let it be compiled from bytes. Nothing happens if the engine has been started.
 */
export function initSync(module: WebAssembly.Module): void {
  if (compiled) return;
  // The generated asynchronous start asks for `Request`, which costs Node 30 ms of loading its fetch.
  startGlue({ module });
  compiled = module;
}

/** Returns a start that all callers share; one that failed is tried again by the next caller. */
export function shared(startOnce: () => Promise<void>): () => Promise<void> {
  let started: Promise<void> | undefined;
  return () => {
    started ??= startOnce().catch((error: unknown) => {
      started = undefined;
      throw error;
    });
    return started;
  };
}

const handles = new Set<WeakRef<Handle<Freed>>>();
const forgotten = new FinalizationRegistry<WeakRef<Handle<Freed>>>((handle) => {
  handles.delete(handle);
  freed();
});
const engine: Engine = {
  restart: __wbg_reset_state,
  instance: 0,
  isBroken: false,
  opened: (handle) => {
    const held = new WeakRef(handle);
    handles.add(held);
    forgotten.register(handle, held);
  },
  freed,
};

/** Has memory given back when the page is idle, if there is much: a wasm memory never shrinks, so the engine is started anew. */
export function freed(): void {
  const size = (): number => startGlue({ module: compiled as WebAssembly.Module }).memory.buffer.byteLength;
  if (compiled && size() > MUCH) void import("./memory.js").then(({ tidy }) => tidy(engine, handles, size));
}

/** Reads a packed vocabulary into the engine, which has been started; in steps, each of a few milliseconds. */
export function* createEncoding(
  file: Uint8Array,
  base?: Uint8Array,
  line?: number,
): Generator<undefined, Handle<Encoding>> {
  const steps = (): Generator<undefined, Encoding> => reading(file, base, line);
  return new Handle(engine, yield* steps(), steps);
}

function* reading(file: Uint8Array, base?: Uint8Array, line?: number): Generator<undefined, Encoding> {
  const root = new Handle(engine, {});
  if (line !== undefined) return root.use(() => WasmEncoding.claude(file, line));
  const loader = root.make(() => new Loader(file, base));
  try {
    do yield;
    while (!loader.use((loader) => loader.step()));
    return loader.use((loader) => loader.finish());
  } finally {
    // It is used up, or nobody waits for it any more.
    loader.instance = -1;
  }
}

/** Starts the engine and returns an estimate of an encoding by its name; of any other name, of one that nobody has. */
export async function createEstimate(name: string): Promise<Handle<Encoding>> {
  await start();
  const steps = function* (): Generator<undefined, Encoding> {
    yield;
    return WasmEncoding.estimate(name);
  };
  return new Handle(engine, undefined, steps);
}

/**
 * Returns a number that may cross into the engine, which would take -1, 0.5 or NaN for another.
 * @throws {RangeError} if it is not an integer from 0 to `most`.
 */
export function position(value: number, most = 0xffff_ffff, what = "a position"): number {
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  const limit = most === 0xffff_ffff ? `${most}` : `the length ${most}`;
  throw new RangeError(`${what} is an integer from 0 to ${limit}, not ${String(value)}`);
}

/**
 * Returns a string that may cross into the engine.
 * @throws {TypeError} if it is none.
 */
export function string(text: string): string {
  if (typeof text === "string") {
    if (text.length > LARGE) setTimeout(freed);
    return text;
  }
  throw new TypeError(`the text must be a string, not ${text === null ? "null" : typeof text}`);
}

/** Returns the code units of a string, which cross into the engine where it is not well-formed. */
export function unitsOf(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

/**
 * Compiles from bytes, not from the response: so the server's MIME type does not matter, and bytes that are not
 * WebAssembly can be told apart from WebAssembly that the page forbids.
 */
export async function compile(url: URL, what: string): Promise<WebAssembly.Module> {
  return compileBytes(await read(url, what), url.href);
}

async function compileBytes(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<WebAssembly.Module> {
  if (WASM_MAGIC.some((byte, i) => bytes[i] !== byte)) {
    const begin = new TextDecoder().decode(bytes.subarray(0, 40)).trim();
    throw new TokimeterError(
      "invalid-wasm",
      `${name} is not WebAssembly: it begins with ${JSON.stringify(begin)}. ` +
        "A server that answers every path with its HTML page does that; serve the package's .wasm file there.",
    );
  }
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    if (/unsafe-eval|Content Security Policy|CSP|disallowed by embedder/i.test(why)) {
      throw new TokimeterError(
        "wasm-blocked",
        globalThis.document
          ? "the page's Content-Security-Policy does not allow WebAssembly: add 'wasm-unsafe-eval' to its script-src, " +
              "or count in a worker, whose policy is its own: tokimeter/worker."
          : "the Content-Security-Policy that the worker's file is served with does not allow WebAssembly: " +
              "add 'wasm-unsafe-eval' to its script-src, or serve the file without a policy.",
        { cause },
      );
    }
    throw new TokimeterError("invalid-wasm", `${name} could not be compiled: ${why}`, { cause });
  }
}

async function startOnce(): Promise<void> {
  if (compiled) return;
  if (brought) return initSync(await compileBytes(await brought(), "tokimeter/inline"));
  const url = addressOf(
    "wasm/tokimeter_bg.wasm",
    () => new URL("../wasm/tokimeter_bg.wasm", import.meta.url),
  );
  initSync(await compile(url, "the engine"));
}
