/** A few choices side by side, of which one is taken. */
import type { Signal } from "@preact/signals";
import type { JSX } from "preact";

interface Option<T> {
  readonly value: T;
  readonly text: string;
  /** The language of the text, if it is not that of the page. */
  readonly lang?: string;
}

interface Props<T extends string> {
  readonly label: string;
  readonly options: readonly Option<T>[];
  readonly value: Signal<T>;
}

export function Segmented<T extends string>({ label, options, value }: Props<T>): JSX.Element {
  return (
    <fieldset class="segmented">
      <legend class="visually-hidden">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          lang={option.lang}
          aria-pressed={option.value === value.value}
          onClick={() => {
            value.value = option.value;
          }}
        >
          {option.text}
        </button>
      ))}
    </fieldset>
  );
}
