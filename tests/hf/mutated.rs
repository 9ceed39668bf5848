//! Files that are changed at random: each is refused, or has the ids of the reference.

use super::small_text;
use crate::common::{rng, setting, small};
use rand::seq::IndexedRandom;
use rand::{Rng, rngs::StdRng};
use serde_json::{Value, json};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use tokenizers::Tokenizer;
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
        let tokenizer = Tokenizer::from_bytes(serde_json::to_vec(&file).unwrap()).ok()?;
        let ids = |text: &String| {
            let encoded = catch_unwind(AssertUnwindSafe(|| tokenizer.encode_fast(text.as_str(), false).ok()));
            encoded.ok().flatten().map(|encoded| encoded.get_ids().to_vec())
        };
        Some(texts.iter().map(ids).collect())
    }))
    .ok()
    .flatten()
}

/// Whatever is in a file, it loads or is refused, in time; and what loads counts as the reference does or not at all.
#[test]
fn mutated_files() {
    let cases = setting("CASES", 50_000);
    let mut rng = rng(&format!("{cases} mutated files"));
    let files = small::files();
    let texts: Vec<String> = ["", "The ab c, unable!", "a\n\nb  中文 12 é", " <mask>[CLS] the\u{301}\r\n"]
        .into_iter()
        .map(str::to_owned)
        .chain([small_text(&mut rng, &[]), "ab".repeat(60), " ".repeat(100)])
        .collect();
    // The reference tells of its panics, some thousands.
    let hook = std::panic::take_hook();
    let quiet = std::thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() != quiet {
            hook(info);
        }
    }));
    let (mut loaded, mut compared, mut refused_texts) = (0, 0, 0);
    let mut failure = None;
    for case in 0..cases {
        let (name, file) = files.choose(&mut rng).unwrap();
        let mut changed = file.clone();
        for _ in 0..rng.random_range(1..4) {
            let root = if rng.random_bool(0.7) {
                *["normalizer", "pre_tokenizer", "decoder", "added_tokens", "model"].choose(&mut rng).unwrap()
            } else {
                ""
            };
            let target = if root.is_empty() { Some(&mut changed) } else { changed.get_mut(root) };
            let mut at = target.map(std::mem::take).unwrap_or_default();
            mutate(&mut rng, &mut at, file);
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
                bytes[at] = *b"\"{}[],:0\\\xff\x00".choose(&mut rng).unwrap();
            }
        }
        let begun = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| {
            let ours = HfEncoding::from_json(&bytes).ok()?;
            let ids: Vec<_> = texts.iter().map(|text| ours.encode_with_specials(text)).collect();
            for text in &texts {
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
        }));
        let took = begun.elapsed();
        let Ok(ours) = result else {
            failure = Some(format!("case {case}: {name} panics"));
            fs::write("target/panics.json", &bytes).unwrap();
            break;
        };
        if took > Duration::from_secs(1) {
            failure = Some(format!("case {case}: {name} took {took:?}"));
            fs::write("target/panics.json", &bytes).unwrap();
            break;
        }
        let Some(ours) = ours else { continue };
        loaded += 1;
        // The reference takes as long as all the rest.
        if case % 2 == 0 {
            continue;
        }
        let Ok(read) = serde_json::from_slice::<Value>(&bytes) else { continue };
        let Some(theirs) = reference(&read, &texts) else { continue };
        for ((ours, theirs), text) in ours.into_iter().zip(theirs).zip(&texts) {
            match (ours, theirs) {
                (Ok(ours), Some(theirs)) => {
                    compared += 1;
                    if ours != theirs {
                        failure = Some(format!("case {case}: {name}: {text:?}: {ours:?}, not {theirs:?}"));
                        fs::write("target/panics.json", &bytes).unwrap();
                    }
                }
                (Err(_), _) => refused_texts += 1,
                _ => {}
            }
        }
        if failure.is_some() {
            break;
        }
    }
    let _ = std::panic::take_hook();
    assert_eq!(failure, None, "target/panics.json has the file");
    println!(
        "{loaded} of {cases} files load; {compared} texts have the same ids, {refused_texts} are refused"
    );
    assert!(cases < 1000 || loaded > cases / 10 && compared > loaded / 2, "{loaded}, {compared}");
}
