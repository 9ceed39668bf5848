// @ts-check
/** Conversations count as the vendors' own templates and code count them (tools/chat_golden.py wrote the counts). */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { load } from "tokimeter";
import { countChat } from "tokimeter/chat";
import { Conversations } from "../chat/conversations.mjs";
import { SHAPES } from "../chat/shapes.mjs";

/** @typedef {{ format: string, reference: string, seed: number, sha256: string, counts: number[] }} Golden */

const file = gunzipSync(readFileSync(process.env.GOLDEN ?? "tests/golden/chat.json.gz")).toString();
const golden = file
  .trimEnd()
  .split("\n")
  .map((line) => /** @type {Golden} */ (JSON.parse(line)));
const only = process.env.ONLY?.split(",");
const cases = Number(process.env.CASES ?? 1000);

for (const { format, reference, seed, sha256, counts } of golden) {
  if (only && !only.includes(format)) continue;
  test(`${format}: as ${reference}`, async () => {
    const shape = SHAPES[format];
    assert.ok(shape);
    const tokenizer = await load(shape.encoding);
    const conversations = new Conversations(format, seed);
    const hash = createHash("sha256");
    let [checked, tokens] = [0, 0];
    for (const expected of counts.slice(0, cases)) {
      const chat = conversations.next();
      hash.update(checked > 0 ? `\n${JSON.stringify(chat)}` : JSON.stringify(chat));
      const count = countChat(tokenizer, chat.messages, { model: shape.model, ...chat });
      assert.equal(
        count.tokens,
        expected,
        `${format}, conversation ${checked}: ${JSON.stringify(chat, null, 1)}`,
      );
      assert.equal(
        count.messages.reduce((sum, each) => sum + each, count.tools + count.reply),
        count.tokens,
      );
      assert.ok(count.low <= count.tokens && count.tokens <= count.high);
      if (!format.startsWith("openai")) {
        assert.equal(count.low, count.high, `${format}: ${count.why}`);
        if (count.unknown.length === 0) assert.equal(count.basis, "exact", `${format}: ${count.why}`);
      }
      checked++;
      tokens += expected;
    }
    if (checked === counts.length) assert.equal(hash.digest("hex"), sha256, "these are other conversations");
    console.log(`${format}: ${checked} conversations, SEED=${seed}, ${tokens} tokens, all equal`);
  });
}
