/** An amount that the reader sets, in the currency that is chosen; what was set in the other one stays what it was. */
import type { JSX } from "preact";
import type { Currency } from "tokimeter/models";
import { decimal } from "tokimeter/price";
import { inCurrency, type Stated } from "../state/current.ts";
import { currency } from "../state/settings.ts";
import { NumberField } from "./number-field.tsx";

interface Props {
  readonly label: (currency: Currency) => string;
  readonly value: Stated;
  readonly set: (value: Stated) => void;
  readonly note?: string | undefined;
  readonly wrong: (used: number) => string;
}

/** Decimals that the field has. */
const PLACES = 4;

export function MoneyField({ label, value, set, note, wrong }: Props): JSX.Element {
  const shown = Number(Number(decimal(inCurrency(value))).toFixed(PLACES));
  return (
    <NumberField
      label={label(currency.value)}
      value={shown}
      max={1_000_000}
      step={10 ** -PLACES}
      set={(entered) =>
        set({
          amount: BigInt(Math.round(entered * 10 ** PLACES)) * 10n ** BigInt(12 - PLACES),
          currency: currency.peek(),
        })
      }
      note={note}
      wrong={wrong}
    />
  );
}
