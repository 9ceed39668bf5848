// @ts-check
/** Starts the browser that `make` found: Chromium, or what BROWSER names. */

import { chromium } from "playwright-core";
import { launchFirefox } from "./firefox.mjs";

/** @typedef {"chromium" | "firefox"} Name */

/** Which browser the tests run in. */
export const BROWSER = /** @type {Name} */ (process.env.BROWSER ?? "chromium");

/** What Chromium needs in a container without a display and without a network. */
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Starts a browser. @param {Name} [name] */
export function launch(name = BROWSER) {
  const variable = name.toUpperCase();
  const executablePath = process.env[variable];
  if (!executablePath) throw new Error(`${variable} is not set; run the tests by \`make test\``);
  return name === "firefox"
    ? launchFirefox(executablePath)
    : chromium.launch({ executablePath, args: FLAGS });
}
