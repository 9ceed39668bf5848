/**
 * The commands that count what is not open: a folder, and the clipboard.
 */

import { type Meter, meter } from "tokimeter";
import {
  type Event,
  EventEmitter,
  env,
  l10n,
  ProgressLocation,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from "vscode";
import { countFolder } from "./folder.ts";
import { type Format, unlinked } from "./format.ts";
import { reportOf } from "./report.ts";
import { settingsFor } from "./settings.ts";
import { costRange } from "./words.ts";

/** The scheme of reports. */
export const SCHEME = "tokimeter";

/** Keeps the reports, as documents that are only read. */
export class Reports implements TextDocumentContentProvider {
  readonly #reports: Map<string, string> = new Map();
  readonly #changed: EventEmitter<Uri> = new EventEmitter();
  readonly onDidChange: Event<Uri> = this.#changed.event;

  provideTextDocumentContent(uri: Uri): string {
    return this.#reports.get(uri.toString()) ?? "";
  }

  /** Shows a report; a folder has one, the newest. */
  async show(folder: Uri, text: string): Promise<void> {
    const uri = Uri.from({
      scheme: SCHEME,
      path: `${folder.path}/${l10n.t("Tokens")}.md`,
      query: folder.toString(),
    });
    this.#reports.set(uri.toString(), text);
    this.#changed.fire(uri);
    await window.showTextDocument(uri, { preview: false });
  }
}

/** Counts a folder, which a person chooses if it is not told, and shows the table. */
export async function countFolderCommand(format: Format, reports: Reports, chosen?: Uri): Promise<void> {
  const folder = chosen ?? (await chooseFolder());
  if (!folder) return;
  const settings = settingsFor(folder);
  await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t("Counting tokens"),
      cancellable: true,
    },
    async (progress, token) => {
      await withMeter(settings.model, settings.meter, async (made) => {
        const count = await countFolder(folder, made.tokenizer, progress, token);
        await reports.show(folder, reportOf(format, count, made, settings));
      });
    },
  );
}

/** Says how many tokens the clipboard's text is. */
export async function countClipboardCommand(format: Format): Promise<void> {
  const settings = settingsFor(window.activeTextEditor?.document);
  const text = await env.clipboard.readText();
  await withMeter(settings.model, { ...settings.meter, text }, async ({ model, reading }) => {
    const { tokens, basis, low, high, cost } = reading;
    const words = [
      l10n.t("{0} for {1}", format.tokens(tokens), model?.name ?? settings.model),
      basis === "exact"
        ? l10n.t("exact")
        : l10n.t("between {0} and {1}", format.count(low), format.count(high)),
    ];
    if (cost) words.push(costRange(format, cost));
    window.showInformationMessage(unlinked(l10n.t("The clipboard: {0}", words.join(l10n.t(", ")))));
  });
}

async function withMeter(
  model: string,
  options: Parameters<typeof meter>[1],
  use: (made: Meter) => Promise<void>,
): Promise<void> {
  try {
    using made = await meter(model, options);
    await use(made);
  } catch (error) {
    window.showErrorMessage(unlinked(error instanceof Error ? error.message : String(error)));
  }
}

async function chooseFolder(): Promise<Uri | undefined> {
  const { workspaceFolders = [] } = workspace;
  if (workspaceFolders.length === 1) return workspaceFolders[0]?.uri;
  if (workspaceFolders.length > 1) return (await window.showWorkspaceFolderPick())?.uri;
  const [folder] = (await window.showOpenDialog({ canSelectFiles: false, canSelectFolders: true })) ?? [];
  return folder;
}
