/**
 * The tokens in view as boxes. A box ends where a token and a character end together: an emoji of three tokens is one box that says so. An id
 * has one colour, whatever the text; neighbours of one colour are told apart by an edge. White space is marked where it stands, a line
 * break at the end of its line.
 */
import {
  type EditorState,
  type Extension,
  type Range,
  RangeSetBuilder,
  StateEffect,
  type StateEffectType,
} from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from "@codemirror/view";
import type { Metered, SpansIn } from "tokimeter";
import { boxesOf, colourOf } from "../../text/token-boxes.ts";
import { type Invisible, kindOf, SHAPELESS, SPACES } from "./invisible.ts";
import { words } from "./words.ts";

/** Says that the tokens are others, though the text is not. */
export const recolour: StateEffectType<null> = StateEffect.define<null>();

/** What is drawn. */
export interface BoxOptions {
  /** What counts the text, if it knows where tokens end. */
  readonly meter: () => Metered | undefined;
  /** Whether the ids stand above the boxes. */
  readonly ids: boolean;
  /** Ids of special tokens, by their text. */
  readonly specials: () => Readonly<Record<string, number>>;
}

/** Returns whether a grapheme begins at a place. */
export function boundaries(state: EditorState): (at: number) => boolean {
  const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  let line = state.doc.line(1);
  let graphemes: Intl.Segments | undefined;
  let base = 0;
  return (at) => {
    if (at < line.from || at > line.to) {
      line = state.doc.lineAt(at);
      graphemes = undefined;
    }
    if (at === line.from || at === line.to) return true;
    const place = at - line.from;
    const code = line.text.charCodeAt(place);
    // Nothing in these blocks joins what stands before it.
    if (code < 0x300 || (code >= 0x4e00 && code <= 0x9fff)) return true;
    // A line can be very long; a cluster is not.
    if (!graphemes || place < base || place > base + REACH) {
      base = Math.max(0, place - REACH / 2);
      graphemes = segmenter.segment(line.text.slice(base, base + 2 * REACH));
    }
    return graphemes.containing(place - base)?.index === place - base;
  };
}

const REACH = 256;

/** Draws the boxes of the tokens in view. */
export function tokenBoxes(options: BoxOptions): Extension {
  return ViewPlugin.define((view) => new Boxes(view, options), {
    provide: (plugin) =>
      // What comes first is the inner one.
      (["marks", "boxes"] as const).map((layer) =>
        EditorView.decorations.of((view) => view.plugin(plugin)?.[layer] ?? Decoration.none),
      ),
  });
}

class Boxes {
  boxes: DecorationSet = Decoration.none;
  marks: DecorationSet = Decoration.none;
  readonly #options: BoxOptions;

  constructor(view: EditorView, options: BoxOptions) {
    this.#options = options;
    this.#draw(view);
  }

  update(update: ViewUpdate): void {
    const { docChanged, viewportChanged, transactions, changes, view } = update;
    const isAsked = transactions.some(({ effects }) => effects.some((effect) => effect.is(recolour)));
    if (!docChanged && !viewportChanged && !isAsked) return;
    if (this.#draw(view)) return;
    this.boxes = this.boxes.map(changes);
    this.marks = this.marks.map(changes);
  }

  /** Returns whether that is done; it is not while a large insertion is being counted. */
  #draw({ state, visibleRanges }: EditorView): boolean {
    const meter = this.#options.meter();
    if (!meter) {
      this.boxes = this.marks = Decoration.none;
      return true;
    }
    const parts: SpansIn[] = [];
    try {
      if (meter.length !== state.doc.length) return false;
      for (const { from, to } of visibleRanges) {
        const spans = meter.spansIn(from, to);
        if (spans instanceof Promise) return false;
        parts.push(spans);
      }
    } catch {
      // The meter is given back, or in the middle of an insertion: the next reading colours anew.
      return false;
    }
    this.boxes = drawn(state, parts, this.#options.ids);
    this.marks = marked(state, visibleRanges, this.#options.specials());
    return true;
  }
}

/** A line break, which has no place of its own in the text. */
class Break extends WidgetType {
  readonly #class: string;
  readonly #label: Label;

  constructor(name: string, label: Label) {
    super();
    this.#class = name;
    this.#label = label;
  }

  override eq(other: Break): boolean {
    return this.#class === other.#class && this.#label["data-ids"] === other.#label["data-ids"];
  }

  override toDOM(): HTMLElement {
    const dom = document.createElement("span");
    dom.className = `${this.#class} tok-break`;
    dom.ariaHidden = "true";
    dom.title = words.peek().invisible.break;
    dom.textContent = "↵";
    for (const [name, value] of Object.entries(this.#label)) dom.setAttribute(name, value);
    return dom;
  }
}

/** What stands at a box: how many tokens it has if they are several, and their ids if they are asked for. */
type Label = Readonly<Record<string, string>>;

function labelOf(ids: readonly number[], isShown: boolean): Label {
  const text = ids.join(" ");
  return {
    ...(ids.length > 1 && { "data-tokens": String(ids.length) }),
    ...(isShown && { "data-ids": text, style: `--label: ${text.length}` }),
  };
}

function drawn(state: EditorState, parts: readonly SpansIn[], isShown: boolean): DecorationSet {
  const { doc } = state;
  const builder = new RangeSetBuilder<Decoration>();
  const made: Map<string, Decoration> = new Map();
  const mark = (name: string, label: Label, inclusive: boolean): Decoration => {
    const key = `${name} ${inclusive} ${label["data-ids"] ?? ""} ${label["data-tokens"] ?? ""}`;
    const found = made.get(key) ?? Decoration.mark({ class: name, attributes: label, inclusive });
    made.set(key, found);
    return found;
  };
  const isBoundary = boundaries(state);
  let line = doc.line(1);
  let last = -1;
  for (const spans of parts) {
    for (const { from, to, ids } of boxesOf(spans, isBoundary)) {
      const colour = colourOf(ids);
      const name = `tok tok-${colour}${colour === last ? " tok-edge" : ""}`;
      last = colour;
      let label = labelOf(ids, isShown);
      for (let at = from; at < to; ) {
        if (at < line.from || at > line.to) line = doc.lineAt(at);
        const end = Math.min(to, line.to);
        if (at < end) {
          const text = line.text.slice(at - line.from, end - line.from);
          // What is replaced at an edge of a box is in it only so.
          const inclusive = text.search(SHAPELESS) >= 0;
          builder.add(at, end, mark(leads(text) ? `${name} tok-lead` : name, label, inclusive));
          label = {};
        }
        if (to > line.to) {
          builder.add(line.to, line.to, Decoration.widget({ widget: new Break(name, label), side: 1 }));
          label = {};
        }
        at = to > line.to ? line.to + 1 : end;
      }
    }
  }
  return builder.finish();
}

/** Returns whether a text begins with a space before a word. */
function leads(text: string): boolean {
  return text[0] === " " && !/\s/.test(text[1] ?? "");
}

/** Matches what special tokens look like. */
const SPECIAL: RegExp = /<[|｜][^\s<>]{1,64}[|｜]>|<\/?[A-Za-z_]\w{0,40}>|\[\/?[A-Z_]{2,40}\]/g;

/** Marks white space, and text that reads like a special token. */
function marked(
  { doc }: EditorState,
  ranges: EditorView["visibleRanges"],
  specials: Readonly<Record<string, number>>,
): DecorationSet {
  const say = words.peek();
  const kinds: Map<string, Decoration> = new Map();
  const marks: Range<Decoration>[] = [];
  for (const { from, to } of ranges) {
    const text = doc.sliceString(from, to);
    for (const { 0: one, index } of text.matchAll(SPACES)) {
      const kind = kindOf(one.charCodeAt(0));
      // Equal neighbours would be drawn as one.
      const key = `${kind} ${index % 2}`;
      const mark = kinds.get(key) ?? spaceMark(kind, say.invisible[kind], index % 2);
      kinds.set(key, mark);
      marks.push(mark.range(from + index, from + index + 1));
    }
    for (const { 0: name, index } of text.matchAll(SPECIAL)) {
      const id = Object.hasOwn(specials, name) ? specials[name] : undefined;
      if (id === undefined) continue;
      const mark = Decoration.mark({ class: "tok-special", attributes: { title: say.special(name, id) } });
      marks.push(mark.range(from + index, from + index + name.length));
    }
  }
  return Decoration.set(marks, true);
}

function spaceMark(kind: Invisible, name: string, turn: number): Decoration {
  return Decoration.mark({
    class: `tok-ws tok-ws-${kind}`,
    attributes: { "data-turn": String(turn), ...(kind !== "space" && { title: name }) },
  });
}
