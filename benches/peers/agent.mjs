// @ts-check
/**
 * What runs beside one contender, in a process or in a page of its own: reads texts, counts or encodes them, takes the time.
 * Only the work itself is timed; texts are made ready, and garbage is collected, before the clock starts.
 */
import { isDocument, readDocument } from "./documents.mjs";
import { createLiveAgent } from "./live-agent.mjs";
import { starts } from "./starts.mjs";

/** A paste of this size; a text "in slices" is counted slice by slice, each a string of its own. */
const SLICE_BYTES = 20_000;
/** What is garbage is freed on other threads, for a while: of 20,000 arrays of ids longer than a text takes. */
const SWEEP_MS = 100;
const FIRST_TEXT = "The first count of a page: a short sentence, as somebody begins to type it.";

/**
 * Times are in milliseconds.
 *
 * @typedef {"count" | "encode"} Work
 * @typedef {{ ms: number, tokens: number }} Timed
 * @typedef {{ tokens: number, hash?: number }} Checked
 * @typedef {{ whole: string, slices: string[] }} Text
 */

/**
 * @param {(name: string) => Promise<Uint8Array>} readText gives the bytes of a text of the corpus, by its name
 * @param {import("./starts.mjs").ReadTokenizer} readTokenizer
 */
export function createAgent(readText, readTokenizer) {
  /** @type {import("./starts.mjs").Started | undefined} */
  let started;
  /** @type {Map<string, Text>} */
  const texts = new Map();
  const textOf = (/** @type {string} */ name) => {
    const text = texts.get(name);
    if (!text) throw new RangeError(`load ${name} first`);
    return text;
  };
  const running = () => {
    if (started) return started;
    throw new Error("start a contender first");
  };
  /** @type {(work: Work) => (text: string) => number} */
  const worker = (work) => {
    const { count, encode } = running();
    if (work === "count") return count;
    if (!encode) throw new Error("it gives no ids");
    return (text) => encode(text).length;
  };
  const begin = async (/** @type {string} */ name, /** @type {string} */ encoding) => {
    started = await pick(name)(encoding, readTokenizer);
    return started;
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
     * From before the import to after the first count, of one sentence or of a text that was loaded.
     *
     * @param {string} name
     * @param {string} encoding
     * @param {string} [text]
     * @returns {Promise<Timed>}
     */
    async start(name, encoding, text) {
      const first = text === undefined ? FIRST_TEXT : textOf(text).whole;
      const from = performance.now();
      const { count } = await begin(name, encoding);
      const tokens = count(first);
      return { ms: performance.now() - from, tokens };
    },

    /**
     * Imports and builds the tokenizer, and counts nothing.
     *
     * @param {string} name
     * @param {string} encoding
     */
    async prepare(name, encoding) {
      await begin(name, encoding);
    },

    /**
     * Works on slices of these texts over and over for about `ms`, and on all of them at least twice.
     *
     * @param {string[]} names
     * @param {number} ms
     * @param {Work} work
     */
    async warmUp(names, ms, work) {
      const slices = names.flatMap((name) => textOf(name).slices.slice(0, 10));
      const run = worker(work);
      const end = performance.now() + ms;
      for (let pass = 0; pass < 2 || performance.now() < end; pass++) {
        for (const slice of slices) run(slice);
      }
    },

    /**
     * A text in one call.
     *
     * @param {string} name
     * @param {Work} work
     * @returns {Promise<Timed>}
     */
    async whole(name, work) {
      const { whole } = textOf(name);
      const run = worker(work);
      return timed(() => run(whole));
    },

    /**
     * A text slice by slice, once.
     *
     * @param {string} name
     * @param {Work} work
     * @returns {Promise<Timed>}
     */
    async slices(name, work) {
      const { slices } = textOf(name);
      const run = worker(work);
      return timed(() => {
        let tokens = 0;
        for (const slice of slices) tokens += run(slice);
        return tokens;
      });
    },

    /**
     * A text in one call, again and again for at least `ms`; the time is that of one call.
     *
     * @param {string} name
     * @param {Work} work
     * @param {number} ms
     * @returns {Promise<Timed>}
     */
    async repeatedly(name, work, ms) {
      const { whole } = textOf(name);
      const run = worker(work);
      let calls = 0;
      const all = await timed(() => {
        const end = performance.now() + ms;
        let tokens = 0;
        do {
          tokens = run(whole);
          calls++;
        } while (performance.now() < end);
        return tokens;
      });
      return { ms: all.ms / calls, tokens: all.tokens };
    },

    /**
     * How many tokens a text has, and a hash of their ids (FNV-1a), if the contender gives ids.
     *
     * @param {string} name
     * @returns {Promise<Checked>}
     */
    async check(name) {
      const { count, encode } = running();
      const { whole } = textOf(name);
      if (!encode) return { tokens: count(whole) };
      const ids = encode(whole);
      let hash = 0x811c9dc5;
      for (let at = 0; at < ids.length; at++) hash = Math.imul(hash ^ ids[at], 0x01000193);
      return { tokens: ids.length, hash: hash >>> 0 };
    },

    /**
     * Counts a text after a keystroke in its middle, again and again for at least `ms`: what a tokenizer must do that
     * keeps nothing between two counts. Each time the text is a new string, as an editor gives it; to make it is not
     * timed.
     *
     * @param {string} name
     * @param {Work} work
     * @param {number} ms
     * @returns {Promise<Timed>} of one count
     */
    async recount(name, work, ms) {
      const { whole } = textOf(name);
      const run = worker(work);
      const middle = whole.length >> 1;
      const all = { ms: 0, calls: 0, tokens: 0 };
      globalThis.gc?.();
      do {
        const edited = [whole.slice(0, middle), "x", whole.slice(middle)].join("");
        const from = performance.now();
        all.tokens = run(edited);
        all.ms += performance.now() - from;
        all.calls++;
      } while (all.ms < ms);
      return { ms: all.ms / all.calls, tokens: all.tokens };
    },

    /** In Node: the memory of the process, without what nothing refers to. */
    async memory() {
      for (let pass = 0; pass < 3; pass++) globalThis.gc?.();
      return { bytes: globalThis.process?.memoryUsage().rss ?? Number.NaN };
    },
  };
}

/** @typedef {ReturnType<typeof createAgent>} Agent */

/** @param {string} name */
function pick(name) {
  const start = starts[name];
  if (!start) throw new RangeError(`no contender is called ${name}`);
  return start;
}

/** @param {Uint8Array} bytes */
function decode(bytes) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/**
 * @param {() => number} work
 * @returns {Promise<Timed>}
 */
async function timed(work) {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, SWEEP_MS));
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
