//! A leaf: some text, and the tokens that begin in it.
//!
//! Text is UTF-8, whole code points, in which a lone surrogate has the three bytes that it would have as a code
//! point (WTF-8); for the tokenizer it is U+FFFD, which has three bytes too. Where the text is cut into leaves does
//! not depend on where its tokens begin: the first bytes of a leaf may belong to a token of a leaf before.

use super::tree::Sum;
use crate::utf16;
use std::ops::Range;

/// A token as a leaf keeps it. Its id is found by its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub length: usize,
    /// Whether a piece begins with it.
    pub starts_piece: bool,
}

/// The lengths of tokens, a byte each, with the highest bit for a token that starts a piece. A length of 128 and
/// more is 127 for each byte of zero that stands before the last one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lengths(Vec<u8>);

const STARTS_PIECE: u8 = 0x80;
const LENGTH: u8 = 0x7f;
const LONGEST: usize = LENGTH as usize;

impl Lengths {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns lengths that have so many bytes together, which are not those of tokens.
    pub fn stand_in(bytes: usize) -> Self {
        Self((0..bytes).step_by(LONGEST).map(|at| LONGEST.min(bytes - at) as u8).collect())
    }

    /// Returns the lengths at some places.
    pub fn part(&self, places: impl std::slice::SliceIndex<[u8], Output = [u8]>) -> Self {
        Self(self.0[places].to_vec())
    }

    pub fn truncate(&mut self, place: usize) {
        self.0.truncate(place);
    }

    pub fn push(&mut self, token: Token) {
        let mut flag = if token.starts_piece { STARTS_PIECE } else { 0 };
        let mut length = token.length;
        while length > LONGEST {
            self.0.push(std::mem::take(&mut flag));
            length -= LONGEST;
        }
        self.0.push(flag | length as u8);
    }

    /// Appends another list.
    pub fn append(&mut self, other: &Self) {
        self.append_times(other, 1);
    }

    /// Appends another list so many times over.
    pub fn append_times(&mut self, other: &Self, times: usize) {
        self.0.extend(std::iter::repeat_n(&other.0, times).flatten());
    }

    /// Returns the token at a place, and the place of the next one.
    #[inline]
    pub fn get(&self, place: usize) -> Option<(Token, usize)> {
        let &first = self.0.get(place)?;
        let mut token =
            Token { length: usize::from(first & LENGTH), starts_piece: first & STARTS_PIECE != 0 };
        let mut next = place + 1;
        if token.length == 0 {
            loop {
                token.length += LONGEST;
                let byte = self.0.get(next).copied().unwrap_or(1);
                next += 1;
                if byte != 0 {
                    token.length += usize::from(byte);
                    break;
                }
            }
        }
        Some((token, next))
    }

    /// Returns how many tokens, and how many pieces, begin in the places before `place`.
    pub fn count(&self, place: usize) -> (usize, usize) {
        let places = &self.0[..place];
        let tokens = places.iter().filter(|&&byte| byte & LENGTH != 0).count();
        (tokens, places.iter().filter(|&&byte| byte & STARTS_PIECE != 0).count())
    }

    /// Returns how many bytes the tokens have together.
    pub fn bytes(&self) -> usize {
        self.0.iter().map(|&byte| if byte & LENGTH == 0 { LONGEST } else { usize::from(byte & LENGTH) }).sum()
    }
}

#[derive(Clone, Debug)]
pub(super) struct Leaf {
    text: Vec<u8>,
    lengths: Lengths,
    /// Bytes before the first token that begins here; more than the text has if none does.
    skip: usize,
    sum: Sum,
}

impl Default for Leaf {
    fn default() -> Self {
        let sum = Sum { leaves: 1, ..Sum::default() };
        Self { text: Vec::new(), lengths: Lengths::default(), skip: 0, sum }
    }
}

impl Leaf {
    pub fn new(text: Vec<u8>, lengths: Lengths, skip: usize) -> Self {
        let sum = Sum {
            leaves: 1,
            bytes: text.len(),
            units: utf16::units(&text),
            classes: utf16::classes(&text),
            lone: utf16::has_lone(&text),
            ..Sum::default()
        };
        let mut leaf = Self { text, lengths, skip, sum };
        leaf.recount();
        leaf
    }

    pub fn sum(&self) -> Sum {
        self.sum
    }

    pub fn text(&self) -> &[u8] {
        &self.text
    }

    pub fn lengths(&self) -> &Lengths {
        &self.lengths
    }

    pub fn skip(&self) -> usize {
        self.skip
    }

    /// Returns the byte at which the code point of the UTF-16 code unit `unit` begins, and which of its units this is.
    pub fn byte_of_unit(&self, unit: usize) -> (usize, usize) {
        if self.sum.units == self.sum.bytes { (unit, 0) } else { utf16::byte_of_unit(&self.text, unit) }
    }

    /// Returns how many UTF-16 code units the code points before the byte `at` have; one that is under way there
    /// does not count.
    pub fn units_before(&self, at: usize) -> usize {
        if self.sum.units == self.sum.bytes {
            return at;
        }
        let mut at = at.min(self.text.len());
        while at > 0 && self.text.get(at).is_some_and(|&byte| utf16::is_continuation(byte)) {
            at -= 1;
        }
        utf16::units(&self.text[..at])
    }

    /// Returns the place of the token that holds the byte `at`, or begins there, and the byte at which it begins;
    /// behind the last token if `at` is beyond. `at` is not among the bytes that belong to a leaf before.
    pub fn token_at(&self, at: usize) -> (usize, usize) {
        let (mut place, mut start) = (0, self.skip);
        while let Some((token, next)) = self.lengths.get(place) {
            if start + token.length > at {
                break;
            }
            start += token.length;
            place = next;
        }
        (place, start)
    }

    /// Appends the leaf that stands behind this one.
    pub fn append(&mut self, next: &Self) {
        self.text.extend_from_slice(&next.text);
        if self.lengths.len() == 0 && self.text.is_empty() {
            self.skip = next.skip;
        }
        self.lengths.append(&next.lengths);
        self.sum += next.sum;
        self.sum.leaves = 1;
    }

    /// Replaces the bytes in `range`, and the tokens at `places` by stand-ins that have `stand_in` bytes together.
    pub fn replace(&mut self, range: Range<usize>, insert: &[u8], places: Range<usize>, stand_in: usize) {
        let removed = utf16::units(&self.text[range.clone()]);
        let grown = self.text.len() + insert.len() - range.len();
        if grown > self.text.capacity() {
            // Typing makes many leaves grow a little, so doubling each would take too much.
            self.text.reserve_exact(grown + grown / 8 - self.text.len());
        }
        self.text.splice(range, insert.iter().copied());
        self.lengths.0.splice(places, Lengths::stand_in(stand_in).0);
        self.sum.bytes = self.text.len();
        self.sum.units = self.sum.units - removed + utf16::units(insert);
        self.sum.classes = self.sum.classes.and(utf16::classes(insert));
        self.sum.lone = utf16::has_lone(if self.sum.lone { &self.text } else { insert });
        self.recount();
    }

    /// Puts the tokens at some places of a list in the place of some of the leaf's own. The first token then begins
    /// behind `skip` bytes.
    pub fn set_tokens(&mut self, skip: usize, own: Range<usize>, lengths: &Lengths, places: Range<usize>) {
        self.skip = skip;
        self.lengths.0.splice(own, lengths.0[places].iter().copied());
        self.recount();
    }

    fn recount(&mut self) {
        (self.sum.tokens, self.sum.pieces) = self.lengths.count(self.lengths.len());
    }

    /// Cuts the leaf into several of about `size` bytes.
    pub fn cut(self, size: usize) -> Vec<Self> {
        let parts = self.text.len().div_ceil(size).max(1);
        let size = self.text.len().div_ceil(parts);
        let mut leaves = Vec::with_capacity(parts);
        let (mut from, mut place, mut token) = (0, 0, self.skip);
        while from < self.text.len() {
            let mut to = (from + size).min(self.text.len());
            while self.text.get(to).is_some_and(|&byte| utf16::is_continuation(byte)) {
                to += 1;
            }
            let text = self.text[from..to].to_vec();
            let (skip, first) = (token - from, place);
            while token < to
                && let Some((Token { length, .. }, next)) = self.lengths.get(place)
            {
                token += length;
                place = next;
            }
            leaves.push(Self::new(text, self.lengths.part(first..place), skip));
            from = to;
        }
        leaves
    }
}
