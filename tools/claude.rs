//! Packs the Claude vocabularies of `ctok` 1.3.0, a package for Python.
//!
//! `cargo run --release --example claude` writes those of `data/vocab.toml`; with `-- --check` it only compares what it
//! would write with what is there. `tools/claude/kinds.txt` is written by `tools/claude_kinds.py`.

#[path = "vocab/fetch.rs"]
mod fetch;

use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::{error, fs};
use tokimeter::Claude;

type Result<T> = std::result::Result<T, Box<dyn error::Error>>;

/// The kinds, in the order of their nibbles.
const KINDS: [&str; 16] = [
    "alone",
    "letter",
    "capital",
    "title",
    "neutral",
    "mark",
    "punctuation",
    "symbol",
    "decimal",
    "number",
    "digit",
    "arabic-digit",
    "space",
    "selector",
    "stripped",
    "other-space",
];
const ALONE: u8 = 0;
const SPACE: u8 = 12;
const HAS_LOWER: [u8; 2] = [2, 3];
/// The marks around a stem, in the order of the bits of forms.
const FORMS: [[&str; 2]; 6] = [
    ["", ""],
    ["", "⟨eow⟩"],
    ["⟨bow⟩", ""],
    ["⟨bow⟩", "⟨eow⟩"],
    ["⟨shift⟩⟨bow⟩", "⟨eow⟩"],
    ["⟨caps⟩⟨bow⟩", "⟨eow⟩"],
];

#[derive(Deserialize)]
struct Manifest {
    claude: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    package: String,
    package_hash: String,
    path: PathBuf,
    sha256: String,
    packed_sha256: String,
}

fn main() -> Result<()> {
    let check = std::env::args().nth(1).is_some_and(|argument| argument == "--check");
    let manifest: Manifest = toml::from_str(&fs::read_to_string("data/vocab.toml")?)?;
    let kinds = kinds(&fs::read_to_string("tools/claude/kinds.txt")?)?;
    let lower = lower(&kinds)?;
    for Entry { name, package, package_hash, path, sha256, packed_sha256 } in manifest.claude {
        let source = fetch::read(&package, Some(&package_hash), &path)?;
        if hash(&source) != sha256 {
            return Err(format!("{name}: the source has SHA-256 {}, not {sha256}", hash(&source)).into());
        }
        let source: Value = serde_json::from_slice(&source)?;
        let settings = [source["meta"]["fold_quotes"] == true, source["meta"]["allcaps_min"] == 4];
        let groups = source["tokens"].as_object().ok_or("no tokens")?;
        let pieces = pieces(groups)?;
        if let Some((stem, _)) = pieces.iter().find(|(stem, _)| crosses_borders(stem, &kinds)) {
            return Err(format!("a piece that may cross a border: {stem:?}").into());
        }
        let file = Claude::pack(&name, settings, &pieces, kinds.clone(), lower.clone())?;
        let path = format!("data/vocab/{name}.vocab");
        println!("{path}  {} bytes  sha256 {}", file.len(), hash(&file));
        if !check {
            fs::write(&path, &file)?;
        } else if fs::read(&path)? != file {
            return Err(format!("{path} differs from what its source gives").into());
        }
        if hash(&file) != packed_sha256 {
            return Err(format!("data/vocab.toml has another packed_sha256 for {name}").into());
        }
    }
    Ok(())
}

fn hash(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

fn kinds(runs: &str) -> Result<Vec<u8>> {
    let mut kinds = vec![0; 1 << 16];
    for run in runs.lines() {
        let (start, name) = run.split_once(' ').ok_or("a run without a kind")?;
        let kind = KINDS.iter().position(|&kind| kind == name).ok_or("an unknown kind")?;
        kinds[usize::from_str_radix(start, 16)?..].fill(kind as u8);
    }
    Ok(kinds)
}

/// The small letters; that of `İ` is two code points, and is never asked for.
fn lower(kinds: &[u8]) -> Result<Vec<[u16; 2]>> {
    let capitals = (0..=u16::MAX).filter(|&c| HAS_LOWER.contains(&kinds[usize::from(c)]));
    let small = |c| char::from_u32(u32::from(c))?.to_lowercase().next();
    capitals.map(|c| Ok([c, u16::try_from(u32::from(small(c).ok_or("no small letter")?))?])).collect()
}

fn pieces(groups: &Map<String, Value>) -> Result<Vec<(Vec<u8>, u8)>> {
    let mut pieces = Vec::new();
    for (group, entries) in groups {
        for entry in entries.as_object().ok_or("a group that is no object")?.keys() {
            match group.as_str() {
                "bytes_fallback" => pieces.push((hex(entry)?, 1)),
                // One token each, without an entry.
                "markers" => {}
                "contractions" => pieces.extend([piece(entry)?, piece(&format!("{entry}⟨eow⟩"))?]),
                _ => pieces.push(piece(entry)?),
            }
        }
    }
    Ok(pieces)
}

/// Returns whether a stem joins white space, or a code point that stands alone, with another code point.
fn crosses_borders(stem: &[u8], kinds: &[u8]) -> bool {
    let text = String::from_utf8_lossy(stem);
    let is_one = |c: char| matches!(kinds.get(c as usize), None | Some(&ALONE | &SPACE));
    text.chars().any(is_one)
        && text.chars().any(|c| !text.starts_with(c) || (!c.is_whitespace() && text.len() > c.len_utf8()))
}

/// Parts a piece into its stem and the bit of its form.
fn piece(entry: &str) -> Result<(Vec<u8>, u8)> {
    for (place, [before, after]) in FORMS.iter().enumerate().rev() {
        let stem = entry.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
        if let Some(stem) = stem.filter(|stem| !stem.is_empty()) {
            return Ok((unescape(stem)?, 1 << place));
        }
    }
    Err(format!("a piece without a stem: {entry}").into())
}

/// Replaces `⟨0xNN⟩` by that byte.
fn unescape(stem: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = stem;
    while let Some((before, after)) = rest.split_once('⟨') {
        bytes.extend(before.bytes());
        let (escape, after) = after.split_once('⟩').ok_or("an open bracket")?;
        bytes.extend(hex(escape.strip_prefix("0x").ok_or_else(|| format!("an unknown mark in {stem}"))?)?);
        rest = after;
    }
    bytes.extend(rest.bytes());
    Ok(bytes)
}

fn hex(digits: &str) -> Result<Vec<u8>> {
    let pair = |at| Ok(u8::from_str_radix(digits.get(at..at + 2).ok_or("half a byte")?, 16)?);
    (0..digits.len()).step_by(2).map(pair).collect()
}
