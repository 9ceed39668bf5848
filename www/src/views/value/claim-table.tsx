/** Sayings beside what the book says of the same: each model with its amount, and whether the saying holds. */
import type { JSX } from "preact";
import type { Model } from "tokimeter/models";
import type { Claim } from "./claims.ts";
import { dayOf } from "./offered.ts";
import { words } from "./words.ts";

/** What the book says, in 10⁻¹² yuan. */
export interface Checked {
  readonly model: Model;
  readonly amount: bigint | undefined;
  readonly allInput: bigint | undefined;
  readonly allOutput: bigint | undefined;
}

export interface ClaimRows extends Pick<Claim, "id" | "low" | "high"> {
  readonly checked: readonly Checked[];
}

export type Verdict = "right" | "more" | "less";

/** A saying of "about" so much is taken to hold a tenth below and above. */
const ABOUT = 10n;

export function verdictOf(amount: bigint, { low, high }: Pick<Claim, "low" | "high">): Verdict {
  if (amount < low - low / ABOUT) return "less";
  return amount > high + high / ABOUT ? "more" : "right";
}

export function ClaimTable({ rows }: { readonly rows: readonly ClaimRows[] }): JSX.Element {
  const say = words.value;
  return (
    <table class="value-checked">
      <thead>
        <tr>
          <th scope="col">{say.columns.saying}</th>
          <th scope="col">{say.columns.model}</th>
          <th scope="col" class="number">
            {say.columns.book}
          </th>
          <th scope="col">{say.columns.verdict}</th>
        </tr>
      </thead>
      {rows.map(({ id, low, high, checked }) => (
        <tbody key={id} data-claim={id}>
          {checked.map(({ model, amount, allInput, allOutput }, at) => {
            const asOf = dayOf(model, "CNY");
            const verdict = amount === undefined ? undefined : verdictOf(amount, { low, high });
            return (
              <tr key={model.id} data-model={model.id} data-verdict={verdict}>
                {at === 0 ? (
                  <th scope="rowgroup" rowSpan={checked.length}>
                    {say.claims[id]}
                  </th>
                ) : null}
                <th scope="row">
                  {model.name}
                  {asOf ? <span class="note">{say.asOf(asOf)}</span> : null}
                </th>
                <td class="number">
                  {amount === undefined ? say.unknown : say.money({ amount, currency: "CNY" })}
                  {allInput !== undefined && allOutput !== undefined ? (
                    <span class="note">
                      {say.span(
                        { amount: allInput, currency: "CNY" },
                        { amount: allOutput, currency: "CNY" },
                      )}
                    </span>
                  ) : null}
                </td>
                <td>
                  {verdict ? (
                    <span class={`chip verdict-${verdict}`}>{say.verdicts[verdict]}</span>
                  ) : (
                    say.unknown
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      ))}
    </table>
  );
}
