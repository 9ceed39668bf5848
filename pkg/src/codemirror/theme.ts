/** How the meter looks, on light and on dark. Nothing is told by colour alone. */

import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** How many colours tokens have. */
export const COLORS = 6;

/** The colours of the levels. */
const levels = (theme: string, ok: string, near: string, over: string): Record<string, object> => ({
  [`&${theme} .cm-tokenMeter`]: { "--level": ok },
  [`&${theme} [data-level=near]`]: { "--level": near },
  [`&${theme} [data-level=over]`]: { "--level": over },
  [`&${theme} .cm-tokenMeter-beyond`]: { backgroundColor: `${over}20`, textDecorationColor: over },
});

export const theme: Extension = EditorView.baseTheme({
  ".cm-tokenMeter": {
    position: "relative",
    display: "flex",
    flexWrap: "wrap",
    gap: "2px 14px",
    padding: "6px 8px 4px",
    fontSize: "85%",
  },
  ".cm-tokenMeter:before": {
    content: "''",
    position: "absolute",
    // With a width, the side where lines end does not count.
    inset: "0 0 auto",
    inlineSize: "var(--used)",
    // A border stays where the system forces its colours.
    borderBlockStart: "2px solid var(--level)",
  },
  ".cm-tokenMeter-tokens, .cm-tokenMeter-level": { fontWeight: "bold" },
  ".cm-tokenMeter-level": { color: "var(--level)" },
  ".cm-tokenMeter > :empty": { display: "none" },
  ".cm-tokenMeter-beyond": { textDecoration: "underline wavy 1px" },
  ...levels("light", "#1a7f4b", "#8a4b00", "#b3001b"),
  ...levels("dark", "#5fcf95", "#ffc766", "#ff9d9d"),
  // Neighbours may have one colour, so each has an edge.
  ".cm-tokenMeter-token": { boxShadow: "inset 1px 0 #8889" },
  "@media (forced-colors: active)": { ".cm-tokenMeter-token": { outline: "1px dotted" } },
  // Thin enough that text stays as readable as it was.
  ...Object.fromEntries(
    Array.from({ length: COLORS }, (_, color) => [
      `.cm-tokenMeter-color${color}`,
      { backgroundColor: `hsl(${(360 / COLORS) * color + 30} 90% 50% / 18%)` },
    ]),
  ),
});
