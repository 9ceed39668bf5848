/**
 * Loads the wasm engine, once, and owns the handles into it. No other module touches the generated glue.
 */

import { Loader, initSync as startGlue, Encoding as WasmEncoding } from "../wasm/tokimeter.js";
import { type ErrorCode, TokimeterError } from "./errors.js";
import { addressOf, read } from "./files.js";

/** Returns the code units at which the graphemes of a text begin. */
export type Segment = (text: string) => Uint32Array;

/** A handle to an encoding in the engine. What it holds is given back when the handle is forgotten. */
export interface Encoding {
  /** Whether it is not of this engine, and so cannot count along with a text that is. */
  readonly isForeign?: boolean;
  readonly name: string;
  readonly vocabSize: number;
  count(text: string): number;
  /** Returns the count, and the least and the most that it may be. */
  range(text: string): Uint32Array;
  encode(text: string): Uint32Array;
  encodeWithSpecials(text: string): Uint32Array;
  decodeBytes(ids: Uint32Array): Uint8Array;
  /** Returns the texts of the special tokens, each behind a NUL, and their ids: {@link EngineSpecials}. */
  specials(): unknown[];
  /** Returns the ids and the UTF-16 ends. */
  spans(text: string): Uint32Array[];
  /** Returns where the part that fits begins and ends, its tokens, and 1 if it is not the whole. */
  fit(text: string, limit: number, end: boolean, segment: Segment): Uint32Array;
  live(): EngineText;
}

/** A handle to a text under edit in the engine. What it holds is given back when the handle is forgotten. */
export interface EngineText {
  /** Whether it is not of this engine; such a text is counted in any other encoding too. */
  readonly isForeign?: boolean;
  /** Code units that it takes at a time, if not the usual number. */
  readonly slice?: number;
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
  /** Counts the text in another encoding too; returns the number by which that is asked for. */
  also(encoding: Encoding): number;
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

const WASM_MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** Starts the engine. All callers share one start; one that failed is tried again by the next caller. */
export const start: () => Promise<void> = shared(startOnce);

let isStarted = false;
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
  if (isStarted) return;
  // The generated asynchronous start asks for `Request`, which costs Node 30 ms of loading its fetch.
  startGlue({ module });
  isStarted = true;
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

/** Reads a packed vocabulary into the engine, which has been started; in steps, each of a few milliseconds. */
export function* createEncoding(
  file: Uint8Array,
  base?: Uint8Array,
  line?: number,
): Generator<undefined, Encoding> {
  if (line !== undefined) return guard(() => WasmEncoding.claude(file, line));
  const loader = guard(() => new Loader(file, base));
  do yield;
  while (!guard(() => loader.step()));
  return guard(() => loader.finish());
}

/** Starts the engine and returns an estimate of an encoding by its name; of any other name, of one that nobody has. */
export async function createEstimate(name: string): Promise<Encoding> {
  await start();
  return WasmEncoding.estimate(name);
}

/** The core's errors that JavaScript has an error for. */
const RANGE_ERRORS: readonly string[] = ["out-of-range", "unsorted-edits", "limit-too-small"];

/** Calls the engine; what it throws comes out as a `TokimeterError` or a `RangeError`. */
export function guard<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (!isFailure(error)) throw error;
    const [code, message] = error;
    if (RANGE_ERRORS.includes(code)) throw new RangeError(message);
    throw new TokimeterError(code as ErrorCode, message);
  }
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
  if (typeof text === "string") return text;
  throw new TypeError(`the text must be a string, not ${text === null ? "null" : typeof text}`);
}

/** The shape of the core's errors at the boundary. */
function isFailure(error: unknown): error is [code: string, message: string] {
  return Array.isArray(error);
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
    if (/unsafe-eval|Content Security Policy|disallowed by embedder/i.test(why)) {
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
  if (isStarted) return;
  if (brought) return initSync(await compileBytes(await brought(), "tokimeter/inline"));
  const url = addressOf(
    "wasm/tokimeter_bg.wasm",
    () => new URL("../wasm/tokimeter_bg.wasm", import.meta.url),
  );
  initSync(await compile(url, "the engine"));
}
