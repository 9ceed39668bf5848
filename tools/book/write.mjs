// @ts-check
/** Writes the models of data/models.toml in their one form; the file's head stays as it is. */

import { MODEL_KEYS, PRICE_KEYS, RATES } from "./read.mjs";

const INLINE = ["source", "hours", "days", "from", "to", "above", ...RATES];

/**
 * Returns the text of the file with these models.
 *
 * @param {string} text of the file as it is
 * @param {Record<string, any>[]} models
 * @returns {string}
 */
export function withModels(text, models) {
  const head = text.slice(0, text.search(/^\[\[model\]\]/m));
  const parts = models.map(({ price = [], ...model }) => [
    `[[model]]\n${lines(model, MODEL_KEYS)}`,
    ...price.map(
      (/** @type {Record<string, unknown>} */ one) => `[[model.price]]\n${lines(one, PRICE_KEYS)}`,
    ),
  ]);
  return `${head.trimEnd()}\n\n${parts.flat().join("\n")}`;
}

/** @param {Record<string, unknown>} table @param {string[]} order */
function lines(table, order) {
  return `${entries(table, order).join("\n")}\n`;
}

/** @param {Record<string, unknown>} table @param {string[]} order */
function entries(table, order) {
  const strange = Object.keys(table).find((key) => !order.includes(key));
  if (strange !== undefined) throw new Error(`there is no place for ${strange} in data/models.toml`);
  return order.filter((key) => table[key] !== undefined).map((key) => `${key} = ${value(table[key])}`);
}

/** @param {unknown} one @returns {string} */
function value(one) {
  if (typeof one === "number") return String(one).replace(/\B(?=(\d{3})+$)/g, "_");
  if (typeof one === "string" || typeof one === "boolean") return JSON.stringify(one);
  if (Array.isArray(one)) return `[${one.map(value).join(", ")}]`;
  return `{ ${entries(/** @type {Record<string, unknown>} */ (one), INLINE).join(", ")} }`;
}
