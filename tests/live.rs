//! A text under edit: after every edit its count is that of the whole text, and so is everything else it knows.

mod corners;
mod fit;

use crate::common::edits::{ask, insertion, random_edits, range, update};
use crate::common::session::Session;
use crate::common::{encoding, for_each_encoding, packed, rng, setting, texts};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use std::fmt::Write as _;
use std::sync::Arc;
use tokimeter::{Edit, Encoding, ErrorKind, Line, LiveText};

/// Those of a text, unless `CASES` says otherwise.
const EDITS: u64 = 60_000;

/// Returns how many cases an encoding has where there is one for so many edits. All that edits can trip over is in seven of them: each kind of symbols,
/// normalizer, whole pieces and merges that come early. The others have a fifth of the cases, and those that have the tokens
/// of another a tenth.
fn cases(name: &str, edits: u64) -> u64 {
    let part = match name {
        "o200k_base" | "cl100k_base" | "qwen3" | "glm5" | "deepseek_v3" | "gemma3" | "llama2" => 1,
        "o200k_harmony" | "p50k_base" | "deepseek_v4" | "mistral_v3" => 10,
        _ => 5,
    };
    (setting("CASES", EDITS) / edits / part).max(1)
}

#[test]
fn random_edits_of_each_encoding() {
    for_each_encoding(|name| random_edits(name, &encoding(name), cases(name, 1)));
}

/// Edits in a piece that is too long to be merged whole each time, many of them between two tokens.
#[test]
fn edits_in_long_pieces() {
    for_each_encoding(|name| {
        let cases = cases(name, 20);
        let mut seeds = rng(&format!("{name}: {cases} edits in long pieces"));
        let encoding = encoding(name);
        for _ in 0..cases.div_ceil(25) {
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
                ask(rng, &session);
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
        let cases = cases(name, 10_000);
        let mut rng = rng(&format!("{name}: {cases} large texts"));
        let encoding = encoding(name);
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
                    ask(&mut rng, &session);
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
    let encoding = encoding("o200k_base");
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
        let encoding = encoding(name);
        let mut session = Session::new(&encoding, text, 1536);
        session.update(&[(from, to, Vec::new())]);
    }
}

#[test]
fn bad_positions_change_nothing() {
    let encoding = encoding("o200k_base");
    let mut live = LiveText::new(encoding, "Hello, world!");
    let edit = |from, to| Edit { from, to, insert: "x".into() };
    for (edits, kind, words) in [
        (vec![edit(0, 14)], ErrorKind::OutOfRange, "length is 13"),
        (vec![edit(14, 14)], ErrorKind::OutOfRange, "it ends beyond the text, whose length is 13"),
        (vec![edit(5, 4)], ErrorKind::OutOfRange, "from 5 to 4: it ends before it begins"),
        (vec![edit(5, 14)], ErrorKind::OutOfRange, "it ends beyond the text"),
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

/// Of Claude's lines only counts are known: after every edit the count is that of the whole text.
#[test]
fn counts_of_claude() {
    let corpus = texts::corpus();
    let drawn_from = encoding("cl100k_base");
    let cases = setting("CASES", EDITS) / 10;
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
                    // The first text, and every tenth, is of many parts.
                    let texts = if made % 600 == 0 { 300 } else { rng.random_range(0..30) };
                    for _ in 0..texts {
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
                        let end = from + insert.len();
                        text.splice(from..to, insert);
                        made += 1;
                        let string = String::from_utf16_lossy(&text);
                        assert_eq!(live.tokens(), encoding.count(&string), "{script}");
                        assert_eq!(change.added + before, change.removed + live.tokens(), "{script}");
                        assert!(change.added <= live.tokens(), "{change:?}: {script}");
                        if from < to || from < end {
                            assert!(change.from <= from && end <= change.to, "{change:?}: {script}");
                        }
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
    let encodings = names.map(encoding);
    let cases = setting("CASES", EDITS) / 100;
    let mut seeds = rng(&format!("{cases} edits of a text in {} encodings", names.len()));
    for _ in 0..cases.div_ceil(20) {
        let rng = &mut StdRng::seed_from_u64(seeds.random());
        let before =
            if rng.random_bool(0.5) { texts::text(rng, &encodings[0], &corpus) } else { String::new() };
        let mut live = LiveText::with_leaf(encodings[0].clone(), &before, *[40, 1536].choose(rng).unwrap());
        let mut text: Vec<u16> = before.encode_utf16().collect();
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
                let is_whole = live.catch_up(number, rng.random_range(1..40));
                let expected = is_whole.then(|| encoding.count(&string));
                assert_eq!(live.tokens_also(number), expected, "{}: {string:?}", encoding.name());
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
        live.also_no_more(numbers[1]);
        assert_eq!((live.tokens_also(numbers[1]), live.shared_bytes(numbers[1])), (None, 0));
        assert_eq!(live.also(encodings[0].clone()), numbers[1], "a number that is free is given again");
        let change = live.reset("ab cd");
        assert_eq!((change.tokens, change.added, change.from, change.to), (2, 2, 0, 5));
        assert_eq!(change.removed, encodings[0].count(&String::from_utf16_lossy(&text)));
    }
}
