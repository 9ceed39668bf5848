/** TipTap with a meter: run it with `npx vite examples/tiptap`. */

import { Editor } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import { TokenMeter } from "tokimeter/tiptap";

const form = document.forms[0];
const { model, context } = form.elements;
const options = () => ({ model: model.value, context: context.valueAsNumber || 0 });

const editor = new Editor({
  element: document.querySelector("#editor"),
  extensions: [
    StarterKit,
    TokenMeter.configure({ ...options(), status: document.querySelector("#status"), colors: true }),
  ],
  editorProps: { attributes: { role: "textbox", "aria-multiline": "true", "aria-label": "Prompt" } },
  content: `
    <p>Please <strong>summarise</strong> the report below in three sentences. 把下面的报告用三句话总结一下。</p>
    <ul><li><p>Keep every figure.</p></li><li><p>Name the days. 👩‍💻</p></li></ul>
    <blockquote><p>Day 1: the meter ran.</p><p>Day 2: the meter ran on, 计价器在走。</p></blockquote>
    <p>Day 3: what is written here does not fit beside the tokens that are used already, so it is underlined.</p>
    <pre><code>const { tokens } = editor.storage.tokenMeter.reading;</code></pre>`,
});

form.addEventListener("input", () => editor.commands.configureTokenMeter(options()));
form.addEventListener("submit", (event) => event.preventDefault());
