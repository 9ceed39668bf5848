/**
 * Between positions of a document, where a line break is one, and those of the counted text, where it is as long as the state's line
 * break. They are the same unless that is `"\r\n"`.
 */

import { type EditorState, findClusterBreak, type Line } from "@codemirror/state";
import type { ViewUpdate } from "@codemirror/view";
import type { Edit } from "../live.js";

/** Returns the edits of an update, in the counted text before it. */
export function editsOf({ startState, changes }: ViewUpdate): Edit[] {
  const edits: Edit[] = [];
  changes.iterChanges((from, to, _from, _to, insert) => {
    const { lineBreak } = startState;
    edits.push({
      from: toText(startState, from),
      to: toText(startState, to),
      insert: insert.sliceString(0, insert.length, lineBreak),
    });
  });
  return edits;
}

/** Returns where a position of the document is in the counted text. */
export function toText({ doc, lineBreak }: EditorState, at: number): number {
  return lineBreak.length === 1 ? at : at + (doc.lineAt(at).number - 1) * (lineBreak.length - 1);
}

/** Returns what takes positions of the counted text, in rising order, to the document. One within a line break is before it. */
export function toDocument({ doc, lineBreak }: EditorState, from: number): (at: number) => number {
  const extra = lineBreak.length - 1;
  if (extra === 0) return (at) => at;
  const startOf = (line: number): number => doc.line(line).from + (line - 1) * extra;
  let number = 1;
  for (let end = doc.lines; number < end; ) {
    const middle = (number + end + 1) >> 1;
    if (startOf(middle) <= from) number = middle;
    else end = middle - 1;
  }
  let line = doc.line(number);
  return (at) => {
    while (line.number < doc.lines && at >= line.to + 1 + line.number * extra)
      line = doc.line(line.number + 1);
    return Math.min(line.to, at - (line.number - 1) * extra);
  };
}

/** Returns where the character begins in which a position of the line is, or the position if it is between two. */
export function characterAt({ from, to, text }: Line, at: number): number {
  if (at <= from || at >= to) return at;
  const place = at - from;
  const before = findClusterBreak(text, place, false);
  return findClusterBreak(text, before) === place ? at : from + before;
}
