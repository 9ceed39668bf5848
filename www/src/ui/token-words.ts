/** Words of the boxes of tokens. */
import type { ReadonlySignal } from "@preact/signals";
import { wordsOf } from "../i18n/full.ts";

interface Words {
  readonly id: (id: number) => string;
  readonly tokens: (count: number) => string;
  readonly cut: string;
}

export const words: ReadonlySignal<Words> = wordsOf<Words>({
  zh: (format) => ({
    id: (id) => `编号 ${id}`,
    tokens: (count) => `${format.count(count)} 个 token`,
    cut: "后面的不再画出",
  }),
  en: (format) => ({
    id: (id) => `Id ${id}`,
    tokens: (count) => `${format.count(count)} ${format.plural(count, { one: "token", other: "tokens" })}`,
    cut: "the rest is not drawn",
  }),
});
