/** One worker and the port to it, and how its death is noticed, whatever it died of. */

import type { Asked, Hello, Told } from "./wire.js";

/** What is told of a worker. After its death nothing is. */
export interface Listener {
  hear(told: Told): void;
  /** `id` is the call that the engine trapped on, if that is known. */
  died(why: string, id?: number): void;
}

/** Milliseconds between two looks at a worker that owes an answer. */
const LOOK_MS = 5000;
/** A worker from which nothing was heard at so many looks is dead: reading a large tokenizer file takes seconds. */
const MOST_SILENCE = 6;

/** A worker that lives. */
export class Peer {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #left: AbortController = new AbortController();
  readonly #listener: Listener;
  #looking: ReturnType<typeof setInterval> | undefined;
  #silence = 0;

  constructor(worker: Worker, listener: Listener) {
    const { port1, port2 } = new MessageChannel();
    const { signal } = this.#left;
    this.#worker = worker;
    this.#port = port1;
    this.#listener = listener;
    worker.addEventListener(
      "error",
      (event) => {
        event.preventDefault?.();
        this.#died(event.message || "its file could not be loaded");
      },
      { signal },
    );
    worker.addEventListener("messageerror", () => this.#died("a message could not be read"), { signal });
    // Nobody is told that a worker was terminated, and whoever made it may do that.
    const { terminate } = worker;
    worker.terminate = () => {
      terminate.call(worker);
      this.#died("it was terminated");
    };
    port1.onmessageerror = () => this.#died("a message could not be read");
    port1.onmessage = ({ data }: MessageEvent<Told>) => {
      this.#silence = 0;
      if (data.kind === "died") this.#died(data.why, data.id);
      else if (!signal.aborted) listener.hear(data);
    };
    worker.postMessage({ tokimeter: true } satisfies Hello, [port2]);
  }

  /** @throws {DOMException} if something in it does not cross. */
  post(message: Asked): void {
    this.#port.postMessage(message);
  }

  /** Whether it owes an answer: then it is looked after. */
  set isOwing(isOwing: boolean) {
    if (isOwing) this.#looking ??= setInterval(() => this.#look(), LOOK_MS);
    else {
      clearInterval(this.#looking);
      this.#looking = undefined;
      this.#silence = 0;
    }
  }

  /** Ends the worker. */
  leave(): void {
    this.#left.abort();
    this.isOwing = false;
    this.#port.close();
    this.#worker.terminate();
  }

  #look(): void {
    if (++this.#silence > MOST_SILENCE) this.#died("it does not answer");
    else this.post({ kind: "ping" });
  }

  #died(why: string, id?: number): void {
    if (this.#left.signal.aborted) return;
    this.leave();
    this.#listener.died(why, id);
  }
}
