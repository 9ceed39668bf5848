//! The tokens of a file by the bytes that their strings spell.

use super::{MAX_PROBES, MAX_TOKEN, crowded, unsupported};
use crate::error::Error;
use crate::vocab::{MAX_ID, NONE, Symbols, mix};
use std::ops::Range;

/// Tokens in the order of the file, which numbers them: a token's number here is its place.
pub(super) struct Names {
    pub symbols: Symbols,
    bytes: Vec<u8>,
    ends: Vec<u32>,
    pub ids: Vec<u32>,
    /// By the hash of their keys.
    slots: Vec<Slot>,
    /// The places of single bytes: of a vocabulary of characters, those that are spelled `<0x00>`.
    pub byte_places: [u32; 256],
}

/// A token's place and key, so that most tokens are told apart, and short ones known, without a look at their bytes.
#[derive(Clone, Copy)]
struct Slot {
    key: Key,
    place: u32,
}

const EMPTY: Slot = Slot { key: Key { word: 0, length: 0 }, place: NONE };

/// Of a token of up to eight bytes these bytes, else their hash; and their number.
#[derive(Clone, Copy, PartialEq)]
struct Key {
    word: u64,
    length: u32,
}

impl Key {
    fn of(token: &[u8]) -> Self {
        let length = token.len();
        let word = match *token {
            [] => 0,
            [a] => a.into(),
            [a, b] => u16::from_le_bytes([a, b]).into(),
            [a, b, c] => u32::from_le_bytes([a, b, c, 0]).into(),
            // The first four bytes and the last four, which may be some of the same.
            [a, b, c, d, ..] if length <= 8 => {
                let last = token.last_chunk().map_or(0, |&last| u32::from_le_bytes(last));
                u64::from(u32::from_le_bytes([a, b, c, d])) | u64::from(last) << (8 * (length - 4))
            }
            _ => {
                let words = token.as_chunks().0.iter().chain(token.last_chunk());
                words.fold(0, |hash, &word| mix(hash ^ u64::from_le_bytes(word)))
            }
        };
        Self { word, length: length as u32 }
    }

    fn is_whole(self) -> bool {
        self.length <= 8
    }

    fn slot(self, mask: usize) -> usize {
        (mix(self.word ^ u64::from(self.length) << 56) >> 32) as usize & mask
    }
}

impl Names {
    /// Returns no tokens, with room for about so many.
    pub fn new(symbols: Symbols, tokens: usize) -> Self {
        Self {
            symbols,
            bytes: Vec::with_capacity(8 * tokens),
            ends: Vec::with_capacity(tokens),
            ids: Vec::with_capacity(tokens),
            slots: vec![EMPTY; (2 * tokens).next_power_of_two().max(1 << 10)],
            byte_places: [NONE; 256],
        }
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    fn range(&self, place: u32) -> Range<usize> {
        let start = (place as usize).checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        start..self.ends[place as usize] as usize
    }

    pub fn bytes_of(&self, place: u32) -> &[u8] {
        &self.bytes[self.range(place)]
    }

    /// Adds a token by its bytes.
    ///
    /// # Errors
    /// `unsupported-tokenizer` if a token has these bytes already, if its id is beyond the limit, if it is too long, or if too many
    /// have a hash near its own.
    pub fn add(&mut self, token: &[u8], id: u64) -> Result<(), Error> {
        let place = self.len() as u32;
        let key = Key::of(token);
        let (at, found) = self.find(token, key).ok_or_else(|| crowded("model.vocab"))?;
        if found != NONE || id >= MAX_ID || token.is_empty() || token.len() > MAX_TOKEN {
            let what = std::str::from_utf8(token).unwrap_or("a part of a character");
            let why = if found != NONE {
                "twice"
            } else if id >= MAX_ID {
                "with an id beyond 1048575"
            } else {
                "of a length that is 0 or beyond 2047 bytes"
            };
            return Err(unsupported("model.vocab", &format!("\"{what}\" {why}")));
        }
        self.slots[at] = Slot { key, place };
        if let (Symbols::Bytes, &[byte]) = (self.symbols, token) {
            self.byte_places[usize::from(byte)] = place;
        }
        self.push(token, id);
        if self.len() * 2 > self.slots.len() { self.grow() } else { Ok(()) }
    }

    /// Adds the token that stands for a byte in a vocabulary of characters.
    pub fn add_byte(&mut self, byte: u8, id: u64) -> Result<(), Error> {
        if self.byte_places[usize::from(byte)] != NONE || id >= MAX_ID {
            return Err(unsupported(
                "model.vocab",
                &format!("the byte {byte} twice, or with an id beyond 1048575"),
            ));
        }
        self.byte_places[usize::from(byte)] = self.len() as u32;
        self.push(&[byte], id);
        Ok(())
    }

    fn push(&mut self, token: &[u8], id: u64) {
        self.bytes.extend_from_slice(token);
        self.ends.push(self.bytes.len() as u32);
        self.ids.push(id as u32);
    }

    /// Returns the place of the token that has these bytes, or [`NONE`].
    pub fn place_of(&self, token: &[u8]) -> u32 {
        let found = if token.is_empty() { None } else { self.find(token, Key::of(token)) };
        found.map_or(NONE, |(_, place)| place)
    }

    /// As [`place_of`](Self::place_of), of a token that may well be at a place or at the next one.
    pub fn place_near(&self, place: u32, token: &[u8]) -> u32 {
        let is_there = |&place: &u32| (place as usize) < self.len() && self.bytes_of(place) == token;
        [place, place.wrapping_add(1)].into_iter().find(is_there).unwrap_or_else(|| self.place_of(token))
    }

    /// Returns the slot of a token, and the place that it holds; nothing if it is not there, nor any room for it.
    fn find(&self, token: &[u8], key: Key) -> Option<(usize, u32)> {
        let mask = self.slots.len() - 1;
        let home = key.slot(mask);
        for at in home..home + MAX_PROBES {
            let slot = self.slots[at & mask];
            let is_it = slot.key == key && (key.is_whole() || self.bytes_of(slot.place) == token);
            if slot.place == NONE || is_it {
                return Some((at & mask, slot.place));
            }
        }
        None
    }

    fn grow(&mut self) -> Result<(), Error> {
        let size = self.slots.len() * 4;
        let old = std::mem::replace(&mut self.slots, vec![EMPTY; size]);
        for slot in old.into_iter().filter(|slot| slot.place != NONE) {
            let found = self.find(self.bytes_of(slot.place), slot.key);
            let (at, _) = found.ok_or_else(|| crowded("model.vocab"))?;
            self.slots[at] = slot;
        }
        Ok(())
    }

    /// Puts the places of the symbols that merging starts from into `symbols`; returns whether all of them are tokens. Where
    /// one is not, no merge ever makes the token.
    pub fn symbols_of(&self, place: u32, symbols: &mut Vec<u32>) -> bool {
        symbols.clear();
        let bytes = self.bytes_of(place);
        match self.symbols {
            Symbols::Bytes => symbols.extend(bytes.iter().map(|&byte| self.byte_places[usize::from(byte)])),
            Symbols::Characters => {
                let text = std::str::from_utf8(bytes).unwrap_or_default();
                symbols.extend(text.chars().map(|c| self.place_of(c.encode_utf8(&mut [0; 4]).as_bytes())));
            }
        }
        !symbols.contains(&NONE)
    }

    /// Returns whether merging may start from a token.
    pub fn is_symbol(&self, place: u32) -> bool {
        let bytes = self.bytes_of(place);
        match self.symbols {
            Symbols::Bytes => bytes.len() == 1,
            Symbols::Characters => {
                self.is_byte(place)
                    || std::str::from_utf8(bytes).is_ok_and(|text| text.chars().nth(1).is_none())
            }
        }
    }

    /// Returns whether a token stands for one byte.
    pub fn is_byte(&self, place: u32) -> bool {
        matches!(*self.bytes_of(place), [byte] if self.byte_places[usize::from(byte)] == place)
    }

    /// Checks that there is a token for whatever a text may hold: of each byte that UTF-8 uses.
    pub fn check_bytes(&self) -> Result<(), Error> {
        let is_used = |byte: &u8| !matches!(byte, 0xc0 | 0xc1 | 0xf5..);
        let is_there = |&byte: &u8| {
            let is_character = self.symbols == Symbols::Characters && byte < 0x80;
            self.byte_places[usize::from(byte)] != NONE || is_character && self.place_of(&[byte]) != NONE
        };
        match (0..=255).filter(is_used).find(|byte| !is_there(byte)) {
            Some(byte) => Err(unsupported("model.vocab", &format!("without a token for the byte {byte}"))),
            None => Ok(()),
        }
    }
}

/// Appends the bytes that a string spells with GPT-2's printable stand-ins; returns whether it is all of those.
pub(super) fn real_bytes(text: &str, bytes: &mut Vec<u8>) -> bool {
    for c in text.chars() {
        let byte = match c as u32 {
            c @ (0x21..=0x7e | 0xa1..=0xac | 0xae..=0xff) => c,
            c @ 0x100..=0x120 => c - 0x100,
            c @ 0x121..=0x142 => c - 0xa2,
            0x143 => 0xad,
            _ => return false,
        };
        bytes.push(byte as u8);
    }
    true
}

/// Appends the bytes of a string, with spaces for U+2581; returns whether it had none.
pub(super) fn spaced(text: &str, bytes: &mut Vec<u8>) -> bool {
    let mut parts = text.split('\u{2581}');
    bytes.extend_from_slice(parts.next().unwrap_or_default().as_bytes());
    for part in parts {
        bytes.push(b' ');
        bytes.extend_from_slice(part.as_bytes());
    }
    !text.contains(' ')
}

/// Returns the byte that is spelled `<0x00>`.
pub(super) fn byte_name(text: &str) -> Option<u8> {
    let digits = text.strip_prefix("<0x")?.strip_suffix('>')?;
    let is_name = digits.len() == 2 && !digits.contains(|c: char| c.is_ascii_lowercase() || c == '+');
    if is_name { u8::from_str_radix(digits, 16).ok() } else { None }
}
