/** What is said on the telephone: a text area over a mirror, which shows chatter, what is struck out, and what falls outside. */
import { effect, type ReadonlySignal, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Mirror } from "../../text/mirror.ts";
import type { Fare } from "./fare.ts";
import type { Range } from "./ranges.ts";
import { MARKED_LIMIT, type VisitState } from "./state.ts";
import { words } from "./words.ts";
import "./call.css";

interface Props {
  readonly state: VisitState;
  readonly fare: ReadonlySignal<Fare>;
}

export function Call({ state, fare }: Props): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null);
  const selection = useSignal<Range | undefined>(undefined);
  const mirror = useMirror(state, fare);
  // At once, and not with the next frame: a key in between would bring the old text back.
  useEffect(
    () =>
      effect(() => {
        const text = state.text.value;
        if (field.current && field.current.value !== text) field.current.value = text;
      }),
    [state],
  );
  useEffect(() => {
    const selected = (): void => {
      const area = field.current;
      if (area === null || document.activeElement !== area) return;
      const { selectionStart: from, selectionEnd: to } = area;
      selection.value = from < to ? { from, to } : undefined;
    };
    document.addEventListener("selectionchange", selected);
    return () => document.removeEventListener("selectionchange", selected);
  }, [selection]);
  const { call, placeholder, samples, sampleShort, sampleLong, clear, strikeSelection } = words.value;
  const chosen = selection.value;
  return (
    <section class="call" aria-labelledby="call-label">
      <div class="call-head">
        <Phone />
        <h2>
          <label id="call-label" for="call">
            {call}
          </label>
        </h2>
        <button
          type="button"
          class="quiet call-strike"
          hidden={chosen === undefined}
          onClick={() => {
            if (chosen) state.strike(chosen, true);
            selection.value = undefined;
            field.current?.focus({ preventScroll: true });
          }}
        >
          {strikeSelection}
        </button>
      </div>
      <div class="call-stage" data-mirrored={state.text.value.length <= MARKED_LIMIT}>
        <div class="call-layer call-mirror" aria-hidden="true" ref={mirror} />
        <textarea
          id="call"
          class="call-layer"
          ref={field}
          placeholder={placeholder}
          autocapitalize="off"
          autocomplete="off"
          spellcheck={false}
          onInput={({ currentTarget }) => state.write(currentTarget.value)}
        />
      </div>
      <fieldset class="call-tools" aria-label={samples}>
        <button type="button" class="quiet" onClick={() => void state.begin("short")}>
          {sampleShort}
        </button>
        <button type="button" class="quiet" onClick={() => void state.begin("long")}>
          {sampleLong}
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            state.clear();
            field.current?.focus();
          }}
        >
          {clear}
        </button>
      </fieldset>
    </section>
  );
}

const KINDS = ["chatter", "struck", "outside"] as const;

/** Keeps a mirror of the text and paints it. The highlights are the page's, by name; styles are in visit.css. */
function useMirror(state: VisitState, fare: ReadonlySignal<Fare>): { current: HTMLDivElement | null } {
  const root = useRef<HTMLDivElement>(null);
  const mirror = useRef<Mirror>(undefined);
  const canPaint = typeof Highlight === "function" && "highlights" in CSS;
  useSignalEffect(() => {
    const text = state.text.value;
    if (root.current === null) return;
    mirror.current ??= new Mirror(root.current);
    const painted = mirror.current;
    painted.setText(text.length <= MARKED_LIMIT ? text : "");
    if (!canPaint || text.length > MARKED_LIMIT) return;
    const ranges = {
      chatter: state.chatter.value,
      struck: state.struck.value,
      outside: outsideOf(state, fare.value),
    };
    for (const kind of KINDS) {
      const highlight = new Highlight(
        ...ranges[kind].map(({ from, to }) => {
          const range = document.createRange();
          painted.select(range, from, to);
          return range;
        }),
      );
      CSS.highlights.set(kind, highlight);
    }
  });
  useEffect(
    () => () => {
      if (canPaint) for (const kind of KINDS) CSS.highlights.delete(kind);
    },
    [canPaint],
  );
  return root;
}

/** Returns the words that she does not hear any more: those behind the last minute that is left for the talk. */
function outsideOf(state: VisitState, { visit }: Fare): readonly Range[] {
  // The count is asked for, so that this is read anew with each.
  if (state.counted.count.value.kind !== "counted" || !visit || visit.outside === 0) return [];
  const at = state.counted.text.offsetOf(visit.told);
  if (at === undefined) return [];
  const kept = state.kept.value;
  return [{ from: kept.inWhole(at), to: state.text.value.length }];
}

function Phone(): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M6.5 3.5c-1.7.6-3 2-3 3.7 0 6.9 6.4 13.3 13.3 13.3 1.7 0 3.1-1.3 3.7-3l-4.3-2.7-2 1.6c-2.6-1.1-4.9-3.4-6-6l1.6-2z" />
    </svg>
  );
}
