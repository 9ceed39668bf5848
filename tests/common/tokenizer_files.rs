//! Real tokenizer files, from the packages that have them.

#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::fetch;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// An entry of `data/tokenizers.toml`.
#[derive(serde::Deserialize)]
pub struct Entry {
    pub name: String,
    pub package: String,
    pub package_hash: String,
    pub path: String,
    pub sha256: String,
    pub refused: Option<String>,
}

#[derive(serde::Deserialize)]
struct Manifest {
    file: Vec<Entry>,
}

/// The files that the manifest lists.
pub fn entries() -> Vec<Entry> {
    let manifest = std::fs::read_to_string("data/tokenizers.toml").unwrap();
    toml::from_str::<Manifest>(&manifest).unwrap().file
}

/// One download at a time.
static FETCHING: Mutex<()> = Mutex::new(());

/// Returns a file, which is left in `target/tokenizers` for the tests in Node and in the browser.
pub fn file(entry: &Entry) -> Vec<u8> {
    let _guard = FETCHING.lock().unwrap_or_else(PoisonError::into_inner);
    let cached = Path::new("target/tokenizers").join(format!("{}.json", entry.name));
    let hash = |file: &[u8]| format!("{:x}", Sha256::digest(file));
    if let Ok(file) = std::fs::read(&cached)
        && hash(&file) == entry.sha256
    {
        return file;
    }
    let file = fetch::read(&entry.package, Some(&entry.package_hash), Path::new(&entry.path)).unwrap();
    assert_eq!(hash(&file), entry.sha256, "{}", entry.name);
    std::fs::create_dir_all("target/tokenizers").unwrap();
    std::fs::write(cached, &file).unwrap();
    file
}

/// A small file with the beginning of a real one's tokens and merges.
pub fn excerpt(file: &[u8], most: usize) -> Value {
    let mut file: Value = serde_json::from_slice(file).unwrap();
    let model = file["model"].as_object_mut().unwrap();
    let vocab = model["vocab"].as_object().unwrap().clone();
    let parts = |merge: &Value| -> [String; 2] {
        match merge {
            Value::String(line) => line.split_once(' ').map(|(a, b)| [a.to_owned(), b.to_owned()]).unwrap(),
            pair => [0, 1].map(|at| pair[at].as_str().unwrap().to_owned()),
        }
    };
    let merges: Vec<Value> = model["merges"].as_array().unwrap().iter().take(most).cloned().collect();
    let mut texts: Vec<String> = vocab
        .keys()
        .filter(|text| {
            text.chars().count() == 1 && text.len() < 3
                || text.starts_with("<0x")
                || *text == "▁"
                || *text == "<unk>"
        })
        .cloned()
        .collect();
    for [left, right] in merges.iter().map(parts) {
        texts.extend([format!("{left}{right}"), left, right]);
    }
    let added: Vec<Value> = file["added_tokens"].as_array().unwrap().iter().rev().take(6).cloned().collect();
    texts.extend(added.iter().map(|token| token["content"].as_str().unwrap().to_owned()));
    let ids = texts.iter().filter_map(|text| Some((text.clone(), vocab.get(text)?.clone())));
    let vocab: Map<String, Value> = ids.collect();
    file["model"]["vocab"] = vocab.into();
    file["model"]["merges"] = merges.into();
    file["added_tokens"] = added.into();
    file
}
