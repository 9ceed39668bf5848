//! The tokens of pieces that were met lately: most of what a text repeats is not worth looking up, or merging, twice.
//!
//! A piece of up to eight bytes is a number, and so has a table of its own. In both tables a piece has the few places of one
//! line of memory, by its hash. A new one takes the last of them, and moves up when it is met again, so what is frequent
//! stands first and stays. An entry holds the whole piece, so what is found is exact; and its tokens, if they are few. The
//! tables begin small and empty and become larger with what is counted, up to 512 KiB each.

#![expect(clippy::inline_always, reason = "the wasm build would not inline them, and they run once a piece")]

use crate::vocab::{Text, TokenId};

const FIRST_LINES: usize = 1 << 7;
const MOST_LINES: usize = 1 << 13;
/// Odd numbers: the first bits of the square roots of 2, 3 and 5, behind the point.
const MULTIPLIERS: [u64; 3] = [0x6a09_e667_f3bc_c909, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b];

/// How many tokens a piece is, and which, if they are not more than three.
#[derive(Clone, Copy, Default)]
pub(crate) struct Few(u64);

/// Remembers the tokens of pieces.
#[derive(Default)]
pub(crate) struct Pieces {
    short: Table<u64, 4>,
    long: Table<[u64; 3], 2>,
}

struct Table<K, const PLACES: usize> {
    lines: Box<[Line<K, PLACES>]>,
    shift: u32,
    /// How many were put in since the table has its size.
    put: usize,
}

#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line<K, const PLACES: usize>([Entry<K>; PLACES]);

#[derive(Clone, Copy, Default)]
struct Entry<K> {
    key: K,
    tokens: Few,
}

/// A piece as numbers: no two have the same, and none has those of an entry that is empty.
trait Key: Copy + Default + PartialEq {
    /// All bits have their say in the upper ones.
    fn hash(self) -> u64;
}

impl Key for u64 {
    #[inline(always)]
    fn hash(self) -> u64 {
        self.wrapping_mul(MULTIPLIERS[0])
    }
}

impl Key for [u64; 3] {
    #[inline(always)]
    fn hash(self) -> u64 {
        let [a, b, c] = MULTIPLIERS;
        self[0].wrapping_mul(a) ^ self[1].wrapping_mul(b) ^ self[2].wrapping_mul(c)
    }
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
    pub fn get(&mut self, piece: Text<'_>) -> Option<Few> {
        if piece.len() <= 8 { self.short.get(piece.number()?) } else { self.long.get(piece.numbers()?) }
    }

    /// Remembers the tokens of a piece, if it is not too long: their number and the last of them.
    pub fn put(&mut self, piece: Text<'_>, count: usize, last: Few) {
        let tokens = last.counted(count);
        if piece.len() > 8 {
            if let Some(key) = piece.numbers() {
                self.long.put(Entry { key, tokens });
            }
        } else if let Some(key) = piece.number() {
            self.short.put(Entry { key, tokens });
        }
    }
}

impl<K: Key, const PLACES: usize> Table<K, PLACES> {
    #[inline(always)]
    fn get(&mut self, key: K) -> Option<Few> {
        let Line(entries) = self.lines.get_mut(place(key, self.shift))?;
        if entries[0].key == key {
            return Some(entries[0].tokens);
        }
        Self::get_behind(entries, key)
    }

    /// Looks behind the first place, and moves what it finds up by one.
    #[inline(never)]
    fn get_behind(entries: &mut [Entry<K>; PLACES], key: K) -> Option<Few> {
        let at = (1..PLACES).find(|&at| entries[at].key == key)?;
        let Entry { tokens, .. } = entries[at];
        entries.swap(at, at - 1);
        Some(tokens)
    }

    fn put(&mut self, entry: Entry<K>) {
        if self.put >= self.lines.len() * PLACES / 2 && self.lines.len() < MOST_LINES {
            self.grow();
        }
        self.put += 1;
        if let Some(Line(entries)) = self.lines.get_mut(place(entry.key, self.shift)) {
            let at = entries.iter().position(|entry| entry.tokens.count() == 0).unwrap_or(PLACES - 1);
            entries[at] = entry;
        }
    }

    /// Makes the table larger, and empty: what is frequent is soon there again.
    #[cold]
    fn grow(&mut self) {
        let lines = (self.lines.len() * 4).clamp(FIRST_LINES, MOST_LINES);
        self.lines = vec![Line([Entry::default(); PLACES]); lines].into();
        self.shift = 64 - lines.trailing_zeros();
        self.put = 0;
    }
}

impl<K, const PLACES: usize> Default for Table<K, PLACES> {
    fn default() -> Self {
        Self { lines: Box::default(), shift: 0, put: 0 }
    }
}

#[inline(always)]
fn place(key: impl Key, shift: u32) -> usize {
    (key.hash() >> shift) as usize
}
