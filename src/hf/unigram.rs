//! Unigram: of all ways to cut a piece into tokens, the most likely one. One table has the edges of the trie over the tokens, where
//! the reference has a table in each node.

use super::Token;
use super::file::{broken, whole};
use super::model::{MAX_TOKEN, bare, cannot, flag};
use crate::error::Error;
use crate::json::limit;
use crate::json::value::Value;
use ahash::AHashMap;

/// What an unknown character costs below the least likely token, as the reference has it.
const UNKNOWN_PENALTY: f64 = 10.0;

/// The most likely sequence of tokens.
pub(super) struct Unigram {
    pub tokens: Vec<(String, f64)>,
    /// From a node of the trie over the tokens and a byte to the next node. The root is 0.
    edges: AHashMap<(u32, u8), u32>,
    /// The first edges, which every character asks for.
    first: Vec<u32>,
    /// The token that ends at a node, or [`NONE`].
    ends: Vec<u32>,
    pub unknown: Option<u32>,
    unknown_score: f64,
    /// The tokens of the bytes, if unknown text falls back to them.
    bytes: Option<Vec<Option<u32>>>,
}

const NONE: u32 = u32::MAX;

/// The best way to a place: its score, where its last token begins, and that token.
#[derive(Clone)]
struct Best {
    score: f64,
    from: usize,
    id: u32,
}

impl Unigram {
    pub fn new(model: &Value, tokens: Vec<(String, f64)>) -> Result<Self, Error> {
        let unknown = match (model.get("unk_id"), whole(model.get("unk_id"))) {
            (Value::Null, _) => None,
            (_, Some(id)) if id < tokens.len() => Some(id as u32),
            _ => return Err(broken("model.unk_id", "the id of a token is wanted")),
        };
        let longest = tokens.iter().map(|(text, _)| text.len()).max().unwrap_or(0);
        if longest > MAX_TOKEN {
            return Err(limit("the length of the longest token", longest as u64, MAX_TOKEN as u64));
        }
        let mut built = Self {
            tokens: Vec::new(),
            edges: AHashMap::new(),
            first: vec![NONE; 256],
            ends: vec![NONE],
            unknown,
            unknown_score: tokens.iter().fold(f64::INFINITY, |least, (_, score)| least.min(*score))
                - UNKNOWN_PENALTY,
            bytes: None,
        };
        for (id, (text, _)) in tokens.iter().enumerate() {
            let mut node = 0;
            for &byte in text.as_bytes() {
                let new = built.ends.len() as u32;
                let next = if node == 0 {
                    let next = &mut built.first[usize::from(byte)];
                    if *next == NONE {
                        *next = new;
                    }
                    *next
                } else {
                    *built.edges.entry((node, byte)).or_insert(new)
                };
                if next == new {
                    built.ends.push(NONE);
                }
                node = next;
            }
            built.ends[node as usize] = id as u32;
        }
        built.tokens = tokens;
        if flag(model, "byte_fallback")? {
            let id = |byte: u8| built.id_of(format!("<0x{byte:02X}>").as_bytes());
            built.bytes = Some((0..=255).map(id).collect());
        }
        Ok(built)
    }

    fn next(&self, node: u32, byte: u8) -> Option<u32> {
        if node == 0 {
            Some(self.first[usize::from(byte)]).filter(|&next| next != NONE)
        } else {
            self.edges.get(&(node, byte)).copied()
        }
    }

    pub fn id_of(&self, text: &[u8]) -> Option<u32> {
        let node = text.iter().try_fold(0, |node, &byte| self.next(node, byte))?;
        Some(self.ends[node as usize]).filter(|&id| id != NONE)
    }

    /// Returns the best way to each place. Of two that are as good the first found is kept.
    fn ways(&self, text: &str) -> Result<Vec<Best>, Error> {
        let mut ways = vec![Best { score: 0.0, from: usize::MAX, id: 0 }; text.len() + 1];
        let reach = |ways: &mut Vec<Best>, to: usize, from: usize, id: u32, score: f64| {
            let way = &mut ways[to];
            if way.from == usize::MAX || score > way.score {
                *way = Best { score, from, id };
            }
        };
        let mut from = 0;
        while let Some(c) = text[from..].chars().next() {
            let here = ways[from].score;
            let single = from + c.len_utf8();
            let mut has_single = false;
            let mut node = 0;
            for (place, &byte) in text.as_bytes()[from..].iter().enumerate() {
                let Some(next) = self.next(node, byte) else { break };
                node = next;
                let id = self.ends[node as usize];
                if id != NONE {
                    let to = from + place + 1;
                    has_single |= to == single;
                    reach(&mut ways, to, from, id, self.tokens[id as usize].1 + here);
                }
            }
            if !has_single {
                let score = self.unknown_score + here;
                if ways[single].from == usize::MAX || score > ways[single].score {
                    let why = "it has an unknown character, and the tokenizer no token for such";
                    reach(&mut ways, single, from, self.unknown.ok_or_else(|| cannot(why))?, score);
                }
            }
            from = single;
        }
        Ok(ways)
    }

    pub fn tokens(&self, text: &str) -> Result<Vec<Token>, Error> {
        let ways = self.ways(text)?;
        let mut parts: Vec<(usize, usize)> = Vec::new();
        let mut to = text.len();
        let mut was_unknown = false;
        while to > 0 {
            let Best { from, id, .. } = ways[to];
            if from >= to {
                return Err(cannot("a token ends inside a character"));
            }
            // Unknown neighbours are one.
            let is_unknown = Some(id) == self.unknown;
            match parts.last_mut().filter(|_| is_unknown && was_unknown) {
                Some(part) => part.0 = from,
                None => parts.push((from, to)),
            }
            was_unknown = is_unknown;
            to = from;
        }
        let mut tokens = Vec::with_capacity(parts.len());
        for (from, to) in parts.into_iter().rev() {
            let part = &text.as_bytes()[from..to];
            if let Some(id) = self.id_of(part) {
                tokens.push(bare(id, from, to));
                continue;
            }
            let bytes = self.bytes.as_ref();
            let bytes = bytes
                .and_then(|ids| part.iter().map(|&byte| ids[usize::from(byte)]).collect::<Option<Vec<_>>>());
            if let Some(ids) = bytes {
                tokens.extend(ids.into_iter().map(|id| bare(id, from, to)));
            } else {
                let why = "it has an unknown character, and the tokenizer no token for such";
                tokens.push(bare(self.unknown.ok_or_else(|| cannot(why))?, from, to));
            }
        }
        Ok(tokens)
    }
}
