//! What some encodings do to a text before it is cut and merged, and where that changes it.
//!
//! The Unicode Normalization Form C is a library's and in a page the host's. Which code points it can change is a table of
//! the Unicode version that the reference has (`unicode/table.rs`), so that a host that knows more changes no more.

use crate::unicode::{self, Class};
use crate::utf16;
use std::ops::Range;

/// What an encoding does to a text first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Normalizer {
    /// Nothing.
    None,
    /// Unicode's Normalization Form C, as of Unicode 9.0: that is the version of Hugging Face's `tokenizers`.
    Nfc,
    /// U+2581, which stands for a space in `SentencePiece`'s vocabularies, is a space.
    Spaces,
    /// That, and a space stands before every text.
    PrefixedSpaces,
    /// U+2581 is a space, and one stands before a text that does not begin with one; not behind an added token.
    FirstSpace,
    /// The same, behind an added token too.
    LeadingSpace,
    /// A space stands before a text that does not begin with one, behind an added token too.
    ByteSpace,
}

/// A part of a text that the normalizer changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Altered {
    /// The byte of the normalized text at which it begins.
    pub at: usize,
    /// How many bytes it has there.
    pub length: usize,
    /// What it was before.
    pub original: Box<[u8]>,
}

impl Altered {
    pub fn moved_by(mut self, bytes: usize) -> Self {
        self.at += bytes;
        self
    }
}

/// A text, which may hold lone surrogates, as the tokenizer reads it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Normalized {
    pub text: Vec<u8>,
    /// In order.
    pub altered: Vec<Altered>,
}

/// U+2581 in UTF-8.
const META_SPACE: [u8; 3] = [0xe2, 0x96, 0x81];

impl Normalizer {
    /// Every normalizer; its place is its number in a packed vocabulary.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Nfc,
        Self::Spaces,
        Self::PrefixedSpaces,
        Self::FirstSpace,
        Self::LeadingSpace,
        Self::ByteSpace,
    ];

    /// Returns whether a space may stand before a text that has none there.
    pub(crate) fn prefixes(self) -> bool {
        matches!(self, Self::PrefixedSpaces | Self::FirstSpace | Self::LeadingSpace | Self::ByteSpace)
    }

    /// Returns whether a code point can change with what stands before it. Every other one begins something new: what it
    /// becomes, and what all behind it do, depends on nothing before it.
    pub(crate) fn joins(self, bytes: &[u8]) -> bool {
        self == Self::Nfc && effect(bytes) == Effect::Joins
    }

    /// Normalizes a text, or a part of one that begins and ends where something new does. Returns nothing if it stays as it
    /// is.
    pub(crate) fn apply(self, text: &[u8], is_start: bool) -> Option<Normalized> {
        match self {
            Self::None => None,
            Self::Nfc => compose(text),
            Self::Spaces => spaces(text, false),
            Self::PrefixedSpaces => spaces(text, is_start),
            Self::FirstSpace | Self::LeadingSpace => {
                spaces(text, is_start && !text.starts_with(b" ") && !text.starts_with(&META_SPACE))
            }
            Self::ByteSpace => {
                let (first, rest) =
                    text.split_at(text.first().map_or(0, |&first| utf16::length(first).min(text.len())));
                if !is_start || first.is_empty() || first == b" " {
                    return None;
                }
                let mut done = Normalized::default();
                done.push_altered(&[b" ", first].concat(), first);
                done.text.extend_from_slice(rest);
                Some(done)
            }
        }
    }
}

impl From<Vec<u8>> for Normalized {
    fn from(text: Vec<u8>) -> Self {
        Self { text, altered: Vec::new() }
    }
}

impl Normalized {
    pub fn append(&mut self, other: Self) {
        let begin = self.text.len();
        self.text.extend_from_slice(&other.text);
        self.altered.extend(other.altered.into_iter().map(|altered| altered.moved_by(begin)));
    }

    /// Returns the text of a text that had no lone surrogates.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text).unwrap_or_default()
    }

    /// Appends a part that may have changed. The code points that are the same at its two ends did not.
    fn push(&mut self, altered: &[u8], original: &[u8]) {
        let is_border = |at: usize| altered.get(at).is_none_or(|&byte| !utf16::is_continuation(byte));
        let mut before = altered.iter().zip(original).take_while(|(a, b)| a == b).count();
        while !is_border(before) {
            before -= 1;
        }
        let (rest, original) = (&altered[before..], &original[before..]);
        let mut behind = rest.iter().rev().zip(original.iter().rev()).take_while(|(a, b)| a == b).count();
        while behind > 0 && !is_border(altered.len() - behind) {
            behind -= 1;
        }
        self.text.extend_from_slice(&altered[..before]);
        self.push_altered(&rest[..rest.len() - behind], &original[..original.len() - behind]);
        self.text.extend_from_slice(&altered[altered.len() - behind..]);
    }

    pub fn push_altered(&mut self, altered: &[u8], original: &[u8]) {
        if altered != original {
            let (at, length) = (self.text.len(), altered.len());
            self.altered.push(Altered { at, length, original: original.into() });
        }
        self.text.extend_from_slice(altered);
    }
}

/// Walks over a normalized text and tells the code units of the original that stand before its bytes.
pub(crate) struct Units<'a> {
    text: &'a [u8],
    altered: &'a [Altered],
    at: usize,
    passed: usize,
}

impl<'a> Units<'a> {
    pub fn new(text: &'a [u8], altered: &'a [Altered]) -> Self {
        Self { text, altered, at: 0, passed: 0 }
    }

    /// Returns the code units before the byte `at`, which is not before the last one that was asked for. A character, or
    /// a part that was changed, that is under way there does not count.
    pub fn before(&mut self, at: usize) -> usize {
        while self.at < at {
            let end = match self.altered.first() {
                Some(next) if next.at == self.at => {
                    if next.at + next.length > at {
                        break;
                    }
                    self.passed += utf16::units(&next.original);
                    self.at += next.length;
                    self.altered = &self.altered[1..];
                    continue;
                }
                Some(next) => at.min(next.at),
                None => at,
            };
            let mut end = end;
            while end > self.at && self.text.get(end).is_some_and(|&byte| utf16::is_continuation(byte)) {
                end -= 1;
            }
            if end == self.at {
                break;
            }
            self.passed += utf16::units(&self.text[self.at..end]);
            self.at = end;
        }
        self.passed
    }
}

fn spaces(text: &[u8], prefix: bool) -> Option<Normalized> {
    if !prefix && meta_space(text, 0) == text.len() {
        return None;
    }
    let mut done = Normalized::default();
    let mut at = 0;
    while let Some(&first) = text.get(at) {
        let (is_start, next) = (prefix && at == 0, meta_space(text, at));
        let end = match next {
            // The space is put before the first character, so that every part has code units.
            _ if is_start => text.len().min(utf16::length(first)),
            _ if next == at => at + META_SPACE.len(),
            _ => next,
        };
        let original = &text[at..end];
        let part = if original == META_SPACE { b" " } else { original };
        if is_start {
            done.push_altered(&[b" ", part].concat(), original);
        } else {
            done.push_altered(part, original);
        }
        at = end;
    }
    Some(done)
}

/// Returns where the next U+2581 is, from a byte on, or the length of the text.
fn meta_space(text: &[u8], from: usize) -> usize {
    let is_next = |bytes: &[u8]| bytes[0] == META_SPACE[0] && bytes == META_SPACE;
    text[from..].windows(META_SPACE.len()).position(is_next).map_or(text.len(), |at| from + at)
}

/// Normalizes the stretches that can change: a code point that changes alone, and all that joins what stands before it with
/// that.
fn compose(text: &[u8]) -> Option<Normalized> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    let (mut at, mut before) = (0, 0);
    while let Some(&first) = text.get(at) {
        let end = at + utf16::length(first);
        let effect = if first < 0xcc { Effect::None } else { effect(&text[at..]) };
        if effect == Effect::Joins {
            match stretches.last_mut() {
                Some(last) if last.end == at => last.end = end,
                _ if is_barrier(&text[before..]) => stretches.push(at..end),
                _ => stretches.push(before..end),
            }
        } else if effect == Effect::Changes {
            stretches.push(at..end);
        }
        (before, at) = (at, end);
    }
    if stretches.is_empty() {
        return None;
    }
    // One call for all: a control begins no stretch, and changes nothing around it.
    let mut joined = String::new();
    for stretch in &stretches {
        joined.push_str(std::str::from_utf8(&text[stretch.clone()]).unwrap_or_default());
        joined.push('\0');
    }
    let composed = old_nfc(&joined);
    let mut done = Normalized::default();
    let mut at = 0;
    for (stretch, composed) in stretches.iter().zip(composed.split('\0')) {
        done.text.extend_from_slice(&text[at..stretch.start]);
        done.push(composed.as_bytes(), &text[stretch.clone()]);
        at = stretch.end;
    }
    done.text.extend_from_slice(&text[at..]);
    Some(done)
}

/// What composing does with a code point.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    None,
    /// It can become something else, whatever stands before it.
    Changes,
    /// It can become something with what stands before it.
    Joins,
}

fn effect(bytes: &[u8]) -> Effect {
    let c = utf16::code_point(bytes);
    let joins = match utf16::class(bytes) {
        // Most of Chinese and Japanese; the table has none of them.
        Class::Ideograph | Class::Kana | Class::Added => return Effect::None,
        Class::Mark | Class::KanaMark => true,
        _ => matches!(c, 0x1161..=0x1175 | 0x11a8..=0x11c2),
    };
    if joins {
        if unicode::is_newer(c) { Effect::None } else { Effect::Joins }
    } else if c >= 0x300 && unicode::changes(c) {
        Effect::Changes
    } else {
        Effect::None
    }
}

/// Returns whether the code point changes with nothing behind it: a control, half a pair or what stands for one, or what the reference
/// does not know.
fn is_barrier(bytes: &[u8]) -> bool {
    let c = utf16::code_point(bytes);
    c < 0x20 || c == 0xfffd || c > 0x10_ffff || utf16::is_lone(bytes) || unicode::is_newer(c)
}

/// Returns a text in form C, as of Unicode 9.0 where the host's version is not asked for.
#[cfg(not(target_arch = "wasm32"))]
fn old_nfc(text: &str) -> String {
    use unicode_normalization_alignments::UnicodeNormalization;
    text.nfc().map(|(c, _)| c).collect()
}

/// Returns a text in form C, as of the newest version of Unicode that there is here.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn nfc(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}

#[cfg(target_arch = "wasm32")]
use nfc as old_nfc;

#[cfg(target_arch = "wasm32")]
pub(crate) fn nfc(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_that_is_written_otherwise_is_found_wherever_it_is() {
        for filler in ["a", "中", "—"] {
            for (before, behind) in (0..200).flat_map(|before| [0, 1, 70].map(|behind| (before, behind))) {
                let text = [&filler.repeat(before), "▁", &filler.repeat(behind), "▁"].concat();
                let done = Normalizer::Spaces.apply(text.as_bytes(), true).unwrap();
                assert_eq!(done.as_str(), text.replace('▁', " "));
                let at: Vec<usize> = done.altered.iter().map(|altered| altered.at).collect();
                assert_eq!(at, [filler.len() * before, filler.len() * (before + behind) + 1]);
            }
        }
        assert!(Normalizer::Spaces.apply("—".repeat(100).as_bytes(), true).is_none());
    }
}
