// @ts-check
/**
 * The part of an agent that times a text under edit, which only tokimeter has. A count that is wrong throws.
 *
 * @typedef {import("tokimeter").Tokenizer} Tokenizer
 * @typedef {import("tokimeter").LiveText} LiveText
 * @typedef {import("./typing.mjs").Key} Key
 * @typedef {{ singles: number[], batches: number[] }} Typing milliseconds a keystroke: timed alone, and by the batch
 * @typedef {{ ms: number, bytes: number, growths: number[] }} Loading bytes of UTF-8, and those by which the engine's
 * memory grew, for a document and for a second one
 */
import { loadWatched } from "../../tests/support/engine-memory.mjs";
import { mulberry32 } from "../../tests/support/random.mjs";
import { readDocument } from "./documents.mjs";
import { below, makeKeys } from "./typing.mjs";

/** Keystrokes that are timed as one, since the clock of a page shows no less than 5 µs. */
const BATCH = 100;
/** Of so many ranges that are timed one is checked. */
const CHECKED_RANGE = 100;

/** @param {(name: string) => Promise<Uint8Array>} readText */
export function createLiveAgent(readText) {
  /** @type {{ tok: Tokenizer, bytes: () => number } | undefined} */
  let engine;
  /** @type {Map<string, { live: LiveText, text: string }>} */
  const documents = new Map();
  const ours = () => {
    if (engine) return engine;
    throw new Error("prepare the text under edit first");
  };

  /**
   * Makes a document, or brings one back to its text.
   *
   * @param {string} name
   * @param {number} number
   */
  async function open(name, number) {
    const text = await readDocument(readText, name, number);
    const known = documents.get(name);
    if (known?.text === text) return known;
    known?.live.dispose();
    const document = { live: ours().tok.live(text), text };
    documents.set(name, document);
    return document;
  }

  return {
    async prepareLive() {
      engine = await loadWatched("o200k_base");
    },

    /**
     * Types in batches, timed by turns key by key and as one; each is undone, untimed.
     *
     * @param {string} name of a document
     * @param {number} number of the excerpt and of the sequence of keystrokes
     * @param {number} batches
     * @returns {Promise<Typing>}
     */
    async type(name, number, batches) {
      const { live, text } = await open(name, number);
      const random = mulberry32(number);
      /** @type {Typing} */
      const typing = { singles: [], batches: [] };
      globalThis.gc?.();
      for (let batch = 0; batch < batches; batch++) {
        const keys = makeKeys(random, text, BATCH);
        if (batch % 2 === 0) typeSingly(live, keys, typing.singles);
        else typing.batches.push(typeAtOnce(live, keys));
        if (batch === batches - 1) checkCount(ours().tok, live, name);
        undo(live, keys);
      }
      if (live.text !== text) throw new Error(`${name}: undone, the text is not what it was`);
      return typing;
    },

    /**
     * Counts random halves of a document.
     *
     * @param {string} name
     * @param {number} times
     * @returns {Promise<number[]>} milliseconds
     */
    async countRanges(name, times) {
      const { live, text } = await open(name, 0);
      const random = mulberry32(times);
      const half = text.length >> 1;
      const samples = [];
      globalThis.gc?.();
      for (let range = 0; range < times; range++) {
        const from = below(random, text.length - half + 1);
        const begin = performance.now();
        const tokens = live.countRange(from, from + half);
        samples.push(performance.now() - begin);
        if (range % CHECKED_RANGE > 0) continue;
        check(tokens, ours().tok.count(text.slice(from, from + half)), `${name} from ${from}`);
      }
      return samples;
    },

    /**
     * Makes a text under edit of a document, at once, and another one for the memory that it takes: the first still
     * finds room that the vocabulary left when it was read. To be called in a fresh host, for memory never shrinks.
     *
     * @param {string} name
     * @returns {Promise<Loading>}
     */
    async loadLive(name) {
      const text = await readDocument(readText, name);
      const bytes = new TextEncoder().encode(text).length;
      const sizes = [ours().bytes()];
      globalThis.gc?.();
      const begin = performance.now();
      const lives = [ours().tok.live(text)];
      const ms = performance.now() - begin;
      sizes.push(ours().bytes());
      lives.push(ours().tok.live(text));
      sizes.push(ours().bytes());
      for (const live of lives) checkCount(ours().tok, live, name);
      return { ms, bytes, growths: [sizes[1] - sizes[0], sizes[2] - sizes[1]] };
    },
  };
}

/**
 * @param {LiveText} live
 * @param {Key[]} keys
 * @param {number[]} samples gets the milliseconds
 */
function typeSingly(live, keys, samples) {
  for (const { from, to, insert } of keys) {
    const begin = performance.now();
    live.replace(from, to, insert);
    const { tokens } = live;
    const ms = performance.now() - begin;
    if (tokens >= 0) samples.push(ms);
  }
}

/**
 * @param {LiveText} live
 * @param {Key[]} keys
 */
function typeAtOnce(live, keys) {
  let tokens = 0;
  const begin = performance.now();
  for (const { from, to, insert } of keys) {
    live.replace(from, to, insert);
    tokens += live.tokens;
  }
  const ms = performance.now() - begin;
  return tokens >= 0 ? ms / keys.length : Number.NaN;
}

/**
 * @param {LiveText} live
 * @param {Key[]} keys
 */
function undo(live, keys) {
  for (const { from, insert, replaced } of keys.toReversed()) {
    live.replace(from, from + insert.length, replaced);
  }
}

/**
 * @param {Tokenizer} tokenizer
 * @param {LiveText} live
 * @param {string} name
 */
function checkCount(tokenizer, live, name) {
  check(live.tokens, tokenizer.count(live.text), name);
}

/**
 * @param {number} tokens
 * @param {number} expected
 * @param {string} what
 */
function check(tokens, expected, what) {
  if (tokens !== expected) throw new Error(`${what}: ${tokens} tokens, counted anew ${expected}`);
}
