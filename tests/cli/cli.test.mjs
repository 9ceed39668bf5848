// @ts-check
/** The command line of the package and the native one: one table of cases, and both say the same. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { decimal, encodings, load, price, resolve as resolveEncoding } from "tokimeter";
import { findModel, models, nearestModels, rate } from "tokimeter/models";
import { mulberry32, seed } from "../support/random.mjs";
import { COMMANDS, json, NATIVE_COMMAND, pathsOf, run, same } from "./commands.mjs";
import { FILES } from "./folder.mjs";

test("standard input", async () => {
  const tok = await load("o200k_base");
  for (const [input = "", ...args] of [["", "-"], ["Hello, world!"], ["词元 👩‍💻\r\n".repeat(1000)]]) {
    const { status, report, messages } = await json(args, { input });
    assert.equal(report.total.tokens, tok.count(input));
    assert.deepEqual(report.files, [
      {
        path: "-",
        bytes: Buffer.byteLength(input),
        tokens: tok.count(input),
        low: tok.count(input),
        high: tok.count(input),
        invalid: false,
      },
    ]);
    assert.deepEqual([status, messages], [0, ""]);
  }
});

test("what is not all text is said with the totals alone too", async () => {
  const { report, messages } = await json(["--total", "latin1.txt"]);
  assert.equal(report.files, undefined);
  assert.match(messages, /U\+FFFD: latin1\.txt/);
});

test("the shape of the JSON, whole", async () => {
  const { report } = await json(["-m", "openai/GPT-5.2", "--reserve", "200000", "a.txt", "nope"]);
  assert.deepEqual(report, {
    model: "gpt-5.2",
    near: [],
    encoding: "o200k_base",
    basis: "exact",
    assumption: null,
    notPublic: null,
    skipped: [],
    failed: [{ path: "nope", why: "not-found" }],
    total: { files: 1, bytes: 18, tokens: 5, low: 5, high: 5 },
    window: 400_000,
    limit: 200_000,
    remaining: 199_995,
    over: false,
    cost: {
      currency: "USD",
      input: "0.00000875",
      low: "0.00000875",
      high: "0.00000875",
      perMillion: "1.75",
      tier: "standard",
      above: null,
      asOf: report.cost.asOf,
      source: report.cost.source,
      converted: null,
    },
    files: [{ path: "a.txt", bytes: 18, tokens: 5, low: 5, high: 5, invalid: false }],
  });
  const { files: _, ...rest } = report;
  assert.deepEqual(
    (await json(["-m", "gpt-5.2", "--reserve", "200000", "--total", "a.txt", "nope"])).report,
    rest,
  );
});

test("a folder: sorted, with .gitignore files, without what is hidden, linked or binary", async () => {
  const tok = await load("o200k_base");
  const { status, report, messages } = await json(["-e", "o200k_base", "."]);
  assert.equal(status, 0);
  assert.deepEqual(pathsOf(report), [
    ...["a.txt", "bom.txt", "empty.txt", "late-nul.txt", "latin1.txt", "line-a.txt", "line-digits.txt"],
    ...["line-mixed.txt", "sub/deep/b.md", "sub/keep.txt", "sub/only-root.txt", "tools/build/f.md"],
    ...["utf16-broken.txt", "utf16be.txt", "utf16le.txt", "we[i]rd !name/y/x", "目录/中文.md"],
  ]);
  assert.deepEqual(report.skipped.map(Object.values), [
    ["dangling", "link"],
    ["link.txt", "link"],
    ["sub/loop", "link"],
    ["bin.dat", "binary"],
  ]);
  assert.match(messages, /^tokimeter: skipped, binary: bin\.dat$/m);
  assert.match(messages, /^tokimeter: skipped, a link: dangling, link\.txt, sub\/loop$/m);
  assert.match(messages, /U\+FFFD: latin1\.txt, utf16-broken\.txt$/m);
  for (const { path, tokens, bytes, invalid } of report.files) {
    const content = Buffer.from(FILES[path] ?? "");
    const form = { "utf16le.txt": "utf-16le", "utf16-broken.txt": "utf-16le", "utf16be.txt": "utf-16be" }[
      path
    ];
    assert.equal(tokens, tok.count(new TextDecoder(form).decode(content)), path);
    assert.equal(bytes, content.length);
    assert.equal(invalid, path === "latin1.txt" || path === "utf16-broken.txt", path);
  }
  assert.deepEqual(pathsOf((await json(["sub", "tools/"])).report), [
    "sub/deep/b.md",
    "sub/keep.txt",
    "sub/only-root.txt",
    "tools/build/f.md",
  ]);
});

test("what was named is counted, whatever .gitignore files say", async () => {
  /** @param {string[]} args */
  const paths = async (...args) => pathsOf((await json(args)).report);
  assert.deepEqual(await paths("build"), ["build/out.js"]);
  assert.deepEqual(await paths("sub/dist", ".hidden", "link.txt"), ["sub/dist/c.md", ".hidden", "link.txt"]);
  assert.deepEqual(await paths("--no-ignore", "sub"), [
    ...["sub/deep/a.tmp", "sub/deep/b.md", "sub/dist/c.md", "sub/drop.txt", "sub/keep.txt"],
    ...["sub/only-root.txt", "sub/x.log"],
  ]);
});

test("the exit status", async () => {
  const cases = /** @type {const} */ ([
    [0, ["a.txt"]],
    [0, ["--limit", "5", "a.txt"]],
    [1, ["--limit", "4", "a.txt"]],
    [1, ["--limit", "9", "--reserve", "5", "a.txt"]],
    [1, ["--limit", "4", "a.txt", "nope"]],
    [0, ["-e", "cl100k_base", "a.txt"]],
    [1, ["-e", "cl100k_base", "-l", "1", "a.txt"]],
    // The window of the model.
    [1, ["-m", "gpt-4", "line-a.txt"]],
    [3, ["nope"]],
    [3, ["nope", "a.txt"]],
    [3, ["a.txt/b"]],
    [3, ["bin.dat"]],
    [0, ["-e", "o200k_base", "."]],
  ]);
  for (const [status, args] of cases) assert.equal((await same(args)).status, status, args.join(" "));
  assert.equal((await json(["-"], { input: Buffer.from([65, 0]) })).status, 3);
  const wrong = [
    ["--no-such"],
    ["-l", "x", "a.txt"],
    ["-l", "-1"],
    ["-l", "+5"],
    ["-r", "9007199254740992"],
    ["-e", "o300k"],
    ["-c", "EUR"],
    ["-m"],
  ];
  for (const args of [...wrong, ["-m", "gpt-4", "-e", "cl100k_base"]]) {
    for (const command of COMMANDS) {
      const { status, out, messages } = await run(command, args);
      assert.deepEqual([status, out], [2, ""], `${command[0]} ${args.join(" ")}`);
      assert.match(messages, /error/, `${command[0]} ${args.join(" ")}`);
    }
  }
});

test("models: what is known, assumed, estimated and unknown", async () => {
  const exact = (await json(["-m", "deepseek-v4-pro", "-c", "CNY", "a.txt"])).report;
  assert.deepEqual([exact.basis, exact.cost.currency, exact.cost.converted], ["exact", "CNY", null]);
  const converted = (await json(["-m", "claude-opus-5", "-c", "CNY", "a.txt"])).report;
  assert.equal(converted.basis, "calibrated");
  assert.equal(converted.cost.converted.from, "USD");
  assert.ok((await json(["-m", "gpt-6.1-sol", "a.txt"])).report.assumption);
  const closed = (await json(["-m", "grok-4", "line-mixed.txt"])).report;
  assert.deepEqual([closed.basis, closed.encoding], ["estimated", null]);
  assert.match(closed.notPublic, /not published/);
  assert.ok(closed.total.low < closed.total.tokens && closed.total.tokens < closed.total.high);
  assert.equal((await json(["-e", "command_r", "a.txt"])).report.basis, "estimated");

  const unknown = await json(["-m", "gtp-5", "a.txt"]);
  assert.equal(unknown.status, 0);
  const { model, near, window, limit, remaining, over, cost, basis } = unknown.report;
  assert.deepEqual(
    [model, window, limit, remaining, over, cost, basis],
    ["gtp-5", ...Array(5).fill(null), "estimated"],
  );
  assert.ok(near.includes("gpt-5"));
  assert.match(unknown.messages, /gtp-5 is not known.*near it are .*gpt-5/);
  // The book has it not, but its name says the encoding.
  const newer = (await json(["-m", "gpt-5.99", "a.txt"])).report;
  assert.deepEqual([newer.encoding, newer.cost, newer.near.length], ["o200k_base", null, 3]);
});

test("price steps are those of the whole input", async () => {
  const { report } = await json(["-m", "gpt-6.1-sol", "line-mixed.txt"]);
  assert.deepEqual([report.cost.above, report.cost.perMillion], [272_000, "4"]);
  assert.equal(report.cost.input, String((report.total.tokens * 4) / 1e6));
});

test("names of models, as people write them", async () => {
  const names = [
    ...[
      "GPT-5.2",
      " openai/gpt-5.2 ",
      "gpt5.2",
      "gpt-52",
      "us.anthropic.claude-opus-4-6-v1:0",
      "models/gemini-2.5-pro",
    ],
    ...["claude-sonnet-4-5@20250929", "claude-sonnet-4.5[1m]", "deepseek/deepseek-v4:free", "gpt-4-0613"],
    ...[
      "ft:gpt-4o:acme::abc",
      "ft:gpt-4o",
      "FT:gpt-4o-mini:x",
      "mistral-large-2411",
      "qwen3-0.6b",
      "gpt-5-latest",
    ],
    ...[
      "llama-3-70b",
      "kimi-k2-0905-preview",
      "claude-2.1",
      "grok-9",
      "",
      "---",
      "é",
      "模型",
      "gpt-4.",
      "command-r-08-2024",
    ],
    ...[
      "bedrock/anthropic.claude-3-5-sonnet-20241022-v2:0",
      "x[a]y[b]",
      "o3-2025-04-16",
      "gemini-3-pro-preview-001",
    ],
  ];
  const random = mulberry32(seed("models"));
  const all = models();
  for (let left = Number(process.env.CASES ?? 4); left > 0; left--) {
    const { id, aliases } = all[Math.floor(random() * all.length)] ?? { id: "", aliases: [] };
    const name = [id, ...aliases][Math.floor(random() * (1 + aliases.length))] ?? id;
    const at = Math.floor(random() * name.length);
    names.push(name, `${name.slice(0, at)}${Math.floor(random() * 10)}${name.slice(at + 1)}`);
  }
  for (const name of names) {
    const { out } = await run(NATIVE_COMMAND, ["--json", `--model=${name}`, "-c", "CNY"], {
      input: "Hello, world! 词元",
    });
    const report = JSON.parse(out);
    const model = findModel(name);
    const resolved = resolveEncoding(name) ?? resolveEncoding(model?.id ?? "");
    assert.equal(report.model, model?.id ?? name, name);
    assert.equal(report.encoding, resolved?.encoding ?? null, name);
    assert.equal(report.assumption, resolved?.assumption ?? null, name);
    assert.equal(report.notPublic, model?.notPublic ?? null, name);
    assert.equal(report.window, model?.window ?? null, name);
    assert.deepEqual(report.near, model ? [] : nearestModels(name), name);
    const bill = model && price(model, { input: report.total.tokens }, { currency: "CNY", rate });
    assert.equal(
      report.cost?.input ?? null,
      bill?.asOf && bill.total !== undefined ? decimal(bill.total) : null,
      name,
    );
    assert.equal(report.cost?.asOf, bill?.asOf, name);
    assert.equal(report.cost?.tier, bill?.asOf && bill.tier, name);
  }
});

test("every encoding", async () => {
  for (const name of encodings) {
    const tok = await load(name);
    const { out } = await run(NATIVE_COMMAND, ["--json", "-e", name, "目录/中文.md"]);
    assert.equal(JSON.parse(out).total.tokens, tok.count(FILES["目录/中文.md"]?.toString() ?? ""), name);
  }
  // In parts, of a text with a normalizer, that is one piece, whose words are marked, and that is estimated.
  for (const name of ["qwen3", "llama2", "claude5", "command_r"]) {
    const { report } = await json(["-e", name, "line-mixed.txt"]);
    assert.deepEqual([report.encoding, report.cost], [name, null]);
  }
});

test("of an option that is given twice the last counts", async () => {
  const twice = [
    "-l",
    "1",
    "-l",
    "5",
    "-r",
    "9",
    "-r",
    "0",
    "-m",
    "gpt-4",
    "-m",
    "gpt-5.2",
    "-c",
    "CNY",
    "-c",
    "USD",
  ];
  const more = ["-j", "--no-ignore", "-q", "--no-ignore", "-q", "--color", "never", "--color", "auto"];
  const { status, report } = await json([...twice, "a.txt", ...more, "sub/drop.txt", "-l", "0008"]);
  assert.equal(status, 0);
  assert.deepEqual([report.model, report.limit, report.cost.currency], ["gpt-5.2", 8, "USD"]);
  assert.deepEqual(pathsOf(report), ["a.txt", "sub/drop.txt"]);
  const one = ["-e", "cl100k_base", "a.txt"];
  assert.deepEqual(await same(["-e", "glm5", "-t", ...one, "-t"]), await same(["-t", ...one]));
});

test("this repository, by both", async () => {
  const { report, status } = await json(["."], { cwd: process.cwd() });
  assert.equal(status, 1, "it is more than the window");
  assert.ok(report.total.files > 200 && report.total.tokens > 500_000);
  assert.ok(
    report.files.every(
      (/** @type {{ path: string }} */ { path }) => !/^(?:target|node_modules)\//.test(path),
    ),
  );
});
