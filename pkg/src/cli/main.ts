/** The command `tokimeter`: counts files, folders and standard input. */

import { createReadStream } from "node:fs";
import { Binary, BLOCK, type Reading, texts } from "./blocks.js";
import { type Options, optionsOf, STATUS } from "./options.js";
import { kindsOf, NoBorder, Parts } from "./parts.js";
import { Progress } from "./progress.js";
import { type Counted, type Report, reportOf, subjectOf } from "./report.js";
import { messagesOf, paintOf, tableOf } from "./table.js";
import { find, reasonOf } from "./walk.js";

async function run(options: Options): Promise<number> {
  const subject = await subjectOf(options);
  const kinds = kindsOf(subject.tokenizer);
  const { files, skipped, failed } = find(options.inputs, options.ignore);
  const isWatched = process.stderr.isTTY && !options.quiet;
  const progress = isWatched ? new Progress(files.map(({ path }) => path)) : undefined;
  const counted: Counted[] = [];
  let isUnread = false;
  for (const { path, isNamed } of files) {
    const source = path === "-" ? process.stdin : createReadStream(path, { highWaterMark: BLOCK });
    const reading: Reading = { bytes: 0, invalid: false };
    const parts = new Parts(subject.tokenizer, kinds);
    try {
      for await (const text of texts(source, reading)) {
        parts.push(text);
        progress?.show(reading.bytes);
      }
      counted.push({ path, bytes: reading.bytes, ...parts.end(), invalid: reading.invalid });
    } catch (error) {
      if (error instanceof Binary) {
        skipped.push({ path, why: "binary" });
        // Somebody waits for the count of what he named.
        isUnread ||= isNamed;
      } else failed.push({ path, why: error instanceof NoBorder ? "too-long" : reasonOf(error) });
    }
    progress?.pass(reading.bytes);
  }
  progress?.end();
  const report = reportOf(subject, options, { counted, skipped, failed });
  show(report, options);
  if (report.over) return STATUS.over;
  return isUnread || failed.length > 0 ? STATUS.unread : STATUS.ok;
}

function show(report: Report, options: Options): void {
  if (!options.quiet)
    for (const message of messagesOf(report)) process.stderr.write(`tokimeter: ${message}\n`);
  const { NO_COLOR = "" } = process.env;
  const isColored =
    options.color === "always" || (options.color === "auto" && process.stdout.isTTY && NO_COLOR === "");
  if (options.json) {
    const { files, ...rest } = report;
    process.stdout.write(`${JSON.stringify(options.total ? rest : report, undefined, 2)}\n`);
  } else process.stdout.write(tableOf(report, options, paintOf(isColored)));
}

// Whoever reads it may have read enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const options = optionsOf(process.argv.slice(2));
try {
  process.exitCode = typeof options === "number" ? options : await run(options);
} catch (error) {
  // Node's own status for it, 1, means something else here.
  console.error("tokimeter:", error);
  process.exitCode = STATUS.unread;
}
