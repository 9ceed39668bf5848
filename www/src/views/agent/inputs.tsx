/** What the reader sets of the agent: fields in groups, each with its unit. */
import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import type { Counted } from "../../text/counted.ts";
import { NumberField } from "../../ui/number-field.tsx";
import { type Compaction, change, isOwnText, type Numbers, setup } from "./setup.ts";
import { words } from "./words.ts";

/** What a field takes at most: tokens, and what is not tokens. */
const MOST_TOKENS = 10_000_000;
const LIMITS: Readonly<Partial<Record<keyof Numbers, readonly [min: number, max: number]>>> = {
  turns: [0, 5000],
  days: [1, 365],
  every: [1, 1440],
  compactTurns: [1, 10_000],
  planRequests: [0, 10_000_000],
  longCounts: [1, 100],
  ahead: [1, 50],
};

interface FieldProps {
  readonly name: keyof Numbers;
  readonly limits?: readonly [min: number, max: number];
}

/** A number of the setup. */
export function Field({ name, limits }: FieldProps): JSX.Element {
  const { fields, wrong } = words.value;
  const [min, max] = limits ?? LIMITS[name] ?? [0, MOST_TOKENS];
  return (
    <div class="agent-field" data-field={name}>
      <NumberField
        label={fields[name]}
        value={setup.value[name]}
        set={(value) => change({ [name]: value })}
        min={min}
        max={max}
        wrong={wrong}
      />
    </div>
  );
}

interface Props {
  readonly own: Counted | undefined;
  readonly configuration: ReadonlySignal<number>;
}

export function Inputs({ own, configuration }: Props): JSX.Element {
  const { inputs, assumption, assumptions, groups, hasHeartbeat, heartbeatNote, summaryNote } = words.value;
  const { from, to, hasHeartbeat: beats, compaction } = setup.value;
  return (
    <section class="sheet agent-inputs" aria-labelledby="agent-inputs">
      <h2 id="agent-inputs">
        {inputs} <span class="chip">{assumption}</span>
      </h2>
      <p class="note">{assumptions}</p>
      <Group title={groups.each}>
        {isOwnText.value ? <OwnCount configuration={configuration} /> : <Field name="configuration" />}
        <OwnText own={own} />
        <Field name="skills" />
        <Field name="knowledge" />
      </Group>
      <Group title={groups.day}>
        <Field name="turns" />
        <Field name="message" />
        <Field name="toolResults" />
        <Field name="output" />
        <div class="agent-pair">
          <Field name="from" limits={[0, to - 1]} />
          <Field name="to" limits={[from + 1, 24]} />
          <Field name="days" />
        </div>
      </Group>
      <Group title={groups.heartbeat}>
        <label class="check">
          <input
            type="checkbox"
            checked={beats}
            onChange={({ currentTarget }) => change({ hasHeartbeat: currentTarget.checked })}
          />
          {hasHeartbeat}
        </label>
        {beats ? (
          <>
            <Field name="every" />
            <Field name="beatMessage" />
            <Field name="beatOutput" />
            <p class="note">{heartbeatNote}</p>
          </>
        ) : null}
      </Group>
      <Group title={groups.long}>
        <CompactionChoice />
        {compaction === "above" ? <Field name="compactAbove" /> : null}
        {compaction === "turns" ? <Field name="compactTurns" /> : null}
        {compaction === "never" ? null : (
          <>
            <Field name="summary" />
            <p class="note">{summaryNote}</p>
          </>
        )}
      </Group>
    </section>
  );
}

function Group({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <fieldset class="agent-group">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

/** The configuration as it was counted. */
function OwnCount({ configuration }: { readonly configuration: ReadonlySignal<number> }): JSX.Element {
  const { fields, count } = words.value;
  return (
    <p class="agent-own">
      <span>{fields.configuration}</span>
      <output class="figures" data-own={configuration.value}>
        {count(configuration.value)}
      </output>
    </p>
  );
}

function OwnText({ own }: { readonly own: Counted | undefined }): JSX.Element {
  const { ownText, ownTextEmpty, ownTextWaiting } = words.value;
  if (own === undefined) return <p class="note">{ownTextEmpty}</p>;
  const count = own.count.value;
  const isCounted = count.kind === "counted";
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={isOwnText.value}
        disabled={!isCounted}
        onChange={({ currentTarget }) => {
          isOwnText.value = currentTarget.checked;
        }}
      />
      {isCounted ? ownText(count.tokens, count.basis === "exact") : ownTextWaiting}
    </label>
  );
}

const COMPACTIONS: readonly Compaction[] = ["never", "above", "turns"];

function CompactionChoice(): JSX.Element {
  const id = useId();
  const { compactions, compactionLabel } = words.value;
  return (
    <div class="field">
      <label for={id}>{compactionLabel}</label>
      <select
        id={id}
        value={setup.value.compaction}
        onChange={({ currentTarget }) => {
          const compaction = COMPACTIONS.find((each) => each === currentTarget.value);
          if (compaction) change({ compaction });
        }}
      >
        {COMPACTIONS.map((each) => (
          <option key={each} value={each}>
            {compactions[each]}
          </option>
        ))}
      </select>
    </div>
  );
}
