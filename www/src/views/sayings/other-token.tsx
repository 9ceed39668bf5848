/** The other kind of token, with one that opens nothing, which the reader can put into the text. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { exampleParts } from "./example-token.ts";
import { words } from "./words.ts";

interface Props {
  readonly text: string;
  readonly put: (token: string) => void;
}

export function OtherToken({ text, put }: Props): JSX.Element {
  const { other } = words.value;
  const parts = useMemo(exampleParts, []);
  const token = parts.join(".");
  const isThere = text.includes(token);
  return (
    <section class="sayings-part" aria-labelledby="sayings-other-title">
      <h2 id="sayings-other-title">{other.title}</h2>
      <p class="lead">{other.lead}</p>
      <dl class="sheet sayings-token">
        {parts.map((part, at) => (
          <div key={part}>
            <dt>{other.parts[at]}</dt>
            <dd>
              <code translate={false}>
                {part}
                {at < parts.length - 1 ? <b>.</b> : null}
              </code>
            </dd>
          </div>
        ))}
      </dl>
      <p>{other.text}</p>
      <button
        type="button"
        class="primary"
        aria-disabled={isThere}
        onClick={() => {
          if (!isThere) put(token);
        }}
      >
        {isThere ? other.already : other.put}
      </button>
    </section>
  );
}
