/** A number that the reader sets: a wrong one is said to be wrong, and the last right one goes on to hold. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId } from "preact/hooks";

interface Props {
  readonly label: string;
  readonly value: number;
  readonly set: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  /** The unit of steps; whole numbers, if it is left out. */
  readonly step?: number;
  /** What stands below it: a hint, or, while the input is no such number, what is wrong and what holds. */
  readonly note?: string | undefined;
  readonly wrong: (used: number) => string;
}

export function NumberField({ label, value, set, min = 0, max, step = 1, note, wrong }: Props): JSX.Element {
  const id = useId();
  /** What stands in the field while it is no number that can be used. */
  const draft = useSignal<string | undefined>(undefined);
  const below = draft.value === undefined ? note : wrong(value);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        inputMode={step % 1 === 0 ? "numeric" : "decimal"}
        min={min}
        max={max}
        step={step}
        value={draft.value ?? value}
        aria-invalid={draft.value === undefined ? undefined : true}
        aria-describedby={below === undefined ? undefined : `${id}-note`}
        onInput={({ currentTarget: field }) => {
          const isRight = field.value !== "" && field.validity.valid;
          draft.value = isRight ? undefined : field.value;
          if (isRight) set(field.valueAsNumber);
        }}
        onBlur={({ currentTarget: field }) => {
          // An empty field, or one with letters, has no value to show again.
          draft.value = undefined;
          field.value = String(value);
        }}
      />
      {below === undefined ? null : (
        <p class="note" id={`${id}-note`}>
          {below}
        </p>
      )}
    </div>
  );
}
