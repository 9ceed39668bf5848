/** The agent's bill in Chinese. */
import type { Currency } from "tokimeter/models";
import type { Format } from "../../i18n/full.ts";
import type { Moment, Money, Words } from "./words.ts";

const UNITS: Readonly<Record<Currency, string>> = { CNY: "元", USD: "美元" };

export function zh(format: Format): Words {
  const money = ({ amount, currency }: Money): string => format.money(amount, currency);
  const cost = ({ amount, currency }: Money): string => format.cost(amount, currency);
  const time = ({ day, minute }: Moment): string => `第 ${format.count(day)} 天 ${format.clock(minute)}`;
  const share = (part: number): string =>
    part > 0 && part < 0.01 ? `不到 ${format.percent(0.01)}` : format.percent(part);
  const kinds = { work: "干活", heartbeat: "心跳", summary: "写摘要" } as const;
  return {
    title: "智能体一天要花多少钱",
    lead: "养一只“龙虾”，就是养一个一直开着的智能体。它每发一次请求，都要把设定、技能、聊天记录和工具结果从头再发一遍；没人说话的时候，心跳也会定时叫醒它。",
    start: "从哪一种开始",
    presets: {
      personal: { name: "带心跳的个人助手", note: "全天开着，每 30 分钟醒一次" },
      coding: { name: "写代码的助手", note: "跟着一个项目，上班时间用" },
      support: { name: "客服机器人", note: "手册很长，每位客人一个新对话" },
    },
    model: "模型",
    files: "您的文件",
    currency: "货币",
    currencies: { CNY: "¥ 人民币", USD: "$ 美元" },

    inputs: "您的智能体",
    assumption: "假设",
    assumptions: "起始数字都是假设，请改成您自己的。",
    groups: { each: "每次请求都发", day: "一天里", heartbeat: "心跳", long: "对话太长时" },
    fields: {
      configuration: "系统提示词和工具定义（token）",
      skills: "技能（token）",
      knowledge: "知识库，整个发（token）",
      turns: "一天请求几次",
      message: "每次的新消息（token）",
      toolResults: "工具返回的结果（token）",
      output: "每次的输出（token）",
      from: "几点开始",
      to: "几点结束",
      days: "算几天",
      every: "每隔几分钟",
      beatMessage: "心跳的消息（token）",
      beatOutput: "心跳的输出（token）",
      compactAbove: "超过多少 token",
      compactTurns: "满几次请求",
      summary: "摘要（token）",
      retrieved: "每次找出的段落（token）",
      cacheLeast: "少于多少 token 不缓存",
      planRequests: "每 30 天含几次请求",
      longAbove: "超过多少 token 算长",
      longCounts: "一次长请求算几次",
      ahead: "往后看几次请求",
    },
    wrong: (used) => `请填这一栏允许的整数或小数；现在仍按 ${used} 算。`,
    hasHeartbeat: "打开心跳",
    heartbeatNote: "OpenClaw 默认每 30 分钟一次。",
    compactions: { never: "一直聊下去", above: "超过长度就另开", turns: "满几次就另开" },
    compactionLabel: "另开对话",
    summaryNote: "由模型写，写的那一次也收费。填 0 就不写。",
    ownText: (tokens, isExact) =>
      `用我写的文字当系统提示词（${isExact ? "" : "≈ "}${format.count(tokens)} token）`,
    ownTextWaiting: "用我写的文字当系统提示词（正在数…）",
    ownTextEmpty: "在“钟点工的一分钟”里写一段文字，就能拿来当系统提示词。",

    answers: "花多少",
    firstDay: "第一天",
    inDays: (days) => `${format.count(days)} 天`,
    heartbeatShare: "心跳占的钱",
    perDay: (days, turns) => `${format.count(days)} 天共 ${format.count(turns)} 次请求`,
    noHeartbeat: "没有心跳",
    heartbeats: (count, amount) =>
      amount === undefined ? `${format.count(count)} 次` : `${format.count(count)} 次，${money(amount)}`,
    unknown: "未知",
    share,
    money,
    sees: {
      resent: (sent, days, resent, written) =>
        `${format.count(days)} 天发出 ${format.compact(sent)} token，${share(resent)} 是重复发的设定、技能、知识库和聊天记录；新消息只占 ${share(written)}。`,
      grows: (last, days) =>
        `聊天记录越积越长，所以一天比一天贵：第 ${format.count(days)} 天要 ${money(last)}。`,
      restarts: (conversations) =>
        `一共开了 ${format.count(conversations)} 个对话：图上每掉下来一次，就是另开了一个。`,
      steady: "每天的花费差不多。",
    },
    nothing: "一天一次请求也没有，就不花钱。",
    over: (moment, turns, window) =>
      `从第 ${format.count(moment.turn)} 次请求（${time(moment)}）起，要发的超过了模型的窗口 ${format.count(window)} token，一共 ${format.count(turns)} 次。真的模型会在这里停下；下面的钱数当它没停。`,
    overMend: (above) => `超过 ${format.count(above)} token 就另开对话`,
    limited: (most, days, asked) =>
      `最多算 ${format.count(most)} 次请求，所以 ${format.count(asked)} 天只算了前 ${format.count(days)} 天。`,
    unknownPrice: (model) => `价目册里没有 ${model} 的完整价格，所以只能说 token，说不了钱。`,
    onPlanNow: "按包月套餐算；图和表里的钱仍按 token 算，好作比较。",
    failed: "没有算出来。请再试一次；您填的数字还在。",
    retry: "再试一次",

    chart: "每次请求里装了什么",
    ranges: (days) => ({ firstDay: "第一天", all: `${format.count(days)} 天` }),
    rangeLabel: "看哪一段",
    sentPanel: "每次请求的 token",
    costPanel: "每次请求的钱",
    soFarPanel: "累计的钱",
    windowMark: (window) => `窗口 ${format.compact(window)}`,
    freshMark: "从这里另开更省",
    describe: (turns, least, most, amount) =>
      amount === undefined
        ? `${format.count(turns)} 次请求，每次发 ${format.count(least)} 到 ${format.count(most)} token。`
        : `${format.count(turns)} 次请求，每次发 ${format.count(least)} 到 ${format.count(most)} token，累计 ${money(amount)}。`,
    sampled: (every) => `请求太多，图和表里每 ${format.count(every)} 次只列发得最多的那一次。`,
    slider: "看第几次请求",
    moment: (moment, kind) => `第 ${format.count(moment.turn)} 次 · ${time(moment)} · ${kinds[kind]}`,
    kinds,
    parts: {
      configuration: "设定",
      skills: "技能",
      knowledge: "知识库",
      history: "聊天记录",
      message: "新消息",
      toolResults: "工具结果",
      retrieved: "找出的段落",
      output: "输出",
    },
    columns: {
      part: "部分",
      thisTurn: "这一次",
      tokens: (days) => `${format.count(days)} 天的 token`,
      money: (days) => `${format.count(days)} 天的钱`,
      turn: "第几次",
      time: "时间",
      kind: "种类",
      cost: "钱",
      soFar: "累计",
    },
    sumRow: "合计",
    count: (value) => format.count(value),
    time,
    table: "同样的数字，列成表",
    tableOf: "每次请求的 token 和钱",
    partsOf: "各部分的 token 和钱",

    economies: "怎样省钱",
    economiesLead: "每个开关都重新算一遍整笔账。",
    economy: {
      cache: { name: "提示词缓存", note: "开头没变的部分，短时间内再发就便宜。多数厂商自动这样做。" },
      index: { name: "先查索引，不发整个知识库", note: "每次只发查到的几段。" },
      apart: { name: "心跳另开一个对话", note: "心跳只带设定、技能和知识库，不带聊天记录。" },
      helper: { name: "心跳交给小模型", note: "换一个便宜的，或者用自己电脑上的，只付电费。" },
      plan: { name: "包月，不按 token 付", note: "按请求次数收费；长的请求可能一次算两次。" },
    },
    saves: (amount, days) => `${format.count(days)} 天省 ${money(amount)}`,
    wouldSave: (amount, days) => `打开后 ${format.count(days)} 天可省 ${money(amount)}`,
    costsMore: (amount, days) => `${format.count(days)} 天反而多花 ${money(amount)}`,
    wouldCostMore: (amount, days) => `打开后 ${format.count(days)} 天反而多花 ${money(amount)}`,
    noChange: "开不开都一样",
    waiting: "正在算…",
    none: (none, days) => `什么都不省，${format.count(days)} 天要 ${money(none)}。`,
    together: (now, saved, part) =>
      `打开的这些合起来：${money(now)}，省 ${money(saved)}（${format.percent(part)}）。`,
    togetherMore: (now, more) => `打开的这些合起来：${money(now)}，反而多 ${money(more)}。`,
    allOff: "现在一个也没打开。",
    overlap: "每个开关旁的数，是别的都不动、只动它的差别；它们互相影响，不能相加。",
    noCachePrice: "价目册里没有这个模型的缓存价，按没有缓存算。",
    noKnowledge: "没有知识库，用不着索引。",
    noHeartbeatHere: "没有打开心跳。",
    cacheLives: { short: "缓存保留几分钟", long: "长缓存保留几分钟" },
    cacheNote:
      "Anthropic 说 5 分钟或 1 小时，OpenAI 说 5 到 10 分钟，DeepSeek 说几小时到几天；这里按最短的算。",
    cacheLong: "写入长缓存（更贵，留得更久）",
    cacheWrites: (isBilled) =>
      isBilled ? "这家厂商写入缓存也收费，已经算进去。" : "这家厂商写入缓存不另收费。",
    helpers: { model: "便宜的模型", home: "自己电脑上的" },
    helperLabel: "心跳交给谁",
    helperModel: "心跳用的模型",
    helperNote: "它写入缓存的部分按普通输入算。",
    kwhTokens: "一度电出多少 token",
    kwhPrice: (currency) => `一度电的价钱（${UNITS[currency]}）`,
    kwhNote: "一度电 500 万 token 是流传的说法，见“赠送与电费”。",
    planPrice: (currency) => `套餐每 30 天（${UNITS[currency]}）`,
    isLongDearer: "长的请求多算几次",
    planSource: "假设：百度千帆 Coding Plan Lite 的价钱和次数（2026 年）；多少算长、算几次，请照您的套餐改。",
    planNeeds: (needs, plain, has, fits) => {
      const counted =
        needs === plain
          ? `30 天算 ${format.count(needs)} 次`
          : `30 天 ${format.count(plain)} 次请求，长的多算，一共算 ${format.count(needs)} 次`;
      return fits
        ? `${counted}；套餐有 ${format.count(has)} 次，够用。`
        : `${counted}；套餐只有 ${format.count(has)} 次，不够。`;
    },

    fresh: "什么时候另开一个对话",
    freshLead: "聊天记录越长，每次请求越贵。另开对话要先写一份摘要，写摘要也花钱；从某一次起，另开就更省。",
    freshPays: (moment, ahead, goingOn, fresh, less) =>
      `在第 ${format.count(moment.turn)} 次请求（${time(moment)}）之前另开，就划算了：往后 ${format.count(ahead)} 次，接着聊要 ${cost(goingOn)}，另开要 ${cost(fresh)}，少 ${cost(less)}。`,
    freshNever: (turns, ahead) =>
      `前 ${format.count(turns)} 次请求里，往后看 ${format.count(ahead)} 次，另开都不更省。`,
    isByHand: "摘要自己写，不花模型的钱",
    freshUse: (turns) => `就这样：每 ${format.count(turns)} 次另开一个对话`,
    freshUsed: (turns) => `现在每 ${format.count(turns)} 次另开一个对话。`,

    how: "怎么算的",
    howText:
      "一次请求依次发：设定、技能、知识库、聊天记录、新消息、工具结果、查到的段落。下一次的聊天记录，是这一次的聊天记录加上新消息、工具结果和输出。每一次都按价目册单独出账，一天就是各次相加。",
    prices: (model, source, date, converted) =>
      converted
        ? `${model} 的价格：${source}，${format.date(date)}；按 1 美元 = ${format.rate(`${converted.rate}`)} 元换算（${converted.source}，${format.date(converted.date)}）。`
        : `${model} 的价格：${source}，${format.date(date)}。`,
    hours: "这家厂商高峰和低谷两种价，所以同样的请求有贵有便宜：第一天是今天，按您这里的钟点算。",
    said: (first, all, days) => `第一天 ${money(first)}，${format.count(days)} 天 ${money(all)}。`,
  };
}
