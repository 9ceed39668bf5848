/**
 * Packs tokenizer files into vocabularies that the engine reads, in a wasm file of its own, which is fetched when the first
 * one is loaded.
 */

import { __wbg_reset_state, initSync, JsonPacker } from "../wasm-json/tokimeter-json.js";
import { addressOf } from "./address.js";
import { compile, shared } from "./engine.js";
import { type Engine, Handle } from "./handle.js";

const engine: Engine = { restart: __wbg_reset_state, instance: 0, isBroken: false };

/** Starts the packer. */
export const startPacker: () => Promise<void> = shared(startOnce);

async function startOnce(): Promise<void> {
  const url = addressOf(
    "wasm-json/tokimeter-json_bg.wasm",
    () => new URL("../wasm-json/tokimeter-json_bg.wasm", import.meta.url),
  );
  initSync({ module: await compile(url, "the reader of tokenizer files") });
}

/** Packs a file, in steps of a few milliseconds, before each of which it tells how much is done, of 1. */
export function* pack(
  file: Uint8Array,
  name: string,
  pattern?: string,
): Generator<number, Uint8Array<ArrayBuffer>> {
  const packer = new Handle(engine, {}).make(() => new JsonPacker(file, name, pattern));
  do yield packer.use((packer) => packer.progress());
  while (!packer.use((packer) => packer.step()));
  return packer.use((packer) => packer.finish()) as Uint8Array<ArrayBuffer>;
}
