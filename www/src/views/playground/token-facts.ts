/** What can be said of single tokens: their number, id, bytes and text. */
import type { EditorState } from "@codemirror/state";
import type { Metered, Tokenizer } from "tokimeter";
import { type Box, boxesOf } from "../../text/token-boxes.ts";
import { hex, visible } from "./invisible.ts";
import { boundaries } from "./token-boxes.ts";

export interface TokenFacts {
  /** Its number in the text, from 1 on. */
  readonly number: number;
  readonly id: number;
  /** Its bytes in hex; `undefined` where the vocabulary does not tell. */
  readonly bytes: string | undefined;
  /** Its text with all of it visible; `undefined` if its bytes are a part of a character. */
  readonly text: string | undefined;
}

export interface TokenList {
  /** How many tokens have a part in what was asked for. */
  readonly total: number;
  /** The first of them. */
  readonly tokens: readonly TokenFacts[];
}

/** Tokens that are listed. */
const MOST = 100;
/** Code units in which that many tokens are looked for: few are longer than this on average. */
const REACH = 4096;

/** Returns the tokens that have a part in `from` to `to`, or `undefined` where nobody knows them. */
export function tokensIn(
  meter: Metered,
  tokenizer: Tokenizer<string>,
  from: number,
  to: number,
): TokenList | undefined {
  const spans = meter.spansIn(from, Math.min(to, from + REACH));
  const last = meter.spansIn(Math.max(from, to - 1), to);
  if (spans instanceof Promise || last instanceof Promise || spans.ids.length === 0) return undefined;
  const tokens = [...spans.ids.subarray(0, MOST)].map((id, at) => ({
    number: spans.index + at + 1,
    id,
    ...contentOf(tokenizer, id),
  }));
  return { total: last.index + last.ids.length - spans.index, tokens };
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function contentOf(tokenizer: Tokenizer<string>, id: number): Pick<TokenFacts, "bytes" | "text"> {
  let bytes: Uint8Array;
  try {
    bytes = tokenizer.decodeBytes([id]);
  } catch {
    return { bytes: undefined, text: undefined };
  }
  try {
    return { bytes: hex(bytes), text: visible(utf8.decode(bytes)) };
  } catch {
    return { bytes: hex(bytes), text: undefined };
  }
}

/** Returns the box in which a place of the text is. */
export function boxAt(state: EditorState, meter: Metered, at: number): Box | undefined {
  const { length } = state.doc;
  if (meter.length !== length || length === 0) return undefined;
  const line = state.doc.lineAt(at);
  // As far around as a character can be long.
  const spans = meter.spansIn(Math.max(line.from, at - 32), Math.min(length, at + 32));
  if (spans instanceof Promise) return undefined;
  return [...boxesOf(spans, boundaries(state))].find(({ from, to }) => from <= at && at < to);
}
