//! Writes what fuzzing begins with to `target/fuzz/seeds`: real texts, and small files of the shapes that real ones have.
//!
//! `cargo run --release --example fuzz-seeds`. A seed is what `fuzz/targets` reads: a few bytes that choose, and the rest.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a tool that cannot go on has failed")]

#[path = "../fuzz/src/base.rs"]
mod base;
#[path = "../tests/common/mod.rs"]
#[allow(dead_code, reason = "a part of what the tests share is used")]
mod common;
#[path = "vocab/fetch.rs"]
mod fetch;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use common::token_bytes::token_bytes;
use common::tokenizer_files;
use common::{encoding, rng, small, texts, unpacked};
use rand::{Rng, rngs::StdRng};
use serde_json::{Value, json};
use std::path::Path;
use std::{fs, io};
use tokimeter::{
    Base, Claude, Definition, Header, JsonOptions, Normalizer, Pattern, Special, Symbols, TokenId, pack,
    pack_json,
};

/// Of tokens behind the bytes, in a small vocabulary.
const TOKENS: usize = 100;
const TEXTS: usize = 60;
const TEXT_BYTES: usize = 160;

fn main() -> io::Result<()> {
    let mut rng = rng("seeds of fuzzing");
    let texts = real_texts(&mut rng);
    let with = |first: &[u8], rest: &[u8]| [first, rest].concat();
    let numbered = || (0_u8..).zip(&texts);
    write("split", numbered().map(|(number, text)| with(&[number], text.as_bytes())))?;
    let ids = numbered().map(|(number, text)| {
        let ids = encoding("o200k_base").encode(text);
        let bytes: Vec<u8> = ids.iter().flat_map(|id| id.to_le_bytes()[..3].to_vec()).collect();
        if number % 3 == 0 { with(&[1], &bytes) } else { with(&[number], text.as_bytes()) }
    });
    write("ids", ids.collect::<Vec<_>>())?;
    let live = numbered().map(|(number, text)| {
        let choices = [number, number / 8, number / 3, 3, text.len() as u8];
        let mut edits = Vec::new();
        for _ in 0..20 {
            edits.extend([rng.random::<u8>() & 0x1f, rng.random(), rng.random(), rng.random()]);
            let at = text.floor_char_boundary(rng.random_range(0..text.len()));
            edits.extend(&text.as_bytes()[at..text.len().min(at + 12)]);
        }
        [&choices[..], text.as_bytes(), &edits].concat()
    });
    write("live", live.collect::<Vec<_>>())?;
    let files = files();
    let vocabularies = files.iter().filter_map(|(pattern, file)| packed_json(*pattern, file));
    let plain = vocabularies.map(|file| with(&[4], &file));
    let coded = small_vocabularies().into_iter().map(|file| with(&[4], &file));
    let claude = [false, true].map(|flag| with(&[2], &small_claude(flag)));
    write("vocab", plain.chain(coded).chain(claude).chain([with(&[0], &extension())]).collect::<Vec<_>>())?;
    let json = files.iter().map(|(pattern, file)| {
        let number = Pattern::ALL.iter().position(|one| Some(*one) == *pattern).unwrap_or(Pattern::ALL.len());
        with(&[number as u8], file)
    });
    write("json", json.collect::<Vec<_>>())
}

fn write(target: &str, seeds: impl IntoIterator<Item = Vec<u8>>) -> io::Result<()> {
    let folder = Path::new("target/fuzz/seeds").join(target);
    fs::create_dir_all(&folder)?;
    let (mut count, mut bytes) = (0, 0);
    for seed in seeds {
        fs::write(folder.join(format!("{count:03}")), &seed)?;
        (count, bytes) = (count + 1, bytes + seed.len());
    }
    println!("{}: {count} seeds, {bytes} bytes", folder.display());
    Ok(())
}

/// Parts of the corpus, and texts that hurt.
fn real_texts(rng: &mut StdRng) -> Vec<String> {
    let corpus = texts::corpus();
    let ours = encoding("o200k_base");
    let part = |(number, text): (usize, &String)| {
        let from = text.floor_char_boundary((number * 7919) % text.len());
        text[from..text.floor_char_boundary(from + TEXT_BYTES)].to_owned()
    };
    let parts = corpus.iter().cycle().enumerate().take(TEXTS / 2).map(part);
    let mut all: Vec<String> = parts.collect();
    while all.len() < TEXTS {
        let mut text = texts::text(rng, &ours, &corpus);
        text.truncate(text.floor_char_boundary(TEXT_BYTES));
        all.extend((!text.is_empty()).then_some(text));
    }
    all
}

/// Tokenizer files, small ones and the beginnings of real ones, and the pattern that is told with them.
fn files() -> Vec<(Option<Pattern>, Vec<u8>)> {
    let json = |value: &Value| value.to_string().into_bytes();
    let small = small::files().into_iter().map(|(_, file)| (None, json(&file)));
    let entries = tokenizer_files::entries();
    let taken = entries.iter().filter(|entry| entry.refused.is_none()).map(tokenizer_files::file);
    let real = taken.map(|file| (None, json(&shorter(tokenizer_files::excerpt(&file, 30)))));
    let mut files: Vec<_> = small.chain(real).collect();
    for name in ["cl100k_base", "tekken"] {
        let unpacked = unpacked(name);
        let tokens: Vec<Vec<u8>> = token_bytes(&unpacked).into_iter().take(256 + TOKENS).collect();
        let coded = tokens.iter().map(|token| BASE64_STANDARD.encode(token)).enumerate();
        if name == "tekken" {
            let vocab =
                coded.map(|(rank, token)| json!({"rank": rank, "token_bytes": token, "token_str": null}));
            let vocab: Vec<Value> = vocab.collect();
            let expression = common::expressions::expressions(Pattern::Tekken)[0];
            let size = vocab.len() + 3;
            let config = json!({"pattern": expression, "num_vocab_tokens": vocab.len(), "default_vocab_size": size,
                "default_num_special_tokens": 3, "version": "v3"});
            files.push((None, json(&json!({"config": config, "vocab": vocab, "special_tokens": [
                {"rank": 0, "token_str": "<unk>", "is_control": true}, {"rank": 1, "token_str": "<s>", "is_control": true},
                {"rank": 2, "token_str": "</s>", "is_control": true}]}))));
        } else {
            let lines: Vec<String> = coded.map(|(rank, token)| format!("{token} {rank}\n")).collect();
            files.push((Some(Pattern::Cl100k), lines.concat().into_bytes()));
        }
    }
    files
}

/// Leaves characters out that no merge has, where bytes stand for what is no token.
fn shorter(mut file: Value) -> Value {
    let merges = file["model"]["merges"].to_string();
    if let Some(vocab) = file["model"]["vocab"].as_object_mut().filter(|vocab| vocab.contains_key("<0x00>")) {
        vocab.retain(|text, _| text.is_ascii() || text.chars().count() > 1 || merges.contains(text.as_str()));
    }
    file
}

fn packed_json(pattern: Option<Pattern>, file: &[u8]) -> Option<Vec<u8>> {
    pack_json(file, JsonOptions { name: "a".to_owned(), pattern }).ok()
}

/// A vocabulary of each pattern and each normalizer, with its definitions coded: the beginnings of real ones.
fn small_vocabularies() -> Vec<Vec<u8>> {
    let whole = unpacked("o200k_base");
    let definitions: Vec<Definition> = whole.definitions[..256 + TOKENS].to_vec();
    let ids: Vec<TokenId> = (0..definitions.len() as TokenId).collect();
    let special =
        |text: &str, id, literal| Special { text: text.to_owned(), id, literal, strips: [false, !literal] };
    let normalizers = Normalizer::ALL.into_iter().cycle();
    let kinds = Pattern::ALL.into_iter().zip(normalizers).enumerate();
    let packed = kinds.filter_map(|(number, (pattern, normalizer))| {
        let header = Header {
            name: pattern.name().to_owned(),
            pattern,
            symbols: Symbols::Bytes,
            whole_pieces: number % 2 == 1,
            normalizer,
            base: None,
            specials: vec![special("<s>", 1000, false), special("  ", 1001, number % 3 == 0)],
        };
        pack(&header, &definitions, &[], &ids, None).ok()
    });
    packed.collect()
}

/// What extends the base that the fuzzer has.
fn extension() -> Vec<u8> {
    let base = base::base();
    let checksum = u64::from_le_bytes(base[10..18].try_into().unwrap());
    let header = Header {
        name: "extension".to_owned(),
        pattern: Pattern::O200k,
        symbols: Symbols::Bytes,
        whole_pieces: true,
        normalizer: Normalizer::Nfc,
        base: Some(Base { name: "base".to_owned(), checksum }),
        specials: Vec::new(),
    };
    let added =
        [Definition::Merge(256, 99), Definition::Merge(260, 97), Definition::Text { start: 0, length: 3 }];
    pack(&header, &added, b"abc", &[300, 301, 400], Some(&base)).unwrap()
}

fn small_claude(flag: bool) -> Vec<u8> {
    let stems = ["a", "the", "there", "ab", "hello", "1", ".", " ", "é"];
    let stems = stems.iter().flat_map(|stem| (0..6).map(|form| (stem.as_bytes().to_vec(), 1 << form)));
    let parts = (0x80..=0xff).map(|byte| (vec![byte], 1));
    let pieces: Vec<(Vec<u8>, u8)> = stems.chain(parts).collect();
    Claude::pack("claude", [flag, !flag], &pieces, vec![1; 1 << 16], Vec::new()).unwrap()
}
