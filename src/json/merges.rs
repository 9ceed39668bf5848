//! The merges of a file, and which of them makes each token.
//!
//! A file lists one merge or many for a token. Only one of them is ever done: the last one when the token's own bytes are
//! merged alone (DESIGN.md, "One merge a token"). For nearly all tokens the merges that made their parts tell it; the others
//! are merged alone, by the reference's rule and over all merges of the file. What makes none is a token that only a whole
//! piece can be.

use super::names::Names;
use super::{MAX_MERGES, MAX_PROBES, crowded, limit, unsupported};
use crate::error::Error;
use crate::vocab::{Definition, NONE, Symbols, mix};

/// The most steps that may be needed to merge all tokens alone, in neighbours that are looked at.
const MAX_WORK: usize = 1 << 28;
/// What a look-up counts among them.
const LOOK_UP: usize = 4;

const EMPTY: [u32; 3] = [NONE; 3];

/// Which two tokens merge into which; in order of rank.
pub(super) struct Merges {
    /// The two and what they make; [`NONE`] for a merge that a later one of the same two stands for.
    list: Vec<[u32; 3]>,
    /// By the hash of two tokens, these and the rank of their merge.
    slots: Vec<[u32; 3]>,
    /// Two bits for each two, in one word: most that merge into nothing are known by it.
    filter: Vec<u64>,
}

impl Merges {
    /// Returns no merges, with room for about so many.
    pub fn with_capacity(merges: usize) -> Self {
        let slots = (2 * merges).next_power_of_two().max(1 << 10);
        Self { list: Vec::with_capacity(merges), slots: vec![EMPTY; slots], filter: vec![0; slots / 8] }
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Adds the next merge, by the places of its tokens. Of two merges of one pair the last one counts.
    pub fn add(&mut self, left: u32, right: u32, made: u32) -> Result<(), Error> {
        if self.list.len() == MAX_MERGES {
            return Err(limit("the number of merges", MAX_MERGES as u64 + 1, MAX_MERGES as u64));
        }
        if self.list.len() * 2 >= self.slots.len() {
            let size = self.slots.len() * 4;
            let old = std::mem::replace(&mut self.slots, vec![EMPTY; size]);
            self.filter = vec![0; size / 8];
            for slot in old.into_iter().filter(|&slot| slot != EMPTY) {
                self.put(slot)?;
            }
        }
        let [.., earlier] = self.put([left, right, self.list.len() as u32])?;
        if let Some([.., made]) = self.list.get_mut(earlier as usize) {
            *made = NONE;
        }
        self.list.push([left, right, made]);
        Ok(())
    }

    /// Puts a merge in its slot; returns what was there.
    fn put(&mut self, merge: [u32; 3]) -> Result<[u32; 3], Error> {
        let hash = hash(merge[0], merge[1]);
        let at = self.slot(merge[0], merge[1], hash).ok_or_else(|| crowded("model.merges"))?;
        let word = self.filter_word(hash);
        self.filter[word] |= bits(hash);
        Ok(std::mem::replace(&mut self.slots[at], merge))
    }

    fn filter_word(&self, hash: u64) -> usize {
        (hash >> 32) as usize & (self.filter.len() - 1)
    }

    /// Returns the slot of a pair, or the one where it would be; nothing if it is not there, nor any room for it.
    fn slot(&self, left: u32, right: u32, hash: u64) -> Option<usize> {
        let mask = self.slots.len() - 1;
        let home = (hash >> 32) as usize & mask;
        for at in home..home + MAX_PROBES {
            let slot = self.slots[at & mask];
            if slot[..2] == [left, right] || slot == EMPTY {
                return Some(at & mask);
            }
        }
        None
    }

    /// Returns the rank of the merge of a pair, or [`NONE`].
    fn rank(&self, left: u32, right: u32) -> u32 {
        let hash = hash(left, right);
        if self.filter[self.filter_word(hash)] & bits(hash) == bits(hash) {
            self.slot(left, right, hash).map_or(NONE, |at| self.slots[at][2])
        } else {
            NONE
        }
    }
}

fn hash(left: u32, right: u32) -> u64 {
    mix(u64::from(left) << 32 | u64::from(right))
}

/// Returns the bits of a pair in the filter, by a part of its hash that does not choose the word.
fn bits(hash: u64) -> u64 {
    1 << (hash >> 8 & 63) | 1 << (hash >> 14 & 63)
}

/// What tells the rank of two neighbours, and what they merge into.
pub(super) trait Rule {
    fn rank(&self, names: &Names, left: u32, right: u32) -> u32;
    fn made(&self, rank: u32) -> u32;

    /// Returns all merges in order of rank, each with what it makes or [`NONE`], if they are listed.
    fn list(&self) -> &[[u32; 3]] {
        &[]
    }
}

impl Rule for Merges {
    fn rank(&self, _: &Names, left: u32, right: u32) -> u32 {
        Self::rank(self, left, right)
    }

    fn made(&self, rank: u32) -> u32 {
        self.list[rank as usize][2]
    }

    fn list(&self) -> &[[u32; 3]] {
        &self.list
    }
}

/// Finds the merge that makes each token: of all that are listed, then place by place.
pub(super) struct Check {
    pub names: Names,
    rule: Box<dyn Rule>,
    /// Per place, one more than the rank of the merge that makes it; 0 for symbols, and [`NONE`] where no merge is known.
    made_at: Vec<u32>,
    /// Per place, the parts of that merge.
    parts: Vec<[u32; 2]>,
    /// How many merges were looked at, and how many places.
    listed: u32,
    places: u32,
    work: usize,
    tokens: Vec<u32>,
    ranks: Vec<u32>,
}

impl Check {
    pub fn new(names: Names, rule: Box<dyn Rule>) -> Self {
        let made_at = |place| if names.is_symbol(place) { 0 } else { NONE };
        let made_at = (0..names.len() as u32).map(made_at).collect();
        let parts = vec![[NONE; 2]; names.len()];
        let (tokens, ranks) = (Vec::new(), Vec::new());
        Self { names, rule, made_at, parts, listed: 0, places: 0, work: 0, tokens, ranks }
    }

    /// Returns how much is done, and of how much.
    pub fn progress(&self) -> (usize, usize) {
        ((self.listed + self.places) as usize, self.rule.list().len() + self.names.len())
    }

    /// Takes further merges and tokens, for about so many neighbours; returns whether all are done.
    pub fn step(&mut self, most: usize) -> Result<bool, Error> {
        let end = self.work + most;
        while self.work <= end {
            if self.work > MAX_WORK {
                return Err(unsupported("model.vocab", "with too many long tokens"));
            }
            if let Some(&[left, right, made]) = self.rule.list().get(self.listed as usize) {
                if self.makes(self.listed, left, right, made) {
                    self.note(made, self.listed, [left, right]);
                }
                self.listed += 1;
            } else if let Some(&made_at) = self.made_at.get(self.places as usize) {
                if made_at == NONE
                    && let Some((rank, parts)) = self.maker(self.places)
                {
                    self.note(self.places, rank, parts);
                }
                self.places += 1;
            } else {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn note(&mut self, place: u32, rank: u32, parts: [u32; 2]) {
        self.made_at[place as usize] = rank + 1;
        self.parts[place as usize] = parts;
    }

    /// Returns whether a merge is the one that makes its token, as far as the merges before it tell: where each token was
    /// made later than its parts. Then the last merges of both parts are undone, from the latest back; if two neighbours at the
    /// border would have merged before that one, the parts never come to stand beside each other.
    fn makes(&mut self, rank: u32, left: u32, right: u32, made: u32) -> bool {
        let Self { names, rule, made_at, parts, work, .. } = self;
        *work += LOOK_UP;
        let made_at = |place: u32| made_at[place as usize];
        if made == NONE || made_at(made) != NONE || made_at(left) > rank || made_at(right) > rank {
            return false;
        }
        let (mut left, mut right) = (left, right);
        loop {
            let (left_at, right_at) = (made_at(left), made_at(right));
            if left_at.max(right_at) == 0 {
                return true;
            }
            *work += LOOK_UP;
            // Of equal ranks the leftmost is merged first.
            let before = if left_at > right_at {
                [_, left] = parts[left as usize];
                left_at - 1
            } else {
                [right, _] = parts[right as usize];
                right_at
            };
            if rule.rank(names, left, right) < before {
                return false;
            }
        }
    }

    /// Merges a token alone; returns the last merge if that makes it.
    fn maker(&mut self, place: u32) -> Option<(u32, [u32; 2])> {
        if !self.names.symbols_of(place, &mut self.tokens) {
            return None;
        }
        let last = self.merge();
        last.filter(|_| self.tokens[..] == [place])
    }

    /// Merges `tokens`; returns the last merge that was done.
    #[inline(never)]
    fn merge(&mut self) -> Option<(u32, [u32; 2])> {
        let Self { names, rule, tokens, ranks, work, .. } = self;
        ranks.clear();
        ranks.extend(tokens.windows(2).map(|pair| rule.rank(names, pair[0], pair[1])));
        let mut last = None;
        loop {
            *work += 1 + ranks.len();
            let lowest = ranks.iter().enumerate().min_by_key(|&(_, &rank)| rank);
            let Some((at, &rank)) = lowest.filter(|&(_, &rank)| rank != NONE) else { return last };
            last = Some((rank, [tokens[at], tokens[at + 1]]));
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
    }

    /// Returns whether a character, however often it is repeated, merges into the longest of its runs as often as there is room
    /// for it, and one run for the rest. `runs` are the places of the tokens that are one of it, two, and so on. That is so if it is
    /// so of up to twice the longest: tokens are what all their bytes merge into if every two neighbours are (DESIGN.md, "Neighbours decide").
    pub fn merges_runs(&mut self, runs: &[u32]) -> bool {
        let longest = runs.len();
        (1..=2 * longest).all(|length| {
            self.tokens.clear();
            self.tokens.resize(length, runs[0]);
            self.merge();
            let expected = [runs[longest.min(length) - 1], runs[length.saturating_sub(longest + 1)]];
            self.tokens == expected[..if length > longest { 2 } else { 1 }]
        })
    }

    /// Returns the definitions in order of rank with the bytes of texts and the ids. `is_kept` says whether a token that no
    /// merge makes is an ordinary one.
    pub fn definitions(&self, is_kept: &dyn Fn(u32) -> bool) -> (Vec<Definition>, Vec<u8>, Vec<u32>) {
        let names = &self.names;
        let places = 0..names.len() as u32;
        let made_at = |place: u32| self.made_at[place as usize];
        let mut order: Vec<u32> = places.clone().filter(|&place| made_at(place) == 0).collect();
        let last = places.clone().map(made_at).filter(|&at| at != NONE).max();
        let mut by_rank = vec![NONE; last.unwrap_or(0) as usize];
        for place in places.clone() {
            if let Some(by_rank) = by_rank.get_mut(made_at(place).wrapping_sub(1) as usize) {
                *by_rank = place;
            }
        }
        order.extend(by_rank.into_iter().filter(|&place| place != NONE));
        order.extend(places.filter(|&place| made_at(place) == NONE && is_kept(place)));
        let mut rank_of = vec![NONE; names.len()];
        for (&place, rank) in order.iter().zip(0..) {
            rank_of[place as usize] = rank;
        }
        let mut texts = Vec::new();
        let mut definition = |&place: &u32| {
            let [left, right] = self.parts[place as usize];
            let bytes = names.bytes_of(place);
            if left != NONE {
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

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng, rngs::StdRng};

    /// The same merges, but each token is merged alone.
    struct Alone(Merges);

    impl Rule for Alone {
        fn rank(&self, _: &Names, left: u32, right: u32) -> u32 {
            self.0.rank(left, right)
        }

        fn made(&self, rank: u32) -> u32 {
            Rule::made(&self.0, rank)
        }
    }

    /// What the list tells of a token is what comes of merging it alone, in whatever order and however often merges are listed.
    #[test]
    fn the_list_tells_what_merging_alone_does() {
        let seed = std::env::var("SEED").map_or(5, |seed| seed.parse().unwrap());
        let cases = std::env::var("CASES").map_or(3000, |cases| cases.parse().unwrap());
        println!("SEED={seed} CASES={cases}");
        let mut random = StdRng::seed_from_u64(seed);
        let mut told = 0;
        for case in 0..cases {
            let mut texts: Vec<Vec<u8>> = vec![b"a".to_vec(), b"b".to_vec(), b"c".to_vec()];
            let mut pairs = Vec::new();
            for _ in 0..random.random_range(1..60) {
                let [left, right] = [0; 2].map(|_| texts[random.random_range(0..texts.len())].clone());
                let made = [&left[..], &right].concat();
                if made.len() <= 12 {
                    if !texts.contains(&made) {
                        texts.push(made.clone());
                    }
                    pairs.push([left, right, made]);
                }
            }
            // The other pairs that make the same, as some files list them, and some out of order.
            if random.random() {
                for made in &texts {
                    for at in 1..made.len() {
                        let (left, right) = made.split_at(at);
                        if texts.iter().any(|text| text == left) && texts.iter().any(|text| text == right) {
                            let at = random.random_range(0..=pairs.len());
                            pairs.insert(at, [left.to_vec(), right.to_vec(), made.clone()]);
                        }
                    }
                }
            }
            let check = |alone: bool| {
                let mut names = Names::new(Symbols::Bytes, 0);
                for (id, text) in texts.iter().enumerate() {
                    names.add(text, id as u64).unwrap();
                }
                let mut merges = Merges::with_capacity(0);
                for pair in &pairs {
                    let [left, right, made] = pair.each_ref().map(|text| names.place_of(text));
                    merges.add(left, right, made).unwrap();
                }
                let rule: Box<dyn Rule> = if alone { Box::new(Alone(merges)) } else { Box::new(merges) };
                let mut check = Check::new(names, rule);
                while !check.step(100).unwrap() {}
                (check.made_at, check.parts, check.work)
            };
            let (fast, slow) = (check(false), check(true));
            assert_eq!((&fast.0, &fast.1), (&slow.0, &slow.1), "case {case}: {pairs:?}");
            told += slow.0.iter().filter(|&&at| at != 0 && at != NONE).count();
        }
        assert!(told > cases * 5, "{told}");
    }
}
