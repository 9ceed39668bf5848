// @ts-check
/** What both pages have: random edits with a check after each, and what is measured. */

import { load } from "tokimeter";
import { mulberry32 } from "../random.mjs";

/**
 * An editor as the tests see it.
 * @typedef {object} Subject
 * @property {() => import("prosemirror-view").EditorView} view
 * @property {() => string} text the text that should be counted, by the editor's own means
 * @property {import("tokimeter/prosemirror").DocText} docText
 * @property {(state: import("prosemirror-state").EditorState) => any} stateOf the meter's part of the state
 * @property {(tools: Tools) => (() => unknown)[]} edits
 *
 * @typedef {ReturnType<typeof toolsOf>} Tools
 */

const WORDS = [
  ..."one two three é 词元 就是 分钟 a aa \n 👩‍💻 👍🏽 , . 1234 don't \ud83d \udc69 <|endoftext|> العربية".split(
    " ",
  ),
  " ",
  "  ",
  "\t",
  "x".repeat(40),
];

/** Returns the count that a text has by itself. @param {string} text */
export async function countAnew(text) {
  return (await load("o200k_base")).count(text);
}

/** @param {() => number} random @param {Subject} subject */
function toolsOf(random, subject) {
  const below = (/** @type {number} */ limit) => Math.floor(random() * limit);
  const pick = (/** @type {readonly any[]} */ list) => list[below(list.length)];
  const words = () => Array.from({ length: 1 + below(4) }, () => pick(WORDS)).join(pick(["", " "]));
  const position = () => below(subject.view().state.doc.content.size + 1);
  const html = () =>
    pick([
      `<p>${pick(["pasted", "词元", "👍"])} <b>bold</b></p><p>two</p>`,
      "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
      "<blockquote><p>a quote</p></blockquote>",
      "only text<br>and a break",
      "<h2>a heading</h2><pre><code>code();\nmore();</code></pre><hr>",
    ]);
  const both = (/** @type {() => unknown} */ first, /** @type {() => unknown} */ second) => () => {
    first();
    second();
  };
  return { both, random, below, pick, words, position, html };
}

/**
 * Makes so many random edits; after each the count shown must be that of the text, counted anew. With a meter in a worker, soon
 * after every tenth.
 * @param {Subject} subject @param {HTMLElement} status @param {number} seed @param {number} cases @param {boolean} isLate
 */
export async function randomEdits(subject, status, seed, cases, isLate = false) {
  const tok = await load("o200k_base");
  const random = mulberry32(seed);
  const tools = toolsOf(random, subject);
  const edits = subject.edits(tools);
  const did = { edits: 0, changes: 0, over: 0, selections: 0, longest: 0 };
  for (; did.edits < cases; did.edits++) {
    const before = subject.text();
    const edit = tools.pick(edits);
    for (const one of random() < 0.1 ? [edit, tools.pick(edits)] : [edit]) {
      try {
        one();
      } catch (error) {
        // The editor's own commands make steps that do not fit, and refuse them.
        if (!(error instanceof Error && error.name === "TransformError")) throw error;
      }
    }
    await Promise.resolve();
    const isTenth = did.edits % 10 === 0;
    const text = subject.text();
    if (text !== before) did.changes++;
    did.longest = Math.max(did.longest, text.length);
    if (isLate && !isTenth) continue;
    let wrong = wrongIn(subject, status, tok, isTenth);
    for (let left = isLate ? 500 : 0; wrong && left > 0; left--) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      wrong = wrongIn(subject, status, tok, isTenth);
    }
    if (wrong) {
      const texts = `${JSON.stringify(text)}, was ${JSON.stringify(before)}`;
      throw new Error(`edit ${did.edits}, ${edit}: ${wrong}; the text is ${texts}`);
    }
    if (isTenth) {
      const { reading, selected } = subject.stateOf(subject.view().state);
      if (selected !== undefined) did.selections++;
      if (reading.overflowAt !== undefined) did.over++;
    }
    // Pages stay alive.
    if (did.edits % 200 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  return did;
}

/**
 * Returns what is not shown as it is; of everything, also the selection and what is marked.
 * @param {Subject} subject @param {HTMLElement} status @param {{ count(text: string): number }} tok @param {boolean} isEverything
 */
function wrongIn(subject, status, tok, isEverything) {
  const { state, dom } = subject.view();
  const text = subject.text();
  const count = tok.count(text);
  const { reading, selected } = subject.stateOf(state);
  if (reading.tokens !== count) return `the state has ${reading.tokens} tokens, and there are ${count}`;
  const { tokens } = status.dataset;
  if (tokens !== String(count)) return `shown are ${tokens}, and there are ${count}`;
  if (!isEverything) return undefined;
  const { from, to, empty } = state.selection;
  const at = (/** @type {number} */ pos) => subject.docText.toText(state.doc, pos);
  const alone = empty ? undefined : tok.count(text.slice(at(from), at(to)));
  if (selected !== alone) return `${selected} tokens are selected, and there are ${alone}`;
  const { overflowAt } = reading;
  const beyond = overflowAt === undefined ? "" : textFrom(subject, overflowAt);
  const marked = markedText(dom);
  if (marked === beyond) return undefined;
  return `marked is ${JSON.stringify(marked)}, and beyond is ${JSON.stringify(beyond)}`;
}

/** The document's own text from there on, without separators. @param {Subject} subject @param {number} offset */
function textFrom({ view, docText }, offset) {
  const { doc } = view().state;
  const from = docText.toDoc(doc, offset, "begins");
  let text = "";
  doc.nodesBetween(from, doc.content.size, (node, pos) => {
    if (node.isText) text += node.text?.slice(Math.max(0, from - pos));
  });
  return text;
}

/** What of the page's text is marked as being beyond. @param {HTMLElement} dom */
export function markedText(dom) {
  const walker = document.createTreeWalker(dom, NodeFilter.SHOW_TEXT);
  let text = "";
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    if (parentElement?.closest(".tokimeter-over, .tokimeter-over-from ~ *")) text += textContent;
  }
  return text.replaceAll("\ufeff", "");
}

/** What the meter took since it was last asked, in milliseconds. */
let spent = 0;

/**
 * Lets the time that a plugin takes be added up: in transactions, and in updates of the view. Call it before the plugin is used.
 * @param {import("prosemirror-state").Plugin} plugin
 */
export function timed(plugin) {
  const timing = (/** @type {any} */ object, /** @type {string} */ name) => {
    const plain = object[name].bind(object);
    object[name] = (/** @type {unknown[]} */ ...args) => {
      const begin = performance.now();
      const result = plain(...args);
      spent += performance.now() - begin;
      return result;
    };
  };
  timing(plugin.spec.state, "apply");
  const { view } = plugin.spec;
  plugin.spec.view = (editor) => {
    const meter = view?.(editor) ?? {};
    timing(meter, "update");
    return meter;
  };
  return plugin;
}

/**
 * Types into a document, and returns what a key took of the meter, in milliseconds: with the transaction that publishes the reading,
 * and what the editor makes of it.
 * @param {Subject} subject @param {number} keys
 */
export async function typingTimes(subject, keys) {
  const random = mulberry32(7);
  const { docText } = subject;
  const view = subject.view();
  const shares = [];
  const others = [];
  for (let key = 0; key < keys; key++) {
    const { doc } = view.state;
    const tr = view.state.tr.insertText(
      "x",
      docText.toDoc(doc, Math.floor(random() * docText.length(doc)), "ends"),
    );
    spent = 0;
    const begin = performance.now();
    view.dispatch(tr);
    const end = performance.now();
    others.push(end - begin - spent);
    const before = spent;
    await Promise.resolve();
    shares.push(before + performance.now() - end);
    await new Promise((resolve) => setTimeout(resolve));
  }
  const at = (/** @type {number[]} */ times, /** @type {number} */ part) =>
    times.sort((a, b) => a - b)[Math.floor(part * (times.length - 1))];
  return { median: at(shares, 0.5), p95: at(shares, 0.95), p99: at(shares, 0.99), editor: at(others, 0.5) };
}
