//! The splitter of `o200k_base`.

use super::Splitter;
use super::scan::{Step, contraction, numbers, run, run_of_bytes, step, white_space};
use crate::unicode::Class;

/// Cuts as this pattern does, the alternatives tried from the left (`PyPI`'s `tiktoken` 0.14.0, `o200k_base`):
///
/// ```text
///   [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
/// | [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
/// | \p{N}{1,3} |  ?[^\s\p{L}\p{N}]+[\r\n/]* | \s*[\r\n]+ | \s+(?!\S) | \s+
/// ```
pub(crate) struct O200k;

impl Splitter for O200k {
    #[inline]
    fn piece_end(text: &str, start: usize) -> usize {
        let Some(first) = step(text, start) else { return start };
        match first.class {
            Class::Upper | Class::Lower | Class::Caseless => word_end(text, start),
            Class::Mark => mark_end(text, start, first.end),
            Class::Number => numbers(text, start),
            Class::Newline => white_space_end(text, start),
            Class::Space | Class::Other => {
                let next = step(text, first.end);
                match next {
                    Some(Step { class, .. }) if class.is_letter() || class == Class::Mark => {
                        word_end(text, first.end)
                    }
                    _ if first.class == Class::Other => symbols_end(text, start),
                    Some(Step { class: Class::Other, .. }) if text.as_bytes()[start] == b' ' => {
                        symbols_end(text, first.end)
                    }
                    _ => white_space_end(text, start),
                }
            }
        }
    }
}

/// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`: what a word may begin with.
#[inline]
fn is_head(class: Class) -> bool {
    matches!(class, Class::Upper | Class::Caseless | Class::Mark)
}

/// `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`: what a word may go on with.
#[inline]
fn is_tail(class: Class) -> bool {
    matches!(class, Class::Lower | Class::Caseless | Class::Mark)
}

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
fn word(text: &str, start: usize) -> Word {
    let mut at = start;
    let mut after_both = None;
    while let Some(Step { class, end }) = step(text, at) {
        if class == Class::Lower {
            return Word::Ends(run(text, end, is_tail));
        }
        if !is_head(class) {
            break;
        }
        if class != Class::Upper {
            after_both = Some(end);
        }
        at = end;
    }
    after_both.map_or(Word::UpperCase(at), Word::Ends)
}

#[inline]
fn with_contraction(text: &str, end: usize) -> usize {
    contraction(text, end).unwrap_or(end)
}

/// The first two alternatives, behind the optional prefix, where a letter or mark stands at `start`.
#[inline]
fn word_end(text: &str, start: usize) -> usize {
    match word(text, start) {
        Word::Ends(end) | Word::UpperCase(end) => with_contraction(text, end),
    }
}

/// The first two alternatives where the prefix may be the mark at `start` itself, which ends at `after`.
///
/// With the mark as prefix the first alternative wants a tail behind it. Without a prefix it always matches,
/// because a mark is a tail; so the second alternative never has its turn.
#[inline]
fn mark_end(text: &str, start: usize, after: usize) -> usize {
    if let Word::Ends(end) = word(text, after) {
        return with_contraction(text, end);
    }
    word_end(text, start)
}

/// `[^\s\p{L}\p{N}]+[\r\n/]*`
#[inline]
fn symbols_end(text: &str, at: usize) -> usize {
    let end = run(text, at, |class| matches!(class, Class::Mark | Class::Other));
    run_of_bytes(text, end, b"\r\n/")
}

/// `\s*[\r\n]+|\s+(?!\S)|\s+`
#[inline]
fn white_space_end(text: &str, start: usize) -> usize {
    let space = white_space(text, start);
    space.after_newline.unwrap_or_else(|| space.end_before_word(text, start))
}
