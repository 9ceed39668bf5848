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

test("one token is one, in English", async () => {
  const { TokenMeterElement } = await import("tokimeter/element");
  const { formats } = await import("../../pkg/dist/element-words.js");
  const { en } = TokenMeterElement.languages;
  const said = (/** @type {number} */ tokens) => [
    en?.unit(tokens),
    en?.room(tokens, formats("en")),
    en?.room(-tokens, formats("en")),
    en?.description(String(tokens), true, undefined),
  ];
  assert.deepEqual(said(1), ["token", "1 token left", "1 token too many", "1 token."]);
  assert.deepEqual(said(2), ["tokens", "2 tokens left", "2 tokens too many", "2 tokens."]);
});
