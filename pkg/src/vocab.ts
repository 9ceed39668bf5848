/**
 * The vocabularies that the package ships, one file each.
 *
 * Every address is a literal `new URL(…, import.meta.url)`, the one form that bundlers and bare browsers all take.
 */

import { TokimeterError } from "./errors.js";

/** The name of an encoding that the package ships. */
export type EncodingName = "o200k_base" | "cl100k_base";

const VOCABULARIES: Record<EncodingName, () => URL> = {
  o200k_base: () => new URL("../vocab/o200k_base.vocab", import.meta.url),
  cl100k_base: () => new URL("../vocab/cl100k_base.vocab", import.meta.url),
};

/** The encodings that the package ships. */
export const encodings: readonly EncodingName[] = Object.keys(VOCABULARIES) as EncodingName[];

/** Returns where the vocabulary of that name is. */
export function vocabUrl(name: string): URL {
  if (!Object.hasOwn(VOCABULARIES, name)) {
    throw new TokimeterError(
      "unknown-encoding",
      `there is no encoding ${JSON.stringify(name)}; there are: ${encodings.join(", ")}`,
    );
  }
  return VOCABULARIES[name as EncodingName]();
}
