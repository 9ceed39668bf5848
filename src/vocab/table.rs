//! The two hash tables of a vocabulary: token bytes → id, and pair of ids → merged id.
//!
//! Both are open-addressing tables of 64-bit slots. A slot of the first tells where the token's bytes are, their
//! number and a part of their hash, so that other tokens are seldom compared; a slot of the second holds the
//! pair and its result. Before the second stands a small filter that knows most pairs that are not there.

use super::{NONE, TokenId};

const ID_BITS: u32 = 19;
const ID_MASK: u64 = (1 << ID_BITS) - 1;
/// Token bytes begin at a word below this, by the limit of 16 MiB for all.
const START_BITS: u32 = 21;
const LENGTH_BITS: u32 = 11;
const TAG_BITS: u32 = 64 - ID_BITS - START_BITS - LENGTH_BITS;
const EMPTY: u64 = u64::MAX;
/// An odd number near 2^64 divided by the golden ratio, for multiplicative hashing (Knuth, TAOCP 6.4).
pub(crate) const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// No row of so many slots is full, so that a look-up passes fewer than two. A vocabulary that is drawn to fill one is refused; known ones
/// have at most 208 taken slots side by side.
const ROW: usize = 1 << 10;

/// Returns whether a row is full. Looks at each up to its first slot that is empty.
#[inline(never)]
fn is_crowded(slots: &[u64]) -> bool {
    slots.chunks(ROW).any(|row| row.iter().all(|&slot| slot != EMPTY))
}

/// Returns whether look-ups in one of two tables may take long.
pub(super) fn are_crowded(pairs: &PairTable, pieces: &PieceTable) -> bool {
    is_crowded(&pairs.slots) || is_crowded(&pieces.slots)
}

/// Returns a number of slots, a power of two, of which at least a fifth stay empty.
fn slots(entries: usize) -> usize {
    (entries + entries / 4 + 16).next_power_of_two()
}

/// A set of hashes that may say of others too that it has them: a Bloom filter with two bits for each, in one word.
pub(super) struct Filter {
    words: Box<[u64]>,
    shift: u32,
}

impl Filter {
    /// Returns an empty one of so many words, a power of two above 1.
    fn of_words(words: usize) -> Self {
        Self { words: vec![0; words].into(), shift: 64 - words.trailing_zeros() }
    }

    /// Returns one for pairs of characters of so many tokens.
    pub fn with_capacity(tokens: usize) -> Self {
        Self::of_words(slots(tokens) / 16)
    }

    #[inline]
    fn bits(hash: u64) -> u64 {
        1 << (hash >> 32 & 63) | 1 << (hash >> 26 & 63)
    }

    #[inline]
    fn insert(&mut self, hash: u64) {
        self.words[(hash >> self.shift) as usize] |= Self::bits(hash);
    }

    #[inline]
    fn has(&self, hash: u64) -> bool {
        let bits = Self::bits(hash);
        self.words[(hash >> self.shift) as usize & (self.words.len() - 1)] & bits == bits
    }

    #[inline]
    fn hash(left: u32, right: u32) -> u64 {
        (u64::from(left) << 32 | u64::from(right)).wrapping_mul(MULTIPLIER)
    }

    #[inline]
    pub fn insert_pair(&mut self, left: u32, right: u32) {
        self.insert(Self::hash(left, right));
    }

    #[inline]
    pub fn has_pair(&self, left: u32, right: u32) -> bool {
        self.has(Self::hash(left, right))
    }
}

/// Pairs of tokens and what they merge into.
pub(super) struct PairTable {
    slots: Box<[u64]>,
    shift: u32,
    filter: Filter,
}

impl PairTable {
    pub fn with_capacity(entries: usize) -> Self {
        let slots = slots(entries);
        Self {
            slots: vec![EMPTY; slots].into(),
            shift: 64 - slots.trailing_zeros(),
            filter: Filter::of_words(slots / 8),
        }
    }

    #[inline]
    fn key(left: TokenId, right: TokenId) -> u64 {
        u64::from(left) << ID_BITS | u64::from(right)
    }

    /// Adds a merge. The pair is new.
    pub fn insert(&mut self, left: TokenId, right: TokenId, merged: TokenId) {
        let key = Self::key(left, right);
        let hash = key.wrapping_mul(MULTIPLIER);
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        while self.slots[at] != EMPTY {
            at = (at + 1) & mask;
        }
        self.slots[at] = key << ID_BITS | u64::from(merged);
        self.filter.insert(hash);
    }

    #[inline]
    pub fn get(&self, left: TokenId, right: TokenId) -> TokenId {
        let key = Self::key(left, right);
        let hash = key.wrapping_mul(MULTIPLIER);
        if !self.filter.has(hash) {
            return NONE;
        }
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot >> ID_BITS == key {
                return (slot & ID_MASK) as TokenId;
            }
            if slot == EMPTY {
                return NONE;
            }
            at = (at + 1) & mask;
        }
    }
}

/// A piece of a text, which lends it the bytes behind it: a word is read at once where the text has one.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a> {
    pub bytes: &'a [u8],
    pub from: usize,
    pub to: usize,
}

impl Text<'_> {
    /// The most bytes of a piece that has [`numbers`](Self::numbers).
    pub const MOST_NUMBERS: usize = 23;

    #[inline]
    pub fn len(self) -> usize {
        self.to - self.from
    }

    /// Returns eight bytes of the piece, from byte `at` of the text on, with zeros behind its end.
    #[inline]
    fn word(self, at: usize) -> u64 {
        let left = self.to - at;
        if let Some(&word) = self.bytes[at..].first_chunk() {
            let word = u64::from_le_bytes(word);
            return if left < 8 { word & ((1 << (8 * left)) - 1) } else { word };
        }
        self.bytes[at..self.to].iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte))
    }

    /// Returns a piece of up to eight bytes as a number, its last byte the highest; nothing if its first byte is 0, which a
    /// number does not show.
    #[expect(clippy::inline_always, reason = "called once a piece, and the wasm build would not inline it")]
    #[inline(always)]
    pub fn number(self) -> Option<u64> {
        let word = match self.bytes.get(self.from..).and_then(<[u8]>::first_chunk) {
            Some(&word) => u64::from_le_bytes(word),
            None => self.word(self.from),
        };
        (word as u8 != 0).then(|| word << (64 - 8 * self.len()))
    }

    /// Returns a piece of 9 to 23 bytes as three numbers: its first and its last eight bytes; and what is between them, with its
    /// length.
    #[inline]
    pub fn numbers(self) -> Option<[u64; 3]> {
        let word = |at: usize| Some(u64::from_le_bytes(*self.bytes.get(at..)?.first_chunk()?));
        let between = match self.len() {
            9..=16 => 0,
            17..=Self::MOST_NUMBERS => word(self.from + 8)? << 8 >> 8,
            _ => return None,
        };
        Some([word(self.from)?, word(self.to - 8)?, between | (self.len() as u64) << 56])
    }

    #[inline]
    pub fn words(self) -> impl Iterator<Item = u64> {
        (self.from..self.to).step_by(8).map(move |at| self.word(at))
    }

    /// Returns the hash of a piece whose first word is at hand.
    #[inline]
    fn hash_from(self, first: u64) -> u64 {
        let mut hash = mix(self.len() as u64 ^ first);
        let mut at = self.from + 8;
        while at < self.to {
            hash = mix(hash ^ self.word(at));
            at += 8;
        }
        hash
    }
}

/// Mixes the bits of a word, so that all have their say in all.
#[inline]
pub(crate) fn mix(word: u64) -> u64 {
    let word = word.wrapping_mul(MULTIPLIER);
    (word ^ word >> 32).wrapping_mul(MULTIPLIER)
}

/// Where the bytes of a token stand in a list of words, and how many they are.
#[derive(Clone, Copy)]
pub(super) struct Span(u32);

impl Span {
    pub fn new(start: usize, length: usize) -> Self {
        Self((start << LENGTH_BITS | length) as u32)
    }

    #[inline]
    pub fn start(self) -> usize {
        (self.0 >> LENGTH_BITS) as usize
    }

    #[inline]
    pub fn length(self) -> usize {
        (self.0 & ((1 << LENGTH_BITS) - 1)) as usize
    }
}

/// Tokens by their bytes. The bytes themselves are the vocabulary's.
pub(super) struct PieceTable {
    slots: Box<[u64]>,
    shift: u32,
    longest: usize,
}

impl PieceTable {
    pub fn with_capacity(entries: usize) -> Self {
        let slots = slots(entries);
        Self { slots: vec![EMPTY; slots].into(), shift: 64 - slots.trailing_zeros(), longest: 0 }
    }

    /// The upper bits of a slot, by which tokens are told apart before their bytes are looked at. No slot
    /// looks empty: the longest token cannot begin at the last word that a slot can name.
    #[inline]
    fn label(length: usize, hash: u64) -> u64 {
        (length as u64) << TAG_BITS | hash & ((1 << TAG_BITS) - 1)
    }

    /// Adds a token whose bytes stand in `words`; returns whether they are new.
    #[inline]
    pub fn insert(&mut self, words: &[[u8; 8]], span: Span, id: TokenId) -> bool {
        let text = Text { bytes: words[span.start()..].as_flattened(), from: 0, to: span.length() };
        self.longest = self.longest.max(text.to);
        let (found, at, label) = self.find(words, text);
        self.slots[at] = (label << START_BITS | span.start() as u64) << ID_BITS | u64::from(id);
        found == NONE
    }

    /// Returns how many bytes the longest token has.
    pub fn longest(&self) -> usize {
        self.longest
    }

    #[inline]
    pub fn get(&self, words: &[[u8; 8]], piece: Text<'_>) -> TokenId {
        if piece.len() > self.longest { NONE } else { self.find(words, piece).0 }
    }

    /// Returns the token, or [`NONE`] and the slot where it would be; and the label of its slot.
    #[inline]
    fn find(&self, words: &[[u8; 8]], piece: Text<'_>) -> (TokenId, usize, u64) {
        let first = piece.word(piece.from);
        let hash = piece.hash_from(first);
        let label = Self::label(piece.len(), hash);
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot == EMPTY {
                return (NONE, at, label);
            }
            if slot >> (ID_BITS + START_BITS) == label {
                let start = (slot >> ID_BITS & ((1 << START_BITS) - 1)) as usize;
                let mut rest = words[start..].iter().zip(piece.words()).skip(1);
                if u64::from_le_bytes(words[start]) == first
                    && (piece.len() <= 8 || rest.all(|(&ours, theirs)| u64::from_le_bytes(ours) == theirs))
                {
                    return ((slot & ID_MASK) as TokenId, at, label);
                }
            }
            at = (at + 1) & mask;
        }
    }
}
