/** Reads vocabularies that the bundle holds. */

import o200k from "tokimeter/vocab/o200k_base.vocab";
import harmony from "tokimeter/vocab/o200k_harmony.vocab";

const FILES = { "/vocab/o200k_base.vocab": o200k, "/vocab/o200k_harmony.vocab": harmony };
export const read = async ({ pathname }) => FILES[pathname];
