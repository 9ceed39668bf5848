/**
 * The text of bytes that come in blocks: UTF-8, or UTF-16 with a byte order mark, in strings that end between characters. What is no
 * text of its encoding becomes U+FFFD, as `TextDecoder` has it, and is said.
 */

/** In so many bytes a NUL is looked for, which makes a file binary. */
const HEAD = 8192;

type Form = "utf-8" | "utf-16le" | "utf-16be";

/** Makes text of bytes that come in blocks. */
export class Decoder {
  readonly #form: Form;
  /** The bytes of the byte order mark. */
  readonly skip: number;
  /** The beginning of a character whose end has not come yet. */
  #rest: Uint8Array = new Uint8Array();
  /** Whether something was no text of its encoding. */
  isInvalid = false;

  constructor(head: Uint8Array) {
    const starts = (...mark: number[]): boolean => mark.every((byte, at) => head[at] === byte);
    this.#form = starts(0xff, 0xfe) ? "utf-16le" : starts(0xfe, 0xff) ? "utf-16be" : "utf-8";
    this.skip = this.#form !== "utf-8" ? 2 : starts(0xef, 0xbb, 0xbf) ? 3 : 0;
  }

  /** Returns whether a block that begins the file says that it is binary. */
  isBinary(block: Uint8Array): boolean {
    const head = block.subarray(0, HEAD);
    if (this.#form === "utf-8") return head.includes(0);
    for (let at = 0; at + 1 < head.length; at += 2) if (head[at] === 0 && head[at + 1] === 0) return true;
    return false;
  }

  /** Returns the text of the next block, but for a character whose end has not come. */
  decode(block: Uint8Array): string {
    const bytes = this.#rest.length === 0 ? block : joined([this.#rest, block]);
    const end = this.#form === "utf-8" ? wholeUtf8(bytes) : wholeUtf16(bytes, this.#form);
    this.#rest = bytes.slice(end);
    return this.#textOf(bytes.subarray(0, end));
  }

  /** Returns what is left: a character that is cut off counts as one that is wrong. */
  end(): string {
    return this.#rest.length === 0 ? "" : this.#textOf(this.#rest);
  }

  #textOf(bytes: Uint8Array): string {
    try {
      return new TextDecoder(this.#form, { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      this.isInvalid = true;
      return new TextDecoder(this.#form, { ignoreBOM: true }).decode(bytes);
    }
  }
}

/** Returns bytes in one piece. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Returns where the last character ends that is whole, or is wrong whatever comes. */
function wholeUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return back < length ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** The same for code units: the first half of a pair waits for the other one. */
function wholeUtf16(bytes: Uint8Array, form: Form): number {
  const even = bytes.length & ~1;
  const high = bytes[form === "utf-16le" ? even - 1 : even - 2] ?? 0;
  return (high & 0xfc) === 0xd8 ? even - 2 : even;
}
