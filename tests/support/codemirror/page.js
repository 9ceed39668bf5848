// @ts-check
/** What tests do within the page: editors with the meter, random edits, and meters that answer late. */

import { history, redo, undo } from "@codemirror/commands";
import { forceLinting, linter } from "@codemirror/lint";
import { Compartment, EditorSelection, EditorState, Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { load, meter } from "tokimeter";
import { readingOf, tokenHints, tokenMeter, zhPhrases } from "tokimeter/codemirror";
import { connect } from "tokimeter/worker";
import { mulberry32 } from "../random.mjs";

/** @typedef {import("tokimeter/codemirror").TokenMeterOptions} Options */

const SNIPPETS =
  "a|B|12|' |'s|\n|\n\n|  |中|的一是|。|😀|👩‍💻|🇨🇳|\ud83d|\ude00|\ude00\ud83d|e\u0301|\u0301|\ufeff|/|== |<|endoftext|>|Hello world".split(
    "|",
  );

/** Counts whole texts. */
const whole = await load("o200k_base");

/**
 * A meter that answers as one in a worker does: late, in order, and by promises.
 * @type {(model: string, options?: import("tokimeter").MeterOptions) => Promise<import("tokimeter").Meter>}
 */
async function late(model, options) {
  const inner = await meter(model, options);
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  return new Proxy(inner, {
    get(_, key) {
      const value = Reflect.get(inner, key, inner);
      if (typeof value !== "function") return value;
      if (key === "dispose") return value.bind(inner);
      return (/** @type {unknown[]} */ ...asked) => {
        const answer = last.then(async () => {
          const answer = await value.apply(inner, asked);
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
          return answer;
        });
        last = answer.catch(() => {});
        return answer;
      };
    },
  });
}

/**
 * Makes an editor.
 * @param {Options} options
 * @param {{ doc?: string, lineSeparator?: string, answers?: "late" | "in a worker", isDark?: boolean, isChinese?: boolean, extensions?: import("@codemirror/state").Extension[] }} more
 */
function edit(
  options,
  { doc = "", lineSeparator, answers, isDark = false, isChinese, extensions = [] } = {},
) {
  const compartment = new Compartment();
  const separators = new Compartment();
  const { meter } = answers === "late" ? { meter: late } : answers ? connect() : {};
  const view = new EditorView({
    parent: document.querySelector("#editors") ?? document.body,
    state: EditorState.create({
      doc,
      extensions: [
        history(),
        EditorState.allowMultipleSelections.of(true),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "Text" }),
        EditorView.theme({}, { dark: isDark }),
        separators.of(lineSeparator ? EditorState.lineSeparator.of(lineSeparator) : []),
        isChinese ? EditorState.phrases.of(zhPhrases) : [],
        EditorView.updateListener.of((update) => {
          if (update.docChanged) made = JSON.stringify(update.changes);
        }),
        compartment.of(tokenMeter({ ...options, ...(meter && { meter }) })),
        extensions,
      ],
    }),
  });
  return { view, compartment, separators };
}

/** The part of the panel of a name. @param {EditorView} view @param {string} name */
const part = (view, name) => view.dom.querySelector(`.cm-tokenMeter-${name}`)?.textContent ?? "";

/** The count that the panel shows. @param {EditorView} view */
const shown = (view) => Number.parseInt(part(view, "tokens").replaceAll(",", ""), 10);

/** Waits until the meter has answered to all. @param {EditorView} view @param {(view: EditorView) => boolean} [isDone] */
async function settled(view, isDone = () => true) {
  for (const end = performance.now() + 20_000; performance.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { tokens, basis } = readingOf(view.state) ?? {};
    if (part(view, "note") === "" && basis === "exact" && tokens === shown(view) && isDone(view)) return;
  }
  throw new Error(`the meter has not settled: ${view.dom.querySelector(".cm-tokenMeter")?.textContent}`);
}

/** The last changes. */
let made = "";

/** Edits at random. */
class Typist {
  /** @param {EditorView} view @param {number} seed @param {boolean} isLate */
  constructor(view, seed, isLate) {
    this.view = view;
    this.random = mulberry32(seed);
    this.isLate = isLate;
  }

  /** @param {number} below */
  upTo(below) {
    return Math.floor(this.random() * below);
  }

  /** @template T @param {readonly T[]} list */
  one(list) {
    return /** @type {T} */ (list[this.upTo(list.length)]);
  }

  text() {
    const { lineBreak } = this.view.state;
    const snippet = this.one(SNIPPETS).replaceAll("\n", lineBreak);
    return this.random() < 0.1 ? snippet.repeat(this.upTo(20)) : snippet;
  }

  range() {
    const { length } = this.view.state.doc;
    const from = this.upTo(length + 1);
    return { from, to: Math.min(length, from + this.one([0, 0, 1, 2, 9])) };
  }

  /** Puts the cursor somewhere between two brackets: beside a mark that combines the browser would compose what is there too. */
  place() {
    const { from } = this.range();
    this.view.dispatch({ changes: { from, insert: "《》" }, selection: { anchor: from + 1 } });
  }

  /** Makes one edit; returns its name. */
  edit() {
    const { view } = this;
    const { state } = view;
    const isLong = state.doc.length > 1500;
    const kind = this.random();
    if (kind < 0.12) return `undo: ${undo(view)}`;
    if (kind < 0.2) return `redo: ${redo(view)}`;
    if (kind < 0.35) {
      const ranges = Array.from({ length: 1 + this.upTo(4) }, () => this.range());
      view.dispatch({
        selection: EditorSelection.create(ranges.map(({ from, to }) => EditorSelection.range(from, to))),
      });
      return "select";
    }
    if (kind < 0.6) {
      const insert = isLong ? "" : this.text();
      // CodeMirror maps a range whose text is replaced to one that ends before it begins, and takes no edit there.
      if (state.selection.ranges.some(({ from, to }) => from > to))
        view.dispatch({ selection: { anchor: 0 } });
      view.dispatch(view.state.replaceSelection(insert));
      return "type at all cursors";
    }
    if (kind < 0.9) {
      const many = Array.from({ length: 1 + this.upTo(3) }, () => this.range());
      let at = 0;
      const changes = many
        .sort((a, b) => a.from - b.from)
        .flatMap(({ from, to }) => {
          const start = Math.max(at, from);
          const end = Math.max(start, to);
          at = end;
          return { from: start, to: end, insert: isLong ? "" : state.toText(this.text()) };
        });
      view.dispatch({ changes, annotations: this.one([[], Transaction.addToHistory.of(false)]) });
      return "several changes";
    }
    if (kind < 0.95) {
      const first = state.update({ changes: { ...this.range(), insert: state.toText(this.text()) } });
      const second = first.state.update({ changes: { from: 0, insert: this.one(["", "x", "\ude00"]) } });
      view.dispatch([first, second]);
      return "two transactions";
    }
    const from = this.upTo(state.doc.length + 1);
    view.dispatch({ changes: { from, to: state.doc.length } });
    return "delete the end";
  }

  /** Makes edits, each followed by a full count. @param {number} edits */
  async type(edits) {
    const { view } = this;
    for (let made = 0; made < edits; made++) {
      const before = view.state.sliceDoc();
      const what = this.edit();
      const text = view.state.sliceDoc();
      const count = whole.count(text);
      if (!this.isLate) check(shown(view), count, what, before, text);
      if (this.isLate && made % 20 < 19) continue;
      if (this.isLate) await settled(view, () => shown(view) === count).catch(() => {});
      else await undefined;
      check(shown(view), count, what, before, text);
      check(readingOf(view.state)?.tokens, count, `${what}, in the state`, before, text);
    }
  }

  /** Pastes what is counted in slices, types within it while it is being counted, and takes it back. */
  async paste() {
    const { view } = this;
    const before = view.state.sliceDoc();
    const line = `Pasted 粘贴 😀 ${this.random()}${view.state.lineBreak}`;
    view.dispatch({ changes: { from: this.range().from, insert: view.state.toText(line.repeat(3000)) } });
    view.dispatch({ changes: { from: this.range().from, insert: "while it is counted" } });
    for (const _ of [1, 2]) {
      const text = view.state.sliceDoc();
      const count = whole.count(text);
      await settled(view, () => shown(view) === count).catch(() => {});
      check(shown(view), count, "a large paste", before, text.slice(0, 2000));
      undo(view);
      if (view.state.doc.length > 10_000) undo(view);
      if (view.state.doc.length > 10_000) view.dispatch({ changes: { from: 0, to: view.state.doc.length } });
    }
    await settled(view);
  }
}

/** @param {unknown} is @param {unknown} should @param {string} what @param {string} before @param {string} text */
function check(is, should, what, before, text) {
  if (is === should) return;
  throw new Error(
    `${what}: ${is}, not ${should}\n${JSON.stringify(before)}\n${made}\n${JSON.stringify(text)}`,
  );
}

const tools = { EditorSelection, EditorState, EditorView, forceLinting, linter, readingOf, redo, undo };
Object.assign(window, {
  cm: {
    ...tools,
    edit,
    load,
    meter,
    part,
    settled,
    shown,
    tokenHints,
    tokenMeter,
    Typist,
    whole,
  },
});
document.body.dataset.ready = "";
