// @ts-check
/** A prompt in CodeMirror 6 with its meter, its tokens in colours, and hints of what need not be said. */

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { linter } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tokenHints, tokenMeter, zhPhrases } from "tokimeter/codemirror";

const model = /** @type {HTMLSelectElement} */ (document.querySelector("#model"));
const colors = /** @type {HTMLInputElement} */ (document.querySelector("#colors"));

const compartment = new Compartment();
const meter = () => tokenMeter({ model: model.value, reserveOutput: 4000, colors: colors.checked });

const view = new EditorView({
  parent: document.querySelector("#editor") ?? document.body,
  doc: "Hello!  Please tell me, as short as you can, why the sky is blue.\n天空为什么是蓝色的？👩‍💻\n",
  extensions: [
    compartment.of(meter()),
    linter(tokenHints(), {
      needsRefresh: ({ transactions }) => transactions.some(({ reconfigured }) => reconfigured),
    }),
    history(),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": "Prompt" }),
    EditorView.theme({}, { dark: matchMedia("(prefers-color-scheme: dark)").matches }),
    navigator.language.startsWith("zh") ? EditorState.phrases.of(zhPhrases) : [],
  ],
});

for (const control of [model, colors]) {
  control.addEventListener("change", () => view.dispatch({ effects: compartment.reconfigure(meter()) }));
}
