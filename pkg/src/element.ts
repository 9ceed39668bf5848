/**
 * `<token-meter>`: what a text area, an input or any other element holds, as tokens, money and room. Importing this module
 * defines the element.
 *
 * What is seen is silent to screen readers. The field is described by the meter, whose name is brought up to date while nobody
 * types, and one polite live region speaks when a level is reached and typing has paused.
 *
 * @module
 */

import { type Attached, attach, difference } from "./attach.js";
import { descriptionOf, levelOf, noteOf, type Shown, View } from "./element-view.js";
import { ENGLISH, formats, languageIn, WORDS, type Words } from "./element-words.js";
import { Feed, type MakeMeter, type Metered, type MeterHostOptions } from "./feed.js";
import type { MeterSettings, Reading } from "./meter.js";
import type { Currency } from "./models.js";

export type { Formats, Words } from "./element-words.js";

/** How long typing has paused, in milliseconds, before a level is spoken of. */
const PAUSE = 1000;

/** The properties that mirror attributes, and what these are. */
const MIRRORED = {
  htmlFor: "text",
  model: "text",
  currency: "text",
  context: "number",
  cached: "number",
  reserve: "number",
  near: "number",
  batch: "flag",
  worker: "flag",
} as const;

const PROPERTIES = Object.keys(MIRRORED) as (keyof typeof MIRRORED)[];

const attributeOf = (property: string): string => (property === "htmlFor" ? "for" : property);

/** On a server there are no elements; the module can be imported there all the same. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? class {};

let made = 0;
let remote: Promise<MakeMeter> | undefined;

/** Meters of the one worker of the page. */
const inWorker: MakeMeter = async (model, options) => {
  remote ??= import("./worker.js").then(
    ({ connect }) => connect().meter,
    (error: unknown) => {
      remote = undefined;
      throw error;
    },
  );
  return (await remote)(model, options);
};

/**
 * A meter in a page. Each attribute has a property of the same name (`for`: `htmlFor`). What is left out of `for` and `target` is
 * counted from `text`.
 *
 * Fires `reading`, a `CustomEvent` whose `detail` is the `Reading`; it bubbles, also out of shadow trees.
 *
 * It takes the font and the ink of the page. Custom properties: `--token-meter-` and `ok`, `near`, `over`, `track`, `background`,
 * `border`, `radius`, `padding`. Parts: `meter`, in which are `shown` (with `row`, `tokens`, `unit`, `basis`, `cost`, `terms`, `bar`,
 * `context`, `fill`, `level`, `room`, `price`), `note` and `retry`.
 */
export class TokenMeterElement extends Base {
  /** What the meter says, by the first part of a language's tag; add to it, and what the page is in is found by `lang`. */
  static readonly languages: { [language: string]: Words } = WORDS;
  /** @internal What the browser is to tell it of. */
  static readonly observedAttributes: readonly string[] = [...PROPERTIES.map(attributeOf), "lang"];

  /** The id of the field. It may come later than the meter, and be replaced. */
  declare htmlFor: string;
  /** The id of the model, as people write it. */
  declare model: string;
  /** `"USD"` or `"CNY"`; what the vendor states first if it is left out. */
  declare currency: string;
  /** Tokens of all that is sent besides the text. */
  declare context: number | undefined;
  /** How many of these are read from the prompt cache. */
  declare cached: number | undefined;
  /** Tokens that are kept free for the reply. */
  declare reserve: number | undefined;
  /** The share of the room from which it is nearly full: 0.8 if it is left out. */
  declare near: number | undefined;
  /** Whether the request is made in a batch. */
  declare batch: boolean;
  /** Whether a worker counts, one for all meters of the page: also where the page's policy has no `'wasm-unsafe-eval'`. */
  declare worker: boolean;

  readonly #internals: ElementInternals = this.attachInternals();
  readonly #view: View = new View(this.attachShadow({ mode: "open" }), () => this.#retry());
  readonly #observer: MutationObserver = new MutationObserver(() => this.#find());
  #target: HTMLElement | null | undefined;
  #text = "";
  #field: HTMLElement | undefined;
  #feed: Feed | undefined;
  #release = new AbortController();
  #attached: Attached | undefined;
  #reading: Reading | undefined;
  /** From when it is in a document, and the properties are its own. */
  #isLive = false;
  #isChanged = false;
  #isWarned = false;
  #error: unknown;
  #spoken: NonNullable<Reading["level"]> = "ok";
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The field that is counted; set, it is used in the place of the one that `for` names. */
  get target(): HTMLElement | undefined {
    return this.#target ?? this.#field;
  }

  /** Counts that field in the place of the one that `for` names; with `undefined` or `null`, the one that `for` names again. */
  set target(field: HTMLElement | null | undefined) {
    this.#target = field;
    this.#watch();
  }

  /** The text that is counted where there is no field. */
  get text(): string {
    return this.#text;
  }

  /** Counts this text, where there is no field. */
  set text(text: string) {
    const before = this.#text;
    this.#text = String(text);
    if (!this.#field) this.#feed?.edit(difference(before, this.#text));
  }

  /** What is shown, when there is something. */
  get reading(): Reading | undefined {
    return this.meter && this.#reading;
  }

  /** Why there is no reading, or only an estimated one, though a better one was wanted. */
  get error(): unknown {
    return this.#error;
  }

  /** What counts, when it is there. */
  get meter(): Metered | undefined {
    return this.#feed?.meter;
  }

  /** @internal */
  connectedCallback(): void {
    this.#internals.role = "group";
    // What was set before the element was defined hides the properties.
    for (const name of [...PROPERTIES, "target", "text"] as const) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      Object.assign(this, { [name]: value });
    }
    this.#isLive = true;
    this.#watch();
  }

  /** @internal */
  disconnectedCallback(): void {
    this.#isLive = false;
    this.#observer.disconnect();
    this.#detach();
  }

  /** @internal */
  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.#isLive) return;
    // The feed keeps a currency that is set until there is another one.
    if (name === "worker" || (name === "currency" && !currencyIn(this.currency))) this.#detach();
    if (name === "for") this.#watch();
    else if (name === "lang") this.#show();
    else if (!this.#feed) this.#find();
    else if (!this.#isChanged) {
      this.#isChanged = true;
      queueMicrotask(() => this.#configure());
    }
  }

  /** Finds the field now, and whenever another element may have its id. */
  #watch(): void {
    this.#observer.disconnect();
    if (!this.#isLive) return;
    if (!this.#target && this.hasAttribute("for")) {
      this.#observer.observe(this.#root, { childList: true, subtree: true, attributeFilter: ["id"] });
    }
    this.#find();
  }

  /** Begins with the field, if it is another one. */
  #find(): void {
    const id = this.#target ? null : this.getAttribute("for");
    const field = this.#target ?? this.#root.getElementById(this.htmlFor) ?? undefined;
    if (this.#feed && field === this.#field) return;
    this.#detach();
    if (id === null || field) this.#attach(field);
    else this.#miss(id);
    this.#show();
  }

  /** Warns once, and not before the page is there. */
  #miss(id: string): void {
    const warn = (): void => {
      if (this.#isWarned || this.#feed || !this.#isLive) return;
      this.#isWarned = true;
      console.warn(`<token-meter for="${id}">: no element has this id; the meter begins when one comes.`);
    };
    if (document.readyState === "loading")
      document.addEventListener("DOMContentLoaded", warn, { once: true });
    else setTimeout(warn);
  }

  #attach(field: HTMLElement | undefined): void {
    const options: MeterHostOptions = {
      ...this.#settings(),
      model: this.model,
      ...(this.worker && { meter: inWorker }),
      onReading: (reading) => {
        this.#reading = reading;
        this.#show();
        this.#hear(reading);
        this.dispatchEvent(new CustomEvent("reading", { detail: reading, bubbles: true, composed: true }));
      },
      onError: (error) => {
        this.#error = error;
        this.#show();
        this.#view.say(noteOf(this.#shown));
      },
    };
    this.#field = field;
    this.#attached = field && attach(field, options);
    this.#feed = this.#attached?.feed ?? new Feed(() => this.#text, options);
    this.#release = new AbortController();
    const { signal } = this.#release;
    field?.addEventListener("blur", () => this.#name(), { signal });
    if (field?.getRootNode() === this.#root) this.#describe(field);
  }

  #detach(): void {
    this.#release.abort();
    this.#attached?.();
    this.#feed?.dispose();
    this.#attached = undefined;
    this.#feed = undefined;
    this.#field = undefined;
    this.#error = undefined;
    this.#spoken = "ok";
    clearTimeout(this.#timer);
  }

  #retry(): void {
    this.#error = undefined;
    this.#view.say("");
    this.#feed?.retry();
    this.#show();
  }

  /** Takes over the attributes, of which several may have changed at once. */
  #configure(): void {
    this.#isChanged = false;
    const feed = this.#feed;
    if (!feed) return;
    const hasFailed = this.#error !== undefined;
    this.#error = undefined;
    feed.configure(this.#settings());
    feed.setModel(this.model);
    if (hasFailed) feed.retry();
    this.#show();
  }

  /** Returns the settings of the attributes; what cannot be is left out, with a warning. */
  #settings(): MeterSettings {
    const currency = currencyIn(this.currency);
    const { context = 0, reserve = 0, near = 0.8, batch } = this;
    const cached = (this.cached ?? 0) > context ? undefined : this.cached;
    const taken = { currency, context: this.context, cached, reserve: this.reserve, near: this.near };
    for (const [name, value] of Object.entries(taken)) {
      const given = this.getAttribute(name);
      if (given && value === undefined)
        console.warn(`<token-meter>: ${name} cannot be "${given}"; it is left out.`);
    }
    return {
      ...(currency && { currency }),
      context,
      cached: cached ?? 0,
      reserveOutput: reserve,
      near,
      batch,
    };
  }

  get #root(): Document | ShadowRoot {
    return this.getRootNode() as Document | ShadowRoot;
  }

  get #shown(): Shown {
    const tag = this.closest("[lang]")?.getAttribute("lang") || document.documentElement.lang;
    const words = TokenMeterElement.languages[languageIn(tag)];
    return { words: words ?? ENGLISH, formats: formats(words ? tag : "en"), of: this };
  }

  #show(): void {
    this.#view.show(this.#shown);
    if (this.#root.activeElement !== this.#field) this.#name();
  }

  #name(): void {
    this.#internals.ariaLabel = descriptionOf(this.#shown);
  }

  /** Describes the field by the meter until it is detached. */
  #describe(field: HTMLElement): void {
    const own = this.id;
    this.id ||= `token-meter-${++made}`;
    const { id } = this;
    const others = (): string[] =>
      (field.getAttribute("aria-describedby") ?? "").split(/\s+/).filter((each) => each && each !== id);
    field.setAttribute("aria-describedby", [...others(), id].join(" "));
    this.#release.signal.addEventListener("abort", () => {
      const left = others().join(" ");
      if (left) field.setAttribute("aria-describedby", left);
      else field.removeAttribute("aria-describedby");
      if (!own && this.id === id) this.removeAttribute("id");
    });
  }

  /** Speaks, after a pause, if the level is then another than the one that was last spoken of. */
  #hear(reading: Reading): void {
    const { level, remaining = 0 } = reading;
    clearTimeout(this.#timer);
    if (!level || level === this.#spoken) return;
    this.#timer = setTimeout(() => {
      if (this.#attached?.isComposing) return this.#hear(reading);
      this.#spoken = level;
      const { words, formats } = this.#shown;
      this.#view.say(`${levelOf(words, reading)}: ${words.room(remaining, formats)}`);
    }, PAUSE);
  }
}

function currencyIn(text: string): Currency | undefined {
  return (["USD", "CNY"] as const).find((code) => code === text.toUpperCase());
}

function numberIn(name: string, text: string): number | undefined {
  const value = Number(text);
  const isWhole = Number.isInteger(value) && value < 2 ** 32;
  return text.trim() && value >= 0 && (name === "near" ? value <= 1 : isWhole) ? value : undefined;
}

for (const property of PROPERTIES) {
  const name = attributeOf(property);
  const kind = MIRRORED[property];
  Object.defineProperty(TokenMeterElement.prototype, property, {
    configurable: true,
    enumerable: true,
    get(this: TokenMeterElement) {
      if (kind === "flag") return this.hasAttribute(name);
      const text = this.getAttribute(name) ?? "";
      return kind === "number" ? numberIn(name, text) : text;
    },
    set(this: TokenMeterElement, value: unknown) {
      if (kind === "flag") this.toggleAttribute(name, Boolean(value));
      else if (value === undefined || value === null) this.removeAttribute(name);
      else this.setAttribute(name, String(value));
    },
  });
}

if (globalThis.customElements && !customElements.get("token-meter")) {
  customElements.define("token-meter", TokenMeterElement);
}

declare global {
  interface HTMLElementTagNameMap {
    "token-meter": TokenMeterElement;
  }
}
