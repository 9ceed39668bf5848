//! One opaque error for the whole crate: a kind to branch on, a stable code for other languages,
//! and a message that names the value, the limit and what to do next.

use std::fmt;

/// What went wrong, for callers that branch on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The bytes are not a packed vocabulary at all.
    NotAVocabulary,
    /// The packed vocabulary has a format version that this build does not read.
    UnsupportedVersion,
    /// The packed vocabulary ends before its stated length.
    Truncated,
    /// The packed vocabulary's checksum does not match its bytes.
    ChecksumMismatch,
    /// The packed vocabulary's checksum is right, but its contents break a rule of the format.
    InvalidVocabulary,
    /// The packed vocabulary extends another one, which was not given with it.
    WrongBase,
    /// The packed vocabulary names a splitting pattern that this build does not have.
    UnknownPattern,
    /// A token id is outside of the vocabulary.
    UnknownToken,
    /// A position is beyond the text, or a range ends before it begins.
    OutOfRange,
    /// The edits of one update overlap, or are not in the order of their positions.
    UnsortedEdits,
    /// A limit of tokens is too small for the text to be split by it.
    LimitTooSmall,
    /// The file is not a well-formed tokenizer.json, rank file or tekken.json; the message says where and why.
    InvalidTokenizer,
    /// The file may be well-formed, but a part of it is none of the shapes that are counted exactly; the message names it.
    UnsupportedTokenizer,
    /// The file passes a limit; the message has both numbers.
    LimitExceeded,
    /// The tokenizer cannot count this text exactly, or not within its limits; the message says why.
    #[cfg(feature = "hf")]
    CannotCount,
}

impl ErrorKind {
    /// Returns the stable, lower-case code of this kind, the same in every language binding.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAVocabulary => "not-a-vocabulary",
            Self::UnsupportedVersion => "unsupported-version",
            Self::Truncated => "truncated-vocabulary",
            Self::ChecksumMismatch => "checksum-mismatch",
            Self::InvalidVocabulary => "invalid-vocabulary",
            Self::WrongBase => "wrong-base",
            Self::UnknownPattern => "unknown-pattern",
            Self::UnknownToken => "unknown-token",
            Self::OutOfRange => "out-of-range",
            Self::UnsortedEdits => "unsorted-edits",
            Self::LimitTooSmall => "limit-too-small",
            Self::InvalidTokenizer => "invalid-tokenizer",
            Self::UnsupportedTokenizer => "unsupported-tokenizer",
            Self::LimitExceeded => "limit-exceeded",
            #[cfg(feature = "hf")]
            Self::CannotCount => "cannot-count",
        }
    }
}

/// An error of this crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// Returns what went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the stable code of [`kind`](Self::kind).
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
