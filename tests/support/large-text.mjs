// @ts-check
/** A worker, so with an engine of its own: makes a live text of 10 MB and says how much memory that took. */

import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { loadWatched } from "./engine-memory.mjs";

const { tok, bytes } = await loadWatched("o200k_base");
const corpus = readFileSync(`target/corpus/${workerData}.txt`, "utf8");
const text = corpus.repeat(Math.ceil(10e6 / Buffer.byteLength(corpus)));
const before = bytes();
const live = tok.live(text);
const grown = bytes() - before;
parentPort?.postMessage({
  grown,
  bytes: Buffer.byteLength(text),
  tokens: live.tokens,
  count: tok.count(text),
});
