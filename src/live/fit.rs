//! What of a text fits into so many tokens, and how a text is split into parts that do. Cuts are between graphemes.
//!
//! A part's own count is what matters, and it does not grow with the part at each step: one letter more can make it
//! smaller. So a cut is looked for from where the whole text passes the limit, until the part is within the limit and one
//! more grapheme would not be.

use super::LiveText;
use super::graphemes::{Borders, Graphemes, Segment, cut};
use crate::encoding::Encoding;
use crate::error::{Error, ErrorKind};
use crate::utf16::units;
use std::convert::Infallible;
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

/// Tokens beyond the limit that are looked at to find the cut: no token of a text is longer in graphemes.
const SLICE: usize = 1 << 15;

impl Encoding {
    /// Returns the part of a text that is at most `limit` tokens and would be more with one grapheme more.
    ///
    /// # Complexity
    /// Linear in the bytes of the part that is kept.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn fit(self: &Arc<Self>, text: &str, limit: usize, keep: Keep) -> Fit {
        self.fit_by(text, limit, keep, &segment)
    }

    /// Returns the parts of a text that are at most `limit` tokens each and would be more with one grapheme more.
    ///
    /// # Errors
    /// As [`LiveText::split`].
    ///
    /// # Complexity
    /// Linear in the bytes of the text.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn split(self: &Arc<Self>, text: &str, limit: usize) -> Result<Vec<Chunk>, Error> {
        LiveText::new(self.clone(), text).split(limit)
    }

    pub(crate) fn fit_by(
        self: &Arc<Self>,
        text: &str,
        limit: usize,
        keep: Keep,
        segment: Segment<'_>,
    ) -> Fit {
        let mut live = LiveText::new(self.clone(), "");
        let mut rest = text;
        // The count of a beginning of the text says that the whole is too much only when it is much too much.
        while !rest.is_empty() && live.tokens() <= limit.saturating_add(SLICE) {
            // Twice as much each time, for the end of what is there may be counted anew with what comes.
            let more = SLICE.max(live.tree.sum().bytes);
            let at = match keep {
                Keep::Start => rest.floor_char_boundary(more),
                Keep::End => rest.ceil_char_boundary(rest.len().saturating_sub(more)),
            };
            let (first, second) = rest.split_at_checked(at).unwrap_or((rest, ""));
            rest = match keep {
                Keep::Start => {
                    live.insert(live.len(), first);
                    second
                }
                Keep::End => {
                    live.insert(0, second);
                    first
                }
            };
        }
        let mut fit = live.fit_by(limit, keep, segment);
        fit.truncated |= !rest.is_empty();
        if keep == Keep::End {
            let before = units(rest.as_bytes());
            (fit.from, fit.to) = (fit.from + before, fit.to + before);
        }
        fit
    }
}

/// Cuts a text into graphemes.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn segment(text: &str) -> Vec<usize> {
    use unicode_segmentation::UnicodeSegmentation;
    text.grapheme_indices(true).map(|(start, _)| start).collect()
}

impl LiveText {
    /// Returns the part of the text that is at most `limit` tokens and would be more with one grapheme more.
    ///
    /// # Complexity
    /// A few times that of [`count_range`](Self::count_range); O(log n) times at worst.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn fit(&self, limit: usize, keep: Keep) -> Fit {
        self.fit_by(limit, keep, &segment)
    }

    /// Returns the parts of the text, in order and without a gap, that are at most `limit` tokens each and would be
    /// more with one grapheme more. A grapheme that alone is more than the limit is cut between its code points.
    ///
    /// # Errors
    /// [`ErrorKind::LimitTooSmall`] if a code point, or marks that the normalizer puts in order, are more than the limit.
    ///
    /// # Complexity
    /// For each part a few times that of [`count_range`](Self::count_range).
    #[cfg(not(target_arch = "wasm32"))]
    pub fn split(&self, limit: usize) -> Result<Vec<Chunk>, Error> {
        self.split_by(limit, &segment)
    }

    pub(crate) fn fit_by(&self, limit: usize, keep: Keep, segment: Segment<'_>) -> Fit {
        let graphemes = &mut Graphemes::new(&self.tree, segment);
        let end = self.tree.sum().bytes;
        let (from, to) = if self.tokens() <= limit {
            (0, end)
        } else if keep == Keep::Start {
            (0, self.fit_behind(0, limit, graphemes))
        } else {
            (self.fit_before(limit, graphemes), end)
        };
        Fit {
            from: self.unit_of(from),
            to: self.unit_of(to),
            tokens: self.count_part(from, to),
            truncated: (from, to) != (0, end),
        }
    }

    pub(crate) fn split_by(&self, limit: usize, segment: Segment<'_>) -> Result<Vec<Chunk>, Error> {
        let graphemes = &mut Graphemes::new(&self.tree, segment);
        let mut chunks = Vec::new();
        let mut from = 0;
        while from < self.tree.sum().bytes {
            let mut to = self.fit_behind(from, limit, graphemes);
            if to == from {
                to = self.fit_code_points(from, graphemes.next(from), limit)?;
            }
            let tokens = self.count_part(from, to);
            chunks.push(Chunk { from: self.unit_of(from), to: self.unit_of(to), tokens });
            from = to;
        }
        Ok(chunks)
    }

    /// Returns where a part ends that begins at the byte `from` and fits.
    fn fit_behind(&self, from: usize, limit: usize, graphemes: &mut Graphemes<'_>) -> usize {
        let end = self.tree.sum().bytes;
        let tokens = self.index_at(from).saturating_add(limit);
        let at = graphemes.at_or_before(self.end_of(tokens)).max(from);
        let Ok(to) = cut(graphemes, at, from, end, &mut |to| self.fits(from, to, limit));
        to
    }

    /// Returns where a part begins that ends with the text and fits.
    fn fit_before(&self, limit: usize, graphemes: &mut Graphemes<'_>) -> usize {
        let end = self.tree.sum().bytes;
        let tokens = self.tokens().saturating_sub(limit);
        let at = graphemes.at_or_before(self.end_of(tokens));
        let Ok(from) = cut(graphemes, at, end, 0, &mut |from| self.fits(from, end, limit));
        from
    }

    #[expect(clippy::unnecessary_wraps, reason = "other counts of parts may fail")]
    fn fits(&self, from: usize, to: usize, limit: usize) -> Result<bool, Infallible> {
        Ok(self.count_part(from, to) <= limit)
    }

    /// Returns where the code points end that fit of those between two bytes.
    fn fit_code_points(&self, from: usize, end: usize, limit: usize) -> Result<usize, Error> {
        let first = self.part_end(from);
        let tokens = self.count_part(from, first);
        if tokens > limit {
            let message = format!(
                "a limit of {limit} tokens is too small: the character at {} alone is {tokens}; use at least that",
                self.unit_of(from)
            );
            return Err(Error::new(ErrorKind::LimitTooSmall, message));
        }
        let Ok(to) = cut(&mut CodePoints(self), first, from, end, &mut |to| self.fits(from, to, limit));
        Ok(to)
    }
}

/// The code points of a text, and the parts that the normalizer changed.
struct CodePoints<'a>(&'a LiveText);

impl Borders for CodePoints<'_> {
    fn next(&mut self, at: usize) -> usize {
        self.0.border_behind(at + 1)
    }

    fn previous(&mut self, at: usize) -> usize {
        at.checked_sub(1).map_or(0, |last| self.0.part_start(last))
    }
}
