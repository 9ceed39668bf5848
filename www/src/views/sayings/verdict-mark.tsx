/** The sign of a verdict: a tick, a wave, a cross, a question mark. What it says stands in words beside it. */
import type { JSX } from "preact";
import type { Verdict } from "./claims.ts";

const PATHS: Readonly<Record<Verdict, string>> = {
  holds: "M4 10.5l4 4 8-9",
  roughly: "M3 9c2.5-3 4.5-3 7 0s4.5 3 7 0M3 14.5c2.5-3 4.5-3 7 0s4.5 3 7 0",
  fails: "M5 5l10 10M15 5L5 15",
  open: "M7 7.2a3 3 0 1 1 4.6 2.5c-1.1.7-1.6 1.2-1.6 2.6M10 15.6v.2",
};

export function VerdictMark({ verdict }: { readonly verdict: Verdict }): JSX.Element {
  return (
    <svg class={`verdict verdict-${verdict}`} viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
      <path
        d={PATHS[verdict]}
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
