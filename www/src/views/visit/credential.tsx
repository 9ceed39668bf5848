/** What is said when somebody tells a key or a login token on the telephone. */
import type { JSX } from "preact";
import { CredentialCard } from "../../ui/credential-card.tsx";
import { MARKED_LIMIT, type VisitState } from "./state.ts";

export function Credential({ state }: { readonly state: VisitState }): JSX.Element {
  const text = state.text.value;
  return (
    <CredentialCard
      text={text.length > MARKED_LIMIT ? "" : text}
      tokenizer={state.counted.vocabulary.value.tokenizer}
      replace={(text) => {
        state.write(text);
        document.getElementById("call")?.focus();
      }}
    />
  );
}
