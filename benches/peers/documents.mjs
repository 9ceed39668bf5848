// @ts-check
/**
 * Documents of a certain length, by name: `english@1000` is a thousand UTF-16 code units of that text of the corpus,
 * which is repeated if it is shorter; `english@1000B` is its first thousand bytes, or a few less. `han` is Chinese without
 * any punctuation, one piece from end to end, and the names of hostile texts are there too, whose size is in bytes.
 */
import { HOSTILE_NAMES, hostileText } from "./hostile.mjs";

/** Different excerpts that a document shorter than its text can be. */
const EXCERPTS = 10;

/** @param {string} name */
export function isDocument(name) {
  return name.includes("@");
}

/**
 * @param {string} source
 * @param {number} units
 */
export function documentName(source, units) {
  return `${source}@${units}`;
}

/**
 * @param {string} source
 * @param {number} bytes
 */
export function beginningName(source, bytes) {
  return `${source}@${bytes}B`;
}

/**
 * @param {(name: string) => Promise<Uint8Array>} readText
 * @param {string} name
 * @param {number} [number] which excerpt, if the text has more than one
 */
export async function readDocument(readText, name, number = 0) {
  const [source, size] = name.split("@");
  const units = Number.parseInt(size, 10);
  if (HOSTILE_NAMES.includes(source)) return hostileText(source, units);
  const bytes = await readText(source === "han" ? "chinese" : source);
  if (size.endsWith("B")) return decodeWhole(bytes.subarray(0, units));
  const text = new TextDecoder().decode(bytes);
  return excerpt(source === "han" ? text.replace(/[^\u4e00-\u9fff]/g, "") : text, units, number);
}

/**
 * Without a last character that is cut.
 *
 * @param {Uint8Array} bytes
 */
function decodeWhole(bytes) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes, { stream: true });
}

/**
 * @param {string} text
 * @param {number} units
 * @param {number} number
 */
function excerpt(text, units, number) {
  const room = Math.max(0, text.length - units);
  const from = Math.floor((room * (number % EXCERPTS)) / EXCERPTS);
  const source = text.repeat(Math.ceil((from + units) / text.length));
  // An end may fall inside a surrogate pair.
  return source.slice(from, from + units).toWellFormed();
}
