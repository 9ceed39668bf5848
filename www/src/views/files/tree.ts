/** The files as a tree of folders, with the sums of each. A file that is counted is added to the folders above it, so sums cost its depth. */
import type { BlobCount } from "tokimeter/blocks";
import type { Given } from "./given.ts";
import type { Reason } from "./left-out.ts";

/** Why a file could not be counted. */
export type FailReason = "not-found" | "unreadable" | "too-long" | "other";

/** What became of a file. */
export type Outcome =
  | { readonly kind: "counted"; readonly count: BlobCount }
  | { readonly kind: "binary" }
  | { readonly kind: "failed"; readonly why: FailReason; readonly message: string };

/** A sum over files. */
export interface Sums {
  files: number;
  tokens: number;
  low: number;
  high: number;
  bytes: number;
  codePoints: number;
}

export function noSums(): Sums {
  return { files: 0, tokens: 0, low: 0, high: 0, bytes: 0, codePoints: 0 };
}

export function addTo(sums: Sums, { tokens, low, high, bytes, codePoints }: BlobCount): void {
  sums.files++;
  sums.tokens += tokens;
  sums.low += low;
  sums.high += high;
  sums.bytes += bytes;
  sums.codePoints += codePoints;
}

/** What has rows of its own: files that are counted, of which the reader may take some out of the sum. */
export interface Group {
  /** Over what is counted and in the sum. */
  readonly sums: Sums;
  /** Files that are counted. */
  members: number;
  /** Those of them that the reader took out. */
  excluded: number;
}

export class Entry {
  readonly path: string;
  readonly name: string;
  /** With its dot, in small letters; empty, if there is none. */
  readonly extension: string;
  readonly folder: Folder;
  given: Given;
  leftOut: Reason | undefined;
  isExcluded = false;

  constructor(path: string, name: string, folder: Folder, given: Given) {
    this.path = path;
    this.name = name;
    this.extension = /[^.](\.[^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
    this.folder = folder;
    this.given = given;
  }
}

export class Folder implements Group {
  readonly name: string;
  readonly path: string;
  readonly parent: Folder | undefined;
  readonly folders: Map<string, Folder> = new Map();
  readonly files: Entry[] = [];
  sums: Sums = noSums();
  members = 0;
  excluded = 0;

  constructor(name = "", parent?: Folder) {
    this.name = name;
    this.parent = parent;
    this.path = parent?.path ? `${parent.path}/${name}` : name;
  }

  /** Puts a file where the path says. */
  place(path: string, given: Given): Entry {
    const names = path.split("/");
    const name = names.pop() ?? "";
    let folder: Folder = this;
    for (const each of names) {
      const inside = folder.folders.get(each) ?? new Folder(each, folder);
      folder.folders.set(each, inside);
      folder = inside;
    }
    const entry = new Entry(path, name, folder, given);
    folder.files.push(entry);
    return entry;
  }

  /** Adds a file of this folder to it and to all above. */
  add(entry: Entry, count: BlobCount): void {
    for (let at: Folder | undefined = this; at; at = at.parent) addToGroup(at, entry, count);
  }

  /** Forgets all sums. */
  empty(): void {
    this.sums = noSums();
    this.members = 0;
    this.excluded = 0;
    for (const inside of this.folders.values()) inside.empty();
  }

  /** Calls for each file in it, however deep. */
  each(call: (entry: Entry) => void): void {
    for (const entry of this.files) call(entry);
    for (const inside of this.folders.values()) inside.each(call);
  }
}

export function addToGroup(group: Group, entry: Entry, count: BlobCount): void {
  group.members++;
  if (entry.isExcluded) group.excluded++;
  else addTo(group.sums, count);
}
