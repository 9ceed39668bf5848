/**
 * JSON in lines, for people. It goes by the signs alone: numbers keep all their digits and doubled keys both stand, neither of which
 * survives `JSON.parse`; depth costs nothing; and what is cut off in the middle is shown as far as it goes.
 */

/** Text of JSON in lines. */
export interface JsonLines {
  readonly text: string;
  /** Whether there is more of it. */
  readonly isCut: boolean;
}

/** Deeper levels are not indented further. */
const DEEPEST = 12;
/** Code points that turn the text around or have no shape: they would show a reader something else. */
const TRICKS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/** Returns JSON, each member in a line of its own, up to `most` code units. Linear. */
export function jsonLines(json: string, most: number): JsonLines {
  let text = "";
  let depth = 0;
  const open = (): string => `\n${"  ".repeat(Math.min(depth, DEEPEST))}`;
  for (const [sign, index] of signs(json)) {
    if (text.length > most) return { text: `${text.slice(0, most).toWellFormed()}…`, isCut: true };
    const next = json[index + sign.length] ?? "";
    if (sign === "{" || sign === "[") {
      depth++;
      text += /[}\]]/.test(next) ? sign : sign + open();
    } else if (sign === "}" || sign === "]") {
      depth = Math.max(0, depth - 1);
      text += /[{[]/.test(text.at(-1) ?? "") ? sign : open() + sign;
    } else if (sign === ",") text += sign + open();
    else if (sign === ":") text += ": ";
    else text += sign.slice(0, most).replace(TRICKS, escaped);
  }
  if (text.length <= most) return { text, isCut: false };
  return { text: `${text.slice(0, most).toWellFormed()}…`, isCut: true };
}

/** Yields strings, numbers, words and marks, and where each begins. A string without an end goes to the end of the text. */
function* signs(json: string): Generator<readonly [sign: string, index: number], void> {
  for (const { 0: sign, index } of json.matchAll(/"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+/gs)) {
    yield [sign, index];
  }
}

/** Returns the code units of a character as JSON escapes them. */
function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");
}
