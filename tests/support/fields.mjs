// @ts-check
/** A page with a field and a meter on it, that tells whether what the meter said last is the count of what the field holds. */

import { serve } from "./serve.mjs";

export const MODEL = "gpt-5.2";

/** The fields that a text can be typed into. */
export const FIELDS = {
  textarea: "<textarea id=field rows=4 cols=40></textarea>",
  input: "<input id=field size=40>",
  contenteditable: '<div id=field contenteditable style="min-height: 4em; border: 1px solid"></div>',
};

/** @typedef {keyof typeof FIELDS} Kind */

/** Serves a page for each kind of field. */
export function serveFields() {
  const pages = Object.entries(FIELDS).map(
    ([kind, field]) =>
      /** @type {const} */ ([
        `/${kind}`,
        { type: "text/html", body: `<!doctype html><title>${kind}</title><form>${field}</form>` },
      ]),
  );
  return serve("pkg", new Map(pages));
}

/**
 * Opens the page and attaches a meter, on the page's thread or in a worker.
 * @param {import("playwright-core").Browser} browser @param {string} url @param {Kind} kind @param {boolean} [inWorker]
 */
export async function openField(browser, url, kind, inWorker = false) {
  const context = await browser.newContext();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(url + kind);
  await page.evaluate(
    async ([model, inWorker]) => {
      const { attach } = await import(/** @type {string} */ ("/dist/attach.js"));
      const { load, meter } = await import(/** @type {string} */ ("/dist/index.js"));
      const tokenizer = await load(model);
      const make = inWorker
        ? (await import(/** @type {string} */ ("/dist/worker.js"))).connect().meter
        : meter;
      /** @type {any} */
      const field = document.getElementById("field");
      /** @type {any} */
      const state = { told: undefined, updates: [], errors: [], field };
      state.text = () => field.value ?? field.innerText.replace(/\n$/, "");
      state.count = () => tokenizer.count(state.text());
      const logging = async (/** @type {any[]} */ ...args) => {
        const made = await make(...args);
        const { update } = Object.getPrototypeOf(made).update ? Object.getPrototypeOf(made) : made;
        Object.defineProperty(made, "update", {
          value: (/** @type {any} */ edits) => {
            state.updates.push(edits);
            return update.call(made, edits);
          },
        });
        return made;
      };
      state.detach = attach(field, {
        model,
        meter: logging,
        onReading: (/** @type {any} */ reading) => {
          state.told = reading;
        },
        onError: (/** @type {any} */ error) => state.errors.push(String(error)),
      });
      /** Waits until what was told is the count. */
      state.settled = async () => {
        for (let left = 100; left > 0; left--) {
          if (state.told?.basis === "exact" && state.told.tokens === state.count()) return true;
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        return { told: state.told?.tokens, count: state.count(), text: state.text(), errors: state.errors };
      };
      Object.assign(globalThis, { state });
      await state.settled();
    },
    /** @type {const} */ ([MODEL, inWorker]),
  );
  return { context, page, problems };
}
