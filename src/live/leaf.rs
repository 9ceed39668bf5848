//! A leaf: some text, and the tokens that begin in it.
//!
//! Text is UTF-8, whole code points, in which a lone surrogate has the three bytes that it would have as a code
//! point (WTF-8); for the tokenizer it is U+FFFD, which has three bytes too. Where the text is cut into leaves does
//! not depend on where its tokens begin: the first bytes of a leaf may belong to a token of a leaf before.

use super::sum::Sum;
use crate::normalize::{Altered, Normalized, Units};
use crate::utf16;
use std::ops::Range;
use std::sync::Arc;

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

/// Deals the tokens of a text out to the parts that it is cut into, each to the part in which it begins.
struct Deal<'a> {
    lengths: &'a Lengths,
    /// The place of the first token that is not dealt out yet.
    place: usize,
    /// How many bytes of the next part stand before it.
    skip: usize,
}

impl<'a> Deal<'a> {
    fn new(lengths: &'a Lengths, skip: usize) -> Self {
        Self { lengths, place: 0, skip }
    }

    /// Returns how many bytes of the next part, which has so many, stand before its first token, and its tokens' lengths.
    fn next(&mut self, bytes: usize) -> (usize, Lengths) {
        let (skip, first) = (self.skip, self.place);
        while self.skip < bytes
            && let Some((token, next)) = self.lengths.get(self.place)
        {
            self.skip += token.length;
            self.place = next;
        }
        self.skip -= bytes;
        (skip, self.lengths.part(first..self.place))
    }
}

#[derive(Clone, Debug)]
pub(super) struct Leaf {
    /// Shared by the leaves that the same text has in other encodings.
    text: Arc<[u8]>,
    /// What the normalizer changed in it; most texts have none.
    altered: Vec<Altered>,
    lengths: Lengths,
    /// Bytes before the first token that begins here; more than the text has if none does.
    skip: usize,
    sum: Sum,
}

impl Default for Leaf {
    fn default() -> Self {
        let sum = Sum { leaves: 1, ..Sum::default() };
        Self { text: Arc::default(), altered: Vec::new(), lengths: Lengths::default(), skip: 0, sum }
    }
}

impl Leaf {
    pub fn new(normalized: Normalized, lengths: Lengths, skip: usize) -> Self {
        let Normalized { text, altered } = normalized;
        let sum = Sum {
            leaves: 1,
            bytes: text.len(),
            classes: utf16::classes(&text),
            lone: utf16::has_lone(&text),
            ..Sum::default()
        };
        let mut leaf = Self { text: text.into(), altered, lengths, skip, sum };
        leaf.sum.units = Units::new(&leaf.text, &leaf.altered).before(leaf.text.len());
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

    /// Returns the part that was changed that holds a byte.
    pub fn altered_at(&self, at: usize) -> Option<&Altered> {
        let behind = self.altered.partition_point(|altered| altered.at <= at);
        self.altered[..behind].last().filter(|altered| at < altered.at + altered.length)
    }

    /// Returns the byte at which the code point of the UTF-16 code unit `unit` begins, and which of its units this is; or
    /// the same of the part that was changed that holds it.
    pub fn byte_of_unit(&self, unit: usize) -> (usize, usize) {
        if self.is_ascii() {
            return (unit, 0);
        }
        let (mut at, mut left) = (0, unit);
        for altered in &self.altered {
            let before = &self.text[at..altered.at];
            let units = utf16::units(before);
            if left < units {
                let (byte, half) = utf16::byte_of_unit(before, left);
                return (at + byte, half);
            }
            left -= units;
            let units = utf16::units(&altered.original);
            if left < units {
                return (altered.at, left);
            }
            left -= units;
            at = altered.at + altered.length;
        }
        let (byte, half) = utf16::byte_of_unit(&self.text[at..], left);
        (at + byte, half)
    }

    /// Returns whether bytes and code units are the same.
    fn is_ascii(&self) -> bool {
        self.sum.units == self.sum.bytes && self.altered.is_empty()
    }

    /// Returns how many UTF-16 code units the code points before the byte `at` have; one that is under way there
    /// does not count, nor does a part that was changed.
    pub fn units_before(&self, at: usize) -> usize {
        if self.is_ascii() {
            return at;
        }
        Units::new(&self.text, &self.altered).before(at.min(self.text.len()))
    }

    /// Appends the text between two bytes, which are not inside a part that was changed.
    pub fn copy(&self, from: usize, to: usize, text: &mut Normalized) {
        let parts = self.altered.iter().filter(|altered| altered.at >= from && altered.at < to);
        let altered = parts.map(|altered| Altered { at: altered.at - from, ..altered.clone() }).collect();
        text.append(Normalized { text: self.text[from..to].to_vec(), altered });
    }

    /// Appends the original of the text between two bytes, which are not inside a part that was changed.
    pub fn copy_original(&self, from: usize, to: usize, text: &mut Vec<u8>) {
        let mut at = from;
        for altered in &self.altered {
            if altered.at >= at && altered.at < to {
                text.extend_from_slice(&self.text[at..altered.at]);
                text.extend_from_slice(&altered.original);
                at = altered.at + altered.length;
            }
        }
        text.extend_from_slice(self.text.get(at..to).unwrap_or_default());
    }

    /// Returns leaves that share the texts of others, with tokens of these lengths, of which the first begins behind `skip`
    /// bytes; or nothing if the normalizer changed something in one of them.
    pub fn sharing(others: &[&Self], lengths: &Lengths, skip: usize) -> Option<Vec<Self>> {
        let mut deal = Deal::new(lengths, skip);
        let mut leaves = Vec::with_capacity(others.len());
        for other in others {
            if other.is_altered() {
                return None;
            }
            let (skip, lengths) = deal.next(other.text.len());
            let mut leaf = Self { lengths, skip, ..(*other).clone() };
            leaf.recount();
            leaves.push(leaf);
        }
        Some(leaves)
    }

    /// Returns whether this has the very text that another has.
    pub fn shares(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text)
    }

    pub fn is_altered(&self) -> bool {
        !self.altered.is_empty()
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
        let begin = self.text.len();
        self.altered.extend(next.altered.iter().map(|altered| altered.clone().moved_by(begin)));
        self.text = [&self.text[..], &next.text].concat().into();
        self.lengths.append(&next.lengths);
        self.sum += next.sum;
        self.sum.leaves = 1;
    }

    /// Replaces the bytes in `range`, and the tokens at `places` by stand-ins that have `stand_in` bytes together. The
    /// range cuts no part that was changed.
    pub fn replace(
        &mut self,
        range: Range<usize>,
        insert: Normalized,
        places: Range<usize>,
        stand_in: usize,
    ) {
        let Normalized { text, altered } = insert;
        let (grown, shrunk) = (text.len(), range.len());
        let removed = utf16::units(&self.text[range.clone()]);
        self.text = [&self.text[..range.start], &text, &self.text[range.end..]].concat().into();
        let had_altered = !self.altered.is_empty();
        if had_altered || !altered.is_empty() {
            let before = self.altered.partition_point(|altered| altered.at < range.start);
            let behind = self.altered.partition_point(|altered| altered.at < range.end);
            for altered in &mut self.altered[behind..] {
                altered.at = altered.at + grown - shrunk;
            }
            let new = altered.into_iter().map(|altered| altered.moved_by(range.start));
            self.altered.splice(before..behind, new);
        }
        self.lengths.0.splice(places, Lengths::stand_in(stand_in).0);
        self.sum.bytes = self.text.len();
        self.sum.classes = self.sum.classes.and(utf16::classes(&text));
        self.sum.lone = utf16::has_lone(if self.sum.lone { &self.text } else { &text });
        self.sum.units = if had_altered || !self.altered.is_empty() {
            Units::new(&self.text, &self.altered).before(self.text.len())
        } else {
            self.sum.units - removed + utf16::units(&text)
        };
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

    /// Cuts the leaf into several of about `size` bytes, but within no part that was changed.
    pub fn cut(self, size: usize) -> Vec<Self> {
        let parts = self.text.len().div_ceil(size).max(1);
        let size = self.text.len().div_ceil(parts);
        let mut leaves = Vec::with_capacity(parts);
        let mut altered = self.altered.iter().peekable();
        let mut deal = Deal::new(&self.lengths, self.skip);
        let mut from = 0;
        while from < self.text.len() {
            let mut to = (from + size).min(self.text.len());
            if let Some(altered) = self.altered_at(to) {
                to = if altered.at == to { to } else { altered.at + altered.length };
            }
            while self.text.get(to).is_some_and(|&byte| utf16::is_continuation(byte)) {
                to += 1;
            }
            let text = self.text[from..to].to_vec();
            let altered = std::iter::from_fn(|| altered.next_if(|altered| altered.at < to))
                .map(|altered| Altered { at: altered.at - from, ..altered.clone() })
                .collect();
            let (skip, lengths) = deal.next(to - from);
            leaves.push(Self::new(Normalized { text, altered }, lengths, skip));
            from = to;
        }
        leaves
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_any_size() {
        let lengths = [1, 126, 127, 128, 253, 254, 255, 256, 381, 1000, 2];
        let mut list = Lengths::default();
        for (place, length) in lengths.into_iter().enumerate() {
            list.push(Token { length, starts_piece: place % 2 == 0 });
        }
        let mut place = 0;
        for (number, length) in lengths.into_iter().enumerate() {
            assert_eq!(list.count(place), (number, number.div_ceil(2)), "before {length}");
            let (token, next) = list.get(place).unwrap();
            assert_eq!(token, Token { length, starts_piece: number % 2 == 0 });
            place = next;
        }
        assert_eq!((place, list.get(place)), (list.len(), None));
        assert_eq!(list.bytes(), lengths.iter().sum::<usize>());
        assert_eq!(Lengths::stand_in(300).bytes(), 300);
    }
}
