//! A text under edit of which only the count is known, not where tokens end: it is kept as parts whose counts add up.

use super::LiveText;
use crate::claude::{Claude, Line, Part};

/// A part is cut when it has more than twice as many bytes, and joins the next one when it has less than a quarter.
const PART: usize = 512;

/// A part of the text and its count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    pub bytes: usize,
    pub tokens: usize,
}

/// What changed: the bytes of the new text, and the tokens that are in them now.
pub(super) struct Recounted {
    pub from: usize,
    pub to: usize,
    pub added: usize,
}

impl LiveText {
    /// Counts the parts anew that an edit touched, which replaced bytes at `at`. A border holds while the characters on
    /// its two sides do.
    pub(super) fn recount(
        &mut self,
        (claude, line): (&Claude, Line),
        at: usize,
        removed: usize,
        inserted: usize,
    ) -> Recounted {
        let total = self.tree.sum().bytes;
        let (mut first, mut from) = (0, 0);
        while let Some(part) = self.parts.get(first).filter(|part| from + part.bytes < at) {
            from += part.bytes;
            first += 1;
        }
        let (mut behind, mut end) = (first, from);
        while let Some(part) = self.parts.get(behind)
            && (end <= at + removed || end + inserted - removed < from + PART / 4)
        {
            end += part.bytes;
            behind += 1;
        }
        let to = end + inserted - removed;
        let mut buffer = Vec::new();
        let view = self.view();
        let text = view.bytes(from, to, &mut buffer);
        let text = std::str::from_utf8(&text.bytes[text.from..text.to]).unwrap_or_default();
        let mut parts = Vec::new();
        let mut done = 0;
        loop {
            let end = if text.len() - done <= 2 * PART {
                text.len()
            } else {
                claude.next_border(text, done + PART)
            };
            let part = Part {
                text: text.get(done..end).unwrap_or_default(),
                is_first: from + done == 0,
                is_last: from + end == total,
            };
            parts.push(Counted { bytes: end - done, tokens: claude.count_part(part, line) });
            done = end;
            if done == text.len() {
                break;
            }
        }
        let added = parts.iter().map(|part| part.tokens).sum();
        self.parts.splice(first..behind, parts);
        Recounted { from, to, added }
    }

    /// Returns about how many tokens stand before a byte.
    pub(super) fn tokens_before(&self, at: usize) -> usize {
        let (mut from, mut tokens) = (0, 0);
        for part in &self.parts {
            if from + part.bytes > at {
                return tokens + part.tokens * (at - from) / part.bytes;
            }
            from += part.bytes;
            tokens += part.tokens;
        }
        tokens
    }

    /// Returns about where so many tokens end, on a code point.
    pub(super) fn byte_behind(&self, tokens: usize) -> usize {
        let (mut from, mut left) = (0, tokens);
        for part in &self.parts {
            if left < part.tokens {
                return self.view().code_point_start(from + part.bytes * left / part.tokens);
            }
            from += part.bytes;
            left -= part.tokens;
        }
        from
    }
}
