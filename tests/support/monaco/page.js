// @ts-check
/** What the tests of the Monaco meter use, in the page: Monaco, the meter, and the package to count anew. */

import * as monaco from "monaco-editor/editor";
// @ts-expect-error: the bundler makes it
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import "monaco-editor/features/register.all";
import * as tokimeter from "tokimeter";
import { attachMeter, formatReading } from "tokimeter/monaco";
import { randomEdits } from "./edits.js";
import { remote } from "./remote.js";

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

/** @param {string} text @param {import("monaco-editor").editor.IStandaloneEditorConstructionOptions} [options] */
function create(text, options) {
  const node = document.querySelector("#editor");
  if (!(node instanceof HTMLElement)) throw new Error("the page has no place for an editor");
  const model = monaco.editor.createModel(text, "plaintext");
  return monaco.editor.create(node, {
    model,
    ariaLabel: "Prompt",
    automaticLayout: true,
    minimap: { enabled: false },
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
    unusualLineTerminators: "off",
    ...options,
  });
}

/** Resolves when two frames have been drawn. */
const drawn = () =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 0))));

/** Resolves when the function returns something. @template T @param {() => T} get @returns {Promise<T>} */
async function until(get) {
  for (let tries = 0; tries < 2000; tries++) {
    const got = get();
    if (got) return got;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`never: ${get}`);
}

export const page = {
  monaco,
  tokimeter,
  attachMeter,
  formatReading,
  create,
  drawn,
  until,
  remote,
  randomEdits,
};
Object.assign(globalThis, { page });
