/** The tokens of the selection, one by one: number, text, id and bytes. For the keyboard, what pointing at a box is for the mouse. */
import type { JSX } from "preact";
import { format } from "../../i18n/full.ts";
import { colourOf } from "../../text/token-boxes.ts";
import type { Bench } from "./bench.ts";
import { words } from "./words.ts";

interface Props {
  readonly bench: Bench;
}

export function TokensPanel({ bench }: Props): JSX.Element | null {
  const say = words.value;
  const selected = bench.selected.value;
  const list = selected?.list;
  if (!selected || !list || list.tokens.length === 0) return null;
  const { tokens, total } = list;
  return (
    <div class="panel tokens">
      <h2 id="tokens-title">{say.tokenList}</h2>
      <p class="note">{selected.isEmpty ? say.tokenAtCaret : say.tokenListOf(total)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section class="scroll token-scroll" tabIndex={0} aria-labelledby="tokens-title">
        <table class="figures">
          <thead>
            <tr>
              <th scope="col" class="number">
                {say.tokenNumber}
              </th>
              <th scope="col">{say.tokenText}</th>
              <th scope="col" class="number">
                {say.tokenId}
              </th>
              <th scope="col">{say.tokenBytes}</th>
            </tr>
          </thead>
          <tbody>
            {tokens.map(({ number, id, text, bytes }) => (
              <tr key={number} data-id={id}>
                <td class="number">{format.value.count(number)}</td>
                <td>
                  {text === undefined ? (
                    <span class="note">{say.tokenPart}</span>
                  ) : (
                    <span class={`tok tok-${colourOf([id])}`}>{text}</span>
                  )}
                </td>
                <td class="number">{id}</td>
                <td class="token-bytes">{bytes ?? "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {total > tokens.length ? <p class="note">{say.tokensMore(total - tokens.length)}</p> : null}
    </div>
  );
}
