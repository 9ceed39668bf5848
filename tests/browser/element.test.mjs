// @ts-check
/**
 * `<token-meter>`: what it shows, when its field comes, goes and changes, and what bad input does.
 *
 * Long because all of it is asked of one browser and one server.
 */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { load } from "tokimeter";
import { startMeters, TEXT } from "../support/meters.mjs";
import { needs } from "../support/needs.mjs";

const tokenizer = await load("gpt-5.2");
const COUNT = String(tokenizer.count(TEXT));
const FIELD = `<label for=prompt>Prompt</label><textarea id=prompt>${TEXT}</textarea>`;
const METER = "<token-meter for=prompt model=gpt-5.2></token-meter>";
const STRICT =
  "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; style-src 'self'";

/** @type {Awaited<ReturnType<typeof startMeters>>} */
let meters;
before(async () => {
  meters = await startMeters();
});
after(() => meters.close());

test("it shows the count, the cost, the room, the basis and the day of the price", async () => {
  const { page, part, shows, errors } = await meters.open(
    `${FIELD}<token-meter for=prompt model=gpt-5.2 currency=CNY reserve=1000></token-meter>`,
  );
  await shows("tokens", COUNT);
  await shows("basis", "exact");
  assert.equal(await part("tokens").textContent(), COUNT);
  assert.equal(await part("level").textContent(), "Fits");
  assert.match((await part("cost").textContent()) ?? "", /^¥0\.\d{4}$/);
  assert.equal(await part("terms").textContent(), "with a reply of 1,000");
  assert.match((await part("room").textContent()) ?? "", /^27[\d,]+ tokens left$/);
  assert.match(
    (await part("price").textContent()) ?? "",
    /^prices of \w+ \d+, 2026, at ¥6\.\d+ to the dollar$/,
  );
  await page.locator("#prompt").fill(`${TEXT} more`);
  const more = tokenizer.count(`${TEXT} more`);
  assert.equal(await part("tokens").textContent(), String(more));
  const last = await page.evaluate("readings.at(-1)");
  assert.deepEqual([last.tokens, last.basis, last.level], [more, "exact", "ok"]);
  assert.deepEqual(errors, []);
  await page.close();
});

test("calibrated, assumed and in batch: it says so, with the range", async () => {
  const { page, part, shows } = await meters.open(
    `${FIELD}<token-meter id=a for=prompt model=claude-opus-5></token-meter><token-meter id=b for=prompt model=gpt-6 batch></token-meter>`,
  );
  await shows("basis", "calibrated", "#a");
  assert.match((await part("basis", "#a").textContent()) ?? "", /^calibrated, unofficial · \d+–\d+$/);
  assert.match((await part("tokens", "#a").textContent()) ?? "", /^≈ \d+$/);
  const { assumed, batch } = await page.evaluate(async () => {
    const { findModel, models } = await import(/** @type {string} */ ("/dist/models.js"));
    const is = (/** @type {any} */ model) => model.assumption && model.prices[0]?.batch;
    const named = findModel("gpt-6");
    return { assumed: (named && is(named) ? named : models().find(is))?.id, batch: true };
  });
  assert.ok(assumed && batch);
  await page.evaluate(`void (document.querySelector("#b").model = "${assumed}")`);
  await shows("basis", "assumed", "#b");
  await shows("terms", "batch", "#b");
  await page.close();
});

test("the meter may stand before its field, and the field may come later and be replaced", async () => {
  const { page, shows, part, warnings, errors } = await meters.open(METER + FIELD);
  await shows("tokens", COUNT);
  await page.evaluate(() => document.querySelector("textarea")?.remove());
  await shows("tokens", "…");
  await page.evaluate(() => {
    const field = document.createElement("textarea");
    field.value = "a new one";
    document.querySelector("main")?.append(field);
    field.id = "prompt";
  });
  await shows("tokens", String(tokenizer.count("a new one")));
  await page.evaluate(() => {
    const field = document.createElement("div");
    Object.assign(field, { id: "prompt", contentEditable: "true", innerHTML: "one<div>two</div>" });
    document.querySelector("textarea")?.replaceWith(field);
  });
  await shows("tokens", String(tokenizer.count("one\ntwo")));
  await page.evaluate(() => document.querySelector("token-meter")?.setAttribute("for", "other"));
  await shows("tokens", "…");
  assert.equal(await part("unit").isVisible(), false);
  await page.waitForTimeout(50);
  assert.equal(warnings.length, 1, warnings.join());
  assert.deepEqual(errors, []);
  await page.close();
});

test("without its field: one warning, no exception, and it waits", async () => {
  const { page, shows, warnings, errors } = await meters.open(METER);
  await page.waitForTimeout(200);
  await page.evaluate(() => document.querySelector("token-meter")?.setAttribute("model", "gpt-4o"));
  await page.evaluate(() => document.body.append(document.createElement("p")));
  await page.waitForTimeout(100);
  assert.deepEqual(warnings, [
    '<token-meter for="prompt">: no element has this id; the meter begins when one comes.',
  ]);
  await page.evaluate((html) => document.querySelector("main")?.insertAdjacentHTML("beforeend", html), FIELD);
  await shows("tokens", COUNT);
  assert.deepEqual([warnings.length, errors.length], [1, 0]);
  await page.close();
});

test("a model that nobody knows: the count is called unknown, and near names are named", async () => {
  const { page, part, shows } = await meters.open(
    `${FIELD}<token-meter for=prompt model=get-9.2></token-meter>`,
  );
  await shows("note", "get-9.2");
  assert.match(
    (await part("note").textContent()) ?? "",
    /^The model “get-9\.2” is unknown, and so is its count\. Near it: .*gpt-5\.2/,
  );
  assert.match((await part("basis").textContent()) ?? "", /^count unknown, estimate · \d+–\d+$/);
  assert.match((await part("price").textContent()) ?? "", /price unknown/);
  assert.match((await part("room").textContent()) ?? "", /window unknown/);
  assert.equal(await part("retry").isVisible(), false);
  // A name may say how it is counted, though the book has no such model.
  await page.evaluate(() => document.querySelector("token-meter")?.setAttribute("model", "gpt-5.2x"));
  await shows("basis", /^assumed$/);
  assert.match(
    (await part("note").textContent()) ?? "",
    /^The model “gpt-5\.2x” is unknown\. Near it: gpt-5\.2,/,
  );
  assert.equal(await part("tokens").textContent(), COUNT);
  await page.evaluate(() => document.querySelector("token-meter")?.removeAttribute("model"));
  await shows("note", "No model is named");
  await page.evaluate(() => document.querySelector("token-meter")?.setAttribute("model", "gpt-5.2"));
  await shows("basis", "exact");
  assert.equal(await part("note").isVisible(), false);
  await page.close();
});

for (const worker of ["", "worker"]) {
  test(`a vocabulary that cannot be fetched${worker && ", in a worker"}: an estimate with its range, and another try`, async () => {
    const opened = await meters.open("", { script: "" });
    const { page, part, shows } = opened;
    await page.context().route("**/*.vocab", (route) => route.abort());
    await page.evaluate((html) => {
      document.body.innerHTML = html;
      return import(/** @type {string} */ ("/dist/element.js"));
    }, `${FIELD}<token-meter for=prompt model=gpt-5.2 ${worker}></token-meter>`);
    await shows("note", "could not be loaded");
    assert.match((await part("basis").textContent()) ?? "", /^estimate · \d+–\d+$/);
    await page.locator("#prompt").pressSequentially("abc");
    assert.equal(await part("retry").isVisible(), true, "typing does not hide it");
    assert.equal(await page.evaluate("document.querySelector('token-meter').error.code"), "fetch-failed");
    await page.context().unroute("**/*.vocab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await shows("basis", "exact");
    assert.equal(await part("retry").isVisible(), false);
    assert.equal(await part("note").isVisible(), false);
    const text = await page.locator("#prompt").inputValue();
    assert.equal(await part("tokens").textContent(), String(tokenizer.count(text)));
    await page.close();
  });
}

test("attributes that cannot be are left out with a warning, and the count goes on", async () => {
  const { page, shows, warnings, errors, part } = await meters.open(
    `${FIELD}<token-meter for=prompt model=gpt-5.2 reserve=many context=-1 cached=0.5 near=2 currency=EUR></token-meter>`,
  );
  await shows("tokens", COUNT);
  await shows("basis", "exact");
  assert.deepEqual(
    warnings.map((warning) => warning.match(/(\w+) cannot be "(.*)"/)?.slice(1)),
    [
      ["currency", "EUR"],
      ["context", "-1"],
      ["cached", "0.5"],
      ["reserve", "many"],
      ["near", "2"],
    ],
  );
  assert.match((await part("cost").textContent()) ?? "", /^\$/);
  // What is read from the cache is a part of the context.
  await page.evaluate(() => {
    const meter = document.querySelector("token-meter");
    for (const name of ["reserve", "context", "near", "currency"]) meter?.removeAttribute(name);
    meter?.setAttribute("cached", "9");
  });
  await page.locator("#prompt").fill("still counting");
  await shows("tokens", String(tokenizer.count("still counting")));
  assert.match(warnings.at(-1) ?? "", /cached cannot be "9"/);
  const before = warnings.length;
  await page.evaluate(() => void document.querySelector("token-meter")?.setAttribute("context", "10"));
  await page.waitForTimeout(50);
  assert.equal(warnings.length, before);
  assert.deepEqual(errors, []);
  await page.close();
});

test("properties mirror attributes, and what was set before the element was defined holds", async () => {
  const { page, shows } = await meters.open(FIELD, { script: "" });
  const seen = await page.evaluate(async () => {
    /** @type {any} */
    const meter = document.createElement("token-meter");
    Object.assign(meter, { htmlFor: "prompt", model: "gpt-5.2", reserve: 7, batch: true });
    document.body.append(meter);
    await import(/** @type {string} */ ("/dist/element.js"));
    const set = ["for", "model", "reserve", "batch"].map((name) => meter.getAttribute(name));
    meter.reserve = undefined;
    meter.batch = false;
    meter.near = "0.5";
    meter.setAttribute("context", "12");
    meter.currency = null;
    return [
      set,
      Object.keys(meter),
      meter.getAttributeNames().filter((name) => name !== "id"),
      meter.near,
      meter.context,
      meter.reserve,
      meter.currency,
    ];
  });
  assert.deepEqual(
    seen,
    [["prompt", "gpt-5.2", "7", ""], [], ["for", "model", "near", "context"], 0.5, 12, null, ""].map(
      (one) => one ?? undefined,
    ),
  );
  await shows("tokens", COUNT);
  await page.close();
});

test("settings change what is shown; the model and the currency may change too", async () => {
  const { page, shows, part } = await meters.open(FIELD + METER);
  await shows("basis", "exact");
  const set = (/** @type {Record<string, unknown>} */ values) =>
    page.evaluate(
      (values) => void Object.assign(document.querySelector("token-meter") ?? {}, values),
      values,
    );
  await set({ context: 272_000, currency: "cny" });
  await shows("level", "Over the limit");
  assert.equal(await part("room").textContent(), `${COUNT} tokens too many`);
  await shows("cost", /^¥/);
  await set({ context: 272_000 - Number(COUNT) - 1 });
  await shows("level", "At the limit");
  assert.equal(await part("room").textContent(), "1 token left");
  // What is none is left out, and takes back what was there.
  for (const none of [null, "", "EUR"]) {
    await set({ currency: none, context: 250_000 });
    await shows("cost", /^\$/);
    await set({ currency: "CNY" });
    await shows("cost", /^¥/);
  }
  await set({ currency: "" });
  await shows("cost", /^\$/);
  await shows("level", "Nearly full");
  await set({ model: "deepseek-v4-pro", context: 0 });
  await shows("level", "Fits");
  const deepseek = await load("deepseek-v4-pro");
  await shows("tokens", String(deepseek.count(TEXT)));
  await page.close();
});

test("a target that is no neighbour, and a text without a field", async () => {
  const { page, shows } = await meters.open("<token-meter model=gpt-5.2></token-meter>");
  await shows("tokens", "0");
  const set = (/** @type {string} */ script) =>
    page.evaluate(`(() => { const meter = document.querySelector("token-meter"); ${script} })()`);
  await set('meter.text = "Hello, world!"');
  await shows("tokens", "4");
  await set('meter.text += " More"');
  await shows("tokens", "5");
  await set(
    'const host = document.createElement("div"); document.body.append(host); host.attachShadow({ mode: "open" }).innerHTML = "<textarea>in the shadow</textarea>"; meter.target = host.shadowRoot.firstChild',
  );
  await shows("tokens", String(tokenizer.count("in the shadow")));
  await set("meter.target = null");
  await shows("tokens", "5");
  await page.close();
});

test("moved, taken out and put back: everything is released, and counts again", async () => {
  const { page, shows, part, errors } = await meters.open(
    `<textarea id=prompt aria-describedby=hint>${TEXT}</textarea><p id=hint>Hint</p>${METER}`,
  );
  await shows("basis", "exact");
  const described = () => page.locator("#prompt").getAttribute("aria-describedby");
  assert.match((await described()) ?? "", /^hint token-meter-\d+$/);
  await page.evaluate(() => {
    const meter = document.querySelector("token-meter");
    if (meter) document.body.prepend(meter);
  });
  await shows("basis", "exact");
  assert.match((await described()) ?? "", /^hint token-meter-\d+$/);
  const after = await page.evaluate(async () => {
    const meter = /** @type {any} */ (document.querySelector("token-meter"));
    const { meter: counting } = meter;
    meter.remove();
    const code = () => {
      try {
        return counting.reading;
      } catch (error) {
        return /** @type {any} */ (error).code;
      }
    };
    const { readings } = /** @type {any} */ (globalThis);
    const { length } = readings;
    const field = document.querySelector("textarea");
    if (field) field.value = "while it is away";
    field?.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    Object.assign(globalThis, { away: meter });
    return [code(), meter.meter, meter.reading, readings.length - length, meter.hasAttribute("id")];
  });
  assert.deepEqual(after, ["disposed", undefined, undefined, 0, false]);
  assert.equal(await described(), "hint");
  await page.evaluate("document.body.append(away)");
  await shows("tokens", String(tokenizer.count("while it is away")));
  assert.equal(await part("basis").textContent(), "exact");
  assert.deepEqual(errors, []);
  await page.close();
});

test("an id that the page gives it meanwhile stays", async () => {
  const { page, shows } = await meters.open(`${FIELD}<textarea id=other>one</textarea>${METER}`);
  await shows("tokens", COUNT);
  await page.evaluate(() => {
    const meter = document.querySelector("token-meter");
    if (meter) Object.assign(meter, { id: "mine", htmlFor: "other" });
  });
  await shows("tokens", "1");
  assert.equal(await page.locator("token-meter").getAttribute("id"), "mine");
  assert.equal(await page.locator("#other").getAttribute("aria-describedby"), "mine");
  await page.close();
});

test("nothing of a thousand meters stays", needs("metrics"), async () => {
  const { page } = await meters.open(FIELD);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  const listeners = async () => {
    await cdp.send("HeapProfiler.collectGarbage");
    const { metrics } = await cdp.send("Performance.getMetrics");
    const of = (/** @type {string} */ name) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return [of("JSEventListeners"), of("Nodes")];
  };
  const round = (/** @type {number} */ times) =>
    page.evaluate(async (times) => {
      for (let i = 0; i < times; i++) {
        const meter = document.createElement("token-meter");
        Object.assign(meter, { htmlFor: "prompt", model: "gpt-5.2" });
        document.body.append(meter);
        if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
        meter.remove();
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }, times);
  await round(20);
  const [first = 0, nodes = 0] = await listeners();
  await round(1000);
  const [last = 0, more = 0] = await listeners();
  assert.ok(last <= first + 20, `${first} listeners became ${last}`);
  assert.ok(more <= nodes + 500, `${nodes} nodes became ${more}`);
  await page.close();
});

test("under a strict policy, element, text area and worker work without a violation", async () => {
  const { page, shows, part, errors } = await meters.open(
    `${FIELD}<token-meter id=a for=prompt model=gpt-5.2 worker></token-meter><token-meter id=b for=prompt model=deepseek-v4-pro worker></token-meter>`,
    { csp: STRICT },
  );
  await shows("basis", "exact", "#a");
  await shows("basis", "exact", "#b");
  assert.equal(await part("tokens", "#a").textContent(), COUNT);
  await page.locator("#prompt").pressSequentially(" typed");
  await shows("tokens", String(tokenizer.count(`${TEXT} typed`)), "#a");
  assert.equal(page.workers().length, 1, "one worker for both");
  const bar = await part("fill", "#a").boundingBox();
  assert.ok((bar?.width ?? 0) > 0 && (bar?.height ?? 0) > 3, "it has its styles");
  assert.deepEqual(await page.evaluate("violations"), []);
  assert.deepEqual(errors, []);
  await page.close();
});

test("under that policy, without a worker: the error names 'wasm-unsafe-eval'", async () => {
  const { page, shows, part } = await meters.open(FIELD + METER, { csp: STRICT });
  await shows("note", "'wasm-unsafe-eval'");
  assert.equal(await part("tokens").textContent(), "—");
  await page.locator("#prompt").fill("typing is as ever");
  await page.evaluate(() => document.querySelector("token-meter")?.toggleAttribute("worker"));
  await shows("tokens", String(tokenizer.count("typing is as ever")));
  assert.equal(await part("note").isVisible(), false);
  await page.close();
});

test("a page without the element's model book or engine loads neither before there is a meter", async () => {
  const { page } = await meters.open(FIELD, {});
  meters.server.requests.length = 0;
  await page.reload();
  await page.waitForTimeout(200);
  assert.deepEqual(
    meters.server.requests.filter((path) => /meter\.js|engine|wasm|vocab|book|worker/.test(path)),
    [],
  );
  await page.close();
});
