//! The same text counted in other encodings too. Each has a tree of its own, whose leaves share the text where the
//! normalizer leaves it as it is.

use super::edit::Done;
use super::{Edit, Insert, LiveText};
use crate::encoding::Encoding;
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
            let units = self.units_between(from, length.min(from.saturating_add(most)));
            other.apply(Edit { from, to: from, insert: Insert::Units(&units) }, &mut Done::default());
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

    /// Counts in the encoding of that number no more.
    pub fn also_no_more(&mut self, number: usize) {
        if let Some(other) = self.others.get_mut(number) {
            *other = None;
        }
    }

    /// Makes an edit of the whole text in the beginning of it that is here.
    pub(super) fn follow(&mut self, edit: Edit<'_>) {
        let length = self.len();
        let done = &mut Done::default();
        if edit.to <= length {
            self.apply(edit, done);
        } else if edit.from < length {
            self.apply(Edit { from: edit.from, to: length, insert: Insert::Str("") }, done);
        }
    }
}
