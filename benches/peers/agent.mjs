// @ts-check
/**
 * What runs beside one contender, in a process or in a page of its own: reads texts, counts them, takes the time.
 * Only the count itself is timed; texts are made ready, and garbage is collected, before the clock starts.
 */
import { contenders } from "./contenders.mjs";
import { isDocument, readDocument } from "./documents.mjs";
import { hostileText } from "./hostile.mjs";
import { createLiveAgent } from "./live-agent.mjs";

/** A paste of this size; a text "in slices" is counted slice by slice, each a string of its own. */
const SLICE_BYTES = 20_000;
const FIRST_TEXT = "The first count of a page: a short sentence, as somebody begins to type it.";

/**
 * Times are in milliseconds.
 *
 * @typedef {{ ms: number, tokens: number }} Timed
 * @typedef {{ whole: string, slices: string[] }} Text
 */

/**
 * @param {(name: string) => Promise<Uint8Array>} readText gives the bytes of a text of the corpus, by its name
 */
export function createAgent(readText) {
  /** @type {import("./contenders.mjs").Count} */
  let count = () => {
    throw new Error("start a contender first");
  };
  /** @type {Map<string, Text>} */
  const texts = new Map();
  const textOf = (/** @type {string} */ name) => {
    const text = texts.get(name);
    if (!text) throw new RangeError(`load ${name} first`);
    return text;
  };

  return {
    ...createLiveAgent(readText),

    /** @param {string[]} names of texts of the corpus, or of documents */
    async load(names) {
      for (const name of names) {
        if (isDocument(name)) {
          texts.set(name, { whole: await readDocument(readText, name), slices: [] });
          continue;
        }
        const bytes = await readText(name);
        texts.set(name, { whole: decode(bytes), slices: sliceAtNewlines(bytes).map(decode) });
      }
    },

    /**
     * Makes a hostile text and holds it under its own name.
     *
     * @param {string} name
     * @param {number} bytes
     */
    async loadHostile(name, bytes) {
      texts.set(name, { whole: hostileText(name, bytes), slices: [] });
    },

    /**
     * From before the import to after the first count, of one sentence.
     *
     * @param {string} name
     * @returns {Promise<Timed>}
     */
    async start(name) {
      const contender = contenderNamed(name);
      const begin = performance.now();
      count = await contender.start();
      const tokens = count(FIRST_TEXT);
      return { ms: performance.now() - begin, tokens };
    },

    /**
     * Imports and builds the tokenizer, and counts nothing.
     *
     * @param {string} name
     */
    async prepare(name) {
      count = await contenderNamed(name).start();
    },

    /**
     * Counts slices of these texts over and over for about `ms`, and all of them at least twice.
     *
     * @param {string[]} names
     * @param {number} ms
     */
    async warmUp(names, ms) {
      const slices = names.flatMap((name) => textOf(name).slices.slice(0, 10));
      const end = performance.now() + ms;
      for (let pass = 0; pass < 2 || performance.now() < end; pass++) {
        for (const slice of slices) count(slice);
      }
    },

    /**
     * Counts a text in one call.
     *
     * @param {string} name
     * @returns {Promise<Timed>}
     */
    async countWhole(name) {
      const { whole } = textOf(name);
      return timed(() => count(whole));
    },

    /**
     * Counts a text slice by slice, once.
     *
     * @param {string} name
     * @returns {Promise<Timed>}
     */
    async countSlices(name) {
      const { slices } = textOf(name);
      return timed(() => {
        let tokens = 0;
        for (const slice of slices) tokens += count(slice);
        return tokens;
      });
    },

    /**
     * Counts a text in one call, again and again for at least `ms`; the time is that of one call.
     *
     * @param {string} name
     * @param {number} ms
     * @returns {Promise<Timed>}
     */
    async countRepeatedly(name, ms) {
      const { whole } = textOf(name);
      let calls = 0;
      const all = timed(() => {
        const end = performance.now() + ms;
        let tokens = 0;
        do {
          tokens = count(whole);
          calls++;
        } while (performance.now() < end);
        return tokens;
      });
      return { ms: all.ms / calls, tokens: all.tokens };
    },

    /**
     * Counts a text after a keystroke in its middle, again and again for at least `ms`: what a tokenizer must do that
     * keeps nothing between two counts. Each time the text is a new string, as an editor gives it; to make it is not
     * timed.
     *
     * @param {string} name
     * @param {number} ms
     * @returns {Promise<Timed>} of one count
     */
    async recount(name, ms) {
      const { whole } = textOf(name);
      const middle = whole.length >> 1;
      const all = { ms: 0, calls: 0, tokens: 0 };
      globalThis.gc?.();
      do {
        const edited = [whole.slice(0, middle), "x", whole.slice(middle)].join("");
        const begin = performance.now();
        all.tokens = count(edited);
        all.ms += performance.now() - begin;
        all.calls++;
      } while (all.ms < ms);
      return { ms: all.ms / all.calls, tokens: all.tokens };
    },
  };
}

/** @typedef {ReturnType<typeof createAgent>} Agent */

/** @param {string} name */
function contenderNamed(name) {
  const contender = contenders.find((candidate) => candidate.name === name);
  if (!contender) throw new RangeError(`no contender is called ${name}`);
  return contender;
}

/** @param {Uint8Array} bytes */
function decode(bytes) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/**
 * @param {() => number} work
 * @returns {Timed}
 */
function timed(work) {
  globalThis.gc?.();
  const begin = performance.now();
  const tokens = work();
  return { ms: performance.now() - begin, tokens };
}

/**
 * Cuts at the last newline within the limit, or else at the last space, or else at the last whole character.
 *
 * @param {Uint8Array} bytes
 */
function sliceAtNewlines(bytes) {
  const slices = [];
  for (let from = 0; from < bytes.length; ) {
    const limit = Math.min(from + SLICE_BYTES, bytes.length);
    const to = limit === bytes.length ? limit : cutBefore(bytes, from, limit);
    slices.push(bytes.subarray(from, to));
    from = to;
  }
  return slices;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} from
 * @param {number} limit
 */
function cutBefore(bytes, from, limit) {
  for (const separator of [0x0a, 0x20]) {
    const at = bytes.lastIndexOf(separator, limit - 1);
    if (at >= from) return at + 1;
  }
  let to = limit;
  while ((bytes[to] & 0xc0) === 0x80) to--;
  return to;
}
