/**
 * Numbers, shares and money in the language of the editor.
 */

import { decimal } from "tokimeter";
import type { Currency } from "tokimeter/models";
import { l10n } from "vscode";

/** Writes amounts in one language. */
export class Format {
  readonly #count: Intl.NumberFormat;
  readonly #locale: string;

  constructor(locale: string) {
    this.#locale = locale;
    this.#count = new Intl.NumberFormat(locale);
  }

  /** A whole number. */
  count(value: number): string {
    return this.#count.format(value);
  }

  /** A number of tokens, with the word. */
  tokens(value: number): string {
    return value === 1 ? l10n.t("1 token") : l10n.t("{0} tokens", this.count(value));
  }

  /** A share, never rounded up: 100 % is full, and what is there is not 0. */
  share(value: number): string {
    if (value > 0 && value < 0.001) return `<${this.share(0.001)}`;
    const digits = value < 0.1 ? 1 : 0;
    const scale = 100 * 10 ** digits;
    return new Intl.NumberFormat(this.#locale, { style: "percent", maximumFractionDigits: digits }).format(
      Math.floor(value * scale) / scale,
    );
  }

  /** An amount in 10⁻¹² of its currency; a small one keeps two digits that count. */
  money(amount: bigint | undefined, currency: Currency): string {
    if (amount === undefined) return l10n.t("unknown");
    return new Intl.NumberFormat(this.#locale, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
      minimumSignificantDigits: 2,
      maximumSignificantDigits: 2,
      roundingPriority: "morePrecision",
    }).format(decimal(amount) as Intl.StringNumericLiteral);
  }
}

/** Writes a text so that a message shows it as it is: one may have links, to commands too, and nothing is escaped there. */
export function unlinked(text: string): string {
  return text.replaceAll("](", "] (");
}

/** Writes a text so that Markdown shows it as it is, within a line. */
export function literal(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>~|&$#]/g, "\\$&");
}
