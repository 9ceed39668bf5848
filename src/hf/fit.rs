//! What of a text fits into so many tokens, and parts that do, by counting parts alone. Cuts are between graphemes.
//!
//! As in `live::fit`, a longer part can have fewer tokens; so the cut is looked for from where the whole text passes the
//! limit, until the part is within it and one more grapheme would not be. Many graphemes in a row may add no token, so the
//! steps double, for every step counts a whole part.

use super::budget::Budget;
use super::{HfEncoding, HfText};
use crate::error::{Error, ErrorKind};
#[cfg(not(target_arch = "wasm32"))]
use crate::live::segment;
use crate::live::{Borders, Chunk, Fit, Keep, Segment, cut};
use crate::utf16::{byte_of_unit, units};

/// Bytes that a stretch of graphemes has at least to each side of a place, and the most that are tried.
const REACH: usize = 64;
const FARTHEST: usize = 1 << 16;

impl HfEncoding {
    /// Returns the part of a text that is at most `limit` tokens and would be more with one grapheme more.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    ///
    /// # Complexity
    /// That of counting the text, and a few parts of it, at most twice as many as its length has bits.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn fit(&self, text: &str, limit: usize, keep: Keep) -> Result<Fit, Error> {
        self.fit_by(text, limit, keep, &segment)
    }

    pub(super) fn fit_by(
        &self,
        text: &str,
        limit: usize,
        keep: Keep,
        segment: Segment<'_>,
    ) -> Result<Fit, Error> {
        let mut search = Search::new(self, text, segment)?;
        let end = text.len();
        let (from, to) = if search.ends.len() <= limit {
            (0, end)
        } else if keep == Keep::Start {
            (0, search.behind(0, limit)?)
        } else {
            (search.before(limit)?, end)
        };
        Ok(Fit {
            from: units(&text.as_bytes()[..from]),
            to: units(&text.as_bytes()[..to]),
            tokens: search.counter.count(from, to)?,
            truncated: (from, to) != (0, end),
        })
    }

    pub(super) fn split_by(
        &self,
        text: &str,
        limit: usize,
        segment: Segment<'_>,
    ) -> Result<Vec<Chunk>, Error> {
        let mut search = Search::new(self, text, segment)?;
        let mut chunks = Vec::new();
        let (mut from, mut unit) = (0, 0);
        while from < text.len() {
            let mut to = search.behind(from, limit)?;
            if to == from {
                to = search.code_points(from, limit, unit)?;
            }
            let end = unit + units(&text.as_bytes()[from..to]);
            chunks.push(Chunk { from: unit, to: end, tokens: search.counter.count(from, to)? });
            (from, unit) = (to, end);
        }
        Ok(chunks)
    }
}

impl HfText {
    /// Returns the part of the text that is at most `limit` tokens and would be more with one grapheme more.
    ///
    /// # Errors
    /// Those of [`HfEncoding::count`].
    ///
    /// # Complexity
    /// That of counting the text, and a few parts of it, at most twice as many as its length has bits.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn fit(&self, limit: usize, keep: Keep) -> Result<Fit, Error> {
        self.encoding.fit_by(&self.text(), limit, keep, &segment)
    }

    /// Returns the parts of the text, in order and without a gap, that are at most `limit` tokens each and would be
    /// more with one grapheme more.
    ///
    /// # Errors
    /// [`ErrorKind::LimitTooSmall`] if a code point is more than the limit, and those of [`HfEncoding::count`].
    ///
    /// # Complexity
    /// That of counting the text, and for each part of counting a few that are as long, at most twice as many as its length
    /// has bits.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn split(&self, limit: usize) -> Result<Vec<Chunk>, Error> {
        self.encoding.split_by(&self.text(), limit, &segment)
    }
}

/// A search for cuts in a text.
struct Search<'a> {
    counter: Counter<'a>,
    /// The bytes at which the tokens of the whole text end.
    ends: Vec<usize>,
    graphemes: TextBorders<'a>,
}

impl<'a> Search<'a> {
    fn new(encoding: &'a HfEncoding, text: &'a str, segment: Segment<'a>) -> Result<Self, Error> {
        let (mut byte, mut unit) = (0, 0);
        let to_byte = |end: u32| {
            byte += byte_of_unit(&text.as_bytes()[byte..], end as usize - unit).0;
            unit = end as usize;
            byte
        };
        let ends = encoding.spans(text)?.ends.into_iter().map(to_byte).collect();
        let counter = Counter { encoding, text, budget: Budget::for_bytes(text.len()) };
        Ok(Self { counter, ends, graphemes: TextBorders::new(text, segment) })
    }

    /// Returns where so many tokens of the whole text end.
    fn end_of(&self, tokens: usize) -> usize {
        match tokens {
            0 => 0,
            _ => self.ends.get(tokens - 1).copied().unwrap_or(self.counter.text.len()),
        }
    }

    /// Returns where a part ends that begins at `from` and fits.
    fn behind(&mut self, from: usize, limit: usize) -> Result<usize, Error> {
        let index = self.ends.partition_point(|&end| end <= from);
        let tokens = self.end_of(index.saturating_add(limit));
        let Self { counter, graphemes, .. } = self;
        let at = graphemes.at_or_before(tokens).max(from);
        cut(graphemes, at, from, counter.text.len(), &mut |to| Ok(counter.count(from, to)? <= limit))
    }

    /// Returns where a part begins that ends with the text and fits.
    fn before(&mut self, limit: usize) -> Result<usize, Error> {
        let tokens = self.end_of(self.ends.len().saturating_sub(limit));
        let Self { counter, graphemes, .. } = self;
        let (at, end) = (graphemes.at_or_before(tokens), counter.text.len());
        cut(graphemes, at, end, 0, &mut |from| Ok(counter.count(from, end)? <= limit))
    }

    /// Returns where the code points end that fit, of a grapheme that does not.
    fn code_points(&mut self, from: usize, limit: usize, unit: usize) -> Result<usize, Error> {
        let Self { counter, graphemes, .. } = self;
        let grapheme = &counter.text[from..graphemes.next(from)];
        let points = |text: &str| text.char_indices().map(|(start, _)| start).collect();
        let first = grapheme.ceil_char_boundary(1);
        let tokens = counter.count(from, from + first)?;
        if tokens > limit {
            let message = format!(
                "a limit of {limit} tokens is too small: the character at {unit} alone is {tokens}; use at least that"
            );
            return Err(Error::new(ErrorKind::LimitTooSmall, message));
        }
        let fits = &mut |length| Ok(counter.count(from, from + length)? <= limit);
        Ok(from + cut(&mut TextBorders::new(grapheme, &points), first, 0, grapheme.len(), fits)?)
    }
}

/// Counts parts of a text, all within one budget.
struct Counter<'a> {
    encoding: &'a HfEncoding,
    text: &'a str,
    budget: Budget,
}

impl Counter<'_> {
    fn count(&mut self, from: usize, to: usize) -> Result<usize, Error> {
        self.budget.add(to - from);
        self.encoding.count_within(&self.text[from..to], &mut self.budget)
    }
}

/// The borders in a text.
struct TextBorders<'a> {
    text: &'a str,
    segment: Segment<'a>,
    /// All in a stretch, its two ends among them.
    known: Vec<usize>,
}

impl<'a> TextBorders<'a> {
    fn new(text: &'a str, segment: Segment<'a>) -> Self {
        Self { text, segment, known: Vec::new() }
    }

    /// Finds the borders of a stretch that goes beyond a place to both sides, as far as the text does.
    fn around(&mut self, at: usize) {
        let length = self.text.len();
        if let [first, .., last] = self.known[..]
            && (first < at || first == 0)
            && (last > at || last == length)
        {
            return;
        }
        let mut begin = self.text.floor_char_boundary(at.min(length).saturating_sub(REACH));
        let lowest = begin.saturating_sub(FARTHEST);
        while begin > lowest && !self.is_safe(begin) {
            begin = self.text.floor_char_boundary(begin - 1);
        }
        let mut end = self.text.ceil_char_boundary(at.saturating_add(REACH).min(length));
        let highest = end.saturating_add(FARTHEST).min(length);
        while end < highest && !self.is_safe(end) {
            end = self.text.ceil_char_boundary(end + 1);
        }
        self.known = (self.segment)(&self.text[begin..end]).into_iter().map(|start| begin + start).collect();
        self.known.push(end);
    }

    /// Returns whether a grapheme begins here, whatever stands around: between two characters of ASCII but CR LF.
    fn is_safe(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        at == 0
            || at >= bytes.len()
            || (bytes[at - 1].is_ascii() && bytes[at].is_ascii() && bytes[at] != b'\n')
    }
}

impl Borders for TextBorders<'_> {
    fn next(&mut self, at: usize) -> usize {
        self.around(at);
        let behind = self.known.partition_point(|&border| border <= at);
        self.known.get(behind).copied().unwrap_or(self.text.len())
    }

    fn previous(&mut self, at: usize) -> usize {
        self.around(at);
        let before = self.known.partition_point(|&border| border < at);
        before.checked_sub(1).map_or(0, |last| self.known[last])
    }
}
