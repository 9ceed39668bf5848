// @ts-check
/** Random edits of a Monaco editor, by every way that Monaco has. After each, what the meter shows is counted anew. */

import { mulberry32 } from "../random.mjs";
import { page } from "./page.js";

const PIECES = [
  ..."a e i z A 0 7 . , ( ) { } = _ - ' \" \\".split(" "),
  ...["the ", " token", "tokens", "DON'T", "function ", "    ", "\t", " ", "  ", "http://a.b/c", "1234567"],
  ...["中", "计价器", "词元就是分钟。", "こんにちは", "안녕", "привет", "שלום", "مرحبا", "ไทย"],
  ...["👩‍💻", "👨‍👩‍👧‍👦", "🇩🇪", "é", "é", "ñ", "𝒳", "😀", "️"],
  ...["\ud83d", "\ude00", "\udc00\ud800", "﻿", "\u0085", "\u2028", "\u200d", "\0"],
  ...["\n", "\r\n", "\r", "\n\n\n", "\r\n\r\n", "a\nb\r\nc\rd", "<|endoftext|>"],
];
const COMMANDS = [
  ..."deleteLeft deleteRight cursorLeft cursorRight cursorDown cursorWordLeft tab outdent lineBreakInsert".split(
    " ",
  ),
  ..."copyLinesDownAction moveLinesUpAction deleteLines indentLines joinLines transposeLetters sortLinesAscending transformToUppercase duplicateSelection insertLineAfter"
    .split(" ")
    .map((name) => `editor.action.${name}`),
  ..."deleteWordLeft deleteWordRight deleteAllLeft editor.action.addSelectionToNextFindMatch".split(" "),
];
/** What is longer is begun anew. */
const LONGEST = 6000;

/**
 * Makes edits and returns the first wrong count, if there is one, how often what was done, and how many edits changed the text.
 * @param {{ seed: number, cases: number, isRemote: boolean, model: string, encoding: "o200k_base" | "deepseek_v4" }} options
 */
export async function randomEdits({ seed, cases, isRemote, model, encoding }) {
  const { monaco, tokimeter, attachMeter, create, drawn, until, remote } = page;
  const random = mulberry32(seed);
  const below = (/** @type {number} */ limit) => Math.floor(random() * limit);
  /** @template T @param {readonly T[]} list @returns {T} */
  const oneOf = (list) => /** @type {T} */ (list[below(list.length)]);
  const some = (most = 4) => Array.from({ length: below(most + 1) }, () => oneOf(PIECES)).join("");

  const editor = create(some(60), {
    autoClosingBrackets: "always",
    formatOnType: true,
    trimAutoWhitespace: true,
  });
  const others = [monaco.editor.createModel(some(40)), monaco.editor.createModel(`${some(9)}\r\n${some(9)}`)];
  const text = () => /** @type {import("monaco-editor").editor.ITextModel} */ (editor.getModel());
  /** Edits again while an edit is being told, before the meter hears of it. */
  let answersEdits = false;
  const listener = editor.getModel()?.onDidChangeContent(() => {
    if (!answersEdits) return;
    answersEdits = false;
    text().applyEdits([{ range: at(), text: some() }]);
  });
  /** @type {string[]} */
  const errors = [];
  const meter = attachMeter(editor, {
    model,
    ...(isRemote && { meter: remote }),
    onError: (error) => errors.push(String(error)),
  });
  const tok = await tokimeter.load(encoding);
  await until(() => meter.reading?.basis === "exact");

  const length = () => text().getValueLength();
  const at = (most = 12) => {
    const from = below(length() + 1);
    const to = random() < 0.5 ? from : Math.min(length(), from + below(most));
    return monaco.Range.fromPositions(text().getPositionAt(from), text().getPositionAt(to));
  };
  /** Ranges that may touch but do not overlap. */
  const disjoint = (most = 6) => {
    const ends = Array.from({ length: 2 * (1 + below(most)) }, () => below(length() + 1)).sort(
      (a, b) => a - b,
    );
    const ranges = [];
    for (let place = 0; place < ends.length; place += 2) {
      const [from = 0, end = from] = ends.slice(place, place + 2);
      const to = random() < 0.3 ? from : Math.min(end, from + below(9));
      ranges.push(monaco.Range.fromPositions(text().getPositionAt(from), text().getPositionAt(to)));
    }
    return ranges;
  };
  const edits = () => disjoint().map((range) => ({ range, text: some(), forceMoveMarkers: random() < 0.3 }));
  const select = (most = 5) => {
    const [first, ...rest] = disjoint(most).map((range) =>
      monaco.Selection.fromRange(range, random() < 0.5 ? 0 : 1),
    );
    if (first) editor.setSelections([first, ...rest]);
  };
  /** @param {string} command @param {unknown} [payload] */
  const trigger = (command, payload) => editor.trigger("keyboard", command, payload ?? {});
  const put = (/** @type {string} */ value) => text().setValue(value);

  /** Weight, name, and what to do, one after the other. @type {[number, string, ...(() => unknown)[]][]} */
  const ways = [
    [12, "executeEdits", () => editor.executeEdits("test", [{ range: at(), text: some() }])],
    [8, "executeEdits of several", () => editor.executeEdits("test", edits())],
    [6, "pushEditOperations", () => text().pushEditOperations([], edits(), () => null)],
    [4, "applyEdits", () => text().applyEdits(edits())],
    [16, "type", () => trigger("type", { text: oneOf(PIECES) })],
    [8, "type at several cursors", () => select(), () => trigger("type", { text: some(2) })],
    [4, "paste", () => select(), () => trigger("paste", { text: some(8), pasteOnNewLine: random() < 0.2 })],
    [
      3,
      "paste, spread over cursors",
      () => {
        select(3);
        const multicursorText = (editor.getSelections() ?? []).map(() => some());
        trigger("paste", { text: multicursorText.join("\n"), multicursorText });
      },
    ],
    [2, "cut", () => select(2), () => trigger("cut")],
    [10, "command", () => trigger(oneOf(COMMANDS))],
    [12, "undo", () => trigger("undo")],
    [8, "redo", () => trigger("redo")],
    [1, "undo of the model", () => void text().undo()],
    [1, "setValue", () => put(some(60))],
    [1, "setEOL", () => text().setEOL(below(2))],
    [3, "pushEOL", () => text().pushEOL(below(2))],
    [
      2,
      "pushEOL and edits in one undo stop",
      () => text().pushEOL(below(2)),
      () => text().applyEdits(edits()),
    ],
    [
      4,
      "composition",
      () => {
        if (random() < 0.5) select(3);
        trigger("compositionStart");
        let before = 0;
        for (const preview of ["n", "ni", "ni h", "ni hao", oneOf(["你好", "👩‍💻", "", "né"])]) {
          const payload = {
            text: preview,
            replacePrevCharCnt: before,
            replaceNextCharCnt: 0,
            positionDelta: 0,
          };
          trigger("compositionType", payload);
          before = preview.length;
          if (!isRemote) verify("composition, under way");
        }
        trigger("compositionEnd");
      },
    ],
    [
      2,
      "an edit that a listener answers by another",
      () => {
        answersEdits = true;
        trigger("type", { text: "x" });
      },
    ],
    [1, "another model", () => others.push(text()), () => editor.setModel(others.shift() ?? null)],
  ];
  const all = ways.flatMap(([weight, ...way]) => Array.from({ length: weight }, () => way));

  /** @type {Record<string, number>} */
  const done = {};
  /** @type {Record<string, unknown> | undefined} */
  let wrong;
  let number = 0;
  let changed = 0;
  const count = () => tok.count(text().getValue());
  const shown = () => document.querySelector(".tokimeter-status")?.textContent;
  /** Whether the line shows the count. */
  const line = () =>
    shown()?.match(/(?:^| · )([\d,]+) tokens?(?: · |$)/)?.[1] === count().toLocaleString("en");
  const state = () => ({
    number,
    reading: meter.reading?.tokens,
    line: shown(),
    counted: count(),
    text: text().getValue(),
  });
  const verify = (/** @type {string} */ way) => {
    if (meter.reading?.tokens !== count()) wrong ??= { way, ...state() };
  };
  for (; number < cases && !wrong && errors.length === 0; number++) {
    if (length() > LONGEST) put(some(60));
    const [way, ...steps] = oneOf(all);
    done[way] = (done[way] ?? 0) + 1;
    const version = `${text().id} ${text().getVersionId()}`;
    try {
      for (const step of steps) step();
    } catch (error) {
      // Monaco widens ranges to whole characters, and takes none that then overlap.
      if (!/Overlapping ranges/.test(String(error))) throw error;
    }
    if (version !== `${text().id} ${text().getVersionId()}`) changed++;
    // A meter anew, and one whose answers come later, has its count later.
    if (isRemote || way === "another model")
      await until(() => meter.reading?.basis === "exact" && meter.reading.tokens === count()).catch(() => {});
    verify(way);
    if (number % 50 !== 0) continue;
    await drawn();
    if (isRemote) await until(line).catch(() => {});
    if (!line()) wrong ??= { way: `${way}: the line`, ...state() };
  }
  listener?.dispose();
  meter.dispose();
  editor.dispose();
  for (const model of monaco.editor.getModels()) model.dispose();
  return { wrong, errors, number, done, changed };
}
