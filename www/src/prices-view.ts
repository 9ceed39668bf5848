/** The price list of the chosen model: per million tokens in both currencies, its steps, its sources and their days. */
import type { Currency, Rates, Source } from "tokimeter/models";
import type { Model } from "./catalogue.ts";
import { byId, element, make, setNote } from "./elements.ts";
import { shortNameOf } from "./files.ts";
import type { Locale, SourceNote } from "./i18n/index.ts";
import { convertedRate, type Decimal, type Pair, rateDecimal, ratesFor, statedPrices } from "./money.ts";

/** Days after which a price is called old. */
const OLD = 120;
const DAY = 86_400_000;
const CURRENCIES: readonly Currency[] = ["USD", "CNY"];

export interface PriceList {
  readonly model: Model;
  /** Decides which step applies now; absent while nothing can be counted. */
  readonly tokens?: number;
  readonly cnyPerUsd: string;
}

export class PricesView {
  readonly #table: HTMLTableElement = byId("prices", HTMLTableElement);
  #shown = "";

  show(list: PriceList, locale: Locale): void {
    const pair = statedPrices(list.model);
    const tariff = pair?.price.standard;
    const current = tariff && list.tokens !== undefined ? ratesFor(tariff, list.tokens) : undefined;
    const above = tariff?.steps?.findLast((step) => step === current)?.above;
    const shown = JSON.stringify([list.model.id, current, above, list.cnyPerUsd, locale.language]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#table.hidden = pair === undefined;
    if (pair) this.#showTable(list, pair, current, locale);
    this.#showSources(list.model, pair, locale);
    this.#showNotes(list.model, locale);
  }

  #showTable(list: PriceList, pair: Pair, current: Rates | undefined, locale: Locale): void {
    const { messages } = locale;
    const { standard } = pair.price;
    const { steps = [] } = standard;
    const head = (text: string): HTMLElement => make("th", { scope: "col" }, text);
    const [first] = steps;
    const blocks = [
      { rates: standard as Rates, title: first === undefined ? "" : messages.priceBelow(first.above) },
      ...steps.map((step) => ({ rates: step, title: messages.priceAbove(step.above) })),
    ];
    const heads = CURRENCIES.map((currency) => messages.currency(currency, !isStated(pair, currency)));
    this.#table.replaceChildren(
      make("caption", {}, messages.pricesCaption(list.model.name)),
      make("thead", {}, make("tr", {}, head(messages.priceKind), ...heads.map(head))),
      ...blocks.map(({ rates, title }, at) => {
        const marked = steps.length > 0 && rates === current;
        const body = make("tbody", marked ? { class: "current" } : {});
        if (title !== "") {
          const cell = make("th", { scope: "rowgroup", colspan: "3" }, title);
          if (marked) cell.append(" ", make("span", { class: "chip" }, messages.priceNow));
          body.append(make("tr", { class: "step" }, cell));
        }
        const theirs = pair.other && (at === 0 ? pair.other.standard : pair.other.standard.steps?.[at - 1]);
        const row = (name: string, key: keyof Rates): HTMLElement =>
          this.#row(name, list, pair.price.currency, [rates[key], theirs?.[key]], locale);
        body.append(
          row(messages.priceInput, "input"),
          row(messages.priceCached, "cached"),
          row(messages.priceOutput, "output"),
        );
        return body;
      }),
    );
  }

  #row(
    name: string,
    { cnyPerUsd }: PriceList,
    own: Currency,
    [rate, other]: readonly [number | undefined, number | undefined],
    { format, messages }: Locale,
  ): HTMLElement {
    const amount = (currency: Currency): Decimal | undefined => {
      const stated = currency === own ? rate : other;
      if (stated !== undefined) return rateDecimal(stated);
      return rate === undefined || currency === own ? undefined : convertedRate(rate, currency, cnyPerUsd);
    };
    const cells = CURRENCIES.map((currency) => {
      const decimal = amount(currency);
      return make("td", {}, decimal === undefined ? messages.unknown : format.price(decimal, currency));
    });
    return make("tr", {}, make("th", { scope: "row" }, name), ...cells);
  }

  #showSources({ vendor, isFamily }: Model, pair: Pair | undefined, locale: Locale): void {
    const { messages, format } = locale;
    const page = element("vendor-page");
    const prices = pair ? [pair.price, ...(pair.other ? [pair.other] : [])] : [];
    const [price] = prices;
    const notes = prices.map(({ source, asOf }) => messages.priceSource(noteOf(source, asOf)));
    const none = isFamily ? messages.noOnePrice : messages.noPrice;
    setNote(element("price-note"), price ? [...new Set(notes)].join(" ") : none);
    const oldest = prices.map(({ asOf }) => asOf).sort()[0];
    setNote(element("price-old"), oldest && isOld(oldest) ? messages.priceOld(OLD, oldest) : undefined);
    const told = (rates: Rates, currency: Currency): string[] =>
      (["input", "cached", "output"] as const).flatMap((key) => {
        const rate = rates[key];
        const name = {
          input: messages.priceInput,
          cached: messages.priceCached,
          output: messages.priceOutput,
        };
        return rate === undefined ? [] : `${name[key]} ${format.price(rateDecimal(rate), currency)}`;
      });
    const offPeak = prices.flatMap(({ offPeak, currency }) => (offPeak ? told(offPeak, currency) : []));
    setNote(element("price-peak"), offPeak.length > 0 ? messages.priceOffPeak(offPeak) : undefined);
    const others = prices.flatMap(({ others = [], currency }) =>
      others.map(({ source, rates }) =>
        messages.priceOther(noteOf(source, source.date), told(rates, currency)),
      ),
    );
    setNote(element("price-others"), others.length > 0 ? others.join(" ") : undefined);
    page.hidden = price?.url === undefined;
    if (price?.url !== undefined) {
      page.replaceChildren(make("a", { href: price.url, rel: "noreferrer" }, messages.vendorPage(vendor)));
    }
  }

  #showNotes(model: Model, { messages }: Locale): void {
    setNote(
      element("assumed-note"),
      model.assumption === undefined ? undefined : messages.assumedNote(shortNameOf(model.encoding)),
    );
    const today = new Date().toISOString().slice(0, "2026-11-24".length);
    const { retires } = model;
    if (retires === undefined) setNote(element("retires"), undefined);
    else setNote(element("retires"), retires > today ? messages.retires(retires) : messages.retired(retires));
  }
}

function isStated({ price, other }: Pair, currency: Currency): boolean {
  return price.currency === currency || other?.currency === currency;
}

function isOld(asOf: string): boolean {
  return Date.now() - Date.parse(asOf) > OLD * DAY;
}

function noteOf({ name, version, dateIs = "published" }: Source, date: string): SourceNote {
  return { name: version === undefined ? name : `${name} ${version}`, date, dateIs };
}
