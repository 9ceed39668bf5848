/** The choice of a model, by vendor; tokenizer files of the reader's own are a group of their own. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { PickedModel } from "../state/catalogue.ts";

interface Props {
  readonly label: string;
  /** Whether the label is seen; it is, if this is left out. */
  readonly isLabelHidden?: boolean;
  readonly models: readonly PickedModel[];
  readonly value: string;
  readonly set: (id: string) => void;
  /** What the group of files is called. */
  readonly files: string;
}

export function ModelPicker({ label, isLabelHidden = false, models, value, set, files }: Props): JSX.Element {
  const id = useId();
  const vendors = Map.groupBy(models, ({ vendor }) => vendor);
  return (
    <div class="field">
      <label for={id} class={isLabelHidden ? "visually-hidden" : undefined}>
        {label}
      </label>
      <select id={id} value={value} onChange={({ currentTarget }) => set(currentTarget.value)}>
        {[...vendors].map(([vendor, list]) => (
          <optgroup key={vendor} label={vendor === "" ? files : vendor}>
            {list.map((model) => (
              <option key={model.id} value={model.id}>
                {model.name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
