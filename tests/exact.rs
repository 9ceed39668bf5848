//! Ids equal those of the two references, `tiktoken-rs` and Hugging Face `tokenizers`, on every text.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{NAMES, encoding, hugging_face, rng, setting, source_tokens, texts, tiktoken};
use std::thread;
use tiktoken_rs::CoreBPE;
use tokenizers::Tokenizer;
use tokimeter::Encoding;

struct Subject {
    ours: Encoding,
    tiktoken: CoreBPE,
    hugging_face: Tokenizer,
}

impl Subject {
    fn new(name: &str) -> Self {
        Self { ours: encoding(name), tiktoken: tiktoken(name), hugging_face: hugging_face(name) }
    }

    fn check(&self, text: &str) {
        let ids = self.ours.encode(text);
        let name = self.ours.name();
        assert_eq!(ids, self.tiktoken.encode_ordinary(text), "{name}, {text:?}, against tiktoken-rs");
        let theirs = self.hugging_face.encode_fast(text, false).unwrap();
        assert_eq!(ids, theirs.get_ids(), "{name}, {text:?}, against tokenizers");
        assert_eq!(self.ours.count(text), ids.len(), "{name}, {text:?}: count");
        assert_eq!(self.ours.decode(&ids).unwrap(), text, "{name}: decode");
    }
}

fn random(name: &str) {
    let subject = Subject::new(name);
    let corpus = texts::corpus();
    let cases = setting("CASES", 200_000);
    let mut rng = rng(&format!("{name}: {cases} random texts"));
    for _ in 0..cases {
        subject.check(&texts::text(&mut rng, &subject.ours, &corpus));
    }
}

#[test]
fn random_texts_o200k() {
    random(NAMES[0]);
}

#[test]
fn random_texts_cl100k() {
    random(NAMES[1]);
}

#[test]
fn every_token() {
    for name in NAMES {
        let subject = Subject::new(name);
        for (id, bytes) in source_tokens(name).iter().enumerate() {
            assert_eq!(subject.ours.decode_bytes(&[id as u32]).unwrap(), *bytes, "{name}: token {id}");
            if let Ok(text) = std::str::from_utf8(bytes) {
                subject.check(text);
            }
        }
    }
}

/// All strings of up to six of the characters on which splitters turn.
#[test]
fn every_short_string() {
    const ALPHABET: [char; 12] = ['a', 'A', '1', ' ', '\t', '\n', '\r', '\'', 's', '/', '中', '\u{301}'];
    let length = setting("LENGTH", 6) as u32;
    thread::scope(|scope| {
        for name in NAMES {
            scope.spawn(move || {
                let subject = Subject::new(name);
                for length in 0..=length {
                    for number in 0..ALPHABET.len().pow(length) {
                        let mut rest = number;
                        let text: String = (0..length)
                            .map(|_| {
                                let c = ALPHABET[rest % ALPHABET.len()];
                                rest /= ALPHABET.len();
                                c
                            })
                            .collect();
                        subject.check(&text);
                    }
                }
            });
        }
    });
}
