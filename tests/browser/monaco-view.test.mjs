// @ts-check
/** What the meter shows in the real Monaco editor: marks, colours, the selection, hints, the line, styles; and how large it is. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { build, minify } from "vite";
import { startMonaco } from "../support/monaco.mjs";

const { inPage, open, server } = await startMonaco();

test("what does not fit is marked, in words too", async () => {
  const { marked, fits, options } = await inPage(async ({ create, attachMeter, until, drawn, tokimeter }) => {
    const text = "Die Zeile eins.\r\nZeile zwei ist länger.\r\nDrei.";
    const editor = create(text);
    const meter = attachMeter(editor, { model: "gpt-5.2", context: 271_990 });
    await until(() => meter.reading?.basis === "exact");
    await drawn();
    const model = editor.getModel();
    const [mark] = model
      .getAllDecorations()
      .filter((one) => one.options.inlineClassName === "tokimeter-over");
    const { hoverMessage, overviewRuler, minimap } = mark.options;
    const tok = await tokimeter.load("o200k_base");
    const found = { marked: model.getValueInRange(mark.range), fits: tok.fit(text, 10).text };
    const options = [hoverMessage?.value, overviewRuler?.color.id, minimap?.color.id];
    meter.updateOptions({ context: 0 });
    await drawn();
    options.push(model.getAllDecorations().some((one) => one.options.inlineClassName === "tokimeter-over"));
    return { ...found, options };
  }, undefined);
  assert.equal(fits + marked, "Die Zeile eins.\r\nZeile zwei ist länger.\r\nDrei.");
  assert.deepEqual(options, [
    "does not fit from here on",
    "editorError.foreground",
    "editorError.foreground",
    false,
  ]);
});

test("tokens in view are coloured, and only these", async () => {
  for (const isRemote of [false, true]) {
    const { boxes, spans, several, few, moved, line } = await inPage(
      async ({ create, attachMeter, until, drawn, tokimeter, remote }, isRemote) => {
        const text = "One 👩‍💻 line,\r\n的报告 🇩🇪\r\nthe last the last\r\n";
        const editor = create(text);
        const model = editor.getModel();
        const meter = attachMeter(editor, {
          model: "gpt-5.2",
          colors: true,
          ...(isRemote && { meter: remote }),
        });
        const boxes = () =>
          model
            .getAllDecorations()
            .filter((one) => one.options.className?.startsWith("tokimeter-token"))
            .map(({ range, options }) => ({
              from: model.getOffsetAt(range.getStartPosition()),
              to: model.getOffsetAt(range.getEndPosition()),
              colour: options.className?.match(/tokimeter-token-(\d)/)?.[1],
              hover: options.hoverMessage?.value,
            }))
            .sort((a, b) => a.from - b.from);
        await until(() => boxes().length > 0 && meter.reading?.basis === "exact");
        await drawn();
        const tok = await tokimeter.load("o200k_base");
        const { ids, ends } = tok.spans(text);
        const first = boxes();
        const several = first
          .filter(({ hover }) => hover)
          .map(({ from, to, hover }) => [text.slice(from, to), hover]);

        model.setValue(Array.from({ length: 5_000 }, (_, at) => `line ${at} of many`).join("\n"));
        const counted = () => {
          const tokens = tok.count(model.getValue());
          return until(() => meter.reading?.tokens === tokens && boxes().length > 0);
        };
        await counted();
        await drawn();
        const few = boxes();
        editor.setScrollTop(50_000);
        await until(() => (boxes()[0]?.from ?? 0) > 10_000);
        const moved = boxes();
        model.setValue("word ".repeat(20_000));
        await counted();
        await drawn();
        const line = boxes();
        meter.updateOptions({ colors: false });
        await until(() => boxes().length === 0);
        const spans = [...ids].map((id, place) => ({ id, end: ends[place] }));
        return { boxes: first, spans, several, few: few.length, moved: moved.length, line: line.length };
      },
      isRemote,
    );
    // Every box ends where a token ends, and has the colour of that token.
    for (const { to, colour } of boxes)
      assert.equal(Number(colour), (spans.findLast(({ end }) => end === to)?.id ?? NaN) % 5);
    for (const [place, { from }] of boxes.entries()) assert.equal(from, boxes[place - 1]?.to ?? 0);
    assert.equal(boxes.at(-1)?.to, spans.at(-1)?.end);
    const tokensOf = (/** @type {string} */ part) => several.find(([text]) => text?.includes(part))?.[1];
    assert.match(tokensOf("👩‍💻") ?? "", /^[2-9] tokens$/);
    assert.match(tokensOf("🇩🇪") ?? "", /^[2-9] tokens$/);
    for (const count of [few, moved]) assert.ok(count > 50 && count < 800, `${few} and ${moved} of 25,000`);
    // As much of one long line as is drawn.
    assert.ok(line > 2000 && line < 16_384, `${line} of 20,000`);
  }
});

test("the selection is counted alone", async () => {
  const seen = await inPage(async ({ monaco, create, attachMeter, until, drawn, tokimeter, remote }) => {
    const seen = [];
    const tok = await tokimeter.load("o200k_base");
    for (const make of [tokimeter.meter, remote]) {
      const editor = create("one two\r\nthree 四");
      const meter = attachMeter(editor, { model: "gpt-5.2", meter: make });
      await until(() => meter.reading?.basis === "exact");
      editor.setSelection(new monaco.Selection(2, 5, 1, 6));
      const count = tok.count(editor.getModel().getValueInRange(editor.getSelection()));
      await until(() => meter.selectedTokens === count);
      await drawn();
      seen.push(
        document.querySelector(".tokimeter-status").textContent.split(" · ")[0] ===
          `${count} tokens selected`,
      );
      editor.setSelections([new monaco.Selection(1, 1, 1, 3), new monaco.Selection(2, 1, 2, 3)]);
      await until(() => meter.selectedTokens === undefined);
      editor.dispose();
    }
    return seen;
  }, undefined);
  assert.deepEqual(seen, [true, true]);
});

test("hints become markers when typing pauses, and go with the meter", async () => {
  for (const isRemote of [false, true]) {
    const { markers, left } = await inPage(
      async ({ monaco, create, attachMeter, until, remote }, isRemote) => {
        const key = ["AKIA", "Q3EG", "RZ7T", "YH2K", "LMNP"].join("");
        const editor = create(`Could you please sum up  this?\n\n\n\n\nThe key is ${key}.\n`);
        const markers = monaco.editor;
        const meter = attachMeter(editor, { model: "gpt-5.2", markers, ...(isRemote && { meter: remote }) });
        const resource = editor.getModel().uri;
        const own = () => monaco.editor.getModelMarkers({ owner: "tokimeter", resource });
        await until(() => own().length > 0);
        const found = own().map(({ code, severity, message }) => ({ code, severity, message }));
        meter.dispose();
        return { markers: found, left: own().length };
      },
      isRemote,
    );
    const kinds = markers.map(({ code }) => code);
    assert.ok(kinds.includes("blank-lines") && kinds.includes("credential"), kinds.join());
    for (const { code, severity, message } of markers) {
      assert.equal(severity, code === "credential" ? 4 : 2);
      assert.match(message, /\d+ tokens?/);
    }
    assert.equal(left, 0);
  }
});

test("the line: in an element of the host, nowhere, in Chinese, of an unknown model, after an error", async () => {
  const lines = await inPage(async ({ create, attachMeter, formatReading, until, drawn, tokimeter }) => {
    const host = document.querySelector("#status");
    const lines = [];
    const line = () => document.querySelector(".tokimeter-status > :first-child")?.textContent;
    const attach = async (options) => {
      const editor = create("one two");
      const meter = attachMeter(editor, { model: "gpt-5.2", ...options });
      await until(() => meter.reading);
      await until(() => meter.reading.basis !== "estimated" || options.model === "gpt-9000");
      await drawn();
      lines.push([line(), !!host.firstChild, document.querySelector(".tokimeter-status")?.title]);
      lines.push(formatReading(meter.reading, options.language));
      editor.dispose();
    };
    await attach({ status: host, currency: "USD" });
    await attach({ status: null });
    await attach({ language: "zh", currency: "CNY" });
    await attach({ model: "gpt-9000" });
    let isDown = true;
    const editor = create("one two");
    const errors = [];
    const make = async (...options) => {
      if (isDown) throw new Error("the cable is out");
      return tokimeter.meter(...options);
    };
    const meter = attachMeter(editor, {
      model: "gpt-5.2",
      meter: make,
      onError: (error) => errors.push(error.message),
    });
    await until(() => errors.length > 0);
    lines.push([line(), meter.reading === undefined, document.querySelector(".tokimeter-status").title]);
    editor.executeEdits("test", [{ range: editor.getModel().getFullModelRange(), text: "one" }]);
    isDown = false;
    meter.retry();
    await until(() => meter.reading?.tokens === 1);
    return { lines, errors, left: host.childElementCount };
  }, undefined);
  const [host, , none, , chinese, , unknown, , failed] = lines.lines;
  assert.match(String(host?.[0]), /^2 tokens · fits · 0% · \$0\.\d+$/);
  assert.equal(host?.[1], true);
  assert.match(String(host?.[2]), /^Prices of \d{4}-\d\d-\d\d \(.+\)\.$/);
  assert.deepEqual(none, [undefined, false, undefined]);
  assert.match(String(chinese?.[0]), /^2 个 token · 放得下 · 0% · ¥0\.\d+$/);
  assert.match(String(unknown?.[0]), /^about \d tokens \(\d+–\d+\) · model not known; near its name: .*gpt-/);
  assert.match(String(unknown?.[2]), /^The count is an estimate\.$/);
  assert.deepEqual(failed, ["no count", true, "the cable is out"]);
  assert.deepEqual(lines.errors, ["the cable is out"]);
  assert.equal(lines.left, 0);
});

test("styles go where the editor is, into a shadow root too", async () => {
  const seen = await inPage(async ({ monaco, attachMeter, until, drawn }) => {
    const root = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
    const node = root.appendChild(document.createElement("div"));
    node.style.height = "200px";
    const editor = monaco.editor.create(node, { value: "one two" });
    const meter = attachMeter(editor, { model: "gpt-5.2", colors: true });
    await until(() => meter.reading?.basis === "exact");
    await until(() => root.querySelector(".tokimeter-token"));
    await drawn();
    const style = getComputedStyle(root.querySelector(".tokimeter-status"));
    return [
      root.adoptedStyleSheets.length,
      document.adoptedStyleSheets.length,
      style.whiteSpace,
      style.borderLeftWidth,
    ];
  }, undefined);
  assert.deepEqual(seen, [2, 0, "nowrap", "4px"]);
});

test("the example runs, and axe finds nothing, light and dark", () =>
  open(async (page) => {
    const status = page.locator(".tokimeter-status");
    await status.filter({ hasText: "329 tokens too many" }).waitFor();
    await page.locator(".tokimeter-token").first().waitFor();
    const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
    await page.addScriptTag({ path: axe });
    for (const isDark of [false, true]) {
      await page.locator("[name=dark]").setChecked(isDark);
      await page
        .locator(isDark ? ".monaco-editor.vs-dark" : ".monaco-editor.vs")
        .first()
        .waitFor();
      // Monaco answers for itself.
      const { violations, passes } = await page.evaluate(() =>
        globalThis.axe.run({
          include: ["main"],
          exclude: [[".overflow-guard > :not(.overlayWidgets)"], ["textarea"]],
        }),
      );
      assert.deepEqual(
        violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
        [],
      );
      assert.ok(
        passes.some(
          ({ id, nodes }) => id === "color-contrast" && nodes.some(({ html }) => html.includes("tokens")),
        ),
      );
    }
    await page.selectOption("[name=model]", "deepseek-v4-pro");
    await status.filter({ hasText: "fits" }).waitFor();
  }, server.example));

test("text on the colours of tokens can be read", async () => {
  const { PALETTE } = await import("../../pkg/dist/monaco/tokens.js");
  // The grounds and the texts of Monaco's own two themes.
  const light = ["#fffffe", ["#000000", "#008000", "#0000ff", "#a31515", "#098658"]];
  const dark = ["#1e1e1e", ["#d4d4d4", "#608b4e", "#569cd6", "#ce9178", "#b5cea8"]];
  for (const [tint, line, darkTint, darkLine] of PALETTE) {
    for (const [ground, texts, back, under] of /** @type {[string, string[], string, string][]} */ ([
      [...light, tint, line],
      [...dark, darkTint, darkLine],
    ])) {
      const [plain = "", ...syntax] = texts;
      assert.ok(contrast(plain, back) >= 7, `${plain} on ${back}: ${contrast(plain, back)}`);
      for (const text of syntax)
        assert.ok(contrast(text, back) >= 3, `${text} on ${back}: ${contrast(text, back)}`);
      assert.ok(contrast(under, ground) >= 3, `${under} on ${ground}: ${contrast(under, ground)}`);
    }
  }
});

/** As WCAG defines it. @param {string} one @param {string} other */
function contrast(one, other) {
  const [dark = 0, bright = 0] = [one, other].map(luminance).sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

/** @param {string} colour */
function luminance(colour) {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("is small, and loads nothing of Monaco", async () => {
  const external = /\/(meter|monaco\/(tokens|hints))\.js$/;
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      lib: { entry: "pkg/dist/monaco.js", formats: ["es"] },
      rolldownOptions: { external: (id) => external.test(id) },
    },
  });
  const [{ output } = { output: [] }] = /** @type {{ output: { code: string, imports: string[] }[] }[]} */ (
    [built].flat()
  );
  assert.equal(output.length, 1);
  const [{ code: long, imports } = { code: "", imports: undefined }] = output;
  assert.deepEqual(imports, []);
  const { code } = await minify("monaco.js", long, { module: true });
  const size = brotliCompressSync(code).length;
  console.log(`monaco: ${size} bytes under brotli, without the engine and Monaco`);
  assert.ok(size <= 4096, `${size} bytes`);
  for (const name of ["monaco", "monaco/tokens", "monaco/hints"])
    assert.doesNotMatch(readFileSync(`pkg/dist/${name}.js`, "utf8"), /from "monaco-editor/);
});
