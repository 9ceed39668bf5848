// @ts-check
/** TipTap with its starter kit and the meter. */

import { Editor, Node } from "@tiptap/core";
import { NodeSelection, TextSelection } from "@tiptap/pm/state";
import StarterKit from "@tiptap/starter-kit";
import { DocText } from "tokimeter/prosemirror";
import { readingOf, TokenMeter, tokenMeterKey } from "tokimeter/tiptap";
import { countAnew, markedText, randomEdits, typingTimes } from "./editors.js";

const host = /** @type {HTMLElement} */ (document.querySelector("#editor"));
const status = /** @type {HTMLElement} */ (document.querySelector("#status"));
/** @type {Editor | undefined} */
let current;

const Mention = Node.create({
  name: "mention",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ name: { default: "Li" } }),
  renderHTML: ({ node }) => ["span", { class: "mention", title: node.attrs.name }],
  renderText: ({ node }) => `@${node.attrs.name}`,
});

/** As `getText` reads it. */
const docText = new DocText({
  everyBlock: true,
  text: (node) => {
    if (node.type.name === "mention") return `@${node.attrs.name}`;
    return node.type.name === "hardBreak" ? "\n" : undefined;
  },
});

/** @param {Partial<import("tokimeter/tiptap").TokenMeterOptions>} [options] @param {string} [content] */
function open(options = {}, content = "") {
  current?.destroy();
  const { promise, resolve } = Promise.withResolvers();
  const onReading = (/** @type {any} */ reading, /** @type {any} */ meter) => {
    options.onReading?.(reading, meter);
    meter.ready.then(resolve, resolve);
  };
  const meter =
    options.model === "" ? [] : [TokenMeter.configure({ model: "gpt-5.2", status, ...options, onReading })];
  current = new Editor({
    element: host,
    extensions: [StarterKit, Mention, ...meter],
    content,
    editorProps: { attributes: { "aria-label": "Prompt", role: "textbox", "aria-multiline": "true" } },
  });
  return meter.length > 0 ? promise : Promise.resolve();
}

const editor = () => {
  if (!current) throw new Error("no editor is open");
  return current;
};

/** @type {import("./editors.js").Subject} */
const subject = {
  view: () => editor().view,
  text: () => editor().getText(),
  docText,
  stateOf: (state) => tokenMeterKey.getState(state),
  edits({ both, below, pick, random, words, position, html }) {
    const commands = () => editor().commands;
    const chain = () => editor().chain();
    const select = () => {
      const { doc, tr } = editor().state;
      if (random() < 0.05) return commands().selectAll();
      const pos = position();
      const node = doc.nodeAt(pos);
      const to = Math.min(doc.content.size, pos + below(random() < 0.8 ? 8 : 60));
      const selection =
        random() < 0.1 && node && !node.isText && NodeSelection.isSelectable(node)
          ? NodeSelection.create(doc, pos)
          : TextSelection.between(doc.resolve(pos), doc.resolve(to));
      return editor().view.dispatch(tr.setSelection(selection));
    };
    const type = () => editor().view.dispatch(editor().state.tr.insertText(words()));
    const jump = () => commands().setTextSelection(position());
    return [
      type,
      type,
      type,
      both(jump, type),
      both(jump, type),
      () => editor().state.doc.content.size > 1500 && commands().deleteRange({ from: 200, to: 1200 }),
      select,
      both(select, () => commands().deleteSelection()),
      both(select, () => pick([commands().toggleBold, commands().toggleItalic, commands().toggleCode])()),
      () => commands().insertContent(pick([words(), html()])),
      () => commands().insertContentAt(position(), { type: "mention", attrs: { name: words() } }),
      () => commands().splitBlock(),
      both(jump, () => commands().splitBlock()),
      () => commands().joinBackward(),
      () => commands().joinForward(),
      both(select, () => commands().toggleBulletList()),
      both(select, () => commands().toggleOrderedList()),
      () => commands().splitListItem("listItem"),
      () => commands().sinkListItem("listItem"),
      () => commands().liftListItem("listItem"),
      both(select, () => commands().toggleBlockquote()),
      both(jump, () =>
        pick([
          () => commands().toggleHeading({ level: 2 }),
          commands().toggleCodeBlock,
          commands().setParagraph,
        ])(),
      ),
      () => commands().setHardBreak(),
      () => random() < 0.3 && commands().setHorizontalRule(),
      () => chain().insertContent(words()).splitBlock().toggleBold().insertContent(words()).run(),
      both(jump, () => editor().view.pasteHTML(html())),
      () => editor().view.pasteText(words()),
      () => commands().undo(),
      () => commands().undo(),
      () => commands().redo(),
      () => random() < 0.05 && commands().setContent(html()),
      () => random() < 0.05 && commands().clearContent(),
    ];
  },
};

Object.assign(window, {
  open,
  editor,
  docText,
  readingOf,
  markedText,
  countAnew,
  tokenMeterKey,
  randomEdits: (/** @type {number} */ seed, /** @type {number} */ cases, /** @type {boolean} */ isLate) =>
    randomEdits(subject, status, seed, cases, isLate),
  typingTimes: (/** @type {number} */ keys) => typingTimes(subject, keys),
});
