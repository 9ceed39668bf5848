/**
 * What the last edit changed: the difference of two readings of the whole text, before it and after it. What is typed or deleted in one go
 * is one edit.
 */
import type { ViewUpdate } from "@codemirror/view";
import type { Reading } from "tokimeter";

/** Milliseconds after which typing goes on as another edit. */
const PAUSE_MS = 1000;

export interface Edit {
  readonly before: Reading;
  readonly after: Reading;
}

export class LastEdit {
  #before: Reading | undefined;
  #kind = "";
  #at = Number.NEGATIVE_INFINITY;

  /** Takes an update that changed the text; `reading` is that of the text before it. */
  take({ transactions }: ViewUpdate, reading: Reading | undefined): void {
    const kind = ["input.type", "delete"].find((event) =>
      transactions.every((transaction) => !transaction.docChanged || transaction.isUserEvent(event)),
    );
    const now = performance.now();
    const goesOn = kind !== undefined && kind === this.#kind && now - this.#at < PAUSE_MS;
    if (!goesOn) this.#before = reading;
    this.#kind = kind ?? "";
    this.#at = now;
  }

  /** Returns the edit whose text has this reading; none if the text was not counted in the same way before. */
  to(after: Reading): Edit | undefined {
    const before = this.#before;
    return before?.basis === after.basis ? { before, after } : undefined;
  }

  /** Forgets it: with another model readings are not to be compared. */
  forget(): void {
    this.#before = undefined;
    this.#kind = "";
  }
}
