/**
 * Reads the files that stand beside the package: over the network in a page, from the disk in Node.
 */

import { TokimeterError } from "./errors.js";

/** The part of Node's `fs` that is used; Node hands it out without an import that bundlers would trip over. */
interface NodeProcess {
  getBuiltinModule?(name: "node:fs/promises"): { readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> };
}

/** Returns the bytes of a file of the package. */
export async function read(url: URL, what: string): Promise<Uint8Array<ArrayBuffer>> {
  const { process } = globalThis as { process?: NodeProcess };
  const disk = url.protocol === "file:" ? process?.getBuiltinModule?.("node:fs/promises") : undefined;
  try {
    if (disk) return await disk.readFile(url);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TokimeterError(
      "fetch-failed",
      `${what} could not be fetched from ${url.href}: ${why}. Is the file served there? Calling load again tries again.`,
      { cause },
    );
  }
}
