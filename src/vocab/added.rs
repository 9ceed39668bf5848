//! Added tokens: text that the reference cuts out before anything else, special tokens and others.
//!
//! The leftmost is taken first, and of two that begin at one place the longer. All that are not special are tokens in
//! ordinary text too, but not inside the text of a special one. In a text under edit each of those is one code point beyond Unicode's, a stand-in, which is a token
//! and a piece: so what holds for pieces and tokens holds for them.

use super::{NONE, Special, TokenId};
use std::ops::Range;

/// The first code point that stands for an added token.
const FIRST_STAND_IN: u32 = 0x11_0000;

/// The added tokens of a vocabulary, those that are not special first.
pub(crate) struct Added {
    tokens: Vec<Special>,
    finder: Finder,
    /// How many are not special, and the rank of the first one.
    count: usize,
    first: TokenId,
}

/// An added token in a text.
pub(crate) struct Found<'a> {
    pub token: &'a Special,
    /// Where its text begins and ends.
    pub from: usize,
    pub to: usize,
    /// Its rank, if it is not special.
    pub rank: TokenId,
}

impl Added {
    /// Takes tokens in the order of their ids, with the rank of the first that is not special; their ranks go on from there.
    pub fn new(tokens: Vec<Special>, first: TokenId) -> Self {
        let (mut tokens, mut special): (Vec<_>, Vec<_>) = tokens.into_iter().partition(|token| token.literal);
        let count = tokens.len();
        tokens.append(&mut special);
        let finder = Finder::new(&tokens);
        Self { tokens, finder, count, first }
    }

    /// Returns all of them, those that are not special first.
    pub fn tokens(&self) -> &[Special] {
        &self.tokens
    }

    /// Returns how many are not special.
    pub fn literals(&self) -> usize {
        self.count
    }

    /// Returns the stand-ins of those, and their ids.
    pub fn stand_ins(&self) -> impl Iterator<Item = ([u8; 4], TokenId)> {
        (0..).map(stand_in).zip(self.tokens[..self.count].iter().map(|token| token.id))
    }

    /// Returns the most bytes that one has.
    pub fn longest(&self) -> usize {
        self.finder.longest
    }

    /// Returns whether one, or a stand-in, may begin somewhere in a text.
    pub fn may_begin(&self, text: &[u8]) -> bool {
        text.iter().any(|&byte| byte >= 0xf4 || !self.finder.begun_by(byte).is_empty())
    }

    /// Returns the next added token from a byte on, of the special ones too if they are wanted.
    pub fn next(&self, text: &[u8], from: usize, special: bool) -> Option<Found<'_>> {
        let mut at = from;
        while at < text.len() {
            match self.at(text, at) {
                Some(found) if special || found.token.literal => return Some(found),
                Some(found) => at = found.to,
                None => at += 1,
            }
        }
        None
    }

    /// Returns the longest added token that begins at a byte.
    #[inline]
    fn at(&self, text: &[u8], at: usize) -> Option<Found<'_>> {
        if self.finder.begun_by(text[at]).is_empty() { None } else { self.find(text, at) }
    }

    #[inline(never)]
    fn find(&self, text: &[u8], at: usize) -> Option<Found<'_>> {
        let place = self.finder.longest_at(&self.tokens, &text[at..])?;
        let token = self.tokens.get(place)?;
        Some(Found { token, from: at, to: at + token.text.len(), rank: self.first + place as TokenId })
    }

    /// Returns where the first added token begins that may be under way at a byte, whatever is taken before it.
    pub fn under_way(&self, text: &[u8], at: usize) -> Option<usize> {
        let is_so = |&before: &usize| self.at(text, before).is_some_and(|found| found.to > at);
        (at.saturating_sub(self.longest())..at).find(is_so)
    }

    /// Returns whether one begins in a text, whole or behind its first byte in part.
    #[cfg(feature = "json")]
    pub fn begin_in(&self, text: &[u8]) -> bool {
        let Finder { order, .. } = &self.finder;
        let ours = |token: u32| self.tokens[token as usize].text.as_bytes();
        let goes_on = |rest: &[u8]| {
            let next = order.partition_point(|&token| ours(token) < rest);
            order.get(next).is_some_and(|&token| ours(token).starts_with(rest))
        };
        self.next(text, 0, true).is_some() || (1..text.len()).any(|at| goes_on(&text[at..]))
    }

    /// Returns the special token of that id, the first if there are several. Logarithmic.
    pub fn special_of(&self, id: TokenId) -> Option<&Special> {
        let special = self.tokens.get(self.count..)?;
        let place = special.partition_point(|token| token.id < id);
        special.get(place).filter(|token| token.id == id)
    }

    /// Returns the token that is not special of that rank.
    pub fn literal_of(&self, rank: TokenId) -> Option<&Special> {
        self.tokens[..self.count].get(rank.checked_sub(self.first)? as usize)
    }

    /// Returns the stand-in of the token of that rank.
    pub fn stand_in(&self, rank: TokenId) -> [u8; 4] {
        stand_in(rank - self.first)
    }
}

/// Returns the stand-in of the added token of that number.
fn stand_in(number: u32) -> [u8; 4] {
    let c = FIRST_STAND_IN + number;
    [0xf0 | c >> 18, 0x80 | c >> 12 & 63, 0x80 | c >> 6 & 63, 0x80 | c & 63].map(|byte| byte as u8)
}

/// Returns whether a code point is one.
#[inline]
pub(crate) fn is_stand_in(bytes: &[u8]) -> bool {
    matches!(*bytes, [0xf4, 0x90..=0xff, ..] | [0xf5..=0xff, ..])
}

/// The tokens in the order of their texts. A token that a text begins with is not behind that text in this order; nor is it behind
/// the last one that is not, so that one begins with it too. So of those that this one begins with, the longest is found that is no
/// longer than what it has in common with the text.
struct Finder {
    order: Vec<u32>,
    /// Of each token the longest other one that it begins with, or [`NONE`].
    beginnings: Vec<u32>,
    /// By first byte, how many come before it in the order; and the number of all.
    before: [u32; 257],
    longest: usize,
}

impl Finder {
    fn new(tokens: &[Special]) -> Self {
        let text = |token: u32| tokens[token as usize].text.as_bytes();
        let order = in_order(tokens.len(), &|a, b| text(a) < text(b));
        let longest = tokens.iter().map(|token| token.text.len()).max().unwrap_or(0);
        let before = std::array::from_fn(|byte| {
            let is_before = |&token: &u32| text(token).first().is_none_or(|&first| usize::from(first) < byte);
            order.partition_point(is_before) as u32
        });
        // What a token begins with is the one before it in the order, or what that begins with.
        let mut beginnings = vec![0; tokens.len()];
        let mut last = NONE;
        for &token in &order {
            while tokens.get(last as usize).is_some_and(|last| !text(token).starts_with(last.text.as_bytes()))
            {
                last = beginnings[last as usize];
            }
            beginnings[token as usize] = last;
            last = token;
        }
        Self { order, beginnings, before, longest }
    }

    /// Returns the places in the order of those that begin with a byte.
    #[inline]
    fn begun_by(&self, byte: u8) -> Range<usize> {
        let byte = usize::from(byte);
        self.before[byte] as usize..self.before[byte + 1] as usize
    }

    /// Linear in the longest token, but for a search in the order.
    fn longest_at(&self, tokens: &[Special], text: &[u8]) -> Option<usize> {
        let alike = self.order.get(self.begun_by(*text.first()?))?;
        let ours = |token: u32| tokens[token as usize].text.as_bytes();
        let behind = alike.partition_point(|&token| ours(token) <= text);
        let mut last = *alike.get(behind.checked_sub(1)?)?;
        let same = ours(last).iter().zip(text).take_while(|(a, b)| a == b).count();
        while tokens.get(last as usize)?.text.len() > same {
            last = self.beginnings[last as usize];
        }
        Some(last as usize)
    }
}

/// Returns the numbers below `count` in order (heapsort: short, and O(n log n) whatever they are).
fn in_order(count: usize, is_less: &dyn Fn(u32, u32) -> bool) -> Vec<u32> {
    let mut order: Vec<u32> = (0..count as u32).collect();
    for step in (0..count + count / 2).rev() {
        // First each inner place gets the highest of what is below it; then the highest goes behind the rest.
        let (mut at, end) = if step >= count { (step - count, count) } else { (0, step) };
        if step < count {
            order.swap(0, step);
        }
        loop {
            let mut child = 2 * at + 1;
            if child >= end {
                break;
            }
            child += usize::from(child + 1 < end && is_less(order[child], order[child + 1]));
            if !is_less(order[at], order[child]) {
                break;
            }
            order.swap(at, child);
            at = child;
        }
    }
    order
}
