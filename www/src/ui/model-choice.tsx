/** The choice of the model that holds for the whole site. It brings the book of models. */
import type { JSX } from "preact";
import { catalogue, pickedModel } from "../state/catalogue.ts";
import { model } from "../state/settings.ts";
import { ModelPicker } from "./model-picker.tsx";

interface Props {
  readonly label: string;
  /** Whether the label is for those only who do not see the page; it is not, if this is left out. */
  readonly isLabelHidden?: boolean;
  /** What the group of the reader's own files is called. */
  readonly files: string;
}

export function ModelChoice({ label, isLabelHidden = false, files }: Props): JSX.Element {
  return (
    <ModelPicker
      label={label}
      isLabelHidden={isLabelHidden}
      models={catalogue.value}
      value={pickedModel.value.id}
      set={(id) => {
        model.value = id;
      }}
      files={files}
    />
  );
}
