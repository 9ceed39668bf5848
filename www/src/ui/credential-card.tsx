/**
 * What is said when a text holds a key or a login token: that it is the other kind of token, what it costs, and what everybody can read
 * in it. What would let somebody in is never shown. Nothing is sent anywhere.
 */
import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import type { Tokenizer, TokenRange } from "tokimeter";
import { credentials, type Finding } from "tokimeter/hints";
import { format } from "../i18n/full.ts";
import { withoutCredentials } from "../text/credentials.ts";
import { readWebToken, type WebToken } from "../text/web-token.ts";
import { announceState } from "./announcer.ts";
import { words } from "./credential-words.ts";
import "./credential-card.css";

interface Props {
  readonly text: string;
  /** What counts; the cost is left out while there is none. */
  readonly tokenizer: Tokenizer<string> | undefined;
  /** The level of its heading; 2, if it is left out. */
  readonly level?: 2 | 3;
  /** Takes the text without credentials; without it, the card offers no such thing. */
  readonly replace?: (text: string) => void;
}

/** Credentials that are shown one by one. */
const MOST_SHOWN = 4;
/** Code units of a text that is searched at each key; a longer one is searched when the typing pauses. */
const AT_ONCE = 50_000;
const PAUSE_MS = 300;
/** Code units of a key that are shown. */
const SHOWN_OF_KEY = 6;
const MASK = "••••••••••••";

/** What was found, and in which text. */
interface Found {
  readonly text: string;
  readonly list: readonly Finding[];
}

export function CredentialCard({ text, tokenizer, level = 2, replace }: Props): JSX.Element | null {
  const title = useId();
  const { text: searched, list } = useCredentials(text);
  const say = words.value;
  const isFound = list.length > 0;
  useEffect(() => {
    announceState("credential", isFound ? "found" : "", () => (isFound ? words.peek().title : ""));
  }, [isFound]);
  if (!isFound) return null;
  const Heading = `h${level}` as const;
  return (
    <section class="credential" aria-labelledby={title}>
      <Heading id={title}>
        <Key />
        {say.title}
      </Heading>
      <p>{say.advice}</p>
      <ul>
        {list.slice(0, MOST_SHOWN).map(({ from, to, preview }) => (
          <Credential
            key={from}
            value={searched.slice(from, to)}
            name={preview ?? ""}
            tokenizer={tokenizer}
            level={level}
          />
        ))}
      </ul>
      {list.length > MOST_SHOWN ? <p>{say.more(list.length - MOST_SHOWN)}</p> : null}
      {replace && searched === text ? (
        <button type="button" class="primary" onClick={() => replace(withoutCredentials(text))}>
          {say.remove(list.length)}
        </button>
      ) : null}
      <p class="note">{say.local}</p>
    </section>
  );
}

interface CredentialProps {
  readonly value: string;
  readonly name: string;
  readonly tokenizer: Tokenizer<string> | undefined;
  readonly level: 2 | 3;
}

function Credential({ value, name, tokenizer, level }: CredentialProps): JSX.Element {
  const say = words.value;
  const cost = useCost(value, tokenizer).value;
  const isWebToken = name.startsWith("JSON Web Token");
  const token = useMemo(() => (isWebToken ? readWebToken(value) : undefined), [value, isWebToken]);
  return (
    <li data-tokens={cost?.tokens}>
      <p>
        <strong>{say.name(isWebToken ? "JSON Web Token" : name)}</strong>{" "}
        <code class="credential-mask">{masked(value, isWebToken)}</code>
      </p>
      <p>
        {cost === undefined
          ? say.counting
          : cost.low === cost.high
            ? say.cost(cost.tokens)
            : say.costAbout(cost.tokens)}
      </p>
      {token ? <Readable token={token} level={level} /> : null}
    </li>
  );
}

function Readable({ token, level }: { readonly token: WebToken; readonly level: 2 | 3 }): JSX.Element {
  const id = useId();
  const say = words.value;
  const Heading = `h${level === 2 ? 3 : 4}` as const;
  const now = Date.now();
  return (
    <div class="credential-parts">
      <p>{say.readable}</p>
      {(["header", "claims"] as const).map((part) => (
        <div key={part}>
          <Heading id={`${id}-${part}`}>{say.part[part]}</Heading>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
          <section class="credential-json" tabIndex={0} aria-labelledby={`${id}-${part}`}>
            <pre dir="ltr" translate={false}>
              {token[part].text}
            </pre>
          </section>
          {token[part].isCut ? <p class="note">{say.cut}</p> : null}
        </div>
      ))}
      {token.times.length > 0 ? (
        <dl>
          {token.times.map(({ claim, date }) => (
            <div key={claim} data-claim={claim}>
              <dt>
                {say.times[claim]} <code>{claim}</code>
              </dt>
              <dd>
                {format.value.moment(date)}
                {claim === "exp" ? (
                  <span class="chip">{date.valueOf() <= now ? say.expired : say.valid}</span>
                ) : null}
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      <div>
        <Heading>{say.signature}</Heading>
        <p>{token.signature === 0 ? say.unsigned : say.hidden(token.signature)}</p>
      </div>
    </div>
  );
}

/** Returns what may be seen of a credential. */
function masked(value: string, isWebToken: boolean): string {
  if (isWebToken) {
    const [header = "", claims = ""] = value.split(".", 2);
    return `${header.slice(0, SHOWN_OF_KEY)}…${claims.slice(0, SHOWN_OF_KEY)}…${MASK}`;
  }
  return value.startsWith("-----BEGIN ") ? MASK : value.slice(0, SHOWN_OF_KEY) + MASK;
}

/** Searches a text: a short one at once, a long one after a pause; until then what was found last stands. */
function useCredentials(text: string): Found {
  const isShort = text.length <= AT_ONCE;
  const last = useRef<Found>({ text: "", list: [] });
  const searches = useSignal(0);
  const now = useMemo(() => (isShort ? { text, list: credentials(text) } : undefined), [text, isShort]);
  if (now) last.current = now;
  useEffect(() => {
    if (isShort) return;
    const timer = setTimeout(() => {
      last.current = { text, list: credentials(text) };
      searches.value++;
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, isShort, searches]);
  void searches.value;
  return last.current;
}

/** Counts a text of its own, in turns if it is long. */
function useCost(text: string, tokenizer: Tokenizer<string> | undefined): Signal<TokenRange | undefined> {
  const cost = useSignal<TokenRange | undefined>(undefined);
  useEffect(() => {
    cost.value = undefined;
    if (tokenizer === undefined) return;
    const work = new AbortController();
    tokenizer.liveAsync(text, { signal: work.signal }).then(
      (live) => {
        if (!work.signal.aborted) cost.value = live.range();
        live.dispose();
      },
      // Another text took its place, or the engine failed, which the view's own count says.
      () => {},
    );
    return () => work.abort();
  }, [text, tokenizer, cost]);
  return cost;
}

function Key(): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path
        d="M14.5 3.5a6 6 0 1 1-3.2 11.1L9.8 16H8v2H6v2H3v-3.4l6.4-6.4a6 6 0 0 1 5.1-6.7Zm2.2 4.3a1.4 1.4 0 1 0 0 .02Z"
        fill="none"
        stroke="currentColor"
        stroke-width="1.6"
        stroke-linejoin="round"
      />
    </svg>
  );
}
