//! The reference: slow, and easy to see to be right.

use crate::expressions::expressions;
use crate::token_bytes::token_bytes;
use fancy_regex::{Regex, RegexBuilder};
use std::collections::HashMap;
use std::ops::Range;
use tokimeter::{Definition, Normalizer, Pattern, Symbols, TokenId, Unpacked};

/// The texts that are fuzzed are short; an expression that gives up on one is no reference.
const BACKTRACKS: usize = 100_000_000;

/// Cuts texts.
pub struct Cuts(Vec<Regex>);

impl Cuts {
    #[must_use]
    pub fn of(pattern: Pattern) -> Self {
        let regex =
            |expression: &&str| RegexBuilder::new(expression).backtrack_limit(BACKTRACKS).build().unwrap();
        Self(expressions(pattern).iter().map(regex).collect())
    }

    #[must_use]
    pub fn pieces<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let whole = if text.is_empty() { Vec::new() } else { vec![text] };
        self.0.iter().fold(whole, |pieces, regex| {
            pieces.into_iter().flat_map(|piece| isolated(regex, piece)).collect()
        })
    }
}

/// The matches, and what is between them.
fn isolated<'t>(regex: &Regex, text: &'t str) -> Vec<&'t str> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for found in regex.find_iter(text) {
        let found = found.unwrap().range();
        pieces.extend([at..found.start, found.clone()]);
        at = found.end;
    }
    pieces.push(at..text.len());
    pieces.into_iter().filter(|piece| !piece.is_empty()).map(|piece| &text[piece]).collect()
}

/// Merges pieces.
pub struct Merges {
    /// By the two ranks.
    pairs: HashMap<(u32, u32), u32>,
    bytes: HashMap<u8, u32>,
    /// The ranks of whole tokens by their bytes, where the whole piece or a character is looked for.
    whole: HashMap<Vec<u8>, u32>,
    characters: bool,
    whole_pieces: bool,
    ids: Vec<TokenId>,
}

impl Merges {
    #[must_use]
    pub fn of(unpacked: &Unpacked) -> Self {
        let (mut pairs, mut bytes) = (HashMap::new(), HashMap::new());
        for (rank, definition) in (0..).zip(&unpacked.definitions) {
            match *definition {
                // Where texts are read as characters, several may stand for a byte: the first does.
                Definition::Byte(byte) => _ = bytes.entry(byte).or_insert(rank),
                Definition::Merge(left, right) => _ = pairs.insert((left, right), rank),
                Definition::Text { .. } => {}
            }
        }
        let characters = unpacked.header.symbols == Symbols::Characters;
        let tokens = (0..).zip(token_bytes(unpacked));
        // Where texts are read as characters, a byte's token is no character.
        let is_character = |rank: u32| !matches!(unpacked.definitions[rank as usize], Definition::Byte(_));
        let whole = tokens.filter(|(rank, _)| !characters || is_character(*rank));
        Self {
            pairs,
            bytes,
            whole: whole.map(|(rank, token)| (token, rank)).collect(),
            characters,
            whole_pieces: unpacked.header.whole_pieces,
            ids: unpacked.ids.clone(),
        }
    }

    fn merge(&self, piece: &str, ids: &mut Vec<TokenId>) {
        if self.whole_pieces
            && let Some(&rank) = self.whole.get(piece.as_bytes())
        {
            return ids.push(self.ids[rank as usize]);
        }
        let mut ranks: Vec<u32> = if self.characters {
            piece.chars().flat_map(|c| self.character(c)).collect()
        } else {
            piece.bytes().map(|byte| self.bytes[&byte]).collect()
        };
        let lowest = |ranks: &[u32]| {
            let pairs = ranks.windows(2).enumerate();
            pairs.filter_map(|(at, pair)| Some((*self.pairs.get(&(pair[0], pair[1]))?, at))).min()
        };
        while let Some((rank, at)) = lowest(&ranks) {
            ranks.splice(at..at + 2, [rank]);
        }
        ids.extend(ranks.into_iter().map(|rank| self.ids[rank as usize]));
    }

    fn character(&self, c: char) -> Vec<u32> {
        let mut buffer = [0; 4];
        let bytes = c.encode_utf8(&mut buffer).as_bytes();
        match self.whole.get(bytes) {
            Some(&rank) => vec![rank],
            None => bytes.iter().map(|byte| self.bytes[byte]).collect(),
        }
    }
}

/// Cuts and merges.
pub struct Simple {
    cuts: Cuts,
    merges: Merges,
    normalizer: Normalizer,
    has_literals: bool,
}

impl Simple {
    #[must_use]
    pub fn of(unpacked: &Unpacked) -> Self {
        Self {
            cuts: Cuts::of(unpacked.header.pattern),
            merges: Merges::of(unpacked),
            normalizer: unpacked.header.normalizer,
            has_literals: unpacked.header.specials.iter().any(|special| special.literal),
        }
    }

    /// Returns whether each merge is the last one when the bytes of what it makes are merged alone, as [`Definition::Merge`] has it. Of bytes
    /// that are no text nothing is said: no piece has them.
    #[must_use]
    pub fn is_sound(&self, unpacked: &Unpacked) -> bool {
        token_bytes(unpacked).iter().zip(&unpacked.definitions).zip(&unpacked.ids).all(
            |((token, definition), &id)| {
                let Definition::Merge(..) = definition else { return true };
                let Ok(text) = std::str::from_utf8(token) else { return true };
                let mut ids = Vec::new();
                self.merges.merge(text, &mut ids);
                ids == [id]
            },
        )
    }

    /// Returns the ids of a text, if the text is one that it cuts as it stands.
    #[must_use]
    pub fn encode(&self, text: &str) -> Option<Vec<TokenId>> {
        let spaced;
        let text = match self.normalizer {
            _ if self.has_literals => return None,
            Normalizer::None => text,
            Normalizer::Nfc if text.is_ascii() => text,
            Normalizer::Spaces => {
                spaced = text.replace('▁', " ");
                &spaced
            }
            Normalizer::PrefixedSpaces => {
                spaced =
                    if text.is_empty() { String::new() } else { format!(" {}", text.replace('▁', " ")) };
                &spaced
            }
            _ => return None,
        };
        let mut ids = Vec::new();
        for piece in self.cuts.pieces(text) {
            self.merges.merge(piece, &mut ids);
        }
        Some(ids)
    }
}
