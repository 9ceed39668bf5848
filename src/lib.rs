//! Tokimeter.
mod encoding;
mod error;
mod merge;
mod split;
mod unicode;
mod utf16;
mod vocab;

pub use encoding::{Encoding, Spans};
pub use error::{Error, ErrorKind};
pub use split::Pattern;
pub use vocab::{Definition, FORMAT_VERSION, Header, Special, TokenId, pack};
