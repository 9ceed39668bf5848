/** The answers, big and first: a day, the whole, the heartbeat's share; and in a sentence each, what one sees. */
import type { JSX } from "preact";
import { pickedModel } from "../../state/catalogue.ts";
import { momentOf, moneyOf, shareOf } from "./moments.ts";
import type { Reckoned } from "./reckoner.ts";
import { type Answer, MOST_TURNS } from "./reckoning.ts";
import { change } from "./setup.ts";
import { type Money, words } from "./words.ts";

export function Answers({ reckoned }: { readonly reckoned: Reckoned | undefined }): JSX.Element {
  return (
    <section class="sheet agent-answers" aria-labelledby="agent-answers">
      <h2 id="agent-answers">{words.value.answers}</h2>
      {reckoned ? <Known reckoned={reckoned} /> : <p class="note">{words.value.waiting}</p>}
    </section>
  );
}

function Known({ reckoned }: { readonly reckoned: Reckoned }): JSX.Element {
  const { answer, question } = reckoned;
  const { days, currency, kinds, total } = answer;
  const { firstDay, inDays, heartbeatShare, noHeartbeat, heartbeats, perDay, share, unknown } = words.value;
  const beats = kinds.heartbeat;
  const beatMoney = moneyOf(beats.amount, currency);
  if (total.turns === 0) return <p>{words.value.nothing}</p>;
  const part =
    beats.amount === undefined || total.amount === undefined
      ? undefined
      : shareOf(beats.amount, total.amount);
  return (
    <>
      <dl class="agent-figures">
        <Figure name={firstDay} money={moneyOf(answer.firstCost, currency)} id="first" />
        <Figure
          name={inDays(days)}
          money={moneyOf(answer.cost, currency)}
          note={perDay(days, total.turns)}
          id="all"
        />
        <div>
          <dt>{heartbeatShare}</dt>
          <dd data-figure="heartbeat">
            {beats.turns === 0 ? "—" : part === undefined ? unknown : share(part)}
            <span class="note">{beats.turns === 0 ? noHeartbeat : heartbeats(beats.turns, beatMoney)}</span>
          </dd>
        </div>
      </dl>
      <Sees answer={answer} />
      {question.on.plan ? <p class="note">{words.value.onPlanNow}</p> : null}
      <Warnings reckoned={reckoned} />
    </>
  );
}

interface FigureProps {
  readonly id: string;
  readonly name: string;
  readonly money: Money | undefined;
  readonly note?: string;
}

function Figure({ id, name, money, note }: FigureProps): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-figure={id} data-amount={money?.amount.toString()}>
        {money ? words.value.money(money) : words.value.unknown}
        {note === undefined ? null : <span class="note">{note}</span>}
      </dd>
    </div>
  );
}

/** A day that costs this many times the first is worth a sentence. */
const GROWTH = 1.2;

function Sees({ answer }: { readonly answer: Answer }): JSX.Element {
  const { resent, grows, restarts, steady } = words.value.sees;
  const { parts, days, first, last, conversations, currency } = answer;
  const tokens = (...names: readonly string[]): number =>
    parts.reduce((sum, { part, tokens }) => (names.includes(part) ? sum + tokens : sum), 0);
  const output = tokens("output");
  const sent = parts.reduce((sum, { tokens }) => sum + tokens, 0) - output;
  const again = tokens("configuration", "skills", "knowledge", "history");
  const isDearer =
    first?.amount !== undefined && last?.amount !== undefined && shareOf(last.amount, first.amount) > GROWTH;
  const lastDay = moneyOf(last?.amount, currency);
  return (
    <ul class="agent-sees">
      <li>{resent(sent, days, shareOf(again, sent), shareOf(tokens("message"), sent))}</li>
      {isDearer && lastDay && days > 1 ? <li>{grows(lastDay, days)}</li> : null}
      {days > 1 && !isDearer ? <li>{steady}</li> : null}
      {conversations > 1 ? <li>{restarts(conversations)}</li> : null}
    </ul>
  );
}

/** Of the window, where a new conversation is begun if the reader asks for it. */
const FULL = 0.8;

function Warnings({ reckoned: { answer, question } }: { readonly reckoned: Reckoned }): JSX.Element {
  const { over, overMend, limited, unknownPrice } = words.value;
  const { window = 0, day } = question;
  const above = Math.floor(window * FULL);
  return (
    <>
      {answer.over ? (
        <div class="agent-warning" data-over={answer.over.turn}>
          <p>{over(momentOf(answer.over.turn, answer.over.at), answer.over.turns, window)}</p>
          <button
            type="button"
            class="quiet"
            onClick={() => change({ compaction: "above", compactAbove: above })}
          >
            {overMend(above)}
          </button>
        </div>
      ) : null}
      {answer.days < day.days ? (
        <p class="agent-warning" data-limited={answer.days}>
          {limited(MOST_TURNS, answer.days, day.days)}
        </p>
      ) : null}
      {answer.total.amount === undefined ? (
        <p class="agent-warning">{unknownPrice(pickedModel.value.name)}</p>
      ) : null}
    </>
  );
}
