/** Where files are dropped or chosen. While it is on the page, the whole page takes drops and pastes, so that none misses. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { giveModel } from "../../state/catalogue.ts";
import { announce } from "../../ui/announcer.ts";
import { type Found, fromDrop, fromInput, fromPaste, fromPicker, type HandedIn, hasPicker } from "./given.ts";
import { FolderIcon } from "./icons.tsx";
import { project } from "./project.ts";
import { useDrops } from "./use-drops.ts";
import { tokenizerIn } from "./vocabulary-offer.ts";
import { words } from "./words.ts";

/** Preact's types do not know it yet. */
const FOLDER: object = { webkitdirectory: true };

type HandIn = (found: Found, signal: AbortSignal) => Promise<HandedIn | undefined>;

interface Offer {
  readonly file: File;
  readonly handedIn: HandedIn;
}

export function DropSheet(): JSX.Element {
  const filesInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  const isOver = useSignal(false);
  const offer = useSignal<Offer | undefined>(undefined);
  const isEmpty = project.version.value >= 0 && project.isEmpty;

  const take = async (handIn: HandIn): Promise<void> => {
    offer.value = undefined;
    const stop = new AbortController();
    const { signal } = stop;
    const abort = (): void => {
      stop.abort();
      project.foundNothing();
    };
    const found = (files: number): void => {
      if (!signal.aborted) project.finding(files, abort);
    };
    const handedIn = await handIn(found, signal);
    if (signal.aborted) return;
    if (!handedIn || (handedIn.files.length === 0 && handedIn.failed.length === 0)) {
      project.foundNothing();
      return;
    }
    const file = await tokenizerIn(handedIn);
    if (file) {
      project.foundNothing();
      offer.value = { file, handedIn };
    } else await project.add(handedIn);
  };
  useDrops({
    over: (now) => {
      isOver.value = now;
    },
    drop: (event) => void take((found, signal) => fromDrop(event, found, signal)),
    paste: (event) => void take(() => fromPaste(event)),
  });

  const chosen = ({ currentTarget }: { readonly currentTarget: HTMLInputElement }): void => {
    const handedIn = fromInput(currentTarget);
    void take(async () => handedIn);
    // The same may be chosen again.
    currentTarget.value = "";
  };
  const text = words.value;
  return (
    <section class="files-drop" data-over={isOver.value || undefined} data-empty={isEmpty || undefined}>
      {isEmpty ? <FolderIcon /> : null}
      <p class="files-drop-title">{isOver.value ? text.dropHere : text.dropTitle}</p>
      <div class="files-buttons">
        <button type="button" class="primary" onClick={() => filesInput.current?.click()}>
          {text.chooseFiles}
        </button>
        <button
          type="button"
          class="primary"
          onClick={() => {
            const byInput = (): undefined => void folderInput.current?.click();
            // A page in another's frame may not ask.
            if (hasPicker) void take((found, signal) => fromPicker(found, signal).catch(byInput));
            else byInput();
          }}
        >
          {text.chooseFolder}
        </button>
        {isEmpty ? null : (
          <button type="button" class="quiet" onClick={() => project.clear()}>
            {text.clear}
          </button>
        )}
      </div>
      <input ref={filesInput} type="file" multiple hidden data-input="files" onChange={chosen} />
      <input ref={folderInput} type="file" {...FOLDER} hidden data-input="folder" onChange={chosen} />
      {isEmpty ? (
        <>
          <p class="note">{text.dropHint}</p>
          <p class="note">{text.dropRules}</p>
        </>
      ) : null}
      {offer.value ? (
        <OfferNote
          offer={offer.value}
          close={() => {
            offer.value = undefined;
          }}
        />
      ) : null}
    </section>
  );
}

/** A tokenizer that came alone: counted with, or counted. */
function OfferNote({ offer: { file, handedIn }, close }: { offer: Offer; close: () => void }): JSX.Element {
  const text = words.value;
  return (
    <div class="files-offer" role="status">
      <p>{text.offer(file.name)}</p>
      <div class="files-buttons">
        <button
          type="button"
          class="primary"
          onClick={() => {
            giveModel(file);
            announce(text.offerUsed(file.name));
            close();
          }}
        >
          {text.offerUse}
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            void project.add(handedIn);
            close();
          }}
        >
          {text.offerCount}
        </button>
      </div>
    </div>
  );
}
