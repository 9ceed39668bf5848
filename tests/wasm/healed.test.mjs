// @ts-check
/**
 * What the life of the engine's instance is to those above it: a meter and a host's text go on after a trap, and memory is given back
 * when the page is idle.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { engine, trap } from "../support/trapping-engine.mjs";

const { configure, estimate, Feed, load, meter, Tokenizer, TokimeterError } = await import("tokimeter");

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");

/** @param {unknown} error */
const isTrap = (error) => error instanceof TokimeterError && error.code === "trap";
const english = readFileSync("target/corpus/english.txt", "utf8");

// The first here: nothing else is in the engine yet.
test("memory is given back when all was forgotten, and the next vocabulary loads", async () => {
  const { createEncoding, start } = await import("../../pkg/dist/engine.js");
  await start();
  const file = readFileSync("pkg/vocab/r50k_base.vocab");
  // As of a file of one's own, that the package does not keep.
  const count = (/** @type {string} */ text) => {
    const steps = createEncoding(file);
    let step = steps.next();
    while (!step.done) step = steps.next();
    return new Tokenizer(step.value, { name: "own", basis: "exact" }).count(text);
  };
  const tokens = count(english);
  count(english.repeat(Math.ceil(7e7 / english.length)));
  const { instances } = engine;
  for (let waited = 0; engine.instances === instances && waited < 20_000; waited += 100) {
    gc();
    await sleep(100);
  }
  assert.ok(engine.bytes < 1e7, `${engine.bytes} bytes`);
  assert.equal(count(english), tokens);
});

test("a meter whose vocabulary the engine failed on goes on estimating, with what was edited", async () => {
  const large = english.repeat(3);
  const text = `Some more. ${large}`;
  const tok = await estimate("gpt2");
  // While it is read, and while it counts the text.
  for (const at of ["loader_step", "livetext_update"]) {
    /** @type {() => void} */
    let give = () => {};
    const isAsked = new Promise((resolve) => {
      give = () => resolve(undefined);
    });
    configure({ read: (url) => isAsked.then(() => readFile(url)) });
    const made = await meter("gpt2", { text: large, instant: true });
    assert.equal(made.reading.basis, "estimated");
    made.update([{ from: 0, insert: "Some more. " }]);
    engine.trapAt = at;
    give();
    await assert.rejects(made.ready, isTrap);
    configure({});
    assert.equal(made.text, text);
    assert.equal(made.reading.tokens, tok.count(text));
    assert.equal(made.update([{ from: 0, to: 11 }]).tokens, tok.count(large));
  }
});

test("a meter does not keep the text, the signal and the listener that it was made with", async () => {
  for (const instant of [false, true]) {
    const make = async () => {
      const onReading = () => {};
      const { signal } = new AbortController();
      const made = await meter("gpt-4", { text: "Hello", instant, signal, onReading });
      await made.ready;
      return { made, held: [new WeakRef(signal), new WeakRef(onReading)] };
    };
    const { made, held } = await make();
    // In a task of its own: what was asked for in this one is kept until its end.
    await sleep(10);
    gc();
    assert.deepEqual(
      held.map((one) => one.deref()),
      [undefined, undefined],
    );
    assert.equal(made.configure({ context: 5 }).tokens, 1);
  }
});

test("a host's text is counted again after a trap", async () => {
  let text = "Hello, world!";
  /** @type {unknown[]} */
  const errors = [];
  const feed = new Feed(() => text, { model: "gpt-4", onError: (error) => errors.push(error) });
  const tok = await load("gpt-4");
  const settled = async () => {
    while (!feed.isSettled || feed.reading?.basis !== "exact") await sleep(5);
    assert.equal(feed.reading?.tokens, tok.count(text));
  };
  await settled();
  for (const change of ["edit", "configure", "reading", "ask"]) {
    trap(tok);
    if (change === "edit") {
      text += " More.";
      feed.edit([{ from: text.length - 6, insert: " More." }]);
    } else if (change === "configure") feed.configure({ context: 10 });
    else if (change === "ask")
      assert.equal(
        feed.ask((meter) => meter.countRange(0, 5)),
        undefined,
      );
    await settled();
  }
  assert.equal(
    feed.ask((meter) => meter.countRange(0, 5)),
    tok.count(text.slice(0, 5)),
  );
  assert.equal(feed.meter?.reading.remaining, 8192 - 10 - tok.count(text));
  assert.deepEqual(errors, []);
  // What makes the engine fail each time is not tried again and again.
  engine.isFull = true;
  trap(tok);
  feed.edit([{ from: 0, insert: "" }]);
  await sleep(100);
  assert.ok(errors.length === 1 && isTrap(errors[0]), String(errors));
  assert.equal(feed.reading, undefined);
  engine.isFull = false;
  trap(tok);
  feed.retry();
  await settled();
  feed.dispose();
});

test("memory is given back when a text of 70 MB was disposed, emptied or only counted", async () => {
  const tok = await estimate("o200k_base");
  const text = english.repeat(Math.ceil(7e7 / english.length)).slice(0, 7e7);
  const live = tok.live("some text");
  const counter = live.also(await load("llama2"));
  await counter.ready;
  const [tokens, also] = [live.tokens, counter.tokens];
  const alone = tok.live("some text");
  alone.also(tok).dispose();
  /** @param {string} how @param {() => void} use */
  const back = async (how, use) => {
    use();
    const large = engine.bytes;
    assert.ok(large > 6.7e7, `${how}: ${large} bytes`);
    const { instances } = engine;
    for (let waited = 0; engine.instances === instances && waited < 20_000; waited += 100) await sleep(100);
    console.log(`${how}: ${large / 1e6} MB, then ${engine.bytes / 1e6} MB`);
    assert.ok(engine.bytes < 3e7, `${how}: ${engine.bytes} bytes`);
    // It is the same text still, with its counter.
    assert.deepEqual([live.tokens, counter.tokens, live.text], [tokens, also, "some text"]);
    assert.deepEqual([alone.tokens, alone.text], [tokens, "some text"]);
  };
  await back("disposed", () => tok.live(text).dispose());
  const emptied = tok.live();
  await back("emptied", () => {
    emptied.reset(text);
    emptied.reset("");
  });
  assert.equal(emptied.replace(0, 0, "some text").tokens, tokens);
  await back("only counted", () => tok.count(text));
});
