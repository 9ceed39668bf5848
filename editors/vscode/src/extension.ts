/**
 * The extension: the documents in view are counted as they are edited, and the status bar tells the count of the one
 * that is edited.
 */

import { configure } from "tokimeter";
import { commands, type ExtensionContext, env, type TextDocument, Uri, window, workspace } from "vscode";
import { countClipboardCommand, countFolderCommand, Reports, SCHEME } from "./commands.ts";
import { CountedDocument } from "./counted.ts";
import { Format } from "./format.ts";
import { Marks } from "./marks.ts";
import { pickModel } from "./picker.ts";
import { isCounted, SECTION, setModel, settingsFor } from "./settings.ts";
import { Status } from "./status.ts";

/** Milliseconds until what changed is shown, together. */
const SHOWN_WITHIN = 40;

/** Starts the extension. */
export function activate(context: ExtensionContext): void {
  // Files are read by the editor: on the web there is no disk, and on the desktop nothing to fetch from.
  configure({ read: (url) => workspace.fs.readFile(Uri.joinPath(context.extensionUri, url.pathname)) });
  const format = new Format(env.language);
  const view = new View(format);
  const reports = new Reports();
  context.subscriptions.push(
    view,
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) view.of(document)?.change(contentChanges);
    }),
    // The language of a document changes as if it were closed and opened again.
    workspace.onDidCloseTextDocument((document) => view.forget(document)),
    workspace.onDidOpenTextDocument(() => view.update()),
    window.onDidChangeVisibleTextEditors(() => view.update()),
    window.onDidChangeActiveTextEditor(() => view.showSoon()),
    window.onDidChangeTextEditorSelection(() => view.showSoon()),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SECTION)) view.restart();
    }),
    workspace.registerTextDocumentContentProvider(SCHEME, reports),
    commands.registerCommand("tokimeter.chooseModel", async () => {
      const document = window.activeTextEditor?.document;
      const model = await pickModel(format, settingsFor(document).model);
      if (model !== undefined) await setModel(model, document);
    }),
    commands.registerCommand("tokimeter.countFolder", (folder?: Uri) =>
      countFolderCommand(format, reports, folder),
    ),
    commands.registerCommand("tokimeter.countClipboard", () => countClipboardCommand(format)),
    commands.registerCommand("tokimeter.retry", () => view.retry()),
  );
  view.update();
}

/** The documents in view, and what is shown of them. */
class View {
  readonly #counted: Map<TextDocument, CountedDocument> = new Map();
  readonly #status: Status;
  readonly #marks: Marks = new Marks();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(format: Format) {
    this.#status = new Status(format);
  }

  /** Returns a document that is counted. */
  of(document: TextDocument): CountedDocument | undefined {
    return this.#counted.get(document);
  }

  /** Counts the documents that are in view, and no others. */
  update(): void {
    const inView = new Set(window.visibleTextEditors.map(({ document }) => document).filter(isCounted));
    for (const document of this.#counted.keys()) if (!inView.has(document)) this.forget(document);
    for (const document of inView) {
      if (!this.#counted.has(document))
        this.#counted.set(document, new CountedDocument(document, () => this.showSoon()));
    }
    this.showSoon();
  }

  /** Counts a document no more. */
  forget(document: TextDocument): void {
    this.#counted.get(document)?.dispose();
    this.#counted.delete(document);
  }

  /** Counts all anew, by the settings as they are now. */
  restart(): void {
    for (const document of [...this.#counted.keys()]) this.forget(document);
    this.update();
  }

  /** Counts again what could not be counted. */
  retry(): void {
    for (const counted of this.#counted.values()) counted.retry();
  }

  /** Shows what is known, once for all that changes in a moment. */
  showSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#show();
    }, SHOWN_WITHIN);
  }

  /** Gives everything back. */
  dispose(): void {
    clearTimeout(this.#timer);
    for (const document of [...this.#counted.keys()]) this.forget(document);
    this.#status.dispose();
    this.#marks.dispose();
  }

  #show(): void {
    const { activeTextEditor, visibleTextEditors } = window;
    const counted = activeTextEditor && this.#counted.get(activeTextEditor.document);
    this.#status.show(counted, activeTextEditor && counted?.selected(activeTextEditor.selections));
    for (const editor of visibleTextEditors) this.#marks.show(editor, this.#counted.get(editor.document));
  }
}
