// @ts-check
/**
 * Texts that break tokenizers: long runs without a seam, where a merge that looks at every pair again after each
 * step takes quadratic time. Each is made of one thing, or of letters drawn with a fixed seed.
 */

const LOWER_CASE = "abcdefghijklmnopqrstuvwxyz";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** @type {Map<string, (bytes: number) => string>} */
const MAKERS = new Map([
  ["a", (bytes) => repeat("a", bytes)],
  ["space", (bytes) => repeat(" ", bytes)],
  ["newline", (bytes) => repeat("\n", bytes)],
  ["_", (bytes) => repeat("_", bytes)],
  ["=", (bytes) => repeat("=", bytes)],
  ["0", (bytes) => repeat("0", bytes)],
  ["'s", (bytes) => repeat("'s", bytes)],
  ["中", (bytes) => repeat("中", bytes)],
  ["😀", (bytes) => repeat("😀", bytes)],
  ["U+0301", (bytes) => repeat("\u0301", bytes)],
  ["U+200D", (bytes) => repeat("\u200d", bytes)],
  ["random a-z", (bytes) => draw(LOWER_CASE, bytes)],
  ["random base64", (bytes) => draw(BASE64, bytes)],
  ["space newline", (bytes) => repeat(" \n", bytes)],
]);

export const HOSTILE_NAMES = [...MAKERS.keys()];

/**
 * @param {string} name one of HOSTILE_NAMES
 * @param {number} bytes length of the text in UTF-8, rounded down to whole characters
 */
export function hostileText(name, bytes) {
  const make = MAKERS.get(name);
  if (!make) throw new RangeError(`no hostile text is called ${name}`);
  return make(bytes);
}

/**
 * @param {string} unit
 * @param {number} bytes
 */
function repeat(unit, bytes) {
  return unit.repeat(Math.floor(bytes / new TextEncoder().encode(unit).length));
}

/**
 * @param {string} alphabet of ASCII
 * @param {number} length
 */
function draw(alphabet, length) {
  const letters = new Uint8Array(length);
  let state = 0x2545f491;
  for (let index = 0; index < length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    letters[index] = alphabet.charCodeAt((state >>> 0) % alphabet.length);
  }
  return new TextDecoder().decode(letters);
}
