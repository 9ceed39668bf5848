/** The row of other tokenizers: what is estimated becomes exact when it is asked for. */
import type { JSX } from "preact";
import { bytesToLoad } from "../../text/download.ts";
import { loadRows, otherRows, type Row } from "./tokenizers.ts";
import { VerdictMark } from "./verdict-mark.tsx";
import { words } from "./words.ts";

export function Others(): JSX.Element {
  const { title, note, all, done } = words.value.others;
  const rows = otherRows.value;
  const missing = rows.filter(({ kind }) => kind !== "ready");
  const waiting = rows.filter(({ kind }) => kind === "estimate" || kind === "failed");
  return (
    <section class="sayings-others" aria-labelledby="sayings-others-title">
      <h3 id="sayings-others-title">{title}</h3>
      {missing.length > 0 ? <p class="note">{note}</p> : null}
      <div class="sayings-chips">
        {rows.map((row) => (
          <Chip key={row.encoding} row={row} />
        ))}
        <button
          type="button"
          class="primary"
          aria-disabled={waiting.length === 0}
          onClick={() => loadRows(waiting.map(({ encoding }) => encoding))}
        >
          {missing.length === 0 ? done : all(bytesToLoad(missing.map(({ encoding }) => encoding)))}
        </button>
      </div>
    </section>
  );
}

function Chip({ row: { encoding, title, kind, bytes } }: { readonly row: Row }): JSX.Element {
  const { load, loading, loaded, failed } = words.value.others;
  const text = {
    estimate: () => load(title, bytes),
    loading: () => loading(title),
    ready: () => (
      <>
        <VerdictMark verdict="holds" /> {title} <span class="visually-hidden">{loaded}</span>
      </>
    ),
    failed: () => failed(title),
  }[kind]();
  const isDone = kind === "ready" || kind === "loading";
  return (
    <button
      type="button"
      class="quiet sayings-chip"
      data-encoding={encoding}
      data-kind={kind}
      // It stays where it is, so that the focus does.
      aria-disabled={isDone}
      onClick={() => {
        if (!isDone) loadRows([encoding]);
      }}
    >
      {text}
    </button>
  );
}
