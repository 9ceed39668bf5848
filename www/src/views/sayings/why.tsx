/** Why people disagree: what vocabularies have of Chinese, what gets turned round, and that texts differ. With the reader's own figures. */
import type { JSX } from "preact";
import { encodingInfo } from "tokimeter";
import { format } from "../../i18n/full.ts";
import { piecesOf, TokenBoxes } from "../../ui/token-boxes.tsx";
import { SAYINGS } from "./claims.ts";
import { HAN_TOKENS, type HanTokens } from "./han-tokens.ts";
import type { Measurements } from "./measurements.ts";
import { chosenRow, loadRows, otherRows, type Row } from "./tokenizers.ts";
import { words } from "./words.ts";
import "./why.css";

interface Props {
  readonly measurements: Measurements;
}

/** What is cut where the text has no Chinese. */
const EXAMPLE = "请把客厅的窗户擦干净";
/** Characters of the reader's that are shown cut. */
const SHOWN = 12;
const OLD = "r50k_base";
/** What an old vocabulary is compared with if it is the chosen one. */
const NEW = "deepseek_v4";

const perToken = SAYINGS.find(({ name }) => name === "one");
const perCharacter = SAYINGS.find(({ name }) => name === "range");

export function Why({ measurements }: Props): JSX.Element {
  const { why } = words.value;
  const { encoding } = chosenRow.value;
  const ratioOf = (saying: typeof perToken): string | undefined => {
    const result = saying && measurements.measure(saying, encoding);
    return result && shownRatio(result.value, result.basis);
  };
  return (
    <section class="sayings-part" aria-labelledby="sayings-why-title">
      <h2 id="sayings-why-title">{why.title}</h2>
      <div class="sayings-why">
        <div class="sayings-why-main">
          <h3>{why.vocabulary}</h3>
          <p>{why.vocabularyText}</p>
          <Pieces measurements={measurements} />
          <Vocabularies measurements={measurements} />
        </div>
        <div class="sayings-why-side">
          <h3>{why.turned}</h3>
          <p>{why.turnedText(ratioOf(perToken), ratioOf(perCharacter))}</p>
          <h3>{why.texts}</h3>
          <p>{why.textsText}</p>
        </div>
      </div>
    </section>
  );
}

/** The same characters cut by an old vocabulary and by the chosen one. */
function Pieces({ measurements }: Props): JSX.Element {
  const { why } = words.value;
  const chinese = measurements.parts.chinese.value.text;
  const text = /\p{sc=Han}/u.test(chinese) ? beginningOf(chinese) : EXAMPLE;
  const rows = [chosenRow.value, ...otherRows.value];
  const names = chosenRow.value.encoding === OLD ? [OLD, NEW] : [OLD, chosenRow.value.encoding];
  return (
    <div class="sayings-pieces">
      <p>{why.example(text)}</p>
      {names.map((name) => {
        const row = rows.find(({ encoding }) => encoding === name);
        return row ? <Cut key={name} row={row} text={text} /> : null;
      })}
    </div>
  );
}

function Cut({ row, text }: { readonly row: Row; readonly text: string }): JSX.Element {
  const { why } = words.value;
  const { tokenizer, kind, title, bytes, encoding } = row;
  const tokens = tokenizer?.count(text);
  const hasPieces = tokenizer !== undefined && piecesOf(text, tokenizer).length > 0;
  return (
    <div class="sayings-cut" data-encoding={encoding}>
      <h4>
        {title}
        {tokens === undefined ? null : (
          <span class="figures note">{why.tokens(tokens, tokenizer?.basis === "estimated")}</span>
        )}
      </h4>
      {hasPieces ? <TokenBoxes text={text} tokenizer={tokenizer} lang="zh-CN" /> : null}
      {!hasPieces && kind === "ready" ? <p class="note">{why.unknownPieces(title)}</p> : null}
      {kind === "estimate" || kind === "failed" ? (
        <button type="button" class="quiet" onClick={() => loadRows([encoding])}>
          {why.load(title, bytes)}
        </button>
      ) : null}
    </div>
  );
}

function Vocabularies({ measurements }: Props): JSX.Element {
  const { columns, source } = words.value.why;
  const most = Math.max(...HAN_TOKENS.map(({ one, more }) => one + more));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section class="scroll" tabIndex={0} aria-label={columns.all}>
        <table class="figures sayings-vocabularies">
          <thead>
            <tr>
              <th scope="col">{columns.tokenizer}</th>
              <th scope="col" class="number">
                {columns.all}
              </th>
              <th scope="col" class="number">
                {columns.chinese}
              </th>
              <th scope="col" class="number">
                {columns.words}
              </th>
              <th scope="col" class="sayings-shares">
                <span class="visually-hidden">{columns.share}</span>
              </th>
              <th scope="col" class="number">
                {columns.yours}
              </th>
            </tr>
          </thead>
          <tbody>
            {HAN_TOKENS.map((each) => (
              <VocabularyRow key={each.encoding} of={each} most={most} measurements={measurements} />
            ))}
          </tbody>
        </table>
      </section>
      <p class="note">{source}</p>
    </>
  );
}

interface RowProps extends Props {
  readonly of: HanTokens;
  readonly most: number;
}

function VocabularyRow({ of: { encoding, one, more }, most, measurements }: RowProps): JSX.Element {
  const result = perCharacter && measurements.measure(perCharacter, encoding);
  const share = (tokens: number): string => `inline-size: ${((100 * tokens) / most).toFixed(2)}%`;
  return (
    <tr data-encoding={encoding} data-chosen={encoding === chosenRow.value.encoding || undefined}>
      <th scope="row">{encodingInfo(encoding).title}</th>
      <td class="number">{format.value.count(sizeOf(encoding))}</td>
      <td class="number">{format.value.count(one + more)}</td>
      <td class="number">{format.value.count(more)}</td>
      <td class="sayings-shares">
        <span style={share(more)} />
        <span style={share(one)} />
      </td>
      <td class="number">{result ? shownRatio(result.value, result.basis) : "—"}</td>
    </tr>
  );
}

/** Returns how many tokens a vocabulary has, with those of the one that it extends. */
function sizeOf(encoding: HanTokens["encoding"]): number {
  const { tokens = 0, base } = encodingInfo(encoding);
  return tokens + (base === undefined ? 0 : (encodingInfo(base).tokens ?? 0));
}

function shownRatio(value: number, basis: string): string {
  const ratio = format.value.ratio(value);
  return basis === "estimated" ? words.value.sayings.about(ratio) : ratio;
}

/** Returns the beginning of the first line that has any, without a character cut in two. */
function beginningOf(text: string): string {
  const line = text.split("\n").find((each) => each.trim() !== "") ?? "";
  return [...line.trim()].slice(0, SHOWN).join("");
}
