// @ts-check
/**
 * A worker in this process that does the package's work, and does it badly: it loses and delays answers, answers in another
 * order, throws, forgets its methods, traps and dies.
 */

import { host } from "../../pkg/dist/host.js";

/**
 * What it may do, by chance; all of it from 0 to 1.
 * @typedef {{ dies: number, fails: number, forgets: number, delays: number, deaths: number, injected: number }} Mood
 */

/** Stands where a page would have a `Worker`. */
export class HostileWorker extends EventTarget {
  /** @param {() => number} random @param {Mood} mood read at each message */
  constructor(random, mood) {
    super();
    this.random = random;
    this.mood = mood;
    this.isDead = false;
    /** @type {MessagePort | undefined} */
    this.port = undefined;
  }

  terminate() {
    this.isDead = true;
    this.port?.close();
  }

  /** @param {unknown} _hello @param {[MessagePort]} ports */
  postMessage(_hello, [port]) {
    this.port = port;
    /** @type {any} */
    const inner = { postMessage: (/** @type {unknown} */ told) => this.#tell(structuredClone(told)) };
    host(inner);
    port.onmessage = ({ data }) => {
      if (this.isDead) return;
      const { mood, random } = this;
      const dice = random();
      if (data.kind !== "call") inner.onmessage({ data });
      else if (dice < mood.dies) {
        mood.deaths++;
        // Before the work or behind it: the page cannot know which.
        if (random() < 0.5) inner.onmessage({ data });
        this.#die(data.id);
      } else if (dice < mood.dies + mood.fails) {
        mood.injected++;
        this.#tell({ kind: "failed", id: data.id, error: { name: "TypeError", message: "injected" } });
      } else if (dice < mood.dies + mood.fails + mood.forgets) {
        mood.injected++;
        inner.onmessage({ data: { ...data, method: "forgotten" } });
      } else inner.onmessage({ data });
    };
  }

  /** @param {unknown} told */
  #tell(told) {
    const post = () => {
      if (!this.isDead) this.port?.postMessage(told);
    };
    if (this.random() >= this.mood.delays) post();
    else if (this.random() < 0.5) setImmediate(post);
    else setTimeout(post, 4 * this.random());
  }

  /** @param {number} id */
  #die(id) {
    const way = this.random();
    if (way < 0.3) {
      // A trap says which call it was; nothing comes after.
      this.port?.postMessage({ kind: "died", id, why: "RuntimeError: unreachable" });
      this.isDead = true;
      return;
    }
    this.isDead = true;
    const event = new Event(way < 0.8 ? "error" : "messageerror", { cancelable: true });
    setTimeout(() => this.dispatchEvent(event), 2 * this.random());
  }
}
