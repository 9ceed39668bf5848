/**
 * The page's end of a worker. Every call settles: by its answer, by its signal, or when the worker is given up. A worker that
 * dies is followed by another one, which is first given what the page holds there, and then all calls that have no answer.
 *
 * Long because a call, what is held and the worker that both are for live and die together: apart, each would reach into the others.
 */

import { TokimeterError } from "./errors.js";
import { Peer } from "./peer.js";
import { type Asked, type Call, type Shown, type Told, unpacked } from "./wire.js";

/** So often a call may be the one on which a worker dies. */
const MOST_TRIES = 3;
/** So many workers may die one after the other, without an answer from any. */
const MOST_DEATHS = 4;

/** How to make a thing in the worker, now or again. */
export interface Recipe {
  /** What has the method; the package itself if it is left out. */
  readonly parent?: Handle;
  readonly method: string;
  /** What it takes now, with all changes since; the last of it are options. */
  args(): readonly unknown[];
  /** Whether a new worker is given it at once, or only when it is asked. */
  readonly isEager?: boolean;
  /** Hears what it shows, when no call has asked. */
  onShown?(state: unknown): void;
}

/** How a call changes a text. */
export interface Change {
  /** Keeps the change for the next worker. Comes in the order of the calls. */
  apply(): void;
  /** Whether it is the text that changes. */
  readonly isEdit?: boolean;
  /** Whether it is an edit in slices: until it has ended, no other may be made. */
  readonly isSliced?: boolean;
}

/** What does not cross of a call's options. */
export interface Watch {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: unknown) => void) | undefined;
}

/** What a call is besides its arguments. With a `watch`, the last of those are its options. */
export interface Asking {
  readonly watch?: Watch | undefined;
  readonly change?: Change | undefined;
  /** Is not forgotten while the answer is awaited. */
  readonly owner?: object;
}

/** A thing in the worker. */
export class Handle {
  readonly recipe: Recipe;
  readonly number: number;
  /** What it showed last. */
  state: unknown;
  order = 0;
  isThere = false;
  isDisposed = false;
  /** Calls that change it and whose answers are not out. */
  changes: Request[] = [];
  /** Its owner, and what was made by it. Without any it is freed. */
  users = 1;

  constructor(number: number, recipe: Recipe) {
    this.number = number;
    this.recipe = recipe;
  }
}

interface Request {
  id: number;
  readonly handle: Handle;
  readonly method: string;
  args(): readonly unknown[];
  readonly watch?: Watch | undefined;
  readonly makes?: Handle | undefined;
  readonly change?: Change | undefined;
  readonly owner?: object | undefined;
  /** Whether the page waits for it; if not, the link asks for itself. */
  readonly isAsked: boolean;
  resolve(value: unknown): void;
  reject(error: Error): void;
  isPosted: boolean;
  tries: number;
  answer?: Answer;
}

type Answer = Told & { readonly kind: "answer" | "failed" };

/** Calls methods of things in a worker. */
export class Link {
  readonly #start: () => Worker;
  readonly #root: Handle = new Handle(0, { method: "", args: () => [] });
  #peer: Peer | undefined;
  readonly #requests: Map<number, Request> = new Map();
  /** Those of them that the worker does not have, in their order. */
  readonly #waiting: Set<Request> = new Set();
  readonly #handles: Map<number, Handle> = new Map();
  #lastNumber = 0;
  #deaths = 0;

  constructor(start: () => Worker) {
    this.#start = start;
    this.#root.isThere = true;
  }

  /** Makes a thing in the worker; resolves to its handle and to what it is. */
  async make(recipe: Recipe, watch: Watch): Promise<[handle: Handle, about: unknown]> {
    const { parent = this.#root, method } = recipe;
    const handle = new Handle(++this.#lastNumber, recipe);
    parent.users++;
    this.#handles.set(handle.number, handle);
    try {
      const about = await this.#request(parent, method, () => recipe.args(), { watch, makes: handle });
      return [handle, about];
    } catch (error) {
      this.release(handle);
      throw error;
    }
  }

  /** Calls a method, or reads what has that name. */
  ask(handle: Handle, method: string, args: readonly unknown[], asking: Asking = {}): Promise<unknown> {
    return this.#request(handle, method, () => args, asking);
  }

  /** @throws {TokimeterError} `disposed`. */
  mustBeThere(handle: Handle): void {
    if (handle.isDisposed || this.#root.isDisposed) throw disposed();
  }

  /** Disposes a thing, or all of them; calls that have no answer are rejected. */
  dispose(handle: Handle = this.#root): void {
    if (handle.isDisposed) return;
    handle.isDisposed = true;
    const isAll = handle === this.#root;
    for (const request of this.#requests.values()) {
      if (!isAll && (request.handle !== handle || !request.isAsked)) continue;
      this.#withdraw(request);
      request.reject(disposed());
    }
    if (isAll) this.#leave();
    else this.release(handle);
  }

  /** Gives up one use of a thing; what nobody uses is freed. */
  release(handle: Handle = this.#root): void {
    handle.users--;
    if (handle.users === 0 && handle !== this.#root) {
      for (const request of this.#requests.values()) if (request.makes === handle) this.#withdraw(request);
      this.#handles.delete(handle.number);
      this.#post({ kind: "free", target: handle.number });
      this.release(handle.recipe.parent);
    }
    this.#rest();
  }

  /** A worker that nobody can ask ends. Whoever kept a way to ask starts the next one. */
  #rest(): void {
    if (this.#root.users <= 0 && this.#requests.size === 0) this.#leave();
  }

  #request(
    handle: Handle,
    method: string,
    args: () => readonly unknown[],
    { makes, ...asking }: Asking & { makes?: Handle },
  ): Promise<unknown> {
    const { watch: { signal } = {}, change } = asking;
    return new Promise((resolve, reject) => {
      this.mustBeThere(handle);
      if (signal?.aborted) throw aborted(signal);
      if (change?.isEdit && handle.changes.some((other) => other.change?.isSliced)) throw busy();
      const abort = (): void => {
        if (signal) this.#abort(request, aborted(signal));
      };
      const settled = (): void => signal?.removeEventListener("abort", abort);
      const request = this.#add(handle, method, {
        ...asking,
        args,
        makes,
        isAsked: true,
        resolve: (value) => {
          settled();
          resolve(value);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      signal?.addEventListener("abort", abort);
      this.#pump();
    });
  }

  #add(
    handle: Handle,
    method: string,
    asked: Omit<Request, "id" | "handle" | "method" | "isPosted" | "tries">,
  ): Request {
    const id = ++this.#lastNumber;
    const request = { ...asked, id, handle, method, isPosted: false, tries: 0 };
    this.#requests.set(id, request);
    this.#waiting.add(request);
    if (request.change) handle.changes.push(request);
    return request;
  }

  /** Posts what can be posted. A thing that is not there is made first. */
  #pump(): void {
    for (const request of this.#waiting) {
      const { handle } = request;
      if (!handle.isThere) this.#remake(handle);
      else if (!this.#call(request)) return;
    }
  }

  #call(request: Request): boolean {
    const { id, handle, method, makes } = request;
    if (!this.#peer && !this.#begin()) return false;
    const call: Call = {
      kind: "call",
      id,
      target: handle.number,
      method,
      args: request.args(),
      isWatched: request.watch !== undefined,
      makes: makes?.number,
      changes: request.change !== undefined,
    };
    this.#waiting.delete(request);
    request.isPosted = true;
    if (this.#peer) this.#peer.isOwing = true;
    try {
      this.#post(call);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      this.#drop(request);
      request.reject(new TypeError(`an argument cannot be sent to the worker: ${why}`, { cause }));
    }
    return true;
  }

  #remake(handle: Handle): void {
    if ([...this.#requests.values()].some(({ makes }) => makes === handle)) return;
    const { recipe } = handle;
    this.#add(recipe.parent ?? this.#root, recipe.method, {
      args: () => recipe.args(),
      watch: {},
      makes: handle,
      isAsked: false,
      resolve: () => recipe.onShown?.(handle.state),
      reject: (error) => {
        for (const request of this.#requests.values()) {
          if (request.handle !== handle) continue;
          this.#drop(request);
          request.reject(error);
        }
      },
    });
  }

  #abort(request: Request, error: Error): void {
    this.#withdraw(request);
    // Whether the text has changed already, only the answer would tell: the page does not wait for that.
    if (request.isPosted && request.change) this.#renew(request.handle);
    request.reject(error);
  }

  /** Has a thing made anew in the worker. What it was asked and has not answered, the new one is asked. */
  #renew(handle: Handle): void {
    this.#post({ kind: "free", target: handle.number });
    handle.isThere = false;
    handle.order = 0;
    for (const request of [...this.#requests.values()]) {
      if (request.handle !== handle) continue;
      // The answer that may be under way is dropped.
      this.#requests.delete(request.id);
      request.id = ++this.#lastNumber;
      this.#requests.set(request.id, request);
      this.#await(request);
    }
    this.#pump();
  }

  /** Has a request wait to be posted, behind all that wait. */
  #await(request: Request): void {
    request.isPosted = false;
    delete request.answer;
    this.#waiting.delete(request);
    this.#waiting.add(request);
  }

  /** Forgets a request, and tells the worker. */
  #withdraw(request: Request): void {
    if (request.isPosted) this.#post({ kind: "abort", id: request.id });
    this.#drop(request);
  }

  /** Forgets a request; its answer, if there will be one, is dropped. */
  #drop(request: Request): void {
    const { handle } = request;
    this.#requests.delete(request.id);
    this.#waiting.delete(request);
    if (request.change) handle.changes = handle.changes.filter((other) => other !== request);
    if (this.#requests.size > 0) return;
    if (this.#peer) this.#peer.isOwing = false;
    this.#rest();
  }

  #hear(told: Told): void {
    switch (told.kind) {
      case "shown": {
        const handle = this.#handles.get(told.target);
        if (handle?.isThere && show(handle, told.shown)) handle.recipe.onShown?.(handle.state);
        return;
      }
      case "progress":
        this.#requests.get(told.id)?.watch?.onProgress?.(told.progress);
        return;
      case "answer":
      case "failed": {
        const request = this.#requests.get(told.id);
        if (request) this.#answered(request, told);
        return;
      }
    }
  }

  #answered(request: Request, told: Answer): void {
    const { handle, change } = request;
    if (request.isAsked) this.#deaths = 0;
    request.answer = told;
    if (change) {
      // The answers of changes come out in the order of the calls.
      for (const first of [...handle.changes]) {
        if (!first.answer) break;
        this.#settle(first, first.answer);
      }
    } else this.#settle(request, told);
    this.#pump();
  }

  #settle(request: Request, answer: Answer): void {
    const { handle, makes, change } = request;
    this.#drop(request);
    if (answer.kind === "failed") {
      request.reject(unpacked(answer.error));
      return;
    }
    if (makes) makes.isThere = true;
    change?.apply();
    show(makes ?? handle, answer.shown);
    request.resolve(answer.value);
  }

  #begin(): boolean {
    try {
      this.#peer = new Peer(this.#start(), {
        hear: (told) => this.#hear(told),
        died: (why, id) => this.#died(why, id),
      });
      return true;
    } catch (cause) {
      const why = `the worker could not be started: ${String(cause)}. How to make one can be said: connect({ worker })`;
      this.#fail(
        cause instanceof TokimeterError ? cause : new TokimeterError("worker-failed", why, { cause }),
      );
      return false;
    }
  }

  #post(message: Asked): void {
    this.#peer?.post(message);
  }

  /** A worker is gone: what it had is given to the next one. */
  #died(why: string, culprit?: number): void {
    this.#leave();
    const failed =
      culprit === undefined
        ? new TokimeterError(
            "worker-failed",
            `the worker failed again and again (${why}). Its file, worker-main.js, must be served from this page's origin, and ` +
              "allowed by worker-src; the next call starts it anew.",
          )
        : new TokimeterError("trap", `in one worker after the other the engine failed on this call (${why})`);
    if (++this.#deaths > MOST_DEATHS) {
      this.#fail(failed);
      return;
    }
    // The worker takes calls in their order, so the oldest one is the one to suspect.
    const suspect = culprit ?? [...this.#requests.values()].find(({ isPosted }) => isPosted)?.id;
    for (const request of this.#requests.values()) {
      if (request.id === suspect) request.tries++;
      this.#await(request);
      if (request.tries <= MOST_TRIES) continue;
      this.#drop(request);
      request.reject(failed);
    }
    for (const handle of this.#handles.values()) if (handle.recipe.isEager) this.#remake(handle);
    this.#pump();
  }

  /** Ends the worker; nothing is there any more. */
  #leave(): void {
    this.#peer?.leave();
    this.#peer = undefined;
    for (const handle of this.#handles.values()) {
      handle.isThere = false;
      handle.order = 0;
    }
  }

  #fail(error: Error): void {
    this.#deaths = 0;
    for (const request of this.#requests.values()) {
      this.#drop(request);
      request.reject(error);
    }
  }
}

/** Takes what a thing shows, if it is not older than what is known; returns whether it was taken. */
function show(handle: Handle, shown: Shown | undefined): boolean {
  if (!shown || shown.order < handle.order) return false;
  handle.order = shown.order;
  handle.state = shown.state;
  return true;
}

function disposed(): TokimeterError {
  return new TokimeterError("disposed", "this was disposed, or its worker; make a new one");
}

function aborted(signal: AbortSignal): TokimeterError {
  return new TokimeterError("aborted", "the call was aborted; what it would have changed is as it was", {
    cause: signal.reason,
  });
}

function busy(): TokimeterError {
  return new TokimeterError(
    "busy",
    "replaceAsync is under way on this text; wait for its promise, or abort it",
  );
}
