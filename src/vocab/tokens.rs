//! The ordinary tokens of a vocabulary in the order of their ids, and the tables over them that counting reads.
//!
//! Besides the two hash tables there are three that spare most look-ups in them: what two bytes merge into, the
//! token of a character, and how early a merge can cross the border between two characters.

use super::table::{PairTable, PieceTable, Text};
use super::{Definition, MAX_TOKEN_BYTES, MAX_VOCAB_BYTES, NONE, TokenId};
use crate::error::{Error, ErrorKind};

/// Characters below this, those of two and three bytes among them, have their token in a table.
const CHARACTERS: usize = 1 << 16;

pub(crate) struct Tokens {
    /// The bytes of all tokens, each padded with zeros to whole words.
    words: Vec<[u8; 8]>,
    starts: Vec<u32>,
    lengths: Vec<u16>,
    byte_ids: [TokenId; 256],
    /// By first byte × 256 + second byte.
    byte_pairs: Box<[TokenId]>,
    characters: Box<[TokenId]>,
    /// By last byte before the border × 256 + first byte behind it.
    seams: Box<[TokenId]>,
    pairs: PairTable,
    pieces: PieceTable,
}

impl Tokens {
    pub(super) fn with_capacity(tokens: usize) -> Self {
        Self {
            words: Vec::with_capacity(tokens * 3 / 2),
            starts: Vec::with_capacity(tokens),
            lengths: Vec::with_capacity(tokens),
            byte_ids: [NONE; 256],
            byte_pairs: vec![NONE; 1 << 16].into(),
            characters: vec![NONE; CHARACTERS].into(),
            seams: vec![NONE; 1 << 16].into(),
            pairs: PairTable::with_capacity(tokens),
            pieces: PieceTable::with_capacity(tokens),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Adds the next token.
    pub(super) fn push(&mut self, definition: Definition) -> Result<(), Error> {
        let id = self.len() as TokenId;
        let start = self.words.len();
        let invalid = |why: &str| {
            Err(Error::new(ErrorKind::InvalidVocabulary, format!("token {id} of the vocabulary {why}")))
        };
        let length = match definition {
            Definition::Byte(byte) => {
                self.words.push([byte, 0, 0, 0, 0, 0, 0, 0]);
                self.byte_ids[usize::from(byte)] = id;
                1
            }
            Definition::Merge(left, right) => {
                if left.max(right) >= id {
                    return invalid("merges a token that does not come before it");
                }
                let length = self.length_of(left) + self.length_of(right);
                if length > MAX_TOKEN_BYTES || start * 8 + length > MAX_VOCAB_BYTES {
                    return invalid("passes the limit of 4 KiB for a token, or of 16 MiB for all");
                }
                self.join(left, right);
                self.note_merge(left, right, id);
                length
            }
        };
        self.starts.push(start as u32);
        self.lengths.push(length as u16);
        // A merge that is there already makes the same bytes, so this finds it too.
        if !self.pieces.insert(&self.words, start as u32, length as u16, id) {
            return invalid("has the same bytes as an earlier one");
        }
        if let Ok(text) = std::str::from_utf8(self.bytes_of(id).get(..4).unwrap_or(self.bytes_of(id))) {
            let mut characters = text.chars();
            if let (Some(character), None) = (characters.next(), characters.next())
                && character.len_utf8() == length
                && let Some(entry) = self.characters.get_mut(character as usize)
            {
                *entry = id;
            }
        }
        Ok(())
    }

    /// Appends the bytes of two tokens as those of one.
    fn join(&mut self, left: TokenId, right: TokenId) {
        let start = self.words.len();
        let words = |tokens: &Self, id| {
            let from = tokens.starts[id as usize] as usize;
            from..from + tokens.length_of(id).div_ceil(8)
        };
        self.words.extend_from_within(words(self, left));
        let (full, bytes) = (self.length_of(left) / 8, self.length_of(left) % 8);
        let length = self.length_of(left) + self.length_of(right);
        let mut last = if bytes == 0 { 0 } else { u64::from_le_bytes(self.words[start + full]) };
        self.words.truncate(start + full);
        for at in words(self, right) {
            let word = u64::from_le_bytes(self.words[at]);
            self.words.push((last | (word << (8 * bytes))).to_le_bytes());
            last = if bytes == 0 { 0 } else { word >> (64 - 8 * bytes) };
        }
        self.words.push(last.to_le_bytes());
        self.words.truncate(start + length.div_ceil(8));
    }

    fn note_merge(&mut self, left: TokenId, right: TokenId, id: TokenId) {
        self.pairs.insert(left, right, id);
        let (left, right) = (self.bytes_of(left), self.bytes_of(right));
        let border = usize::from(left[left.len() - 1]) << 8 | usize::from(right[0]);
        let are_bytes = left.len() + right.len() == 2;
        let is_suffix = left.iter().all(|byte| is_continuation(*byte));
        let is_prefix = right.len() < character_len(right[0]);
        if are_bytes {
            self.byte_pairs[border] = id;
        }
        if is_suffix || is_prefix {
            self.seams[border] = self.seams[border].min(id);
        }
    }

    /// Checks that any text can be encoded.
    pub(super) fn check_complete(&self) -> Result<(), Error> {
        match self.byte_ids.iter().position(|&id| id == NONE) {
            None => Ok(()),
            Some(byte) => Err(Error::new(
                ErrorKind::InvalidVocabulary,
                format!("the vocabulary has no token for the byte {byte:#04x}"),
            )),
        }
    }

    /// Returns how many bytes a token has.
    #[inline]
    pub fn length_of(&self, id: TokenId) -> usize {
        usize::from(self.lengths[id as usize])
    }

    /// Returns the bytes of a token.
    #[inline]
    pub fn bytes_of(&self, id: TokenId) -> &[u8] {
        let words = &self.words[self.starts[id as usize] as usize..];
        &words.as_flattened()[..self.length_of(id)]
    }

    /// Returns the token that two tokens merge into, which is also the merge's rank, or [`NONE`].
    #[inline]
    pub fn merged(&self, left: TokenId, right: TokenId) -> TokenId {
        self.pairs.get(left, right)
    }

    /// Returns the token that is one byte.
    #[inline]
    pub fn byte(&self, byte: u8) -> TokenId {
        self.byte_ids[usize::from(byte)]
    }

    /// Returns the token that two bytes merge into, or [`NONE`].
    #[inline]
    pub fn merged_bytes(&self, left: u8, right: u8) -> TokenId {
        self.byte_pairs[usize::from(left) << 8 | usize::from(right)]
    }

    /// Returns the token that has exactly the bytes `from..to` of `text`, or [`NONE`].
    #[inline]
    pub fn whole(&self, text: &[u8], from: usize, to: usize) -> TokenId {
        self.pieces.get(&self.words, Text { bytes: text, from, to })
    }

    /// Returns the character of two or three bytes that begins at `at`, as its length and its token, if it may
    /// be merged before all else: if each of its own merges ranks below every merge that can cross its borders
    /// while it is in parts.
    #[inline]
    pub fn character(&self, text: &[u8], at: usize) -> Option<(usize, TokenId)> {
        let first = text[at];
        let low = |i: usize| text.get(at + i).map(|byte| usize::from(byte & 63));
        let (length, character) = match first {
            0xc2..0xe0 => (2, usize::from(first & 31) << 6 | low(1)?),
            0xe0..0xf0 => (3, usize::from(first & 15) << 12 | low(1)? << 6 | low(2)?),
            _ => return None,
        };
        let token = *self.characters.get(character)?;
        let seam = |at: usize| match (at.checked_sub(1).map(|at| text[at]), text.get(at)) {
            (Some(left), Some(&right)) => self.seams[usize::from(left) << 8 | usize::from(right)],
            _ => NONE,
        };
        (token < seam(at) && token < seam(at + length)).then_some((length, token))
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// Returns how many bytes the character has that begins with `first`.
fn character_len(first: u8) -> usize {
    match first {
        0..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}
