/** A text area whose text is a signal: it is written to only when the signal was changed by another. */
import { type Signal, useSignalEffect } from "@preact/signals";
import type { JSX, TargetedEvent } from "preact";
import { useRef } from "preact/hooks";
import { propose } from "./conversation.ts";
import type { Fault } from "./json.ts";
import { words } from "./words.ts";

type Props = Omit<JSX.IntrinsicElements["textarea"], "value" | "ref"> & { readonly text: Signal<string> };

export function TextArea({ text, ...rest }: Props): JSX.Element {
  const area = useRef<HTMLTextAreaElement>(null);
  /** What stands in the field. To read a long one anew at each key would be felt. */
  const shown = useRef(text.peek());
  const first = useRef(shown.current);
  useSignalEffect(() => {
    const now = text.value;
    if (!area.current || now === shown.current) return;
    area.current.value = now;
    shown.current = now;
  });
  return (
    <textarea
      {...rest}
      ref={area}
      defaultValue={first.current}
      onInput={({ currentTarget }: TargetedEvent<HTMLTextAreaElement>) => {
        shown.current = currentTarget.value;
        text.value = shown.current;
      }}
      onPaste={(event) => {
        const put = event.clipboardData?.getData("text/plain") ?? "";
        propose(text, text.peek(), put);
      }}
    />
  );
}

/** Says what is wrong with a draft. */
export function faultIn(fault: Fault): string {
  const say = words.value;
  switch (fault.kind) {
    case "syntax":
      return say.syntax(fault.place?.line, fault.place?.column);
    case "not-tools":
      return say.notTools;
    case "nameless":
      return say.nameless(fault.tool);
    case "not-object":
      return say.notObject;
    case "bad-field":
      return say.badField(fault.field);
  }
}
