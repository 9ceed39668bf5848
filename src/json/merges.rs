//! The merges of a file, and which of them makes each token.
//!
//! A file lists one merge or many for a token. Only one of them is ever done: the last one when the token's own bytes are
//! merged alone (DESIGN.md, "One merge a token"). So each token is merged alone, by the reference's rule and over all
//! merges of the file; what makes none is a token that only a whole piece can be.

use super::names::Names;
use super::{MAX_MERGES, limit, unsupported};
use crate::error::Error;
use crate::vocab::{Definition, NONE, Symbols};

/// The most steps that may be needed to merge all tokens alone, in neighbours that are looked at.
const MAX_WORK: usize = 1 << 28;

/// Which two tokens merge into which; in order of rank.
#[derive(Default)]
pub(super) struct Merges {
    list: Vec<[u32; 3]>,
    slots: Vec<u32>,
}

impl Merges {
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Adds the next merge, by the places of its tokens. Of two merges of one pair the last one counts.
    pub fn add(&mut self, left: u32, right: u32, made: u32) -> Result<(), Error> {
        if self.list.len() == MAX_MERGES {
            return Err(limit("the number of merges", MAX_MERGES as u64 + 1, MAX_MERGES as u64));
        }
        if self.list.len() * 2 >= self.slots.len() {
            self.slots = vec![NONE; (self.slots.len() * 4).max(1 << 10)];
            for rank in 0..self.list.len() as u32 {
                let [left, right, _] = self.list[rank as usize];
                let at = self.slot(left, right);
                self.slots[at] = rank;
            }
        }
        let at = self.slot(left, right);
        self.slots[at] = self.list.len() as u32;
        self.list.push([left, right, made]);
        Ok(())
    }

    fn slot(&self, left: u32, right: u32) -> usize {
        let mask = self.slots.len() - 1;
        let key = (u64::from(left) << 32 | u64::from(right)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut at = ((key ^ key >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
        while let Some([a, b, _]) = self.list.get(self.slots[at] as usize)
            && (*a, *b) != (left, right)
        {
            at = (at + 1) & mask;
        }
        at
    }

    /// Returns the rank of the merge of a pair, or [`NONE`].
    fn rank(&self, left: u32, right: u32) -> u32 {
        if self.slots.is_empty() { NONE } else { self.slots[self.slot(left, right)] }
    }
}

/// What tells the rank of two neighbours, and what they merge into.
pub(super) trait Rule {
    fn rank(&self, names: &Names, left: u32, right: u32) -> u32;
    fn made(&self, rank: u32) -> u32;
}

impl Rule for Merges {
    fn rank(&self, _: &Names, left: u32, right: u32) -> u32 {
        Self::rank(self, left, right)
    }

    fn made(&self, rank: u32) -> u32 {
        self.list[rank as usize][2]
    }
}

/// Finds the merge that makes each token, place by place.
pub(super) struct Check {
    pub names: Names,
    rule: Box<dyn Rule>,
    /// Per place, the rank and the parts of the merge that makes it.
    makers: Vec<[u32; 3]>,
    work: usize,
    tokens: Vec<u32>,
    ranks: Vec<u32>,
}

impl Check {
    pub fn new(names: Names, rule: Box<dyn Rule>) -> Self {
        let makers = Vec::with_capacity(names.len());
        Self { names, rule, makers, work: 0, tokens: Vec::new(), ranks: Vec::new() }
    }

    pub fn done(&self) -> usize {
        self.makers.len()
    }

    /// Takes further tokens, for about so many neighbours; returns whether all are done.
    pub fn step(&mut self, most: usize) -> Result<bool, Error> {
        let end = self.work + most;
        while self.makers.len() < self.names.len() {
            if self.work > end {
                return Ok(false);
            }
            if self.work > MAX_WORK {
                return Err(unsupported("model.vocab", "with too many long tokens"));
            }
            let place = self.makers.len() as u32;
            let maker = if self.names.is_symbol(place) { [NONE; 3] } else { self.maker(place) };
            self.makers.push(maker);
        }
        Ok(true)
    }

    /// Merges a token alone; returns the last merge if that makes it.
    fn maker(&mut self, place: u32) -> [u32; 3] {
        let Self { names, rule, tokens, ranks, work, .. } = self;
        if !names.symbols_of(place, tokens) {
            return [NONE; 3];
        }
        ranks.clear();
        ranks.extend(tokens.windows(2).map(|pair| rule.rank(names, pair[0], pair[1])));
        let mut last = [NONE; 3];
        loop {
            *work += 1 + ranks.len();
            let lowest = ranks.iter().enumerate().min_by_key(|&(_, &rank)| rank);
            let Some((at, &rank)) = lowest.filter(|&(_, &rank)| rank != NONE) else { break };
            last = [rank, tokens[at], tokens[at + 1]];
            tokens[at] = rule.made(rank);
            tokens.remove(at + 1);
            ranks.remove(at);
            if at > 0 {
                ranks[at - 1] = rule.rank(names, tokens[at - 1], tokens[at]);
            }
            if at < ranks.len() {
                ranks[at] = rule.rank(names, tokens[at], tokens[at + 1]);
            }
        }
        if tokens[..] == [place] { last } else { [NONE; 3] }
    }

    /// Returns the definitions in order of rank with the bytes of texts and the ids. `is_kept` says whether a token that no
    /// merge makes is an ordinary one.
    pub fn definitions(&self, is_kept: &dyn Fn(u32) -> bool) -> (Vec<Definition>, Vec<u8>, Vec<u32>) {
        let names = &self.names;
        let places = 0..names.len() as u32;
        let rank = |place: u32| self.makers[place as usize][0];
        let mut order: Vec<u32> = places.clone().filter(|&place| names.is_symbol(place)).collect();
        let highest = places.clone().map(rank).filter(|&rank| rank != NONE).max();
        let mut by_rank = vec![NONE; highest.map_or(0, |highest| highest as usize + 1)];
        for place in places.clone().filter(|&place| rank(place) != NONE) {
            by_rank[rank(place) as usize] = place;
        }
        order.extend(by_rank.into_iter().filter(|&place| place != NONE));
        order.extend(places.filter(|&place| rank(place) == NONE && !names.is_symbol(place) && is_kept(place)));
        let mut rank_of = vec![NONE; names.len()];
        for (&place, rank) in order.iter().zip(0..) {
            rank_of[place as usize] = rank;
        }
        let mut texts = Vec::new();
        let mut definition = |&place: &u32| {
            let [rank, left, right] = self.makers[place as usize];
            let bytes = names.bytes_of(place);
            if rank != NONE {
                Definition::Merge(rank_of[left as usize], rank_of[right as usize])
            } else if names.is_byte(place) && (bytes.len() == 1 || names.symbols == Symbols::Bytes) {
                Definition::Byte(bytes[0])
            } else {
                let start = texts.len() as u32;
                texts.extend_from_slice(bytes);
                Definition::Text { start, length: bytes.len() as u32 }
            }
        };
        let definitions = order.iter().map(&mut definition).collect();
        let ids = order.iter().map(|&place| names.ids[place as usize]).collect();
        (definitions, texts, ids)
    }
}
