/**
 * The text of a document that is counted, and where its positions are. Nodes are persistent: what an edit leaves alone is the same
 * object in the new document. So what is known of a node is kept by the node, and of two documents only what differs is read.
 *
 * Inside of here each block that has text begins with its separator, the first one too, so that the text of a node depends on the node
 * alone. That first separator is no part of the counted text, and is taken off last.
 */

import type { Node } from "prosemirror-model";
import type { Edit } from "../live.js";

/** A node whose text is asked for, and where it stands. */
export interface Place {
  /** Its position in the document. */
  readonly pos: number;
  /** The node that it is in. */
  readonly parent: Node;
  /** Its index among the children of that node. */
  readonly index: number;
}

/** What of a document is its text. */
export interface DocTextOptions {
  /** What stands between blocks; an empty line, `"\n\n"`, if it is left out. */
  readonly blockSeparator?: string;
  /**
   * The text of a node as a whole: a mention's name, a table in Markdown. `undefined` for what the node has by itself. It is kept as
   * long as the node lives, so it may depend on nothing but the node, its attributes and its content.
   */
  readonly text?: (node: Node, place: Place) => string | undefined;
  /**
   * Whether every block begins with a separator, lists and quotes too, as in TipTap's `getText`; if it is left out, only those that
   * hold text, as in ProseMirror's `textBetween`.
   */
  readonly everyBlock?: boolean;
}

/** What is known of a node. */
interface Layout {
  /** The separator before it. */
  readonly separator: string;
  /** Its text, if that is not made of its children's. */
  readonly own: string | undefined;
  /** Code units in all, with the separator. */
  readonly length: number;
  /** Per child, where its text ends among that of all children. */
  readonly textEnds: readonly number[];
  /** Per child, where it ends in the content. */
  readonly ends: readonly number[];
}

/**
 * Reads documents as text. By default that is `doc.textBetween(0, doc.content.size, "\n\n")`. Positions of the document are
 * ProseMirror's; those of the text are UTF-16 code units.
 */
export class DocText {
  readonly #options: DocTextOptions;
  readonly #separator: string;
  readonly #layouts: WeakMap<Node, Layout> = new WeakMap();

  constructor(options: DocTextOptions = {}) {
    this.#options = options;
    this.#separator = options.blockSeparator ?? "\n\n";
  }

  /** Returns the counted text. Linear. */
  of(doc: Node): string {
    return this.#readNode(doc).slice(this.#first(doc));
  }

  /** Returns how many code units the counted text has. What is known of a node is not counted again. */
  length(doc: Node): number {
    return this.#layout(doc).length - this.#first(doc);
  }

  /**
   * Returns the edit that makes the text of one document that of another, `undefined` if they have the same.
   *
   * # Complexity
   * O(children of the nodes that changed + what is between the first and the last of them).
   */
  edit(before: Node, after: Node): Edit | undefined {
    const edit = this.#difference(before, after, 0);
    if (edit === undefined) return undefined;
    const [first, skip] = [this.#first(before), this.#first(after)];
    let { from, to, insert } = edit;
    if (from >= first && first === skip) return { from: from - first, to: to - first, insert };
    // It is made of whole first separators, of which the counted text has none.
    insert = this.#separator.slice(0, from) + insert;
    if (to < first) {
      insert += this.#separator.slice(to);
      to = first;
    }
    to += Math.max(0, skip - insert.length) - first;
    insert = insert.slice(skip);
    // An empty block alone has no text, as no block at all.
    return to > 0 || insert !== "" ? { from: 0, to, insert } : undefined;
  }

  /**
   * Returns how much of the text stands before a position: the length of `textBetween(0, pos)`. The separator of a block is before
   * what is in the block; a node whose text is its own is before what is in it.
   *
   * # Complexity
   * O(depth × log of children).
   */
  toText(doc: Node, pos: number): number {
    let node = doc;
    let layout = this.#layout(doc);
    let at = 0;
    let rest = pos;
    let start = 0;
    for (;;) {
      const index = above(layout.ends, rest);
      const begin = layout.ends[index - 1] ?? 0;
      at += layout.textEnds[index - 1] ?? 0;
      rest -= begin;
      if (rest === 0 || index === node.childCount) break;
      const child = node.child(index);
      if (child.isText) {
        at += rest;
        break;
      }
      start += begin;
      const inner = this.#layout(child, { pos: start, parent: node, index });
      if (inner.own !== undefined) {
        at += inner.length;
        break;
      }
      at += inner.separator.length;
      start++;
      rest--;
      [node, layout] = [child, inner];
    }
    return Math.max(0, at - this.#first(doc));
  }

  /**
   * Returns the position at which a part of the text begins, or ends: the last one that has no more than `offset` before it, or the
   * first one that has no less. What has no position of its own, as within a separator, goes to what is beside it.
   *
   * # Complexity
   * O(depth × log of children).
   */
  toDoc(doc: Node, offset: number, edge: "begins" | "ends"): number {
    // What ends at a position does so behind the code unit before it.
    const back = edge === "begins" ? 0 : 1;
    if (offset < back) return 0;
    let node = doc;
    let layout = this.#layout(doc);
    let rest = Math.min(offset + this.#first(doc), layout.length);
    let pos = 0;
    for (;;) {
      const index = above(layout.textEnds, rest - back);
      const start = pos + (layout.ends[index - 1] ?? 0);
      rest -= layout.textEnds[index - 1] ?? 0;
      if (index === node.childCount || rest < back) return start;
      const child = node.child(index);
      if (child.isText) return start + rest;
      const inner = this.#layout(child, { pos: start, parent: node, index });
      if (inner.own !== undefined || rest - back < inner.separator.length) return start + back;
      rest -= inner.separator.length;
      pos = start + 1;
      [node, layout] = [child, inner];
    }
  }

  /** How long the separator is that begins the text but is not counted. */
  #first(doc: Node): number {
    return doc.inlineContent ? 0 : Math.min(this.#separator.length, this.#layout(doc).length);
  }

  /**
   * A document is no node in a place: it has no separator, and no text but that of its children. The first and the last children of a
   * node may be those of one that is known, so that they are not looked up one by one.
   */
  #layout(node: Node, place?: Place, like?: Layout, first = 0, last = 0): Layout {
    const known = this.#layouts.get(node);
    if (known) return known;
    const own = place && this.#own(node, place);
    const { everyBlock } = this.#options;
    const separates =
      place && node.isBlock && (everyBlock || (own === undefined ? node.isTextblock : own !== ""));
    const separator = separates ? this.#separator : "";
    const textEnds: number[] = [];
    const ends: number[] = [];
    let length = own?.length ?? 0;
    let end = 0;
    if (own === undefined) {
      const add = (textEnd: number, childEnd: number): void => {
        length = textEnd;
        end = childEnd;
        textEnds.push(length);
        ends.push(end);
      };
      // What is the same in the other node is only moved.
      const move = (known: Layout, from: number, to: number): void => {
        const longer = length - (known.textEnds[from - 1] ?? 0);
        const larger = end - (known.ends[from - 1] ?? 0);
        for (let index = from; index < to; index++)
          add((known.textEnds[index] ?? 0) + longer, (known.ends[index] ?? 0) + larger);
      };
      const alike = like?.own === undefined ? like : undefined;
      if (alike) move(alike, 0, first);
      for (let index = ends.length; index < node.childCount - (alike ? last : 0); index++) {
        const child = node.child(index);
        const there = { pos: startOf(place) + end, parent: node, index };
        const text = child.isText ? child.nodeSize : this.#layout(child, there).length;
        add(length + text, end + child.nodeSize);
      }
      if (alike) move(alike, alike.ends.length - last, alike.ends.length);
    }
    const layout = { separator, own, length: separator.length + length, textEnds, ends };
    this.#layouts.set(node, layout);
    return layout;
  }

  #own(node: Node, place: Place): string | undefined {
    const text = this.#options.text?.(node, place);
    if (text !== undefined || !node.isLeaf) return text;
    return (!this.#options.everyBlock && node.type.spec.leafText?.(node)) || "";
  }

  /** Returns the text of some children. */
  #read(node: Node, from: number, to: number, place?: Place): string {
    const { ends } = this.#layout(node, place);
    let text = "";
    for (let index = from; index < to; index++) {
      const child = node.child(index);
      const pos = startOf(place) + (ends[index - 1] ?? 0);
      text += child.isText ? child.text : this.#readNode(child, { pos, parent: node, index });
    }
    return text;
  }

  #readNode(node: Node, place?: Place): string {
    const { separator, own } = this.#layout(node, place);
    return separator + (own ?? this.#read(node, 0, node.childCount, place));
  }

  /** Both stand at one place, and their text begins at `at`. */
  #difference(before: Node, after: Node, at: number, place?: Place): Required<Edit> | undefined {
    const least = Math.min(before.childCount, after.childCount);
    let first = 0;
    while (first < least && before.child(first) === after.child(first)) first++;
    let last = 0;
    while (
      last < least - first &&
      before.child(before.childCount - 1 - last) === after.child(after.childCount - 1 - last)
    )
      last++;
    const old = this.#layout(before, place);
    const now = this.#layout(after, place, old, first, last);
    if (old.own !== undefined || now.own !== undefined || old.separator !== now.separator)
      return trimmed(this.#readNode(before, place), this.#readNode(after, place), at);
    at += old.separator.length + (old.textEnds[first - 1] ?? 0);
    const [oldEnd, end] = [before.childCount - last, after.childCount - last];
    if (oldEnd - first === 1 && end - first === 1) {
      const [was, is] = [before.child(first), after.child(first)];
      const pos = startOf(place) + (now.ends[first - 1] ?? 0);
      if (!was.isText && !is.isText)
        return this.#difference(was, is, at, { pos, parent: after, index: first });
    }
    return trimmed(this.#read(before, first, oldEnd, place), this.#read(after, first, end, place), at);
  }
}

/** Where the content of the node in that place begins. */
function startOf(place: Place | undefined): number {
  return place ? place.pos + 1 : 0;
}

/** Returns the index of the first number above `value`. */
function above(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Returns the replacement without what is the same at its ends. */
function trimmed(before: string, after: string, at: number): Required<Edit> | undefined {
  if (before === after) return undefined;
  const least = Math.min(before.length, after.length);
  let first = 0;
  while (first < least && before.charCodeAt(first) === after.charCodeAt(first)) first++;
  let last = 0;
  while (
    last < least - first &&
    before.charCodeAt(before.length - 1 - last) === after.charCodeAt(after.length - 1 - last)
  )
    last++;
  return { from: at + first, to: at + before.length - last, insert: after.slice(first, after.length - last) };
}
