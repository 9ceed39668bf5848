// @ts-check
/**
 * Refreshes data/models.toml from the pinned price packages, and prints what changed, where they disagree, and what they
 * sell that the book has not. Entries made by hand stay as they are. A second run changes nothing.
 *
 *   node tools/prices.mjs                      refreshes
 *   node tools/prices.mjs --add KEY=ID …       adds models, as in litellm:dashscope/qwen3-max=qwen3-max
 */

import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "smol-toml";
import { BOOK, RATES, toBook } from "./book/read.mjs";
import { withModels } from "./book/write.mjs";
import { genaiPrices, litellm, modelPrices, VENDORS } from "./prices/sources.mjs";
import { fileOf } from "./prices/wheel.mjs";

/** Models that the packages sell first hand, for the tests: every one has to be in the book. */
const LISTED = "tests/book/listed.tsv";
/** What a package says of a model, besides its price. */
const FACTS = ["window", "max_input", "max_output", "modalities", "retires"];

/** @typedef {Record<string, any>} Entry */

const log = (/** @type {string} */ line) => console.log(line);
const text = readFileSync(BOOK, "utf8");
const root = /** @type {{ model: Entry[], sources: Record<string, any> }} */ (
  /** @type {unknown} */ (parse(text))
);
const packages = Object.entries(root.sources).filter(([, source]) => source.package);
const files = Object.fromEntries(
  await Promise.all(packages.map(async ([key, pin]) => [key, await fileOf(pin, log)])),
);
const readers = {
  litellm: litellm(files.litellm, root.sources.litellm.date),
  model_prices: modelPrices(files.model_prices, root.sources.model_prices.yuan),
  genai_prices: genaiPrices(files.genai_prices, root.sources.genai_prices.date),
};
/** @typedef {keyof typeof readers} Package */
const PACKAGES = /** @type {Package[]} */ (Object.keys(readers));

for (const added of process.argv.includes("--add") ? process.argv.slice(3) : []) add(added);
const models = root.model.map(refresh);
const written = withModels(text, models);
toBook(/** @type {Record<string, unknown>} */ (parse(written)));
writeFileSync(BOOK, written);
report();

/** Returns an entry as the packages have it that it names. @param {Entry} old @returns {Entry} */
function refresh(old) {
  const entry = { ...old };
  for (const name of PACKAGES) {
    if (entry[name] === undefined || readers[name].get(entry[name])) continue;
    log(`${entry.id}: gone from ${name}, where it was ${entry[name]}`);
    delete entry[name];
  }
  const fact = entry.litellm ? readers.litellm.get(entry.litellm) : undefined;
  for (const key of FACTS) {
    if (!fact || entry.by_hand?.includes(key)) continue;
    entry[key] = /** @type {Entry} */ (fact)[key] ?? (key === "modalities" ? ["text"] : undefined);
  }
  if (!fact && entry.genai_prices && !entry.by_hand?.includes("window")) {
    entry.window = readers.genai_prices.get(entry.genai_prices)?.window ?? entry.window;
  }
  if (!entry.by_hand?.includes("released")) entry.released = releaseOf(entry) ?? entry.released;
  if (entry.price) entry.price = entry.price.map((/** @type {Entry} */ price) => refreshPrice(entry, price));
  tell(old, entry);
  return entry;
}

/** @param {Entry} entry @param {Entry} old @returns {Entry} */
function refreshPrice(entry, old) {
  const key = old.key ?? entry[old.source];
  const isOurs = old.source in readers && key !== undefined;
  const fact = isOurs ? priceOf(old.source, key, old.currency) : undefined;
  if (isOurs && !fact) log(`${entry.id}: ${old.source} has no price any more; the one of before stays`);
  const { source, currency, as_of, others: _, ...kept } = old;
  /** @type {Entry} */
  const price = fact
    ? { currency, source, ...(old.key ? { key } : {}), url: fact.url ?? old.url, ...fact }
    : { ...kept, source, currency, as_of };
  const kinds = entry.litellm ? readers.litellm.get(entry.litellm)?.kinds : undefined;
  const others = PACKAGES.filter((name) => name !== source && entry[name] && currency === "USD").flatMap(
    (name) => {
      const rates = differences(price, readers[name].get(entry[name])?.price?.standard ?? {}, kinds);
      if (Object.keys(rates).length === 0) return [];
      const ours = Object.keys(rates).map((rate) => price.standard[rate]);
      log(`${entry.id}: ${name} has ${tellRates(rates)}, ${source} ${ours.join(", ")}`);
      return [{ source: name, ...rates }];
    },
  );
  const byHand = (old.others ?? []).filter((/** @type {Entry} */ other) => !(other.source in readers));
  const all = [...others, ...byHand];
  return { ...price, ...(all.length > 0 ? { others: all } : {}) };
}

/** @param {string} source @param {string} key @param {string} currency */
function priceOf(source, key, currency) {
  if (currency === "CNY") return source === "model_prices" ? readers.model_prices.inYuan(key) : undefined;
  return readers[/** @type {Package} */ (source)].get(key)?.price;
}

/**
 * What the other has differently; the price of off-peak hours, or of another kind of token, is not another opinion.
 *
 * @param {Entry} price @param {Entry} other @param {string[]} [kinds]
 */
function differences(price, other, kinds = []) {
  return Object.fromEntries(
    RATES.filter((rate) => other[rate] !== undefined && price.standard[rate] !== undefined)
      .filter((rate) => ![price.standard[rate], price.off_peak?.[rate], ...kinds].includes(other[rate]))
      .map((rate) => [rate, other[rate]]),
  );
}

/** The date that the vendor's own id has, or the first of its dated ids. @param {Entry} entry */
function releaseOf({ id }) {
  const names = [id, ...PACKAGES.flatMap((name) => readers[name].dated(id))];
  const dates = names.flatMap((name) => {
    const [, year, month, day] =
      /-(20\d\d)-?(\d\d)-?(\d\d)$/.exec(name) ?? /^doubao.*-(2\d)(\d\d)(\d\d)$/.exec(name) ?? [];
    return year === undefined ? [] : [`${year.padStart(4, "20")}-${month}-${day}`];
  });
  return dates.sort()[0];
}

/** Prints what changed. @param {Entry} old @param {Entry} entry @param {string} [at] */
function tell(old, entry, at = entry.id) {
  for (const key of new Set([...Object.keys(old), ...Object.keys(entry)])) {
    const [before, after] = [old[key], entry[key]];
    if (JSON.stringify(before) === JSON.stringify(after)) continue;
    if (key === "price") {
      for (const [index, price] of after.entries())
        tell(before?.[index] ?? {}, price, `${at} ${price.currency}`);
    } else {
      log(
        `${at}: ${key} ${before === undefined ? "unknown" : tellRates(before)} → ${after === undefined ? "unknown" : tellRates(after)}`,
      );
    }
  }
}

/** @param {unknown} value */
function tellRates(value) {
  return typeof value === "object" ? JSON.stringify(value).replaceAll('"', "") : String(value);
}

/** @param {string} argument as in litellm:KEY=ID */
function add(argument) {
  const [, name = "", key = "", id = ""] = /^([a-z_]+):([^=]+)=(.+)$/.exec(argument) ?? [];
  const reader = readers[/** @type {Package} */ (name)];
  if (!reader?.get(key)) throw new Error(`${argument}: no package ${name}, or no ${key} in it`);
  if (root.model.some((entry) => entry.id === id)) throw new Error(`${id} is in the book already`);
  const provider = key.includes("/") ? (key.split("/")[0] ?? "") : "";
  const listed = reader.listed().find((each) => each.key === key);
  const vendor = Object.keys(VENDORS).find((each) => {
    const { litellm, model_prices, own } = VENDORS[each] ?? { litellm: [], model_prices: "", own: /^$/ };
    return (
      own.test(id) &&
      (model_prices === provider || litellm.some((one) => listed?.rule.includes(` as ${one},`)))
    );
  });
  if (!vendor) throw new Error(`${argument}: whose is it?`);
  const entry = { id, name: id, vendor, modalities: ["text"], [name]: key };
  const price = { currency: "USD", source: name, standard: {} };
  const has = reader.get(key)?.price !== undefined;
  const last = root.model.findLastIndex((each) => each.vendor === vendor);
  root.model.splice(last < 0 ? root.model.length : last + 1, 0, {
    ...entry,
    ...(has ? { price: [price] } : {}),
  });
  log(`added ${id} of ${vendor}; its name has to be written by hand`);
}

/** Writes the list of what the packages sell, and prints what is not in the book. */
function report() {
  const listed = [readers.litellm, readers.model_prices].flatMap((reader) => reader.listed());
  const rows = [...new Map(listed.map(({ id, rule }) => [`${id}\t${rule}`, ""])).keys()].sort();
  const from = packages.map(([, source]) => `${source.package} ${source.version}`).join(", ");
  writeFileSync(LISTED, `# Written by tools/prices.mjs from ${from}.\n${rows.join("\n")}\n`);
  const named = new Set(models.flatMap((entry) => [entry.litellm, entry.model_prices, ...namesOf(entry)]));
  const missing = listed.filter(
    ({ key, id }) => !named.has(key) && !named.has(simple(id)) && !named.has(simple(undated(id))),
  );
  for (const { key, id, rule } of missing) log(`not in the book: ${id} (${key}): ${rule}`);
  const priced = models.filter(({ price }) => price?.length > 0).length;
  log(
    `${models.length} models, ${priced} with a price; ${listed.length} listed by the packages, ${missing.length} of them not in the book`,
  );
}

/** @param {Entry} entry */
function namesOf({ id, aliases = [] }) {
  return [id, ...aliases].map(simple);
}

/** @param {string} id */
function simple(id) {
  return id.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

/** @param {string} id */
function undated(id) {
  return id.replace(/-20\d\d-?\d\d-?\d\d$|-latest$/, "");
}
