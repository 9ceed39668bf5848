/** Spaces and empty lines that say nothing. Indentation, code, tables, columns and what stands in quotes stay as they are. */

import {
  breakOf,
  CLOSING,
  type Finding,
  IDEOGRAPHS,
  isSpace,
  isWord,
  type Line,
  linesOf,
  OPENING,
} from "./hint-lines.js";

/** Yields spaces at the ends of lines, two and more between words, and three empty lines and more. Linear. */
export function* spaces(text: string): Generator<Finding, void> {
  let blank: Line[] = [];
  let before: Finding | undefined;
  for (const line of linesOf(text)) {
    if (line.isBlank && !line.isFenced) {
      if (before) yield before;
      before = undefined;
      blank.push(line);
      continue;
    }
    if (before) yield* withoutBreak(text, before);
    yield* blankLines(text, blank);
    blank = [];
    before = undefined;
    if (line.isFenced) continue;
    const end = trimmed(text, line);
    if (line.isPlain) yield* doubled(text, line.from, end);
    if (end < line.end) before = { kind: "trailing-spaces", from: end, to: line.end, replacement: "" };
  }
  if (before) yield before;
  yield* blankLines(text, blank);
}

/** Two spaces and more at the end of a line that another one follows are a line break in Markdown: two of them stay. */
function* withoutBreak(text: string, spaces: Finding): Generator<Finding, void> {
  const to = text.endsWith("  ", spaces.to) ? spaces.to - 2 : spaces.to;
  if (to > spaces.from) yield { ...spaces, to };
}

function* blankLines(text: string, lines: readonly Line[]): Generator<Finding, void> {
  const [first] = lines;
  const last = lines.at(-1);
  if (first && last && lines.length >= 3) {
    yield { kind: "blank-lines", from: first.from, to: last.next, replacement: breakOf(text, first) };
    return;
  }
  for (const { from, end } of lines) {
    if (from < end) yield { kind: "trailing-spaces", from, to: end, replacement: "" };
  }
}

/** Returns where a line ends without its spaces. */
export function trimmed(text: string, { from, end }: Line): number {
  let at = end;
  while (at > from && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

function doubled(text: string, from: number, end: number): Finding[] {
  const found: Finding[] = [];
  let columns = 0;
  /** What closes the quotes that are open. */
  let quoted = "";
  let lastQuote = end - 1;
  while (lastQuote > from && !isSingleQuote(text, lastQuote, 1)) lastQuote--;
  // Behind a mark of a comment or of a list they are indentation.
  let isInText = false;
  let at = from;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  while (at < end) {
    const start = at;
    while (at < end && isSpace(text.charCodeAt(at))) at++;
    if (at - start >= 3) columns++;
    if (at - start >= 2 && isInText && quoted === "")
      found.push({ kind: "spaces", from: start, to: at, replacement: " " });
    const unit = text[at] ?? "";
    isInText ||= isWord(text.charCodeAt(at));
    if (unit !== "'") quoted = unit === quoted ? "" : quoted || closingOf(unit);
    else if (quoted === "" && at < lastQuote && isSingleQuote(text, at, -1)) quoted = unit;
    else if (quoted === unit && isSingleQuote(text, at, 1)) quoted = "";
    at++;
  }
  // Two gaps of three spaces and more are columns.
  return columns >= 2 ? [] : found;
}

/** Returns what closes the quotes that a code unit opens, `""` if it opens none. */
function closingOf(unit: string): string {
  return unit === '"' || unit === "`" ? unit : (CLOSING[OPENING.indexOf(unit)] ?? "");
}

/** Returns whether there is a single quote with no letter on that side, where an apostrophe has one. */
function isSingleQuote(text: string, at: number, side: 1 | -1): boolean {
  const beside = text.charCodeAt(at + side);
  return text[at] === "'" && !(isWord(beside) && beside < IDEOGRAPHS);
}
