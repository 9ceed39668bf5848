/**
 * What is in a text and cannot be seen: which characters those are, and what they are called. Joiners and variation selectors are not among
 * them where they belong to a character, nor the tags of a flag; where they only carry something hidden, they are.
 */

/** A kind of character that cannot be seen. */
export type Invisible =
  | "space"
  | "tab"
  | "break"
  | "no-break"
  | "wide"
  | "other-space"
  | "zero-width"
  | "bom"
  | "bidi"
  | "tag"
  | "control";

/** Matches what has no shape at all, or turns the text around: what is shown by its code point. */
export const SHAPELESS: RegExp =
  /(?![\t\n])\p{Cc}|[\u2028\u2029\ufff9-\ufffb]|(?![\u{e0020}-\u{e007f}\p{VS}\p{Join_C}])\p{DI}|(?<=\p{VS})\p{VS}|(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]*)[\u{e0020}-\u{e007f}]|(?<![\p{ExtPict}\p{EMod}\p{M}\p{Script=Arabic}])\p{Join_C}/gu;

/** Matches white space that is marked in its place: all but a plain space alone, which is marked where it leads a box. */
export const SPACES: RegExp = /(?![\n ])[\t\p{Zs}]| (?= )|(?<=\s) /gu;

/** Returns what kind of character it is. */
export function kindOf(code: number): Invisible {
  if (code === 0x20) return "space";
  if (code === 0x09) return "tab";
  if (code === 0xfeff) return "bom";
  if (code === 0xa0 || code === 0x202f || code === 0x2007) return "no-break";
  if (code === 0x3000) return "wide";
  if (code === 0x061c || code === 0x200e || code === 0x200f) return "bidi";
  if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x206f)) return "bidi";
  if (code >= 0xe0000) return "tag";
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return "control";
  if (code === 0x1680 || (code >= 0x2000 && code <= 0x200a) || code === 0x205f) return "other-space";
  return "zero-width";
}

/** Returns a code point as Unicode writes it. "U+200B" */
export function codePoint(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

const SHOWN: Readonly<Partial<Record<Invisible, string>>> = {
  space: "·",
  tab: "→",
  "no-break": "⍽",
  wide: "□",
  "other-space": "␣",
};

/** Returns a text with all of it visible, for a place where it stands by itself. */
export function visible(text: string): string {
  return text
    .replace(/\r/g, "␍")
    .replace(/\n/g, "↵")
    .replace(SHAPELESS, (one) => `‹${codePoint(one.codePointAt(0) ?? 0)}›`)
    .replace(/[\t\p{Zs}]/gu, (one) => {
      return SHOWN[kindOf(one.codePointAt(0) ?? 0)] ?? "␣";
    });
}

/** Returns bytes in hex. "E9 BE 98" */
export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
}
