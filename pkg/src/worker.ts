/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The package in a worker: the same tokenizers, texts under edit and meters, whose answers are promises. The page loads only
 * this client. The engine and the vocabularies live in the worker, which has a Content-Security-Policy of its own.
 *
 * @module
 */

import { untilAborted } from "./abort.js";
import type { CountBlobOptions } from "./blocks.js";
import { TokimeterError } from "./errors.js";
import type { LoadJsonOptions } from "./json.js";
import { bytesOf, type JsonSource, mustNotBeLarge, nameOf } from "./json-source.js";
import { type Handle, Link, type Recipe, type Watch } from "./link.js";
import type { Edit, LiveText, SliceOptions, TokenRange } from "./live.js";
import type { Meter, MeterOptions, MeterSettings, Reading } from "./meter.js";
import { Pieces } from "./pieces.js";
import type { LoadOptions, Tokenizer } from "./tokenizer.js";

/** The methods of these names, whose answers are promises. */
export type Later<T, Name extends keyof T> = {
  readonly [K in Name]: T[K] extends (...args: infer Args) => infer Answer
    ? (...args: Args) => Promise<Awaited<Answer>>
    : never;
};

const COUNTING = ["count", "range", "encode", "decode", "decodeBytes", "spans", "fit", "split"] as const;
const ASKING = ["countRange", "offsetOf", "spansIn", "fit", "split"] as const;
const METERING = ["countRange", "spansIn", "fit"] as const;
const EDITING = ["update", "replace", "reset", "replaceAsync"] as const;

/** Something in the worker. */
export interface RemoteThing {
  /** Frees it in the worker; what was asked and has no answer is rejected. What is forgotten is freed too. */
  dispose(): void;
  /** As {@link RemoteThing.dispose}, for `using`. */
  [Symbol.dispose](): void;
}

/** A `Tokenizer` in the worker. */
export interface RemoteTokenizer
  extends RemoteThing,
    Later<Tokenizer<string>, (typeof COUNTING)[number] | "countBlob">,
    Pick<
      Tokenizer<string>,
      "name" | "basis" | "engine" | "assumption" | "vocabSize" | "specials" | "hasBorders"
    > {
  /** Returns a text under edit that holds `text`, which is counted in slices. */
  live(text?: string, options?: SliceOptions): Promise<RemoteLive>;
}

/** A text in the worker. What it says without being asked is as the worker said it last; when it is disposed, that throws. */
interface RemoteText extends RemoteThing {
  /** How many UTF-16 code units the text has. */
  readonly length: number;
  /** The text, of which the page keeps a copy: linear. */
  readonly text: string;
}

/** A `LiveText` in the worker. */
export interface RemoteLive
  extends RemoteText,
    TokenRange,
    Later<LiveText, (typeof ASKING | typeof EDITING)[number]> {}

/** A `Meter` in the worker. */
export interface RemoteMeter
  extends RemoteText,
    Pick<Meter, "model" | "nearest" | "ready" | "reading">,
    Later<Meter, (typeof METERING | typeof EDITING)[number] | "configure"> {}

/** How to connect. */
export interface ConnectOptions {
  /**
   * Makes the worker: one that runs `tokimeter/worker-main.js`, or imports it. Called again when the worker has died. If it
   * is left out, that file is started from beside this one.
   */
  readonly worker?: () => Worker;
}

/** The package in a worker. The functions need no `this`. */
export interface Remote extends RemoteThing {
  /** As `load` of the package. */
  readonly load: (name: string, options?: LoadOptions) => Promise<RemoteTokenizer>;
  /** As `loadJson` of the package. The page keeps the file, as a `Blob`. */
  readonly loadJson: (source: JsonSource, options?: LoadJsonOptions) => Promise<RemoteTokenizer>;
  /** As `estimate` of the package. */
  readonly estimate: (idOrEncoding: string) => Promise<RemoteTokenizer>;
  /** As `meter` of the package. */
  readonly meter: (id: string, options?: MeterOptions) => Promise<RemoteMeter>;
}

/**
 * Returns the package in a worker of its own, which starts with the first call. Every call settles. Errors are those of the
 * package, and `worker-failed`.
 *
 * A worker that dies is followed by another one, which is given the texts anew, and then the calls that had no answer. For that
 * the page keeps a copy of each text. A call on which four workers died rejects, and after five deaths in a row all of them do;
 * the next call tries again.
 *
 * A worker ends when all that is in it, and the way to ask it, was disposed or forgotten.
 */
export function connect({ worker }: ConnectOptions = {}): Remote {
  const link = new Link(worker ?? started);
  const tokenizer = async (
    method: string,
    args: readonly unknown[],
    watch: Watch,
  ): Promise<RemoteTokenizer> => {
    const [handle, about] = await link.make(recipeOf(method, args), watch);
    return tokenizerOf(link, handle, about as object);
  };
  const remote: Remote = {
    load: async (name, { signal, url } = {}) => tokenizer("load", [name, placed(url)], { signal }),
    loadJson: async (source, { signal, onProgress, ...options } = {}) => {
      const name = options.name ?? nameOf(source);
      const reading = source instanceof URL ? Promise.resolve(source.href) : blobOf(source, name);
      const content = await (signal ? untilAborted<string | Blob>(signal, name, reading) : reading);
      const watch = { signal, onProgress: onProgress as Watch["onProgress"] };
      return tokenizer("loadJson", [content, { ...options, name }], watch);
    },
    estimate: async (id) => tokenizer("estimate", [id, {}], {}),
    meter: async (id, options = {}) => {
      const recipe = new MeterRecipe(id, options);
      const [handle, about] = await link.make(recipe, { signal: options.signal });
      return meterOf(link, handle, recipe, about as Pick<Meter, "model" | "nearest">);
    },
    ...disposal(() => link.dispose()),
  };
  forgotten.register(remote, { link });
  return remote;
}

/**
 * How a tokenizer is made. A function apart, not an async one: in Firefox the closure would hold that function's promise, and so the
 * tokenizer, which then could not be forgotten.
 */
function recipeOf(method: string, args: readonly unknown[]): Recipe {
  return { method, args: () => args };
}

/** What is given back when the page forgets a thing. It must not lead to the thing itself. */
interface Held {
  readonly link: Link;
  readonly handle?: Handle;
}

const forgotten: FinalizationRegistry<Held> = new FinalizationRegistry<Held>(({ link, handle }) => {
  if (!handle?.isDisposed) link.release(handle);
});

function disposal(dispose: () => void): RemoteThing {
  return { dispose, [Symbol.dispose]: dispose };
}

type Method = (...args: unknown[]) => Promise<unknown>;

/** Gives a thing the methods of these names. */
function withMethods(
  thing: object,
  names: readonly string[],
  call: (name: string, args: unknown[]) => unknown,
): object {
  const methods: [string, Method][] = names.map((name) => [name, async (...args) => call(name, args)]);
  return Object.assign(thing, Object.fromEntries(methods));
}

function tokenizerOf(link: Link, handle: Handle, about: object): RemoteTokenizer {
  const thing = {
    ...about,
    live: async (text = "", { signal, onProgress }: SliceOptions = {}): Promise<RemoteLive> => {
      const recipe = new LiveRecipe(handle, text);
      const watch = { signal, onProgress: onProgress as Watch["onProgress"] };
      const [live] = await link.make(recipe, watch);
      return liveOf(link, live, recipe);
    },
    countBlob: async (blob: Blob, { signal, onProgress }: CountBlobOptions = {}): Promise<unknown> => {
      const watch = { signal, onProgress: onProgress as Watch["onProgress"] };
      return link.ask(handle, "countBlob", [blob, {}], { watch, owner: thing });
    },
    ...disposal(() => link.dispose(handle)),
  };
  withMethods(thing, COUNTING, (name, args) => link.ask(handle, name, args, { owner: thing }));
  forgotten.register(thing, { link, handle });
  return thing as unknown as RemoteTokenizer;
}

function liveOf(link: Link, handle: Handle, { kept }: LiveRecipe): RemoteLive {
  const state = (): TokenRange => known(link, handle, handle.state) as TokenRange;
  const text = (): Pieces => known(link, handle, kept);
  const thing = {
    get tokens(): number {
      return state().tokens;
    },
    get low(): number {
      return state().low;
    },
    get high(): number {
      return state().high;
    },
    get length(): number {
      return text().length;
    },
    get text(): string {
      return text().text;
    },
    ...disposal(() => link.dispose(handle)),
  };
  withMethods(thing, ASKING, (name, args) => link.ask(handle, name, args, { owner: thing }));
  withMethods(thing, EDITING, (name, args) => edited(link, handle, kept, thing, name, args));
  forgotten.register(thing, { link, handle });
  return thing as unknown as RemoteLive;
}

function meterOf(
  link: Link,
  handle: Handle,
  recipe: MeterRecipe,
  about: Pick<Meter, "model" | "nearest">,
): RemoteMeter {
  const { kept } = recipe;
  const text = (): Pieces => known(link, handle, kept);
  const thing = {
    ...about,
    ready: Promise.resolve(),
    get reading(): Reading {
      return known(link, handle, handle.state) as Reading;
    },
    get length(): number {
      return text().length;
    },
    get text(): string {
      return text().text;
    },
    configure: async (settings: MeterSettings): Promise<unknown> => {
      const change = { apply: () => recipe.configure(settings) };
      return link.ask(handle, "configure", [settings], { change, owner: thing });
    },
    ...disposal(() => link.dispose(handle)),
  };
  thing.ready = link.ask(handle, "ready", [], { owner: thing }).then(
    () => recipe.improved(),
    (error: unknown) => {
      if (!handle.isDisposed) throw error;
    },
  );
  // Whoever does not ask need not hear of it.
  thing.ready.catch(() => {});
  withMethods(thing, METERING, (name, args) => link.ask(handle, name, args, { owner: thing }));
  withMethods(thing, EDITING, (name, args) => edited(link, handle, kept, thing, name, args));
  forgotten.register(thing, { link, handle });
  return thing as unknown as RemoteMeter;
}

/** Returns what the page knows of a thing. @throws {TokimeterError} `disposed`. */
function known<T>(link: Link, handle: Handle, value: T): T {
  link.mustBeThere(handle);
  return value;
}

/** Asks for an edit, and keeps it when it was made. */
function edited(
  link: Link,
  handle: Handle,
  kept: Pieces,
  owner: object,
  name: string,
  args: unknown[],
): Promise<unknown> {
  const ask = (given: unknown[], apply: () => void, watch?: Watch): Promise<unknown> =>
    link.ask(handle, name, given, {
      owner,
      watch,
      change: { isEdit: true, isSliced: watch !== undefined, apply },
    });
  if (name === "update") {
    // As they are now: whoever hands them in may go on to use them.
    const edits = (args[0] as readonly Edit[]).map((edit) => ({ ...edit }));
    return ask([edits], () => kept.update(edits));
  }
  if (name === "reset") {
    const [text] = args as [string];
    return ask([text], () => kept.replace(0, kept.length, text));
  }
  const [from, to, insert, { signal, onProgress } = {}] = args as [number, number, string, SliceOptions?];
  const apply = (): void => kept.replace(from, to, insert);
  if (name === "replace") return ask([from, to, insert], apply);
  return ask([from, to, insert, {}], apply, { signal, onProgress: onProgress as Watch["onProgress"] });
}

/** How to make a text anew: from the copy that the page keeps. */
class LiveRecipe implements Recipe {
  readonly parent: Handle;
  readonly method = "liveAsync";
  readonly isEager = true;
  readonly kept: Pieces;

  constructor(parent: Handle, text: string) {
    this.parent = parent;
    this.kept = new Pieces(text);
  }

  args(): readonly unknown[] {
    return [this.kept.text, {}];
  }
}

/** How to make a meter anew: of the text and the settings as they are by then. */
class MeterRecipe implements Recipe {
  readonly method = "meter";
  readonly isEager = true;
  readonly kept: Pieces;
  readonly #id: string;
  #options: MeterOptions;
  #onReading: MeterOptions["onReading"];

  constructor(id: string, { signal: _signal, onReading, text = "", url, ...options }: MeterOptions) {
    this.#id = id;
    this.#options = { ...options, ...placed(url) };
    this.#onReading = onReading;
    this.kept = new Pieces(text);
  }

  args(): readonly unknown[] {
    return [this.#id, { ...this.#options, text: this.kept.text }];
  }

  onShown(reading: unknown): void {
    this.#onReading?.(reading as Reading);
  }

  configure(settings: MeterSettings): void {
    this.#options = { ...this.#options, ...settings };
  }

  /** It shows no estimate any more, and nothing that nobody has asked for. */
  improved(): void {
    this.#options = { ...this.#options, instant: false };
    this.#onReading = undefined;
  }
}

/** Returns the address of a vocabulary as the worker, which stands elsewhere, finds it. */
function placed(url: string | URL | undefined): { url?: string } {
  return url === undefined ? {} : { url: new URL(url, globalThis.document?.baseURI).href };
}

/** Returns a file that crosses without a copy, however often. */
async function blobOf(source: Exclude<JsonSource, URL>, name: string): Promise<Blob> {
  if (source instanceof Blob) return source;
  const bytes = await bytesOf(source, name);
  mustNotBeLarge(name, bytes.length);
  return new Blob([bytes]);
}

/** The part of Trusted Types that is used. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

interface Policy {
  createScriptURL(url: string): unknown;
}

let policy: Policy | undefined;

/**
 * Starts the worker's file. Bundlers find it by this very expression, and page policies that require Trusted Types want another
 * one; so `Worker` is, for this expression only, one that has the address blessed by the policy `tokimeter`.
 */
function started(): Worker {
  const scope = globalThis as unknown as { Worker?: typeof Worker; trustedTypes?: TrustedTypes };
  const Plain = scope.Worker;
  if (!Plain) {
    throw new TokimeterError(
      "worker-failed",
      "there are no workers here: use load and meter of tokimeter itself, or say how to make one: connect({ worker })",
    );
  }
  if (scope.trustedTypes) {
    policy ??= scope.trustedTypes.createPolicy("tokimeter", { createScriptURL: (url) => url });
    const blessed = policy;
    scope.Worker = class extends Plain {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(blessed.createScriptURL(String(url)) as string, options);
      }
    };
  }
  try {
    return new Worker(new URL("./worker-main.js", import.meta.url), { type: "module" });
  } finally {
    scope.Worker = Plain;
  }
}
