// @ts-check
/**
 * Writes the package's registry of encodings, `pkg/src/registry.ts`, and `pkg/src/integrity.ts`, from `data/encodings.toml` and `data/vocab.toml`.
 */

import { readFileSync, statSync, writeFileSync } from "node:fs";
import { parse } from "smol-toml";

/**
 * @typedef {{ models: string[], why: string }} Reason
 * @typedef {{
 *   name: string, title: string, vendor: string, base?: string, basis: string, file?: string, frame?: number, on_request?: string,
 *   models: string[], assumed?: Reason[]
 * }} Encoding
 * @typedef {{
 *   name: string, pattern?: string, normalizer?: string, base?: string, tokens?: number, licence?: string,
 *   packed_sha256?: string, specials?: Record<string, number>
 * }} Vocabulary
 */

/** @param {string} path */
const read = (path) => /** @type {any} */ (parse(readFileSync(path, "utf8")));
const registry = read("data/encodings.toml");
/** @type {Encoding[]} */
const encodings = registry.encoding;
/** @type {Reason[]} */
const unknown = registry.unknown;
/** @type {{ vocab: Vocabulary[], claude: Vocabulary[] }} */
const { vocab, claude } = read("data/vocab.toml");
/** @type {Map<string, Vocabulary>} */
const vocabularies = new Map([...vocab, ...claude].map((entry) => [entry.name, entry]));
/** The lines of Claude's models, in the order of `Line::ALL` in src/claude.rs. */
const LINES = ["claude3", "claude4_7", "claude4_8", "claude5"];

check();

const shipped = encodings.filter(
  ({ name, file = name, on_request }) => vocabularies.has(file) && !on_request,
);
const json = (/** @type {unknown} */ value) => JSON.stringify(value);
/** Beside the fields that are there, nothing: `undefined` is left out. @param {Encoding} encoding */
function info({ name, title, vendor, base, basis, file = name, frame, on_request: notShipped }) {
  const { pattern, normalizer, tokens, licence } = vocabularies.get(file) ?? { name };
  const bytes = statSync(`data/vocab/${file}.vocab`, { throwIfNoEntry: false })?.size;
  return {
    name,
    title,
    vendor,
    basis,
    base,
    frame,
    file: file === name ? undefined : file,
    line: LINES.includes(name) ? LINES.indexOf(name) : undefined,
    notShipped,
    pattern,
    normalizer,
    tokens,
    licence,
    bytes,
  };
}

writeFileSync(
  "pkg/src/registry.ts",
  `/** Written by tools/registry.mjs from data/encodings.toml and data/vocab.toml. */

/** The name of an encoding. */
export type EncodingName = ${encodings.map(({ name }) => json(name)).join(" | ")};

/** What is known of an encoding. */
export interface EncodingInfo {
  /** As \`load\` takes it. */
  readonly name: EncodingName;
  /** The models that use it, for people. */
  readonly title: string;
  /** Who made the models. */
  readonly vendor: string;
  /** \`"exact"\`: the ids of the reference. \`"calibrated"\`: rebuilt from recorded counts, unofficial. */
  readonly basis: "exact" | "calibrated";
  /** The encoding whose file its file extends. Both are loaded. */
  readonly base?: EncodingName;
  /** Tokens that one message of a user has besides its text, where that is known. */
  readonly frame?: number;
  /** @internal The name of its file, if that is another one. */
  readonly file?: string;
  /** @internal The number of the line of Claude's models, of which only counts are known. */
  readonly line?: number;
  /** Why the package has no file of it, where the licence of the data does not allow one. */
  readonly notShipped?: string;
  /** The name of the pattern by which it splits. */
  readonly pattern?: string;
  /** What is done to a text before. */
  readonly normalizer?: string;
  /** How many tokens it has, without special ones. */
  readonly tokens?: number;
  /** The licence of the data. */
  readonly licence?: string;
  /** The size of its file, without that of its base. */
  readonly bytes?: number;
}

/** All encodings, in the order of a picker. */
export const INFOS: readonly EncodingInfo[] = [
${encodings.map((encoding) => `  ${json(info(encoding))},`).join("\n")}
];

/** Where the files are that the package ships: literal addresses, the one form that bundlers and browsers all take. */
export const FILES: ReadonlyMap<EncodingName, () => URL> = new Map<EncodingName, () => URL>([
${shipped
  .map(
    ({ name, file = name }) =>
      `  [${json(name)}, (): URL => new URL("../vocab/${file}.vocab", import.meta.url)],`,
  )
  .join("\n")}
]);

/** Beginnings of model ids; one that ends in \`*\` is followed by any version. */
export const MODELS: readonly (readonly [EncodingName, prefixes: string, assumption?: string])[] = [
${encodings
  .flatMap(({ name, models, assumed = [] }) => [
    `  ${json([name, prefixes(models)])},`,
    ...assumed.map(({ models, why }) => `  ${json([name, prefixes(models), why])},`),
  ])
  .join("\n")}
];

/** Beginnings of the ids of models that cannot be counted, and why. */
export const UNKNOWN: readonly (readonly [prefixes: string, why: string])[] = [
${unknown.map(({ models, why }) => `  ${json([prefixes(models.map((model) => `${model}.x`)), why])},`).join("\n")}
];
`,
);

const hashes = encodings.flatMap(({ name, file = name }) => {
  const hash = vocabularies.get(file)?.packed_sha256;
  return hash ? [[name, `sha256-${Buffer.from(hash, "hex").toString("base64")}`]] : [];
});
writeFileSync(
  "pkg/src/integrity.ts",
  `/**
 * The hashes of the vocabulary files. Written by tools/registry.mjs from data/vocab.toml.
 *
 * @module
 */

import type { EncodingName } from "./registry.js";

/**
 * The hashes of vocabulary files, as \`fetch\` takes them (\`{ integrity: INTEGRITY[name] }\`) and as Subresource Integrity writes
 * them: for pages that fetch the files from a host that is not theirs. A file of an encoding that has a base goes with the
 * base's.
 */
export const INTEGRITY: Readonly<Partial<Record<EncodingName, string>>> = ${json(Object.fromEntries(hashes))};
`,
);

/** As \`resolve\` takes them: small letters, dashes only. @param {string[]} models */
function prefixes(models) {
  return models.map((model) => model.replace(/\.x$/, "*").replace(/[^a-z0-9*]+/g, "-")).join(" ");
}

/** Stops the build where the data contradicts itself. */
function check() {
  const names = new Set(encodings.map(({ name }) => name));
  /** @type {Set<string>} */
  const seen = new Set();
  for (const { name, base, basis } of encodings) {
    if (base && !names.has(base)) throw new Error(`encodings.toml: ${name}: there is no base ${base}`);
    if (!["exact", "calibrated"].includes(basis)) throw new Error(`encodings.toml: ${name}: basis ${basis}`);
    const { base: packed = base } = vocabularies.get(name) ?? { base };
    if (packed !== base)
      throw new Error(`${name} extends ${base} in encodings.toml, ${packed} in vocab.toml`);
  }
  for (const name of vocabularies.keys()) {
    if (!names.has(name)) throw new Error(`vocab.toml has ${name}, which encodings.toml has not`);
  }
  const lists = encodings.flatMap(({ models, assumed = [] }) => [models, ...assumed.map((a) => a.models)]);
  for (const prefix of [...lists, ...unknown.map(({ models }) => models)]
    .map(prefixes)
    .join(" ")
    .split(" ")) {
    if (seen.has(prefix)) throw new Error(`encodings.toml: ${prefix} stands there twice`);
    seen.add(prefix);
  }
}
