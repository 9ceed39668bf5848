/** Which model? One text with all models of the catalogue: tokens, money, room, and how sure that is. */
import "./compare/compare.css";
import { computed, type ReadonlySignal, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import { format } from "../../i18n/full.ts";
import { catalogue, type PickedModel } from "../../state/catalogue.ts";
import { conversion } from "../../state/rate.ts";
import { currency, ownRate, reserve } from "../../state/settings.ts";
import { bytesToLoad } from "../../text/download.ts";
import { announce } from "../../ui/announcer.ts";
import { CurrencyChoice } from "../../ui/currency-choice.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { CompareTable, FEW } from "./compare/compare-table.tsx";
import { Counts } from "./compare/counts.ts";
import { isMissing, loadAll, loadingAll, stopLoading } from "./compare/exact.ts";
import { ReadingOf } from "./compare/reading.tsx";
import { type SortKey, type Table, tableOf } from "./compare/rows.ts";
import { isWhole, sort, vendor } from "./compare/state.ts";
import { words } from "./compare/words.ts";

interface Props {
  readonly text: () => string;
  /** Changes with each edit. */
  readonly version: ReadonlySignal<number>;
}

/** The text is asked for again only after this many times as long as the last time took. */
const REST = 8;

export function Compare({ text, version }: Props): JSX.Element {
  const id = useId();
  const place = useRef<HTMLElement>(null);
  const counts = useMemo(() => new Counts(), []);
  const isSeen = useSignal(false);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      isSeen.value = entries.at(-1)?.isIntersecting ?? false;
    });
    if (place.current) observer.observe(place.current);
    return () => {
      observer.disconnect();
      counts.dispose();
    };
  }, []);
  useFollow(counts, text, version, isSeen);
  const models = useMemo(
    () =>
      computed(() => catalogue.value.filter((each) => vendor.value === "" || each.vendor === vendor.value)),
    [],
  );
  const table = useMemo(
    () =>
      computed(() =>
        tableOf(models.value, counts.counts.value, {
          reply: reserve.value,
          currency: currency.value,
          rate: conversion.value,
          sort: sort.value,
        }),
      ),
    [],
  );
  return (
    <section class="compare" aria-labelledby={id} ref={place}>
      <header class="compare-head">
        <h2 id={id}>{words.value.title}</h2>
        <p class="lead">{words.value.lead}</p>
      </header>
      <ReadingOf table={table} />
      <Controls />
      <Exactness models={models} />
      <CompareTable table={table} />
      <Shown table={table} />
      <Notes />
    </section>
  );
}

/** Takes up the text once a frame while the comparison is seen; a text that is slow to be had, less often. */
function useFollow(
  counts: Counts,
  text: () => string,
  version: ReadonlySignal<number>,
  isSeen: ReadonlySignal<boolean>,
): void {
  const after = useRef({ time: 0, frame: 0, timer: 0 });
  useEffect(
    () => () => {
      cancelAnimationFrame(after.current.frame);
      clearTimeout(after.current.timer);
      after.current.frame = -1;
    },
    [],
  );
  useSignalEffect(() => {
    void version.value;
    const next = after.current;
    if (!isSeen.value || next.frame !== 0 || next.timer !== 0) return;
    const take = (): void => {
      next.frame = 0;
      if (!isSeen.peek()) return;
      const begin = performance.now();
      counts.take(text());
      next.time = performance.now() + REST * (performance.now() - begin);
    };
    const wait = next.time - performance.now();
    if (wait <= 16) {
      next.frame = requestAnimationFrame(take);
      return;
    }
    next.timer = window.setTimeout(() => {
      next.timer = 0;
      next.frame = requestAnimationFrame(take);
    }, wait);
  });
}

function Controls(): JSX.Element {
  const id = useId();
  const { reply, replyNote, wrongReply, allVendors, files, sorts, currencies, ...label } = words.value;
  const vendors = [...new Set(catalogue.value.map((each) => each.vendor))];
  const { by, isDescending } = sort.value;
  const chosen = `${by}-${isDescending ? "down" : "up"}` as const;
  return (
    <div class="compare-controls">
      <NumberField
        label={reply}
        value={reserve.value}
        set={(value) => {
          reserve.value = value;
        }}
        max={100_000_000}
        note={replyNote}
        wrong={wrongReply}
      />
      <div class="field">
        <label for={`${id}-vendor`}>{label.vendor}</label>
        <select
          id={`${id}-vendor`}
          value={vendor.value}
          onChange={({ currentTarget }) => {
            vendor.value = currentTarget.value;
          }}
        >
          <option value="">{allVendors}</option>
          {vendors
            .filter((each) => each !== "")
            .map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
        </select>
      </div>
      <div class="field">
        <label for={`${id}-sort`}>{label.sort}</label>
        <select
          id={`${id}-sort`}
          value={chosen}
          onChange={({ currentTarget }) => {
            const [key = "cost", way] = currentTarget.value.split("-");
            sort.value = { by: key as SortKey, isDescending: way === "down" };
          }}
        >
          {Object.entries(sorts).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <span aria-hidden="true">{label.currency}</span>
        <CurrencyChoice label={label.currency} names={currencies} />
      </div>
    </div>
  );
}

/** How many vocabularies are still guessed at, and the button that fetches them. */
function Exactness({ models }: { readonly models: ReadonlySignal<readonly PickedModel[]> }): JSX.Element {
  const encodings = [...new Set(models.value.map(({ encoding }) => encoding))];
  const missing = encodings.filter(isMissing);
  const loading = loadingAll.value;
  const { estimated, allExact, makeAllExact, stop, allLoaded, loadingAll: progress } = words.value;
  const start = async (): Promise<void> => {
    if (await loadAll(missing)) announce(allLoaded);
  };
  return (
    <div class="compare-exactness">
      <p class="note">{missing.length > 0 ? estimated(missing.length, encodings.length) : allExact}</p>
      {loading === undefined ? (
        missing.length > 0 && (
          <button type="button" class="quiet" onClick={() => void start()} data-load-all>
            {makeAllExact(bytesToLoad(missing))}
          </button>
        )
      ) : (
        <div class="compare-progress">
          <progress max={loading.total} value={loading.done} aria-label={makeAllExact(loading.total)} />
          <span class="note figures">{progress(loading.done, loading.total)}</span>
          <button type="button" class="quiet" onClick={stopLoading}>
            {stop}
          </button>
        </div>
      )}
    </div>
  );
}

/** All models are many: the rest comes when it is asked for. */
function Shown({ table }: { readonly table: ReadonlySignal<Table> }): JSX.Element | null {
  const { showAll, showFew } = words.value;
  const { length } = table.value.rows;
  if (length <= FEW) return null;
  return (
    <button
      type="button"
      class="quiet compare-more"
      aria-expanded={isWhole.value}
      onClick={() => {
        isWhole.value = !isWhole.value;
      }}
    >
      {isWhole.value ? showFew : showAll(length)}
    </button>
  );
}

function Notes(): JSX.Element {
  const { howSure, legend, basis, assumed, conversion: dated, ownConversion } = words.value;
  const { cnyPerUsd, source } = conversion.value;
  const rate = format.value.rate(`${cnyPerUsd / 1_000_000}`);
  return (
    <footer class="compare-notes">
      <p class="note">
        {ownRate.value === undefined
          ? dated(rate, source.name, format.value.date(source.date))
          : ownConversion(rate)}
      </p>
      <details>
        <summary>{howSure}</summary>
        <dl>
          {(["exact", "calibrated", "estimated"] as const).map((each) => (
            <div key={each}>
              <dt>{basis[each]}</dt>
              <dd class="note">{legend[each]}</dd>
            </div>
          ))}
          <div>
            <dt>{assumed}</dt>
            <dd class="note">{legend.assumed}</dd>
          </div>
        </dl>
      </details>
    </footer>
  );
}
