//! Files that are changed at random: each is refused, or has the ids of the reference.

use super::small_text;
use crate::common::reference::read_tokenizer;
use crate::common::{rng, setting, small};
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use tokimeter::{HfEncoding, Keep};

/// Changes a value somewhere.
fn mutate(rng: &mut StdRng, value: &mut Value, all: &Value) {
    let leaves = |rng: &mut StdRng| {
        let values = [
            json!(0),
            json!(1),
            json!(-1),
            json!(2),
            json!(100),
            json!(4_294_967_295_u64),
            json!(18_446_744_073_709_551_615_u64),
            json!(0.5),
            json!(1e300),
            json!(""),
            json!("a"),
            json!("##"),
            json!("▁"),
            json!(" "),
            json!("\n"),
            json!("é"),
            json!("<unk>"),
            json!("BPE"),
            json!("Unigram"),
            json!("WordPiece"),
            json!("WordLevel"),
            json!("Sequence"),
            json!("Replace"),
            json!("ByteLevel"),
            json!("Precompiled"),
            json!("FixedLength"),
            json!("first"),
            json!("never"),
            json!("always"),
            json!("Removed"),
            json!("Contiguous"),
            json!("MergedWithNext"),
            json!(null),
            json!(true),
            json!(false),
            json!([]),
            json!({}),
            json!("AAAA"),
            json!("(a*)*b"),
            json!("(?=.*a)."),
            json!("x".repeat(2000)),
        ];
        values.choose(rng).unwrap().clone()
    };
    match value {
        Value::Object(members) if !members.is_empty() && rng.random_bool(0.9) => {
            let key = members.keys().nth(rng.random_range(0..members.len())).unwrap().clone();
            match rng.random_range(0..20) {
                0 => drop(members.remove(&key)),
                1 => {
                    let moved = members.remove(&key).unwrap();
                    members.insert(leaves(rng).as_str().unwrap_or("type").to_owned(), moved);
                }
                2 => {
                    let other = members.values().nth(rng.random_range(0..members.len())).unwrap().clone();
                    members.insert(key, other);
                }
                _ => mutate(rng, members.get_mut(&key).unwrap(), all),
            }
        }
        Value::Array(items) if !items.is_empty() && rng.random_bool(0.9) => {
            let place = rng.random_range(0..items.len());
            match rng.random_range(0..10) {
                0 => drop(items.remove(place)),
                1 => {
                    let other = items.choose(rng).unwrap().clone();
                    items.insert(place, other);
                }
                2 => items.swap(place, 0),
                _ => mutate(rng, &mut items[place], all),
            }
        }
        Value::String(text) if rng.random_bool(0.5) => {
            let mut characters: Vec<char> = text.chars().take(4000).collect();
            let place = rng.random_range(0..=characters.len());
            match rng.random_range(0..3) {
                0 if place < characters.len() => drop(characters.remove(place)),
                1 if place < characters.len() => characters[place] = char::from(rng.random_range(b' '..b'~')),
                _ => characters.insert(
                    place,
                    *['a', '+', '*', '(', ')', '[', '中', '\0', '/', '9'].choose(rng).unwrap(),
                ),
            }
            *text = characters.into_iter().collect();
        }
        _ => {
            *value = match rng.random_range(0..12) {
                0 => all["normalizer"].clone(),
                1 => all["pre_tokenizer"].clone(),
                2 => {
                    json!({"type": "Sequence", "normalizers": [value.clone(), value.clone()], "pretokenizers": [value.clone()],
                    "decoders": [value.clone()]})
                }
                3 => all["decoder"].clone(),
                _ => leaves(rng),
            }
        }
    }
}

/// What the reference makes of a text, if it does not fail.
pub fn reference(file: &Value, texts: &[String]) -> Option<Vec<Option<Vec<u32>>>> {
    catch_unwind(AssertUnwindSafe(|| {
        let mut file = file.clone();
        for part in ["truncation", "padding", "post_processor"] {
            file[part] = Value::Null;
        }
        let tokenizer = read_tokenizer(&serde_json::to_vec(&file).unwrap()).ok()?;
        let ids = |text: &String| {
            let encoded = catch_unwind(AssertUnwindSafe(|| tokenizer.encode_fast(text.as_str(), false).ok()));
            encoded.ok().flatten().map(|encoded| encoded.get_ids().to_vec())
        };
        Some(texts.iter().map(ids).collect())
    }))
    .ok()
    .flatten()
}

/// What came of some files, as numbers of files and of texts.
#[derive(Default)]
struct Outcome {
    loaded: usize,
    compared: usize,
    refused: usize,
}

/// Whatever is in a file, it loads or is refused, in time; and what loads counts as the reference does or not at all.
#[test]
fn mutated_files() {
    const NAME: &str = "mutated files";
    let cases = setting("CASES", 10_000);
    let mut seeds = rng(&format!("{cases} {NAME}"));
    let files = small::files();
    let texts: Vec<String> = ["", "The ab c, unable!", "a\n\nb  中文 12 é", " <mask>[CLS] the\u{301}\r\n"]
        .into_iter()
        .map(str::to_owned)
        .chain([small_text(&mut seeds, &[]), "ab".repeat(60), " ".repeat(100)])
        .collect();
    // The reference tells of its panics, some thousands.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() != Some(NAME) {
            hook(info);
        }
    }));
    let first: u64 = seeds.random();
    let half = |from: u64, to: u64| -> Result<Outcome, String> {
        let mut outcome = Outcome::default();
        for case in from..to {
            let rng = &mut StdRng::seed_from_u64(first.wrapping_add(case));
            let (name, bytes) = mutated_file(rng, &files);
            // The reference takes as long as all the rest.
            check(&bytes, &texts, case % 2 == 1, &mut outcome).map_err(|why| {
                fs::write("target/panics.json", &bytes).unwrap();
                format!("case {case}: {name} {why}; target/panics.json has the file")
            })?;
        }
        Ok(outcome)
    };
    let outcomes = std::thread::scope(|scope| {
        let start = |from, to| {
            std::thread::Builder::new()
                .name(NAME.to_owned())
                .spawn_scoped(scope, move || half(from, to))
                .unwrap()
        };
        [start(0, cases / 2), start(cases / 2, cases)].map(|thread| thread.join().unwrap())
    });
    let _ = std::panic::take_hook();
    let [one, other] = outcomes.map(Result::unwrap);
    let loaded = one.loaded + other.loaded;
    let compared = one.compared + other.compared;
    let refused = one.refused + other.refused;
    println!("{loaded} of {cases} files load; {compared} texts have the same ids, {refused} are refused");
    assert!(cases < 1000 || loaded > cases as usize / 10 && compared > loaded / 2, "{loaded}, {compared}");
}

/// Changes one of the files. Returns its name, and what became of it.
fn mutated_file<'a>(rng: &mut StdRng, files: &[(&'a str, Value)]) -> (&'a str, Vec<u8>) {
    let (name, file) = files.choose(rng).unwrap();
    let mut changed = file.clone();
    for _ in 0..rng.random_range(1..4) {
        let root = if rng.random_bool(0.7) {
            *["normalizer", "pre_tokenizer", "decoder", "added_tokens", "model"].choose(rng).unwrap()
        } else {
            ""
        };
        let target = if root.is_empty() { Some(&mut changed) } else { changed.get_mut(root) };
        let mut at = target.map(std::mem::take).unwrap_or_default();
        mutate(rng, &mut at, file);
        if root.is_empty() {
            changed = at;
        } else if changed.is_object() {
            changed[root] = at;
        }
    }
    let mut bytes = serde_json::to_vec(&changed).unwrap();
    if rng.random_bool(0.1) {
        for _ in 0..rng.random_range(1..4) {
            let at = rng.random_range(0..bytes.len());
            bytes[at] = *b"\"{}[],:0\\\xff\x00".choose(rng).unwrap();
        }
    }
    (name, bytes)
}

/// Loads a file and counts texts, and compares their ids if it is to.
///
/// # Errors
/// What the file did that no file may do.
fn check(file: &[u8], texts: &[String], compares: bool, outcome: &mut Outcome) -> Result<(), String> {
    let begun = Instant::now();
    let ours = catch_unwind(AssertUnwindSafe(|| ids_of(file, texts))).map_err(|_| "panics".to_owned())?;
    let took = begun.elapsed();
    if took > Duration::from_secs(1) {
        return Err(format!("took {took:?}"));
    }
    let Some(ours) = ours else { return Ok(()) };
    outcome.loaded += 1;
    let read = if compares { serde_json::from_slice::<Value>(file).ok() } else { None };
    let Some(theirs) = read.and_then(|read| reference(&read, texts)) else { return Ok(()) };
    for ((ours, theirs), text) in ours.into_iter().zip(theirs).zip(texts) {
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                outcome.compared += 1;
                if ours != theirs {
                    return Err(format!("has other ids of {text:?}: {ours:?}, not {theirs:?}"));
                }
            }
            (None, _) => outcome.refused += 1,
            _ => {}
        }
    }
    Ok(())
}

/// Returns the ids of texts that have them, if the file loads; calls all else that an encoding does.
fn ids_of(file: &[u8], texts: &[String]) -> Option<Vec<Option<Vec<u32>>>> {
    let ours = HfEncoding::from_json(file).ok()?;
    let ids: Vec<_> = texts.iter().map(|text| ours.encode_with_specials(text).ok()).collect();
    for text in texts {
        let _ = ours.spans(text).map(|spans| assert!(spans.ends.is_sorted()));
        let _ = ours.fit(text, 3, Keep::End);
        let count = ours.count(text);
        assert_eq!(count.ok(), ours.encode(text).ok().map(|ids| ids.len()));
    }
    let size = ours.vocab_size() as u32;
    let _ = ours.decode(&[]);
    let _ = ours.decode(&[0, 1, 2, 0, size / 2, size.saturating_sub(1)]);
    for ids in ids.iter().flatten() {
        let _ = ours.decode(ids);
    }
    Some(ids)
}
