/** The taximeter: a dial of the visit, minutes of talk and work, what is left, the bill; and what striking the chatter gives back. */
import { type ReadonlySignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { VISIT } from "tokimeter/labor";
import { format } from "../../i18n/index.ts";
import { announce, announceState } from "../../ui/announcer.ts";
import { CurrencyChoice } from "../../ui/currency-choice.tsx";
import { Later } from "../../ui/later.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { Dial } from "./dial.tsx";
import { type Fare, reserved, scale, tariff } from "./fare.ts";
import { ModelChoice } from "./model-choice.tsx";
import type { VisitState, Weighing } from "./state.ts";
import { words } from "./words.ts";
import "./fare.css";

interface Props {
  readonly state: VisitState;
  readonly fare: ReadonlySignal<Fare>;
}

const settings = async () => (await import("./fare-settings.tsx")).FareSettings;

export function FareBox({ state, fare }: Props): JSX.Element {
  const { fare: w } = words.value;
  const { visit, talk, work, total, currency: unit } = fare.value;
  const isReal = scale.value === "window";
  const amount = (value: bigint | undefined): string => {
    if (value === undefined) return w.unknown;
    return isReal ? format.value.cost(value, unit) : format.value.money(value, unit);
  };
  useSignalEffect(() => {
    const outside = fare.value.visit?.outside ?? 0;
    announceState("visit", outside > 0 ? "outside" : "", () => words.peek().fare.say(outside, isReal));
  });
  return (
    <section class="fare" aria-labelledby="fare-title">
      <h2 id="fare-title" class="visually-hidden">
        {w.title}
      </h2>
      <div class="fare-choices">
        <Segmented
          label={w.scale}
          value={scale}
          options={[
            { value: "visit", text: w.scaleVisit },
            { value: "window", text: w.scaleWindow },
          ]}
        />
        <ModelChoice state={state} />
        <CurrencyChoice label={w.currency} names={{ CNY: "¥", USD: "$" }} />
      </div>
      <div class="fare-main">
        <Dial visit={visit} isReal={isReal} />
        <dl class="fare-readouts">
          <div class="fare-talk">
            <dt>{w.talk(isReal)}</dt>
            <dd class="figures" data-value={state.talk.value}>
              <Talk state={state} isReal={isReal} />
            </dd>
            <dd class="fare-amount figures">{amount(talk)}</dd>
          </div>
          <div class="fare-work">
            <dt>{w.work(isReal)}</dt>
            <dd class="figures">{visit ? w.units(visit.kept, isReal) : "…"}</dd>
            <dd class="fare-amount figures">{amount(work)}</dd>
            {isReal ? null : (
              <dd>
                <input
                  type="range"
                  aria-label={w.reserved}
                  min={0}
                  max={VISIT}
                  step={10}
                  value={reserved.value}
                  onInput={({ currentTarget }) => {
                    reserved.value = currentTarget.valueAsNumber;
                  }}
                />
              </dd>
            )}
          </div>
          <div class="fare-left" data-over={(visit?.outside ?? 0) > 0}>
            <dt>{visit && visit.outside > 0 ? w.outside : w.left}</dt>
            <dd class="figures">{visit ? w.units(visit.outside || visit.free, isReal) : w.unknown}</dd>
          </div>
          <div class="fare-bill">
            <dt>{w.bill}</dt>
            <dd class="figures" data-value={total}>
              {amount(total)}
            </dd>
          </div>
        </dl>
      </div>
      <Saving state={state} amount={amount} />
      <Later load={settings} props={{ fare }} />
    </section>
  );
}

/** The minutes of the talk; an estimate says that it is one. */
function Talk({ state, isReal }: { state: VisitState; isReal: boolean }): JSX.Element {
  const { fare: w } = words.value;
  const count = state.counted.count.value;
  if (count.kind === "counted") {
    const { tokens, low, high } = count;
    if (low === high) return <>{w.units(tokens, isReal)}</>;
    return <abbr title={w.range(low, high)}>{w.about(tokens, isReal)}</abbr>;
  }
  return <>{count.kind === "counting" ? w.soFar(count.tokens, isReal) : "…"}</>;
}

/** The chatter and what it costs, or what has come back. */
function Saving({
  state,
  amount,
}: {
  state: VisitState;
  amount: (value: bigint | undefined) => string;
}): JSX.Element {
  const { fare: w } = words.value;
  const box = useRef<HTMLDivElement>(null);
  /** The button that was pressed goes; the one that undoes it is where a keyboard goes on, and what came back is said. */
  const change = (make: () => void): void => {
    make();
    requestAnimationFrame(() => {
      const [answer] = box.current?.getElementsByTagName("p") ?? [];
      announce(answer?.firstChild?.textContent ?? "");
      box.current?.querySelector("button")?.focus({ preventScroll: true });
    });
  };
  const [struck, chatter] = [state.struckWeighed.value, state.chatterWeighed.value];
  const isReal = scale.value === "window";
  const back = ({ before, after }: Weighing): [minutes: number, amount: string] => [
    before - after,
    amount(tariff.value.back(before, after)),
  ];
  return (
    <div class="fare-saving" ref={box}>
      {struck === undefined ? null : (
        <p>
          <b>{w.cameBack(...back(struck), isReal)}</b>
          <button type="button" class="on-glass" onClick={() => change(() => state.restore())}>
            {w.restore}
          </button>
        </p>
      )}
      {chatter === undefined || chatter.before <= chatter.after ? null : (
        <p>
          {w.chatter(...back(chatter), isReal)}
          <button type="button" class="on-glass accent" onClick={() => change(() => state.strikeChatter())}>
            {w.strike}
          </button>
        </p>
      )}
    </div>
  );
}
