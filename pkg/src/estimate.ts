/**
 * Estimates: counts with a range, without a vocabulary. For the first moment, until a vocabulary has come, and for models
 * whose vocabulary nobody has.
 */

import { resolve } from "./encodings.js";
import { createEstimate, string } from "./engine.js";
import type { EncodingName } from "./registry.js";
import { Tokenizer } from "./tokenizer.js";

/**
 * Returns a tokenizer that estimates, by the name of an encoding or by the id of a model: only the engine is loaded. Of an
 * encoding that is known it is an estimate of that one. Of any other, such as a model whose vocabulary is not public, it
 * is what the vocabularies of today have in common, and its ranges are as wide as they differ. No id throws.
 *
 * Its `basis` is `"estimated"`: it counts, says ranges, and has texts under edit, but no ids. DESIGN.md says how often
 * ranges hold the count.
 *
 * @throws {TokimeterError} `fetch-failed`, `invalid-wasm`, `wasm-blocked`: the engine could not be loaded.
 */
export async function estimate(idOrEncoding: string): Promise<Tokenizer<EncodingName | "unknown">> {
  const resolved = resolve(string(idOrEncoding));
  const name = resolved?.encoding ?? "unknown";
  const assumption = resolved?.assumption;
  const encoding = await createEstimate(name);
  return new Tokenizer(encoding, { name, basis: "estimated", assumption, hasBorders: true });
}
