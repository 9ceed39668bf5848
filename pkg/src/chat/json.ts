/**
 * JSON as chat templates write it: Python's `json.dumps` with `ensure_ascii=False`, which differs from `JSON.stringify` in its
 * spaces and in how it writes fractions.
 */

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** How to write. */
export interface JsonStyle {
  /** Between items: `", "` if left out. */
  readonly comma?: string;
  /** Between a key and its value: `": "` if left out. */
  readonly colon?: string;
  /** Spaces by which each level is indented, on lines of their own. */
  readonly indent?: number;
  /** Whether keys are in the order of their code points. */
  readonly sorted?: boolean;
}

/** Returns `value` as JSON; a key whose value is `undefined` is left out. */
export function dumps(value: Json, style: JsonStyle = {}, depth = 0): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return numeral(value);
  if (typeof value === "string") return JSON.stringify(value);
  const { comma = ", ", colon = ": ", indent } = style;
  const isArray = isList(value);
  const items = isArray
    ? value.map((item) => dumps(item, style, depth + 1))
    : entries(value, style.sorted).map(
        ([key, item]) => JSON.stringify(key) + colon + dumps(item, style, depth + 1),
      );
  const [open, close] = isArray ? "[]" : "{}";
  if (items.length === 0 || indent === undefined) return open + items.join(comma) + close;
  const line = `\n${" ".repeat(indent * (depth + 1))}`;
  return `${open}${line}${items.join(`${comma.trimEnd()}${line}`)}\n${" ".repeat(indent * depth)}${close}`;
}

/** Returns a number as Python writes it: an exponent of two digits, below 10⁻⁴ and from 10¹⁶ on. */
export function numeral(value: number): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 1e-4) return String(value);
  return value.toExponential().replace(/e-(\d)$/, "e-0$1");
}

/** Returns a value as Python's `str` writes it: text as it is. */
export function str(value: Json): string {
  if (typeof value === "string") return value;
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return dumps(value);
}

/** Returns the object that `text` is the JSON of, or `undefined`. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Returns whether a value is an array. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Returns whether a value is an object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value);
}

function entries(value: JsonObject, sorted = false): [string, Json][] {
  const all = Object.entries(value).filter(([, item]) => item !== undefined);
  return sorted ? all.sort(([a], [b]) => (a < b ? -1 : 1)) : all;
}
