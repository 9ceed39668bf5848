/**
 * The meter as an extension of TipTap. It is a subpath of its own, so that who uses ProseMirror alone does not load TipTap; and it takes
 * ProseMirror from `@tiptap/pm`, which is where TipTap's users have it.
 *
 * What is counted is `editor.getText()`. `renderText` is asked once as long as a node lives, so it may depend on nothing but the node.
 *
 * @module
 */

import { Extension, type TextSerializer } from "@tiptap/core";
import { type EditorState, Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import type { Reading } from "./meter.js";
import {
  command,
  makePlugin,
  type TokenMeterOptions,
  type TokenMeterState,
  type TokenMeterUpdate,
} from "./prosemirror/plugin.js";
import type { DocTextOptions } from "./prosemirror/text.js";

export type {
  StatusLanguage,
  TokenMeterOptions,
  TokenMeterState,
  TokenMeterUpdate,
} from "./prosemirror/plugin.js";

/** What others may read: `editor.storage.tokenMeter`, when there was a transaction. */
export interface TokenMeterStorage {
  /** That of the editor's state; see `readingOf`. */
  reading: Reading | undefined;
}

declare module "@tiptap/core" {
  interface Storage {
    tokenMeter: TokenMeterStorage;
  }
  interface Commands<ReturnType> {
    tokenMeter: {
      /** Counts for another model, or with other settings. */
      configureTokenMeter: (update: TokenMeterUpdate) => ReturnType;
      /** Makes the meter anew: after an error. */
      retryTokenMeter: () => ReturnType;
    };
  }
}

/** The key of the plugin: `tokenMeterKey.getState(editor.state)` has the reading, and the count of the selection. */
export const tokenMeterKey: PluginKey<TokenMeterState> = new PluginKey("tokenMeter");

/** Returns what the meter of a state reads, or `undefined` where there is no meter, or none that has counted yet. */
export function readingOf(state: EditorState): Reading | undefined {
  return tokenMeterKey.getState(state)?.reading;
}

/** The extension: `TokenMeter.configure({ model: "gpt-5.2" })`. */
export const TokenMeter: Extension<TokenMeterOptions, TokenMeterStorage> = Extension.create<
  TokenMeterOptions,
  TokenMeterStorage
>({
  name: "tokenMeter",

  addOptions() {
    return { model: "" };
  },

  addStorage() {
    return { reading: undefined };
  },

  addCommands() {
    return {
      configureTokenMeter:
        (update) =>
        ({ state, dispatch }) =>
          command(tokenMeterKey, { asked: update })(state, dispatch),
      retryTokenMeter:
        () =>
        ({ state, dispatch }) =>
          command(tokenMeterKey, { again: {} })(state, dispatch),
    };
  },

  onTransaction() {
    this.storage.reading = readingOf(this.editor.state);
  },

  addProseMirrorPlugins() {
    const { options } = this;
    const text: DocTextOptions["text"] = (node, place) => {
      const own = options.text?.(node, place);
      if (own !== undefined) return own;
      const { toText } = node.type.spec as { readonly toText?: TextSerializer };
      const range = { from: place.pos, to: place.pos + node.nodeSize };
      return toText?.({ ...place, node, range });
    };
    const kit = { Plugin, Decoration, DecorationSet };
    return [makePlugin(kit, tokenMeterKey, { everyBlock: true, ...options, text })];
  },
});
