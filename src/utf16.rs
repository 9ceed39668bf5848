//! Seams between the UTF-8 of the core and the UTF-16 of JavaScript.

use crate::unicode::{Class, Classes};

/// Returns whether a byte of UTF-8 goes on with a character.
#[inline]
pub(crate) fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// Returns how many bytes a code point has that begins with `first`.
#[inline]
pub(crate) fn length(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

/// Returns the UTF-16 code units of the code points that begin in `bytes`.
pub(crate) fn units(bytes: &[u8]) -> usize {
    bytes.iter().map(|&byte| usize::from(!is_continuation(byte)) + usize::from(byte >= 0xf0)).sum()
}

/// Returns the byte at which the code point of a code unit begins, and which of its units that is, 0 or 1; the length
/// of `bytes` where they end before.
pub(crate) fn byte_of_unit(bytes: &[u8], unit: usize) -> (usize, usize) {
    let (mut at, mut units) = (0, 0);
    while let Some(&first) = bytes.get(at) {
        let next = units + 1 + usize::from(first >= 0xf0);
        if next > unit {
            return (at, unit - units);
        }
        units = next;
        at += length(first);
    }
    (bytes.len(), 0)
}

/// Returns the code point with which `bytes` begin; a surrogate for the three bytes of one.
#[inline]
pub(crate) fn code_point(bytes: &[u8]) -> u32 {
    let low = |i: usize| bytes.get(i).map_or(0, |byte| u32::from(byte & 0x3f));
    match bytes.first() {
        Some(&first @ 0..0x80) => u32::from(first),
        Some(&first @ 0x80..0xe0) => u32::from(first & 0x1f) << 6 | low(1),
        Some(&first @ 0xe0..0xf0) => u32::from(first & 0xf) << 12 | low(1) << 6 | low(2),
        Some(&first) => u32::from(first & 7) << 18 | low(1) << 12 | low(2) << 6 | low(3),
        None => 0,
    }
}

/// Returns the classes of the code points of a text, which may hold lone surrogates.
pub(crate) fn classes(bytes: &[u8]) -> Classes {
    let mut set = Classes::default();
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        set = set.and(Classes::of(&[class(&bytes[at..])]));
        at += length(first);
    }
    set
}

/// Returns the class of the code point with which `bytes` begin.
#[inline]
pub(crate) fn class(bytes: &[u8]) -> Class {
    match bytes.first() {
        Some(&first @ 0..0x80) => Class::of_ascii(first),
        _ => match code_point(bytes) {
            0x11_0000.. => Class::Added,
            0xd800..0xe000 => Class::REPLACEMENT,
            c => Class::of(c),
        },
    }
}

/// Returns whether a text holds a lone surrogate.
pub(crate) fn has_lone(bytes: &[u8]) -> bool {
    bytes.windows(2).any(is_lone)
}

/// Returns whether a lone surrogate begins here.
#[inline]
pub(crate) fn is_lone(bytes: &[u8]) -> bool {
    matches!(bytes, [0xed, 0xa0..=0xbf, ..])
}

/// Makes U+FFFD of lone surrogates, and of the three bytes at either end that are left of a pair that is cut.
pub(crate) fn replace_lone(bytes: &mut [u8]) {
    const REPLACEMENT: [u8; 3] = [0xef, 0xbf, 0xbd];
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        let step = if is_continuation(first) { 3 } else { length(first) };
        let is_half = is_continuation(first) || is_lone(&bytes[at..]) || at + step > bytes.len();
        if let Some(three) = bytes[at..].first_chunk_mut().filter(|_| is_half) {
            *three = REPLACEMENT;
        }
        at += step;
    }
}

/// A text that is put together from UTF-16 code units and strings, in UTF-8 with lone surrogates (WTF-8). Two halves
/// of a pair that come to stand together become the pair.
#[derive(Default)]
pub(crate) struct Wtf8(Vec<u8>);

impl Wtf8 {
    pub fn push_str(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub fn push_units(&mut self, units: &[u16]) {
        for &unit in units {
            self.push_unit(unit);
        }
    }

    pub fn push_unit(&mut self, unit: u16) {
        let unit = u32::from(unit);
        if let (Some(high), 0xdc00..0xe000) = (self.high_at_end(), unit) {
            self.0.truncate(self.0.len() - 3);
            let pair = 0x1_0000 + ((u32::from(high) - 0xd800) << 10 | (unit - 0xdc00));
            if let Some(pair) = char::from_u32(pair) {
                self.0.extend_from_slice(pair.encode_utf8(&mut [0; 4]).as_bytes());
            }
        } else if let Some(c) = char::from_u32(unit) {
            self.0.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        } else {
            self.0.extend([0xe0 | unit >> 12, 0x80 | unit >> 6 & 0x3f, 0x80 | unit & 0x3f].map(|b| b as u8));
        }
    }

    /// Returns the first half of a pair that stands alone at the end.
    pub fn high_at_end(&self) -> Option<u16> {
        high(self.0.last_chunk::<3>()?)
    }
}

/// Returns the lone surrogate with which `bytes` begin, if it is the first half of a pair.
pub(crate) fn high(bytes: &[u8]) -> Option<u16> {
    matches!(bytes, [0xed, 0xa0..=0xaf, _, ..]).then(|| code_point(bytes) as u16)
}

/// Returns the lone surrogate with which `bytes` begin, if it is the second half of a pair.
pub(crate) fn low(bytes: &[u8]) -> Option<u16> {
    matches!(bytes, [0xed, 0xb0..=0xbf, _, ..]).then(|| code_point(bytes) as u16)
}

/// Returns a half of the pair with which `bytes` begin: the first for 0, else the second.
pub(crate) fn half(bytes: &[u8], which: usize) -> u16 {
    let offset = code_point(bytes).wrapping_sub(0x1_0000);
    (if which == 0 { 0xd800 | offset >> 10 & 0x3ff } else { 0xdc00 | offset & 0x3ff }) as u16
}

/// Appends the UTF-16 code units of a text that may hold lone surrogates.
pub(crate) fn push_units(bytes: &[u8], units: &mut Vec<u16>) {
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        if first >= 0xf0 {
            units.extend([half(&bytes[at..], 0), half(&bytes[at..], 1)]);
        } else {
            units.push(code_point(&bytes[at..]) as u16);
        }
        at += length(first);
    }
}
