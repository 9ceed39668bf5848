// @ts-check
/**
 * The VS Code extension in VS Code's Node extension host, the one of the desktop, as the server of VS Code runs it:
 * installed from its .vsix by VS Code's own command line.
 */

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { load } from "tokimeter";
import { launch } from "../support/browser.mjs";

const server = resolve(process.env.CODE_SERVER ?? "", "out/server-main.js");
const home = mkdtempSync(join(tmpdir(), "tokimeter-desktop-"));
const FOLDERS = ["--extensions-dir", "--user-data-dir", "--server-data-dir"].flatMap((name) => [
  name,
  join(home, name),
]);
after(() => rmSync(home, { recursive: true, force: true }));

const TEXT = "Hello, world!\n词元就是分钟。👩‍💻\n";
/** In a browser an extension that can run on the web would run there. */
const SETTINGS = {
  "remote.extensionKind": { "tokimeter.tokimeter-vscode": ["workspace"] },
  "security.workspace.trust.enabled": false,
  "files.autoSave": "off",
};
const TYPED = "Typed in the editor. It is live.";

/** Starts the server and returns its address. */
function start() {
  const flags = ["--host", "127.0.0.1", "--port", "0", "--without-connection-token"];
  const child = spawn(process.execPath, [server, ...flags, ...FOLDERS], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  after(() => child.kill());
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
      const [, port] = /listening on (\d+)/.exec(said) ?? [];
      if (port !== undefined) resolve(`127.0.0.1:${port}`);
    });
    child.on("exit", () => reject(new Error(`the server ended: ${said}`)));
  });
}

test("it counts in the Node extension host, and counts a folder of the disk", async () => {
  execFileSync(
    process.execPath,
    [server, "--install-extension", resolve("target/tokimeter-vscode.vsix"), ...FOLDERS],
    {
      stdio: "ignore",
    },
  );
  const work = join(home, "work");
  for (const folder of ["sub", "ignored"]) mkdirSync(join(work, folder), { recursive: true });
  writeFileSync(join(work, "a.md"), TEXT);
  writeFileSync(join(work, "sub", "b.bin"), "\0");
  writeFileSync(join(work, "ignored", "c.md"), TEXT);
  writeFileSync(join(work, ".gitignore"), "ignored/");
  for (const whose of ["User", "Machine"]) {
    mkdirSync(join(home, "--user-data-dir", whose), { recursive: true });
    writeFileSync(join(home, "--user-data-dir", whose, "settings.json"), JSON.stringify(SETTINGS));
  }

  const authority = await start();
  const browser = await launch();
  after(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1200, height: 700 } });
  const open = JSON.stringify([["openFile", `vscode-remote://${authority}${work}/a.md`]]);
  await page.goto(`http://${authority}/?folder=${work}&payload=${encodeURIComponent(open)}`);
  const shows = (/** @type {number} */ tokens) =>
    page
      .locator('.statusbar-item[id$="tokimeter.count"]', { hasText: `${tokens} tokens` })
      .waitFor({ timeout: 60_000 });
  const tok = await load("gpt-5.2");
  await shows(tok.count(TEXT));

  await page.locator(".monaco-editor .view-lines").first().click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(TYPED);
  await shows(tok.count(TEXT + TYPED));

  await page.keyboard.press("F1");
  await page.keyboard.type("Tokimeter: Count a Folder");
  await page.keyboard.press("Enter");
  const report = page.locator(".monaco-editor .view-lines", { hasText: "Not counted" });
  await report.waitFor();
  const words = (await report.innerText()).replaceAll("\u00a0", " ");
  // What was typed is not on the disk.
  assert.match(words, new RegExp(`\\| +${tok.count(TEXT)} \\| +\\d+% \\| .*\`a\\.md\``));
  assert.match(words, /binary +\| `sub\/b\.bin`/);
  assert.doesNotMatch(words, /c\.md/);

  // The server has told the browser where the extension runs.
  await page.keyboard.press("F1");
  await page.keyboard.type("Developer: Show Running Extensions");
  await page.keyboard.press("Enter");
  await page
    .locator(".runtime-extensions-editor .monaco-list-row", { hasText: "Tokimeter" })
    .filter({ hasText: authority })
    .waitFor();
});
