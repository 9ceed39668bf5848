//! A vocabulary: token bytes ↔ token ids, and which two tokens merge into which.
//!
//! A byte-level BPE vocabulary is an ordered list of merges; a token's place in it is its rank, and here also
//! its id. All run-time tables come from that list, and so does the packed file (`packed.rs`).

mod coder;
mod packed;
mod table;
mod tokens;
mod urn;

pub use packed::{FORMAT_VERSION, pack};
pub(crate) use table::Text;
pub(crate) use tokens::Tokens;

use crate::error::Error;
use crate::split::Pattern;

/// A token's number in its vocabulary.
pub type TokenId = u32;

/// The most tokens that a vocabulary may have, special tokens apart: pairs of ids are keys of 36 bits.
pub const MAX_TOKENS: usize = 1 << 18;
/// The most bytes that a token may have. The longest known, in `o200k_base` and `cl100k_base`, has 128.
pub const MAX_TOKEN_BYTES: usize = 2047;
/// The most bytes that all tokens of a vocabulary may have together.
pub const MAX_VOCAB_BYTES: usize = 1 << 24;

/// Stands for "no token".
pub(crate) const NONE: TokenId = TokenId::MAX;

/// How a token of a vocabulary comes to be. Its id is its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Definition {
    /// A token that no merge makes: one of the 256 bytes.
    Byte(u8),
    /// The merge of two tokens that stand before it in the list.
    Merge(TokenId, TokenId),
}

impl Definition {
    fn parts(self) -> [TokenId; 2] {
        match self {
            Self::Byte(_) => [NONE; 2],
            Self::Merge(left, right) => [left, right],
        }
    }
}

/// A special token: text that stands for one id when the caller asks for that, and is ordinary text otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Special {
    /// The text, such as `<|endoftext|>`.
    pub text: String,
    /// Its id.
    pub id: TokenId,
}

/// What a vocabulary is, besides its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The encoding's name, such as `o200k_base`.
    pub name: String,
    /// How texts are cut into pieces.
    pub pattern: Pattern,
    /// The special tokens.
    pub specials: Vec<Special>,
}

/// A vocabulary with the tables that counting needs.
pub(crate) struct Vocab {
    header: Header,
    tokens: Tokens,
}

impl Vocab {
    /// Reads a packed vocabulary.
    ///
    /// # Errors
    /// One kind for each way in which the file can be wrong; nothing that it holds makes this panic or take
    /// more memory than the limits of this module.
    pub fn from_packed(file: &[u8]) -> Result<Self, Error> {
        let (header, tokens) = packed::unpack(file)?;
        Ok(Self { header, tokens })
    }

    pub fn name(&self) -> &str {
        &self.header.name
    }

    pub fn pattern(&self) -> Pattern {
        self.header.pattern
    }

    /// Returns the special tokens.
    pub fn specials(&self) -> &[Special] {
        &self.header.specials
    }

    /// Returns one more than the highest id, special tokens included.
    pub fn size(&self) -> usize {
        let highest = self.header.specials.iter().map(|special| special.id as usize + 1).max();
        self.tokens.len().max(highest.unwrap_or(0))
    }

    /// Returns the bytes of an ordinary or special token.
    pub fn token_bytes(&self, id: TokenId) -> Option<&[u8]> {
        if (id as usize) < self.tokens.len() {
            return Some(self.tokens.bytes_of(id));
        }
        self.header.specials.iter().find(|special| special.id == id).map(|special| special.text.as_bytes())
    }

    /// Returns the ordinary tokens and their tables.
    #[inline]
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }
}
