//! How the strings of `tokenizer.json` and of `SentencePiece` models spell tokens.

use crate::vocabulary::{Definition, Role, Symbols, Token};
use std::collections::HashMap;

/// How the strings of a `tokenizer.json` spell tokens.
pub struct Spelling<'a> {
    symbols: Symbols,
    pub places: HashMap<&'a str, u32>,
    stand_ins: HashMap<char, u8>,
}

impl<'a> Spelling<'a> {
    pub fn new(symbols: Symbols, vocab: &[(&'a str, u32)]) -> Self {
        let places = vocab.iter().enumerate().map(|(place, &(text, _))| (text, place as u32)).collect();
        let stand_ins = (0..=255).map(|byte| (stand_in(byte), byte)).collect();
        Self { symbols, places, stand_ins }
    }

    pub fn tokens(&self, vocab: &[(&str, u32)]) -> Vec<Token> {
        vocab.iter().map(|&(text, id)| Token { id, bytes: self.bytes(text), role: self.role(text) }).collect()
    }

    fn bytes(&self, text: &str) -> Vec<u8> {
        match self.symbols {
            Symbols::Characters => byte_name(text).map_or_else(|| spaced(text), |byte| vec![byte]),
            Symbols::Bytes => self.real_bytes(text).unwrap_or_else(|| text.into()),
        }
    }

    /// The bytes that GPT-2's printable stand-ins stand for.
    fn real_bytes(&self, text: &str) -> Option<Vec<u8>> {
        text.chars().map(|c| self.stand_ins.get(&c).copied()).collect()
    }

    fn role(&self, text: &str) -> Role {
        let byte = match self.symbols {
            Symbols::Characters => byte_name(text),
            Symbols::Bytes => one_char(text).and_then(|c| self.stand_ins.get(&c).copied()),
        };
        if let Some(byte) = byte {
            return Role::Base(Definition::Byte(byte));
        }
        if self.symbols == Symbols::Characters && one_char(text).is_some() {
            return Role::Base(Definition::Text(self.bytes(text)));
        }
        let mut buffer = [0; 4];
        let place = |c: char| self.places.get(&*c.encode_utf8(&mut buffer)).copied();
        let spelled = text.chars().map(place).collect::<Option<_>>();
        match spelled {
            Some(symbols) if self.symbols == Symbols::Characters || self.real_bytes(text).is_some() => {
                Role::Spelled(symbols)
            }
            _ => Role::Apart,
        }
    }
}

/// Two neighbours merge if a token has their text; `rank` gives its rank, if any merge makes it.
pub fn by_text<'a>(
    tokens: &'a [Token],
    rank: impl Fn(u32) -> Option<u32> + 'a,
) -> impl Fn(u32, u32, &[u8]) -> Option<(u32, u32)> + 'a {
    let by_bytes: HashMap<&[u8], u32> = tokens
        .iter()
        .zip(0..)
        .filter(|(token, _)| !matches!(token.role, Role::Base(Definition::Byte(_))))
        .map(|(token, place)| (token.bytes.as_slice(), place))
        .collect();
    move |_, _, bytes| {
        let &place = by_bytes.get(bytes)?;
        Some((rank(place)?, place))
    }
}

/// GPT-2's printable stand-in for a byte: itself where Latin-1 prints it, else the next code point from U+0100.
fn stand_in(byte: u8) -> char {
    let printable = |b: u8| matches!(b, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    if printable(byte) {
        return char::from(byte);
    }
    let place = (0..byte).filter(|&b| !printable(b)).count();
    char::from_u32(256 + place as u32).unwrap_or_default()
}

/// `SentencePiece` writes a space as U+2581.
fn spaced(text: &str) -> Vec<u8> {
    text.replace('\u{2581}', " ").into_bytes()
}

pub fn byte_name(text: &str) -> Option<u8> {
    let digits = text.strip_prefix("<0x")?.strip_suffix('>')?;
    if digits.len() == 2 { u8::from_str_radix(digits, 16).ok() } else { None }
}

pub fn one_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}
