// @ts-check
/**
 * Plots of the figures, as SVG files that are read on light ground and on dark: without a ground of their own, in greys that
 * stand out on both.
 */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { MAIN, OURS } from "./contenders.mjs";
import { contendersIn, partOf, rowOf, speedOf } from "./figures.mjs";
import { median, significant } from "./format.mjs";
import { firstDocuments } from "./parts.mjs";

const INK = "#767b84";
const OUR_COLOUR = "#d9480f";
const RIVAL_COLOUR = "#8da2bd";
const WIDTH = 900;

/** @typedef {{ contender: string, text: string, value: number }} Dot */

/**
 * @param {import("./run.mjs").Bench} bench
 * @returns {{ file: string, label: string, svg: string }[]}
 */
export function renderPlots(bench) {
  /** @type {{ file: string, label: string, svg: string }[]} */
  const plots = [];
  const add = (/** @type {string} */ name, /** @type {Dot[]} */ dots, /** @type {string} */ label) => {
    if (dots.length > 0) plots.push({ file: `${name}.svg`, label, svg: dotsOf(dots, label) });
  };
  add("unseen", speeds(bench, "Chromium"), `MB/s (logarithmic), ${MAIN}, text never seen before, Chromium`);
  add(
    "unseen-native",
    speeds(bench, "native"),
    `MB/s (logarithmic), ${MAIN}, text never seen before, native`,
  );
  add("start", starts(bench), "ms (logarithmic) from import to the count of 100 kB, on a fresh page");
  add("weight", weights(bench), "on the wire and in memory (logarithmic), up to the first count");
  const keys = keystrokes(bench);
  const label = "ms to the new count after a key";
  if (keys.length > 0) plots.push({ file: "keystroke.svg", label, svg: linesOf(keys, label) });
  return plots;
}

/**
 * @param {import("./run.mjs").Bench} bench
 * @param {string} runtime
 * @returns {Dot[]}
 */
function speeds(bench, runtime) {
  const grid = partOf(bench, runtime, MAIN, "unseen")?.result;
  if (!grid) return [];
  return contendersIn(grid).flatMap((contender) =>
    Object.entries(rowOf(grid, contender, "count") ?? {}).flatMap(([text, cell]) => {
      const value = speedOf(cell, bench.texts[text].unseen);
      return value === undefined ? [] : [{ contender, text, value }];
    }),
  );
}

/**
 * @param {import("./run.mjs").Bench} bench
 * @returns {Dot[]}
 */
function starts(bench) {
  const grid = partOf(bench, "Chromium", MAIN, "start")?.result ?? {};
  return Object.entries(grid).flatMap(([contender, cells]) =>
    firstDocuments(Object.keys(bench.texts)).flatMap((document) => {
      const samples = cells[document]?.samples ?? [];
      return samples.length === 0
        ? []
        : [{ contender, text: document.split("@")[0], value: median(samples) }];
    }),
  );
}

/**
 * @param {import("./run.mjs").Bench} bench
 * @returns {Dot[]}
 */
function weights(bench) {
  const result = partOf(bench, "Chromium", MAIN, "weigh")?.result ?? {};
  return Object.entries(result).flatMap(([contender, weight]) =>
    "wire" in weight
      ? [
          { contender, text: "MB on the wire, under brotli", value: weight.wire / 1e6 },
          { contender, text: "MB of memory", value: weight.memory / 1e6 },
        ]
      : [],
  );
}

/** @param {import("./run.mjs").Bench} bench */
function keystrokes(bench) {
  const live = partOf(bench, "Chromium", MAIN, "live")?.result;
  if (!live) return [];
  const point = (/** @type {string} */ contender, /** @type {string} */ name, /** @type {number} */ ms) =>
    name.startsWith("english@") ? [{ contender, size: Number(name.split("@")[1]) / 1000, ms }] : [];
  return [
    ...Object.entries(live.typing).flatMap(([name, { p50 }]) => point(OURS, name, p50)),
    ...Object.entries(live.recount).flatMap(([row, cells]) =>
      Object.entries(cells).flatMap(([name, { samples }]) =>
        samples.length === 0 || row.startsWith(`${OURS},`)
          ? []
          : point(row.replace(/, \w+$/, ""), name, median(samples)),
      ),
    ),
  ];
}

/**
 * Dots on a logarithmic scale, a field for each text.
 *
 * @param {Dot[]} dots
 * @param {string} label
 */
function dotsOf(dots, label) {
  const contenders = [...new Set(dots.map(({ contender }) => contender))];
  const texts = [...new Set(dots.map(({ text }) => text))];
  const least = Math.min(...dots.map(({ value }) => value));
  const columns = Math.min(texts.length, 3);
  const placed = dots.map((dot) => ({
    ...dot,
    column: texts.indexOf(dot.text) % columns,
    row: Math.floor(texts.indexOf(dot.text) / columns),
  }));
  const fields = texts.map((text) => placed.find((dot) => dot.text === text));
  return svg({
    width: WIDTH,
    height: 60 + Math.ceil(texts.length / columns) * (contenders.length * 20 + 40),
    marginLeft: 180,
    marginTop: 50,
    ariaLabel: label,
    x: { type: "log", domain: [least / 2, Math.max(...dots.map(({ value }) => value)) * 3], axis: null },
    y: { domain: contenders, label: null, tickSize: 0 },
    fx: { axis: null },
    fy: { axis: null },
    marks: [
      Plot.ruleY(placed, {
        x1: least / 2,
        x2: "value",
        y: "contender",
        fx: "column",
        fy: "row",
        stroke: INK,
        strokeOpacity: 0.3,
      }),
      Plot.dot(placed, { x: "value", y: "contender", fx: "column", fy: "row", fill: colour, r: 5 }),
      Plot.text(placed, {
        x: "value",
        y: "contender",
        fx: "column",
        fy: "row",
        dx: 9,
        textAnchor: "start",
        text: (/** @type {Dot} */ { value }) => significant(value),
        fill: INK,
      }),
      Plot.text(fields, {
        fx: "column",
        fy: "row",
        frameAnchor: "top-left",
        dy: -14,
        fontWeight: "bold",
        text: "text",
        fill: INK,
      }),
      Plot.text([label], {
        frameAnchor: "top-left",
        fx: 0,
        fy: 0,
        dx: -175,
        dy: -40,
        fontSize: 14,
        text: [label],
        fill: INK,
      }),
    ],
  });
}

/**
 * @param {{ contender: string, size: number, ms: number }[]} points
 * @param {string} label
 */
function linesOf(points, label) {
  return svg({
    width: WIDTH,
    height: 460,
    marginLeft: 70,
    marginRight: 190,
    marginTop: 50,
    marginBottom: 40,
    ariaLabel: label,
    x: { type: "log", label: "kB of English", ticks: [1, 10, 100, 1000, 10_000], tickFormat: "," },
    y: { type: "log", label, grid: true, ticks: 6, tickFormat: "~g" },
    marks: [
      Plot.line(points, { x: "size", y: "ms", z: "contender", stroke: colour, strokeWidth: 2 }),
      Plot.dot(points, { x: "size", y: "ms", fill: colour, r: 3 }),
      Plot.text(labelsOf(points), {
        x: "size",
        y: "ms",
        text: "contender",
        dx: 8,
        textAnchor: "start",
        fill: INK,
      }),
    ],
  });
}

/**
 * The names at the ends of the lines, moved apart where they would stand on each other.
 *
 * @param {{ contender: string, size: number, ms: number }[]} points
 */
function labelsOf(points) {
  const largest = Math.max(...points.map(({ size }) => size));
  const all = points.map(({ ms }) => ms);
  const gap = (Math.max(...all) / Math.min(...all)) ** (1 / 26);
  const ends = points.filter(({ size }) => size === largest).sort((a, b) => b.ms - a.ms);
  let above = Number.POSITIVE_INFINITY;
  return ends.map((end) => {
    above = Math.min(end.ms, above / gap);
    return { ...end, ms: above };
  });
}

/** @param {{ contender: string }} point */
function colour({ contender }) {
  return contender === OURS ? OUR_COLOUR : RIVAL_COLOUR;
}

/** @param {any} options */
function svg(options) {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const plot = Plot.plot({
    ...options,
    document: /** @type {any} */ (document),
    style: { background: "none", color: INK, fontFamily: "system-ui, sans-serif", fontSize: "12px" },
  });
  plot.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return `${plot.outerHTML}\n`;
}
