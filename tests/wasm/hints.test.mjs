// @ts-check
/**
 * Hints: what is found, what must not be, that every saving is a re-count, and that no text makes them slow.
 *
 * Long because each kind has its tables of texts, on the same helpers.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "tokimeter";
import { applyHints, credentials, explain, findings, hints, saved } from "tokimeter/hints";
import { mulberry32, seed } from "../support/random.mjs";

/** @import { HintKind } from "tokimeter/hints" */

const toks = await Promise.all(["o200k_base", "qwen3", "claude4_7"].map((name) => load(name)));
const [tok] = toks;
assert.ok(tok);

const random = mulberry32(seed("hints"));
/** @param {number} below */
const upTo = (below) => Math.floor(random() * below);
/** @template T @param {readonly T[]} list */
const one = (list) => /** @type {T} */ (list[upTo(list.length)]);

/** Keys are put together here, so that nobody's scanner takes this file for a leak. @param {string} alphabet */
const letters = (alphabet, length = 40) => Array.from({ length }, () => one([...alphabet])).join("");
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** @param {object} value */
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const JWT = [
  part({ alg: "HS256", typ: "JWT" }),
  part({ sub: "42", name: "王小明" }),
  letters(ALPHABET, 43),
].join(".");
const PNG = `iVBORw0KGgo${letters(`${ALPHABET}+/`, 400)}=`;

/** @param {string} letters */
const inLines = (letters) => letters.replace(/.{64}(?=.)/g, "$&\n");

/** @param {string} text */
const kinds = (text) => findings(text).map(({ kind }) => kind);
/** @param {string} text */
const applied = (text) => applyHints(text, findings(text));

/** Text, what is left of it, and the kinds of hints. @type {[string, string, HintKind[]][]} */
const FOUND = [
  ["Fix  this   bug", "Fix this bug", ["spaces", "spaces"]],
  ["- a  b\n  - c", "- a b\n  - c", ["spaces"]],
  ["It's  what they don't  do", "It's what they don't do", ["spaces", "spaces"]],
  ["Find 'a  b'  in  this", "Find 'a  b' in this", ["spaces", "spaces"]],
  ["把“a  b”改成  “c d”  吧", "把“a  b”改成 “c d” 吧", ["spaces", "spaces"]],
  ["one   \ntwo\t\n", "one  \ntwo\n", ["trailing-spaces", "trailing-spaces"]],
  ["one\t  \ntwo \t\nthree    \n\nfour", "one  \ntwo\nthree\n\nfour", Array(3).fill("trailing-spaces")],
  ["one\n\n\n\ntwo\n\n\nthree", "one\n\ntwo\n\n\nthree", ["blank-lines"]],
  ["one\r\n\r\n \r\n\r\ntwo", "one\r\n\r\ntwo", ["blank-lines"]],
  [
    "The windows face the street and need water.\n\nThen the kitchen.\n\nThe windows face the street and need water.",
    "The windows face the street and need water.\n\nThen the kitchen.",
    ["repeat"],
  ],
  [
    "客厅的窗户朝着马路，要多擦两遍。\n厨房不用管。\n客厅的窗户朝着马路，要多擦两遍。\n谢",
    "客厅的窗户朝着马路，要多擦两遍。\n厨房不用管。\n谢",
    ["repeat"],
  ],
  [`See ![logo](data:image/png;base64,${PNG}) here`, "See ![logo](data:image/png;base64,…) here", ["base64"]],
  [`Decode ${PNG}`, "Decode …", ["base64"]],
  [`Cert:\n${inLines(PNG.slice(0, 384))}\nend`, "Cert:\n…\nend", ["base64"]],
  [`${PNG.slice(0, 152)}\nWhat\nis in this file?`, "…\nWhat\nis in this file?", ["base64"]],
  [`${PNG.slice(0, 152)}\n--------\nNext part.`, "…\n--------\nNext part.", ["base64"]],
  [
    `${inLines(PNG.slice(0, 256))}\n${"-".repeat(64)}\nNext part.`,
    `…\n${"-".repeat(64)}\nNext part.`,
    ["base64"],
  ],
  [`${inLines(PNG.slice(0, 200))}\nWhat\nis it?`, "…\nWhat\nis it?", ["base64"]],
  [`${PNG.slice(0, 128)}\nTWFuT2Y=\nWhat is it?`, "…\nWhat is it?", ["base64"]],
  [`Authorization: Bearer ${JWT}.`, "Authorization: Bearer [JWT].", ["credential"]],
  // Chinese.
  ["你好，麻烦你帮我写一封请假条，谢谢！", "写一封请假条！", ["courtesy", "courtesy"]],
  ["您好！请帮我翻一下这本书。辛苦了。", "翻一下这本书。", ["courtesy", "courtesy"]],
  ["擦客厅窗户，洗三件衣服。\n谢谢～\n", "擦客厅窗户，洗三件衣服。\n", ["courtesy"]],
  ["今天上班气死我了。楼下超市打折。擦客厅窗户。", "擦客厅窗户。", ["chatter"]],
  ["擦窗户，今天真是累死了，洗衣服。", "擦窗户，洗衣服。", ["chatter"]],
  ["麻烦你用表格列出三个城市：北京、上海、广州。", "用表格列出三个城市：北京、上海、广州。", ["courtesy"]],
  ["最近工作好烦，帮我列一个计划", "帮我列一个计划", ["chatter"]],
  // English.
  ["Hello, please clean the windows.", "clean the windows.", ["courtesy"]],
  [
    "Could you please clean the windows? Thanks in advance!",
    "Could you clean the windows? ",
    ["courtesy", "courtesy"],
  ],
  ["Please use soap. Please usher them in.", "use soap. usher them in.", ["courtesy", "courtesy"]],
  [
    "I hope this message finds you well. Wash three shirts, please.",
    "Wash three shirts.",
    ["courtesy", "courtesy"],
  ],
  [
    "Work made me so angry today. The supermarket downstairs has a sale. Cook dinner for two.",
    "Cook dinner for two.",
    ["chatter"],
  ],
  ["Cook dinner for two.\n\nThank you so much in advance!", "Cook dinner for two.\n\n", ["courtesy"]],
];

test("what is found", () => {
  for (const [text, left, expected] of FOUND) {
    assert.deepEqual(kinds(text), expected, text);
    assert.equal(applied(text).trimEnd(), left.trimEnd(), text);
  }
});

/** Texts in which nothing may be found. */
const KEPT = [
  // Indentation, code, tables, columns, quotes, a line break of Markdown.
  "def f(x):\n    return  x\n",
  "```\na  b   \n\n\n\nc\n```\n",
  "| a  | b   |\n|----|-----|\n",
  "name    age    city\nAnn     31     Rome",
  'Print "a  b" and `c  d`',
  "把“a  b”改成“a b”。",
  '「甲  乙」和『丙  丁』在《戊  己》里，"庚  辛"也在。',
  "Replace 'foo  bar' with 'foo bar'.",
  "Replace ('don't  do') with 'do'.",
  "把'a  b'改成'a b'。",
  "first  \nsecond",
  "> quoted  text",
  // What is short, or asks to compare, or is no prose, may stand twice.
  "yes.\nno.\nyes.",
  "Translate into English:\n早\nTranslate into English:\n晚",
  "Compare these:\nThe windows face the street and need water.\n\nThe windows face the street and need water.",
  "    return this.windows.map((w) => w.clean());\n    x\n    return this.windows.map((w) => w.clean());",
  "# A\nThis is not supported by the older version.\n# B\nThis is not supported by the older version.",
  "One ends here.\nIt takes all the windows which\nface the street, and the kitchen too.\n\nAnd what\nface the street, and the kitchen too.",
  // Doc comments and lists are indented behind their marks.
  "/// Returns:\n///   nothing\n-   a list",
  // No base64: words, paths, hashes.
  "a".repeat(1000),
  `https://example.com/${"Some/Long/Path1/".repeat(20)}`,
  "0123456789abcdef".repeat(20),
  `https://github.com/Some-Owner/repo/blob/9e001042864394247181d1a5d591c18057ce32d2/Packages/${"Dir/sub/".repeat(9)}a.ts`,
  // No credentials: examples, names, and what only looks like a token.
  "Set OPENAI_API_KEY=sk-your-key-goes-here",
  `AKIA${"IOSFODNN7EXAMPLE"}`,
  `ghp_${"x".repeat(36)}`,
  "sk-learn is a library, ask-me-anything",
  `sk-proj-your_api_key-${"0123456789".repeat(5)}`,
  `ghp_${letters(ALPHABET, 60)}`,
  `sk-${letters(ALPHABET, 20)}-${letters(ALPHABET, 20)}`,
  `AKIA${letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 16)}9`,
  `task-${letters("0123456789abcdef", 32)} \\task-${letters("0123456789abcdef", 32)}`,
  "eyJ is how every token begins. eyJabc.eyJdef.ghi",
  `eyJ${letters(ALPHABET, 30)}.eyJ${letters(ALPHABET, 30)}.${letters(ALPHABET, 43)}`,
  // Politeness that is asked for.
  "用日语怎么说谢谢？",
  "谢谢用英语怎么说",
  "把“你好，谢谢”翻译成英文",
  "翻译：谢谢，辛苦了。",
  "谢谢，辛苦了。翻译成法语。",
  "帮我写一封感谢信，感谢王老师。",
  "写一张贺卡。谢谢。祝你生活愉快，署名小明。",
  "「麻烦你了」是什么语气？",
  "Write a thank-you letter to my aunt.",
  'What does "please" do in a prompt?',
  'Replace "thank you" by "thanks", "please" too',
  "Please, translate this into French: please sit down, thank you.".slice(8),
  "How do you say thank you in Japanese?",
  "Print hello, world",
  "Hello, world",
  "Hello, Dolly is a musical. Who wrote it?",
  "Say please",
  "你好，谢谢，对不起，哪一个最礼貌？",
  "谢谢，麻烦了，辛苦了，哪个更正式？",
  "谢谢，多谢，哪个词更好？",
  "Hello, hi, hey, which is the most formal?",
  "Thanks, many thanks, which is a polite answer?",
  "Will you please your boss by working?",
  "Could you please everyone?",
  "Thanks: who says it?",
  "谢谢：两个字",
  "Say thank you to John",
  "```\nplease\n```\nRun it",
  "echo `please`, then stop",
  "Summarize the following.\n\nThank you for your help. We will pay on Monday.",
  "谢谢",
  "Thank you!",
  "你好",
  // A phrase before something that is no verb; words that only begin alike.
  "麻烦你帮我妈妈订票",
  "请假条怎么写",
  "请教一个问题",
  // Complaints that the text is about.
  "我累死了，怎么办？",
  "今天上班气死我了，老板不发工资，写一封投诉信",
  "My boss is driving me crazy. What should I do?",
  "I'm so tired. Could it be a symptom?",
  "楼下超市打折。写一张超市的海报。",
  "今天气温很高",
];

test("what must not be found", () => {
  for (const text of KEPT) assert.deepEqual(kinds(text), [], text);
});

test("keys by their beginnings", () => {
  /** @type {[string, string][]} */
  const keys = [
    [`sk-proj-${letters(ALPHABET, 74)}`, "OpenAI API key"],
    [`sk-ant-api03-${letters(ALPHABET, 95)}`, "Anthropic API key"],
    [`sk-${letters("0123456789abcdef", 32)}`, "API key (sk-…)"],
    [`ghp_${letters(ALPHABET, 36)}`, "GitHub personal access token"],
    [`AKIA${letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)}`, "AWS access key"],
    [`AIza${letters(ALPHABET, 35)}`, "Google API key"],
    [
      `xoxb-${letters("0123456789", 12)}-${letters("0123456789", 12)}${letters(ALPHABET, 24)}`,
      "Slack bot token",
    ],
    [`LTAI${letters(ALPHABET, 20)}`, "Alibaba Cloud access key"],
    [`hf_${letters(ALPHABET, 34)}`, "Hugging Face token"],
    [`glpat-${letters(ALPHABET, 20)}`, "GitLab personal access token"],
  ];
  for (const [key, name] of keys) {
    for (const text of [
      key,
      `export KEY=${key}\n`,
      `密钥是${key}。`,
      `"${key}"`,
      `use ${key}.`,
      `(${key})`,
    ]) {
      const [hint, ...others] = hints(text, tok);
      assert.ok(hint && others.length === 0, text);
      assert.equal(hint.kind, "credential");
      assert.equal(hint.preview, name);
      assert.equal(text.slice(hint.from, hint.to), key);
      assert.equal(hint.tokens, tok.count(key));
      assert.match(explain(hint), /login token, not a language-model token.*Do not send.*cost \d+ tokens/);
      assert.match(explain(hint, "zh"), /不是大模型的 token.*不要发给模型/);
    }
  }
  /** @param {string} body */
  const pemOf = (body) => `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`;
  const pem = pemOf(letters(ALPHABET, 64));
  assert.deepEqual(findings(pemOf("XXXX")), []);
  assert.deepEqual(
    findings(`a\n${pem}\nb`).map(({ preview }) => preview),
    ["PRIVATE KEY"],
  );
});

test("keys that a mark or an escape touches", () => {
  const [classic, plain, aws, google, npm, databricks] = [
    `ghp_${letters(ALPHABET, 35)}7`,
    `sk-${letters(ALPHABET, 47)}7`,
    `AKIA${letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)}`,
    `AIza${letters(ALPHABET, 34)}7`,
    `npm_${letters(ALPHABET, 35)}7`,
    `dapi${letters("0123456789abcdef", 32)}-2`,
  ];
  for (const key of [classic, plain, aws, google, npm, databricks, JWT]) {
    for (const [before, behind] of [
      ["_", " "],
      ["**_", "_**"].slice(0, key === JWT ? 1 : 2),
      ["-", ""],
      ["...", "..."],
      ["key\\n", "\\nkey"],
      ["a\\r\\n", "\\r\\n"],
      ["\\t", "%20"],
      ["\\", "\\"],
      ["?token%3D", "%26"],
      ["?token\\u003d", "\\u0026"],
    ]) {
      const text = `${before}${key}${behind ?? ""}`;
      const [found, ...more] = credentials(text);
      assert.deepEqual(more, [], text);
      assert.equal(found && text.slice(found.from, found.to), key, text);
    }
  }
  for (const key of [classic, plain, aws, google, npm, databricks]) {
    assert.equal(applyHints(`${key}-`, credentials(`${key}-`)), "[key]-");
  }
  for (const key of [classic, plain, aws]) {
    assert.equal(applyHints(`${key}-old`, credentials(`${key}-old`)), "[key]-old");
  }
  // Chance writes words, too.
  for (const body of [
    `yourA1b3d${letters(ALPHABET, 70)}`,
    `${letters(ALPHABET, 60)}xxxx${letters(ALPHABET, 30)}`,
  ]) {
    const key = `sk-proj-${body}`;
    assert.equal(applyHints(key, credentials(key)), "[key]");
  }
});

test("a private key goes no further than its lines", () => {
  const lines = Array.from({ length: 20 }, () => letters(`${ALPHABET}+/`, 64)).join("\n");
  const begin = "-----BEGIN RSA PRIVATE KEY-----";
  const end = "-----END RSA PRIVATE KEY-----";
  const essay = `${"The windows face the street, and nobody has washed them. ".repeat(3)}\n`;
  const certificate = `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----`;
  /** @type {[string, string][]} */
  const texts = [
    [`a\n${begin}\n${lines}\n${end}\nb`, "a\n[private key]\nb"],
    [`a\n${begin}\n${lines}\nb`, "a\n[private key]\nb"],
    [`${begin}\n${lines}`, "[private key]"],
    [`${begin}\n${lines}\n-----END PRIVATE KEY-----`, "[private key]\n-----END PRIVATE KEY-----"],
    [`${begin}\n${lines}\n${certificate}`, `[private key]\n${certificate}`],
    [`{"key":"${begin}\\n${lines.replaceAll("\n", "\\n")}\\n${end}\\n"}`, '{"key":"[private key]\\n"}'],
    [`${begin}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B\n\n${lines}\n${end}`, "[private key]"],
    [`> ${begin}\n> ${lines.replaceAll("\n", "\n> ")}\n> ${end}`, "> [private key]"],
    [`${begin}\n${lines}\n${end}\n${begin}\n${lines}\n${end}`, "[private key]\n[private key]"],
  ];
  for (const [text, left] of texts) assert.equal(applyHints(text, credentials(text)), left, text);
  for (const text of [
    `My file has ${begin} in it.\n\n${essay}${certificate}`,
    `Between ${begin} and ${end} stands base64, not ${begin}${end}.`,
    `${begin}\n${essay.repeat(2)}${letters(ALPHABET, 64)}\n${end}`,
    certificate,
  ]) {
    assert.deepEqual(credentials(text), [], text);
  }
});

test("credentials alone are those of all findings", () => {
  const key = `AKIA${letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 16)}`;
  const text = [JWT, ...FOUND.map(([one]) => one), key].join("\n");
  const found = credentials(text);
  assert.ok(found.length > 1);
  assert.deepEqual(
    found,
    findings(text).filter(({ kind }) => kind === "credential"),
  );
  assert.deepEqual(credentials("sk-your-key-here"), []);
});

test("a JSON Web Token whose claims are too long to be decoded is still one", () => {
  const long = [part({ alg: "RS256" }), part({ sub: "x".repeat(1_000_000) }), letters(ALPHABET, 43)].join(
    ".",
  );
  const [found, ...more] = findings(`Bearer ${long}`);
  assert.deepEqual(more, []);
  assert.deepEqual([found?.kind, found?.from, found?.to], ["credential", 7, 7 + long.length]);
  assert.equal(found?.preview, 'JSON Web Token {"alg":"RS256"} {…}');
});

test("a JSON Web Token is read by everybody", () => {
  const [hint] = hints(JWT, tok);
  assert.equal(hint?.preview, 'JSON Web Token {"alg":"HS256","typ":"JWT"} {"sub":"42","name":"王小明"}');
  assert.ok(hint && !explain(hint).includes("42"));
});

const SNIPPETS = [
  ...FOUND.map(([text]) => text),
  ...KEPT,
  ...'a|  |   \n|\n|\n\n\n\n|\r\n|中文|。|，|, |. |```\n|> |"|“|😀|\ud83d|谢谢|thanks|please |data:;base64,|-----BEGIN PRIVATE KEY-----'.split(
    "|",
  ),
];

test("random texts: in order, each by re-count, all together by re-count", () => {
  const cases = Number(process.env.CASES ?? 500_000) / 500;
  for (let i = 0; i < cases; i++) {
    const text = Array.from({ length: upTo(12) }, () => one(SNIPPETS)).join(one(["", " ", "\n", "\n\n"]));
    const tokenizer = one(toks);
    const why = `${tokenizer.name} ${JSON.stringify(text)}`;
    const before = tokenizer.count(text);
    const list = hints(text, tokenizer);
    let end = 0;
    for (const { kind, from, to, replacement, tokens, saves } of list) {
      assert.ok(end <= from && from < to && to <= text.length, why);
      end = to;
      assert.equal(tokens, tokenizer.count(text.slice(from, to)), why);
      assert.equal(saves, before - tokenizer.count(text.slice(0, from) + replacement + text.slice(to)), why);
      assert.ok(saves > 0 || kind === "credential", why);
    }
    const all = saved(text, list, tokenizer);
    assert.equal(all.text, applyHints(text, list), why);
    assert.deepEqual([all.before, all.after], [before, tokenizer.count(all.text)], why);
    assert.equal(all.saves, all.before - all.after, why);
    // What is left out does not come back: every round is shorter, and the last one finds nothing.
    let left = text;
    for (let round = 0; ; round++) {
      const more = findings(left);
      if (more.length === 0) break;
      const next = applyHints(left, more);
      assert.ok(next.length < left.length && round < 10, why);
      left = next;
    }
    assert.equal(applied(left), left, why);
  }
});

test("a text that has nothing to save has no hints", () => {
  const code = readFileSync("pkg/src/live.ts", "utf8");
  assert.deepEqual(findings(`\`\`\`ts\n${code}\n\`\`\`\n`), []);
});

test("hints of another text throw", () => {
  const list = findings("Fix  this   bug");
  assert.throws(() => applyHints("Fix", list), RangeError);
  assert.throws(() => applyHints("Fix  this   bug", list.toReversed()), RangeError);
  assert.equal(applyHints("Fix  this", []), "Fix  this");
});

test("a quarter of a megabyte of anything", () => {
  const size = 250_000;
  const bytes = Uint8Array.from({ length: size }, () => upTo(256));
  const encoded = Buffer.from(bytes).toString("base64").slice(0, size);
  /** @param {string} text */
  const much = (text) => text.repeat(Math.ceil(size / text.length)).slice(0, size);
  /** @type {Record<string, string>} */
  const texts = {
    ...Object.fromEntries(
      ["a", " ", "\n", "eyJ", "eyJ.", ".", "..x", ",", '"', "`", "```\n", "sk-", ": "].map((one) => [
        one,
        much(one),
      ]),
    ),
    ...Object.fromEntries(
      ["thanks, ", "今天上班气死我了。", "，", "can you please go please. ", "a   \n"].map((one) => [
        one,
        much(one),
      ]),
    ),
    base64: encoded,
    "base64 in lines": encoded.replace(/.{76}/g, "$&\n"),
    "data URLs": much("data:a;base64,AAAA"),
    "keys without an end": much("-----BEGIN X PRIVATE KEY-----\n"),
    "a key of one line": `-----BEGIN PRIVATE KEY-----${much("A")}`,
    "a key of no lines": `-----BEGIN PRIVATE KEY-----${much("+,")}-----END PRIVATE KEY-----`,
    "keys of other labels": much("-----BEGIN A PRIVATE KEY-----A-----END B PRIVATE KEY-----"),
    "words of marks": much("_ghp_-"),
    escapes: much("\\neyJ%3D"),
    "one word that begins as a key": `sk-proj-${much("aB1-")}`,
    "web tokens that are none": much("eyJhbGciOiJIUzI1NiJ9 "),
    "repeated lines": much("The same line again, and it is long enough.\n"),
    "repeated paragraphs": much("The same paragraph again, and it is long enough.\n\n"),
    "doubled spaces": much("a long word  "),
  };
  for (const [name, text] of Object.entries(texts)) {
    const start = performance.now();
    const found = findings(text);
    const middle = performance.now();
    hints(text, tok);
    const end = performance.now();
    console.log(
      `250 kB of ${JSON.stringify(name)}: ${found.length} found in ${Math.round(middle - start)} ms, counted in ${Math.round(end - middle)} ms`,
    );
    assert.ok(end - start < 30_000, name);
  }
});
