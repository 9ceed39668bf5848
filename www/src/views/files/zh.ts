/** 中文。 */
import type { Format } from "../../i18n/full.ts";
import type { Words } from "./words.ts";

export function zh(f: Format): Words {
  const files = (count: number): string => `${f.count(count)} 个文件`;
  const tokens = (count: number): string => `${f.count(count)} token`;
  return {
    title: "一整个项目文件夹，是多少 token？",
    lead: "编程助手动手写第一行之前，先要把项目读一遍。拖进文件夹，看读这一遍要多少 token、占几个窗口、花多少钱。",

    dropTitle: "把文件或文件夹拖到这里",
    dropHere: "松手就开始数",
    dropHint: "也可以粘贴文件。文件只在本页读取，不会上传。",
    chooseFiles: "选文件",
    chooseFolder: "选文件夹",
    clear: "清空",
    dropRules: "文件夹里的 .gitignore 照办；.git、node_modules、隐藏文件和二进制文件不算，并会告诉您有多少。",

    offer: (name) => `${name} 看起来是一个词表文件。`,
    offerUse: "用它来数",
    offerCount: "把它当文本数",
    offerUsed: (name) => `现在用 ${name} 数。`,

    model: "模型",
    ownFiles: "您的文件",
    currency: "货币",
    currencies: { CNY: "人民币", USD: "美元" },

    finding: (count) => (count === 0 ? "正在打开文件夹…" : `正在查看文件夹：已找到 ${files(count)}`),
    counting: "已数",
    progress: (done, all, bytes) => `${files(all)}中的 ${f.count(done)} 个，${f.bytes(bytes)}`,
    stop: "停下",
    stopped: (done, all) => `已停下：${files(all)}中数了 ${f.count(done)} 个，数过的都留着。`,
    goOn: "接着数",
    failed: (encoding) => `词表 ${encoding} 没有加载成功，所以还不能数。您的文件还在。`,
    retry: "重试",
    done: (count, all) => `数完了：${files(all)}，共 ${tokens(count)}。`,

    total: "合计 token",
    soFar: "数到现在",
    tokens,
    range: (low, high) => `在 ${f.count(low)} 与 ${f.count(high)} 之间`,
    calibrated: "校准",
    calibratedNote: "厂商没有公布词表，计数由公开记录校准而来，非官方。",
    assumed: "假定",
    assumedNote: (encoding) => `厂商没有公布这个模型的词表，假定是 ${encoding}，数字请当作参考。`,
    fileByFile: "逐个文件计数，再相加；拼成一次请求时，文件名和分隔还要另算。",

    windows: (windows, model) => `占 ${model} 的 ${f.tenths(windows)} 个窗口，一次装不下。`,
    windowPart: (part, model) => `占 ${model} 一个窗口的 ${f.share(part)}。`,
    windowOf: (room, window) =>
      window === undefined || window === room
        ? `一个窗口 ${tokens(room)}`
        : `窗口 ${tokens(window)}，其中输入最多 ${f.count(room)}`,
    noWindow: "这个模型的窗口大小不明。",
    noOneWindow: "用这个词表的模型不止一个，窗口大小各不相同。",
    more: (count) => `还有 ${f.count(count)} 个`,
    oneReading: (cost, requests) =>
      requests > 1 ? `读一遍 ${cost}，分 ${f.count(requests)} 次请求。` : `读一遍 ${cost}。`,
    cachedReading: (cost) => `再读一遍，若全部命中缓存：${cost}。`,
    noPrice: "这个模型的价格不明。",
    noOnePrice: "用这个词表的模型不止一个，价格各不相同。",
    priceSource: ({ name }, asOf) => `价格来自 ${name}，${f.date(asOf)}。`,
    priceConverted: (rate, source) => `按 1 美元 = ${rate} 元换算（${source}）。`,
    priceOwnRate: (rate) => `按您设的 1 美元 = ${rate} 元换算。`,
    priceStep: (above) => `一次请求的输入超过 ${tokens(above)}，按高一档的价格。`,
    priceOffPeak: "现在是低谷时段，按低谷价。",

    factFiles: "文件",
    factCharacters: "字符",
    factBytes: "大小",
    unknown: "不明",

    tableTitle: "哪里最费 token",
    tabs: "按什么看",
    tab: { files: "文件", folders: "文件夹", types: "类型" },
    filter: "按路径筛选",
    filterPlaceholder: "例如 src .ts",
    filtered: (count, sum) => `筛出 ${files(count)}，计入的共 ${tokens(sum)}。`,
    filteredNone: "没有路径符合。",
    excludeFiltered: "都不计入",
    includeFiltered: "都计入",
    caption: {
      files: "文件，token 最多的在前",
      folders: "文件夹，token 最多的在前",
      types: "文件类型，token 最多的在前",
    },
    columnIn: "计入",
    columnName: "名称",
    columnTokens: "token",
    columnShare: "占比",
    columnAction: "操作",
    include: (name) => `计入 ${name}`,
    filesIn: files,
    excludedOf: (excluded) => `${f.count(excluded)} 个不计入`,
    invalid: "有坏字节",
    noExtension: "无扩展名",
    open: (name) => `展开 ${name}`,
    toPlayground: (name) => `到试验台细看 ${name}`,
    toPlaygroundTitle: "到试验台细看；那里的文字会换成这个文件",
    cannotOpen: (name) => `${name} 打不开：可能已改动或已不在。`,
    showMore: (count) => `再显示 ${f.count(count)} 个`,
    nothingYet: "还没有数出来的文件。",

    take: "带走",
    saveCsv: "存为 CSV",
    saveJson: "存为 JSON",
    copy: "复制摘要",
    copied: "已复制。",
    copyFailed: "浏览器不让复制。",
    summary: ({ model, files: all, tokens: sum, low, high, codePoints, bytes, windows, cost, dearest }) =>
      [
        `${model}：${files(all)}，${tokens(sum)}${low === high ? "" : `（${f.count(low)} 至 ${f.count(high)}）`}，逐个文件计数`,
        `${f.count(codePoints)} 个字符，${f.bytes(bytes)}`,
        ...(windows === undefined ? [] : [`${f.tenths(windows)} 个窗口`]),
        ...(cost === undefined ? [] : [`读一遍 ${cost}`]),
        "",
        ...dearest.map(({ path, tokens: count }) => `${f.count(count)}\t${path}`),
        "",
      ].join("\n"),

    leftOutTitle: "没有数的",
    leftOutNote: "只知道您给的文件夹里面的 .gitignore，外面的看不到。单独选的文件总会数。",
    leftOut: {
      tools: ".git 和 node_modules 不数",
      hidden: "隐藏文件（以点开头）不数",
      ignored: ".gitignore 写明的不数",
    },
    leftOutFiles: files,
    leftOutOff: "照数",
    skippedTitle: (count) => `二进制文件：${f.count(count)} 个`,
    skippedNote: "开头 8 kB 里有 NUL，不是文本，跳过。",
    failedTitle: (count) => `没数成：${f.count(count)} 个`,
    failedWhy: {
      "not-found": "文件已经不在了",
      unreadable: "读不了：选好之后改动过，或没有权限；请重新选",
      "too-long": "这个词表数不了：没有可以切开的地方，或太长",
      other: "出错了",
    },
    unreadPath: "拖进来的一项",
    retryFiles: "再试一次",
    invalidTitle: (count) => `有坏字节：${f.count(count)} 个`,
    invalidNote: "数了，但有些字节不是该编码的文字，每处按一个 U+FFFD 数。",
  };
}
