//! Merges the bytes of one piece into tokens: byte-pair encoding, exactly as the reference does it.
//!
//! The rule: of all neighbours that a merge joins, take the merge of lowest rank, the leftmost of equals; until
//! there is none. A short piece is merged by scanning for the lowest rank. A long one is merged in overlapping
//! windows of bounded size: a sequence of tokens is the encoding of its bytes if every two neighbours in it are
//! the encoding of theirs, so two windows may be joined at a token that both have (DESIGN.md proves it). Where
//! windows do not come to agree they grow, and the largest is merged with a heap. So the cost is linear in
//! practice, O(n log n) at worst, and no memory is taken but for that last resort.

use crate::vocab::{NONE, TokenId, Tokens};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Pieces of up to this many bytes are merged at once, and longer ones in windows of this size at first.
const SMALL: usize = 64;
/// Windows of up to this many bytes are merged on the stack, by scanning.
const LARGE: usize = 1024;

/// Gives the tokens of the piece `from..to` of `text` to `emit`, from the left.
///
/// # Complexity
/// O(n log n) in the bytes of the piece at worst. Allocates only where a window passes 1024 bytes.
#[inline]
pub(crate) fn merge(
    vocab: &Tokens,
    text: &[u8],
    from: usize,
    to: usize,
    mut emit: impl FnMut(TokenId),
) {
    match vocab.whole(text, from, to) {
        NONE if to - from <= SMALL => {
            Scan::<SMALL>::of(vocab, &text[from..to]).tokens().iter().for_each(|&token| emit(token));
        }
        NONE => merge_long(vocab, &text[from..to], &mut emit),
        token => emit(token),
    }
}

fn merge_long(vocab: &Tokens, piece: &[u8], emit: &mut impl FnMut(TokenId)) {
    let mut start = 0;
    let mut size = SMALL;
    let mut tokens = Window::of(vocab, &piece[..size]);
    while start + size < piece.len() {
        let (kept, next_start) = keep(vocab, tokens.tokens(), start, size);
        let next_end = (next_start + size).min(piece.len());
        let next = Window::of(vocab, &piece[next_start..next_end]);
        if kept > 0 && next.tokens()[0] == tokens.tokens()[kept] {
            tokens.tokens()[..kept].iter().for_each(|&token| emit(token));
            start = next_start;
            tokens = next;
        } else {
            size *= 2;
            tokens = Window::of(vocab, &piece[start..(start + size).min(piece.len())]);
        }
    }
    tokens.tokens().iter().for_each(|&token| emit(token));
}

/// Returns how many tokens of a window that begins at `start` to keep, and where the token after them begins:
/// those that end within its first three quarters, because what follows a window changes the tokens near its end.
fn keep(vocab: &Tokens, tokens: &[TokenId], start: usize, size: usize) -> (usize, usize) {
    let mut end = start;
    for (kept, &token) in tokens.iter().enumerate() {
        let next = end + vocab.length_of(token);
        if next > start + size / 4 * 3 {
            return (kept, end);
        }
        end = next;
    }
    (0, start)
}

/// The tokens of a window, merged in the way that suits its size.
enum Window {
    Small(Scan<SMALL>),
    Large(Box<Scan<LARGE>>),
    Any(Vec<TokenId>),
}

impl Window {
    fn of(vocab: &Tokens, bytes: &[u8]) -> Self {
        match bytes.len() {
            0..=SMALL => Self::Small(Scan::of(vocab, bytes)),
            0..=LARGE => Self::Large(Box::new(Scan::of(vocab, bytes))),
            _ => Self::Any(heap(vocab, bytes)),
        }
    }

    fn tokens(&self) -> &[TokenId] {
        match self {
            Self::Small(scan) => scan.tokens(),
            Self::Large(scan) => scan.tokens(),
            Self::Any(tokens) => tokens,
        }
    }
}

/// Merging by scanning. Beside each token stands what it and its right neighbour merge into.
struct Scan<const N: usize> {
    tokens: [TokenId; N],
    merged: [TokenId; N],
    len: usize,
}

impl<const N: usize> Scan<N> {
    /// Merges up to N bytes.
    #[inline]
    fn of(vocab: &Tokens, bytes: &[u8]) -> Self {
        let mut scan = Self { tokens: [NONE; N], merged: [NONE; N], len: 0 };
        let mut at = 0;
        let mut whole = false;
        while at < bytes.len().min(N) {
            let character = vocab.character(bytes, at);
            let (length, token) = character.unwrap_or_else(|| (1, vocab.byte(bytes[at])));
            scan.tokens[scan.len] = token;
            if scan.len > 0 {
                scan.merged[scan.len - 1] = if whole || character.is_some() {
                    vocab.merged(scan.tokens[scan.len - 1], token)
                } else {
                    vocab.merged_bytes(bytes[at - 1], bytes[at])
                };
            }
            whole = character.is_some();
            scan.len += 1;
            at += length;
        }
        while let Some((first, token)) = scan.lowest() {
            scan.apply(vocab, first, token);
        }
        scan
    }

    fn tokens(&self) -> &[TokenId] {
        &self.tokens[..self.len]
    }

    /// Returns the lowest merge and where it stands first.
    #[inline]
    fn lowest(&self) -> Option<(usize, TokenId)> {
        let lowest = self.merged[..self.len].iter().copied().min()?;
        let first = self.merged[..self.len].iter().position(|&merged| merged == lowest)?;
        (lowest != NONE).then_some((first, lowest))
    }

    /// Makes the token of every pair that makes it, from `first` on. All of them in one go is the order of the
    /// rule: a merge ranks above its two parts, so nothing that comes up on the way has its turn before.
    #[inline]
    fn apply(&mut self, vocab: &Tokens, first: usize, token: TokenId) {
        let (mut from, mut to) = (first, first);
        let mut changed = false;
        while from < self.len {
            let merges = self.merged[from] == token;
            self.tokens[to] = if merges { token } else { self.tokens[from] };
            if to > 0 && (merges || changed) {
                self.merged[to - 1] = vocab.merged(self.tokens[to - 1], self.tokens[to]);
            }
            self.merged[to] = if merges { NONE } else { self.merged[from] };
            changed = merges;
            from += 1 + usize::from(merges);
            to += 1;
        }
        self.len = to;
    }
}

/// Merges any number of bytes in O(n log n): a heap holds the pairs that merge, by rank and place.
fn heap(vocab: &Tokens, bytes: &[u8]) -> Vec<TokenId> {
    let len = bytes.len();
    let mut tokens: Vec<TokenId> = bytes.iter().map(|&byte| vocab.byte(byte)).collect();
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
