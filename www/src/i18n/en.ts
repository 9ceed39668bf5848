/** English. */
import type { Format } from "../format.ts";
import type { Messages } from "./messages.ts";

const THEMES = { auto: "system", light: "light", dark: "dark" } as const;
const FAILURES = {
  fetch: "A file could not be fetched. Check the connection and try again.",
  blocked: "This page's security policy does not allow WebAssembly; tell whoever runs the site.",
  damaged:
    "A file arrived incomplete, or is not what it should be. Try again; if that fails, reload the page.",
  other: "The cause is not known. Try again; if that fails, reload the page.",
} as const;

const BASES = {
  exact: "exact",
  calibrated: "calibrated: rebuilt from recorded counts, unofficial",
  assumed: "assumed",
} as const;

export function en(f: Format): Messages {
  const tokens = (count: number): string =>
    `${f.count(count)} ${f.plural(count, { one: "token", other: "tokens" })}`;
  return {
    title: "Tokimeter: a taximeter for tokens",
    tagline: "While you write: how many tokens, what they cost, how much context is left.",
    privacy: "All counting happens on this page. What you write never leaves your browser.",

    language: "Language",
    theme: (theme) => `Theme: ${THEMES[theme]}`,

    meter: "Meter",
    model: "Model",
    basis: (encoding, basis) => `${encoding} · ${BASES[basis]}`,
    tokens: "Tokens",
    assumed: "assumed",
    calibrated: "calibrated",
    assumedNote: (encoding) =>
      `The vendor has not published this model's tokenizer; ${encoding} is assumed, so take the figures as provisional.`,
    costCny: "Cost as input, CNY",
    costUsd: "Cost as input, USD",
    remaining: "Tokens left",
    used: "Input used",
    characters: (count) => `${f.count(count)} ${f.plural(count, { one: "character", other: "characters" })}`,
    words: (count) => `${f.count(count)} ${f.plural(count, { one: "word", other: "words" })}`,
    counting: "Counting…",
    countingPart: (part) => `Counting… ${f.percent(part)}`,
    soFar: "so far",
    progress: "Progress of the count",
    cancel: "Cancel",
    stopped: "Counting was stopped, so there is no count yet. Your text is still here.",
    resume: "Count after all",
    unknown: "unknown",

    levelOk: "Plenty left",
    levelNear: "Near the limit",
    levelOver: "Over the limit",
    detailOk: (used) =>
      used > 0 && used < 0.01 ? `Less than ${f.percent(0.01)} used` : `${f.percent(used)} used`,
    detailNear: (used, remaining) =>
      `${f.percent(used)} used, only ${tokens(remaining)} left: consider shortening it.`,
    detailOver: (excess) =>
      `${tokens(excess)} too long: shorten the text, or choose a model with a larger window.`,
    barText: (used, budget) => `${tokens(used)} of ${f.count(budget)} used`,
    budget: (window, reserve, budget) =>
      `Window ${f.count(window)}, ${f.count(reserve)} reserved for output, up to ${f.count(budget)} for input`,
    budgetCapped: (window, cap) => `Window ${f.count(window)}, of which at most ${f.count(cap)} for input`,
    noWindow: "This model's context window is not known",
    noOneWindow: "These models have windows of different sizes",

    ownFile: "Your own tokenizer.json…",
    ownFiles: "Your files",
    loading: (encoding) => `Loading the ${encoding} vocabulary…`,
    failed: (encoding) =>
      `The ${encoding} vocabulary did not load, so nothing can be counted yet. Your text is still here.`,
    failedHelp: (kind) => FAILURES[kind],
    retry: "Try again",

    text: "Your text",
    placeholder: "Write here, or paste something…",
    samples: "Try one",
    sampleEnglish: "English",
    sampleChinese: "Chinese",
    sampleEmoji: "Emoji",
    sampleCode: "Code",
    clear: "Clear",
    colours: "Colour the tokens",
    coloursMissing: "This browser cannot colour text in place; the count is not affected.",
    coloursTooLong: (limit) => `No colours beyond ${f.count(limit)} characters; counting goes on.`,
    coloursUnknown: "The vendor has not published where its tokens begin and end, so there are no colours.",

    compare: "Compare",
    compareNote: "The same text in other vocabularies. Each is downloaded when you tick it.",
    compareCaption: "Tokens of the text in each vocabulary",
    compareName: "Vocabulary",
    compareTimes: "× fewest",
    compareChoose: "Choose vocabularies",
    compareBasis: (encoding, basis) =>
      `${encoding} · ${basis === "calibrated" ? "calibrated, unofficial" : basis}`,
    compareSize: (bytes) => `${f.count(Math.ceil(bytes / 1000))} kB`,
    compareLoading: "Loading…",
    compareFailed: "Did not load.",

    settings: "Settings",
    reserve: "Reserved for output, tokens",
    reserveHint: (most) => `The answer shares the window; at most ${f.count(most)}.`,
    reserveUnlimited: "The answer shares the window.",
    reserveWrong: (used) => `Enter a whole number within the range; ${f.count(used)} is used for now.`,
    rate: "Yuan for one US dollar",
    rateNote: ({ name, date, dateIs }) =>
      dateIs === "published"
        ? `Conversion by ${name}, published ${f.date(date)}; yours to change.`
        : `Conversion by ${name}, checked ${f.date(date)}; yours to change.`,
    rateOwn: (original) => `Your own rate; it was ${f.rate(original)}.`,
    rateWrong: (used) => `Enter a number with at most six decimals; ${f.rate(used)} is used for now.`,
    rateReset: "Restore the rate",

    prices: "Prices",
    pricesCaption: (model) => `${model}, per million tokens`,
    priceKind: "What",
    priceInput: "Input",
    priceCached: "Input, cached",
    priceOutput: "Output",
    currency: (currency, isConverted) => (isConverted ? `in ${currency}` : currency),
    priceBelow: (limit) => `Up to ${f.count(limit)} input tokens`,
    priceAbove: (limit) => `Beyond ${f.count(limit)} input tokens (whole request)`,
    priceNow: "applies now",
    priceSource: ({ name, date, dateIs }) =>
      dateIs === "published"
        ? `Prices from ${name}, published ${f.date(date)}.`
        : `Prices from ${name}, checked ${f.date(date)}.`,
    priceOld: (days, date) =>
      `The price of ${f.date(date)} is more than ${days} days old; the vendor may have changed it.`,
    priceOffPeak: (prices) =>
      `These are the prices of peak hours. Off-peak: ${prices.join("; ").toLowerCase()}.`,
    priceOther: ({ name, date }, prices) =>
      `${name} of ${f.date(date)} has other prices: ${prices.join("; ").toLowerCase()}.`,
    vendorPage: (vendor) => `${vendor}'s price page`,
    noPrice: "This model's price is not known",
    noOnePrice: "Several models share this vocabulary, at prices of their own.",
    retires: (date) => `The vendor stops serving this model on ${f.date(date)}.`,
    retired: (date) => `The vendor stopped serving this model on ${f.date(date)}.`,

    sayNear: (used, remaining) => `Near the limit: ${f.percent(used)} used, ${tokens(remaining)} left.`,
    sayOver: (excess) => `Over the limit by ${tokens(excess)}.`,
    sayOk: (remaining) => `Back below the warning, ${tokens(remaining)} left.`,
  };
}
