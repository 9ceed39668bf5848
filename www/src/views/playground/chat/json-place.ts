/** Where a text stops being JSON. Engines say it in different words, or not at all, and a reader with forty lines of tools needs it. */

const TOKEN =
  /([{}[\],:])|("(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;
const SPACE = /[ \t\n\r]*/y;

/** Code units that are looked through; in more, nobody looks for a line. */
const MOST = 1_000_000;

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Returns the place of the first thing that does not belong there; `undefined` if there is none, or the text is very long. */
export function faultPlace(text: string): Place | undefined {
  const at = text.length > MOST ? undefined : faultAt(text);
  if (at === undefined) return undefined;
  const lines = text.slice(0, at).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** What may come next: `open` is a value or the end of an empty list, `name` a name or the end of an empty object. */
type Next = "value" | "open" | "name" | "next-name" | "colon" | "comma" | "nothing";

function faultAt(text: string): number | undefined {
  const inside: string[] = [];
  let next: Next = "value";
  for (let at = skip(text, 0); ; at = skip(text, TOKEN.lastIndex)) {
    if (at === text.length) return next === "nothing" ? undefined : at;
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) return at;
    const [token, mark, string] = match;
    const after = step(token, mark, string !== undefined, next, inside);
    if (after === undefined) return at;
    next = after;
  }
}

/** Returns what may come after a token, or `undefined` if it may not come here. */
function step(
  token: string,
  mark: string | undefined,
  isString: boolean,
  next: Next,
  inside: string[],
): Next | undefined {
  const closed = (): Next => (inside.length > 0 ? "comma" : "nothing");
  if (mark === "]" || mark === "}") {
    const isEnd = next === "comma" || next === (mark === "]" ? "open" : "name");
    if (!isEnd || inside.pop() !== (mark === "]" ? "[" : "{")) return undefined;
    return closed();
  }
  switch (next) {
    case "value":
    case "open":
      if (mark === "," || mark === ":") return undefined;
      if (mark === undefined) return closed();
      inside.push(token);
      return mark === "[" ? "open" : "name";
    case "name":
    case "next-name":
      return isString ? "colon" : undefined;
    case "colon":
      return mark === ":" ? "value" : undefined;
    case "comma":
      if (mark !== ",") return undefined;
      return inside.at(-1) === "[" ? "value" : "next-name";
    case "nothing":
      return undefined;
  }
}

function skip(text: string, from: number): number {
  SPACE.lastIndex = from;
  SPACE.exec(text);
  return SPACE.lastIndex;
}
