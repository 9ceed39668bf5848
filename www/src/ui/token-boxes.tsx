/**
 * The tokens of a short text as boxes. A box ends where a token and a character end together: an emoji of several tokens is one box that
 * says of how many, with what each of them is. An id has one colour, whatever the text.
 */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Spans, Tokenizer } from "tokimeter";
import { boxesOf, colourOf } from "../text/token-boxes.ts";
import { words } from "./token-words.ts";
import "./token-boxes.css";
import "./token-hues.css";

interface Props {
  readonly text: string;
  readonly tokenizer: Tokenizer<string> | undefined;
  /** The language of the text, if it is not that of the page. */
  readonly lang?: string;
  readonly dir?: "ltr" | "rtl" | "auto";
}

/** A piece of the text that is some tokens and no part of a character. */
interface TokenBox {
  readonly text: string;
  readonly ids: readonly number[];
}

/** Boxes that are drawn. */
const MOST_BOXES = 400;
/** Code units whose tokens are asked for. */
const MOST_UNITS = 4000;

export function TokenBoxes({ text, tokenizer, lang, dir = "auto" }: Props): JSX.Element {
  const say = words.value;
  const shown = text.slice(0, MOST_UNITS);
  const boxes = useMemo(() => (tokenizer ? piecesOf(shown, tokenizer) : []), [shown, tokenizer]);
  if (boxes.length === 0 || tokenizer === undefined) {
    return (
      <p class="token-boxes" lang={lang} dir={dir}>
        <span class="token-unknown">{shown}</span>
      </p>
    );
  }
  const isCut = boxes.length > MOST_BOXES || shown.length < text.length;
  return (
    <p class="token-boxes" lang={lang} dir={dir} translate={false}>
      {boxes.slice(0, MOST_BOXES).map((box, at) => (
        <Box key={at} box={box} tokenizer={tokenizer} />
      ))}
      {isCut ? <span class="note">{say.cut}</span> : null}
    </p>
  );
}

function Box({
  box,
  tokenizer,
}: {
  readonly box: TokenBox;
  readonly tokenizer: Tokenizer<string>;
}): JSX.Element {
  const { text, ids } = box;
  const say = words.value;
  const name = `token tok-${colourOf(ids)}`;
  if (ids.length === 1) {
    return (
      <span class={name} title={say.id(ids[0] ?? 0)}>
        <Visible text={text} />
      </span>
    );
  }
  return (
    <span class={`${name} token-several`} data-tokens={ids.length}>
      <span>
        <Visible text={text} />
      </span>{" "}
      <small dir="auto">{say.tokens(ids.length)}</small>{" "}
      <small class="token-fragments" dir="ltr">
        {fragmentsOf(ids, tokenizer).map((fragment, at) => (
          <span key={at}>{fragment}</span>
        ))}
      </small>
    </span>
  );
}

/** A text in which spaces, tabs and line breaks are seen. They stay what they are, for who copies them. */
function Visible({ text }: { readonly text: string }): JSX.Element {
  const parts = text.split(/([\s]+)/);
  return (
    <>
      {parts.map((part, at) =>
        at % 2 === 0
          ? part
          : [...part].map((one, place) => (
              <span key={`${at} ${place}`} class={one === "\n" ? "token-break" : "token-space"}>
                {one}
              </span>
            )),
      )}
    </>
  );
}

/** Returns the boxes of a text; none where nobody knows where tokens end. */
export function piecesOf(text: string, tokenizer: Tokenizer<string>): TokenBox[] {
  let spans: Spans;
  try {
    spans = tokenizer.spans(text);
  } catch {
    // A tokenizer that fails says so where it counts.
    return [];
  }
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const starts = new Set([...graphemes.segment(text)].map(({ index }) => index)).add(text.length);
  const boxes = boxesOf({ from: 0, ids: spans.ids, ends: spans.ends }, (at) => starts.has(at));
  return [...boxes].map(({ from, to, ids }) => ({ text: text.slice(from, to), ids }));
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Returns what each token of a box is: its text if it has one that can be seen, else its bytes in hex. */
function fragmentsOf(ids: readonly number[], tokenizer: Tokenizer<string>): string[] {
  return ids.map((id) => {
    let bytes: Uint8Array;
    try {
      bytes = tokenizer.decodeBytes([id]);
    } catch {
      return String(id);
    }
    const text = textOf(bytes);
    if (text !== undefined && text.trim() !== "" && !/[\p{C}\p{VS}]/u.test(text)) {
      return /^\p{M}/u.test(text) ? `◌${text}` : text;
    }
    return [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
  });
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
