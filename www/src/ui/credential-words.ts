/** Words of the credential card. */
import type { ReadonlySignal } from "@preact/signals";
import { wordsOf } from "../i18n/full.ts";
import type { TimeClaim } from "../text/web-token.ts";

interface Words {
  readonly title: string;
  readonly advice: string;
  /** The name of a credential: of a key in English, as its maker calls it. */
  readonly name: (name: string) => string;
  readonly counting: string;
  readonly cost: (tokens: number) => string;
  readonly costAbout: (tokens: number) => string;
  readonly more: (count: number) => string;
  readonly remove: (count: number) => string;
  readonly local: string;
  readonly readable: string;
  readonly part: { readonly header: string; readonly claims: string };
  readonly cut: string;
  readonly times: Readonly<Record<TimeClaim, string>>;
  readonly expired: string;
  readonly valid: string;
  readonly signature: string;
  readonly hidden: (length: number) => string;
  readonly unsigned: string;
}

export const words: ReadonlySignal<Words> = wordsOf<Words>({
  zh: (format) => ({
    title: "这里面有登录凭证，不是大模型的 token",
    advice:
      "谁拿到它，谁就能以它主人的身份登录。请不要发给模型；如果已经发过，请到签发它的地方作废，换一个新的。",
    name: (name) => (name === "JSON Web Token" ? "JSON Web Token（登录令牌）" : `密钥（${name}）`),
    counting: "正在数它占多少 token…",
    cost: (tokens) => `单独发出去，要花 ${format.count(tokens)} 个大模型 token。`,
    costAbout: (tokens) => `单独发出去，大约要花 ${format.count(tokens)} 个大模型 token（估算）。`,
    more: (more) => `另外还有 ${format.count(more)} 个，这里不一一列出。`,
    remove: (all) => (all === 1 ? "从文字里去掉它" : `从文字里去掉这 ${format.count(all)} 个`),
    local: "查找和解读都在本页完成，没有发送到任何地方。",
    readable: "它的前两段只是 base64url 编码，不是加密：谁都能像下面这样读出来。",
    part: { header: "头部", claims: "内容" },
    cut: "太长了，只显示开头。",
    times: { iat: "签发时间", auth_time: "登录时间", nbf: "生效时间", exp: "到期时间" },
    expired: "已过期",
    valid: "还没有过期",
    signature: "签名",
    hidden: (length) => `${format.count(length)} 个字符，不显示：能让人登录的就是它。`,
    unsigned: "没有签名。",
  }),
  en: (format) => ({
    title: "There is a credential in this: a login, not a language-model token",
    advice:
      "Whoever has it can log in as its owner. Do not send it to a model. If it has been sent already, have it revoked where it was issued, and take a new one.",
    name: (name) => name,
    counting: "Counting what it takes…",
    cost: (tokens) =>
      `Sent by itself it costs ${format.count(tokens)} language-model ${format.plural(tokens, { one: "token", other: "tokens" })}.`,
    costAbout: (tokens) =>
      `Sent by itself it costs about ${format.count(tokens)} language-model tokens (an estimate).`,
    more: (more) => `And ${format.count(more)} more, which are not listed here.`,
    remove: (all) =>
      all === 1 ? "Take it out of the text" : `Take these ${format.count(all)} out of the text`,
    local: "It was found and read on this page. Nothing was sent anywhere.",
    readable: "Its first two parts are base64url, which is no encryption: anyone can read them, as here.",
    part: { header: "Header", claims: "Payload" },
    cut: "Too long: only the beginning is shown.",
    times: { iat: "Issued", auth_time: "Logged in", nbf: "Valid from", exp: "Expires" },
    expired: "has expired",
    valid: "has not expired",
    signature: "Signature",
    hidden: (length) =>
      `${format.count(length)} ${format.plural(length, { one: "character", other: "characters" })}, not shown: it is what lets somebody in.`,
    unsigned: "None.",
  }),
});
