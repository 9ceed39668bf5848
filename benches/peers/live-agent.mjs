// @ts-check
/**
 * The part of an agent that times a text under edit, which only tokimeter has. A count that is wrong throws.
 *
 * @typedef {import("tokimeter").Tokenizer} Tokenizer
 * @typedef {import("tokimeter").LiveText} LiveText
 * @typedef {import("./typing.mjs").Key} Key
 * @typedef {{ singles: number[], batches: number[] }} Typing milliseconds a keystroke: timed alone, and by the batch
 * @typedef {{ ms: number, bytes: number, growth: number }} Loading bytes of UTF-8, and those the engine's memory grew by
 */
import { loadOurs } from "./contenders.mjs";
import { readDocument } from "./documents.mjs";
import { makeKeys, seeded } from "./typing.mjs";

/** Keystrokes that are timed as one, since the clock of a page shows no less than 5 µs. */
export const BATCH = 100;
/** Of so many ranges that are timed one is checked. */
const CHECKED_RANGE = 100;

/** @param {(name: string) => Promise<Uint8Array>} readText */
export function createLiveAgent(readText) {
  /** @type {Tokenizer | undefined} */
  let tokenizer;
  /** @type {WebAssembly.Memory | undefined} */
  let memory;
  /** @type {Map<string, { live: LiveText, text: string }>} */
  const documents = new Map();
  const ours = () => {
    if (tokenizer) return tokenizer;
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
    const document = { live: ours().live(text), text };
    documents.set(name, document);
    return document;
  }

  return {
    async prepareLive() {
      const watched = watchMemory();
      tokenizer = await loadOurs();
      memory = watched();
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
      const random = seeded(number);
      /** @type {Typing} */
      const typing = { singles: [], batches: [] };
      globalThis.gc?.();
      for (let batch = 0; batch < batches; batch++) {
        const keys = makeKeys(random, text, BATCH);
        if (batch % 2 === 0) typeSingly(live, keys, typing.singles);
        else typing.batches.push(typeAtOnce(live, keys));
        if (batch === batches - 1) checkCount(ours(), live, name);
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
      const random = seeded(times);
      const half = text.length >> 1;
      const samples = [];
      globalThis.gc?.();
      for (let range = 0; range < times; range++) {
        const from = random.below(text.length - half + 1);
        const begin = performance.now();
        const tokens = live.countRange(from, from + half);
        samples.push(performance.now() - begin);
        if (range % CHECKED_RANGE > 0) continue;
        check(tokens, ours().count(text.slice(from, from + half)), `${name} from ${from}`);
      }
      return samples;
    },

    /**
     * Makes a text under edit of a document, at once. To be called in a fresh host: memory that was given back does
     * not grow again.
     *
     * @param {string} name
     * @returns {Promise<Loading>}
     */
    async loadLive(name) {
      const text = await readDocument(readText, name);
      const bytes = new TextEncoder().encode(text).length;
      if (!memory) throw new Error("the engine exports no memory");
      globalThis.gc?.();
      const before = memory.buffer.byteLength;
      const begin = performance.now();
      const live = ours().live(text);
      const ms = performance.now() - begin;
      const growth = memory.buffer.byteLength - before;
      checkCount(ours(), live, name);
      return { ms, bytes, growth };
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

/** Keeps hold of the memory of the next WebAssembly that starts: the package does not show its own. */
function watchMemory() {
  /** @type {WebAssembly.Memory | undefined} */
  let memory;
  const { Instance } = WebAssembly;
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, args) {
      const instance = Reflect.construct(target, args);
      memory = instance.exports.memory;
      return instance;
    },
  });
  return () => {
    WebAssembly.Instance = Instance;
    return memory;
  };
}
