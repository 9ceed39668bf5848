//! The splitter of `cl100k_base`.

use super::Splitter;
use super::scan::{Step, contraction, numbers, run, run_of_bytes, step, white_space};
use crate::unicode::Class;

/// Cuts as this pattern does, the alternatives tried from the left (`PyPI`'s `tiktoken` 0.14.0, `cl100k_base`):
///
/// ```text
/// '(?i:[sdmt]|ll|ve|re) | [^\r\n\p{L}\p{N}]?+\p{L}++ | \p{N}{1,3}+ |  ?[^\s\p{L}\p{N}]++[\r\n]*+
/// | \s++$ | \s*[\r\n] | \s+(?!\S) | \s
/// ```
pub(crate) struct Cl100k;

impl Splitter for Cl100k {
    #[inline]
    fn piece_end(text: &str, start: usize) -> usize {
        let Some(first) = step(text, start) else { return start };
        if let Some(end) = contraction(text, start) {
            return end;
        }
        match first.class {
            Class::Upper | Class::Lower | Class::Caseless => run(text, first.end, Class::is_letter),
            Class::Number => numbers(text, start),
            Class::Newline => white_space_end(text, start),
            Class::Space | Class::Mark | Class::Other => {
                let next = step(text, first.end);
                if next.is_some_and(|next| next.class.is_letter()) {
                    return run(text, first.end, Class::is_letter);
                }
                if first.class != Class::Space {
                    return symbols_end(text, start);
                }
                match next {
                    Some(Step { class: Class::Mark | Class::Other, .. })
                        if text.as_bytes()[start] == b' ' =>
                    {
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
fn symbols_end(text: &str, at: usize) -> usize {
    let end = run(text, at, |class| matches!(class, Class::Mark | Class::Other));
    run_of_bytes(text, end, b"\r\n")
}

/// `\s++$|\s*[\r\n]|\s+(?!\S)|\s`
#[inline]
fn white_space_end(text: &str, start: usize) -> usize {
    let space = white_space(text, start);
    if space.end == text.len() {
        return space.end;
    }
    space.after_newline.unwrap_or_else(|| space.end_before_word(text, start))
}
