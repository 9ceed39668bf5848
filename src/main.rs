//! The command `tokimeter`: how many tokens files, folders and standard input are, what they cost, and whether they fit.
//!
//! The npm package has the same command in TypeScript, `pkg/src/cli`; the tests compare what the two print.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
