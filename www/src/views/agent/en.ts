/** The agent's bill in English. */
import type { Format } from "../../i18n/full.ts";
import type { Moment, Money, Words } from "./words.ts";

export function en(format: Format): Words {
  const money = ({ amount, currency }: Money): string => format.money(amount, currency);
  const cost = ({ amount, currency }: Money): string => format.cost(amount, currency);
  const time = ({ day, minute }: Moment): string => `day ${format.count(day)}, ${format.clock(minute)}`;
  const days = (count: number): string =>
    `${format.count(count)} ${format.plural(count, { one: "day", other: "days" })}`;
  const requests = (count: number): string =>
    `${format.count(count)} ${format.plural(count, { one: "request", other: "requests" })}`;
  const share = (part: number): string =>
    part > 0 && part < 0.01 ? `under ${format.percent(0.01)}` : format.percent(part);
  const kinds = { work: "work", heartbeat: "heartbeat", summary: "writing a summary" } as const;
  return {
    title: "What does an agent cost a day?",
    lead: 'To keep a "lobster" is to keep an agent that is always on. With every request it sends its configuration, its skills, the whole conversation and its tools\' results again; and when nobody speaks, a heartbeat wakes it by the clock.',
    start: "Where to begin",
    presets: {
      personal: { name: "A personal agent with a heartbeat", note: "Always on, wakes every 30 minutes" },
      coding: { name: "A coding assistant", note: "On one project, in working hours" },
      support: { name: "A support bot", note: "A long handbook, a new conversation per guest" },
    },
    model: "Model",
    files: "Your files",
    currency: "Currency",
    currencies: { CNY: "¥ yuan", USD: "$ dollars" },

    inputs: "Your agent",
    assumption: "assumption",
    assumptions: "All start values are assumptions. Put your own in their place.",
    groups: {
      each: "Sent with every request",
      day: "In a day",
      heartbeat: "The heartbeat",
      long: "When the conversation gets long",
    },
    fields: {
      configuration: "System prompt and tools (tokens)",
      skills: "Skills (tokens)",
      knowledge: "Knowledge base, whole (tokens)",
      turns: "Requests a day",
      message: "New message (tokens)",
      toolResults: "Tool results (tokens)",
      output: "Output (tokens)",
      from: "From (hour)",
      to: "To (hour)",
      days: "Days",
      every: "Every (minutes)",
      beatMessage: "Its message (tokens)",
      beatOutput: "Its output (tokens)",
      compactAbove: "Above (tokens)",
      compactTurns: "After (requests)",
      summary: "Summary (tokens)",
      retrieved: "Passages found each time (tokens)",
      cacheLeast: "Not cached below (tokens)",
      planRequests: "Requests in 30 days",
      longAbove: "Long is above (tokens)",
      longCounts: "A long one counts as",
      ahead: "Look ahead (requests)",
    },
    wrong: (used) => `Enter a number that this field takes. ${used} still holds.`,
    hasHeartbeat: "With a heartbeat",
    heartbeatNote: "OpenClaw's default is 30 minutes.",
    compactions: { never: "Never", above: "Above a length", turns: "After some requests" },
    compactionLabel: "A new conversation",
    summaryNote: "The model writes it, in a request that is billed. With 0 there is none.",
    ownText: (tokens, isExact) =>
      `Use my text as the system prompt (${isExact ? "" : "≈ "}${format.count(tokens)} ${format.plural(tokens, { one: "token", other: "tokens" })})`,
    ownTextWaiting: "Use my text as the system prompt (counting…)",
    ownTextEmpty: 'Write something in "The labor-minute", and it can be the system prompt here.',

    answers: "What it costs",
    firstDay: "The first day",
    inDays: days,
    heartbeatShare: "The heartbeat's share",
    perDay: (count, turns) => `${requests(turns)} in ${days(count)}`,
    noHeartbeat: "No heartbeat",
    heartbeats: (count, amount) =>
      amount === undefined
        ? `${format.count(count)} ${format.plural(count, { one: "beat", other: "beats" })}`
        : `${format.count(count)} ${format.plural(count, { one: "beat", other: "beats" })}, ${money(amount)}`,
    unknown: "unknown",
    share,
    money,
    sees: {
      resent: (sent, count, resent, written) =>
        `${format.compact(sent)} tokens are sent in ${days(count)}. ${share(resent)} of them are configuration, skills, knowledge and history, sent again; new messages are ${share(written)}.`,
      grows: (last, count) =>
        `The history grows, so each day costs more than the one before: day ${format.count(count)} costs ${money(last)}.`,
      restarts: (conversations) =>
        `${format.count(conversations)} conversations in all: where the chart drops, a new one begins.`,
      steady: "Each day costs about the same.",
    },
    nothing: "No request in a day, so nothing to pay.",
    over: (moment, turns, window) =>
      `From request ${format.count(moment.turn)} on (${time(moment)}), it would send more than the model's window of ${format.count(window)} tokens: ${requests(turns)} in all. A real model stops there; the amounts below are as if it did not.`,
    overMend: (above) => `Begin anew above ${format.count(above)} tokens`,
    limited: (most, count, asked) =>
      `At most ${format.count(most)} requests are counted, so of ${days(asked)} these are the first ${format.count(count)}.`,
    unknownPrice: (model) =>
      `The book of prices has no complete price for ${model}, so there are tokens here and no money.`,
    onPlanNow: "Billed by the plan. In the chart and its tables money is still by the token, to compare.",
    failed: "This could not be worked out. Try again; what you entered is still here.",
    retry: "Try again",

    chart: "What is in each request",
    ranges: (count) => ({ firstDay: "First day", all: days(count) }),
    rangeLabel: "What to look at",
    sentPanel: "Tokens of each request",
    costPanel: "Cost of each request",
    soFarPanel: "Cost so far",
    windowMark: (window) => `window ${format.compact(window)}`,
    freshMark: "a new conversation pays from here",
    describe: (turns, least, most, amount) =>
      amount === undefined
        ? `${requests(turns)}, each of ${format.count(least)} to ${format.count(most)} tokens.`
        : `${requests(turns)}, each of ${format.count(least)} to ${format.count(most)} tokens; ${money(amount)} in all.`,
    sampled: (every) =>
      `There are too many to show: of every ${format.count(every)} requests, the chart and the table have the one that sends most.`,
    slider: "Which request",
    moment: (moment, kind) => `Request ${format.count(moment.turn)} · ${time(moment)} · ${kinds[kind]}`,
    kinds,
    parts: {
      configuration: "Configuration",
      skills: "Skills",
      knowledge: "Knowledge",
      history: "History",
      message: "New message",
      toolResults: "Tool results",
      retrieved: "Passages found",
      output: "Output",
    },
    columns: {
      part: "Part",
      thisTurn: "This one",
      tokens: (count) => `Tokens, ${days(count)}`,
      money: (count) => `Cost, ${days(count)}`,
      turn: "Request",
      time: "Time",
      kind: "Kind",
      cost: "Cost",
      soFar: "So far",
    },
    sumRow: "In all",
    count: (value) => format.count(value),
    time,
    table: "The same numbers as a table",
    tableOf: "Tokens and cost of each request",
    partsOf: "Tokens and cost of each part",

    economies: "What makes it cheaper",
    economiesLead: "Each switch has the whole bill worked out again.",
    economy: {
      cache: {
        name: "Prompt caching",
        note: "A beginning that has not changed is cheap when it is sent again soon. Most vendors do this by themselves.",
      },
      index: {
        name: "An index, not the whole knowledge base",
        note: "Only the passages that were found are sent.",
      },
      apart: {
        name: "Heartbeats in a conversation of their own",
        note: "They carry configuration, skills and knowledge, and no history.",
      },
      helper: {
        name: "A small model for the heartbeat",
        note: "A cheap one, or one at home that costs its current.",
      },
      plan: {
        name: "A plan, not a price per token",
        note: "It counts requests, and may count a long one as two.",
      },
    },
    saves: (amount, count) => `saves ${money(amount)} in ${days(count)}`,
    wouldSave: (amount, count) => `would save ${money(amount)} in ${days(count)}`,
    costsMore: (amount, count) => `costs ${money(amount)} more in ${days(count)}`,
    wouldCostMore: (amount, count) => `would cost ${money(amount)} more in ${days(count)}`,
    noChange: "makes no difference",
    waiting: "working it out…",
    none: (none, count) => `Without any of them, ${days(count)} cost ${money(none)}.`,
    together: (now, saved, part) =>
      `With those that are on: ${money(now)}, which saves ${money(saved)} (${format.percent(part)}).`,
    togetherMore: (now, more) => `With those that are on: ${money(now)}, which is ${money(more)} more.`,
    allOff: "None is on now.",
    overlap:
      "The amount beside a switch is what that switch alone changes as things stand. They affect each other, so the amounts do not add up.",
    noCachePrice: "The book has no price for cached input of this model, so nothing is cached.",
    noKnowledge: "There is no knowledge base, so no need of an index.",
    noHeartbeatHere: "There is no heartbeat.",
    cacheLives: { short: "Cache lives (minutes)", long: "Long cache lives (minutes)" },
    cacheNote:
      "Anthropic says 5 minutes or an hour, OpenAI 5 to 10 minutes, DeepSeek a few hours to a few days; the shortest is taken here.",
    cacheLong: "Write to the long cache (dearer, kept longer)",
    cacheWrites: (isBilled) =>
      isBilled
        ? "This vendor charges for writing to the cache; that is in it."
        : "This vendor does not charge for writing to the cache.",
    helpers: { model: "A cheap model", home: "One at home" },
    helperLabel: "Who takes the heartbeat",
    helperModel: "Model for the heartbeat",
    helperNote: "What it writes to its cache is billed as plain input.",
    kwhTokens: "Tokens from 1 kWh",
    kwhPrice: (currency) => (currency === "CNY" ? "1 kWh costs (¥)" : "1 kWh costs ($)"),
    kwhNote: '5 million tokens from 1 kWh is a saying; see "Gifts and current".',
    planPrice: (currency) => (currency === "CNY" ? "Plan for 30 days (¥)" : "Plan for 30 days ($)"),
    isLongDearer: "A long request counts as more",
    planSource:
      "Assumption: price and requests of Baidu Qianfan's Coding Plan Lite (2026). What is long, and what it counts as, is up to your plan.",
    planNeeds: (needs, plain, has, fits) => {
      const counted =
        needs === plain
          ? `30 days count as ${requests(needs)}`
          : `30 days have ${requests(plain)}, which count as ${format.count(needs)} because of the long ones`;
      return fits
        ? `${counted}; the plan has ${format.count(has)}, which is enough.`
        : `${counted}; the plan has only ${format.count(has)}.`;
    },

    fresh: "When to open a new conversation",
    freshLead:
      "The longer the history, the dearer each request. A new conversation needs a summary first, and the summary costs, too; from some request on it is cheaper all the same.",
    freshPays: (moment, ahead, goingOn, fresh, less) =>
      `Before request ${format.count(moment.turn)} (${time(moment)}) a new conversation pays: over the next ${format.count(ahead)}, going on costs ${cost(goingOn)}, beginning anew ${cost(fresh)}, which is ${cost(less)} less.`,
    freshNever: (turns, ahead) =>
      `Within the first ${requests(turns)}, looking ${format.count(ahead)} ahead, beginning anew never costs less.`,
    isByHand: "I write the summary, so the model is not paid for it",
    freshUse: (turns) => `Do that: begin anew after every ${requests(turns)}`,
    freshUsed: (turns) => `It now begins anew after every ${requests(turns)}.`,

    how: "How this is worked out",
    howText:
      "A request sends, in this order: configuration, skills, knowledge, history, the new message, tool results, passages that were found. The next one's history is this one's with its message, tool results and output. Each request is billed by itself at the book's prices, and a day is their sum.",
    prices: (model, source, date, converted) =>
      converted
        ? `Prices of ${model}: ${source}, ${format.date(date)}; converted at ${format.rate(`${converted.rate}`)} yuan for a dollar (${converted.source}, ${format.date(converted.date)}).`
        : `Prices of ${model}: ${source}, ${format.date(date)}.`,
    hours:
      "This vendor is cheaper off-peak, so like requests differ in cost: the first day is today, by the clock where you are.",
    said: (first, all, count) => `The first day ${money(first)}, ${days(count)} ${money(all)}.`,
  };
}
