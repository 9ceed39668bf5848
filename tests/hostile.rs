//! Long pieces without a boundary: exact, and in linear time.

use crate::common::reference::hugging_face;
use crate::common::{encoding, for_each_encoding, rng, setting, texts};
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

/// What has hung other tokenizers when repeated.
const UNITS: [&str; 16] = [
    "a",
    " ",
    "\n",
    "_",
    "=",
    "0",
    "'s",
    "中",
    "😀",
    "\u{301}",
    "\u{200d}",
    " \n",
    "ab",
    "\r\n",
    "的",
    "\u{e0101}",
];

#[test]
fn repeated_units() {
    for_each_encoding(|name| {
        let (ours, reference) = (encoding(name), hugging_face(name));
        for unit in UNITS {
            for times in [1, 2, 3, 31, 63, 64, 65, 127, 129, 255, 257, 1000, 1023, 1024, 1025, 5000, 20_001] {
                let text = unit.repeat(times);
                let ids = ours.encode(&text);
                let theirs = reference.encode_fast(text.as_str(), false).unwrap();
                assert_eq!(ids, theirs.get_ids(), "{name}: {unit:?} × {times}");
                assert_eq!(ours.count(&text), ids.len());
            }
        }
    });
}

/// One piece of letters, of a length drawn so that windows end at every place, of alphabets from two letters up.
#[test]
fn random_pieces() {
    let alphabets = texts::ALPHABETS.map(|alphabet| alphabet.chars().collect());
    let cases = setting("CASES", 100_000) / 500;
    for_each_encoding(|name| {
        let mut rng = rng(&format!("{name}: {cases} long pieces"));
        let (ours, reference) = (encoding(name), hugging_face(name));
        for case in 0..cases {
            let text = piece(&mut rng, &alphabets);
            let theirs = reference.encode_fast(text.as_str(), false).unwrap();
            assert_eq!(ours.encode(&text), theirs.get_ids(), "{name}, case {case}: {text:?}");
        }
    });
}

fn piece(rng: &mut StdRng, alphabets: &[Vec<char>]) -> String {
    let alphabet = alphabets.choose(rng).unwrap();
    let length = rng.random_range(1..3000);
    let mut text = String::new();
    while text.len() < length {
        if rng.random_bool(0.05) && !text.is_empty() {
            let from = text.floor_char_boundary(rng.random_range(0..text.len()));
            let repeated = text[from..].to_owned();
            text.push_str(&repeated);
        }
        text.push(*alphabet.choose(rng).unwrap());
    }
    text
}
