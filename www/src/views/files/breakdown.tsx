/** The tables of where the tokens are, their filter, and what can be taken along. */
import { type Signal, signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { format } from "../../i18n/full.ts";
import type { PickedModel } from "../../state/catalogue.ts";
import { currency } from "../../state/settings.ts";
import { announce } from "../../ui/announcer.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { project } from "./project.ts";
import { ranked } from "./ranking.ts";
import type { ReadingCost } from "./reading-cost.ts";
import { csvOf, jsonOf, save } from "./report.ts";
import { Table } from "./tables.tsx";
import { type Tab, words } from "./words.ts";

const FILTER_MS = 120;
/** Files that a summary names. */
const DEAREST = 20;

const tab: Signal<Tab> = signal("files");

interface Props {
  readonly model: PickedModel;
  readonly cost: ReadingCost;
}

export function Breakdown(props: Props): JSX.Element {
  const text = words.value;
  return (
    <section class="files-section" aria-labelledby="files-breakdown">
      <div class="files-head">
        <h2 id="files-breakdown">{text.tableTitle}</h2>
        <Segmented
          label={text.tabs}
          options={(["files", "folders", "types"] as const).map((value) => ({
            value,
            text: text.tab[value],
          }))}
          value={tab}
        />
      </div>
      <Filter />
      <Table tab={tab.value} />
      <Take {...props} />
    </section>
  );
}

function Filter(): JSX.Element {
  const id = useId();
  const timer = useSignal(0);
  const typed = useSignal(project.filterText);
  void project.version.value;
  const text = words.value;
  const { members, sums } = project.root;
  const exclude = (isExcluded: boolean): void =>
    project.exclude(
      project.counted.map(({ entry }) => entry),
      isExcluded,
    );
  return (
    <div class="files-filter">
      <div class="field">
        <label for={id}>{text.filter}</label>
        <input
          id={id}
          type="search"
          value={typed.value}
          placeholder={text.filterPlaceholder}
          autocomplete="off"
          spellcheck={false}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value;
            clearTimeout(timer.value);
            timer.value = window.setTimeout(() => project.filter(typed.peek()), FILTER_MS);
          }}
        />
      </div>
      {project.hasFilter && members > 0 ? (
        <div class="files-filtered">
          <p class="note" data-files={members} data-tokens={sums.tokens}>
            {text.filtered(members, sums.tokens)}
          </p>
          <button type="button" class="quiet" onClick={() => exclude(true)}>
            {text.excludeFiltered}
          </button>
          <button type="button" class="quiet" onClick={() => exclude(false)}>
            {text.includeFiltered}
          </button>
        </div>
      ) : null}
    </div>
  );
}

/** What is made is made here: names of files go nowhere but where the reader puts them. */
function Take({ model, cost }: Props): JSX.Element {
  const text = words.value;
  const subject = { project, model, cost };
  const copy = async (): Promise<void> => {
    const included = project.counted.filter(({ entry }) => !entry.isExcluded);
    const { first } = ranked(included, DEAREST, ({ count }) => count.tokens);
    const summary = text.summary({
      ...project.total,
      model: model.name,
      windows: cost.room === undefined ? undefined : project.total.tokens / cost.room,
      cost: cost.total === undefined ? undefined : format.value.sum(cost.total, currency.value),
      dearest: first.map(({ entry: { path }, count: { tokens } }) => ({ path, tokens })),
    });
    try {
      await navigator.clipboard.writeText(summary);
      announce(text.copied);
    } catch {
      announce(text.copyFailed);
    }
  };
  return (
    <fieldset class="files-buttons files-take">
      <legend class="visually-hidden">{text.take}</legend>
      <button type="button" class="quiet" onClick={() => save("tokens.csv", "text/csv", csvOf(project))}>
        {text.saveCsv}
      </button>
      <button
        type="button"
        class="quiet"
        onClick={() => save("tokens.json", "application/json", jsonOf(subject))}
      >
        {text.saveJson}
      </button>
      <button type="button" class="quiet" onClick={() => void copy()}>
        {text.copy}
      </button>
    </fieldset>
  );
}
