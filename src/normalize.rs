//! What some encodings do to a text before it is cut and merged, and where that changes it.
//!
//! The Unicode Normalization Form C is a library's and in a page the host's. Which code points it can change is a table of
//! the Unicode version that the reference has (`unicode/table.rs`), so that a host that knows more changes no more.

use crate::unicode::{self, Class};
use crate::utf16;

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
    pub const ALL: [Self; 4] = [Self::None, Self::Nfc, Self::Spaces, Self::PrefixedSpaces];

    /// Returns whether a code point can change with what stands before it. Every other one begins something new: what it
    /// becomes, and what all behind it do, depends on nothing before it.
    pub(crate) fn joins(self, bytes: &[u8]) -> bool {
        self == Self::Nfc && is_active(bytes)
    }

    /// Normalizes a text, or a part of one that begins and ends where something new does. Returns nothing if it stays as it
    /// is.
    pub(crate) fn apply(self, text: &[u8], is_start: bool) -> Option<Normalized> {
        match self {
            Self::None => None,
            Self::Nfc => compose(text),
            Self::Spaces => spaces(text, false),
            Self::PrefixedSpaces => spaces(text, is_start),
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

    fn push(&mut self, altered: &[u8], original: &[u8]) {
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
    units: usize,
}

impl<'a> Units<'a> {
    pub fn new(text: &'a [u8], altered: &'a [Altered]) -> Self {
        Self { text, altered, at: 0, units: 0 }
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
                    self.units += utf16::units(&next.original);
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
            self.units += utf16::units(&self.text[self.at..end]);
            self.at = end;
        }
        self.units
    }
}

fn spaces(text: &[u8], prefix: bool) -> Option<Normalized> {
    if !prefix && !text.windows(3).any(|bytes| bytes == META_SPACE) {
        return None;
    }
    let mut done = Normalized::default();
    let mut at = 0;
    while let Some(&first) = text.get(at) {
        let original = &text[at..text.len().min(at + utf16::length(first))];
        let character = if original == META_SPACE { b" " } else { original };
        if prefix && at == 0 {
            done.push(&[b" ", character].concat(), original);
        } else {
            done.push(character, original);
        }
        at += original.len();
    }
    Some(done)
}

/// Normalizes the stretches that hold a code point which can change, each with the code point before it.
fn compose(text: &[u8]) -> Option<Normalized> {
    let mut stretches = Vec::new();
    let (mut at, mut starter) = (0, 0);
    while let Some(&first) = text.get(at) {
        if first >= 0xcc && is_active(&text[at..]) {
            let begin = starter;
            while text.get(at).is_some_and(|&first| first >= 0xcc && is_active(&text[at..])) {
                at += utf16::length(text[at]);
            }
            stretches.push(begin..at);
            starter = at;
        } else {
            let end = at + utf16::length(first);
            starter = if is_barrier(&text[at..]) { end } else { at };
            at = end;
        }
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
    let composed = host_nfc(&joined);
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

/// Returns whether the code point can change: alone, or with what stands before it.
fn is_active(bytes: &[u8]) -> bool {
    let c = utf16::code_point(bytes);
    c >= 0x300
        && (utf16::class(bytes) == Class::Mark || unicode::composes(c))
        && !unicode::is_newer(c)
}

/// Returns whether the code point changes with nothing behind it: a control, half a pair, or what the reference
/// does not know.
fn is_barrier(bytes: &[u8]) -> bool {
    let c = utf16::code_point(bytes);
    c < 0x20 || utf16::is_lone(bytes) || unicode::is_newer(c)
}

#[cfg(not(target_arch = "wasm32"))]
fn host_nfc(text: &str) -> String {
    use unicode_normalization_alignments::UnicodeNormalization;
    text.nfc().map(|(c, _)| c).collect()
}

#[cfg(target_arch = "wasm32")]
fn host_nfc(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}
