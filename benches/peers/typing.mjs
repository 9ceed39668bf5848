// @ts-check
/**
 * Keystrokes to time: at random places of a text, seven of ten insert a character and three delete a code unit. What
 * is typed is drawn from the text itself, so that it is as frequent there as it is in the text.
 *
 * A batch can be undone, so that the next one meets the same text: otherwise a short document would soon be noise
 * from end to end, and a long one would stay what it is.
 *
 * @typedef {{ from: number, to: number, insert: string, replaced: string }} Key what it replaces, and by what
 * @typedef {() => number} Random from 0 to less than 1
 */

/**
 * An integer from 0 to less than `limit`.
 *
 * @param {Random} random
 * @param {number} limit
 */
export function below(random, limit) {
  return Math.floor(random() * limit);
}

/**
 * Keystrokes that follow on one another, the first of them in `text`.
 *
 * @param {Random} random
 * @param {string} text
 * @param {number} count
 */
export function makeKeys(random, text, count) {
  /** @type {Key[]} */
  const keys = [];
  let { length } = text;
  while (keys.length < count) {
    if (length === 0 || below(random, 10) < 7) {
      const at = below(random, length + 1);
      keys.push({ from: at, to: at, insert: draw(random, text), replaced: "" });
      length++;
    } else {
      const at = below(random, length);
      keys.push({ from: at, to: at + 1, insert: "", replaced: unitAt(text, keys, at) });
      length--;
    }
  }
  return keys;
}

/**
 * A code unit of the text that is a character.
 *
 * @param {Random} random
 * @param {string} text
 */
function draw(random, text) {
  const unit = text[below(random, text.length)];
  return unit.isWellFormed() ? unit : " ";
}

/**
 * The code unit that stands at a position after some keystrokes: it is followed back to the first.
 *
 * @param {string} text
 * @param {Key[]} keys
 * @param {number} position
 */
function unitAt(text, keys, position) {
  let at = position;
  for (const { from, insert } of keys.toReversed()) {
    if (insert === "") at += Number(at >= from);
    else if (at === from) return insert;
    else at -= Number(at > from);
  }
  return text[at];
}
