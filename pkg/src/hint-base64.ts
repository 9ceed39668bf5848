/** Files that were pasted as text: base64 and data URLs. A model pays for every letter of them and can read none. */

import { type Finding, isBreak } from "./hint-lines.js";

/** A shorter run of letters may be a name, a path or a hash. */
const LEAST = 128;
/** Behind `;base64,` there is no doubt. */
const LEAST_IN_URL = 32;
/** What is looked at of a long block. */
const SAMPLE = 4096;
/** Lines of wrapped base64 have 64 or 76 letters (RFC 7468, RFC 2045). */
const LEAST_LINE = 60;
/** The longest head of a data URL that is looked for. */
const HEAD = 128;

/** How files of some kinds begin, in base64. */
const MAGIC: readonly (readonly [string, string])[] = [
  ["iVBORw0KGgo", "PNG"],
  ["/9j/", "JPEG"],
  ["R0lGOD", "GIF"],
  ["UklGR", "WebP or WAV"],
  ["PHN2Zy", "SVG"],
  ["JVBERi0", "PDF"],
  ["UEsDB", "ZIP or Office"],
  ["H4sI", "gzip"],
  ["SUQz", "MP3"],
];

/** Yields blocks of base64. Linear. */
export function* base64(text: string): Generator<Finding, void> {
  for (let at = 0; at < text.length; at++) {
    if (!isLetter(text.charCodeAt(at))) continue;
    const from = at;
    at = runEnd(text, from);
    if (at - from < LEAST_IN_URL) continue;
    const to = blockEnd(text, from, at);
    const url = headOf(text, from);
    if (url !== undefined || (to - from >= LEAST && looksEncoded(text, from, to))) {
      const preview = url || MAGIC.find(([begin]) => text.startsWith(begin, from))?.[1];
      yield { kind: "base64", from, to, replacement: "…", ...(preview && { preview }) };
    }
    at = Math.max(at, to - 1);
  }
}

/** Returns whether a code unit is one of base64 or of its form for URLs. */
function isLetter(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    (unit >= 0x30 && unit <= 0x39) ||
    isMark(unit)
  );
}

/** `+ / - _` */
function isMark(unit: number): boolean {
  return unit === 0x2b || unit === 0x2f || unit === 0x2d || unit === 0x5f;
}

function runEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isLetter(text.charCodeAt(at))) at++;
  return at;
}

/** Returns where a block ends that begins with this run: with its padding, and with the lines that go on. */
function blockEnd(text: string, from: number, end: number): number {
  const width = end - from;
  let to = padded(text, end);
  if (to > end || width < LEAST_LINE) return to;
  for (let lines = 1; ; lines++) {
    const next = text.startsWith("\r\n", to) ? to + 2 : to + 1;
    if (!isBreak(text.charCodeAt(to))) return to;
    const run = runEnd(text, next);
    const stop = padded(text, run);
    const isLine = stop === text.length || isBreak(text.charCodeAt(stop));
    if (!isLine || run - next > width || !/[A-Za-z0-9]/.test(text.slice(next, run))) return to;
    // A word may stand below, too.
    const isLast = (stop - next) % 4 === 0 && (lines > 1 || stop > run);
    if (run - next < width) return isLast ? stop : to;
    to = stop;
    if (stop > run) return to;
  }
}

function padded(text: string, end: number): number {
  let at = end;
  while (at - end < 2 && text[at] === "=") at++;
  return at;
}

/** Returns the kind of file that a data URL states, `""` if it states none, `undefined` if there is no data URL. */
function headOf(text: string, from: number): string | undefined {
  if (!text.endsWith(";base64,", from)) return undefined;
  const head = text.slice(Math.max(0, from - HEAD), from);
  const start = head.lastIndexOf("data:");
  return start < 0 ? undefined : head.slice(start + 5, -8);
}

/** Encoded bytes have letters of all sorts; a word, a path, an address or a hash has not. */
function looksEncoded(text: string, from: number, to: number): boolean {
  if (text[from - 1] === "." || text[to] === ".") return false;
  const end = Math.min(to, from + SAMPLE);
  const seen = new Set<number>();
  const count = { capitals: 0, small: 0, digits: 0, marks: 0 };
  for (let at = from; at < end; at++) {
    const unit = text.charCodeAt(at);
    seen.add(unit);
    if (isMark(unit)) count.marks++;
    else if (unit >= 0x61) count.small++;
    else if (unit >= 0x41) count.capitals++;
    else count.digits++;
  }
  const size = end - from;
  return (
    seen.size >= 20 &&
    count.marks * 8 <= size &&
    count.capitals * 10 >= size &&
    count.small * 16 >= size &&
    count.digits * 64 >= size
  );
}
