/** Gifts and current: what tokens are worth, at each model's price, and what a kilowatt-hour makes of them. */
import type { JSX } from "preact";
import { agentDay, dailyUse } from "../../state/use.ts";
import { CurrencyChoice } from "../../ui/currency-choice.tsx";
import { ModelChoice } from "../../ui/model-choice.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Current } from "./current.tsx";
import { Gifts } from "./gifts.tsx";
import "./value.css";
import { words } from "./words.ts";

const MOST = 1_000_000_000_000;

export function Value(): JSX.Element {
  const { title, lead } = words.value;
  return (
    <article class="value">
      <header class="value-head">
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
      </header>
      <Choices />
      <Gifts />
      <Current />
    </article>
  );
}

/** What both parts go by: the model, the currency, and the reader's use of a day. */
function Choices(): JSX.Element {
  const say = words.value;
  const { input, output } = dailyUse.value;
  const day = agentDay.value;
  return (
    <section class="sheet value-choices" aria-label={say.choices}>
      <ModelChoice label={say.model} files={say.files} />
      <NumberField
        label={say.useInput}
        value={input}
        max={MOST}
        min={output > 0 ? 0 : 1}
        set={(tokens) => {
          dailyUse.value = { input: tokens, output };
        }}
        wrong={say.wrong}
      />
      <NumberField
        label={say.useOutput}
        value={output}
        max={MOST}
        min={input > 0 ? 0 : 1}
        set={(tokens) => {
          dailyUse.value = { input, output: tokens };
        }}
        wrong={say.wrong}
      />
      <CurrencyChoice label={say.currency} names={say.currencies} />
      <p class="note value-wide">
        <span class="chip">{say.assumption}</span> {say.useNote}
      </p>
      {day ? (
        <button
          type="button"
          class="quiet value-wide"
          onClick={() => {
            dailyUse.value = day;
          }}
        >
          {say.useAgent(day.input, day.output)}
        </button>
      ) : null}
    </section>
  );
}
