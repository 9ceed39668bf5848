/** The playground: one prompt, and every answer about it on one screen. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { pickedModel } from "../../state/catalogue.ts";
import { currentText, textVersion } from "../../state/text.ts";
import { vocabulary } from "../../text/vocabulary.ts";
import { Later } from "../../ui/later.tsx";
import { ModelChoice } from "../../ui/model-choice.tsx";
import { Bench } from "./bench.ts";
import { Compare } from "./compare.tsx";
import { EditorPanel } from "./editor-panel.tsx";
import { HintsPanel } from "./hints-panel.tsx";
import { MeterPanel } from "./meter-panel.tsx";
import { ModeSwitch, mode } from "./mode.tsx";
import "./meter.css";
import "./playground.css";
import { PricesPanel } from "./prices-panel.tsx";
import { SettingsPanel } from "./settings-panel.tsx";
import "../../ui/token-hues.css";
import "./tokens.css";
import { TokensPanel } from "./tokens-panel.tsx";
import { words } from "./words.ts";

const credentials = async () => (await import("./credentials.tsx")).Credentials;
const chat = async () => (await import("./chat.tsx")).Chat;

export function Playground(): JSX.Element {
  const isConversation = mode.value === "conversation";
  return (
    <div class="playground">
      <header class="playground-head">
        <h1>{words.value.title}</h1>
        <p class="lead">{words.value.lead}</p>
        <ModeSwitch />
      </header>
      {isConversation ? <Conversation /> : null}
      {/* It stays while the conversation is seen, with the text, the selection and what can be undone. */}
      <div class="playground-text" hidden={isConversation}>
        <Text />
      </div>
    </div>
  );
}

function Text(): JSX.Element {
  const [bench] = useState(() => new Bench());
  return (
    <>
      <MeterPanel bench={bench} />
      <div class="playground-desk">
        <EditorPanel bench={bench} />
        <div class="playground-side">
          <Later load={credentials} props={{ bench }} />
          <HintsPanel bench={bench} />
          <PricesPanel bench={bench} />
        </div>
        <div class="playground-more">
          <SettingsPanel />
          <TokensPanel bench={bench} />
        </div>
      </div>
      <Compare text={currentText} version={textVersion} />
    </>
  );
}

function Conversation(): JSX.Element {
  const { model: label, files } = words.value;
  // Its vocabulary is asked for here as it is by the meter of the text.
  void vocabulary(pickedModel.value.encoding).value;
  return (
    <>
      <div class="playground-model">
        <ModelChoice label={label} files={files} />
      </div>
      <Later load={chat} props={{}} />
    </>
  );
}
