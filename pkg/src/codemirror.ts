/**
 * The meter in CodeMirror 6: counts what is typed, in a panel, in the state for others to read, and in the text itself.
 *
 * What is counted is `state.sliceDoc()`, the text as the editor gives it back: line breaks are `"\n"`, or the
 * `EditorState.lineSeparator` of the state, `"\r\n"` for one.
 *
 * @module
 */

import type { EditorState, Extension } from "@codemirror/state";
import { type EditorView, type PanelConstructor, showPanel } from "@codemirror/view";
import { config, type TokenMeterOptions, tokenReading } from "./codemirror/config.js";
import type { HintDiagnostic } from "./codemirror/hints.js";
import { host } from "./codemirror/host.js";
import { theme } from "./codemirror/theme.js";
import type { Reading } from "./meter.js";

export { type TokenMeterOptions, tokenReading } from "./codemirror/config.js";
export type { HintAction, HintDiagnostic } from "./codemirror/hints.js";
export { zhPhrases } from "./codemirror/phrases.js";

const PANELS = { bottom: panelAt(false), top: panelAt(true) };

/**
 * Returns the extension that counts the document. In a `Compartment` it can be given anew with other options; of two, the one of
 * the higher precedence counts. An edit costs what it changes, however long the document is.
 */
export function tokenMeter(options: TokenMeterOptions): Extension {
  const { panel = "bottom" } = options;
  return [config.of(options), tokenReading, host, theme, panel ? showPanel.of(PANELS[panel]) : []];
}

/**
 * Returns what the meter of a state reads, or `undefined` where there is no meter, or none that has counted yet. It is that of the
 * document from the end of the task on in which that was edited; with a meter in a worker, or a large insertion, later.
 */
export function readingOf(state: EditorState): Reading | undefined {
  return state.field(tokenReading, false);
}

/**
 * Returns a source for `linter` of `@codemirror/lint` that tells where tokens can be saved, by the model of the view's meter, and what
 * should not be sent at all. It and what it needs are loaded when it is first asked. It is asked after edits; for another model to
 * ask too, give `linter` a `needsRefresh` of `({ transactions }) => transactions.some(({ reconfigured }) => reconfigured)`.
 */
export function tokenHints(): (view: EditorView) => Promise<readonly HintDiagnostic[]> {
  return async (view) => (await import("./codemirror/hints.js")).diagnose(view);
}

function panelAt(top: boolean): PanelConstructor {
  return (view) => ({ dom: view.plugin(host)?.panel.dom ?? document.createElement("div"), top });
}
