/** Gifts and current in English. */
import type { Format } from "../../i18n/full.ts";
import type { Money, Words } from "./words.ts";

export function en(format: Format): Words {
  const money = ({ amount, currency }: Money): string => format.money(amount, currency);
  const count = (value: number): string => format.count(value);
  const tokens = (value: number): string =>
    `${count(value)} ${format.plural(value, { one: "token", other: "tokens" })}`;
  return {
    title: "What a gift of tokens is worth, and what a kilowatt-hour is",
    lead: "Vendors give away ten million tokens, and people say that a kilowatt-hour makes millions of them. What that is worth depends on the model, and on how much is input and how much output. Here it is at the book's prices.",
    choices: "What to go by",
    model: "Model",
    files: "Your files",
    currency: "Currency",
    currencies: { CNY: "¥ yuan", USD: "$ dollars" },
    useInput: "My input a day (tokens)",
    useOutput: "My output a day (tokens)",
    useNote:
      "Put your own use in their place. The proportion of input to output also makes the prices below.",
    useAgent: (input, output) =>
      `Take the first day of "An agent's bill": ${count(input)} in, ${count(output)} out`,
    assumption: "assumption",
    wrong: (used) => `Enter a number that this field takes. ${used} still holds.`,
    money,
    unknown: "unknown",
    asOf: (date) => `prices of ${format.date(date)}`,
    dated: (date) => `, ${format.date(date)}`,

    gift: "A gift of tokens",
    giftTokens: "Tokens of the gift",
    worthAt: (model) => `Worth with ${model}`,
    lasts: "Lasts me",
    days: (days) => `${count(days)} ${format.plural(days, { one: "day", other: "days" })}`,
    left: (left) => `and ${tokens(left)} are left`,
    everyModel: (gift) => `${tokens(gift)} with every model`,
    chosen: "chosen",
    all: (total) => `Show all ${count(total)} models`,
    fewer: "Show a few",
    peak: "Where prices differ by the hour, those of the peak are taken.",
    columns: {
      model: "Model",
      worth: "Worth",
      range: "From low to high",
      saying: "The saying",
      book: "Our book",
      verdict: "Is it so?",
    },
    giftClaims: "The sayings, checked",
    giftClaimsNote:
      "The sayings are about ten million tokens, in yuan; the book's amounts are in your proportion of input to output. Small: from all input to all output. Within a tenth counts as right.",
    claims: {
      "gpt-4o": "At GPT-4o's price, about ¥300–400",
      kimi: "At Kimi's price, about ¥100–200",
      deepseek: "At DeepSeek's price, about ¥20–30",
      chinese: "At Chinese prices, worth ¥11",
      openai: "At OpenAI's prices, about ¥400",
    },
    span: (allInput, allOutput) => `${money(allInput)} to ${money(allOutput)}`,
    verdicts: { right: "about right", more: "more than that", less: "less than that" },
    network: (network, model, cheapest) =>
      `One more saying: a public supercomputing network sells a million tokens at ¥0.1. Then ten million are worth ${money(network)}; with the cheapest of our book, ${model}, they cost ${money(cheapest)}.`,

    current: "A kilowatt-hour",
    currentLead:
      "The saying: 1 kWh makes about 5 million tokens, worth ¥11 at Chinese prices and about ¥400 at OpenAI's, against ¥0.5 for the current. Nobody shows how many tokens it really makes, so that is an assumption, and yours to change.",
    kwhPrice: (currency) => (currency === "CNY" ? "1 kWh costs (¥)" : "1 kWh costs ($)"),
    kwhPriceNote: "The ¥0.5 of the saying. Put your own price here.",
    kwhMakes: "Tokens from 1 kWh",
    kwhWorth: (model) => `Worth at ${model}'s price`,
    kwhCost: "The current",
    bySource: (kind) =>
      kind === undefined
        ? "your own number"
        : { claim: "a saying, without a source", measured: "measured", estimated: "estimated" }[kind],
    ratio: (ratio) => `the tokens are worth ${format.compact(ratio)} times the current`,
    sources: "Tokens from 1 kWh: whose word to take",
    own: "A number of my own",
    ownTokens: "Tokens from 1 kWh",
    yields: {},
    yieldKinds: { claim: "claim", measured: "measured", estimated: "estimated" },
    tokensPerKwh: (made, low, high) =>
      low === undefined || high === undefined
        ? format.compact(made)
        : `${format.compact(made)} (${format.compact(low)} to ${format.compact(high)})`,
    mWh: (mWhPerPrompt) => `${format.rate(`${mWhPerPrompt / 1000}`)} Wh a prompt`,
    promptTokens: "Tokens of a prompt with its answer",
    promptNote: "The source does not say; this is an assumption.",
    noSource: "Passed around, without a source.",
    comparison: "What the tokens of a kilowatt-hour are worth, and what it costs",
    comparisonNote: (hasRange) =>
      hasRange
        ? "One model of each vendor, the filled one is yours; the wide bar goes from the source's low to its high. Each step of the axis is ten times the one before. All models are taken to make the same number of tokens, which is an assumption, too."
        : "One model of each vendor, the filled one is yours. Each step of the axis is ten times the one before. All models are taken to make the same number of tokens, which is an assumption, too.",
    table: "The same numbers as a table",
    range: (low, high) => `${money(low)} to ${money(high)}`,
    kwhClaims: "The saying, checked",
    kwhClaimsNote:
      "For the saying's 5 million tokens, in yuan, in your proportion of input to output. Small: from all input to all output. Within a tenth counts as right.",
  };
}
