/**
 * What a strict project sees of every entry point. It is compiled and never run: `is` fails to compile unless two types are one,
 * and what stands below `@ts-expect-error` must not compile.
 */

import type { Extension } from "@codemirror/state";
import type { Extension as TiptapExtension } from "@tiptap/core";
import type { editor } from "monaco-editor";
import type { Plugin } from "prosemirror-state";
import {
  type AlsoCounter,
  type Bill,
  configure,
  type EncodingName,
  encodingInfo,
  encodings,
  estimate,
  initSync,
  load,
  loadJson,
  type MakeMeter,
  type Meter,
  meter,
  type Reading,
  type Resolved,
  resolve,
  type Spans,
  type Tokenizer,
  TokimeterError,
} from "tokimeter";
import type { Run, run } from "tokimeter/agent";
import { type Attached, attach } from "tokimeter/attach";
import { type BlobCount, countBlob, countBlobBy } from "tokimeter/blocks";
import { type ChatCount, countChat } from "tokimeter/chat";
import { tokenMeter } from "tokimeter/codemirror";
import { TokenMeterElement } from "tokimeter/element";
import { kwhOf, type Yield, yields } from "tokimeter/energy";
import { type Finding, findings, type Hint, hints } from "tokimeter/hints";
import { load as loadInline } from "tokimeter/inline";
import { INTEGRITY } from "tokimeter/integrity";
import { type Visit, visit } from "tokimeter/labor";
import { findModel, type Model } from "tokimeter/models";
import { attachMeter, type IMonacoMeter } from "tokimeter/monaco";
import { price } from "tokimeter/price";
import { tokenMeter as prosemirror, type TokenMeterState } from "tokimeter/prosemirror";
import { TokenMeter, type TokenMeterOptions, type TokenMeterStorage } from "tokimeter/tiptap";
import { connect, type RemoteMeter } from "tokimeter/worker";
import "tokimeter/worker-main.js";
import manifest from "tokimeter/package.json" with { type: "json" };

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Takes a value whose type is `A` and nothing else. */
declare function is<A>(): <B>(value: B, ..._: Same<A, B> extends true ? [] : [never]) => void;

const tok = await load("o200k_base", { signal: AbortSignal.timeout(1000) });
is<Tokenizer>()(tok);
is<typeof load>()(loadInline);
is<number>()(tok.count("x"));
is<Spans>()(tok.spans("x"));
is<string>()(tok.decode(tok.encode("x", { special: "match" })));
is<number | undefined>()(tok.specials["<|endoftext|>"]);
is<readonly EncodingName[]>()(encodings);
is<Resolved | undefined>()(resolve("gpt-5"));
is<"exact" | "calibrated">()(encodingInfo("o200k_base").basis);
is<Tokenizer<string>>()(await loadJson(new Blob(), { pattern: "cl100k" }));
is<Tokenizer<EncodingName | "unknown">>()(await estimate("grok-4"));
is<void>()(configure({ read: async (url: URL) => new ArrayBuffer(url.href.length) }));
is<void>()(configure({ read: async () => new Uint8Array() }));
is<void>()(initSync(new WebAssembly.Module(new Uint8Array())));
is<"aborted">()(
  (({ code }) => (code === "aborted" ? code : (Promise.reject() as never)))(
    new TokimeterError("aborted", "x"),
  ),
);
// @ts-expect-error: a count is of a string
tok.count(5);
// @ts-expect-error: how special tokens are read is one of two words
tok.encode("x", { special: "nope" });

const live = tok.live("x");
const counter = live.also(tok);
is<AlsoCounter>()(counter);
is<number | undefined>()(counter.tokens);
live[Symbol.dispose]();
// @ts-expect-error: what is inserted is a string
live.replace(0, 0, 1);

const m = await meter("gpt-5.2", { text: "x", currency: "CNY", instant: true });
is<Meter>()(m);
const reading = m.update([{ from: 0, insert: "y" }]);
is<Reading>()(reading);
is<bigint | undefined>()(reading.cost?.total);
is<number | undefined>()(reading.remaining);
is<"ok" | "near" | "over" | undefined>()(reading.level);
// @ts-expect-error: a window may not be known
reading.remaining + 1;
// @ts-expect-error: there are two currencies
m.configure({ currency: "EUR" });

is<Model | undefined>()(findModel("gpt-5.2"));
is<number | undefined>()(findModel("gpt-5.2")?.prices[0]?.standard.input);
// @ts-expect-error: a model may not be known
findModel("gpt-5.2").window;
const bill = price({ prices: [] }, { input: 1 });
is<Bill>()(bill);
is<bigint | undefined>()(bill.total);

is<ChatCount>()(countChat(tok, [{ role: "user", content: "x" }], { model: "gpt-5.2" }));
// @ts-expect-error: there is no such role
countChat(tok, [{ role: "nobody", content: "x" }], { model: "gpt-5.2" });
is<Hint[]>()(hints("x", tok));
is<Finding[]>()(findings("x"));
is<Promise<BlobCount>>()(countBlob(tok, new Blob()));
is<Promise<BlobCount>>()(countBlobBy([tok, await connect().load("o200k_base")], new Blob()));
is<Visit | undefined>()(visit({ talk: 1, window: 2 }));
is<readonly Yield[]>()(yields());
is<number | undefined>()(kwhOf(undefined, 1));
is<Run>()({} as ReturnType<typeof run>);

const remote = connect();
export const make: MakeMeter = remote.meter;
const far = await remote.meter("gpt-5.2");
is<RemoteMeter>()(far);
is<Promise<number>>()(far.countRange(0, 1));
is<Reading>()(far.reading);
// @ts-expect-error: a worker answers by a promise
far.countRange(0, 1) + 1;

is<Attached>()(attach(document.createElement("textarea"), { model: "gpt-5.2" }));
is<HTMLElement>()(new TokenMeterElement() as HTMLElement);
is<Extension>()(tokenMeter({ model: "gpt-5.2" }));
is<IMonacoMeter>()(attachMeter({} as editor.IStandaloneCodeEditor, { model: "gpt-5.2" }));
is<Plugin<TokenMeterState>>()(prosemirror({ model: "gpt-5.2" }));
is<TiptapExtension<TokenMeterOptions, TokenMeterStorage>>()(TokenMeter);
// @ts-expect-error: a host is told which model it is
tokenMeter({});
is<string | undefined>()(INTEGRITY.o200k_base);
is<string>()(manifest.version);
