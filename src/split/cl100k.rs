//! The splitter of `cl100k_base`.

use super::Splitter;
use super::source::{LETTER, NEWLINE, SYMBOL, Source, Step, contraction, numbers, white_space};
use crate::unicode::Class;

/// Cuts as this pattern does, the alternatives tried from the left (`PyPI`'s `tiktoken` 0.14.0, `cl100k_base`):
///
/// ```text
/// '(?i:[sdmt]|ll|ve|re) | [^\r\n\p{L}\p{N}]?+\p{L}++ | \p{N}{1,3}+ |  ?[^\s\p{L}\p{N}]++[\r\n]*+
/// | \s++$ | \s*[\r\n] | \s+(?!\S) | \s
/// ```
pub(crate) struct Cl100k;

impl Splitter for Cl100k {
    const READS_PAST: usize = 2;

    #[inline]
    fn piece_end(text: &(impl Source + ?Sized), start: usize) -> usize {
        let Some(first) = text.step(start) else { return start };
        if let Some(end) = contraction(text, start) {
            return end;
        }
        match first.class {
            Class::Upper | Class::Lower | Class::Caseless => text.run(first.end, LETTER),
            Class::Number => numbers(text, start),
            Class::Newline => white_space_end(text, start),
            Class::Space | Class::Mark | Class::Other | Class::Slash => {
                let next = text.step(first.end);
                if next.is_some_and(|next| next.class.is_letter()) {
                    return text.run(first.end, LETTER);
                }
                if first.class != Class::Space {
                    return symbols_end(text, start);
                }
                match next {
                    Some(Step { class, .. }) if SYMBOL.has(class) && text.byte(start) == b' ' => {
                        symbols_end(text, first.end)
                    }
                    _ => white_space_end(text, start),
                }
            }
        }
    }
}

/// `[^\s\p{L}\p{N}]++[\r\n]*+`
#[inline]
fn symbols_end(text: &(impl Source + ?Sized), at: usize) -> usize {
    text.run(text.run(at, SYMBOL), NEWLINE)
}

/// `\s++$|\s*[\r\n]|\s+(?!\S)|\s`
#[inline]
fn white_space_end(text: &(impl Source + ?Sized), start: usize) -> usize {
    let space = white_space(text, start);
    match space.after_newline {
        Some(end) if text.step(space.end).is_some() => end,
        _ => space.end_before_word(text),
    }
}
