/** The meter: tokens, what they cost, what is left, and why there is no count when there is none. */
import { useSignalEffect } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";
import type { Reading } from "tokimeter";
import type { Currency } from "tokimeter/models";
import { format } from "../../i18n/full.ts";
import { giveModel, pickedModel } from "../../state/catalogue.ts";
import { conversion } from "../../state/rate.ts";
import { reserve } from "../../state/settings.ts";
import { shortNameOf } from "../../text/vocabulary-files.ts";
import { announceState } from "../../ui/announcer.ts";
import { ModelChoice } from "../../ui/model-choice.tsx";
import type { Bench, Count } from "./bench.ts";
import { inputCost, type Room, roomOf } from "./room.ts";
import { Status } from "./status.tsx";
import { type Basis, words } from "./words.ts";

/** What stands where a number will be. */
const PENDING = "…";
/** What stands where there is no number to wait for. */
const NONE = "—";

interface Props {
  readonly bench: Bench;
}

export function MeterPanel({ bench }: Props): JSX.Element {
  const say = words.value;
  const count = bench.count.value;
  const reading = count.kind === "counted" ? count.reading : undefined;
  const room = reading && roomOf(pickedModel.value, reserve.value, reading);
  useSignalEffect(() => speak(bench.count.value));
  return (
    <section class="meter" aria-labelledby="meter-title">
      <h2 class="visually-hidden" id="meter-title">
        {say.meter}
      </h2>
      <div class="meter-head">
        <div class="meter-model">
          <ModelChoice label={say.model} isLabelHidden files={say.files} />
          <OwnFile />
          <BasisLine bench={bench} reading={reading} />
        </div>
        {reading?.level && (
          <span class="lamp" data-level={reading.level}>
            {levelName(reading)}
          </span>
        )}
      </div>
      <Readouts count={count} reading={reading} />
      {count.kind === "counting" ? (
        <progress aria-label={say.progress} value={count.progress.done} max={count.progress.total} />
      ) : (
        <Bar reading={reading} room={room} />
      )}
      <div class="meter-foot">
        {count.kind === "counting" ? (
          <span class="meter-now">
            <span>{say.counting(count.progress.done / count.progress.total)}</span>
            <button type="button" class="meter-cancel" data-cancel onClick={() => bench.stop()}>
              {say.cancel}
            </button>
          </span>
        ) : (
          <span class="meter-detail" data-level={reading?.level}>
            {reading && detail(reading, room)}
          </span>
        )}
        <span>{room && roomLine(room)}</span>
      </div>
      <Status bench={bench} />
    </section>
  );
}

/** How sure the count is; while the vocabulary is on its way, that, in the same place. */
function BasisLine({ bench, reading }: Props & { readonly reading: Reading | undefined }): JSX.Element {
  const say = words.value;
  const { kind, encoding, progress } = bench.vocabulary.value;
  const name = shortNameOf(encoding);
  if (kind !== "loading") {
    return (
      <span class="meter-basis" data-basis>
        {say.basis(name, basisOf(reading))}
      </span>
    );
  }
  return (
    <span class="meter-basis" data-loading>
      {progress === undefined ? say.loading(name) : say.reading(name, progress)}
    </span>
  );
}

function OwnFile(): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="meter-button" data-own-file onClick={() => input.current?.click()}>
        {words.value.ownFile}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        onChange={({ currentTarget: field }) => {
          const file = field.files?.[0];
          if (file) giveModel(file);
          // The same file may be chosen again.
          field.value = "";
        }}
      />
    </>
  );
}

interface ReadoutsProps {
  readonly count: Count;
  readonly reading: Reading | undefined;
}

function Readouts({ count, reading }: ReadoutsProps): JSX.Element {
  const say = words.value;
  const { count: digits } = format.value;
  const picked = pickedModel.value;
  const basis = basisOf(reading);
  const isSure = reading !== undefined && reading.low === reading.high;
  const part = count.kind === "counting" ? format.value.count(count.progress.tokens) : undefined;
  const missing = count.kind === "stopped" ? NONE : PENDING;
  const absent = picked.isFamily ? NONE : say.unknown;
  const cost = (currency: Currency): JSX.Element => {
    const amount = reading && inputCost(picked, reading.tokens, currency, conversion.value);
    const text = amount === undefined ? absent : format.value.cost(amount, currency);
    return (
      <Readout name={say.cost[currency]}>
        <span class="digits" data-cost={currency} data-value={amount?.toString()}>
          {reading ? (isSure || amount === undefined ? text : say.about(text)) : missing}
        </span>
      </Readout>
    );
  };
  return (
    <dl class="readouts">
      <Readout name={say.tokens} isMain>
        <span class="digits" data-count data-value={reading?.tokens}>
          {reading
            ? isSure
              ? digits.call(format.value, reading.tokens)
              : say.about(format.value.count(reading.tokens))
            : (part ?? missing)}
        </span>
        {part === undefined ? null : <span class="chip">{say.soFar}</span>}
        {reading && basis !== "exact" ? <span class="chip">{say.marks[basis]}</span> : null}
        {reading && !isSure ? (
          <span class="meter-range">{say.range(format.value.range(reading.low, reading.high))}</span>
        ) : null}
      </Readout>
      {cost("CNY")}
      {cost("USD")}
      <Readout name={say.remaining}>
        <span class="digits" data-remaining data-value={reading?.remaining}>
          {reading
            ? reading.remaining === undefined
              ? absent
              : format.value.count(reading.remaining)
            : missing}
        </span>
      </Readout>
    </dl>
  );
}

interface ReadoutProps {
  readonly name: string;
  readonly isMain?: boolean;
  readonly children: ComponentChildren;
}

function Readout({ name, isMain = false, children }: ReadoutProps): JSX.Element {
  return (
    <div class={isMain ? "readout readout-main" : "readout"}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The window as a bar: what is used, where the warning begins, and what is kept for the reply. */
function Bar({
  reading,
  room,
}: {
  readonly reading: Reading | undefined;
  readonly room: Room | undefined;
}): JSX.Element {
  const say = words.value;
  if (!reading || !room) return <div class="bar" aria-hidden="true" />;
  const share = (tokens: number): string => `${Math.min(100, (100 * tokens) / room.window)}%`;
  return (
    <>
      <meter
        class="visually-hidden"
        aria-label={say.used}
        max={Math.max(1, room.input)}
        value={reading.tokens}
        aria-valuetext={say.barText(reading.tokens, Math.max(0, room.input))}
      />
      <div
        class="bar"
        aria-hidden="true"
        data-level={reading.level}
        style={{ "--used": share(reading.tokens), "--room": share(Math.max(0, room.input)) }}
      >
        <span class="bar-used" />
        <span class="bar-near" />
        <span class="bar-kept" />
      </div>
    </>
  );
}

/** How sure the count is. */
function basisOf(reading: Reading | undefined): Basis {
  const { assumption, basis } = pickedModel.value;
  if (reading?.basis === "estimated") return "estimated";
  if (assumption !== undefined) return "assumed";
  return reading?.basis ?? basis;
}

function levelName({ level = "ok", remaining = 0 }: Reading): string {
  const { levelOk, levelNear, levelFull, levelOver } = words.value;
  return { ok: levelOk, near: levelNear, over: remaining < 0 ? levelOver : levelFull }[level];
}

function usedOf({ tokens }: Reading, { input }: Room): number {
  return input > 0 ? tokens / input : Number.POSITIVE_INFINITY;
}

function detail(reading: Reading, room: Room | undefined): string {
  const say = words.value;
  const { level, remaining = 0 } = reading;
  if (!room || !level) return pickedModel.value.isFamily ? say.noOneWindow : say.noWindow;
  if (level === "over") return remaining < 0 ? say.detailOver(-remaining) : say.detailFull(remaining);
  const used = usedOf(reading, room);
  return level === "near" ? say.detailNear(used, remaining) : say.detailOk(used);
}

function roomLine({ window, reserve, input, isCapped }: Room): string {
  const say = words.value;
  return isCapped ? say.roomCapped(window, input) : say.room(window, reserve, Math.max(0, input));
}

/** Says that a level was reached, or left. That all is well in the beginning is not worth a word. */
function speak(count: Count): void {
  const reading = count.kind === "counted" ? count.reading : undefined;
  const room = reading && roomOf(pickedModel.value, reserve.value, reading);
  if (!reading?.level || !room) return;
  const { level, remaining = 0 } = reading;
  announceState("level", level === "ok" ? "" : level, () => {
    const say = words.peek();
    if (level === "over") return remaining < 0 ? say.sayOver(-remaining) : say.sayFull(remaining);
    return level === "near" ? say.sayNear(usedOf(reading, room), remaining) : say.sayOk(remaining);
  });
}
