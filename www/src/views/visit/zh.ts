/** 第一页的文字。 */
import type { Format } from "../../i18n/index.ts";
import type { Words } from "./words.ts";

export function zh(f: Format): Words {
  const n = (count: number): string => f.count(count);
  const minutes = (count: number): string => `${n(count)} 分钟`;
  const units = (count: number, isReal: boolean): string =>
    isReal ? `${n(count)} 个 token` : minutes(count);
  return {
    title: "一个 token，就是钟点工的一分钟",
    lead: "她一次最多来 4 小时，240 分钟。电话里您说的话、她之后干的活，都按分钟收钱。闲话越多，留给干活的时间越少。",
    call: "您在电话里说",
    placeholder: "在这里说您要她做什么…",
    samples: "换一通电话",
    sampleShort: "示例电话",
    sampleLong: "说个没完的电话",
    clear: "清空，说自己的",
    strikeSelection: "划掉选中的话",
    fare: {
      title: "计价器",
      scale: "窗口",
      scaleVisit: "240 分钟",
      scaleWindow: "真实模型",
      currency: "货币",
      model: "模型",
      files: "您的文件",
      basis: (count) => {
        if (count.kind !== "counted") return "正在数…";
        const { exact, calibrated, estimated } = {
          exact: "准确计数",
          calibrated: "校准计数，非官方",
          estimated: "先估一估，词表还在路上",
        };
        return { exact, calibrated, estimated }[count.basis];
      },
      failed: (reason) => `词表没有取到，先按估计的数。（${reason}）`,
      retry: "再试一次",
      talk: (isReal) => (isReal ? "输入" : "说话"),
      work: (isReal) => (isReal ? "回答" : "干活"),
      left: "还空着",
      outside: "装不下",
      bill: "账单",
      units,
      about: (count, isReal) => `约 ${units(count, isReal)}`,
      range: (low, high) => `在 ${n(low)} 和 ${n(high)} 之间`,
      soFar: (count, isReal) => `已数到 ${units(count, isReal)}`,
      unknown: "未知",
      chatter: (count, amount, isReal) =>
        isReal
          ? `这段话里，有 ${n(count)} 个 token 是闲话，值 ${amount}。`
          : `这通电话里，有 ${minutes(count)}是闲话，值 ${amount}。`,
      strike: "划掉闲话",
      cameBack: (count, amount, isReal) => `拿回 ${units(count, isReal)}，${amount}。`,
      restore: "恢复",
      reserved: "留给干活的分钟",
      say: (outside, isReal) =>
        outside > 0 ? `超出 ${units(outside, isReal)}，后面的话装不下了。` : "又装得下了。",
    },
    tiles: {
      title: (isReal, window) =>
        isReal
          ? window === undefined
            ? "这个模型的窗口未知"
            : `窗口：${n(window)} 个 token`
          : "她这一趟：240 分钟",
      kinds: { talk: "说话", chatter: "闲话", kept: "干活", free: "空着" },
      worth: (count) => `在这个窗口里，一格是 ${minutes(count)}，也就是 ${n(count)} 个 token。`,
      hour: (hour, isReal) => (isReal ? f.percent(hour / 4) : `第 ${n(hour)} 小时`),
      summary: (told, chatter, kept, free, outside) =>
        outside > 0
          ? `说话 ${minutes(told)}，其中闲话占 ${n(chatter)} 格；干活 ${minutes(kept)}；装不下 ${minutes(outside)}。`
          : `说话 ${minutes(told)}，其中闲话占 ${n(chatter)} 格；干活 ${minutes(kept)}；空着 ${minutes(free)}。`,
      waiting: "还没有数出来",
      outside: (count, isReal) =>
        isReal
          ? `多出 ${n(count)} 个 token：上面划红线的话，模型读不到。`
          : `多出 ${minutes(count)}：上面划红线的话，她听不到了。`,
      more: (count) => `还有 ${n(count)} 格`,
      unfinished: (kept, work, isReal) =>
        isReal
          ? `要是全说完，回答就只剩 ${n(work)} 个 token，原来留了 ${n(kept)} 个。`
          : `要是全说完，干活就只剩 ${minutes(work)}，原来留了 ${minutes(kept)}：活干不完，或者马虎了事。`,
    },
  };
}
