/**
 * What is read, as text: UTF-8, or UTF-16 with a byte order mark, in blocks that end between characters. So a file of any
 * size is text without being in memory as a whole.
 */

import { isUtf8 } from "node:buffer";

/** Bytes that are read at a time. What is decoded of them ends where the last whole character does. */
export const BLOCK: number = 1 << 20;

/** In so many bytes a NUL is looked for, which makes a file binary. */
const HEAD = 8192;

/** A file is binary. */
export class Binary extends Error {}

/** A text that is being read. */
export interface Reading {
  /** Bytes that have been read. */
  bytes: number;
  /** Whether something was no text of its encoding, and is U+FFFD now. */
  invalid: boolean;
}

/**
 * Decodes what comes from somewhere.
 * @throws {Binary}
 */
export async function* texts(
  source: AsyncIterable<Uint8Array>,
  reading: Reading,
): AsyncGenerator<string, void> {
  let decoder: Decoder | undefined;
  for await (const block of blocks(source)) {
    reading.bytes += block.length;
    if (decoder === undefined) {
      decoder = new Decoder(block);
      if (decoder.isBinary(block)) throw new Binary();
      yield decoder.decode(block.subarray(decoder.skip), reading);
    } else yield decoder.decode(block, reading);
  }
  if (decoder) yield decoder.end(reading);
}

/** Returns the bytes in blocks of one size; the last one has what is left. */
async function* blocks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let block = Buffer.allocUnsafe(BLOCK);
  let filled = 0;
  for await (let chunk of source) {
    while (chunk.length > 0) {
      const part = chunk.subarray(0, BLOCK - filled);
      block.set(part, filled);
      filled += part.length;
      chunk = chunk.subarray(part.length);
      if (filled === BLOCK) {
        yield block;
        block = Buffer.allocUnsafe(BLOCK);
        filled = 0;
      }
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}

type Form = "utf-8" | "utf-16le" | "utf-16be";

/** Makes text of bytes that come in blocks. */
export class Decoder {
  readonly #form: Form;
  /** The bytes of the byte order mark. */
  readonly skip: number;
  /** The beginning of a character whose end has not come yet. */
  #rest: Buffer = Buffer.alloc(0);

  constructor(head: Buffer) {
    const starts = (...mark: number[]): boolean => mark.every((byte, at) => head[at] === byte);
    this.#form = starts(0xff, 0xfe) ? "utf-16le" : starts(0xfe, 0xff) ? "utf-16be" : "utf-8";
    this.skip = this.#form !== "utf-8" ? 2 : starts(0xef, 0xbb, 0xbf) ? 3 : 0;
  }

  /** Returns whether a block that begins the file says that it is binary. */
  isBinary(block: Buffer): boolean {
    const head = block.subarray(0, HEAD);
    if (this.#form === "utf-8") return head.includes(0);
    for (let at = 0; at + 1 < head.length; at += 2) if (head[at] === 0 && head[at + 1] === 0) return true;
    return false;
  }

  /** Returns the text of the next block, but for a character whose end has not come. */
  decode(block: Buffer, reading: Reading): string {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, block]) : block;
    const end = this.#form === "utf-8" ? wholeUtf8(bytes) : wholeUtf16(bytes, this.#form);
    this.#rest = Buffer.from(bytes.subarray(end));
    return textOf(bytes.subarray(0, end), this.#form, reading);
  }

  /** Returns what is left: a character that is cut off counts as one that is wrong. */
  end(reading: Reading): string {
    if (this.#rest.length === 0) return "";
    if (this.#form === "utf-8") return textOf(this.#rest, this.#form, reading);
    reading.invalid = true;
    return "\ufffd";
  }
}

function textOf(bytes: Buffer, form: Form, reading: Reading): string {
  if (form === "utf-8") {
    // As `TextDecoder` does, Node puts one U+FFFD for the most bytes that may begin a character.
    reading.invalid ||= !isUtf8(bytes);
    return bytes.toString("utf8");
  }
  const text = (form === "utf-16le" ? bytes : Buffer.from(bytes).swap16()).toString("utf16le");
  reading.invalid ||= !text.isWellFormed();
  return text.toWellFormed();
}

/** Returns where the last character ends that is whole, or is wrong whatever comes. */
function wholeUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return back < length ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** The same for code units: the first half of a pair waits for the other one. */
function wholeUtf16(bytes: Buffer, form: Form): number {
  const even = bytes.length & ~1;
  const high = bytes[form === "utf-16le" ? even - 1 : even - 2] ?? 0;
  return (high & 0xfc) === 0xd8 ? even - 2 : even;
}
