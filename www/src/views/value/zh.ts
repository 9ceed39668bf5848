/** Gifts and current in Chinese. */
import type { Currency } from "tokimeter/models";
import type { Format } from "../../i18n/full.ts";
import type { Money, Words } from "./words.ts";

const UNITS: Readonly<Record<Currency, string>> = { CNY: "元", USD: "美元" };

export function zh(format: Format): Words {
  const money = ({ amount, currency }: Money): string => format.money(amount, currency);
  const count = (value: number): string => format.count(value);
  return {
    title: "赠送的 token 值多少，一度电又值多少",
    lead: "厂商常送一千万 token，也常有人说一度电能出几百万。它们值多少钱，看是哪个模型、多少是输入、多少是输出。下面照价目册算。",
    choices: "按什么算",
    model: "模型",
    files: "您的文件",
    currency: "货币",
    currencies: { CNY: "¥ 人民币", USD: "$ 美元" },
    useInput: "我一天的输入（token）",
    useOutput: "我一天的输出（token）",
    useNote: "一天用多少请改成您自己的；输入和输出的比例，也用来算下面的价钱。",
    useAgent: (input, output) => `改用“智能体账单”里的第一天：输入 ${count(input)}，输出 ${count(output)}`,
    assumption: "假设",
    wrong: (used) => `请填这一栏允许的数；现在仍按 ${used} 算。`,
    money,
    unknown: "未知",
    asOf: (date) => `${format.date(date)}的价格`,
    dated: (date) => `，${format.date(date)}`,

    gift: "送的 token",
    giftTokens: "送了多少 token",
    worthAt: (model) => `在 ${model} 值`,
    lasts: "够我用",
    days: (days) => `${count(days)} 天`,
    left: (tokens) => `再剩 ${count(tokens)} token`,
    everyModel: (tokens) => `${count(tokens)} token，在每个模型各值多少`,
    chosen: "所选",
    all: (total) => `列出全部 ${count(total)} 个模型`,
    fewer: "只列几个",
    peak: "有峰谷价的，按高峰价算。",
    columns: {
      model: "模型",
      worth: "值",
      range: "从少到多",
      saying: "说法",
      book: "价目册",
      verdict: "对不对",
    },
    giftClaims: "流传的说法，对一对",
    giftClaimsNote:
      "说法讲的是一千万 token，用人民币；价目册按您的输入输出比例算。小字是全当输入到全当输出。差一成以内算对。",
    claims: {
      "gpt-4o": "按 GPT-4o 的价钱，约 ¥300–400",
      kimi: "按 Kimi 的价钱，约 ¥100–200",
      deepseek: "按 DeepSeek 的价钱，约 ¥20–30",
      chinese: "按国内的价钱，值 ¥11",
      openai: "按 OpenAI 的价钱，约值 ¥400",
    },
    span: (allInput, allOutput) => `${money(allInput)} 到 ${money(allOutput)}`,
    verdicts: { right: "差不多", more: "不止", less: "没那么多" },
    network: (network, model, cheapest) =>
      `还有一个说法：公共算力网的 token 卖 ¥0.1 一百万。那么一千万只值 ${money(network)}；价目册里最便宜的 ${model}，一千万要 ${money(cheapest)}。`,

    current: "一度电",
    currentLead:
      "流传的说法：一度电能出约 500 万 token，按国内的价钱值 ¥11，按 OpenAI 的价钱约值 ¥400，电费才 ¥0.5。出多少 token 谁也没说清楚，所以那是假设，您可以换。",
    kwhPrice: (currency) => `一度电的价钱（${UNITS[currency]}）`,
    kwhPriceNote: "说法里的 ¥0.5，请照您的电费改。",
    kwhMakes: "一度电出的 token",
    kwhWorth: (model) => `按 ${model} 的价钱值`,
    kwhCost: "电费",
    bySource: (kind) =>
      kind === undefined
        ? "您自己的数"
        : { claim: "说法，没有依据", measured: "测量", estimated: "推算" }[kind],
    ratio: (ratio) => `token 值电费的 ${format.compact(ratio)} 倍`,
    sources: "一度电出多少 token，信谁的",
    own: "我自己的数",
    ownTokens: "一度电出多少 token",
    yields: {
      claim: {
        name: "一度电约 500 万 token",
        note: "2026 年流传的说法，同时说电费 ¥0.5。没说是哪个模型、哪种 token、怎么量的。",
      },
      "ml-energy-llama-3.1-8b": {
        name: "Llama 3.1 8B，一块 H100，同时 64 个请求",
        note: "vLLM 0.11.1 每个输出 token 0.12 焦，vLLM 0.5.4 是 0.20 焦；用 360 万焦去除。只算显卡，而且是小模型。",
      },
      "deepseek-2025-02": {
        name: "DeepSeek V3 和 R1，整个服务的一天",
        note: "公布的是：24 小时输入 6080 亿 token（其中 3420 亿命中缓存）、输出 1680 亿，平均 226.75 个节点，每个 8 块 H800。用电没有公布：按每个节点 10.2 千瓦（DGX H100 的上限）算是 55,508 度；少的按机房 1.3 倍，多的只算每块显卡 700 瓦。只看输出，是 7760 亿里的 1680 亿。",
      },
      "epoch-gpt-4o": {
        name: "GPT-4o，一次普通提问",
        note: "500 个输出 token 用 0.301 瓦时；少的：更大的模型、显卡没跑满，1500 个用 3.911 瓦时；多的：更小的模型，500 个用 0.060 瓦时。由参数量和硬件推算。输入长了更费电：1 万 token 2.5 瓦时，10 万 token 40 瓦时。",
      },
      "google-gemini-apps": {
        name: "Gemini 应用，文字提问的中位数",
        note: "0.24 瓦时，含主机、空转和散热；只算忙着的加速器是 0.10 瓦时。提问有多长没有公布。",
      },
      "openai-chatgpt": {
        name: "ChatGPT，平均一次提问",
        note: "0.34 瓦时，OpenAI 首席执行官说的，没有方法，也没说提问有多长。",
      },
    },
    yieldKinds: { claim: "说法", measured: "测量", estimated: "推算" },
    tokensPerKwh: (tokens, low, high) =>
      low === undefined || high === undefined
        ? format.compact(tokens)
        : `${format.compact(tokens)}（${format.compact(low)} 到 ${format.compact(high)}）`,
    mWh: (mWhPerPrompt) => `每次提问 ${format.rate(`${mWhPerPrompt / 1000}`)} 瓦时`,
    promptTokens: "一次提问连回答多少 token",
    promptNote: "来源没有说，这是假设。",
    noSource: "口口相传，没有出处。",
    comparison: "一度电的 token 值多少，电费又多少",
    comparisonNote: (hasRange) =>
      hasRange
        ? "每家厂商取一个模型，实心的是您选的；宽的条是来源给的上下限。横轴每一格是十倍。所有模型都按同一个“一度电出多少”算，这也是假设。"
        : "每家厂商取一个模型，实心的是您选的。横轴每一格是十倍。所有模型都按同一个“一度电出多少”算，这也是假设。",
    table: "同样的数字，列成表",
    range: (low, high) => `${money(low)} 到 ${money(high)}`,
    kwhClaims: "一度电的说法，对一对",
    kwhClaimsNote:
      "按说法的 500 万 token，用人民币，按您的输入输出比例算。小字是全当输入到全当输出。差一成以内算对。",
  };
}
