/** What is not counted, and why: left out by rules that can be switched off, binary, or failed. And what was counted with U+FFFD in it. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { REASONS } from "./left-out.ts";
import { project } from "./project.ts";
import { words } from "./words.ts";

const FIRST = 50;

interface Line {
  readonly path: string;
  readonly why?: string;
  /** The browser's own words, in English. */
  readonly message?: string;
}

export function NotCounted(): JSX.Element {
  void project.version.value;
  const text = words.value;
  const failed: Line[] = [
    ...project.unread.map(({ path, message }) => ({
      path: path || text.unreadPath,
      why: text.failedWhy.unreadable,
      message,
    })),
    ...project.failed.map(({ entry, why, message }) => ({
      path: entry.path,
      why: text.failedWhy[why],
      message,
    })),
  ];
  const { binary, invalid } = project;
  const switches = project.switches.value;
  return (
    <section class="files-section" aria-labelledby="files-left-out">
      <h2 id="files-left-out">{text.leftOutTitle}</h2>
      <fieldset class="files-switches">
        <legend class="visually-hidden">{text.leftOutTitle}</legend>
        {REASONS.map((reason) => (
          <label class="check" key={reason} data-reason={reason}>
            <input
              type="checkbox"
              checked={switches[reason]}
              onChange={({ currentTarget }) => void project.leaveOut(reason, currentTarget.checked)}
            />
            <span>{text.leftOut[reason]}</span>
            <span class="files-number" data-count={project.leftOut[reason]}>
              {switches[reason] ? text.leftOutFiles(project.leftOut[reason]) : text.leftOutOff}
            </span>
          </label>
        ))}
      </fieldset>
      <p class="note">{text.leftOutNote}</p>
      <Lines kind="failed" title={text.failedTitle(failed.length)} lines={failed} isOpen>
        {project.work.value.kind === "done" ? (
          <button type="button" class="quiet" onClick={() => project.retry()}>
            {text.retryFiles}
          </button>
        ) : null}
      </Lines>
      <Lines kind="binary" title={text.skippedTitle(binary.length)} note={text.skippedNote} lines={binary} />
      <Lines
        kind="invalid"
        title={text.invalidTitle(invalid.length)}
        note={text.invalidNote}
        lines={invalid}
      />
    </section>
  );
}

interface LinesProps {
  readonly kind: string;
  readonly title: string;
  readonly note?: string;
  readonly lines: readonly Line[];
  readonly isOpen?: boolean;
  readonly children?: JSX.Element | null;
}

function Lines({ kind, title, note, lines, isOpen = false, children }: LinesProps): JSX.Element | null {
  const most = useSignal(FIRST);
  if (lines.length === 0) return null;
  return (
    <details class="files-lines" open={isOpen} data-kind={kind} data-count={lines.length}>
      <summary>{title}</summary>
      {note === undefined ? null : <p class="note">{note}</p>}
      <ul>
        {lines.slice(0, most.value).map(({ path, why, message }) => (
          <li key={path}>
            <span class="files-file">{path}</span>
            {why === undefined ? null : <span class="note"> {why}</span>}
            {message === undefined ? null : (
              <span class="note" lang="en">
                {" "}
                {message}
              </span>
            )}
          </li>
        ))}
      </ul>
      {lines.length > most.value ? (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            most.value += FIRST;
          }}
        >
          {words.value.showMore(Math.min(FIRST, lines.length - most.value))}
        </button>
      ) : null}
      {children}
    </details>
  );
}
