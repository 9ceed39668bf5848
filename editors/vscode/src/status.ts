/**
 * The status bar item.
 */

import { StatusBarAlignment, type StatusBarItem, ThemeColor, window } from "vscode";
import type { CountedDocument, Selected } from "./counted.ts";
import type { Format } from "./format.ts";
import { longWords, shortWords, spokenWords } from "./words.ts";

/** Shows the count of the document that is edited. */
export class Status {
  readonly #item: StatusBarItem;
  readonly #format: Format;

  constructor(format: Format) {
    this.#format = format;
    // Beside the line and column, whose priority is 100.
    this.#item = window.createStatusBarItem("tokimeter.count", StatusBarAlignment.Right, 100.1);
    this.#item.name = "Tokimeter";
    this.#item.command = "tokimeter.chooseModel";
  }

  /** Shows what is known now; nothing if there is nothing to count. */
  show(counted: CountedDocument | undefined, selected?: Selected): void {
    const item = this.#item;
    if (!counted) {
      item.hide();
      return;
    }
    item.text = shortWords(this.#format, counted, selected);
    item.tooltip = longWords(this.#format, counted, selected);
    item.accessibilityInformation = { label: spokenWords(this.#format, counted, selected) };
    item.backgroundColor = backgroundOf(counted);
    item.show();
  }

  /** Takes the item away. */
  dispose(): void {
    this.#item.dispose();
  }
}

/** The colour says nothing that the words do not. */
function backgroundOf({ reading, error }: CountedDocument): ThemeColor | undefined {
  if (reading?.level === "over" || (!reading && error !== undefined))
    return new ThemeColor("statusBarItem.errorBackground");
  if (reading?.level === "near") return new ThemeColor("statusBarItem.warningBackground");
  return undefined;
}
