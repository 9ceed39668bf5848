/** The price list of the chosen model: per million tokens in both currencies, its steps, its source and its day. */
import type { Catalogue, Model, Price, Rates } from "./catalogue.ts";
import { byId, element, make, setNote } from "./elements.ts";
import type { Locale } from "./i18n/index.ts";
import { exact, inYuan, ratesFor } from "./money.ts";

export interface PriceList {
  readonly model: Model;
  /** Decides which step applies now; absent while nothing can be counted. */
  readonly tokens?: number;
  readonly cnyPerUsd: string;
}

export class PricesView {
  readonly #catalogue: Catalogue;
  readonly #table: HTMLTableElement = byId("prices", HTMLTableElement);
  #shown = "";

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  show(list: PriceList, locale: Locale): void {
    const { price } = list.model;
    const current = price && list.tokens !== undefined ? ratesFor(price, list.tokens) : undefined;
    const above = price?.steps.findLast((step) => step === current)?.above;
    const shown = JSON.stringify([list.model.id, current, above, list.cnyPerUsd, locale.language]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#showTable(list, price, current, locale);
    this.#showSource(list.model, locale);
    this.#showNotes(list.model, locale);
  }

  #showTable(list: PriceList, price: Price | undefined, current: Rates | undefined, locale: Locale): void {
    const { messages } = locale;
    this.#table.hidden = price === undefined;
    if (price === undefined) return;
    const head = (text: string): HTMLElement => make("th", { scope: "col" }, text);
    const blocks = [{ rates: price as Rates, title: steppedTitle(price, locale) }].concat(
      price.steps.map((step) => ({ rates: step, title: messages.priceAbove(step.above) })),
    );
    this.#table.replaceChildren(
      make("caption", {}, messages.pricesCaption(list.model.name)),
      make("thead", {}, make("tr", {}, head(messages.priceKind), head(messages.usd), head(messages.cny))),
      ...blocks.map(({ rates, title }) => {
        const marked = price.steps.length > 0 && rates === current;
        const body = make("tbody", marked ? { class: "current" } : {});
        if (title !== "") {
          const cell = make("th", { scope: "rowgroup", colspan: "3" }, title);
          if (marked) cell.append(" ", make("span", { class: "chip" }, messages.priceNow));
          body.append(make("tr", { class: "step" }, cell));
        }
        body.append(
          this.#row(messages.priceInput, rates.input, list, locale),
          this.#row(messages.priceCached, rates.cached, list, locale),
          this.#row(messages.priceOutput, rates.output, list, locale),
        );
        return body;
      }),
    );
  }

  #row(name: string, usd: string | undefined, list: PriceList, { format, messages }: Locale): HTMLElement {
    const dollars = usd === undefined ? undefined : exact(usd);
    const yuan = usd === undefined ? undefined : inYuan(usd, list.cnyPerUsd);
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, name),
      make("td", {}, dollars === undefined ? messages.unknown : format.price(dollars, "USD")),
      make("td", {}, yuan === undefined ? messages.unknown : format.price(yuan, "CNY")),
    );
  }

  #showSource({ price, vendor, isFamily }: Model, { messages }: Locale): void {
    const page = element("vendor-page");
    const source = price && this.#catalogue.sources[price.source];
    if (source === undefined) {
      setNote(element("price-note"), isFamily ? messages.noOnePrice : messages.noPrice);
      page.hidden = true;
      return;
    }
    setNote(
      element("price-note"),
      messages.priceSource({
        name: `${source.name} ${source.version}`,
        date: source.date,
        dateIs: source.dateIs,
      }),
    );
    page.hidden = price?.url === undefined;
    if (price?.url !== undefined) {
      page.replaceChildren(make("a", { href: price.url, rel: "noreferrer" }, messages.vendorPage(vendor)));
    }
  }

  #showNotes(model: Model, { messages }: Locale): void {
    setNote(
      element("assumed-note"),
      model.assumption === undefined ? undefined : messages.assumedNote(model.encoding),
    );
    const today = new Date().toISOString().slice(0, "2026-11-24".length);
    const { retires } = model;
    if (retires === undefined) setNote(element("retires"), undefined);
    else setNote(element("retires"), retires > today ? messages.retires(retires) : messages.retired(retires));
  }
}

function steppedTitle(price: Price, { messages }: Locale): string {
  const [first] = price.steps;
  return first === undefined ? "" : messages.priceBelow(first.above);
}
