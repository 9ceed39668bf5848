/** Paragraphs and lines of prose that stood there before, to the letter: the later one can go. */

import { type Finding, type Line, linesOf } from "./hint-lines.js";
import { trimmed } from "./hint-spaces.js";

/** Fewer letters than these are a refrain or an answer, and no paste; an ideograph counts as three. */
const LEAST = 36;
const IDEOGRAPHS = 0x2e80;
const SENTENCE_ENDS = '.!?…。！？"”」』)）';
/** Who asks to compare means both. */
const COMPARES = /\bcompare\b|\bdifferences?\b|\bdiff\b|\bduplicates?\b|比较|对比|区别|重复/i;

/** Yields what stands twice. Linear. */
export function* repeats(text: string): Generator<Finding, void> {
  if (COMPARES.test(text)) return;
  const seen = new Set<string>();
  let lines: Line[] = [];
  /** Where the text before the paragraph ends. */
  let end = 0;
  let before: Finding | undefined;
  const found = function* (paragraph: readonly Line[]): Generator<Finding, void> {
    for (const { from, to } of later(text, paragraph, end, seen)) {
      // What follows without a gap is one finding.
      if (before?.to === from) before = { ...before, to };
      else {
        if (before) yield before;
        before = { kind: "repeat", from, to, replacement: "" };
      }
    }
  };
  for (const line of linesOf(text)) {
    if (line.isPlain) {
      lines.push(line);
      continue;
    }
    yield* found(lines);
    end = lines.at(-1)?.end ?? end;
    lines = [];
    if (!line.isBlank) end = line.end;
  }
  yield* found(lines);
  if (before) yield before;
}

function later(
  text: string,
  lines: readonly Line[],
  before: number,
  seen: Set<string>,
): { from: number; to: number }[] {
  const [first] = lines;
  const last = lines.at(-1);
  if (!first || !last) return [];
  const isOne = first === last;
  if (!isOne && isSeen(text.slice(first.from, trimmed(text, last)), seen)) {
    return [{ from: before, to: last.end }];
  }
  const parts = [];
  let end = before;
  for (const line of lines) {
    if (isSeen(text.slice(line.from, trimmed(text, line)), seen)) parts.push({ from: end, to: line.end });
    end = line.end;
  }
  return parts;
}

/** Returns whether a text that is long enough was there before, and remembers it. */
function isSeen(part: string, seen: Set<string>): boolean {
  if (!SENTENCE_ENDS.includes(part.at(-1) ?? " ") || !isLong(part)) return false;
  if (seen.has(part)) return true;
  seen.add(part);
  return false;
}

function isLong(part: string): boolean {
  let weight = 0;
  for (let at = 0; at < part.length && weight < LEAST; at++) {
    weight += part.charCodeAt(at) >= IDEOGRAPHS ? 3 : 1;
  }
  return weight >= LEAST;
}
