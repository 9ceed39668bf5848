// @ts-check
/** Bare ProseMirror with the meter. */

import {
  baseKeymap,
  chainCommands,
  deleteSelection,
  joinBackward,
  joinForward,
  lift,
  splitBlock,
  toggleMark,
  wrapIn,
} from "@tiptap/pm/commands";
import { history, redo, undo } from "@tiptap/pm/history";
import { keymap } from "@tiptap/pm/keymap";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "@tiptap/pm/schema-list";
import { Schema } from "prosemirror-model";
import { AllSelection, EditorState, NodeSelection, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import {
  configureMeter,
  DocText,
  readingOf,
  retryMeter,
  tokenMeter,
  tokenMeterKey,
} from "tokimeter/prosemirror";
import { connect } from "tokimeter/worker";
import { countAnew, markedText, randomEdits, timed, typingTimes } from "./editors.js";

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    heading: { content: "inline*", group: "block", parseDOM: [{ tag: "h2" }], toDOM: () => ["h2", 0] },
    code: {
      content: "text*",
      group: "block",
      code: true,
      marks: "",
      parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
      toDOM: () => ["pre", ["code", 0]],
    },
    quote: {
      content: "block+",
      group: "block",
      parseDOM: [{ tag: "blockquote" }],
      toDOM: () => ["blockquote", 0],
    },
    list: { content: "item+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
    item: { content: "paragraph block*", parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0], defining: true },
    rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
    mention: {
      group: "inline",
      inline: true,
      attrs: { name: { default: "Li" } },
      leafText: (node) => `@${node.attrs.name}`,
      toDOM: (node) => ["span", { class: "mention", title: node.attrs.name }],
    },
    break: {
      group: "inline",
      inline: true,
      selectable: false,
      leafText: () => "\n",
      parseDOM: [{ tag: "br" }],
      toDOM: () => ["br"],
    },
    text: { group: "inline" },
  },
  marks: { strong: { parseDOM: [{ tag: "b" }], toDOM: () => ["strong", 0] } },
});
const { nodes, marks } = schema;

const host = /** @type {HTMLElement} */ (document.querySelector("#editor"));
const status = /** @type {HTMLElement} */ (document.querySelector("#status"));
/** @type {EditorView[]} */
let views = [];
const docText = new DocText();

/** @param {Partial<import("tokimeter/prosemirror").TokenMeterOptions>} [options] @param {string} [text] */
function open(options = {}, text = "") {
  for (const view of views) view.destroy();
  views = [];
  const { promise, resolve } = Promise.withResolvers();
  const onReading = (/** @type {any} */ reading, /** @type {any} */ meter) => {
    options.onReading?.(reading, meter);
    meter.ready.then(resolve, resolve);
  };
  const paragraphs = text
    .split("\n")
    .map((line) => nodes.paragraph.create(null, line ? schema.text(line) : null));
  const meter =
    options.model === "" ? [] : [timed(tokenMeter({ model: "gpt-5.2", status, ...options, onReading }))];
  const state = EditorState.create({
    doc: nodes.doc.create(null, paragraphs),
    plugins: [
      history(),
      keymap({ "Mod-z": undo, "Mod-y": redo, Enter: splitListItem(nodes.item), "Shift-Enter": lineBreak }),
      keymap(baseKeymap),
      ...meter,
    ],
  });
  const attributes = { "aria-label": "Prompt", role: "textbox", "aria-multiline": "true" };
  const view = new EditorView(host, { state, attributes });
  views.push(view);
  return meter.length > 0 ? promise : Promise.resolve();
}

/** @type {import("prosemirror-state").Command} */
const lineBreak = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.break.create()));
  return true;
};

const view = () => {
  const [view] = views;
  if (!view) throw new Error("no editor is open");
  return view;
};

/** @type {import("./editors.js").Subject} */
const subject = {
  view,
  text: () => view().state.doc.textBetween(0, view().state.doc.content.size, "\n\n"),
  docText,
  stateOf: (state) => tokenMeterKey.getState(state),
  edits({ both, below, pick, random, words, position, html }) {
    const dispatch = (/** @type {import("prosemirror-state").Transaction} */ tr) => view().dispatch(tr);
    const run = (/** @type {import("prosemirror-state").Command} */ command) =>
      command(view().state, dispatch, view());
    const near = (doc = view().state.doc) => TextSelection.near(doc.resolve(below(doc.content.size + 1)));
    const select = () => {
      const { doc, tr } = view().state;
      if (random() < 0.05) return dispatch(tr.setSelection(new AllSelection(doc)));
      const pos = position();
      const node = doc.nodeAt(pos);
      if (random() < 0.1 && node && !node.isText && NodeSelection.isSelectable(node))
        return dispatch(tr.setSelection(NodeSelection.create(doc, pos)));
      const to = Math.min(doc.content.size, pos + below(random() < 0.8 ? 8 : 60));
      dispatch(tr.setSelection(TextSelection.between(doc.resolve(pos), doc.resolve(to))));
    };
    const type = () => dispatch(view().state.tr.insertText(words()));
    const jump = () => dispatch(view().state.tr.setSelection(near()));
    const shorten = () => {
      const { doc, tr } = view().state;
      if (doc.content.size > 1500) dispatch(tr.delete(200, doc.content.size - 200));
    };
    const several = () => {
      const { tr } = view().state;
      for (let left = 2 + below(3); left > 0; left--) tr.insertText(words(), near(tr.doc).from);
      const from = near(tr.doc).from;
      tr.delete(from, Math.min(tr.doc.content.size, from + below(5)));
      dispatch(tr);
    };
    return [
      type,
      type,
      type,
      both(jump, type),
      both(jump, type),
      both(jump, shorten),
      select,
      both(select, () => run(deleteSelection)),
      both(select, () => run(toggleMark(marks.strong))),
      () => run(splitBlock),
      () => run(chainCommands(splitListItem(nodes.item), splitBlock)),
      both(jump, () => run(splitBlock)),
      () => run(joinBackward),
      () => run(joinForward),
      both(select, () => run(wrapInList(nodes.list))),
      () => run(sinkListItem(nodes.item)),
      () => run(liftListItem(nodes.item)),
      both(select, () => run(wrapIn(nodes.quote))),
      () => run(lift),
      () => {
        const { from } = near();
        dispatch(
          view().state.tr.setBlockType(from, from, pick([nodes.heading, nodes.code, nodes.paragraph])),
        );
      },
      () => run(lineBreak),
      () => dispatch(view().state.tr.replaceSelectionWith(nodes.mention.create({ name: words() }))),
      () => dispatch(view().state.tr.replaceSelectionWith(nodes.rule.create())),
      () => {
        const { doc, tr } = view().state;
        doc.descendants((node, pos) => {
          if (node.type === nodes.mention && random() < 0.3) tr.setNodeAttribute(pos, "name", words());
        });
        dispatch(tr);
      },
      several,
      both(jump, () => view().pasteHTML(html())),
      () => view().pasteText(words()),
      () => {
        const { doc, tr } = view().state;
        const [a, b] = [position(), position()];
        const slice = doc.slice(Math.min(a, b), Math.max(a, b));
        const { from } = near();
        if (slice.size < 300) dispatch(tr.replaceRange(from, from, slice));
      },
      () => run(undo),
      () => run(undo),
      () => run(redo),
      () => {
        if (random() > 0.05) return;
        const { doc, tr } = view().state;
        dispatch(tr.replaceWith(0, doc.content.size, nodes.paragraph.create(null, schema.text(words()))));
      },
    ];
  },
};

Object.assign(window, {
  open,
  view,
  subject,
  markedText,
  countAnew,
  docText,
  readingOf,
  configureMeter,
  retryMeter,
  tokenMeterKey,
  TextSelection,
  randomEdits: (/** @type {number} */ seed, /** @type {number} */ cases, /** @type {boolean} */ isLate) =>
    randomEdits(subject, status, seed, cases, isLate),
  typingTimes: (/** @type {number} */ keys) => typingTimes(subject, keys),
  remote: connect(),
  /** Opens a second view of the same state. */
  openSecond() {
    const second = new EditorView(document.body, { state: view().state });
    views.push(second);
    return second;
  },
});
