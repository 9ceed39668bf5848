//! Merges few bytes at once: all pairs that merge are looked through for the lowest rank, again and again.
//!
//! That is quadratic, and up to 128 bytes the fastest way; more bytes are merged with a heap.

use crate::vocab::{NONE, TokenId, Tokens};
use std::collections::BinaryHeap;

/// Pieces of up to this many bytes are merged at once, and longer ones in windows of this size.
pub(crate) const SMALL: usize = 128;
const PLACE_BITS: u32 = SMALL.trailing_zeros();

/// Room to merge in. A token has the place of its first byte or character; places between two tokens are empty.
pub(crate) struct Scan {
    tokens: [TokenId; SMALL],
    pairs: [Pair; SMALL],
    next: [u8; SMALL],
    previous: [u8; SMALL],
}

/// What a token and its right neighbour merge into, and its place; as one number, so that the least of them is the lowest
/// merge, the leftmost of equals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pair(u32);

impl Pair {
    /// Does not merge.
    const NOTHING: Self = Self(u32::MAX);

    #[inline(always)]
    fn new(merged: TokenId, place: usize) -> Self {
        Self(merged << PLACE_BITS | place as u32)
    }

    #[inline(always)]
    fn merges(self) -> bool {
        self.0 >> PLACE_BITS != Self::NOTHING.0 >> PLACE_BITS
    }

    #[inline(always)]
    fn merged(self) -> TokenId {
        self.0 >> PLACE_BITS
    }

    #[inline(always)]
    fn place(self) -> usize {
        self.0 as usize % SMALL
    }
}

impl Default for Scan {
    fn default() -> Self {
        Self { tokens: [NONE; SMALL], pairs: [Pair::NOTHING; SMALL], next: [0; SMALL], previous: [0; SMALL] }
    }
}

impl Scan {
    /// Returns the tokens of up to 128 bytes.
    pub fn merge(&mut self, vocab: &Tokens, bytes: &[u8]) -> &[TokenId] {
        let places = self.fill(vocab, &bytes[..bytes.len().min(SMALL)]);
        loop {
            let lowest = self.lowest(places);
            if !lowest.merges() {
                return self.gather(places);
            }
            self.join(vocab, lowest.place(), lowest.merged(), places);
        }
    }

    /// Returns the least of the pairs. Four at a time, they need not wait for each other.
    #[inline]
    fn lowest(&self, places: usize) -> Pair {
        let (fours, rest) = self.pairs[..places].as_chunks();
        let lowest = fours
            .iter()
            .fold([Pair::NOTHING; 4], |[a, b, c, d], &[e, f, g, h]| [a.min(e), b.min(f), c.min(g), d.min(h)]);
        lowest.iter().chain(rest).fold(Pair::NOTHING, |lowest, &pair| lowest.min(pair))
    }

    /// Begins with characters where they merge before all else, and with bytes elsewhere. Returns how many places that takes.
    #[inline]
    fn fill(&mut self, vocab: &Tokens, bytes: &[u8]) -> usize {
        let mut places = 0;
        let mut at = 0;
        let mut previous = NONE;
        let mut after_character = false;
        while at < bytes.len() {
            let character = vocab.character(bytes, at);
            let (length, token) = character.unwrap_or_else(|| (1, vocab.byte(bytes[at])));
            if places > 0 {
                let merged = if after_character || character.is_some() {
                    vocab.merged(previous, token)
                } else {
                    vocab.merged_bytes(bytes[at - 1], bytes[at])
                };
                self.pairs[places - 1] = Pair::new(merged, places - 1);
            }
            let place = places % SMALL;
            self.tokens[place] = token;
            self.pairs[place] = Pair::NOTHING;
            self.next[place] = place as u8 + 1;
            self.previous[place] = (place as u8).wrapping_sub(1);
            previous = token;
            after_character = character.is_some();
            places += 1;
            at += length;
        }
        places
    }

    /// Joins the token at a place with its right neighbour.
    #[inline]
    fn join(&mut self, vocab: &Tokens, place: usize, merged: TokenId, places: usize) {
        let right = usize::from(self.next[place]) % SMALL;
        let (before, behind) = (usize::from(self.previous[place]), usize::from(self.next[right]));
        self.tokens[place] = merged;
        self.pairs[right] = Pair::NOTHING;
        self.next[place] = behind as u8;
        self.pairs[place] = Pair::NOTHING;
        if behind < places {
            let behind = behind % SMALL;
            self.previous[behind] = place as u8;
            self.pairs[place] = Pair::new(vocab.merged(merged, self.tokens[behind]), place);
        }
        if before < places {
            let before = before % SMALL;
            self.pairs[before] = Pair::new(vocab.merged(self.tokens[before], merged), before);
        }
    }

    /// Puts the tokens side by side.
    #[inline]
    fn gather(&mut self, places: usize) -> &[TokenId] {
        let (mut count, mut place) = (0, 0);
        while place < places {
            self.tokens[count] = self.tokens[place % SMALL];
            place = usize::from(self.next[place % SMALL]);
            count += 1;
        }
        &self.tokens[..count]
    }
}

/// Merges any number of bytes in O(n log n): a heap holds the pairs that merge, by rank and place.
pub(super) fn heap(vocab: &Tokens, bytes: &[u8]) -> Vec<TokenId> {
    const PLACE: u64 = u32::MAX as u64;
    let mut tokens: Vec<TokenId> = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let (length, token) = vocab.symbol(bytes, at);
        tokens.push(token);
        at += length;
    }
    let len = tokens.len();
    let mut next: Vec<usize> = (1..=len).collect();
    let mut previous: Vec<usize> = (0..len).map(|i| i.wrapping_sub(1)).collect();
    // The greatest comes out first.
    let mut pairs: BinaryHeap<u64> = BinaryHeap::new();
    let add = |pairs: &mut BinaryHeap<u64>, tokens: &[TokenId], left: usize, right: usize| {
        let merged = vocab.merged(tokens[left], tokens[right]);
        if merged != NONE {
            pairs.push(!(u64::from(merged) << 32 | left as u64));
        }
    };
    for right in 1..len {
        add(&mut pairs, &tokens, right - 1, right);
    }
    while let Some(pair) = pairs.pop() {
        let (merged, left) = ((!pair >> 32) as TokenId, (!pair & PLACE) as usize);
        let right = next[left];
        // A pair whose tokens have changed since is stale; the same pair may have been found twice.
        if tokens[left] == NONE || right >= len || vocab.merged(tokens[left], tokens[right]) != merged {
            continue;
        }
        tokens[left] = merged;
        tokens[right] = NONE;
        next[left] = next[right];
        if let Some(previous) = previous.get_mut(next[left]) {
            *previous = left;
            add(&mut pairs, &tokens, left, next[left]);
        }
        if previous[left] < len {
            add(&mut pairs, &tokens, previous[left], left);
        }
    }
    tokens.retain(|&token| token != NONE);
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::{Stretch, windows};
    use crate::vocab::Vocab;
    use rand::{Rng, SeedableRng, rngs::StdRng};

    /// Each way of merging gives the same tokens, on pieces that make windows agree late or not at all.
    #[test]
    fn all_ways_agree() {
        let vocab = Vocab::from_packed(&std::fs::read("data/vocab/o200k_base.vocab").unwrap(), None).unwrap();
        let vocab = vocab.tokens();
        let mut rng = StdRng::seed_from_u64(7);
        for case in 0..3000 {
            let runs = rng.random_range(1..12);
            let alphabet: Vec<char> =
                ["ab", "=-", " ", "aeinrst", "中文的é한", "กานมร\u{e34}"][case % 6].chars().collect();
            let mut piece = String::new();
            for _ in 0..runs {
                let repeated = alphabet[rng.random_range(0..alphabet.len())];
                piece.extend(std::iter::repeat_n(repeated, 1 << rng.random_range(0..8)));
                piece.extend(
                    (0..rng.random_range(0..20)).map(|_| alphabet[rng.random_range(0..alphabet.len())]),
                );
            }
            let piece = piece.into_bytes();
            let expected = heap(vocab, &piece);
            let mut windowed = Vec::new();
            let stretch = Stretch { bytes: &piece, is_whole: true };
            if windows(vocab, &mut Scan::default(), stretch, None, &mut windowed).is_some() {
                assert_eq!(windowed, expected, "windows, case {case}: {piece:?}");
            }
            let piece = &piece[..piece.len().min(SMALL)];
            assert_eq!(
                Scan::default().merge(vocab, piece),
                heap(vocab, piece),
                "scan, case {case}: {piece:?}"
            );
        }
    }
}
