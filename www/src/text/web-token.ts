/**
 * What everybody can read of a JSON Web Token (RFC 7519): its header and its claims, which are base64url and not encryption. The
 * signature is what lets its holder in; nothing here reads it.
 */
import { fromBase64Url } from "./base64url.ts";
import { type JsonLines, jsonLines } from "./json-lines.ts";

/** A time of the token, if it is one that the calendar has. */
export interface TokenTime {
  readonly claim: TimeClaim;
  readonly date: Date;
}

export interface WebToken {
  readonly header: JsonLines;
  readonly claims: JsonLines;
  readonly times: readonly TokenTime[];
  /** Code units of the signature. */
  readonly signature: number;
}

/** Claims that are times, in the order in which they matter. */
const TIME_CLAIMS = ["iat", "auth_time", "nbf", "exp"] as const;
export type TimeClaim = (typeof TIME_CLAIMS)[number];

/** Code units of base64url that are decoded, a multiple of four: the rest of a longer part is left out. */
const MOST_DECODED = 65_536;
/** Code units of JSON that are shown of a part. */
const MOST_SHOWN = 4000;

/** Returns what is readable of a token, or `undefined` if it is none. */
export function readWebToken(token: string): WebToken | undefined {
  const [first = "", second = "", signature = ""] = token.split(".", 3);
  const header = decoded(first);
  const claims = decoded(second);
  if (header === undefined || claims === undefined) return undefined;
  const isWhole = second.length <= MOST_DECODED;
  const shown = jsonLines(claims, MOST_SHOWN);
  return {
    header: jsonLines(header, MOST_SHOWN),
    claims: isWhole || shown.isCut ? shown : { text: `${shown.text}…`, isCut: true },
    times: isWhole ? timesOf(claims) : [],
    signature: signature.length,
  };
}

/** Returns the text of a part, as far as it is decoded. What is no UTF-8 in it is U+FFFD. */
function decoded(part: string): string | undefined {
  try {
    return new TextDecoder().decode(fromBase64Url(part.slice(0, MOST_DECODED)));
  } catch {
    // Not base64.
    return undefined;
  }
}

function timesOf(json: string): TokenTime[] {
  let claims: unknown;
  try {
    claims = JSON.parse(json);
  } catch {
    return [];
  }
  if (typeof claims !== "object" || claims === null) return [];
  const values: ReadonlyMap<string, unknown> = new Map(Object.entries(claims));
  return TIME_CLAIMS.flatMap((claim) => {
    const seconds = values.get(claim);
    const date = typeof seconds === "number" ? new Date(seconds * 1000) : undefined;
    return date && !Number.isNaN(date.valueOf()) ? [{ claim, date }] : [];
  });
}
