/** The first view: a call with a cleaner, who charges by the minute. One types, and sees what a token is. */
import { computed } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { release } from "../../state/text.ts";
import { Later } from "../../ui/later.tsx";
import { Call } from "./call.tsx";
import { tariff } from "./fare.ts";
import { FareBox } from "./fare-box.tsx";
import { VisitState } from "./state.ts";
import { Tiles } from "./tiles.tsx";
import { words } from "./words.ts";
import "./visit.css";

const credential = async () => (await import("./credential.tsx")).Credential;
const sentences = async () => (await import("./sentences.tsx")).Sentences;
const pictures = async () => (await import("./pictures.tsx")).Pictures;

export function Visit(): JSX.Element {
  const [state] = useState(() => new VisitState());
  const [fare] = useState(() => computed(() => tariff.value.fare(state.talk.value)));
  useEffect(
    () => () => {
      release();
      state.dispose();
    },
    [state],
  );
  const { title, lead } = words.value;
  return (
    <div class="visit">
      <div class="visit-intro">
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
      </div>
      <FareBox state={state} fare={fare} />
      <Later load={credential} props={{ state }} />
      <div class="visit-sides">
        <Call state={state} fare={fare} />
        <Tiles state={state} fare={fare} />
        <Later load={sentences} props={{ state }} />
        <Later load={pictures} props={{ fare }} />
      </div>
    </div>
  );
}
