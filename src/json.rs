//! Reads the tokenizers of others: Hugging Face's tokenizer.json, rank files in the format of `tiktoken`, and Mistral's
//! tekken.json.
//!
//! A file becomes a packed vocabulary only if it has one of the shapes that are known to be counted exactly (`shape.rs`), and if its
//! merges say so (`merges.rs`). Whatever bytes come, they are read in steps, without recursion, and within the limits
//! below.

mod added;
mod merges;
mod names;
pub(crate) mod outline;
mod parts;
pub(crate) mod ranks;
pub(crate) mod reader;
pub(crate) mod shape;
pub(crate) mod value;
#[cfg(all(target_arch = "wasm32", not(feature = "hf")))]
mod wasm;

use crate::error::{Error, ErrorKind};
use crate::split::Pattern;
use crate::vocab::{MAX_STRING, Symbols, pack_plain};
use merges::{Check, Merges};
use names::Names;
use outline::Outline;
use parts::Parts;
use reader::Reader;

/// The most bytes that a file may have.
pub const MAX_FILE: usize = 64 << 20;
/// The most tokens that a file may list.
pub const MAX_FILE_TOKENS: u64 = 2_000_000;
/// The deepest that its arrays and objects may be nested.
pub const MAX_NESTING: usize = 64;
/// The most merges that it may list.
pub const MAX_MERGES: usize = 1 << 22;
/// The most bytes that a part may have that is neither the list of tokens nor that of merges.
pub const MAX_PART: usize = 4 << 20;
/// The most bytes that the list of added tokens may have.
pub(crate) const MAX_ADDED_LIST: usize = 16 << 20;
/// The longest token that is taken, in bytes.
const MAX_TOKEN: usize = 2047;
/// The most slots that a look-up in a table of tokens or merges passes. Known files need no more than 36.
const MAX_PROBES: usize = 1 << 9;

/// Bytes, items and neighbours of a step: a few milliseconds.
const STEP_BYTES: usize = 1 << 19;
const STEP_ITEMS: usize = 1 << 13;
const STEP_WORK: usize = 1 << 16;

/// What is not in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonOptions {
    /// The name of the encoding, of up to 1,024 bytes.
    pub name: String,
    /// How texts are cut, for a rank file: it does not say.
    pub pattern: Option<Pattern>,
}

/// Makes a packed vocabulary of a tokenizer.json, a rank file or a tekken.json.
///
/// # Errors
/// [`ErrorKind::InvalidTokenizer`] if it is malformed, [`UnsupportedTokenizer`](ErrorKind::UnsupportedTokenizer) if it is
/// not of a shape that is counted exactly, [`LimitExceeded`](ErrorKind::LimitExceeded). No bytes make it panic.
///
/// # Complexity
/// Linear in the bytes of the file. It takes about six times as much memory for a tokenizer in use, and 500 MB at most.
pub fn pack_json(file: &[u8], options: JsonOptions) -> Result<Vec<u8>, Error> {
    let mut packer = JsonPacker::new(file.to_vec(), options)?;
    while !packer.step()? {}
    packer.finish()
}

/// Reads a file and packs what it holds in steps, so that a page can do something else between them.
pub(crate) struct JsonPacker {
    file: Vec<u8>,
    options: JsonOptions,
    stage: Stage,
}

enum Stage {
    Outline(Box<Outline>),
    Vocab(Box<Parts>),
    Merges(Box<Parts>),
    Check(Box<Parts>, Box<Check>),
    Packed(Vec<u8>),
    Failed,
}

impl JsonPacker {
    /// Begins to read a file.
    ///
    /// # Errors
    /// `LimitExceeded`; and of a rank file, which is read at once, all others.
    pub fn new(file: Vec<u8>, options: JsonOptions) -> Result<Self, Error> {
        if file.len() > MAX_FILE {
            return Err(limit("the length of the file in bytes", file.len() as u64, MAX_FILE as u64));
        }
        if options.name.len() > MAX_STRING {
            return Err(limit(
                "the length of the name in bytes",
                options.name.len() as u64,
                MAX_STRING as u64,
            ));
        }
        let is_json = matches!(Reader { bytes: &file, at: 0 }.peek(), b'{' | b'[' | 0);
        let stage = if is_json {
            Stage::Outline(Box::default())
        } else {
            let (parts, check) = ranks::tiktoken(&file, options.pattern)?;
            Stage::Check(Box::new(parts), Box::new(check))
        };
        Ok(Self { file, options, stage })
    }

    /// Does a few milliseconds' work; returns whether all is done.
    ///
    /// # Errors
    /// Those of the file.
    pub fn step(&mut self) -> Result<bool, Error> {
        if let Stage::Packed(_) = self.stage {
            return Ok(true);
        }
        self.stage = match std::mem::replace(&mut self.stage, Stage::Failed) {
            Stage::Outline(mut outline) => {
                if outline.step(&self.file, STEP_BYTES)? {
                    if outline.is_tekken() {
                        let (parts, check) = ranks::tekken(&self.file, &outline)?;
                        Stage::Check(Box::new(parts), Box::new(check))
                    } else {
                        Stage::Vocab(Box::new(Parts::new(&self.file, *outline)?))
                    }
                } else {
                    Stage::Outline(outline)
                }
            }
            Stage::Vocab(mut parts) => {
                if parts.read_vocab(&self.file)? {
                    Stage::Merges(parts)
                } else {
                    Stage::Vocab(parts)
                }
            }
            Stage::Merges(mut parts) => {
                if parts.read_merges(&self.file)? {
                    self.file = Vec::new();
                    let names = std::mem::replace(&mut parts.names, Names::new(Symbols::Bytes, 0));
                    let merges = std::mem::replace(&mut parts.merges, Merges::with_capacity(0));
                    Stage::Check(parts, Box::new(Check::new(names, Box::new(merges))))
                } else {
                    Stage::Merges(parts)
                }
            }
            Stage::Check(parts, mut check) => {
                if check.step(STEP_WORK)? {
                    let unpacked = parts.build(&mut check, &self.options)?;
                    Stage::Packed(pack_plain(unpacked).map_err(unpackable)?)
                } else {
                    Stage::Check(parts, check)
                }
            }
            Stage::Packed(_) | Stage::Failed => {
                return Err(unsupported("model", "was refused already"));
            }
        };
        Ok(false)
    }

    /// Returns how much is done, of 1.
    #[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "only a page asks"))]
    pub fn progress(&self) -> f64 {
        let part = |done: usize, of: usize| (f64::from(done as u32) / f64::from(of.max(1) as u32)).min(1.0);
        match &self.stage {
            Stage::Outline(outline) => 0.25 * part(outline.at(), self.file.len()),
            Stage::Vocab(parts) => 0.25 + 0.15 * part(parts.names.len(), parts.outline.tokens as usize),
            Stage::Merges(parts) => 0.4 + 0.2 * part(parts.merges.len(), parts.names.len()),
            Stage::Check(_, check) => {
                let (done, of) = check.progress();
                0.6 + 0.4 * part(done, of)
            }
            Stage::Packed(_) | Stage::Failed => 1.0,
        }
    }

    /// Returns the packed vocabulary, when all steps are done.
    ///
    /// # Errors
    /// Those of the file.
    pub fn finish(self) -> Result<Vec<u8>, Error> {
        match self.stage {
            Stage::Packed(file) => Ok(file),
            _ => Err(unsupported("model", "was not read to its end")),
        }
    }
}

pub(crate) fn invalid(at: usize, why: &str) -> Error {
    Error::new(ErrorKind::InvalidTokenizer, format!("not a well-formed tokenizer file: {why} (at byte {at})"))
}

pub(crate) fn unsupported(part: &str, what: &str) -> Error {
    let what: String = if what.chars().count() > 400 {
        what.chars().take(400).chain(['…']).collect()
    } else {
        what.into()
    };
    let message = format!("this tokenizer cannot be counted exactly here: {part} is not known: \"{what}\"");
    Error::new(ErrorKind::UnsupportedTokenizer, message)
}

/// What is drawn so that each look-up would take long.
fn crowded(part: &str) -> Error {
    unsupported(part, "with too many hashes near each other")
}

pub(crate) fn limit(what: &str, value: u64, most: u64) -> Error {
    Error::new(ErrorKind::LimitExceeded, format!("{what} is {value} where the limit is {most}"))
}

/// What the packed format does not hold.
#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn unpackable(error: Error) -> Error {
    unsupported("model", &error.to_string())
}
