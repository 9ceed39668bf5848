/**
 * Colours tokens in place. A mirror of the text lies under a transparent text area, and the CSS Custom Highlight API
 * paints boxes on it. No element is made per token, so the mirror wraps exactly as the text area does, and only the
 * tokens near the visible part are asked for and painted. The mirror also gives the text area its height: both scroll
 * in one container and cannot drift apart.
 *
 * A box is what a reader can see as one piece. A character such as an emoji can be several tokens; the boundaries of
 * those do not show, and the last of them gives the box its colour.
 */
import type { SpansIn } from "tokimeter";
import { Mirror } from "./mirror.ts";

/** Neighbouring boxes take these turns of colour; styles/stage.css holds one rule for each. */
const COLOURS = 5;
/** How far beyond the visible part boxes are painted, in heights of it. */
const OVERSCAN = 0.75;

/** Where the tokens come from; it holds the same text as the mirror, or has no answer. */
export interface TokenSource {
  spansIn(from: number, to: number): SpansIn | undefined;
}

export class Backdrop {
  readonly #stage: HTMLElement;
  readonly #mirror: Mirror;
  readonly #highlights: Highlight[] = [];
  readonly #graphemes: Intl.Segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  #source: TokenSource | undefined;
  #frame = 0;

  /** Whether the browser can paint highlights. The mirror works without them. */
  static isSupported(): boolean {
    return typeof Highlight === "function" && "highlights" in CSS;
  }

  constructor(stage: HTMLElement, mirror: HTMLElement) {
    this.#stage = stage;
    this.#mirror = new Mirror(mirror);
    if (!Backdrop.isSupported()) return;
    for (let colour = 0; colour < COLOURS; colour++) {
      const highlight = new Highlight();
      this.#highlights.push(highlight);
      CSS.highlights.set(`token-${colour}`, highlight);
    }
    stage.addEventListener("scroll", () => this.#schedule(), { passive: true });
    new ResizeObserver(() => this.#schedule()).observe(stage);
  }

  /** Makes the mirror hold `text`. Until the next {@link paint} the old boxes move along with the text. */
  setText(text: string): void {
    this.#mirror.setText(text);
  }

  /** Paints the tokens of `source`, now and after each scroll, or none. */
  paint(source: TokenSource | undefined): void {
    this.#source = source;
    this.#draw();
  }

  #schedule(): void {
    if (this.#frame !== 0 || this.#source === undefined) return;
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    for (const highlight of this.#highlights) highlight.clear();
    const { text } = this.#mirror;
    if (this.#source === undefined || text === "") return;
    const { top, height } = this.#stage.getBoundingClientRect();
    const { from, to } = this.#mirror.between(top - height * OVERSCAN, top + height * (1 + OVERSCAN));
    const spans = this.#source.spansIn(from, to);
    if (spans !== undefined) this.#drawBoxes(text, spans);
  }

  #drawBoxes(text: string, { ends, from, index }: SpansIn): void {
    const to = ends.at(-1) ?? from;
    const graphemes = this.#graphemes.segment(text.slice(from, to));
    let start = from;
    let before = (index - 1) % COLOURS;
    for (const [place, end] of ends.entries()) {
      // A boundary inside a grapheme (a family of four is seven characters) would cut a glyph in two.
      if (end === start || (end < to && !isBoundary(graphemes, text, from, end))) continue;
      const own = (index + place) % COLOURS;
      // Two further keeps it apart from both neighbours where tokens were joined.
      const colour = own === before ? (own + 2) % COLOURS : own;
      this.#paintBox(start, end, colour);
      before = colour;
      start = end;
    }
  }

  #paintBox(start: number, end: number, colour: number): void {
    const range = document.createRange();
    this.#mirror.select(range, start, end);
    this.#highlights[colour]?.add(range);
  }
}

/** Whether a grapheme begins at `offset` of `text`; `graphemes` are those of `text` from `from` on. */
function isBoundary(graphemes: Intl.Segments, text: string, from: number, offset: number): boolean {
  const code = text.charCodeAt(offset);
  // Nothing joins what stands before it in these blocks, save the line feed of a CR LF, which a text area never holds.
  if (code < 0x300 || (code >= 0x4e00 && code <= 0x9fff)) return true;
  return graphemes.containing(offset - from)?.index === offset - from;
}
