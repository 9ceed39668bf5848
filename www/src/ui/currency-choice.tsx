/** The choice between yuan and dollars, which holds for the whole site. */
import type { JSX } from "preact";
import type { Currency } from "tokimeter/models";
import { currency } from "../state/settings.ts";
import { Segmented } from "./segmented.tsx";

interface Props {
  readonly label: string;
  readonly names: Readonly<Record<Currency, string>>;
}

export function CurrencyChoice({ label, names }: Props): JSX.Element {
  return (
    <Segmented
      label={label}
      options={[
        { value: "CNY", text: names.CNY },
        { value: "USD", text: names.USD },
      ]}
      value={currency}
    />
  );
}
