/** What stands in the way of a count, and what one can do about it. */
import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { giveModel } from "../../state/catalogue.ts";
import { failureHelp } from "../../text/failure-words.ts";
import { reload, type Vocabulary } from "../../text/vocabulary.ts";
import { fileOf, isFile, shortNameOf } from "../../text/vocabulary-files.ts";
import { announce } from "../../ui/announcer.ts";
import type { Bench } from "./bench.ts";
import { words } from "./words.ts";

interface Props {
  readonly bench: Bench;
}

export function Status({ bench }: Props): JSX.Element | null {
  const say = words.value;
  const state = bench.vocabulary.value;
  const isStopped = bench.count.value.kind === "stopped";
  useSignalEffect(() => {
    const now = bench.vocabulary.value;
    if (now.kind === "failed") announce(messageOf(now));
  });
  useSignalEffect(() => {
    if (bench.count.value.kind === "stopped") announce(words.peek().stopped);
  });
  return (
    <>
      {isStopped ? (
        <div class="meter-status meter-stopped" data-stopped>
          <p>{say.stopped}</p>
          <button
            type="button"
            ref={takeFocus}
            onClick={() => {
              bench.resume();
              bench.view?.focus();
            }}
          >
            {say.resume}
          </button>
        </div>
      ) : null}
      {state.kind === "failed" ? <Failed bench={bench} state={state} /> : null}
    </>
  );
}

function Failed({ bench, state }: Props & { readonly state: Vocabulary }): JSX.Element {
  const say = words.value;
  const { encoding, failure } = state;
  const patterns = isFile(encoding) ? patternsOf(failure?.message ?? "") : [];
  return (
    <div class="meter-status meter-stopped meter-failed" data-failed>
      <div>
        <p>{messageOf(state)}</p>
        {patterns.length > 0 ? null : <p>{failureHelp.value[failure?.kind ?? "other"]}</p>}
        <p class="meter-reason" lang="en">
          {failure?.message}
        </p>
      </div>
      {patterns.length > 0 ? (
        <Patterns bench={bench} encoding={encoding} patterns={patterns} />
      ) : (
        <button
          type="button"
          data-retry
          onClick={() => {
            reload(encoding);
            bench.view?.focus();
          }}
        >
          {say.retry}
        </button>
      )}
    </div>
  );
}

interface PatternsProps extends Props {
  readonly encoding: Vocabulary["encoding"];
  readonly patterns: readonly string[];
}

/** A rank file does not say how text is split; the reader may know. */
function Patterns({ bench, encoding, patterns }: PatternsProps): JSX.Element {
  const id = useId();
  const chosen = useSignal(patterns[0] ?? "");
  return (
    <div class="meter-patterns">
      <label for={id}>{words.value.pattern}</label>
      <select
        id={id}
        value={chosen.value}
        onChange={({ currentTarget }) => (chosen.value = currentTarget.value)}
      >
        {patterns.map((pattern) => (
          <option key={pattern}>{pattern}</option>
        ))}
      </select>
      <button
        type="button"
        onClick={() => {
          const file = fileOf(encoding);
          if (file) giveModel(file, chosen.value);
          bench.view?.focus();
        }}
      >
        {words.value.usePattern}
      </button>
    </div>
  );
}

/** Goes on from the button that stopped the count, which is gone. */
function takeFocus(button: HTMLButtonElement | null): void {
  if (document.activeElement === document.body) button?.focus({ preventScroll: true });
}

function messageOf({ encoding, tokenizer }: Vocabulary): string {
  const say = words.peek();
  const name = shortNameOf(encoding);
  return isFile(encoding) ? say.failedFile(name) : say.failed(name, tokenizer !== undefined);
}

/** Returns the patterns that the engine knows, where it says that a file names none. */
function patternsOf(message: string): string[] {
  const [, list = ""] = /pattern of a rank file is not known: .*one of ([\w, ]+)/.exec(message) ?? [];
  return list.split(", ").filter((name) => name !== "");
}
