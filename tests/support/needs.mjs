// @ts-check
/** What Firefox cannot be asked for, and why. A test that needs it says so; it is then skipped there, by name and with the reason. */

import { BROWSER } from "./browser.mjs";

const REASONS = {
  drop: "WebDriver BiDi has no command for a drop from outside the page",
  directory: "Firefox has no showDirectoryPicker",
  longtask: "Firefox does not tell of long tasks",
  metrics: "Firefox does not tell how many nodes and listeners there are",
};

/** @typedef {keyof typeof REASONS} Need */

/** Options for a test that needs it. @param {Need} need */
export const needs = (need) => ({ skip: BROWSER === "firefox" && REASONS[need] });

/** Whether a part of a test can run; where it cannot, the test says why. @param {import("node:test").TestContext} t @param {string} part @param {Need} need */
export function can(t, part, need) {
  const { skip } = needs(need);
  if (skip) t.diagnostic(`left out: ${part}: ${skip}`);
  return !skip;
}
