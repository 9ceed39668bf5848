/** What the reader may set: the currency of amounts, what is kept for the reply, and the rate of the yuan. */
import type { JSX } from "preact";
import { decimal } from "tokimeter/price";
import type { Decimal } from "../../i18n/format.ts";
import { format } from "../../i18n/full.ts";
import { pickedModel } from "../../state/catalogue.ts";
import { datedRate } from "../../state/rate.ts";
import { ownRate, reserve } from "../../state/settings.ts";
import { CurrencyChoice } from "../../ui/currency-choice.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { keptReserve } from "./room.ts";
import { words } from "./words.ts";

const MILLION = 1_000_000;

export function SettingsPanel(): JSX.Element {
  const say = words.value;
  const { maxOutput } = pickedModel.value;
  const { cnyPerUsd, source } = datedRate;
  const micro = ownRate.value ?? cnyPerUsd;
  const { name, date, dateIs = "published" } = source;
  return (
    <section class="panel settings" aria-labelledby="settings-title">
      <div class="panel-head">
        <h2 id="settings-title">{say.settings}</h2>
        <CurrencyChoice label={say.currency} names={say.currencies} />
      </div>
      <NumberField
        label={say.reserve}
        value={keptReserve(pickedModel.value, reserve.value)}
        set={(value) => {
          reserve.value = value;
        }}
        {...(maxOutput !== undefined && { max: maxOutput })}
        note={maxOutput === undefined ? say.reserveUnlimited : say.reserveHint(maxOutput)}
        wrong={say.reserveWrong}
      />
      <NumberField
        label={say.rate}
        value={micro / MILLION}
        set={(value) => {
          const given = Math.round(value * MILLION);
          ownRate.value = given === cnyPerUsd ? undefined : given;
        }}
        min={0.000001}
        step={0.000001}
        note={
          ownRate.value === undefined
            ? say.rateNote({ name, date, dateIs })
            : say.rateOwn(rateText(cnyPerUsd))
        }
        wrong={() => say.rateWrong(rateText(micro))}
      />
      {ownRate.value === undefined ? null : (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            ownRate.value = undefined;
          }}
        >
          {say.rateReset}
        </button>
      )}
    </section>
  );
}

/** Returns millionths as a rate. */
function rateText(micro: number): string {
  return format.value.rate(decimal(BigInt(micro) * 1_000_000n) as Decimal);
}
