// @ts-check
/**
 * The price packages, each read into the same form: what it says of one model, under its own key. Prices are decimal
 * texts per million tokens; a rate of 0 is left out, because the packages write it where they know none. Which models
 * are free says data/models.toml.
 */

import { exactly } from "../book/money.mjs";
import { assigned } from "./python.mjs";

/**
 * @typedef {"input" | "cached" | "cache_write" | "cache_write_long" | "output"} Rate
 * @typedef {Partial<Record<Rate, string>>} Rates
 * @typedef {Rates & { above: number }} Step
 * @typedef {object} Price
 * @property {string} [url]
 * @property {Rates} standard
 * @property {Step[]} [steps]
 * @property {Rates} [batch]
 * @property {Step[]} [batch_steps]
 * @property {Rates & { hours: { days?: number[], from: string, to: string }[] }} [off_peak]
 * @property {string} [web_search] per thousand calls
 * @typedef {object} Fact
 * @property {number} [window]
 * @property {number} [max_input]
 * @property {number} [max_output]
 * @property {string[]} [modalities]
 * @property {string} [retires]
 * @property {Price} [price]
 * @property {string[]} [kinds] what other kinds of tokens cost: of video, of images, of sound, of thinking
 * @typedef {object} Listed a model that a package sells first hand
 * @property {string} key
 * @property {string} id the vendor's own
 * @property {string} rule why it is taken for one that is sold today
 * @typedef {object} Reader
 * @property {(key: string) => Fact | undefined} get
 * @property {() => Listed[]} listed
 * @property {(id: string) => string[]} dated the ids that are this one with a date
 */

/** What is not a chat or text model, by its name. */
const OTHER_KINDS =
  /image|imagen|tts|audio-|-audio|stepaudio|audio\d|transcri|whisper|live|realtime|embed|rerank|moderation|ocr|parse|sora|veo|lyria|banana|robotics|voice|asr|translate|sam-|qwen-mt|captioner|container|search$|seedance|seedream|davinci-002|babbage-002/i;

/**
 * Vendors whose own models a provider of a package sells, with what their ids begin with: some sell others' too, and
 * LiteLLM keeps a few experiments of Google's, Gemma 2 and DeepSeek Coder, which nobody sells any more.
 *
 * @type {Record<string, { litellm: string[], model_prices: string, own: RegExp }>}
 */
export const VENDORS = {
  OpenAI: { litellm: ["openai", "text-completion-openai"], model_prices: "openai", own: /./ },
  Anthropic: { litellm: ["anthropic"], model_prices: "anthropic", own: /./ },
  Google: {
    litellm: ["gemini"],
    model_prices: "google",
    own: /^(?:gemini-(?!exp|gemma)|gemma|deep-research)/,
  },
  DeepSeek: { litellm: ["deepseek"], model_prices: "deepseek", own: /^deepseek-(?!coder)/ },
  Qwen: { litellm: ["dashscope"], model_prices: "alibaba", own: /^q(?:wen|wq|vq)/ },
  "Moonshot AI": { litellm: ["moonshot"], model_prices: "moonshotai", own: /./ },
  "Z.ai": { litellm: ["zai"], model_prices: "zai", own: /./ },
  MiniMax: { litellm: ["minimax"], model_prices: "minimax", own: /./ },
  ByteDance: { litellm: ["volcengine"], model_prices: "volcengine", own: /^(?:doubao-)?seed|^doubao/ },
  Tencent: { litellm: [], model_prices: "tencent-tokenhub", own: /^(?:hy|hunyuan)/ },
  xAI: { litellm: ["xai"], model_prices: "xai", own: /./ },
  Meta: { litellm: ["meta", "meta_llama"], model_prices: "meta", own: /./ },
  Mistral: { litellm: ["mistral", "codestral"], model_prices: "mistral", own: /^(?!zai-|glm-|deepseek)/ },
  Cohere: { litellm: ["cohere_chat"], model_prices: "cohere", own: /./ },
  StepFun: { litellm: [], model_prices: "stepfun-ai", own: /./ },
};

/**
 * LiteLLM: prices per token, with the tier and the step at the end of the key; `tiered_pricing` has ranges instead.
 *
 * @param {string} text
 * @param {string} date the day of the package: what is past it is not sold any more
 * @returns {Reader}
 */
export function litellm(text, date) {
  /** @type {Record<string, any>} */
  const all = JSON.parse(text);
  return {
    get: (key) => (all[key] ? litellmFact(all[key]) : undefined),
    listed: () =>
      Object.values(VENDORS).flatMap(({ litellm: providers, own }) =>
        Object.entries(all)
          .filter(([, entry]) => providers.includes(entry.litellm_provider))
          .filter(([, { mode }]) => ["chat", "responses", "completion"].includes(mode))
          .filter(([, entry]) => !(entry.deprecation_date < date))
          .map(([key, { litellm_provider: provider, mode }]) => {
            const id = key.replace(/^[a-z_]+\//, "");
            return {
              key,
              id,
              rule: `litellm sells it as ${provider}, mode ${mode}, and names no day in the past`,
            };
          })
          .filter(({ id }) => own.test(id) && !OTHER_KINDS.test(id)),
      ),
    dated: (id) =>
      Object.keys(all)
        .map((key) => key.replace(/^[a-z_]+\//, ""))
        .filter(isDated(id)),
  };
}

/** @param {Record<string, any>} entry @returns {Fact} */
function litellmFact(entry) {
  const { max_input_tokens: input, max_output_tokens: output, litellm_provider: provider } = entry;
  // OpenAI caps the input apart from the window that input and output share: see the head of data/models.toml.
  const isApart = provider === "openai" && [272_000, 922_000].includes(input);
  const price = litellmPrice(entry);
  return {
    ...(input ? { window: isApart ? input + output : input } : {}),
    ...(isApart ? { max_input: input } : {}),
    ...(output ? { max_output: output } : {}),
    modalities: modalitiesOf(entry),
    ...(entry.deprecation_date ? { retires: entry.deprecation_date } : {}),
    ...(price ? { price } : {}),
    kinds: Object.entries(entry)
      .filter(([key]) => /^(?:in|out)put_cost_per_(?:video|image|audio|reasoning)_token$/.test(key))
      .flatMap(([, value]) => exactly(value, 1e6) ?? []),
  };
}

/** @param {Record<string, any>} entry */
function modalitiesOf(entry) {
  const said = [entry.supported_modalities ?? []].flat();
  const has = {
    image: entry.supports_vision || entry.supports_image_input,
    audio: entry.supports_audio_input,
    video: entry.supports_video_input,
    pdf: entry.supports_pdf_input,
  };
  return ["text", ...Object.entries(has).flatMap(([kind, is]) => (is || said.includes(kind) ? [kind] : []))];
}

/** @param {Record<string, any>} entry @returns {Price | undefined} */
function litellmPrice(entry) {
  const ranges = entry.tiered_pricing ?? [];
  const [first = entry, ...later] = ranges;
  const standard = perToken(first, "");
  if (!standard.input) return undefined;
  const bounds = Object.keys(entry)
    .flatMap((key) => /^input_cost_per_token_above_(\d+)k_tokens$/.exec(key)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  const steps = [
    ...later.map((/** @type {any} */ range) => ({ above: range.range[0], ...perToken(range, "") })),
    ...bounds.map((k) => ({ above: 1000 * k, ...perToken(entry, `_above_${k}k_tokens`) })),
  ];
  const batch = perToken(entry, "_batches");
  const hasBatch = batch.input !== undefined && batch.output !== undefined;
  // A step of the batch tariff that the package does not know is there, with its prices unknown.
  const batchSteps = bounds.map((k) => ({
    above: 1000 * k,
    ...perToken(entry, `_above_${k}k_tokens_batches`),
  }));
  const { off_peak_pricing: offPeak } = entry;
  const search = [...new Set(Object.values(entry.search_context_cost_per_query ?? {}))];
  return {
    ...(entry.source ? { url: entry.source } : {}),
    standard,
    ...(steps.length > 0 ? { steps } : {}),
    ...(hasBatch ? { batch } : {}),
    ...(hasBatch && batchSteps.length > 0 ? { batch_steps: batchSteps } : {}),
    ...(offPeak ? { off_peak: { hours: hoursOf(offPeak.windows), ...perToken(offPeak, "") } } : {}),
    ...(search.length === 1 && search[0] ? { web_search: exactly(search[0], 1000) } : {}),
  };
}

/** @param {Record<string, any>} entry @param {string} suffix of the step and the tier @returns {Rates} */
function perToken(entry, suffix) {
  const of = (/** @type {string} */ key) => entry[`${key}${suffix}`];
  const write = "cache_creation_input_token_cost";
  return rates(
    {
      input: of("input_cost_per_token"),
      cached: of("cache_read_input_token_cost") ?? of("input_cost_per_token_cache_hit"),
      cache_write: of(write),
      cache_write_long: of(`${write}_above_1hr`) ?? of(`${write}_above_12hr`),
      output: of("output_cost_per_token"),
    },
    1e6,
  );
}

/** @param {{ hours_utc: string | string[], weekdays?: number[] }[]} windows */
function hoursOf(windows) {
  return windows.flatMap(({ hours_utc, weekdays }) =>
    [hours_utc].flat().map((span) => {
      const [from = "", to = ""] = span.split("-");
      return { ...(weekdays ? { days: weekdays } : {}), from, to: to === "00:00" ? "24:00" : to };
    }),
  );
}

/**
 * model-prices: prices per million tokens, as they changed in time; the last that has begun holds. Keys are
 * «provider/model». A provider whose prices it has converted from yuan is turned back, where the file gives its rate.
 *
 * @param {string} text
 * @param {Record<string, string>} yuan the yuan for a dollar by which a provider's prices were converted
 * @returns {Reader & { inYuan: (key: string) => Price | undefined }}
 */
export function modelPrices(text, yuan = {}) {
  const { prices, status, updated_at: now } = JSON.parse(text);
  const find = (/** @type {string} */ key) => {
    const [, provider = "", model = ""] = /^([^/]+)\/(.*)$/.exec(key) ?? [];
    return { provider, modes: prices[provider]?.[model] };
  };
  const current = (/** @type {any[] | undefined} */ times) =>
    times?.findLast(({ start, rates }) => rates && !(start > now))?.rates;
  /** @param {any} mode @param {(rates: any) => Rates} convert */
  const tariff = (mode, convert) => {
    const { tiers = [] } = mode;
    const steps = tiers.map((/** @type {any} */ tier) => ({
      above: tier.above,
      ...convert({ ...mode, ...tier }),
    }));
    return { rates: convert(mode), steps };
  };
  /** @param {string} key @param {(rates: any) => Rates} convert @returns {Price | undefined} */
  const price = (key, convert) => {
    const { modes } = find(key);
    const standard = current(modes?.standard);
    if (!standard) return undefined;
    const batch = current(modes.batch);
    const [now, later] = [tariff(standard, convert), batch && tariff(batch, convert)];
    if (!now.rates.input) return undefined;
    return {
      ...(isPage(standard.source) ? { url: standard.source } : {}),
      standard: now.rates,
      ...(now.steps.length > 0 ? { steps: now.steps } : {}),
      ...(later?.rates.output ? { batch: later.rates } : {}),
      ...(later?.rates.output && later.steps.length > 0 ? { batch_steps: later.steps } : {}),
    };
  };
  return {
    get: (key) => {
      if (!find(key).modes) return undefined;
      const known = price(key, perMillion);
      return known ? { price: known } : {};
    },
    inYuan: (key) => {
      const rate = yuan[find(key).provider];
      if (rate === undefined) throw new Error(`[sources.model_prices.yuan] has no rate for ${key}`);
      return price(key, (mode) => inYuan(perMillion(mode), Number(rate)));
    },
    listed: () =>
      Object.values(VENDORS).flatMap(({ model_prices: provider, own }) =>
        Object.keys(prices[provider] ?? {})
          .filter((id) => status[provider]?.[id] === undefined && own.test(id) && !OTHER_KINDS.test(id))
          .map((id) => {
            const rule = `model-prices sells it as ${provider}, and it is neither deprecated nor removed`;
            return { key: `${provider}/${id}`, id, rule };
          }),
      ),
    dated: (id) => Object.values(prices).flatMap((models) => Object.keys(models).filter(isDated(id))),
  };
}

/** @param {any} mode @returns {Rates} */
function perMillion(mode) {
  const { input, output, cache_read: cached, cache_write: write, cache_write_1h_multiple: times } = mode;
  const long = write && times ? input * times : undefined;
  return rates({ input, cached, cache_write: write, cache_write_long: long, output }, 1);
}

/** Turns prices back that were converted from yuan: the roundest that gives the dollars. @param {Rates} dollars @param {number} rate */
function inYuan(dollars, rate) {
  return /** @type {Rates} */ (
    Object.fromEntries(Object.entries(dollars).map(([key, value]) => [key, roundest(value, rate)]))
  );
}

/** @param {string} dollars @param {number} rate */
function roundest(dollars, rate) {
  const half = 0.5 / 10 ** (dollars.split(".")[1] ?? "").length;
  // The rate itself is rounded.
  const from = (Number(dollars) - half) * rate * 0.999;
  const to = (Number(dollars) + half) * rate * 1.001;
  for (let places = 0; places <= 4; places++) {
    const value = (Number(dollars) * rate).toFixed(places);
    if (Number(value) >= from && Number(value) <= to && Number(value) > 0) return String(Number(value));
  }
  throw new Error(`${dollars} dollars at ${rate} are no round sum of yuan`);
}

/**
 * genai-prices: a Python file of constructors, read as data. Keys are «provider/model». Prices may hold from a day on, or
 * in hours of the day, which are those of the peak.
 *
 * @param {string} text
 * @param {string} date of the package
 * @returns {Reader}
 */
export function genaiPrices(text, date) {
  /** @type {Map<string, any>} */
  const all = new Map();
  for (const { id, models } of /** @type {any[]} */ (assigned(text, "providers"))) {
    for (const model of models) all.set(`${id}/${model.id}`, model);
  }
  return {
    get: (key) => {
      const model = all.get(key);
      if (!model) return undefined;
      const list = [model.prices].flat();
      const current = list.findLast(({ constraint }) => !constraint || isBegun(constraint, date));
      const prices = current?.prices ?? current ?? {};
      const standard = rates(
        {
          input: base(prices.input_mtok),
          cached: base(prices.cache_read_mtok),
          cache_write: base(prices.cache_write_mtok),
          cache_write_long: base(prices.cache_write_1h_mtok),
          output: base(prices.output_mtok),
        },
        1,
      );
      return {
        ...(model.context_window ? { window: model.context_window } : {}),
        ...(standard.input ? { price: { standard } } : {}),
      };
    },
    listed: () => [],
    dated: () => [],
  };
}

/** @param {any} constraint @param {string} date */
function isBegun(constraint, date) {
  if (constraint.call === "TimeOfDateConstraint") return true;
  if (constraint.call !== "StartDateConstraint")
    throw new Error(`genai-prices: there is a new ${constraint.call}`);
  const [year, month, day] = constraint.start_date.of;
  return [year, month, day].map((part) => String(part).padStart(2, "0")).join("-") <= date;
}

/** @param {any} price @returns {number | undefined} */
function base(price) {
  if (!price) return undefined;
  return price.call === "TieredPrices" ? base(price.base) : Number(price.of[0]);
}

/** @param {Record<Rate, number | undefined>} values @param {number} times @returns {Rates} */
function rates(values, times) {
  /** @type {[string, string][]} */
  const known = [];
  for (const [rate, value] of Object.entries(values)) {
    if (!value) continue;
    const text = exactly(value, times);
    if (text === undefined) throw new Error(`${rate} ${value} is no decimal of six places`);
    known.push([rate, text]);
  }
  return Object.fromEntries(known);
}

/** A page of the vendor, not the history of the package. @param {string} [url] */
function isPage(url) {
  return url !== undefined && !/github\.com|web\.archive\.org/.test(url);
}

/** @param {string} id */
function isDated(id) {
  const pattern = new RegExp(`^${id.replaceAll(/[.+]/g, "\\$&")}-(?:20\\d\\d-\\d\\d-\\d\\d|20\\d{6})$`);
  return (/** @type {string} */ other) => pattern.test(other);
}
