// @ts-check
/** Puts the figures into the READMEs, between `<!-- bench -->` and `<!-- /bench -->`. */
import { writeBlocks } from "../../tools/readme.mjs";
import { MAIN, OURS } from "./contenders.mjs";
import { contendersIn, machinesOf, partOf, rowOf, speedOf } from "./figures.mjs";
import { differs, duration, median, significant, table } from "./format.mjs";
import { LIVE_SIZES } from "./live-measure.mjs";
import { QUIET } from "./machine.mjs";
import { firstDocuments } from "./parts.mjs";
import { wordsOf } from "./words.mjs";

/**
 * @param {import("./run.mjs").Bench} bench
 * @param {string} root
 */
export function publish(bench, root) {
  writeBlocks(root, "bench", (language) => renderReadme(bench, language));
}

/**
 * @param {import("./run.mjs").Bench} bench
 * @param {"en" | "zh"} language
 * @returns {string[]}
 */
function renderReadme(bench, language) {
  const words = wordsOf(language);
  const shown = bench.measured.filter(({ runtime, encoding }) => runtime !== "Node" && encoding === MAIN);
  const date =
    shown
      .map((measured) => measured.date.slice(0, 10))
      .sort()
      .at(-1) ?? "";
  const chromium = shown.find(({ runtime }) => runtime === "Chromium")?.version ?? "";
  const isBusy = shown.some(({ busy }) => busy > QUIET);
  const lines = [words.where(machinesOf(shown), chromium, date), "", ...(isBusy ? [words.busy, ""] : [])];
  const unseen = partOf(bench, "Chromium", MAIN, "unseen")?.result;
  if (unseen) lines.push(words.unseen(MAIN), "", ...renderSpeeds(bench, unseen, "unseen", words), "");
  const repeated = partOf(bench, "Chromium", MAIN, "repeated")?.result;
  if (repeated) lines.push(words.repeated, "", ...renderSpeeds(bench, repeated, "seen", words), "");
  const first = renderFirst(bench, words);
  if (first.length > 0) lines.push(words.first, "", ...first, "");
  const live = partOf(bench, "Chromium", MAIN, "live")?.result;
  if (live) lines.push(words.keystroke, "", ...renderKeystrokes(bench, live, words), "");
  const native = partOf(bench, "native", MAIN, "unseen")?.result;
  if (native) lines.push(words.native, "", ...renderSpeeds(bench, native, "unseen", words), "");
  lines.push(words.more);
  return lines;
}

/**
 * @param {import("./run.mjs").Bench} bench
 * @param {import("./figures.mjs").Grid} grid
 * @param {"seen" | "unseen"} which
 * @param {import("./words.mjs").Words} words
 */
function renderSpeeds(bench, grid, which, words) {
  const texts = Object.keys(bench.texts);
  const rows = contendersIn(grid).map((name) => [
    title(bench, name, grid),
    ...texts.map((text) => {
      const cell = rowOf(grid, name, "count")?.[text];
      const speed = speedOf(cell, bench.texts[text][which]);
      return speed === undefined ? "–" : `${significant(speed)}${cell && differs(cell) ? " ✗" : ""}`;
    }),
  ]);
  return table(["", ...texts.map((text) => words.texts[text] ?? text)], rows);
}

/**
 * What a page waits for, loads and keeps.
 *
 * @param {import("./run.mjs").Bench} bench
 * @param {import("./words.mjs").Words} words
 */
function renderFirst(bench, words) {
  const starts = partOf(bench, "Chromium", MAIN, "start")?.result;
  const weights = partOf(bench, "Chromium", MAIN, "weigh")?.result;
  if (!starts || !weights) return [];
  const [document] = firstDocuments(Object.keys(bench.texts));
  const rows = Object.keys(weights).map((name) => {
    const weight = weights[name];
    const samples = starts[name]?.[document]?.samples ?? [];
    const ms = samples.length === 0 ? "–" : `${median(samples).toFixed(0)} ms`;
    if (!("wire" in weight)) return [title(bench, name, starts), ms, "–", "–"];
    const wire = `${(weight.wire / 1000).toFixed(0)} kB`;
    return [title(bench, name, starts), ms, wire, `${(weight.memory / 1e6).toFixed(0)} MB`];
  });
  return table(["", words.time, words.wire, words.memory], rows);
}

/**
 * @param {import("./run.mjs").Bench} bench
 * @param {import("./live-measure.mjs").Live} live
 * @param {import("./words.mjs").Words} words
 */
function renderKeystrokes(bench, live, words) {
  const names = LIVE_SIZES.map((units) => `english@${units}`);
  const ours = [
    `**${OURS}**, \`LiveText\``,
    ...names.map((name) => (live.typing[name] ? duration(live.typing[name].p50) : "–")),
  ];
  const others = Object.entries(live.recount)
    .filter(([row]) => !row.startsWith(`${OURS},`))
    .map(([row, cells]) => [
      title(bench, row.replace(/, \w+$/, ""), live.recount),
      ...names.map((name) => {
        const { samples = [], failure = "–" } = cells[name] ?? {};
        return samples.length > 0 ? duration(median(samples)) : failure;
      }),
    ]);
  const heads = LIVE_SIZES.map((units) => (units < 1e6 ? `${units / 1e3} kB` : `${units / 1e6} MB`));
  return table([words.size, ...heads], [ours, ...others]);
}

/**
 * @param {import("./run.mjs").Bench} bench
 * @param {string} name
 * @param {object} grid
 */
function title(bench, name, grid) {
  if (name === OURS) return `**${OURS}**`;
  const isNative = Object.keys(grid).some((row) => row.startsWith("bpe-openai"));
  const version = bench.contenders.find(
    (contender) => contender.name === name && (contender.kind === "js") !== isNative,
  )?.version;
  return `${name.replace(/ (1\.0-rc|0\.23)$/, "")} ${version ?? ""}`.trim();
}
