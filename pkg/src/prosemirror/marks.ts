/**
 * What is marked in a document. What is beyond the limit is marked by as many decorations as it is deep, however much it is: the
 * rest of a text block by one of its own, and of each node around it all that follows by a rule of style.
 */

import type { Node } from "prosemirror-model";
import type { Decoration } from "prosemirror-view";
import type { DocText } from "./text.js";

/** The kinds of marks, which are kept apart by their `spec`. */
export interface MarkSpec {
  readonly mark: "over" | "token";
  readonly class: string;
}

export type Decorate = typeof Decoration;

/** Returns the marks of what is beyond an offset of the text. */
export function overMarks(decorate: Decorate, text: DocText, doc: Node, offset: number): Decoration[] {
  let pos = text.toDoc(doc, offset, "begins");
  let $pos = doc.resolve(pos);
  // Before a block all of it is beyond.
  while (!$pos.parent.inlineContent && $pos.nodeAfter && !$pos.nodeAfter.isLeaf) $pos = doc.resolve(++pos);
  const marks: Decoration[] = [];
  const node = (from: number, to: number, name: string): void => {
    marks.push(decorate.node(from, to, { class: name }, { mark: "over", class: name } satisfies MarkSpec));
  };
  for (let depth = 1; depth <= $pos.depth; depth++) {
    node($pos.before(depth), $pos.after(depth), "tokimeter-over-from");
  }
  const end = $pos.end();
  const spec: MarkSpec = { mark: "over", class: "tokimeter-over" };
  if ($pos.parent.inlineContent) {
    // What is typed at its end is beyond too.
    const options = { ...spec, inclusiveEnd: true };
    if (pos < end) marks.push(decorate.inline(pos, end, { class: spec.class }, options));
  } else if ($pos.nodeAfter) {
    node(pos, pos + $pos.nodeAfter.nodeSize, "tokimeter-over tokimeter-over-from");
  }
  return marks;
}

/** Returns whether two lists have the same marks, in any order. */
export function areSame(before: readonly Decoration[], after: readonly Decoration[]): boolean {
  if (before.length !== after.length) return false;
  const key = ({ from, to, spec }: Decoration): string => `${from} ${to} ${(spec as MarkSpec).class}`;
  const keys = new Set(before.map(key));
  return after.every((mark) => keys.has(key(mark)));
}
