/** Spaces and empty lines that say nothing. Indentation, code, tables, columns and what stands in quotes stay as they are. */

import { breakOf, type Finding, isSpace, isWord, type Line, linesOf } from "./hint-lines.js";

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
    // Two spaces at the end of a line that another one follows are a line break in Markdown.
    if (before && before.to - before.from !== 2) yield before;
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
  let quoted = "";
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
    if (unit === quoted) quoted = "";
    else if (quoted === "" && (unit === '"' || unit === "`")) quoted = unit;
    at++;
  }
  // Two gaps of three spaces and more are columns.
  return columns >= 2 ? [] : found;
}
