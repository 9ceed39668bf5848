//! A text under edit of which only the count is known, not where tokens end: it is kept as parts whose sums add up.

use super::LiveText;
use super::view::View;
use crate::claude::Part;
use crate::counts::CountsOnly;
use crate::estimate::features::State;
use crate::estimate::{Sums, UNIT};

/// A part is cut when it has more than twice as many bytes, and joins the next one when it has less than a quarter.
const PART: usize = 512;

/// A part of the text and its sums.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    bytes: usize,
    /// The state before it, on which its sums depend.
    state: State,
    sums: Sums,
}

/// What changed: the bytes of the new text, and the tokens that are in them now.
pub(super) struct Recounted {
    pub from: usize,
    pub to: usize,
    pub added: usize,
}

impl LiveText {
    /// Counts the parts anew that an edit touched, which replaced bytes at `at`. A border holds while the characters on
    /// its two sides do, and what is behind it while the state there is as it was.
    pub(super) fn recount(
        &mut self,
        counts: &CountsOnly,
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
        let mut to = end + inserted - removed;
        let mut state = self.parts.get(first).map_or(State::default(), |part| part.state);
        let mut parts = Vec::new();
        let mut count = |text: &str, from: usize| {
            let before = state;
            let part = Part { text, is_first: from == 0, is_last: from + text.len() == total };
            let sums = counts.sums(part, &mut state);
            parts.push(Counted { bytes: text.len(), state: before, sums });
            state
        };
        let text = self.read_between(from, to);
        let mut done = 0;
        let mut behind_state = loop {
            let end = if text.len() - done <= 2 * PART {
                text.len()
            } else {
                counts.next_border(&text, done + PART)
            };
            let state = count(text.get(done..end).unwrap_or_default(), from + done);
            done = end;
            if done == text.len() {
                break state;
            }
        };
        while let Some(part) = self.parts.get(behind).filter(|part| part.state != behind_state) {
            behind_state = count(&self.read_between(to, to + part.bytes), to);
            to += part.bytes;
            behind += 1;
        }
        let added = parts.iter().map(|part| part.sums.mid).sum::<u64>().div_ceil(UNIT) as usize;
        self.parts.splice(first..behind, parts);
        Recounted { from, to, added }
    }

    /// Returns the sums of the whole text.
    pub(super) fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        for part in &self.parts {
            sums += part.sums;
        }
        sums
    }

    /// Returns the sums of the text between two bytes when it stands alone, where sums add up anywhere. From where the state
    /// is as it is in the whole text, the sums of its parts hold.
    pub(super) fn sums_between(&self, counts: &CountsOnly, from: usize, to: usize) -> Sums {
        let view = View::new(&self.tree, from, to);
        let (mut sums, mut state) = (Sums::default(), State::default());
        let mut start = 0;
        for (place, part) in self.parts.iter().enumerate() {
            let end = start + part.bytes;
            let (first, last) = (from.max(start), to.min(end));
            if (first, last) == (start, end) && part.state == state {
                sums += part.sums;
                state = self.parts.get(place + 1).map_or(state, |next| next.state);
            } else if first < last {
                let text = &read(&view, first, last);
                sums += counts.sums(Part { text, is_first: first == from, is_last: last == to }, &mut state);
            }
            start = end;
        }
        sums
    }

    /// Returns the text between two bytes as it reads when it stands alone.
    pub(super) fn read_between(&self, from: usize, to: usize) -> String {
        read(&View::new(&self.tree, from, to), from, to)
    }

    /// Returns about how many tokens stand before a byte.
    pub(super) fn tokens_before(&self, at: usize) -> usize {
        let (mut from, mut sum) = (0, 0);
        for part in &self.parts {
            if from + part.bytes > at {
                sum += part.sums.mid / part.bytes.max(1) as u64 * (at - from) as u64;
                break;
            }
            from += part.bytes;
            sum += part.sums.mid;
        }
        ((sum / UNIT) as usize).min(self.tokens())
    }

    /// Returns about where so many tokens end, on a code point; where the text ends, for all that it has.
    pub(super) fn byte_behind(&self, tokens: usize) -> usize {
        if tokens == 0 {
            return 0;
        }
        if tokens >= self.tokens() {
            return self.tree.sum().bytes;
        }
        let (mut from, mut left) = (0, tokens as u64 * UNIT);
        for part in &self.parts {
            if left < part.sums.mid {
                let bytes = left / (part.sums.mid / part.bytes.max(1) as u64).max(1);
                return self.view().code_point_start(from + bytes as usize);
            }
            from += part.bytes;
            left -= part.sums.mid;
        }
        from
    }
}

fn read(view: &View<'_>, from: usize, to: usize) -> String {
    let mut buffer = Vec::new();
    let text = view.bytes(from, to, &mut buffer);
    std::str::from_utf8(&text.bytes[text.from..text.to]).unwrap_or_default().to_owned()
}
