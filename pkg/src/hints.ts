/**
 * Where a text can be shorter without saying less: spaces, repetitions, pasted files, politeness. And what should not be in a prompt
 * at all: keys and login tokens. Each hint has what it saves, by counting the text again with it: counts of parts do not add up.
 *
 * @module
 */

import { base64 } from "./hint-base64.js";
import { credentials as findCredentials } from "./hint-credentials.js";
import type { Finding } from "./hint-lines.js";
import { phrases } from "./hint-phrases.js";
import { repeats } from "./hint-repeats.js";
import { spaces } from "./hint-spaces.js";
import type { LiveText } from "./live.js";

export type { Finding, HintKind } from "./hint-lines.js";
export { explain, type HintLanguage } from "./hint-words.js";

/** A place where a text can be shorter, and what that saves. */
export interface Hint extends Finding {
  /** How many tokens the place is when it stands alone. */
  readonly tokens: number;
  /** How many tokens fewer the text is with this hint alone. Above 0, but for a credential, which is a warning. */
  readonly saves: number;
}

/** What is needed of a tokenizer. */
export interface Counter {
  /** Returns a text under edit that holds `text`; it is disposed when the work is done. */
  live(text: string): LiveText;
}

/** What hints save together. */
export interface Saving {
  /** The text with all of them. */
  readonly text: string;
  /** How many tokens the text is as it was. */
  readonly before: number;
  /** How many tokens it is without what the hints take out. */
  readonly after: number;
  /** `before - after`. */
  readonly saves: number;
}

/**
 * Returns where tokens can be saved, in order and without overlap. Linear in the text, besides what it costs to make and to undo each
 * edit in a `LiveText`.
 */
export function hints(text: string, tokenizer: Counter): Hint[] {
  const live = tokenizer.live(text);
  try {
    return findings(text).flatMap((finding) => {
      const { from, to, replacement } = finding;
      const tokens = live.countRange(from, to);
      const before = live.tokens;
      const saves = before - live.replace(from, to, replacement).tokens;
      live.replace(from, from + replacement.length, text.slice(from, to));
      return saves > 0 || finding.kind === "credential" ? [{ ...finding, tokens, saves }] : [];
    });
  } finally {
    live.dispose();
  }
}

/** Returns the places themselves, in order and without overlap, without counting. Linear in the text. */
export function findings(text: string): Finding[] {
  let found: Finding[] = [];
  // Of two that overlap the one that comes first here stays.
  for (const finder of [findCredentials, base64, repeats, phrases, spaces]) {
    found = merged(found, [...finder(text)].sort(inOrder));
  }
  return found;
}

/**
 * Returns the keys and login tokens among {@link findings}, in order and without overlap, and looks for nothing else: what a text must
 * not have in it before it is kept or sent. Linear in the text.
 */
export function credentials(text: string): Finding[] {
  return merged([], [...findCredentials(text)].sort(inOrder));
}

const inOrder = (a: Finding, b: Finding): number => a.from - b.from || a.to - b.to;

/** Merges two sorted lists and leaves out what overlaps of the second, with the first or within it. */
function merged(kept: readonly Finding[], more: readonly Finding[]): Finding[] {
  const all: Finding[] = [];
  let next = 0;
  let end = 0;
  for (const finding of more) {
    for (; next < kept.length && (kept[next]?.from ?? 0) < finding.to; next++) {
      const one = kept[next];
      if (one) all.push(one);
      end = Math.max(end, one?.to ?? 0);
    }
    // All that is kept and begins before the end of this one is in; so it is free if all that ends before it begins.
    if (end <= finding.from) {
      all.push(finding);
      end = finding.to;
    }
  }
  all.push(...kept.slice(next));
  return all;
}

/**
 * Returns a text with findings or hints applied. Linear.
 * @throws {RangeError} if they are not of this text, not in order, or overlap.
 */
export function applyHints(text: string, list: readonly Finding[]): string {
  let applied = "";
  let at = 0;
  for (const { from, to, replacement } of list) {
    if (!(at <= from && from <= to && to <= text.length)) {
      throw new RangeError(
        `a hint from ${from} to ${to} does not fit behind ${at} in a text of ${text.length}: hints are in order and of this text`,
      );
    }
    applied += text.slice(at, from) + replacement;
    at = to;
  }
  return applied + text.slice(at);
}

/**
 * Returns what hints save together, by counting the text with all of them once. What each saves alone does not add up to it.
 * @throws {RangeError} as {@link applyHints}.
 */
export function saved(text: string, list: readonly Finding[], tokenizer: Counter): Saving {
  const applied = applyHints(text, list);
  const [before, after] = [text, applied].map((one) => {
    const live = tokenizer.live(one);
    try {
      return live.tokens;
    } finally {
      live.dispose();
    }
  }) as [number, number];
  return { text: applied, before, after, saves: before - after };
}
