// @ts-check
/**
 * Fresh pages of a real Chromium, each in a browser context of its own: no cache, no compiled code from before.
 * The page is built by Vite as an application's would be, and served from localhost.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build } from "vite";
import { FLAGS as CONTAINER_FLAGS } from "../../tests/support/browser.mjs";
import { withinCap } from "./runtime.mjs";
import { serve } from "./serve.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const SITE = join(HERE, "../../target/peers/site");
const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  ...CONTAINER_FLAGS,
  "--headless",
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
  "--js-flags=--expose-gc",
];

/**
 * @typedef {object} Weight of a page after its first count
 * @property {number} wire bytes, as Chromium's network log has them: bodies under brotli, and headers
 * @property {Record<string, number>} files the same, by file
 * @property {number} memory bytes that the page has more than before: objects, buffers and WebAssembly's memory
 *
 * @typedef {import("./runtime.mjs").Runtime & {
 *   weigh: (contender: import("./contenders.mjs").Contender, encoding: string) => Promise<Weight>,
 * }} ChromiumRuntime
 */

/**
 * @param {string} corpus folder of the texts
 * @param {string} tokenizers folder of tokenizer files
 * @returns {Promise<ChromiumRuntime>}
 */
export async function chromiumRuntime(corpus, tokenizers) {
  if (!existsSync(EXECUTABLE)) {
    throw new Error(`there is no ${EXECUTABLE}; set CHROMIUM to the path of a Chromium, or leave it out`);
  }
  await buildSite();
  const server = await serve({ "/texts/": corpus, "/tokenizers/": tokenizers, "/": SITE });
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  const openPage = async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(server.address);
    await page.waitForFunction("globalThis.agent !== undefined");
    return { context, page };
  };
  return {
    name: "Chromium",
    version: browser.version(),
    kinds: ["js"],
    async open() {
      const { context, page } = await openPage();
      const close = () => context.close();
      return {
        call: (method, ...args) =>
          /** @type {any} */ (withinCap(method, page.evaluate(callAgent, { method, args }), close)),
        close,
      };
    },
    async weigh({ name }, encoding) {
      server.compresses = true;
      const { context, page } = await openPage();
      try {
        return await weighPage(page, () =>
          page.evaluate(callAgent, { method: "start", args: [name, encoding] }),
        );
      } finally {
        server.compresses = false;
        await context.close();
      }
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * @param {import("playwright-core").Page} page
 * @param {() => Promise<unknown>} start
 * @returns {Promise<Weight>}
 */
async function weighPage(page, start) {
  const session = await page.context().newCDPSession(page);
  /** @type {Map<string, string>} */
  const paths = new Map();
  /** @type {Record<string, number>} */
  const files = {};
  session.on("Network.requestWillBeSent", ({ requestId, request }) =>
    paths.set(requestId, new URL(request.url).pathname),
  );
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId) ?? "?";
    files[path] = (files[path] ?? 0) + encodedDataLength;
  });
  await session.send("Network.enable");
  const before = await memoryOf(session);
  await start();
  const after = await memoryOf(session);
  const wire = Object.values(files).reduce((sum, bytes) => sum + bytes, 0);
  return { wire, files, memory: after - before };
}

/**
 * What the page's objects take, and its buffers: each of them once, though a WebAssembly memory is one too.
 *
 * @param {import("playwright-core").CDPSession} session
 */
async function memoryOf(session) {
  for (let pass = 0; pass < 3; pass++) await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const memories = await instancesOf(session, "WebAssembly.Memory");
  const buffers = await instancesOf(session, "ArrayBuffer");
  const { result } = await session.send("Runtime.callFunctionOn", {
    objectId: buffers,
    functionDeclaration: `function (memories) {
      const all = new Set([...this, ...memories.map(({ buffer }) => buffer)]);
      return [...all].reduce((sum, { byteLength }) => sum + byteLength, 0);
    }`,
    arguments: [{ objectId: memories }],
    returnByValue: true,
  });
  for (const objectId of [memories, buffers]) await session.send("Runtime.releaseObject", { objectId });
  return usedSize + result.value;
}

/**
 * @param {import("playwright-core").CDPSession} session
 * @param {string} name of their constructor
 * @returns {Promise<string>} the id of an array of all objects that it made
 */
async function instancesOf(session, name) {
  const { result } = await session.send("Runtime.evaluate", { expression: `${name}.prototype` });
  const { objects } = await session.send("Runtime.queryObjects", {
    prototypeObjectId: String(result.objectId),
  });
  return String(objects.objectId);
}

/**
 * Runs in the page.
 *
 * @param {{ method: string, args: unknown[] }} call
 */
function callAgent({ method, args }) {
  return /** @type {any} */ (globalThis).agent[method](...args);
}

/** Without a built `tokimeter` the page is built without it, and its import fails in the page. */
async function buildSite() {
  const isBuilt = existsSync(join(HERE, "node_modules/tokimeter/dist/index.js"));
  await build({
    root: join(HERE, "page"),
    configFile: false,
    logLevel: "error",
    build: {
      outDir: SITE,
      emptyOutDir: true,
      target: "esnext",
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: { external: isBuilt ? [] : ["tokimeter"] },
    },
  });
}
