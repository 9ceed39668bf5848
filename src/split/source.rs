//! What the splitters read: a text as code points and their classes, and the runs that several patterns have.
//!
//! A splitter asks for runs of classes and never for single bytes of them, so that a text under edit can answer
//! for a stretch of any length from what it knows of its parts (`live::view`).

use crate::unicode::{Class, Classes};
use crate::utf16::{code_point, length};

pub(super) const WHITE_SPACE: Classes = Classes::of(&[Class::Space, Class::Newline]);
pub(super) const NEWLINE: Classes = Classes::of(&[Class::Newline]);

/// A code point's class, and the byte where the next code point begins.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    pub class: Class,
    pub end: usize,
}

/// A text that can be split. Positions are bytes, on code points.
pub(crate) trait Source {
    /// Returns the code point at `at`, or nothing at the end.
    fn step(&self, at: usize) -> Option<Step>;

    /// Returns the byte at `at`, or 0 behind the end.
    fn byte(&self, at: usize) -> u8;

    /// Returns where the last code point before `at` begins. `at` is not 0.
    fn before(&self, at: usize) -> usize;

    /// Returns where the run of code points of the classes `wanted` ends that begins at `at`.
    fn run(&self, at: usize, wanted: Classes) -> usize;

    /// Returns the end of the last code point in `from..to` whose class is one of `wanted`.
    fn last(&self, from: usize, to: usize, wanted: Classes) -> Option<usize>;
}

impl Source for &str {
    fn step(&self, at: usize) -> Option<Step> {
        step(self.as_bytes(), at)
    }

    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.as_bytes().get(at).copied().unwrap_or(0)
    }

    #[inline]
    fn before(&self, at: usize) -> usize {
        self.floor_char_boundary(at - 1)
    }

    fn run(&self, mut at: usize, wanted: Classes) -> usize {
        let text = self.as_bytes();
        loop {
            if wanted.has(Class::Ideograph) {
                while is_ideograph(text, at) {
                    at += 3;
                }
            }
            match step(text, at) {
                Some(Step { class, end }) if wanted.has(class) => at = end,
                _ => return at,
            }
        }
    }

    #[inline]
    fn last(&self, from: usize, to: usize, wanted: Classes) -> Option<usize> {
        let mut end = to;
        while end > from {
            let at = self.before(end);
            if self.step(at).is_some_and(|step| wanted.has(step.class)) {
                return Some(end);
            }
            end = at;
        }
        None
    }
}

/// Returns the code point at `at` of a text in UTF-8.
fn step(text: &[u8], at: usize) -> Option<Step> {
    let &first = text.get(at)?;
    let (class, length) = match first {
        ..0x80 => (Class::of_ascii(first), 1),
        _ if is_ideograph(text, at) => (Class::Ideograph, 3),
        _ => (Class::of(code_point(&text[at..])), length(first)),
    };
    Some(Step { class, end: at + length })
}

/// Returns whether the code point at `at` is one of U+4E00 to U+9F7F, so that nearly all ideographs are spared the table.
#[inline]
fn is_ideograph(text: &[u8], at: usize) -> bool {
    matches!(text.get(at..at + 2), Some(&[first, second]) if (0xe4b8..=0xe9bd).contains(&u16::from_be_bytes([first, second])))
}

/// `'s|'t|'re|'ve|'m|'ll|'d`: returns where the contraction ends that begins at `at`, if there is one.
///
/// Case is folded as Unicode does, if it is, so the long s (U+017F) then counts as an s.
#[inline]
pub(super) fn contraction(text: &dyn Source, at: usize, folds: bool) -> Option<usize> {
    if text.byte(at) != b'\'' {
        return None;
    }
    let byte = |at| if folds { text.byte(at).to_ascii_lowercase() } else { text.byte(at) };
    match (byte(at + 1), byte(at + 2)) {
        (b's' | b't' | b'm' | b'd', _) => Some(at + 2),
        (b'r' | b'v', b'e') | (b'l', b'l') => Some(at + 3),
        (0xc5, 0xbf) if folds => Some(at + 3),
        _ => None,
    }
}

/// A run of white space, and what the patterns ask of it.
pub(super) struct WhiteSpace {
    start: usize,
    /// Where the run ends.
    pub end: usize,
    /// Where its last line break ends, if it has one.
    pub after_newline: Option<usize>,
}

/// Returns the run of white space that begins at `start`, which is not empty.
#[inline]
pub(super) fn white_space(text: &dyn Source, start: usize) -> WhiteSpace {
    let end = text.run(start, WHITE_SPACE);
    WhiteSpace { start, end, after_newline: text.last(start, end, NEWLINE) }
}

impl WhiteSpace {
    /// `\s+(?!\S)|\s+`: returns the end of the run less its last code point, so that a word can take that one
    /// as its prefix, unless the text ends here or the run is that one code point.
    #[inline]
    pub fn end_before_word(&self, text: &dyn Source, is_last: bool) -> usize {
        let last = text.before(self.end);
        if last == self.start || is_last { self.end } else { last }
    }
}
