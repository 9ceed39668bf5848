//! The tokens of pieces that were met lately: most of what a text repeats is not worth looking up, or merging, twice.
//!
//! A piece has two places, by its hash: one line of memory. The newest stands in the first and pushes what was there to the
//! second. An entry holds the whole piece, so what is found is exact; and its tokens, if they are few. The table begins small
//! and grows with what is counted, up to 1 MiB.

#![expect(clippy::inline_always, reason = "the wasm build would not inline them, and they run once a piece")]

use crate::vocab::{Text, TokenId};

const WORDS: usize = 3;
/// The longest piece that is remembered; a byte more holds its length.
const LONGEST: usize = WORDS * 8 - 1;
const FIRST_LINES: usize = 1 << 8;
const MOST_LINES: usize = 1 << 14;
/// Odd numbers: the first bits of the square roots of 2, 3 and 5, behind the point.
const MULTIPLIERS: [u64; WORDS] = [0x6a09_e667_f3bc_c909, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b];

/// How many tokens a piece is, and which, if they are not more than three.
#[derive(Clone, Copy, Default)]
pub(crate) struct Few(u64);

/// Remembers the tokens of pieces.
#[derive(Default)]
pub(crate) struct Pieces {
    lines: Box<[Line]>,
    shift: u32,
    /// How many were put in.
    put: usize,
}

#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct Line {
    newest: Entry,
    other: Entry,
}

#[derive(Clone, Copy, Default)]
struct Entry {
    piece: [u64; WORDS],
    tokens: Few,
}

impl Few {
    const ID_BITS: u32 = 19;
    pub const MOST: usize = 3;
    const COUNT_SHIFT: u32 = Self::ID_BITS * Self::MOST as u32;

    /// Takes the next token.
    #[inline(always)]
    pub fn push(&mut self, token: TokenId) {
        self.0 = self.0 << Self::ID_BITS | u64::from(token);
    }

    /// Returns them with their number, which is less than 128.
    #[inline(always)]
    fn counted(self, count: usize) -> Self {
        Self(self.0 & ((1 << Self::COUNT_SHIFT) - 1) | (count as u64) << Self::COUNT_SHIFT)
    }

    #[inline(always)]
    pub fn count(self) -> usize {
        (self.0 >> Self::COUNT_SHIFT) as usize
    }

    /// Returns the tokens, if they are few.
    #[inline(always)]
    pub fn ids(self) -> Option<impl Iterator<Item = TokenId>> {
        const MASK: u64 = (1 << Few::ID_BITS) - 1;
        let count = self.count();
        let id = move |place: usize| (self.0 >> (Self::ID_BITS as usize * place) & MASK) as TokenId;
        (count <= Self::MOST).then(|| (0..count).rev().map(id))
    }
}

impl Pieces {
    /// Returns the tokens of a piece, if it is remembered.
    #[inline(always)]
    pub fn get(&self, piece: Text<'_>) -> Option<Few> {
        if piece.len() > LONGEST {
            return None;
        }
        let wanted = key(piece.three_words(), piece);
        let Line { newest, other } = self.lines.get(place(wanted, self.shift))?;
        if newest.piece == wanted {
            return Some(newest.tokens);
        }
        (other.piece == wanted).then_some(other.tokens)
    }

    /// Remembers the tokens of a piece, if it is not too long: their number and the last of them.
    pub fn put(&mut self, piece: Text<'_>, count: usize, last: Few) {
        if piece.len() > LONGEST {
            return;
        }
        if self.put >= self.lines.len() && self.lines.len() < MOST_LINES {
            self.grow();
        }
        self.put += 1;
        let piece = key(piece.three_words_by_byte(), piece);
        self.enter(Entry { piece, tokens: last.counted(count) });
    }

    fn enter(&mut self, entry: Entry) {
        if let Some(line) = self.lines.get_mut(place(entry.piece, self.shift)) {
            *line = Line { newest: entry, other: line.newest };
        }
    }

    #[cold]
    fn grow(&mut self) {
        let lines = (self.lines.len() * 4).clamp(FIRST_LINES, MOST_LINES);
        let old = std::mem::replace(&mut self.lines, vec![Line::default(); lines].into());
        self.shift = 64 - lines.trailing_zeros();
        for entry in old.iter().flat_map(|line| [line.other, line.newest]) {
            if entry.tokens.count() > 0 {
                self.enter(entry);
            }
        }
    }
}

/// Returns the bytes of a piece that is not too long with its length in the last one: no other piece has the same, and no
/// entry that is empty.
#[inline(always)]
fn key(mut words: [u64; WORDS], piece: Text<'_>) -> [u64; WORDS] {
    words[WORDS - 1] |= (piece.len() as u64) << 56;
    words
}

#[inline(always)]
fn place(piece: [u64; WORDS], shift: u32) -> usize {
    let [a, b, c] = MULTIPLIERS;
    let hash = piece[0].wrapping_mul(a) ^ piece[1].wrapping_mul(b) ^ piece[2].wrapping_mul(c);
    (hash >> shift) as usize
}
