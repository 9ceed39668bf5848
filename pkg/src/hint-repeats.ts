/** Paragraphs and lines of prose that stood there before, to the letter: the later one can go. */

import { beginsWithWord, type Finding, IDEOGRAPHS, type Line, linesOf } from "./hint-lines.js";
import { trimmed } from "./hint-spaces.js";

/** Fewer letters than these are a refrain or an answer, and no paste; an ideograph counts as three. */
const LEAST = 36;
const SENTENCE_END = /[.!?…。！？][”」』)）]?$/;
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
  if (!first || !last || isHeaded(text, before)) return [];
  const whole = beginsWithWord(text, first) && text.slice(first.from, trimmed(text, last));
  if (whole && first !== last && isSeen(whole, seen)) return [{ from: before, to: last.end }];
  const parts = [];
  let end = before;
  // A line that begins in the middle of a sentence is a part of it.
  let isBegin = true;
  for (const line of lines) {
    const part = text.slice(line.from, trimmed(text, line));
    if (isBegin && beginsWithWord(text, line) && isSeen(part, seen)) parts.push({ from: end, to: line.end });
    isBegin = isSentence(part);
    end = line.end;
  }
  return parts;
}

/** Returns whether what ends there is a heading, or announces what follows: then that belongs to it. */
function isHeaded(text: string, end: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", end - 1) + 1, end).trim();
  return end > 0 && (line.startsWith("#") || /[:：]$/.test(line.slice(-1)));
}

function isSentence(part: string): boolean {
  return SENTENCE_END.test(part.slice(-2));
}

/** Returns whether a text that is long enough was there before, and remembers it. */
function isSeen(part: string, seen: Set<string>): boolean {
  if (!isSentence(part) || !isLong(part)) return false;
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
