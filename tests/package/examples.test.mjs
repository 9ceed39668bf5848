// @ts-check
/**
 * The examples, built by Vite as they stand, with the package by its public name: a text is typed into each, sent, and typed again,
 * and the meter shows the exact count. And the size of what such a page loads for the element and for `attach`, without the engine.
 */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { load } from "tokimeter";
import { build, minifySync } from "vite";
import { launch } from "../support/browser.mjs";
import { serve } from "../support/serve.mjs";

const TEXT = "Tokens are minutes. 词元就是分钟。👩‍💻";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

for (const name of ["html", "react", "vue", "svelte"]) {
  test(`the example ${name}`, async (t) => {
    const outDir = `${process.cwd()}/target/examples/${name}`;
    await build({ root: `examples/${name}`, logLevel: "error", build: { outDir, emptyOutDir: true } });
    const server = await serve(outDir);
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
        .waitFor({ timeout: 10_000 });
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
