/**
 * What was handed in and what became of it. It stays while the reader looks at other views, and counting goes on there. What is shown is
 * told to have changed a few times a second, however fast files are counted.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { BlobCount } from "tokimeter/blocks";
import { type Failure, failureOf } from "../../text/vocabulary.ts";
import { identityOf, type VocabularyName } from "../../text/vocabulary-files.ts";
import { CountJob } from "./count-job.ts";
import type { Given, HandedIn } from "./given.ts";
import { markLeftOut, REASONS, type Reason, type Switches } from "./left-out.ts";
import { Pool } from "./pool.ts";
import {
  addTo,
  addToGroup,
  type Entry,
  Folder,
  type Group,
  noSums,
  type Outcome,
  type Sums,
} from "./tree.ts";
import { inTurns } from "./turns.ts";

const SHOW_MS = 250;
/** Milliseconds after which workers that have nothing to do are given back. */
const IDLE_MS = 30_000;

export type Work =
  | { readonly kind: "nothing" }
  /** Folders are being read. */
  | { readonly kind: "finding"; readonly files: number; readonly stop?: () => void }
  | { readonly kind: "counting" | "stopped" | "done" }
  | { readonly kind: "failed"; readonly failure: Failure };

export interface CountedFile {
  readonly entry: Entry;
  readonly count: BlobCount;
}

export type FailedFile = { readonly entry: Entry } & (Outcome & { readonly kind: "failed" });

/** A kind of files, by the end of their names. */
export interface FileType extends Group {
  readonly extension: string;
}

/** How far the counting is. */
export interface Progress {
  readonly files: number;
  readonly doneFiles: number;
  /** With parts of files that are under way. */
  readonly done: number;
  readonly bytes: number;
}

export class Project {
  /** Changes when something else is to be shown. */
  readonly version: ReadonlySignal<number>;
  readonly work: ReadonlySignal<Work>;
  readonly switches: ReadonlySignal<Switches>;
  readonly #version: Signal<number> = signal(0);
  readonly #work: Signal<Work> = signal<Work>({ kind: "nothing" });
  readonly #switches: Signal<Switches> = signal<Switches>({ tools: true, hidden: true, ignored: true });

  /** Holds what was named: files, and folders. Its sums, and those below, are of what passes the filter. */
  root: Folder = new Folder();
  /** The files that are neither left out nor unreadable, with the filter or without. */
  types: ReadonlyMap<string, FileType> = new Map();
  /** Over all that is counted and in the sum. */
  total: Sums = noSums();
  /** What is counted and passes the filter. */
  counted: CountedFile[] = [];
  /** What is not text. */
  binary: Entry[] = [];
  failed: FailedFile[] = [];
  /** What is counted with U+FFFD for something. */
  invalid: Entry[] = [];
  unread: readonly HandedIn["failed"][number][] = [];
  leftOut: Readonly<Record<Reason, number>> = { tools: 0, hidden: 0, ignored: 0 };
  #entries: Map<string, Entry> = new Map();
  #ignoreFiles: Map<string, string> = new Map();
  #filterText = "";
  #filter: readonly string[] = [];
  #encoding: VocabularyName | undefined;
  readonly #outcomes: Map<unknown, Map<Entry, Outcome>> = new Map();
  /** Those of the vocabulary of now. */
  #known: Map<Entry, Outcome> = new Map();
  #job: CountJob | undefined;
  #pool: Pool | undefined;
  #idle = 0;
  #showing = 0;
  #marking = 0;
  #generation = 0;
  #adding: Promise<void> = Promise.resolve();
  #doneFiles = 0;
  #files = 0;
  #bytes = 0;

  constructor() {
    this.version = this.#version;
    this.work = this.#work;
    this.switches = this.#switches;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0 && this.unread.length === 0;
  }

  /** What counts now; that which failed, if it did. */
  get encoding(): VocabularyName {
    return this.#encoding ?? "o200k_base";
  }

  /** The words that paths are to have, as they were written. */
  get filterText(): string {
    return this.#filterText;
  }

  get hasFilter(): boolean {
    return this.#filter.length > 0;
  }

  get progress(): Progress {
    const underWay = this.#job?.underWay ?? { files: 0, bytes: 0 };
    return {
      files: this.#files,
      doneFiles: this.#doneFiles,
      done: this.#doneFiles + underWay.files,
      bytes: this.#bytes + underWay.bytes,
    };
  }

  /** The files that are looked at: not left out. */
  *entries(): Generator<Entry> {
    for (const entry of this.#entries.values()) if (!entry.leftOut) yield entry;
  }

  /** Returns what became of a file with the vocabulary of now. */
  outcomeOf(entry: Entry): Outcome | undefined {
    return this.#known.get(entry);
  }

  /** Whether a path has all words of the filter. */
  passes(entry: Entry): boolean {
    if (this.#filter.length === 0) return true;
    const path = entry.path.toLowerCase();
    return this.#filter.every((word) => path.includes(word));
  }

  /** Says that folders are being read, and what stops that. */
  finding(files: number, stop: () => void): void {
    this.#work.value = { kind: "finding", files, stop };
  }

  /** Says that nothing came of it. What was under way goes on. */
  foundNothing(): void {
    if (this.#work.peek().kind !== "finding") return;
    if (this.isEmpty) this.#work.value = { kind: "nothing" };
    else this.#count();
  }

  /** Takes what was handed in, beside what is there; a file of the same path is replaced. One at a time, so that none is lost. */
  add(handedIn: HandedIn): Promise<void> {
    const generation = this.#generation;
    const isWanted = (): boolean => generation === this.#generation;
    const added = this.#adding.then(() => (isWanted() ? this.#add(handedIn, isWanted) : undefined));
    this.#adding = added;
    return added;
  }

  async #add({ files, failed }: HandedIn, isWanted: () => boolean): Promise<void> {
    this.#job?.stop();
    const isNew = ({ path }: { readonly path: string }): boolean =>
      !failed.some((other) => other.path === path);
    this.unread = [...this.unread.filter(isNew), ...failed];
    await inTurns(this.#place(files), isWanted);
    if (isWanted()) await this.#readIgnoreFiles();
    if (isWanted()) await this.#choose();
  }

  /** Forgets all files. */
  clear(): void {
    const work = this.#work.peek();
    if (work.kind === "finding") work.stop?.();
    this.#job?.stop();
    this.#generation++;
    this.#marking++;
    this.root = new Folder();
    this.#entries = new Map();
    this.#ignoreFiles = new Map();
    for (const known of this.#outcomes.values()) known.clear();
    this.unread = [];
    this.leftOut = { tools: 0, hidden: 0, ignored: 0 };
    this.#sum();
    this.#work.value = { kind: "nothing" };
    this.#rest();
  }

  /** Leaves out for a reason, or no longer. */
  async leaveOut(reason: Reason, isOn: boolean): Promise<void> {
    this.#switches.value = { ...this.#switches.peek(), [reason]: isOn };
    this.#job?.stop();
    await this.#readIgnoreFiles();
    await this.#choose();
  }

  /** Takes files out of the sum, or back in. */
  exclude(entries: Iterable<Entry>, isExcluded: boolean): void {
    for (const entry of entries) entry.isExcluded = isExcluded;
    this.#sum();
  }

  /** Narrows the tables to paths with these words. */
  filter(text: string): void {
    this.#filterText = text;
    this.#filter = text.toLowerCase().split(/\s+/).filter(Boolean);
    this.#sum();
  }

  /** Counts by that vocabulary from now on. */
  use(encoding: VocabularyName): void {
    const isSame = encoding === this.#encoding && this.#outcomes.get(identityOf(encoding)) === this.#known;
    if (isSame && this.#work.peek().kind !== "failed") return;
    this.#encoding = encoding;
    const key = identityOf(encoding);
    this.#known = this.#outcomes.get(key) ?? new Map();
    this.#outcomes.set(key, this.#known);
    if (this.#work.peek().kind !== "nothing") this.#count();
  }

  stop(): void {
    if (this.#work.peek().kind !== "counting") return;
    this.#job?.stop();
    this.#job = undefined;
    this.#work.value = { kind: "stopped" };
    this.#show();
    this.#rest();
  }

  /** Counts what is not counted yet. */
  goOn(): void {
    this.#count();
  }

  /** Tries those again that could not be counted. */
  retry(): void {
    for (const { entry } of this.failed) this.#known.delete(entry);
    this.#count();
  }

  /** Two files of one path that come at once are two; one that comes later is the same one, as it is now. */
  *#place(files: readonly Given[]): Generator<void> {
    const here: Set<string> = new Set();
    for (const given of files) {
      let path = given.path;
      for (let copy = 2; here.has(path); copy++) path = `${given.path} (${copy})`;
      here.add(path);
      const former = this.#entries.get(path);
      if (former) {
        former.given = given;
        for (const known of this.#outcomes.values()) known.delete(former);
      } else this.#entries.set(path, this.root.place(path, given));
      yield;
    }
  }

  async #readIgnoreFiles(): Promise<void> {
    const { tools } = this.#switches.peek();
    this.#ignoreFiles = new Map();
    for (const entry of this.#entries.values()) {
      // Those of packages say nothing while packages are left out.
      if (entry.name !== ".gitignore" || (tools && entry.leftOut === "tools")) continue;
      try {
        this.#ignoreFiles.set(entry.folder.path, await (await entry.given.open()).text());
      } catch {
        // A file that cannot be read has no rules, as in the command line.
      }
    }
  }

  async #choose(): Promise<void> {
    const marking = ++this.#marking;
    const isWanted = (): boolean => marking === this.#marking;
    this.#work.value = { kind: "finding", files: this.#entries.size };
    await inTurns(markLeftOut(this.root, this.#switches.peek(), this.#ignoreFiles), isWanted);
    if (!isWanted()) return;
    const leftOut = Object.fromEntries(REASONS.map((reason) => [reason, 0])) as Record<Reason, number>;
    for (const { leftOut: reason } of this.#entries.values()) if (reason) leftOut[reason]++;
    this.leftOut = leftOut;
    this.#count();
  }

  #count(): void {
    this.#job?.stop();
    this.#sum();
    clearTimeout(this.#idle);
    const encoding = this.#encoding;
    if (encoding === undefined) return;
    const known = this.#known;
    const waiting = [...this.entries()].filter((entry) => !known.has(entry));
    if (waiting.length === 0) {
      this.#finish({ kind: "done" });
      return;
    }
    this.#work.value = { kind: "counting" };
    this.#pool ??= new Pool();
    const job: CountJob = new CountJob(this.#pool, encoding, waiting, {
      settled: (entry, outcome) => {
        known.set(entry, outcome);
        this.#settle(entry, outcome);
        this.#show();
      },
      failed: (error) => {
        this.#finish({ kind: "failed", failure: failureOf(error) });
      },
      done: () => this.#finish({ kind: "done" }),
    });
    this.#job = job;
  }

  #finish(work: Work): void {
    this.#job = undefined;
    this.#work.value = work;
    this.#showNow();
    this.#rest();
  }

  #rest(): void {
    clearTimeout(this.#idle);
    this.#idle = window.setTimeout(() => {
      this.#pool?.dispose();
      this.#pool = undefined;
    }, IDLE_MS);
  }

  /** Adds all up anew. */
  #sum(): void {
    this.root.empty();
    this.types = new Map();
    this.total = noSums();
    this.counted = [];
    this.binary = [];
    this.failed = [];
    this.invalid = [];
    this.#doneFiles = 0;
    this.#files = 0;
    this.#bytes = 0;
    const known = this.#known;
    for (const entry of this.entries()) {
      this.#files++;
      const outcome = known.get(entry);
      if (outcome) this.#settle(entry, outcome);
    }
    this.#show();
  }

  #settle(entry: Entry, outcome: Outcome): void {
    this.#doneFiles++;
    if (outcome.kind === "binary") this.binary.push(entry);
    if (outcome.kind === "failed") this.failed.push({ entry, ...outcome });
    if (outcome.kind !== "counted") return;
    if (outcome.count.isInvalid) this.invalid.push(entry);
    this.#bytes += outcome.count.bytes;
    if (!entry.isExcluded) addTo(this.total, outcome.count);
    if (!this.passes(entry)) return;
    this.counted.push({ entry, count: outcome.count });
    entry.folder.add(entry, outcome.count);
    const { extension } = entry;
    const type = this.types.get(extension) ?? { extension, sums: noSums(), members: 0, excluded: 0 };
    (this.types as Map<string, FileType>).set(extension, type);
    addToGroup(type, entry, outcome.count);
  }

  #show(): void {
    if (this.#showing !== 0) return;
    const wait = this.#work.peek().kind === "counting" ? SHOW_MS : 0;
    this.#showing = window.setTimeout(() => this.#showNow(), wait);
  }

  /** Shows what is so far, so that an end of the work never stands above rows from before it. */
  #showNow(): void {
    clearTimeout(this.#showing);
    this.#showing = 0;
    this.#version.value++;
  }
}

/** What the reader handed in. */
export const project: Project = new Project();
