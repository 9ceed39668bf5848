//! A text under edit for these tokenizers: its parts, each counted alone, of which an edit counts anew those that it touches. With
//! a tokenizer that has no borders the text is one part.

use super::HfEncoding;
use super::budget::Budget;
use crate::encoding::Spans;
use crate::error::{Error, ErrorKind};
use crate::live::{Change, Edit, Insert, SpansIn, check_edits, check_range};
use std::ops::Range;
use std::sync::Arc;

/// A text under edit that always knows its count. Positions are UTF-16 code units.
pub struct HfText {
    pub(super) encoding: Arc<HfEncoding>,
    parts: Vec<Part>,
}

/// A part, which is not empty, and its tokens.
struct Part {
    units: Vec<u16>,
    tokens: usize,
}

/// Parts that an update replaces, what takes their place, and where they begin.
struct Region {
    parts: Range<usize>,
    at: usize,
    units: Vec<u16>,
}

/// Returns a text of code units, with U+FFFD for a lone surrogate.
pub(super) fn text_of(units: &[u16]) -> String {
    String::from_utf16_lossy(units)
}

impl HfText {
    /// Returns an empty text under edit.
    #[must_use]
    pub fn new(encoding: Arc<HfEncoding>) -> Self {
        Self { encoding, parts: Vec::new() }
    }

    /// Returns how many tokens the text is.
    #[must_use]
    pub fn tokens(&self) -> usize {
        self.parts.iter().map(|part| part.tokens).sum()
    }

    /// Returns how many code units the text has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.units.len()).sum()
    }

    /// Returns whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Makes several replacements, all in the positions that the text has before.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`], [`UnsortedEdits`](ErrorKind::UnsortedEdits), and those of [`HfEncoding::count`]; the text is
    /// then as it was.
    ///
    /// # Complexity
    /// That of counting the parts that are touched, and linear in the number of parts.
    pub fn update(&mut self, edits: &[Edit<'_>]) -> Result<Change, Error> {
        self.check(edits)?;
        let regions = self.regions(edits);
        let before = self.tokens();
        let mut budget = Budget::for_bytes(regions.iter().map(|region| region.units.len()).sum());
        let mut counted = Vec::with_capacity(regions.len());
        for region in &regions {
            counted.push(self.cut(&region.units, &mut budget)?);
        }
        let (Some(first), Some(last)) = (regions.first(), regions.last()) else {
            return Ok(Change { tokens: before, ..Change::default() });
        };
        let (from, behind) =
            (first.at, self.parts[last.parts.end..].iter().map(|part| part.units.len()).sum::<usize>());
        let first = first.parts.start;
        let untouched = self.parts.len() - last.parts.end;
        for (region, parts) in regions.into_iter().zip(counted).rev() {
            self.parts.splice(region.parts, parts);
        }
        let changed = first..self.parts.len() - untouched;
        let added = self.parts[changed].iter().map(|part| part.tokens).sum();
        let tokens = self.tokens();
        Ok(Change { tokens, added, removed: added + before - tokens, from, to: self.len() - behind })
    }

    /// Replaces a part of the text.
    ///
    /// # Errors
    /// Those of [`update`](Self::update).
    ///
    /// # Complexity
    /// That of [`update`](Self::update).
    pub fn replace(&mut self, from: usize, to: usize, insert: &str) -> Result<Change, Error> {
        self.update(&[Edit { from, to, insert: insert.into() }])
    }

    /// Checks the positions of an update.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`], [`UnsortedEdits`](ErrorKind::UnsortedEdits).
    pub fn check(&self, edits: &[Edit<'_>]) -> Result<(), Error> {
        check_edits(edits, self.len())
    }

    /// Finds the parts that edits touch, and their neighbours where an edit stands at the end of one; and makes the edits.
    fn regions(&self, edits: &[Edit<'_>]) -> Vec<Region> {
        let mut regions: Vec<Region> = Vec::new();
        // What of the old text is in the last region is in up to here.
        let mut done = 0;
        let (mut next, mut at) = (0, 0);
        for edit in edits.iter().filter(|edit| edit.from < edit.to || !edit.insert.is_empty()) {
            while let Some(part) = self.parts.get(next).filter(|part| at + part.units.len() < edit.from) {
                at += part.units.len();
                next += 1;
            }
            let end = regions.last().map_or(0, |region| region.parts.end);
            if regions.is_empty() || (next >= end && next < self.parts.len()) {
                if let Some(region) = regions.last_mut() {
                    let to = region.at
                        + self.parts[region.parts.clone()].iter().map(|part| part.units.len()).sum::<usize>();
                    self.copy(done, to, &mut region.units);
                }
                let start = if next > end { next - 1 } else { next };
                let start_at = if next > end { at - self.parts[start].units.len() } else { at };
                regions.push(Region { parts: start..next, at: start_at, units: Vec::new() });
                done = start_at;
            }
            let Some(region) = regions.last_mut() else { continue };
            self.copy(done, edit.from, &mut region.units);
            match edit.insert {
                Insert::Str(text) => region.units.extend(text.encode_utf16()),
                Insert::Units(units) => region.units.extend_from_slice(units),
            }
            done = edit.to;
            let mut end_at = region.at
                + self.parts[region.parts.clone()].iter().map(|part| part.units.len()).sum::<usize>();
            while end_at <= edit.to + 1 && region.parts.end < self.parts.len() {
                end_at += self.parts[region.parts.end].units.len();
                region.parts.end += 1;
            }
        }
        if let Some(region) = regions.last_mut() {
            let to = region.at
                + self.parts[region.parts.clone()].iter().map(|part| part.units.len()).sum::<usize>();
            self.copy(done, to, &mut region.units);
        }
        regions
    }

    /// Cuts a text into parts and counts them.
    fn cut(&self, units: &[u16], budget: &mut Budget) -> Result<Vec<Part>, Error> {
        let text = text_of(units);
        let mut parts = Vec::new();
        let mut rest = units;
        for part in self.encoding.locality.parts(&text) {
            // A lone surrogate and what stands for it have one code unit each.
            let (of_part, behind) = rest.split_at(part.encode_utf16().count().min(rest.len()));
            rest = behind;
            let tokens = self.encoding.count_part(part, budget)?;
            parts.push(Part { units: of_part.to_vec(), tokens });
        }
        Ok(parts)
    }

    fn copy(&self, from: usize, to: usize, units: &mut Vec<u16>) {
        let mut at = 0;
        for part in &self.parts {
            let end = at + part.units.len();
            if at < to && from < end {
                units.extend_from_slice(&part.units[from.saturating_sub(at)..part.units.len().min(to - at)]);
            }
            at = end;
        }
    }

    /// Returns the code units of a part of the text.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`].
    pub fn slice_units(&self, from: usize, to: usize) -> Result<Vec<u16>, Error> {
        check_range(from, to, self.len())?;
        let mut units = Vec::with_capacity(to - from);
        self.copy(from, to, &mut units);
        Ok(units)
    }

    /// Returns how many tokens a part of the text is when it stands alone.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`], and those of [`HfEncoding::count`].
    ///
    /// # Complexity
    /// That of counting it.
    pub fn count_range(&self, from: usize, to: usize) -> Result<usize, Error> {
        self.encoding.count(&text_of(&self.slice_units(from, to)?))
    }

    /// Returns where the first `tokens` tokens end.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] if the text does not have so many; those of [`HfEncoding::count`].
    ///
    /// # Complexity
    /// That of counting one part.
    pub fn offset_of(&self, tokens: usize) -> Result<usize, Error> {
        let mut rest = tokens;
        let mut at = 0;
        for part in &self.parts {
            if rest == 0 {
                break;
            }
            if rest <= part.tokens {
                return Ok(at + self.ends(part)?.ends.get(rest - 1).map_or(0, |&end| end as usize));
            }
            rest -= part.tokens;
            at += part.units.len();
        }
        if rest == 0 {
            return Ok(if tokens == 0 { 0 } else { at });
        }
        let message = format!("the text has {} tokens, not {tokens}", self.tokens());
        Err(Error::new(ErrorKind::OutOfRange, message))
    }

    fn ends(&self, part: &Part) -> Result<Spans, Error> {
        self.encoding.spans(&text_of(&part.units))
    }

    /// Returns the tokens that have a part in `from..to`.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`], and those of [`HfEncoding::count`].
    ///
    /// # Complexity
    /// That of counting the parts that are touched.
    pub fn spans_in(&self, from: usize, to: usize) -> Result<SpansIn, Error> {
        check_range(from, to, self.len())?;
        let mut found: Option<SpansIn> = None;
        let (mut at, mut index) = (0, 0);
        let length = self.len();
        for part in &self.parts {
            let end = at + part.units.len();
            if end > from || end == length {
                let Spans { ids, ends } = self.ends(part)?;
                let mut start = at;
                for (id, end) in ids.into_iter().zip(ends) {
                    let end = at + end as usize;
                    // A token without a width is the beginning of the character that comes, or stands behind all.
                    if end > from || (start == end && end == from) {
                        let found = found.get_or_insert_with(|| SpansIn {
                            index,
                            from: start,
                            spans: Spans::default(),
                        });
                        if start >= to && (start < end || end < length) {
                            break;
                        }
                        found.spans.ids.push(id);
                        found.spans.ends.push(end as u32);
                    }
                    start = end;
                    index += 1;
                }
                if found.is_some() && end >= to {
                    break;
                }
            } else {
                index += part.tokens;
            }
            at = end;
        }
        Ok(found.unwrap_or_else(|| SpansIn {
            index: self.tokens(),
            from: self.len(),
            spans: Spans::default(),
        }))
    }

    pub(super) fn text(&self) -> String {
        let mut units = Vec::with_capacity(self.len());
        self.copy(0, self.len(), &mut units);
        text_of(&units)
    }
}
