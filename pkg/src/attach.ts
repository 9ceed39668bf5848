/**
 * Counts what is typed into a text area, an input, or any other element. Events say when to look, and the text itself what has
 * changed: no event tells that of an undo, of a text that was cut by `maxlength`, or of `value = …`. Two texts are compared by
 * halves, which takes a fraction of a millisecond for a megabyte, and what differs is one edit.
 *
 * @module
 */

import { Feed, type MeterHostOptions } from "./feed.js";
import type { Edit } from "./live.js";

export type { Feed, MakeMeter, Metered, MeterHostOptions } from "./feed.js";

/** How to attach a meter. */
export interface AttachOptions extends MeterHostOptions {
  /** Returns the text that counts, if it is not what `attach` takes it to be. Called often; it should be quick. */
  readonly read?: () => string;
}

/** Detaches the meter when it is called; the field is then as if there had never been one. */
export interface Attached {
  (): void;
  /** Feeds the text to the meter: its reading, its model and settings, and another try after an error. */
  readonly feed: Feed;
  /** Whether an input method is composing. Its preview counts like any text; at the end it is replaced by one edit. */
  readonly isComposing: boolean;
}

/** How often a field is looked at without an event, in milliseconds: a program that sets `value` tells nobody. */
const LOOK = 250;

/**
 * Attaches a meter to a field. Nothing is patched: typing is counted at its event, what a program writes into `value` after the
 * next key or click and in a quarter of a second at most.
 *
 * The text that counts is the field's `value`, with `"\n"` for line breaks, as a program reads it. Of an element without a
 * `value`, such as a `contenteditable` one, it is `innerText` without a line break at its very end, by which browsers hold an
 * empty last line open; it is read whenever the content of the element changes, and after a key, a click or a focus, as it has no
 * line breaks while the element is not rendered.
 *
 * # Complexity
 * An edit costs reading the text, comparing it with the last one, and counting what differs.
 */
export function attach(
  field: HTMLElement,
  { read = () => textIn(field), ...options }: AttachOptions,
): Attached {
  const release = new AbortController();
  const { signal } = release;
  let text = read();
  let isComposing = false;
  const feed = new Feed(() => text, options);
  const look = (): void => {
    if (signal.aborted) return;
    const before = text;
    text = read();
    feed.edit(difference(before, text));
  };
  const on = (target: EventTarget, types: string, listener: (event: Event) => unknown): void => {
    for (const type of types.split(" ")) target.addEventListener(type, listener, { capture: true, signal });
  };
  on(field, "compositionstart compositionend", ({ type }) => {
    isComposing = type === "compositionstart";
    look();
  });
  on(field, "input change", look);
  // What other listeners make of the event is seen when they are through.
  on(field.ownerDocument, "input click keydown reset focusin", () => setTimeout(look));
  const observer = new MutationObserver(look);
  if (valueIn(field) === undefined)
    observer.observe(field, { childList: true, characterData: true, subtree: true });
  // An element may have a `value` only when its class is defined. To read others takes a layout.
  const timer = setInterval(() => {
    if (valueIn(field) !== undefined) look();
  }, LOOK);
  const detach = (): void => {
    release.abort();
    observer.disconnect();
    clearInterval(timer);
    feed.dispose();
  };
  return Object.defineProperties(detach, {
    feed: { value: feed },
    isComposing: { get: () => isComposing },
  }) as Attached;
}

/** Returns the edit that makes one text of another; none if they are the same. Linear, and fast. */
export function difference(before: string, after: string): readonly Required<Edit>[] {
  if (before === after) return [];
  const least = Math.min(before.length, after.length);
  let from = agree(least, (a, b) => before.slice(a, b) === after.slice(a, b));
  // A pair of surrogates is not parted: its halves would cross as two lone ones.
  if (isHigh(before, from - 1)) from--;
  const [end, last] = [before.length, after.length];
  const same = agree(
    least - from,
    (a, b) => before.slice(end - b, end - a) === after.slice(last - b, last - a),
  );
  const isParted = isHigh(before, end - same - 1) || isHigh(after, last - same - 1);
  const kept = Math.max(0, same - Number(isParted));
  return [{ from, to: end - kept, insert: after.slice(from, last - kept) }];
}

/** Returns how many code units from one end on are the same, of `most`. Each comparison is of half of what is left. */
function agree(most: number, isSame: (from: number, to: number) => boolean): number {
  let low = 0;
  for (let high = most; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if (isSame(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isHigh(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit < 0xdc00;
}

function textIn(field: HTMLElement): string {
  return valueIn(field) ?? field.innerText.replace(/\n$/, "");
}

/** Not `instanceof`: the field may be of another frame, or a custom element. */
function valueIn(field: HTMLElement): string | undefined {
  const { value } = field as { value?: unknown };
  return typeof value === "string" ? value : undefined;
}
