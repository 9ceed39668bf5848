/** What makes the agent cheaper: a switch for each, with what that switch alone changes as things stand, and what they do together. */
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { catalogue, pickedModel } from "../../state/catalogue.ts";
import { kwhPrice, kwhTokens } from "../../state/current.ts";
import { ModelPicker } from "../../ui/model-picker.tsx";
import { MoneyField } from "../../ui/money-field.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import "./economies.css";
import { Field } from "./inputs.tsx";
import { moneyOf, shareOf } from "./moments.ts";
import { minutesOf, ratesOf } from "./question.ts";
import type { Reckoned } from "./reckoner.ts";
import { change, ECONOMIES, type Economy, type Helper, setup, toggle } from "./setup.ts";
import { words } from "./words.ts";

export function Economies({ reckoned }: { readonly reckoned: Reckoned | undefined }): JSX.Element {
  const { economies, economiesLead, overlap } = words.value;
  return (
    <section class="agent-economies" aria-labelledby="agent-economies">
      <h2 id="agent-economies">{economies}</h2>
      <p class="lead">{economiesLead}</p>
      <Together reckoned={reckoned} />
      <div class="agent-cards">
        {ECONOMIES.map((each) => (
          <Card key={each} economy={each} reckoned={reckoned} />
        ))}
      </div>
      <p class="note">{overlap}</p>
    </section>
  );
}

/** What all that are on do together. */
function Together({ reckoned }: { readonly reckoned: Reckoned | undefined }): JSX.Element {
  const { none, together, togetherMore, allOff, waiting, unknown } = words.value;
  const { answer, question, savings } = reckoned ?? {};
  if (!answer || !question || !savings) return <p class="agent-together">{waiting}</p>;
  const { currency, days, cost } = answer;
  const without = moneyOf(savings.none, currency);
  const now = moneyOf(cost, currency);
  if (!without || !now) return <p class="agent-together">{unknown}</p>;
  const saved = without.amount - now.amount;
  const isOn = ECONOMIES.some((each) => question.on[each]);
  return (
    <p class="agent-together" data-none={without.amount.toString()} data-saved={saved.toString()}>
      {none(without, days)}{" "}
      {!isOn
        ? allOff
        : saved < 0n
          ? togetherMore(now, { amount: -saved, currency })
          : together(now, { amount: saved, currency }, shareOf(saved, without.amount))}
    </p>
  );
}

function Card({
  economy,
  reckoned,
}: {
  readonly economy: Economy;
  readonly reckoned: Reckoned | undefined;
}): JSX.Element {
  const id = useId();
  const { name, note } = words.value.economy[economy];
  const why = unfit(economy);
  const isOn = setup.value.on[economy];
  return (
    <div class="sheet agent-card" data-economy={economy} data-on={isOn}>
      <label class="agent-switch">
        <input
          type="checkbox"
          checked={isOn}
          disabled={why !== undefined}
          aria-describedby={id}
          onChange={({ currentTarget }) => toggle(economy, currentTarget.checked)}
        />
        <span>{name}</span>
      </label>
      <p class="note">{note}</p>
      <p class="agent-saving figures" id={id}>
        {why ?? <Saving economy={economy} reckoned={reckoned} />}
      </p>
      {why === undefined ? <Settings economy={economy} reckoned={reckoned} /> : null}
    </div>
  );
}

/** Returns why a switch would do nothing. */
function unfit(economy: Economy): string | undefined {
  const { noCachePrice, noKnowledge, noHeartbeatHere } = words.value;
  const { knowledge, hasHeartbeat } = setup.value;
  if (economy === "cache" && ratesOf(pickedModel.value).cached === undefined) return noCachePrice;
  if (economy === "index" && knowledge === 0) return noKnowledge;
  if ((economy === "apart" || economy === "helper") && !hasHeartbeat) return noHeartbeatHere;
  return undefined;
}

function Saving({
  economy,
  reckoned,
}: {
  readonly economy: Economy;
  readonly reckoned: Reckoned | undefined;
}): JSX.Element {
  const { saves, wouldSave, costsMore, wouldCostMore, noChange, waiting, unknown } = words.value;
  const { answer, question, savings } = reckoned ?? {};
  if (!answer || !question || !savings) return <span>{waiting}</span>;
  const other = savings.other[economy];
  if (other === undefined || answer.cost === undefined) return <span>{unknown}</span>;
  const { currency, days } = answer;
  const isOn = question.on[economy];
  const saved = isOn ? other - answer.cost : answer.cost - other;
  const amount = saved < 0n ? -saved : saved;
  const say = saved < 0n ? (isOn ? costsMore : wouldCostMore) : isOn ? saves : wouldSave;
  return (
    <strong data-saved={saved.toString()} class={saved < 0n ? "is-dearer" : undefined}>
      {saved === 0n ? noChange : say({ amount, currency }, days)}
    </strong>
  );
}

function Settings({
  economy,
  reckoned,
}: {
  readonly economy: Economy;
  readonly reckoned: Reckoned | undefined;
}): JSX.Element | null {
  switch (economy) {
    case "cache":
      return <CacheSettings />;
    case "index":
      return (
        <Fields>
          <Field name="retrieved" />
        </Fields>
      );
    case "helper":
      return <HelperSettings />;
    case "plan":
      return <PlanSettings reckoned={reckoned} />;
    case "apart":
      return null;
  }
}

function Fields({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <div class="agent-fields">{children}</div>;
}

function CacheSettings(): JSX.Element {
  const { cacheLives, cacheLong, cacheNote, cacheWrites, wrong } = words.value;
  const { cacheWrite, cacheWriteLong } = ratesOf(pickedModel.value);
  const hasLong = cacheWriteLong !== undefined;
  const isLong = hasLong && setup.value.isCacheLong;
  const which = isLong ? "long" : "short";
  return (
    <>
      <Fields>
        <NumberField
          label={cacheLives[which]}
          value={minutesOf(setup.value, pickedModel.value, which)}
          min={1}
          max={10_080}
          set={(minutes) => change(isLong ? { cacheLongMinutes: minutes } : { cacheMinutes: minutes })}
          wrong={wrong}
        />
        <Field name="cacheLeast" />
      </Fields>
      {hasLong ? (
        <label class="check">
          <input
            type="checkbox"
            checked={setup.value.isCacheLong}
            onChange={({ currentTarget }) => change({ isCacheLong: currentTarget.checked })}
          />
          {cacheLong}
        </label>
      ) : null}
      <p class="note">{cacheWrites(cacheWrite !== undefined)}</p>
      <p class="note">{cacheNote}</p>
    </>
  );
}

const HELPERS: readonly Helper[] = ["model", "home"];

function HelperSettings(): JSX.Element {
  const say = words.value;
  const { helper, helperModel } = setup.value;
  return (
    <>
      <fieldset class="agent-radios">
        <legend class="visually-hidden">{say.helperLabel}</legend>
        {HELPERS.map((each) => (
          <label key={each} class="check">
            <input
              type="radio"
              name="helper"
              checked={helper === each}
              onChange={() => change({ helper: each })}
            />
            {say.helpers[each]}
          </label>
        ))}
      </fieldset>
      {helper === "model" ? (
        <>
          <ModelPicker
            label={say.helperModel}
            models={catalogue.value.filter(({ prices }) => prices.length > 0)}
            value={helperModel}
            set={(id) => change({ helperModel: id })}
            files={say.files}
          />
          <p class="note">{say.helperNote}</p>
        </>
      ) : (
        <>
          <Fields>
            <NumberField
              label={say.kwhTokens}
              value={kwhTokens.value}
              min={1}
              max={1_000_000_000_000}
              set={(value) => {
                kwhTokens.value = value;
              }}
              wrong={say.wrong}
            />
            <MoneyField
              label={say.kwhPrice}
              value={kwhPrice.value}
              set={(value) => {
                kwhPrice.value = value;
              }}
              wrong={say.wrong}
            />
          </Fields>
          <p class="note">{say.kwhNote}</p>
        </>
      )}
    </>
  );
}

function PlanSettings({ reckoned }: { readonly reckoned: Reckoned | undefined }): JSX.Element {
  const { planPrice, isLongDearer, planNeeds, planSource, wrong } = words.value;
  const { plan, isLongDearer: isLong } = setup.value;
  const { onPlan: on, onPlanPlain: plain } = reckoned?.answer ?? {};
  const has = reckoned?.question.plan.requests;
  return (
    <>
      {on?.fits !== undefined && plain && has !== undefined ? (
        <p class={on.fits ? "note" : "agent-short"} data-needs={on.requestsInAll}>
          {planNeeds(on.requestsInAll, plain.requestsInAll, has, on.fits)}
        </p>
      ) : null}
      <Fields>
        <MoneyField label={planPrice} value={plan} set={(value) => change({ plan: value })} wrong={wrong} />
        <Field name="planRequests" />
      </Fields>
      <label class="check">
        <input
          type="checkbox"
          checked={isLong}
          onChange={({ currentTarget }) => change({ isLongDearer: currentTarget.checked })}
        />
        {isLongDearer}
      </label>
      {isLong ? (
        <Fields>
          <Field name="longAbove" />
          <Field name="longCounts" />
        </Fields>
      ) : null}
      <p class="note">{planSource}</p>
    </>
  );
}
