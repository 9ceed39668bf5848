// @ts-check
/** A conversation on the page: its tokens and its cost against the package's, and nothing that a reader wrote is lost. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { estimate, load } from "tokimeter";
import { countChat } from "tokimeter/chat";
import { findModel, rate } from "tokimeter/models";
import { price } from "tokimeter/price";
import { violations } from "../support/axe.mjs";
import { LOOKS } from "../support/looks.mjs";
import { putText, textOf } from "../support/playground.mjs";
import { openSite, startSite } from "../support/site.mjs";

/** @type {import("tokimeter/chat").Message[]} */
const MESSAGES = [
  { role: "system", content: "You are a careful assistant. 请用中文回答。" },
  { role: "user", content: "What is the weather in 北京?" },
  {
    role: "assistant",
    content: null,
    tool_calls: [
      { id: "c1", type: "function", function: { name: "weather", arguments: '{"city": "北京"}' } },
    ],
  },
  { role: "tool", tool_call_id: "c1", content: '{"sky": "clear", "degrees": 21}' },
  { role: "assistant", content: "晴，21 度。" },
];
const TOOLS = [
  {
    type: /** @type {const} */ ("function"),
    function: {
      name: "weather",
      description: "The weather of a city",
      parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    },
  },
];

/** @type {Map<string, import("../support/serve.mjs").Answer>} */
const overrides = new Map();
const { browser, server } = await startSite(overrides);

/** @param {import("playwright-core").BrowserContextOptions} [options] */
async function open(options = {}) {
  const site = await openSite(browser, server.url, {
    permissions: ["clipboard-read", "clipboard-write"],
    ...options,
    hash: "#/playground",
  });
  const { page } = site;
  await page.waitForSelector("[data-editor]");
  return {
    ...site,
    toConversation: async () => {
      await page.locator(".playground-head .segmented button").nth(1).click();
      await page.waitForSelector(".chat-message");
    },
    toText: () => page.locator(".playground-head .segmented button").nth(0).click(),
    /** @param {string} id */
    pick: (id) => page.locator(".playground-model select").first().selectOption(id),
    areas: () => page.locator(".chat-message > textarea"),
    /** Pastes into a field as a person does. @param {import("playwright-core").Locator} field @param {string} text */
    paste: async (field, text) => {
      await field.focus();
      await page.evaluate((text) => navigator.clipboard.writeText(text), text);
      await page.keyboard.press("Control+V");
    },
    /** Waits until the conversation of now is counted, and returns what is shown. */
    shown: async () => {
      await page.waitForSelector('.chat-bill[data-behind="false"] .chat-total');
      return page.evaluate(() => {
        /** @param {string} selector @param {string} key */
        const all = (selector, key) =>
          [...document.querySelectorAll(selector)].map(
            (each) => /** @type {HTMLElement} */ (each).dataset[key],
          );
        const [tokens, low, high] = ["tokens", "low", "high"].map((key) =>
          Number(all(".chat-total", key)[0]),
        );
        return {
          tokens,
          low,
          high,
          messages: all(".chat-message .chat-tokens", "tokens").map(Number),
          tools: Number(all("[data-part=tools] dd", "tokens")[0]),
          reply: Number(all("[data-part=reply] dd", "tokens")[0]),
          basis: all(".chat-basis [data-basis]", "basis")[0],
          format: all(".chat-basis [data-format]", "format")[0],
          why: document.querySelector("[data-why]")?.textContent,
          costs: all(".chat-cost dd", "total"),
        };
      });
    },
  };
}

/**
 * What the package counts. A count with ranges has its ends.
 * @param {string} id @param {readonly import("tokimeter/chat").Message[]} messages @param {readonly import("tokimeter/chat").Tool[]} [tools]
 */
async function counted(id, messages, tools = []) {
  const tok = await load(id);
  /** @param {"tokens" | "low" | "high"} end */
  const by = (end) =>
    countChat(
      {
        count: (text) => tok.range(text)[end],
        basis: tok.basis,
        name: tok.name,
        ...(tok.assumption !== undefined && { assumption: tok.assumption }),
      },
      messages,
      { model: id, tools },
    );
  const count = by("tokens");
  return { ...count, low: by("low").low, high: by("high").high };
}

/** @param {Awaited<ReturnType<Awaited<ReturnType<typeof open>>["shown"]>>} shown @param {Awaited<ReturnType<typeof counted>>} count @param {string} id */
function check(shown, count, id) {
  const { tokens, low, high, messages, tools, reply, basis, format } = count;
  assert.deepEqual(
    { ...shown, why: undefined, costs: undefined },
    {
      tokens,
      low,
      high,
      messages: [...messages],
      tools,
      reply,
      basis,
      format,
      why: undefined,
      costs: undefined,
    },
    id,
  );
  const model = findModel(id);
  if (!model?.prices.length) return assert.deepEqual(shown.costs, []);
  const total = (/** @type {"CNY" | "USD"} */ currency, /** @type {number} */ output) =>
    String(price(model, { input: tokens, output }, { currency, rate }).total);
  return assert.deepEqual(shown.costs, [
    total("USD", 0),
    total("CNY", 0),
    total("USD", 1000),
    total("CNY", 1000),
  ]);
}

test("the text becomes a message of the user, once; both are kept, whichever is shown", async () => {
  const { context, page, problems, toConversation, toText, areas, shown } = await open();
  await putText(page, "写一份日报");
  await toConversation();
  assert.equal(await areas().count(), 1);
  assert.equal(await areas().first().inputValue(), "写一份日报");
  check(await shown(), await counted("gpt-5.2", [{ role: "user", content: "写一份日报" }]), "gpt-5.2");
  await areas().first().fill("别的话");
  await toText();
  assert.equal(await textOf(page), "写一份日报");
  await putText(page, "a second text");
  await toConversation();
  assert.equal(await areas().first().inputValue(), "别的话", "the text is taken over once");
  await toText();
  assert.equal(await textOf(page), "a second text");
  assert.deepEqual(problems, []);
  await context.close();
});

test("a pasted conversation is offered, taken in, counted for many models, copied, and undone", async () => {
  const { context, page, problems, toConversation, areas, shown, pick, paste } = await open();
  await toConversation();
  const json = JSON.stringify({ messages: MESSAGES, tools: TOOLS });
  await paste(areas().first(), json);
  assert.match((await page.textContent(".chat-offer")) ?? "", /5 messages and 1 tool/);
  assert.equal(await areas().first().inputValue(), json, "until then it is the text that was pasted");
  await page.getByRole("button", { name: "Take it in" }).click();
  assert.equal(await areas().count(), 5);
  for (const id of [
    "gpt-5.2",
    "gpt-4o",
    "deepseek-v4-pro",
    "qwen3.8-max",
    "kimi-k3.1-pro",
    "glm-5.3",
    "MiniMax-M3",
    "claude-opus-5-5",
    "gemini-4-argon",
    "mistral-large-4",
    "Llama-4-Maverick-17B-128E-Instruct-FP8",
  ]) {
    await pick(id);
    await page.waitForFunction(
      (name) => document.querySelector(".chat-bill h3")?.textContent?.includes(name),
      findModel(id)?.name ?? "",
    );
    await page.waitForFunction(() => document.querySelector(".chat-vocabulary") === null);
    const now = await shown();
    const count = await counted(id, MESSAGES, TOOLS);
    check(now, count, id);
    assert.equal(now.why, count.why ?? "Token by token as the published template and vocabulary have it.");
  }
  await page.getByRole("button", { name: "Copy as JSON" }).click();
  await page.waitForSelector("text=Copied.");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.deepEqual(JSON.parse(copied), { messages: MESSAGES, tools: TOOLS });
  await page.getByRole("button", { name: "Undo" }).click();
  assert.equal(await areas().count(), 1);
  assert.equal(await areas().first().inputValue(), json);
  assert.equal(await page.inputValue(".chat-tools-field textarea"), "");
  assert.deepEqual(problems, []);
  await context.close();
});

test("messages are added, moved, removed and brought back; wrong JSON is said to be wrong, and stays", async () => {
  const { context, page, problems, toConversation, areas, shown } = await open();
  await putText(page, "one");
  await toConversation();
  for (const text of ["two", "three"]) {
    await page.getByRole("button", { name: "Add a message" }).click();
    await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
    await page.keyboard.insertText(text);
  }
  const texts = () =>
    areas().evaluateAll((all) => all.map((each) => /** @type {HTMLTextAreaElement} */ (each).value));
  const roles = () =>
    page
      .locator(".chat-bar select")
      .evaluateAll((all) => all.map((each) => /** @type {HTMLSelectElement} */ (each).value));
  assert.deepEqual(
    [await texts(), await roles()],
    [
      ["one", "two", "three"],
      ["user", "assistant", "user"],
    ],
  );
  await areas().nth(2).focus();
  await page.keyboard.press("Alt+ArrowUp");
  assert.deepEqual(await texts(), ["one", "three", "two"]);
  await page.waitForFunction(
    () => /** @type {HTMLTextAreaElement} */ (document.activeElement)?.value === "three",
  );
  await page.getByRole("button", { name: "Move message 3 up" }).click();
  await page.getByRole("button", { name: "Move message 2 up" }).click();
  assert.deepEqual(await texts(), ["two", "one", "three"]);
  await page.waitForFunction(
    () => document.activeElement?.getAttribute("aria-label") === "Move message 1 up",
  );
  await page.getByRole("button", { name: "Remove message 2" }).click();
  await areas().first().fill("two!");
  assert.deepEqual(await texts(), ["two!", "three"]);
  await page.getByRole("button", { name: "Undo" }).click();
  assert.deepEqual(await texts(), ["two!", "one", "three"], "what was written meanwhile stays");
  await page.locator(".chat-bar select").first().selectOption("system");
  /** @type {import("tokimeter/chat").Message[]} */
  const messages = [
    { role: "system", content: "two!" },
    { role: "user", content: "one" },
    { role: "user", content: "three" },
  ];
  check(await shown(), await counted("gpt-5.2", messages), "gpt-5.2");

  const tools = page.locator(".chat-tools-field textarea");
  await tools.fill(JSON.stringify(TOOLS));
  check(await shown(), await counted("gpt-5.2", messages, TOOLS), "gpt-5.2");
  for (const [written, fault] of /** @type {const} */ ([
    ['[\n  {"name": }\n]', /line 2, character 12/],
    ['[{"name": "a"}, {"description": "b"}]', /Tool 2 has no name/],
    ["12", /no list of tools/],
  ])) {
    await tools.fill(written);
    const note = (await page.textContent(".chat-tools-field .chat-fault")) ?? "";
    assert.match(note, fault);
    assert.match(note, /last right version counts/);
    assert.equal(await tools.getAttribute("aria-invalid"), "true");
    assert.equal(await tools.inputValue(), written, "what is written stays");
    check(await shown(), await counted("gpt-5.2", messages, TOOLS), "gpt-5.2");
  }
  await tools.fill("");
  await page.locator(".chat-fields summary").nth(1).click();
  await page.locator(".chat-fields textarea").fill('{"name": "Ann"}');
  const named = messages.map((each, at) => (at === 1 ? { ...each, name: "Ann" } : each));
  check(await shown(), await counted("gpt-5.2", named), "gpt-5.2");
  await page.locator(".chat-fields textarea").fill('{"name": 1}');
  assert.match((await page.textContent(".chat-fields .chat-fault")) ?? "", /field name/);
  assert.deepEqual(problems, []);
  await context.close();
});

test("large messages are counted in turns and by their edits; an estimate has its range until the vocabulary comes", async () => {
  const { context, page, problems, toConversation, areas, shown } = await open();
  await toConversation();
  const long = "A line of words, and a second one; 一行字。\n".repeat(12_000);
  await areas()
    .first()
    .evaluate((field, text) => {
      /** @type {HTMLTextAreaElement} */ (field).value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }, long);
  check(await shown(), await counted("gpt-5.2", [{ role: "user", content: long }]), "gpt-5.2");
  for (const letter of "!?x") {
    await areas()
      .first()
      .evaluate((field, letter) => {
        /** @type {HTMLTextAreaElement} */ (field).setRangeText(letter, 1000, 1000, "end");
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }, letter);
  }
  const edited = `${long.slice(0, 1000)}x?!${long.slice(1000)}`;
  check(await shown(), await counted("gpt-5.2", [{ role: "user", content: edited }]), "gpt-5.2");
  const path = (await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name)))
    .map((url) => new URL(url).pathname)
    .find((each) => each.endsWith(".vocab"));
  await context.close();

  overrides.set(path ?? "", { status: 404, body: "" });
  const without = await open();
  await putText(without.page, "帮我写一份日报");
  await without.toConversation();
  const now = await without.shown();
  const estimator = await estimate("gpt-5.2");
  const messages = [{ role: /** @type {const} */ ("user"), content: "帮我写一份日报" }];
  const by = (/** @type {"tokens" | "low" | "high"} */ end) =>
    countChat(
      { ...estimator, basis: "estimated", name: "o200k_base", count: (text) => estimator.range(text)[end] },
      messages,
      {
        model: "gpt-5.2",
      },
    );
  assert.deepEqual([now.tokens, now.low, now.high], [by("tokens").tokens, by("low").low, by("high").high]);
  assert.equal(now.basis, "estimated");
  assert.match((await without.page.textContent(".chat-bill")) ?? "", /did not come/);
  overrides.delete(path ?? "");
  await without.page.getByRole("button", { name: "Try again" }).click();
  await without.page.waitForFunction(() => document.querySelector(".chat-vocabulary") === null);
  check(await without.shown(), await counted("gpt-5.2", messages), "gpt-5.2");
  assert.deepEqual(problems, []);
  await without.context.close();
});

test("in both languages, at three widths, light and dark: nothing is cut, axe finds nothing; reasons are in Chinese", async () => {
  for (const [locale, ...sizes] of LOOKS) {
    const { context, page, problems, toConversation, areas, paste, shown } = await open({ locale });
    await toConversation();
    await paste(areas().first(), JSON.stringify({ messages: MESSAGES, tools: TOOLS }));
    await page.locator(".chat-offer .primary").click();
    await page.locator("[data-remove]").nth(1).click();
    await shown();
    for (const [width, colorScheme] of sizes) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide at ${width}`);
      assert.deepEqual(await violations(page, ".chat"), [], `${locale} ${width} ${colorScheme}`);
    }
    assert.deepEqual(problems, []);
    await context.close();
  }
  const { context, page, toConversation, areas, paste, shown, pick } = await open({ locale: "zh-CN" });
  await toConversation();
  await paste(areas().first(), JSON.stringify({ messages: MESSAGES, tools: TOOLS }));
  await page.locator(".chat-offer .primary").click();
  const options = await page
    .locator(".playground-model option")
    .evaluateAll((all) =>
      all.map((each) => /** @type {HTMLOptionElement} */ (each)).map(({ value, text }) => [value, text]),
    );
  for (const [id = "", name = ""] of options) {
    await pick(id);
    await page.waitForFunction(
      (name) => document.querySelector(".chat-bill h3")?.textContent?.includes(name),
      name,
    );
    const { why } = await shown();
    assert.equal(await page.getAttribute("[data-why]", "lang"), null, `${id}: ${why}`);
  }
  await context.close();
});
