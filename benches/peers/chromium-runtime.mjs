// @ts-check
/**
 * Fresh pages of a real Chromium, each in a browser context of its own: no cache, no compiled code from before.
 * The page is built by Vite as an application's would be, and served from localhost.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build } from "vite";
import { FLAGS as CONTAINER_FLAGS } from "../../tests/support/chromium.mjs";
import { withinCap } from "./runtime.mjs";

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
/** @type {Record<string, string>} */
const MIME_TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/**
 * @param {string} corpus folder of the texts
 * @returns {Promise<import("./runtime.mjs").Runtime>}
 */
export async function chromiumRuntime(corpus) {
  if (!existsSync(EXECUTABLE)) {
    throw new Error(`there is no ${EXECUTABLE}; set CHROMIUM to the path of a Chromium, or use --node-only`);
  }
  await buildSite();
  const server = await serve(corpus);
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  return {
    name: "Chromium",
    version: browser.version(),
    async open() {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(server.address);
      await page.waitForFunction("globalThis.agent !== undefined");
      const close = () => context.close();
      return {
        call: (method, ...args) =>
          /** @type {any} */ (withinCap(method, page.evaluate(callAgent, { method, args }), close)),
        close,
      };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
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

/** @param {string} corpus */
async function serve(corpus) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    const file = path.startsWith("/texts/")
      ? join(corpus, path.slice("/texts/".length))
      : join(SITE, path === "/" ? "index.html" : path);
    try {
      const body = await readFile(file);
      response.writeHead(200, {
        "content-type": MIME_TYPES[extname(file)] ?? "application/octet-stream",
        "cache-control": "no-store",
        // An isolated page gets the finest clock.
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "localhost", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    address: `http://localhost:${port}/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
