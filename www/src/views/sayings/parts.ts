/**
 * The part of a text that a saying speaks of. What belongs to another script is taken out, and what is left is a text of its own: one that
 * is all in one script stays as it is. A count of a part is no part of the whole's count, so nothing here is ever added up.
 */

/** Code units of a text that are looked at: a ratio does not change beyond. */
export const MOST_MEASURED = 100_000;

/** A run of Chinese with its punctuation and spaces. Quotation marks, dashes and dots are those of English too. */
const CHINESE =
  /[\p{sc=Han}\u3000-\u303f\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u2018-\u201d\u2014\u2026\u00b7\s]+/gu;
const HAN = /\p{sc=Han}/u;
const KANA = /[\p{sc=Hiragana}\p{sc=Katakana}]/gu;
/** A run of Latin letters with digits, ASCII signs and typographic punctuation. */
const ENGLISH = /[\p{sc=Latin}\p{M}\u0021-\u007e\u2010-\u2027\u20ac\u00a0-\u00bf\s]+/gu;
const LATIN = /\p{sc=Latin}/u;

/** Returns the Chinese part of a text. Lines with much kana are Japanese, and left out. Linear. */
export function chinesePart(text: string): string {
  const chinese = text.search(KANA) < 0 ? text : text.split("\n").filter(isNotJapanese).join("\n");
  return cut(chinese, CHINESE, HAN, "");
}

/** Returns the part of a text in Latin letters: nothing here knows English from French. Linear. */
export function englishPart(text: string): string {
  return cut(text, ENGLISH, LATIN, " ");
}

/** Returns how many characters a Chinese text has, punctuation included and white space not, as word processors count them. */
export function charactersOf(chinese: string): number {
  let characters = 0;
  for (const character of chinese) if (!/\s/.test(character)) characters++;
  return characters;
}

/** Returns the runs of a text that have what they need, joined by line breaks where there was one, else by `joint`. */
function cut(text: string, run: RegExp, needed: RegExp, joint: string): string {
  let part = "";
  let last = 0;
  for (const { 0: found, index } of text.matchAll(run)) {
    if (!needed.test(found)) continue;
    const end = index + found.length;
    const body = end === text.length ? found : found.trimEnd();
    const kept = index === 0 ? body : body.trimStart();
    const start = index + (body.length - kept.length);
    if (part !== "") part += text.slice(last, start).includes("\n") ? "\n" : joint;
    part += kept;
    last = index + body.length;
  }
  return part;
}

function isNotJapanese(line: string): boolean {
  const kana = line.match(KANA)?.length ?? 0;
  return kana * 10 <= line.length;
}
