// @ts-check
/**
 * The tokenizers that are compared, in the one list that everything else goes by: those that run in Node and in a page,
 * and those that run natively, in Rust (../native) and in Python.
 *
 * Each is called the fastest way its documentation gives on the calling thread, with the text of special tokens taken as
 * ordinary text. `own` says that it can count without making the ids; of the others the count is the length of what they
 * encode.
 *
 * @typedef {"js" | "rust" | "python"} Kind where it runs
 * @typedef {{ name: string, kind: Kind, package: string, encodings: readonly string[], own?: true, ids?: false }} Contender
 */

const OPENAI = /** @type {const} */ (["o200k_base", "cl100k_base"]);
const OTHERS = /** @type {const} */ (["deepseek_v4", "qwen3_5", "gemma3"]);
const FILES = [...OPENAI, ...OTHERS];
const CLAUDE = "claude4_8";

/** `package` is that of npm, of crates.io or of PyPI. @type {Contender[]} */
export const contenders = [
  { name: "tokimeter", kind: "js", package: "tokimeter", encodings: [...FILES, CLAUDE], own: true },
  { name: "hypertok", kind: "js", package: "hypertok", encodings: OPENAI },
  { name: "gpt-tokenizer", kind: "js", package: "gpt-tokenizer", encodings: OPENAI, own: true },
  { name: "ai-tokenizer", kind: "js", package: "ai-tokenizer", encodings: OPENAI },
  { name: "tiktoken", kind: "js", package: "tiktoken", encodings: OPENAI },
  { name: "js-tiktoken", kind: "js", package: "js-tiktoken", encodings: OPENAI },
  { name: "@huggingface/tokenizers", kind: "js", package: "@huggingface/tokenizers", encodings: FILES },
  { name: "@lenml/tokenizers", kind: "js", package: "@lenml/tokenizers", encodings: FILES },

  { name: "tokimeter", kind: "rust", package: "tokimeter", encodings: [...FILES, CLAUDE], own: true },
  { name: "bpe-openai", kind: "rust", package: "bpe-openai", encodings: OPENAI, own: true },
  {
    name: "tiktoken (goliajp)",
    kind: "rust",
    package: "tiktoken",
    encodings: [...OPENAI, "deepseek_v4"],
    own: true,
  },
  { name: "tiktoken-rs", kind: "rust", package: "tiktoken-rs", encodings: OPENAI },
  { name: "tokenizers 1.0-rc", kind: "rust", package: "tokenizers@1", encodings: FILES },
  { name: "tokenizers 0.23", kind: "rust", package: "tokenizers@0", encodings: FILES },
  { name: "tiktoken (Python)", kind: "python", package: "tiktoken", encodings: OPENAI },
  { name: "ctok (Python)", kind: "python", package: "ctok", encodings: [CLAUDE], own: true, ids: false },
];

export const OURS = "tokimeter";

/** The encodings, the main one first, each with the contender whose ids, or counts, are taken as right. */
export const references = new Map([
  ["o200k_base", contenderNamed("js", "tiktoken")],
  ["cl100k_base", contenderNamed("js", "tiktoken")],
  ...OTHERS.map(
    (encoding) => /** @type {[string, Contender]} */ ([encoding, contenderNamed("rust", "tokenizers 0.23")]),
  ),
  [CLAUDE, contenderNamed("python", "ctok (Python)")],
]);

export const ENCODINGS = [...references.keys()];
export const [MAIN] = ENCODINGS;

/** Contenders that stay linear on hostile texts. */
export const LINEAR = new Set([
  OURS,
  "hypertok",
  "bpe-openai",
  "tiktoken (goliajp)",
  "tokenizers 1.0-rc",
  "tokenizers 0.23",
]);

/**
 * @param {Kind} kind
 * @param {string} name
 * @returns {Contender}
 */
export function contenderNamed(kind, name) {
  const contender = contenders.find((candidate) => candidate.kind === kind && candidate.name === name);
  if (!contender) throw new RangeError(`no contender is called ${name} (${kind})`);
  return contender;
}

/**
 * Whether it has the ids of an encoding, and not the count alone.
 *
 * @param {Contender} contender
 * @param {string} encoding
 */
export function hasIds({ ids }, encoding) {
  return ids !== false && encoding !== CLAUDE;
}
