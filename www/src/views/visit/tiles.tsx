/** The visit: 240 tiles, a minute each, with its piece of the text. In a real window a tile is worth many minutes and has none. */
import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { VISIT } from "tokimeter/labor";
import { type Fare, scale } from "./fare.ts";
import { covers, type Range } from "./ranges.ts";
import type { VisitState } from "./state.ts";
import { words } from "./words.ts";
import "./tiles.css";

const HOURS = 4;
const HOUR = VISIT / HOURS;
/** How many minutes beyond the visit are drawn; the others are a number. */
const DRAWN_OUTSIDE = 40;

type Kind = "talk" | "chatter" | "free" | "kept" | "outside";

interface Tile {
  readonly kind: Kind;
  readonly piece?: string;
  /** Which part of a character it is, where one is several tokens. */
  readonly part?: string;
}

interface Props {
  readonly state: VisitState;
  readonly fare: ReadonlySignal<Fare>;
}

export function Tiles({ state, fare }: Props): JSX.Element {
  const { visit } = fare.value;
  const { tiles: w } = words.value;
  const isReal = scale.value === "window";
  const tiles = isReal ? shares(fare.value) : minutes(state, fare.value);
  const chatter = tiles.filter(({ kind }) => kind === "chatter").length;
  const outside = visit?.outside ?? 0;
  return (
    <section class="tiles" aria-labelledby="tiles-title" data-scale={scale.value}>
      <div class="tiles-head">
        <h2 id="tiles-title">{w.title(isReal, visit?.window)}</h2>
        <ul class="legend">
          {(["talk", "chatter", "kept", "free"] as const).map((kind) => (
            <li key={kind}>
              <i class="tile" data-kind={kind} />
              {w.kinds[kind]}
            </li>
          ))}
        </ul>
      </div>
      {isReal && visit ? <p class="note">{w.worth(Math.ceil(visit.window / VISIT))}</p> : null}
      <div
        class="tiles-grid"
        role="img"
        aria-label={visit ? w.summary(visit.told, chatter, visit.kept, visit.free, visit.outside) : w.waiting}
      >
        {Array.from({ length: HOURS }, (_, hour) => (
          <div class="hour" key={w.hour(hour + 1, isReal)}>
            <span class="hour-label">{w.hour(hour + 1, isReal)}</span>
            {tiles.slice(hour * HOUR, (hour + 1) * HOUR).map((tile, minute) => (
              <Square key={minute} {...tile} />
            ))}
          </div>
        ))}
      </div>
      {outside > 0 ? <Outside state={state} fare={fare.value} isReal={isReal} /> : null}
    </section>
  );
}

function Square({ kind, piece, part }: Tile): JSX.Element {
  return (
    <i class="tile" data-kind={kind} title={piece?.trim() === "" ? undefined : piece}>
      {piece === undefined ? null : <span>{shown(piece)}</span>}
      {part === undefined ? null : <sub>{part}</sub>}
    </i>
  );
}

/** What falls out of the visit: she leaves at the end of it. */
function Outside({ state, fare, isReal }: { state: VisitState; fare: Fare; isReal: boolean }): JSX.Element {
  const { tiles: w } = words.value;
  const { outside = 0, kept = 0, work = 0, told = 0 } = fare.visit ?? {};
  const pieces = isReal ? [] : talkTiles(state, told, told + Math.min(outside, DRAWN_OUTSIDE));
  return (
    <div class="outside">
      <p>{w.outside(outside, isReal)}</p>
      {pieces.length === 0 ? null : (
        <div class="outside-tiles" aria-hidden="true">
          {pieces.map((tile, index) => (
            <Square key={index} {...tile} kind="outside" />
          ))}
          {outside > DRAWN_OUTSIDE ? <b>{w.more(outside - DRAWN_OUTSIDE)}</b> : null}
        </div>
      )}
      <p class="note">{w.unfinished(kept, work, isReal)}</p>
    </div>
  );
}

/** The visit, minute by minute. */
function minutes(state: VisitState, { visit }: Fare): readonly Tile[] {
  if (!visit) return Array.from({ length: VISIT }, () => ({ kind: "free" }));
  return [
    ...talkTiles(state, 0, visit.told),
    ...Array.from({ length: visit.free }, (): Tile => ({ kind: "free" })),
    ...Array.from({ length: visit.kept }, (): Tile => ({ kind: "kept" })),
  ];
}

/** Minutes `from` to `to` of the talk. An estimate has minutes, but no pieces. */
function talkTiles({ counted, kept, chatter }: VisitState, from: number, to: number): readonly Tile[] {
  const talk = Array.from({ length: to - from }, (): Tile => ({ kind: "talk" }));
  if (counted.count.value.kind !== "counted" || to === 0) return talk;
  const end = counted.text.offsetOf(to);
  const spans = end === undefined ? undefined : counted.text.spansIn(0, end);
  if (!spans || spans.ends.length < to) return talk;
  const { ends } = spans;
  const [text, marks] = [kept.value.text, chatter.value];
  return talk.map((_, index): Tile => {
    const at = from + index;
    // Tokens that end where the one before does are parts of the character that the next one completes.
    let [first, last] = [at, at];
    while (first > 0 && (ends[first - 1] ?? 0) === (ends[first - 2] ?? 0)) first--;
    while ((ends[last] ?? 0) === (last === 0 ? 0 : (ends[last - 1] ?? 0)) && last + 1 < ends.length) last++;
    const range = { from: first === 0 ? 0 : (ends[first - 1] ?? 0), to: ends[last] ?? 0 };
    const piece = text.slice(range.from, range.to);
    // The space before a word goes with the word, though it was said with the sentence before.
    const spaces = piece.length - piece.trimStart().length;
    const said = spaces < piece.length ? { from: range.from + spaces, to: range.to } : range;
    const parts = last - first + 1;
    return {
      kind: covers(marks, inWhole(kept.value, said)) ? "chatter" : "talk",
      piece,
      ...(parts === 1 ? {} : { part: `${at - first + 1}/${parts}` }),
    };
  });
}

function inWhole(kept: { inWhole(at: number): number }, { from, to }: Range): Range {
  return { from: kept.inWhole(from), to: kept.inWhole(to - 1) + 1 };
}

/** A real window: what a tile stands for begins to be used when a part of it is. */
function shares({ visit }: Fare): readonly Tile[] {
  if (!visit) return Array.from({ length: VISIT }, () => ({ kind: "free" }));
  const per = visit.window / VISIT;
  const told = Math.min(VISIT, Math.ceil(visit.told / per));
  const kept = Math.min(VISIT - told, Math.ceil(visit.kept / per));
  return Array.from(
    { length: VISIT },
    (_, at): Tile => ({
      kind: at < told ? "talk" : at >= VISIT - kept ? "kept" : "free",
    }),
  );
}

/** A piece as it can be seen: white space alone has signs, and what is never seen its number. */
function shown(piece: string): string {
  if (piece.trim() === "") return piece.includes("\n") ? "↵" : "␣";
  if (!/^[\p{C}\p{M}]+$/u.test(piece)) return piece.trim();
  return (piece.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}
