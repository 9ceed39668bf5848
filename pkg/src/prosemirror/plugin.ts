/**
 * The plugin: what the state holds of a meter. Its parts of ProseMirror are handed in, because who has TipTap has them by another name.
 */

import type { Command, Plugin, PluginKey } from "prosemirror-state";
import type { Decoration, DecorationSet } from "prosemirror-view";
import type { MeterHostOptions } from "../feed.js";
import type { MeterSettings, Reading } from "../meter.js";
import { DocText, type DocTextOptions } from "./text.js";
import { MeterView } from "./view.js";

/** The languages of the words. */
export type StatusLanguage = "en" | "zh";

/** How to count in an editor. `onReading` hears once a task at most, outside of updates, so it may dispatch. */
export interface TokenMeterOptions extends MeterHostOptions, DocTextOptions {
  /** An empty element that shows the reading in words. It belongs to one editor. */
  readonly status?: HTMLElement;
  /** The language of the words; English if it is left out. */
  readonly language?: StatusLanguage;
  /** Whether what is beyond the limit is marked; it is if this is left out. */
  readonly overflow?: boolean;
  /** Whether the tokens in view are coloured; they are not if this is left out. */
  readonly colors?: boolean;
}

/** What may change afterwards; what is left out stays. */
export interface TokenMeterUpdate extends MeterSettings {
  /** The model's id; its vocabulary is fetched. */
  readonly model?: string;
}

/** What the state holds of the meter. */
export interface TokenMeterState {
  /** `undefined` until something is counted. */
  readonly reading: Reading | undefined;
  /** Tokens of the selection when it stands alone, those of its parts in all; `undefined` if it is empty or not counted yet. */
  readonly selected: number | undefined;
  /** @internal What is drawn. */
  readonly marks: DecorationSet;
  /** @internal What was changed by commands. */
  readonly asked: TokenMeterUpdate;
  /** @internal Another object for each time that a command asked to count anew. */
  readonly again: object | undefined;
}

/** A part of the state that a transaction brings. */
export type TokenMeterMeta = Partial<TokenMeterState>;

/** The parts of ProseMirror that are needed. */
export interface Kit {
  readonly Plugin: typeof Plugin;
  readonly Decoration: typeof Decoration;
  readonly DecorationSet: typeof DecorationSet;
}

export type Key = PluginKey<TokenMeterState>;

let ids = 0;

export function makePlugin(kit: Kit, key: Key, options: TokenMeterOptions): Plugin<TokenMeterState> {
  const { status } = options;
  if (status) status.id ||= `tokimeter-status-${++ids}`;
  const text = new DocText(options);
  const { empty: marks } = kit.DecorationSet;
  return new kit.Plugin<TokenMeterState>({
    key,
    state: {
      init: () => ({ reading: undefined, selected: undefined, marks, asked: {}, again: undefined }),
      apply(tr, state) {
        const meta = tr.getMeta(key) as TokenMeterMeta | undefined;
        const marks = meta?.marks ?? state.marks.map(tr.mapping, tr.doc);
        const asked = meta?.asked ? { ...state.asked, ...meta.asked } : state.asked;
        return meta || marks !== state.marks ? { ...state, ...meta, marks, asked } : state;
      },
    },
    props: {
      decorations: (state) => key.getState(state)?.marks,
      ...(status && { attributes: { "aria-describedby": `${status.id}-line` } }),
    },
    view: (view) => new MeterView(view, { kit, key, text, options }),
  });
}

/** Returns a command that asks for something. */
export function command(key: Key, meta: TokenMeterMeta): Command {
  return (state, dispatch) => {
    dispatch?.(state.tr.setMeta(key, meta));
    return key.getState(state) !== undefined;
  };
}
