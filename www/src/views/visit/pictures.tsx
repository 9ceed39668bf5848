/** The same numbers in other pictures: bricks, petrol, coal, containers, bullets. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { JSX } from "preact";
import type { Fare } from "./fare.ts";
import { words } from "./picture-words.ts";
import "./pictures.css";

const PICTURES = ["bricks", "petrol", "coal", "container", "bullets"] as const;
export type Picture = (typeof PICTURES)[number];

const chosen: Signal<Picture> = signal("bricks");

/** Drawn on a grid of 48. */
const DRAWINGS: Readonly<Record<Picture, JSX.Element>> = {
  bricks: (
    <>
      <path d="M4 38h40M4 28h40M4 18h40M4 18v20M44 18v20M17 28v10M31 28v10M24 18v10" />
      <path d="M10 18v-6h8v6M28 18v-6h8v6" />
    </>
  ),
  petrol: (
    <>
      <path d="M9 42V10a3 3 0 0 1 3-3h13a3 3 0 0 1 3 3v32M6 42h25M13 12h11v9H13z" />
      <path d="M28 24h3a3 3 0 0 1 3 3v8a3.5 3.5 0 0 0 7 0V18l-6-6M37 14v5a2 2 0 0 0 4 0" />
    </>
  ),
  coal: (
    <>
      <path d="M5 40l5-11 8-4 6 5 7-8 8 5 4 13z" />
      <path d="M18 25l3 8-5 7M31 22l-2 9 6 9M10 29l6 4" />
      <path d="M22 15c-3-3 2-5 0-9M30 14c-2-2 1-4 0-6" />
    </>
  ),
  container: (
    <>
      <path d="M4 14h40v20H4zM4 34v4M44 34v4" />
      <path d="M11 18v12M18 18v12M25 18v12M32 14v20M38 18v12" />
    </>
  ),
  bullets: (
    <>
      <path d="M8 40V20c0-6 2-10 4-12 2 2 4 6 4 12v20zM20 40V20c0-6 2-10 4-12 2 2 4 6 4 12v20zM32 40V20c0-6 2-10 4-12 2 2 4 6 4 12v20z" />
      <path d="M8 24h8M20 24h8M32 24h8M6 35h36" />
    </>
  ),
};

export function Pictures({ fare }: { readonly fare: ReadonlySignal<Fare> }): JSX.Element {
  const w = words.value;
  const { visit } = fare.value;
  const picture = chosen.value;
  return (
    <section class="pictures sheet" aria-labelledby="pictures-title">
      <h2 id="pictures-title">{w.title}</h2>
      <fieldset class="picture-choice" aria-label={w.choose}>
        {PICTURES.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === picture}
            onClick={() => {
              chosen.value = each;
            }}
          >
            <Drawing picture={each} />
            {w.names[each]}
          </button>
        ))}
      </fieldset>
      <p class="picture-story">{visit ? w.stories[picture](visit) : w.waiting}</p>
      <p class="note">{w.lessons[picture]}</p>
    </section>
  );
}

function Drawing({ picture }: { picture: Picture }): JSX.Element {
  return (
    <svg class="drawing" viewBox="0 0 48 48" aria-hidden="true">
      {DRAWINGS[picture]}
    </svg>
  );
}
