/**
 * Politeness and small talk. What is found is a whole sentence, or a whole part of one between commas, in the first or the last
 * paragraph; never in quotes, in code, behind a colon, or in a text that asks for something to be done with words.
 */

import {
  beginsWithWord,
  CLOSING,
  type Finding,
  type HintKind,
  IDEOGRAPHS,
  type Line,
  linesOf,
  OPENING,
} from "./hint-lines.js";
import {
  ABOUT_FEELINGS,
  ABOUT_LETTERS,
  ABOUT_WORDS,
  BEFORE_COMPLAINTS,
  BEFORE_VERBS,
  COMPLAINTS,
  COMPLAINTS_IN_ENGLISH,
  GREETINGS,
  MOST,
  THANKS,
  TOPICS,
  VERBS,
} from "./phrases.js";

/** A part of a sentence, and the marks that end it. */
interface Part {
  /** Where it begins, behind the spaces. */
  readonly from: number;
  readonly to: number;
  /** Where the marks behind it end. */
  readonly next: number;
  /** Whether they are commas, so that the sentence goes on. */
  readonly goesOn: boolean;
  readonly isQuoted: boolean;
  /** Whether a colon follows: what stands before it is not said for its own sake. */
  readonly isLabel: boolean;
}

/** What the text is about, which decides what may be a phrase. */
interface Subject {
  /** Where something to be done with words is named first. */
  readonly words: number;
  readonly isLetter: boolean;
  readonly isFeeling: boolean;
  /** Whether a word stands in it more than once. */
  readonly isRepeated: (word: string) => boolean;
}

/** The lists of `phrases.ts`, taken apart when first needed. */
interface Lists {
  readonly greetings: ReadonlySet<string>;
  readonly thanks: ReadonlySet<string>;
  readonly complaints: ReadonlySet<string>;
  readonly beforeComplaints: readonly string[];
  readonly beforeVerbs: readonly string[];
  readonly topics: readonly string[];
}

let lists: Lists | undefined;

function theLists(): Lists {
  const list = (text: string): string[] => text.split("|");
  lists ??= {
    greetings: new Set(list(GREETINGS)),
    thanks: new Set(list(THANKS)),
    complaints: new Set(list(COMPLAINTS)),
    beforeComplaints: list(BEFORE_COMPLAINTS),
    beforeVerbs: list(BEFORE_VERBS),
    topics: list(TOPICS),
  };
  return lists;
}

const COMMAS = "，,";
const STOPS = "。！？；～.!?;~…";

/** Returns polite phrases and small talk, in order. Linear. */
export function phrases(text: string): Finding[] {
  const lines = ends(text);
  const words = text.search(ABOUT_WORDS);
  const subject: Subject = {
    words: words < 0 ? text.length : words,
    isLetter: ABOUT_LETTERS.test(text),
    isFeeling: ABOUT_FEELINGS.test(text),
    isRepeated: repeatedIn(text),
  };
  const found: Finding[] = [];
  let says = lines.isPart;
  for (const [place, line] of lines.list.entries()) {
    const parts = beginsWithWord(text, line) ? partsOf(text, line) : [];
    says ||= parts.length === 0;
    const isFirst = place === 0;
    const isLast = place === lines.list.length - 1;
    const kinds = parts.map((part, i) =>
      kindOf(text, part, subject, isFirst && i === 0, isLast && i === parts.length - 1, parts[i + 1]),
    );
    // A greeting may follow another.
    for (let i = 1; isFirst && i < parts.length && kinds[i - 1]; i++) {
      const part = parts[i];
      if (part) kinds[i] ??= kindOf(text, part, subject, true, false, parts[i + 1]);
    }
    says ||= kinds.some((kind) => !kind);
    found.push(...joined(text, line, parts, kinds, subject));
    // Behind a colon at the end of a line stands what it is about.
    if (endsInColon(text, line)) break;
  }
  return says ? found : [];
}

/** Returns the lines of prose in the first and the last paragraph, and whether there is anything else. */
function ends(text: string): { list: Line[]; isPart: boolean } {
  const first: Line[] = [];
  let last: Line[] = [];
  let isFirst = true;
  let isPart = false;
  for (const line of linesOf(text)) {
    if (line.isBlank) {
      if (first.length > 0 || isPart) isFirst = false;
      if (last.length > 0) isPart = true;
      last = [];
    } else if (!line.isPlain) {
      isPart = true;
      isFirst = false;
      last = [];
    } else if (isFirst) first.push(line);
    else last.push(line);
  }
  return { list: [...first, ...last], isPart };
}

function endsInColon(text: string, { from, end }: Line): boolean {
  const last = text
    .slice(Math.max(from, end - MOST), end)
    .trimEnd()
    .at(-1);
  return last === ":" || last === "：";
}

/** Cuts a line at its commas and stops, up to a colon. */
function partsOf(text: string, { from, end }: Line): Part[] {
  const parts: Part[] = [];
  let depth = 0;
  let inQuotes = "";
  let isQuoted = false;
  let start = from;
  for (let at = from; at < end; ) {
    const unit = text[at] ?? "";
    if (isColon(text, at, end)) {
      parts.push({ ...partOf(text, start, at, at, isQuoted), isLabel: true });
      break;
    }
    if (unit === '"' || unit === "`") inQuotes = inQuotes === unit ? "" : inQuotes || unit;
    else if (OPENING.includes(unit)) depth++;
    else if (CLOSING.includes(unit)) depth = Math.max(0, depth - 1);
    isQuoted ||= inQuotes !== "" || depth > 0;
    const next = marksEnd(text, at, end);
    if (next === at || !isEnd(text, next, end)) {
      at = Math.max(next, at + 1);
      continue;
    }
    parts.push(partOf(text, start, at, next, isQuoted));
    isQuoted = inQuotes !== "" || depth > 0;
    start = next;
    at = next;
  }
  if (start < end && !parts.at(-1)?.isLabel) parts.push(partOf(text, start, end, end, isQuoted));
  return parts.filter((part) => part.from < part.to);
}

function partOf(text: string, start: number, end: number, next: number, isQuoted: boolean): Part {
  let from = start;
  let to = end;
  while (from < to && text[from] === " ") from++;
  while (to > from && text[to - 1] === " ") to--;
  return { from, to, next, goesOn: next > end && COMMAS.includes(text[end] ?? ""), isQuoted, isLabel: false };
}

/** A colon, unless it is one of a time or of an address. */
function isColon(text: string, at: number, end: number): boolean {
  return text[at] === "：" || (text[at] === ":" && isEnd(text, at + 1, end));
}

/** Returns where the commas or stops end that begin here. */
function marksEnd(text: string, from: number, end: number): number {
  const marks = COMMAS.includes(text[from] ?? " ") ? COMMAS : STOPS;
  let at = from;
  while (at < end && marks.includes(text[at] ?? " ")) at++;
  return at;
}

/** Returns whether marks that end here end something: in a number or a name they do not. */
function isEnd(text: string, at: number, end: number): boolean {
  const isAscii = text.charCodeAt(at - 1) < 0x80;
  return at === end || !isAscii || text[at] === " " || text.charCodeAt(at) >= IDEOGRAPHS;
}

function kindOf(
  text: string,
  part: Part,
  { words, isLetter, isFeeling, isRepeated }: Subject,
  isFirst: boolean,
  isLast: boolean,
  next: Part | undefined,
): HintKind | undefined {
  if (part.isQuoted || part.isLabel || words < text.length || part.to - part.from > MOST) return undefined;
  const phrase = text.slice(part.from, part.to).toLowerCase().replaceAll("’", "'");
  const { greetings, thanks, topics } = theLists();
  if (thanks.has(phrase)) return !isLetter || isLast ? "courtesy" : undefined;
  if (greetings.has(phrase)) return isFirst && isAddress(text, part, next) ? "courtesy" : undefined;
  if (isLetter || isFeeling) return undefined;
  // What stands elsewhere too is what the text is about.
  const isTopic = topics.some((topic) => phrase.includes(topic) && isRepeated(topic));
  return isComplaint(phrase) && !isTopic ? "chatter" : undefined;
}

/** "Hello, world" and "Hello, Dolly" greet nobody. */
function isAddress(text: string, { goesOn }: Part, next: Part | undefined): boolean {
  if (!goesOn || !next) return true;
  const follows = text.slice(next.from, next.from + 6);
  if (follows.charCodeAt(0) >= IDEOGRAPHS) return true;
  return /^(I\b|[a-z])/.test(follows) && !follows.startsWith("world");
}

function isComplaint(phrase: string): boolean {
  if (COMPLAINTS_IN_ENGLISH.some((complaint) => complaint.test(phrase))) return true;
  const { complaints, beforeComplaints } = theLists();
  let rest = phrase;
  while (!complaints.has(rest)) {
    const before = beforeComplaints.find((word) => rest.startsWith(word));
    if (before === undefined) return false;
    rest = rest.slice(before.length);
  }
  // A word alone may be an answer.
  return rest !== phrase || rest.length > 3;
}

/** Returns who says whether a word stands in the text more than once, and remembers it. */
function repeatedIn(text: string): (word: string) => boolean {
  const known = new Map<string, boolean>();
  let lower: string | undefined;
  return (word) => {
    const answer = known.get(word);
    if (answer !== undefined) return answer;
    lower ??= text.toLowerCase();
    const isRepeated = lower.indexOf(word) !== lower.lastIndexOf(word);
    known.set(word, isRepeated);
    return isRepeated;
  };
}

/** Makes findings of phrases, neighbours as one, so that what is left still reads as a line. */
function joined(
  text: string,
  line: Line,
  parts: readonly Part[],
  kinds: readonly (HintKind | undefined)[],
  subject: Subject,
): Finding[] {
  const found: Finding[] = [];
  for (let first = 0; first < parts.length; first++) {
    const kind = kinds[first];
    const begin = parts[first];
    if (!begin) continue;
    if (!kind) {
      const last = found.at(-1);
      for (const finding of inPart(text, begin, subject)) {
        if (last?.to === finding.from && found.at(-1) === last)
          found[found.length - 1] = { ...last, to: finding.to };
        else found.push(finding);
      }
      continue;
    }
    let last = first;
    while (kinds[last + 1]) last++;
    const isChatter = kinds.slice(first, last + 1).includes("chatter");
    found.push({
      kind: isChatter ? "chatter" : "courtesy",
      ...rangeOf(text, line, parts, first, last),
      replacement: "",
    });
    first = last;
  }
  return found;
}

function rangeOf(
  text: string,
  line: Line,
  parts: readonly Part[],
  first: number,
  last: number,
): { from: number; to: number } {
  const before = parts[first - 1];
  const [begin, end] = [parts[first], parts[last]];
  if (!begin || !end) return { from: line.from, to: line.from };
  const isRest = parts.length === last + 1 && text.slice(end.next, line.end).trim() === "";
  if (!before && isRest) {
    // The whole line goes, with its line break or the one before.
    if (line.next > line.end || line.from === 0) return { from: line.from, to: line.next };
    return { from: line.from - (text.endsWith("\r\n", line.from) ? 2 : 1), to: line.end };
  }
  // At the end of a sentence the comma before goes and the stop stays.
  if (before?.goesOn && !end.goesOn) return { from: before.to, to: end.to };
  let to = end.next;
  while (to < line.end && text[to] === " ") to++;
  if (!isRest) return { from: begin.from, to };
  return { from: before ? before.next : begin.from, to: line.end };
}

/** Yields politeness within a part that says something. */
function* inPart(text: string, part: Part, { words }: Subject): Generator<Finding, void> {
  if (part.isQuoted || (words < text.length && (words < part.from || words >= part.to))) return;
  const courtesy = (from: number, to: number): Finding => ({ kind: "courtesy", from, to, replacement: "" });
  const start = text.slice(part.from, Math.min(part.to, part.from + MOST));
  const phrase = theLists().beforeVerbs.find((words) => start.startsWith(words));
  if (phrase && VERBS.includes(start[phrase.length] ?? " ")) {
    yield courtesy(part.from, part.from + phrase.length);
    return;
  }
  const please = PLEASE.exec(start);
  if (please?.[1] && /[a-z]/.test(start[please[0].length - 1] ?? "")) {
    const from = part.from + please[0].length - 1 - please[1].length;
    yield courtesy(from, from + please[1].length);
    return;
  }
  const end = text.slice(Math.max(part.from, part.to - MOST), part.to);
  const last = /([a-z]+) please$/i.exec(end);
  if (last && start.split(" ").length >= 3 && !NOT_BEFORE_PLEASE.includes(` ${last[1]?.toLowerCase()} `)) {
    yield courtesy(part.to - " please".length, part.to);
  }
}

/** Politeness before a verb; before those whom one can please, "please" is the verb. */
const PLEASE =
  /^(?:(?:can|could|would|will) you )?((?:please|kindly) )(?!(?:your|my|his|her|our|their|me|him|them|us|everyone)\b)[a-z]/i;
/** Behind these, "please" is what is asked for. */
const NOT_BEFORE_PLEASE =
  " say saying says said word write writing type spell use using add with without the a of and or is not no yes to ";
