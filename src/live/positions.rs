//! Positions of a text under edit: code units to bytes and back, and where neither a code point nor a part that the normalizer
//! changed is cut.

use super::LiveText;
use super::edits::check_range;
use super::sum::Measure;
use super::view::View;
use crate::error::Error;
use crate::utf16;
use crate::vocab::Added;
use std::ops::Range;

impl LiveText {
    /// Returns the byte of the code point that holds a code unit, and which of its units that is.
    pub(super) fn byte_of(&self, unit: usize) -> (usize, usize) {
        let Some(found) = self.tree.find(Measure::Units, unit) else { return (self.tree.sum().bytes, 0) };
        let (byte, half) = found.leaf.byte_of_unit(unit - found.before.units);
        (found.start() + byte, half)
    }

    /// Returns the code units before a byte; a code point that is under way there does not count.
    pub(super) fn unit_of(&self, at: usize) -> usize {
        let Some(found) = self.tree.at_byte(at) else { return 0 };
        found.before.units + found.leaf.units_before(at - found.start())
    }

    /// Returns the code units before the first code point that begins at a byte or behind it.
    pub(super) fn unit_after(&self, at: usize) -> usize {
        self.unit_of(self.border_behind(at))
    }

    /// Returns the bytes of the code point that begins at `at`.
    pub(super) fn raw(&self, at: usize) -> &[u8] {
        let Some(found) = self.tree.find(Measure::Bytes, at) else { return &[] };
        let rest = &found.leaf.text()[at - found.start()..];
        rest.get(..utf16::length(rest[0])).unwrap_or(rest)
    }

    /// Returns where the code point, or the part that the normalizer changed, begins that holds a byte.
    pub(super) fn part_start(&self, at: usize) -> usize {
        let Some(found) = self.tree.find(Measure::Bytes, at) else { return at };
        let altered = found.leaf.altered_at(at - found.start());
        altered.map_or_else(|| self.view().code_point_start(at), |altered| found.start() + altered.at)
    }

    /// Returns where the code point, or the part that the normalizer changed, ends that begins at a byte.
    pub(super) fn part_end(&self, at: usize) -> usize {
        let Some(found) = self.tree.find(Measure::Bytes, at) else { return at };
        let inside = at - found.start();
        let altered = found.leaf.altered_at(inside).map(|altered| altered.length);
        at + altered.unwrap_or_else(|| utf16::length(found.leaf.text()[inside]))
    }

    /// Returns the first byte at `at` or behind it at which a code point begins, or a part that the normalizer changed.
    pub(super) fn border_behind(&self, at: usize) -> usize {
        let start = self.part_start(at);
        if start < at { self.part_end(start) } else { at }
    }

    /// Returns whether a position is inside a part that the normalizer changed.
    pub(super) fn cuts_altered(&self, unit: usize) -> bool {
        let Some(found) = self.tree.find(Measure::Units, unit) else { return false };
        let (byte, inside) = found.leaf.byte_of_unit(unit - found.before.units);
        inside > 0 && found.leaf.altered_at(byte).is_some()
    }

    /// Returns the bytes between two positions. Where one is inside a pair, three of the pair's bytes are in; where it is
    /// inside a part that the normalizer changed, all of that is.
    pub(super) fn stretch(&self, from: usize, to: usize) -> Result<(usize, usize), Error> {
        check_range(from, to, self.len())?;
        let ((first, second), (last, half)) = (self.byte_of(from), self.byte_of(to));
        let first = if self.cuts_altered(from) { first } else { first + second };
        let last = if self.cuts_altered(to) { self.part_end(last) } else { last + 3 * half };
        Ok((first, if from == to { first } else { last }))
    }

    /// Returns whether one of two bytes is inside the text of an added token, or may be.
    pub(super) fn cuts_added(&self, bytes: Range<usize>) -> bool {
        let cuts = |added: &Added, at| self.under_way(added, at, self.len()).is_some();
        let added = self.encoding.vocab().literals();
        added.is_some_and(|added| cuts(added, bytes.start) || cuts(added, bytes.end))
    }

    /// Returns the original text between two bytes, which cut no part that the normalizer changed.
    pub(super) fn original(&self, from: usize, to: usize) -> String {
        String::from_utf16_lossy(&self.units_between(self.unit_of(from), self.unit_of(to)))
    }

    pub(super) fn view(&self) -> View<'_> {
        View::whole(&self.tree)
    }
}
