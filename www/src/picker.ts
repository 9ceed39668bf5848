/** The picker: the models of data/models.toml, and the encodings that none of them uses, by vendor. */
import { encodingInfo, encodings } from "tokimeter";
import type { Catalogue, Model } from "./catalogue.ts";
import { byId, make } from "./elements.ts";

/** Returns the catalogue with a model for each encoding that no model in it uses. */
export function withFamilies(catalogue: Catalogue): Catalogue {
  const used = new Set(catalogue.models.map(({ encoding }) => encoding));
  const families = encodings
    .filter((name) => !used.has(name))
    .map((name): Model => {
      const { title, vendor } = encodingInfo(name);
      return { id: name, name: title, vendor, encoding: name, isFamily: true };
    });
  return { ...catalogue, models: [...catalogue.models, ...families] };
}

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
