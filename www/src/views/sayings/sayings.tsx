/**
 * Sayings about tokens, checked on the reader's own text: what each says, what the text says, and why people disagree. Then what
 * surprises, and the other kind of token.
 */
import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { announceState } from "../../ui/announcer.ts";
import { SAYINGS } from "./claims.ts";
import { Measurements } from "./measurements.ts";
import { OtherToken } from "./other-token.tsx";
import { Others } from "./others.tsx";
import { SayingCard } from "./saying-card.tsx";
import { Surprises } from "./surprises.tsx";
import { TextBox } from "./text-box.tsx";
import { chosenEncoding } from "./tokenizers.ts";
import { Why } from "./why.tsx";
import { words } from "./words.ts";
import "./sayings.css";

export function Sayings(): JSX.Element {
  const measurements = useMemo(() => new Measurements(), []);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => () => measurements.dispose(), [measurements]);
  useSignalEffect(() => announceVerdicts(measurements));
  const { title, lead, sayings } = words.value;
  return (
    <div class="sayings">
      <header class="sayings-head">
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
      </header>
      <TextBox measurements={measurements} field={field} />
      <section class="sayings-part" aria-labelledby="sayings-list-title">
        <h2 id="sayings-list-title">{sayings.title}</h2>
        <Others />
        <div class="sayings-cards">
          {SAYINGS.map((saying) => (
            <SayingCard key={saying.name} saying={saying} measurements={measurements} />
          ))}
        </div>
        <p class="note">{sayings.rule}</p>
      </section>
      <Why measurements={measurements} />
      <Surprises />
      <OtherToken
        text={measurements.text.value}
        put={(token) => {
          const text = measurements.text.peek();
          measurements.edit(text === "" ? token : `${text}\n\n${token}`);
          field.current?.focus();
        }}
      />
    </div>
  );
}

/** Says how many sayings hold, when that changed. */
function announceVerdicts(measurements: Measurements): void {
  const verdicts = SAYINGS.map((saying) => measurements.measure(saying, chosenEncoding.value)?.verdict);
  const holding = verdicts.filter((verdict) => verdict === "holds" || verdict === "roughly").length;
  const known = verdicts.filter((verdict) => verdict !== undefined && verdict !== "open").length;
  if (known === 0) return;
  announceState("sayings", `${holding} ${known}`, () => words.peek().sayings.spoken(holding, known));
}
