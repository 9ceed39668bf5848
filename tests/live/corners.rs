//! Edits in texts that random ones seldom are: tokens, texts and runs that are long, marks and added tokens that are in each other's way.

use crate::common::any_two_merge::{any_two_merge, with_added};
use crate::common::edits::{ask, range};
use crate::common::session::Session;
use crate::common::{encoding, for_each_encoding, packed, rng, setting, texts};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use std::sync::Arc;
use tokimeter::{Change, Encoding, Insert, Keep, Line, LiveText, Normalizer, Pattern};

/// Added tokens that begin inside each other and inside special ones, and marks that compose over others and change places.
#[test]
fn added_tokens_and_marks_in_each_other() {
    const LETTERS: [&str; 11] =
        ["a", "b", "c", "e", "x", "z", " ", "\u{1}", "\u{323}", "\u{302}", "\u{1d160}"];
    const LITERAL: [&str; 5] = ["aba", "bcab", "ca", "x\u{1d160}\u{1d160}\u{1d160}z", "e\u{302}b"];
    const SPECIAL: [&str; 2] = ["ccabab", "yaba ca"];
    let cases = (setting("CASES", super::EDITS) / 40).max(500);
    for (pattern, normalizer) in [
        (Pattern::O200k, Normalizer::None),
        (Pattern::O200k, Normalizer::Nfc),
        (Pattern::DeepSeek, Normalizer::None),
    ] {
        let file = with_added(pattern, normalizer, &LITERAL, &SPECIAL);
        let encoding = Arc::new(Encoding::from_packed(&file).unwrap());
        // The rest of a token that is cut, composed text that comes to be a token, and a long row in which others are found.
        let row = "ba".repeat(300);
        for (text, at, insert) in
            [("ababa", 2, " "), (" x\u{1d160}\u{1d160}\u{1d160}", 8, "z"), (&row, 0, "a"), (&row, 0, "ab")]
        {
            let mut session = Session::new(&encoding, text, 6);
            session.update(&[(at, at, insert.encode_utf16().collect())]);
            session.ask((0, session.units.len()), 1);
        }
        let mut seeds = rng(&format!("{pattern:?}, {normalizer:?}: {cases} edits of added tokens and marks"));
        let some = |rng: &mut StdRng, most: usize| {
            let mut text = String::new();
            for _ in 0..rng.random_range(0..=most) {
                let part = match rng.random_range(0..3) {
                    0 => texts::added(rng, &encoding),
                    1 => LETTERS.choose(rng).unwrap().repeat(rng.random_range(1..8)),
                    _ => (*LETTERS.choose(rng).unwrap()).to_owned(),
                };
                text += &part.repeat(if rng.random_bool(0.05) { rng.random_range(1..40) } else { 1 });
            }
            text
        };
        for _ in 0..cases.div_ceil(20) {
            let rng = &mut StdRng::seed_from_u64(seeds.random());
            let text = some(rng, 40);
            let mut session = Session::new(&encoding, &text, *[6, 40].choose(rng).unwrap());
            for _ in 0..20 {
                let (from, to) = range(rng, session.units.len());
                session.update(&[(from, to.min(from + 8), some(rng, 2).encode_utf16().collect())]);
                ask(rng, &session);
            }
        }
    }
}

/// An edit across the end of what another encoding has counted.
#[test]
fn an_edit_across_what_is_counted() {
    let [first, other] = ["o200k_base", "qwen3"].map(encoding);
    let mut live = LiveText::new(first, "one two three four five");
    let number = live.also(other.clone());
    assert!(!live.catch_up(number, 10));
    live.replace(2, 15, ", 12 ").unwrap();
    while !live.catch_up(number, 10) {}
    assert_eq!(live.tokens_also(number), Some(other.count("on, 12 our five")));
}

/// Where white space is cut depends on what stands behind the second piece from there.
#[test]
fn a_piece_depends_on_the_second_behind_it() {
    let o200k = encoding("o200k_base");
    let mut session = Session::new(&o200k, "a\n  か", 1536);
    session.update(&[(4, 5, vec![0xa])]);
    // At the end of a text it is not cut.
    let cl100k = Arc::new(Encoding::from_packed(&any_two_merge(Pattern::Cl100k)).unwrap());
    for spaces in 2..9 {
        let text = format!("a\n{}x", " ".repeat(spaces));
        Session::new(&cl100k, &text, 1536).ask((0, spaces + 1), 1);
    }
}

/// The half of a pair whose bytes are the lowest that continue a code point, which is no control character.
#[test]
fn a_part_begins_with_the_lowest_half() {
    let deepseek = Arc::new(Encoding::from_packed(&any_two_merge(Pattern::DeepSeek)).unwrap());
    let session = Session::new(&deepseek, "\u{100000}!?.,;:+=", 1536);
    for to in 1..10 {
        session.ask((1, to), 1);
    }
}

/// In a piece that is too long to be merged whole: two pieces that become one far from the edit, and letters of which each two merge
/// before the two ahead of them, so that one more moves all tokens before it.
#[test]
fn what_is_far_from_an_edit_merges_anew() {
    let encoding = Arc::new(Encoding::from_packed(&any_two_merge(Pattern::O200k)).unwrap());
    let pieces = format!("{}{}", "ʰ".repeat(200), "A".repeat(301));
    let letters: Vec<char> = ('a'..='z').collect();
    let pairs = letters.iter().flat_map(|left| letters.iter().map(move |right| format!("{left}{right}")));
    let mut pairs: Vec<(u32, String)> = pairs.map(|pair| (encoding.encode(&pair)[0], pair)).collect();
    pairs.sort();
    // The longest row that begins with each letter.
    let mut rows: Vec<String> = letters.iter().map(char::to_string).collect();
    for (_, pair) in &pairs {
        let [left, right] = [0, 1].map(|at| usize::from(pair.as_bytes()[at] - b'a'));
        if rows[left].len() <= rows[right].len() {
            rows[left] = format!("{}{}", letters[left], rows[right]);
        }
    }
    let row = rows.into_iter().max_by_key(String::len).unwrap();
    assert!(row.len() > 64, "{row}");
    let (head, last) = row.split_at(row.len() - 1);
    let head = "qe".repeat(200) + head;
    for (text, insert) in [(pieces.as_str(), "a"), (&head, last)] {
        let mut session = Session::new(&encoding, text, 1536);
        let length = session.units.len();
        let undo = session.update(&[(length, length, insert.encode_utf16().collect())]);
        session.ask((0, length + 1), 1);
        session.update(&undo);
        session.ask((0, length), 1);
    }
}

/// The longest tokens, and runs of which they are made.
#[test]
fn tokens_that_are_long() {
    for_each_encoding(|name| {
        let encoding = encoding(name);
        let tokens = (0..encoding.vocab_size() as u32).filter_map(|id| encoding.decode(&[id]).ok());
        let tokens = tokens.filter(|token| token.len() > 120);
        let runs = [126, 127, 128, 129, 200, 9_000].map(|length| " ".repeat(length));
        for text in tokens.chain(runs) {
            let length = text.encode_utf16().count();
            let mut session = Session::new(&encoding, &format!("a{text}b"), 1536);
            session.ask((1, length), 1);
            for (from, to, insert) in [
                (length + 1, length + 2, ""),
                (0, 1, ""),
                (0, 0, " "),
                (length / 2, length / 2, "x"),
                (length / 2, length / 2 + 1, ""),
                (1, 1, "  "),
            ] {
                session.update(&[(from, to, insert.encode_utf16().collect())]);
                session.ask((0, length - 1), session.spans.ids.len() / 2);
            }
        }
    });
}

/// A text that is longer than what is counted at a time; and what of it fits.
#[test]
fn texts_that_are_long() {
    let corpus = texts::corpus();
    let text = &corpus[3][..corpus[3].floor_char_boundary(300_000)];
    let length = text.encode_utf16().count();
    for name in ["o200k_base", "qwen3", "gemma3", "llama2"] {
        let encoding = encoding(name);
        let live = LiveText::new(encoding.clone(), text);
        assert_eq!((live.tokens(), live.len()), (encoding.count(text), length), "{name}");
        assert!(live.text() == text, "{name}");
        for limit in [10, live.tokens() - 10] {
            for keep in [Keep::Start, Keep::End] {
                let fit = encoding.fit(text, limit, keep);
                assert_eq!(fit, live.fit(limit, keep), "{name}, {limit}");
                assert!(fit.truncated && fit.tokens <= limit && limit < fit.tokens + 10, "{name}: {fit:?}");
                assert_eq!(
                    if keep == Keep::Start { fit.from } else { length - fit.to },
                    0,
                    "{name}: {fit:?}"
                );
            }
        }
    }
}

/// An edit changes the pieces that it touches and the one before them; a little more where a text is normalized, searched for added
/// tokens or one piece. What is no edit changes nothing.
#[test]
fn a_change_is_small() {
    let text = "one two three four five six seven eight nine ten ".repeat(200);
    let at = text.len() / 2 + text[text.len() / 2..].find("five").unwrap();
    let change =
        |(from, to), added, removed| Change { tokens: 2001 + added - removed, added, removed, from, to };
    let edits = [
        (at, at + 4, "cinq", change((at - 6, at + 4), 2, 2)),
        (at - 1, at + 4, "", change((at - 6, at - 1), 1, 2)),
        (at - 1, at - 1, " x", change((at - 6, at + 1), 2, 1)),
        (at, at, "", change((0, 0), 0, 0)),
        (0, 0, "", change((0, 0), 0, 0)),
    ];
    for_each_encoding(|name| {
        let encoding = encoding(name);
        for (from, to, insert, smallest) in edits {
            let units: Vec<u16> = insert.encode_utf16().collect();
            for (insert, around) in [(Insert::Str(insert), 42), (Insert::Units(&units), 64)] {
                let mut live = LiveText::new(encoding.clone(), &text);
                let change = live.replace(from, to, insert).unwrap();
                let script = format!("{name}: {from}..{to} by {insert:?}: {change:?}");
                if name == "o200k_base" || smallest.to == 0 {
                    assert_eq!(change, smallest, "{script}");
                }
                assert!(smallest.from - change.from.min(smallest.from) <= around, "{script}");
                assert!(change.to - smallest.to <= around && change.added <= 24, "{script}");
            }
        }
    });
}

/// Where only counts are known, the places of tokens are known by proportion.
#[test]
fn places_of_tokens_are_nearly_right() {
    let claude = Encoding::from_claude(&packed("claude4_7"), Line::Opus5).unwrap();
    let text = "The cleaner comes at nine. ".repeat(400);
    for encoding in [Encoding::of_estimate("o200k_base"), claude] {
        let name = encoding.name().to_owned();
        let live = LiveText::new(Arc::new(encoding), &text);
        for at in (0..text.len()).step_by(97) {
            let tokens = live.count_range(0, at).unwrap();
            let index = live.spans_in(at, text.len()).unwrap().index;
            assert!(index.abs_diff(tokens) <= 12, "{name}: token {index} at {at}, not {tokens}");
            let offset = live.offset_of(index).unwrap();
            assert!(offset.abs_diff(at) <= 12, "{name}: token {index} at {offset}, not {at}");
        }
    }
}
