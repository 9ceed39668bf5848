/**
 * Reads the files that stand beside the package: over the network in a page, from the disk in Node, or as the host says.
 */

import { TokimeterError } from "./errors.js";

/** The part of Node's `fs` that is used; Node hands it out without an import that bundlers would trip over. */
interface NodeProcess {
  getBuiltinModule?(name: "node:fs/promises"): { readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> };
}

/** What the host does for the package. */
export interface Host {
  /**
   * Reads a file: of the package, its address as if the modules stood where `import.meta.url` says, or one
   * whose address `load` was given. What it throws comes out as `fetch-failed`.
   */
  readonly read?: (url: URL) => PromiseLike<Uint8Array>;
}

let host: Host = {};

/**
 * Says what the host does for the package from now on; what is left out it does itself. For hosts where neither
 * `fetch` nor the disk reaches its files, such as an editor's extensions.
 */
export function configure(options: Host): void {
  host = options;
}

/** Returns the bytes of a file of the package. */
export async function read(url: URL, what: string): Promise<Uint8Array<ArrayBuffer>> {
  const { process } = globalThis as { process?: NodeProcess };
  const disk = url.protocol === "file:" ? process?.getBuiltinModule?.("node:fs/promises") : undefined;
  try {
    if (host.read) return new Uint8Array(await host.read(url));
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
