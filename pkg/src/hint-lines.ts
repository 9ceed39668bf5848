/** What all finders of hints share: a finding, and the lines of a text with what they are. All positions are UTF-16. */

/** What kind of saving. */
export type HintKind =
  /** Two spaces and more between words. */
  | "spaces"
  /** Spaces before a line break. */
  | "trailing-spaces"
  /** Three empty lines and more. */
  | "blank-lines"
  /** A line or a paragraph that stood there before. */
  | "repeat"
  /** A file as text. */
  | "base64"
  /** A key or a login token. It is no saving but a warning. */
  | "credential"
  /** Politeness, which a model does not need. */
  | "courtesy"
  /** Venting and small talk. */
  | "chatter";

/** A place where a text can be shorter. */
export interface Finding {
  /** What was found. */
  readonly kind: HintKind;
  /** Where what can go begins. */
  readonly from: number;
  /** Where it ends. */
  readonly to: number;
  /** What takes its place. */
  readonly replacement: string;
  /** What a credential is, what is in a block of base64, what a JSON Web Token tells to everybody. */
  readonly preview?: string;
}

/** A line of a text. */
export interface Line {
  readonly from: number;
  /** Where it ends, without its line break. */
  readonly end: number;
  /** Where the next one begins. */
  readonly next: number;
  readonly isBlank: boolean;
  /** Within a fenced block of code, its fences included. */
  readonly isFenced: boolean;
  /** Prose: neither code nor a table nor quoted. */
  readonly isPlain: boolean;
}

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;

/** Quotes that open, and at the same places those that close them. */
export const OPENING = "“「『《";
export const CLOSING = "”」』》";
/** Where ideographs and their marks begin: they stand without spaces between. */
export const IDEOGRAPHS = 0x2e80;

/** Returns whether a code unit is a space or a tab. */
export function isSpace(unit: number): boolean {
  return unit === SPACE || unit === TAB;
}

/** Returns whether a code unit is one of a word: a letter, a digit, or anything that is not ASCII. */
export function isWord(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    (unit >= 0x30 && unit <= 0x39) ||
    unit >= 0x80
  );
}

/** Returns whether a line begins with a word, after quotes at most: so not with a mark of a comment, a list or a heading. */
export function beginsWithWord(text: string, { from, end }: Line): boolean {
  let at = from;
  while (at < end && (isSpace(text.charCodeAt(at)) || text[at] === '"' || text[at] === "'")) at++;
  return at < end && isWord(text.charCodeAt(at));
}

/** Yields the lines of a text. Linear. */
export function* linesOf(text: string): Generator<Line, void> {
  let fence = "";
  for (let from = 0; from < text.length; ) {
    const feed = text.indexOf("\n", from);
    const next = feed < 0 ? text.length : feed + 1;
    let end = feed < 0 ? text.length : feed;
    if (feed > from && text.charCodeAt(feed - 1) === CARRIAGE_RETURN) end--;
    let start = from;
    while (start < end && isSpace(text.charCodeAt(start))) start++;
    const mark = fenceAt(text, start, end);
    const isFenced = fence !== "" || mark !== "";
    if (fence === "") fence = mark;
    else if (mark.startsWith(fence) && isEmptyBehind(text, start + mark.length, end)) fence = "";
    const isBlank = start === end;
    const isPlain = !isFenced && !isBlank && isProse(text, from, start, end);
    yield { from, end, next, isBlank, isFenced, isPlain };
    from = next;
  }
}

/** Returns the backquotes or tildes that open or close a block of code, at most 100. */
function fenceAt(text: string, start: number, end: number): string {
  const first = text[start];
  if (first !== "`" && first !== "~") return "";
  let at = start;
  while (at < end && at - start < 100 && text[at] === first) at++;
  return at - start < 3 ? "" : text.slice(start, at);
}

function isEmptyBehind(text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (!isSpace(text.charCodeAt(at))) return false;
  return true;
}

/** Indented code, quotations, tables and drawings are no prose. */
function isProse(text: string, from: number, start: number, end: number): boolean {
  if (start - from >= 4 || text.charCodeAt(from) === TAB || text[start] === ">") return false;
  let bars = 0;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === TAB || (unit >= 0x2500 && unit < 0x2580)) return false;
    if (unit === 0x7c && ++bars === 2) return false;
  }
  return true;
}

/** Returns the line break at the end of a line. */
export function breakOf(text: string, { end, next }: Line): string {
  return text.slice(end, next);
}

/** Returns whether there is a line break. */
export function isBreak(unit: number): boolean {
  return unit === LINE_FEED || unit === CARRIAGE_RETURN;
}
