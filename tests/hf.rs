//! Any kind of tokenizer.json: the ids are those of Hugging Face's `tokenizers`, with Oniguruma, from the same bytes; or there is
//! an error, and never a wrong count.

#![allow(
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "files in the form of JSON, and one long test"
)]

mod files;
mod fit;
mod mutated;
mod refused;

use crate::common::reference::read_tokenizer;
use crate::common::{encoding, rng, setting, small, texts};
use files::real_files;
use rand::seq::IndexedRandom;
use rand::{Rng, rngs::StdRng};
use std::fs;
use std::io::{BufWriter, Write};
use std::sync::{Arc, Mutex, PoisonError};
use tokenizers::Tokenizer;
use tokimeter::{Edit, ErrorKind, HfEncoding, HfText, Insert, Keep};

/// Compares a text; returns our ids.
fn compare(name: &str, ours: &HfEncoding, theirs: &Tokenizer, text: &str, specials: bool) -> Vec<u32> {
    let wanted = theirs.encode_fast(text, false).unwrap();
    let ids = if specials { ours.encode_with_specials(text) } else { ours.encode(text) };
    let ids = ids.unwrap_or_else(|error| panic!("{name}: {text:?}: {error}"));
    assert_eq!(ids, wanted.get_ids(), "{name}, specials {specials}: {text:?}");
    // Of no tokens the reference panics in one of its decoders.
    if !ids.is_empty() {
        assert_eq!(ours.decode(&ids).unwrap(), theirs.decode(&ids, false).unwrap(), "{name}: {ids:?}");
    }
    if !specials {
        assert_eq!(ours.count(text).unwrap(), ids.len(), "{name}: {text:?}");
        let spans = ours.spans(text).unwrap();
        assert_eq!(spans.ids, ids, "{name}: {text:?}");
        assert!(spans.ends.is_sorted(), "{name}: {text:?}: {:?}", spans.ends);
        let units = text.encode_utf16().count() as u32;
        assert!(spans.ends.iter().all(|&end| end <= units), "{name}: {text:?}: {:?}", spans.ends);
        assert_eq!(spans.ends.len(), ids.len(), "{name}: {text:?}");
    }
    ids
}

/// A random text with added tokens in it.
fn text(rng: &mut StdRng, drawn: &tokimeter::Encoding, corpus: &[String], added: &[String]) -> String {
    let mut text = texts::text(rng, drawn, corpus);
    for _ in 0..rng.random_range(0..3) {
        let Some(token) = added.choose(rng) else { break };
        let at = text.floor_char_boundary(rng.random_range(0..=text.len()));
        text.insert_str(at, token);
    }
    text
}

fn added_texts(theirs: &Tokenizer) -> Vec<String> {
    let mut added: Vec<_> =
        theirs.get_added_tokens_decoder().into_values().map(|token| token.content).collect();
    added.sort();
    added.truncate(400);
    added
}

/// Also writes what the wasm file is held against: the files that the engine's own way does not take, and ids of texts.
#[test]
fn real_files_have_the_ids_of_the_reference() {
    let corpus = texts::corpus();
    let drawn = encoding("o200k_base");
    let cases = setting("CASES", 400);
    fs::create_dir_all("target/golden/hf").unwrap();
    let files = Mutex::new(real_files().into_iter());
    let next = || files.lock().unwrap_or_else(PoisonError::into_inner).next();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((name, file)) = next() {
                    let mut rng = rng(&format!("{name}: {cases} texts"));
                    let ours = HfEncoding::from_json(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
                    let mut theirs = read_tokenizer(&file).unwrap();
                    let added = added_texts(&theirs);
                    fs::write(format!("target/golden/hf/{name}.json"), &file).unwrap();
                    let golden = fs::File::create(format!("target/golden/hf/{name}.jsonl")).unwrap();
                    let mut golden = BufWriter::new(golden);
                    for specials in [true, false] {
                        theirs.set_encode_special_tokens(!specials);
                        for _ in 0..cases {
                            let text = text(&mut rng, &drawn, &corpus, &added);
                            let ids = compare(&name, &ours, &theirs, &text, specials);
                            if !specials {
                                let decoded = ours.decode(&ids).unwrap();
                                serde_json::to_writer(&mut golden, &(text, ids, decoded)).unwrap();
                                golden.write_all(b"\n").unwrap();
                            }
                        }
                    }
                    golden.flush().unwrap();
                }
            });
        }
    });
}

const CHARACTERS: &str =
    "  \n\n\r\tttthheeaabbc中文1122.|'sAB\u{301}éĠ▁É\u{85}\u{feff}<👍ﬁ½ǅ\u{0}<mask>[CLS]the ab c";

fn small_text(rng: &mut StdRng, added: &[String]) -> String {
    let characters: Vec<char> = CHARACTERS.chars().collect();
    let mut text = String::new();
    for _ in 0..rng.random_range(0..20) {
        match rng.random_range(0..12) {
            0 => text.push_str(["the", "ab c", " the", "a\nb", "  ", "\r\n", "unable"].choose(rng).unwrap()),
            1 => text.push_str(added.choose(rng).map_or("<s>", String::as_str)),
            _ => text.push(*characters.choose(rng).unwrap()),
        }
    }
    text
}

/// Also leaves the files for the tests in Node.
#[test]
fn small_files_have_the_ids_of_the_reference() {
    let cases = setting("CASES", 400);
    for (name, file) in small::files() {
        let mut rng = rng(&format!("{name}: {cases} texts"));
        let file = serde_json::to_vec(&file).unwrap();
        fs::create_dir_all("target/golden/hf-small").unwrap();
        fs::write(format!("target/golden/hf-small/{name}.json"), &file).unwrap();
        let ours = HfEncoding::from_json(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut theirs = read_tokenizer(&file).unwrap();
        let added = added_texts(&theirs);
        for specials in [true, false] {
            theirs.set_encode_special_tokens(!specials);
            for _ in 0..cases {
                let text = small_text(&mut rng, &added);
                compare(name, &ours, &theirs, &text, specials);
            }
        }
    }
}

/// Long texts, so that they have many parts.
fn long_text(rng: &mut StdRng, added: &[String]) -> String {
    (0..rng.random_range(0..200)).map(|_| small_text(rng, added)).collect()
}

#[test]
fn parts_count_as_the_whole() {
    let cases = setting("CASES", 400) / 20;
    for (name, file) in small::files() {
        let mut rng = rng(&format!("{name}: {cases} long texts"));
        let file = serde_json::to_vec(&file).unwrap();
        let ours = HfEncoding::from_json(&file).unwrap();
        let mut theirs = read_tokenizer(&file).unwrap();
        let added = added_texts(&theirs);
        let is_local = name.starts_with("word") || matches!(name, "unigram" | "unigram-words");
        assert_eq!(!ours.is_whole(), is_local, "{name}");
        for specials in [true, false] {
            theirs.set_encode_special_tokens(!specials);
            for _ in 0..cases {
                compare(name, &ours, &theirs, &long_text(&mut rng, &added), specials);
            }
        }
    }
}

#[test]
fn a_text_under_edit_knows_its_tokens() {
    let cases = setting("CASES", 400) / 40;
    let lone: [&[u16]; 3] = [&[0xd83d], &[0xdc4d], &[0xd83d, 0xdc4d, 0x20]];
    for (name, file) in small::files() {
        let mut rng = rng(&format!("{name}: {cases} texts under edit"));
        let ours = Arc::new(HfEncoding::from_json(&serde_json::to_vec(&file).unwrap()).unwrap());
        for _ in 0..cases {
            let mut live = HfText::new(ours.clone());
            let mut units: Vec<u16> = Vec::new();
            for step in 0..12 {
                let mut edits: Vec<(usize, usize, Vec<u16>)> = Vec::new();
                let mut at = 0;
                for _ in 0..rng.random_range(1..4) {
                    let from = at + rng.random_range(0..=(units.len() - at));
                    let to = from + rng.random_range(0..=(units.len() - from).min(20));
                    let insert = match rng.random_range(0..6) {
                        0 if step < 3 => long_text(&mut rng, &[]).encode_utf16().collect(),
                        0 => Vec::new(),
                        1 => lone.choose(&mut rng).unwrap().to_vec(),
                        _ => small_text(&mut rng, &[]).encode_utf16().collect(),
                    };
                    edits.push((from, to, insert));
                    at = to;
                }
                let before = live.tokens();
                let update: Vec<Edit> = edits
                    .iter()
                    .map(|(from, to, insert)| Edit { from: *from, to: *to, insert: Insert::Units(insert) })
                    .collect();
                let change = live.update(&update).unwrap();
                for (from, to, insert) in edits.into_iter().rev() {
                    units.splice(from..to, insert);
                }
                let text = String::from_utf16_lossy(&units);
                let spans = ours.spans(&text).unwrap();
                assert_eq!(live.slice_units(0, live.len()).unwrap(), units, "{name}");
                assert_eq!(
                    (live.tokens(), change.tokens),
                    (spans.ids.len(), spans.ids.len()),
                    "{name}: {text:?}"
                );
                assert_eq!(change.added + before, change.removed + change.tokens, "{name}");
                assert!(change.from <= change.to && change.to <= units.len(), "{name}: {change:?}");
                let found = live.spans_in(change.from, change.to).unwrap();
                assert!(
                    found.spans.ids.len() >= change.added,
                    "{name}: {change:?}, {}",
                    found.spans.ids.len()
                );
                let from = rng.random_range(0..=units.len());
                let to = rng.random_range(from..=units.len());
                let part = String::from_utf16_lossy(&units[from..to]);
                assert_eq!(
                    live.count_range(from, to).unwrap(),
                    ours.count(&part).unwrap(),
                    "{name}: {part:?}"
                );
                let found = live.spans_in(from, to).unwrap();
                let last = found.index + found.spans.ids.len();
                assert_eq!(found.spans.ids, spans.ids[found.index..last], "{name}: {from}..{to} of {text:?}");
                assert_eq!(
                    found.spans.ends,
                    spans.ends[found.index..last],
                    "{name}: {from}..{to} of {text:?}"
                );
                let tokens = rng.random_range(0..=spans.ids.len());
                let end = tokens.checked_sub(1).map_or(0, |last| spans.ends[last] as usize);
                assert_eq!(live.offset_of(tokens).unwrap(), end, "{name}: {tokens} tokens of {text:?}");
            }
            let text = String::from_utf16_lossy(&units);
            let limit = rng.random_range(0..=live.tokens() + 1);
            for keep in [Keep::Start, Keep::End] {
                let fit = live.fit(limit, keep).unwrap();
                assert_eq!(fit, ours.fit(&text, limit, keep).unwrap(), "{name}: {limit} of {text:?}");
                assert!(fit.tokens <= limit, "{name}: {fit:?}, {limit} of {text:?}");
                let part = String::from_utf16_lossy(&units[fit.from..fit.to]);
                assert_eq!(ours.count(&part).unwrap(), fit.tokens, "{name}: {text:?}");
                assert_eq!(fit.truncated, fit.to - fit.from < units.len(), "{name}: {fit:?}");
            }
            match live.split(limit) {
                Ok(chunks) => {
                    let mut at = 0;
                    for chunk in chunks {
                        assert_eq!(chunk.from, at, "{name}: {text:?}");
                        assert!(
                            chunk.tokens <= limit && chunk.to > chunk.from,
                            "{name}: {chunk:?} of {text:?}"
                        );
                        at = chunk.to;
                    }
                    assert_eq!(at, units.len(), "{name}: {text:?}");
                }
                Err(error) => assert_eq!(error.kind(), ErrorKind::LimitTooSmall, "{name}: {error}"),
            }
            assert_eq!(
                live.update(&[Edit { from: 0, to: units.len() + 1, insert: "".into() }]).unwrap_err().code(),
                "out-of-range"
            );
        }
    }
}
