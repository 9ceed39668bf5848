//! The same text counted in other encodings too. Each has a tree of its own, whose leaves share the text where the
//! normalizer leaves it as it is.

use super::edit::Done;
use super::leaf::{Leaf, Lengths};
use super::sum::Measure;
use super::tree::{Found, Tree};
use super::{Edit, Insert, LiveText};
use crate::encoding::Encoding;
use std::ops::Range;
use std::sync::Arc;

impl LiveText {
    /// Counts the text in another encoding too, from now on. Returns the number by which that is asked for.
    ///
    /// What is there already is counted by [`catch_up`](Self::catch_up).
    pub fn also(&mut self, encoding: Arc<Encoding>) -> usize {
        let other = Some(Self::empty(encoding, self.leaf));
        if let Some(free) = self.others.iter().position(Option::is_none) {
            self.others[free] = other;
            return free;
        }
        self.others.push(other);
        self.others.len() - 1
    }

    /// Counts more of the text in the encoding of that number, as many code units at the most; returns whether all is
    /// counted.
    ///
    /// # Complexity
    /// Linear in the code units.
    pub fn catch_up(&mut self, number: usize, most: usize) -> bool {
        let length = self.len();
        let Some(mut other) = self.others.get_mut(number).and_then(Option::take) else { return true };
        let from = other.len();
        if from < length {
            let to = length.min(from.saturating_add(most));
            let units = self.units_between(from, to);
            other.apply(Edit { from, to: from, insert: Insert::Units(&units) }, &mut Done::default());
            other.share(&self.tree, from.saturating_sub(1), to);
        }
        let is_whole = other.len() == length;
        self.others[number] = Some(other);
        is_whole
    }

    /// Returns how many tokens the text is in the encoding of that number, when all of it is counted.
    #[must_use]
    pub fn tokens_also(&self, number: usize) -> Option<usize> {
        let other = self.others.get(number)?.as_ref()?;
        (other.len() == self.len()).then(|| other.tokens())
    }

    /// Returns how many bytes of the text the encoding of that number shares with this one.
    #[doc(hidden)]
    #[must_use]
    pub fn shared_bytes(&self, number: usize) -> usize {
        let Some(other) = self.others.get(number).and_then(Option::as_ref) else { return 0 };
        (0..self.tree.sum().leaves)
            .filter_map(|index| Some((self.tree.get(index)?.leaf, other.tree.get(index)?.leaf)))
            .filter(|(ours, theirs)| theirs.shares(ours))
            .map(|(ours, _)| ours.text().len())
            .sum()
    }

    /// Counts in the encoding of that number no more.
    pub fn also_no_more(&mut self, number: usize) {
        if let Some(other) = self.others.get_mut(number) {
            *other = None;
        }
    }

    /// Makes an edit that was made in the whole text in the beginning of it that is here, and takes its leaves.
    pub(super) fn follow(&mut self, edit: Edit<'_>, whole: &Tree, leaves: &Range<usize>) {
        let length = self.len();
        let done = &mut Done::default();
        if edit.to <= length {
            self.apply(edit, done);
            self.share(whole, leaves.start, leaves.end);
        } else if edit.from < length {
            self.apply(Edit { from: edit.from, to: length, insert: Insert::Str("") }, done);
        }
    }

    /// Takes the leaves of the whole text around a part of it, cut in the same places and sharing their texts, where the
    /// normalizers left the text as it was.
    fn share(&mut self, whole: &Tree, from: usize, to: usize) {
        let length = self.len();
        let end = |last: &Found<'_>| last.before.units + last.leaf.sum().units;
        let leaf = |unit: usize| whole.find(Measure::Units, unit.min(length.saturating_sub(1)));
        let (Some(mut first), Some(mut last)) = (leaf(from), leaf(to)) else { return };
        // What is here may end within a leaf of the whole text.
        if end(&last) > length {
            let Some(before) = last.index().checked_sub(1).and_then(|index| whole.get(index)) else { return };
            last = before;
            first = if first.index() > last.index() { last } else { first };
        }
        // Both texts are cut where the part begins and where it ends.
        let (begin, behind) = loop {
            if end(&last) > length {
                return;
            }
            let ((at, inside), (until, cut)) = (self.byte_of(first.before.units), self.byte_of(end(&last)));
            // The others may end within what the normalizer here has made one.
            if inside > 0 || cut > 0 {
                return;
            }
            let Some(begin) = self.tree.at_byte(at) else { return };
            let Some(behind) = self.tree.at_byte(until.saturating_sub(1)) else { return };
            let wider = (
                whole.find(Measure::Units, begin.before.units),
                whole.find(Measure::Units, end(&behind) - 1),
            );
            match wider {
                _ if begin.start() == at && behind.end() == until => break (begin, behind),
                (Some(wider), Some(wider_last)) => (first, last) = (wider, wider_last),
                _ => return,
            }
        };
        let theirs = leaves(whole, first.index()..last.index() + 1);
        let range = begin.index()..behind.index() + 1;
        let ours = leaves(&self.tree, range.clone());
        if ours.iter().any(|leaf| leaf.is_altered())
            || ours.len() == theirs.len()
                && ours.iter().zip(&theirs).all(|(ours, theirs)| ours.shares(theirs))
        {
            return;
        }
        let mut lengths = Lengths::default();
        for leaf in &ours {
            lengths.append(leaf.lengths());
        }
        let skip = ours.first().map_or(0, |leaf| leaf.skip());
        if let Some(leaves) = Leaf::sharing(&theirs, &lengths, skip) {
            self.tree.splice(range, leaves);
        }
    }
}

fn leaves(tree: &Tree, range: Range<usize>) -> Vec<&Leaf> {
    range.filter_map(|index| tree.get(index)).map(|found| found.leaf).collect()
}
