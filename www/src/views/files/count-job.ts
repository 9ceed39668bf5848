/**
 * Counts files in the workers, so many at a time that none waits for the page. What is counted stays when the job is stopped; what fails
 * costs its own file only.
 */
import { TokimeterError } from "tokimeter";
import { countBlobBy } from "tokimeter/blocks";
import type { RemoteTokenizer } from "tokimeter/worker";
import type { VocabularyName } from "../../text/vocabulary-files.ts";
import { type Pool, WORKERS } from "./pool.ts";
import type { Entry, FailReason, Outcome } from "./tree.ts";

/** Files that a worker has at hand: while it counts one, the next ones are read. */
const AT_HAND = 6;

/** Bytes from which on a file is told to be under way. */
const LARGE = 1_000_000;
/** Bytes from which on all workers count one file. */
const SHARED = 16_000_000;

const REASONS: Readonly<Record<string, FailReason>> = {
  "file-not-found": "not-found",
  "file-unreadable": "unreadable",
  "cannot-count": "too-long",
};

interface Listener {
  /** What became of a file. */
  settled(entry: Entry, outcome: Outcome): void;
  /** Nothing can be counted: the vocabulary did not load. */
  failed(error: unknown): void;
  /** All files are done. */
  done(): void;
}

export class CountJob {
  readonly #pool: Pool;
  readonly #encoding: VocabularyName;
  readonly #listener: Listener;
  readonly #queue: Iterator<Entry>;
  readonly #stop: AbortController = new AbortController();
  /** How much of a file is counted, of 1, and how many bytes that is. */
  readonly #underWay: Map<Entry, { readonly part: number; readonly bytes: number }> = new Map();

  constructor(pool: Pool, encoding: VocabularyName, entries: Iterable<Entry>, listener: Listener) {
    this.#pool = pool;
    this.#encoding = encoding;
    this.#listener = listener;
    this.#queue = entries[Symbol.iterator]();
    void this.#run();
  }

  /** What is counted of files that are not done. */
  get underWay(): { readonly files: number; readonly bytes: number } {
    const sum = { files: 0, bytes: 0 };
    for (const { part, bytes } of this.#underWay.values()) {
      sum.files += part;
      sum.bytes += bytes;
    }
    return sum;
  }

  /** Gives up what is not done. */
  stop(): void {
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    const lanes = Array.from({ length: WORKERS * AT_HAND }, (_, lane) => this.#lane(lane));
    try {
      await Promise.all(lanes);
      if (!this.#stop.signal.aborted) this.#listener.done();
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.#stop.abort();
      this.#listener.failed(error);
    }
  }

  async #lane(lane: number): Promise<void> {
    const { signal } = this.#stop;
    for (let next = this.#queue.next(); !next.done; next = this.#queue.next()) {
      const tokenizer = await this.#pool.tokenizer(lane, this.#encoding);
      if (signal.aborted) return;
      const outcome = await this.#outcomeOf(next.value, tokenizer);
      if (signal.aborted) return;
      this.#listener.settled(next.value, outcome);
    }
  }

  async #outcomeOf(entry: Entry, tokenizer: RemoteTokenizer): Promise<Outcome> {
    const { signal } = this.#stop;
    try {
      const file = await opened(entry);
      const onProgress = (bytes: number): void => {
        // Of a small file its end is all there is to hear.
        if (bytes >= LARGE) this.#underWay.set(entry, { part: Math.min(1, bytes / file.size), bytes });
      };
      const options = { signal, onProgress };
      const isShared = file.size >= SHARED && WORKERS > 1;
      const count = isShared
        ? await countBlobBy(await this.#pool.tokenizers(this.#encoding), file, options)
        : await tokenizer.countBlob(file, options);
      return { kind: "counted", count };
    } catch (error) {
      const code = error instanceof TokimeterError ? error.code : "";
      if (code === "binary-file") return { kind: "binary" };
      const message = error instanceof Error ? error.message : String(error);
      return { kind: "failed", why: REASONS[code] ?? "other", message };
    } finally {
      this.#underWay.delete(entry);
    }
  }
}

async function opened({ given }: Entry): Promise<File> {
  try {
    return await given.open();
  } catch (cause) {
    const { name, message } = cause as Error;
    throw new TokimeterError(name === "NotFoundError" ? "file-not-found" : "file-unreadable", message);
  }
}
