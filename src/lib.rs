//! Counts, encodes and decodes text in the tokens of language models, exactly as the reference tokenizers do.
//!
//! An [`Encoding`] is read from a packed vocabulary and never changes. Everything is linear in practice and
//! O(n log n) at worst, whatever the text: there is no backtracking and no quadratic merge.
//!
//! The npm package `tokimeter` is this crate compiled to WebAssembly. DESIGN.md tells how it works and why it
//! is exact.

// The wasm files with these features have boundaries of their own, and use little else of the crate.
#![cfg_attr(all(target_arch = "wasm32", feature = "json"), allow(dead_code))]

#[doc(hidden)]
pub mod borders;
#[cfg(target_arch = "wasm32")]
mod boundary;
mod cache;
mod claude;
mod counts;
mod encoding;
mod error;
#[doc(hidden)]
pub mod estimate;
#[cfg(feature = "hf")]
mod hf;
#[cfg(feature = "json")]
mod json;
mod live;
mod merge;
mod normalize;
mod parts;
mod split;
mod unicode;
mod utf16;
mod vocab;
#[cfg(all(target_arch = "wasm32", not(feature = "json")))]
mod wasm;

pub use claude::{Claude, Line, Part};
pub use encoding::{Encoding, Spans};
pub use error::{Error, ErrorKind};
pub use estimate::TokenRange;
#[cfg(feature = "hf")]
pub use hf::{HfEncoding, HfText};
#[cfg(feature = "json")]
pub use json::{JsonOptions, MAX_FILE, MAX_FILE_TOKENS, MAX_MERGES, MAX_NESTING, MAX_PART, pack_json};
pub use live::{Change, Chunk, Edit, Fit, Insert, Keep, LiveText, SpansIn};
pub use normalize::Normalizer;
pub use parts::{NoBorder, Parts};
pub use split::Pattern;
pub use vocab::{
    Base, Definition, FORMAT_VERSION, Header, Special, Symbols, TokenId, Unpacked, Unpacker, pack,
};
