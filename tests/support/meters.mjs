// @ts-check
/** Pages with `<token-meter>`, served from the package's plain files. */

import { launch } from "./browser.mjs";
import { serve } from "./serve.mjs";

/** Counts in Node what the pages hold. */
export const TEXT = "Tokens are minutes. 词元就是分钟。";

/** Starts a browser and a server for pages that are given as a body. */
export async function startMeters() {
  const browser = await launch();
  /** @type {Map<string, import("./serve.mjs").Answer>} */
  const overrides = new Map();
  overrides.set("/favicon.ico", { body: "" });
  overrides.set("/page.js", { type: "text/javascript", body: 'import "/dist/element.js";' });
  const server = await serve("pkg", overrides);

  /**
   * Opens a page with that body. What it logs, and what goes wrong, is noted.
   * @param {string} body
   * @param {{ csp?: string, script?: string, html?: string, style?: string, without?: string } & import("playwright-core").BrowserContextOptions} [options]
   */
  async function open(
    body,
    { csp, script = "/page.js", html = "lang=en", style = "", without, ...context } = {},
  ) {
    overrides.set("/", {
      type: "text/html; charset=utf-8",
      body: `<!doctype html><html ${html}><head><title>page</title>${style && `<style>${style}</style>`}<body><main>${body}</main>${script && `<script type=module src=${script}></script>`}`,
      ...(csp && { headers: { "content-security-policy": csp } }),
    });
    const page = await browser.newPage(context);
    /** @type {string[]} */
    const warnings = [];
    /** @type {string[]} */
    const errors = [];
    page.on("console", (message) => {
      if (message.type() === "warning") warnings.push(message.text());
      if (message.type() === "error") errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    if (without) await page.route(without, (route) => route.abort());
    await page.addInitScript(() => {
      const seen = /** @type {any} */ (globalThis);
      seen.violations = [];
      seen.readings = [];
      document.addEventListener("securitypolicyviolation", (event) =>
        seen.violations.push(`${event.violatedDirective} ${event.blockedURI}`),
      );
      document.addEventListener("reading", (event) =>
        seen.readings.push(/** @type {CustomEvent} */ (event).detail),
      );
    });
    await page.goto(server.url);
    /** What a part shows. @param {string} name @param {string} [meter] */
    const part = (name, meter = "token-meter") => page.locator(`${meter} [part=${name}]`);
    /** Waits until a part shows a text. @param {string} name @param {string | RegExp} text @param {string} [meter] */
    const shows = (name, text, meter) => part(name, meter).filter({ hasText: text }).waitFor();
    /** Notes what the live region says. */
    const listen = () =>
      page.evaluate(() => {
        const said = /** @type {string[]} */ ([]);
        Object.assign(globalThis, { said });
        for (const meter of document.querySelectorAll("token-meter")) {
          const region = meter.shadowRoot?.querySelector("[role=status]");
          if (!region) throw new Error("no live region");
          new MutationObserver(() => region.textContent && said.push(region.textContent)).observe(region, {
            childList: true,
            characterData: true,
            subtree: true,
          });
        }
      });
    /** @returns {Promise<string[]>} */
    const said = () => page.evaluate("said");
    return { page, warnings, errors, part, shows, listen, said };
  }

  return {
    browser,
    server,
    open,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
