// @ts-check
/**
 * Turns unpacked packages into paragraphs of text, in an order that is the same on every machine.
 *
 * @typedef {(folder: string) => string[]} Reader of an unpacked package
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/**
 * Groups paragraphs into runs of at least `bytes`; a last run that stays shorter is left out.
 *
 * @type {(paragraphs: string[], bytes: number) => string[][]}
 */
export function runsOf(paragraphs, bytes) {
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
export function paragraphsOf(under, pattern) {
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
export function speeches(folder) {
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
export function chineseLinesOf(under, pattern) {
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
export function declarations(folder) {
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
export function compatRecords(folder) {
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
export function webhookExamples(folder) {
  const events = JSON.parse(readText(folder, "api.github.com/index.json"));
  return events.flatMap((/** @type {{ examples: unknown[] }} */ event) =>
    event.examples.slice(0, 3).map((example) => JSON.stringify(example, null, 2)),
  );
}

/** @type {Reader} */
export function schemaDefinitions(folder) {
  const { definitions } = JSON.parse(readText(folder, "build/vega-lite-schema.json"));
  return Object.entries(definitions).map(([name, schema]) => JSON.stringify({ [name]: schema }, null, 2));
}

/**
 * Conversations in which people smile, a message a line; those without any emoticon are left out.
 *
 * @type {Reader}
 */
export function conversations(folder) {
  /** @type {Record<string, { messages: { text: string, sender: string }[][] }>} */
  const chats = JSON.parse(readText(folder, "chitchat_dataset/dataset.json"));
  return Object.values(chats).flatMap(({ messages }) => {
    const turns = messages.flat();
    const senders = [...new Set(turns.map(({ sender }) => sender))];
    const lines = turns.map(
      ({ text, sender }) => `${"AB"[senders.indexOf(sender)] ?? "C"}: ${withEmoji(text.trim())}`,
    );
    const chat = lines.join("\n");
    return /\p{Extended_Pictographic}/u.test(chat) ? [chat] : [];
  });
}

const EMOJI = new Map(
  Object.entries({
    "🙂": ":) :-) =) (: :]",
    "😀": ":D :-D =D XD xD",
    "😉": ";) ;-) ;D",
    "😛": ":P :p =P :-P ;P XP",
    "🙁": ":( :-( =( ):",
    "😢": ":'(",
    "😕": ":/ :-/",
    "😮": ":O :o",
    "😐": ":|",
    "❤️": "<3",
  }).flatMap(([emoji, signs]) => signs.split(" ").map((sign) => [sign, emoji])),
);

/** @param {string} text */
function withEmoji(text) {
  return text.replace(/(?<!\S)[^\w\s]?[^\s]{1,2}(?!\S)/g, (sign) => EMOJI.get(sign) ?? sign);
}

/**
 * Emoji in all colours of skin and hair, and flags, each with its name and keywords.
 *
 * @type {Reader}
 */
export function emojiNames(folder) {
  const languages = ["en", "zh", "es", "hi", "ar", "pt", "ja", "ru", "de", "fr", "ko", "tr"];
  const lines = languages.map((language) => {
    const path = `annotationsDerived/${language}/annotations.json`;
    /** @type {{ annotationsDerived: { annotations: Record<string, { default?: string[], tts?: string[] }> } }} */
    const { annotationsDerived } = JSON.parse(readText(folder, path));
    return Object.entries(annotationsDerived.annotations).flatMap(([emoji, { default: words = [], tts }]) =>
      tts ? [`${emoji} ${tts[0]} (${words.slice(0, 4).join(", ")})`] : [],
    );
  });
  return shuffle(lines.flatMap((all) => shuffle(all).slice(0, 900)));
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
