/** Hints by a meter, which may be one in a worker; `hints` needs a tokenizer on this thread. */

import type { Metered } from "./feed.js";
import type { Finding, Hint } from "./hints.js";

/**
 * Counts what each finding would save: of one that says nothing, `undefined`. `meter` is one of its own for this, and holds `text`. Each
 * takes two edits, and whoever asks may stop between any two.
 */
export async function* hintsBy(
  meter: Metered,
  text: string,
  findings: readonly Finding[],
): AsyncGenerator<Hint | undefined, void> {
  const { tokens: before } = meter.reading;
  for (const finding of findings) {
    const { from, to, replacement, kind } = finding;
    const tokens = await meter.countRange(from, to);
    const { tokens: after } = await meter.update([{ from, to, insert: replacement }]);
    await meter.update([{ from, to: from + replacement.length, insert: text.slice(from, to) }]);
    const saves = before - after;
    yield saves > 0 || kind === "credential" ? { ...finding, tokens, saves } : undefined;
  }
}
