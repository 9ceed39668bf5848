/** What templates do to texts, as Python does it. */

import type { Turn } from "./messages.js";

/** Returns `text` without the white space around it that Python's `str.strip` takes off. */
export function strip(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

/** White space to Python: to JavaScript U+FEFF is too, and U+001C to U+001F and U+0085 are not. */
function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f);
  return code === 0x85 || (code !== 0xfeff && /\s/.test(String.fromCharCode(code)));
}

/** Returns `text` without the line breaks around it. */
export function trimLines(text: string): string {
  return trimLinesAfter(trimLinesBefore(text));
}

/** Returns `text` without the line breaks before it. */
export function trimLinesBefore(text: string): string {
  let from = 0;
  while (text[from] === "\n") from++;
  return text.slice(from);
}

function trimLinesAfter(text: string): string {
  let to = text.length;
  while (text[to - 1] === "\n") to--;
  return text.slice(0, to);
}

/** Returns what stands before the first `mark`; all of `text` without one. */
export function before(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? text : text.slice(0, at);
}

/** Returns what stands after the last `mark`; all of `text` without one. */
export function after(text: string, mark: string): string {
  const at = text.lastIndexOf(mark);
  return at < 0 ? text : text.slice(at + mark.length);
}

/** Returns the reasoning and the content of a message; both may stand in its text, as a model writes them. */
export function thoughts(turn: Turn, text: string): { reasoning: string; content: string } {
  if (turn.reasoning !== undefined) return { reasoning: turn.reasoning, content: text };
  if (!text.includes("</think>")) return { reasoning: "", content: text };
  const thought = after(trimLinesAfter(before(text, "</think>")), "<think>");
  return { reasoning: trimLinesBefore(thought), content: trimLinesBefore(after(text, "</think>")) };
}
