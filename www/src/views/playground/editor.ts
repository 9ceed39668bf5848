/** The editor: CodeMirror with the meter, the hints and the boxes of tokens. What can change while it lives stands in compartments. */
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { linter, lintKeymap } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, placeholder, type ViewUpdate } from "@codemirror/view";
import { type TokenMeterOptions, tokenMeter } from "tokimeter/codemirror";
import { hintSource, relint } from "./hint-list.ts";
import { codePoint, kindOf, SHAPELESS } from "./invisible.ts";
import { type BoxOptions, tokenBoxes } from "./token-boxes.ts";
import { words } from "./words.ts";

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly meter: TokenMeterOptions;
  readonly boxes: BoxOptions | undefined;
  /** What else the boxes say. */
  readonly tips: Extension;
  readonly isDark: boolean;
  readonly updated: (update: ViewUpdate) => void;
  /** Hears that the text was searched for hints. */
  readonly searched: () => void;
}

export class Editor {
  readonly view: EditorView;
  readonly #meter: Compartment = new Compartment();
  readonly #boxes: Compartment = new Compartment();
  readonly #theme: Compartment = new Compartment();
  readonly #language: Compartment = new Compartment();

  constructor(options: EditorOptions) {
    const { parent, text, meter, boxes, tips, isDark, updated, searched } = options;
    this.view = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorState.lineSeparator.of("\n"),
          this.#meter.of(tokenMeter(meter)),
          // Below all others, so that nothing cuts a box in two.
          this.#boxes.of(boxesOf(boxes)),
          tips,
          linter(hintSource(searched), {
            needsRefresh: ({ transactions }) =>
              transactions.some(({ effects }) => effects.some((effect) => effect.is(relint))),
          }),
          history(),
          search({ top: true }),
          keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap]),
          EditorView.lineWrapping,
          shapeless,
          theme,
          this.#theme.of(EditorView.darkTheme.of(isDark)),
          this.#language.of(language()),
          EditorView.updateListener.of(updated),
        ],
      }),
    });
  }

  setMeter(meter: TokenMeterOptions): void {
    this.view.dispatch({ effects: this.#meter.reconfigure(tokenMeter(meter)) });
  }

  setBoxes(boxes: BoxOptions | undefined): void {
    this.view.dispatch({ effects: this.#boxes.reconfigure(boxesOf(boxes)) });
  }

  setDark(isDark: boolean): void {
    this.view.dispatch({ effects: this.#theme.reconfigure(EditorView.darkTheme.of(isDark)) });
  }

  /** Speaks the language of now. */
  setLanguage(): void {
    this.view.dispatch({ effects: this.#language.reconfigure(language()) });
  }

  /** Replaces the text as if it had been typed, so that an undo brings the old one back. */
  replace(text: string): void {
    const { view } = this;
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
      selection: { anchor: 0 },
      scrollIntoView: true,
      userEvent: "input.replace",
    });
  }
}

function boxesOf(boxes: BoxOptions | undefined): Extension {
  return boxes ? Prec.lowest(tokenBoxes(boxes)) : [];
}

function language(): Extension {
  const { phrases, placeholder: hint, text } = words.peek();
  return [
    EditorState.phrases.of(phrases),
    placeholder(hint),
    EditorView.contentAttributes.of({
      "aria-label": text,
      spellcheck: "false",
      tabindex: "0",
      "data-editor": "",
    }),
  ];
}

/** What has no shape is shown by its code point, whether tokens are coloured or not: it is counted, and may be an attack. */
const shapeless: Extension = highlightSpecialChars({
  specialChars: SHAPELESS,
  render(code) {
    const dom = document.createElement("span");
    dom.className = "shapeless";
    dom.textContent = codePoint(code);
    dom.title = words.peek().invisible[kindOf(code)];
    return dom;
  },
});

const theme: Extension = EditorView.theme({
  "&": {
    color: "var(--ink)",
    backgroundColor: "var(--sheet)",
    fontSize: "1.0625rem",
    maxBlockSize: "inherit",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--sans)",
    lineHeight: "2",
    minBlockSize: "inherit",
    overscrollBehavior: "contain",
  },
  ".cm-content": {
    padding: "0.75rem 0",
    caretColor: "var(--ink)",
    textAutospace: "no-autospace",
    textSpacingTrim: "space-all",
  },
  ".cm-line": { padding: "0 1.125rem" },
  ".cm-placeholder": { color: "var(--ink-soft)" },
  ".cm-tooltip": {
    border: "1px solid var(--rule)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--sheet)",
    color: "var(--ink)",
    boxShadow: "0 0.25rem 1rem #0003",
    overflow: "hidden",
  },
  ".cm-panels": {
    backgroundColor: "var(--paper)",
    color: "var(--ink)",
    borderColor: "var(--rule)",
    fontFamily: "var(--sans)",
  },
  ".cm-panel.cm-search": { padding: "0.5rem 2rem 0.5rem 1rem", fontSize: "0.875rem" },
  ".cm-textfield": {
    inlineSize: "auto",
    minBlockSize: "1.75rem",
    border: "1px solid var(--edge)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--sheet)",
    padding: "0.125rem 0.5rem",
  },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "transparent",
    border: "1px solid var(--rule)",
    borderRadius: "var(--radius)",
    minBlockSize: "1.75rem",
  },
  // The package of the linter draws its waves by images in data URLs, which the page's policy does not allow.
  ".cm-lintRange": { backgroundImage: "none", padding: "0" },
  ".cm-lintRange-hint": {
    backgroundImage: "none",
    textDecoration: "underline dotted 2px var(--accent)",
    textUnderlineOffset: "0.3em",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy 1.5px var(--danger)",
    textUnderlineOffset: "0.25em",
  },
  ".cm-lintRange-active": { backgroundColor: "color-mix(in srgb, var(--accent) 18%, transparent)" },
  ".cm-diagnostic": {
    padding: "0.5rem 0.75rem",
    borderInlineStartColor: "var(--accent)",
    fontFamily: "var(--sans)",
    fontSize: "0.875rem",
    maxInlineSize: "24rem",
  },
  ".cm-diagnosticAction": {
    backgroundColor: "var(--ink)",
    color: "var(--paper)",
    borderRadius: "var(--radius)",
    padding: "0.25rem 0.75rem",
    marginInlineStart: "0.5rem",
    fontSize: "0.8125rem",
  },
});
