//! Files and texts that are drawn to take long.

use super::refused::tiny;
use super::{Subject, added, error, from_json};
use crate::common::{reference, rng, setting};
use rand::Rng;
use rand::seq::IndexedRandom;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokimeter::{ErrorKind, LiveText};

/// A tokenizer of bytes with added tokens that are not special.
fn with_added(texts: &[String]) -> String {
    let tokens: Vec<Value> = texts.iter().zip(257..).map(|(text, id)| added(text, id, false)).collect();
    tiny("", "", "").replace("\"added_tokens\":[]", &format!("\"added_tokens\":{}", json!(tokens)))
}

fn soon<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let done = work();
    assert!(begun.elapsed() < Duration::from_secs(5), "{what}: {:?}", begun.elapsed());
    done
}

/// At each byte of a text one of a thousand added tokens all but stands there.
#[test]
fn added_tokens_that_begin_alike() {
    let texts: Vec<String> = (1..=1000).map(|length| "a".repeat(length) + "!").collect();
    let ours = from_json(with_added(&texts).as_bytes()).unwrap();
    let text = "a".repeat(100_000);
    let plain = from_json(tiny("", "", "").as_bytes()).unwrap().count(&text);
    assert_eq!(soon("count", || ours.count(&text)), plain);
    let mut live = LiveText::new(Arc::new(ours), &text);
    soon("edits", || {
        for at in 0..20 {
            live.replace(50_000 + at, 50_000 + at, "a").unwrap();
        }
        live.replace(100_020, 100_020, "!").unwrap();
    });
    assert_eq!(live.tokens(), plain + 20 - 1000 + 1);
}

/// Added tokens that begin with each other in many ways: the longest is taken, as by the reference.
#[test]
fn added_tokens_that_begin_with_each_other() {
    let mut rng = rng("added tokens of two letters");
    for _ in 0..setting("CASES", 2_000) / 20 {
        let mut letters = |most: usize| -> String {
            let length = rng.random_range(1..=most);
            (0..length).map(|_| *['a', 'b'].choose(&mut rng).unwrap()).collect()
        };
        let mut texts: Vec<String> = (0..12).map(|_| letters(9)).collect();
        texts.sort_unstable();
        texts.dedup();
        let file = with_added(&texts);
        let subject = Subject::new(&texts.join(" "), from_json(file.as_bytes()).unwrap(), file.as_bytes());
        for _ in 0..20 {
            subject.check(&letters(60));
        }
    }
}

/// Returns the word of which `mix` of the vocabulary's tables makes this hash.
fn unmixed(mut hash: u64) -> u64 {
    // The inverse of the multiplier, modulo 2^64.
    const INVERSE: u64 = 0xf1de_83e1_9937_733d;
    hash = hash.wrapping_mul(INVERSE);
    (hash ^ hash >> 32).wrapping_mul(INVERSE)
}

/// Tokens of eight bytes that all have one place in the table of the reader.
#[test]
fn tokens_with_one_hash() {
    let letters = reference::byte_characters();
    let mut rng = rng("tokens with one hash");
    let mut tokens = String::new();
    for id in 0..60_000 {
        let word = unmixed(rng.random::<u32>().into()) ^ 8 << 56;
        let text: String = word.to_le_bytes().iter().map(|&byte| letters[usize::from(byte)]).collect();
        write!(tokens, ",{}:{}", Value::String(text), 300 + id).unwrap();
    }
    let error = soon("load", || error(tiny(&tokens, "", "").as_bytes()));
    assert_eq!(error.kind(), ErrorKind::UnsupportedTokenizer);
    assert!(error.to_string().contains("hash"), "{error}");
}

/// Merges that all have places close to each other in the table of the reader.
#[test]
fn merges_with_like_hashes() {
    const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |word: u64| {
        let word = word.wrapping_mul(MULTIPLIER);
        (word ^ word >> 32).wrapping_mul(MULTIPLIER)
    };
    let letters = reference::byte_characters();
    let mut pairs: Vec<[usize; 2]> =
        (0..256).flat_map(|left| (0..256).map(move |right| [left, right])).collect();
    pairs.retain(|pair| *pair != [97, 98]);
    // Of up to 8,192 tokens, the table has as many places as this mask can tell.
    pairs.sort_unstable_by_key(|&[left, right]| mix((left as u64) << 32 | right as u64) >> 32 & 0x3fff);
    let (mut tokens, mut merges) = (String::new(), String::new());
    for (id, &[left, right]) in pairs[..5_000].iter().enumerate() {
        let [left, right] = [left, right].map(|byte| Value::String(letters[byte].to_string()));
        let [left, right] = [left.as_str().unwrap(), right.as_str().unwrap()];
        write!(tokens, ",{}:{}", Value::String([left, right].concat()), 300 + id).unwrap();
        write!(merges, ",[{},{}]", json!(left), json!(right)).unwrap();
    }
    let file = tiny(&tokens, &merges, "").replace("[\"a b\"", "[[\"a\",\"b\"]");
    let error = error(file.as_bytes());
    assert_eq!(error.kind(), ErrorKind::UnsupportedTokenizer);
    assert!(error.to_string().contains("hash"), "{error}");
}

/// Many keys behind as many members as a model may have.
#[test]
fn keys_behind_many_members() {
    let members: String = (0..230).fold(String::new(), |list, number| list + &format!("\"{number}\":0,"));
    let object = format!("{{{}\"\":0}}", "\"\":0,".repeat(1_990_000));
    // The last one of a name counts.
    let objects = format!("\"vocab\":{object},").repeat(6);
    let file = tiny("", "", "").replace("\"model\":{", &format!("\"model\":{{{members}{objects}"));
    soon("load", || from_json(file.as_bytes())).unwrap();
}
