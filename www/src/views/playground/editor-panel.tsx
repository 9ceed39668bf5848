/** The text: the editor, what is shown in it, and what is counted of it line by line. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Reading } from "tokimeter";
import { format } from "../../i18n/full.ts";
import { giveModel, pickedModel } from "../../state/catalogue.ts";
import { conversion } from "../../state/rate.ts";
import { currency } from "../../state/settings.ts";
import type { Bench } from "./bench.ts";
import { inputCost } from "./room.ts";
import { SAMPLES, type SampleName } from "./samples.ts";
import { type Mark, words } from "./words.ts";

/** Files that are tokenizers by their names. What else is dropped on the text is text. */
const TOKENIZER_FILE = /\.(?:json|tiktoken|model|bpe|ranks)$/i;

interface Props {
  readonly bench: Bench;
}

export function EditorPanel({ bench }: Props): JSX.Element {
  const say = words.value;
  const place = useRef<HTMLDivElement>(null);
  const isOver = useSignal(false);
  useEffect(() => (place.current ? bench.mount(place.current) : undefined), [bench]);
  useEffect(() => takeDroppedFiles((over) => (isOver.value = over)), [isOver]);
  return (
    <section class="editor" aria-labelledby="text-title">
      <div class="editor-head">
        <h2 id="text-title">{say.text}</h2>
        <div class="editor-views">
          <Check label={say.colours} value={bench.isColoured} />
          <Check label={say.ids} value={bench.hasIds} isOff={!bench.isColoured.value} />
        </div>
      </div>
      <fieldset class="samples">
        <legend>{say.samples}</legend>
        {(Object.keys(SAMPLES) as SampleName[]).map((name) => (
          <button
            key={name}
            type="button"
            class="quiet"
            data-sample={name}
            onClick={() => bench.replaceText(SAMPLES[name])}
          >
            {say.sample[name]}
          </button>
        ))}
        <button type="button" class="quiet samples-clear" data-clear onClick={() => bench.replaceText("")}>
          {say.clear}
        </button>
      </fieldset>
      <div class="stage" data-over={isOver.value}>
        <div class="stage-editor" ref={place} />
        {isOver.value ? <p class="stage-drop">{say.dropHere}</p> : null}
      </div>
      <Facts bench={bench} />
    </section>
  );
}

interface CheckProps {
  readonly label: string;
  readonly value: { value: boolean };
  readonly isOff?: boolean;
}

function Check({ label, value, isOff = false }: CheckProps): JSX.Element {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={value.value && !isOff}
        disabled={isOff}
        onChange={({ currentTarget }) => {
          value.value = currentTarget.checked;
        }}
      />
      {label}
    </label>
  );
}

/** Characters and words, the selection, the last edit, and why there are no colours. */
function Facts({ bench }: Props): JSX.Element {
  const say = words.value;
  const count = bench.count.value;
  const reading = count.kind === "counted" ? count.reading : undefined;
  const stats = bench.stats.value;
  const selected = bench.selected.value;
  return (
    <>
      <div class="facts figures">
        <p data-stats>
          {stats ? (
            <>
              <span>{say.characters(stats.characters)}</span> <span>{say.words(stats.words)}</span>
            </>
          ) : (
            say.statsPending
          )}
        </p>
        {selected && !selected.isEmpty && reading ? (
          <p data-selected={selected.tokens}>
            {say.selected(selected.tokens, reading.tokens, markOf(reading))}
          </p>
        ) : null}
        <EditFact bench={bench} />
      </div>
      {bench.isColoured.value && reading && reading.basis !== "exact" ? (
        <p class="note" data-no-boxes>
          {say.noBoxes[reading.basis]}
        </p>
      ) : null}
    </>
  );
}

function EditFact({ bench }: Props): JSX.Element | null {
  const say = words.value;
  const edit = bench.edit.value;
  if (!edit) return null;
  const [before, after] = [edit.before, edit.after].map(({ tokens }) =>
    inputCost(pickedModel.value, tokens, currency.value, conversion.value),
  );
  const cost =
    before === undefined || after === undefined
      ? undefined
      : format.value.costChange(after - before, currency.value);
  const change = edit.after.tokens - edit.before.tokens;
  const mark = markOf(edit.before, edit.after);
  return <p data-edit={change}>{say.edit(change, cost, mark)}</p>;
}

/** Returns how numbers that come of these readings are shown: marked where one of the readings is a range. */
function markOf(...readings: readonly Reading[]): Mark {
  return readings.every(({ low, high }) => low === high) ? String : words.value.about;
}

/** Counts by tokenizer files that are dropped anywhere on the page; returns what ends that. */
function takeDroppedFiles(over: (isOver: boolean) => void): () => void {
  const dragged = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    over(true);
  };
  const left = (event: DragEvent): void => {
    if (event.relatedTarget === null) over(false);
  };
  const dropped = (event: DragEvent): void => {
    over(false);
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    if (TOKENIZER_FILE.test(file.name)) event.stopPropagation();
    // The editor takes a file of text; elsewhere the browser would leave the page for it.
    else if (event.target instanceof Element && event.target.closest(".cm-content")) return;
    event.preventDefault();
    if (TOKENIZER_FILE.test(file.name)) giveModel(file);
  };
  document.addEventListener("dragover", dragged);
  document.addEventListener("dragleave", left);
  // Before the editor has it.
  document.addEventListener("drop", dropped, true);
  return () => {
    document.removeEventListener("dragover", dragged);
    document.removeEventListener("dragleave", left);
    document.removeEventListener("drop", dropped, true);
  };
}
