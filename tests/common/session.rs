//! A text under edit, and beside it what it should know: for all tests that edit at random.

use super::{rng, texts};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
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
        let update: Vec<Edit> = edits
            .iter()
            .map(|(from, to, insert)| Edit { from: *from, to: *to, insert: Insert::Units(insert) })
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

    /// Asks for parts of the text.
    pub fn ask(&self, rng: &mut StdRng) {
        let script = &self.script;
        let (from, to) = range(rng, self.units.len());
        let part = String::from_utf16_lossy(&self.units[from..to]);
        let count = self.live.count_range(from, to).unwrap();
        assert_eq!(count, self.encoding.count(&part), "count_range({from}, {to}), {part:?}: {script}");
        let tokens = rng.random_range(0..=self.spans.ids.len());
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
            assert!(
                before <= from && (last == 0 || self.spans.ends[last - 1] as usize + 1 >= to),
                "{script}"
            );
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

/// A range, mostly a short one, often at an end of the text.
pub fn range(rng: &mut StdRng, length: usize) -> (usize, usize) {
    let from = match rng.random_range(0..8) {
        0 => 0,
        1 => length,
        _ => rng.random_range(0..=length),
    };
    let to = match rng.random_range(0..8) {
        0..=3 => from,
        4 | 5 => (from + rng.random_range(0..4)).min(length),
        6 => rng.random_range(from..=length),
        _ => (from + rng.random_range(0..40)).min(length),
    };
    (from, to)
}

/// What is typed or pasted: things that make splitters and merges look far.
pub fn insertion(rng: &mut StdRng, encoding: &Encoding, corpus: &[String]) -> Vec<u16> {
    const SNIPPETS: [&str; 40] = [
        " ",
        "  ",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\u{85}",
        "\u{a0}",
        "\u{3000}",
        "'",
        "'s",
        "'S",
        "'re",
        "'ſ",
        "l",
        "L",
        "a",
        "A",
        "ab",
        "AB",
        "1",
        "12",
        "123456",
        "٣",
        "中",
        "的文",
        "か",
        "한",
        "\u{301}",
        "\u{e0101}",
        "\u{200d}",
        "😀",
        "👩‍💻",
        "/",
        "!",
        "。",
        "=",
        "𠀀",
        "ǅ",
        "<|endoftext|>",
    ];
    match rng.random_range(0..12) {
        0 => Vec::new(),
        1..=5 => SNIPPETS.choose(rng).unwrap().encode_utf16().collect(),
        6 => {
            let times = rng.random_range(1..40);
            SNIPPETS.choose(rng).unwrap().repeat(times).encode_utf16().collect()
        }
        // Half a pair, or both halves in the wrong order.
        7 => [[0xd83d].as_slice(), &[0xde00], &[0xde00, 0xd83d], &[0xd83d, 0xde00]]
            .choose(rng)
            .unwrap()
            .to_vec(),
        8 => (0..rng.random_range(1..4)).map(|_| rng.random_range(0xd7f0..0xe010)).collect(),
        9 => texts::added(rng, encoding).encode_utf16().collect(),
        _ => texts::text(rng, encoding, corpus).encode_utf16().collect(),
    }
}

pub fn update(rng: &mut StdRng, session: &Session, corpus: &[String]) -> Vec<Replacement> {
    let length = session.units.len();
    if length > 0 && rng.random_bool(0.01) {
        return vec![(0, length, Vec::new())];
    }
    let mut edits: Vec<Replacement> = Vec::new();
    for _ in 0..if rng.random_bool(0.1) { rng.random_range(2..5) } else { 1 } {
        let start = edits.last().map_or(0, |edit| edit.1);
        let (from, to) = range(rng, length - start);
        let mut insert = insertion(rng, session.encoding, corpus);
        if length > 700 && rng.random_bool(0.5) {
            insert.truncate(3);
        }
        edits.push((start + from, start + to, insert));
    }
    edits
}

/// Random edits to short texts, in leaves from tiny to full size.
pub fn random_edits(name: &str, encoding: &Arc<Encoding>, cases: u64) {
    let corpus = texts::corpus();
    let mut seeds = rng(&format!("{name}: {cases} edits"));
    let mut made = 0;
    while made < cases {
        let rng = &mut StdRng::seed_from_u64(seeds.random());
        let leaf = *[6, 12, 40, 200, 1536].choose(rng).unwrap();
        let text = texts::text(rng, encoding, &corpus);
        let mut session = Session::new(encoding, &text, leaf);
        let mut undo = Vec::new();
        let mut before = (session.units.clone(), session.spans.clone());
        for _ in 0..60 {
            let edits = update(rng, &session, &corpus);
            undo.push(session.update(&edits));
            session.ask(rng);
            made += 1;
            if rng.random_bool(0.04) {
                made += undo.len() as u64;
                session.undo(std::mem::take(&mut undo), &before);
                before = (session.units.clone(), session.spans.clone());
            }
        }
    }
}
