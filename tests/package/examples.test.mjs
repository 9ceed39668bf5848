// @ts-check
/**
 * The examples, built by Vite as they stand, with the packed tarball: a text is typed into each, sent, and typed again,
 * and the meter shows the exact count. And the size of what such a page loads for the element and for `attach`, without the engine.
 */

import assert from "node:assert/strict";
import { cpSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { load } from "tokimeter";
import { build, minifySync } from "vite";
import { launch } from "../support/browser.mjs";
import { installInto } from "../support/installed.mjs";
import { serve } from "../support/serve.mjs";

const TEXT = "Tokens are minutes. 词元就是分钟。👩‍💻";

/** Below the repository, whose frameworks are found from there; the package is found in it. */
const FOLDER = resolve("target/examples");

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  cpSync("examples", FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, "package.json"), JSON.stringify({ private: true, type: "module" }));
  installInto(FOLDER);
  assert.equal(realpathSync(join(FOLDER, "node_modules/tokimeter")), join(FOLDER, "node_modules/tokimeter"));
  browser = await launch();
});
after(() => browser.close());

for (const name of ["html", "react", "vue", "svelte"]) {
  test(`the example ${name}`, async (t) => {
    const root = join(FOLDER, name);
    await build({ root, logLevel: "error" });
    const server = await serve(join(root, "dist"));
    t.after(server.close);
    const tokenizer = await load("gpt-5.2");
    const page = await browser.newPage();
    /** @type {string[]} */
    const problems = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !/favicon|404/.test(message.text()))
        problems.push(message.text());
    });
    await page.goto(server.url);
    const shows = (/** @type {string} */ text) =>
      page
        .locator("token-meter [part=tokens]")
        .filter({ hasText: new RegExp(`^${tokenizer.count(text)}$`) })
        .waitFor();
    const field = page.getByLabel("Prompt");
    await field.pressSequentially(TEXT);
    await page.locator("token-meter [part=basis]", { hasText: "exact" }).waitFor();
    await shows(TEXT);
    await page.locator("token-meter [part=terms]", { hasText: "with a reply of 1,000" }).waitFor();
    await page.getByRole("button", { name: "Send" }).click();
    await shows("");
    assert.equal(await field.inputValue(), "");
    await field.fill("again");
    await shows("again");
    // The page hears of readings: what is too long cannot be sent.
    await page.locator("token-meter").evaluate((meter) => meter.setAttribute("context", "999999"));
    await page.locator("token-meter [part=level]", { hasText: "Over" }).waitFor();
    if (name === "html") await page.getByText("Too long to send.").waitFor();
    else assert.equal(await page.getByRole("button", { name: "Send" }).isDisabled(), true);
    assert.deepEqual(problems, []);
    await page.close();
  });
}

for (const [name, budget] of /** @type {const} */ ([
  ["attach", 2000],
  ["element", 6000],
])) {
  test(`${name} is ${budget} bytes at most, without the engine`, async () => {
    const made = await build({
      configFile: false,
      logLevel: "error",
      build: {
        write: false,
        minify: false,
        lib: { entry: `pkg/dist/${name}.js`, formats: ["es"] },
        rolldownOptions: { external: [/\/(?:meter|worker)\.js$/] },
      },
    });
    const [chunk, ...others] = [made].flat().flatMap((one) => ("output" in one ? one.output : []));
    assert.ok(chunk?.type === "chunk");
    assert.deepEqual(others, []);
    const { length } = brotliCompressSync(minifySync(`${name}.js`, chunk.code, { module: true }).code);
    console.log(`${name}: ${length} bytes under brotli`);
    assert.ok(length <= budget, `${length} bytes`);
  });
}
