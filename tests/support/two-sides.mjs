// @ts-check
/**
 * One table of cases for the package on this thread and in a worker: each takes the functions of either, and says what came of
 * them. It runs in a page, so it imports nothing.
 */

/** @typedef {any} Api `load`, `loadJson`, `estimate` and `meter` of `tokimeter`, or of `connect()` of `tokimeter/worker` */

const TEXTS = [
  "",
  "Hello, world!",
  "Tokens are minutes. 词元就是分钟。👩‍💻",
  "<|endoftext|> and \ufeff, \u0085, \ud83d, \ude00\ud83d",
  `${"a".repeat(5000)}${" ".repeat(5000)}${"的".repeat(5000)}`,
  "function f(x) {\r\n\treturn x?.[0] ?? 'DON\\'T';\n}\n".repeat(40),
];
const LARGE = "The meter runs while one types. 表在人打字时走。\n".repeat(1500);

/** A rank file of the bytes and a few merges. */
export const RANKS = new TextEncoder().encode(
  [...Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)), "th", "the", " t", " the"]
    .map((token, rank) => `${btoa(token)} ${rank}\n`)
    .join(""),
);
/** A tokenizer that only Hugging Face's engine takes. */
const WORDS = JSON.stringify({
  version: "1.0",
  added_tokens: [],
  pre_tokenizer: { type: "Whitespace" },
  model: { type: "WordLevel", vocab: { "[UNK]": 0, hello: 1, world: 2 }, unk_token: "[UNK]" },
});

/** Returns what comes of a call: the value, or the error without its stack. @param {() => unknown} call */
async function of(call) {
  try {
    return await call();
  } catch (error) {
    const { name, code, message } = /** @type {any} */ (error);
    // Who was aborted, disposed or busy is called by another name over there.
    const says = ["aborted", "disposed", "busy"].includes(code) ? "" : message;
    return { error: name, code, says, isError: error instanceof Error };
  }
}

/** Asks a tokenizer everything. @param {any} tok */
async function asked(tok) {
  const { name, basis, engine, assumption, vocabSize, specials } = tok;
  const answers = [{ name, basis, engine, assumption, vocabSize, specials }];
  for (const text of TEXTS) {
    const ids = /** @type {any} */ (await of(() => tok.encode(text)));
    for (const call of [
      () => ids,
      () => tok.count(text),
      () => tok.range(text),
      () => tok.encode(text, { special: "match" }),
      () => tok.decode(ids),
      () => tok.decodeBytes([...ids].slice(0, 7)),
      () => tok.spans(text),
      () => tok.fit(text, 3),
      () => tok.fit(text, 7, { keep: "end" }),
      () => tok.split(text, 9),
      () => tok.countBlob(new Blob([text])),
    ])
      answers.push(/** @type {any} */ (await of(call)));
  }
  for (const call of [
    () => tok.count(5),
    () => tok.encode("x", { special: "nope" }),
    () => tok.decode([2 ** 31]),
    () => tok.decode([-1, 0.5]),
    () => tok.fit("x", -1),
    () => tok.fit("x", 1, { keep: "middle" }),
    () => tok.split("中文👩‍💻", 0),
    () => tok.countBlob(new Blob(["binary\0"])),
    () => tok.countBlob(new Blob([LARGE.repeat(40)])),
  ])
    answers.push(/** @type {any} */ (await of(call)));
  return answers;
}

/** Edits a text every way, and asks it after each. @param {any} live @param {(live: any) => any} shown */
async function edited(live, shown) {
  const answers = [];
  for (const edit of [
    () =>
      live.update([
        { from: 0, insert: "Oh: " },
        { from: 5, to: 7 },
      ]),
    () => live.replace(2, 3, "中文 👩‍💻 \ud83d"),
    () => live.replace(live.length, live.length, "\ude00"),
    () => live.update([]),
    () => live.replaceAsync(3, 5, LARGE),
    () => live.replaceAsync(0, live.length - 9, "short again"),
    () => live.replace(5, 4, "x"),
    () => live.replace(0, 1e9, "x"),
    () => live.replace(0, 1, 5),
    () => live.replaceAsync(-1, 1, "x"),
    () => live.update([{ from: 4, to: 6 }, { from: 5 }]),
    () => live.update([{ from: 4 }, { from: 2 }]),
    () => live.update([{ from: 0.5 }]),
    () => live.reset("Tokens are minutes. 词元就是分钟。"),
    () => live.reset(null),
  ]) {
    answers.push(await of(edit));
    answers.push(shown(live), live.length, live.text);
    answers.push(await of(() => live.countRange(1, 7)));
    answers.push(await of(() => live.spansIn(0, 9)));
    answers.push(await of(() => live.countRange(7, 1)));
  }
  return answers;
}

/** @param {any} live */
const range = ({ tokens, low, high }) => ({ tokens, low, high });

/** @type {Record<string, (api: Api) => Promise<unknown>>} */
export const CASES = {};

for (const name of ["o200k_base", "gpt-4", "deepseek-v4", "claude-3-haiku", "claude-opus-5"]) {
  CASES[`the tokenizer ${name}`] = async ({ load }) => asked(await load(name));
  CASES[`a text of ${name}`] = async ({ load }) => {
    const live = await (await load(name)).live("abc def ghi");
    return [
      await edited(live, range),
      await of(() => live.offsetOf(2)),
      await of(() => live.fit(2)),
      await live.split(4),
    ];
  };
}
for (const name of ["gpt-4", "a-model-of-nobody"])
  CASES[`an estimate of ${name}`] = async ({ estimate }) => {
    const tok = await estimate(name);
    return [await asked(tok), await edited(await tok.live("abc def ghi"), range)];
  };
for (const name of ["o300k_base", "constructor", 5])
  CASES[`there is no ${name}`] = async ({ load }) => of(() => load(/** @type {any} */ (name)));
CASES["a vocabulary that is not there"] = async ({ load }) =>
  of(() => load("r50k_base", { url: "no-such.vocab" }));
CASES["a vocabulary from elsewhere"] = async ({ load }) =>
  (await load("r50k_base", { url: "vocab/r50k_base.vocab" })).count("Hello, world!");

/** @type {[string, () => any, object?][]} */
const FILES = [
  ["bytes", () => RANKS, { pattern: "cl100k", name: "mine" }],
  ["a buffer", () => RANKS.buffer, { pattern: "cl100k" }],
  ["a blob", () => new Blob([RANKS]), { pattern: "cl100k" }],
  ["a file", () => new File([RANKS], "my.tiktoken"), { pattern: "cl100k" }],
  ["a response", () => new Response(RANKS), { pattern: "cl100k" }],
  ["an address", () => new URL("ranks.tiktoken?x", document.baseURI), { pattern: "cl100k" }],
  ["another kind", () => new Blob([WORDS]), { name: "words.json" }],
  ["no pattern", () => RANKS],
  ["no tokenizer", () => new Blob(["{}"])],
  ["a string", () => "ranks.tiktoken"],
  ["a response without a body", () => new Response("", { status: 404, statusText: "Gone" })],
  ["no such address", () => new URL("no-such.json", document.baseURI)],
];
for (const [what, source, options] of FILES)
  CASES[`a tokenizer file: ${what}`] = async ({ loadJson }) => {
    const tok = /** @type {any} */ (await of(() => loadJson(source(), options)));
    if (tok.error) return tok;
    if (what !== "bytes" && what !== "another kind")
      return [tok.name, tok.vocabSize, await tok.count("the hello")];
    return [await asked(tok), await edited(await tok.live("the hello"), range)];
  };

for (const id of ["gpt-5.2", "claude-opus-5", "deepseek-v4-pro", "command-r", "no-such-model"]) {
  for (const instant of [false, true])
    CASES[`a meter of ${id}${instant ? ", at once" : ""}`] = async ({ meter }) => {
      /** @type {unknown[]} */
      const heard = [];
      const m = await meter(id, {
        text: "Hello, world! 你好，世界！",
        reserveOutput: 1000,
        currency: "CNY",
        instant,
        onReading: (/** @type {unknown} */ reading) => heard.push(reading),
      });
      await m.ready;
      // Which of the two comes first, the vocabulary or the first reading, depends.
      if (heard.length > 0) heard.splice(0, 1, "better");
      const all = [m.model, m.nearest, m.reading, m.length, await edited(m, ({ reading }) => reading)];
      for (const settings of [
        { context: 127_000, cached: 1000 },
        { context: 271_000, batch: true },
        { currency: "USD" },
        { rate: { cnyPerUsd: 7, asOf: "2026-01-01", source: { name: "me", date: "2026-01-01" } } },
        { near: 2 },
        { cached: 1e9 },
        { reserveOutput: 0.5 },
        { context: 1e9, cached: 0 },
      ])
        all.push(await of(() => m.configure(settings)), m.reading);
      all.push(await of(() => m.fit()), await of(() => m.fit({ keep: "end" })), instant || heard);
      return all;
    };
}
CASES["a meter that cannot be"] = async ({ meter }) => [
  await of(() => meter("gpt-5.2", { reserveOutput: -1 })),
  await of(() => meter("gpt-5.2", { text: 5 })),
  await of(() => meter("gpt-5.2", { near: 7, instant: true })),
];

CASES["aborted before"] = async ({ load, loadJson, meter }) => {
  const signal = AbortSignal.abort("why");
  const tok = await load("o200k_base");
  const live = await tok.live("abc");
  return [
    await of(() => load("o200k_base", { signal })),
    await of(() => loadJson(RANKS, { signal })),
    await of(() => meter("gpt-5.2", { signal })),
    await of(() => live.replaceAsync(0, 0, LARGE, { signal })),
    live.text,
  ];
};
CASES["aborted meanwhile, and edits that must wait"] = async ({ load }) => {
  const live = await (await load("o200k_base")).live(`before ${LARGE} after`);
  const controller = new AbortController();
  let progress = 0;
  const writing = of(() =>
    live.replaceAsync(3, 50, LARGE.repeat(4), {
      signal: controller.signal,
      onProgress: (/** @type {{ done: number, total: number }} */ { done, total }) => {
        progress++;
        if (done > total / 3) controller.abort();
      },
    }),
  );
  const busy = [await of(() => live.replace(0, 1, "")), await of(() => live.replaceAsync(0, 1, ""))];
  return [
    await writing,
    busy,
    progress > 0,
    await of(() => live.update([{ from: 0, insert: "x" }])),
    live.text,
  ];
};
CASES.disposed = async ({ load, meter }) => {
  const live = await (await load("o200k_base")).live("abc");
  const m = await meter("gpt-5.2", { text: "abc" });
  live.dispose();
  live.dispose();
  m[Symbol.dispose]();
  return [
    await of(() => live.replace(0, 1, "")),
    await of(() => live.fit(1)),
    await of(() => m.update([])),
    await m.ready,
  ];
};

/** Writes a value so that two can be compared: what JSON has no word for too. @param {unknown} value @returns {string} */
export function written(value) {
  return JSON.stringify(value, (_, part) => {
    if (typeof part === "bigint") return `${part}n`;
    if (part === undefined) return "undefined";
    if (ArrayBuffer.isView(part)) return [part.constructor.name, ...new Uint8Array(part.buffer)].join(" ");
    // A lone surrogate would not survive the way out of the page.
    return typeof part === "string" ? escape(part) : part;
  });
}
