//! A text under edit, and beside it what it should know: for all tests that edit at random, and for the fuzzer.

use std::fmt::Write as _;
use std::sync::Arc;
use tokimeter::{Edit, Encoding, Insert, LiveText, Spans};

/// A text and the edits made to it, so that a failure can be replayed; and the same text as plain UTF-16.
pub struct Session<'a> {
    pub encoding: &'a Arc<Encoding>,
    pub live: LiveText,
    pub units: Vec<u16>,
    pub spans: Spans,
    pub script: String,
}

pub type Replacement = (usize, usize, Vec<u16>);

impl<'a> Session<'a> {
    pub fn new(encoding: &'a Arc<Encoding>, text: &str, leaf: usize) -> Self {
        let live = LiveText::with_leaf(encoding.clone(), text, leaf);
        let script = format!("with_leaf({}, {text:?}, {leaf})", encoding.name());
        let session = Self {
            encoding,
            live,
            units: text.encode_utf16().collect(),
            spans: encoding.spans(text),
            script,
        };
        assert_eq!(session.live.tokens(), session.spans.ids.len(), "{}", session.script);
        session
    }

    /// Makes an update and checks all that it says and leaves. Returns the update that takes it back.
    pub fn update(&mut self, edits: &[Replacement]) -> Vec<Replacement> {
        write!(self.script, "\nupdate({edits:?})").unwrap();
        // What has no lone surrogates is given as a string at every other place.
        let strings: Vec<Option<String>> = edits
            .iter()
            .map(|(from, _, insert)| String::from_utf16(insert).ok().filter(|_| from % 2 == 0))
            .collect();
        let update: Vec<Edit> = edits
            .iter()
            .zip(&strings)
            .map(|((from, to, insert), string)| {
                let insert = string.as_deref().map_or(Insert::Units(insert), Insert::Str);
                Edit { from: *from, to: *to, insert }
            })
            .collect();
        let change = self.live.update(&update).unwrap_or_else(|error| panic!("{error}: {}", self.script));
        let mut undo = Vec::new();
        let mut grown = 0_isize;
        for (from, to, insert) in edits {
            let at = from.strict_add_signed(grown);
            undo.push((at, at + insert.len(), self.units[at..to.strict_add_signed(grown)].to_vec()));
            self.units.splice(at..to.strict_add_signed(grown), insert.iter().copied());
            grown += insert.len().cast_signed() - (to - from).cast_signed();
        }
        let text = String::from_utf16_lossy(&self.units);
        let spans = self.encoding.spans(&text);
        let script = &self.script;
        assert_eq!(self.live.tokens(), spans.ids.len(), "tokens of {text:?}: {script}");
        assert_eq!(self.live.len(), self.units.len(), "length: {script}");
        assert_eq!(self.live.is_empty(), self.units.is_empty(), "{script}");
        let length = self.units.len();
        assert_eq!(self.live.slice_units(0, length).unwrap(), self.units, "text: {script}");
        assert_eq!(change.tokens, spans.ids.len(), "{script}");
        let lone = String::from_utf16(&self.units).is_err();
        assert_eq!(self.live.has_lone_surrogates(), lone, "lone surrogates: {script}");
        assert_eq!(change.added + self.spans.ids.len(), change.removed + spans.ids.len(), "{script}");
        assert!(change.from <= change.to && change.to <= length, "{change:?}: {script}");
        // Of the tokens that end at a place the first completes a character there, and others begin the next one.
        let head = |spans: &Spans| {
            let ends = spans.ends.iter().map(|&end| end as usize);
            ends.clone().filter(|&end| end < change.from).count()
                + usize::from(change.from > 0 && ends.clone().any(|end| end == change.from))
        };
        let kept = head(&spans);
        assert!(kept <= head(&self.spans), "{change:?}: {script}");
        assert_eq!(spans.ids[..kept], self.spans.ids[..kept], "before {change:?}: {script}");
        let tail = spans.ends.iter().filter(|&&end| end as usize > change.to).count().saturating_sub(1);
        let (ours, theirs) = (spans.ids.len() - tail, self.spans.ids.len().checked_sub(tail));
        let theirs = theirs.unwrap_or_else(|| panic!("behind {change:?}: {script}"));
        assert_eq!(spans.ids[ours..], self.spans.ids[theirs..], "behind {change:?}: {script}");
        self.spans = spans;
        undo
    }

    /// Asks for a part of the text, and for the place of a token.
    pub fn ask(&self, (from, to): (usize, usize), tokens: usize) {
        let script = &self.script;
        let part = String::from_utf16_lossy(&self.units[from..to]);
        let count = self.live.count_range(from, to).unwrap();
        assert_eq!(count, self.encoding.count(&part), "count_range({from}, {to}), {part:?}: {script}");
        let end = tokens.checked_sub(1).map_or(0, |last| self.spans.ends[last] as usize);
        assert_eq!(self.live.offset_of(tokens).unwrap(), end, "offset_of({tokens}): {script}");
        assert_eq!(self.live.slice(from, to).unwrap(), part, "slice({from}, {to}): {script}");
        let found = self.live.spans_in(from, to).unwrap();
        let last = found.index + found.spans.ids.len();
        assert_eq!(found.spans.ids, self.spans.ids[found.index..last], "spans_in({from}, {to}): {script}");
        assert_eq!(found.spans.ends, self.spans.ends[found.index..last], "spans_in({from}, {to}): {script}");
        let before = found.index.checked_sub(1).map_or(0, |before| self.spans.ends[before] as usize);
        assert_eq!(found.from, before, "spans_in({from}, {to}): {script}");
        if from < to {
            let begins = last.checked_sub(2).map_or(0, |before| self.spans.ends[before] as usize);
            assert!(before <= from && begins < to, "spans_in({from}, {to}): {script}");
            assert!(last == 0 || self.spans.ends[last - 1] as usize + 1 >= to, "{script}");
        }
    }

    /// Undoes updates and compares with the state before them.
    pub fn undo(&mut self, updates: Vec<Vec<Replacement>>, before: &(Vec<u16>, Spans)) {
        for update in updates.into_iter().rev() {
            self.update(&update);
        }
        assert_eq!((&self.units, &self.spans), (&before.0, &before.1), "undo: {}", self.script);
    }
}
