/**
 * The meter in a Monaco editor. It is fed by the changes of the model, not by its text; whatever is seen is drawn once a frame.
 * Nothing of Monaco is loaded from here: its types are enough, so any build of it will do.
 *
 * @module
 */

import type { editor, IDisposable } from "monaco-editor";
import { Feed, type MeterHostOptions } from "./feed.js";
import type { Edit } from "./live.js";
import type { MeterSettings, Reading } from "./meter.js";
import { Status } from "./monaco/status.js";
import { adoptStyles, STYLES } from "./monaco/styles.js";
import { SAYS, type StatusLanguage } from "./monaco/words.js";

export { formatReading, type StatusLanguage } from "./monaco/words.js";

/** How to show the meter in a Monaco editor. */
export interface MonacoMeterOptions extends MeterHostOptions {
  /** Where the status line goes; a corner of the editor if it is left out, nowhere if it is `null`. */
  readonly status?: HTMLElement | null;
  /** The language of all words; English if it is left out. */
  readonly language?: StatusLanguage;
  /** Whether what does not fit is marked, in the text, the overview ruler and the minimap; it is if this is left out. */
  readonly overflow?: boolean;
  /** Whether the tokens in view are coloured; they are not if this is left out. */
  readonly colors?: boolean;
  /** Monaco's `editor` namespace. With it, places where tokens can be saved become markers when typing pauses. */
  readonly markers?: Pick<typeof editor, "setModelMarkers">;
}

/** What may change afterwards; what is left out stays. */
export interface MonacoMeterUpdate extends MeterSettings {
  /** The model's id; its vocabulary is fetched. */
  readonly model?: string;
  /** Whether what does not fit is marked. */
  readonly overflow?: boolean;
  /** Whether tokens in view are coloured. */
  readonly colors?: boolean;
}

/** A meter that is attached to an editor. */
export interface IMonacoMeter extends IDisposable {
  /** The last reading; `undefined` while there is none, and while the editor has no model. */
  readonly reading: Reading | undefined;
  /** Tokens of the selection when it stands alone; `undefined` if nothing is selected, or several parts are. */
  readonly selectedTokens: number | undefined;
  /** Changes options. `onError` hears of a setting that is refused. */
  updateOptions(options: MonacoMeterUpdate): void;
  /** Counts anew from the editor's text: after an error. */
  retry(): void;
}

/** What is needed of an editor; so one of `monaco-editor-core` has the right type too. */
export type MonacoEditor = Pick<
  editor.ICodeEditor,
  | "addOverlayWidget"
  | "createDecorationsCollection"
  | "getContainerDomNode"
  | "getModel"
  | "getSelections"
  | "getVisibleRanges"
  | "onDidChangeCursorSelection"
  | "onDidChangeModel"
  | "onDidContentSizeChange"
  | "onDidDispose"
  | "onDidLayoutChange"
  | "onDidScrollChange"
  | "removeOverlayWidget"
>;

/** Attaches a meter to an editor; it follows the editor's models, and goes when the editor is disposed. */
export function attachMeter(editor: MonacoEditor, options: MonacoMeterOptions): IMonacoMeter {
  return new MonacoMeter(editor, options);
}

/** At most so many code units are coloured at a time: more than Monaco draws of a line, and than a screen holds. */
const MOST_COLOURED = 16_384;
/** Code units that are coloured before and behind what is in view. */
const OVERSCAN = 256;
/** How long typing pauses before hints are sought, in milliseconds; in a longer text they are not. */
const PAUSE = 800;
const MOST_HINTED = 262_144;
/** Whose the markers are. */
const OWNER = "tokimeter";

class MonacoMeter implements IMonacoMeter {
  readonly #editor: MonacoEditor;
  readonly #status: Status | undefined;
  readonly #overflow: editor.IEditorDecorationsCollection;
  readonly #tokens: editor.IEditorDecorationsCollection;
  readonly #listeners: readonly IDisposable[];
  #options: MonacoMeterOptions;
  /** Those of the last reading, to go back to: what is refused brings none. */
  #read: MonacoMeterOptions;
  /** What is fed, of which model. */
  #fed:
    | { readonly model: editor.ITextModel; readonly feed: Feed; readonly listener: IDisposable }
    | undefined;
  #reading: Reading | undefined;
  /** The version of the model's text that the reading is of. */
  #version = 0;
  #selected: number | undefined;
  #frame = 0;
  /** Goes up at each edit and each frame: an answer of an earlier one is too late. */
  #turn = 0;
  #hinting = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(editor: MonacoEditor, options: MonacoMeterOptions) {
    this.#editor = editor;
    this.#options = this.#read = options;
    this.#overflow = editor.createDecorationsCollection();
    this.#tokens = editor.createDecorationsCollection();
    const { status, language = "en" } = options;
    if (status !== null) {
      const { ownerDocument } = editor.getContainerDomNode();
      this.#status = new Status(ownerDocument, status, language);
      if (!status) editor.addOverlayWidget(this.#status);
    }
    const moved = (): void => {
      if (this.#options.colors) this.#schedule();
    };
    this.#listeners = [
      editor.onDidChangeModel(() => this.#follow()),
      editor.onDidDispose(() => this.dispose()),
      editor.onDidChangeCursorSelection(() => this.#schedule()),
      editor.onDidScrollChange(moved),
      editor.onDidLayoutChange(moved),
      editor.onDidContentSizeChange(moved),
    ];
    this.#follow();
  }

  get reading(): Reading | undefined {
    return this.#reading;
  }

  get selectedTokens(): number | undefined {
    return this.#selected;
  }

  updateOptions(options: MonacoMeterUpdate): void {
    const { model, overflow: _overflow, colors: _colors, ...settings } = options;
    const isOther = model !== undefined && model !== this.#options.model;
    this.#options = { ...this.#options, ...options };
    if (isOther) {
      this.#clear();
      this.#fed?.feed.setModel(model);
    }
    this.#fed?.feed.configure(settings);
    this.#hintLater();
    this.#schedule();
  }

  retry(): void {
    this.#clear();
    this.#fed?.feed.retry();
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#leave();
    cancelAnimationFrame(this.#frame);
    if (!this.#status) return;
    this.#editor.removeOverlayWidget(this.#status);
    this.#status.dispose();
  }

  /** Feeds the model that the editor has now. */
  #follow(): void {
    this.#leave();
    const model = this.#editor.getModel();
    if (!model) return;
    const options = feedOptions(this.#options);
    let taken = 0;
    const text = (): string => {
      taken = model.getVersionId();
      return model.getValue();
    };
    const feed = new Feed(text, {
      ...options,
      onReading: (reading, meter) => {
        this.#reading = reading;
        this.#read = this.#options;
        this.#version = model.getVersionId();
        this.#schedule();
        options.onReading?.(reading, meter);
      },
      onError: (error) => {
        if (!feed.meter) this.#fail(error);
        if (error instanceof RangeError) this.#options = { ...this.#read, model: this.#options.model };
        options.onError?.(error);
      },
    });
    const listener = model.onDidChangeContent(({ changes, versionId }) => {
      // An edit that is told late, as another listener has edited again, may be in the text that was taken.
      if (versionId <= taken) return;
      this.#turn++;
      feed.edit(...updatesOf(changes));
      this.#hintLater();
      this.#schedule();
    });
    this.#fed = { model, feed, listener };
    this.#hintLater();
  }

  #leave(): void {
    this.#turn++;
    this.#clear();
    this.#status?.wait();
    clearTimeout(this.#timer);
    this.#hinting.abort();
    if (!this.#fed) return;
    const { model, feed, listener } = this.#fed;
    this.#fed = undefined;
    listener.dispose();
    feed.dispose();
    if (!model.isDisposed()) this.#options.markers?.setModelMarkers(model, OWNER, []);
  }

  #fail(error: unknown): void {
    this.#clear();
    this.#status?.fail(error);
  }

  #clear(): void {
    this.#reading = undefined;
    this.#selected = undefined;
    this.#overflow.clear();
    this.#tokens.clear();
  }

  #schedule(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw().catch((error: unknown) => this.#options.onError?.(error));
    });
  }

  async #draw(): Promise<void> {
    const reading = this.#reading;
    if (!this.#fed || !reading) return;
    const { model, feed } = this.#fed;
    const { meter } = feed;
    if (!meter || !feed.isSettled) {
      this.#status?.wait();
      return;
    }
    adoptStyles(this.#editor.getContainerDomNode(), STYLES);
    const turn = ++this.#turn;
    if (this.#version === model.getVersionId()) this.#mark(reading, model);
    const selected = await this.#count(feed, model);
    if (turn !== this.#turn) return;
    this.#selected = selected;
    this.#status?.show(reading, meter, selected);
    if (!this.#options.colors) {
      this.#tokens.clear();
      return;
    }
    const coloured = await this.#colour(feed, model, turn);
    if (turn === this.#turn) this.#tokens.set(coloured);
  }

  #mark({ overflowAt }: Reading, model: editor.ITextModel): void {
    const { overflow = true, language = "en" } = this.#options;
    if (!overflow || overflowAt === undefined) {
      this.#overflow.clear();
      return;
    }
    const { lineNumber, column } = model.getPositionAt(overflowAt);
    const color = { id: "editorError.foreground" };
    const options: editor.IModelDecorationOptions = {
      inlineClassName: "tokimeter-over",
      hoverMessage: { value: SAYS[language].beyond },
      // The right lane, and in the line.
      overviewRuler: { color, position: 4 },
      minimap: { color, position: 1 },
    };
    const range = model.getFullModelRange().setStartPosition(lineNumber, column);
    this.#overflow.set([{ range, options }]);
  }

  /** Returns the tokens of the selection. Those of several do not add up to what they are together. */
  async #count(feed: Feed, model: editor.ITextModel): Promise<number | undefined> {
    const [only, ...others] = this.#editor.getSelections()?.filter((one) => !one.isEmpty()) ?? [];
    if (!only || others.length > 0) return undefined;
    const [from, to] = [only.getStartPosition(), only.getEndPosition()].map((end) => model.getOffsetAt(end));
    return answer(feed.ask((meter) => meter.countRange(from ?? 0, to ?? 0)));
  }

  /** Returns the tokens in view as decorations; none where only counts are known. */
  async #colour(feed: Feed, model: editor.ITextModel, turn: number): Promise<editor.IModelDeltaDecoration[]> {
    const { language = "en" } = this.#options;
    const { decorationsOf, TOKEN_STYLES } = await import("./monaco/tokens.js");
    if (turn !== this.#turn) return [];
    adoptStyles(this.#editor.getContainerDomNode(), TOKEN_STYLES);
    const coloured: editor.IModelDeltaDecoration[] = [];
    let left = MOST_COLOURED;
    let behind = 0;
    for (const range of this.#editor.getVisibleRanges()) {
      const from = Math.max(behind, model.getOffsetAt(range.getStartPosition()) - OVERSCAN);
      const end = Math.min(model.getValueLength(), model.getOffsetAt(range.getEndPosition()) + OVERSCAN);
      const to = Math.min(end, from + left);
      if (from >= to) continue;
      const spans = await answer(feed.ask((meter) => meter.spansIn(from, to)));
      if (turn !== this.#turn) return [];
      if (spans) coloured.push(...decorationsOf(spans, model, language));
      left -= to - from;
      behind = to;
    }
    return coloured;
  }

  #hintLater(): void {
    if (!this.#options.markers) return;
    this.#hinting.abort();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#hinting = new AbortController();
      const { signal } = this.#hinting;
      this.#hint(signal).catch((error: unknown) => {
        if (!signal.aborted) this.#options.onError?.(error);
      });
    }, PAUSE);
  }

  async #hint(signal: AbortSignal): Promise<void> {
    const model = this.#fed?.model;
    if (!model) return;
    const { markers, language = "en", model: name } = this.#options;
    const { markersOf } = await import("./monaco/hints.js");
    const make = this.#options.meter ?? (await import("./meter.js")).meter;
    if (signal.aborted) return;
    const isLong = model.getValueLength() > MOST_HINTED;
    const found = isLong ? [] : await markersOf(model, name, make, language, signal);
    if (!signal.aborted) markers?.setModelMarkers(model, OWNER, found);
  }
}

/** Returns what is for the feed: a meter in a worker could not be sent an element. */
function feedOptions(options: MonacoMeterOptions): MeterHostOptions {
  const { status: _status, language: _language, markers: _markers, ...rest } = options;
  const { overflow: _overflow, colors: _colors, ...host } = rest;
  return host;
}

/** Returns what a meter answers; nothing if it has gone meanwhile, as another one then draws. */
async function answer<T>(asked: T | Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch {
    return undefined;
  }
}

/**
 * Returns changes as updates. Monaco tells them in the order in which they can be made: those of one edit come from the end of the
 * text to its beginning, and what was edited one after the other within one operation (an undo that changes line ends, too) may
 * come in one event.
 */
function updatesOf(changes: readonly editor.IModelContentChange[]): Edit[][] {
  const updates: Edit[][] = [];
  let before = -1;
  for (const { rangeOffset: from, rangeLength, text: insert } of changes) {
    const edit = { from, to: from + rangeLength, insert };
    if (edit.to <= before) updates.at(-1)?.push(edit);
    else updates.push([edit]);
    before = from;
  }
  return updates.map((update) => update.reverse());
}
