// @ts-check
/** What all rows of the matrix share: the app with the packed tarball, commands, and a look at what a page says. */

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompressSync } from "node:zlib";
import { installInto } from "../support/installed.mjs";
import { serve } from "../support/serve.mjs";

/** The tools, by their lock file, and below them the app: as a bundler's user has it. */
export const TOOLS = resolve("target/bundlers");
export const APP = join(TOOLS, "app");
/** Every app stands under a path: addresses that begin at the server's root would not be found. */
export const UNDER = "sub/path";
/** That of the README: it forbids everything else, so a file that was made a `data:` address must not be fetched. */
export const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
/** What OpenAI's tiktoken (1.0.22 of npm) counts of the text in app/count.js. Harmony differs in special tokens only. */
const COUNTS = [64, 64];
/** Words of the engine's loader, which a bundler keeps as they are. */
const ENGINE = "is not WebAssembly: it begins with";

/** @typedef {import("../support/browser.mjs").Name} Name */
/** @typedef {Partial<Record<Name, import("playwright-core").Browser>>} Browsers those that pages are opened in */
/** @typedef {{ page?: number[], worker?: number[] }} Counts */
/** @typedef {Partial<Record<Name | "program", Counts>>} AllCounts by where it was counted */
/** @typedef {{ counts: AllCounts, js?: number, modelsJs?: number }} Seen the bytes of JavaScript are under brotli */

/** Makes the app anew. */
export function makeApp() {
  rmSync(APP, { recursive: true, force: true });
  cpSync("tests/bundlers/app", APP, { recursive: true });
  installInto(APP);
}

/** The version of a tool by the lock file that it was installed by, "" of none. @param {string} tool @returns {string} */
export function versionOf(tool) {
  if (tool === "") return "";
  if (tool === "node") return process.versions.node;
  const lock = tool === "vite" ? "package-lock.json" : "tests/bundlers/package-lock.json";
  return JSON.parse(readFileSync(lock, "utf8")).packages[`node_modules/${tool}`].version;
}

/**
 * Runs a command of a shell in the app's folder, with the tools on the PATH; returns what it prints.
 * @param {string} command
 * @param {Record<string, string>} [env]
 */
export async function run(command, env = {}) {
  try {
    return (await promisify(execFile)("bash", ["-euc", command], { cwd: APP, env: surroundings(env) }))
      .stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = /** @type {{ stdout?: string, stderr?: string }} */ (error);
    throw new Error(`${command}\n${stdout}${stderr}`);
  }
}

/** @param {Record<string, string>} env */
function surroundings(env) {
  const PATH = `${join(TOOLS, "node_modules/.bin")}:${process.env.PATH}`;
  // Vite sets NODE_ENV in the process that it serves from.
  const { NODE_ENV: _, ...outer } = process.env;
  return { ...outer, NEXT_TELEMETRY_DISABLED: "1", ...env, PATH };
}

/**
 * Starts a server, waits until it says where it is, and returns what is seen there.
 * @template T
 * @param {string} program
 * @param {string[]} args
 * @param {RegExp} port by which it says its port
 * @param {(url: string) => Promise<T>} see
 */
export async function whileServed(program, args, port, see) {
  const server = spawn(program, args, {
    cwd: APP,
    env: surroundings({}),
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    let said = "";
    for await (const part of server.stdout) {
      said += part;
      const found = port.exec(said)?.[1];
      if (found) return await see(`http://127.0.0.1:${found}/`);
    }
    throw new Error(`${program} ${args.join(" ")} ended: ${said}`);
  } finally {
    server.kill();
  }
}

/** Returns where the row's site is, under its path. @param {string} name */
export const siteOf = (name) => join(APP, "out", name, UNDER);

/** Moves what a tool wrote to `public`, as its user would deploy it. @param {string} name */
export function deploy(name) {
  const site = siteOf(name);
  cpSync(join(APP, "public"), site, { recursive: true });
  rmSync(join(APP, "public"), { recursive: true });
  return site;
}

/** Writes the two pages. @param {string} site @param {(name: string) => string} script */
export function writePages(site, script) {
  for (const [file, name] of [
    ["index.html", "main"],
    ["models.html", "models"],
  ])
    writeFileSync(
      join(site, file ?? ""),
      `<!doctype html><meta charset="utf-8"><output></output>${script(name ?? "")}`,
    );
}

/**
 * Opens the two pages of a site on a static server that knows no WebAssembly, and returns what they say and load.
 * @param {Browsers} browsers
 * @param {string} name
 * @param {{ policy?: string }} [options]
 * @returns {Promise<Seen>}
 */
export async function look(browsers, name, { policy = POLICY } = {}) {
  const root = join(APP, "out", name);
  const headers = policy ? { "content-security-policy": policy } : {};
  const page = { type: "text/html; charset=utf-8", headers };
  /** @type {Map<string, import("../support/serve.mjs").Answer>} */
  const answers = new Map([
    [`/${UNDER}/`, page],
    [`/${UNDER}/models.html`, page],
  ]);
  for (const file of readdirSync(root, { recursive: true, encoding: "utf8" }))
    if (file.endsWith(".wasm")) answers.set(`/${file}`, { type: "text/plain" });
  const server = await serve(root, answers);
  try {
    const counts = await read(browsers, `${server.url}${UNDER}/`);
    const js = javascript(root, server.requests);
    const vocabularies = new Set(server.requests.filter((path) => path.endsWith(".vocab")));
    assert.ok(vocabularies.size <= COUNTS.length, `${name}: only what is used is fetched`);
    server.requests.length = 0;
    for (const { encoding } of Object.values(await read(browsers, `${server.url}${UNDER}/models.html`)))
      assert.equal(encoding, "o200k_base", `${name}: what the book of models says`);
    const models = javascript(root, server.requests);
    for (const path of server.requests)
      assert.doesNotMatch(path, /\.wasm$|\.vocab$/, `${name}: the app of the book alone`);
    assert.ok(
      !models.code.includes(ENGINE),
      `${name}: an app that imports only tokimeter/models has no engine`,
    );
    assert.ok(js.code.includes(ENGINE), `${name}: the engine's words are known`);
    return { counts, js: js.bytes, modelsJs: models.bytes };
  } finally {
    await server.close();
  }
}

/** What scripts were asked for, and what they are under brotli. @param {string} root @param {string[]} requests */
function javascript(root, requests) {
  const scripts = [...new Set(requests)].filter((path) => path.endsWith(".js"));
  const codes = scripts.map((path) => readFileSync(join(root, path)));
  return {
    code: codes.join("\n"),
    bytes: codes.reduce((sum, code) => sum + brotliCompressSync(code).length, 0),
  };
}

/**
 * Returns what a page writes in each browser.
 * @param {Browsers} browsers
 * @param {string} url
 * @returns {Promise<Record<Name, any>>} what it writes, from JSON
 */
export async function read(browsers, url) {
  const answers = [];
  for (const [name, browser] of Object.entries(browsers)) answers.push([name, await readIn(browser, url)]);
  return Object.fromEntries(answers);
}

/** Whatever the page complains about fails. @param {import("playwright-core").Browser} browser @param {string} url */
async function readIn(browser, url) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    const { url } = message.location();
    // A browser asks for an icon by itself.
    if (["error", "warning"].includes(message.type()) && !url.endsWith("/favicon.ico"))
      complaints.push(`${message.text()} ${url}`);
  });
  try {
    // A server in development builds a page when it is asked for it.
    await page.goto(url, { timeout: 120_000 });
    const output = page.locator("output", { hasText: "{" });
    await output.waitFor({ timeout: 60_000 }).catch(() => {
      assert.fail(`${url} writes nothing: ${complaints.join("; ")}`);
    });
    const answers = JSON.parse((await output.textContent()) ?? "");
    assert.deepEqual(complaints, [], url);
    return answers;
  } finally {
    await page.close();
  }
}

/** Fails where a count is not that of the reference. @param {string} name @param {AllCounts} all */
export function assertRight(name, all) {
  assert.ok(Object.keys(all).length > 0, `${name} counts nothing`);
  for (const [host, counts] of Object.entries(all)) {
    assert.ok(Object.keys(counts).length > 0, `${name} counts nothing in ${host}`);
    for (const [where, found] of Object.entries(counts))
      assert.deepEqual(found, COUNTS, `${name}, ${host}, ${where}: the counts of the reference`);
  }
}
