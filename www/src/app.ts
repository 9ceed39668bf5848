/**
 * The page's state and its flow: an edit becomes a count, a count becomes a reading, a reading is shown and, where
 * a threshold was crossed, spoken. A refresh runs at most once per frame; counts of long texts leave the browser
 * time between them, so that typing stays ahead of counting.
 */
import { Announcer } from "./announcer.ts";
import { Backdrop } from "./backdrop.ts";
import { boxEnds } from "./boxes.ts";
import type { Catalogue, Model } from "./catalogue.ts";
import { byId, element, setNote } from "./elements.ts";
import type { Language } from "./format.ts";
import { type Locale, localeOf } from "./i18n/index.ts";
import { showLabels } from "./labels.ts";
import { budgetOf, type Level, type Reading, read } from "./meter.ts";
import { MeterView } from "./meter-view.ts";
import { inputCost } from "./money.ts";
import { PricesView } from "./prices-view.ts";
import { type Settings, saveSettings, type Theme } from "./settings.ts";
import { SettingsForm } from "./settings-form.ts";
import { TextCounter, type TextStats } from "./text-stats.ts";
import { type Vocabulary, VocabularyLoader } from "./vocabulary.ts";

/** Code units beyond which the mirror is given up: laying a text out twice has its price. */
const MIRROR_LIMIT = 300_000;
/** A count that took t is followed by at least `REST` × t without one. */
const REST = 2;
const FRAME_MS = 16;
const STATS_PAUSE_MS = 250;

export class App {
  readonly #catalogue: Catalogue;
  readonly #text: HTMLTextAreaElement = byId("text", HTMLTextAreaElement);
  readonly #stage: HTMLElement = element("stage");
  readonly #backdrop: Backdrop = new Backdrop(this.#stage, element("mirror"));
  readonly #meter: MeterView = new MeterView();
  readonly #prices: PricesView;
  readonly #form: SettingsForm;
  readonly #announcer: Announcer = new Announcer(element("announce"));
  readonly #loader: VocabularyLoader;
  readonly #counter: TextCounter = new TextCounter();

  #settings: Settings;
  #locale: Locale;
  #model: Model;
  #vocabulary: Vocabulary;
  #colours = true;
  #tokens: number | undefined;
  #stats: TextStats | undefined;
  #level: Level = "ok";
  #frame = 0;
  #rest = 0;
  #restUntil = 0;
  #statsTimer = 0;

  constructor(catalogue: Catalogue, model: Model, settings: Settings) {
    this.#catalogue = catalogue;
    this.#model = model;
    this.#settings = settings;
    this.#locale = localeOf(settings.language);
    this.#vocabulary = { kind: "loading", encoding: model.encoding };
    this.#prices = new PricesView(catalogue);
    this.#form = new SettingsForm(catalogue.rate, () => this.#show());
    this.#loader = new VocabularyLoader((vocabulary) => this.#setVocabulary(vocabulary));
    this.#text.addEventListener("input", () => this.refresh());
    this.setTheme(settings.theme);
    this.setLanguage(settings.language);
    this.setModel(model.id);
    this.refresh();
  }

  get theme(): Theme {
    return this.#settings.theme;
  }

  /** Changes the model; the text stays, and the other vocabulary loads if it is not here yet. */
  setModel(id: string): void {
    this.#model = this.#catalogue.models.find((model) => model.id === id) ?? this.#model;
    this.#save({ model: this.#model.id });
    this.#form.setModel(this.#model);
    this.#loader.want(this.#model.encoding);
    this.#show();
  }

  setLanguage(language: Language): void {
    this.#locale = localeOf(language);
    this.#save({ language });
    showLabels(this.#locale);
    this.#form.setLocale(this.#locale);
    this.setTheme(this.theme);
    this.#showStage();
    this.#show();
  }

  setTheme(theme: Theme): void {
    this.#save({ theme });
    document.documentElement.dataset.theme = theme;
    element("theme").textContent = this.#locale.messages.theme(theme);
  }

  setColours(on: boolean): void {
    this.#colours = on;
    this.refresh();
  }

  retry(): void {
    this.#loader.retry();
  }

  /** Takes up the text as it now is, in the next frame. */
  refresh(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#refresh());
  }

  #save(change: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...change };
    saveSettings(this.#settings);
  }

  #setVocabulary(vocabulary: Vocabulary): void {
    this.#vocabulary = vocabulary;
    this.#tokens = undefined;
    if (vocabulary.kind === "ready") this.#count();
    else this.#backdrop.paint(undefined);
    this.#show();
    if (vocabulary.kind === "failed") {
      this.#announcer.failure(this.#locale.messages.failed(vocabulary.encoding));
    }
  }

  #refresh(): void {
    this.#frame = 0;
    this.#showStage();
    const wait = this.#restUntil - performance.now();
    window.clearTimeout(this.#rest);
    if (wait > FRAME_MS) this.#rest = window.setTimeout(() => this.refresh(), wait);
    else this.#count();
    this.#countWords();
    this.#show();
  }

  #showStage(): void {
    const mirrored = this.#isMirrored();
    this.#stage.dataset.mirrored = String(mirrored);
    this.#backdrop.setText(mirrored ? this.#text.value : "");
    const { messages } = this.#locale;
    const missing = Backdrop.isSupported() ? undefined : messages.coloursMissing;
    setNote(
      element("colours-note"),
      this.#colours && !mirrored ? messages.coloursTooLong(MIRROR_LIMIT) : missing,
    );
  }

  #isMirrored(): boolean {
    return this.#text.value.length <= MIRROR_LIMIT;
  }

  #count(): void {
    if (this.#vocabulary.kind !== "ready") return;
    const { encoding, tokenizer } = this.#vocabulary;
    const started = performance.now();
    try {
      if (this.#colours && this.#isMirrored() && Backdrop.isSupported()) {
        const spans = tokenizer.spans(this.#text.value);
        this.#tokens = spans.ids.length;
        this.#backdrop.setText(this.#text.value);
        this.#backdrop.paint(boxEnds(spans));
      } else {
        this.#tokens = tokenizer.count(this.#text.value);
        this.#backdrop.paint(undefined);
      }
    } catch (error) {
      this.#loader.reject(encoding, error);
    }
    const ended = performance.now();
    this.#restUntil = ended + REST * (ended - started);
  }

  #countWords(): void {
    window.clearTimeout(this.#statsTimer);
    this.#stats = this.#counter.quick(this.#text.value);
    if (this.#stats !== undefined) return;
    this.#statsTimer = window.setTimeout(() => {
      this.#stats = this.#counter.count(this.#text.value);
      this.#show();
    }, STATS_PAUSE_MS);
  }

  #show(): void {
    const tokens = this.#tokens;
    const { price } = this.#model;
    const { cnyPerUsd } = this.#form;
    const cost = price && tokens !== undefined ? inputCost(price, tokens, cnyPerUsd) : undefined;
    const reading = this.#read();
    this.#meter.show(
      {
        vocabulary: this.#vocabulary,
        assumed: this.#model.assumption !== undefined,
        ...(tokens === undefined ? {} : { tokens }),
        ...(cost === undefined ? {} : { cost }),
        ...(reading === undefined ? {} : { reading }),
        ...(this.#stats === undefined ? {} : { stats: this.#stats }),
      },
      this.#locale,
    );
    this.#prices.show(
      { model: this.#model, cnyPerUsd, ...(tokens === undefined ? {} : { tokens }) },
      this.#locale,
    );
  }

  #read(): Reading | undefined {
    const budget = budgetOf(this.#model, this.#form.reserve);
    if (budget === undefined || this.#tokens === undefined) return undefined;
    const reading = read(this.#tokens, budget, this.#level);
    this.#level = reading.level;
    this.#announcer.level(reading.level, () => this.#sentence(reading));
    return reading;
  }

  #sentence({ level, used, remaining }: Reading): string {
    const { messages } = this.#locale;
    switch (level) {
      case "ok":
        return messages.sayOk(remaining);
      case "near":
        return messages.sayNear(used, remaining);
      case "over":
        return messages.sayOver(-remaining);
    }
  }
}
