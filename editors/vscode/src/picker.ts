/**
 * The list of models: by vendor, found by typing, and any other name as it is typed.
 */

import { findModel, type Model, models } from "tokimeter/models";
import { l10n, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import type { Format } from "./format.ts";

/** A model in the list, or a name that was typed. */
interface Choice extends QuickPickItem {
  readonly id?: string;
}

/** Lets a person pick a model, and returns its id as it was picked or typed; `undefined` if none was. */
export function pickModel(format: Format, current: string): Promise<string | undefined> {
  const picker = window.createQuickPick<Choice>();
  const known = choices(format);
  picker.title = l10n.t("The model to count for");
  picker.placeholder = l10n.t("Search by name, id or vendor, or type any other id");
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = known;
  const chosen = findModel(current)?.id;
  picker.activeItems = known.filter(({ id }) => id !== undefined && id === chosen);
  picker.onDidChangeValue((value) => {
    const id = value.trim();
    const listed = known.find((choice) => choice.id === id);
    picker.items = id === "" || listed ? known : [...known, ...typed(id)];
    // Others whose names go on from there may stand before it.
    if (listed) picker.activeItems = [listed];
  });
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      // Whoever is quick accepts before the list has what was typed.
      resolve(picker.selectedItems[0]?.id ?? (picker.value.trim() || undefined));
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function choices(format: Format): Choice[] {
  const choices: Choice[] = [];
  let vendor = "";
  for (const model of models()) {
    if (model.vendor !== vendor) choices.push({ label: model.vendor, kind: QuickPickItemKind.Separator });
    vendor = model.vendor;
    choices.push({ id: model.id, label: model.name, description: model.id, detail: detailOf(format, model) });
  }
  return choices;
}

function detailOf(format: Format, { vendor, window, basis, retires }: Model): string {
  const how = {
    exact: l10n.t("exact"),
    calibrated: l10n.t("calibrated"),
    estimated: l10n.t("estimated"),
  }[basis];
  const parts = [vendor, how];
  if (window !== undefined) parts.push(l10n.t("window {0}", format.count(window)));
  if (retires !== undefined) parts.push(l10n.t("retires {0}", retires));
  return parts.join(" · ");
}

function typed(id: string): Choice[] {
  return [
    { label: l10n.t("Another model"), kind: QuickPickItemKind.Separator },
    { id, label: id, detail: l10n.t("As it is typed"), alwaysShow: true },
  ];
}
