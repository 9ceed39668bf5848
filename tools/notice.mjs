// @ts-check
/** Writes the package's NOTICE from `data/vocab.toml`: whose data the vocabularies are, and under which licence. */

import { readFileSync } from "node:fs";
import { parse } from "smol-toml";

const { vocab } = /** @type {{ vocab: Record<string, string>[] }} */ (
  /** @type {unknown} */ (parse(readFileSync("data/vocab.toml", "utf8")))
);

const lines = ["tokimeter is licensed under MIT OR Apache-2.0.", "", "It contains data of others:", ""];
for (const entry of vocab) {
  lines.push(
    `vocab/${entry.name}.vocab, packed from ${entry.package}, ${entry.path}`,
    `  ${entry.copyright}. Licence: ${entry.licence}.`,
    "",
  );
}
process.stdout.write(lines.join("\n"));
