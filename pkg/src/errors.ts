/**
 * The one error class of the package. Its `code` is stable; its message says what to do next.
 */

/** What went wrong, for programs. */
export type ErrorCode =
  /** No encoding of that name, and no model whose encoding is known; the message says what may have been meant. */
  | "unknown-encoding"
  /** The package has no file of that encoding, because of its licence; the message says how to load it. */
  | "not-shipped"
  /** The engine (`.wasm`) or a vocabulary could not be fetched. The next `load` tries again. */
  | "fetch-failed"
  /** The caller's `AbortSignal` was aborted. */
  | "aborted"
  /** What came back for the engine is not WebAssembly, often an HTML page. */
  | "invalid-wasm"
  /** The page's Content-Security-Policy does not allow WebAssembly. */
  | "wasm-blocked"
  /** The object was disposed. */
  | "disposed"
  /** A `LiveText` cannot be edited while a `replaceAsync` on it is under way. */
  | "busy"
  /** Of this encoding only counts are known, not ids: its vocabulary is not public, or it is only estimated. */
  | "counts-only"
  /** A token id is not in the vocabulary. */
  | "unknown-token"
  /** What was read as a vocabulary is none. */
  | "not-a-vocabulary"
  /** The vocabulary is of another version of the package. */
  | "unsupported-version"
  /** The vocabulary ends before its end. */
  | "truncated-vocabulary"
  /** The vocabulary is not what it was when it was packed. */
  | "checksum-mismatch"
  /** The vocabulary contradicts itself. */
  | "invalid-vocabulary"
  /** The pattern by which a vocabulary or a rank file splits is none that the engine knows. */
  | "unknown-pattern"
  /** The file that `loadJson` was given is not a well-formed one; the message says where and why. */
  | "invalid-tokenizer"
  /** A part of that file is of no shape that can be counted exactly; the message names it. */
  | "unsupported-tokenizer"
  /** That file passes a limit; the message has both numbers. */
  | "limit-exceeded"
  /** The tokenizer of that file cannot count this text exactly, or not in time; the message says why. */
  | "cannot-count"
  /** The file that is to be counted is binary: it has a NUL in its first 8 kB. */
  | "binary-file"
  /** The file that is to be counted is not there any more. */
  | "file-not-found"
  /** The file that is to be counted cannot be read: it has changed since it was chosen, or may not be read. */
  | "file-unreadable"
  /**
   * The engine failed in the middle of the call, for want of memory or of stack most likely, and was started anew. Tokenizers go
   * on; texts under edit that it held are lost, and say so with this code: make them again.
   */
  | "trap"
  /** The worker could not be started, or died again and again. The next call tries again. */
  | "worker-failed";

/** An error of this package. */
export class TokimeterError extends Error {
  /** `"TokimeterError"`. */
  override readonly name: string = "TokimeterError";
  /** What went wrong. */
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** @internal Whether the engine stopped in the middle of something. */
export function isTrap(error: unknown): boolean {
  return error instanceof TokimeterError && error.code === "trap";
}
