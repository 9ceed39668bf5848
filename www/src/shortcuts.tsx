/**
 * Shortcuts of the keyboard: single keys, and two in a row, outside of fields. They can be switched off, for who speaks to the computer
 * or brushes a key (WCAG 2.1.4).
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { JSX } from "preact";
import { tinykeys } from "tinykeys";
import { wordsOf } from "./i18n/full.ts";
import { addressOf, VIEWS, type ViewName } from "./routes.ts";
import { words as site } from "./site-words.ts";
import { shortcuts as isOn, language, nextTheme } from "./state/settings.ts";
import { showDialog } from "./ui/dialog.tsx";

/** The second key behind "g". */
const LETTERS: Readonly<Record<ViewName, string>> = {
  visit: "v",
  playground: "p",
  sayings: "s",
  agent: "a",
  value: "w",
  files: "f",
};

interface Words {
  readonly title: string;
  readonly text: string;
  readonly theme: string;
  readonly language: string;
  readonly help: string;
  readonly on: string;
  readonly close: string;
}

const words: ReadonlySignal<Words> = wordsOf<Words>({
  zh: () => ({
    title: "快捷键",
    text: "到文字框",
    theme: "换外观",
    language: "中文或英文",
    help: "这张表",
    on: "使用快捷键",
    close: "关闭",
  }),
  en: () => ({
    title: "Keyboard shortcuts",
    text: "To the text",
    theme: "Change the theme",
    language: "Chinese or English",
    help: "This list",
    on: "Use shortcuts",
    close: "Close",
  }),
});

/** Listens to the keyboard from now on. */
export function listen(): void {
  const alone =
    (act: () => void) =>
    (event: KeyboardEvent): void => {
      const { target } = event;
      const isField =
        target instanceof Element &&
        target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
      if (!isOn.peek() || isField || event.isComposing || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      act();
    };
  tinykeys(window, {
    ...Object.fromEntries(
      VIEWS.map((view) => [
        `g ${LETTERS[view]}`,
        alone(() => {
          location.hash = addressOf(view);
        }),
      ]),
    ),
    "/": alone(() => {
      document.querySelector<HTMLElement>("main textarea, main [data-editor]")?.focus();
    }),
    t: alone(nextTheme),
    l: alone(() => {
      language.value = language.peek() === "zh" ? "en" : "zh";
    }),
    // Where the sign is not above another one, it comes without Shift.
    "?": alone(help),
    "Shift+?": alone(help),
  });
}

const isShown = signal(false);

/** Shows the list. */
export function help(): void {
  if (isShown.peek()) return;
  isShown.value = true;
  void showDialog(() => words.value.title, Help).then(() => {
    isShown.value = false;
  });
}

function Help({ close }: { readonly close: () => void }): JSX.Element {
  const w = words.value;
  const rows: readonly (readonly [keys: readonly string[], what: string])[] = [
    ...VIEWS.map((view) => [["g", LETTERS[view]], site.value.views[view]] as const),
    [["/"], w.text],
    [["t"], w.theme],
    [["l"], w.language],
    [["?"], w.help],
  ];
  return (
    <>
      <dl class="keys">
        {rows.map(([keys, what]) => (
          <>
            <dt key={what}>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={isOn.value}
          onChange={({ currentTarget }) => {
            isOn.value = currentTarget.checked;
          }}
        />
        {w.on}
      </label>
      <div class="dialog-buttons">
        <button type="button" class="primary" onClick={close}>
          {w.close}
        </button>
      </div>
    </>
  );
}
