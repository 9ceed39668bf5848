/**
 * Reads the files that stand beside the package: over the network in a page, from the disk in Node, or as the host says.
 */

import { NOWHERE } from "./address.js";
import { TokimeterError } from "./errors.js";

/** The part of Node's `fs` that is used; Node hands it out without an import that bundlers would trip over. */
interface NodeProcess {
  getBuiltinModule?(name: "node:fs/promises"): { readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> };
}

/** What the host does for the package. */
export interface Host {
  /**
   * Reads a file: of the package, its address as if the modules stood where `import.meta.url` says, or one
   * whose address `load` was given. Where modules have no address (in a classic script, in Cloudflare's Workers), it is
   * `tokimeter:/vocab/o200k_base.vocab`, and so on. What it throws comes out as `fetch-failed`.
   */
  readonly read?: (url: URL) => PromiseLike<Uint8Array | ArrayBuffer>;
}

let host: Host = {};

/**
 * Says what the host does for the package from now on; what is left out it does itself. For hosts where neither
 * `fetch` nor the disk reaches its files, such as an editor's extensions, and for bundles that hold them.
 */
export function configure(options: Host): void {
  host = options;
}

/** Returns the bytes of a text in base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
}

/** Returns the bytes of a file of the package. */
export async function read(url: URL, what: string): Promise<Uint8Array<ArrayBuffer>> {
  const { process } = globalThis as { process?: NodeProcess };
  const disk = url.protocol === "file:" ? process?.getBuiltinModule?.("node:fs/promises") : undefined;
  try {
    if (host.read) return new Uint8Array(await host.read(url));
    // Bundlers write small files so; a page's policy may forbid to fetch them.
    const [, inline] = /^data:[^,]*;base64,(.*)$/s.exec(url.href) ?? [];
    if (inline !== undefined) return fromBase64(decodeURIComponent(inline));
    if (disk) return await disk.readFile(url);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const next =
      url.protocol === NOWHERE
        ? "Modules have no address here: say how files are read, by configure({ read })."
        : "Is it served there? The next load tries again.";
    const message = `${what} could not be fetched from ${url.href}: ${why}. ${next}`;
    throw new TokimeterError("fetch-failed", message, { cause });
  }
}
