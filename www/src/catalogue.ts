/**
 * What data/models.toml says, as the page sees it. The build checks the file (build/models-plugin.ts), so the
 * types here hold at run time. Unknown means that a property is absent, never that it is 0.
 */

import type { EncodingName } from "tokimeter";

export type { EncodingName } from "tokimeter";

/** US dollars per million tokens, as decimal strings with at most six decimals. */
export interface Rates {
  readonly input: string;
  readonly cached?: string;
  readonly output?: string;
}

/** Prices for a request with more than `above` input tokens. They hold for the whole request. */
export interface Step extends Rates {
  readonly above: number;
}

export interface Price extends Rates {
  /** Key into {@link Catalogue.sources}. */
  readonly source: string;
  /** The vendor's page that the source cites. */
  readonly url?: string;
  /** In rising order of `above`. */
  readonly steps: readonly Step[];
}

export interface Model {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly encoding: EncodingName;
  /** Whether it stands for all models that share the encoding, which have neither one window nor one price. */
  readonly isFamily?: boolean;
  /** Present where the encoding is assumed; says why. */
  readonly assumption?: string;
  /** Tokens that input and output share. */
  readonly window?: number;
  /** Tokens, where the vendor caps the input apart from the window. */
  readonly maxInput?: number;
  /** Tokens. */
  readonly maxOutput?: number;
  /** The day on which the vendor stops serving the model, "YYYY-MM-DD". */
  readonly retires?: string;
  readonly price?: Price;
}

/** A dated source of figures. `date` is "YYYY-MM-DD" or "YYYY-MM". */
export interface Dated {
  readonly date: string;
  readonly dateIs: "published" | "checked";
}

export interface Source extends Dated {
  readonly name: string;
  readonly version: string;
}

export interface Conversion extends Dated {
  /** Yuan for one US dollar, a decimal string. */
  readonly cnyPerUsd: string;
  readonly source: string;
}

export interface Catalogue {
  readonly rate: Conversion;
  readonly sources: Readonly<Record<string, Source>>;
  readonly models: readonly Model[];
}
