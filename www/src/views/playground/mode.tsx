/** Whether a text is counted or a conversation. Neither is lost when the other is shown; the first time, the text begins the conversation. */
import { effect, type Signal, signal, untracked } from "@preact/signals";
import type { JSX } from "preact";
import { currentText } from "../../state/text.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { begin } from "./chat/conversation.ts";
import { words } from "./chat/words.ts";

export type Mode = "text" | "conversation";

export const mode: Signal<Mode> = signal("text");

// At once when it is switched, while the field with the text is still there.
effect(() => {
  if (mode.value === "conversation") untracked(() => begin(currentText()));
});

export function ModeSwitch(): JSX.Element {
  const { mode: label, modes } = words.value;
  return (
    <Segmented
      label={label}
      options={[
        { value: "text", text: modes.text },
        { value: "conversation", text: modes.conversation },
      ]}
      value={mode}
    />
  );
}
