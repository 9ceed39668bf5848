// @ts-check
/** The boxes of tokens in the playground: whole characters, one colour for an id, what cannot be seen, only what is in view, and contrast. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "tokimeter";
import { openPlayground } from "../support/playground.mjs";
import { startSite } from "../support/site.mjs";

const o200k = await load("o200k_base");
/** What text has at least against its ground. */
const CONTRAST = 4.5;

const { browser, server } = await startSite();

/** Returns the boxes that are drawn. @param {import("playwright-core").Page} page */
const boxes = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".cm-content .tok:not(.tok-break)")].map((box) => {
      const { tokens, ids } = /** @type {HTMLElement} */ (box).dataset;
      return {
        text: box.textContent ?? "",
        colour: /tok-(\d+)/.exec(box.className)?.[1],
        edge: box.classList.contains("tok-edge"),
        tokens,
        ids,
      };
    }),
  );

/** Waits until there are boxes. @param {import("playwright-core").Page} page */
const drawn = (page) => page.locator(".cm-content .tok").first().waitFor();

test("boxes hold whole characters, and say how many tokens one is", async () => {
  const { context, page, problems, put, counts } = await openPlayground(browser, server.url);
  const text = "👩‍💻 and the sky, the end\n\n龘 天空 हिन्दी 𓀀 the";
  await put(text);
  await counts(o200k.count(text));
  await drawn(page);
  const found = await boxes(page);
  assert.equal(found.map(({ text }) => text).join(""), text.replaceAll("\n", ""));
  const graphemes = (/** @type {string} */ text) => [...new Intl.Segmenter("en").segment(text)].length;
  assert.equal(
    found.reduce((sum, { text }) => sum + graphemes(text), 0),
    graphemes(text.replaceAll("\n", "")),
    "no character is cut",
  );
  for (const one of ["👩‍💻", "𓀀"]) {
    const box = found.find(({ text }) => text.includes(one));
    assert.equal(Number(box?.tokens), o200k.count(box?.text ?? ""), one);
  }
  // An id has one colour, and neighbours of one colour have an edge.
  const the = found.filter(({ text }) => text === " the");
  assert.ok(the.length >= 2);
  assert.equal(new Set(the.map(({ colour }) => colour)).size, 1);
  for (const [at, { colour, edge }] of found.entries()) {
    if (at > 0 && found[at - 1]?.colour === colour) assert.ok(edge || found[at]?.text === "", `box ${at}`);
  }
  assert.equal(await page.locator(".tok-break").count(), 2, "each line break is seen");
  // With a pointer a box says what it is.
  await page.locator(".tok[data-tokens]").first().hover();
  await page.locator(".token-tip").waitFor();
  const emoji = o200k.spans("👩‍💻");
  assert.match(
    (await page.textContent(".token-tip")) ?? "",
    new RegExp(`${emoji.ids.length} tokensids ${[...emoji.ids].join(", ")}bytes F0 9F`),
  );
  assert.deepEqual(problems, []);
  await context.close();
});

test("ids are those of the package; the selection lists its tokens with their bytes", async () => {
  const { context, page, problems, put, editor, counts } = await openPlayground(browser, server.url);
  const text = " hello 龘, wörld";
  await put(text);
  await counts(o200k.count(text));
  await page.getByText("Show ids").click();
  await page.locator(".tok[data-ids]").first().waitFor();
  const ids = [...o200k.spans(text).ids];
  assert.equal((await boxes(page)).map(({ ids }) => ids).join(" "), ids.join(" "));
  await editor.press("Control+a");
  await page.waitForFunction((count) => document.querySelectorAll("[data-id]").length === count, ids.length);
  const rows = await page.evaluate(() =>
    [...document.querySelectorAll("[data-id]")].map((row) =>
      [...row.children].map((cell) => cell.textContent ?? ""),
    ),
  );
  assert.deepEqual(
    rows.map(([, , id, bytes]) => [Number(id), bytes]),
    ids.map((id) => [
      id,
      [...o200k.decodeBytes([id])].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" "),
    ]),
  );
  assert.equal(rows[0]?.[1], "·hello");
  assert.ok(
    rows.some(([, text]) => text === "part of a character"),
    "a rare character is several tokens",
  );
  assert.deepEqual(problems, []);
  await context.close();
});

test("what cannot be seen is seen: spaces, byte order mark, zero width, direction, special tokens", async () => {
  const { context, page, problems, put } = await openPlayground(browser, server.url);
  await put("\ufeffa\u00a0b\tc  d\u200be\u202ef\u202c g\u3000h <|endoftext|>");
  await drawn(page);
  assert.deepEqual(await page.locator(".shapeless").allTextContents(), [
    "U+FEFF",
    "U+200B",
    "U+202E",
    "U+202C",
  ]);
  for (const kind of ["no-break", "tab", "wide", "space"]) {
    assert.ok((await page.locator(`.tok-ws-${kind}`).count()) > 0, kind);
  }
  assert.match(
    (await page.locator(".tok-special").first().getAttribute("title")) ?? "",
    /<\|endoftext\|>.*199999/,
  );
  // It is not hidden with the colours, for it may be an attack.
  await page.getByText("Colour the tokens").click();
  assert.equal(await page.locator(".cm-content .tok").count(), 0);
  assert.equal(await page.locator(".shapeless").count(), 4);
  assert.deepEqual(problems, []);
  await context.close();
});

test("only what is in view is drawn, of a text of any length, and it stays as one scrolls", async () => {
  const { context, page, problems, put, counts } = await openPlayground(browser, server.url);
  const text = Array.from(
    { length: 20_000 },
    (_, line) => `line ${line} of a text that is long 👨‍👩‍👧‍👦 ok`,
  ).join("\n");
  await put(text);
  const tokens = o200k.count(text);
  await counts(tokens);
  const scroll = (/** @type {number} */ top) =>
    page.locator(".cm-scroller").evaluate((element, top) => element.scrollTo({ top }), top);
  await scroll(0);
  await page.locator(".cm-line", { hasText: "line 0 " }).locator(".tok").first().waitFor();
  const top = await boxes(page);
  assert.ok(top.length > 50 && top.length < tokens / 100, `${top.length} boxes for ${tokens} tokens`);
  assert.ok(
    top.some(({ text }) => text.trim() === "👨‍👩‍👧‍👦"),
    "several tokens, one box",
  );
  await scroll(1e9);
  await page.locator(".cm-line", { hasText: "line 19999 " }).locator(".tok").first().waitFor();
  const bottom = await boxes(page);
  assert.ok(bottom.length > 50 && bottom.length < tokens / 100);
  assert.ok(!bottom.some(({ text }) => text.includes("line 0 ")));
  assert.deepEqual(problems, []);
  await context.close();
});

test("where no ids are known, it says why there are no colours", async () => {
  const { context, page, problems, put, ready } = await openPlayground(browser, server.url, {
    model: "claude-opus-5",
  });
  await put("Nobody knows where these tokens end.");
  await ready();
  assert.match((await page.textContent("[data-no-boxes]")) ?? "", /has not published its vocabulary/);
  assert.equal(await page.locator(".cm-content .tok").count(), 0);
  const reading = (await load("claude-opus-5")).range("Nobody knows where these tokens end.");
  const main = (await page.textContent(".readout-main")) ?? "";
  assert.match(main, new RegExp(`≈${reading.tokens}.*calibrated.*${reading.low}–${reading.high}`));
  assert.deepEqual(problems, []);
  await context.close();
});

test(`ink on each colour, and ids beside it, have a contrast of ${CONTRAST} at least`, async () => {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    const { context, page } = await openPlayground(browser, server.url, { colorScheme });
    const found = await page.evaluate(() => {
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      /** @param {string} colour */
      const rgb = (colour) => {
        if (!canvas) return [0, 0, 0];
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
      };
      /** @param {number[]} parts */
      const luminance = (parts) => {
        const [red = 0, green = 0, blue = 0] = parts.map((part) => {
          const share = part / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      /** @param {string} one @param {string} other */
      const contrast = (one, other) => {
        const [low = 0, high = 0] = [luminance(rgb(one)), luminance(rgb(other))].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
      };
      const place = document.querySelector(".cm-content");
      return Array.from({ length: 12 }, (_, colour) => {
        const box = document.createElement("span");
        box.className = `tok tok-${colour} tok-break`;
        const ink = document.createElement("span");
        ink.style.color = "var(--ink)";
        box.append(ink);
        place?.append(box);
        const { backgroundColor, color } = getComputedStyle(box);
        const of = [contrast(getComputedStyle(ink).color, backgroundColor), contrast(color, backgroundColor)];
        box.remove();
        return { backgroundColor, of };
      });
    });
    assert.equal(new Set(found.map(({ backgroundColor }) => backgroundColor)).size, 12);
    for (const { backgroundColor, of } of found) {
      for (const contrast of of)
        assert.ok(contrast >= CONTRAST, `${colorScheme}: ${backgroundColor}: ${contrast}`);
    }
    await context.close();
  }
});
