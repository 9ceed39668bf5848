//! A text under edit: after every edit its count is that of the whole text, and so is everything else it knows.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{encoding, for_each_encoding, packed, rng, setting, texts};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use std::fmt::Write as _;
use std::sync::Arc;
use tokimeter::{Edit, Encoding, ErrorKind, Insert, Keep, Line, LiveText, Spans};

/// A text and the edits made to it, so that a failure can be replayed; and the same text as plain UTF-16.
struct Session<'a> {
    encoding: &'a Arc<Encoding>,
    live: LiveText,
    units: Vec<u16>,
    spans: Spans,
    script: String,
}

type Replacement = (usize, usize, Vec<u16>);

impl<'a> Session<'a> {
    fn new(encoding: &'a Arc<Encoding>, text: &str, leaf: usize) -> Self {
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
    fn update(&mut self, edits: &[Replacement]) -> Vec<Replacement> {
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
    fn ask(&self, rng: &mut StdRng) {
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
    fn undo(&mut self, updates: Vec<Vec<Replacement>>, before: &(Vec<u16>, Spans)) {
        for update in updates.into_iter().rev() {
            self.update(&update);
        }
        assert_eq!((&self.units, &self.spans), (&before.0, &before.1), "undo: {}", self.script);
    }
}

/// A range, mostly a short one, often at an end of the text.
fn range(rng: &mut StdRng, length: usize) -> (usize, usize) {
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
fn insertion(rng: &mut StdRng, encoding: &Encoding, corpus: &[String]) -> Vec<u16> {
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
        _ => texts::text(rng, encoding, corpus).encode_utf16().collect(),
    }
}

fn update(rng: &mut StdRng, session: &Session, corpus: &[String]) -> Vec<Replacement> {
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

/// Returns how many of so many cases an encoding has. All that edits can trip over is in seven of them: each kind of symbols,
/// normalizer, whole pieces and merges that come early. The others have a fifth of the cases, and those that have the tokens
/// of another a tenth.
fn cases(name: &str, of: u64) -> u64 {
    let part = match name {
        "o200k_base" | "cl100k_base" | "qwen3" | "glm5" | "deepseek_v3" | "gemma3" | "llama2" => 1,
        "o200k_harmony" | "p50k_base" | "deepseek_v4" | "mistral_v3" => 10,
        _ => 5,
    };
    setting("CASES", 500_000) * of / 500_000 / part
}

/// Random edits to short texts, in leaves from tiny to full size.
fn random_edits(name: &str) {
    let encoding = Arc::new(encoding(name));
    let corpus = texts::corpus();
    let cases = cases(name, 500_000);
    let mut seeds = rng(&format!("{name}: {cases} edits"));
    let mut made = 0;
    while made < cases {
        let rng = &mut StdRng::seed_from_u64(seeds.random());
        let leaf = *[6, 12, 40, 200, 1536].choose(rng).unwrap();
        let text = texts::text(rng, &encoding, &corpus);
        let mut session = Session::new(&encoding, &text, leaf);
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

#[test]
fn random_edits_of_each_encoding() {
    for_each_encoding(random_edits);
}

/// Edits in a piece that is too long to be merged whole each time, many of them between two tokens.
#[test]
fn edits_in_long_pieces() {
    for_each_encoding(|name| {
        let cases = cases(name, 25_000);
        let mut seeds = rng(&format!("{name}: {cases} edits in long pieces"));
        let encoding = Arc::new(encoding(name));
        for _ in 0..cases / 25 {
            let rng = &mut StdRng::seed_from_u64(seeds.random());
            let alphabet: Vec<char> = texts::ALPHABETS.choose(rng).unwrap().chars().collect();
            let piece = |rng: &mut StdRng, length: usize| -> String {
                let mut text = String::new();
                while text.len() < length {
                    let times = if rng.random_bool(0.1) { rng.random_range(1..200) } else { 1 };
                    text.extend(std::iter::repeat_n(*alphabet.choose(rng).unwrap(), times));
                }
                text
            };
            let length = rng.random_range(257..4000);
            let text = piece(rng, length);
            let mut session = Session::new(&encoding, &text, *[64, 300, 1536].choose(rng).unwrap());
            for _ in 0..25 {
                let (mut from, mut to) = range(rng, session.units.len());
                if rng.random_bool(0.5) && !session.spans.ends.is_empty() {
                    let first = rng.random_range(0..session.spans.ends.len());
                    let last = (first + rng.random_range(0..4)).min(session.spans.ends.len() - 1);
                    (from, to) = (session.spans.ends[first] as usize, session.spans.ends[last] as usize);
                }
                let insert = match rng.random_range(0..8) {
                    0..=3 => String::new(),
                    4 => " .".to_owned(),
                    5 => piece(rng, 600),
                    _ => piece(rng, 3),
                };
                session.update(&[(from, to, insert.encode_utf16().collect())]);
                session.ask(rng);
            }
        }
    });
}

/// Pastes of 100 kB, edits in long pieces, select all and delete.
#[test]
fn large_texts() {
    const UNITS: [&str; 14] =
        ["a", "A", " ", "\n", "=", "ab", "0", "中", "的一", "\u{301}", "😀", "/", "Ab", "\u{e0101}"];
    let corpus = texts::corpus();
    for_each_encoding(|name| {
        let cases = cases(name, 50);
        let mut rng = rng(&format!("{name}: {cases} large texts"));
        let encoding = Arc::new(encoding(name));
        for case in 0..cases {
            let mut session = Session::new(&encoding, "", *[100, 1536].choose(&mut rng).unwrap());
            for paste in 0..3 {
                let text = if case % 2 == 0 {
                    UNITS.choose(&mut rng).unwrap().repeat(rng.random_range(500..30_000))
                } else if case % 4 == 1 {
                    (0..rng.random_range(500..60_000)).map(|_| rng.random_range('a'..='z')).collect()
                } else {
                    let text = corpus.choose(&mut rng).unwrap();
                    let from = text.floor_char_boundary(rng.random_range(0..text.len() / 2));
                    text[from..text.floor_char_boundary(from + 100_000)].to_owned()
                };
                let (from, to) = range(&mut rng, session.units.len());
                let mut undo = vec![session.update(&[(from, to, text.encode_utf16().collect())])];
                session.script.truncate(200);
                write!(session.script, "… (case {case}, paste {paste})").unwrap();
                let before = (session.units.clone(), session.spans.clone());
                undo.clear();
                for _ in 0..8 {
                    let edits = update(&mut rng, &session, &corpus);
                    undo.push(session.update(&edits));
                    session.ask(&mut rng);
                }
                session.undo(undo, &before);
            }
            let length = session.units.len();
            session.update(&[(0, length, Vec::new())]);
            assert_eq!((session.live.tokens(), session.live.len()), (0, 0));
        }
    });
}

/// Each surrogate half typed by itself, in both orders, and edits inside of a pair.
#[test]
fn halves_of_pairs() {
    let encoding = Arc::new(encoding("o200k_base"));
    let mut session = Session::new(&encoding, "ab", 8);
    session.update(&[(1, 1, vec![0xd83d])]);
    assert_eq!(session.live.text(), "a\u{fffd}b");
    assert!(session.live.has_lone_surrogates());
    session.update(&[(2, 2, vec![0xde00])]);
    assert_eq!(session.live.text(), "a😀b");
    assert_eq!(session.live.tokens(), encoding.count("a😀b"));
    session.update(&[(2, 2, "x".encode_utf16().collect())]);
    assert_eq!(session.live.text(), "a\u{fffd}x\u{fffd}b");
    session.update(&[(2, 3, vec![])]);
    assert_eq!(session.live.text(), "a😀b");
    session.update(&[(1, 2, vec![]), (2, 3, vec![0xde00])]);
    session.update(&[(1, 1, vec![0xd83d])]);
    assert_eq!(session.live.text(), "a😀b");
}

/// A piece that is a token only as a whole, which a longer piece was not.
#[test]
fn whole_pieces() {
    for (name, text, from, to) in [("glm5", "AB 猪中\r guessed", 4, 6), ("llama3", " việca b", 5, 6)] {
        let encoding = Arc::new(encoding(name));
        let mut session = Session::new(&encoding, text, 1536);
        session.update(&[(from, to, Vec::new())]);
    }
}

#[test]
fn bad_positions_change_nothing() {
    let encoding = Arc::new(encoding("o200k_base"));
    let mut live = LiveText::new(encoding, "Hello, world!");
    let edit = |from, to| Edit { from, to, insert: "x".into() };
    for (edits, kind, words) in [
        (vec![edit(0, 14)], ErrorKind::OutOfRange, "length is 13"),
        (vec![edit(14, 14)], ErrorKind::OutOfRange, "length is 13"),
        (vec![edit(5, 4)], ErrorKind::OutOfRange, "from 5 to 4"),
        (vec![edit(0, 0), edit(14, 14)], ErrorKind::OutOfRange, "14"),
        (vec![edit(5, 6), edit(5, 7)], ErrorKind::UnsortedEdits, "edit 1 begins at 5"),
        (vec![edit(5, 6), edit(1, 2)], ErrorKind::UnsortedEdits, "edit 1 begins at 1"),
    ] {
        let error = live.update(&edits).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!((live.text().as_str(), live.tokens()), ("Hello, world!", 4));
    }
    assert_eq!(live.count_range(3, 14).unwrap_err().kind(), ErrorKind::OutOfRange);
    assert_eq!(live.offset_of(5).unwrap_err().kind(), ErrorKind::OutOfRange);
    assert_eq!(live.spans_in(9, 8).unwrap_err().kind(), ErrorKind::OutOfRange);
    assert_eq!(live.split(0).unwrap_err().kind(), ErrorKind::LimitTooSmall);
}

/// What fits is within the limit, on a border of graphemes, and would not fit with one grapheme more.
#[test]
fn fit_and_split() {
    let corpus = texts::corpus();
    for_each_encoding(|name| {
        let cases = cases(name, 5_000);
        let encoding = Arc::new(encoding(name));
        let mut rng = rng(&format!("{name}: {cases} texts to fit"));
        for _ in 0..cases {
            let text = texts::text(&mut rng, &encoding, &corpus);
            let limit = rng.random_range(0..=encoding.count(&text) + 1);
            check_fit(&encoding, &text, limit);
        }
    });
}

/// Long runs in which no place is safe to begin segmenting, and graphemes that are long themselves.
#[test]
fn fit_in_hostile_texts() {
    const UNITS: [&str; 12] = [
        "🇨🇳",
        "👩‍👩‍👧‍👦",
        "e\u{301}\u{308}",
        "\u{301}",
        "क्षि",
        "ก\u{e34}\u{e48}",
        "\u{1100}\u{1161}\u{11a8}",
        "\r\n",
        "\u{600}1",
        "中",
        "か\u{3099}",
        "ℹ\u{200d}ℹ",
    ];
    let encoding = Arc::new(encoding("o200k_base"));
    for unit in UNITS {
        for times in [3, 400] {
            let text = format!("a{}z", unit.repeat(times));
            let tokens = encoding.count(&text);
            for limit in [0, 2, 7, tokens / 2, tokens - 1] {
                check_fit(&encoding, &text, limit);
            }
        }
    }
}

fn check_fit(encoding: &Arc<Encoding>, text: &str, limit: usize) {
    use unicode_segmentation::UnicodeSegmentation;
    let borders: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |unit: usize| utf16_to_byte(text, unit);
    for keep in [Keep::Start, Keep::End] {
        let fit = encoding.fit(text, limit, keep);
        let (from, to) = (byte(fit.from), byte(fit.to));
        let cut = if keep == Keep::Start { to } else { from };
        let why = format!("{text:?}, {limit}, {keep:?}: {fit:?}");
        let place = borders.binary_search(&cut).unwrap_or_else(|_| panic!("inside a grapheme: {why}"));
        let part = &text[from..to];
        assert_eq!(fit.tokens, encoding.count(part), "{why}");
        assert!(fit.tokens <= limit, "{why}");
        assert_eq!(fit.truncated, part != text, "{why}");
        let longer = match keep {
            Keep::Start => borders.get(place + 1).map(|&next| &text[..next]),
            Keep::End => place.checked_sub(1).map(|previous| &text[borders[previous]..]),
        };
        assert!(longer.is_none_or(|longer| encoding.count(longer) > limit), "{why}");
    }
    let chunks = match encoding.split(text, limit) {
        Ok(chunks) => chunks,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::LimitTooSmall);
            assert!(
                text.chars().any(|c| encoding.count(&c.to_string()) > limit),
                "{text:?}, {limit}: {error}"
            );
            return;
        }
    };
    let mut at = 0;
    for chunk in chunks {
        let to = byte(chunk.to);
        let why = format!("{text:?}, {limit}: {chunk:?}");
        assert_eq!(byte(chunk.from), at, "{why}");
        assert_eq!(chunk.tokens, encoding.count(&text[at..to]), "{why}");
        assert!(chunk.tokens <= limit && to > at, "{why}");
        let next = borders.get(borders.partition_point(|&border| border <= to));
        assert!(next.is_none_or(|&next| encoding.count(&text[at..next]) > limit), "{why}");
        // A grapheme is cut only if it alone is more than the limit.
        let begin = borders[borders.partition_point(|&border| border <= at) - 1];
        let end = borders[borders.partition_point(|&border| border < to)];
        let is_alone =
            borders.binary_search(&to).is_ok() || begin == borders[borders.binary_search(&end).unwrap() - 1];
        assert!(is_alone, "{why}");
        at = to;
    }
    assert_eq!(at, text.len());
}

fn utf16_to_byte(text: &str, unit: usize) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= unit {
            return at;
        }
        units += c.len_utf16();
    }
    text.len()
}

/// Of Claude's lines only counts are known: after every edit the count is that of the whole text.
#[test]
fn counts_of_claude() {
    let corpus = texts::corpus();
    let drawn_from = encoding("cl100k_base");
    let cases = setting("CASES", 500_000) / 10;
    std::thread::scope(|scope| {
        for line in Line::ALL {
            let (corpus, drawn_from) = (&corpus, &drawn_from);
            scope.spawn(move || {
                let file = packed(line.vocab());
                let encoding = Arc::new(Encoding::from_claude(&file, line).unwrap());
                let mut seeds = rng(&format!("{line:?}: {cases} edits"));
                let mut made = 0;
                while made < cases {
                    let rng = &mut StdRng::seed_from_u64(seeds.random());
                    let mut text: Vec<u16> = Vec::new();
                    for _ in 0..rng.random_range(0..30) {
                        text.extend(texts::text(rng, drawn_from, corpus).encode_utf16());
                    }
                    let mut live = LiveText::new(encoding.clone(), "");
                    live.replace(0, 0, text.as_slice()).unwrap();
                    for _ in 0..60 {
                        let (from, to) = range(rng, text.len());
                        let insert = insertion(rng, drawn_from, corpus);
                        let script = format!("{line:?}: {from}..{to} by {insert:?} in {text:?}");
                        let before = live.tokens();
                        let change = live.replace(from, to, insert.as_slice()).unwrap();
                        text.splice(from..to, insert);
                        made += 1;
                        let string = String::from_utf16_lossy(&text);
                        assert_eq!(live.tokens(), encoding.count(&string), "{script}");
                        assert_eq!(change.added + before, change.removed + live.tokens(), "{script}");
                        assert_eq!(live.slice_units(0, text.len()).unwrap(), text, "{script}");
                        let (from, to) = range(rng, text.len());
                        let part = String::from_utf16_lossy(&text[from..to]);
                        assert_eq!(live.count_range(from, to).unwrap(), encoding.count(&part), "{script}");
                    }
                }
            });
        }
    });
}

/// The same text counted in several encodings: each is right after every edit, also while it catches up.
#[test]
fn other_encodings_of_the_same_text() {
    let corpus = texts::corpus();
    let names = ["o200k_base", "qwen3", "gemma3", "llama2", "cl100k_base"];
    let encodings = names.map(|name| Arc::new(encoding(name)));
    let cases = setting("CASES", 500_000) / 100;
    let mut seeds = rng(&format!("{cases} edits of a text in {} encodings", names.len()));
    for _ in 0..cases / 20 {
        let rng = &mut StdRng::seed_from_u64(seeds.random());
        let mut live = LiveText::with_leaf(encodings[0].clone(), "", *[40, 1536].choose(rng).unwrap());
        let mut text: Vec<u16> = Vec::new();
        let numbers: Vec<usize> = encodings[1..].iter().map(|encoding| live.also(encoding.clone())).collect();
        for _ in 0..20 {
            let (from, to) = range(rng, text.len());
            // Leaves may end within what another encoding's normalizer has made one character.
            let insert = match rng.random_range(0..4) {
                0 => "KDeeee\u{308}MT\u{2367}ld".encode_utf16().collect(),
                _ => insertion(rng, &encodings[0], &corpus),
            };
            live.replace(from, to, insert.as_slice()).unwrap();
            text.splice(from..to, insert);
            let string = String::from_utf16_lossy(&text);
            assert_eq!(live.tokens(), encodings[0].count(&string));
            for (&number, encoding) in numbers.iter().zip(&encodings[1..]) {
                live.catch_up(number, rng.random_range(1..40));
                if let Some(tokens) = live.tokens_also(number) {
                    assert_eq!(tokens, encoding.count(&string), "{}: {string:?}", encoding.name());
                }
            }
        }
        for (&number, encoding) in numbers.iter().zip(&encodings[1..]) {
            assert!(live.catch_up(number, usize::MAX));
            let shared = live.shared_bytes(number);
            if encoding.name() == "cl100k_base" {
                assert_eq!(shared, live.slice(0, text.len()).unwrap().len(), "one copy of the text");
            }
            let tokens = live.tokens_also(number);
            assert_eq!(tokens, Some(encoding.count(&String::from_utf16_lossy(&text))), "{}", encoding.name());
        }
    }
}
