//! A vocabulary: token bytes ↔ token ids, and which two tokens merge into which.
//!
//! A byte-level BPE vocabulary is an ordered list of merges; a token's place in it is its rank, and here also
//! its id. All run-time tables come from that list, and so does the packed file (`packed.rs`).

mod coder;
mod packed;
mod urn;
mod table;

pub use packed::{FORMAT_VERSION, pack};

use crate::error::{Error, ErrorKind};
use crate::split::Pattern;
use table::{PairTable, PieceTable};

/// A token's number in its vocabulary.
pub type TokenId = u32;

/// The most tokens that a vocabulary may have, special tokens apart: pairs of ids are keys of 36 bits.
pub const MAX_TOKENS: usize = 1 << 18;
/// The most bytes that a token may have. The longest known, in `o200k_base` and `cl100k_base`, has 128.
pub const MAX_TOKEN_BYTES: usize = 4096;
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
        let (mut header, tokens) = packed::unpack(file)?;
        header.specials.sort_by_key(|special| std::cmp::Reverse(special.text.len()));
        Ok(Self { header, tokens })
    }

    pub fn name(&self) -> &str {
        &self.header.name
    }

    pub fn pattern(&self) -> Pattern {
        self.header.pattern
    }

    /// Returns the special tokens, those with the longest text first.
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

    /// Returns how many bytes an ordinary token has.
    #[inline]
    pub fn token_len(&self, id: TokenId) -> usize {
        self.tokens.bytes_of(id).len()
    }

    /// Returns the token that is one byte.
    #[inline]
    pub fn byte_id(&self, byte: u8) -> TokenId {
        self.tokens.byte_ids[usize::from(byte)]
    }

    /// Returns the token that two tokens merge into, which is also the merge's rank, or [`NONE`].
    #[inline]
    pub fn merged(&self, left: TokenId, right: TokenId) -> TokenId {
        self.tokens.pairs.get(left, right)
    }

    /// Returns the token that has exactly these bytes, or [`NONE`].
    #[inline]
    pub fn whole(&self, piece: &[u8]) -> TokenId {
        self.tokens.pieces.get(&self.tokens.bytes, &self.tokens.ends, piece)
    }
}

/// The tokens of a vocabulary in the order of their ids, and the tables over them.
pub(crate) struct Tokens {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    byte_ids: [TokenId; 256],
    pairs: PairTable,
    pieces: PieceTable,
}

impl Tokens {
    fn with_capacity(tokens: usize) -> Self {
        let mut ends = Vec::with_capacity(tokens + 1);
        ends.push(0);
        Self {
            bytes: Vec::with_capacity(tokens * 8),
            ends,
            byte_ids: [NONE; 256],
            pairs: PairTable::with_capacity(tokens),
            pieces: PieceTable::with_capacity(tokens),
        }
    }

    fn len(&self) -> usize {
        self.ends.len() - 1
    }

    #[inline]
    fn bytes_of(&self, id: TokenId) -> &[u8] {
        &self.bytes[self.range_of(id)]
    }

    #[inline]
    fn range_of(&self, id: TokenId) -> std::ops::Range<usize> {
        self.ends[id as usize] as usize..self.ends[id as usize + 1] as usize
    }

    /// Adds the next token.
    fn push(&mut self, definition: Definition) -> Result<(), Error> {
        let id = self.len() as TokenId;
        let start = self.bytes.len();
        let invalid = |why: &str| {
            Err(Error::new(ErrorKind::InvalidVocabulary, format!("token {id} of the vocabulary {why}")))
        };
        match definition {
            Definition::Byte(byte) => {
                self.bytes.push(byte);
                self.byte_ids[usize::from(byte)] = id;
            }
            Definition::Merge(left, right) => {
                if left.max(right) >= id {
                    return invalid("merges a token that does not come before it");
                }
                for part in [left, right] {
                    self.bytes.extend_from_within(self.range_of(part));
                }
                if self.bytes.len() - start > MAX_TOKEN_BYTES || self.bytes.len() > MAX_VOCAB_BYTES {
                    return invalid("passes the limit of 4 KiB for a token, or of 16 MiB for all");
                }
                self.pairs.insert(left, right, id);
            }
        }
        self.ends.push(self.bytes.len() as u32);
        // A merge that is there already makes the same bytes, so this finds it too.
        if !self.pieces.insert(&self.bytes, &self.ends, id) {
            return invalid("has the same bytes as an earlier one");
        }
        Ok(())
    }

    /// Checks that any text can be encoded.
    fn check_complete(&self) -> Result<(), Error> {
        match self.byte_ids.iter().position(|&id| id == NONE) {
            None => Ok(()),
            Some(byte) => Err(Error::new(
                ErrorKind::InvalidVocabulary,
                format!("the vocabulary has no token for the byte {byte:#04x}"),
            )),
        }
    }
}
