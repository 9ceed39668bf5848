/** What it comes to: the total as on a taximeter, what that means in words, and how far the counting is. */
import type { JSX } from "preact";
import { format } from "../../i18n/full.ts";
import type { PickedModel } from "../../state/catalogue.ts";
import { conversion } from "../../state/rate.ts";
import { currency, ownRate } from "../../state/settings.ts";
import { shortNameOf } from "../../text/vocabulary-files.ts";
import "./meter-panel.css";
import { failureHelp } from "../../text/failure-words.ts";
import { project } from "./project.ts";
import type { ReadingCost } from "./reading-cost.ts";
import { words } from "./words.ts";

/** Windows that are drawn; the rest is a number. */
const DRAWN = 12;

interface Props {
  readonly model: PickedModel;
  readonly cost: ReadingCost;
}

export function MeterPanel({ model, cost }: Props): JSX.Element {
  const text = words.value;
  const f = format.value;
  const { tokens, low, high, files, codePoints, bytes } = project.total;
  const isDone = project.work.value.kind === "done";
  const amount = (value: bigint | undefined): string =>
    value === undefined ? text.unknown : f.sum(value, currency.value);
  return (
    <section class="files-meter" aria-labelledby="files-total">
      <div class="files-total">
        <h2 id="files-total">{text.total}</h2>
        <p class="files-digits" data-tokens={tokens} data-done={isDone || undefined}>
          {f.count(tokens)}
        </p>
        <p class="files-basis">
          {isDone ? null : <span>{text.soFar}</span>}
          {low === high ? null : <span data-range={`${low} ${high}`}>{text.range(low, high)}</span>}
          {model.basis === "calibrated" ? <span class="chip">{text.calibrated}</span> : null}
          {model.assumption === undefined ? null : <span class="chip">{text.assumed}</span>}
        </p>
      </div>
      <div class="files-words">
        <Windows model={model} tokens={tokens} room={cost.room} />
        {model.prices.length === 0 ? (
          <p>{model.isFamily ? text.noOnePrice : text.noPrice}</p>
        ) : (
          <p data-cost={cost.total}>{text.oneReading(amount(cost.total), cost.requests)}</p>
        )}
        {cost.cached === undefined || model.prices.length === 0 ? null : (
          <p class="files-soft">{text.cachedReading(amount(cost.cached))}</p>
        )}
      </div>
      <dl class="files-facts">
        <Fact name={text.factFiles} value={f.count(files)} data={files} />
        <Fact name={text.factCharacters} value={f.count(codePoints)} data={codePoints} />
        <Fact name={text.factBytes} value={f.bytes(bytes)} data={bytes} />
      </dl>
      <Work />
    </section>
  );
}

function Fact({ name, value, data }: { name: string; value: string; data: number }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-value={data}>{value}</dd>
    </div>
  );
}

function Windows({
  model,
  tokens,
  room,
}: {
  model: PickedModel;
  tokens: number;
  room: number | undefined;
}): JSX.Element {
  const text = words.value;
  if (room === undefined) return <p>{model.isFamily ? text.noOneWindow : text.noWindow}</p>;
  const windows = tokens / room;
  const drawn = Math.min(DRAWN, Math.max(1, Math.ceil(windows)));
  const rest = Math.ceil(windows) - drawn;
  return (
    <>
      <p class="files-windows-said" data-windows={windows}>
        {windows > 1 ? text.windows(windows, model.name) : text.windowPart(windows, model.name)}
      </p>
      <div class="files-windows" aria-hidden="true">
        {Array.from({ length: drawn }, (_, index) => (
          <span key={index} style={{ "--full": Math.min(1, Math.max(0, windows - index)) }} />
        ))}
        {rest > 0 ? <em>{text.more(rest)}</em> : null}
      </div>
      <p class="files-soft">{text.windowOf(room, model.window)}</p>
    </>
  );
}

/** How far the counting is, and what can be done about it. */
function Work(): JSX.Element | null {
  const text = words.value;
  const work = project.work.value;
  // The numbers come with the version.
  void project.version.value;
  const { files, doneFiles, done, bytes } = project.progress;
  switch (work.kind) {
    case "finding":
      return (
        <div class="files-work">
          <p>{text.finding(work.files)}</p>
          {work.stop ? (
            <button type="button" class="quiet" onClick={work.stop}>
              {text.stop}
            </button>
          ) : null}
        </div>
      );
    case "counting":
      return (
        <div class="files-work">
          <label>
            <span>
              {text.counting} <span class="figures">{text.progress(doneFiles, files, bytes)}</span>
            </span>
            <progress max={Math.max(1, files)} value={done} />
          </label>
          <button type="button" class="quiet" onClick={() => project.stop()}>
            {text.stop}
          </button>
        </div>
      );
    case "stopped":
      return (
        <div class="files-work">
          <p>{text.stopped(doneFiles, files)}</p>
          <button type="button" class="files-go" onClick={() => project.goOn()}>
            {text.goOn}
          </button>
        </div>
      );
    case "failed":
      return (
        <div class="files-work files-failed" role="alert">
          <div>
            <p>{text.failed(shortNameOf(project.encoding))}</p>
            <p>{failureHelp.value[work.failure.kind]}</p>
            <p class="files-soft" lang="en">
              {work.failure.message}
            </p>
          </div>
          <button type="button" class="files-go" onClick={() => project.goOn()}>
            {text.retry}
          </button>
        </div>
      );
    default:
      return null;
  }
}

/** Where the figures are from, and how sure they are. */
export function MeterNotes({ model, cost: { bill } }: Props): JSX.Element {
  const text = words.value;
  const { converted } = bill;
  const rate = converted && format.value.rate(`${converted.cnyPerUsd / 1_000_000}`);
  const notes = [
    text.fileByFile,
    model.basis === "calibrated" ? text.calibratedNote : "",
    model.assumption === undefined ? "" : text.assumedNote(shortNameOf(model.encoding)),
    bill.source && bill.asOf ? text.priceSource(bill.source, bill.asOf) : "",
    bill.tier === "off-peak" ? text.priceOffPeak : "",
    bill.above === undefined ? "" : text.priceStep(bill.above),
    rate === undefined
      ? ""
      : ownRate.value === undefined
        ? text.priceConverted(rate, conversion.value.source.name)
        : text.priceOwnRate(rate),
  ];
  return (
    <ul class="files-notes note">
      {notes.filter(Boolean).map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
