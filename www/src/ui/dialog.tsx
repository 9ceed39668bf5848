/** A dialog over the page: the browser's own, which keeps the focus within, closes on Escape, and gives the focus back. */
import type { JSX } from "preact";
import { render } from "preact";
import "./dialog.css";

/** Dialogs there have been: two can be open, and each is named by its own title. */
let count = 0;

/** Shows a dialog; `title` names it. Settles when it is closed, by whatever way. */
export function showDialog(
  title: () => string,
  Content: (props: { readonly close: () => void }) => JSX.Element,
): Promise<void> {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const id = `dialog-${++count}`;
  dialog.setAttribute("aria-labelledby", id);
  document.body.append(dialog);
  const close = (): void => dialog.close();
  const Frame = (): JSX.Element => (
    <>
      <h2 id={id}>{title()}</h2>
      <Content close={close} />
    </>
  );
  render(<Frame />, dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      render(null, dialog);
      dialog.remove();
      resolve();
    });
  });
}
