/**
 * The text once more, under the text area, so that positions in it can be asked for and painted. It is kept in blocks
 * of whole lines, some hundred characters each: an edit then costs the shaping of one block, not of the document.
 * A block wraps as the same lines do in the text area, because a line break starts afresh in both.
 */
import { revise } from "./difference.ts";

/** Code units after which a block ends at the next line break. */
const BLOCK = 512;

interface Block {
  readonly element: HTMLElement;
  readonly node: Text;
  /** Offset in the whole text. */
  start: number;
  /** Code units of the whole text in this block, its last line break included. */
  length: number;
}

export class Mirror {
  readonly #root: HTMLElement;
  #text = "";
  #blocks: Block[];

  constructor(root: HTMLElement) {
    this.#root = root;
    const first = makeBlock();
    this.#blocks = [first];
    fill(first, "", true);
    root.replaceChildren(first.element);
  }

  /** Makes the mirror hold `text`; touches only the blocks that differ. */
  setText(text: string): void {
    const old = this.#text;
    if (old === text) return;
    const { from, to, insert } = revise(old, text);
    const first = this.#indexAt(from);
    const last = this.#indexAt(to);
    const regionStart = this.#blocks[first]?.start ?? 0;
    const lastBlock = this.#blocks[last];
    const regionEnd = lastBlock === undefined ? old.length : lastBlock.start + lastBlock.length;
    const isTail = last === this.#blocks.length - 1;
    const region = old.slice(regionStart, from) + insert + old.slice(to, regionEnd);
    this.#replace(first, last + 1, cut(region, isTail), isTail);
    this.#text = text;
  }

  /** Sets `range` to [`from`, `to`) of the text. */
  select(range: Range, from: number, to: number): void {
    const first = this.#blocks[this.#indexAt(from)];
    // The end belongs to the block that it closes, not to the one that begins there.
    const last = this.#blocks[this.#indexAt(to - 1)];
    if (first === undefined || last === undefined) return;
    range.setStart(first.node, from - first.start);
    range.setEnd(last.node, to - last.start);
  }

  #replace(from: number, to: number, pieces: string[], isTail: boolean): void {
    const kept = this.#blocks.slice(from, to);
    const next = this.#blocks[to]?.element ?? null;
    for (const block of kept.splice(pieces.length)) block.element.remove();
    while (kept.length < pieces.length) {
      const block = makeBlock();
      this.#root.insertBefore(block.element, next);
      kept.push(block);
    }
    for (const [index, block] of kept.entries()) {
      fill(block, pieces[index] ?? "", isTail && index === pieces.length - 1);
    }
    this.#blocks = [...this.#blocks.slice(0, from), ...kept, ...this.#blocks.slice(to)];
    let start = 0;
    for (const block of this.#blocks) {
      block.start = start;
      start += block.length;
    }
  }

  /** Returns the index of the block that holds `offset`; the end of the text is in the last one. */
  #indexAt(offset: number): number {
    const index = this.#firstWhere((block) => block.start + block.length > offset);
    return Math.min(index, this.#blocks.length - 1);
  }

  /** Returns the first index whose block passes, by bisection; the number of blocks where none does. */
  #firstWhere(passes: (block: Block) => boolean): number {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const block = this.#blocks[middle];
      if (block === undefined || passes(block)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function makeBlock(): Block {
  const element = document.createElement("div");
  const node = document.createTextNode("");
  element.append(node);
  return { element, node, start: 0, length: 0 };
}

/** A block ends with a line break, which holds an empty last line open and is otherwise not seen. */
function fill(block: Block, text: string, isTail: boolean): void {
  const data = isTail ? `${text}\n` : text;
  if (block.node.data !== data) block.node.data = data;
  block.length = text.length;
}

/** Cuts `text` into blocks at line breaks. The tail of the document may end in an empty line, the rest may not. */
function cut(text: string, isTail: boolean): string[] {
  const pieces: string[] = [];
  let start = 0;
  while (text.length - start > BLOCK) {
    const at = text.indexOf("\n", start + BLOCK);
    if (at < 0) break;
    pieces.push(text.slice(start, at + 1));
    start = at + 1;
  }
  if (isTail || start < text.length) pieces.push(text.slice(start));
  return pieces;
}
