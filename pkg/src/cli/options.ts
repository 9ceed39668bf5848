/** What the command line says. */

import { readFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { type EncodingName, encodings } from "tokimeter";
import type { Currency } from "tokimeter/models";

/** What to count, for whom, and how to show it. */
export interface Options {
  /** Files and folders; `-` is standard input. */
  readonly inputs: readonly string[];
  readonly model?: string;
  /** In the place of a model. */
  readonly encoding?: EncodingName | typeof NOT_SHIPPED;
  /** Tokens, in the place of the model's window. */
  readonly limit?: number;
  /** Tokens that are kept free for the reply. */
  readonly reserve: number;
  readonly currency?: Currency;
  readonly json?: true;
  readonly total?: true;
  readonly quiet?: true;
  /** Whether .gitignore files are honoured. */
  readonly ignore: boolean;
  readonly color: "auto" | "always" | "never";
}

/** The model that is taken if none is named. */
export const DEFAULT_MODEL = "gpt-5.2";

/** An encoding that the package has no file of: it is estimated. */
const NOT_SHIPPED = "command_r";

/** The exit statuses. */
export const STATUS = { ok: 0, over: 1, usage: 2, unread: 3 } as const;

const ABOUT = [
  "Counts the tokens of texts for a language model, and says what they cost and whether they fit.\n\nWithout inputs,",
  "or where one is -, standard input is counted. Folders are counted with all that is in them, but for what their",
  ".gitignore files name, hidden files, links, and binary files (a NUL in the first 8 kB). Texts are UTF-8, or UTF-16",
  "with a byte order mark; what is not counts as U+FFFD, and is said.",
].join(" ");

const EPILOGUE = `
Exit status: 0 all is well, 1 the total is over the limit, 2 wrong usage,
3 some input could not be read, or the output not written. Of a count that is
not exact, its estimate decides.

Examples:
  tokimeter -m claude-opus-5 README.md src
  git diff | tokimeter --limit 8000
  tokimeter --json -m deepseek-v4 -c CNY . > tokens.json`;

/**
 * Reads the arguments. Help, the version, and what is wrong with them are printed here.
 * @returns the exit status, where that is all that is left to say
 */
export function optionsOf(args: readonly string[]): Options | number {
  const program = new Command("tokimeter")
    .description(ABOUT)
    .usage("[OPTIONS] [FILES|FOLDERS|-]...")
    .argument("[inputs...]", "files and folders; - is standard input")
    .option("-m, --model <ID>", `the model, by its id as people write it (default: ${DEFAULT_MODEL})`)
    .addOption(
      new Option("-e, --encoding <NAME>", "count in an encoding, without a model")
        .choices([...encodings, NOT_SHIPPED])
        .conflicts("model"),
    )
    .option("-l, --limit <N>", "the most tokens, in the place of the model's window", tokens)
    .option("-r, --reserve <N>", "tokens to keep free for the reply", tokens, 0)
    .addOption(
      new Option(
        "-c, --currency <CURRENCY>",
        "of the cost; what the vendor states first if it is left out",
      ).choices(["USD", "CNY"]),
    )
    .option("-j, --json", "print JSON")
    .option("-t, --total", "print the total only")
    .option("-q, --quiet", "print no messages and no progress")
    .option("--no-ignore", "count what .gitignore files name, too")
    .addOption(
      new Option("--color <WHEN>", "colours; NO_COLOR turns them off too")
        .choices(["auto", "always", "never"])
        .default("auto"),
    )
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", EPILOGUE)
    .configureOutput({ outputError: (text, write) => write(`tokimeter: ${text}`) })
    .showHelpAfterError("tokimeter --help says what there is")
    .exitOverride();
  try {
    program.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? STATUS.ok : STATUS.usage;
    throw error;
  }
  const inputs = program.args.length === 0 ? ["-"] : program.args;
  if (program.args.length === 0 && process.stdin.isTTY) {
    program.outputHelp({ error: true });
    return STATUS.usage;
  }
  return { ...program.opts<Omit<Options, "inputs">>(), inputs };
}

function tokens(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError("A number of tokens is a whole number.");
}

function version(): string {
  const file: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return (file as { readonly version: string }).version;
}
