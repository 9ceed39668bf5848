/**
 * Turns data/models.toml into the module `virtual:models` when the site is built, and refuses a file that breaks
 * its own rules: a price that is not a decimal string, an encoding that the page cannot load, a source that is
 * not listed. A wrong price should stop a build, not reach a reader.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse, type TomlTable, type TomlValue } from "smol-toml";
import { type EncodingName, encodings } from "tokimeter";
import type { Plugin } from "vite";
import type { Catalogue, Model, Price, Rates, Source, Step } from "../src/catalogue.ts";

const PUBLIC_ID = "virtual:models";
const RESOLVED_ID = `\0${PUBLIC_ID}`;
const DECIMAL = /^(?:0|[1-9]\d*)(?:\.\d{1,6})?$/;
const DATE = /^\d{4}-\d{2}(?:-\d{2})?$/;

/** Returns the plugin that serves `virtual:models` from the TOML file at `url`. */
export function modelsPlugin(url: URL): Plugin {
  const path = fileURLToPath(url);
  return {
    name: "models-toml",
    resolveId: (id) => (id === PUBLIC_ID ? RESOLVED_ID : undefined),
    load(id) {
      if (id !== RESOLVED_ID) return undefined;
      this.addWatchFile(path);
      const catalogue = readCatalogue(parse(readFileSync(path, "utf8")));
      return `export const catalogue = ${JSON.stringify(catalogue)};`;
    },
    handleHotUpdate({ file, server }) {
      if (file !== path) return;
      const module = server.moduleGraph.getModuleById(RESOLVED_ID);
      if (module) server.moduleGraph.invalidateModule(module);
      server.ws.send({ type: "full-reload" });
    },
  };
}

/** Reads a parsed models.toml. Throws with the place and the value where the file breaks a rule. */
export function readCatalogue(root: TomlTable): Catalogue {
  const rate = new Fields(table(root.rate, "rate"), "rate");
  const sources = Object.fromEntries(
    Object.entries(table(root.sources, "sources")).map(([key, value]) => [
      key,
      readSource(new Fields(table(value, `sources.${key}`), `sources.${key}`)),
    ]),
  );
  const models = list(root.model, "model").map((value, index) => {
    const at = `model ${index + 1}`;
    return readModel(new Fields(table(value, at), at), sources);
  });
  const ids = models.map((model) => model.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`models.toml: model "${twice}" stands there twice`);
  return {
    rate: {
      cnyPerUsd: rate.decimal("cny_per_usd"),
      source: rate.text("source"),
      date: rate.date("date"),
      dateIs: rate.dateIs("date_is"),
    },
    sources,
    models,
  };
}

function readSource(fields: Fields): Source {
  return {
    name: fields.text("name"),
    version: fields.text("version"),
    date: fields.date("date"),
    dateIs: fields.dateIs("date_is"),
  };
}

function readModel(fields: Fields, sources: Record<string, Source>): Model {
  const assumption = fields.optionalText("assumption");
  const maxInput = fields.optionalCount("max_input");
  const window = fields.optionalCount("window");
  const maxOutput = fields.optionalCount("max_output");
  const retires = fields.has("retires") ? fields.date("retires") : undefined;
  const price = fields.has("price") ? readPrice(fields.child("price"), sources) : undefined;
  return {
    id: fields.text("id"),
    name: fields.text("name"),
    vendor: fields.text("vendor"),
    encoding: fields.encoding("encoding"),
    ...(assumption === undefined ? {} : { assumption }),
    ...(window === undefined ? {} : { window }),
    ...(maxInput === undefined ? {} : { maxInput }),
    ...(maxOutput === undefined ? {} : { maxOutput }),
    ...(retires === undefined ? {} : { retires }),
    ...(price === undefined ? {} : { price }),
  };
}

function readPrice(fields: Fields, sources: Record<string, Source>): Price {
  const source = fields.text("source");
  if (!(source in sources)) throw new Error(`models.toml: ${fields.at}: no [sources.${source}]`);
  const url = fields.optionalText("url");
  const steps = fields.has("step") ? fields.children("step").map(readStep) : [];
  return { ...readRates(fields), source, ...(url === undefined ? {} : { url }), steps };
}

function readStep(fields: Fields): Step {
  return { above: fields.count("above"), ...readRates(fields) };
}

function readRates(fields: Fields): Rates {
  const cached = fields.has("cached") ? fields.decimal("cached") : undefined;
  const output = fields.has("output") ? fields.decimal("output") : undefined;
  return {
    input: fields.decimal("input"),
    ...(cached === undefined ? {} : { cached }),
    ...(output === undefined ? {} : { output }),
  };
}

/** One TOML table with typed reads that say where they failed. */
class Fields {
  readonly at: string;
  readonly #table: TomlTable;

  constructor(source: TomlTable, at: string) {
    this.#table = source;
    this.at = typeof source.id === "string" ? `model ${source.id}` : at;
  }

  has(key: string): boolean {
    return key in this.#table;
  }

  text(key: string): string {
    const value = this.#table[key];
    if (typeof value !== "string" || value === "") throw this.#wrong(key, "a text");
    return value;
  }

  optionalText(key: string): string | undefined {
    return this.has(key) ? this.text(key) : undefined;
  }

  decimal(key: string): string {
    const value = this.text(key);
    if (!DECIMAL.test(value)) throw this.#wrong(key, 'a decimal string such as "1.25", at most six decimals');
    return value;
  }

  date(key: string): string {
    const value = this.text(key);
    if (!DATE.test(value)) throw this.#wrong(key, 'a date such as "2026-11-12" or "2026-11"');
    return value;
  }

  dateIs(key: string): "published" | "checked" {
    const value = this.text(key);
    if (value !== "published" && value !== "checked") throw this.#wrong(key, '"published" or "checked"');
    return value;
  }

  encoding(key: string): EncodingName {
    const value = this.text(key);
    const found = encodings.find((name) => name === value);
    if (found === undefined) throw this.#wrong(key, `one of ${encodings.join(", ")}`);
    return found;
  }

  count(key: string): number {
    const value = this.#table[key];
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value <= 0) {
      throw this.#wrong(key, "a whole number above 0 (unknown means that the key is absent)");
    }
    return value;
  }

  optionalCount(key: string): number | undefined {
    return this.has(key) ? this.count(key) : undefined;
  }

  child(key: string): Fields {
    const at = `${this.at}.${key}`;
    return new Fields(table(this.#table[key], at), at);
  }

  children(key: string): Fields[] {
    const at = `${this.at}.${key}`;
    return list(this.#table[key], at).map((value) => new Fields(table(value, at), at));
  }

  #wrong(key: string, wanted: string): Error {
    return new Error(
      `models.toml: ${this.at}: ${key} is ${JSON.stringify(this.#table[key])}, wanted ${wanted}`,
    );
  }
}

function table(value: TomlValue | undefined, at: string): TomlTable {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Date) {
    throw new Error(`models.toml: ${at} is not a table`);
  }
  return value;
}

function list(value: TomlValue | undefined, at: string): TomlValue[] {
  if (!Array.isArray(value)) throw new Error(`models.toml: ${at} is not a list`);
  return value;
}
