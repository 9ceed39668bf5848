/**
 * Tokenizers from files of one's own: Hugging Face's tokenizer.json, rank files in the format of `tiktoken`, Mistral's
 * tekken.json.
 */

import { untilAborted } from "./abort.js";
import { createEncoding, type Encoding, start } from "./engine.js";
import { type ErrorCode, TokimeterError } from "./errors.js";
import type { Handle } from "./handle.js";
import { bytesOf, type JsonSource, mustNotBeLarge, nameOf } from "./json-source.js";
import { Tokenizer } from "./tokenizer.js";
import { nextTask, Turn } from "./turn.js";

/** How to load a tokenizer file. */
export interface LoadJsonOptions {
  /** Gives up when aborted. */
  readonly signal?: AbortSignal;
  /** Hears between turns of work how much is done, of 1. */
  readonly onProgress?: (done: number) => void;
  /** What the tokenizer is to be called; the file's name if it is left out. */
  readonly name?: string;
  /** How texts are cut, for a rank file, which does not say: the name of a pattern, such as `cl100k`. */
  readonly pattern?: string;
}

/** The part of the work that packing is. */
const PACKING = 0.8;

/**
 * Loads a tokenizer from a file. Files whose shape the engine knows are counted by it, exactly and at full speed:
 * byte-level BPE and SentencePiece's BPE with the splitting patterns that are in use. Texts are counted as by
 * `encode(text, add_special_tokens=False)` of Hugging Face's `tokenizers`, but for special tokens, whose text is ordinary text
 * unless `encode` is told to match it.
 *
 * The page lives on meanwhile: the work is done in turns. Linear in the bytes of the file.
 *
 * @throws {TokimeterError} `fetch-failed`, `aborted`, `invalid-tokenizer`, `unsupported-tokenizer`, `limit-exceeded`,
 * `unknown-pattern`, `invalid-wasm`, `wasm-blocked`.
 */
export function loadJson(source: JsonSource, options: LoadJsonOptions = {}): Promise<Tokenizer<string>> {
  const name = options.name ?? nameOf(source);
  const { signal } = options;
  if (!signal) return loadOnce(source, name, options);
  return untilAborted(signal, name, signal.aborted ? undefined : loadOnce(source, name, options));
}

async function loadOnce(
  source: JsonSource,
  name: string,
  options: LoadJsonOptions,
): Promise<Tokenizer<string>> {
  const [file, packer] = await Promise.all([bytesOf(source, name), startedPacker(), start()]);
  mustNotBeLarge(name, file.length);
  try {
    return new Tokenizer(await native(packer, file, name, options), { name, basis: "exact" });
  } catch (error) {
    if (!hasCode(error, "unsupported-tokenizer")) throw error;
    const { createHf } = await import("./hf.js");
    try {
      return new Tokenizer(await createHf(file), { name, basis: "exact", engine: "hf" });
    } catch (other) {
      // It is no tokenizer.json, so what the engine said is what matters.
      throw hasCode(other, "invalid-tokenizer") ? error : other;
    }
  }
}

type Packer = typeof import("./packer.js");

/** A page that loads no tokenizer file does without. */
async function startedPacker(): Promise<Packer> {
  const packer = await import("./packer.js");
  await packer.startPacker();
  return packer;
}

function hasCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof TokimeterError && error.code === code;
}

/** Packs a file and reads that into the engine, in turns. */
async function native(
  { pack }: Packer,
  file: Uint8Array,
  name: string,
  { signal, onProgress, pattern }: LoadJsonOptions,
): Promise<Handle<Encoding>> {
  const turn = new Turn(nextTask);
  const inTurns = async <T>(steps: Generator<number | undefined, T>): Promise<T> => {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      if (turn.isOver) onProgress?.(PACKING * (step.value ?? 1));
      // Nobody waits any more: whoever aborted has been told.
      if ((await turn.passes()) && signal?.aborted) throw signal.reason;
    }
  };
  const encoding = await inTurns(createEncoding(await inTurns(pack(file, name.slice(0, 200), pattern))));
  onProgress?.(1);
  return encoding;
}
