// @ts-check
/** What most tests in a browser begin with. */

import { after } from "node:test";
import { launch } from "./browser.mjs";
import { serve } from "./serve.mjs";

/**
 * Starts a browser and a server of a folder for the tests of a file; both end with them.
 *
 * @param {string} root
 * @param {Parameters<typeof serve>[1]} [overrides] answers by path
 */
export async function startServed(root, overrides) {
  const [browser, server] = await Promise.all([launch(), serve(root, overrides)]);
  after(async () => {
    await browser.close();
    await server.close();
  });
  return { browser, server };
}
