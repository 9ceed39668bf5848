// @ts-check
/**
 * `<token-meter>` for everybody: what a screen reader hears and when, what axe finds, the keyboard, zoom, narrow pages, both
 * directions of writing, forced colours, less motion, and the language.
 */

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { findModel } from "tokimeter/models";
import { heard } from "../support/heard.mjs";
import { inputMethod } from "../support/input-method.mjs";
import { startMeters, TEXT } from "../support/meters.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const ROOM = findModel("gpt-5.2")?.maxInput ?? Number.NaN;
const PAUSE = 1300;
const FIELD = `<label for=prompt>Prompt</label><textarea id=prompt>${TEXT}</textarea>`;
const STYLE = `
  :root { color-scheme: light dark; font: 16px sans-serif }
  body { background: light-dark(#fff, #17181a); color: light-dark(#23211d, #e9e5dc) }
  textarea { inline-size: 100%; box-sizing: border-box }`;

/** Meters in every state. */
const STATES = [
  ["ok", "model=gpt-5.2 reserve=1000"],
  ["near", `model=gpt-5.2 context=${ROOM - 100} currency=CNY`],
  ["over", `model=claude-opus-5 context=1100000 batch`],
  ["unknown", "model=no-such-model"],
]
  .map(
    ([id, attributes]) =>
      `<section><label for=of-${id}>${id}</label><textarea id=of-${id}>${TEXT}</textarea><token-meter id=${id} for=of-${id} ${attributes}></token-meter></section>`,
  )
  .join("");

/** @type {Awaited<ReturnType<typeof startMeters>>} */
let meters;
before(async () => {
  meters = await startMeters();
});
after(() => meters.close());

/** Opens a page with one meter, that becomes nearly full at the 60th token. */
async function openNear() {
  const opened = await meters.open(
    `<label for=prompt>Prompt</label><textarea id=prompt></textarea><token-meter for=prompt model=gpt-5.2 context=${Math.ceil(0.8 * ROOM) - 60}></token-meter>`,
  );
  await opened.shows("basis", "exact");
  await opened.listen();
  await opened.page.locator("#prompt").focus();
  return opened;
}

test("52 keys that cross no threshold: not a word; crossing one: one sentence, when typing has paused", async () => {
  const { page, said, part } = await openNear();
  for (let key = 0; key < 52; key++) await page.keyboard.press(key % 2 ? "Space" : "a");
  assert.equal(Number(await part("tokens").textContent()) > 20, true);
  await page.waitForTimeout(PAUSE);
  assert.deepEqual(await said(), []);
  for (let key = 0; key < 80; key++) await page.keyboard.press(key % 2 ? "Space" : "b");
  assert.equal(await part("level").textContent(), "Nearly full");
  assert.deepEqual(await said(), [], "not while keys come");
  await page.waitForTimeout(PAUSE);
  assert.equal((await said()).length, 1);
  assert.match((await said())[0] ?? "", /^Nearly full: [\d,]+ tokens left$/);
  await page.keyboard.type(" c c c");
  await page.waitForTimeout(PAUSE);
  assert.equal((await said()).length, 1, "nor again while it stays");
  // Back and forth within one pause is not worth a word.
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Control+z");
  await page.waitForTimeout(PAUSE);
  assert.equal((await said()).length, 1);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.waitForTimeout(PAUSE);
  assert.match((await said())[1] ?? "", /^Fits: [\d,]+ tokens left$/);
  await page.close();
});

test("while an input method composes, its preview is counted and nothing is said", async () => {
  const { page, said, part } = await openNear();
  const typist = await inputMethod(page);
  await page.keyboard.insertText("a b ".repeat(20));
  const before = Number(await part("tokens").textContent());
  const text = "x1".repeat(40);
  await typist.compose(text);
  assert.ok(Number(await part("tokens").textContent()) > before);
  assert.equal(await part("level").textContent(), "Nearly full");
  await page.waitForTimeout(PAUSE);
  assert.deepEqual(await said(), []);
  await typist.commit("你好");
  await page.waitForTimeout(PAUSE + 1000);
  assert.deepEqual(await said(), [], "what was crossed in the preview only");
  await page.close();
});

test("the field is described by what fits and is in it; that changes only while it has not the focus", async () => {
  const { page } = await openNear();
  /** What a screen reader is told of the field. */
  const field = async () => {
    const nodes = await heard(page);
    const of = (/** @type {string} */ role) => nodes.filter((node) => node.role === role);
    return {
      box: of("textbox")[0],
      groups: of("group"),
      statuses: of("status"),
      text: JSON.stringify(nodes),
    };
  };
  const { box, groups, statuses } = await field();
  assert.equal(box?.name, "Prompt");
  assert.match(box?.description ?? "", /^0 tokens\. At most 54,\d+ fit\.$/);
  assert.equal(groups[0]?.name, box?.description);
  assert.equal(statuses.length, 1);
  await page.keyboard.type("one two three");
  assert.match((await field()).box?.description ?? "", /^0 tokens/);
  await page.locator("#prompt").blur();
  const { box: left, text } = await field();
  assert.match(left?.description ?? "", /^3 tokens\. At most 54,\d+ fit\.$/);
  assert.ok(!text.includes("prices of"), "what is seen is silent");
  await page.close();
});

test("an error is said once", async () => {
  const opened = await meters.open("", { script: "" });
  const { page, said, shows, listen } = opened;
  await page.route("**/*.vocab", (route) => route.abort());
  await page.evaluate(async () => {
    await import(/** @type {string} */ ("/dist/element.js"));
    document.body.innerHTML = "<token-meter model=gpt-5.2></token-meter>";
  });
  await listen();
  await shows("note", "could not be loaded");
  await page.waitForTimeout(PAUSE);
  assert.deepEqual(await said(), ["The vocabulary could not be loaded, so this is an estimate."]);
  await page.close();
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const lang of ["en", "zh"]) {
    test(`axe finds nothing: ${colorScheme}, ${lang}`, async () => {
      const { page, shows, part } = await meters.open(`<h1>Meters</h1>${STATES}`, {
        colorScheme,
        html: `lang=${lang}`,
        style: STYLE,
      });
      await shows("basis", /exact|准确/, "#near");
      await shows("basis", /calibrated|校准/, "#over");
      await shows("note", /no-such-model/, "#unknown");
      await page.addScriptTag({ path: AXE });
      const { violations, passes, unsure } = await page.evaluate(async () => {
        const { axe } = /** @type {any} */ (globalThis);
        const found = await axe.run();
        return {
          violations: found.violations.map(
            (/** @type {any} */ each) =>
              `${each.id}: ${each.nodes.map((/** @type {any} */ node) => node.html)}`,
          ),
          passes: found.passes.length,
          unsure: found.incomplete.map((/** @type {any} */ each) => each.id),
        };
      });
      assert.deepEqual(violations, []);
      assert.ok(passes > 10);
      assert.deepEqual(unsure, []);
      // The words say it, not only the colour.
      const words = await Promise.all(
        ["ok", "near", "over"].map((id) => part("level", `#${id}`).textContent()),
      );
      assert.equal(new Set(words).size, 3);
      await page.close();
    });
  }
}

test("the keyboard reaches what there is to press, and only that", async () => {
  const { page, shows, part } = await meters.open(
    "<label for=prompt>Prompt</label><textarea id=prompt></textarea><token-meter for=prompt model=gpt-5.2></token-meter><button id=next>Next</button>",
    { without: "**/*.vocab" },
  );
  await shows("retry", "Try again");
  const focused = () =>
    page.evaluate(() => {
      const { activeElement } = document;
      return [activeElement?.id, activeElement?.shadowRoot?.activeElement?.className]
        .filter(Boolean)
        .join(" ");
    });
  await page.locator("#prompt").focus();
  await page.keyboard.press("Tab");
  assert.match(await focused(), /retry$/);
  const outline = await part("retry").evaluate((button) => getComputedStyle(button).outlineStyle);
  assert.notEqual(outline, "none", "the focus is seen");
  await page.unroute("**/*.vocab");
  await page.keyboard.press("Space");
  await shows("basis", "exact");
  assert.match(await focused(), / meter$/, "the focus stays where it was");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "next");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await focused(), "prompt");
  await page.close();
});

for (const [name, width, zoom] of /** @type {const} */ ([
  ["320 pixels wide", 320, "1"],
  ["at 200 % zoom", 640, "2"],
  ["at 200 % zoom of the text", 640, "text"],
])) {
  for (const dir of ["ltr", "rtl"]) {
    test(`${name}, ${dir}: nothing is cut off`, async () => {
      const style = `${STYLE} ${zoom === "text" ? ":root { font-size: 200% }" : `:root { zoom: ${zoom} }`}`;
      const { page, shows, part } = await meters.open(STATES, {
        viewport: { width, height: 600 },
        html: `lang=en dir=${dir}`,
        style,
      });
      await shows("basis", "exact", "#near");
      await shows("basis", "calibrated", "#over");
      const cut = await page.evaluate(() => {
        const root = document.documentElement;
        const found = root.scrollWidth > root.clientWidth ? ["the page"] : [];
        for (const meter of document.querySelectorAll("token-meter")) {
          const frame = meter.getBoundingClientRect();
          for (const part of meter.shadowRoot?.querySelectorAll("span, .note") ?? []) {
            const box = part.getBoundingClientRect();
            if (box.width > 0 && (box.left < frame.left || box.right > frame.right + 0.5))
              found.push(part.className);
          }
        }
        return found;
      });
      assert.deepEqual(cut, []);
      const [bar, fill] = await Promise.all([
        part("bar", "#near").boundingBox(),
        part("context", "#near").boundingBox(),
      ]);
      assert.ok(bar && fill);
      const starts = dir === "ltr" ? fill.x - bar.x : bar.x + bar.width - fill.x - fill.width;
      assert.ok(Math.abs(starts) < 2, "the bar begins where lines begin");
      await page.close();
    });
  }
}

test("less motion, if that is wished", async () => {
  const { page, part, shows } = await meters.open(STATES);
  await shows("basis", "exact", "#ok");
  const duration = () => part("fill", "#ok").evaluate((fill) => getComputedStyle(fill).transitionDuration);
  assert.match(await duration(), /^0\.15s/);
  await page.emulateMedia({ reducedMotion: "reduce" });
  assert.equal(await duration(), "0s");
  await page.close();
});

test("forced colours: the bar is seen in the colours of the system", async () => {
  const { page, part, shows } = await meters.open(STATES, { forcedColors: "active" });
  await shows("basis", "exact", "#near");
  const style = (/** @type {string} */ name) =>
    part(name, "#near").evaluate((element) => {
      const { backgroundColor, borderTopWidth, color, opacity } = getComputedStyle(element);
      const probe = document.createElement("div");
      document.body.append(probe);
      probe.style.cssText = "forced-color-adjust: none; background: Highlight; color: CanvasText";
      const { backgroundColor: highlight, color: text } = getComputedStyle(probe);
      probe.remove();
      return { backgroundColor, borderTopWidth, color, opacity, highlight, text };
    });
  const [bar, fill, basis] = await Promise.all([style("bar"), style("fill"), style("basis")]);
  assert.equal(fill.backgroundColor, fill.highlight);
  assert.equal(bar.borderTopWidth, "1px");
  assert.equal(basis.color, basis.text);
  assert.equal(basis.opacity, "1");
  await page.close();
});

test("it can be dressed by properties and parts", async () => {
  const { page, part, shows } = await meters.open(STATES, {
    style: "token-meter { --token-meter-ok: rgb(1, 2, 3) } token-meter::part(tokens) { color: rgb(4, 5, 6) }",
  });
  await shows("basis", "exact", "#ok");
  assert.equal(
    await part("fill", "#ok").evaluate((fill) => getComputedStyle(fill).backgroundColor),
    "rgb(1, 2, 3)",
  );
  assert.equal(
    await part("tokens", "#ok").evaluate((tokens) => getComputedStyle(tokens).color),
    "rgb(4, 5, 6)",
  );
  await page.close();
});

test("the language is the closest one; another one can be added", async () => {
  const { page, part, shows } = await meters.open(
    `<div lang=zh-CN>${FIELD}<token-meter id=a for=prompt model=gpt-5.2 context=1></token-meter></div>
     <token-meter id=b lang=zh_CN for=prompt model=gpt-5.2></token-meter><token-meter id=c lang=de for=prompt model=gpt-5.2></token-meter>`,
  );
  await shows("basis", "准确", "#a");
  await shows("basis", "准确", "#b");
  await shows("basis", "exact", "#c");
  assert.match((await part("price", "#a").textContent()) ?? "", /^2026年\d+月\d+日的价格$/);
  assert.equal(await part("meter", "#a").getAttribute("lang"), "zh-CN");
  assert.equal(await part("meter", "#c").getAttribute("lang"), "en");
  await page.evaluate(async () => {
    const { TokenMeterElement } = await import(/** @type {string} */ ("/dist/element.js"));
    TokenMeterElement.languages.de = {
      ...TokenMeterElement.languages.en,
      level: { ok: "Passt", near: "", over: "" },
    };
    document.querySelector("#c")?.setAttribute("lang", "de-AT");
  });
  await shows("level", "Passt", "#c");
  assert.match((await part("room", "#c").textContent()) ?? "", /^27\d.\d{3} /);
  await page.close();
});
