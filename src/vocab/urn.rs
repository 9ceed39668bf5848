//! Urns: which token a merge takes, given how often each token is still to be taken.
//!
//! An urn holds every token that later merges use on one side, once for each such use. Writer and reader keep the
//! same urns, so to draw a token costs no more than the choice of a script and of one use among those left in it.

use super::coder::{Coder, Model, models};
use super::{TokenId, invalid_packed as invalid};
use crate::error::Error;

/// Scripts are told apart by the first one or two bytes of a character.
pub(super) const SCRIPTS: usize = FREQUENT as usize + 16 * ROWS;
/// Scripts in fewer classes, for models that would learn too slowly from all.
pub(super) const KINDS: usize = 10;
/// Tokens with up to this many uses left stand in a group for each number of uses.
const LIGHT: usize = 8;
const LEVELS: usize = 24;
/// What a token weighs, by level: its uses, or about the middle of them.
const WEIGHTS: [u32; LEVELS] = {
    let mut weights = [0; LEVELS];
    let mut level = 0;
    while level < LEVELS {
        weights[level] = if level < LIGHT { level as u32 + 1 } else { HEAVY << (level - LIGHT) };
        level += 1;
    }
    weights
};
const HEAVY: u32 = 11;
/// What divides by a weight: a shift, then one part of 2³² to multiply by. Exact below 2²⁰.
const DIVISORS: [(u32, u64); LEVELS] = {
    let mut divisors = [(0, 0); LEVELS];
    let mut level = 0;
    while level < LEVELS {
        let (shift, divisor) = if level < LIGHT { (0, level + 1) } else { (level - LIGHT, HEAVY as usize) };
        divisors[level] = (shift as u32, (1_u64 << 32).div_ceil(divisor as u64));
        level += 1;
    }
    divisors
};

/// The tokens that later merges still use on one side.
pub(super) struct Urn {
    scripts: Vec<Script>,
    /// By script and level the tokens; those of heavy levels by their place among the heavy ones.
    groups: Vec<Vec<u32>>,
    /// Tokens with more than [`LIGHT`] uses left at first, and how many are left now.
    heavy: Vec<(TokenId, u32)>,
    /// By context, [`SCRIPT_MODELS`] of each.
    models: Vec<Model>,
    /// Per token, its uses that are left and its place in its group. Only a writer needs that.
    written: Vec<[u32; 2]>,
}

/// The tokens of one script.
#[derive(Clone, Copy, Default)]
struct Script {
    /// What all tokens weigh.
    whole: u32,
    /// The same by level.
    weights: [u32; LEVELS],
}

impl Urn {
    /// Makes an empty urn, from which scripts are drawn in so many contexts.
    pub fn new(contexts: usize) -> Self {
        Self {
            scripts: vec![Script::default(); SCRIPTS],
            groups: vec![Vec::new(); SCRIPTS * LEVELS],
            heavy: Vec::new(),
            models: models(contexts * SCRIPT_MODELS),
            written: Vec::new(),
        }
    }

    /// Puts in a token with its uses.
    pub fn put<C: Coder>(&mut self, token: TokenId, script: u8, uses: u32) {
        if C::WRITES {
            self.written.resize(self.written.len().max(token as usize + 1), [0; 2]);
        }
        if uses > 0 {
            let mut entry = token;
            if level(uses) >= LIGHT {
                entry = self.heavy.len() as u32;
                self.heavy.push((token, uses));
            }
            self.put_entry(entry, token, script, uses);
        }
    }

    fn put_entry(&mut self, entry: u32, token: TokenId, script: u8, uses: u32) {
        let level = level(uses);
        let group = &mut self.groups[usize::from(script) * LEVELS + level];
        if let Some(written) = self.written.get_mut(token as usize) {
            *written = [uses, group.len() as u32];
        }
        group.push(entry);
        let script = &mut self.scripts[usize::from(script)];
        script.whole += WEIGHTS[level];
        script.weights[level] += WEIGHTS[level];
    }

    /// Codes which token is drawn and takes one of its uses away. `wanted` is what to write: a token and its script.
    #[inline]
    pub fn draw<C: Coder>(
        &mut self,
        coder: &mut C,
        context: usize,
        wanted: (TokenId, u8),
    ) -> Result<TokenId, Error> {
        let script = code_script(coder, &mut self.models[context * SCRIPT_MODELS..], wanted.1);
        let from = if C::WRITES { self.start_of(wanted.0, script)? } else { 0 };
        let Script { whole, weights } = &mut self.scripts[usize::from(script)];
        if *whole == 0 {
            return Err(invalid("a merge of a token that is not there"));
        }
        let mut within = coder.part(*whole, from);
        let mut from = 0;
        let mut level = 0;
        for &weight in &*weights {
            if within < weight {
                break;
            }
            within -= weight;
            from += weight;
            level += 1;
        }
        let weight = WEIGHTS[level];
        let (shift, part) = DIVISORS[level];
        let place = ((u64::from(within >> shift) * part) >> 32) as u32;
        coder.take(from + place * weight, weight);

        let group = &mut self.groups[usize::from(script) * LEVELS + level];
        let entry = group[place as usize];
        let (token, left) = if level < LIGHT {
            (entry, level as u32)
        } else {
            let (token, uses) = &mut self.heavy[entry as usize];
            *uses -= 1;
            (*token, *uses)
        };
        if level < LIGHT || self::level(left) != level {
            *whole -= weight;
            weights[level] -= weight;
            group.swap_remove(place as usize);
            if C::WRITES
                && let Some(&moved) = group.get(place as usize)
            {
                let moved = if level < LIGHT { moved } else { self.heavy[moved as usize].0 };
                self.written[moved as usize][1] = place;
            }
            if left > 0 {
                self.put_entry(if left <= LIGHT as u32 { token } else { entry }, token, script, left);
            }
        }
        if C::WRITES {
            self.written[token as usize][0] = left;
        }
        Ok(token)
    }

    /// Returns where in its script a token begins that is to be drawn.
    fn start_of(&self, token: TokenId, script: u8) -> Result<u32, Error> {
        match self.written.get(token as usize) {
            Some(&[uses, place]) if uses > 0 => {
                let level = level(uses);
                let before = &self.scripts[usize::from(script)].weights[..level];
                Ok(before.iter().sum::<u32>() + place * WEIGHTS[level])
            }
            _ => Err(invalid("a merge of a token that is not there")),
        }
    }
}

/// Numbers of uses of about the same size: 1 to 8 apart, then by powers of two.
fn level(uses: u32) -> usize {
    match uses {
        0..=8 => uses.saturating_sub(1) as usize,
        _ => (5 + uses.ilog2() as usize).min(LEVELS - 1),
    }
}

/// Scripts below this are ASCII's and the continuation bytes, and take one nibble.
const FREQUENT: u8 = 9;
/// The other scripts, in rows of sixteen.
const ROWS: usize = 7;
/// A script takes so many models: one that tells the frequent ones or a row, and one for each row.
const SCRIPT_MODELS: usize = 1 + ROWS;

#[inline]
fn code_script<C: Coder>(coder: &mut C, models: &mut [Model], script: u8) -> u8 {
    let row = script.saturating_sub(FREQUENT) / 16;
    let first = coder.nibble(&mut models[0], if script < FREQUENT { script } else { FREQUENT + row });
    if first < FREQUENT {
        return first;
    }
    let row = first - FREQUENT;
    let place = coder.nibble(&mut models[1 + usize::from(row)], script.saturating_sub(FREQUENT) % 16);
    FREQUENT + row * 16 + place
}

/// What the models and the urns want to know of a token.
#[derive(Clone, Copy)]
pub(super) struct Token {
    /// The scripts in which it begins and ends.
    pub scripts: [u8; 2],
    first_byte: u8,
    /// Its length in bytes, or 255.
    pub length: u8,
}

impl Token {
    pub fn of_byte(byte: u8) -> Self {
        Self { scripts: [script(byte); 2], first_byte: byte, length: 1 }
    }

    pub fn of_text(bytes: &[u8]) -> Self {
        let mut bytes = bytes.iter().map(|&byte| Self::of_byte(byte));
        let first = bytes.next().unwrap_or_else(|| Self::of_byte(0));
        bytes.fold(first, Self::of_merge)
    }

    pub fn of_merge(left: Self, right: Self) -> Self {
        let begin = if left.length == 1 { refine(left.scripts[0], right) } else { left.scripts[0] };
        let end = match right.scripts[1] {
            CONTINUATION => refine(left.scripts[1], right),
            end => end,
        };
        Self {
            scripts: [begin, end],
            first_byte: left.first_byte,
            length: left.length.saturating_add(right.length),
        }
    }
}

/// The script of tokens that begin, or consist, of bytes from the middle of a character.
const CONTINUATION: u8 = 8;
/// The scripts of characters that begin with 0xe0 and 0xe3: sixteen of each by their second byte, of which the
/// last also stands for a second byte that is not there yet.
const INDIC: u8 = 41;
const KANA: u8 = 57;
const UNKNOWN: u8 = 15;

/// Returns the script in which a character begins, as far as its first byte tells; below [`SCRIPTS`].
fn script(first: u8) -> u8 {
    match first {
        b' ' => 0,
        b'\r' | b'\n' => 1,
        b'\t' => 2,
        b'0'..=b'9' => 3,
        b'a'..=b'z' => 4,
        b'A'..=b'Z' => 5,
        _ if first < 0x20 => 6,
        _ if first.is_ascii() => 7,
        0xc0..0xe0 => 9 + (first - 0xc0),
        0xe0 => INDIC + UNKNOWN,
        0xe3 => KANA + UNKNOWN,
        0xe1 | 0xe2 | 0xe4..0xf0 => 73 + (first - 0xe0),
        0xf0.. => 89 + (first - 0xf0),
        _ => CONTINUATION,
    }
}

/// Returns a character's script when the bytes of `next` have come behind it.
fn refine(script: u8, next: Token) -> u8 {
    if script == INDIC + UNKNOWN {
        INDIC + (next.first_byte >> 1) % 16
    } else if script == KANA + UNKNOWN {
        KANA + (next.first_byte >> 2) % 16
    } else {
        script
    }
}

pub(super) fn kind(script: u8) -> usize {
    usize::from(script).min(KINDS - 1)
}
