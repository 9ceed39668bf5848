/** The table that compares encodings, and the ticks that choose them. While the reader types, only figures change. */
import { type EncodingName, encodingInfo, encodings } from "tokimeter";
import { element, make, setAttribute, setText } from "./elements.ts";
import { basisOf, shortNameOf, titleOf, type VocabularyName } from "./files.ts";
import type { Locale, Messages } from "./i18n/index.ts";
import { byVendor } from "./picker.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What stands where a number will be. */
const PENDING = "…";

export interface Row {
  readonly vocabulary: Vocabulary;
  /** Absent while it is not counted. */
  readonly tokens?: number;
}

export interface CompareListener {
  ticked(encoding: EncodingName, isTicked: boolean): void;
  retried(encoding: VocabularyName): void;
}

export class CompareView {
  readonly #listener: CompareListener;
  readonly #rows: HTMLElement = element("compare-rows");
  readonly #shown: Map<VocabularyName, RowView> = new Map();
  readonly #sizes: Map<EncodingName, HTMLElement> = new Map();

  constructor(ticked: readonly EncodingName[], listener: CompareListener) {
    this.#listener = listener;
    const groups = [...byVendor(encodings.map(encodingInfo))].map(([vendor, infos]) =>
      make(
        "fieldset",
        { class: "ticks" },
        make("legend", {}, vendor),
        ...infos.map(({ name }) => this.#option(name, ticked.includes(name))),
      ),
    );
    element("compare-options").append(...groups);
  }

  show(rows: readonly Row[], locale: Locale): void {
    const known = rows.flatMap(({ tokens }) => tokens ?? []);
    const scale = { fewest: Math.min(...known), most: Math.max(...known) };
    const views = rows.map((row) => {
      const view = this.#viewOf(row.vocabulary.encoding);
      view.show(row, scale, locale);
      return view.element;
    });
    const isSame = views.length === this.#rows.children.length;
    if (!isSame || views.some((view, at) => view !== this.#rows.children[at])) {
      this.#rows.replaceChildren(...views);
    }
  }

  setLocale({ messages }: Locale): void {
    for (const [name, size] of this.#sizes) {
      setText(size, messages.compareSize(sizeOf(name)));
    }
  }

  #viewOf(encoding: VocabularyName): RowView {
    const known = this.#shown.get(encoding);
    if (known) return known;
    const view = new RowView(encoding, () => this.#listener.retried(encoding));
    this.#shown.set(encoding, view);
    return view;
  }

  #option(name: EncodingName, isTicked: boolean): HTMLElement {
    const box = make("input", { type: "checkbox", value: name });
    const size = make("span", { class: "note" });
    box.checked = isTicked;
    box.addEventListener("change", () => this.#listener.ticked(name, box.checked));
    this.#sizes.set(name, size);
    return make("label", { class: "check" }, box, " ", encodingInfo(name).title, " ", size);
  }
}

class RowView {
  readonly element: HTMLElement;
  readonly #encoding: VocabularyName;
  readonly #note: HTMLElement = make("span", { class: "compare-note" });
  readonly #retry: HTMLElement = make("button", { type: "button", class: "compare-retry" });
  readonly #bar: HTMLMeterElement = make("meter", { "aria-hidden": "true", min: "0", max: "1" });
  readonly #tokens: HTMLElement = make("td", { class: "compare-tokens" });
  readonly #times: HTMLElement = make("td", {});

  constructor(encoding: VocabularyName, retry: () => void) {
    this.#encoding = encoding;
    this.#retry.addEventListener("click", retry);
    this.element = make(
      "tr",
      { "data-encoding": encoding },
      make(
        "th",
        { scope: "row" },
        make("span", { class: "compare-title" }, titleOf(encoding)),
        " ",
        this.#note,
        this.#retry,
      ),
      make("td", { class: "compare-bar" }, this.#bar),
      this.#tokens,
      this.#times,
    );
  }

  show(
    { vocabulary, tokens }: Row,
    scale: { fewest: number; most: number },
    { format, messages }: Locale,
  ): void {
    const { kind } = vocabulary;
    setText(this.#note, this.#noteOf(kind, messages));
    setAttribute(this.element, "data-kind", kind);
    this.#retry.hidden = kind !== "failed";
    setText(this.#retry, messages.retry);
    setText(this.#tokens, tokens === undefined ? (kind === "failed" ? "—" : PENDING) : format.count(tokens));
    setAttribute(this.#tokens, "data-value", tokens?.toString());
    const isRatio = tokens !== undefined && scale.fewest > 0;
    setText(this.#times, isRatio ? format.times(tokens / scale.fewest) : "—");
    this.#bar.value = isRatio ? tokens / scale.most : 0;
  }

  #noteOf(kind: Vocabulary["kind"], messages: Messages): string {
    if (kind === "loading") return messages.compareLoading;
    if (kind === "failed") return messages.compareFailed;
    return messages.compareBasis(shortNameOf(this.#encoding), basisOf(this.#encoding));
  }
}

/** Returns the bytes that are downloaded for an encoding. */
function sizeOf(name: EncodingName): number {
  const { bytes = 0, base } = encodingInfo(name);
  return bytes + (base ? sizeOf(base) : 0);
}
