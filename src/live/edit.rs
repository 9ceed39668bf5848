//! One replacement in a text under edit: the text is written first, then the tokens near it are found anew.

use super::cursor::Cursor;
use super::leaf::{Leaf, Lengths};
use super::recut::{Patch, Recut, restart};
use super::sum::{Measure, Sum};
use super::{Edit, Insert, LiveText};
use crate::normalize::{Normalized, Normalizer};
use crate::utf16::{self, Wtf8};
use crate::vocab::Added;
use std::ops::Range;

/// Bytes of a large insertion that are counted at a time, so that what the work needs besides stays small.
const SLICE: usize = 1 << 15;

/// What an update has changed so far: between so many code units from the beginning and so many from the end.
#[derive(Default)]
pub(super) struct Done {
    pub from: Option<usize>,
    pub behind: usize,
    pub added: usize,
}

impl Done {
    fn see(&mut self, from: usize, behind: usize) {
        self.behind = self.from.map_or(behind, |_| self.behind.min(behind));
        self.from = Some(self.from.map_or(from, |ours| ours.min(from)));
    }
}

impl LiveText {
    /// Inserts a text slice by slice, each where the one before ends. None of them begins with what would be counted, or
    /// normalized, anew with the one before.
    pub(super) fn insert(&mut self, mut at: usize, text: &str) {
        let normalizer = self.encoding.vocab().normalizer();
        let most = if self.parts.is_empty() { SLICE } else { text.len() };
        let mut rest = text;
        let mut done = Done::default();
        while !rest.is_empty() {
            let mut end = rest.floor_char_boundary(most);
            while end < rest.len() && normalizer.joins(&rest.as_bytes()[end..]) {
                end = rest.ceil_char_boundary(end + 1);
            }
            let (slice, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            let units = self.len();
            self.apply(Edit { from: at, to: at, insert: slice.into() }, &mut done);
            at += self.len() - units;
            rest = after;
        }
    }

    /// Makes one replacement, whose positions are right. Returns the code units of the leaves that hold it now.
    #[inline(never)]
    pub(super) fn apply(&mut self, edit: Edit<'_>, done: &mut Done) -> Range<usize> {
        let (bytes, insert) = self.to_normalized(edit);
        if bytes.is_empty() && insert.text.is_empty() {
            return 0..0;
        }
        let (at, removed, inserted) = (bytes.start, bytes.len(), insert.text.len());
        let (leaf, unknown) = self.write(bytes, insert);
        if let Some(counts) = self.encoding.clone().counts_only() {
            let recounted = self.recount(counts, at, removed, inserted);
            done.see(self.unit_of(recounted.from), self.len() - self.unit_of(recounted.to));
            done.added += recounted.added;
            return self.tidy(leaf);
        }
        let patches = self.recut(unknown);
        done.see(edit.from, self.len() - edit.from);
        for patch in patches {
            done.see(self.unit_of(patch.from), self.len() - self.unit_after(patch.to));
            done.added += patch.lengths.count(patch.lengths.len()).0;
            self.set_tokens(&patch);
        }
        self.tidy(leaf)
    }

    /// Returns the bytes that an edit replaces, and by what.
    fn to_normalized(&self, edit: Edit<'_>) -> (Range<usize>, Normalized) {
        let vocab = self.encoding.vocab();
        if vocab.normalizer() == Normalizer::None && vocab.literals().is_none() {
            let (bytes, insert) = self.to_bytes(edit);
            return (bytes, insert.into_bytes().into());
        }
        if edit.from == edit.to && edit.insert.is_empty() {
            return (0..0, Normalized::default());
        }
        // What comes may form a pair or be composed with what stands beside it, and that with what is before.
        let (mut begin, (mut end, half)) = (self.byte_of(edit.from).0, self.byte_of(edit.to));
        let added = vocab.literals().filter(|added| half > 0 || self.may_add(added, &edit, begin..end));
        // A token that the edit makes or breaks begins no further away than the longest is long.
        let mut reach = added.map_or(0, Added::longest);
        let mut has_neighbour = false;
        loop {
            while begin > 0 && (!has_neighbour || reach > 0 || self.joins(begin)) {
                begin = self.part_start(begin - 1);
                has_neighbour = true;
                reach = reach.saturating_sub(1);
            }
            let Some(start) = added.and_then(|added| self.under_way(added, begin, edit.from)) else { break };
            begin = start;
        }
        end = self.part_end(end);
        while self.joins(end) {
            end = self.part_end(end);
        }
        if let Some(added) = added {
            end = self.end_in_step(added, begin, &edit, end);
        }
        let text = self.edited(begin, &edit, end);
        let insert = vocab.prepare(&text, begin == 0).unwrap_or_else(|| text.into());
        (begin..end, insert)
    }

    /// Returns the original text between two bytes with an edit made.
    fn edited(&self, begin: usize, edit: &Edit<'_>, end: usize) -> Vec<u8> {
        let mut text = Wtf8::default();
        text.push_units(&self.units_between(self.unit_of(begin), edit.from));
        match edit.insert {
            Insert::Str(insert) => text.push_str(insert),
            Insert::Units(insert) => text.push_units(insert),
        }
        text.push_units(&self.units_between(edit.to, self.unit_of(end)));
        text.into_bytes()
    }

    /// Returns whether an added token may begin in what an edit inserts or removes, or before it and not too far away.
    fn may_add(&self, added: &Added, edit: &Edit<'_>, removed: Range<usize>) -> bool {
        let insert = match edit.insert {
            Insert::Str(insert) => insert.as_bytes(),
            Insert::Units(_) => return true,
        };
        // What composing has made of the beginning of one may be three times as long.
        let (mut at, mut text) = (removed.start.saturating_sub(3 * added.longest()), insert);
        while !added.may_begin(text) {
            let Some(found) = self.tree.at_byte(at).filter(|_| at < removed.end) else { return false };
            text = found.leaf.text();
            at = found.end();
        }
        true
    }

    /// Returns where the first added token begins that may be under way at a byte, so far before an edit that it is the same
    /// after it.
    pub(super) fn under_way(&self, added: &Added, at: usize, edit: usize) -> Option<usize> {
        let (unit, longest) = (self.unit_of(at), added.longest());
        let mut text = Wtf8::default();
        text.push_units(&self.units_between(unit.saturating_sub(longest), unit));
        let at = text.len();
        text.push_units(&self.units_between(unit, edit.min(unit + longest)));
        let text = text.into_bytes();
        let start = added.under_way(&text, at)?;
        Some(self.byte_of(unit - utf16::units(&text[start..at])).0)
    }

    /// Returns a byte at `end` or behind it from which on the same added tokens are found as before the edit: where something
    /// new begins and none can be under way, before the edit and after it. What is found from there on depends on nothing before it.
    fn end_in_step(&self, added: &Added, begin: usize, edit: &Edit<'_>, end: usize) -> usize {
        let length = self.tree.sum().bytes;
        // Where parts end behind `end`, and how many bytes of the original they have up to there.
        let mut parts = vec![(end, 0)];
        let longest = added.longest();
        let mut most = 2 * longest;
        loop {
            let (mut far, mut total) = parts[parts.len() - 1];
            while far < length && (parts.len() <= most || self.joins(far)) {
                let original = self.original_length(far);
                (far, total) = (self.part_end(far), total + original);
                parts.push((far, total));
            }
            let text = self.edited(begin, edit, far);
            for &(end, before) in &parts {
                let place = text.len() - (total - before);
                if end == length {
                    return end;
                }
                if far < length && place + longest > text.len() {
                    break;
                }
                // Nearer to the edit, what it removes may have been under way.
                if before >= longest && added.under_way(&text, place).is_none() && !self.joins(end) {
                    return end;
                }
            }
            most *= 4;
        }
    }

    /// Returns how many bytes the code point was, or the part that the normalizer changed, that begins at a byte.
    fn original_length(&self, at: usize) -> usize {
        let Some(found) = self.tree.find(Measure::Bytes, at) else { return 0 };
        let altered = found.leaf.altered_at(at - found.start());
        altered.map_or_else(|| self.part_end(at) - at, |altered| altered.original.len())
    }

    /// Returns whether a code point that begins at a byte may change with what stands before it.
    fn joins(&self, at: usize) -> bool {
        let normalizer = self.encoding.vocab().normalizer();
        let Some(found) = self.tree.find(Measure::Bytes, at) else { return false };
        let at = at - found.start();
        normalizer
            .joins(found.leaf.altered_at(at).map_or(&found.leaf.text()[at..], |altered| &altered.original))
    }

    /// Returns the bytes that an edit replaces, and by what. Where it cuts a pair, the half that stays becomes a lone
    /// surrogate; where two halves come together, they become a pair.
    fn to_bytes(&self, edit: Edit<'_>) -> (Range<usize>, Wtf8) {
        let (mut from, second) = self.byte_of(edit.from);
        let (mut to, half) = if edit.from == edit.to { (from, second) } else { self.byte_of(edit.to) };
        let mut insert = Wtf8::default();
        if edit.from == edit.to && edit.insert.is_empty() {
            return (from..from, insert);
        }
        if second > 0 {
            insert.push_unit(utf16::half(self.raw(from), 0));
        } else if self.has_lone_surrogates()
            && from >= 3
            && let Some(high) = utf16::high(self.raw(from - 3))
        {
            insert.push_unit(high);
            from -= 3;
        }
        match edit.insert {
            Insert::Str(text) => insert.push_str(text),
            Insert::Units(units) => insert.push_units(units),
        }
        if half > 0 {
            insert.push_unit(utf16::half(self.raw(to), 1));
            to += 4;
        } else if insert.high_at_end().is_some()
            && let Some(low) = utf16::low(self.raw(to))
        {
            insert.push_unit(low);
            to += 3;
        }
        (from..to, insert)
    }

    /// Writes text, and stand-ins for the tokens that this touches. Returns the number of the leaf that holds it now, and
    /// the bytes of the stand-ins.
    fn write(&mut self, bytes: Range<usize>, insert: Normalized) -> (usize, Range<usize>) {
        let mut cursor = Cursor::new(&self.tree, bytes.start);
        let start = cursor.at();
        cursor.seek(bytes.end);
        let end = cursor.at();
        let stand_in = end - start + insert.text.len() - bytes.len();
        let first = self.tree.at_byte(start);
        let is_in_one = first.is_some_and(|first| end <= first.end());
        let last = if is_in_one { first } else { self.tree.at_byte(end.saturating_sub(1).max(start)) };
        let (Some(first), Some(last)) = (first, last) else {
            let leaf = Leaf::new(insert, Lengths::stand_in(stand_in), 0);
            self.tree.splice(0..0, vec![leaf]);
            return (0, 0..stand_in);
        };
        let (index, begin, next) = (first.index(), first.start(), last.index() + 1);
        let (before, behind) = (first.place_of(start), last.place_of(end));
        let unknown = start..start + stand_in;
        if index + 1 == next && bytes.len() < first.leaf.text().len() + insert.text.len() {
            let mut insert = Some(insert);
            self.tree.update(index, &mut |_, leaf| {
                let insert = insert.take().unwrap_or_default();
                leaf.replace(bytes.start - begin..bytes.end - begin, insert, before..behind, stand_in);
                false
            });
            return (index, unknown);
        }
        let mut text = Normalized::default();
        self.copy(begin, bytes.start, &mut text);
        text.append(insert);
        self.copy(bytes.end, last.end(), &mut text);
        let mut lengths = first.leaf.lengths().part(..before);
        lengths.append(&Lengths::stand_in(stand_in));
        lengths.append(&last.leaf.lengths().part(behind..));
        let skip = first.leaf.skip();
        let leaves = if text.text.is_empty() { Vec::new() } else { vec![Leaf::new(text, lengths, skip)] };
        self.tree.splice(index..next, leaves);
        (index, unknown)
    }

    /// Finds the tokens anew around those that do not hold.
    fn recut(&self, unknown: Range<usize>) -> Vec<Patch> {
        let (from, until) = (restart(&self.tree, unknown.start), unknown.end);
        let mut recut = Recut::new(self.encoding.vocab(), self.view(), from, vec![unknown]);
        recut.run(from, until);
        recut.into_patches()
    }

    /// Puts tokens in the place of those between two bytes, leaf by leaf.
    fn set_tokens(&mut self, patch: &Patch) {
        let Some(index) = self.tree.at_byte(patch.from).map(|found| found.index()) else { return };
        let (mut place, mut at) = (0, patch.from);
        self.tree.update(index, &mut |start, leaf| {
            if start >= patch.to {
                return false;
            }
            let end = start + leaf.sum().bytes;
            let first = place;
            let (skip, before) = if start < patch.from {
                (leaf.skip(), leaf.token_at(patch.from - start).0)
            } else {
                (at - start, 0)
            };
            while at < end
                && let Some((token, next)) = patch.lengths.get(place)
            {
                at += token.length;
                place = next;
            }
            let behind =
                if patch.to < end { leaf.token_at(patch.to - start).0 } else { leaf.lengths().len() };
            leaf.set_tokens(skip, before..behind, &patch.lengths, first..place);
            true
        });
    }

    /// Cuts a leaf that has become too long, and joins one that has become short with the next. Returns the code units of
    /// all that this made.
    fn tidy(&mut self, index: usize) -> Range<usize> {
        let Some(found) = self.tree.get(index) else { return 0..0 };
        let Sum { bytes, units, .. } = found.leaf.sum();
        let from = found.before.units;
        let mut to = from + units;
        if bytes > self.leaf {
            let leaf = self.tree.take(index);
            self.tree.splice(index..index + 1, leaf.cut(self.leaf / 3 * 2));
        } else if bytes < self.leaf / 6
            && let Some(next) = self.tree.get(index + 1)
            && bytes + next.leaf.sum().bytes <= self.leaf
        {
            to += next.leaf.sum().units;
            let mut leaf = self.tree.take(index);
            leaf.append(&self.tree.take(index + 1));
            self.tree.splice(index..index + 2, vec![leaf]);
        }
        from..to
    }
}

impl Insert<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Str(text) => text.is_empty(),
            Self::Units(units) => units.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Encoding;
    use rand::{Rng, SeedableRng, rngs::StdRng};
    use std::sync::Arc;

    /// The bytes of each leaf.
    fn leaves(live: &LiveText) -> Vec<usize> {
        let leaves = 0..live.tree.sum().leaves;
        leaves.filter_map(|index| live.tree.get(index)).map(|found| found.leaf.sum().bytes).collect()
    }

    #[test]
    fn leaves_are_cut_and_joined() {
        const LEAF: usize = 60;
        let mut live = LiveText::with_leaf(Arc::new(Encoding::of_estimate("o200k_base")), "", LEAF);
        let rng = &mut StdRng::seed_from_u64(5);
        while live.len() < 20_000 {
            let at = rng.random_range(0..=live.len());
            let insert = "a b c ".repeat(rng.random_range(1..50));
            live.replace(at, at, &insert[..]).unwrap();
            let leaves = leaves(&live);
            assert!(leaves.iter().all(|&leaf| leaf <= LEAF), "{leaves:?}");
        }
        assert!(leaves(&live).len() * LEAF / 2 < live.len(), "{:?}", leaves(&live));
        let mut thinned = LiveText::with_leaf(live.encoding.clone(), &live.text(), LEAF);
        for from in (0..thinned.len() - 20).rev().step_by(20) {
            thinned.replace(from, from + 19, "").unwrap();
        }
        assert!(leaves(&thinned).len() * LEAF / 2 < thinned.len() * 5, "{:?}", leaves(&thinned));
        while live.len() > 600 {
            let from = rng.random_range(0..live.len());
            let to = live.len().min(from + rng.random_range(1..20));
            live.replace(from, to, "").unwrap();
        }
        assert!(leaves(&live).len() * LEAF / 2 < live.len(), "{:?}", leaves(&live));
    }
}
