/** The panels of the chart, drawn by Observable Plot. Amounts are numbers here, for places on the paper only. */
import * as Plot from "@observablehq/plot";
import type { Currency } from "tokimeter/models";
import { decimal } from "tokimeter/price";
import type { Format } from "../../i18n/full.ts";
import type { Drawn } from "../../ui/chart.tsx";
import { PARTS, type Row } from "./reckoning.ts";
import type { Words } from "./words.ts";

export interface PanelOptions {
  readonly rows: readonly Row[];
  readonly currency: Currency;
  readonly format: Format;
  readonly words: Words;
  readonly window: number | undefined;
  /** The turn from which a new conversation pays. */
  readonly fresh: number | undefined;
}

/** Of the window's height, from which on it is drawn: lower, it would press all else to the ground. */
const NEAR_WINDOW = 0.4;

/** Returns the tokens of each turn, one part on the other. */
export function sentPanel({ rows, format, words, window, fresh }: PanelOptions, width: number): Drawn {
  const bars = rows.flatMap((row) => {
    let y = 0;
    return PARTS.flatMap((part) => {
      const from = y;
      y += row.tokens[part];
      return y > from ? [{ ...edges(row, rows), part, y1: from, y2: y }] : [];
    });
  });
  const most = Math.max(...rows.map(({ sent, tokens }) => sent + tokens.output));
  const isWindowNear = window !== undefined && most > window * NEAR_WINDOW;
  return Plot.plot({
    ...frame(rows, width, 260),
    y: {
      ...axis(isWindowNear ? Math.max(most, window) : most),
      tickFormat: (y: number) => format.compact(y),
    },
    color: { type: "identity" },
    marks: [
      Plot.gridY({ stroke: "var(--rule)", strokeOpacity: 1, ticks: 4 }),
      Plot.rect(bars, {
        x1: "x1",
        x2: "x2",
        y1: "y1",
        y2: "y2",
        fill: ({ part }: { part: string }) => `var(--part-${part})`,
        insetRight: width / rows.length > 8 ? 1 : 0,
      }),
      ...(isWindowNear
        ? [
            ...(most > window
              ? [
                  Plot.rect([{ y1: window, y2: most }], {
                    y1: "y1",
                    y2: "y2",
                    fill: "var(--danger)",
                    fillOpacity: 0.12,
                  }),
                ]
              : []),
            Plot.ruleY([window], { stroke: "var(--danger)", strokeWidth: 1.5, strokeDasharray: "6 4" }),
            Plot.text([words.windowMark(window)], {
              y: window,
              frameAnchor: "left",
              dx: 6,
              dy: -8,
              textAnchor: "start",
              ...label("var(--danger)"),
            }),
          ]
        : []),
      ...freshMark(fresh, rows, words, width),
    ],
  });
}

/** Returns what each turn costs. */
export function costPanel({ rows, currency, format, fresh, words }: PanelOptions, width: number): Drawn {
  const bars = rows.map((row) => ({ ...edges(row, rows), y: place(row.amount) }));
  return Plot.plot({
    ...frame(rows, width, 110),
    y: {
      ...axis(Math.max(...bars.map(({ y }) => y)), 2),
      tickFormat: (y: number) => tick(y, currency, format),
    },
    marks: [
      Plot.gridY({ stroke: "var(--rule)", strokeOpacity: 1, ticks: 2 }),
      Plot.rect(bars, {
        x1: "x1",
        x2: "x2",
        y1: 0,
        y2: "y",
        fill: "var(--ink-soft)",
        insetRight: width / rows.length > 8 ? 1 : 0,
      }),
      ...freshMark(fresh, rows, words, 0),
    ],
  });
}

/** Returns what all turns up to each cost together. */
export function soFarPanel({ rows, currency, format }: PanelOptions, width: number): Drawn {
  const points = rows.map(({ turn, soFar }) => ({ x: turn, y: place(soFar) }));
  const most = points.at(-1)?.y ?? 0;
  return Plot.plot({
    ...frame(rows, width, 130),
    marginBottom: 26,
    x: {
      ...xAxis(rows),
      axis: "bottom",
      tickFormat: (x: number) => (Number.isInteger(x) ? format.count(x) : ""),
    },
    y: { ...axis(most, 3), tickFormat: (y: number) => tick(y, currency, format) },
    marks: [
      Plot.gridY({ stroke: "var(--rule)", strokeOpacity: 1, ticks: 3 }),
      Plot.areaY(points, { x: "x", y: "y", fill: "var(--accent)", fillOpacity: 0.12 }),
      Plot.lineY(points, { x: "x", y: "y", stroke: "var(--accent)", strokeWidth: 2 }),
      Plot.dot(points.slice(-1), { x: "x", y: "y", r: 3, fill: "var(--accent)" }),
    ],
  });
}

function frame(rows: readonly Row[], width: number, height: number): Plot.PlotOptions {
  return {
    width,
    height,
    marginLeft: 58,
    marginRight: 8,
    marginTop: 10,
    marginBottom: 6,
    style: { background: "transparent", color: "var(--ink-soft)", fontFamily: "inherit", fontSize: "12px" },
    x: xAxis(rows),
  };
}

function xAxis(rows: readonly Row[]): Plot.ScaleOptions {
  const first = rows[0]?.turn ?? 1;
  const last = rows.at(-1)?.turn ?? 1;
  return { type: "linear", domain: [Math.min(first, 1) - 0.5, last + 0.5], axis: null, label: null };
}

function axis(most: number, ticks = 4): Plot.ScaleOptions {
  return { domain: [0, most === 0 ? 1 : most], nice: true, ticks, label: null, tickSize: 0 };
}

/** A bar reaches to where the next one begins. */
function edges({ turn }: Row, rows: readonly Row[]): { x1: number; x2: number } {
  const [first, second] = rows;
  const wide =
    first && second && rows.length > 1 ? ((rows.at(-1)?.turn ?? 1) - first.turn) / (rows.length - 1) : 1;
  return { x1: turn - wide / 2, x2: turn + wide / 2 };
}

function freshMark(
  fresh: number | undefined,
  rows: readonly Row[],
  words: Words,
  width: number,
): Plot.Markish[] {
  if (fresh === undefined) return [];
  const last = rows.at(-1)?.turn ?? 1;
  const isLeft = fresh < last / 2;
  return [
    Plot.ruleX([fresh - 0.5], { stroke: "var(--ink)", strokeWidth: 1.5, strokeDasharray: "2 3" }),
    ...(width > 0
      ? [
          Plot.text([`${isLeft ? "← " : ""}${words.freshMark}${isLeft ? "" : " →"}`], {
            x: fresh - 0.5,
            frameAnchor: "top",
            dx: isLeft ? 6 : -6,
            textAnchor: isLeft ? "start" : "end",
            ...label("var(--ink)"),
          }),
        ]
      : []),
  ];
}

function label(fill: string): Plot.TextOptions {
  return { fill, stroke: "var(--sheet)", strokeWidth: 4, fontSize: 12, fontWeight: 600 };
}

function place(amount: bigint | undefined): number {
  return amount === undefined ? 0 : Number(decimal(amount));
}

function tick(y: number, currency: Currency, format: Format): string {
  return format.axisMoney(y, currency);
}
