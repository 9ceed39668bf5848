// @ts-check
/**
 * Starts a Firefox as it is released, by WebDriver BiDi. What Playwright asks of a newer Firefox, or has no word for, is asked of
 * Firefox's own code instead, in its window: the media that a page is shown for, and text that is put in.
 */

import { firefox } from "playwright-core";

/** @typedef {import("playwright-core").Browser} Browser */
/** @typedef {import("playwright-core").Page} Page */
/** @typedef {(run: (argument: any) => unknown, argument: unknown) => Promise<any>} InFirefox */

/** @type {WeakMap<Browser, InFirefox>} */
const insides = new WeakMap();

/** Playwright's own side of what it gives out: it is in this process. @param {any} given */
const inner = (given) => given._connection.toImpl(given);

/** @param {string} executablePath */
export async function launchFirefox(executablePath) {
  const browser = await firefox.launch({
    channel: "moz-firefox",
    executablePath,
    args: ["--remote-allow-system-access"],
    firefoxUserPrefs: {
      // Garbage is collected when a test asks for it.
      "dom.testing.testutils.enabled": true,
      // Pages may read the clipboard: Firefox has no permission for that.
      "dom.events.testing.asyncClipboard": true,
      // Without a tab to be seen, nobody asks for its picture, which the policy of a page would forbid.
      "browser.chrome.site_icons": false,
    },
  });
  const { _browserSession: session, _connection: connection, _bidiPages: pages } = inner(browser);
  const ask = session.send.bind(session);

  /** @type {InFirefox} */
  async function inFirefox(run, argument) {
    const { contexts } = await ask("browsingContext.getTree", { "moz:scope": "chrome" });
    const answer = await ask("script.evaluate", {
      expression: `(${run})(${JSON.stringify(argument)})`,
      target: { context: contexts[0].context },
      awaitPromise: true,
    });
    if (answer.type === "exception") throw new Error(answer.exceptionDetails.text);
    return answer.result.value;
  }
  insides.set(browser, inFirefox);

  /** @param {string} id */
  const emulate = (id) => inFirefox(setMedia, { id, ...pages.get(id)._page.emulatedMedia() });
  /** @param {any} session */
  function mend(session) {
    const send = session.send.bind(session);
    const dispatch = session.dispatchMessage.bind(session);
    session.dispatchMessage = (/** @type {any} */ message) => {
      // What a page itself has made is downloaded without a number.
      if (message.method?.startsWith("browsingContext.download"))
        message.params.download ??= message.params.navigation ?? message.params.url;
      dispatch(message);
    };
    session.send = async (/** @type {string} */ method, /** @type {any} */ parameters) => {
      if (method === "emulation.setMediaFeaturesOverride") {
        for (const id of parameters.contexts ?? []) await emulate(id);
        return {};
      }
      if (parameters?.descriptor?.name.startsWith("clipboard-")) return {};
      const result = await send(method, parameters);
      if (method === "browsingContext.create") {
        const { context: id } = result;
        pages.get(id).rawKeyboard.sendText = async (/** @type {unknown} */ _, /** @type {string} */ text) => {
          await inFirefox(insertText, { id, text });
          // The next key would overtake it: the page must have it first.
          await send("script.evaluate", { expression: "0", target: { context: id }, awaitPromise: false });
        };
        await emulate(id);
      }
      return result;
    };
    return session;
  }
  mend(session);
  const { createMainFrameBrowsingContextSession: create } = connection;
  connection.createMainFrameBrowsingContextSession = (/** @type {string} */ id) =>
    mend(create.call(connection, id));
  return browser;
}

/**
 * Runs a function in Firefox itself, which is given the page's id and the argument.
 * @param {Page} page @param {(given: any) => unknown} run @param {object} [argument]
 */
export function behind(page, run, argument) {
  const inFirefox = insides.get(/** @type {Browser} */ (page.context().browser()));
  if (!inFirefox) throw new Error("the page is not Firefox's");
  return inFirefox(run, { id: inner(page).delegate._session.sessionId, ...argument });
}

/** Runs in Firefox, as a paste or a dictation would. @param {{ id: string, text: string }} what */
function insertText({ id, text }) {
  const { ChromeUtils } = /** @type {any} */ (globalThis);
  const { NavigableManager } = ChromeUtils.importESModule(
    "chrome://remote/content/shared/NavigableManager.sys.mjs",
  );
  const window = NavigableManager.getBrowsingContextById(id).topChromeWindow;
  window.windowUtils.sendContentCommandEvent("insertText", null, text);
}

/**
 * Runs in Firefox.
 * @param {{ id: string, media: string, colorScheme: string, reducedMotion: string, forcedColors: string }} wanted
 */
function setMedia({ id, media, colorScheme, reducedMotion, forcedColors }) {
  const { ChromeUtils } = /** @type {any} */ (globalThis);
  const { NavigableManager } = ChromeUtils.importESModule(
    "chrome://remote/content/shared/NavigableManager.sys.mjs",
  );
  const page = NavigableManager.getBrowsingContextById(id);
  const or = (/** @type {string} */ value, /** @type {string} */ none) =>
    value === "no-override" ? none : value;
  page.mediumOverride = or(media, "");
  page.prefersColorSchemeOverride = or(colorScheme, "none");
  page.prefersReducedMotionOverride = or(reducedMotion, "none");
  page.forcedColorsOverride = or(forcedColors, "none");
}
