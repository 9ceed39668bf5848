/** The reader's text: its field, samples for who has none, the model that counts it, and its parts. */
import type { JSX, RefObject } from "preact";
import { useId } from "preact/hooks";
import { format } from "../../i18n/full.ts";
import { reload } from "../../text/vocabulary.ts";
import { CredentialCard } from "../../ui/credential-card.tsx";
import { ModelChoice } from "../../ui/model-choice.tsx";
import type { PartName } from "./claims.ts";
import type { Measurements } from "./measurements.ts";
import { MOST_MEASURED } from "./parts.ts";
import { SAMPLE_NAMES, SAMPLES, sampleOf } from "./samples.ts";
import { chosenRow } from "./tokenizers.ts";
import { words } from "./words.ts";

interface Props {
  readonly measurements: Measurements;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

export function TextBox({ measurements, field }: Props): JSX.Element {
  const id = useId();
  const { box } = words.value;
  const text = measurements.text.value;
  const { tokenizer, kind, title, encoding } = chosenRow.value;
  return (
    <section class="sheet sayings-box" aria-labelledby={`${id}-title`}>
      <div class="sayings-box-head">
        <h2 id={`${id}-title`}>
          {box.title} {sampleOf(text) ? <span class="chip">{box.isSample}</span> : null}
        </h2>
        <ModelChoice label={box.model} files={box.files} />
      </div>
      <textarea
        ref={field}
        class="sayings-text"
        aria-labelledby={`${id}-title`}
        dir="auto"
        rows={7}
        spellcheck={false}
        placeholder={box.empty}
        value={text}
        onInput={({ currentTarget }) => measurements.edit(currentTarget.value)}
      />
      {text === "" ? <Samples measurements={measurements} /> : <Parts measurements={measurements} />}
      {kind === "failed" ? (
        <div class="notice" role="alert">
          <p>{box.failed(title)}</p>
          <button type="button" class="quiet" onClick={() => reload(encoding)}>
            {box.retry}
          </button>
        </div>
      ) : null}
      <CredentialCard
        text={text}
        tokenizer={tokenizer}
        level={3}
        replace={(replaced) => {
          measurements.edit(replaced);
          field.current?.focus();
        }}
      />
    </section>
  );
}

function Samples({ measurements }: { readonly measurements: Measurements }): JSX.Element {
  const { samples, sample } = words.value.box;
  return (
    <div class="sayings-samples">
      <p>{samples}</p>
      <div>
        {SAMPLE_NAMES.map((name) => (
          <button key={name} type="button" class="quiet" onClick={() => measurements.edit(SAMPLES[name])}>
            {sample[name]}
          </button>
        ))}
      </div>
    </div>
  );
}

function Parts({ measurements }: { readonly measurements: Measurements }): JSX.Element {
  const { box } = words.value;
  const whole = measurements.whole();
  return (
    <div class="sayings-parts">
      <ul class="figures">
        <li data-part="whole" data-tokens={whole?.tokens}>
          {whole ? box.whole(whole.tokens, whole.basis === "estimated") : box.counting}
        </li>
        <PartLine name="chinese" measurements={measurements} />
        <PartLine name="english" measurements={measurements} />
      </ul>
      {measurements.isCut.value ? <p class="note">{box.cut(MOST_MEASURED)}</p> : null}
      <details>
        <summary>{box.how}</summary>
        {box.howText.map((each) => (
          <p key={each} class="note">
            {each}
          </p>
        ))}
      </details>
    </div>
  );
}

function PartLine({ name, measurements }: { name: PartName; measurements: Measurements }): JSX.Element {
  const { box, sayings } = words.value;
  const { units } = measurements.parts[name].value;
  const count = measurements.count(name, chosenRow.value.encoding);
  if (units === 0) return <li data-part={name}>{box.noPart[name]}</li>;
  if (units === undefined || count === undefined) return <li data-part={name}>{box.counting}</li>;
  const tokens = format.value.count(count.tokens);
  return (
    <li data-part={name} data-units={units} data-tokens={count.tokens}>
      {box.parts[name](units, count.basis === "estimated" ? sayings.about(tokens) : tokens)}
    </li>
  );
}
