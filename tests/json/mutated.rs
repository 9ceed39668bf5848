//! Files that are changed at random: each is refused, or has the ids of the reference.

use super::from_json;
use crate::common::reference::read_tokenizer;
use crate::common::tokenizer_files::{entries, excerpt, file};
use crate::common::{rng, setting, texts};
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Changes a value somewhere in a tree.
fn mutate(rng: &mut StdRng, value: &mut Value) {
    const NUMBERS: [f64; 8] = [0.0, -1.0, 1.5, 1e300, 255.0, 1_048_576.0, 4_294_967_296.0, 7.0];
    const STRINGS: [&str; 12] =
        ["", " ", "\u{0}", "Ġ", "▁", "<0x0A>", "ByteLevel", "NFC", "a b c", "😀", "Ċ", "Split"];
    match value {
        Value::Object(members) if !members.is_empty() && rng.random_bool(0.8) => {
            let keys: Vec<String> = members.keys().cloned().collect();
            let key = keys.choose(rng).unwrap();
            match rng.random_range(0..8) {
                0 => drop(members.remove(key)),
                1 => {
                    let moved = members.remove(key).unwrap();
                    members.insert((*STRINGS.choose(rng).unwrap()).to_owned(), moved);
                }
                2 => {
                    let other = members[keys.choose(rng).unwrap()].clone();
                    members.insert(key.clone(), other);
                }
                _ => mutate(rng, &mut members[key]),
            }
        }
        Value::Array(items) if !items.is_empty() && rng.random_bool(0.9) => {
            let (at, other) = (rng.random_range(0..items.len()), rng.random_range(0..items.len()));
            match rng.random_range(0..6) {
                0 => drop(items.remove(at)),
                1 => items.swap(at, other),
                2 => items.insert(at, items[other].clone()),
                _ => mutate(rng, &mut items[at]),
            }
        }
        Value::Bool(flag) if rng.random_bool(0.9) => *flag = !*flag,
        Value::String(text) if rng.random_bool(0.7) => {
            let at = text.floor_char_boundary(rng.random_range(0..=text.len()));
            if rng.random_bool(0.5) && at < text.len() {
                text.remove(at);
            } else {
                text.insert_str(at, STRINGS.choose(rng).unwrap());
            }
        }
        value => {
            *value = match rng.random_range(0..7) {
                0 => Value::Null,
                1 => true.into(),
                2 => (*NUMBERS.choose(rng).unwrap()).into(),
                3 => rng.random_range(0..400).into(),
                4 => (*STRINGS.choose(rng).unwrap()).into(),
                5 => json!([]),
                _ => json!({}),
            };
        }
    }
}

/// Changes bytes of a file.
fn damage(rng: &mut StdRng, file: &mut Vec<u8>) {
    for _ in 0..rng.random_range(1..4) {
        let at = rng.random_range(0..=file.len());
        match rng.random_range(0..6) {
            0 => file.truncate(at),
            1 => file.insert(at, rng.random()),
            2 => file.insert(at, *b"{}[]\",:\\0e-".choose(rng).unwrap()),
            3 if at < file.len() => file[at] = rng.random(),
            4 => {
                let to = (at + rng.random_range(0..40)).min(file.len());
                file.drain(at..to);
            }
            _ => {
                let to = (at + rng.random_range(0..200)).min(file.len());
                let copy = file[at..to].to_vec();
                file.splice(at..at, copy);
            }
        }
    }
}

/// Whatever a file holds: an error, or the ids that the reference has from it if that can read it too.
#[test]
fn mutated_files() {
    let small: Vec<(String, Value)> = entries()
        .iter()
        .filter(|entry| entry.refused.is_none())
        .map(|entry| (entry.name.clone(), excerpt(&file(entry), 30)))
        .collect();
    let cases = setting("CASES", 10_000);
    let mut seeds = rng(&format!("{cases} mutated files"));
    let (mut taken, mut compared) = (0, 0);
    for case in 0..cases {
        let seed = seeds.random();
        let rng = &mut StdRng::seed_from_u64(seed);
        let (name, value) = small.choose(rng).unwrap();
        let mut file;
        if rng.random_bool(0.6) {
            let mut value = value.clone();
            for _ in 0..rng.random_range(1..4) {
                let part = ["added_tokens", "normalizer", "pre_tokenizer", "model"].choose(rng).unwrap();
                let place = match rng.random_range(0..6) {
                    0 => Some(&mut value),
                    1 => value.pointer_mut("/model/merges"),
                    2 => value.pointer_mut("/model/vocab"),
                    _ => value.get_mut(part),
                };
                if let Some(place) = place {
                    mutate(rng, place);
                }
            }
            file = value.to_string().into_bytes();
        } else {
            file = value.to_string().into_bytes();
            damage(rng, &mut file);
        }
        let begun = Instant::now();
        let ours = catch_unwind(|| from_json(&file));
        let Ok(ours) = ours else { panic!("{name}, case {case}, seed {seed}: a panic") };
        assert!(begun.elapsed() < Duration::from_secs(5), "{name}, case {case}, seed {seed}: slow");
        let Ok(ours) = ours else { continue };
        taken += 1;
        let texts: Vec<String> = (0..3)
            .map(|_| {
                let mut text = texts::tokens(rng, &ours, 8);
                text.push_str(["", " a  b\n\n c", "é▁▁<", "the  in 12,345 中文!"].choose(rng).unwrap());
                text + &texts::added(rng, &ours)
            })
            .collect();
        let all = catch_unwind(AssertUnwindSafe(|| {
            texts.iter().map(|text| [ours.encode(text), ours.encode_with_specials(text)]).collect::<Vec<_>>()
        }));
        let Ok(all) = all else { panic!("{name}, case {case}, seed {seed}: a panic with {texts:?}") };
        let theirs = catch_unwind(|| {
            let mut theirs = read_tokenizer(&file).ok()?;
            theirs.with_truncation(None).ok()?;
            theirs.with_padding(None);
            let matching = texts
                .iter()
                .map(|text| Some(theirs.encode_fast(text.as_str(), false).ok()?.get_ids().to_vec()));
            matching.collect::<Option<Vec<_>>>()
        });
        let Ok(Some(theirs)) = theirs else { continue };
        compared += 1;
        for ((ours, theirs), text) in all.iter().zip(&theirs).zip(&texts) {
            assert_eq!(
                ours[1],
                *theirs,
                "{name}, case {case}, seed {seed}, {text:?}: {}",
                String::from_utf8_lossy(&file)
            );
        }
    }
    println!("{taken} of {cases} files were taken, and {compared} compared with the reference");
    assert!(compared > cases / 50, "too few files are read by both: {compared} of {cases}");
}

/// A few of the large files, damaged.
#[test]
fn mutated_large_files() {
    let wanted = ["mistral_v1", "deepseek_v3"];
    let files: Vec<Vec<u8>> =
        entries().iter().filter(|entry| wanted.contains(&entry.name.as_str())).map(file).collect();
    let cases = setting("CASES", 40_000) / 1000;
    let mut rng = rng(&format!("{cases} large mutated files"));
    for _ in 0..cases {
        let mut file = files.choose(&mut rng).unwrap().clone();
        damage(&mut rng, &mut file);
        if let Ok(ours) = from_json(&file) {
            let _ = ours.count(&texts::tokens(&mut rng, &ours, 20));
        }
    }
}
