/** Makes a share link. The text is only in it if the reader says so, and a credential never. */
import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { view } from "../routes.ts";
import { currency, model } from "../state/settings.ts";
import { currentText } from "../state/text.ts";
import { hasCredential, withoutCredentials } from "../text/credentials.ts";
import { announce } from "../ui/announcer.ts";
import { showDialog } from "../ui/dialog.tsx";
import { LONGEST, linkTo } from "./link.ts";
import { words } from "./words.ts";

/** Shows the dialog. */
export function share(): void {
  void showDialog(() => words.value.title, Share);
}

function Share({ close }: { readonly close: () => void }): JSX.Element {
  const text = useSignal(currentText());
  const withText = useSignal(false);
  const link = useSignal<string | undefined>(undefined);
  /** How long the link with the text would be, where that is too long. */
  const excess = useSignal<number | undefined>(undefined);
  const copied = useSignal<boolean | undefined>(undefined);
  useSignalEffect(() => {
    const settings = { model: model.value, currency: currency.value };
    const added = withText.value ? { text: withoutCredentials(text.peek()) } : {};
    link.value = copied.value = undefined;
    let isLast = true;
    void linkTo(view.value, { ...settings, ...added }).then(async (made) => {
      const isTooLong = made.length > LONGEST;
      const short = isTooLong ? await linkTo(view.peek(), settings) : made;
      // A link with the text must not come after the reader has said that there is to be none in it.
      if (!isLast) return;
      excess.value = isTooLong ? made.length : undefined;
      link.value = short;
    });
    return () => {
      isLast = false;
    };
  });
  const w = words.value;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link.peek() ?? "");
      copied.value = true;
    } catch {
      copied.value = false;
    }
    announce(copied.value ? w.copied : w.notCopied);
  };
  return (
    <form method="dialog">
      <p class="note">{w.lead}</p>
      {text.value === "" ? (
        <p class="note">{w.noText}</p>
      ) : (
        <label class="check">
          <input
            type="checkbox"
            checked={withText.value}
            onChange={({ currentTarget }) => {
              withText.value = currentTarget.checked;
            }}
          />
          {w.withText(text.value.length)}
        </label>
      )}
      {withText.value && hasCredential(text.value) ? <p class="note">{w.credentials}</p> : null}
      {excess.value === undefined ? null : (
        <p class="note" role="alert">
          {w.tooLong(excess.value, LONGEST)}
        </p>
      )}
      <div class="field">
        {/* Ids by `useId` begin again in each root, and a dialog is one: the page may have the same. */}
        <label for="share-link">{w.link}</label>
        <input
          id="share-link"
          class="link"
          type="text"
          readOnly
          value={link.value ?? w.making}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      </div>
      {copied.value === false ? <p class="note">{w.notCopied}</p> : null}
      <div class="dialog-buttons">
        <button type="button" class="quiet" onClick={close}>
          {w.close}
        </button>
        {"share" in navigator ? (
          <button
            type="button"
            class="quiet"
            disabled={link.value === undefined}
            // Whoever closes the browser's own dialog has not failed.
            onClick={() => void navigator.share({ url: link.peek() ?? "" }).catch(() => {})}
          >
            {w.send}
          </button>
        ) : null}
        <button type="button" class="primary" disabled={link.value === undefined} onClick={() => void copy()}>
          {copied.value ? w.copied : w.copy}
        </button>
      </div>
    </form>
  );
}
