//! Real tokenizer files, from the packages that have them.

#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::fetch;
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
