/**
 * The meter of one view: feeds its text, and publishes what is read by a transaction. That is never dispatched while the view updates,
 * but at the end of the task, once for all of it; and what is drawn does not change while an input method composes.
 */

import type { EditorState, PluginView, Selection } from "prosemirror-state";
import type { Decoration, EditorView } from "prosemirror-view";
import { Feed, type Metered } from "../feed.js";
import type { Reading } from "../meter.js";
import { areSame, type MarkSpec, overMarks } from "./marks.js";
import type { Key, Kit, TokenMeterOptions, TokenMeterState } from "./plugin.js";
import type { Status } from "./status.js";
import { adoptStyles } from "./styles.js";
import type { DocText } from "./text.js";
import type { Tokens } from "./tokens.js";

interface Host {
  readonly kit: Kit;
  readonly key: Key;
  readonly text: DocText;
  readonly options: TokenMeterOptions;
}

export class MeterView implements PluginView {
  readonly #view: EditorView;
  readonly #host: Host;
  readonly #feed: Feed;
  #status: Status | undefined;
  #tokens: Tokens | undefined;
  readonly #listening: AbortController = new AbortController();
  /** The document that the feed has. */
  #doc: EditorState["doc"];
  /** What was read last, and of which document. */
  #read: { reading: Reading; meter: Metered; doc: EditorState["doc"] } | undefined;
  #isNew = false;
  #hasFailed = false;
  /** The selection whose tokens are known or asked for. */
  #selection: Selection | undefined;
  #selected: number | undefined;
  #isScheduled = false;
  #styles: string | undefined;
  #root: Document | ShadowRoot | undefined;
  #giveStylesBack: (() => void) | undefined;

  constructor(view: EditorView, host: Host) {
    this.#view = view;
    this.#host = host;
    this.#doc = view.state.doc;
    const { key, text, options } = host;
    const { status, language = "en", overflow: _overflow, colors, ...others } = options;
    const { blockSeparator: _separator, text: _text, everyBlock: _every, ...feed } = others;
    this.#feed = new Feed(() => text.of(this.#doc), {
      ...feed,
      onReading: (reading, meter) => {
        this.#read = { reading, meter, doc: this.#doc };
        this.#isNew = true;
        this.#selection = undefined;
        this.#schedule();
      },
      onError: (error) => {
        // With a meter it still counts, though not as well as it should.
        if (!this.#feed.meter) {
          this.#read = undefined;
          this.#hasFailed = true;
        }
        this.#schedule();
        feed.onError?.(error);
      },
    });
    this.#ask(key.getState(view.state));
    const { signal } = this.#listening;
    view.dom.addEventListener("compositionend", () => setTimeout(() => this.#schedule()), { signal });
    const failed = feed.onError;
    if (status) {
      import("./status.js").then(({ Status }) => {
        if (signal.aborted) return;
        this.#status = new Status(status, language);
        this.#schedule();
      }, failed);
    }
    if (!colors) return;
    import("./tokens.js").then(({ STYLES, Tokens }) => {
      if (signal.aborted) return;
      this.#styles = STYLES;
      this.#root = undefined;
      const { Decoration: decorate } = host.kit;
      const changed = (): void => this.#schedule();
      this.#tokens = new Tokens({ view, feed: this.#feed, text, decorate, signal, changed });
      this.#schedule();
    }, failed);
  }

  update({ state }: EditorView, before: EditorState): void {
    const { key, text } = this.#host;
    if (state.doc !== this.#doc) {
      const edit = text.edit(this.#doc, state.doc);
      if (!edit && this.#read?.doc === this.#doc) this.#read.doc = state.doc;
      this.#doc = state.doc;
      if (edit) this.#feed.edit([edit]);
    }
    this.#ask(key.getState(state), key.getState(before));
    if (state.doc === before.doc && state.selection.eq(before.selection)) return;
    this.#selection = undefined;
    this.#schedule();
  }

  destroy(): void {
    this.#listening.abort();
    this.#feed.dispose();
    this.#status?.destroy();
    this.#giveStylesBack?.();
  }

  /** Does what commands asked for. */
  #ask(now: TokenMeterState | undefined, was?: TokenMeterState): void {
    const before = Object(was?.asked);
    // What was asked for before may have been refused.
    const asked = Object.entries(now?.asked ?? {}).filter(([name, value]) => value !== before[name]);
    if (asked.length > 0) {
      const { model, ...settings } = Object.fromEntries(asked);
      this.#feed.configure(settings);
      if (model !== undefined) this.#feed.setModel(model);
    }
    if (now && now.again !== was?.again) this.#feed.retry();
  }

  /** Counts the selection, if that is not done. */
  #select(): void {
    const { selection } = this.#view.state;
    if (selection === this.#selection) return;
    this.#selected = undefined;
    // What the meter has not had yet has other positions.
    if (selection.empty || !this.#feed.isSettled) return;
    this.#selection = selection;
    const { text } = this.#host;
    const at = (pos: number): number => text.toText(this.#doc, pos);
    const counts = this.#feed.ask((meter) =>
      selection.ranges.map(({ $from, $to }) => meter.countRange(at($from.pos), at($to.pos))),
    );
    if (!counts) return;
    const sum = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
    if (counts.every((count) => typeof count === "number")) this.#selected = sum(counts);
    else
      Promise.all(counts).then(
        (counts) => {
          if (selection !== this.#selection) return;
          this.#selected = sum(counts);
          this.#schedule();
        },
        () => {},
      );
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      if (!this.#listening.signal.aborted) this.#publish();
    });
  }

  #publish(): void {
    const { key, options } = this.#host;
    const view = this.#view;
    const state = key.getState(view.state);
    if (!state) return;
    this.#adopt();
    this.#select();
    const read = this.#read;
    const { reading } = read ?? {};
    const selected = reading && this.#selected;
    const isKept = view.composing || (read && read.doc !== this.#doc);
    const marks = isKept ? state.marks : this.#marks(state, reading);
    if (reading !== state.reading || selected !== state.selected || marks !== state.marks) {
      const meta = { reading, selected, marks };
      // It is no edit, and nothing to undo.
      view.dispatch(view.state.tr.setMeta(key, meta).setMeta("addToHistory", false));
    }
    if (read) this.#status?.show(read.reading, read.meter, selected);
    else if (this.#hasFailed) this.#status?.showNone();
    if (!read || !this.#isNew) return;
    this.#isNew = false;
    options.onReading?.(read.reading, read.meter);
  }

  /** The marks as they should be; the same object if nothing changes. */
  #marks({ marks }: TokenMeterState, reading: Reading | undefined): TokenMeterState["marks"] {
    const { kit, text, options } = this.#host;
    const { overflowAt } = reading ?? {};
    const isMarked = overflowAt !== undefined && options.overflow !== false;
    const over = isMarked ? overMarks(kit.Decoration, text, this.#doc, overflowAt) : [];
    const tokens = reading ? this.#tokens?.of(this.#doc, reading) : [];
    const set = this.#replace(marks, "over", over);
    return tokens ? this.#replace(set, "token", tokens) : set;
  }

  #replace(
    set: TokenMeterState["marks"],
    kind: MarkSpec["mark"],
    wanted: Decoration[],
  ): TokenMeterState["marks"] {
    const found = set.find(undefined, undefined, ({ mark }) => mark === kind);
    return areSame(found, wanted) ? set : set.remove(found).add(this.#doc, wanted);
  }

  /** The view may have come into another root since. */
  #adopt(): void {
    const { root } = this.#view;
    if (root === this.#root) return;
    this.#giveStylesBack?.();
    this.#root = root;
    this.#giveStylesBack = adoptStyles(root, this.#styles);
  }
}
