//! What of a text fits into so many tokens, and how a text is split into parts that do. Cuts are between graphemes.
//!
//! A part's own count is what matters, and it does not grow with the part at each step: one letter more can make it
//! smaller. So a cut is looked for from where the whole text passes the limit, grapheme by grapheme, until the part is
//! within the limit and one more grapheme would not be.

use super::cursor::Cursor;
use super::{LiveText, graphemes};
use crate::encoding::Encoding;
use crate::error::{Error, ErrorKind};
use crate::split::Source;
use std::sync::Arc;

/// Which end of a text is kept when it does not fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The beginning.
    #[default]
    Start,
    /// The end.
    End,
}

/// The part of a text that fits. Positions are UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Where the part begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// How many tokens it is when it stands alone.
    pub tokens: usize,
    /// Whether it is less than the whole text.
    pub truncated: bool,
}

/// A part of a text that was split. Positions are UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Where the part begins.
    pub from: usize,
    /// Where it ends, and the next one begins.
    pub to: usize,
    /// How many tokens it is when it stands alone.
    pub tokens: usize,
}

/// Code units beyond the limit in tokens that are looked at to find the cut: no token of a text is longer in graphemes.
const SLICE: usize = 1 << 15;

impl Encoding {
    /// Returns the part of a text that is at most `limit` tokens and would be more with one grapheme more.
    ///
    /// # Complexity
    /// Linear in the bytes of the part that is kept.
    #[must_use]
    pub fn fit(self: &Arc<Self>, text: &str, limit: usize, keep: Keep) -> Fit {
        let mut live = LiveText::new(self.clone(), "");
        let mut rest = text;
        let mut skipped = 0;
        // The count of a beginning of the text says that the whole is too much only when it is much too much.
        while !rest.is_empty() && live.tokens() <= limit.saturating_add(SLICE) {
            let at = match keep {
                Keep::Start => rest.floor_char_boundary(SLICE),
                Keep::End => rest.ceil_char_boundary(rest.len().saturating_sub(SLICE)),
            };
            let (first, second) = rest.split_at(at);
            match keep {
                Keep::Start => live.insert(live.len(), first),
                Keep::End => live.insert(0, second),
            }
            rest = if keep == Keep::Start { second } else { first };
            skipped = rest.len();
        }
        let mut fit = live.fit(limit, keep);
        fit.truncated |= skipped > 0;
        if keep == Keep::End {
            let before = text[..skipped].encode_utf16().count();
            (fit.from, fit.to) = (fit.from + before, fit.to + before);
        }
        fit
    }

    /// Returns the parts of a text that are at most `limit` tokens each and would be more with one grapheme more.
    ///
    /// # Errors
    /// As [`LiveText::split`].
    ///
    /// # Complexity
    /// Linear in the bytes of the text.
    pub fn split(self: &Arc<Self>, text: &str, limit: usize) -> Result<Vec<Chunk>, Error> {
        LiveText::new(self.clone(), text).split(limit)
    }
}

impl LiveText {
    /// Returns the part of the text that is at most `limit` tokens and would be more with one grapheme more.
    ///
    /// # Complexity
    /// A few times that of [`count_range`](Self::count_range).
    #[must_use]
    pub fn fit(&self, limit: usize, keep: Keep) -> Fit {
        let end = self.tree.sum().bytes;
        let (from, to) = if self.tokens() <= limit {
            (0, end)
        } else if keep == Keep::Start {
            (0, self.fit_behind(0, limit))
        } else {
            (self.fit_before(limit), end)
        };
        Fit {
            from: self.unit_of(from),
            to: self.unit_of(to),
            tokens: self.count_bytes(from, to),
            truncated: (from, to) != (0, end),
        }
    }

    /// Returns the parts of the text, in order and without a gap, that are at most `limit` tokens each and would be
    /// more with one grapheme more. A grapheme that alone is more than the limit is cut between its code points.
    ///
    /// # Errors
    /// [`ErrorKind::LimitTooSmall`] if a code point is more than the limit.
    ///
    /// # Complexity
    /// For each part a few times that of [`count_range`](Self::count_range).
    pub fn split(&self, limit: usize) -> Result<Vec<Chunk>, Error> {
        let mut chunks = Vec::new();
        let mut from = 0;
        while from < self.tree.sum().bytes {
            let mut to = self.fit_behind(from, limit);
            if to == from {
                to = self.fit_code_points(from, limit)?;
            }
            let tokens = self.count_bytes(from, to);
            chunks.push(Chunk { from: self.unit_of(from), to: self.unit_of(to), tokens });
            from = to;
        }
        Ok(chunks)
    }

    /// Returns where a part ends that begins at the byte `from` and fits.
    fn fit_behind(&self, from: usize, limit: usize) -> usize {
        let before = Cursor::new(&self.tree, from).counts().0;
        let mut to = self
            .grapheme_at(Cursor::on_token(&self.tree, before.saturating_add(limit)).at().max(from))
            .max(from);
        let fits = |to| self.count_bytes(from, to) <= limit;
        if fits(to) {
            while to < self.tree.sum().bytes {
                let next = graphemes::next(&self.tree, to);
                if !fits(next) {
                    break;
                }
                to = next;
            }
            return to;
        }
        while to > from && !fits(to) {
            to = graphemes::previous(&self.tree, to).max(from);
        }
        to
    }

    /// Returns where a part begins that ends with the text and fits.
    fn fit_before(&self, limit: usize) -> usize {
        let end = self.tree.sum().bytes;
        let first = self.tokens() - limit;
        let mut from = self.grapheme_at(Cursor::on_token(&self.tree, first).at());
        let fits = |from| self.count_bytes(from, end) <= limit;
        if fits(from) {
            while from > 0 {
                let previous = graphemes::previous(&self.tree, from);
                if !fits(previous) {
                    break;
                }
                from = previous;
            }
            return from;
        }
        while from < end && !fits(from) {
            from = graphemes::next(&self.tree, from);
        }
        from
    }

    /// Returns where the code points of a grapheme end that fit alone.
    fn fit_code_points(&self, from: usize, limit: usize) -> Result<usize, Error> {
        let view = self.view();
        let end = graphemes::next(&self.tree, from);
        let mut to = from;
        while let Some(step) = view.step(to).filter(|step| step.end <= end) {
            if self.count_bytes(from, step.end) > limit {
                break;
            }
            to = step.end;
        }
        if to > from {
            return Ok(to);
        }
        let tokens = view.step(from).map_or(0, |step| self.count_bytes(from, step.end));
        let message = format!(
            "a limit of {limit} tokens is too small: the character at {} alone is {tokens}; use at least that",
            self.unit_of(from)
        );
        Err(Error::new(ErrorKind::LimitTooSmall, message))
    }

    /// Returns the last border of graphemes at the byte `at` or before it.
    fn grapheme_at(&self, at: usize) -> usize {
        let at = self.view().code_point_start(at);
        if graphemes::is_border(&self.tree, at) { at } else { graphemes::previous(&self.tree, at) }
    }
}
