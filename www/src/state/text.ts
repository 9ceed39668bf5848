/**
 * The reader's text, which all views speak of. The view that it is edited in holds it, and is asked only when somebody wants the whole:
 * to put a text of ten megabytes together at each key would be felt.
 */
import { type ReadonlySignal, signal } from "@preact/signals";

let held = "";
let reader: (() => string) | undefined;
const edits = signal(0);

/** Changes with each edit. */
export const textVersion: ReadonlySignal<number> = edits;

/** Returns the text. */
export function currentText(): string {
  return reader?.() ?? held;
}

/** Puts another text in the place of the one that is there. */
export function setText(text: string): void {
  held = text;
  reader = undefined;
  edits.value++;
}

/** Says that the text is another one now, which `read` returns until {@link release}. */
export function edited(read: () => string): void {
  reader = read;
  edits.value++;
}

/** Takes the text from who has held it, and who will be gone. */
export function release(): void {
  held = currentText();
  reader = undefined;
}
