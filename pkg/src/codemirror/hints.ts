/** Hints as a linter's diagnostics. They are counted on a meter of their own, in turns, so that typing goes on. */

import type { EditorView } from "@codemirror/view";
import { explain, findings, type Hint } from "../hints.js";
import { hintsBy } from "../meter-hints.js";
import { Turn } from "../turn.js";
import { config } from "./config.js";
import { host } from "./host.js";
import { toDocument } from "./text.js";

/** A `Diagnostic` of `@codemirror/lint`. */
export interface HintDiagnostic {
  /** Where it begins, in the document. */
  readonly from: number;
  /** Where it ends. */
  readonly to: number;
  /** `"warning"` for keys and login tokens, which should not be sent. */
  readonly severity: "hint" | "warning";
  /** `"tokimeter"`. */
  readonly source: string;
  /** For people, in the language asked for. */
  readonly message: string;
  /** Applies the hint. */
  readonly actions: readonly HintAction[];
  /** The hint itself, in positions of the counted text. */
  readonly hint: Hint;
}

/** What a person can do about it: an `Action` of `@codemirror/lint`. */
export interface HintAction {
  /** What it does, for people, in the language asked for. */
  readonly name: string;
  /** Puts the hint's replacement in its place. */
  readonly apply: (view: EditorView, from: number, to: number) => void;
}

/** Returns the hints of a view's document; none if it was edited meanwhile, for then they are asked for again. */
export async function diagnose(view: EditorView): Promise<HintDiagnostic[]> {
  const { state } = view;
  const text = state.sliceDoc();
  const found = findings(text);
  if (!view.plugin(host) || found.length === 0) return [];
  const { model, meter: make = (await import("../meter.js")).meter } = state.facet(config);
  const meter = await make(model, { text });
  try {
    const place = toDocument(state, 0);
    const language = state.phrase("en").startsWith("zh") ? "zh" : "en";
    const turn = new Turn();
    const diagnostics: HintDiagnostic[] = [];
    for await (const hint of hintsBy(meter, text, found)) {
      if (hint) {
        const { kind, replacement } = hint;
        const isWarning = kind === "credential";
        diagnostics.push({
          from: place(hint.from),
          to: place(hint.to),
          severity: isWarning ? "warning" : "hint",
          source: "tokimeter",
          message: explain(hint, language),
          hint,
          actions: [
            {
              name: state.phrase(isWarning ? "Remove" : "Shorten"),
              apply: (view, from, to) =>
                view.dispatch({ changes: { from, to, insert: replacement }, userEvent: "input.hint" }),
            },
          ],
        });
      }
      await turn.passes();
      if (view.state.doc !== state.doc) return [];
      // What a hint saves is of the model that is asked about now.
      if (view.state.facet(config).model !== model) return diagnose(view);
    }
    return diagnostics;
  } finally {
    meter.dispose();
  }
}
