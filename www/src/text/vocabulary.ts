/**
 * The vocabularies that the site counts with. Each is loaded when it is first wanted, stays, and is a signal of its state. Until it is
 * here, and where it failed, an estimate of it counts, which needs the engine only.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type ErrorCode, estimate, type Tokenizer, TokimeterError } from "tokimeter";
import { identityOf, loadVocabulary, type VocabularyName } from "./vocabulary-files.ts";

export interface Vocabulary {
  readonly encoding: VocabularyName;
  readonly kind: "loading" | "ready" | "failed";
  /** What counts: the vocabulary itself if it is ready, else an estimate, when that is here. */
  readonly tokenizer?: Tokenizer<string>;
  /** How much of a file is read, of 1. */
  readonly progress?: number;
  /** Why it failed. */
  readonly failure?: Failure;
}

/** What a reader can do about a failure differs by these. */
export type FailureKind = "fetch" | "blocked" | "damaged" | "file" | "other";

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
  "invalid-tokenizer": "file",
  "unsupported-tokenizer": "file",
  "unknown-pattern": "file",
  "limit-exceeded": "file",
};

const known: Map<VocabularyName, Signal<Vocabulary>> = new Map();
/** Changes when one more is asked for. */
const asked = signal(0);

/** Returns the state of a vocabulary, and begins to load it. */
export function vocabulary(encoding: VocabularyName): ReadonlySignal<Vocabulary> {
  const existing = known.get(encoding);
  if (existing) return existing;
  const state = signal<Vocabulary>({ encoding, kind: "loading" });
  known.set(encoding, state);
  asked.value++;
  void load(state);
  return state;
}

/** Returns the state of a vocabulary that somebody has asked for; of another `undefined`, and does not load it. */
export function askedVocabulary(encoding: VocabularyName): Vocabulary | undefined {
  void asked.value;
  return known.get(encoding)?.value;
}

/** Loads a vocabulary anew: after a failure, or when its file was replaced. */
export function reload(encoding: VocabularyName): void {
  const state = known.get(encoding);
  if (state) void load(state);
}

/** Takes back a vocabulary that failed while it counted. */
export function reject(encoding: VocabularyName, error: unknown): void {
  const state = known.get(encoding);
  if (state) state.value = { encoding, kind: "failed", failure: failureOf(error) };
}

/** Waits for the vocabulary itself; rejects when it fails. */
export function whenReady(encoding: VocabularyName): Promise<Tokenizer<string>> {
  const state = vocabulary(encoding);
  return new Promise((resolve, reject) => {
    const stop = state.subscribe(({ kind, tokenizer, failure }) => {
      if (kind === "loading") return;
      queueMicrotask(() => stop());
      if (kind === "ready" && tokenizer) resolve(tokenizer);
      else reject(new Error(failure?.message ?? encoding));
    });
  });
}

async function load(state: Signal<Vocabulary>): Promise<void> {
  const { encoding } = state.peek();
  const loading: Vocabulary = { encoding, kind: "loading" };
  state.value = loading;
  const identity = identityOf(encoding);
  /** Whether no other file has taken this one's place. */
  const isNewest = (): boolean => identityOf(encoding) === identity;
  const exact = loadVocabulary(encoding, (progress) => {
    const now = state.peek();
    if (now.kind === "loading" && isNewest()) state.value = { ...now, progress };
  });
  estimate(encoding).then(
    (tokenizer) => {
      const now = state.peek();
      if (now.kind !== "ready" && now.tokenizer === undefined) state.value = { ...now, tokenizer };
    },
    // The engine itself failed, and so will the vocabulary.
    () => {},
  );
  try {
    const tokenizer = await exact;
    if (isNewest()) state.value = { encoding, kind: "ready", tokenizer };
  } catch (error) {
    if (!isNewest()) return;
    const { tokenizer } = state.peek();
    state.value = { encoding, kind: "failed", failure: failureOf(error), ...(tokenizer && { tokenizer }) };
  }
}

export function failureOf(error: unknown): Failure {
  const kind = error instanceof TokimeterError ? KINDS[error.code] : undefined;
  return { kind: kind ?? "other", message: error instanceof Error ? error.message : String(error) };
}
