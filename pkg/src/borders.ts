/**
 * Counts a text in parts that are cut at *borders*: places where the counts add up, so the count is that of the whole.
 *
 * At a border between A and B, what A counts depends on B by its first character N alone, and what B counts on A by its last
 * one, M. So count(AB) = count(AN) + count(aMB) − count(aMN). DESIGN.md says why these are borders.
 */

import { TokimeterError } from "./errors.js";
import type { TokenRange } from "./live.js";
import type { Tokenizer } from "./tokenizer.js";

/** Blocks that are held where there is no border in them; more cannot be counted. */
const MOST_BLOCKS = 128;

/**
 * Letters that are no part of a character's decomposition, in pairs of the first and the last: Latin, Greek, Cyrillic without
 * Й, Hebrew, Arabic, Devanagari, Thai, ideographs, Hangul.
 */
const LETTERS: readonly number[] = [
  ...[0x41, 0x5a, 0x61, 0x7a, 0x391, 0x3a1, 0x3a3, 0x3a9, 0x3b1, 0x3c9, 0x410, 0x418, 0x41a, 0x438],
  ...[0x43a, 0x44f, 0x5d0, 0x5ea, 0x627, 0x64a, 0x904, 0x928, 0xe01, 0xe2e, 0x4e00, 0x9fff, 0xac00, 0xd7a3],
];

/** What stands at a border. */
export type Kind = "line" | "digit" | "space-behind" | "space-before";

/** Cuts a text that comes in blocks at borders. */
export class Cutter {
  readonly #kinds: ReadonlySet<Kind>;
  readonly #take: (part: string, sign: 1 | -1) => void;
  /** `aM`, for the part that begins behind the M of a border. */
  #lead = "";
  #held: string[] = [];

  /** `take` is given each text whose count is to be added, and each whose count is to be taken away. */
  constructor(kinds: ReadonlySet<Kind>, take: (part: string, sign: 1 | -1) => void) {
    this.#kinds = kinds;
    this.#take = take;
  }

  /**
   * Takes the next block.
   * @throws {TokimeterError} `cannot-count` if it has no border for too long.
   */
  push(block: string): void {
    const before = this.#held.at(-1)?.at(-1);
    for (let at = block.length - 1; at >= (before === undefined ? 2 : 0); at--) {
      const last = at > 0 ? block.charCodeAt(at - 1) : (before?.charCodeAt(0) ?? 0);
      const kind = borderAt(last, block.charCodeAt(at));
      if (!kind || !this.#kinds.has(kind)) continue;
      const [seam, next] = [`a${String.fromCharCode(last)}`, block.charAt(at)];
      this.#take(`${this.#lead}${this.#held.join("")}${block.slice(0, at)}${next}`, 1);
      this.#take(seam + next, -1);
      this.#lead = seam;
      this.#held = [block.slice(at)];
      return;
    }
    if (block !== "") this.#held.push(block);
    if (this.#held.length > MOST_BLOCKS) {
      throw new TokimeterError(
        "cannot-count",
        `the text has no place where it can be cut for ${MOST_BLOCKS} blocks, so it is too long to be counted`,
      );
    }
  }

  /** Gives away the rest. */
  end(): void {
    this.#take(this.#lead + this.#held.join(""), 1);
  }
}

/** A sum of counts. */
export class Sum implements TokenRange {
  tokens = 0;
  low = 0;
  high = 0;

  /** What is taken away was counted twice, and so has no range of its own. */
  add({ tokens, low, high }: TokenRange, sign: 1 | -1): void {
    this.tokens += sign * tokens;
    this.low += sign > 0 ? low : -tokens;
    this.high += sign > 0 ? high : -tokens;
  }
}

/** Returns the kinds of borders at which texts can be cut: none for a tokenizer of whose tokens nothing was shown. */
export function kindsOf({
  basis,
  specials,
  hasBorders,
}: Pick<Tokenizer<string>, "basis" | "specials" | "hasBorders">): ReadonlySet<Kind> {
  if (!hasBorders) return new Set();
  // Claude's encodings have the space with the word before it.
  const kinds = new Set<Kind>(["line", "digit", basis === "calibrated" ? "space-before" : "space-behind"]);
  // The text of an added token may be one token wherever it stands, so it must not be cut.
  for (const text of Object.keys(specials)) {
    for (let at = 1; at < text.length; at++) {
      const kind = borderAt(text.charCodeAt(at - 1), text.charCodeAt(at));
      if (kind) kinds.delete(kind);
    }
  }
  return kinds;
}

/** Returns what kind of border is between two code units, if there is one. */
function borderAt(last: number, next: number): Kind | undefined {
  if (last === 0x20) return isLatin(next) ? "space-before" : undefined;
  if (next === 0x20) return isLatin(last) ? "space-behind" : undefined;
  if (!(last === 0x0a || (last >= 0x30 && last <= 0x39)) || !isLetter(next)) return undefined;
  return last === 0x0a ? "line" : "digit";
}

function isLatin(unit: number): boolean {
  return (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;
}

function isLetter(unit: number): boolean {
  for (let at = 0; at < LETTERS.length; at += 2)
    if (unit >= (LETTERS[at] ?? 0) && unit <= (LETTERS[at + 1] ?? 0)) return true;
  return false;
}
