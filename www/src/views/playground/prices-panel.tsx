/** The prices of the chosen model: per million tokens in both currencies, its steps and hours, its sources and their days. */
import type { JSX } from "preact";
import type { Currency, Rates, Source } from "tokimeter/models";
import { format } from "../../i18n/full.ts";
import { type PickedModel, pickedModel } from "../../state/catalogue.ts";
import { conversion } from "../../state/rate.ts";
import { shortNameOf } from "../../text/vocabulary-files.ts";
import type { Bench } from "./bench.ts";
import {
  appliedTo,
  type Block,
  blocksOf,
  CURRENCIES,
  isStated,
  PRICED,
  rateOf,
  toldRates,
} from "./price-list.ts";
import { type SourceNote, type Told, words } from "./words.ts";

/** Days after which a price is called old. */
const OLD = 120;
const DAY = 86_400_000;

interface Props {
  readonly bench: Bench;
}

export function PricesPanel({ bench }: Props): JSX.Element {
  const say = words.value;
  const picked = pickedModel.value;
  return (
    <section class="panel prices" aria-labelledby="prices-title">
      <h2 id="prices-title">{say.prices}</h2>
      {picked.prices.length > 0 ? <Table bench={bench} picked={picked} /> : null}
      <Notes picked={picked} />
    </section>
  );
}

function Table({ bench, picked }: Props & { readonly picked: PickedModel }): JSX.Element {
  const say = words.value;
  const count = bench.count.value;
  const blocks = blocksOf(picked, conversion.value);
  const applied = count.kind === "counted" ? appliedTo(picked, count.reading.tokens) : undefined;
  return (
    <table class="figures">
      <caption>{say.pricesCaption(picked.name)}</caption>
      <thead>
        <tr>
          <th scope="col">{say.priceKind}</th>
          {CURRENCIES.map((currency) => (
            <th key={currency} scope="col" class="number">
              {say.priceIn(currency, !isStated(picked, currency))}
            </th>
          ))}
        </tr>
      </thead>
      {blocks.map((block) => (
        <Rows
          key={`${block.tier} ${block.above}`}
          block={block}
          isTitled={blocks.length > 1}
          hasTiers={blocks.some(({ tier }) => tier !== "standard")}
          isApplied={applied?.tier === block.tier && applied.above === block.above}
        />
      ))}
    </table>
  );
}

interface RowsProps {
  readonly block: Block;
  readonly isTitled: boolean;
  readonly hasTiers: boolean;
  readonly isApplied: boolean;
}

function Rows({ block, isTitled, hasTiers, isApplied }: RowsProps): JSX.Element {
  const say = words.value;
  const names = { input: say.priceInput, cached: say.priceCached, output: say.priceOutput } as const;
  const { tier, above, until, amounts } = block;
  const cell = (currency: Currency, kind: (typeof PRICED)[number]): string => {
    const amount = amounts[currency][kind];
    return amount === undefined ? say.unknown : format.value.price(rateOf(amount), currency);
  };
  const step = above === undefined ? until && say.priceBelow(until) : say.priceAbove(above);
  return (
    <tbody data-applied={isApplied}>
      {isTitled ? (
        <tr class="price-step">
          <th scope="rowgroup" colSpan={3}>
            {hasTiers ? <span>{say.priceTier[tier]}</span> : null} {step ? <span>{step}</span> : null}{" "}
            {isApplied ? <span class="chip">{say.priceNow}</span> : null}
          </th>
        </tr>
      ) : null}
      {PRICED.map((kind) => (
        <tr key={kind} data-price={kind}>
          <th scope="row">{names[kind]}</th>
          {CURRENCIES.map((currency) => (
            <td key={currency} class="number">
              {cell(currency, kind)}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function Notes({ picked }: { readonly picked: PickedModel }): JSX.Element {
  const say = words.value;
  const { prices, isFamily, vendor, assumption, encoding, retires } = picked;
  const sources = new Set(prices.map(({ source, asOf }) => say.priceSource(noteOf(source, asOf))));
  const oldest = prices.map(({ asOf }) => asOf).sort()[0];
  const others = prices.flatMap(({ others = [], currency }) =>
    others.map(({ source, rates }) => say.priceOther(noteOf(source, source.date), toldIn(rates, currency))),
  );
  const page = prices.find(({ url }) => url !== undefined)?.url;
  const notes: readonly (readonly [string, string | undefined])[] = [
    ["source", prices.length > 0 ? [...sources].join(" ") : isFamily ? say.noOnePrice : say.noPrice],
    ["old", oldest !== undefined && isOld(oldest) ? say.priceOld(OLD, oldest) : undefined],
    ["others", others.length > 0 ? others.join(" ") : undefined],
    ["assumed", assumption === undefined ? undefined : say.assumedNote(shortNameOf(encoding))],
    ["retires", retires === undefined ? undefined : (isPast(retires) ? say.retired : say.retires)(retires)],
  ];
  return (
    <>
      {notes.map(([name, text]) =>
        text === undefined ? null : (
          <p key={name} class="note" data-note={name}>
            {text}
          </p>
        ),
      )}
      {page === undefined ? null : (
        <p class="note">
          <a href={page} rel="noreferrer">
            {say.vendorPage(vendor)}
          </a>
        </p>
      )}
    </>
  );
}

function toldIn(rates: Rates, currency: Currency): Told {
  return Object.fromEntries(
    toldRates(rates).map(([kind, rate]) => [kind, format.value.price(rate, currency)]),
  );
}

function isOld(asOf: string): boolean {
  return Date.now() - Date.parse(asOf) > OLD * DAY;
}

function isPast(day: string): boolean {
  return day <= new Date().toISOString().slice(0, "2026-11-24".length);
}

function noteOf({ name, version, dateIs = "published" }: Source, date: string): SourceNote {
  return { name: version === undefined ? name : `${name} ${version}`, date, dateIs };
}
