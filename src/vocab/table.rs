//! The two hash tables of a vocabulary: token bytes → id, and pair of ids → merged id.
//!
//! Both are open-addressing tables of plain integers that grow by no means once built. A slot of the first
//! holds an id and a few bits of the hash, so that nearly every miss is seen without touching the token's
//! bytes; a slot of the second holds the whole pair and its result in one word.

use super::{NONE, TokenId};

const ID_BITS: u32 = 18;
const ID_MASK: u32 = (1 << ID_BITS) - 1;
const EMPTY: u32 = u32::MAX;
const EMPTY_PAIR: u64 = u64::MAX;
/// An odd number near 2^64 divided by the golden ratio, for multiplicative hashing (Knuth, TAOCP 6.4).
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

fn slots(entries: usize) -> usize {
    (entries * 2).next_power_of_two().max(16)
}

/// Pairs of tokens and what they merge into.
pub(super) struct PairTable {
    slots: Box<[u64]>,
    shift: u32,
}

impl PairTable {
    pub fn with_capacity(entries: usize) -> Self {
        let slots = slots(entries);
        Self { slots: vec![EMPTY_PAIR; slots].into(), shift: 64 - slots.trailing_zeros() }
    }

    #[inline]
    fn home(&self, key: u64) -> usize {
        (key.wrapping_mul(MULTIPLIER) >> self.shift) as usize
    }

    /// Adds a merge; where the pair is known already, the first one stays.
    pub fn insert(&mut self, left: TokenId, right: TokenId, merged: TokenId) {
        let key = (u64::from(left) << ID_BITS) | u64::from(right);
        let mask = self.slots.len() - 1;
        let mut at = self.home(key);
        while self.slots[at] != EMPTY_PAIR {
            if self.slots[at] >> ID_BITS == key {
                return;
            }
            at = (at + 1) & mask;
        }
        self.slots[at] = (key << ID_BITS) | u64::from(merged);
    }

    #[inline]
    pub fn get(&self, left: TokenId, right: TokenId) -> TokenId {
        let key = (u64::from(left) << ID_BITS) | u64::from(right);
        let mask = self.slots.len() - 1;
        let mut at = self.home(key) & mask;
        loop {
            let slot = self.slots[at];
            if slot >> ID_BITS == key {
                return slot as u32 & ID_MASK;
            }
            if slot == EMPTY_PAIR {
                return NONE;
            }
            at = (at + 1) & mask;
        }
    }
}

/// Tokens by their bytes. The bytes themselves are the vocabulary's.
pub(super) struct PieceTable {
    slots: Box<[u32]>,
    shift: u32,
    longest: usize,
}

impl PieceTable {
    pub fn with_capacity(entries: usize) -> Self {
        let slots = slots(entries);
        Self { slots: vec![EMPTY; slots].into(), shift: 64 - slots.trailing_zeros(), longest: 0 }
    }

    /// Adds the token `id`, the last one in `bytes` and `ends`; returns whether its bytes are new.
    pub fn insert(&mut self, bytes: &[u8], ends: &[u32], id: TokenId) -> bool {
        let piece = &bytes[ends[id as usize] as usize..];
        if self.get(bytes, ends, piece) != NONE {
            return false;
        }
        let hash = hash(piece);
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        while self.slots[at] != EMPTY {
            at = (at + 1) & mask;
        }
        self.slots[at] = tag(hash) | id;
        self.longest = self.longest.max(piece.len());
        true
    }

    #[inline]
    pub fn get(&self, bytes: &[u8], ends: &[u32], piece: &[u8]) -> TokenId {
        if piece.len() > self.longest {
            return NONE;
        }
        let hash = hash(piece);
        let tag = tag(hash);
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot == EMPTY {
                return NONE;
            }
            let id = (slot & ID_MASK) as usize;
            if slot & !ID_MASK == tag && bytes[ends[id] as usize..ends[id + 1] as usize] == *piece {
                return id as u32;
            }
            at = (at + 1) & mask;
        }
    }
}

/// The part of a hash that a slot keeps: bits that its place in the table does not tell already. Never all
/// ones, so that no slot looks empty.
#[inline]
fn tag(hash: u64) -> u32 {
    let tag = (hash as u32) << ID_BITS;
    if tag == !ID_MASK { 0 } else { tag }
}

#[inline]
fn hash(piece: &[u8]) -> u64 {
    let mut hash = piece.len() as u64;
    let (words, rest) = piece.as_chunks::<8>();
    for &word in words {
        hash = mix(hash ^ u64::from_le_bytes(word));
    }
    if !rest.is_empty() {
        let mut word = [0; 8];
        word[..rest.len()].copy_from_slice(rest);
        hash = mix(hash ^ u64::from_le_bytes(word));
    }
    hash
}

#[inline]
fn mix(word: u64) -> u64 {
    let word = word.wrapping_mul(MULTIPLIER);
    (word ^ (word >> 32)).wrapping_mul(MULTIPLIER)
}
