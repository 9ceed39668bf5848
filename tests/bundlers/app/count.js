/** What every app counts, and where it writes it. */

/** English, numbers, Chinese, a character beyond the first plane, Japanese, emoji of several code points, accents, white space. */
export const TEXT =
  "It isn't over 25,000 tokens, is it? 词元就是分钟，一共多少分钟？𠮷野家、ひらがな。👩‍💻👨‍👩‍👧‍👦 🇨🇳 naïve café ∑x²\n\n\tdone();\r\n";

/** A large vocabulary, and a tiny one on top of it, which bundlers treat otherwise. */
export const NAMES = ["o200k_base", "o200k_harmony"];

/**
 * Counts in each.
 * @param {(name: string) => Promise<{ count(text: string): number | Promise<number> }>} load
 */
export const count = (load) => Promise.all(NAMES.map(async (name) => (await load(name)).count(TEXT)));

/** Writes answers, or what went wrong, into the page. @param {Record<string, Promise<unknown>>} answers */
export async function write(answers) {
  const settled = Object.entries(answers).map(async ([what, answer]) => [
    what,
    await answer.catch((/** @type {unknown} */ error) => String(error)),
  ]);
  const text = JSON.stringify(Object.fromEntries(await Promise.all(settled)));
  for (const output of document.getElementsByTagName("output")) output.textContent = text;
}
