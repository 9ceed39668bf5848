/** What the reader sets: the wage and the time for the work, or what is kept for a model's answer; and where its prices come from. */
import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { VISIT } from "tokimeter/labor";
import { reserve } from "../../state/settings.ts";
import { NumberField } from "../../ui/number-field.tsx";
import { type Fare, reserved, scale, wages } from "./fare.ts";
import { words } from "./fare-settings-words.ts";
import { words as visitWords } from "./words.ts";
import "./fare-settings.css";

export function FareSettings({ fare }: { readonly fare: ReadonlySignal<Fare> }): JSX.Element {
  const w = words.value;
  const { visit, currency, source } = fare.value;
  const isReal = scale.value === "window";
  return (
    <>
      <details class="fare-settings">
        <summary>{w.settings(isReal)}</summary>
        <div>
          {isReal ? (
            <NumberField
              label={w.reserve}
              value={reserve.value}
              set={(value) => {
                reserve.value = value;
              }}
              max={visit?.window ?? Number.MAX_SAFE_INTEGER}
              wrong={w.wrong}
            />
          ) : (
            <>
              <NumberField
                label={visitWords.value.fare.reserved}
                value={reserved.value}
                set={(value) => {
                  reserved.value = value;
                }}
                max={VISIT}
                note={w.reservedNote}
                wrong={w.wrong}
              />
              <NumberField
                label={w.wage(currency)}
                value={wages[currency].value}
                set={(value) => {
                  wages[currency].value = value;
                }}
                max={100_000}
                note={w.wageNote}
                wrong={w.wrong}
              />
            </>
          )}
        </div>
      </details>
      {source ? <p class="fare-source">{w.source(source)}</p> : null}
    </>
  );
}
