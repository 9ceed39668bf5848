// @ts-check
/** How long a page lets its tasks wait. */

/**
 * Measures from now on. Returns what ends it, and gives the longest wait in milliseconds.
 *
 * @param {import("playwright-core").Page} page
 */
export async function measureWaits(page) {
  const measure = await page.evaluateHandle(() => {
    const { port1, port2 } = new MessageChannel();
    let longest = 0;
    let last = performance.now();
    port1.onmessage = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      port2.postMessage(0);
    };
    port2.postMessage(0);
    return () => {
      port1.close();
      return longest;
    };
  });
  return () => measure.evaluate((end) => end());
}
