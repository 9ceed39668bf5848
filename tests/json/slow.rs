//! Files and texts that are drawn to take long.

use super::refused::tiny;
use super::{Subject, added, from_json};
use crate::common::{rng, setting};
use rand::Rng;
use rand::seq::IndexedRandom;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokimeter::LiveText;

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
