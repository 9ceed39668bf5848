/**
 * The worker's end: calls what the page asks for. One message is handled at a time, in order; work in slices lets the next
 * ones pass.
 */

import { isTrap, TokimeterError } from "./errors.js";
import { type Asked, type Call, packed, type Shown, type Told } from "./wire.js";

/** What there is to call, and what the page is told of what it gets. */
export interface Served {
  /** What has the methods that make things. */
  readonly root: object;
  /** Returns what a thing is: what never changes of it. */
  about(thing: object): unknown;
  /** Returns what a thing shows now. */
  stateOf(thing: object): unknown;
}

/** What a worker adds to the options of what is made: to be called when a thing shows something new. */
export interface Watcher {
  readonly onShown?: () => void;
}

/** Answers on a port. */
export function serve(port: MessagePort, { root, about, stateOf }: Served): void {
  const things = new Map([[0, root]]);
  const running = new Map<number, AbortController>();
  let order = 0;
  const tell = (told: Told): void => port.postMessage(told);
  const shown = (thing: object): Shown => ({ order: ++order, state: stateOf(thing) });

  const call = async ({ id, target, method, args, isWatched, makes, changes }: Call): Promise<void> => {
    const stop = new AbortController();
    running.set(id, stop);
    const options = {
      signal: stop.signal,
      onProgress: (progress: unknown) => tell({ kind: "progress", id, progress }),
      onShown: () => {
        const thing = things.get(makes ?? 0);
        if (thing && thing !== root) tell({ kind: "shown", target: makes ?? 0, shown: shown(thing) });
      },
    };
    const given = isWatched ? [...args.slice(0, -1), { ...(args.at(-1) as object), ...options }] : args;
    try {
      const thing = things.get(target);
      if (!thing)
        throw new TokimeterError("disposed", "the worker does not have this any more; make a new one");
      const value = await use(thing, method, given);
      if (makes === undefined) {
        tell({ kind: "answer", id, value, shown: changes ? shown(thing) : undefined });
      } else if (stop.signal.aborted) {
        dispose(value as object);
      } else {
        things.set(makes, value as object);
        tell({ kind: "answer", id, value: about(value as object), shown: shown(value as object) });
      }
    } catch (error) {
      // Texts that the engine held are lost, and the page has a copy of each.
      if (isTrap(error)) tell({ kind: "died", id, why: String(error) });
      else tell({ kind: "failed", id, error: packed(error) });
    } finally {
      running.delete(id);
    }
  };

  port.onmessage = ({ data }: MessageEvent<Asked>) => {
    switch (data.kind) {
      case "call":
        void call(data);
        return;
      case "abort":
        running.get(data.id)?.abort();
        return;
      case "free":
        dispose(things.get(data.target));
        things.delete(data.target);
        return;
      case "ping":
        tell({ kind: "pong" });
    }
  };
  port.onmessageerror = () => tell({ kind: "died", why: "a message could not be read" });
}

/** Calls a method of a thing, or returns what has that name. */
function use(thing: object, name: string, args: readonly unknown[]): unknown {
  const member: unknown = Reflect.get(thing, name);
  if (typeof member === "function") return Reflect.apply(member, thing, args);
  if (name in thing) return member;
  throw new TypeError(`there is no ${name} here`);
}

function dispose(thing: object | undefined): void {
  if (thing && "dispose" in thing && typeof thing.dispose === "function") thing.dispose();
}
