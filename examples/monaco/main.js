/** Monaco with a meter: run it with `npx vite examples/monaco`. */

import { editor } from "monaco-editor/editor";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import "monaco-editor/features/register.all";
import { attachMeter } from "tokimeter/monaco";

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

const form = document.forms[0];
const { model, context, colors, dark } = form.elements;

const instance = editor.create(document.querySelector("#editor"), {
  value: [
    "Please summarise the report below in three sentences.",
    "把下面的报告用三句话总结一下。",
    "",
    ...Array.from({ length: 30 }, (_, day) => `Day ${day + 1}: the meter ran, 计价器在走。👩‍💻 🧑‍🚀`),
  ].join("\n"),
  language: "plaintext",
  automaticLayout: true,
  unicodeHighlight: { ambiguousCharacters: false },
  wordWrap: "on",
});

const options = () => ({
  model: model.value,
  context: context.valueAsNumber || 0,
  colors: colors.checked,
});
const meter = attachMeter(instance, { ...options(), markers: editor });

form.addEventListener("input", () => {
  editor.setTheme(dark.checked ? "vs-dark" : "vs");
  meter.updateOptions(options());
});
form.addEventListener("submit", (event) => event.preventDefault());
