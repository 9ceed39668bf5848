//! A vocabulary: token bytes ↔ token ids, and which two tokens merge into which.
//!
//! A byte-level BPE vocabulary is an ordered list of merges; a token's place in it is its rank. Ids are told
//! apart from places where they differ (`ids.rs`). All run-time tables come from that list, and so does the packed file (`packed.rs`).

mod added;
mod coder;
mod definitions;
mod file;
mod ids;
mod loader;
mod models;
mod packed;
mod plain;
pub(crate) mod specials;
mod stems;
mod table;
mod tokens;
mod urn;

pub(crate) use added::{Added, is_stand_in};
pub use file::FORMAT_VERSION;
#[cfg(feature = "json")]
pub(crate) use file::MAX_STRING;
pub(crate) use ids::Ids;
pub(crate) use loader::Loader;
#[cfg(feature = "json")]
pub(crate) use packed::pack_plain;
pub use packed::{Unpacked, Unpacker, pack};
pub(crate) use stems::{Root, Stems};
#[cfg(feature = "json")]
pub(crate) use table::mix;
pub(crate) use table::{MULTIPLIER, Text};
pub(crate) use tokens::{Symbol, Tokens};

use crate::error::{Error, ErrorKind};
use crate::normalize::{Normalized, Normalizer};
use crate::split::{Pattern, Splitter};

/// A token's number in its vocabulary.
pub type TokenId = u32;

/// The most tokens that a vocabulary may have, special tokens apart: pairs of ids are keys of 38 bits.
pub const MAX_TOKENS: usize = 1 << 19;
/// The most bytes that a token may have. The longest known, in `o200k_base` and `cl100k_base`, has 128.
pub const MAX_TOKEN_BYTES: usize = 2047;
/// The most bytes that all tokens of a vocabulary may have together.
pub const MAX_VOCAB_BYTES: usize = 1 << 24;

/// The ids of tokens, special tokens apart, are below this.
pub(crate) const MAX_ID: u64 = 1 << 20;

/// Stands for "no token".
pub(crate) const NONE: TokenId = TokenId::MAX;

/// How a token of a vocabulary comes to be. Tokens stand in the order of their merges' ranks, and numbers here are places in
/// that order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Definition {
    /// One byte: of each of the 256 there is one.
    Byte(u8),
    /// The merge of two tokens: the last one when the bytes of what it makes are merged alone, so that a piece with those bytes is
    /// that token. A few rank before one of their parts, and stand before it in the list.
    Merge(TokenId, TokenId),
    /// A token that no merge makes: some of the bytes that stand beside the list.
    Text {
        /// The first of its bytes.
        start: u32,
        /// How many they are.
        length: u32,
    },
}

impl Definition {
    fn parts(self) -> [TokenId; 2] {
        match self {
            Self::Merge(left, right) => [left, right],
            Self::Byte(_) | Self::Text { .. } => [NONE; 2],
        }
    }
}

/// The packed vocabulary that another one extends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// Its encoding's name.
    pub name: String,
    /// The XXH64 that its file states, bytes 10 to 17.
    pub checksum: u64,
}

/// What a text consists of before anything is merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbols {
    /// Bytes.
    Bytes,
    /// Characters that are tokens, and the bytes of others.
    Characters,
}

/// A special token: text that stands for one id when the caller asks for that, and is ordinary text otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Special {
    /// The text, such as `<|endoftext|>`.
    pub text: String,
    /// Its id.
    pub id: TokenId,
    /// Whether it stands for its id in ordinary text too: the reference's added tokens that are not special.
    pub literal: bool,
    /// Whether it takes the white space before it, and behind it, where it is looked for.
    pub strips: [bool; 2],
}

/// What a vocabulary is, besides its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The encoding's name, such as `o200k_base`.
    pub name: String,
    /// How texts are made ready.
    pub normalizer: Normalizer,
    /// How texts are cut into pieces.
    pub pattern: Pattern,
    /// What is merged.
    pub symbols: Symbols,
    /// Whether a piece that equals a token is that token, even where merging would not make it.
    pub whole_pieces: bool,
    /// What this vocabulary extends.
    pub base: Option<Base>,
    /// The special tokens. Those of a base do not count.
    pub specials: Vec<Special>,
}

/// A vocabulary with the tables that counting needs.
pub(crate) struct Vocab {
    header: Header,
    /// Nothing where the whole text is one piece, of which only the merges matter.
    splitter: Option<Splitter>,
    tokens: Tokens,
    ids: Ids,
    /// The special tokens, which are no longer in the header.
    added: Added,
}

impl Vocab {
    /// Reads a packed vocabulary.
    ///
    /// # Errors
    /// One kind for each way in which the file can be wrong; nothing that it holds makes this panic or take
    /// more memory than the limits of this module.
    pub fn from_packed(file: &[u8], base: Option<&[u8]>) -> Result<Self, Error> {
        file::check_head(file)?;
        let mut loader = Loader::new(file.to_vec(), base.map(<[u8]>::to_vec))?;
        while !loader.step()? {}
        loader.finish()
    }

    /// Returns a vocabulary without tokens.
    pub fn empty(name: &str) -> Self {
        let header = Header {
            name: name.to_owned(),
            normalizer: Normalizer::None,
            pattern: Pattern::None,
            symbols: Symbols::Bytes,
            whole_pieces: false,
            base: None,
            specials: Vec::new(),
        };
        Self::new(header, Tokens::none(), Ids::new(Vec::new()), Added::new(Vec::new(), 0))
    }

    fn new(header: Header, tokens: Tokens, ids: Ids, added: Added) -> Self {
        let has_one_piece = header.pattern == Pattern::None && !header.whole_pieces;
        let splitter = (!has_one_piece).then(|| Splitter::new(header.pattern));
        Self { header, splitter, tokens, ids, added }
    }

    pub fn name(&self) -> &str {
        &self.header.name
    }

    pub fn normalizer(&self) -> Normalizer {
        self.header.normalizer
    }

    pub fn pattern(&self) -> Pattern {
        self.header.pattern
    }

    /// Returns the end of the piece of a whole text that begins at `start`. Where no pattern cuts, the tokens do: pieces end
    /// where no merge crosses.
    #[inline]
    pub fn piece_end(&self, text: &str, start: usize) -> usize {
        match &self.splitter {
            Some(splitter) => splitter.piece_end(text, start),
            None => self.tokens.part_end(text.as_bytes(), start),
        }
    }

    /// Returns the special tokens.
    pub fn specials(&self) -> &[Special] {
        self.added.tokens()
    }

    /// Returns one more than the highest id, special tokens included.
    pub fn size(&self) -> usize {
        let highest = self.specials().iter().map(|special| special.id as usize + 1).max();
        self.ids.end().max(highest.unwrap_or(0))
    }

    /// Puts the ids of tokens in the place of their ranks.
    pub fn name_ids(&self, ranks: &mut [TokenId]) {
        self.ids.name(ranks);
    }

    /// Returns the bytes of an ordinary or special token.
    pub fn token_bytes(&self, id: TokenId) -> Option<&[u8]> {
        if let Some(rank) = self.ids.rank_of(id) {
            let literal = self.added.literal_of(rank).map(|token| token.text.as_bytes());
            return Some(literal.unwrap_or_else(|| self.tokens.bytes_of(rank)));
        }
        self.added.special_of(id).map(|special| special.text.as_bytes())
    }

    /// Returns the tokens that are cut out of texts before anything else.
    pub fn added(&self) -> &Added {
        &self.added
    }

    /// Returns those of them that are tokens in ordinary text too.
    #[inline]
    pub fn literals(&self) -> Option<&Added> {
        Some(&self.added).filter(|added| added.literals() > 0)
    }

    /// Makes a text ready that is not cut, or a part of one that begins and ends where something new does: with stand-ins
    /// for added tokens, and all else normalized. Returns nothing if it stays as it is.
    pub fn prepare(&self, text: &[u8], is_start: bool) -> Option<Normalized> {
        let normalizer = self.normalizer();
        let Some(added) = self.literals() else { return normalizer.apply(text, is_start) };
        let part = |from: usize, to: usize| {
            let part = &text[from..to];
            normalizer.apply(part, is_start && from == 0).unwrap_or_else(|| part.to_vec().into())
        };
        let mut done: Option<Normalized> = None;
        let mut at = 0;
        while let Some(found) = added.next(text, at, false) {
            let done = done.get_or_insert_default();
            done.append(part(at, found.from));
            done.push_altered(&added.stand_in(found.rank), &text[found.from..found.to]);
            at = found.to;
        }
        match done {
            Some(mut done) => {
                done.append(part(at, text.len()));
                Some(done)
            }
            None => normalizer.apply(text, is_start),
        }
    }

    /// Returns the ordinary tokens and their tables.
    #[inline]
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }
}

fn invalid_packed(why: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidVocabulary, format!("invalid packed vocabulary: {}", why.into()))
}
