//! Merges few bytes at once: all pairs that merge are looked through for the lowest rank, again and again.
//!
//! That is quadratic, and up to 128 bytes the fastest way; more bytes are merged with a heap.

use crate::vocab::{NONE, Symbol, TokenId, Tokens};
use std::collections::BinaryHeap;

/// Pieces of up to this many bytes are merged at once, and longer ones in windows of this size.
pub(crate) const SMALL: usize = 128;
const PLACE_BITS: u32 = SMALL.trailing_zeros();

/// Room to merge in. A token has the place of its first symbol; places between two tokens are empty.
pub(crate) struct Scan {
    tokens: [TokenId; SMALL],
    pairs: [Pair; SMALL],
    next: [u8; SMALL],
    previous: [u8; SMALL],
    /// Those of the symbols.
    characters: [u32; SMALL],
    /// Where parts end, of which nothing joins with what is behind them.
    ends: [u8; SMALL],
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
        Self {
            tokens: [NONE; SMALL],
            pairs: [Pair::NOTHING; SMALL],
            next: [0; SMALL],
            previous: [0; SMALL],
            characters: [Symbol::BYTE; SMALL],
            ends: [0; SMALL],
        }
    }
}

impl Scan {
    /// Returns the tokens of up to 128 bytes.
    pub fn merge(&mut self, vocab: &Tokens, bytes: &[u8]) -> &[TokenId] {
        let bytes = &bytes[..bytes.len().min(SMALL)];
        let count =
            if bytes.is_ascii() { self.merge_ascii(vocab, bytes) } else { self.merge_symbols(vocab, bytes) };
        &self.tokens[..count]
    }

    fn merge_ascii(&mut self, vocab: &Tokens, bytes: &[u8]) -> usize {
        for (token, &byte) in self.tokens.iter_mut().zip(bytes) {
            *token = vocab.byte(byte);
        }
        for (place, (pair, bytes)) in self.pairs.iter_mut().zip(bytes.windows(2)).enumerate() {
            *pair = Pair::new(vocab.merged_bytes(bytes[0], bytes[1]), place);
        }
        self.merge_part(vocab, 0, bytes.len(), 0)
    }

    /// Merges part by part: where two characters stand side by side in no token, no merge joins them, and most parts of Chinese
    /// are one character or two. Each step is done for all places before the next, so that a processor can wait for many
    /// look-ups at a time.
    fn merge_symbols(&mut self, vocab: &Tokens, bytes: &[u8]) -> usize {
        let places = self.fill(vocab, bytes);
        let parts = self.cut(vocab, places);
        let (mut from, mut count) = (0, 0);
        for part in 0..parts {
            let to = usize::from(self.ends[part % SMALL]);
            self.tokens[count % SMALL] = self.tokens[from % SMALL];
            count += 1;
            if to - from == 2 {
                let (left, right) = (self.tokens[from % SMALL], self.tokens[(from + 1) % SMALL]);
                let merged = vocab.merged(left, right);
                if merged == NONE {
                    self.tokens[count % SMALL] = right;
                    count += 1;
                } else {
                    self.tokens[(count - 1) % SMALL] = merged;
                }
            } else if to - from > 2 {
                let tokens = &self.tokens[from..to];
                for (at, (pair, tokens)) in self.pairs[from..].iter_mut().zip(tokens.windows(2)).enumerate() {
                    *pair = Pair::new(vocab.merged(tokens[0], tokens[1]), from + at);
                }
                count = self.merge_part(vocab, from, to, count - 1);
            }
            from = to;
        }
        count
    }

    /// Begins with characters where they merge before all else, and with bytes elsewhere. Returns how many places that takes.
    #[inline]
    fn fill(&mut self, vocab: &Tokens, bytes: &[u8]) -> usize {
        let (mut places, mut at, mut seam) = (0, 0, NONE);
        while at < bytes.len() {
            let (symbol, behind) = vocab.early_symbol(bytes, at, seam);
            self.characters[places % SMALL] = symbol.character;
            self.tokens[places % SMALL] = symbol.token;
            seam = behind;
            places += 1;
            at += symbol.length;
        }
        places
    }

    /// Finds where parts end. Returns their number.
    #[inline]
    fn cut(&mut self, vocab: &Tokens, places: usize) -> usize {
        let mut parts = 0;
        for (place, pair) in self.characters[..places.min(SMALL)].windows(2).enumerate() {
            self.ends[parts % SMALL] = place as u8 + 1;
            parts += usize::from(!vocab.joins(pair[0], pair[1]));
        }
        self.ends[parts % SMALL] = places as u8;
        parts + 1
    }

    /// Merges what is in some places, whose pairs are there, and puts its tokens side by side from place `count` on. Returns
    /// the place behind them.
    #[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
    fn merge_part(&mut self, vocab: &Tokens, from: usize, to: usize, count: usize) -> usize {
        for place in from..to.min(SMALL) {
            self.next[place] = place as u8 + 1;
            self.previous[place] = (place as u8).wrapping_sub(1);
        }
        self.pairs[(to - 1) % SMALL] = Pair::NOTHING;
        loop {
            let lowest = self.lowest(from, to);
            if !lowest.merges() {
                return self.gather(from, to, count);
            }
            self.join(vocab, lowest, from, to);
        }
    }

    /// Returns the least of the pairs. Four at a time, they need not wait for each other.
    #[inline]
    fn lowest(&self, from: usize, to: usize) -> Pair {
        let (fours, rest) = self.pairs[from..to].as_chunks();
        let lowest = fours
            .iter()
            .fold([Pair::NOTHING; 4], |[a, b, c, d], &[e, f, g, h]| [a.min(e), b.min(f), c.min(g), d.min(h)]);
        lowest.iter().chain(rest).fold(Pair::NOTHING, |lowest, &pair| lowest.min(pair))
    }

    /// Joins the token of a pair with its right neighbour.
    #[inline]
    fn join(&mut self, vocab: &Tokens, pair: Pair, from: usize, to: usize) {
        let (place, merged) = (pair.place(), pair.merged());
        let right = usize::from(self.next[place]) % SMALL;
        let (before, behind) = (usize::from(self.previous[place]), usize::from(self.next[right]));
        self.tokens[place] = merged;
        self.pairs[right] = Pair::NOTHING;
        self.next[place] = behind as u8;
        self.pairs[place] = Pair::NOTHING;
        if behind < to {
            let behind = behind % SMALL;
            self.previous[behind] = place as u8;
            self.pairs[place] = Pair::new(vocab.merged(merged, self.tokens[behind]), place);
        }
        if place > from {
            let before = before % SMALL;
            self.pairs[before] = Pair::new(vocab.merged(self.tokens[before], merged), before);
        }
    }

    /// Puts the tokens side by side.
    #[inline]
    fn gather(&mut self, from: usize, to: usize, mut count: usize) -> usize {
        let mut place = from;
        while place < to {
            self.tokens[count % SMALL] = self.tokens[place % SMALL];
            place = usize::from(self.next[place % SMALL]);
            count += 1;
        }
        count
    }
}

/// Merges any number of bytes in O(n log n): a heap holds the pairs that merge, by rank and place.
pub(super) fn heap(vocab: &Tokens, bytes: &[u8]) -> Vec<TokenId> {
    const PLACE: u64 = u32::MAX as u64;
    let mut tokens: Vec<TokenId> = Vec::with_capacity(bytes.len());
    let (mut at, mut seam) = (0, NONE);
    while at < bytes.len() {
        let (symbol, behind) = vocab.early_symbol(bytes, at, seam);
        tokens.push(symbol.token);
        seam = behind;
        at += symbol.length;
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
    use crate::merge::{Stretch, o200k_base, windows};
    use rand::{Rng, SeedableRng, rngs::StdRng};

    /// Each way of merging gives the same tokens, on pieces that make windows agree late or not at all.
    #[test]
    fn all_ways_agree() {
        let vocab = o200k_base();
        let vocab = vocab.tokens();
        let mut rng = StdRng::seed_from_u64(7);
        for case in 0..3000 {
            let runs = rng.random_range(1..12);
            let alphabet: Vec<char> =
                ["ab", "=-", " ", "aeinrst", "中文的é한", "กานมร\u{e34}"][case % 6].chars().collect();
            let mut piece = String::new();
            for _ in 0..runs {
                let repeated = alphabet[rng.random_range(0..alphabet.len())];
                piece.extend(std::iter::repeat_n(repeated, 1 << rng.random_range(0..12)));
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
