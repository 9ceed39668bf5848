// @ts-check
/** One edit of two texts: it makes the one of the other, holds all that differs and little else, and never parts a pair. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { difference } from "../../pkg/dist/attach.js";
import { mulberry32, seed } from "../support/random.mjs";

/** @param {string} before @param {string} after */
function check(before, after) {
  const [edit, ...others] = difference(before, after);
  const why = JSON.stringify([before, after, edit]);
  assert.deepEqual(others, [], why);
  if (before === after) {
    assert.equal(edit, undefined, why);
    return;
  }
  assert.ok(edit, why);
  const { from, to, insert } = edit;
  assert.ok(from <= to, why);
  assert.equal(before.slice(0, from) + insert + before.slice(to), after, why);
  if (before.isWellFormed() && after.isWellFormed()) assert.ok(insert.isWellFormed(), why);
  // The oracle: from both ends, code unit by code unit.
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  assert.ok(head - from <= 1 && head >= from, why);
  assert.ok(to - from - (before.length - tail - head) <= 2, why);
}

test("two texts", () => {
  for (const [before = "", after = ""] of [
    ["", ""],
    ["", "a"],
    ["a", ""],
    ["aaa", "aaaa"],
    ["aaaa", "aaa"],
    ["😀", "😁"],
    ["😀", "🐀"],
    ["\ud83d", "\ud83d\ude00"],
    ["\ud83d\ude00", "\ude00"],
    ["a\ud83d", "b\ud83d"],
    ["\ude00", "\ud83d"],
    ["x😀y", "x\ude00y"],
  ])
    check(before, after);
});

test("random texts of few letters", () => {
  const random = mulberry32(seed("differences"));
  const upTo = (/** @type {number} */ below) => Math.floor(random() * below);
  const letters = ["a", "b", "😀", "😁", "\ud83d", "\ude00", "🐀", "中"];
  const text = (/** @type {number} */ most) =>
    Array.from({ length: upTo(most) }, () => letters[upTo(letters.length)]).join("");
  for (let i = Number(process.env.CASES ?? 40_000); i > 0; i--) {
    const before = text(12);
    const at = upTo(before.length + 1);
    check(before, random() < 0.5 ? text(12) : before.slice(0, at) + text(3) + before.slice(at + upTo(4)));
  }
});
