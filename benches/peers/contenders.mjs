// @ts-check
/**
 * The tokenizers that are compared, each called the fastest way its documentation gives for counting o200k_base
 * tokens on the calling thread, with the text of special tokens taken as ordinary text.
 *
 * `start` imports the package and its vocabulary and returns a function that counts. It runs in Node and in a
 * page alike; nothing is imported before it is called.
 *
 * @typedef {(text: string) => number} Count
 * @typedef {{ name: string, start: () => Promise<Count> }} Contender
 */

/** @type {Contender[]} */
export const contenders = [
  {
    name: "tokimeter",
    async start() {
      const { load } = await import("tokimeter");
      const tokenizer = await load("o200k_base");
      return (text) => tokenizer.count(text);
    },
  },
  {
    // One thread, as everybody here; its other tiers only spread a text over workers, and are asynchronous.
    // By default it takes `<|endoftext|>` for the special token. The policy that turns this off costs it a third
    // of its speed, so it is asked for only by a text that could hold one.
    name: "hypertok",
    async start() {
      const wasm = new URL("./node_modules/hypertok/wasm/single/hypertok_wasm_core_bg.wasm", import.meta.url);
      const [{ fromBytes }, bytes, moduleSource] = await Promise.all([
        import("hypertok"),
        import("@hypertok/vocab-o200k").then(({ vocabulary }) => readBytes(vocabulary)),
        compile(wasm),
      ]);
      const tokenizer = await fromBytes(bytes, { tier: "single", moduleSource });
      const asText = { reserved: { match: [] } };
      return (text) => tokenizer.encodeSync(text, text.includes("<|endo") ? asText : undefined).length;
    },
  },
  {
    name: "gpt-tokenizer",
    async start() {
      const { countTokens } = await import("gpt-tokenizer/encoding/o200k_base");
      const asText = { disallowedSpecial: new Set() };
      return (text) => countTokens(text, asText);
    },
  },
  {
    // `count` throws on the text of a special token; `encode` with "all" goes straight to ordinary text.
    name: "ai-tokenizer",
    async start() {
      const [{ Tokenizer }, encoding] = await Promise.all([
        import("ai-tokenizer"),
        import("ai-tokenizer/encoding/o200k_base"),
      ]);
      const tokenizer = new Tokenizer(encoding);
      return (text) => tokenizer.encode(text, "all").length;
    },
  },
  {
    name: "tiktoken",
    async start() {
      const wasm = new URL("./node_modules/tiktoken/lite/tiktoken_bg.wasm", import.meta.url);
      const [{ init, Tiktoken }, encoder, module] = await Promise.all([
        import("tiktoken/lite/init"),
        import("tiktoken/encoders/o200k_base"),
        compile(wasm),
      ]);
      await init((imports) => WebAssembly.instantiate(module, imports));
      const ranks = /** @type {any} */ (encoder.default);
      const tokenizer = new Tiktoken(ranks.bpe_ranks, ranks.special_tokens, ranks.pat_str);
      return (text) => tokenizer.encode_ordinary(text).length;
    },
  },
  {
    name: "js-tiktoken",
    async start() {
      const [{ Tiktoken }, { default: ranks }] = await Promise.all([
        import("js-tiktoken/lite"),
        import("js-tiktoken/ranks/o200k_base"),
      ]);
      const tokenizer = new Tiktoken(ranks);
      return (text) => tokenizer.encode(text, [], []).length;
    },
  },
];

/** The contender whose counts are taken as right: OpenAI's own tokenizer, compiled to WebAssembly. */
export const REFERENCE = "tiktoken";

/**
 * @param {URL} url
 * @returns {Promise<Uint8Array>}
 */
async function readBytes(url) {
  if (url.protocol !== "file:") return new Uint8Array(await (await fetch(url)).arrayBuffer());
  const fileSystem = "node:fs/promises";
  const { readFile } = await import(/* @vite-ignore */ fileSystem);
  return readFile(url);
}

/**
 * @param {URL} url
 * @returns {Promise<WebAssembly.Module>}
 */
async function compile(url) {
  if (url.protocol !== "file:") return WebAssembly.compileStreaming(fetch(url));
  return WebAssembly.compile(/** @type {BufferSource} */ (await readBytes(url)));
}
