/** The tokens in view as coloured boxes. Loaded where they are wanted. */

import { type EditorState, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet } from "@codemirror/view";
import type { SpansIn } from "../live.js";
import { characterAt, toDocument } from "./text.js";
import { COLORS } from "./theme.js";

/** What is below this joins no character before it. */
const COMBINING = 0x300;

/**
 * Returns the boxes of tokens, which are in order. A box ends where a token and a character end together: one of several tokens, an
 * emoji for one, says how many it has. An id has the same colour everywhere. `made` keeps the decorations.
 */
export function boxes(state: EditorState, parts: readonly SpansIn[], made: Decoration[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const { doc } = state;
  let line = doc.line(1);
  let start = 0;
  const beginsCharacter = (at: number): boolean => {
    if (at > line.to) line = doc.lineAt(at);
    return line.text.charCodeAt(at - line.from) < COMBINING || characterAt(line, at) === at;
  };
  for (const { from, ids, ends } of parts) {
    const place = toDocument(state, from);
    start = Math.max(start, place(from));
    let tokens = 0;
    let first = 0;
    for (const [index, end] of ends.entries()) {
      if (tokens++ === 0) first = ids[index] ?? 0;
      const stop = place(end);
      if (stop <= start || !beginsCharacter(stop)) continue;
      const color = (Math.imul(first, 0x9e3779b1) >>> 0) % COLORS;
      const kind = COLORS * tokens + color;
      const box =
        made[kind] ??
        Decoration.mark({
          class: `cm-tokenMeter-token cm-tokenMeter-color${color}`,
          ...(tokens > 1 && { attributes: { title: state.phrase("$ tokens", tokens) } }),
        });
      made[kind] = box;
      builder.add(start, stop, box);
      start = stop;
      tokens = 0;
    }
  }
  return builder.finish();
}
