/**
 * An agent's bill: what every request of an agent that is always on sends again, what a day of it costs, and what makes it cheaper.
 * Runs are reckoned in a worker; this is what asks and what shows.
 */
import { computed, effect, useComputed, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { Totals } from "tokimeter/agent";
import { pickedModel } from "../../state/catalogue.ts";
import { language } from "../../state/settings.ts";
import { currentText } from "../../state/text.ts";
import { agentDay, type DailyUse } from "../../state/use.ts";
import { Counted } from "../../text/counted.ts";
import { announceState } from "../../ui/announcer.ts";
import { CurrencyChoice } from "../../ui/currency-choice.tsx";
import { ModelChoice } from "../../ui/model-choice.tsx";
import "./agent.css";
import { Answers } from "./answers.tsx";
import { Economies } from "./economies.tsx";
import { Fresh } from "./fresh.tsx";
import { Inputs } from "./inputs.tsx";
import { Notes } from "./notes.tsx";
import { questionOf } from "./question.ts";
import { Reckoner } from "./reckoner.ts";
import { begin, isOwnText, PRESETS, preset, setup } from "./setup.ts";
import { Turns } from "./turns.tsx";
import { words } from "./words.ts";

/** How the reader's text is counted. */
const encoding = computed(() => pickedModel.value.encoding);

export function AgentRun(): JSX.Element {
  const [reckoner] = useState(() => new Reckoner());
  const [own] = useState(() => ownText());
  useEffect(
    () => () => {
      reckoner.dispose();
      own?.dispose();
    },
    [reckoner, own],
  );
  const configuration = useComputed(() => {
    const count = isOwnText.value ? own?.count.value : undefined;
    return count?.kind === "counted" ? count.tokens : setup.value.configuration;
  });
  // At once, so that what is shown is never taken for the answer to a question of now.
  useLayoutEffect(
    () => effect(() => reckoner.ask(questionOf(setup.value, pickedModel.value, configuration.value))),
    [reckoner, configuration],
  );
  useSignalEffect(() => {
    const { answer } = reckoner.reckoned.value ?? {};
    const { first, firstCost, cost, currency = "CNY", days = 0 } = answer ?? {};
    if (first) agentDay.value = dayOf(first);
    if (firstCost === undefined || cost === undefined) return;
    const said = words.value.said({ amount: firstCost, currency }, { amount: cost, currency }, days);
    announceState("agent", `${language.value} ${said}`, () => said);
  });
  const reckoned = reckoner.reckoned.value;
  const { title, lead } = words.value;
  return (
    <article class="agent">
      <header class="agent-head">
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
      </header>
      <Start />
      <div class="agent-columns">
        <div class="agent-main" aria-busy={reckoner.isOpen.value}>
          {reckoner.hasFailed.value ? <Failed retry={() => reckoner.retry()} /> : null}
          <Answers reckoned={reckoned} />
          <Turns reckoned={reckoned} />
        </div>
        <Inputs own={own} configuration={configuration} />
      </div>
      <Economies reckoned={reckoned} />
      <Fresh reckoned={reckoned} />
      <Notes />
    </article>
  );
}

/** Returns what a day uses; nothing, if it has not one token. */
function dayOf({ input, cached, cacheWrite, cacheWriteLong, output }: Totals): DailyUse | undefined {
  const sent = input + cached + cacheWrite + cacheWriteLong;
  return sent + output > 0 ? { input: sent, output } : undefined;
}

/** Counts the reader's text, if there is one. */
function ownText(): Counted | undefined {
  const text = currentText();
  if (text === "") {
    isOwnText.value = false;
    return undefined;
  }
  const counted = new Counted(encoding);
  counted.take(text);
  return counted;
}

function Start(): JSX.Element {
  const { start, presets, model: label, files, currency: money, currencies } = words.value;
  return (
    <div class="agent-start">
      <fieldset class="presets">
        <legend>{start}</legend>
        {PRESETS.map((each) => (
          <button
            key={each}
            type="button"
            class="preset"
            aria-pressed={preset.value === each}
            onClick={() => begin(each)}
          >
            <span class="preset-name">{presets[each].name}</span>
            <span class="note">{presets[each].note}</span>
          </button>
        ))}
      </fieldset>
      <div class="agent-choice">
        <ModelChoice label={label} files={files} />
        <CurrencyChoice label={money} names={currencies} />
      </div>
    </div>
  );
}

function Failed({ retry }: { readonly retry: () => void }): JSX.Element {
  return (
    <div class="agent-warning" role="alert">
      <p>{words.value.failed}</p>
      <button type="button" class="quiet" onClick={retry}>
        {words.value.retry}
      </button>
    </div>
  );
}
