/** What a box says when one points at it: how many tokens it is, their ids and their bytes. The list of tokens says it without a mouse. */
import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, showTooltip, type Tooltip } from "@codemirror/view";
import type { Metered, Tokenizer } from "tokimeter";
import { boxAt, tokensIn } from "./token-facts.ts";
import { words } from "./words.ts";

/** Milliseconds for which one points before it says something. */
const DELAY_MS = 200;

const point = StateEffect.define<Tooltip | null>();

/** Goes with the next edit: the box is another one then. */
const pointed = StateField.define<Tooltip | null>({
  create: () => null,
  update(tip, { docChanged, effects }) {
    const told = effects.findLast((effect) => effect.is(point));
    return told ? told.value : docChanged ? null : tip;
  },
  provide: (field) => showTooltip.from(field),
});

/** Shows the tokens of the box under the pointer. CodeMirror's own hover misses the middle of wide characters. */
export function tokenTips(
  meter: () => Metered | undefined,
  tokenizer: () => Tokenizer<string> | undefined,
): Extension {
  let timer = 0;
  let last: Element | null = null;
  const show = (view: EditorView, tip: Tooltip | null): void => {
    if (tip || view.state.field(pointed, false)) view.dispatch({ effects: point.of(tip) });
  };
  return [
    pointed,
    EditorView.domEventHandlers({
      mouseover({ target }, view) {
        const box = target instanceof Element ? target.closest(".tok") : null;
        if (box === last) return;
        last = box;
        clearTimeout(timer);
        timer = window.setTimeout(() => {
          if (box && !box.isConnected) return;
          try {
            show(view, box && tipOf(view, box, meter(), tokenizer()));
          } catch {
            // The meter is in the middle of an insertion: there is nothing to say of a box then.
          }
        }, DELAY_MS);
      },
      mouseleave(_event, view) {
        last = null;
        clearTimeout(timer);
        show(view, null);
      },
    }),
  ];
}

function tipOf(
  view: EditorView,
  element: Element,
  meter: Metered | undefined,
  tokenizer: Tokenizer<string> | undefined,
): Tooltip | null {
  const at = view.posAtDOM(element);
  const box = meter && boxAt(view.state, meter, at);
  const list = box && tokenizer && tokensIn(meter, tokenizer, box.from, box.to);
  if (!list) return null;
  const say = words.peek();
  const dom = document.createElement("div");
  dom.className = "token-tip";
  const parts = [
    say.tokenCount(box.ids.length),
    say.idsAre(box.ids),
    say.bytesAre(list.tokens.map(({ bytes = "?" }) => bytes).join(" | ")),
  ];
  for (const part of parts) dom.append(Object.assign(document.createElement("div"), { textContent: part }));
  return { pos: box.from, end: box.to, above: true, create: () => ({ dom }) };
}
