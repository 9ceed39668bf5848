/**
 * A document that is counted as it is edited: by what changes, never by the whole text.
 */

import { Feed, Meter, type Reading } from "tokimeter";
import { EndOfLine, type Selection, type TextDocument, type TextDocumentContentChangeEvent } from "vscode";
import { updatesOf } from "./edits.ts";
import { type Settings, settingsFor } from "./settings.ts";

/** What the selections are. */
export interface Selected {
  /** How many there are. */
  readonly parts: number;
  /**
   * Tokens: of one selection, when it stands alone; of several, of the text that copying them gives, which
   * joins them by line breaks. Their counts would not add up to that.
   */
  readonly tokens: number;
}

/** More code units in several selections are not joined at each move of a cursor. */
const MOST_JOINED = 1_000_000;

/** A document and its meter. */
export class CountedDocument {
  readonly document: TextDocument;
  readonly settings: Settings;
  readonly #feed: Feed;
  #error: unknown;

  /** `onReading` hears that there is another reading, or an error. */
  constructor(document: TextDocument, onReading: () => void) {
    this.document = document;
    this.settings = settingsFor(document);
    this.#feed = new Feed(() => document.getText(), {
      model: this.settings.model,
      ...this.settings.meter,
      onReading,
      onError: (error) => {
        this.#error = error;
        onReading();
      },
    });
  }

  /** The meter, when it is there. */
  get meter(): Meter | undefined {
    const { meter } = this.#feed;
    return meter instanceof Meter ? meter : undefined;
  }

  /** What the meter shows, when it is there. */
  get reading(): Reading | undefined {
    return this.#feed.reading;
  }

  /** Why there is no reading, or only an estimated one, though a better one was wanted. */
  get error(): unknown {
    return this.#error;
  }

  /** Takes what was changed in the document. */
  change(changes: readonly TextDocumentContentChangeEvent[]): void {
    for (const update of updatesOf(changes)) this.#feed.edit(update);
    // A change that came in another way than is known must not leave a wrong count.
    if (this.#feed.isSettled && this.#feed.ask(({ length }) => length) !== lengthOf(this.document))
      this.#feed.retry();
  }

  /** Counts what is selected; `undefined` if nothing is, or cannot be told now. */
  selected(selections: readonly Selection[]): Selected | undefined {
    const { meter } = this;
    if (!meter || !this.#feed.isSettled) return undefined;
    const ranges = selections
      .filter(({ isEmpty }) => !isEmpty)
      .sort((a, b) => a.start.compareTo(b.start))
      .map(({ start, end }) => ({ from: this.document.offsetAt(start), to: this.document.offsetAt(end) }));
    const [only, other] = ranges;
    if (only === undefined) return undefined;
    if (other && ranges.reduce((sum, { from, to }) => sum + to - from, 0) > MOST_JOINED) return undefined;
    const tokens = this.#feed.ask(() =>
      other ? meter.tokenizer.count(this.#joined(ranges)) : meter.countRange(only.from, only.to),
    );
    return tokens === undefined ? undefined : { parts: ranges.length, tokens };
  }

  /** Reads the document anew, after an error. */
  retry(): void {
    this.#error = undefined;
    this.#feed.retry();
  }

  /** Gives everything back. */
  dispose(): void {
    this.#feed.dispose();
  }

  /** Returns what copying these parts gives. */
  #joined(ranges: readonly { from: number; to: number }[]): string {
    const text = this.document.getText();
    return ranges
      .map(({ from, to }) => text.slice(from, to))
      .join(this.document.eol === EndOfLine.CRLF ? "\r\n" : "\n");
  }
}

/** Returns how many UTF-16 code units a document has, without putting its text together. */
function lengthOf(document: TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}
