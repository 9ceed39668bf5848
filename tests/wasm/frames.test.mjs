// @ts-check
/** What countChat says beside the exact counts: overheads, ranges, images, models that it does not know. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { estimate, load, resolve } from "tokimeter";
import { countChat } from "tokimeter/chat";
import { models } from "tokimeter/models";

/** @typedef {import("tokimeter/chat").Message} Message */
/** @typedef {import("tokimeter/chat").Tool} Tool */

/** @param {string} model @param {Message[] | string} messages @param {object} [options] */
async function count(model, messages, options = {}) {
  const tokenizer = await load(model);
  const all =
    typeof messages === "string" ? [{ role: /** @type {const} */ ("user"), content: messages }] : messages;
  const counted = countChat(tokenizer, all, { model, ...options });
  const sum = counted.messages.reduce((total, each) => total + each, counted.tools + counted.reply);
  assert.equal(sum, counted.tokens);
  assert.ok(counted.low <= counted.tokens && counted.tokens <= counted.high, JSON.stringify(counted));
  assert.equal(counted.basis === "exact", counted.why === undefined, JSON.stringify(counted));
  return counted;
}

/** @type {Tool[]} */
const TOOLS = [
  {
    name: "get_weather",
    description: "Returns the weather.",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
];

test("one message of a user, with the prompt for the reply, has the frame that was measured", async () => {
  /** @type {[string, number][]} */
  const measured = [
    ["qwen2.5-72b-instruct", 29],
    ["qwen3-32b", 8],
    ["qwen3.5-27b", 10],
    ["deepseek-v3", 3],
    ["deepseek-r1", 5],
    ["deepseek-v3.1", 4],
    ["deepseek-v4-pro", 4],
    ["glm-4-9b-0414", 5],
    ["glm-4.5", 5],
    ["glm-4.5v", 6],
    ["glm-5", 5],
    ["glm-5.2", 12],
    ["minimax-m2.7", 38],
    ["minimax-m3", 176],
    // With the system message of the template's last revision; the first one's was shorter, and made 16 of it.
    ["kimi-k2-instruct", 26],
    ["llama-3-70b-instruct", 10],
    ["gpt-oss-120b", 61 + 4 + 2],
    ["gpt-4o", 3 + 1 + 3],
    ["mistral-large-2512", 3],
    ["gemma-3-27b-it", 9],
    ["claude-opus-4-6", 7],
    ["claude-opus-4-7", 11],
    ["claude-opus-5", 6],
  ];
  for (const [model, overhead] of measured) {
    const tokenizer = await load(model);
    const { tokens } = await count(model, "Hello");
    assert.equal(tokens - tokenizer.count("Hello"), overhead, model);
  }
});

test("text that looks like a special token counts as text, as an API takes it", async () => {
  const tokenizer = await load("qwen3");
  const { tokens } = await count("qwen3-32b", "<|im_end|>");
  assert.equal(tokens, 8 + tokenizer.count("user\n<|im_end|>") - tokenizer.count("user\n"));
  // A template that is rendered to one string would match it.
  assert.equal(tokenizer.encode("<|im_end|>", { special: "match" }).length, 1);
  assert.ok(tokenizer.count("<|im_end|>") > 1);
});

test("both spellings of a message, and parts of text, are the same", async () => {
  const call = { name: "get_weather", arguments: { city: "Paris" } };
  const first = await count("qwen3-32b", [
    {
      role: "user",
      content: [
        { type: "text", text: "What's the " },
        { type: "text", text: "weather?" },
      ],
    },
    { role: "assistant", content: null, toolCalls: [{ id: "a", ...call }], reasoning: "Ask." },
    { role: "tool", content: "sunny", toolCallId: "a" },
  ]);
  const second = await count("Qwen/Qwen3-32B", [
    { role: "user", content: "What's the weather?" },
    {
      role: "assistant",
      content: "",
      tool_calls: [{ id: "a", type: "function", function: call }],
      reasoning_content: "Ask.",
    },
    { role: "tool", content: "sunny", tool_call_id: "a" },
  ]);
  assert.deepEqual(first, second);
  assert.equal(first.basis, "exact");
});

test("an answer without a name has that of the call that it answers", async () => {
  const calls = ["get_weather", "search_the_archives"].map((name, at) => ({
    id: `c${at}`,
    name,
    arguments: "{}",
  }));
  for (const model of ["gpt-oss-20b", "gemma-4-e2b"]) {
    const [named, unnamed] = [true, false].map((isNamed) => {
      const answers = calls.toReversed().map(({ id, name }) => ({
        role: /** @type {const} */ ("tool"),
        content: "sunny",
        tool_call_id: id,
        ...(isNamed ? { name } : {}),
      }));
      return count(model, [
        { role: "user", content: "?" },
        { role: "assistant", tool_calls: calls },
        ...answers,
      ]);
    });
    assert.deepEqual(await unnamed, await named, model);
  }
});

test("tools are exact where the template declares them, and unknown where it does not", async () => {
  const exact = await count("qwen3-32b", "Hello", { tools: TOOLS });
  assert.ok(exact.tools > 100);
  assert.deepEqual(exact.unknown, []);
  const unknown = await count("deepseek-v3", "Hello", { tools: TOOLS });
  assert.deepEqual(unknown.unknown, ["tools"]);
  assert.match(unknown.why ?? "", /tools/);
  const calls = [{ name: "get_weather", arguments: "{}" }];
  const placeless = await count("minimax-m1", [{ role: "assistant", content: "", toolCalls: calls }]);
  assert.deepEqual(placeless.unknown, ["tools"]);
  const approximate = await count("gpt-4o", "Hello", { tools: TOOLS });
  assert.equal(approximate.basis, "calibrated");
  assert.ok(approximate.low < approximate.high);
});

test("what the template has no place for is said", async () => {
  const system = { role: /** @type {const} */ ("system"), content: "Be brief." };
  for (const model of ["ministral-8b-2410", "open-mixtral-8x7b", "llama-2-7b-chat"]) {
    const { messages, basis, why } = await count(model, [system]);
    assert.deepEqual(messages, [0], model);
    assert.equal(basis, "calibrated", model);
    assert.match(why ?? "", /no place for one of the messages/, model);
  }
  for (const model of ["llama-3.2-3b", "mistral-small-2506"]) {
    const { tools, basis, unknown } = await count(model, [system], { tools: TOOLS });
    assert.deepEqual([tools, basis, unknown], [0, "calibrated", ["tools"]], model);
  }
});

test("vendors without a published frame have a range, with its source", async () => {
  for (const model of [
    "gpt-5.2",
    "gpt-5-mini",
    "o3",
    "claude-opus-4-6",
    "claude-sonnet-5",
    "gemini-2.5-pro",
  ]) {
    const one = await count(model, "Hello");
    const more = await count(model, [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Hello" },
      { role: "assistant", content: "Hi!" },
      { role: "user", content: "How are you?" },
    ]);
    assert.equal(more.basis, "calibrated", model);
    assert.ok(more.high - more.low >= one.high - one.low && more.high > more.low, model);
    assert.ok(more.source?.url?.startsWith("https://"), model);
    assert.match(more.why ?? "", /has not published/, model);
  }
});

test("the vendor's own examples are within Claude's range", async () => {
  // Anthropic, Token counting: 14 tokens for this request.
  const greeting = await count("claude-sonnet-4-5", [
    { role: "system", content: "You are a scientist" },
    { role: "user", content: "Hello, Claude" },
  ]);
  assert.equal(greeting.tokens, 14);
  // And 403 for this one.
  const tool = {
    name: "get_weather",
    description: "Get the current weather in a given location",
    parameters: {
      type: "object",
      properties: { location: { type: "string", description: "The city and state, e.g. San Francisco, CA" } },
      required: ["location"],
    },
  };
  const counted = await count("claude-sonnet-4-5", "What's the weather like in San Francisco?", {
    tools: [tool],
  });
  assert.ok(counted.low <= 403 && 403 <= counted.high, JSON.stringify(counted));
});

test("a model that is not known is a range, and no error", async () => {
  const tokenizer = await load("o200k_base");
  const counted = countChat(tokenizer, [{ role: "user", content: "Hello" }], { model: "no-such-model" });
  assert.equal(counted.format, undefined);
  assert.equal(counted.basis, "estimated");
  assert.ok(counted.low < counted.tokens && counted.tokens < counted.high);
  assert.match(counted.why ?? "", /no-such-model/);
});

test("texts that are estimated have a range too, besides that of the frame", async () => {
  const messages = ["Hello, world.", "How are you?"].map((content) => ({
    role: /** @type {const} */ ("user"),
    content,
  }));
  const tokenizer = await estimate("qwen3-8b");
  const options = { model: "qwen3-8b" };
  const { tokens, low, high, basis } = countChat(tokenizer, messages, options);
  const ends = /** @type {const} */ (["tokens", "low", "high"]).map(
    (end) => countChat({ basis, count: (text) => tokenizer.range(text)[end] }, messages, options).tokens,
  );
  assert.deepEqual([tokens, low, high], ends);
  assert.ok(low < tokens && tokens < high && basis === "estimated");
  const exact = await count("qwen3-8b", messages);
  assert.ok(low <= exact.tokens && exact.tokens <= high);
});

test("another encoding than the model's is said", async () => {
  const counted = countChat(await load("cl100k_base"), [{ role: "user", content: "Hello" }], {
    model: "qwen3-8b",
  });
  assert.notEqual(counted.basis, "exact");
  assert.match(counted.why ?? "", /cl100k_base, but qwen3-8b uses qwen3/);
});

test("no messages, odd calls and half a pair throw nothing", async () => {
  for (const model of [
    "qwen3-8b",
    "qwen3.5-27b",
    "deepseek-v3",
    "deepseek-v4",
    "kimi-k2.5",
    "glm-5.1",
    "glm-4",
    "minimax-m3",
    "gpt-oss-20b",
    "llama-3.1-8b",
    "mistral-nemo",
    "gemma-4-e2b",
    "gpt-4o",
    "claude-opus-5",
    "gemini-2.5-flash",
  ]) {
    await count(model, []);
    await count(model, [
      { role: "tool", content: null },
      { role: "developer", content: "\ud83d" },
      {
        role: "assistant",
        toolCalls: [
          { name: "f", arguments: "{" },
          { name: "g", arguments: "[1]" },
          { name: "h", arguments: "" },
        ],
      },
      { role: "tool" },
      { role: "system", content: "" },
    ]);
  }
});

test("a thousand answers of tools in a row add up, and take no longer than their text", async () => {
  const answers = Array.from({ length: 1000 }, (_, at) => ({
    role: /** @type {const} */ ("tool"),
    content: `${at} `.repeat(500),
    tool_call_id: `${999 - at}`,
    name: "f",
  }));
  for (const model of ["qwen2.5-7b", "deepseek-v4", "kimi-k2"]) await count(model, answers);
});

test("twenty thousand calls in one message take no longer than their text", () => {
  const ids = Array.from({ length: 20_000 }, (_, at) => `call-${at}`);
  /** @type {Message[]} */
  const messages = [
    { role: "assistant", tool_calls: ids.map((id) => ({ id, name: "f", arguments: {} })) },
    ...ids.map((id) => ({ role: /** @type {const} */ ("tool"), content: "", tool_call_id: id })),
  ];
  const started = performance.now();
  countChat({ count: ({ length }) => length, basis: "exact" }, messages, { model: "gemma-4-e2b" });
  assert.ok(performance.now() - started < 3000);
});

test("images by the published rules", async () => {
  /** @param {string} model @param {number} width @param {number} height @param {"low" | "high"} [detail] */
  const image = async (model, width, height, detail) => {
    const part = { type: /** @type {const} */ ("image"), width, height, ...(detail ? { detail } : {}) };
    const counted = await count(model, [{ role: "user", content: [part] }]);
    const without = await count(model, [{ role: "user", content: [] }]);
    return counted.tokens - without.tokens;
  };
  // The examples of OpenAI's guide.
  assert.equal(await image("gpt-4o", 1024, 1024, "high"), 765);
  assert.equal(await image("gpt-4o", 2048, 4096, "high"), 1105);
  assert.equal(await image("gpt-4o", 4096, 8192, "low"), 85);
  assert.equal(await image("gpt-4o-mini", 512, 512), 2833 + 5667);
  assert.equal(await image("gpt-4.1-mini", 1024, 1024), Math.round(1024 * 1.62));
  assert.equal(await image("gpt-4.1-mini", 1800, 2400), Math.round(1452 * 1.62));
  // The examples of Anthropic's: 200 by 200 is about 54, 1000 by 1000 about 1334, 1092 by 1092 about 1590.
  assert.ok(Math.abs((await image("claude-sonnet-4-5", 200, 200)) - 54) <= 1);
  assert.ok(Math.abs((await image("claude-sonnet-4-5", 1000, 1000)) - 1334) <= 1);
  assert.ok(Math.abs((await image("claude-sonnet-4-5", 1092, 1092)) - 1590) <= 1);
  assert.equal(await image("gemini-2.0-flash", 300, 384), 258);
  // mistral-common: 1024 by 1024 is 64 rows of 64 squares and a mark each.
  assert.equal(await image("pixtral-12b", 1024, 1024), 64 * 65);
  // A side that is shrunk to less than a pixel, or than a square, is one.
  assert.equal(await image("gpt-4o", 8192, 1), 85 + 170 * 4);
  assert.equal(await image("gpt-4.1-mini", 49_184, 32), Math.round(1536 * 1.62));
  assert.equal(await image("o4-mini", 10, 100_000), Math.round(1536 * 1.72));
  assert.equal(await image("pixtral-12b", 4096, 1), 64 + 1);
  assert.equal(await image("claude-sonnet-4-5", 100_000, 1), 1);
  assert.equal(await image("qwen3-vl-8b", 4, 179_499), 2560 + 2);
  const unknown = await count("glm-4.5", [
    { role: "user", content: [{ type: "image", width: 10, height: 10 }] },
  ]);
  assert.deepEqual(unknown.unknown, ["image"]);
  const unsized = await count("gpt-4o", [
    { role: "user", content: [{ type: "image_url", image_url: { url: "https://example.org/a.png" } }] },
  ]);
  assert.deepEqual(unsized.unknown, ["image"]);
});

test("every model with a frame has an encoding", () => {
  const models =
    "gpt-4o-mini gpt-4 gpt-3.5-turbo gpt-5.2 gpt-oss-20b qwen2.5-7b qwen3-coder qwen3.6-35b deepseek-chat deepseek-v3.2 kimi-k2.6 glm-z1-9b glm-4.6v minimax-m2.5 meta-llama-3.1-8b mistral-7b-instruct-v0.3 mistral-small-2506 gemma-4-31b-it claude-haiku-4-5 gemini-3.1-pro";
  const tokenizer = { count: () => 0, basis: /** @type {const} */ ("exact") };
  for (const model of models.split(" ")) {
    assert.ok(resolve(model), model);
    assert.ok(countChat(tokenizer, [], { model }).format, model);
  }
});

test("a model has one encoding and one frame, by its id and by every alias", () => {
  const tokenizer = { count: () => 0, basis: /** @type {const} */ ("exact") };
  const image = { type: /** @type {const} */ ("image"), width: 1000, height: 3000 };
  const chatOf = (/** @type {string} */ model) =>
    countChat(tokenizer, [{ role: "user", content: [image] }], { model });
  const knownOf = (/** @type {string} */ model) => [resolve(model)?.encoding, chatOf(model).format];
  for (const { id, aliases, vendor } of models()) {
    for (const alias of aliases) assert.deepEqual(knownOf(alias), knownOf(id), `${alias}, which is ${id}`);
    if (vendor !== "Anthropic") continue;
    for (const name of [id, ...aliases]) assert.deepEqual(chatOf(name).unknown, [], name);
  }
  assert.equal(chatOf("ministral-8b-2410").format, "mistral-v3");
  assert.equal(chatOf("claude-haiku-5-5").format, "claude-6");
  assert.equal(chatOf("claude-mythos-5-1").format, "claude-6");
});
