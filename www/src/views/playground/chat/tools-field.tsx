/** The tools that the model may call, as JSON. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { ChatCounter } from "./chat-count.ts";
import { tools } from "./conversation.ts";
import { faultIn, TextArea } from "./draft-field.tsx";
import { words } from "./words.ts";

export function ToolsField({ counter }: { readonly counter: ChatCounter }): JSX.Element {
  const id = useId();
  const say = words.value;
  const fault = tools.fault.value;
  const { length } = tools.value.value;
  const counted = counter.counted.value?.count;
  const tokens =
    counted && (counted.basis === "exact" ? say.tokens(counted.tools) : say.about(counted.tools));
  return (
    <div class="field chat-tools-field">
      <h3>{say.tools}</h3>
      <label for={id}>{say.toolsLabel}</label>
      <TextArea
        id={id}
        class="code"
        text={tools.text}
        rows={5}
        spellcheck={false}
        placeholder={'[{"type": "function", "function": {"name": "…", "parameters": {…}}}]'}
        aria-invalid={fault ? true : undefined}
        aria-describedby={`${id}-note`}
      />
      <p class={fault ? "note chat-fault" : "note"} id={`${id}-note`}>
        {fault ? `${faultIn(fault)} ${length > 0 ? say.lastHolds : say.noneHolds}` : say.toolsNote}
      </p>
      {length > 0 && tokens && <p class="note figures">{say.toolsOf(length, tokens)}</p>}
    </div>
  );
}
