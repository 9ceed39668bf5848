/**
 * Counts files: bytes that come in blocks, of any number and in bounded memory. The counts are those of the whole text, because the
 * blocks are cut at *borders*, where counts add up.
 *
 * @module
 */

import { kindsOf, Parts } from "./borders.js";
import { Decoder, joined } from "./decoder.js";
import { TokimeterError } from "./errors.js";
import type { TokenRange } from "./live.js";
import type { Tokenizer } from "./tokenizer.js";
import { nextTask } from "./turn.js";

/** Bytes that are read and counted at a time. */
export const BLOCK: number = 1 << 20;

/** What a file is. */
export interface BlobCount extends TokenRange {
  /** How long the file is. */
  readonly bytes: number;
  /** Code points of the text, without a byte order mark. */
  readonly codePoints: number;
  /** Whether something was no text of its encoding, and counts as U+FFFD. */
  readonly isInvalid: boolean;
}

/** How to count a file. */
export interface CountBlobOptions {
  /** Gives up when aborted. */
  readonly signal?: AbortSignal;
  /** Hears between blocks how many bytes are counted. */
  readonly onProgress?: (bytes: number) => void;
}

/** Counts bytes that come in pieces of any size: of a file, a stream, a response. The text is UTF-8, or UTF-16 with a byte order mark. */
export class BlockCounter {
  readonly #parts: Parts;
  /** What has come of the next block. */
  #held: Uint8Array[] = [];
  #filled = 0;
  #decoder: Decoder | undefined;
  #bytes = 0;
  #codePoints = 0;

  constructor(tokenizer: Tokenizer<string>) {
    this.#parts = new Parts(tokenizer, kindsOf(tokenizer));
  }

  /** How many bytes have come. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Takes the next bytes, which must stay as they are until the end.
   * @throws {TokimeterError} `binary-file` if there is a NUL in the first 8 kB; `cannot-count` if there are more than 128 MiB that cannot
   * be cut: one letter over and over, or any text with a tokenizer from a file of one's own.
   */
  push(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + BLOCK - this.#filled);
      at += piece.length;
      this.#held.push(piece);
      this.#filled += piece.length;
      if (this.#filled === BLOCK) this.#flush();
    }
  }

  /** Returns the count of all. */
  end(): BlobCount {
    this.#flush();
    if (this.#decoder) this.#count(this.#decoder.end());
    const { tokens, low, high } = this.#parts.end();
    const isInvalid = this.#decoder?.isInvalid ?? false;
    return { tokens, low, high, bytes: this.#bytes, codePoints: this.#codePoints, isInvalid };
  }

  #flush(): void {
    const [first] = this.#held;
    if (first) this.#take(this.#held.length === 1 ? first : joined(this.#held));
    this.#held = [];
    this.#filled = 0;
  }

  #take(block: Uint8Array): void {
    if (this.#decoder) {
      this.#count(this.#decoder.decode(block));
      return;
    }
    this.#decoder = new Decoder(block);
    if (this.#decoder.isBinary(block)) {
      throw new TokimeterError("binary-file", "the file is binary: it has a NUL in its first 8 kB");
    }
    this.#count(this.#decoder.decode(block.subarray(this.#decoder.skip)));
  }

  #count(text: string): void {
    this.#codePoints += codePoints(text);
    this.#parts.push(text);
  }
}

/** Counts a file: `countBlob` of a `Tokenizer`, here and in a worker. */
export async function countBlob(
  tokenizer: Tokenizer<string>,
  blob: Blob,
  { signal, onProgress }: CountBlobOptions = {},
): Promise<BlobCount> {
  const counter = new BlockCounter(tokenizer);
  for (let at = 0; at < blob.size; at += BLOCK) {
    mustGoOn(signal);
    counter.push(await read(blob, at));
    onProgress?.(counter.bytes);
    if (at + BLOCK < blob.size) await nextTask();
  }
  mustGoOn(signal);
  return counter.end();
}

function mustGoOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new TokimeterError("aborted", "counting the file was aborted", { cause: signal.reason });
}

/** What went wrong is told by the name only: one class of error is for all. */
async function read(blob: Blob, at: number): Promise<Uint8Array> {
  try {
    // Firefox reads what is there now, and only of a whole file all of it: the size tells that it is another.
    const part = blob.size > BLOCK ? blob.slice(at, at + BLOCK) : blob;
    const bytes = new Uint8Array(await part.arrayBuffer());
    if (bytes.length !== part.size) throw new Error(`${part.size} bytes became ${bytes.length}`);
    return bytes;
  } catch (cause) {
    const { name, message } = cause as Error;
    throw name === "NotFoundError"
      ? new TokimeterError("file-not-found", `the file is not there any more: ${message}`, { cause })
      : new TokimeterError(
          "file-unreadable",
          `the file cannot be read; it may have changed since it was chosen: ${message}`,
          { cause },
        );
  }
}

function codePoints(text: string): number {
  let pairs = 0;
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) pairs++;
  return text.length - pairs;
}
