/** The call, sentence by sentence: what each takes, whether it is chatter, and a line through it. */
import type { JSX } from "preact";
import { scale } from "./fare.ts";
import { covers } from "./ranges.ts";
import { words } from "./sentence-words.ts";
import { MARKED_LIMIT, type Sentence, type VisitState } from "./state.ts";
import "./sentences.css";

export function Sentences({ state }: { readonly state: VisitState }): JSX.Element | null {
  const w = words.value;
  const list = state.sentences.value;
  if (state.text.value.length > MARKED_LIMIT) return <p class="note">{w.tooLong(MARKED_LIMIT)}</p>;
  if (list.length === 0) return null;
  return (
    <section class="sentences" aria-labelledby="sentences-title">
      <h2 id="sentences-title">{w.title}</h2>
      <ul>
        {list.map((sentence) => (
          <Row key={sentence.from} state={state} sentence={sentence} />
        ))}
      </ul>
    </section>
  );
}

function Row({ state, sentence }: { state: VisitState; sentence: Sentence }): JSX.Element {
  const w = words.value;
  const { text, minutes } = sentence;
  const [isChatter, isStruck] = [
    covers(state.unneeded.value, sentence),
    covers(state.struck.value, sentence),
  ];
  return (
    <li data-chatter={isChatter} data-struck={isStruck}>
      {isStruck ? <del>{text}</del> : <span>{text}</span>}
      <div class="row-tools">
        <span class="row-minutes figures">
          {minutes === undefined ? "…" : w.units(minutes, scale.value === "window")}
        </span>
        <button
          type="button"
          class="toggle"
          aria-pressed={isChatter}
          aria-label={w.chatterOf(text)}
          onClick={() => state.mark(sentence, !isChatter)}
        >
          {w.chatter}
        </button>
        <button
          type="button"
          class="toggle strike"
          aria-label={isStruck ? w.restoreOf(text) : w.strikeOf(text)}
          onClick={() => state.strike(sentence, !isStruck)}
        >
          {isStruck ? w.restore : w.strike}
        </button>
      </div>
    </li>
  );
}
