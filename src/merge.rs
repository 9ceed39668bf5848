//! Merges the bytes of one piece into tokens: byte-pair encoding, exactly as the reference does it.
//!
//! The rule: of all neighbours that a merge joins, take the merge of lowest rank, the leftmost of equals; until
//! there is none. A short piece is merged by scanning for the lowest rank. A long one is merged in overlapping
//! windows of bounded size: a sequence of tokens is the encoding of its bytes if every two neighbours in it are
//! the encoding of theirs, so two windows may be joined at a token that both have (DESIGN.md proves it). Where
//! windows do not agree a larger one is tried, and at last the whole piece is merged with a heap. So the cost is
//! linear in practice, O(n log n) at worst, and no memory is taken but for that last resort.

use crate::cache::PieceCounts;
use crate::vocab::{NONE, Text, TokenId, Tokens};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Pieces of up to this many bytes are merged at once, and longer ones in windows of this size.
pub(crate) const SMALL: usize = 64;
/// The size of the window that is tried where the small one does not do.
const LARGE: usize = 1024;

/// Takes the tokens of a piece, and takes back the last ones when they turn out to be wrong.
pub(crate) trait Sink {
    fn push(&mut self, token: TokenId);
    fn len(&self) -> usize;
    fn truncate(&mut self, len: usize);

    /// Takes some tokens so many times over.
    #[inline]
    fn push_cycle(&mut self, tokens: &[TokenId], times: usize) {
        for _ in 0..times {
            for &token in tokens {
                self.push(token);
            }
        }
    }

    /// Returns whether it needs no more tokens.
    #[inline]
    fn is_done(&self) -> bool {
        false
    }

    /// Takes all tokens of a piece if it knows them already; returns whether it did.
    #[inline]
    fn recall(&mut self, _: Text<'_>) -> bool {
        false
    }

    /// Is told that the tokens since `mark` are those of a piece.
    #[inline]
    fn remember(&mut self, _: Text<'_>, _mark: usize) {}
}

/// Counts only.
pub(crate) struct Counter<'a> {
    pub count: usize,
    pub cache: Option<&'a mut PieceCounts>,
}

impl Sink for Counter<'_> {
    #[inline]
    fn push(&mut self, _: TokenId) {
        self.count += 1;
    }

    fn len(&self) -> usize {
        self.count
    }

    fn truncate(&mut self, len: usize) {
        self.count = len;
    }

    fn push_cycle(&mut self, tokens: &[TokenId], times: usize) {
        self.count += tokens.len() * times;
    }

    #[inline]
    fn recall(&mut self, piece: Text<'_>) -> bool {
        let known = self.cache.as_ref().and_then(|cache| cache.get(piece));
        self.count += known.unwrap_or(0);
        known.is_some()
    }

    fn remember(&mut self, piece: Text<'_>, mark: usize) {
        if let Some(cache) = &mut self.cache {
            cache.put(piece, self.count - mark);
        }
    }
}

impl Sink for Vec<TokenId> {
    #[inline]
    fn push(&mut self, token: TokenId) {
        self.push(token);
    }

    fn len(&self) -> usize {
        self.len()
    }

    fn truncate(&mut self, len: usize) {
        self.truncate(len);
    }
}

/// Gives the tokens of a piece to `sink`, from the left. `scan` is room to work in.
///
/// # Complexity
/// O(n log n) in the bytes of the piece at worst. Allocates only where windows do not come to agree.
#[inline]
pub(crate) fn merge(vocab: &Tokens, scan: &mut Scan, piece: Text<'_>, sink: &mut impl Sink) {
    match vocab.whole(piece) {
        NONE if sink.recall(piece) => {}
        NONE => {
            let mark = sink.len();
            merge_parts(vocab, scan, &piece.bytes[piece.from..piece.to], sink);
            sink.remember(piece, mark);
        }
        token => sink.push(token),
    }
}

/// Merges a piece that is not a token.
fn merge_parts(vocab: &Tokens, scan: &mut Scan, piece: &[u8], sink: &mut dyn Sink) {
    if piece.len() <= SMALL {
        return merge_small(vocab, scan, piece, sink);
    }
    let mut start = 0;
    while start < piece.len() && !sink.is_done() {
        let end = vocab.part_end(piece, start);
        let part = Text { bytes: piece, from: start, to: end };
        let token = vocab.whole_part(part);
        if token != NONE {
            sink.push(token);
        } else if part.len() > SMALL {
            merge_long(vocab, scan, &piece[start..end], sink);
        } else if !sink.recall(part) {
            let mark = sink.len();
            merge_small(vocab, scan, &piece[start..end], sink);
            sink.remember(part, mark);
        }
        start = end;
    }
}

/// Merges a piece, or a part that nothing joins with the rest, at once.
fn merge_small(vocab: &Tokens, scan: &mut Scan, piece: &[u8], sink: &mut dyn Sink) {
    scan.merge(vocab, piece);
    for &token in scan.tokens() {
        sink.push(token);
    }
}

/// Merges one that is too long for that.
fn merge_long(vocab: &Tokens, scan: &mut Scan, piece: &[u8], sink: &mut dyn Sink) {
    let mark = sink.len();
    if windows(vocab, scan, Stretch { bytes: piece, is_whole: true }, None, sink).is_none() {
        sink.truncate(mark);
        for token in heap(vocab, piece) {
            sink.push(token);
        }
    }
}

/// Bytes of one piece.
#[derive(Clone, Copy)]
pub(crate) struct Stretch<'a> {
    pub bytes: &'a [u8],
    /// Whether the piece ends where they end.
    pub is_whole: bool,
}

/// Where a window begins, and what is known there.
#[derive(Clone, Copy)]
struct Place {
    start: usize,
    /// The token that the window before has here, so that this one must begin with it.
    first: Option<TokenId>,
    /// How many tokens went to the sink before.
    mark: usize,
}

/// Merges a piece, or a part of one, window by window. Returns how far it came and the token that stands there, if it is
/// known; or nothing if windows do not agree.
///
/// With `first`, the token that is known to stand at the beginning, they agree only if it still does. If the piece goes
/// on behind the stretch, the tokens near its end are not given.
pub(crate) fn windows(
    vocab: &Tokens,
    scan: &mut Scan,
    stretch: Stretch<'_>,
    first: Option<TokenId>,
    sink: &mut dyn Sink,
) -> Option<(usize, Option<TokenId>)> {
    let mut at = Place { start: 0, first, mark: sink.len() };
    let mut before = at;
    let end =
        if stretch.is_whole { stretch.bytes.len() } else { (stretch.bytes.len() + 1).saturating_sub(SMALL) };
    while at.start < end && !sink.is_done() {
        let next = window(vocab, scan, stretch, at, sink)
            .or_else(|| window(vocab, &mut Scan::new(LARGE), stretch, at, sink));
        if let Some(next) = next {
            (before, at) = (at, next);
            continue;
        }
        // The window before was too short to see what would change its last token. A larger one may see it.
        if before.start == at.start {
            return None;
        }
        sink.truncate(before.mark);
        let next = window(vocab, &mut Scan::new(LARGE), stretch, before, sink)?;
        (before, at) = (next, next);
    }
    Some((at.start, at.first))
}

/// Merges the window at a place, of as many bytes as `scan` has room for, and gives the tokens in it that count to
/// the sink: those that do not end in its last quarter, because what follows a window changes the tokens near its end.
/// Returns the place behind them; or nothing, and gives nothing, if there are none or the window does not begin with the
/// token it must.
fn window(
    vocab: &Tokens,
    scan: &mut Scan,
    stretch: Stretch<'_>,
    at: Place,
    sink: &mut dyn Sink,
) -> Option<Place> {
    let Stretch { bytes, is_whole } = stretch;
    let size = scan.tokens.len();
    let end = bytes.len().min(at.start + size);
    scan.merge(vocab, &bytes[at.start..end]);
    let tokens = scan.tokens();
    if at.first.is_some_and(|first| first != tokens[0]) {
        return None;
    }
    let limit = if end == bytes.len() && is_whole { end } else { end.saturating_sub(size / 4) };
    let mut start = at.start;
    for (kept, &token) in tokens.iter().enumerate() {
        let next = start + vocab.length_of(token);
        if next > limit {
            if kept == 0 {
                return None;
            }
            if let Some((cycle, length)) = cycle(vocab, &tokens[..=kept]) {
                let times = repeats(bytes, start, length).saturating_sub(size) / length;
                sink.push_cycle(cycle, times);
                start += times * length;
            }
            return Some(Place { start, first: Some(token), mark: sink.len() });
        }
        sink.push(token);
        start = next;
    }
    Some(Place { start, first: None, mark: sink.len() })
}

/// Returns the few tokens that these tokens repeat, as they stand before the last one, and how many bytes they have.
/// All neighbours in a longer repetition are then neighbours here too.
#[inline]
fn cycle<'a>(vocab: &Tokens, tokens: &'a [TokenId]) -> Option<(&'a [TokenId], usize)> {
    const LONGEST: usize = 4;
    let last = tokens.len() - 1;
    let size = (1..=LONGEST.min(last / 2)).find(|size| tokens[..=last - size] == tokens[*size..])?;
    let cycle = &tokens[last - size..last];
    Some((cycle, cycle.iter().map(|&token| vocab.length_of(token)).sum()))
}

/// Returns how many bytes from `start` on are the same as those `distance` before them.
fn repeats(bytes: &[u8], start: usize, distance: usize) -> usize {
    const WORD: usize = 8;
    let (ours, theirs) = (&bytes[start..], &bytes[start - distance..]);
    let same =
        ours.chunks_exact(WORD).zip(theirs.chunks_exact(WORD)).take_while(|(a, b)| a == b).count() * WORD;
    same + ours[same..].iter().zip(&theirs[same..]).take_while(|(a, b)| a == b).count()
}

/// Merging by scanning. Beside each token stands what it and its right neighbour merge into.
pub(crate) struct Scan {
    tokens: Box<[TokenId]>,
    merged: Box<[TokenId]>,
    len: usize,
}

/// The lowest merge seen so far and its place, the leftmost of equals; as one number, so that the least is that.
#[derive(Clone, Copy)]
struct Lowest(u64);

impl Lowest {
    const NOTHING: Self = Self((NONE as u64) << 32);

    #[inline]
    fn see(&mut self, merged: TokenId, place: usize) {
        self.0 = self.0.min(u64::from(merged) << 32 | place as u64);
    }

    /// Returns the token and the place, or nothing if no two neighbours merge.
    #[inline]
    fn get(self) -> Option<(TokenId, usize)> {
        (self.0 < Self::NOTHING.0).then_some(((self.0 >> 32) as TokenId, self.0 as u32 as usize))
    }
}

impl Default for Scan {
    /// Returns room for a piece that is merged at once.
    fn default() -> Self {
        Self::new(SMALL)
    }
}

impl Scan {
    /// Returns room for so many bytes.
    fn new(size: usize) -> Self {
        Self { tokens: vec![NONE; size].into(), merged: vec![NONE; size].into(), len: 0 }
    }

    fn tokens(&self) -> &[TokenId] {
        &self.tokens[..self.len]
    }

    /// Merges as many bytes as there is room for.
    #[inline]
    fn merge(&mut self, vocab: &Tokens, bytes: &[u8]) {
        let mut lowest = self.fill(vocab, &bytes[..bytes.len().min(self.tokens.len())]);
        while let Some((token, first)) = lowest.get() {
            lowest = self.apply(vocab, first, token);
        }
    }

    /// Begins with characters where they merge before all else, and with bytes elsewhere.
    #[inline]
    fn fill(&mut self, vocab: &Tokens, bytes: &[u8]) -> Lowest {
        let mut lowest = Lowest::NOTHING;
        let mut len = 0;
        let mut at = 0;
        let mut previous = NONE;
        let mut after_character = false;
        while at < bytes.len() {
            let character = vocab.character(bytes, at);
            let (length, token) = character.unwrap_or_else(|| (1, vocab.byte(bytes[at])));
            if len > 0 {
                let merged = if after_character || character.is_some() {
                    vocab.merged(previous, token)
                } else {
                    vocab.merged_bytes(bytes[at - 1], bytes[at])
                };
                self.merged[len - 1] = merged;
                lowest.see(merged, len - 1);
            }
            self.tokens[len] = token;
            previous = token;
            after_character = character.is_some();
            len += 1;
            at += length;
        }
        if len > 0 {
            self.merged[len - 1] = NONE;
        }
        self.len = len;
        lowest
    }

    /// Makes the token of every pair that makes it, from `first` on; returns the lowest merge then. All of them in
    /// one go is the order of the rule: a merge ranks above its two parts, so nothing that comes up on the way has
    /// its turn before. Only the first is made of a token of which that is not so.
    #[inline]
    fn apply(&mut self, vocab: &Tokens, first: usize, token: TokenId) -> Lowest {
        let mut lowest = Lowest::NOTHING;
        for (place, &merged) in self.merged[..first.saturating_sub(1)].iter().enumerate() {
            lowest.see(merged, place);
        }
        let (mut from, mut to) = (first, first);
        let mut changed = false;
        let once = vocab.is_early(token);
        while from < self.len {
            let merges = self.merged[from] == token && (from == first || !once);
            self.tokens[to] = if merges { token } else { self.tokens[from] };
            if to > 0 {
                if merges || changed {
                    self.merged[to - 1] = vocab.merged(self.tokens[to - 1], self.tokens[to]);
                }
                lowest.see(self.merged[to - 1], to - 1);
            }
            self.merged[to] = if merges { NONE } else { self.merged[from] };
            changed = merges;
            from += 1 + usize::from(merges);
            to += 1;
        }
        self.len = to;
        lowest
    }
}

/// Merges any number of bytes in O(n log n): a heap holds the pairs that merge, by rank and place.
fn heap(vocab: &Tokens, bytes: &[u8]) -> Vec<TokenId> {
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
    let mut pairs: BinaryHeap<Reverse<(TokenId, usize)>> = BinaryHeap::new();
    let pair = |tokens: &[TokenId], left: usize, right: usize| {
        let merged = vocab.merged(tokens[left], tokens[right]);
        (merged != NONE).then_some(Reverse((merged, left)))
    };
    pairs.extend((1..len).filter_map(|right| pair(&tokens, right - 1, right)));
    while let Some(Reverse((merged, left))) = pairs.pop() {
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
            pairs.extend(pair(&tokens, left, next[left]));
        }
        if previous[left] < len {
            pairs.extend(pair(&tokens, previous[left], left));
        }
    }
    tokens.retain(|&token| token != NONE);
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
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
            let piece = &piece[..piece.len().min(LARGE)];
            let expected = heap(vocab, piece);
            let mut scan = Scan::new(LARGE);
            scan.merge(vocab, piece);
            assert_eq!(scan.tokens(), expected, "scan, case {case}: {piece:?}");
        }
    }
}
