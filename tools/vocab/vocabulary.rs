//! A vocabulary as every source's reader gives it, and the search for the merge that makes each token.

use std::collections::{BTreeMap, BTreeSet};

/// What a token is made of. Places are those of the list of definitions, after those of the base, if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Definition {
    Byte(u8),
    /// Two tokens, by their places; a few rank after it.
    Merge(u32, u32),
    /// A token that no merge makes: a character, or one that is only ever decoded or matched as a whole piece.
    Text(Vec<u8>),
}

/// What merging starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbols {
    Bytes,
    /// Characters, and the bytes of a character that has no token.
    Characters,
}

/// A vocabulary in order of merge rank.
pub struct Vocabulary {
    pub symbols: Symbols,
    /// Whether a piece that equals a token is that token, even if merging would not make it.
    pub whole_pieces: bool,
    pub definitions: Vec<Definition>,
    pub ids: Vec<u32>,
    pub specials: BTreeMap<String, u32>,
    /// Those of `specials` that the reference finds in ordinary text too.
    pub literals: BTreeSet<String>,
}

impl Vocabulary {
    /// Returns the same tokens without the special ones.
    pub fn without_specials(&self) -> Self {
        let Self { symbols, whole_pieces, .. } = *self;
        let (definitions, ids) = (self.definitions.clone(), self.ids.clone());
        Self { symbols, whole_pieces, definitions, ids, specials: BTreeMap::new(), literals: BTreeSet::new() }
    }

    /// Leaves only what follows the tokens of a base.
    pub fn cut(&mut self, base: &Self) -> Result<(), String> {
        let count = base.definitions.len();
        let same = (base.symbols, base.whole_pieces) == (self.symbols, self.whole_pieces)
            && self.definitions.starts_with(&base.definitions)
            && self.ids.starts_with(&base.ids);
        if !same {
            let differ = base.definitions.iter().zip(&self.definitions).position(|(a, b)| a != b);
            return Err(format!("it does not begin with its base; the first difference is at {differ:?}"));
        }
        self.definitions.drain(..count);
        self.ids.drain(..count);
        Ok(())
    }
}

/// A token as its source has it.
pub struct Token {
    pub id: u32,
    pub bytes: Vec<u8>,
    pub role: Role,
}

/// What a token is to merging.
pub enum Role {
    /// Merging may start from it: a byte, or in a vocabulary of characters a character.
    Base(Definition),
    /// Merging may make it from these tokens, by their places in the source.
    Spelled(Vec<u32>),
    /// Nothing spells it.
    Apart,
}

/// The rank and the result of merging two neighbours, that together have these bytes.
pub type Rule<'a> = dyn Fn(u32, u32, &[u8]) -> Option<(u32, u32)> + 'a;

/// Puts tokens in order of merge rank, each with the merge that makes it.
///
/// A token has one such merge: while no merge has crossed its borders, what is within them merges as if it stood alone.
/// So the last merge of its own text is the only one that ever makes it.
///
/// A merge may rank before one of its own parts: then it follows at once when that part is made.
///
/// Returns the definitions, their ids, and how many merges rank before one of their parts.
pub fn in_order(tokens: &[Token], rule: &Rule) -> (Vec<Definition>, Vec<u32>, usize) {
    let last = |(place, token): (usize, &Token)| match &token.role {
        Role::Spelled(symbols) => last_merge(tokens, place as u32, symbols, rule),
        Role::Base(_) | Role::Apart => None,
    };
    let merges: Vec<Option<Merge>> = tokens.iter().enumerate().map(last).collect();

    // What no merge makes follows the token with the id before its own, so that ids keep their runs.
    let mut by_id: Vec<usize> = (0..tokens.len()).collect();
    by_id.sort_unstable_by_key(|&place| tokens[place].id);
    let mut keys = vec![(0, 0); tokens.len()];
    let mut rank_before = 0;
    for place in by_id {
        let rank = match (&tokens[place].role, &merges[place]) {
            (Role::Base(_), _) => 0,
            (_, Some(merge)) => u64::from(merge.rank) + 1,
            (_, None) => rank_before,
        };
        keys[place] = (rank, tokens[place].id);
        rank_before = rank;
    }
    let mut order: Vec<usize> = (0..tokens.len()).collect();
    order.sort_unstable_by_key(|&place| (keys[place], merges[place].is_none()));
    let mut place_of = vec![0_u32; tokens.len()];
    for (new, &old) in order.iter().enumerate() {
        place_of[old] = new as u32;
    }

    let mut early = 0;
    let definition = |&old: &usize| match (&tokens[old].role, &merges[old]) {
        (Role::Base(definition), _) => definition.clone(),
        (_, Some(merge)) => {
            let (left, right) = (place_of[merge.left as usize], place_of[merge.right as usize]);
            if left.max(right) >= place_of[old] {
                early += 1;
            }
            Definition::Merge(left, right)
        }
        (_, None) => Definition::Text(tokens[old].bytes.clone()),
    };
    let definitions = order.iter().map(definition).collect();
    (definitions, order.iter().map(|&old| tokens[old].id).collect(), early)
}

struct Merge {
    rank: u32,
    left: u32,
    right: u32,
}

/// Merges a token's own text; returns the last merge if it makes the token.
fn last_merge(tokens: &[Token], token: u32, symbols: &[u32], rule: &Rule) -> Option<Merge> {
    let bytes = &tokens[token as usize].bytes;
    let mut parts = symbols.to_vec();
    let mut borders = vec![0];
    borders.extend(parts.iter().scan(0, |at, &part| {
        *at += tokens[part as usize].bytes.len();
        Some(*at)
    }));
    let pair = |parts: &[u32], borders: &[usize], i: usize| {
        rule(parts[i], parts[i + 1], &bytes[borders[i]..borders[i + 2]])
    };
    let mut pairs: Vec<_> = (0..parts.len().saturating_sub(1)).map(|i| pair(&parts, &borders, i)).collect();
    loop {
        let best = pairs.iter().enumerate().filter_map(|(i, p)| p.map(|(rank, _)| (rank, i))).min();
        let (rank, i) = best?;
        let (_, merged) = pairs[i]?;
        let (left, right) = (parts[i], parts.remove(i + 1));
        if parts.len() == 1 {
            return (merged == token).then_some(Merge { rank, left, right });
        }
        parts[i] = merged;
        borders.remove(i + 1);
        pairs.remove(i);
        if i > 0 {
            pairs[i - 1] = pair(&parts, &borders, i - 1);
        }
        if i < pairs.len() {
            pairs[i] = pair(&parts, &borders, i);
        }
    }
}
