/** Starts the page: the picker, the saved choices, and the controls that lead into the app. */
import { App } from "./app.ts";
import { catalogue, type Model } from "./catalogue.ts";
import { byId, element } from "./elements.ts";
import { preferredLanguage } from "./i18n/index.ts";
import { chooseFile, fillPicker } from "./picker.ts";
import { SAMPLES, type SampleName } from "./samples.ts";
import { loadSettings, type Settings, THEMES } from "./settings.ts";

const DEFAULT_MODEL = "gpt-5.2";

function start(): void {
  const saved = loadSettings();
  const models = catalogue();
  const find = (id: string | undefined): Model | undefined => models.find((model) => model.id === id);
  const model = find(saved.model) ?? find(DEFAULT_MODEL) ?? models[0];
  if (model === undefined) throw new Error("the catalogue names no model");
  const settings: Settings = {
    model: model.id,
    language: saved.language ?? preferredLanguage(navigator.languages),
    theme: saved.theme ?? "auto",
    compared: saved.compared ?? [],
  };
  fillPicker(models, model);
  const app = new App(models, model, settings);
  connect(app);
}

function connect(app: App): void {
  const picker = byId("model", HTMLSelectElement);
  const text = byId("text", HTMLTextAreaElement);
  const colours = byId("colours", HTMLInputElement);
  picker.addEventListener("change", () => app.setModel(picker.value));
  colours.addEventListener("change", () => app.setColours(colours.checked));
  element("lang-zh").addEventListener("click", () => app.setLanguage("zh"));
  element("lang-en").addEventListener("click", () => app.setLanguage("en"));
  element("theme").addEventListener("click", () => {
    app.setTheme(THEMES[(THEMES.indexOf(app.theme) + 1) % THEMES.length] ?? "auto");
  });
  element("retry").addEventListener("click", () => {
    app.retry();
    text.focus();
  });
  element("cancel").addEventListener("click", () => app.cancel());
  element("resume").addEventListener("click", () => app.resume());
  const input = byId("own-file-input", HTMLInputElement);
  const use = (file: File | undefined): void => {
    if (file) chooseFile(app.useFile(file), app.messages.ownFiles);
  };
  element("own-file").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    use(input.files?.[0]);
    // The same file may be chosen again.
    input.value = "";
  });
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    use(file);
  });
  app.setColours(colours.checked);
  for (const name of Object.keys(SAMPLES) as SampleName[]) {
    element(`sample-${name}`).addEventListener("click", () => replaceText(text, SAMPLES[name]));
  }
  element("clear").addEventListener("click", () => replaceText(text, ""));
}

/** Replaces the text as if it had been typed, so that the reader's undo brings the old one back. */
function replaceText(field: HTMLTextAreaElement, text: string): void {
  field.focus();
  field.select();
  const done = text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
  if (!done) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(0, 0);
  field.closest(".stage")?.scrollTo({ top: 0 });
}

start();
