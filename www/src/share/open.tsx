/** Takes up what a share link brought, once, and takes it out of the address, so that loading the page anew changes nothing. */
import { parameters } from "../routes.ts";
import { currency, lend, model } from "../state/settings.ts";
import { currentText, setText } from "../state/text.ts";
import { showDialog } from "../ui/dialog.tsx";
import { readSettings, readText } from "./link.ts";
import { words } from "./words.ts";

/** Takes up the link that the address is, if it is one. A text that is there is only replaced if the reader says so. */
export async function openLink(): Promise<void> {
  const given = parameters.peek();
  history.replaceState(null, "", location.hash.split("?", 1)[0]);
  dispatchEvent(new HashChangeEvent("hashchange"));
  const shared = readSettings(given);
  if (shared.model !== undefined) lend(model, shared.model);
  if (shared.currency !== undefined) lend(currency, shared.currency);
  try {
    const text = await readText(given);
    if (text === undefined || text === currentText() || (currentText() !== "" && !(await isWanted(text))))
      return;
    setText(text);
  } catch {
    await showDialog(
      () => words.value.damaged,
      ({ close }) => (
        <>
          <p>{words.value.damage}</p>
          <div class="dialog-buttons">
            <button type="button" class="primary" onClick={close}>
              {words.value.close}
            </button>
          </div>
        </>
      ),
    );
  }
}

async function isWanted(text: string): Promise<boolean> {
  let answer = false;
  await showDialog(
    () => words.value.offered,
    ({ close }) => (
      <>
        <p>{words.value.offer(text.length)}</p>
        <div class="dialog-buttons">
          <button type="button" class="quiet" onClick={close}>
            {words.value.keep}
          </button>
          <button
            type="button"
            class="primary"
            onClick={() => {
              answer = true;
              close();
            }}
          >
            {words.value.take}
          </button>
        </div>
      </>
    ),
  );
  return answer;
}
