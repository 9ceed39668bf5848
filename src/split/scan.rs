//! What the splitters share: reading one code point's class, and the runs that several patterns have.

use crate::unicode::Class;

/// A code point's class, and the byte where the next code point begins.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub class: Class,
    pub end: usize,
}

/// Returns the code point at byte `at` of `text`, or nothing at the end. `at` is on a code point.
#[inline]
pub(super) fn step(text: &str, at: usize) -> Option<Step> {
    let &first = text.as_bytes().get(at)?;
    if first < 128 {
        return Some(Step { class: Class::of_ascii(first), end: at + 1 });
    }
    let c = text[at..].chars().next()?;
    Some(Step { class: Class::of(c), end: at + c.len_utf8() })
}

/// Returns where the run of code points whose class is `wanted` ends that begins at `at`.
#[inline]
pub(super) fn run(text: &str, mut at: usize, wanted: impl Fn(Class) -> bool) -> usize {
    while let Some(Step { class, end }) = step(text, at) {
        if !wanted(class) {
            break;
        }
        at = end;
    }
    at
}

/// Returns where the run of the ASCII `bytes` ends that begins at `at`.
#[inline]
pub(super) fn run_of_bytes(text: &str, at: usize, bytes: &[u8]) -> usize {
    at + text.as_bytes()[at..].iter().take_while(|byte| bytes.contains(byte)).count()
}

/// `\p{N}{1,3}`: returns where the numbers end that begin at `at`, three at the most.
#[inline]
pub(super) fn numbers(text: &str, mut at: usize) -> usize {
    for _ in 0..3 {
        match step(text, at) {
            Some(Step { class: Class::Number, end }) => at = end,
            _ => break,
        }
    }
    at
}

/// `(?i:'s|'t|'re|'ve|'m|'ll|'d)`: returns where the contraction ends that begins at `at`, if there is one.
///
/// Case is folded as Unicode does, so the long s (U+017F) counts as an s.
#[inline]
pub(super) fn contraction(text: &str, at: usize) -> Option<usize> {
    let rest = &text.as_bytes()[at..];
    if *rest.first()? != b'\'' {
        return None;
    }
    let lower = |i: usize| rest.get(i).map(u8::to_ascii_lowercase);
    match (lower(1)?, lower(2)) {
        (b's' | b't' | b'm' | b'd', _) => Some(at + 2),
        (b'r' | b'v', Some(b'e')) | (b'l', Some(b'l')) | (0xc5, Some(0xbf)) => Some(at + 3),
        _ => None,
    }
}

/// A run of white space, and what the patterns ask of it.
pub(super) struct WhiteSpace {
    /// Where the run ends.
    pub end: usize,
    /// Where its last code point begins.
    pub last: usize,
    /// Where its last line break ends, if it has one.
    pub after_newline: Option<usize>,
}

/// Returns the run of white space that begins at `start`.
#[inline]
pub(super) fn white_space(text: &str, start: usize) -> WhiteSpace {
    let mut found = WhiteSpace { end: start, last: start, after_newline: None };
    while let Some(Step { class, end }) = step(text, found.end) {
        if !class.is_white_space() {
            break;
        }
        found.last = found.end;
        found.end = end;
        if class == Class::Newline {
            found.after_newline = Some(end);
        }
    }
    found
}

impl WhiteSpace {
    /// `\s+(?!\S)|\s+`: returns the end of the run less its last code point, so that a word can take that one
    /// as its prefix, unless the text ends here or the run is that one code point.
    #[inline]
    pub fn end_before_word(&self, text: &str, start: usize) -> usize {
        if self.end == text.len() || self.last == start { self.end } else { self.last }
    }
}
