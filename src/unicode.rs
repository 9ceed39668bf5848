//! The character classes that the splitters ask for: one class per code point, from a generated table.
//!
//! `tools/unicode.rs` writes `unicode/table.rs` from the general categories of `regex-syntax`, whose Unicode
//! version is that of the reference tokenizers; a test compares every code point with it.

mod table;

/// The class of a code point, as far as a splitter can tell code points apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(crate) enum Class {
    /// Anything that is none of the classes below: punctuation, symbols, controls, unassigned.
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
    /// `\r` or `\n`.
    Newline = 7,
    /// `/`, which is as [`Other`](Self::Other) but where a pattern names it.
    Slash = 8,
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u16);

impl Classes {
    pub const fn of(classes: &[Class]) -> Self {
        let mut set = 0;
        let mut i = 0;
        while i < classes.len() {
            set |= 1 << classes[i] as u16;
            i += 1;
        }
        Self(set)
    }

    #[inline]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[inline]
    pub fn has(self, class: Class) -> bool {
        self.0 >> class as u16 & 1 != 0
    }

    /// Returns whether some class is in both sets.
    #[inline]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns all classes that are not in the set.
    #[inline]
    pub fn others(self) -> Self {
        Self(!self.0)
    }
}

impl Class {
    const ALL: [Self; 8] = [
        Self::Other,
        Self::Upper,
        Self::Lower,
        Self::Caseless,
        Self::Mark,
        Self::Number,
        Self::Space,
        Self::Newline,
    ];

    /// Returns the class of `c`. Takes constant time.
    #[must_use]
    #[inline]
    pub fn of(c: char) -> Self {
        let c = c as usize;
        if c < 128 {
            return Self::of_ascii(c as u8);
        }
        let Some(&block) = table::BLOCKS.get(c >> table::SHIFT) else {
            return if table::TAIL_MARKS.contains(&(c as u32)) { Self::Mark } else { Self::Other };
        };
        let at = (usize::from(block) << table::SHIFT) | (c & ((1 << table::SHIFT) - 1));
        let pair = table::CLASSES[at >> 1];
        Self::ALL[usize::from((pair >> ((at & 1) * 4)) & 7)]
    }

    /// Returns the class of an ASCII byte; a byte of 128 and above is taken modulo 128.
    #[must_use]
    #[inline]
    pub const fn of_ascii(byte: u8) -> Self {
        ASCII[(byte & 127) as usize]
    }

    /// Returns whether this is `\p{L}`.
    #[must_use]
    #[inline]
    pub const fn is_letter(self) -> bool {
        matches!(self, Self::Upper | Self::Lower | Self::Caseless)
    }
}

const ASCII: [Class; 128] = {
    let mut classes = [Class::Other; 128];
    let mut i = 0;
    while i < 128 {
        classes[i] = match i as u8 {
            b'A'..=b'Z' => Class::Upper,
            b'a'..=b'z' => Class::Lower,
            b'0'..=b'9' => Class::Number,
            b'\r' | b'\n' => Class::Newline,
            b' ' | b'\t' | 0x0b | 0x0c => Class::Space,
            b'/' => Class::Slash,
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
        want[usize::from(b'/')] = Class::Slash;
        for (pattern, class) in [
            (r"[\p{Lu}\p{Lt}]", Class::Upper),
            (r"\p{Ll}", Class::Lower),
            (r"[\p{Lm}\p{Lo}]", Class::Caseless),
            (r"\p{M}", Class::Mark),
            (r"\p{N}", Class::Number),
            (r"[\s--\r\n]", Class::Space),
            (r"[\r\n]", Class::Newline),
        ] {
            for (from, to) in ranges(pattern) {
                for c in from..=to {
                    assert_eq!(want[c as usize], Class::Other, "classes overlap at {c:?}");
                    want[c as usize] = class;
                }
            }
        }
        for c in '\0'..=char::MAX {
            assert_eq!(Class::of(c), want[c as usize], "U+{:04X}", c as u32);
        }
    }
}
