/** The command `tokimeter`: counts files, folders and standard input. */

import { createReadStream } from "node:fs";
import { TokimeterError } from "tokimeter";
import { BLOCK, BlockCounter } from "tokimeter/blocks";
import { type Options, optionsOf, STATUS } from "./options.js";
import { Progress } from "./progress.js";
import { type Counted, type Report, reportOf, subjectOf } from "./report.js";
import { messagesOf, paintOf, tableOf } from "./table.js";
import { find, reasonOf } from "./walk.js";

async function run(options: Options): Promise<number> {
  const subject = await subjectOf(options);
  const { files, skipped, failed } = find(options.inputs, options.ignore);
  const isWatched = process.stderr.isTTY && !options.quiet;
  const progress = isWatched ? new Progress(files.map(({ path }) => path)) : undefined;
  const counted: Counted[] = [];
  let isUnread = false;
  for (const { label: path, path: place, isNamed } of files) {
    const source = place === undefined ? process.stdin : createReadStream(place, { highWaterMark: BLOCK });
    const counter = new BlockCounter(subject.tokenizer);
    try {
      for await (const bytes of source as AsyncIterable<Uint8Array>) {
        counter.push(bytes);
        progress?.show(counter.bytes);
      }
      const { bytes, tokens, low, high, isInvalid } = counter.end();
      counted.push({ path, bytes, tokens, low, high, invalid: isInvalid });
    } catch (error) {
      const code = error instanceof TokimeterError ? error.code : undefined;
      if (code === "binary-file") {
        skipped.push({ path, why: "binary" });
        // Somebody waits for the count of what he named.
        isUnread ||= isNamed;
      } else failed.push({ path, why: code === "cannot-count" ? "too-long" : reasonOf(error) });
    }
    progress?.pass(counter.bytes);
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

// What is said beside the report may be lost.
process.stderr.on("error", () => {});
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
  // Whoever reads it may have read enough.
  if (code === "EPIPE") return;
  console.error("tokimeter: the output cannot be written");
  process.exitCode = STATUS.unread;
});

const options = optionsOf(process.argv.slice(2));
try {
  process.exitCode = typeof options === "number" ? options : await run(options);
} catch (error) {
  // Node's own status for it, 1, means something else here.
  console.error("tokimeter:", error);
  process.exitCode = STATUS.unread;
}
