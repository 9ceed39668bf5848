/**
 * Loads the wasm engine, once, and owns the handles into it. No other module touches the generated glue.
 */

import { initSync, Encoding as WasmEncoding } from "../wasm/tokimeter.js";
import { type ErrorCode, TokimeterError } from "./errors.js";
import { read } from "./files.js";

/** A handle to an encoding in the engine. What it holds is given back when the handle is forgotten. */
export interface Encoding {
  readonly name: string;
  readonly vocabSize: number;
  count(text: string): number;
  encode(text: string): Uint32Array;
  encodeWithSpecials(text: string): Uint32Array;
  decode(ids: Uint32Array): string;
  decodeBytes(ids: Uint32Array): Uint8Array;
  /** Returns the ids and the UTF-16 ends. */
  spans(text: string): Uint32Array[];
}

const WASM_MAGIC = [0x00, 0x61, 0x73, 0x6d];

let started: Promise<void> | undefined;

/** Starts the engine. All callers share one start; one that failed is tried again by the next caller. */
export function start(): Promise<void> {
  started ??= startOnce().catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}

/** Reads a packed vocabulary into the engine, which has been started. */
export function createEncoding(file: Uint8Array): Encoding {
  return guard(() => new WasmEncoding(file));
}

/** Calls the engine; what it throws comes out as a `TokimeterError`. */
export function guard<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw isFailure(error) ? new TokimeterError(error.code, error.message) : error;
  }
}

/** The shape of the core's errors at the boundary. */
function isFailure(error: unknown): error is { code: ErrorCode; message: string } {
  return typeof error === "object" && error !== null && !(error instanceof Error) && "code" in error;
}

/**
 * Compiles from bytes, not from the response: so the server's MIME type does not matter, and bytes that are not
 * WebAssembly can be told apart from WebAssembly that the page forbids.
 */
async function startOnce(): Promise<void> {
  const url = new URL("../wasm/tokimeter_bg.wasm", import.meta.url);
  const bytes = await read(url, "the engine");
  if (WASM_MAGIC.some((byte, i) => bytes[i] !== byte)) {
    const begin = new TextDecoder().decode(bytes.subarray(0, 40)).trim();
    throw new TokimeterError(
      "invalid-wasm",
      `${url.href} is not WebAssembly: it begins with ${JSON.stringify(begin)}. ` +
        "A server that answers every path with its HTML page does that; serve the package's .wasm file there.",
    );
  }
  try {
    // The generated asynchronous start asks for `Request`, which costs Node 30 ms of loading its fetch.
    initSync({ module: await WebAssembly.compile(bytes) });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    if (/unsafe-eval|Content Security Policy|disallowed by embedder/i.test(why)) {
      throw new TokimeterError(
        "wasm-blocked",
        "the page's Content-Security-Policy does not allow WebAssembly: add 'wasm-unsafe-eval' to its script-src.",
        { cause },
      );
    }
    throw new TokimeterError("invalid-wasm", `${url.href} could not be compiled: ${why}`, { cause });
  }
}
