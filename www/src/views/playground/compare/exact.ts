/** Loads the vocabularies that are not here yet: one, or all that a list needs, a few at a time. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { bytesToLoad } from "../../../text/download.ts";
import { askedVocabulary, reload, vocabulary } from "../../../text/vocabulary.ts";
import type { VocabularyName } from "../../../text/vocabulary-files.ts";

/** How many are on their way at once: more would only wait for each other. */
const LANES = 3;

export interface Loading {
  readonly done: number;
  readonly total: number;
}

const state: Signal<Loading | undefined> = signal(undefined);

/** How far the loading of a list is, in bytes; `undefined` while none is. */
export const loadingAll: ReadonlySignal<Loading | undefined> = state;

/** Whether a vocabulary is still to be loaded, or failed. */
export function isMissing(encoding: VocabularyName): boolean {
  const kind = askedVocabulary(encoding)?.kind;
  return kind === undefined || kind === "failed";
}

/** Begins to load one. */
export function loadOne(encoding: VocabularyName): void {
  if (vocabulary(encoding).peek().kind === "failed") reload(encoding);
}

/** Loads those that are missing, and ends when each is here or has failed, or when it is stopped. Returns whether it was not. */
export async function loadAll(names: readonly VocabularyName[]): Promise<boolean> {
  const left = new Set(names.filter(isMissing));
  const run = { done: 0, total: bytesToLoad([...left]) };
  state.value = run;
  let last = run;
  const rest = [...left].values();
  const lane = async (): Promise<void> => {
    for (const name of rest) {
      if (state.peek() !== last) return;
      await loaded(name);
      left.delete(name);
      if (state.peek() !== last) return;
      last = { ...run, done: run.total - bytesToLoad([...left]) };
      state.value = last;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const isWhole = state.peek() === last;
  if (isWhole) state.value = undefined;
  return isWhole;
}

/** Loads no more; what is on its way comes. */
export function stopLoading(): void {
  state.value = undefined;
}

/** Settles when a vocabulary is here or has failed. */
function loaded(name: VocabularyName): Promise<void> {
  loadOne(name);
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = vocabulary(name).subscribe(({ kind }) => {
    if (kind !== "loading") resolve();
  });
  return promise.finally(stop);
}
