/** Vocabularies of the package, and those in files that the reader gives to the page. */
import { type EncodingName, encodingInfo, type LoadJsonOptions, load, type Tokenizer } from "tokimeter";
import type { Remote, RemoteTokenizer } from "tokimeter/worker";

/** An encoding of the package, or a file by its name. */
export type VocabularyName = EncodingName | `file:${string}`;

/** A tokenizer file, and how texts are cut, which a rank file does not say. */
interface Given {
  readonly file: File;
  readonly pattern: string | undefined;
}

const given: Map<string, Given> = new Map();

/** Takes a file; one of the same name is replaced. */
export function giveFile(file: File, pattern?: string): VocabularyName {
  const name: VocabularyName = `file:${file.name}`;
  given.set(name, { file, pattern });
  return name;
}

/** Returns a file that was given. */
export function fileOf(name: VocabularyName): File | undefined {
  return given.get(name)?.file;
}

/** Loads a vocabulary from where it is; of a file `onProgress` hears how much is done, of 1. */
export async function loadVocabulary(
  name: VocabularyName,
  onProgress: (done: number) => void,
): Promise<Tokenizer<string>> {
  if (!isFile(name)) return load(name);
  const { file, options } = found(name);
  const { loadJson } = await import("./own-file.ts");
  return loadJson(file, { onProgress, ...options });
}

/** Loads a vocabulary into a worker. */
export async function loadVocabularyInto(remote: Remote, name: VocabularyName): Promise<RemoteTokenizer> {
  if (!isFile(name)) return remote.load(name);
  const { file, options } = found(name);
  return remote.loadJson(file, options);
}

/** Returns what tells a vocabulary from another one of its name: its file. */
export function identityOf(name: VocabularyName): unknown {
  return given.get(name) ?? name;
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

export function isFile(name: VocabularyName): name is `file:${string}` {
  return name.startsWith("file:");
}

function found(name: VocabularyName): { readonly file: File; readonly options: LoadJsonOptions } {
  const it = given.get(name);
  if (!it) throw new Error(`the file ${titleOf(name)} is gone; give it again`);
  return { file: it.file, options: it.pattern === undefined ? {} : { pattern: it.pattern } };
}
