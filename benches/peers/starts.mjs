// @ts-check
/**
 * How each contender of JavaScript is started: imports the package and the vocabulary, and returns what counts and what
 * encodes. It runs in Node and in a page alike; nothing is imported before it is called.
 *
 * @typedef {{ count: (text: string) => number, encode?: (text: string) => ArrayLike<number> }} Started
 * @typedef {(encoding: string) => Promise<object>} ReadTokenizer gives a tokenizer.json
 * @typedef {(encoding: string, readTokenizer: ReadTokenizer) => Promise<Started>} Start
 */

/** @type {Record<string, Start>} */
export const starts = {
  async tokimeter(encoding) {
    const { load } = await import("tokimeter");
    const tokenizer = await load(encoding);
    const count = (/** @type {string} */ text) => tokenizer.count(text);
    return tokenizer.basis === "calibrated" ? { count } : { count, encode: (text) => tokenizer.encode(text) };
  },

  // One thread, as everybody here; its other tiers only spread a text over workers, and are asynchronous.
  // By default it takes `<|endoftext|>` for the special token. The policy that turns this off costs it a third
  // of its speed, so it is asked for only by a text that could hold one.
  async hypertok(encoding) {
    const wasm = new URL("./node_modules/hypertok/wasm/single/hypertok_wasm_core_bg.wasm", import.meta.url);
    const vocabularies = {
      o200k_base: () => import("@hypertok/vocab-o200k"),
      cl100k_base: () => import("@hypertok/vocab-cl100k"),
    };
    const [{ fromBytes }, bytes, moduleSource] = await Promise.all([
      import("hypertok"),
      pick(vocabularies, encoding)().then(({ vocabulary }) => readBytes(vocabulary)),
      compile(wasm),
    ]);
    const tokenizer = await fromBytes(bytes, { tier: "single", moduleSource });
    const asText = { reserved: { match: [] } };
    return fromEncode((text) => tokenizer.encodeSync(text, text.includes("<|endo") ? asText : undefined));
  },

  async "gpt-tokenizer"(encoding) {
    const encodings = {
      o200k_base: () => import("gpt-tokenizer/encoding/o200k_base"),
      cl100k_base: () => import("gpt-tokenizer/encoding/cl100k_base"),
    };
    const { countTokens, encode } = await pick(encodings, encoding)();
    const asText = { disallowedSpecial: new Set() };
    return { count: (text) => countTokens(text, asText), encode: (text) => encode(text, asText) };
  },

  // `count` throws on the text of a special token; `encode` with "all" goes straight to ordinary text.
  async "ai-tokenizer"(encoding) {
    const encodings = {
      o200k_base: () => import("ai-tokenizer/encoding/o200k_base"),
      cl100k_base: () => import("ai-tokenizer/encoding/cl100k_base"),
    };
    const [{ Tokenizer }, ranks] = await Promise.all([
      import("ai-tokenizer"),
      pick(/** @type {Record<string, () => Promise<any>>} */ (encodings), encoding)(),
    ]);
    const tokenizer = new Tokenizer(ranks);
    return fromEncode((text) => tokenizer.encode(text, "all"));
  },

  async tiktoken(encoding) {
    const wasm = new URL("./node_modules/tiktoken/lite/tiktoken_bg.wasm", import.meta.url);
    const encoders = {
      o200k_base: () => import("tiktoken/encoders/o200k_base"),
      cl100k_base: () => import("tiktoken/encoders/cl100k_base"),
    };
    const [{ init, Tiktoken }, encoder, module] = await Promise.all([
      import("tiktoken/lite/init"),
      pick(encoders, encoding)(),
      compile(wasm),
    ]);
    await init((imports) => WebAssembly.instantiate(module, imports));
    const ranks = /** @type {any} */ (encoder.default);
    const tokenizer = new Tiktoken(ranks.bpe_ranks, ranks.special_tokens, ranks.pat_str);
    return fromEncode((text) => tokenizer.encode_ordinary(text));
  },

  async "js-tiktoken"(encoding) {
    const all = {
      o200k_base: () => import("js-tiktoken/ranks/o200k_base"),
      cl100k_base: () => import("js-tiktoken/ranks/cl100k_base"),
    };
    const [{ Tiktoken }, { default: ranks }] = await Promise.all([
      import("js-tiktoken/lite"),
      pick(all, encoding)(),
    ]);
    const tokenizer = new Tiktoken(ranks);
    return fromEncode((text) => tokenizer.encode(text, [], []));
  },

  async "@huggingface/tokenizers"(encoding, readTokenizer) {
    const [{ Tokenizer }, file] = await Promise.all([
      import("@huggingface/tokenizers"),
      readTokenizer(encoding),
    ]);
    const tokenizer = new Tokenizer(file, {});
    const alone = { add_special_tokens: false };
    return fromEncode((text) => tokenizer.encode(text, alone).ids);
  },

  async "@lenml/tokenizers"(encoding, readTokenizer) {
    const [{ TokenizerLoader }, file] = await Promise.all([
      import("@lenml/tokenizers"),
      readTokenizer(encoding),
    ]);
    const tokenizer_class = encoding === "gemma3" ? "GemmaTokenizer" : "GPT2Tokenizer";
    const config = { tokenizerJSON: file, tokenizerConfig: { tokenizer_class } };
    const tokenizer = TokenizerLoader.fromPreTrained(/** @type {any} */ (config));
    const alone = { add_special_tokens: false };
    return fromEncode((text) => tokenizer.encode(text, alone));
  },
};

/**
 * @param {(text: string) => ArrayLike<number>} encode
 * @returns {Started}
 */
function fromEncode(encode) {
  return { count: (text) => encode(text).length, encode };
}

/**
 * @template T
 * @param {Record<string, T>} choices
 * @param {string} encoding
 * @returns {T}
 */
function pick(choices, encoding) {
  const choice = choices[encoding];
  if (choice === undefined) throw new RangeError(`has no ${encoding}`);
  return choice;
}

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
