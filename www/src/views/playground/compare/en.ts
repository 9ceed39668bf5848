import type { Format } from "../../../i18n/full.ts";
import type { Words } from "./words.ts";

export const en = (format: Format): Words => {
  const models = (count: number): string =>
    `${format.count(count)} ${format.plural(count, { one: "model", other: "models" })}`;
  return {
    title: "Which model?",
    lead: "Each model cuts the same text into another number of tokens, at another price. Here they stand side by side, the reply included.",
    cheapest: (name, cost, reply, isEstimate) =>
      `${reply > 0 ? `With a reply of ${format.count(reply)} ${format.plural(reply, { one: "token", other: "tokens" })}, the` : "The"} cheapest model that holds this text is ${name}, at ${isEstimate ? "about " : ""}${cost} a time.`,
    dearest: (name, times, isEstimate) =>
      `The dearest, ${name}, costs ${isEstimate ? "about " : ""}${format.multiple(times)} times as much.`,
    advice: "Let the cheap one write daily reports, and keep the dear one for hard work.",
    noneFits: "None of these models holds this text.",
    noPrices: "None of these models has a public price.",
    nothing: "No text and no reply, so nothing to pay. Write a little to compare.",
    tooSmall: (count) => `${models(count)} cannot hold it, as marked in the table.`,
    chosenTooSmall: (name) => `${name}, which you chose, cannot hold this text.`,
    reply: "Tokens of the reply",
    replyNote: "The reply is billed too, mostly at a higher rate.",
    wrongReply: (used) => `Enter a whole number from 0 on. ${format.count(used)} holds for now.`,
    vendor: "Vendor",
    allVendors: "All vendors",
    files: "My files",
    sort: "Order",
    sorts: {
      "cost-up": "Cheapest first",
      "cost-down": "Dearest first",
      "tokens-up": "Fewest tokens first",
      "tokens-down": "Most tokens first",
      "share-up": "Most room first",
      "share-down": "Least room first",
      "name-up": "By name",
      "name-down": "By name, from the end",
    },
    currency: "Currency",
    currencies: { CNY: "Yuan", USD: "Dollars" },
    estimated: (left, all) =>
      `Of ${format.count(all)} vocabularies ${format.count(left)} ${format.plural(left, { one: "is", other: "are" })} not here yet: those counts are estimates, marked with ≈.`,
    allExact: "All vocabularies are here, and have counted.",
    makeAllExact: (bytes) => `Count all exactly (${format.bytes(bytes)})`,
    loadingAll: (done, total) => `${format.bytes(done)} of ${format.bytes(total)} are here`,
    stop: "Stop",
    allLoaded: "The vocabularies are here, and have taken the place of the estimates.",
    caption: "The same text in tokens and money, by model",
    columns: {
      name: "Model",
      tokens: "Tokens",
      cost: "Cost of one call",
      times: "Times",
      share: "Of the window",
      sure: "How sure",
    },
    chosen: "your model",
    choose: "Use this model",
    range: (low, high) => format.range(low, high),
    about: (value) => `≈ ${value}`,
    counting: "counting…",
    parts: (input, output) => `input ${input} + reply ${output}`,
    converted: (cost) => `${cost} (converted)`,
    step: (above) => `over ${format.count(above)}: long-text rates`,
    offPeak: "off-peak now",
    cheapestMark: "cheapest",
    unknown: "unknown",
    noPrice: "no public price",
    noWindow: "window unknown",
    percent: (share) => (share > 0 && share < 0.01 ? `under ${format.percent(0.01)}` : format.percent(share)),
    ofWindow: (window) => `of ${format.count(window)}`,
    fits: { over: "does not fit", perhaps: "may not fit", reply: "reply over the limit" },
    basis: { exact: "exact", calibrated: "calibrated", estimated: "≈ estimate" },
    assumed: "assumed",
    makeExact: (bytes) => `exact, ${format.bytes(bytes)}`,
    actionFor: (action, name) => `${action}: ${name}`,
    loading: "fetching…",
    failed: "the vocabulary did not come",
    retry: "Try again",
    priceOf: (date) => `price of ${date}`,
    details: (name) => `${name}: rates and sources`,
    perMillion: "A million tokens",
    rates: (input, output) => `input ${input}, output ${output}`,
    ratesAbove: (above, input, output) => `over ${format.count(above)} in: input ${input}, output ${output}`,
    ratesOffPeak: (input, output) => `off-peak: input ${input}, output ${output}`,
    costRange: (low, high) => `${low} to ${high}`,
    source: "Source of the price",
    sourceAt: (name, date) => `${name}, ${date}`,
    vendorPage: "the vendor's page",
    assumption: "Assumption",
    encoding: "Vocabulary",
    limits: "The vendor's limits",
    limitsOf: (input, output) =>
      [
        input === undefined ? [] : [`input ${format.count(input)}`],
        output === undefined ? [] : [`reply ${format.count(output)}`],
      ]
        .flat()
        .join(", "),
    showAll: (count) => `Show all ${models(count)}`,
    showFew: "Show only the first",
    howSure: "What the words for sureness mean",
    legend: {
      exact: "Counted with the vendor's own public vocabulary: the vendor's count.",
      calibrated: "The vocabulary is not public; it was rebuilt from recorded counts, and has a range.",
      estimated:
        "The vocabulary is not here yet; judged by the kinds of text, the count is nearly always in the range.",
      assumed:
        "The vendor has not said which vocabulary it is; that of its kin is taken. Open the model for the reason.",
    },
    conversion: (rate, source, date) =>
      `Where a vendor states no yuan or no dollars, a dollar is taken as ¥${rate} (${source}, ${date}).`,
    ownConversion: (rate) =>
      `Where a vendor states no yuan or no dollars, a dollar is taken as ¥${rate}, as you set it.`,
  };
};
