/** A dial of four hours: talk, free minutes, and those that are kept for the work. */
import type { JSX } from "preact";
import { clock, type Visit } from "tokimeter/labor";
import { format } from "../../i18n/index.ts";

const RADIUS = 42;

export function Dial({ visit, isReal }: { visit: Visit | undefined; isReal: boolean }): JSX.Element {
  const { told = 0, kept = 0, free = 0, window = 1 } = visit ?? {};
  const used = told / Math.max(1, told + free);
  return (
    <svg class="dial" viewBox="0 0 100 100" aria-hidden="true">
      <circle class="dial-back" cx="50" cy="50" r={RADIUS} pathLength={window} />
      <Arc kind="talk" from={0} length={told} of={window} />
      <Arc kind="kept" from={window - kept} length={kept} of={window} />
      {Array.from({ length: 24 }, (_, tick) => (
        <line
          key={tick}
          class={tick % 6 === 0 ? "dial-hour" : "dial-tick"}
          x1="50"
          x2="50"
          y1={tick % 6 === 0 ? 15.5 : 17.5}
          y2="20"
          transform={`rotate(${tick * 15} 50 50)`}
        />
      ))}
      <text x="50" y="49">
        {isReal ? format.value.share(used) : clock(told)}
      </text>
      <text class="dial-of" x="50" y="64">
        {isReal ? "" : `/ ${clock(window)}`}
      </text>
    </svg>
  );
}

interface ArcProps {
  readonly kind: "talk" | "kept";
  readonly from: number;
  readonly length: number;
  readonly of: number;
}

function Arc({ kind, from, length, of }: ArcProps): JSX.Element {
  return (
    <circle
      class={`dial-${kind}`}
      cx="50"
      cy="50"
      r={RADIUS}
      pathLength={of}
      stroke-dasharray={`${length} ${of}`}
      stroke-dashoffset={-from}
    />
  );
}
