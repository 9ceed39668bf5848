//! Writes what the WebAssembly build is held against: seeded texts, and what the native build makes of them.

use crate::common::{encoding, for_each_encoding, packed, rng, setting, texts, tiktoken};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use rand::Rng;
use std::fs;
use std::io::{BufWriter, Write};
use tokimeter::{Encoding, Line};

const FOLDER: &str = "target/golden";

/// The encodings of which most texts are written, and that the page's tests know.
const NAMES: [&str; 2] = ["o200k_base", "cl100k_base"];

/// One text a line in JSON, with its count and a hash of its ids (FNV-1a over whole ids).
#[test]
fn write_texts_for_wasm() {
    let corpus = texts::corpus();
    let cases = setting("CASES", 100_000) / 2;
    fs::create_dir_all(FOLDER).unwrap();
    for_each_encoding(|name| {
        let cases = if NAMES.contains(&name) { cases } else { cases / 20 };
        let mut rng = rng(&format!("{name}: {cases} texts for wasm"));
        let encoding = encoding(name);
        let mut out = BufWriter::new(fs::File::create(format!("{FOLDER}/{name}.jsonl")).unwrap());
        for _ in 0..cases {
            let text = texts::text(&mut rng, &encoding, &corpus);
            let ids = encoding.encode(&text);
            let hash = ids.iter().fold(0x811c_9dc5_u32, |hash, id| (hash ^ id).wrapping_mul(0x0100_0193));
            let decoded = encoding.decode(&ids).unwrap();
            serde_json::to_writer(&mut out, &(text, ids.len(), hash, decoded)).unwrap();
            out.write_all(b"\n").unwrap();
        }
        out.flush().unwrap();
    });
}

/// Texts and their counts under each line of Claude's models.
#[test]
fn write_counts_for_wasm() {
    let corpus = texts::corpus();
    let drawn_from = encoding(NAMES[1]);
    let cases = setting("CASES", 100_000) / 20;
    fs::create_dir_all(FOLDER).unwrap();
    let mut rng = rng(&format!("{cases} texts for Claude in wasm"));
    let lines = Line::ALL.map(|line| Encoding::from_claude(&packed(line.vocab()), line).unwrap());
    let mut out = BufWriter::new(fs::File::create(format!("{FOLDER}/claude.jsonl")).unwrap());
    for _ in 0..cases {
        let text = texts::text(&mut rng, &drawn_from, &corpus);
        let counts = lines.each_ref().map(|line| line.count(&text));
        serde_json::to_writer(&mut out, &(text, counts)).unwrap();
        out.write_all(b"\n").unwrap();
    }
    out.flush().unwrap();
}

/// A megabyte of each thing that has hung tokenizers, and its counts.
#[test]
fn write_hostile_texts() {
    const UNITS: [&str; 12] = ["a", " ", "\n", "_", "=", "0", "'s", "中", "😀", "\u{301}", "\u{200d}", " \n"];
    const MEGABYTE: usize = 1_000_000;
    fs::create_dir_all(FOLDER).unwrap();
    let mut rng = rng("hostile texts");
    let mut cases: Vec<(String, String)> =
        UNITS.iter().map(|unit| ((*unit).to_owned(), unit.repeat(MEGABYTE / unit.len()))).collect();
    let letters = (0..MEGABYTE).map(|_| rng.random_range('a'..='z')).collect();
    cases.push(("random letters".to_owned(), letters));
    let bytes: Vec<u8> = (0..MEGABYTE / 4 * 3).map(|_| rng.random()).collect();
    cases.push(("base64".to_owned(), BASE64_STANDARD.encode(bytes)));
    let encodings = NAMES.map(encoding);
    let cases: Vec<_> = cases
        .into_iter()
        .map(|(what, text)| {
            let counts = encodings.each_ref().map(|encoding| encoding.count(&text));
            (what, text, counts)
        })
        .collect();
    fs::write(format!("{FOLDER}/hostile.json"), serde_json::to_vec(&cases).unwrap()).unwrap();
}

/// What the page's tests type, with the counts of the reference.
#[test]
fn write_texts_for_the_page() {
    const TEXTS: [&str; 4] = [
        "Clean the living-room windows, wash three pieces of clothing, cook dinner for two.",
        "今天上班真是气死我了。楼下超市在打折。",
        "DON'T stop 👩‍💻 <|endoftext|>\u{feff} 12345",
        "x",
    ];
    fs::create_dir_all(FOLDER).unwrap();
    let references = NAMES.map(|name| tiktoken(name).unwrap());
    let rows: Vec<_> = TEXTS
        .into_iter()
        .map(|text| (text, references.each_ref().map(|reference| reference.encode_ordinary(text).len())))
        .collect();
    fs::write(format!("{FOLDER}/page.json"), serde_json::to_vec(&rows).unwrap()).unwrap();
}
