/** What a whole project folder is in tokens, windows and money, before one line is written. */
import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { pickedModel } from "../../state/catalogue.ts";
import { conversion } from "../../state/rate.ts";
import { currency } from "../../state/settings.ts";
import { announceState } from "../../ui/announcer.ts";
import { CurrencyChoice } from "../../ui/currency-choice.tsx";
import { ModelChoice } from "../../ui/model-choice.tsx";
import { Breakdown } from "./breakdown.tsx";
import { DropSheet } from "./drop-sheet.tsx";
import "./files.css";
import { MeterNotes, MeterPanel } from "./meter-panel.tsx";
import { NotCounted } from "./not-counted.tsx";
import { project } from "./project.ts";
import { readingCost } from "./reading-cost.ts";
import { words } from "./words.ts";

export function Files(): JSX.Element {
  // At once: a signal's effect comes a frame after the new model is shown, and it would be beside the former one's counts.
  useLayoutEffect(() => pickedModel.subscribe(({ encoding }) => project.use(encoding)), []);
  useSignalEffect(() => {
    if (project.work.value.kind !== "done") return;
    const { tokens, files } = project.total;
    announceState("files", `${tokens} ${files}`, () => words.peek().done(tokens, files));
  });
  const text = words.value;
  const isShown = project.work.value.kind !== "nothing";
  return (
    <div class="page files">
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <DropSheet />
      {isShown ? <Counted /> : null}
    </div>
  );
}

function Counted(): JSX.Element {
  void project.version.value;
  // With the word that all is counted come the figures of all.
  void project.work.value;
  const text = words.value;
  const picked = pickedModel.value;
  const options = { currency: currency.value, rate: conversion.value, at: new Date() };
  const cost = readingCost(picked, project.total.tokens, options);
  return (
    <>
      <div class="files-choices">
        <ModelChoice label={text.model} files={text.ownFiles} />
        <CurrencyChoice label={text.currency} names={text.currencies} />
      </div>
      <MeterPanel model={picked} cost={cost} />
      <MeterNotes model={picked} cost={cost} />
      <Breakdown model={picked} cost={cost} />
      <NotCounted />
    </>
  );
}
