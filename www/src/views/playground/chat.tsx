/** A conversation, message by message, and what it is in tokens and money for the chosen model, with its frame. */
import "./chat/chat.css";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import { announce } from "../../ui/announcer.ts";
import { BillOf, Strip } from "./chat/bill.tsx";
import { ChatCounter } from "./chat/chat-count.ts";
import { add, conversation, entries, offer, undo, undoable } from "./chat/conversation.ts";
import { stringify } from "./chat/json.ts";
import { MessageField } from "./chat/message-field.tsx";
import { ToolsField } from "./chat/tools-field.tsx";
import { words } from "./chat/words.ts";

export function Chat(): JSX.Element {
  const id = useId();
  const counter = useMemo(() => new ChatCounter(), []);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => () => counter.dispose(), []);
  const { title, lead, add: addLabel, added, keys } = words.value;
  const begin = (): void => {
    add();
    announce(added(entries.peek().length));
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(":scope > :last-child textarea")?.focus(),
    );
  };
  return (
    <section class="chat" aria-labelledby={id}>
      <header class="chat-head">
        <h2 id={id}>{title}</h2>
        <p class="lead">{lead}</p>
      </header>
      <div class="chat-columns">
        <div class="chat-messages">
          <OfferOf />
          <ol ref={list} class="chat-list">
            {entries.value.map((entry, at) => (
              <MessageField key={entry.id} entry={entry} at={at} counter={counter} />
            ))}
          </ol>
          <Undo />
          <div class="chat-actions">
            <button type="button" class="primary" onClick={begin}>
              {addLabel}
            </button>
            <Export />
          </div>
          <p class="note">{keys}</p>
          <ToolsField counter={counter} />
          <Strip counter={counter} />
        </div>
        <BillOf counter={counter} />
      </div>
    </section>
  );
}

/** What was put in is a conversation: whether it is to be one. */
function OfferOf(): JSX.Element | null {
  const say = words.value;
  const now = offer.value;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: "nearest" }), [now]);
  if (now === undefined) return null;
  const { messages, tools } = now.conversation;
  return (
    <div class="sheet chat-offer" role="status" ref={place}>
      <p>{say.offer(messages.length, tools.length)}</p>
      <div class="chat-actions">
        <button
          type="button"
          class="primary"
          onClick={() => {
            now.accept();
            announce(say.imported);
          }}
        >
          {say.accept}
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            offer.value = undefined;
          }}
        >
          {say.decline}
        </button>
      </div>
    </div>
  );
}

function Undo(): JSX.Element | null {
  const say = words.value;
  const kind = undoable.value;
  if (kind === undefined) return null;
  return (
    <div class="chat-undo">
      <span>{kind === "removal" ? say.removed : say.imported}</span>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          undo();
          announce(say.undone);
        }}
      >
        {say.undo}
      </button>
    </div>
  );
}

/** The conversation as JSON, to the clipboard, or to a field where that is not allowed. */
function Export(): JSX.Element {
  const id = useId();
  const { copy, copied, notCopied, copyLabel } = words.value;
  const done = useSignal<"no" | "copied" | "refused">("no");
  const json = useSignal("");
  const write = async (): Promise<void> => {
    json.value = stringify(conversation.peek());
    try {
      await navigator.clipboard.writeText(json.value);
      done.value = "copied";
    } catch {
      done.value = "refused";
    }
    announce(done.value === "copied" ? copied : notCopied);
  };
  return (
    <>
      <button type="button" class="quiet" onClick={() => void write()}>
        {copy}
      </button>
      {done.value === "copied" && <span class="note">{copied}</span>}
      {done.value === "refused" && (
        <div class="field chat-export">
          <label for={id}>{copyLabel}</label>
          <textarea
            id={id}
            rows={6}
            readOnly
            value={json.value}
            onFocus={({ currentTarget }) => currentTarget.select()}
          />
          <p class="note">{notCopied}</p>
        </div>
      )}
    </>
  );
}
