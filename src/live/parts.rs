//! A text under edit of which only the count is known, not where tokens end: it is kept as parts whose sums add up.

use super::LiveText;
use super::view::View;
use crate::claude::Part;
use crate::counts::CountsOnly;
use crate::estimate::features::State;
use crate::estimate::{Sums, UNIT};

/// A part is cut when it has more than twice as many bytes, and joins the next one when it has less than a quarter.
const PART: usize = 512;

/// A part of the text, which begins where the one before it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    end: usize,
    /// The state before it, on which its sums depend.
    state: State,
    /// Of all up to its end.
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
        let first = self.parts.partition_point(|part| part.end < at);
        let (from, before) = self.up_to(first);
        let (mut behind, mut end) = (first, from);
        while let Some(part) = self.parts.get(behind)
            && (end <= at + removed || end + inserted - removed < from + PART / 4)
        {
            end = part.end;
            behind += 1;
        }
        let mut to = end + inserted - removed;
        let mut state = self.parts.get(first).map_or(State::default(), |part| part.state);
        let mut sums = before;
        let mut parts = Vec::new();
        let mut count = |text: &str, from: usize| {
            let before = state;
            let end = from + text.len();
            sums += counts.sums(Part { text, is_first: from == 0, is_last: end == total }, &mut state);
            parts.push(Counted { end, state: before, sums });
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
            let end = part.end + inserted - removed;
            behind_state = count(&self.read_between(to, end), to);
            to = end;
            behind += 1;
        }
        let added = (sums - before).mid.div_ceil(UNIT) as usize;
        let (_, were) = self.up_to(behind);
        for part in &mut self.parts[behind..] {
            part.end = part.end + inserted - removed;
            part.sums = sums + (part.sums - were);
        }
        self.parts.splice(first..behind, parts);
        Recounted { from, to, added }
    }

    /// Returns where a part begins, and the sums of those before it.
    fn up_to(&self, part: usize) -> (usize, Sums) {
        let before = part.checked_sub(1).and_then(|last| self.parts.get(last));
        before.map_or((0, Sums::default()), |last| (last.end, last.sums))
    }

    /// Returns the sums of the whole text.
    pub(super) fn sums(&self) -> Sums {
        self.up_to(self.parts.len()).1
    }

    /// Returns the sums of the text between two bytes when it stands alone, where sums add up anywhere. From where the state
    /// is as it is in the whole text, the sums of its parts hold.
    pub(super) fn sums_between(&self, counts: &CountsOnly, from: usize, to: usize) -> Sums {
        let view = View::new(&self.tree, from, to);
        let (mut sums, mut state) = (Sums::default(), State::default());
        let mut place = self.parts.partition_point(|part| part.end <= from);
        let mut at = from;
        while at < to
            && let Some(part) = self.parts.get(place)
        {
            let (start, before) = self.up_to(place);
            let whole = self.parts.partition_point(|part| part.end <= to);
            if at == start && place < whole && part.state == state {
                // From here on the states are those of the whole text.
                let behind = self.parts[whole - 1];
                sums += behind.sums - before;
                (at, place) = (behind.end, whole);
                state = self.parts.get(whole).map_or(state, |next| next.state);
            } else {
                let end = to.min(part.end);
                let text = &read(&view, at, end);
                sums += counts.sums(Part { text, is_first: at == from, is_last: end == to }, &mut state);
                (at, place) = (end, place + 1);
            }
        }
        sums
    }

    /// Returns the text between two bytes as it reads when it stands alone.
    pub(super) fn read_between(&self, from: usize, to: usize) -> String {
        read(&View::new(&self.tree, from, to), from, to)
    }

    /// Returns about how many tokens stand before a byte.
    pub(super) fn tokens_before(&self, at: usize) -> usize {
        let place = self.parts.partition_point(|part| part.end <= at);
        let (from, before) = self.up_to(place);
        let inside = self.per_byte(place) * (at - from) as u64;
        (((before.mid + inside) / UNIT) as usize).min(self.tokens())
    }

    /// Returns about what a byte of a part is, in parts of a token; 0 behind the last one.
    fn per_byte(&self, place: usize) -> u64 {
        let (from, before) = self.up_to(place);
        self.parts.get(place).map_or(0, |part| (part.sums - before).mid / (part.end - from).max(1) as u64)
    }

    /// Returns about where so many tokens end, on a code point; where the text ends, for all that it has.
    pub(super) fn byte_behind(&self, tokens: usize) -> usize {
        if tokens == 0 {
            return 0;
        }
        if tokens >= self.tokens() {
            return self.tree.sum().bytes;
        }
        let sum = tokens as u64 * UNIT;
        let place = self.parts.partition_point(|part| part.sums.mid <= sum);
        let (from, before) = self.up_to(place);
        let bytes = (sum - before.mid) / self.per_byte(place).max(1);
        self.view().code_point_start((from + bytes as usize).min(self.tree.sum().bytes))
    }
}

fn read(view: &View<'_>, from: usize, to: usize) -> String {
    let mut buffer = Vec::new();
    let text = view.bytes(from, to, &mut buffer);
    std::str::from_utf8(&text.bytes[text.from..text.to]).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Encoding;
    use rand::{Rng, SeedableRng, rngs::StdRng};
    use std::sync::Arc;

    /// The bytes of each part.
    fn parts(live: &LiveText) -> Vec<usize> {
        let ends = live.parts.iter().map(|part| part.end);
        std::iter::once(0).chain(ends.clone()).zip(ends).map(|(from, to)| to - from).collect()
    }

    /// All but the last part are neither long nor short, and an edit counts one or two of them anew.
    #[test]
    fn parts_are_cut_and_joined() {
        let text = "a b c ".repeat(20_000);
        let mut live = LiveText::new(Arc::new(Encoding::of_estimate("o200k_base")), &text);
        assert!(parts(&live).iter().all(|&part| (PART..=2 * PART).contains(&part)), "{:?}", parts(&live));
        let rng = &mut StdRng::seed_from_u64(6);
        let (mut edits, mut counted) = (0, 0);
        while live.len() > 5 * PART {
            let from = rng.random_range(0..=live.len());
            let to = live.len().min(from + rng.random_range(0..120));
            let insert = "a b c ".repeat(rng.random_range(0..3));
            let change = live.replace(from, to, &insert[..]).unwrap();
            edits += 1;
            counted += change.to - change.from;
            let parts = parts(&live);
            let (_, but_last) = parts.split_last().unwrap();
            assert!(parts.iter().all(|&part| part <= 2 * PART), "{parts:?}");
            assert!(but_last.iter().all(|&part| part >= PART / 4), "{parts:?}");
        }
        assert!(counted < edits * 2 * PART, "{counted} bytes in {edits} edits");
    }
}
