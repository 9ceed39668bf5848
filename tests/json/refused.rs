//! Limits, and what is said of a file that is not taken.

use super::{Subject, added, error, from_json};
use crate::common::edits::random_edits;
use crate::common::{reference, rng, setting};
use rand::Rng;
use rand::seq::IndexedRandom;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokimeter::{
    Encoding, ErrorKind, JsonOptions, MAX_FILE, MAX_FILE_TOKENS, MAX_MERGES, MAX_NESTING, MAX_PART, pack_json,
};

/// A tokenizer of bytes, with tokens and merges that are given as JSON.
pub fn tiny(vocab: &str, merges: &str, more: &str) -> String {
    let mut letters = String::new();
    for (byte, c) in reference::byte_characters().into_iter().enumerate() {
        write!(letters, "{}:{byte},", Value::String(c.to_string())).unwrap();
    }
    format!(
        r#"{{"version":"1.0","added_tokens":[],"normalizer":null,"pre_tokenizer":{{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}}{more},"model":{{"type":"BPE","vocab":{{{letters}"ab":256{vocab}}},"merges":["a b"{merges}]}}}}"#
    )
}

fn nested(depth: usize) -> String {
    format!(r#","more":{}{}"#, "[".repeat(depth), "]".repeat(depth))
}

#[test]
fn limits() {
    let taken = |file: &str| assert!(from_json(file.as_bytes()).is_ok(), "{:?}", error(file.as_bytes()));
    let exceeds = |file: &str, most: u64| {
        let error = error(file.as_bytes());
        assert_eq!(error.kind(), ErrorKind::LimitExceeded, "{error}");
        assert!(error.to_string().contains(&most.to_string()), "{error}");
    };
    taken(&tiny("", "", ""));
    taken(&tiny("", "", &nested(MAX_NESTING - 1)));
    exceeds(&tiny("", "", &nested(MAX_NESTING)), MAX_NESTING as u64);
    exceeds(&tiny("", "", &nested(1_000_000)), MAX_NESTING as u64);

    let mut file = tiny("", "", "");
    file.push_str(&" ".repeat(MAX_FILE - file.len()));
    taken(&file);
    file.push(' ');
    exceeds(&file, MAX_FILE as u64);

    let tokens = |count: u64| (257..count).fold(String::new(), |list, id| list + &format!(",\"{id}\":{id}"));
    let many = error(tiny(&tokens(MAX_FILE_TOKENS), "", "").as_bytes());
    assert_eq!(many.kind(), ErrorKind::UnsupportedTokenizer, "{many}");
    exceeds(&tiny(&tokens(MAX_FILE_TOKENS + 1), "", ""), MAX_FILE_TOKENS);
    taken(&tiny(&tokens(1 << 19), "", ""));
    let many = error(tiny(&tokens((1 << 19) + 1), "", "").as_bytes());
    assert_eq!(many.kind(), ErrorKind::UnsupportedTokenizer, "{many}");

    let merges = |count: usize| ",\"a b\"".repeat(count - 1);
    taken(&tiny("", &merges(MAX_MERGES), ""));
    exceeds(&tiny("", &merges(MAX_MERGES + 1), ""), MAX_MERGES as u64);

    let part = |length: usize| format!(r#","normalizer":{{"type":"NFC","more":"{}"}}"#, "a".repeat(length));
    taken(&tiny("", "", &part(MAX_PART - 100)));
    exceeds(&tiny("", "", &part(MAX_PART + 100)), MAX_PART as u64);

    // The model without its lists is one part, too.
    let members = |length: usize| {
        let member = "a".repeat(length / 2);
        tiny("", "", "").replace("\"model\":{", &format!(r#""model":{{"x":"{member}","y":"{member}","#))
    };
    taken(&members(MAX_PART - 100));
    exceeds(&members(MAX_PART + 100), MAX_PART as u64);

    let long = |length: usize| format!(",\"{}\":300", "a".repeat(length));
    taken(&tiny(&long(2047), "", ""));
    assert_eq!(error(tiny(&long(2048), "", "").as_bytes()).kind(), ErrorKind::UnsupportedTokenizer);
    let id = |id: u64| format!(",\"b\u{120}\":{id}");
    taken(&tiny(&id((1 << 20) - 1), "", ""));
    assert_eq!(error(tiny(&id(1 << 20), "", "").as_bytes()).kind(), ErrorKind::UnsupportedTokenizer);
    exceeds(&tiny(&id(1 << 32), "", ""), u64::from(u32::MAX));
}

/// What the engine has no room for is refused by the reader, so that the other engine can try.
#[test]
fn what_is_taken_can_be_loaded() {
    let refused = |file: &str, why: &str| {
        let error = pack_json(file.as_bytes(), JsonOptions::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnsupportedTokenizer, "{error}");
        assert!(error.to_string().contains(why), "{error}");
    };
    let taken = |file: &str| assert!(from_json(file.as_bytes()).is_ok(), "{:?}", error(file.as_bytes()));
    // A token that spells no bytes.
    let unspelled = |length: usize| format!(",\"{}\":300", "中".repeat(length));
    taken(&tiny(&unspelled(682), "", ""));
    refused(&tiny(&unspelled(683), "", ""), "2047 bytes");

    // All tokens together: 256 bytes and "ab" take a word each, and the others eight.
    let tokens = |count: usize, padding: usize| {
        (0..count).fold(String::new(), |list, number| {
            list + &format!(",\"{number:06}{}\":{}", "x".repeat(padding), 257 + number)
        })
    };
    let room = (1 << 21) - 257;
    taken(&tiny(&tokens(room / 8, 58), "", ""));
    refused(&tiny(&tokens(room / 8 + 1, 51), "", ""), "16777216 bytes");
    let last = format!("{},\"{}\":1048575", tokens(room / 8, 58), "y".repeat(room % 8 * 8));
    taken(&tiny(&last, "", ""));
    let add = |file: &str| file.replace("\"added_tokens\":[]", "\"added_tokens\":[{\"content\":\"yz\"}]");
    refused(&add(&tiny(&last, "", "")), "16777216 bytes");

    // Bytes that no text has, and that stand for an added token in a text under edit.
    let [first, second, third] = [0xf4, 0x90, 0x80].map(|byte: usize| reference::byte_characters()[byte]);
    let stand_in = tiny(&format!(",\"{first}{second}{third}{third}\":257"), "", "");
    taken(&stand_in);
    refused(&add(&stand_in), "stand for an added token");

    // An id without a place in a table of all.
    let bytes = (0..=255).map(|byte| format!("<0x{byte:02X}>"));
    let mut vocab: serde_json::Map<_, _> = bytes.zip((0..).map(Value::from)).collect();
    let mut characters = |id: u32| {
        vocab.insert("<a b>".to_owned(), id.into());
        let file = json!({
            "added_tokens": [added("<a b>", id, false)],
            "normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": "▁"},
            "model": {"type": "BPE", "byte_fallback": true, "vocab": vocab, "merges": []},
        });
        file.to_string()
    };
    taken(&characters((1 << 20) - 1));
    refused(&characters(1 << 20), "1048575");

    let named = |length: usize| {
        let options = JsonOptions { name: "n".repeat(length), pattern: None };
        pack_json(tiny("", "", "").as_bytes(), options)
    };
    assert!(Encoding::from_packed(&named(1024).unwrap()).is_ok());
    let long = named(1025).unwrap_err();
    assert_eq!(long.kind(), ErrorKind::LimitExceeded, "{long}");
    assert!(long.to_string().contains("1024"), "{long}");
}

/// More added tokens, and longer ones, than the engine takes.
#[test]
fn limits_of_added_tokens() {
    let file = |texts: &mut dyn Iterator<Item = String>| {
        let tokens: Vec<Value> = texts.zip(257..).map(|(text, id)| added(&text, id, true)).collect();
        tiny("", "", "").replace("\"added_tokens\":[]", &format!("\"added_tokens\":{}", json!(tokens)))
    };
    let many = |count: usize| file(&mut (0..count).map(|number| format!("<{number}>")));
    let long = |count: usize, length: usize| {
        file(&mut (0..count).map(|number| format!("{number:04}{}", "x".repeat(length - 4))))
    };
    for taken in [many(1 << 16), long(1024, 1024)] {
        assert!(from_json(taken.as_bytes()).is_ok(), "{:?}", error(taken.as_bytes()));
    }
    for (file, named) in [
        (many((1 << 16) + 1), "more than 65536 tokens"),
        (long(1, 1025), "1024 bytes in one"),
        (long(1025, 1024), "1048576 in all"),
    ] {
        let error = error(file.as_bytes());
        assert_eq!(error.kind(), ErrorKind::UnsupportedTokenizer, "{error}");
        assert!(error.to_string().contains("added_tokens") && error.to_string().contains(named), "{error}");
    }
}

/// Tokens so long that merging each alone would take minutes.
#[test]
fn long_tokens_are_refused_soon() {
    let mut tokens = String::new();
    for n in 0..8000 {
        write!(tokens, ",\"{}{n}\":{}", "ab".repeat(1000), 300 + n).unwrap();
    }
    let begun = Instant::now();
    assert_eq!(error(tiny(&tokens, "", "").as_bytes()).kind(), ErrorKind::UnsupportedTokenizer);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn malformed_files_say_where() {
    let whole = tiny("", "", "");
    for cut in (0..whole.len()).step_by(7) {
        let error = error(&whole.as_bytes()[..cut]);
        assert_eq!(error.kind(), ErrorKind::InvalidTokenizer, "{error}");
        assert!(error.to_string().contains("byte"), "{error}");
    }
    for (file, byte) in [
        ("{\"a\":01}", 6),
        ("{\"a\" 1}", 5),
        ("{\"\\x\":1}", 2),
        ("{\"\\ud800\":1}", 2),
        ("{\"a\":tru}", 5),
        ("[1,]", 3),
        ("{} {}", 3),
    ] {
        let error = error(file.as_bytes());
        assert_eq!(error.kind(), ErrorKind::InvalidTokenizer, "{file}: {error}");
        assert!(error.to_string().contains(&format!("byte {byte})")), "{file}: {error}");
    }
}

/// Each part that is not known is named.
#[test]
fn what_is_refused_is_named() {
    let mut base: Value = serde_json::from_str(&tiny("", "", "")).unwrap();
    base["model"]["dropout"] = Value::Null;
    let cases: [(&[&str], Value, &str); 12] = [
        (&["model", "type"], json!("WordPiece"), "model.type"),
        (&["model", "dropout"], json!(0.1), "model.dropout"),
        (&["model", "continuing_subword_prefix"], json!("##"), "model.continuing_subword_prefix"),
        (&["model", "end_of_word_suffix"], json!("</w>"), "model.end_of_word_suffix"),
        (&["normalizer"], json!({"type": "Lowercase"}), "Lowercase"),
        (&["pre_tokenizer"], json!({"type": "BertPreTokenizer"}), "pre_tokenizer"),
        (
            &["pre_tokenizer"],
            json!({"type": "Sequence", "pretokenizers": [
                {"type": "Digits", "individual_digits": true},
                {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true},
            ]}),
            "add_prefix_space",
        ),
        (
            &["added_tokens"],
            json!([{"id": 257, "content": "x", "special": true, "single_word": true}]),
            "single_word",
        ),
        (&["added_tokens"], json!([{"id": 257, "content": "x", "lstrip": true}]), "lstrip"),
        (&["added_tokens"], json!([added("x", 257, true), added("x", 257, false)]), "twice"),
        (&["model", "vocab"], json!({"a": 0}), "byte 0"),
        (&["model", "merges"], json!(["a c"]), "make no token"),
    ];
    for (path, value, named) in cases {
        let mut file = base.clone();
        let place = path.iter().fold(&mut file, |place, key| &mut place[*key]);
        *place = value;
        let error = error(file.to_string().as_bytes());
        assert_eq!(error.kind(), ErrorKind::UnsupportedTokenizer, "{path:?}: {error}");
        assert!(error.to_string().contains(named), "{path:?}: {error}");
    }
    // What the vocabulary does not list gets the id behind as many as it lists.
    let with_id = |id: u32| {
        let file = tiny(&format!(",\"b\u{120}\":{id}"), "", "");
        file.replace("\"added_tokens\":[]", "\"added_tokens\":[{\"content\":\"yz\"}]")
    };
    assert!(from_json(with_id(257).as_bytes()).is_ok());
    let taken_already = error(with_id(258).as_bytes()).to_string();
    assert!(taken_already.contains("\"yz\" with the id 258 of another"), "{taken_already}");
}

/// Added tokens of all kinds that begin, end and lie in each other: what is taken has the ids of the reference.
#[test]
fn added_tokens_that_overlap() {
    let mut rng = rng("added tokens");
    let mut taken = 0;
    let cases = setting("CASES", 2_000);
    for case in 0..cases {
        let mut letters = |most: usize| -> String {
            let length = rng.random_range(1..=most);
            (0..length).map(|_| *['a', 'b', 'c'].choose(&mut rng).unwrap()).collect()
        };
        let texts: Vec<String> = (0..=case % 4).map(|_| letters(3)).collect();
        let probes: Vec<String> = (0..20).map(|_| letters(20)).collect();
        let tokens = texts.iter().zip(257..).map(|(text, id)| {
            let mut one = added(text, id, rng.random());
            one["normalized"] = rng.random_bool(0.3).into();
            one
        });
        let tokens = json!(tokens.collect::<Vec<_>>()).to_string();
        let file = tiny("", "", "").replace("\"added_tokens\":[]", &format!("\"added_tokens\":{tokens}"));
        let Ok(ours) = from_json(file.as_bytes()) else { continue };
        taken += 1;
        let subject = Subject::new(&tokens, ours, file.as_bytes());
        for text in &probes {
            subject.check(text);
        }
        if taken % 10 == 0 {
            random_edits(&tokens, &Arc::new(subject.ours), 100);
        }
    }
    assert!(taken > cases / 4, "{taken} of {cases} are taken");
}
