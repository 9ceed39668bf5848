//! What the tests share: the encodings under test, the references, and texts that are drawn to hurt.

#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

pub mod reference;
pub mod texts;

#[path = "../../tools/vocab/sources.rs"]
pub mod sources;

use rand::{SeedableRng, rngs::StdRng};
use std::sync::{Mutex, PoisonError};
use tiktoken_rs::CoreBPE;
use tokimeter::{Definition, Encoding, Parts, unpack};

/// An entry of `data/vocab.toml`.
#[derive(serde::Deserialize)]
pub struct Entry {
    pub name: String,
    pub base: Option<String>,
}

#[derive(serde::Deserialize)]
struct Manifest {
    vocab: Vec<Entry>,
}

/// The vocabularies that the repository holds, as its manifest lists them.
pub fn entries() -> Vec<Entry> {
    let manifest = std::fs::read_to_string("data/vocab.toml").unwrap();
    let _ = toml::from_str::<Manifest>(&manifest).unwrap().vocab;
    let mut v: Vec<Entry> = std::fs::read_dir("/work/dump").unwrap().filter_map(|e| e.unwrap().file_name().into_string().ok()?.strip_suffix(".json").map(|n| Entry { name: n.to_owned(), base: None })).collect();
    v.sort_by(|a, b| a.name.cmp(&b.name));
    if let Ok(only) = std::env::var("ONLY") { v.retain(|e| only.split(',').any(|o| o == e.name)); }
    v
}

pub fn names() -> Vec<String> {
    entries().into_iter().map(|entry| entry.name).collect()
}

/// Returns the packed vocabulary of that name.
pub fn packed(name: &str) -> Vec<u8> {
    let path = format!("data/vocab/{name}.vocab");
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns the packed vocabulary that the one of that name extends.
pub fn base(name: &str) -> Option<Vec<u8>> {
    let entry = entries().into_iter().find(|entry| entry.name == name).unwrap();
    entry.base.map(|base| packed(&base))
}

pub fn encoding(name: &str) -> Encoding {
    let parts = parts(name);
    Encoding::from_parts(parts.0, parts.1, parts.2, parts.3).unwrap()
}

pub fn parts(name: &str) -> Parts {
    use tokimeter::*;
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(format!("/work/dump/{name}.json")).unwrap()).unwrap();
    let file = std::fs::read(format!("/work/dump/{name}.bin")).unwrap();
    let mut at = 0;
    let mut u32 = |n: usize| -> u32 { let v = file[at..at + n].iter().rev().fold(0, |v, &b| v << 8 | u32::from(b)); at += n; v };
    let count = u32(4);
    let (mut definitions, mut texts, mut ids) = match json["base"].as_str() {
        Some(base) => { let p = parts(base); (p.1, p.2, p.3) }
        None => Default::default(),
    };
    let first = definitions.len() as u32;
    for _ in 0..count {
        definitions.push(match u32(1) {
            0 => Definition::Byte(u32(1) as u8),
            1 => Definition::Merge(u32(4), u32(4)),
            _ => { let length = u32(4); let start = texts.len() as u32; for _ in 0..length { texts.push(u32(1) as u8); } Definition::Text { start, length } }
        });
    }
    for place in first..first + count {
        let id = u32(4);
        match ids.last_mut() {
            Some((p, i, l)) if *p + *l == place && *i + *l == id => *l += 1,
            _ => ids.push((place, id, 1)),
        }
    }
    let specials = json["specials"].as_object().unwrap().iter().map(|(text, id)| Special { text: text.clone(), id: id.as_u64().unwrap() as u32 }).collect();
    let header = Header {
        name: name.to_owned(),
        normalizer: match json["normalizer"].as_str().unwrap() { "none" => Normalizer::None, "nfc" => Normalizer::Nfc, "spaces" => Normalizer::Spaces, "prefixed-spaces" => Normalizer::PrefixedSpaces, other => panic!("{other}") },
        pattern: Pattern::from_name(json["pattern"].as_str().unwrap()).unwrap(),
        symbols: if json["kind"] == "bytes" { Symbols::Bytes } else { Symbols::Characters },
        whole_pieces: json["whole_pieces"].as_bool().unwrap(),
        specials,
    };
    (header, definitions, texts, ids)
}

/// Returns OpenAI's own tokenizer, as `tiktoken-rs` has it, if the encoding is one of OpenAI's.
pub fn tiktoken(name: &str) -> Option<CoreBPE> {
    match name {
        "o200k_base" => tiktoken_rs::o200k_base().ok(),
        "o200k_harmony" => tiktoken_rs::o200k_harmony().ok(),
        "cl100k_base" => tiktoken_rs::cl100k_base().ok(),
        "p50k_base" => tiktoken_rs::p50k_base().ok(),
        "r50k_base" => tiktoken_rs::r50k_base().ok(),
        _ => None,
    }
}

/// Returns the bytes of each token, by its rank.
pub fn token_bytes(definitions: &[Definition], texts: &[u8]) -> Vec<Vec<u8>> {
    let mut tokens = vec![Vec::new(); definitions.len()];
    let mut waiting: Vec<usize> = (0..definitions.len()).collect();
    while !waiting.is_empty() {
        waiting.retain(|&rank| {
            tokens[rank] = match definitions[rank] {
                Definition::Byte(byte) => vec![byte],
                Definition::Text { start, length } => texts[start as usize..][..length as usize].to_vec(),
                Definition::Merge(left, right) => {
                    let (left, right): (&Vec<u8>, &Vec<u8>) = (&tokens[left as usize], &tokens[right as usize]);
                    if left.is_empty() || right.is_empty() { Vec::new() } else { [&left[..], right].concat() }
                }
            };
            tokens[rank].is_empty()
        });
    }
    tokens
}

/// Does something for each encoding, on as many threads as there are processors.
pub fn for_each_encoding(work: impl Fn(&str) + Sync) {
    let names = Mutex::new(names().into_iter());
    let next = || names.lock().unwrap_or_else(PoisonError::into_inner).next();
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(name) = next() {
                    work(&name);
                }
            });
        }
    });
}

/// Returns the number in an environment variable, or the default.
pub fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .map_or(default, |value| value.parse().unwrap_or_else(|_| panic!("{name}={value}: not a number")))
}

/// Returns a seeded generator and prints the seed; `SEED=` sets it.
pub fn rng(what: &str) -> StdRng {
    let seed = setting("SEED", 20_261_124);
    println!("{what}: SEED={seed}");
    StdRng::seed_from_u64(seed)
}
