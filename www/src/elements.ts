/** Typed look-up of the elements that index.html promises, so that a renamed id fails at the start and by name. */

/** Returns the element with `id`. Throws where it is missing or of another type. */
export function byId<T extends Element>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`index.html has no ${type.name} with id "${id}"`);
  return element;
}

/** Returns the element with `id`, whatever it is. */
export function element(id: string): HTMLElement {
  return byId(id, HTMLElement);
}

/** Sets the text where it differs, so that nothing is repainted for nothing. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** Sets an attribute, or removes it where `value` is `undefined`. */
export function setAttribute(target: Element, name: string, value: string | undefined): void {
  if (value === undefined) target.removeAttribute(name);
  else if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/** Shows a text, or hides the element where there is none. */
export function setNote(target: HTMLElement, text: string | undefined): void {
  target.hidden = text === undefined;
  setText(target, text ?? "");
}

/** Returns a new element that holds `children`. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
