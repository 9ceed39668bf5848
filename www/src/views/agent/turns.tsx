/** What is in each request: three panels over one axis, a slider that goes from request to request, and the same numbers as tables. */
import { type Signal, signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId, useMemo } from "preact/hooks";
import { format } from "../../i18n/full.ts";
import { Chart } from "../../ui/chart.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { momentOf, moneyOf, shareOf } from "./moments.ts";
import { costPanel, sentPanel, soFarPanel } from "./panels.ts";
import type { Reckoned } from "./reckoner.ts";
import { PARTS, type Row, type Rows } from "./reckoning.ts";
import { words } from "./words.ts";

type Range = "firstDay" | "all";
const range: Signal<Range> = signal("firstDay");

export function Turns({ reckoned }: { readonly reckoned: Reckoned | undefined }): JSX.Element {
  const { chart, ranges, rangeLabel } = words.value;
  const { answer } = reckoned ?? {};
  const names = ranges(answer?.days ?? 1);
  const hasRange = answer !== undefined && answer.days > 1;
  return (
    <section class="sheet agent-turns" aria-labelledby="agent-turns">
      <div class="agent-bar">
        <h2 id="agent-turns">{chart}</h2>
        {hasRange ? (
          <Segmented
            label={rangeLabel}
            options={[
              { value: "firstDay", text: names.firstDay },
              { value: "all", text: names.all },
            ]}
            value={range}
          />
        ) : null}
      </div>
      {reckoned && reckoned.answer.total.turns > 0 ? (
        <Drawn reckoned={reckoned} shown={hasRange ? reckoned.answer[range.value] : reckoned.answer.all} />
      ) : null}
    </section>
  );
}

interface DrawnProps {
  readonly reckoned: Reckoned;
  readonly shown: Rows;
}

function Drawn({ reckoned, shown }: DrawnProps): JSX.Element {
  const { answer, question, savings } = reckoned;
  const { rows } = shown;
  const { currency } = answer;
  const list = question.model.prices.find((price) => price.currency === currency) ?? question.model.prices[0];
  const isByTheHour = list?.offPeak !== undefined;
  const say = words.value;
  const now = format.value;
  const sents = rows.map(({ sent }) => sent);
  /** The row that is looked at; the largest, until one is chosen. */
  const place = useSignal<number | undefined>(undefined);
  const at = Math.min(place.value ?? sents.indexOf(Math.max(...sents)), rows.length - 1);
  const row = rows[at];
  const fresh = savings?.fresh;
  const isFreshShown =
    fresh !== undefined && rows.some(({ conversation, turn }) => conversation === 0 && turn > fresh.index);
  const mark = isFreshShown ? fresh.index + 1 : undefined;
  const draws = useMemo(() => {
    const options = { rows, currency, format: now, words: say, window: question.window, fresh: mark };
    return {
      sent: (width: number) => sentPanel(options, width),
      cost: (width: number) => costPanel(options, width),
      soFar: (width: number) => soFarPanel(options, width),
    };
  }, [rows, currency, now, say, question.window, mark]);
  const last = moneyOf(rows.at(-1)?.soFar, currency);
  const description = say.describe(shown.turns, Math.min(...sents), Math.max(...sents), last);
  const point = (turn: number): void => {
    const nearest = rows.findIndex((each) => each.turn >= turn - 0.5);
    place.value = nearest < 0 ? rows.length - 1 : nearest;
  };
  const shared = { description, cursor: row?.turn, onPoint: point };
  return (
    <>
      <figure class="agent-figure">
        <figcaption>
          <p>{description}</p>
          {isByTheHour ? <p class="note">{say.hours}</p> : null}
          {shown.every > 1 ? <p class="note">{say.sampled(shown.every)}</p> : null}
        </figcaption>
        <Panel title={say.sentPanel}>
          <Chart label={say.sentPanel} draw={draws.sent} {...shared} />
        </Panel>
        {last ? (
          <>
            <Panel title={say.costPanel}>
              <Chart label={say.costPanel} draw={draws.cost} {...shared} />
            </Panel>
            <Panel title={say.soFarPanel}>
              <Chart label={say.soFarPanel} draw={draws.soFar} {...shared} />
            </Panel>
          </>
        ) : null}
        {row ? (
          <Slider
            rows={rows}
            at={at}
            row={row}
            set={(value) => {
              place.value = value;
            }}
          />
        ) : null}
      </figure>
      {row ? <PartsTable reckoned={reckoned} row={row} /> : null}
      <AllTurns rows={rows} reckoned={reckoned} />
    </>
  );
}

function Panel({ title, children }: { title: string; children: JSX.Element }): JSX.Element {
  return (
    <div class="agent-panel">
      <p class="note" aria-hidden="true">
        {title}
      </p>
      {children}
    </div>
  );
}

interface SliderProps {
  readonly rows: readonly Row[];
  readonly at: number;
  readonly row: Row;
  readonly set: (at: number) => void;
}

function Slider({ rows, at, row, set }: SliderProps): JSX.Element {
  const id = useId();
  const { slider, moment } = words.value;
  const said = moment(momentOf(row.turn, row.at), row.kind);
  return (
    <div class="agent-slider">
      <label for={id} class="visually-hidden">
        {slider}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={rows.length - 1}
        value={at}
        aria-valuetext={said}
        onInput={({ currentTarget }) => set(currentTarget.valueAsNumber)}
      />
      <p class="agent-moment figures">{said}</p>
    </div>
  );
}

/** The legend, and the parts of the request that is looked at and of them all. */
function PartsTable({ reckoned, row }: { readonly reckoned: Reckoned; readonly row: Row }): JSX.Element {
  const { answer } = reckoned;
  const { currency, days, total } = answer;
  const { columns, parts, partsOf, count, money, share, unknown, sumRow } = words.value;
  const shown = answer.parts.filter(({ tokens }) => tokens > 0);
  const all = shown.reduce((sum, { tokens }) => sum + tokens, 0);
  const isKnown = total.amount !== undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls on a phone has to be reached by the keyboard
    <section class="scroll" tabIndex={0} aria-label={partsOf}>
      <table class="agent-parts">
        <thead>
          <tr>
            <th scope="col">{columns.part}</th>
            <th scope="col" class="number">
              {columns.thisTurn}
            </th>
            <th scope="col" class="number">
              {columns.tokens(days)}
            </th>
            <th scope="col" class="number">
              {columns.money(days)}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.toReversed().map(({ part, tokens, amount }) => (
            <tr key={part} data-part={part}>
              <th scope="row">
                <span class={`swatch part-${part}`} />
                {parts[part]}
              </th>
              <td class="number">{count(row.tokens[part])}</td>
              <td class="number">
                {count(tokens)} <span class="agent-share">{share(shareOf(tokens, all))}</span>
              </td>
              <td class="number">
                {isKnown ? money({ amount, currency }) : unknown}{" "}
                {isKnown ? <span class="agent-share">{share(shareOf(amount, total.amount))}</span> : null}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{sumRow}</th>
            <td class="number">{count(row.sent + row.tokens.output)}</td>
            <td class="number">{count(all)}</td>
            <td class="number">{isKnown ? money({ amount: total.amount, currency }) : unknown}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

/** Every row of the chart, made when it is asked for. */
function AllTurns({
  rows,
  reckoned,
}: {
  readonly rows: readonly Row[];
  readonly reckoned: Reckoned;
}): JSX.Element {
  const isOpen = useSignal(false);
  const { table, tableOf, columns, parts, kinds, count, time, unknown } = words.value;
  const { currency } = reckoned.answer;
  const shown = PARTS.filter((part) => rows.some(({ tokens }) => tokens[part] > 0));
  const cost = (amount: bigint | undefined): string =>
    amount === undefined ? unknown : format.value.cost(amount, currency);
  return (
    <details
      class="agent-table"
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>{table}</summary>
      {isOpen.value ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        <section class="scroll agent-scroll" tabIndex={0} aria-label={tableOf}>
          <table>
            <thead>
              <tr>
                <th scope="col" class="number">
                  {columns.turn}
                </th>
                <th scope="col">{columns.time}</th>
                <th scope="col">{columns.kind}</th>
                {shown.map((part) => (
                  <th key={part} scope="col" class="number">
                    {parts[part]}
                  </th>
                ))}
                <th scope="col" class="number">
                  {columns.cost}
                </th>
                <th scope="col" class="number">
                  {columns.soFar}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.turn}>
                  <th scope="row" class="number">
                    {count(row.turn)}
                  </th>
                  <td>{time(momentOf(row.turn, row.at))}</td>
                  <td>{kinds[row.kind]}</td>
                  {shown.map((part) => (
                    <td key={part} class="number">
                      {count(row.tokens[part])}
                    </td>
                  ))}
                  <td class="number">{cost(row.amount)}</td>
                  <td class="number">{cost(row.soFar)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </details>
  );
}
