/** Where the files of the package are, for modules that may have no address themselves. */

/** Of the addresses of files where modules have none. */
export const NOWHERE = "tokimeter:";

/**
 * Returns the address of a file of the package. The expression stands at the caller's: bundlers look for it as it is.
 * @param path of the file in the package
 * @param literal `new URL("../PATH", import.meta.url)`, which throws where `import.meta.url` is not there
 */
export function addressOf(path: string, literal: () => URL): URL {
  try {
    return literal();
  } catch {
    return new URL(`${NOWHERE}/${path}`);
  }
}
