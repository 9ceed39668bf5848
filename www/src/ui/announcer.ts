/**
 * The only voice of the page for screen readers: one polite live region. What is seen changes with every key and stays silent; this
 * speaks when something was crossed, and only once typing has paused. What was crossed and crossed back in between is not worth a word.
 */
const PAUSE_MS = 1000;

/** Of each subject, what was last spoken of, and what is about to be. */
const spoken: Map<string, string> = new Map();
const timers: Map<string, number> = new Map();

/** Says a message at once. */
export function announce(message: string): void {
  const region = document.getElementById("announce");
  if (region) region.textContent = message;
}

/**
 * Says `message` of a subject's state after a pause, if it is then not the state that was last spoken of. The state `""` is that of the
 * beginning, of which nothing is said.
 */
export function announceState(subject: string, state: string, message: () => string): void {
  clearTimeout(timers.get(subject));
  if (state === (spoken.get(subject) ?? "")) return;
  const timer = window.setTimeout(() => {
    spoken.set(subject, state);
    announce(message());
  }, PAUSE_MS);
  timers.set(subject, timer);
}
