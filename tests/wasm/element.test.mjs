// @ts-check
/** The element and `attach` where there are no elements: a server that renders pages imports them, and nothing happens. */

import assert from "node:assert/strict";
import { test } from "node:test";

test("on a server both can be imported", async () => {
  const { TokenMeterElement } = await import("tokimeter/element");
  const { attach } = await import("tokimeter/attach");
  assert.equal(typeof attach, "function");
  assert.deepEqual(TokenMeterElement.observedAttributes.toSorted(), [
    "batch",
    "cached",
    "context",
    "currency",
    "for",
    "lang",
    "model",
    "near",
    "reserve",
    "worker",
  ]);
  assert.equal("customElements" in globalThis, false);
});

test("each language says all that another says", async () => {
  const { TokenMeterElement } = await import("tokimeter/element");
  const { en, zh } = TokenMeterElement.languages;
  assert.ok(en && zh);
  /** @param {object} words @returns {string[]} */
  const keys = (words) =>
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === "object" ? keys(value).map((inner) => `${key}.${inner}`) : [`${key}: ${typeof value}`],
    );
  assert.deepEqual(keys(zh).toSorted(), keys(en).toSorted());
});
