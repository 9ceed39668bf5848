/** The colours of the tokens in view. This is loaded where they are wanted. */

import type { Node } from "prosemirror-model";
import type { Decoration, EditorView } from "prosemirror-view";
import type { Feed } from "../feed.js";
import type { SpansIn } from "../live.js";
import type { Reading } from "../meter.js";
import type { Decorate, MarkSpec } from "./marks.js";
import type { DocText } from "./text.js";

const HUES = [48, 210, 12, 105, 270];

/** The rules of style; each colour can be the page's own. */
export const STYLES: string = `
:where(.tokimeter-token){box-shadow:inset 1px 0 #8889,inset 0 -1px #8886}
${HUES.map((hue, color) => `:where(.tokimeter-token-${color}){background:var(--tokimeter-token-${color},hsl(${hue} 90% 50%/.16))}`).join("\n")}
@media(forced-colors:active){:where(.tokimeter-token){outline:1px dotted}}`;

/** At most so many positions are coloured at a time. */
const MOST = 20_000;
/** So many are coloured on either side of what is in view. */
const BESIDE = 2000;

interface Host {
  readonly view: EditorView;
  readonly feed: Feed;
  readonly text: DocText;
  readonly decorate: Decorate;
  /** Stops listening. */
  readonly signal: AbortSignal;
  /** Hears that there are other marks. */
  readonly changed: () => void;
}

/** The tokens that are in view. They are asked for once a frame. */
export class Tokens {
  readonly #host: Host;
  #isWaiting = false;
  #reading: Reading | undefined;
  #doc: Node | undefined;
  #marks: Decoration[] | undefined;

  constructor(host: Host) {
    this.#host = host;
    const { ownerDocument } = host.view.dom;
    const options = { capture: true, passive: true, signal: host.signal };
    ownerDocument.addEventListener("scroll", () => this.#wait(), options);
    ownerDocument.defaultView?.addEventListener("resize", () => this.#wait(), options);
  }

  /** Returns the marks of this document, `undefined` if they are not known yet. */
  of(doc: Node, reading: Reading): Decoration[] | undefined {
    if (doc !== this.#doc || reading !== this.#reading) {
      [this.#doc, this.#reading, this.#marks] = [doc, reading, undefined];
      this.#wait();
    }
    return this.#marks && [...this.#marks];
  }

  #wait(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame(() => {
      this.#isWaiting = false;
      if (!this.#host.signal.aborted) this.#draw();
    });
  }

  #draw(): void {
    const { view, feed, text, decorate, changed } = this.#host;
    const { doc } = view.state;
    if (doc !== this.#doc || view.composing) return;
    const range = positionsInView(view);
    if (!range) return;
    const told = (spans: SpansIn): void => {
      if (doc !== this.#doc) return;
      this.#marks = tokenMarks(decorate, text, doc, spans);
      changed();
    };
    const spans = feed.ask((meter) =>
      meter.spansIn(text.toText(doc, range.from), text.toText(doc, range.to)),
    );
    if (spans instanceof Promise) spans.then(told, () => {});
    else if (spans) told(spans);
  }
}

/** Returns the marks of tokens. A colour is that of the id, or the next one behind the same: few change with an edit. */
function tokenMarks(decorate: Decorate, text: DocText, doc: Node, spans: SpansIn): Decoration[] {
  const marks: Decoration[] = [];
  let at = spans.from;
  let last = -1;
  for (const [index, end] of spans.ends.entries()) {
    if (end === at) continue;
    let color = (spans.ids[index] ?? 0) % HUES.length;
    if (color === last) color = (color + 1) % HUES.length;
    last = color;
    const name = `tokimeter-token tokimeter-token-${color}`;
    const spec: MarkSpec = { mark: "token", class: name };
    marks.push(
      decorate.inline(text.toDoc(doc, at, "begins"), text.toDoc(doc, end, "ends"), { class: name }, spec),
    );
    at = end;
  }
  return marks;
}

/** Returns what is in view, and a little beside it; around the selection where the view cannot say. */
function positionsInView(view: EditorView): { from: number; to: number } | undefined {
  const { left, right, top, bottom } = view.dom.getBoundingClientRect();
  const { innerWidth, innerHeight } = view.dom.ownerDocument.defaultView ?? globalThis;
  if (bottom <= 0 || top >= innerHeight) return undefined;
  const at = (x: number, y: number): number =>
    view.posAtCoords({ left: x, top: y })?.pos ?? view.state.selection.head;
  const first = at(Math.max(left, 0) + 1, Math.max(top, 0) + 1);
  const last = at(Math.min(right, innerWidth) - 1, Math.min(bottom, innerHeight) - 1);
  const from = Math.max(0, Math.min(first, last) - BESIDE);
  return { from, to: Math.min(view.state.doc.content.size, Math.max(first, last) + BESIDE, from + MOST) };
}
