/**
 * The site without a network: a service worker keeps all of it, vocabularies too, from the first visit on. It is asked for a
 * while after the page is loaded, so that it takes nothing from the first count, and not at all where the reader's browser is told to save
 * data. A new version waits until the old one's pages are closed, for a page must not be given parts of two.
 */
import { type ReadonlySignal, signal } from "@preact/signals";

const isKept = signal(false);

/** Whether the site is here to stay. */
export const isOffline: ReadonlySignal<boolean> = isKept;

/** Keeps the site. Without service workers (a private window, a file) it is simply not kept. */
export async function keep(): Promise<void> {
  const { serviceWorker, connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  if (!serviceWorker || connection?.saveData || import.meta.env.DEV) return;
  try {
    await serviceWorker.register("./sw.js", { scope: "./" });
    await serviceWorker.ready;
    isKept.value = true;
  } catch {
    // The site works as long as there is a network.
  }
}
