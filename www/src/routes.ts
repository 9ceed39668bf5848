/**
 * The views, and the address of each: `#/playground`. The fragment never leaves the browser, so what a share link carries in it does not
 * either, and the site needs nothing of its server. What follows `?` in it is the view's own.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";

export const VIEWS = ["visit", "playground", "sayings", "agent", "value", "files"] as const;
export type ViewName = (typeof VIEWS)[number];

const hash = signal(location.hash);
addEventListener("hashchange", () => {
  hash.value = location.hash;
});

/** The view that the address names; the first one, if it names none. */
export const view: ReadonlySignal<ViewName> = computed(() => {
  const name = hash.value.slice("#/".length).split("?", 1)[0];
  return VIEWS.find((each) => each === name) ?? "visit";
});

/** What the address has for the view. */
export const parameters: ReadonlySignal<URLSearchParams> = computed(
  () => new URLSearchParams(hash.value.split("?", 2)[1] ?? ""),
);

/** Returns whether the address is a share link. */
export function isLink(): boolean {
  return ["model", "currency", "text"].some((name) => parameters.peek().has(name));
}

/** Returns the address of a view. */
export function addressOf(view: ViewName): string {
  return view === "visit" ? "#/" : `#/${view}`;
}
