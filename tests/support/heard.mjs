// @ts-check
/** The accessibility tree of a page, as the browser hands it to a screen reader. */

import { BROWSER } from "./browser.mjs";
import { behind } from "./firefox.mjs";

/** @typedef {{ role: string, name: string, description: string }} Heard */

/** Returns what is in it, from top to bottom. @param {import("playwright-core").Page} page @returns {Promise<Heard[]>} */
export async function heard(page) {
  if (BROWSER === "firefox") return JSON.parse(await behind(page, heardInFirefox));
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, description }) => ({
      role: role?.value ?? "",
      name: name?.value ?? "",
      description: description?.value ?? "",
    }));
}

/** Runs in Firefox. @param {{ id: string }} page */
async function heardInFirefox({ id }) {
  const { ChromeUtils, Cc, Ci } = /** @type {any} */ (globalThis);
  const { NavigableManager } = ChromeUtils.importESModule(
    "chrome://remote/content/shared/NavigableManager.sys.mjs",
  );
  const service = Cc["@mozilla.org/accessibilityService;1"].getService(Ci.nsIAccessibilityService);
  const tab = NavigableManager.getBrowsingContextById(id).embedderElement;
  /** Firefox's names of roles that have another in ARIA. @type {Record<string, string>} */
  const ROLES = { entry: "textbox", grouping: "group", statusbar: "status" };
  /** @type {Heard[]} */
  const all = [];
  /** @param {any} node */
  const visit = (node) => {
    const { role, name, description } = node;
    const itsRole = service.getStringRole(role);
    all.push({ role: ROLES[itsRole] ?? itsRole, name: name ?? "", description: description ?? "" });
    for (let child = node.firstChild; child; child = child.nextSibling) visit(child);
  };
  // What the page's process has changed is told to this one a moment later.
  await new Promise((resolve) => setTimeout(resolve, 500));
  visit(service.getAccessibleFor(tab));
  return JSON.stringify(all);
}
