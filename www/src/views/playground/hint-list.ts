/** The hints of the editor's linter: where they are now, which of them still stand, and how they are applied. */
import { forEachDiagnostic } from "@codemirror/lint";
import { type ChangeSpec, type EditorState, StateEffect, type StateEffectType } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { type HintDiagnostic, tokenHints } from "tokimeter/codemirror";
import { applyHints, type Hint } from "tokimeter/hints";
import { pickedModel } from "../../state/catalogue.ts";

/** Code units beyond which a text is not searched: to search it takes longer than a frame. */
export const HINTS_LIMIT = 300_000;

/** A hint, where it is now. */
export interface PlacedHint extends Hint {
  /** What is there. */
  readonly text: string;
}

interface Kept extends HintDiagnostic {
  /** What was there when it was found. */
  readonly text: string;
}

/** Has the hints looked for anew, though the text is the same. */
export const relint: StateEffectType<null> = StateEffect.define<null>();

/** Returns the source of the linter. `done` hears that it has looked, for the model of now. */
export function hintSource(done: () => void): (view: EditorView) => Promise<readonly Kept[]> {
  const find = tokenHints();
  return async (view) => {
    const { state } = view;
    const { id } = pickedModel.peek();
    let hints: readonly Kept[] = [];
    try {
      if (state.doc.length <= HINTS_LIMIT)
        hints = (await find(view)).map((found) => ({ ...found, text: state.sliceDoc(found.from, found.to) }));
    } catch {
      // Without the engine there is no count; the meter says so.
    }
    // For another model it looks anew.
    if (id !== pickedModel.peek().id) return [];
    // The editor takes them up after this.
    setTimeout(done);
    return hints;
  };
}

/** Returns the hints that still stand: where the text was edited since, there is no hint until it is looked at again. */
export function hintsOf(state: EditorState): PlacedHint[] {
  const hints: PlacedHint[] = [];
  forEachDiagnostic(state, (diagnostic, from, to) => {
    if (!isKept(diagnostic) || state.sliceDoc(from, to) !== diagnostic.text) return;
    hints.push({ ...diagnostic.hint, from, to, text: diagnostic.text });
  });
  return hints;
}

/** Returns what saves tokens; a credential is a warning. */
export function savingsOf(hints: readonly PlacedHint[]): PlacedHint[] {
  return hints.filter(({ kind }) => kind !== "credential");
}

/** Applies hints as one edit, which one undo takes back. */
export function apply(view: EditorView, hints: readonly PlacedHint[]): void {
  const changes: ChangeSpec[] = hints.map(({ from, to, replacement }) => ({ from, to, insert: replacement }));
  view.dispatch({ changes, userEvent: "input.hint" });
}

/** Returns the text with hints applied. */
export function textWith(state: EditorState, hints: readonly PlacedHint[]): string {
  return applyHints(state.sliceDoc(), hints);
}

function isKept(diagnostic: object): diagnostic is Kept {
  return "hint" in diagnostic && "text" in diagnostic;
}
