/** Vocabularies of the package, and those in files that the reader gives to the page. */
import { type EncodingName, encodingInfo, load, loadJson, type Tokenizer } from "tokimeter";

/** An encoding of the package, or a file by its name. */
export type VocabularyName = EncodingName | `file:${string}`;

const given: Map<string, File> = new Map();

/** Takes a file; one of the same name is replaced. */
export function giveFile(file: File): VocabularyName {
  const name: VocabularyName = `file:${file.name}`;
  given.set(name, file);
  return name;
}

/** Loads a vocabulary from where it is. */
export function loadVocabulary(name: VocabularyName): Promise<Tokenizer<string>> {
  if (!isFile(name)) return load(name);
  const file = given.get(name);
  return file
    ? loadJson(file)
    : Promise.reject(new Error(`the file ${titleOf(name)} is gone; give it again`));
}

/** Returns what a vocabulary is called, for people. */
export function titleOf(name: VocabularyName): string {
  return isFile(name) ? name.slice("file:".length) : encodingInfo(name).title;
}

/** Returns what it is called in a line: the encoding's name, or the file's. */
export function shortNameOf(name: VocabularyName): string {
  return isFile(name) ? titleOf(name) : name;
}

/** Returns how sure its counts are; of a file, as far as it is one at all. */
export function basisOf(name: VocabularyName): "exact" | "calibrated" {
  return isFile(name) ? "exact" : encodingInfo(name).basis;
}

function isFile(name: VocabularyName): name is `file:${string}` {
  return name.startsWith("file:");
}
