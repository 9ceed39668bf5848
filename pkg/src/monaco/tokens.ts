/**
 * The tokens of a part of a Monaco model as decorations. A box is what a reader can see as one piece: a character such as an emoji
 * can be several tokens, and so one box that says how many. Loaded when tokens are to be coloured.
 */

import type { editor, IRange } from "monaco-editor";
import { graphemes } from "../fit.js";
import type { SpansIn } from "../live.js";
import { formatTokens, type StatusLanguage } from "./words.js";

/** Per colour the tint behind a token and the line under it, on light and on dark ground. */
export const PALETTE: readonly (readonly [tint: string, line: string, darkTint: string, darkLine: string])[] =
  [
    ["#fdf3dc", "#a86e00", "#3a2f16", "#c08a2e"],
    ["#e7f1fb", "#2d7dbd", "#1b3040", "#4f9ad0"],
    ["#fceae5", "#c8503a", "#3d2620", "#d5705c"],
    ["#eaf5e3", "#4c8a35", "#22331d", "#6ba653"],
    ["#f1e9fa", "#8a5cc0", "#31263f", "#a480d4"],
  ];

const colours: string = PALETTE.map(
  ([tint, line, darkTint, darkLine], colour) =>
    `.tokimeter-token-${colour}{background:${tint};border-bottom-color:${line}}` +
    `:is(.vs-dark,.hc-black) .tokimeter-token-${colour}{background:${darkTint};border-bottom-color:${darkLine}}`,
).join("");

/** The styles of the boxes. A line under each keeps tokens apart where a reader does not see colours. */
export const TOKEN_STYLES: string = `
.tokimeter-token{box-sizing:border-box;border:0 solid;border-bottom-width:2px;border-inline-start:1px solid transparent;background-clip:padding-box!important}
.tokimeter-tokens{outline:1px dotted;outline-offset:-1px}
${colours}`;

/** A box: where it is, in UTF-16 code units of the text, and the ids of its tokens. */
interface Box {
  readonly from: number;
  readonly to: number;
  readonly ids: readonly number[];
}

/** Returns the boxes of tokens. `text` is what they cover. Linear. */
function boxesOf({ ids, ends, from }: SpansIn, text: string): Box[] {
  const starts = new Set(graphemes(text));
  const boxes: Box[] = [];
  let start = from;
  let own: number[] = [];
  for (const [place, end] of ends.entries()) {
    own.push(ids[place] ?? 0);
    // A boundary inside a grapheme (a family of four is seven characters) would cut a glyph in two.
    const isLast = place === ends.length - 1;
    if (end === start || !(isLast || starts.has(end - from))) continue;
    boxes.push({ from: start, to: end, ids: own });
    start = end;
    own = [];
  }
  return boxes;
}

/** Returns boxes as decorations of a model. A token's colour follows from its id, so it is the same wherever it stands. */
export function decorationsOf(
  spans: SpansIn,
  model: editor.ITextModel,
  language: StatusLanguage,
): editor.IModelDeltaDecoration[] {
  const first = model.getPositionAt(spans.from);
  const last = model.getPositionAt(spans.ends.at(-1) ?? spans.from);
  const text = model.getValueInRange(rangeOf(first, last));
  let { lineNumber } = first;
  let lineStart = spans.from - first.column + 1;
  let feed = text.indexOf("\n");
  const position = (offset: number): Position => {
    while (feed >= 0 && spans.from + feed < offset) {
      lineNumber++;
      lineStart = spans.from + feed + 1;
      feed = text.indexOf("\n", feed + 1);
    }
    return { lineNumber, column: offset - lineStart + 1 };
  };
  return boxesOf(spans, text).map(({ from, to, ids }) => ({
    range: rangeOf(position(from), position(to)),
    options: optionsOf(ids, language),
  }));
}

interface Position {
  readonly lineNumber: number;
  readonly column: number;
}

/** Returns a range as Monaco takes it, without Monaco. */
export function rangeOf(from: Position, to: Position): IRange {
  return {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
}

function optionsOf(ids: readonly number[], language: StatusLanguage): editor.IModelDecorationOptions {
  const className = `tokimeter-token tokimeter-token-${(ids.at(-1) ?? 0) % PALETTE.length}`;
  if (ids.length === 1) return { className };
  return {
    className: `${className} tokimeter-tokens`,
    hoverMessage: { value: formatTokens(ids.length, language) },
  };
}
