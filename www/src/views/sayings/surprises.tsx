/** What surprises: one sentence in many languages, and things that are no language. Counted, and cut into pieces, as the chosen model does. */
import type { JSX } from "preact";
import type { Tokenizer } from "tokimeter";
import { format } from "../../i18n/full.ts";
import { TokenBoxes } from "../../ui/token-boxes.tsx";
import { ODDITIES, ODDITY_NAMES, type OddityName, SENTENCES } from "./surprise-texts.ts";
import { chosenRow } from "./tokenizers.ts";
import { words } from "./words.ts";
import "./surprises.css";

export function Surprises(): JSX.Element {
  const { surprises } = words.value;
  const { title, tokenizer, kind, basis } = chosenRow.value;
  return (
    <section class="sayings-part" aria-labelledby="sayings-surprises-title">
      <h2 id="sayings-surprises-title">{surprises.title}</h2>
      <p class="lead">{surprises.lead(title)}</p>
      {kind !== "ready" ? <p class="note">{surprises.waiting}</p> : null}
      {kind === "ready" && basis === "calibrated" ? <p class="note">{surprises.unknownPieces}</p> : null}
      <h3>{surprises.sentence}</h3>
      <Sentences tokenizer={tokenizer} />
      <h3>{surprises.oddities}</h3>
      <div class="sayings-oddities">
        {ODDITY_NAMES.map((name) => (
          <Oddity key={name} name={name} tokenizer={tokenizer} />
        ))}
      </div>
    </section>
  );
}

interface Props {
  readonly tokenizer: Tokenizer<string> | undefined;
}

function Sentences({ tokenizer }: Props): JSX.Element {
  const { columns, times } = words.value.surprises;
  const counts = SENTENCES.map(({ text }) => tokenizer?.count(text));
  const [first] = counts;
  const most = Math.max(...counts.map((tokens) => tokens ?? 0), 1);
  return (
    <table class="figures sayings-languages">
      <thead>
        <tr>
          <th scope="col" class="sayings-language">
            {columns.language}
          </th>
          <th scope="col">{columns.pieces}</th>
          <th scope="col" class="sayings-count">
            {columns.tokens}
          </th>
        </tr>
      </thead>
      <tbody>
        {SENTENCES.map(({ lang, dir, text }, at) => {
          const tokens = counts[at];
          return (
            <tr key={lang} data-language={lang} data-tokens={tokens}>
              <th scope="row" class="sayings-language">
                {format.value.languageName(lang.split("-")[0] ?? lang)}
              </th>
              <td class="sayings-cell">
                <p lang={lang} dir={dir} class="sayings-sentence">
                  {text}
                </p>
                <TokenBoxes text={text} tokenizer={tokenizer} lang={lang} dir={dir} />
              </td>
              <td class="sayings-count">
                <Tokens tokens={tokens} tokenizer={tokenizer} />
                <span class="sayings-share" style={`inline-size: ${(100 * (tokens ?? 0)) / most}%`} />
                {at > 0 && tokens && first ? (
                  <span class="note sayings-times">{times(format.value.times(tokens / first))}</span>
                ) : null}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Oddity({ name, tokenizer }: Props & { readonly name: OddityName }): JSX.Element {
  const { names, notes } = words.value.surprises;
  const text = ODDITIES[name];
  const tokens = tokenizer?.count(text);
  return (
    <div class="sheet sayings-oddity" data-oddity={name} data-tokens={tokens}>
      <div class="sayings-oddity-head">
        <h4>{names[name]}</h4>
        <Tokens tokens={tokens} tokenizer={tokenizer} />
      </div>
      <TokenBoxes text={text} tokenizer={tokenizer} dir="ltr" />
      <p class="note">{notes[name]}</p>
    </div>
  );
}

function Tokens({ tokens, tokenizer }: Props & { readonly tokens: number | undefined }): JSX.Element | null {
  if (tokens === undefined) return null;
  return (
    <strong class="sayings-tokens">
      {words.value.surprises.tokens(tokens, tokenizer?.basis === "estimated")}
    </strong>
  );
}
