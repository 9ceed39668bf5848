/**
 * Share links: the view, the model and the currency, and, if the reader wants, the text, deflated, with the checksum that tells when a link was cut. All of it is in the fragment, which no
 * browser sends to a server. A text is JSON within, so that a lone half of a surrogate pair arrives as it was.
 */
import type { Currency } from "tokimeter/models";
import { addressOf, type ViewName } from "../routes.ts";
import { fromBase64Url, toBase64Url } from "../text/base64url.ts";

/** Characters of a link beyond which programs begin to cut it. */
export const LONGEST = 100_000;
/** Code units of a text in a link; whoever makes a link of more than that means harm. */
const LONGEST_TEXT = 10_000_000;

export interface Shared {
  readonly model: string;
  readonly currency: Currency;
  readonly text?: string | undefined;
}

/** Returns the link to a view with these settings. Linear in the text. */
export async function linkTo(view: ViewName, { model, currency, text }: Shared): Promise<string> {
  const parameters = new URLSearchParams({ model, currency });
  if (text !== undefined) parameters.set("text", await packed(text));
  return `${location.origin}${location.pathname}${addressOf(view)}?${parameters}`;
}

/** Returns the settings of a link. */
export function readSettings(parameters: URLSearchParams): Partial<Omit<Shared, "text">> {
  const [model, currency] = [parameters.get("model"), parameters.get("currency")];
  return {
    ...(model ? { model } : {}),
    ...(currency === "CNY" || currency === "USD" ? { currency } : {}),
  };
}

/** Returns the text of a link, if it has one. @throws if it is damaged. */
export async function readText(parameters: URLSearchParams): Promise<string | undefined> {
  const text = parameters.get("text");
  return text === null ? undefined : unpacked(text);
}

async function packed(text: string): Promise<string> {
  const stream = new Blob([JSON.stringify(text)]).stream().pipeThrough(new CompressionStream("deflate"));
  return toBase64Url(new Uint8Array(await new Response(stream).arrayBuffer()));
}

async function unpacked(text: string): Promise<string> {
  const bytes = fromBase64Url(text);
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > LONGEST_TEXT * 6) throw new RangeError("the text of the link is too long");
    parts.push(next.value);
  }
  const value: unknown = JSON.parse(await new Blob(parts).text());
  if (typeof value !== "string") throw new TypeError("the link holds no text");
  return value;
}
