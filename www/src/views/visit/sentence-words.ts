/** Words of the sentences. */
import type { ReadonlySignal } from "@preact/signals";
import { type Format, wordsOf } from "../../i18n/full.ts";

interface Words {
  readonly title: string;
  readonly units: (count: number, isReal: boolean) => string;
  readonly chatter: string;
  readonly chatterOf: (text: string) => string;
  readonly strike: string;
  readonly strikeOf: (text: string) => string;
  readonly restore: string;
  readonly restoreOf: (text: string) => string;
  readonly tooLong: (limit: number) => string;
}

function zh(f: Format): Words {
  const n = (count: number): string => f.count(count);
  const units = (count: number, isReal: boolean): string =>
    isReal ? `${n(count)} 个 token` : `${n(count)} 分钟`;
  return {
    title: "一句一句看",
    units,
    chatter: "闲话",
    chatterOf: (text) => `闲话：${text}`,
    strike: "划掉",
    strikeOf: (text) => `划掉这句：${text}`,
    restore: "恢复",
    restoreOf: (text) => `恢复这句：${text}`,
    tooLong: (limit) => `文字超过 ${n(limit)} 个字，这里不再逐句列出，也不再标记；计数不受影响。`,
  };
}

function en(f: Format): Words {
  const n = (count: number): string => f.count(count);
  const units = (count: number, isReal: boolean): string =>
    isReal ? `${n(count)} ${f.plural(count, { one: "token", other: "tokens" })}` : `${n(count)} min`;
  return {
    title: "Sentence by sentence",
    units,
    chatter: "chatter",
    chatterOf: (text) => `chatter: ${text}`,
    strike: "Strike",
    strikeOf: (text) => `Strike this: ${text}`,
    restore: "Restore",
    restoreOf: (text) => `Restore this: ${text}`,
    tooLong: (limit) =>
      `Beyond ${n(limit)} characters sentences are neither listed nor marked here; counting goes on.`,
  };
}

export const words: ReadonlySignal<Words> = wordsOf<Words>({ zh, en });
