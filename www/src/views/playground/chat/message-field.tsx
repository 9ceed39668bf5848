/** One message: who says it, what, and its tokens with its frame. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId, useRef } from "preact/hooks";
import type { Role } from "tokimeter/chat";
import { announce } from "../../../ui/announcer.ts";
import type { ChatCounter } from "./chat-count.ts";
import { type Entry, entries, imagesOf, move, remove } from "./conversation.ts";
import { faultIn, TextArea } from "./draft-field.tsx";
import { ROLES } from "./json.ts";
import { words } from "./words.ts";

interface Props {
  readonly entry: Entry;
  readonly at: number;
  readonly counter: ChatCounter;
}

export function MessageField({ entry, at, counter }: Props): JSX.Element {
  const id = useId();
  const place = useRef<HTMLLIElement>(null);
  const say = words.value;
  const number = at + 1;
  const { length } = entries.value;
  const role = entry.role.value;
  const images = imagesOf(entry);
  /** Moves it, and leaves the focus where it is. */
  const moveTo = (to: number, target: HTMLElement): void => {
    if (to < 0 || to >= length) return;
    move(entry, to);
    announce(say.moved(to + 1, length));
    requestAnimationFrame(() => target.focus());
  };
  const take = (): void => {
    const next = place.current?.nextElementSibling ?? place.current?.previousElementSibling;
    remove(entry);
    announce(say.removed);
    const button = next?.querySelector<HTMLElement>("[data-remove]");
    requestAnimationFrame(() =>
      (button ?? document.querySelector<HTMLElement>(".chat-undo button"))?.focus(),
    );
  };
  return (
    <li
      class="chat-message"
      data-role={role}
      ref={place}
      onKeyDown={(event) => {
        const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
        const { target } = event;
        if (!event.altKey || step === 0 || !(target instanceof HTMLElement) || target.tagName === "SELECT")
          return;
        event.preventDefault();
        moveTo(at + step, target);
      }}
    >
      <div class="chat-bar">
        <select
          aria-label={say.role(number)}
          value={role}
          onChange={({ currentTarget }) => {
            entry.role.value = currentTarget.value as Role;
          }}
        >
          {ROLES.filter((each) => each !== "developer" || each === role).map((each) => (
            <option key={each} value={each}>
              {say.roles[each]}
            </option>
          ))}
        </select>
        {images > 0 && <span class="chip">{say.images(images)}</span>}
        <MessageTokens entry={entry} counter={counter} />
        <div class="chat-tools">
          <IconButton
            label={say.up(number)}
            path={UP}
            isOff={at === 0}
            act={(button) => moveTo(at - 1, button)}
          />
          <IconButton
            label={say.down(number)}
            path={DOWN}
            isOff={number === length}
            act={(button) => moveTo(at + 1, button)}
          />
          <IconButton label={say.remove(number)} path={CROSS} isRemoval act={take} />
        </div>
      </div>
      <TextArea
        text={entry.text}
        aria-label={say.text(number)}
        placeholder={say.placeholders[role]}
        rows={2}
        spellcheck={false}
      />
      <Fields entry={entry} id={id} />
    </li>
  );
}

function MessageTokens({ entry, counter }: Pick<Props, "entry" | "counter">): JSX.Element {
  const say = words.value;
  const counted = counter.counted.value;
  const at = entries.value.indexOf(entry);
  const isOfNow = counted?.conversation.messages.length === entries.value.length;
  const tokens = isOfNow ? counted?.count.messages[at] : undefined;
  const isBehind = counter.isBehind.value;
  if (tokens === undefined) return <span class="chat-tokens note">{say.counting}</span>;
  return (
    <span class="chat-tokens figures" data-tokens={tokens} data-behind={isBehind}>
      {counted?.count.basis === "exact" ? say.tokens(tokens) : say.about(tokens)}
    </span>
  );
}

/** What a message has besides its text: calls of tools, whose answer it is, a name. */
function Fields({ entry, id }: { readonly entry: Entry; readonly id: string }): JSX.Element {
  const { fields, fieldsNote, noneHolds, lastHolds } = words.value;
  const { extra } = entry;
  const isOpen = useSignal(extra.text.peek() !== "");
  const fault = extra.fault.value;
  const holds = Object.keys(extra.value.value).length > 0;
  return (
    <details
      class="chat-fields"
      open={isOpen.value}
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>{fields}</summary>
      {isOpen.value && (
        <div class="field">
          <label for={id} class="visually-hidden">
            {fields}
          </label>
          <TextArea
            id={id}
            class="code"
            text={extra.text}
            rows={3}
            spellcheck={false}
            aria-invalid={fault ? true : undefined}
            aria-describedby={`${id}-note`}
          />
          <p class={fault ? "note chat-fault" : "note"} id={`${id}-note`}>
            {fault ? `${faultIn(fault)} ${holds ? lastHolds : noneHolds}` : fieldsNote}
          </p>
        </div>
      )}
    </details>
  );
}

interface ButtonProps {
  readonly label: string;
  readonly path: string;
  readonly isOff?: boolean;
  readonly isRemoval?: boolean;
  readonly act: (button: HTMLElement) => void;
}

function IconButton({ label, path, isOff = false, isRemoval = false, act }: ButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class="chat-icon"
      aria-label={label}
      title={label}
      // A button that is disabled would lose the focus when its message arrives at an end.
      aria-disabled={isOff || undefined}
      data-remove={isRemoval || undefined}
      onClick={({ currentTarget }) => {
        if (!isOff) act(currentTarget);
      }}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}

const UP = "M8 13V3M4 7l4-4 4 4";
const DOWN = "M8 3v10M4 9l4 4 4-4";
const CROSS = "M4 4l8 8M12 4l-8 8";
