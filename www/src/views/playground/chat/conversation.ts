/**
 * The conversation that the reader writes. It lives as long as the page is open, whichever view is shown. What is taken away can be had
 * back; what is written wrongly stays as it is written, and the last right version of it counts.
 */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Message, Part, Role, Tool } from "tokimeter/chat";
import { type Conversation, type Fault, parseExtra, parseTools, recognise } from "./json.ts";

/** A draft in JSON: what is written, and what of it holds. */
export interface Draft<T> {
  readonly text: Signal<string>;
  readonly fault: ReadonlySignal<Fault | undefined>;
  /** The last right version. */
  readonly value: ReadonlySignal<T>;
}

/** A message, as it is edited. */
export interface Entry {
  readonly id: number;
  readonly role: Signal<Role>;
  readonly text: Signal<string>;
  /** The content as it came, which holds while the text is that of it; images in it stay in any case. */
  readonly given: Message["content"];
  /** All other fields. */
  readonly extra: Draft<Partial<Message>>;
}

interface Undo {
  readonly kind: "removal" | "import";
  readonly entries: (now: readonly Entry[]) => readonly Entry[];
  /** The tools as they were written; `undefined`: they stay. */
  readonly tools?: string;
}

let ids = 0;

const list: Signal<readonly Entry[]> = signal([]);
const undone: Signal<readonly Undo[]> = signal([]);

export const entries: ReadonlySignal<readonly Entry[]> = list;
export const tools: Draft<readonly Tool[]> = draft<readonly Tool[]>("", [], (text) => {
  const parsed = parseTools(text);
  return "fault" in parsed ? parsed : { value: parsed.tools };
});
/** What can be undone last. */
export const undoable: ReadonlySignal<Undo["kind"] | undefined> = computed(() => undone.value.at(-1)?.kind);

export const conversation: ReadonlySignal<Conversation> = computed(() => ({
  messages: list.value.map(messageOf),
  tools: tools.value.value,
}));

/** A text that was put in and is a conversation, until the reader has said what it is to be. */
export interface Offer {
  readonly conversation: Conversation;
  /** Takes it in the place of the text. */
  readonly accept: () => void;
}
export const offer: Signal<Offer | undefined> = signal(undefined);

let isBegun = false;

/** Begins with a text, which becomes a message of the user; once. */
export function begin(text: string): void {
  if (isBegun) return;
  isBegun = true;
  const first = entryOf({ role: "user", content: text });
  list.value = [first];
  propose(first.text, "", text);
}

/** Adds a message at the end: of the other side, if the last one is of one of the two. Returns it. */
export function add(): Entry {
  const last = list.peek().at(-1)?.role.peek();
  const entry = entryOf({ role: last === "user" ? "assistant" : "user", content: "" });
  list.value = [...list.peek(), entry];
  return entry;
}

export function remove(entry: Entry): void {
  const at = list.peek().indexOf(entry);
  if (at < 0) return;
  list.value = list.peek().toSpliced(at, 1);
  push({ kind: "removal", entries: (now) => now.toSpliced(at, 0, entry) });
}

/** Puts a message at another place. */
export function move(entry: Entry, to: number): void {
  const others = list.peek().filter((each) => each !== entry);
  if (to < 0 || to > others.length) return;
  list.value = others.toSpliced(to, 0, entry);
}

/** Takes back the last removal or import. */
export function undo(): void {
  const last = undone.peek().at(-1);
  if (last === undefined) return;
  undone.value = undone.peek().slice(0, -1);
  list.value = last.entries(list.peek());
  if (last.tools !== undefined) tools.text.value = last.tools;
}

/** Offers to take a text that was put into a field as the conversation that it is. `before` is what the field had then. */
export function propose(field: Signal<string>, before: string, put: string): void {
  const found = recognise(put);
  if (found === undefined) return;
  offer.value = {
    conversation: found,
    accept: () => {
      offer.value = undefined;
      const was = { entries: list.peek(), tools: tools.text.peek(), text: field.peek() };
      field.value = before;
      take(found);
      push({
        kind: "import",
        entries: () => {
          field.value = was.text;
          return was.entries;
        },
        tools: was.tools,
      });
    },
  };
}

/** Puts a conversation behind what is there; messages without anything go. */
function take({ messages, tools: given }: Conversation): void {
  const kept = list.peek().filter(({ text, extra }) => text.peek() !== "" || extra.text.peek() !== "");
  list.value = [...kept, ...messages.map(entryOf)];
  if (given.length > 0) tools.text.value = JSON.stringify([...tools.value.peek(), ...given], undefined, 2);
}

function push(step: Undo): void {
  undone.value = [...undone.peek(), step];
}

/** Returns a message as the package counts it, and others read it. */
export function messageOf({ role, text, given, extra }: Entry): Message {
  const images = Array.isArray(given) ? given.filter((part: Part) => part.type !== "text") : [];
  const now = text.value;
  const content = given !== undefined && now === textOf(given) ? given : now;
  const rest = extra.value.value;
  if (typeof content !== "string" || images.length === 0) return { ...rest, role: role.value, content };
  return { ...rest, role: role.value, content: [{ type: "text", text: content }, ...images] };
}

/** How many images a message has. */
export function imagesOf({ given }: Entry): number {
  return Array.isArray(given) ? given.filter((part: Part) => part.type !== "text").length : 0;
}

function entryOf({ role, content, ...extra }: Message): Entry {
  const text = Object.keys(extra).length === 0 ? "" : JSON.stringify(extra, undefined, 2);
  return {
    id: ids++,
    role: signal(role),
    text: signal(textOf(content)),
    given: content,
    extra: draft<Partial<Message>>(text, {}, (written) => {
      const parsed = parseExtra(written);
      return "fault" in parsed ? parsed : { value: parsed.extra };
    }),
  };
}

function textOf(content: Message["content"]): string {
  if (typeof content === "string") return content;
  return (content ?? []).map((part) => (part.type === "text" ? part.text : "")).join("");
}

function draft<T>(
  written: string,
  none: T,
  parse: (text: string) => { readonly value: T } | { readonly fault: Fault },
): Draft<T> {
  const text = signal(written);
  const parsed = computed(() => parse(text.value));
  let last = none;
  const value = computed(() => {
    const now = parsed.value;
    if ("value" in now) last = now.value;
    return last;
  });
  return { text, value, fault: computed(() => ("fault" in parsed.value ? parsed.value.fault : undefined)) };
}
