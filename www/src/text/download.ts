/** How much there is to download of vocabularies. */
import { encodingInfo, encodings } from "tokimeter";
import { INTEGRITY } from "tokimeter/integrity";
import { askedVocabulary } from "./vocabulary.ts";
import type { VocabularyName } from "./vocabulary-files.ts";

/** Returns the bytes that have to be fetched for these: each file once, but for those that are here. */
export function bytesToLoad(names: readonly VocabularyName[]): number {
  const here = filesOf(encodings.filter((name) => askedVocabulary(name)?.kind === "ready"));
  return [...filesOf(names)].reduce((sum, [file, bytes]) => sum + (here.has(file) ? 0 : bytes), 0);
}

/** Returns the files of encodings of the package, by their hash: several may share one. */
function filesOf(names: readonly VocabularyName[]): ReadonlyMap<string, number> {
  const files = new Map<string, number>();
  for (const name of encodings.filter((each) => names.includes(each))) {
    const { base, bytes = 0 } = encodingInfo(name);
    files.set(INTEGRITY[name] ?? name, bytes);
    if (base) for (const [file, size] of filesOf([base])) files.set(file, size);
  }
  return files;
}
