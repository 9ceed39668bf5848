// @ts-check
/** Starts the Chromium that `make` found. */

import { chromium } from "playwright-core";

/** What a browser needs in a container without a display and without a network. */
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

export function launch() {
  const executablePath = process.env.CHROMIUM;
  if (!executablePath) throw new Error("CHROMIUM is not set; run the tests by `make test`");
  return chromium.launch({ executablePath, args: FLAGS });
}
