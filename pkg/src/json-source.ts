/** Where tokenizer files come from: what is said of each kind of source, here as in a worker. */

import { TokimeterError } from "./errors.js";
import { read } from "./files.js";

/** Where a tokenizer file comes from: its bytes, its address, a response to a request, or a file that was dropped. */
export type JsonSource = Uint8Array | ArrayBuffer | URL | Response | Blob;

/** The most bytes that a file may have. */
const MAX_FILE = 64 * 1024 * 1024;

/** Returns the bytes of a source. */
export async function bytesOf(source: JsonSource, name: string): Promise<Uint8Array<ArrayBuffer>> {
  if (source instanceof Uint8Array) return source as Uint8Array<ArrayBuffer>;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (source instanceof URL) return read(source, name);
  if (source instanceof Response || source instanceof Blob) {
    if (source instanceof Blob) mustNotBeLarge(name, source.size);
    if (source instanceof Response && !source.ok) {
      throw new TokimeterError(
        "fetch-failed",
        `${name} could not be fetched: the server answered ${source.status} ${source.statusText}`.trim(),
      );
    }
    try {
      return new Uint8Array(await source.arrayBuffer());
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new TokimeterError("fetch-failed", `${name} could not be read: ${why}`, { cause });
    }
  }
  throw new TypeError(
    "a tokenizer file is given as bytes, a URL, a Response or a Blob; use fetch for a string",
  );
}

/** @throws {TokimeterError} `limit-exceeded`. */
export function mustNotBeLarge(name: string, length: number): void {
  if (length <= MAX_FILE) return;
  throw new TokimeterError(
    "limit-exceeded",
    `${name} has ${length} bytes where the limit is ${MAX_FILE}; a tokenizer's file is smaller`,
  );
}

/** Returns the name of a file, or what such files are called. */
export function nameOf(source: JsonSource): string {
  const address = source instanceof URL ? source.href : source instanceof Response ? source.url : "";
  const isFile = typeof File !== "undefined" && source instanceof File;
  // What holds its bytes itself, or stands for a blob, has no name.
  const name = isFile ? source.name : /^(data|blob):/.test(address) ? "" : address.replace(/[?#].*$/, "");
  return name.slice(name.lastIndexOf("/") + 1) || "tokenizer.json";
}
