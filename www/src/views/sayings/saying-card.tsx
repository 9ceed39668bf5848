/** One saying: what it says, what the reader's text says, and how it fares in each tokenizer. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { format } from "../../i18n/full.ts";
import { type Measure, SAYINGS, type Saying, type Verdict } from "./claims.ts";
import type { Measurements, Result } from "./measurements.ts";
import { chosenRow, otherRows, type Row } from "./tokenizers.ts";
import { VerdictMark } from "./verdict-mark.tsx";
import { words } from "./words.ts";
import "./saying-card.css";

interface Props {
  readonly saying: Saying;
  readonly measurements: Measurements;
}

/** What each tokenizer makes of a saying. */
interface Line {
  readonly row: Row;
  readonly result: Result | undefined;
}

export function SayingCard({ saying, measurements }: Props): JSX.Element {
  const id = useId();
  const say = words.value.sayings;
  const result = measurements.measure(saying, chosenRow.value.encoding);
  return (
    <article class="sheet saying" aria-labelledby={id} data-saying={saying.name}>
      <h3 id={id}>
        <span class="note saying-said">{say.said}</span> {say.quotes[saying.name]}
      </h3>
      {result ? (
        <>
          <Answer saying={saying} result={result} measurements={measurements} />
          <Chart saying={saying} measurements={measurements} />
        </>
      ) : (
        <p class="saying-none">{whyNot(saying, measurements)}</p>
      )}
    </article>
  );
}

function whyNot(saying: Saying, measurements: Measurements): string {
  const say = words.value.sayings;
  const { units, isEnough } = measurements.parts[saying.part].value;
  if (measurements.text.value === "") return say.empty;
  return isEnough || units === undefined ? say.counting : say.tooLittle[saying.part](units);
}

interface AnswerProps extends Props {
  readonly result: Result;
}

function Answer({ saying, result, measurements }: AnswerProps): JSX.Element {
  const say = words.value.sayings;
  const { low, high, basis, verdict, deviation } = result;
  const isWithin = saying.low < saying.high && deviation === 0;
  return (
    <div class="saying-answer">
      <p class="saying-verdict" data-verdict={verdict}>
        <VerdictMark verdict={verdict} />
        <strong>{say.verdicts[verdict]}</strong>
        <span class="figures">{isWithin ? say.within : say.deviation(deviation)}</span>
      </p>
      <p>
        {say.yours[saying.measure](result)}{" "}
        {basis === "estimated" ? say.range(shown(saying.measure, low), shown(saying.measure, high)) : null}
      </p>
      <Aside saying={saying} result={result} measurements={measurements} />
    </div>
  );
}

/** What else the figure is said of. */
function Aside({ saying: { name }, result, measurements }: AnswerProps): JSX.Element | null {
  const say = words.value.sayings;
  if (name === "1.6") return <p class="note">{say.turned(format.value.ratio(1 / result.value))}</p>;
  if (name !== "1.35") return null;
  const [perToken] = SAYINGS;
  const words_ = perToken && measurements.measure(perToken, chosenRow.value.encoding);
  return (
    <p class="note">{words_ ? say.perWord(format.value.ratio(words_.tokens / words_.units)) : say.noWords}</p>
  );
}

function Chart({ saying, measurements }: Props): JSX.Element {
  const say = words.value.sayings;
  const lines: readonly Line[] = [chosenRow.value, ...otherRows.value].map((row) => ({
    row,
    result: measurements.measure(saying, row.encoding),
  }));
  const most = Math.max(saying.high, ...lines.map(({ result }) => result?.high ?? 0)) * 1.06;
  const percent = (value: number): string => `${((100 * value) / most).toFixed(2)}%`;
  const style = `--low: ${percent(saying.low)}; --high: ${percent(saying.high)}`;
  return (
    <details class="saying-chart" open={isWide()}>
      <summary>{say.rows(countsOf(lines), lines.length)}</summary>
      <table class="figures" style={style}>
        <thead>
          <tr>
            <th scope="col" class="saying-name">
              {say.columns.tokenizer}
            </th>
            <th scope="col" class="saying-bar">
              <span class="visually-hidden">{say.columns.bar}</span>
            </th>
            <th scope="col" class="number saying-ratio">
              {say.columns.units[saying.measure]}
            </th>
            <th scope="col" class="saying-mark">
              <span class="visually-hidden">{say.columns.verdict}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <ChartRow
              key={line.row.encoding}
              line={line}
              saying={saying}
              percent={percent}
              isChosen={at === 0}
            />
          ))}
        </tbody>
      </table>
      <p class="note">{say.line(lineOf(saying))}</p>
    </details>
  );
}

interface RowProps {
  readonly line: Line;
  readonly saying: Saying;
  readonly percent: (value: number) => string;
  readonly isChosen: boolean;
}

function ChartRow({ line: { row, result }, saying, percent, isChosen }: RowProps): JSX.Element {
  const say = words.value.sayings;
  const isEstimate = result?.basis === "estimated";
  const value = result ? shown(saying.measure, result.value) : "…";
  return (
    <tr
      data-encoding={row.encoding}
      data-chosen={isChosen || undefined}
      data-ratio={result?.value}
      data-basis={result?.basis}
      data-verdict={result?.verdict}
    >
      <th scope="row" class="saying-name">
        {row.title} {result?.basis === "calibrated" ? <span class="chip">{say.calibrated}</span> : null}
      </th>
      <td class="saying-bar">
        <div class="saying-track" data-is-range={saying.low < saying.high || undefined}>
          {result && isEstimate ? (
            <span
              class="saying-span"
              style={`inset-inline-start: ${percent(result.low)}; inline-size: ${percent(result.high - result.low)}`}
            />
          ) : null}
          {result ? <span class="saying-value" style={`inline-size: ${percent(result.value)}`} /> : null}
        </div>
      </td>
      <td class="number saying-ratio">{isEstimate ? say.about(value) : value}</td>
      <td class="saying-mark">
        {result ? (
          <>
            <VerdictMark verdict={result.verdict} />
            <span class="visually-hidden">{say.short[result.verdict]}</span>
          </>
        ) : null}
      </td>
    </tr>
  );
}

function lineOf({ low, high, measure }: Saying): string {
  const say = (value: number): string => shown(measure, value);
  return low === high ? say(low) : `${say(low)}–${say(high)}`;
}

function shown(measure: Measure, value: number): string {
  return measure === "tokens-per-thousand-characters"
    ? format.value.count(Math.round(value))
    : format.value.ratio(value);
}

function countsOf(lines: readonly Line[]): Record<Verdict, number> {
  const counts = { holds: 0, roughly: 0, fails: 0, open: 0 };
  for (const { result } of lines) if (result) counts[result.verdict]++;
  return counts;
}

/** On a phone six tables would push all else out of sight, so they begin closed there. */
function isWide(): boolean {
  return matchMedia("(min-width: 48rem)").matches;
}
