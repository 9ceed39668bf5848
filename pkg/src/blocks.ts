/**
 * Counts files: bytes that come in blocks, of any number and in bounded memory. The counts are those of the whole text, because the
 * blocks are cut at *borders*, where counts add up.
 *
 * @module
 */

import { Cutter, kindsOf, Sum } from "./borders.js";
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

/** Reads bytes that come in pieces of any size: of a file, a stream, a response. */
class BlockReader {
  readonly #take: (text: string) => void;
  /** What has come of the next block. */
  #held: Uint8Array[] = [];
  #filled = 0;
  #decoder: Decoder | undefined;
  bytes = 0;
  #codePoints = 0;

  constructor(take: (text: string) => void) {
    this.#take = take;
  }

  push(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + BLOCK - this.#filled);
      at += piece.length;
      this.#held.push(piece);
      this.#filled += piece.length;
      if (this.#filled === BLOCK) this.#flush();
    }
  }

  /** Gives away the rest; returns what the file is, but for its count. */
  end(): Omit<BlobCount, keyof TokenRange> {
    this.#flush();
    if (this.#decoder) this.#give(this.#decoder.end());
    const isInvalid = this.#decoder?.isInvalid ?? false;
    return { bytes: this.bytes, codePoints: this.#codePoints, isInvalid };
  }

  #flush(): void {
    const [first] = this.#held;
    if (first) this.#decode(this.#held.length === 1 ? first : joined(this.#held));
    this.#held = [];
    this.#filled = 0;
  }

  #decode(block: Uint8Array): void {
    if (this.#decoder) {
      this.#give(this.#decoder.decode(block));
      return;
    }
    this.#decoder = new Decoder(block);
    if (this.#decoder.isBinary(block)) {
      throw new TokimeterError("binary-file", "the file is binary: it has a NUL in its first 8 kB");
    }
    this.#give(this.#decoder.decode(block.subarray(this.#decoder.skip)));
  }

  #give(text: string): void {
    this.#codePoints += codePoints(text);
    this.#take(text);
  }
}

/** Counts bytes that come in pieces of any size: of a file, a stream, a response. The text is UTF-8, or UTF-16 with a byte order mark. */
export class BlockCounter {
  readonly #sum: Sum = new Sum();
  readonly #cutter: Cutter;
  readonly #reader: BlockReader;

  constructor(tokenizer: Tokenizer<string>) {
    this.#cutter = new Cutter(kindsOf(tokenizer), (part, sign) => this.#sum.add(tokenizer.range(part), sign));
    this.#reader = new BlockReader((text) => this.#cutter.push(text));
  }

  /** How many bytes have come. */
  get bytes(): number {
    return this.#reader.bytes;
  }

  /**
   * Takes the next bytes, which must stay as they are until the end.
   * @throws {TokimeterError} `binary-file` if there is a NUL in the first 8 kB; `cannot-count` if there are more than 128 MiB that cannot
   * be cut: one letter over and over, or any text with a tokenizer from a file of one's own.
   */
  push(bytes: Uint8Array): void {
    this.#reader.push(bytes);
  }

  /** Returns the count of all. */
  end(): BlobCount {
    const file = this.#reader.end();
    this.#cutter.end();
    return { ...this.#sum, ...file };
  }
}

/** Counts a file: `countBlob` of a `Tokenizer`, here and in a worker. */
export async function countBlob(
  tokenizer: Tokenizer<string>,
  blob: Blob,
  { signal, onProgress }: CountBlobOptions = {},
): Promise<BlobCount> {
  const counter = new BlockCounter(tokenizer);
  for await (const block of blocksOf(blob, signal)) {
    counter.push(block);
    onProgress?.(counter.bytes);
  }
  return counter.end();
}

/** What counts the parts of a file: a `Tokenizer`, or one in a worker. */
export interface PartCounter extends Pick<Tokenizer<string>, "basis" | "hasBorders"> {
  /** The special tokens and their ids. */
  readonly specials: Readonly<Record<string, number>>;
  /** Returns how many tokens a part is, with its range. */
  range(text: string): TokenRange | Promise<TokenRange>;
}

/** Parts that a counter has at hand: while it counts one, the next one is read. */
const AT_HAND = 2;

/**
 * Counts a file by several tokenizers of the same name side by side, each in a worker of its own: `connect` of `tokimeter/worker` makes
 * one. The file is read and cut here, in blocks of 1 MiB with turns between.
 * @throws {TokimeterError} those of `countBlob`, and of the tokenizers. @throws {RangeError} if there is no tokenizer.
 */
export async function countBlobBy(
  counters: readonly PartCounter[],
  blob: Blob,
  { signal, onProgress }: CountBlobOptions = {},
): Promise<BlobCount> {
  const lanes = counters.map((counter) => ({ counter, units: 0 }));
  const [first] = counters;
  if (!first) throw new RangeError("countBlobBy needs at least one tokenizer");
  const sum = new Sum();
  const asked = new Set<Promise<void>>();
  const ask = async (part: string, sign: 1 | -1): Promise<void> => {
    const lane = lanes.reduce((least, lane) => (lane.units < least.units ? lane : least));
    lane.units += part.length;
    sum.add(await lane.counter.range(part), sign);
    lane.units -= part.length;
  };
  const cutter = new Cutter(kindsOf(first), (part, sign) => {
    const answer = ask(part, sign).then(() => void asked.delete(answer));
    // Whoever waits hears of it.
    answer.catch(() => {});
    asked.add(answer);
  });
  const reader = new BlockReader((text) => cutter.push(text));
  for await (const block of blocksOf(blob, signal)) {
    reader.push(block);
    while (asked.size > AT_HAND * lanes.length) await Promise.race(asked);
    onProgress?.(reader.bytes);
  }
  const file = reader.end();
  cutter.end();
  await Promise.all(asked);
  mustGoOn(signal);
  return { ...sum, ...file };
}

/** Reads a file, with turns between its blocks. */
async function* blocksOf(blob: Blob, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += BLOCK) {
    if (at > 0) await nextTask();
    mustGoOn(signal);
    yield await read(blob, at);
  }
  mustGoOn(signal);
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
