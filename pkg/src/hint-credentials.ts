/**
 * Keys and login tokens. These tokens are no language-model tokens: who has one can log in with it, so it does not belong in a
 * prompt. Nothing is sent anywhere to find them.
 */

import type { Finding } from "./hint-lines.js";

/** What a key of some service looks like. */
interface Key {
  readonly begin: string;
  readonly name: string;
  /** How many code units there are behind the beginning. */
  readonly least: number;
  readonly most: number;
  /** What they are: as many of them as follow the beginning. */
  readonly body: RegExp;
}

const WORD = /^[A-Za-z0-9_-]+/;
const PLAIN = /^[A-Za-z0-9]+/;
const HEX = /^[0-9a-f]+/i;
const CAPITALS = /^[A-Z2-7]+/;
const DOTTED = /^[A-Za-z0-9_.-]+/;

/**
 * Beginnings and lengths as gitleaks states them (github.com/gitleaks/gitleaks, config/gitleaks.toml at b58d3f1, 2026-07-22,
 * MIT), but for the ones marked *: those services' own documentation, lengths as crate string-analyze 0.1.1 has them. Lengths are
 * taken a little wider, for keys grow. The longer beginning comes first.
 */
const KEYS: readonly Key[] = [
  { begin: "sk-ant-", name: "Anthropic API key", least: 24, most: 160, body: WORD },
  { begin: "sk-or-v1-", name: "OpenRouter API key", least: 40, most: 80, body: HEX }, // *
  { begin: "sk-proj-", name: "OpenAI API key", least: 40, most: 200, body: WORD },
  { begin: "sk-svcacct-", name: "OpenAI API key", least: 40, most: 200, body: WORD },
  { begin: "sk-admin-", name: "OpenAI API key", least: 40, most: 200, body: WORD },
  // OpenAI until 2024, DeepSeek, Moonshot, Alibaba Cloud Model Studio and others all write sk- and letters. *
  { begin: "sk-", name: "API key (sk-…)", least: 24, most: 80, body: PLAIN },
  { begin: "sk_live_", name: "Stripe secret key", least: 10, most: 99, body: PLAIN },
  { begin: "sk_test_", name: "Stripe secret key", least: 10, most: 99, body: PLAIN },
  { begin: "rk_live_", name: "Stripe restricted key", least: 10, most: 99, body: PLAIN },
  { begin: "github_pat_", name: "GitHub personal access token", least: 60, most: 100, body: WORD },
  { begin: "ghp_", name: "GitHub personal access token", least: 36, most: 40, body: PLAIN },
  { begin: "gho_", name: "GitHub OAuth token", least: 36, most: 40, body: PLAIN },
  { begin: "ghu_", name: "GitHub App token", least: 36, most: 40, body: PLAIN },
  { begin: "ghs_", name: "GitHub App token", least: 36, most: 40, body: PLAIN },
  { begin: "ghr_", name: "GitHub refresh token", least: 36, most: 40, body: PLAIN },
  { begin: "glpat-", name: "GitLab personal access token", least: 20, most: 320, body: DOTTED },
  { begin: "gldt-", name: "GitLab deploy token", least: 20, most: 64, body: WORD },
  { begin: "glrt-", name: "GitLab runner token", least: 20, most: 320, body: DOTTED },
  { begin: "AKIA", name: "AWS access key", least: 16, most: 16, body: CAPITALS },
  { begin: "ASIA", name: "AWS temporary access key", least: 16, most: 16, body: CAPITALS },
  { begin: "ABSK", name: "Amazon Bedrock API key", least: 109, most: 269, body: PLAIN },
  { begin: "AIza", name: "Google API key", least: 35, most: 35, body: WORD },
  { begin: "LTAI", name: "Alibaba Cloud access key", least: 20, most: 20, body: PLAIN },
  { begin: "xoxb-", name: "Slack bot token", least: 24, most: 120, body: WORD },
  { begin: "xoxp-", name: "Slack user token", least: 24, most: 120, body: WORD },
  { begin: "xapp-", name: "Slack app token", least: 24, most: 160, body: WORD },
  { begin: "hf_", name: "Hugging Face token", least: 34, most: 40, body: PLAIN },
  { begin: "api_org_", name: "Hugging Face organization token", least: 34, most: 40, body: PLAIN },
  { begin: "gsk_", name: "Groq API key", least: 48, most: 64, body: PLAIN }, // *
  { begin: "xai-", name: "xAI API key", least: 40, most: 120, body: WORD }, // *
  { begin: "pplx-", name: "Perplexity API key", least: 40, most: 60, body: PLAIN },
  { begin: "nvapi-", name: "NVIDIA API key", least: 60, most: 80, body: WORD }, // *
  { begin: "npm_", name: "npm access token", least: 36, most: 36, body: PLAIN },
  { begin: "pypi-AgEIcHlwaS5vcmc", name: "PyPI upload token", least: 50, most: 1000, body: WORD },
  { begin: "dapi", name: "Databricks API token", least: 32, most: 34, body: /^[0-9a-f]{32}(-\d)?/ },
  { begin: "dop_v1_", name: "DigitalOcean access token", least: 64, most: 64, body: HEX },
  { begin: "SG.", name: "SendGrid API token", least: 66, most: 66, body: DOTTED },
  { begin: "hvs.", name: "Vault service token", least: 90, most: 120, body: WORD },
  { begin: "lin_api_", name: "Linear API key", least: 40, most: 40, body: PLAIN },
  { begin: "ntn_", name: "Notion API token", least: 46, most: 46, body: PLAIN },
  { begin: "shpat_", name: "Shopify access token", least: 32, most: 32, body: HEX },
  { begin: "rubygems_", name: "RubyGems API token", least: 48, most: 48, body: HEX },
];

/** Fewer letters are no key. */
const LEAST = 18;
/** No more of a word is looked at, but for a JSON Web Token. */
const MOST = 1024;
/** What may touch a key: the rest of an escape, whose first letter stands before the word, and marks. */
const LEAD = /(?:(?<=\\)(?:[nrt]|u[0-9a-f]{4})|(?<=%)[0-9a-f]{2})?[_.-]{0,9}/iy;
/** No part of a JSON Web Token that is longer is decoded. */
const MOST_PART = 65_536;
/** What is said of claims that are longer: they are an object, for they begin as one. */
const LONG = { json: "{…}", value: {} };
/** What stands for a key in examples. */
const PLACEHOLDER = /example|your[_-]?[a-z]{2}|xxxx|placeholder|redacted|dummy|1234567890/i;
/** Of more letters only the first are looked at for these: chance writes them too. */
const MANY = 64;
const FIRST = 16;
const PEM = /-----(BEGIN|END) ([A-Z0-9 ]{1,64})-----/g;
const PRIVATE = /PRIVATE KEY(?: BLOCK)?$/;
/** No private key is longer. */
const MOST_PEM = 65_536;
/** Lines of base64, as they stand in a file, in a mail that quotes it, or in a program. Fewer letters are a placeholder or prose. */
const LINES = /^(?:[\s"'+>,]*[A-Za-z0-9+/=\\]{40,})*/;
const NO_LINE = /[^A-Za-z0-9+/=\\]+/;

/** Yields keys and login tokens, in no order. Linear. */
export function* credentials(text: string): Generator<Finding, void> {
  yield* privateKeys(text);
  for (let at = 0; at < text.length; at++) {
    if (!isLetter(text.charCodeAt(at))) continue;
    const from = at;
    while (at < text.length && isLetter(text.charCodeAt(at))) at++;
    let to = at;
    while (to > from && text[to - 1] === ".") to--;
    if (to - from < LEAST) continue;
    LEAD.lastIndex = from;
    const lead = LEAD.exec(text)?.[0].length ?? 0;
    const found = tokenAt(text, from, to) ?? (lead > 0 ? tokenAt(text, from + lead, to) : undefined);
    if (found) yield found;
  }
}

/** Returns the key or login token that begins here, in a word that ends there. */
function tokenAt(text: string, from: number, to: number): Finding | undefined {
  const claims = text.startsWith("eyJ", from) ? webToken(text, from, to) : undefined;
  if (claims !== undefined) {
    return { kind: "credential", from, to, replacement: "[JWT]", preview: `JSON Web Token ${claims}` };
  }
  const key = keyOf(text.slice(from, Math.min(to, from + MOST)));
  return key && { kind: "credential", from, to: from + key.length, replacement: "[key]", preview: key.name };
}

/** Returns whether a code unit may be part of a key: letters, digits, `_`, `-` and `.`. */
function isLetter(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    (unit >= 0x2d && unit <= 0x39 && unit !== 0x2f) ||
    unit === 0x5f
  );
}

function keyOf(word: string): { name: string; length: number } | undefined {
  const key = KEYS.find(({ begin }) => word.startsWith(begin));
  if (!key) return undefined;
  const { begin, name, least, most, body: shape } = key;
  const all = word.slice(begin.length);
  const body = shape.exec(all)?.[0].slice(0, most) ?? "";
  // Behind a mark begins something else; with a letter it would be a longer word.
  if (body.length < least || /^[A-Za-z0-9]/.test(all.slice(body.length))) return undefined;
  if (PLACEHOLDER.test(body.length > MANY ? body.slice(0, FIRST) : body)) return undefined;
  if (new Set(body).size < 8) return undefined;
  // A name in words is no key.
  if (!/\d/.test(body) && shape !== CAPITALS && !(/[a-z]/.test(body) && /[A-Z]/.test(body))) return undefined;
  return { name, length: begin.length + body.length };
}

/** Returns what everybody can read of a JSON Web Token (RFC 7519): its first two parts. `undefined` if it is none. */
function webToken(text: string, from: number, to: number): string | undefined {
  const [first = "", second = "", ...rest] = text.slice(from, to).split(".", 4);
  if (rest.length > 1) return undefined;
  const head = jsonOf(first);
  const claims = head && (second.length > MOST_PART && /^e[wy]/.test(second) ? LONG : jsonOf(second));
  return head && claims && "alg" in head.value ? `${head.json} ${claims.json}` : undefined;
}

/** Returns the JSON object that a part is in base64url, if it is one. */
function jsonOf(part: string): { json: string; value: object } | undefined {
  if (part.length > MOST_PART) return undefined;
  try {
    const bytes = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
    const json = new TextDecoder("utf-8", { fatal: true }).decode(
      Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)),
    );
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? { json, value } : undefined;
  } catch {
    // Not base64, not UTF-8 or not JSON: it is something else.
    return undefined;
  }
}

/** Yields private keys in PEM (RFC 7468): to the end that the beginning names, or as far as lines of base64 follow. */
function* privateKeys(text: string): Generator<Finding, void> {
  const marks = [...text.matchAll(PEM)];
  for (const [i, { 0: mark, 1: side, 2: label = "", index }] of marks.entries()) {
    if (side !== "BEGIN" || !PRIVATE.test(label)) continue;
    const from = index + mark.length;
    const next = marks[i + 1];
    const body = text.slice(from, Math.min(next?.index ?? text.length, from + MOST_PEM));
    const isClosed = next?.index === from + body.length && next[0] === `-----END ${label}-----`;
    const size = isClosed && isKey(body) ? body.length + next[0].length : (LINES.exec(body)?.[0].length ?? 0);
    if (size === 0) continue;
    yield { kind: "credential", from: index, to: from + size, replacement: "[private key]", preview: label };
  }
}

/** Returns whether most of what stands between beginning and end is lines of base64: headers may be there, but no prose. */
function isKey(body: string): boolean {
  const lines = body.split(NO_LINE).filter(({ length }) => length >= 40);
  return lines.join("").length * 2 > body.length;
}
