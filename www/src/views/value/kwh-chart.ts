/** What a kilowatt-hour is worth with some models, against what it costs: on a logarithmic axis, because they lie so far apart. */
import * as Plot from "@observablehq/plot";
import type { Currency } from "tokimeter/models";
import { decimal } from "tokimeter/price";
import type { Format } from "../../i18n/full.ts";
import type { Drawn } from "../../ui/chart.tsx";
import type { Words } from "./words.ts";

export interface KwhRow {
  readonly id: string;
  readonly name: string;
  readonly value: bigint;
  readonly low: bigint;
  readonly high: bigint;
}

export interface KwhChartOptions {
  readonly rows: readonly KwhRow[];
  readonly cost: bigint;
  readonly currency: Currency;
  readonly format: Format;
  readonly words: Words;
  /** The id of the chosen model. */
  readonly own: string;
}

/** A logarithmic axis has no 0. */
const LEAST = 1e-6;

export function kwhChart(
  { rows, cost, currency, format, words, own }: KwhChartOptions,
  width: number,
): Drawn {
  const points = rows.map(({ id, name, value, low, high }) => ({
    name,
    isOwn: id === own,
    value: place(value),
    low: place(low),
    high: place(high),
    label: format.money(value, currency),
  }));
  const isNarrow = width < 480;
  const all = [place(cost), ...points.flatMap(({ low, high }) => [low, high])];
  const powers = powersOfTen(Math.min(...all) / 1.5, Math.max(...all));
  return Plot.plot({
    width,
    height: 64 + points.length * (isNarrow ? 44 : 32),
    marginLeft: isNarrow ? 8 : 150,
    marginRight: isNarrow ? 56 : 72,
    marginTop: 28,
    marginBottom: 32,
    style: { background: "transparent", color: "var(--ink-soft)", fontFamily: "inherit", fontSize: "12px" },
    x: {
      type: "log",
      domain: [Math.min(...all) / 1.5, Math.max(...all)],
      label: null,
      tickSize: 0,
      ticks: powers,
      tickFormat: (x: number) => format.axisMoney(x, currency),
    },
    y: {
      type: "band",
      domain: points.map(({ name }) => name),
      label: null,
      tickSize: 0,
      axis: isNarrow ? null : "left",
      padding: 0.4,
    },
    marks: [
      Plot.gridX(powers, { stroke: "var(--rule)", strokeOpacity: 1 }),
      Plot.ruleX([place(cost)], { stroke: "var(--danger)", strokeWidth: 2, strokeDasharray: "6 4" }),
      Plot.text([`${words.kwhCost} ${format.money(cost, currency)}`], {
        x: place(cost),
        frameAnchor: "top-left",
        dy: -20,
        dx: -4,
        textAnchor: "start",
        fill: "var(--danger)",
        fontWeight: 600,
      }),
      Plot.ruleY(points, { y: "name", x1: place(cost), x2: "value", stroke: "var(--rule)", strokeWidth: 1 }),
      Plot.ruleY(points, {
        y: "name",
        x1: "low",
        x2: "high",
        stroke: "var(--accent)",
        strokeOpacity: 0.35,
        strokeWidth: 8,
      }),
      Plot.dot(points, {
        y: "name",
        x: "value",
        r: 6,
        fill: ({ isOwn }: { isOwn: boolean }) => (isOwn ? "var(--accent)" : "var(--sheet)"),
        stroke: "var(--accent)",
        strokeWidth: 2,
      }),
      Plot.text(points, {
        y: "name",
        x: "high",
        text: "label",
        dx: 12,
        textAnchor: "start",
        fill: "var(--ink)",
        stroke: "var(--sheet)",
        strokeWidth: 4,
      }),
      ...(isNarrow
        ? [
            Plot.text(points, {
              y: "name",
              text: "name",
              x: place(cost),
              dx: 6,
              dy: -16,
              textAnchor: "start",
              fill: "var(--ink)",
              stroke: "var(--sheet)",
              strokeWidth: 4,
            }),
          ]
        : []),
    ],
  });
}

function place(amount: bigint): number {
  return Math.max(LEAST, Number(decimal(amount)));
}

function powersOfTen(from: number, to: number): number[] {
  const first = Math.ceil(Math.log10(from));
  const last = Math.floor(Math.log10(to));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(`1e${first + i}`));
}
