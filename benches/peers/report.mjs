// @ts-check
/**
 * bench.md: all tables. A count that differs from the reference's is marked with ✗ and by how much it differs.
 *
 * @typedef {import("./figures.mjs").Cell} Cell
 * @typedef {import("./figures.mjs").Grid} Grid
 * @typedef {import("./figures.mjs").Bench} Bench
 */
import { contenders, ENCODINGS, OURS, references } from "./contenders.mjs";
import { bestOfOthers, contendersIn, machinesOf, partOf, ratioOf, rowOf, speedOf } from "./figures.mjs";
import { differs, duration, median, short, showMismatch, significant, table } from "./format.mjs";
import { renderLive } from "./live-report.mjs";
import { QUIET } from "./machine.mjs";
import { hostileBytes, MOST_GROWTH } from "./parts.mjs";

const RUNTIMES = ["Chromium", "Node", "native"];
const SPEEDS = /** @type {const} */ ([
  ["unseen", "text never seen before, code warm, in slices of 20 kB"],
  ["repeated", "the same text again and again"],
]);

/**
 * @param {Bench} bench
 * @param {readonly { file: string, label: string }[]} plots
 * @returns {string[]}
 */
export function render(bench, plots) {
  const lines = [...head(bench), ...plots.flatMap(({ file, label }) => [`![${label}](${file})`, ""])];
  for (const encoding of ENCODINGS) {
    const here = bench.measured.filter((measured) => measured.encoding === encoding);
    if (here.length === 0) continue;
    lines.push(
      `## ${encoding}`,
      "",
      `The reference is ${references.get(encoding)?.name}. Measured on ${machinesOf(here)}.`,
      "",
    );
    for (const runtime of RUNTIMES) lines.push(...renderRuntime(bench, runtime, encoding));
  }
  return lines;
}

/** @param {Bench} bench */
function head(bench) {
  const busiest = Math.max(0, ...bench.measured.map(({ busy }) => busy));
  const runtimes = new Set(bench.measured.map(({ runtime, version }) => `${runtime} ${version}`));
  const versions = (/** @type {string[]} */ kinds) =>
    bench.contenders
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ name, version }) => `${name} ${version}`)
      .join(", ");
  const dates = bench.measured.map(({ date }) => date).sort();
  const noise = `others used up to ${(busiest * 100).toFixed(0)} % of the processors`;
  return [
    "# Side by side",
    "",
    ...(bench.quick ? ["**A quick pass: it shows that all works, and not how fast anything is.**", ""] : []),
    `- ${dates[0]} to ${dates.at(-1)}, \`${bench.command}\``,
    `- ${[...runtimes].join(", ")}`,
    `- ${noise}${busiest > QUIET ? ": **not a quiet machine, trust ratios**" : ""}`,
    `- in Node and in Chromium: ${versions(["js"])}`,
    `- native: ${versions(["rust", "python"])}`,
    `- build of ${OURS}: ${bench.build}`,
    `- texts, kB: ${Object.entries(bench.texts)
      .map(([name, { seen, unseen }]) => `${name} ${kilo(seen)} and ${kilo(unseen)}`)
      .join("; ")}`,
    "- compare within a table, which is of one machine: each vocabulary says on what it was measured",
    "- ✗: it differs from the reference, by so many tokens or in the ids",
    "",
  ];
}

/**
 * @param {Bench} bench
 * @param {string} runtime
 * @param {string} encoding
 */
function renderRuntime(bench, runtime, encoding) {
  const lines = [];
  const title = `### ${runtime}, ${encoding}`;
  for (const [part, what] of SPEEDS) {
    const measured = partOf(bench, runtime, encoding, part);
    if (!measured) continue;
    const bytes = (/** @type {string} */ text) => bench.texts[text][part === "unseen" ? "unseen" : "seen"];
    lines.push(`${title}, MB/s: ${what}, median (best)`, "", ...renderSpeeds(measured.result, bytes), "");
    lines.push(`${title}, times as fast as the best of the others (least–most of the rounds)`, "");
    lines.push(...renderRatios(measured.result), "");
  }
  const start = partOf(bench, runtime, encoding, "start");
  if (start) {
    lines.push(`${title}, ms from import to the first count, 100 kB of each: median (best)`, "");
    lines.push(...renderTimes(start.result), "");
  }
  const weigh = partOf(bench, runtime, encoding, "weigh");
  if (weigh) lines.push(`${title}, to the first count and after it`, "", ...renderWeights(weigh.result), "");
  const check = partOf(bench, runtime, encoding, "check");
  if (check) lines.push(`${title}, ids of all texts`, "", ...renderChecks(check.result), "");
  const live = partOf(bench, runtime, encoding, "live");
  if (live) lines.push(...renderLive(runtime, live.result));
  const hostile = partOf(bench, runtime, encoding, "hostile");
  if (hostile) lines.push(`${title}, hostile texts`, "", ...renderHostile(runtime, hostile.result), "");
  const growth = partOf(bench, runtime, encoding, "growth");
  if (growth) {
    lines.push(`${title}, instructions of ${OURS} (bar: < ${MOST_GROWTH} times)`, "");
    lines.push(...renderGrowth(growth.result), "");
  }
  return lines;
}

/** @param {Record<string, { short: number, long: number }>} growths */
function renderGrowth(growths) {
  const million = (/** @type {number} */ count) => (count / 1e6).toFixed(1);
  const rows = Object.entries(growths).map(([name, { short, long }]) => [
    name,
    million(short),
    million(long),
    (long / short).toFixed(2),
  ]);
  return table(["", "100 kB, millions", "1 MB, millions", "times"], rows);
}

/**
 * @param {Grid} grid
 * @param {(text: string) => number} bytes
 */
function renderSpeeds(grid, bytes) {
  const texts = textsIn(grid);
  const rows = Object.entries(grid).map(([row, cells]) => [
    row,
    ...texts.map((text) => showSpeed(cells[text], bytes(text))),
  ]);
  return table(["", ...texts], rows);
}

/** @param {Grid} grid */
function renderRatios(grid) {
  const texts = textsIn(grid);
  const rows = /** @type {const} */ (["count", "encode"]).flatMap((work) => {
    const ours = rowOf(grid, OURS, work);
    if (!ours) return [];
    const best = texts.map((text) => {
      const other = bestOfOthers(grid, text, work);
      return other ? `${showRatio(ratioOf(ours[text], other.cell))} ${other.name}` : "–";
    });
    return [[`${work}, the best`, ...best], ...renderRivals(grid, texts, work)];
  });
  return table(["", ...texts], rows);
}

/**
 * @param {Grid} grid
 * @param {string[]} texts
 * @param {import("./agent.mjs").Work} work
 */
function renderRivals(grid, texts, work) {
  const ours = rowOf(grid, OURS, work) ?? {};
  const rivals = contendersIn(grid).filter((name) => name !== OURS && rowOf(grid, name, work));
  return rivals.map((name) => [
    `${work}, ${name}`,
    ...texts.map((text) => showRatio(ratioOf(ours[text], rowOf(grid, name, work)?.[text]))),
  ]);
}

/** @param {Grid} grid */
function renderTimes(grid) {
  const columns = textsIn(grid);
  const rows = Object.entries(grid).map(([name, cells]) => [
    name,
    ...columns.map((column) => {
      const cell = cells[column];
      if (cell.samples.length === 0) return short(cell.failure ?? "not run");
      const [middle, least] = [median(cell.samples), Math.min(...cell.samples)];
      return `${middle.toFixed(0)} (${least.toFixed(0)})${showMismatch(cell)}`;
    }),
  ]);
  return table(["", ...columns.map((column) => column.split("@")[0])], rows);
}

/** @param {import("./parts.mjs").Weights} weights */
function renderWeights(weights) {
  const rows = Object.entries(weights).map(([name, weight]) => {
    if ("failure" in weight) return [name, short(weight.failure), ""];
    const wire = "wire" in weight ? kilo(weight.wire) : "";
    return [name, wire, (weight.memory / 1e6).toFixed(1)];
  });
  return table(["", "kB on the wire, under brotli", "MB of memory more than before"], rows);
}

/** @param {Record<string, Record<string, string>>} checks */
function renderChecks(checks) {
  const rows = Object.entries(checks).map(([name, texts]) => {
    const wrong = Object.entries(texts).filter(([, what]) => what !== "");
    const right = Object.keys(texts).length - wrong.length;
    return [name, `${right}`, wrong.map(([text, what]) => `✗ ${text}: ${short(what)}`).join("; ")];
  });
  return table(["", "equal", "not equal"], rows);
}

/**
 * @param {string} runtime
 * @param {{ timed: Grid, checked: Grid }} measured
 */
function renderHostile(runtime, { timed, checked }) {
  const names = Object.keys(timed);
  const kinds = runtime === "native" ? ["rust", "python"] : ["js"];
  const bytesOf = (/** @type {string} */ name) => {
    const contender = contenders.find((one) => one.name === name && kinds.includes(one.kind));
    return contender ? hostileBytes(contender) : 0;
  };
  const rows = textsIn(timed).map((text) => [
    text,
    ...names.map((name) => {
      const { samples, failure } = timed[name][text];
      return failure ? short(failure) : `${duration(samples[0])}${showMismatch(checked[name][text])}`;
    }),
    showAgreement(names.filter((name) => bytesOf(name) === bytesOf(OURS)).map((name) => timed[name][text])),
  ]);
  const heads = names.map((name) => `${name}, ${kilo(bytesOf(name))} kB`);
  return table(["", ...heads, "counts of the longest"], rows);
}

/** @param {Cell[]} cells that counted the same text */
function showAgreement(cells) {
  const counts = cells.flatMap(({ tokens }) => tokens ?? []);
  if (counts.length < 2) return counts.length === 1 ? `${counts[0]}` : "–";
  return new Set(counts).size === 1 ? `all ${counts[0]}` : `✗ ${counts.join(" / ")}`;
}

/**
 * @param {Cell} cell
 * @param {number} bytes
 */
function showSpeed(cell, bytes) {
  const speed = speedOf(cell, bytes);
  if (speed === undefined) return short(cell.failure ?? "not run");
  const best = bytes / Math.min(...cell.samples) / 1000;
  return `${significant(speed)} (${significant(best)})${differs(cell) ? showMismatch(cell) : ""}`;
}

/** @param {ReturnType<typeof ratioOf>} ratio */
function showRatio(ratio) {
  if (!ratio) return "–";
  const [middle, least, most] = [ratio.median, ratio.least, ratio.most].map(significant);
  return `${middle} (${least}–${most})`;
}

/** @param {Grid} grid */
function textsIn(grid) {
  return Object.keys(Object.values(grid)[0] ?? {});
}

/** @param {number} bytes */
function kilo(bytes) {
  return (bytes / 1000).toFixed(0);
}
