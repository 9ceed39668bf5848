/** Work in turns of a few milliseconds, between which the page has its own. */
const TURN_MS = 6;

export async function inTurns(steps: Iterator<void>, isWanted: () => boolean = () => true): Promise<void> {
  let until = performance.now() + TURN_MS;
  while (!steps.next().done) {
    if (performance.now() < until) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (!isWanted()) return;
    until = performance.now() + TURN_MS;
  }
}
