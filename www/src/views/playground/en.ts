/** English. */
import type { Format } from "../../i18n/full.ts";
import type { Told, Words } from "./words.ts";

const BASES = {
  exact: "exact",
  calibrated: "calibrated: rebuilt from recorded counts, unofficial",
  assumed: "assumed",
  estimated: "estimated",
} as const;

export function en(f: Format): Words {
  const tokens = (count: number): string =>
    `${f.count(count)} ${f.plural(count, { one: "token", other: "tokens" })}`;
  const about = (count: number, isEstimated: boolean): string =>
    `${isEstimated ? "about " : ""}${tokens(count)}`;
  const told = ({ input, cached, output }: Told): string =>
    [input && `input ${input}`, cached && `cached ${cached}`, output && `output ${output}`]
      .filter(Boolean)
      .join("; ");
  return {
    title: "Playground",
    lead: "Paste a prompt: tokens, price, room left and words to spare, all on one screen.",

    meter: "Meter",
    model: "Model",
    files: "Your files",
    basis: (encoding, basis) => `${encoding} · ${BASES[basis]}`,
    tokens: "Tokens",
    marks: { calibrated: "calibrated", assumed: "assumed", estimated: "estimated" },
    about: (count) => `≈${count}`,
    range: (range) => `probably ${range}`,
    soFar: "so far",
    cost: { CNY: "Cost as input, CNY", USD: "Cost as input, USD" },
    remaining: "Tokens left",
    unknown: "unknown",
    used: "Input used",
    levelOk: "Plenty left",
    levelNear: "Near the limit",
    levelFull: "At the limit",
    levelOver: "Over the limit",
    detailOk: (used) =>
      used > 0 && used < 0.01 ? `Less than ${f.percent(0.01)} used` : `${f.percent(used)} used`,
    detailNear: (used, remaining) =>
      `${f.percent(used)} used, only ${tokens(remaining)} left: consider shortening it.`,
    detailFull: (remaining) => `At the limit, ${tokens(remaining)} left: consider shortening it.`,
    detailOver: (excess) =>
      `${tokens(excess)} too long: shorten the text, or choose a model with a larger window.`,
    barText: (used, room) => `${tokens(used)} of ${f.count(room)} used`,
    room: (window, reserve, room) =>
      `Window ${f.count(window)}, ${f.count(reserve)} reserved for the reply, up to ${f.count(room)} for input`,
    roomCapped: (window, cap) => `Window ${f.count(window)}, of which at most ${f.count(cap)} for input`,
    noWindow: "This model's context window is not known",
    noOneWindow: "These models have windows of different sizes",
    sayOk: (remaining) => `Back below the warning, ${tokens(remaining)} left.`,
    sayNear: (used, remaining) => `Near the limit: ${f.percent(used)} used, ${tokens(remaining)} left.`,
    sayFull: (remaining) => `At the limit: ${tokens(remaining)} left.`,
    sayOver: (excess) => `Over the limit by ${tokens(excess)}.`,

    counting: (part) => `Counting… ${f.percent(part)}`,
    progress: "Progress of the count",
    cancel: "Stop",
    stopped: "Counting was stopped, so there is no count yet. Your text is still here.",
    resume: "Count after all",
    loading: (encoding) => `Loading the ${encoding} vocabulary; an estimate until then…`,
    reading: (file, part) => `Reading ${file}… ${f.percent(part)}`,
    failed: (encoding, isEstimated) =>
      isEstimated
        ? `The ${encoding} vocabulary did not load; what you see is an estimate. Your text is still here.`
        : `The ${encoding} vocabulary did not load, so nothing can be counted yet. Your text is still here.`,
    failedFile: (file) =>
      `${file} cannot be counted with; what you see is an estimate. Your text is still here.`,
    retry: "Try again",
    pattern: "The file does not say how text is split; choose a way",
    usePattern: "Read it this way",

    text: "Your text",
    placeholder: "Write here, or paste a prompt…",
    ownFile: "Your own tokenizer.json…",
    dropHere: "Let go to count with this file",
    samples: "Try one",
    sample: {
      english: "English",
      chinese: "Chinese",
      emoji: "Emoji",
      code: "Code",
      wordy: "Wordy",
      invisible: "Invisible",
    },
    clear: "Clear",
    colours: "Colour the tokens",
    ids: "Show ids",
    noBoxes: {
      calibrated:
        "The vendor has not published its vocabulary: the count can be rebuilt, the places where tokens end cannot, so there are no colours.",
      estimated: "This is an estimate: where tokens end is not known yet, so there are no colours.",
    },
    characters: (count) => `${f.count(count)} ${f.plural(count, { one: "character", other: "characters" })}`,
    words: (count) => `${f.count(count)} ${f.plural(count, { one: "word", other: "words" })}`,
    statsPending: "Counting characters and words…",
    selected: (count, all, mark) => `Selected: ${mark(tokens(count))} alone, of ${mark(f.count(all))}`,
    edit: (change, cost, mark) => {
      const noun = f.plural(Math.abs(change), { one: "token", other: "tokens" });
      return cost === undefined
        ? `This edit: ${mark(f.change(change))} ${noun}`
        : `This edit: ${mark(f.change(change))} ${noun}, ${mark(cost)}`;
    },

    tokenCount: tokens,
    idsAre: (ids) => `${f.plural(ids.length, { one: "id", other: "ids" })} ${ids.join(", ")}`,
    bytesAre: (bytes) => `bytes ${bytes}`,
    special: (name, id) =>
      `Reads like the special token ${name} (id ${id}). Here it counts as plain text; sent as it is, a model may take it for the token.`,
    invisible: {
      space: "space",
      tab: "tab",
      break: "line break",
      "no-break": "no-break space",
      wide: "full-width space",
      "other-space": "unusual space",
      "zero-width": "zero-width character",
      bom: "byte order mark (BOM)",
      bidi: "text direction control",
      tag: "invisible tag character",
      control: "control character",
    },

    hints: "Words you can spare",
    hintsLead: "What each one saves is found by counting the text again without it.",
    hintsNone: "Nothing to spare was found.",
    hintsEmpty: "Once there is text, the places to save are listed here.",
    hintsPending: "Looking…",
    hintsTooLong: (limit) => `Beyond ${f.count(limit)} characters a text is not searched.`,
    hintKind: {
      spaces: "Extra spaces",
      "trailing-spaces": "Spaces at a line's end",
      "blank-lines": "Extra blank lines",
      repeat: "Said before",
      base64: "A file as text",
      credential: "A credential",
      courtesy: "Courtesy",
      chatter: "Small talk",
    },
    hintSaves: (count, isEstimated) => `Saves ${about(count, isEstimated)}`,
    hintCosts: (count, isEstimated) => `Do not send it; it would cost ${about(count, isEstimated)}`,
    hintsTogether: (count, cost, isEstimated) =>
      cost === undefined
        ? `Together they save ${about(count, isEstimated)}`
        : `Together they save ${about(count, isEstimated)}, ${cost}`,
    apply: { shorten: "Take out", remove: "Remove" },
    applyLabel: (action, kind, excerpt) => `${action}, ${kind.toLowerCase()}: ${excerpt}`,
    applyAll: (count) => `Take out all ${f.count(count)}`,
    jump: (excerpt) => `Find in the text: ${excerpt}`,
    more: (count) => `List ${f.count(count)} more`,
    applied: (count) => `Taken out: ${tokens(count)} saved.`,

    tokenList: "Token by token",
    tokenListOf: (count) => `${tokens(count)} in the selection, those that it cuts included`,
    tokenAtCaret: "The token before the caret. Select some text to list the tokens in it.",
    tokenNumber: "No.",
    tokenText: "Text",
    tokenId: "Id",
    tokenBytes: "Bytes",
    tokenPart: "part of a character",
    tokensMore: (count) => `${tokens(count)} more are not listed.`,

    settings: "Settings",
    currency: "Amounts",
    currencies: { CNY: "CNY", USD: "USD" },
    reserve: "Reserved for the reply, tokens",
    reserveHint: (most) => `The reply shares the window; at most ${f.count(most)}.`,
    reserveUnlimited: "The reply shares the window.",
    reserveWrong: (used) => `Enter a whole number within the range; ${f.count(used)} is used for now.`,
    rate: "Yuan for one US dollar",
    rateNote: ({ name, date, dateIs }) =>
      dateIs === "published"
        ? `Conversion by ${name}, published ${f.date(date)}; yours to change.`
        : `Conversion by ${name}, checked ${f.date(date)}; yours to change.`,
    rateOwn: (original) => `Your own rate; it was ${original}.`,
    rateWrong: (used) => `Enter a number with at most six decimals; ${used} is used for now.`,
    rateReset: "Restore the rate",

    prices: "Prices",
    pricesCaption: (model) => `${model}, per million tokens`,
    priceKind: "What",
    priceInput: "Input",
    priceCached: "Input, cached",
    priceOutput: "Output",
    priceIn: (currency, isConverted) => (isConverted ? `in ${currency}` : currency),
    priceBelow: (limit) => `Up to ${f.count(limit)} input tokens`,
    priceAbove: (limit) => `Beyond ${f.count(limit)} input tokens (whole request)`,
    priceTier: { standard: "Peak hours", "off-peak": "Off-peak hours", batch: "Batch" },
    priceNow: "applies now",
    priceSource: ({ name, date, dateIs }) =>
      dateIs === "published"
        ? `Prices from ${name}, published ${f.date(date)}.`
        : `Prices from ${name}, checked ${f.date(date)}.`,
    priceOld: (days, date) =>
      `The price of ${f.date(date)} is more than ${days} days old; the vendor may have changed it.`,
    priceOther: ({ name, date }, prices) => `${name} of ${f.date(date)} has other prices: ${told(prices)}.`,
    vendorPage: (vendor) => `${vendor}'s price page`,
    noPrice: "This model's price is not known.",
    noOnePrice: "Several models share this vocabulary, at prices of their own.",
    assumedNote: (encoding) =>
      `The vendor has not published this model's tokenizer; ${encoding} is assumed, so take the figures as provisional.`,
    retires: (date) => `The vendor stops serving this model on ${f.date(date)}.`,
    retired: (date) => `The vendor stopped serving this model on ${f.date(date)}.`,

    phrases: {},
  };
}
