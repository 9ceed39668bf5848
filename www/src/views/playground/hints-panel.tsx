/** Where tokens can be saved: each place with what it saves, to be jumped to or applied; all savings as one edit. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { format } from "../../i18n/full.ts";
import { pickedModel } from "../../state/catalogue.ts";
import { conversion } from "../../state/rate.ts";
import { currency } from "../../state/settings.ts";
import { announce } from "../../ui/announcer.ts";
import type { Bench } from "./bench.ts";
import { apply, HINTS_LIMIT, type PlacedHint, savingsOf } from "./hint-list.ts";
import { visible } from "./invisible.ts";
import { inputCost } from "./room.ts";
import { words } from "./words.ts";

/** Hints that are listed at once. */
const FIRST = 20;
/** Code units of a place that are shown. */
const EXCERPT = 36;

interface Props {
  readonly bench: Bench;
}

export function HintsPanel({ bench }: Props): JSX.Element {
  const say = words.value;
  const found = bench.hints.value;
  return (
    <section class="panel hints" aria-labelledby="hints-title">
      <h2 id="hints-title">{say.hints}</h2>
      {found.kind === "found" ? (
        <HintList bench={bench} hints={found.hints} />
      ) : (
        <p class="note">
          {
            {
              pending: say.hintsPending,
              empty: say.hintsEmpty,
              "too-long": say.hintsTooLong(HINTS_LIMIT),
            }[found.kind]
          }
        </p>
      )}
    </section>
  );
}

function HintList({ bench, hints }: Props & { readonly hints: readonly PlacedHint[] }): JSX.Element {
  const say = words.value;
  const most = useSignal(FIRST);
  const list = useRef<HTMLUListElement>(null);
  const savings = savingsOf(hints);
  if (hints.length === 0) return <p class="note">{say.hintsNone}</p>;
  const use = (some: readonly PlacedHint[], at: number): void => {
    const { view } = bench;
    const saved = some.length === 1 ? some[0]?.saves : bench.together.peek();
    if (!view) return;
    apply(view, some);
    if (saved !== undefined) announce(words.peek().applied(saved));
    // The place of what is gone is taken by the next one; where there is none, the text is.
    requestAnimationFrame(() => {
      const buttons = list.current?.querySelectorAll<HTMLElement>("[data-apply]") ?? [];
      const next = buttons[Math.min(at, buttons.length - 1)];
      if (next && some.length === 1) next.focus();
      else view.focus();
    });
  };
  const all = bench.together.value;
  const hidden = hints.length - most.value;
  return (
    <>
      {savings.length > 0 ? (
        <div class="hints-all">
          <p data-together={all}>
            {all === undefined
              ? say.hintsPending
              : say.hintsTogether(all, costOf(bench, all), isEstimated(bench))}
          </p>
          <button type="button" class="primary" data-apply-all onClick={() => use(savings, 0)}>
            {say.applyAll(savings.length)}
          </button>
        </div>
      ) : null}
      <ul class="hint-list" ref={list}>
        {hints.slice(0, most.value).map((hint, at) => (
          <HintRow key={`${hint.from} ${hint.kind}`} bench={bench} hint={hint} use={() => use([hint], at)} />
        ))}
      </ul>
      {hidden > 0 ? (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            most.value += 5 * FIRST;
          }}
        >
          {say.more(hidden)}
        </button>
      ) : null}
      <p class="note">{say.hintsLead}</p>
    </>
  );
}

interface RowProps extends Props {
  readonly hint: PlacedHint;
  readonly use: () => void;
}

function HintRow({ bench, hint, use }: RowProps): JSX.Element {
  const say = words.value;
  const { kind, from, to, text, saves, tokens } = hint;
  const isWarning = kind === "credential";
  const action = isWarning ? say.apply.remove : say.apply.shorten;
  const shown = visible(text.length > EXCERPT ? `${text.slice(0, EXCERPT).toWellFormed()}…` : text);
  return (
    <li class="hint" data-kind={kind} data-saves={saves}>
      <div class="hint-what">
        <strong>{say.hintKind[kind]}</strong>
        <span class="hint-saves">
          {isWarning ? say.hintCosts(tokens, isEstimated(bench)) : say.hintSaves(saves, isEstimated(bench))}
        </span>
      </div>
      <button
        type="button"
        class="hint-place"
        aria-label={say.jump(shown)}
        onClick={() => {
          const { view } = bench;
          view?.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
          view?.focus();
        }}
      >
        {shown}
      </button>
      <button
        type="button"
        class="quiet"
        data-apply
        aria-label={say.applyLabel(action, say.hintKind[kind], shown)}
        onClick={use}
      >
        {action}
      </button>
    </li>
  );
}

/** Whether the hints are counted by an estimate. */
function isEstimated(bench: Bench): boolean {
  return bench.vocabulary.value.tokenizer?.basis === "estimated";
}

/** Returns what the text costs less without so many of its tokens: the difference of two bills. An edit may have left it fewer. */
function costOf(bench: Bench, tokens: number): string | undefined {
  const count = bench.count.value;
  if (count.kind !== "counted") return undefined;
  const [before, after] = [count.reading.tokens, Math.max(0, count.reading.tokens - tokens)].map((each) =>
    inputCost(pickedModel.value, each, currency.value, conversion.value),
  );
  if (before === undefined || after === undefined) return undefined;
  return format.value.cost(before - after, currency.value);
}
