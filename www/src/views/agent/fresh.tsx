/** When to open a new conversation: the first request before which that costs less than going on. */
import type { JSX } from "preact";
import { Field } from "./inputs.tsx";
import { momentOf } from "./moments.ts";
import type { Reckoned } from "./reckoner.ts";
import { change, setup } from "./setup.ts";
import { words } from "./words.ts";

export function Fresh({ reckoned }: { readonly reckoned: Reckoned | undefined }): JSX.Element {
  const { fresh, freshLead, isByHand } = words.value;
  return (
    <section class="sheet agent-fresh" aria-labelledby="agent-fresh">
      <h2 id="agent-fresh">{fresh}</h2>
      <p class="lead">{freshLead}</p>
      <Answer reckoned={reckoned} />
      <div class="agent-fields">
        <Field name="summary" />
        <Field name="ahead" />
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={setup.value.isByHand}
          onChange={({ currentTarget }) => change({ isByHand: currentTarget.checked })}
        />
        {isByHand}
      </label>
    </section>
  );
}

function Answer({ reckoned }: { readonly reckoned: Reckoned | undefined }): JSX.Element {
  const { freshPays, freshNever, freshUse, freshUsed, waiting, unknown } = words.value;
  const { savings, answer, question } = reckoned ?? {};
  if (!savings || !answer || !question) return <p class="agent-together">{waiting}</p>;
  if (answer.total.amount === undefined) return <p class="agent-together">{unknown}</p>;
  const { fresh, freshTurns } = savings;
  const { ahead = 1 } = question.fresh;
  if (fresh === undefined) return <p class="agent-together">{freshNever(freshTurns, ahead)}</p>;
  const { currency } = answer;
  const { index, at } = fresh;
  const goingOn = { amount: fresh.goingOn, currency };
  const anew = { amount: fresh.fresh, currency };
  const less = { amount: fresh.goingOn - fresh.fresh, currency };
  const isUsed = setup.value.compaction === "turns" && setup.value.compactTurns === index;
  return (
    <>
      <p class="agent-together" data-fresh={index}>
        {freshPays(momentOf(index + 1, at), ahead, goingOn, anew, less)}
      </p>
      {isUsed ? (
        <p class="note">{freshUsed(index)}</p>
      ) : (
        <button
          type="button"
          class="quiet"
          onClick={() => change({ compaction: "turns", compactTurns: index })}
        >
          {freshUse(index)}
        </button>
      )}
    </>
  );
}
