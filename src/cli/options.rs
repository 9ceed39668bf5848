//! What the command line says.

use clap::builder::PossibleValuesParser;
use clap::{CommandFactory, Parser, ValueEnum};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The model that is taken if none is named.
pub const DEFAULT_MODEL: &str = "gpt-5.2";

/// The most tokens that can be asked for, as in JavaScript.
const MOST: u64 = (1 << 53) - 1;

const EPILOGUE: &str = "\
Exit status: 0 all is well, 1 the total is over the limit, 2 wrong usage,
3 some input could not be read, or the output not written. Of a count that is
not exact, its estimate decides.

Examples:
  tokimeter -m claude-opus-5 README.md src
  git diff | tokimeter --limit 8000
  tokimeter --json -m deepseek-v4 -c CNY . > tokens.json";

/// Counts the tokens of texts for a language model, and says what they cost and whether they fit.
///
/// Without inputs, or where one is -, standard input is counted. Folders are counted with all that is in them, but for what
/// their .gitignore files name, hidden files, links, and binary files (a NUL in the first 8 kB). Texts are UTF-8, or UTF-16
/// with a byte order mark; what is not counts as U+FFFD, and is said.
#[derive(Parser)]
#[command(name = "tokimeter", version, after_help = EPILOGUE, max_term_width = 80, args_override_self = true)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Options {
    /// Files and folders; - is standard input
    #[arg(value_name = "FILES|FOLDERS|-")]
    pub inputs: Vec<PathBuf>,
    /// The model, by its id as people write it [default: gpt-5.2]
    #[arg(short, long, value_name = "ID")]
    pub model: Option<String>,
    /// Count in an encoding, without a model
    #[arg(
        short, long, value_name = "NAME", conflicts_with = "model",
        value_parser = PossibleValuesParser::new(super::encodings::names())
    )]
    pub encoding: Option<String>,
    /// The most tokens, in the place of the model's window
    #[arg(short, long, value_name = "N", value_parser = tokens)]
    pub limit: Option<u64>,
    /// Tokens to keep free for the reply
    #[arg(short, long, value_name = "N", default_value_t = 0, value_parser = tokens)]
    pub reserve: u64,
    /// Of the cost; what the vendor states first if it is left out
    #[arg(short, long, value_name = "CURRENCY")]
    pub currency: Option<Currency>,
    /// Print JSON
    #[arg(short, long)]
    pub json: bool,
    /// Print the total only
    #[arg(short, long)]
    pub total: bool,
    /// Print no messages and no progress
    #[arg(short, long)]
    pub quiet: bool,
    /// Count what .gitignore files name, too
    #[arg(long)]
    pub no_ignore: bool,
    #[arg(long, value_name = "WHEN", default_value = "auto", help = "Colours; NO_COLOR turns them off too")]
    pub color: Color,
}

/// When there are colours.
#[derive(Clone, Copy, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// The currency in which a vendor states a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[value(rename_all = "verbatim")]
pub enum Currency {
    #[serde(rename = "USD")]
    #[value(name = "USD")]
    Usd,
    #[serde(rename = "CNY")]
    #[value(name = "CNY")]
    Cny,
}

impl Currency {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Usd => "USD",
            Self::Cny => "CNY",
        }
    }
}

impl Options {
    /// Returns what is to be counted: standard input if nothing is named.
    pub fn inputs(&self) -> Vec<PathBuf> {
        if self.inputs.is_empty() { vec!["-".into()] } else { self.inputs.clone() }
    }
}

/// Reads a number of tokens, which has no sign, as in JavaScript.
fn tokens(text: &str) -> Result<u64, &'static str> {
    match text.parse() {
        Ok(number) if number <= MOST && text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(number),
        _ => Err("A number of tokens is a whole number."),
    }
}

/// Returns what `--help` prints.
pub fn help() -> String {
    Options::command().render_long_help().to_string()
}
