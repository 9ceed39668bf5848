//! Pre-tokenizers: cut a text into the pieces within which tokens are merged.
//!
//! Each splitter does by hand, in one pass and without backtracking, what the reference does with a regular
//! expression. The pattern stands in the splitter's documentation, and the tests hold the two against each other.

mod cl100k;
mod o200k;
mod source;

pub(crate) use cl100k::Cl100k;
pub(crate) use o200k::O200k;
pub(crate) use source::{Source, Step};

use crate::error::{Error, ErrorKind};

/// Finds the pieces of a text.
///
/// The pieces of a text cover it without a gap, so a splitter only says where the next one ends.
pub(crate) trait Splitter {
    /// How many pieces beyond its own end decide where a piece ends: if `a`, `b`, … are pieces in a row, the end
    /// of `a` depends on nothing behind the end of the piece that is so many further, and of one code point more.
    const READS_PAST: usize;

    /// Returns the end of the piece that begins at `start`, both in bytes.
    ///
    /// `start` is the beginning of a piece, or 0, and less than the length of the text.
    ///
    /// # Complexity
    /// Linear over all pieces of a text: no byte is looked at more than a constant number of times.
    fn piece_end(text: &(impl Source + ?Sized), start: usize) -> usize;
}

/// The splitting patterns that this crate has, by the name that a packed vocabulary gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Pattern {
    /// The pattern of `cl100k_base`.
    Cl100k,
    /// The pattern of `o200k_base`.
    O200k,
}

impl Pattern {
    /// Every pattern.
    pub const ALL: [Self; 2] = [Self::Cl100k, Self::O200k];

    /// Returns the name of this pattern in a packed vocabulary.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cl100k => "cl100k",
            Self::O200k => "o200k",
        }
    }

    /// Returns the pattern of that name.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownPattern`] if there is none; the message lists those that there are.
    pub fn from_name(name: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|pattern| pattern.name() == name).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(", ");
            Error::new(
                ErrorKind::UnknownPattern,
                format!("the vocabulary wants the splitting pattern \"{name}\"; this build has {known}"),
            )
        })
    }
}
