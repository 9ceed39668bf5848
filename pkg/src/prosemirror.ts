/**
 * The meter in ProseMirror: counts what is typed, in the plugin's state for others to read, in a status line, and in the text itself.
 *
 * What is counted is `doc.textBetween(0, doc.content.size, "\n\n")`; `DocTextOptions` say how to count other texts, and `DocText` gives
 * a document's text as it is counted, which is what should be sent. For TipTap there is `tokimeter/tiptap`.
 *
 * @module
 */

import { type Command, type EditorState, Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { Reading } from "./meter.js";
import {
  command,
  makePlugin,
  type TokenMeterOptions,
  type TokenMeterState,
  type TokenMeterUpdate,
} from "./prosemirror/plugin.js";

export type {
  StatusLanguage,
  TokenMeterOptions,
  TokenMeterState,
  TokenMeterUpdate,
} from "./prosemirror/plugin.js";
export { DocText, type DocTextOptions, type Place } from "./prosemirror/text.js";

/** The key of the plugin: `tokenMeterKey.getState(state)` has the reading, and the count of the selection. */
export const tokenMeterKey: PluginKey<TokenMeterState> = new PluginKey("tokenMeter");

/** Returns the plugin that counts the document. An edit costs what it changes, and a look at the blocks that hold it. */
export function tokenMeter(options: TokenMeterOptions): Plugin<TokenMeterState> {
  return makePlugin({ Plugin, Decoration, DecorationSet }, tokenMeterKey, options);
}

/**
 * Returns what the meter of a state reads, or `undefined` where there is no meter, or none that has counted yet. It is that of the
 * document from the end of the task on in which that was edited; with a meter in a worker, or a large insertion, later.
 */
export function readingOf(state: EditorState): Reading | undefined {
  return tokenMeterKey.getState(state)?.reading;
}

/** Returns the command that counts for another model, or with other settings. */
export function configureMeter(update: TokenMeterUpdate): Command {
  return command(tokenMeterKey, { asked: update });
}

/** The command that makes the meter anew: after an error. */
export const retryMeter: Command = (state, dispatch) =>
  command(tokenMeterKey, { again: {} })(state, dispatch);
