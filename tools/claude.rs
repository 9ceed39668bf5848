//! Packs the Claude vocabularies of `ctok` 1.3.0, a package for Python.
//!
//! `cargo run --release --example claude -- FOLDER`, where the folder holds its `pieces_v3.json` and
//! `pieces_v4_7.json`. `tools/claude/kinds.txt` is written by `tools/claude_kinds.py`.

use serde_json::{Map, Value};
use std::path::Path;
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

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).ok_or("usage: claude FOLDER")?;
    let kinds = kinds(&fs::read_to_string("tools/claude/kinds.txt")?)?;
    let lower = lower(&kinds)?;
    for (name, source) in [("claude3", "pieces_v3.json"), ("claude4_7", "pieces_v4_7.json")] {
        let source: Value = serde_json::from_slice(&fs::read(Path::new(&folder).join(source))?)?;
        let settings = [source["meta"]["fold_quotes"] == true, source["meta"]["allcaps_min"] == 4];
        let groups = source["tokens"].as_object().ok_or("no tokens")?;
        let pieces = pieces(groups)?;
        if let Some((stem, _)) = pieces.iter().find(|(stem, _)| crosses_borders(stem, &kinds)) {
            return Err(format!("a piece that may cross a border: {stem:?}").into());
        }
        let file = Claude::pack(name, settings, &pieces, kinds.clone(), lower.clone())?;
        let path = format!("data/vocab/{name}.vocab");
        fs::write(&path, &file)?;
        println!("{path}  {} bytes", file.len());
    }
    Ok(())
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
