/** Whose tokens the minutes are. The list of models comes with the book, after the first count; until then it has the chosen one. */
import { type Signal, signal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { model } from "../../state/settings.ts";
import { reload } from "../../text/vocabulary.ts";
import { scale } from "./fare.ts";
import type { VisitState } from "./state.ts";
import { words } from "./words.ts";

type Book = typeof import("./real.tsx");

const book: Signal<Book | undefined> = signal(undefined);

async function open(): Promise<void> {
  try {
    book.value ??= await import("./real.tsx");
  } catch {
    // The chosen model goes on to count; the next one who asks tries again.
  }
}

export function ModelChoice({ state }: { state: VisitState }): JSX.Element {
  const { fare: w } = words.value;
  useSignalEffect(() => {
    if (state.counted.vocabulary.value.kind !== "loading" || scale.value === "window") void open();
  });
  const { kind, failure } = state.counted.vocabulary.value;
  const note = kind === "failed" ? w.failed(failure?.message ?? "") : undefined;
  const Choice = book.value?.ModelChoice;
  return (
    <div class="model-choice">
      {Choice === undefined ? (
        <span class="model-name">{model.value}</span>
      ) : (
        <Choice label={w.model} isLabelHidden files={w.files} />
      )}
      <span class="basis">{note ?? w.basis(state.counted.count.value)}</span>
      {kind === "failed" ? (
        <button type="button" class="on-glass" onClick={() => reload(state.encoding.peek())}>
          {w.retry}
        </button>
      ) : null}
    </div>
  );
}
