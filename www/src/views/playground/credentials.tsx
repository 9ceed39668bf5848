/** What is said when the prompt holds a key or a login token. */
import type { JSX } from "preact";
import { currentText, textVersion } from "../../state/text.ts";
import { CredentialCard } from "../../ui/credential-card.tsx";
import type { Bench } from "./bench.ts";
import { HINTS_LIMIT } from "./hint-list.ts";

export function Credentials({ bench }: { readonly bench: Bench }): JSX.Element {
  void textVersion.value;
  const isShort = (bench.view?.state.doc.length ?? 0) <= HINTS_LIMIT;
  return (
    <CredentialCard
      text={isShort ? currentText() : ""}
      tokenizer={bench.vocabulary.value.tokenizer}
      replace={(text) => bench.replaceText(text)}
    />
  );
}
