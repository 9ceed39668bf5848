/** The picker: the models of the catalogue, by vendor. */
import type { Model } from "./catalogue.ts";
import { byId, make } from "./elements.ts";

/** Puts the models into the picker and chooses one. */
export function fillPicker(models: readonly Model[], chosen: Model): void {
  const picker = byId("model", HTMLSelectElement);
  for (const [vendor, theirs] of byVendor(models)) {
    const group = make("optgroup", { label: vendor });
    group.append(...theirs.map(({ id, name }) => make("option", { value: id }, name)));
    picker.append(group);
  }
  picker.value = chosen.id;
}

/** Puts a model of a file of the reader's into the picker and chooses it. */
export function chooseFile({ id, name }: Model, label: string): void {
  const picker = byId("model", HTMLSelectElement);
  const group =
    picker.querySelector<HTMLOptGroupElement>("#own-files") ?? make("optgroup", { id: "own-files" });
  group.label = label;
  picker.prepend(group);
  const options = [...group.querySelectorAll("option")];
  if (!options.some(({ value }) => value === id)) group.append(make("option", { value: id }, name));
  picker.value = id;
}

/** Returns what has a vendor by its vendor, in the order in which they come. */
export function byVendor<T extends { readonly vendor: string }>(all: readonly T[]): Map<string, T[]> {
  const groups: Map<string, T[]> = new Map();
  for (const one of all) {
    const group = groups.get(one.vendor);
    if (group) group.push(one);
    else groups.set(one.vendor, [one]);
  }
  return groups;
}
