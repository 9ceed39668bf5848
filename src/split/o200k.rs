//! The splitter of `o200k_base`.

use super::Splitter;
use super::source::{NEWLINE, SYMBOL, Source, Step, contraction, numbers, white_space};
use crate::unicode::{Class, Classes};

/// Cuts as this pattern does, the alternatives tried from the left (`PyPI`'s `tiktoken` 0.14.0, `o200k_base`):
///
/// ```text
///   [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
/// | [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
/// | \p{N}{1,3} |  ?[^\s\p{L}\p{N}]+[\r\n/]* | \s*[\r\n]+ | \s+(?!\S) | \s+
/// ```
pub(crate) struct O200k;

impl Splitter for O200k {
    const READS_PAST: usize = 2;

    #[inline]
    fn piece_end(text: &(impl Source + ?Sized), start: usize) -> usize {
        let Some(first) = text.step(start) else { return start };
        match first.class {
            Class::Upper | Class::Lower | Class::Caseless => word_end(text, start),
            Class::Mark => mark_end(text, start, first.end),
            Class::Number => numbers(text, start),
            Class::Newline => white_space_end(text, start),
            Class::Space | Class::Other | Class::Slash => {
                let next = text.step(first.end);
                match next {
                    Some(Step { class, .. }) if class.is_letter() || class == Class::Mark => {
                        word_end(text, first.end)
                    }
                    _ if first.class != Class::Space => symbols_end(text, start),
                    Some(Step { class: Class::Other | Class::Slash, .. }) if text.byte(start) == b' ' => {
                        symbols_end(text, first.end)
                    }
                    _ => white_space_end(text, start),
                }
            }
        }
    }
}

/// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`: what a word may begin with.
const HEAD: Classes = Classes::of(&[Class::Upper, Class::Caseless, Class::Mark]);
/// `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`: what a word may go on with.
const TAIL: Classes = Classes::of(&[Class::Lower, Class::Caseless, Class::Mark]);
const HEAD_AND_TAIL: Classes = Classes::of(&[Class::Caseless, Class::Mark]);

/// What the first alternative finds where a letter or mark stands.
enum Word {
    /// It matches up to here, without the contraction.
    Ends(usize),
    /// It does not match: all is upper case, up to here.
    UpperCase(usize),
}

/// `head* tail+`. The greedy `head*` gives back what `tail+` needs: if nothing that is only a tail follows, the
/// match ends behind the last code point that is both.
#[inline]
fn word(text: &(impl Source + ?Sized), start: usize) -> Word {
    let end = text.run(start, HEAD);
    match text.step(end) {
        Some(Step { class: Class::Lower, end }) => Word::Ends(text.run(end, TAIL)),
        _ => text.last(start, end, HEAD_AND_TAIL).map_or(Word::UpperCase(end), Word::Ends),
    }
}

#[inline]
fn with_contraction(text: &(impl Source + ?Sized), end: usize) -> usize {
    contraction(text, end).unwrap_or(end)
}

/// The first two alternatives, behind the optional prefix, where a letter or mark stands at `start`.
#[inline]
fn word_end(text: &(impl Source + ?Sized), start: usize) -> usize {
    match word(text, start) {
        Word::Ends(end) | Word::UpperCase(end) => with_contraction(text, end),
    }
}

/// The first two alternatives where the prefix may be the mark at `start` itself, which ends at `after`.
///
/// With the mark as prefix the first alternative wants a tail behind it. Without a prefix it always matches,
/// because a mark is a tail; so the second alternative never has its turn.
#[inline]
fn mark_end(text: &(impl Source + ?Sized), start: usize, after: usize) -> usize {
    if let Word::Ends(end) = word(text, after) {
        return with_contraction(text, end);
    }
    word_end(text, start)
}

/// `[^\s\p{L}\p{N}]+[\r\n/]*`
#[inline]
fn symbols_end(text: &(impl Source + ?Sized), at: usize) -> usize {
    text.run(text.run(at, SYMBOL), NEWLINE.and(SLASH))
}

const SLASH: Classes = Classes::of(&[Class::Slash]);

/// `\s*[\r\n]+|\s+(?!\S)|\s+`
#[inline]
fn white_space_end(text: &(impl Source + ?Sized), start: usize) -> usize {
    let space = white_space(text, start);
    space.after_newline.unwrap_or_else(|| space.end_before_word(text))
}
