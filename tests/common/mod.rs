//! What the tests share: the encodings under test, the references, and texts that are drawn to hurt.

pub mod any_two_merge;
pub mod edits;
pub mod expressions;
pub mod one_of_each;
pub mod reference;
pub mod session;
pub mod small;
pub mod sources;
pub mod texts;
pub mod token_bytes;
pub mod tokenizer_files;

use rand::{SeedableRng, rngs::StdRng};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tiktoken_rs::CoreBPE;
use tokimeter::{Encoding, Unpacked, Unpacker};

/// An entry of `data/vocab.toml`.
#[derive(serde::Deserialize)]
pub struct Entry {
    pub name: String,
    pub base: Option<String>,
    pub packed_sha256: String,
}

#[derive(serde::Deserialize)]
struct Manifest {
    vocab: Vec<Entry>,
}

/// The vocabularies that the repository holds, as its manifest lists them.
pub fn entries() -> Vec<Entry> {
    let manifest = std::fs::read_to_string("data/vocab.toml").unwrap();
    toml::from_str::<Manifest>(&manifest).unwrap().vocab
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

/// What takes long to make, and is made once for all tests, by name.
struct Shared<T>(Mutex<BTreeMap<String, Arc<OnceLock<Arc<T>>>>>);

impl<T> Shared<T> {
    const fn new() -> Self {
        Self(Mutex::new(BTreeMap::new()))
    }

    fn get(&self, name: &str, make: impl FnOnce() -> T) -> Arc<T> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = Arc::clone(all.entry(name.to_owned()).or_default());
        drop(all);
        Arc::clone(one.get_or_init(|| Arc::new(make())))
    }
}

pub fn encoding(name: &str) -> Arc<Encoding> {
    static ENCODINGS: Shared<Encoding> = Shared::new();
    ENCODINGS.get(name, || {
        let file = packed(name);
        match base(name) {
            Some(base) => Encoding::from_packed_over(&file, &base).unwrap(),
            None => Encoding::from_packed(&file).unwrap(),
        }
    })
}

pub fn unpacked(name: &str) -> Arc<Unpacked> {
    static UNPACKED: Shared<Unpacked> = Shared::new();
    UNPACKED.get(name, || unpack(packed(name), base(name)))
}

pub fn unpack(file: Vec<u8>, base: Option<Vec<u8>>) -> Unpacked {
    let mut unpacker = Unpacker::new(file, base).unwrap();
    while unpacker.step(usize::MAX).unwrap() {}
    unpacker.finish().unwrap()
}

/// Returns the vendor's own tokenizer, as `tiktoken-rs` has it, if it has this one.
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

/// Does something for each encoding (`ONLY=a,b` for these), on as many threads as there are processors.
pub fn for_each_encoding(work: impl Fn(&str) + Sync) {
    let only = std::env::var("ONLY");
    let wanted = |name: &String| only.as_ref().map_or(true, |only| only.split(',').any(|one| one == name));
    let names = Mutex::new(names().into_iter().filter(wanted));
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
