//! The character classes that the splitters ask for: one class per code point, from a generated table.
//!
//! `tools/unicode.rs` writes `unicode/table.rs` from the general categories of `regex-syntax`, whose Unicode
//! version is that of the reference tokenizers; a test compares every code point with it.

mod table;

use std::sync::OnceLock;

/// The class of a code point, as far as a splitter can tell code points apart. Each is in one class only: the first of these
/// that fits it, read from the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(crate) enum Class {
    /// Anything that is none of the classes below: controls, unassigned, private.
    Other = 0,
    /// `\p{Lu}` or `\p{Lt}`: an upper-case or title-case letter.
    Upper = 1,
    /// `\p{Ll}`: a lower-case letter.
    Lower = 2,
    /// `\p{Lm}` or `\p{Lo}`: a letter without case.
    Caseless = 3,
    /// `\p{M}`: a mark that combines with what stands before it.
    Mark = 4,
    /// `\p{N}`: a number.
    Number = 5,
    /// `\s` other than a line break.
    Space = 6,
    /// `\p{P}` or `\p{S}`: punctuation or a symbol.
    Symbol = 7,
    /// A letter, a number and a symbol of `\p{Han}`.
    HanLetter = 8,
    HanNumber = 9,
    HanSymbol = 10,
    /// `\r` or `\n`.
    Newline = 11,
    /// `/`.
    Slash = 12,
    /// `[A-Z]`
    AsciiUpper = 13,
    /// `[a-z]`
    AsciiLower = 14,
    /// `[一-龥]`: a letter of `\p{Han}` of the first block of them.
    Ideograph = 15,
    /// `[぀-ヿ]`: a letter, a mark, a symbol of Kana, and what is unassigned there.
    Kana = 16,
    KanaMark = 17,
    KanaSymbol = 18,
    KanaOther = 19,
    /// A stand-in for an added token, beyond Unicode: a piece of its own, before which a text ends for white space.
    Added = 20,
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u32);

impl Classes {
    pub const fn of(classes: &[Class]) -> Self {
        let mut set = 0;
        let mut i = 0;
        while i < classes.len() {
            set |= 1 << classes[i] as u32;
            i += 1;
        }
        Self(set)
    }

    #[inline]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the classes that are in both sets.
    #[inline]
    pub const fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns the classes that are in this set only.
    #[inline]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    #[inline]
    pub fn has(self, class: Class) -> bool {
        self.0 >> class as u32 & 1 != 0
    }

    #[inline]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns whether some class is in both sets.
    #[inline]
    pub fn meets(self, other: Self) -> bool {
        !self.both(other).is_empty()
    }

    /// Returns all classes that are not in the set.
    #[inline]
    pub const fn others(self) -> Self {
        Self(!self.0)
    }
}

impl Class {
    /// The classes that the table tells.
    const IN_TABLE: [Self; 16] = [
        Self::Other,
        Self::Upper,
        Self::Lower,
        Self::Caseless,
        Self::Mark,
        Self::Number,
        Self::Space,
        Self::Symbol,
        Self::HanLetter,
        Self::HanNumber,
        Self::HanSymbol,
        Self::Other,
        Self::Other,
        Self::Other,
        Self::Other,
        Self::Other,
    ];
    /// The class of U+FFFD.
    pub const REPLACEMENT: Self = Self::Symbol;

    /// Returns the class of the code point `c`. Takes constant time.
    #[must_use]
    #[inline]
    pub fn of(c: u32) -> Self {
        let c = c as usize;
        if c < 128 {
            return Self::of_ascii(c as u8);
        }
        if (0x4e00..=0x9fa5).contains(&c) {
            return Self::Ideograph;
        }
        let Some(pair) = NIBBLES.get_or_init(nibbles).get(c >> 1) else {
            return if table::TAIL_MARKS.contains(&(c as u32)) { Self::Mark } else { Self::Other };
        };
        let class = Self::IN_TABLE[usize::from((pair >> ((c & 1) * 4)) & 15)];
        if (0x3040..=0x30ff).contains(&c) { class.in_kana() } else { class }
    }

    #[inline]
    fn in_kana(self) -> Self {
        match self {
            Self::Caseless => Self::Kana,
            Self::Mark => Self::KanaMark,
            Self::Symbol => Self::KanaSymbol,
            _ => Self::KanaOther,
        }
    }

    /// Returns the class of an ASCII byte; a byte of 128 and above is taken modulo 128.
    #[must_use]
    #[inline]
    pub const fn of_ascii(byte: u8) -> Self {
        ASCII[(byte & 127) as usize]
    }

    /// Returns whether this is a letter with case.
    #[must_use]
    #[inline]
    pub const fn is_cased(self) -> bool {
        matches!(self, Self::Upper | Self::Lower | Self::AsciiUpper | Self::AsciiLower)
    }
}

/// Returns whether composing changes a code point that is not a mark, whatever stands around it.
pub(crate) fn changes(c: u32) -> bool {
    is_in(c, &table::CHANGES)
}

/// Returns whether a code point changes, or combines, by a later Unicode version than the normalizer's only.
pub(crate) fn is_newer(c: u32) -> bool {
    is_in(c, &table::NEWER)
}

/// Walks over ranges: the distance of each from the one before, and its length.
fn is_in(c: u32, ranges: &[u16]) -> bool {
    let mut left = c;
    for range in ranges.chunks_exact(2) {
        let Some(inside) = left.checked_sub(range[0].into()) else { return false };
        let Some(behind) = inside.checked_sub(range[1].into()) else { return true };
        left = behind;
    }
    false
}

/// The classes of code points as nibbles.
static NIBBLES: OnceLock<Box<[u8]>> = OnceLock::new();

/// Unpacks the runs of the table.
#[cold]
fn nibbles() -> Box<[u8]> {
    let mut nibbles = vec![0; table::DENSE.div_ceil(2)];
    let mut runs = table::RUNS.iter().map(|&byte| usize::from(byte));
    let mut from = 0;
    while let Some(run) = runs.next() {
        let (class, mut length) = ((run >> 4) as u8, run & 15);
        if length == 0 {
            let mut shift = 0;
            for byte in runs.by_ref() {
                length |= (byte & 127) << shift;
                shift += 7;
                if byte < 128 {
                    break;
                }
            }
        }
        for c in from..from + length {
            nibbles[c >> 1] |= class << ((c & 1) * 4);
        }
        from += length;
    }
    nibbles.into()
}

const ASCII: [Class; 128] = {
    let mut classes = [Class::Other; 128];
    let mut i = 0;
    while i < 128 {
        classes[i] = match i as u8 {
            b'A'..=b'Z' => Class::AsciiUpper,
            b'a'..=b'z' => Class::AsciiLower,
            b'0'..=b'9' => Class::Number,
            b'\r' | b'\n' => Class::Newline,
            b' ' | b'\t' | 0x0b | 0x0c => Class::Space,
            b'/' => Class::Slash,
            b'!'..=b'~' => Class::Symbol,
            _ => Class::Other,
        };
        i += 1;
    }
    classes
};

#[cfg(test)]
mod tests {
    use super::Class;
    use regex_syntax::hir::{Class as HirClass, HirKind};

    fn ranges(pattern: &str) -> Vec<(char, char)> {
        match regex_syntax::parse(pattern).unwrap().into_kind() {
            HirKind::Class(HirClass::Unicode(class)) => {
                class.ranges().iter().map(|r| (r.start(), r.end())).collect()
            }
            other => panic!("{pattern} is not a class: {other:?}"),
        }
    }

    #[test]
    fn every_code_point_has_the_class_of_regex_syntax() {
        let mut want = vec![Class::Other; 0x11_0000];
        for (pattern, class) in [
            (r"[\p{Lu}\p{Lt}]", Class::Upper),
            (r"\p{Ll}", Class::Lower),
            (r"[\p{Lm}\p{Lo}]", Class::Caseless),
            (r"\p{M}", Class::Mark),
            (r"\p{N}", Class::Number),
            (r"[\s--\r\n]", Class::Space),
            (r"[\p{P}\p{S}]", Class::Symbol),
            (r"[\p{Han}&&\p{L}]", Class::HanLetter),
            (r"[\p{Han}&&\p{N}]", Class::HanNumber),
            (r"[\p{Han}--[\p{L}\p{N}]]", Class::HanSymbol),
            (r"[\r\n]", Class::Newline),
            ("[A-Z]", Class::AsciiUpper),
            ("[a-z]", Class::AsciiLower),
            ("[一-龥]", Class::Ideograph),
            (r"[[぀-ヿ]&&\p{L}]", Class::Kana),
            (r"[[぀-ヿ]&&\p{M}]", Class::KanaMark),
            (r"[[぀-ヿ]&&[\p{P}\p{S}]]", Class::KanaSymbol),
            (r"[[぀-ヿ]--[\p{L}\p{M}\p{P}\p{S}]]", Class::KanaOther),
        ] {
            for (from, to) in ranges(pattern) {
                want[from as usize..=to as usize].fill(class);
            }
        }
        want[usize::from(b'/')] = Class::Slash;
        for c in '\0'..=char::MAX {
            assert_eq!(Class::of(c.into()), want[c as usize], "U+{:04X}", c as u32);
        }
    }
}
