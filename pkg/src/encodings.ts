/**
 * Which encodings there are, and which one a model uses.
 */

import { addressOf } from "./address.js";
import { TokimeterError } from "./errors.js";
import { type EncodingInfo, type EncodingName, FILES, INFOS, MODELS, UNKNOWN } from "./registry.js";

/** Which encoding a model uses. */
export interface Resolved {
  /** The encoding's name, as `load` takes it. */
  readonly encoding: EncodingName;
  /** Why it is taken to be this one, where the vendor has not said. */
  readonly assumption?: string;
}

interface Entry {
  readonly encoding?: EncodingName;
  /** The assumption or, without an encoding, why there is none. */
  readonly why?: string | undefined;
  readonly before: Before;
}

/** What may follow a prefix: nothing, words that make it no other version, or anything. */
export type Before = "nothing" | "words" | "anything";

/** The encodings that the package ships a file of. */
export const encodings: readonly EncodingName[] = INFOS.map(({ name }) => name).filter((name) =>
  FILES.has(name),
);

/**
 * Returns what is known of an encoding.
 * @throws {TokimeterError} `unknown-encoding`; of `"unknown"`, the name of estimates of what nobody has, nothing is known.
 */
export function encodingInfo(name: EncodingName | "unknown"): EncodingInfo {
  const info = INFOS.find((each) => each.name === name);
  if (info) return info;
  throw new TokimeterError("unknown-encoding", `there is no encoding ${JSON.stringify(name)}`);
}

/**
 * Returns the encoding of that name, or that a model uses, its id written as people write it: with or without its
 * vendor and date, in capitals, with dots or dashes. `undefined` if it is not known.
 */
export function resolve(id: string): Resolved | undefined {
  const { encoding, why } = find(id) ?? {};
  if (encoding === undefined) return undefined;
  return why === undefined ? { encoding } : { encoding, assumption: why };
}

/**
 * Returns why a model has no encoding here, where that is known: its vendor has not published the vocabulary, or the name
 * fits several.
 * @internal
 */
export function whyUnknown(id: string): string | undefined {
  const entry = find(id);
  return entry?.encoding === undefined ? entry?.why : undefined;
}

/**
 * As {@link resolve}.
 * @throws {TokimeterError} `unknown-encoding`, with what may have been meant.
 */
export function mustResolve(id: string): Resolved {
  const resolved = resolve(id);
  if (resolved) return resolved;
  const name = JSON.stringify(id);
  const why = find(id)?.why;
  throw new TokimeterError(
    "unknown-encoding",
    why === undefined
      ? `there is no encoding or model ${name} here; near it are ${nearest(words(id)).join(", ")}`
      : `${name} cannot be counted: ${why}; estimate(${name}) counts it with a range`,
  );
}

/**
 * Returns where the file of an encoding is.
 * @throws {TokimeterError} `not-shipped`.
 */
export function fileOf(name: EncodingName): URL {
  const literal = FILES.get(name);
  const { file = name, notShipped = "this version does not have it" } = encodingInfo(name);
  if (literal) return addressOf(`vocab/${file}.vocab`, literal);
  throw new TokimeterError(
    "not-shipped",
    `the package has no file of ${name}: ${notShipped}. Make one (CONTRIBUTING.md says how), ` +
      `put it on your server, and say where: load("${name}", { url })`,
  );
}

let entries: Map<string, Entry> | undefined;

function find(id: string): Entry | undefined {
  entries ??= new Map(entriesOf());
  return byPrefix(entries, id);
}

/** @internal Returns the entry under the longest prefix of a model's id that what follows in it allows. */
export function byPrefix<T extends { readonly before: Before }>(
  entries: ReadonlyMap<string, T>,
  id: string,
): T | undefined {
  const whole = words(id);
  for (let end = whole.length; end > 0; end = whole.lastIndexOf("-", end - 1)) {
    const entry = entries.get(whole.slice(0, end));
    if (entry && mayFollow(entry.before, whole.slice(end + 1))) return entry;
  }
  return undefined;
}

/** @internal Returns the prefixes of a list, as in data/encodings.toml with dashes only, and what may follow each. */
export function* prefixes(list: string): Generator<readonly [prefix: string, before: Before]> {
  for (const prefix of list.split(" ")) {
    const isOpen = prefix.endsWith("*");
    yield [isOpen ? prefix.slice(0, -1) : prefix, isOpen ? "anything" : "words"];
  }
}

function* entriesOf(): Generator<[string, Entry]> {
  for (const { name } of INFOS) yield [name.replaceAll("_", "-"), { encoding: name, before: "nothing" }];
  const lists = [
    ...MODELS.map(([encoding, list, why]) => ({ list, entry: { encoding, why } })),
    ...UNKNOWN.map(([list, why]) => ({ list, entry: { why } })),
  ];
  for (const { list, entry } of lists) {
    for (const [prefix, before] of prefixes(list)) yield [prefix, { ...entry, before }];
  }
}

/**
 * Returns an id without what comes before the model, as words joined by dashes.
 * @internal
 */
export function words(id: string): string {
  const name = id.toLowerCase().replace(/^.*\/|^ft:/g, "");
  return name
    .replace(/^(?:[a-z-]+\.)+(?=[a-z])/, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** A number that follows makes it another version; a date (08-2024) or a size (0.6b, 2.4t) does not. */
function mayFollow(before: Before, rest: string): boolean {
  if (before === "nothing" || rest === "") return rest === "";
  return (
    before === "anything" || !/^\d{1,2}(?:-|$)/.test(rest) || /^(?:\d-\d+[bt]|\d\d-\d{4})(?:-|$)/.test(rest)
  );
}

/** Returns the three names that take the fewest changes. */
function nearest(id: string): string[] {
  const names = [...INFOS.map(({ name }) => name), ...(entries?.keys() ?? [])];
  const far = new Map(names.map((name) => [name, distance(name.replaceAll("_", "-"), id)]));
  return [...far]
    .sort(([, a], [, b]) => a - b)
    .slice(0, 3)
    .map(([name]) => name);
}

/** @internal No name of a model or an encoding has more letters. */
export const LONGEST = 100;

/**
 * Returns how many letters have to be put in, taken out or changed to make `id`, or its beginning if it is long, of `a`.
 * @internal
 */
export function distance(a: string, id: string): number {
  const b = id.slice(0, LONGEST);
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const changed = (row[j] ?? 0) + (letter === b[j] ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
