// @ts-check
/** An input method, as Chinese is typed with: it shows a preview in the field with the focus, and puts a word in its place. */

import { BROWSER } from "./browser.mjs";
import { behind } from "./firefox.mjs";

/** @typedef {Awaited<ReturnType<typeof inputMethod>>} InputMethod */

/**
 * `compose` shows a preview, and gives up with an empty one; `commit` puts a text in its place.
 * @param {import("playwright-core").Page} page
 */
export async function inputMethod(page) {
  const { compose, commit } = await (BROWSER === "firefox" ? inFirefox : inChromium)(page);
  // The browser answers before the page has the text.
  const until = async (/** @type {string[]} */ events, /** @type {() => Promise<unknown>} */ act) => {
    const wait = await page.evaluateHandle(heard, events);
    await act();
    await wait.evaluate(({ promise }) => promise);
  };
  return {
    /** @param {string} text */
    compose: (text) => until(text === "" ? ["compositionend"] : ["input", "textupdate"], () => compose(text)),
    /** @param {string} text */
    commit: (text) => until(["compositionend"], () => commit(text)),
  };
}

/** @param {import("playwright-core").Page} page */
async function inChromium(page) {
  const session = await page.context().newCDPSession(page);
  return {
    compose: (/** @type {string} */ text) =>
      session.send("Input.imeSetComposition", {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      }),
    commit: (/** @type {string} */ text) => session.send("Input.insertText", { text }),
  };
}

/** @param {import("playwright-core").Page} page */
async function inFirefox(page) {
  const say = (/** @type {object} */ what) => behind(page, composeInFirefox, what);
  return {
    compose: (/** @type {string} */ text) => say(text === "" ? { commit: "" } : { text }),
    commit: (/** @type {string} */ text) => say({ commit: text }),
  };
}

/**
 * Waits for one of some events, in the page: there is a promise in an object, as a handle to a promise would be one to what it holds.
 * @param {string[]} events
 */
function heard(events) {
  // Where Monaco has its text: its events are no events of an element.
  const { editContext } = /** @type {any} */ (document.activeElement);
  const { promise, resolve } = Promise.withResolvers();
  for (const event of events)
    (editContext ?? window).addEventListener(event, () => resolve(true), { capture: true, once: true });
  return { promise };
}

/** Runs in Firefox. @param {{ id: string, text: string, commit?: string }} what */
function composeInFirefox({ id, text, commit }) {
  const { ChromeUtils, Cc, Ci } = /** @type {any} */ (globalThis);
  const { NavigableManager } = ChromeUtils.importESModule(
    "chrome://remote/content/shared/NavigableManager.sys.mjs",
  );
  const window = NavigableManager.getBrowsingContextById(id).topChromeWindow;
  window.inputMethod ??= Cc["@mozilla.org/text-input-processor;1"].createInstance(Ci.nsITextInputProcessor);
  const method = window.inputMethod;
  if (!method.beginInputTransactionForTests(window)) throw new Error("no input method can begin");
  if (commit !== undefined) {
    method.commitCompositionWith(commit);
    return;
  }
  method.setPendingCompositionString(text);
  method.appendClauseToPendingComposition(text.length, method.ATTR_RAW_CLAUSE);
  method.setCaretInPendingComposition(text.length);
  method.flushPendingComposition();
}
