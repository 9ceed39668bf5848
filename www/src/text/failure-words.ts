/** What a reader can do when a vocabulary failed. */
import type { ReadonlySignal } from "@preact/signals";
import { wordsOf } from "../i18n/full.ts";
import type { FailureKind } from "./vocabulary.ts";

export const failureHelp: ReadonlySignal<Readonly<Record<FailureKind, string>>> = wordsOf<
  Readonly<Record<FailureKind, string>>
>({
  zh: () => ({
    fetch: "文件没有取到。请检查网络，再试一次。",
    blocked: "这个页面的安全策略不允许运行 WebAssembly，请告诉网站的管理员。",
    damaged: "取到的文件不完整，或者不是词表。请再试一次；还不行就刷新页面。",
    file: "这里可以用 Hugging Face 的 tokenizer.json、tiktoken 的词表文件，或 Mistral 的 tekken.json。请另选一个文件，或选回一个模型。",
    other: "原因不明。请再试一次；还不行就刷新页面。",
  }),
  en: () => ({
    fetch: "A file could not be fetched. Check the connection and try again.",
    blocked: "This page's security policy does not allow WebAssembly; tell whoever runs the site.",
    damaged:
      "A file arrived incomplete, or is not what it should be. Try again; if that fails, reload the page.",
    file: "Taken are Hugging Face's tokenizer.json, rank files of tiktoken, and Mistral's tekken.json. Choose another file, or go back to a model.",
    other: "The cause is not known. Try again; if that fails, reload the page.",
  }),
});
