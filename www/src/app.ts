/**
 * The page's state and its flow: an edit becomes a count, a count becomes a reading, a reading is shown and, where
 * a threshold was crossed, spoken. The text is taken up at most once per frame.
 */
import type { EncodingName, Tokenizer } from "tokimeter";
import { rate } from "tokimeter/models";
import { Announcer } from "./announcer.ts";
import { Backdrop } from "./backdrop.ts";
import { fileModel, type Model } from "./catalogue.ts";
import { CompareView, type Row } from "./compare-view.ts";
import { Comparison } from "./comparison.ts";
import { CountedText } from "./counted-text.ts";
import { revise } from "./difference.ts";
import { byId, element, setNote } from "./elements.ts";
import { basisOf, giveFile, loadVocabulary, shortNameOf, type VocabularyName } from "./files.ts";
import type { Language } from "./format.ts";
import { type Basis, type Locale, localeOf } from "./i18n/index.ts";
import { showLabels } from "./labels.ts";
import { type Budget, budgetOf, type Level, type Reading, read } from "./meter.ts";
import { MeterView } from "./meter-view.ts";
import { inputCost } from "./money.ts";
import { PricesView } from "./prices-view.ts";
import { type Settings, saveSettings, type Theme } from "./settings.ts";
import { SettingsForm } from "./settings-form.ts";
import { TextCounter } from "./text-stats.ts";
import { type Vocabulary, VocabularyLoader } from "./vocabulary.ts";

/** Code units beyond which the mirror is given up: laying a text out twice has its price. */
const MIRROR_LIMIT = 300_000;

export class App {
  #models: readonly Model[];
  readonly #field: HTMLTextAreaElement = byId("text", HTMLTextAreaElement);
  readonly #stage: HTMLElement = element("stage");
  readonly #backdrop: Backdrop = new Backdrop(this.#stage, element("mirror"));
  readonly #meter: MeterView = new MeterView();
  readonly #prices: PricesView = new PricesView();
  readonly #form: SettingsForm;
  readonly #announcer: Announcer = new Announcer(element("announce"));
  readonly #loader: VocabularyLoader;
  readonly #counted: CountedText = new CountedText({
    progressed: () => this.#refresh(),
    settled: () => {
      this.#paint();
      this.#show();
    },
    failed: (encoding, error) => this.#loader.reject(encoding, error),
  });
  readonly #counter: TextCounter = new TextCounter(() => this.#show());
  readonly #comparison: Comparison = new Comparison((vocabulary) => this.#setCompared(vocabulary));
  readonly #compare: CompareView;

  #settings: Settings;
  #locale: Locale;
  #model: Model;
  #vocabulary: Vocabulary;
  #colours = true;
  /** The text as it was taken up last. */
  #text = "";
  #isEdited = false;
  #level: Level = "ok";
  #frame = 0;

  constructor(models: readonly Model[], model: Model, settings: Settings) {
    this.#models = models;
    this.#model = model;
    this.#settings = settings;
    this.#locale = localeOf(settings.language);
    this.#vocabulary = { kind: "loading", encoding: model.encoding };
    this.#form = new SettingsForm(rate, () => this.#show());
    this.#loader = new VocabularyLoader((vocabulary) => this.#setVocabulary(vocabulary));
    this.#compare = new CompareView(settings.compared, {
      ticked: (encoding, isTicked) => this.#tick(encoding, isTicked),
      retried: (encoding) => {
        if (encoding === this.#model.encoding) this.retry();
        else this.#comparison.tick(encoding);
        this.#field.focus({ preventScroll: true });
      },
    });
    this.#field.addEventListener("input", () => this.#edited());
    this.setTheme(settings.theme);
    this.setLanguage(settings.language);
    this.setModel(model.id);
    // The chosen model's count comes first.
    const first = loadVocabulary(model.encoding).catch(() => {});
    for (const encoding of settings.compared) this.#comparison.tick(encoding, first);
    this.#edited();
  }

  get messages(): Locale["messages"] {
    return this.#locale.messages;
  }

  get theme(): Theme {
    return this.#settings.theme;
  }

  /** Changes the model; the text stays, and the other vocabulary loads if it is not here yet. */
  setModel(id: string): void {
    this.#model = this.#models.find((model) => model.id === id) ?? this.#model;
    this.#save({ model: this.#model.id });
    this.#form.setModel(this.#model);
    this.#showStage();
    this.#loader.want(this.#model.encoding);
    this.#show();
  }

  /** Counts by a tokenizer file of the reader's, which becomes a choice of the picker. */
  useFile(file: File): Model {
    const model = fileModel(giveFile(file), file.name);
    this.#models = [...this.#models.filter(({ id }) => id !== model.id), model];
    this.#loader.forget(model.encoding);
    this.setModel(model.id);
    return model;
  }

  setLanguage(language: Language): void {
    this.#locale = localeOf(language);
    this.#save({ language });
    showLabels(this.#locale);
    this.#form.setLocale(this.#locale);
    this.#compare.setLocale(this.#locale);
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
    this.#showStage();
    this.#paint();
  }

  retry(): void {
    this.#loader.retry();
  }

  /** Stops a long count. */
  cancel(): void {
    this.#counted.stop();
    this.#paint();
    this.#show();
    this.#announcer.stopped(this.#locale.messages.stopped);
  }

  /** Counts after all. */
  resume(): void {
    this.#counted.resume();
    this.#paint();
    this.#show();
  }

  #save(change: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...change };
    saveSettings(this.#settings);
  }

  #setVocabulary(vocabulary: Vocabulary): void {
    this.#vocabulary = vocabulary;
    this.#counted.use(vocabulary, this.#others());
    this.#paint();
    this.#show();
    if (vocabulary.kind === "failed") {
      this.#announcer.stopped(this.#locale.messages.failed(shortNameOf(vocabulary.encoding)));
    }
  }

  #tick(encoding: EncodingName, isTicked: boolean): void {
    const others = this.#settings.compared.filter((name) => name !== encoding);
    this.#save({ compared: isTicked ? [...others, encoding] : others });
    if (isTicked) {
      this.#comparison.tick(encoding);
      return;
    }
    this.#comparison.untick(encoding);
    this.#counted.compare(this.#others());
    this.#show();
  }

  #setCompared(vocabulary: Vocabulary): void {
    this.#counted.compare(this.#others());
    this.#show();
    if (vocabulary.kind === "failed") {
      this.#announcer.stopped(this.#locale.messages.failed(shortNameOf(vocabulary.encoding)));
    }
  }

  /** What counts besides the chosen model's own encoding. */
  #others(): ReadonlyMap<VocabularyName, Tokenizer<string>> {
    return new Map([...this.#comparison.tokenizers].filter(([name]) => name !== this.#model.encoding));
  }

  /** Takes up the text as it now is, in the next frame. */
  #edited(): void {
    this.#isEdited = true;
    this.#refresh();
  }

  #refresh(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#isEdited) this.#takeText();
      this.#show();
    });
  }

  #takeText(): void {
    this.#isEdited = false;
    const revision = revise(this.#text, this.#field.value);
    if (revision.text === revision.before) return;
    this.#text = revision.text;
    this.#showStage();
    this.#counted.take(revision);
    this.#counter.take(revision);
    this.#paint();
  }

  #showStage(): void {
    const mirrored = this.#isMirrored();
    this.#stage.dataset.mirrored = String(mirrored);
    this.#backdrop.setText(mirrored ? this.#text : "");
    const { messages } = this.#locale;
    const unknown = this.#colours && this.#basis === "calibrated" ? messages.coloursUnknown : undefined;
    const missing = Backdrop.isSupported() ? unknown : messages.coloursMissing;
    setNote(
      element("colours-note"),
      this.#colours && !mirrored ? messages.coloursTooLong(MIRROR_LIMIT) : missing,
    );
  }

  #isMirrored(): boolean {
    return this.#text.length <= MIRROR_LIMIT;
  }

  #paint(): void {
    const { kind } = this.#counted.count;
    // Until a long count has ended the boxes that are there move along with the text.
    if (this.#colours && kind === "counting") return;
    this.#backdrop.paint(this.#colours && kind === "exact" ? this.#counted : undefined);
  }

  #show(): void {
    const { count } = this.#counted;
    const { stats } = this.#counter;
    const { cnyPerUsd } = this.#form;
    const tokens = count.kind === "exact" ? count.tokens : undefined;
    const cost = tokens === undefined ? undefined : inputCost(this.#model, tokens, cnyPerUsd);
    const budget = budgetOf(this.#model, this.#form.reserve);
    const reading = this.#read(tokens, budget);
    this.#meter.show(
      {
        vocabulary: this.#vocabulary,
        basis: this.#basis,
        isFamily: this.#model.isFamily ?? false,
        count,
        ...(cost === undefined ? {} : { cost }),
        ...(budget === undefined ? {} : { budget }),
        ...(reading === undefined ? {} : { reading }),
        ...(stats === undefined ? {} : { stats }),
      },
      this.#locale,
    );
    this.#prices.show(
      { model: this.#model, cnyPerUsd, ...(tokens === undefined ? {} : { tokens }) },
      this.#locale,
    );
    this.#compare.show(this.#rows(), this.#locale);
  }

  get #basis(): Basis {
    return this.#model.assumption === undefined ? basisOf(this.#model.encoding) : "assumed";
  }

  /** The chosen model's encoding, and those that are ticked. */
  #rows(): Row[] {
    const others = this.#comparison.ticked.filter(({ encoding }) => encoding !== this.#model.encoding);
    return [this.#vocabulary, ...others].map((vocabulary) => {
      const tokens = this.#counted.tokensIn(vocabulary.encoding);
      return { vocabulary, ...(tokens === undefined ? {} : { tokens }) };
    });
  }

  #read(tokens: number | undefined, budget: Budget | undefined): Reading | undefined {
    if (budget === undefined || tokens === undefined) {
      this.#announcer.wait();
      return undefined;
    }
    const reading = read(tokens, budget, this.#level);
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
