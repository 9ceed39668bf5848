/** Asks the worker, the newest question only: while it reckons, what was asked in between is dropped. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Answer, Question, Savings } from "./reckoning.ts";

/** A pause in changes after which it is worth to reckon. */
const PAUSE_MS = 120;

export interface Reckoned {
  readonly question: Question;
  readonly answer: Answer;
  readonly savings?: Savings;
}

export type Reply = { readonly answer: Answer } | { readonly savings: Savings };

export class Reckoner {
  /** The newest answer; `undefined` before the first. */
  readonly reckoned: ReadonlySignal<Reckoned | undefined>;
  /** Whether a newer question is open. */
  readonly isOpen: ReadonlySignal<boolean>;
  readonly hasFailed: ReadonlySignal<boolean>;
  readonly #reckoned: Signal<Reckoned | undefined> = signal(undefined);
  readonly #isOpen: Signal<boolean> = signal(true);
  readonly #hasFailed: Signal<boolean> = signal(false);
  #worker: Worker | undefined;
  #timer = 0;
  /** What the worker is at. */
  #asked: Question | undefined;
  #next: Question | undefined;

  constructor() {
    this.reckoned = this.#reckoned;
    this.isOpen = this.#isOpen;
    this.hasFailed = this.#hasFailed;
  }

  ask(question: Question): void {
    this.#next = question;
    this.#isOpen.value = true;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#send(), this.#reckoned.peek() ? PAUSE_MS : 0);
  }

  /** Asks again after a failure. */
  retry(): void {
    this.#next ??= this.#asked;
    this.#asked = undefined;
    this.#hasFailed.value = false;
    this.#send();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
  }

  #send(): void {
    if (this.#asked || this.#next === undefined) return;
    this.#worker ??= this.#start();
    this.#asked = this.#next;
    this.#next = undefined;
    this.#worker.postMessage(this.#asked);
  }

  #start(): Worker {
    const worker = new Worker(new URL("./reckoning-worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => this.#take(data));
    worker.addEventListener("error", () => {
      worker.terminate();
      this.#worker = undefined;
      this.#hasFailed.value = true;
    });
    return worker;
  }

  #take(reply: Reply): void {
    const question = this.#asked;
    if (question === undefined) return;
    if ("answer" in reply) {
      this.#hasFailed.value = false;
      this.#reckoned.value = { question, answer: reply.answer };
      return;
    }
    const now = this.#reckoned.peek();
    if (now) this.#reckoned.value = { ...now, savings: reply.savings };
    this.#asked = undefined;
    this.#isOpen.value = this.#next !== undefined;
    clearTimeout(this.#timer);
    this.#send();
  }
}
