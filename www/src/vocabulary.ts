/**
 * The vocabulary that the page counts with: loading, ready or failed. Only the encoding that is wanted loads; one
 * that is here already is ready at once. What arrives after the reader chose another model is kept, not shown.
 */
import { type ErrorCode, type Tokenizer, TokimeterError } from "tokimeter";
import { loadVocabulary, type VocabularyName } from "./files.ts";

export type Vocabulary =
  | { readonly kind: "loading"; readonly encoding: VocabularyName }
  | { readonly kind: "ready"; readonly encoding: VocabularyName; readonly tokenizer: Tokenizer<string> }
  | { readonly kind: "failed"; readonly encoding: VocabularyName; readonly failure: Failure };

/** What a reader can do about a failure differs by these. */
export type FailureKind = "fetch" | "blocked" | "damaged" | "other";

export interface Failure {
  readonly kind: FailureKind;
  /** The error's own words, in English. */
  readonly message: string;
}

const KINDS: Readonly<Partial<Record<ErrorCode, FailureKind>>> = {
  "fetch-failed": "fetch",
  "wasm-blocked": "blocked",
  "invalid-wasm": "damaged",
  "not-a-vocabulary": "damaged",
  "unsupported-version": "damaged",
  "truncated-vocabulary": "damaged",
  "checksum-mismatch": "damaged",
  "invalid-vocabulary": "damaged",
};

export class VocabularyLoader {
  readonly #ready: Map<VocabularyName, Tokenizer<string>> = new Map();
  readonly #changed: (vocabulary: Vocabulary) => void;
  #wanted: VocabularyName | undefined;
  #attempt = 0;

  /** `changed` hears of every new state, of the first one within the call of {@link want}. */
  constructor(changed: (vocabulary: Vocabulary) => void) {
    this.#changed = changed;
  }

  /** Makes `encoding` the one to count with; does nothing if it is already. */
  want(encoding: VocabularyName): void {
    if (encoding === this.#wanted) return;
    this.#wanted = encoding;
    void this.#load(encoding);
  }

  /** Forgets a vocabulary that has been replaced. */
  forget(encoding: VocabularyName): void {
    this.#ready.delete(encoding);
    if (encoding === this.#wanted) this.#wanted = undefined;
  }

  /** Loads the wanted encoding again after a failure. */
  retry(): void {
    if (this.#wanted !== undefined) void this.#load(this.#wanted);
  }

  /** Takes back a tokenizer that failed while it counted; {@link retry} loads it anew. */
  reject(encoding: VocabularyName, error: unknown): void {
    this.#ready.delete(encoding);
    if (encoding === this.#wanted) this.#changed({ kind: "failed", encoding, failure: failureOf(error) });
  }

  async #load(encoding: VocabularyName): Promise<void> {
    const attempt = ++this.#attempt;
    const tokenizer = this.#ready.get(encoding);
    if (tokenizer !== undefined) {
      this.#changed({ kind: "ready", encoding, tokenizer });
      return;
    }
    this.#changed({ kind: "loading", encoding });
    try {
      const loaded = await loadVocabulary(encoding);
      this.#ready.set(encoding, loaded);
      if (attempt === this.#attempt) this.#changed({ kind: "ready", encoding, tokenizer: loaded });
    } catch (error) {
      if (attempt === this.#attempt) {
        this.#changed({ kind: "failed", encoding, failure: failureOf(error) });
      }
    }
  }
}

export function failureOf(error: unknown): Failure {
  const kind = error instanceof TokimeterError ? KINDS[error.code] : undefined;
  return { kind: kind ?? "other", message: error instanceof Error ? error.message : String(error) };
}
