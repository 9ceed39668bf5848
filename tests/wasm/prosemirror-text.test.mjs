// @ts-check
/** The text of ProseMirror documents: one edit makes it anew, and its positions are what a slow look says. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { getText, getTextBetween } from "@tiptap/core";
import { Schema } from "prosemirror-model";
import { Transform } from "prosemirror-transform";
import { DocText } from "tokimeter/prosemirror";
import { mulberry32, seed } from "../support/random.mjs";

/** @typedef {import("prosemirror-model").Node} Node */

const CASES = Number(process.env.CASES ?? 1200);
const SEED = seed("texts of documents");

const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { content: "inline*", group: "block" },
    heading: { content: "inline*", group: "block", attrs: { level: { default: 1 } } },
    code: { content: "text*", group: "block", code: true },
    quote: { content: "block+", group: "block" },
    list: { content: "item+", group: "block" },
    item: { content: "paragraph block*" },
    rule: { group: "block" },
    figure: { group: "block", leafText: () => "a figure" },
    note: { content: "text*", group: "inline", inline: true },
    mention: { group: "inline", inline: true, attrs: { name: { default: "Li" } }, leafText: named },
    break: { group: "inline", inline: true, leafText: () => "\n" },
    image: { group: "inline", inline: true },
    text: { group: "inline" },
  },
  marks: { strong: {} },
});
const nodes = schema.nodes;

/** @param {Node} node */
function named(node) {
  return `@${node.attrs.name}`;
}

/** @param {() => number} random */
function makerOf(random) {
  const below = (/** @type {number} */ limit) => Math.floor(random() * limit);
  const pick = (/** @type {any[]} */ list) => list[below(list.length)];
  const some = (/** @type {() => Node} */ make, least = 0) => Array.from({ length: least + below(4) }, make);
  const words = () => pick(["one two", "a", "\n\n", "\n", "词元", "👩‍💻", "\ud83d", "\udc69", "aaa", " "]);
  /** @returns {Node} */
  const inline = () => {
    if (random() < 0.7) return schema.text(words(), random() < 0.3 ? [schema.mark("strong")] : []);
    if (random() < 0.2) return nodes.note.create(null, random() < 0.5 ? schema.text(words()) : null);
    return pick([nodes.mention.create({ name: words() }), nodes.break.create(), nodes.image.create()]);
  };
  const paragraph = () => nodes.paragraph.create(null, some(inline));
  /** @returns {Node} */
  const block = (depth = 0) => {
    const inner = () => block(depth + 1);
    if (depth < 2 && random() < 0.2) return nodes.quote.create(null, some(inner, 1));
    if (depth < 2 && random() < 0.3) {
      return nodes.list.create(
        null,
        some(() => nodes.item.create(null, [paragraph(), ...some(inner)]), 1),
      );
    }
    if (random() < 0.2) return pick([nodes.rule, nodes.figure]).create();
    if (random() < 0.1) return nodes.code.create(null, random() < 0.5 ? schema.text(words()) : null);
    return random() < 0.8 ? paragraph() : nodes.heading.create(null, some(inline));
  };
  const doc = () => nodes.doc.create(null, some(block, 1));
  /** Makes some steps, which may be none where they do not fit. @param {Node} before */
  const edited = (before) => {
    const tr = new Transform(before);
    for (let left = 1 + below(3); left > 0; left--) {
      const a = below(tr.doc.content.size + 1);
      const b = random() < 0.7 ? Math.min(tr.doc.content.size, a + below(6)) : below(tr.doc.content.size + 1);
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      try {
        pick([
          () => tr.replaceWith(from, to, inline()),
          () => tr.replaceWith(from, to, block()),
          () => tr.delete(from, to),
          () => tr.deleteRange(from, to),
          () => tr.split(from, 1 + below(2)),
          () => tr.join(from),
          () => tr.addMark(from, to, schema.mark("strong")),
          () => tr.removeMark(from, to),
          () => tr.setBlockType(from, to, pick([nodes.heading, nodes.code, nodes.paragraph])),
          () => tr.replaceRange(from, to, doc().slice(below(4), 4)),
          () => tr.setNodeAttribute(from, "name", words()),
          () => {
            const $from = tr.doc.resolve(from);
            const range = $from.blockRange(tr.doc.resolve(to));
            if (range) tr.wrap(range, [{ type: nodes.quote }]);
          },
          () => {
            const range = tr.doc.resolve(from).blockRange(tr.doc.resolve(to));
            if (range?.depth) tr.lift(range, range.depth - 1);
          },
        ])();
      } catch {
        // It does not fit there.
      }
    }
    return tr.doc;
  };
  return { below, pick, doc, edited };
}

/** What it is for TipTap: with these serializers, and a separator before each block. */
const serializers = {
  mention: (/** @type {{ node: Node }} */ { node }) => named(node),
  break: () => "\n",
  code: (/** @type {{ node: Node }} */ { node }) => `\`\`\`\n${node.textContent}\n\`\`\``,
};

/**
 * The texts that are looked at: how each is read, and the slow way to the text before a position.
 * @type {{ what: string, text: DocText, before: (doc: Node, pos: number) => string }[]}
 */
const WAYS = [
  {
    what: "textBetween",
    text: new DocText(),
    before: (doc, pos) => doc.textBetween(0, pos, "\n\n"),
  },
  {
    what: "textBetween with one line break and texts of leaves",
    text: new DocText({ blockSeparator: "\n", text: (node) => (node.isLeaf ? leaf(node) : undefined) }),
    before: (doc, pos) => doc.textBetween(0, pos, "\n", leaf),
  },
  {
    what: "textBetween without separators",
    text: new DocText({ blockSeparator: "" }),
    before: (doc, pos) => doc.textBetween(0, pos),
  },
  {
    what: "TipTap's getText",
    text: new DocText({
      everyBlock: true,
      text: (node) => new Map(Object.entries(serializers)).get(node.type.name)?.({ node }),
    }),
    before: (doc, pos) =>
      pos === doc.content.size
        ? getText(doc, { textSerializers: serializers })
        : getTextBetween(doc, { from: 0, to: pos }, { textSerializers: serializers }),
  },
];

/** @param {Node} node */
function leaf(node) {
  return node.type === nodes.image ? "an image" : "";
}

for (const { what, text, before } of WAYS) {
  test(`${what}: one edit from a document to the next`, () => {
    const random = mulberry32(SEED);
    const { doc, edited } = makerOf(random);
    let now = doc();
    for (let left = CASES; left > 0; left--) {
      const next = random() < 0.05 ? doc() : edited(now);
      const [was, is] = [before(now, now.content.size), before(next, next.content.size)];
      const edit = text.edit(now, next);
      const { from, to = from, insert = "" } = edit ?? { from: 0 };
      assert.ok(0 <= from && from <= to && to <= was.length, `${from} to ${to} of ${was.length}`);
      assert.equal(was.slice(0, from) + insert + was.slice(to), is);
      assert.equal(edit === undefined, was === is);
      assert.equal(text.of(next), is);
      assert.equal(text.length(next), is.length);
      now = next.content.size < 300 ? next : doc();
    }
  });

  test(`${what}: positions`, () => {
    const { doc } = makerOf(mulberry32(SEED + 1));
    for (let left = CASES / 30; left > 0; left--) {
      const one = doc();
      const lengths = Array.from({ length: one.content.size + 1 }, (_, pos) => before(one, pos).length);
      assert.deepEqual(
        lengths.map((_, pos) => text.toText(one, pos)),
        lengths,
        one.toString(),
      );
      for (let offset = 0; offset <= text.length(one); offset++) {
        assert.equal(
          text.toDoc(one, offset, "begins"),
          lengths.findLastIndex((length) => length <= offset),
          `${offset} begins in ${one}`,
        );
        assert.equal(
          text.toDoc(one, offset, "ends"),
          lengths.findIndex((length) => length >= offset),
          `${offset} ends in ${one}`,
        );
      }
    }
  });
}

test("a mark is no edit, and a key in a long document is a small one", () => {
  const text = new DocText();
  const paragraphs = Array.from({ length: 100 }, (_, at) =>
    nodes.paragraph.create(null, schema.text(`line ${at}`)),
  );
  const list = nodes.list.create(
    null,
    paragraphs.map((one) => nodes.item.create(null, one)),
  );
  const doc = nodes.doc.create(null, [...paragraphs, list]);
  const marked = new Transform(doc).addMark(0, doc.content.size, schema.mark("strong")).doc;
  assert.equal(text.edit(doc, marked), undefined);
  for (const pos of [3, doc.content.size - 5]) {
    const typed = new Transform(doc).insert(pos, schema.text("x")).doc;
    assert.deepEqual(text.edit(doc, typed), {
      from: text.toText(doc, pos),
      to: text.toText(doc, pos),
      insert: "x",
    });
  }
});

test("a document that is one text block has no separator", () => {
  const line = new Schema({ nodes: { doc: { content: "text*" }, text: {} } });
  const text = new DocText();
  const empty = line.node("doc");
  const full = line.node("doc", null, line.text("a line"));
  assert.equal(text.of(full), "a line");
  assert.deepEqual(text.edit(empty, full), { from: 0, to: 0, insert: "a line" });
  assert.equal(text.toText(full, 3), 3);
  assert.equal(text.toDoc(full, 3, "begins"), 3);
});
