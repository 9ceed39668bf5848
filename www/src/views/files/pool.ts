/** Workers that count files, each with the vocabulary of now: files are read and counted there, and only numbers come back. */
import { connect, type Remote, type RemoteTokenizer } from "tokimeter/worker";
import { identityOf, loadVocabularyInto, type VocabularyName } from "../../text/vocabulary-files.ts";

/** One core is the page's own. */
export const WORKERS: number = Math.max(1, Math.min(navigator.hardwareConcurrency - 1, 4));

interface Worker {
  readonly remote: Remote;
  identity?: unknown;
  tokenizer?: Promise<RemoteTokenizer>;
}

export class Pool {
  readonly #workers: readonly Worker[] = Array.from({ length: WORKERS }, () => ({ remote: connect() }));

  /** Returns what counts by that vocabulary in the worker of that number. */
  tokenizer(index: number, encoding: VocabularyName): Promise<RemoteTokenizer> {
    const worker = this.#workers[index % WORKERS];
    const identity = identityOf(encoding);
    if (!worker) throw new RangeError(`there is no worker ${index}`);
    if (worker.tokenizer && worker.identity === identity) return worker.tokenizer;
    const former = worker.tokenizer;
    // One that failed to load has nothing to free.
    former?.then(
      (tokenizer) => tokenizer.dispose(),
      () => {},
    );
    const tokenizer = loadVocabularyInto(worker.remote, encoding);
    worker.identity = identity;
    worker.tokenizer = tokenizer;
    tokenizer.catch(() => {
      if (worker.tokenizer === tokenizer) delete worker.tokenizer;
    });
    return tokenizer;
  }

  /** Returns what counts by that vocabulary in all workers. */
  tokenizers(encoding: VocabularyName): Promise<RemoteTokenizer[]> {
    return Promise.all(this.#workers.map((_, index) => this.tokenizer(index, encoding)));
  }

  dispose(): void {
    for (const { remote } of this.#workers) remote.dispose();
  }
}
