/**
 * Marks the text that does not fit in the window.
 */

import {
  l10n,
  OverviewRulerLane,
  Range,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
  window,
} from "vscode";
import type { CountedDocument } from "./counted.ts";

/** The marks in all editors that are seen. */
export class Marks {
  readonly #type: TextEditorDecorationType = window.createTextEditorDecorationType({
    backgroundColor: new ThemeColor("tokimeter.overLimitBackground"),
    // The colour is not all that says it.
    textDecoration: "underline dotted",
    overviewRulerColor: new ThemeColor("editorOverviewRuler.errorForeground"),
    overviewRulerLane: OverviewRulerLane.Right,
  });
  /** The editors that have any. */
  readonly #marked: WeakSet<TextEditor> = new WeakSet();

  /** Marks what does not fit of the document that an editor shows; `undefined`: it is not counted. */
  show(editor: TextEditor, counted: CountedDocument | undefined): void {
    const { document } = editor;
    const from = counted?.settings.marksOverLimit ? counted.reading?.overflowAt : undefined;
    if (from === undefined && !this.#marked.has(editor)) return;
    if (from === undefined) {
      this.#marked.delete(editor);
      editor.setDecorations(this.#type, []);
      return;
    }
    const end = document.lineAt(document.lineCount - 1).range.end;
    this.#marked.add(editor);
    editor.setDecorations(this.#type, [
      {
        range: new Range(document.positionAt(from), end),
        hoverMessage: l10n.t("This does not fit in the model's window."),
      },
    ]);
  }

  /** Takes all marks away. */
  dispose(): void {
    this.#type.dispose();
  }
}
