//! The pieces of ASCII, found without asking for code points one by one: most pieces of most texts.
//!
//! What a pattern does at each byte is a table of flags, and letters are passed eight at a time. Where a code point beyond
//! ASCII or the end of the text may have a say, nothing is found and the general way is taken; so both give the same, which
//! a test asks of every pattern.

#![expect(clippy::inline_always, reason = "the wasm build would not inline them, and they run once a piece")]

use super::rules::{Contraction, Rules};
use super::source::{NEWLINE, WHITE_SPACE};
use super::{ASCII_LETTER, Pattern};
use crate::unicode::{Class, Classes};

/// A letter of a word.
const LETTER: u8 = 1;
/// May stand before a word.
const PREFIX: u8 = 2;
const DIGIT: u8 = 4;
const SYMBOL: u8 = 8;
/// May stand behind symbols.
const AFTER: u8 = 16;
const SPACE: u8 = 32;
const BREAK: u8 = 64;
/// Begins a piece that is not found here.
const OTHER: u8 = 128;

/// The highest bit of each byte of a word.
const HIGHS: u64 = each(0x80);

/// The bytes from the beginning of a piece on. Longer pieces are not found here.
type Window = [u8; 32];

/// Splits by the rules of a pattern.
pub(crate) struct Splitter {
    rules: &'static Rules,
    flags: Box<[u8; 256]>,
    /// All bits if an upper-case letter behind a lower-case one begins a new word.
    cased: u64,
}

const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

impl Splitter {
    pub fn new(pattern: Pattern) -> Self {
        let rules = pattern.rules();
        let mut flags = Box::new([OTHER; 256]);
        for (byte, flags) in (0..128).zip(&mut flags[..]) {
            *flags = rules.flags(byte);
        }
        Self { rules, flags, cased: if rules.tails.is_empty() { 0 } else { u64::MAX } }
    }

    /// Returns the end of the piece that begins at `start`, as [`Pattern::piece_end`] does.
    #[inline(always)]
    pub fn piece_end(&self, text: &str, start: usize) -> usize {
        let window = text.as_bytes().get(start..).and_then(|rest| rest.first_chunk());
        match window.and_then(|window| self.length(window)) {
            Some(length) => start + length,
            None => self.piece_end_beyond(text, start),
        }
    }

    /// The general way, apart: within, it would take the registers of this one.
    #[inline(never)]
    fn piece_end_beyond(&self, text: &str, start: usize) -> usize {
        self.rules.piece_end(&text, start)
    }

    #[inline(always)]
    fn flags(&self, byte: u8) -> u8 {
        self.flags[usize::from(byte)]
    }

    /// Returns the length of the piece with which the window begins, if ASCII decides it.
    #[inline(always)]
    fn length(&self, window: &Window) -> Option<usize> {
        let &[first, second, ..] = window;
        let (flags, next) = (self.flags(first), self.flags(second));
        let is_prefix = flags & OTHER == 0 && flags & PREFIX & next << 1 != 0;
        if flags & LETTER != 0 || is_prefix {
            return self.word(window, usize::from(is_prefix));
        }
        if flags & OTHER != 0 || second >= 128 {
            return None;
        }
        if flags & DIGIT != 0 {
            return self.digits(window);
        }
        let is_space = flags & SPACE != 0;
        if !is_space || first == b' ' && next & SYMBOL != 0 {
            return self.symbols(window, usize::from(is_space));
        }
        if first == b' ' && next & DIGIT != 0 && self.rules.spaces_only {
            return None;
        }
        self.space(window)
    }

    /// A word whose first letter stands at `at`.
    #[inline(always)]
    fn word(&self, window: &Window, mut at: usize) -> Option<usize> {
        let mut after_lower = 0;
        loop {
            let word = u64::from_le_bytes(*window.get(at..)?.first_chunk()?);
            let folded = word & !HIGHS | each(0x20);
            let letters = (folded + each(0x80 - b'a')) & !(folded + each(0x80 - b'z' - 1)) & !word & HIGHS;
            let lower = letters & word << 2;
            let breaks = (letters ^ lower) & (lower << 8 | after_lower) & self.cased;
            let stops = letters ^ HIGHS | breaks;
            if stops != 0 {
                at += (stops.trailing_zeros() / 8) as usize;
                break;
            }
            after_lower = lower >> 56;
            at += 8;
        }
        let may_go_on = match window.get(at..at + 2)? {
            [0x80..=0xff, _] => true,
            [b'\'', next] => {
                self.rules.contraction == Contraction::InWord && (*next >= 128 || next.is_ascii_alphabetic())
            }
            _ => false,
        };
        (!may_go_on).then_some(at)
    }

    #[inline]
    fn digits(&self, window: &Window) -> Option<usize> {
        let most = usize::from(self.rules.digits);
        let length = window.iter().take(most).position(|&byte| self.flags(byte) & DIGIT == 0).unwrap_or(most);
        (most > 0 && (length == most || window.get(length)? < &128)).then_some(length)
    }

    #[inline]
    fn symbols(&self, window: &Window, at: usize) -> Option<usize> {
        let mut end = self.run(window, at, SYMBOL)?;
        if self.flags(window[end]) & AFTER != 0 {
            end = self.run(window, end, AFTER)?;
        }
        Some(end)
    }

    #[inline]
    fn space(&self, window: &Window) -> Option<usize> {
        let end = self.run(window, 0, SPACE)?;
        if self.rules.barriers.has(Class::of_ascii(window[end])) {
            return None;
        }
        let is_break = |&byte: &u8| self.flags(byte) & BREAK != 0;
        match window[..end].iter().rposition(is_break) {
            Some(last) if self.rules.lines => Some(last + 1),
            _ => Some(end - usize::from(end > 1)),
        }
    }

    /// Returns where the run of bytes of a flag ends, if ASCII ends it.
    #[inline]
    fn run(&self, window: &Window, at: usize, flag: u8) -> Option<usize> {
        let end = at + window.get(at..)?.iter().position(|&byte| self.flags(byte) & flag == 0)?;
        (window[end] < 128).then_some(end)
    }
}

impl Rules {
    /// Returns what the pattern does at an ASCII byte.
    fn flags(&self, byte: u8) -> u8 {
        let class = Class::of_ascii(byte);
        let flag = |classes: Classes, flag: u8| if classes.has(class) { flag } else { 0 };
        let is_prefix = if self.spaces_only { byte == b' ' } else { self.prefix.has(class) };
        let is_ascii_prefix = self.ascii_words && self.symbols.has(class);
        let flags = flag(self.letters.both(ASCII_LETTER), LETTER)
            | flag(self.numbers, DIGIT)
            | flag(self.symbols, SYMBOL)
            | flag(self.after_symbols, AFTER)
            | flag(WHITE_SPACE, SPACE)
            | flag(NEWLINE, BREAK)
            | if is_prefix || is_ascii_prefix { PREFIX } else { 0 };
        let begins = LETTER | DIGIT | SYMBOL | SPACE;
        let is_contraction = byte == b'\'' && matches!(self.contraction, Contraction::Piece { .. });
        let is_other = flags & begins == 0 || is_contraction || self.alone.has(class);
        flags | if is_other { OTHER } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each piece of all short strings that something stands behind has the end that the general way finds.
    #[test]
    fn both_ways_agree() {
        // ſ is an s to contractions, and １ a digit.
        const ALPHABET: [char; 13] = ['a', 'Z', '7', ' ', '\t', '\n', '\'', 's', '/', '-', '\0', 'ſ', '１'];
        const LENGTH: u32 = 5;
        for pattern in Pattern::ALL {
            let splitter = Splitter::new(pattern);
            for number in 0..ALPHABET.len().pow(LENGTH) {
                let mut rest = number;
                let mut text: String = (0..LENGTH)
                    .map(|_| {
                        let c = ALPHABET[rest % ALPHABET.len()];
                        rest /= ALPHABET.len();
                        c
                    })
                    .collect();
                text += ["aaaaaaaaaA-", "        a", "ZZZZZZZZZé", "''''''''''7"][number % 4];
                let to = text.len();
                // So that a window is full wherever a piece begins.
                text += &"-".repeat(size_of::<Window>());
                let mut start = 0;
                while start < to {
                    let end = pattern.piece_end(&text.as_str(), start);
                    assert_eq!(splitter.piece_end(&text, start), end, "{pattern:?}, {text:?} from {start}");
                    start = end;
                }
            }
        }
    }
}
