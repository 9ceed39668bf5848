/**
 * From the changes of a document to the updates of a counted text.
 */

import type { Edit } from "tokimeter";
import type { TextDocumentContentChangeEvent } from "vscode";

/** What is needed of a change. */
export type ContentChange = Pick<TextDocumentContentChangeEvent, "rangeOffset" | "rangeLength" | "text">;

/**
 * Returns updates that make, in order, what the changes made. VS Code's changes come one after the other, each in
 * the positions that those before it left. Usually, as of several cursors, they go from the end of the text to its
 * beginning, so that none moves another: such a run is one update, in the positions of the text before it.
 */
export function updatesOf(changes: readonly ContentChange[]): Edit[][] {
  const updates: Edit[][] = [];
  let next = -1;
  for (const { rangeOffset: from, rangeLength, text: insert } of changes) {
    const edit = { from, to: from + rangeLength, insert };
    const run = updates.at(-1);
    if (run && edit.to <= next) run.push(edit);
    else updates.push([edit]);
    next = from;
  }
  return updates.map((run) => run.reverse());
}
