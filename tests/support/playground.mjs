// @ts-check
/** The playground as a person uses it: puts text into its editor, reads it back, and waits for what is shown. */

import { openSite } from "./site.mjs";

/**
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {import("playwright-core").BrowserContextOptions & { model?: string }} [options] the model is that of the picker
 */
export async function openPlayground(browser, url, { model = "gpt-4o", ...options } = {}) {
  const site = await openSite(browser, url, { ...options, hash: "#/playground" });
  const { page, shows, problems } = site;
  page.on("console", (message) => {
    // A policy that is broken is said on the console only.
    if (message.type() === "error" && /policy/i.test(message.text())) problems.push(message.text());
  });
  const editor = page.locator("[data-editor]");
  await editor.waitFor();
  await page.selectOption(".meter select", model);
  /** Pastes a text in the place of all. @param {string} text */
  const put = (text) => putText(page, text);
  /** Pastes what `window.text` holds. */
  const paste = () => pasteHeld(editor);
  /** Returns the text. */
  const text = () => textOf(page);
  /** Waits until the meter shows so many tokens, and no range. @param {number} tokens */
  const counts = (tokens) => shows("[data-count]:not(:has(~ .meter-range))", tokens);
  /** Waits until all vocabularies that are wanted are there. */
  const ready = () => page.waitForFunction(() => !document.querySelector("[data-loading]"));
  return { ...site, editor, put, paste, text, counts, ready };
}

/** Pastes a text into the editor, in the place of all. @param {import("playwright-core").Page} page @param {string} text */
export async function putText(page, text) {
  const editor = page.locator("[data-editor]");
  await editor.press("Control+a");
  await page.evaluate((text) => Object.assign(window, { text }), text);
  await pasteHeld(editor);
}

/** Returns the text of the editor, by copying all of it. @param {import("playwright-core").Page} page */
export async function textOf(page) {
  const editor = page.locator("[data-editor]");
  await editor.press("Control+a");
  return editor.evaluate((field) => {
    const data = new DataTransfer();
    const event = new ClipboardEvent("copy", { bubbles: true, cancelable: true });
    // Firefox leaves it out of what its constructor is given.
    Object.defineProperty(event, "clipboardData", { value: data });
    field.dispatchEvent(event);
    return data.getData("text/plain");
  });
}

/** @param {import("playwright-core").Locator} editor */
function pasteHeld(editor) {
  return editor.evaluate((field) => {
    const data = new DataTransfer();
    data.setData("text/plain", /** @type {any} */ (window).text);
    const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
    Object.defineProperty(event, "clipboardData", { value: data });
    field.dispatchEvent(event);
  });
}
