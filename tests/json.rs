//! Files of others: the same ids as Hugging Face's `tokenizers` has from the same bytes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{rng, setting, texts};
use rand::seq::IndexedRandom;
use rand::{Rng, rngs::StdRng};
use std::time::Instant;
use tokenizers::Tokenizer;
use tokimeter::{Encoding, ErrorKind};

/// A random text with added tokens in it, and parts of them.
fn text(rng: &mut StdRng, encoding: &Encoding, corpus: &[String]) -> String {
    let mut text = texts::text(rng, encoding, corpus);
    for _ in 0..rng.random_range(0..4) {
        let Some(special) = encoding.specials().choose(rng) else { break };
        let mut added = special.text.as_str();
        if rng.random_bool(0.2) {
            added = &added[..added.floor_char_boundary(rng.random_range(0..added.len()))];
        }
        let at = text.floor_char_boundary(rng.random_range(0..=text.len()));
        text.insert_str(at, added);
        if rng.random_bool(0.3) {
            text.insert(at, *[' ', '\n', '\t', '\u{301}', '\u{338}'].choose(rng).unwrap());
        }
    }
    text
}

#[test]
fn scratch() {
    let corpus = texts::corpus();
    let cases = setting("CASES", 2_000);
    let only = std::env::var("ONLY").unwrap_or_default();
    let mut files: Vec<_> = std::fs::read_dir("/tmp/json/files").unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    for path in files {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if !only.is_empty() && !only.split(',').any(|one| name.contains(one)) { continue; }
        let file = std::fs::read(&path).unwrap();
        let begun = Instant::now();
        let ours = match Encoding::from_json(&file) {
            Ok(ours) => ours,
            Err(error) => {
                let e = error.to_string();
                println!("{name}: {:?} {}", error.kind(), e.chars().take(300).collect::<String>());
                continue;
            }
        };
        let took = begun.elapsed();
        let begun = Instant::now();
        let mut theirs = Tokenizer::from_bytes(&file).unwrap();
        let reference = begun.elapsed();
        let mut rng = rng(&name);
        let mut wrong = 0;
        for special in [false, true] {
            theirs.set_encode_special_tokens(!special);
            for _ in 0..cases {
                let text = text(&mut rng, &ours, &corpus);
                let ids = if special { ours.encode_with_specials(&text) } else { ours.encode(&text) };
                let wanted = theirs.encode_fast(text.as_str(), false).unwrap();
                if ids != wanted.get_ids() {
                    wrong += 1;
                    if wrong < 3 {
                        println!("  {name} special {special} {text:?}\n    ours   {ids:?}\n    theirs {:?}", wanted.get_ids());
                    }
                }
            }
        }
        println!("{name}: ok, {wrong} wrong; ours {took:?}, tokenizers {reference:?}");
    }
    let _ = ErrorKind::InvalidTokenizer;
}

#[test]
fn scratch_live() {
    let only = std::env::var("ONLY").unwrap_or_default();
    let mut files: Vec<_> = std::fs::read_dir("/tmp/json/files").unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    for path in files {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if !only.is_empty() && !only.split(',').any(|one| name.contains(one)) { continue; }
        let file = std::fs::read(&path).unwrap();
        let Ok(ours) = Encoding::from_json(&file) else { continue };
        common::session::random_edits(&name, &std::sync::Arc::new(ours), setting("CASES", 2000));
        println!("{name} fine");
    }
}
