// @ts-check
/** What can go wrong between a page and its files: each has its error, and the next `load` tries again. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { startServed } from "../support/start.mjs";

const WASM = "/wasm/tokimeter_bg.wasm";
const VOCAB = "/vocab/o200k_base.vocab";
const PAGE = { type: "text/html", body: "<!doctype html><title>page</title>" };

/** @type {Map<string, import("../support/serve.mjs").Answer>} */
const overrides = new Map();
const { browser, server } = await startServed("pkg", overrides);

/**
 * Opens a page, loads, and returns the count of a text or the error.
 * @param {{ name?: string, answers?: Record<string, import("../support/serve.mjs").Answer>, csp?: string }} options
 */
async function open({ name = "o200k_base", answers = {}, csp = "" } = {}) {
  overrides.clear();
  overrides.set("/", { ...PAGE, headers: csp ? { "content-security-policy": csp } : {} });
  for (const [path, answer] of Object.entries(answers)) overrides.set(path, answer);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.url);
  const count = (encoding = name) =>
    page.evaluate(async (encoding) => {
      const { load, TokimeterError } = await import(/** @type {string} */ ("/dist/index.js"));
      try {
        return (await load(encoding)).count("Hello, world!");
      } catch (error) {
        return { code: error.code, message: error.message, typed: error instanceof TokimeterError };
      }
    }, encoding);
  return { context, count, first: await count() };
}

/** @param {unknown} error @param {string} code @param {RegExp} message */
function assertError(error, code, message) {
  const {
    code: actual,
    message: said,
    typed,
  } = /** @type {{ code: string, message: string, typed: boolean }} */ (error);
  assert.equal(actual, code, said);
  assert.match(said, message);
  assert.ok(typed);
}

test("an unknown encoding: the error names what is near", async () => {
  const { context, first } = await open({ name: "o300k_base" });
  assertError(first, "unknown-encoding", /"o300k_base".*o200k_base/);
  await context.close();
});

test("an object's own words are not encodings", async () => {
  const { context, first } = await open({ name: "constructor" });
  assertError(first, "unknown-encoding", /"constructor"/);
  await context.close();
});

test("a wrong MIME type for the engine works", async () => {
  const { context, first } = await open({ answers: { [WASM]: { type: "text/plain" } } });
  assert.equal(first, 4);
  await context.close();
});

test("HTML for the engine: the error says so, and the next load works", async () => {
  const { context, count, first } = await open({ answers: { [WASM]: PAGE } });
  assertError(
    first,
    "invalid-wasm",
    /tokimeter_bg\.wasm is not WebAssembly: it begins with "<!doctype html>/,
  );
  overrides.delete(WASM);
  assert.equal(await count(), 4);
  await context.close();
});

test("HTML for the vocabulary", async () => {
  const { context, count, first } = await open({ answers: { [VOCAB]: PAGE } });
  assertError(first, "not-a-vocabulary", /not a packed vocabulary/);
  overrides.delete(VOCAB);
  assert.equal(await count(), 4);
  await context.close();
});

test("a vocabulary that was cut or damaged", async () => {
  const file = readFileSync("pkg/vocab/o200k_base.vocab");
  const { context, count, first } = await open({ answers: { [VOCAB]: { body: file.subarray(0, 100_000) } } });
  assertError(first, "truncated-vocabulary", /100000 bytes of \d+/);
  const damaged = Uint8Array.from(file);
  damaged[300_000] = (damaged[300_000] ?? 0) ^ 4;
  overrides.set(VOCAB, { body: damaged });
  assertError(await count(), "checksum-mismatch", /damaged/);
  overrides.delete(VOCAB);
  assert.equal(await count(), 4);
  await context.close();
});

test("404, offline and a connection that was cut: a typed error, then it works", async () => {
  for (const path of [WASM, VOCAB]) {
    const { context, count, first } = await open({ answers: { [path]: { status: 404 } } });
    assertError(first, "fetch-failed", new RegExp(`${path}: the server answered 404`));
    overrides.delete(path);
    await context.setOffline(true);
    assertError(await count(), "fetch-failed", /could not be fetched/);
    await context.setOffline(false);
    await context.route(`**${path}`, (route) => route.abort("connectionreset"));
    assertError(await count(), "fetch-failed", /could not be fetched/);
    await context.unroute(`**${path}`);
    assert.equal(await count(), 4);
    await context.close();
  }
});

test("an aborted load rejects, and the next one works", async () => {
  const { context } = await open();
  const page = await context.newPage();
  await page.goto(server.url);
  const seen = await page.evaluate(async () => {
    const { load } = await import(/** @type {string} */ ("/dist/index.js"));
    const controller = new AbortController();
    const aborted = load("cl100k_base", { signal: controller.signal }).catch(
      (/** @type {any} */ error) => error.code,
    );
    controller.abort();
    const before = await load("cl100k_base", { signal: AbortSignal.abort() }).catch(
      (/** @type {any} */ error) => error.code,
    );
    return [await aborted, before, (await load("cl100k_base")).count("Hello, world!")];
  });
  assert.deepEqual(seen, ["aborted", "aborted", 4]);
  await context.close();
});

test("a policy that forbids WebAssembly: the error names what to allow", async () => {
  const { context, first } = await open({ csp: "default-src 'self'" });
  assertError(first, "wasm-blocked", /'wasm-unsafe-eval'/);
  await context.close();
  const allowed = await open({ csp: "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" });
  assert.equal(allowed.first, 4);
  await allowed.context.close();
});
