//! Tokenizers from files of others: the ids are those of Hugging Face's `tokenizers` from the same bytes, whatever is in them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

#[path = "../tools/vocab/fetch.rs"]
mod fetch;

#[path = "common/tokenizer_files.rs"]
mod tokenizer_files;

use common::session::random_edits;
use common::{reference, rng, setting, texts};
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokenizer_files::{Entry, entries, file};
use tokenizers::Tokenizer;
use tokimeter::{
    Encoding, Error, ErrorKind, JsonOptions, MAX_FILE, MAX_FILE_TOKENS, MAX_MERGES, MAX_NESTING, MAX_PART,
    Pattern, pack_json,
};

/// Does something for each file (`ONLY=a,b` for these), on as many threads as there are processors.
fn for_each_file(work: impl Fn(&Entry, Vec<u8>) + Sync) {
    let only = std::env::var("ONLY");
    let wanted =
        |entry: &Entry| only.as_ref().map_or(true, |only| only.split(',').any(|one| one == entry.name));
    let entries = Mutex::new(entries().into_iter().filter(wanted));
    let next = || entries.lock().unwrap_or_else(PoisonError::into_inner).next();
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(entry) = next() {
                    work(&entry, file(&entry));
                }
            });
        }
    });
}

fn from_json(file: &[u8]) -> Result<Encoding, Error> {
    Encoding::from_packed(&pack_json(file, JsonOptions::default())?)
}

fn error(file: &[u8]) -> Error {
    from_json(file).err().unwrap()
}

/// A random text with added tokens in it, and parts of them.
fn text(rng: &mut StdRng, encoding: &Encoding, corpus: &[String]) -> String {
    let mut text = texts::text(rng, encoding, corpus);
    for _ in 0..rng.random_range(0..4) {
        let at = text.floor_char_boundary(rng.random_range(0..=text.len()));
        text.insert_str(at, &texts::added(rng, encoding));
        if rng.random_bool(0.3) {
            text.insert(at, *[' ', '\n', '\t', '\u{301}', '\u{338}', '▁'].choose(rng).unwrap());
        }
    }
    text
}

/// Ours and the reference from one file.
struct Subject {
    name: String,
    ours: Encoding,
    matching: Tokenizer,
    /// The same without the special tokens.
    plain: Tokenizer,
}

impl Subject {
    fn new(name: &str, ours: Encoding, file: &[u8]) -> Self {
        let matching = Tokenizer::from_bytes(file).unwrap();
        let mut plain = matching.clone();
        plain.set_encode_special_tokens(true);
        Self { name: name.to_owned(), ours, matching, plain }
    }

    fn check(&self, text: &str) {
        let Self { name, ours, .. } = self;
        let ids = ours.encode(text);
        let wanted = self.plain.encode_fast(text, false).unwrap();
        assert_eq!(ids, wanted.get_ids(), "{name}, {text:?}");
        assert_eq!(ours.count(text), ids.len(), "{name}, {text:?}: count");
        let wanted = self.matching.encode_fast(text, false).unwrap();
        assert_eq!(
            ours.encode_with_specials(text),
            wanted.get_ids(),
            "{name}, {text:?}: with special tokens"
        );
        let spans = ours.spans(text);
        assert_eq!(spans.ids, ids, "{name}, {text:?}: spans");
        assert!(spans.ends.is_sorted(), "{name}, {text:?}: spans");
        let length = text.encode_utf16().count() as u32;
        assert_eq!(spans.ends.last().copied().unwrap_or(0), length, "{name}, {text:?}: spans");
        // A space that is put before a text may be one that it had.
        let decoded = ours.decode(&ids).unwrap();
        let same = |text: &str| text.replace('▁', " ").trim_start_matches(' ').to_owned();
        if ours.encode(&decoded) == ids && !text.contains(|c: char| c as u32 >= 0x300) {
            assert_eq!(same(&decoded), same(text), "{name}: decode");
        }
    }

    fn check_random(&self, cases: u64) {
        let corpus = texts::corpus();
        let mut rng = rng(&format!("{}: {cases} random texts", self.name));
        for _ in 0..cases {
            self.check(&text(&mut rng, &self.ours, &corpus));
        }
    }
}

#[test]
fn real_files() {
    for_each_file(|entry, file| {
        let name = &entry.name;
        match (from_json(&file), &entry.refused) {
            (Ok(ours), None) => Subject::new(name, ours, &file).check_random(setting("CASES", 2_000)),
            (Err(error), Some(part)) => {
                assert_eq!(error.kind(), ErrorKind::UnsupportedTokenizer, "{name}");
                assert!(error.to_string().contains(part.as_str()), "{name}: {error}");
            }
            (Ok(_), Some(_)) => panic!("{name} is taken"),
            (Err(error), None) => panic!("{name}: {error}"),
        }
    });
}

#[test]
fn edits_of_texts_in_real_files() {
    for_each_file(|entry, file| {
        if let Ok(ours) = from_json(&file) {
            random_edits(&entry.name, &Arc::new(ours), setting("CASES", 2_000));
        }
    });
}

/// What `tokenizers` writes for each packed encoding.
#[test]
fn files_as_the_reference_writes_them() {
    common::for_each_encoding(|name| {
        if name.starts_with("claude") {
            return;
        }
        let mut theirs: Value =
            serde_json::from_str(&reference::hugging_face(name).to_string(false).unwrap()).unwrap();
        match name {
            "r50k_base" | "p50k_base" => {
                theirs["pre_tokenizer"] =
                    json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true});
            }
            // These two end in `\z`, which no file has.
            "cl100k_base" => return,
            _ => {}
        }
        let mut specials = common::encoding(name).specials().to_vec();
        specials.truncate(40);
        specials.dedup_by_key(|special| special.id);
        let added: Vec<Value> =
            specials.iter().map(|special| added(&special.text, special.id, true)).collect();
        theirs["added_tokens"] = added.into();
        // The reference gives ids behind the vocabulary to tokens that are not in it; so they are put there.
        for special in &specials {
            theirs["model"]["vocab"][&special.text] = special.id.into();
        }
        let file = theirs.to_string().into_bytes();
        let ours = from_json(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        Subject::new(name, ours, &file).check_random(setting("CASES", 2_000) / 4);
    });
}

/// All ways in which files put a space before texts.
#[test]
fn spaces_before_texts() {
    let entry = entries().into_iter().find(|entry| entry.name == "mistral_v1").unwrap();
    let mistral: Value = serde_json::from_slice(&file(&entry)).unwrap();
    let check = |name: &str, file: &Value| {
        let file = file.to_string().into_bytes();
        let read = || from_json(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        Subject::new(name, read(), &file).check_random(setting("CASES", 2_000));
        random_edits(name, &Arc::new(read()), setting("CASES", 2_000));
    };
    for scheme in ["first", "always", "never"] {
        let mut file = mistral.clone();
        file["normalizer"] = Value::Null;
        file["pre_tokenizer"] =
            json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": false});
        check(scheme, &file);
    }
    let mut file: Value =
        serde_json::from_str(&reference::hugging_face("r50k_base").to_string(false).unwrap()).unwrap();
    file["pre_tokenizer"] = json!({"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true});
    file["added_tokens"] = json!([added("<|endoftext|>", 50256, true)]);
    check("ByteLevel", &file);
    file["added_tokens"][0]["lstrip"] = true.into();
    file["added_tokens"][0]["rstrip"] = true.into();
    check("strips", &file);
    // As in Phi 2 and GPT-NeoX: runs of white space are added tokens.
    file["pre_tokenizer"]["add_prefix_space"] = false.into();
    let runs = (2..16).map(|length| " ".repeat(length)).chain((2..6).map(|length| "\t".repeat(length)));
    let runs = runs.zip(50257..).map(|(run, id)| {
        let mut token = added(&run, id, false);
        token["normalized"] = true.into();
        token
    });
    file["added_tokens"] = [added("<|endoftext|>", 50256, true)].into_iter().chain(runs).collect();
    file["added_tokens"][0]["normalized"] = true.into();
    check("runs", &file);
}

fn added(text: &str, id: u32, special: bool) -> Value {
    json!({
        "id": id, "content": text, "special": special,
        "single_word": false, "lstrip": false, "rstrip": false, "normalized": false,
    })
}

/// Rank files give the ids of the packed encodings.
#[test]
fn rank_files() {
    let corpus = texts::corpus();
    let same = |ours: &Encoding, name: &str| {
        let packed = common::encoding(name);
        let mut rng = rng(&format!("{name}: a rank file"));
        for _ in 0..setting("CASES", 2_000) {
            let text = texts::text(&mut rng, &packed, &corpus);
            assert_eq!(ours.encode(&text), packed.encode(&text), "{name}, {text:?}");
        }
    };
    for (name, pattern) in [
        ("o200k_base", Pattern::O200k),
        ("cl100k_base", Pattern::Cl100k),
        ("p50k_base", Pattern::Gpt2),
        ("r50k_base", Pattern::Gpt2),
    ] {
        let path = format!("assets/{name}.tiktoken");
        let file = fetch::read("crate tiktoken-rs 0.12.1", None, Path::new(&path)).unwrap();
        let options = JsonOptions { name: name.to_owned(), pattern: Some(pattern) };
        let ours = pack_json(&file, options).and_then(|file| Encoding::from_packed(&file)).unwrap();
        assert_eq!(ours.name(), name);
        same(&ours, name);
        same(&from_json(&file).unwrap(), name);
        let cut = &file[..file.len() / 2];
        let unknown = error(cut.rsplitn(2, |&byte| byte == b'\n').last().unwrap());
        assert_eq!(unknown.kind(), ErrorKind::UnsupportedTokenizer);
        assert!(unknown.to_string().contains("cl100k"), "{unknown}");
    }
    let kimi = fetch::read(
        "crate splintr-vocab-kimi 1.0.0",
        Some("f246d725b9fe63f2c4cf9bad097c89e48cc2a57f8c3634daa5ef2b74158a071c"),
        Path::new("vocabs/kimi.tiktoken"),
    );
    same(&from_json(&kimi.unwrap()).unwrap(), "kimi");
    let tekken = fetch::read(
        "pypi mistral-common 1.13.1",
        Some("98b4d0755b8d90bf4691fa8f1b70cb3b4a8cd4dc1653c4ed08ef3d1c7d2c29af"),
        Path::new("mistral_common/data/tekken_240911.json"),
    );
    same(&from_json(&tekken.unwrap()).unwrap(), "tekken");
}

/// A small file with the beginning of a real one's tokens and merges.
fn excerpt(file: &[u8], most: usize) -> Value {
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

/// Changes a value somewhere in a tree.
fn mutate(rng: &mut StdRng, value: &mut Value) {
    const NUMBERS: [f64; 8] = [0.0, -1.0, 1.5, 1e300, 255.0, 1_048_576.0, 4_294_967_296.0, 7.0];
    const STRINGS: [&str; 12] =
        ["", " ", "\u{0}", "Ġ", "▁", "<0x0A>", "ByteLevel", "NFC", "a b c", "😀", "Ċ", "Split"];
    match value {
        Value::Object(members) if !members.is_empty() && rng.random_bool(0.8) => {
            let keys: Vec<String> = members.keys().cloned().collect();
            let key = keys.choose(rng).unwrap();
            match rng.random_range(0..8) {
                0 => drop(members.remove(key)),
                1 => {
                    let moved = members.remove(key).unwrap();
                    members.insert((*STRINGS.choose(rng).unwrap()).to_owned(), moved);
                }
                2 => {
                    let other = members[keys.choose(rng).unwrap()].clone();
                    members.insert(key.clone(), other);
                }
                _ => mutate(rng, &mut members[key]),
            }
        }
        Value::Array(items) if !items.is_empty() && rng.random_bool(0.9) => {
            let (at, other) = (rng.random_range(0..items.len()), rng.random_range(0..items.len()));
            match rng.random_range(0..6) {
                0 => drop(items.remove(at)),
                1 => items.swap(at, other),
                2 => items.insert(at, items[other].clone()),
                _ => mutate(rng, &mut items[at]),
            }
        }
        Value::Bool(flag) if rng.random_bool(0.9) => *flag = !*flag,
        Value::String(text) if rng.random_bool(0.7) => {
            let at = text.floor_char_boundary(rng.random_range(0..=text.len()));
            if rng.random_bool(0.5) && at < text.len() {
                text.remove(at);
            } else {
                text.insert_str(at, STRINGS.choose(rng).unwrap());
            }
        }
        value => {
            *value = match rng.random_range(0..7) {
                0 => Value::Null,
                1 => true.into(),
                2 => (*NUMBERS.choose(rng).unwrap()).into(),
                3 => rng.random_range(0..400).into(),
                4 => (*STRINGS.choose(rng).unwrap()).into(),
                5 => json!([]),
                _ => json!({}),
            };
        }
    }
}

/// Changes bytes of a file.
fn damage(rng: &mut StdRng, file: &mut Vec<u8>) {
    for _ in 0..rng.random_range(1..4) {
        let at = rng.random_range(0..=file.len());
        match rng.random_range(0..6) {
            0 => file.truncate(at),
            1 => file.insert(at, rng.random()),
            2 => file.insert(at, *b"{}[]\",:\\0e-".choose(rng).unwrap()),
            3 if at < file.len() => file[at] = rng.random(),
            4 => {
                let to = (at + rng.random_range(0..40)).min(file.len());
                file.drain(at..to);
            }
            _ => {
                let to = (at + rng.random_range(0..200)).min(file.len());
                let copy = file[at..to].to_vec();
                file.splice(at..at, copy);
            }
        }
    }
}

/// Whatever a file holds: an error, or the ids that the reference has from it if that can read it too.
#[test]
fn mutated_files() {
    let small: Vec<(String, Value)> = entries()
        .iter()
        .filter(|entry| entry.refused.is_none())
        .map(|entry| (entry.name.clone(), excerpt(&file(entry), 30)))
        .collect();
    let cases = setting("CASES", 100_000);
    let mut seeds = rng(&format!("{cases} mutated files"));
    let (mut taken, mut compared) = (0, 0);
    for case in 0..cases {
        let seed = seeds.random();
        let rng = &mut StdRng::seed_from_u64(seed);
        let (name, value) = small.choose(rng).unwrap();
        let mut file;
        if rng.random_bool(0.6) {
            let mut value = value.clone();
            for _ in 0..rng.random_range(1..4) {
                let part = ["added_tokens", "normalizer", "pre_tokenizer", "model"].choose(rng).unwrap();
                let place = match rng.random_range(0..6) {
                    0 => Some(&mut value),
                    1 => value.pointer_mut("/model/merges"),
                    2 => value.pointer_mut("/model/vocab"),
                    _ => value.get_mut(part),
                };
                if let Some(place) = place {
                    mutate(rng, place);
                }
            }
            file = value.to_string().into_bytes();
        } else {
            file = value.to_string().into_bytes();
            damage(rng, &mut file);
        }
        let begun = Instant::now();
        let ours = catch_unwind(|| from_json(&file));
        let Ok(ours) = ours else { panic!("{name}, case {case}, seed {seed}: a panic") };
        assert!(begun.elapsed() < Duration::from_secs(5), "{name}, case {case}, seed {seed}: slow");
        let Ok(ours) = ours else { continue };
        taken += 1;
        let texts: Vec<String> = (0..3)
            .map(|_| {
                let mut text = texts::tokens(rng, &ours, 8);
                text.push_str(["", " a  b\n\n c", "é▁▁<", "the  in 12,345 中文!"].choose(rng).unwrap());
                text + &texts::added(rng, &ours)
            })
            .collect();
        let all = catch_unwind(AssertUnwindSafe(|| {
            texts.iter().map(|text| [ours.encode(text), ours.encode_with_specials(text)]).collect::<Vec<_>>()
        }));
        let Ok(all) = all else { panic!("{name}, case {case}, seed {seed}: a panic with {texts:?}") };
        let theirs = catch_unwind(|| {
            let mut theirs = Tokenizer::from_bytes(&file).ok()?;
            theirs.with_truncation(None).ok()?;
            theirs.with_padding(None);
            let matching = texts
                .iter()
                .map(|text| Some(theirs.encode_fast(text.as_str(), false).ok()?.get_ids().to_vec()));
            matching.collect::<Option<Vec<_>>>()
        });
        let Ok(Some(theirs)) = theirs else { continue };
        compared += 1;
        for ((ours, theirs), text) in all.iter().zip(&theirs).zip(&texts) {
            assert_eq!(
                ours[1],
                *theirs,
                "{name}, case {case}, seed {seed}, {text:?}: {}",
                String::from_utf8_lossy(&file)
            );
        }
    }
    println!("{taken} of {cases} files were taken, and {compared} compared with the reference");
    assert!(compared > cases / 50, "too few files are read by both: {compared} of {cases}");
}

/// A few of the large files, damaged.
#[test]
fn mutated_large_files() {
    let wanted = ["mistral_v1", "deepseek_v3"];
    let files: Vec<Vec<u8>> =
        entries().iter().filter(|entry| wanted.contains(&entry.name.as_str())).map(file).collect();
    let cases = setting("CASES", 40_000) / 1000;
    let mut rng = rng(&format!("{cases} large mutated files"));
    for _ in 0..cases {
        let mut file = files.choose(&mut rng).unwrap().clone();
        damage(&mut rng, &mut file);
        if let Ok(ours) = from_json(&file) {
            let _ = ours.count(&texts::tokens(&mut rng, &ours, 20));
        }
    }
}

/// A tokenizer of bytes, with tokens and merges that are given as JSON.
fn tiny(vocab: &str, merges: &str, more: &str) -> String {
    let mut letters = String::new();
    for byte in 0..=255_u8 {
        let c = reference::byte_char(byte);
        write!(letters, "{}:{byte},", Value::String(c.to_string())).unwrap();
    }
    format!(
        r#"{{"version":"1.0","added_tokens":[],"normalizer":null,"pre_tokenizer":{{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}}{more},"model":{{"type":"BPE","vocab":{{{letters}"ab":256{vocab}}},"merges":["a b"{merges}]}}}}"#
    )
}

fn nested(depth: usize) -> String {
    format!(r#","more":{}{}"#, "[".repeat(depth), "]".repeat(depth))
}

#[test]
fn limits() {
    let taken = |file: &str| assert!(from_json(file.as_bytes()).is_ok(), "{:?}", error(file.as_bytes()));
    let exceeds = |file: &str, most: u64| {
        let error = error(file.as_bytes());
        assert_eq!(error.kind(), ErrorKind::LimitExceeded, "{error}");
        assert!(error.to_string().contains(&most.to_string()), "{error}");
    };
    taken(&tiny("", "", ""));
    taken(&tiny("", "", &nested(MAX_NESTING - 1)));
    exceeds(&tiny("", "", &nested(MAX_NESTING)), MAX_NESTING as u64);
    exceeds(&tiny("", "", &nested(1_000_000)), MAX_NESTING as u64);

    let mut file = tiny("", "", "");
    file.push_str(&" ".repeat(MAX_FILE - file.len()));
    taken(&file);
    file.push(' ');
    exceeds(&file, MAX_FILE as u64);

    let tokens = |count: u64| (257..count).fold(String::new(), |list, id| list + &format!(",\"{id}\":{id}"));
    let many = error(tiny(&tokens(MAX_FILE_TOKENS), "", "").as_bytes());
    assert_eq!(many.kind(), ErrorKind::UnsupportedTokenizer, "{many}");
    exceeds(&tiny(&tokens(MAX_FILE_TOKENS + 1), "", ""), MAX_FILE_TOKENS);
    taken(&tiny(&tokens(1 << 19), "", ""));
    let many = error(tiny(&tokens((1 << 19) + 1), "", "").as_bytes());
    assert_eq!(many.kind(), ErrorKind::UnsupportedTokenizer, "{many}");

    let merges = |count: usize| ",\"a b\"".repeat(count - 1);
    taken(&tiny("", &merges(MAX_MERGES), ""));
    exceeds(&tiny("", &merges(MAX_MERGES + 1), ""), MAX_MERGES as u64);

    let part = |length: usize| format!(r#","normalizer":{{"type":"NFC","more":"{}"}}"#, "a".repeat(length));
    taken(&tiny("", "", &part(MAX_PART - 100)));
    exceeds(&tiny("", "", &part(MAX_PART + 100)), MAX_PART as u64);

    let long = |length: usize| format!(",\"{}\":300", "a".repeat(length));
    taken(&tiny(&long(2047), "", ""));
    assert_eq!(error(tiny(&long(2048), "", "").as_bytes()).kind(), ErrorKind::UnsupportedTokenizer);
    let id = |id: u64| format!(",\"b\u{120}\":{id}");
    taken(&tiny(&id((1 << 20) - 1), "", ""));
    assert_eq!(error(tiny(&id(1 << 20), "", "").as_bytes()).kind(), ErrorKind::UnsupportedTokenizer);
    exceeds(&tiny(&id(1 << 32), "", ""), u64::from(u32::MAX));
}

/// Tokens so long that merging each alone would take minutes.
#[test]
fn long_tokens_are_refused_soon() {
    let mut tokens = String::new();
    for n in 0..8000 {
        write!(tokens, ",\"{}{n}\":{}", "ab".repeat(1000), 300 + n).unwrap();
    }
    let begun = Instant::now();
    assert_eq!(error(tiny(&tokens, "", "").as_bytes()).kind(), ErrorKind::UnsupportedTokenizer);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn malformed_files_say_where() {
    let whole = tiny("", "", "");
    for cut in (0..whole.len()).step_by(7) {
        let error = error(&whole.as_bytes()[..cut]);
        assert_eq!(error.kind(), ErrorKind::InvalidTokenizer, "{error}");
        assert!(error.to_string().contains("byte"), "{error}");
    }
    for (file, byte) in [
        ("{\"a\":01}", 6),
        ("{\"a\" 1}", 5),
        ("{\"\\x\":1}", 2),
        ("{\"\\ud800\":1}", 2),
        ("{\"a\":tru}", 5),
        ("[1,]", 3),
        ("{} {}", 3),
    ] {
        let error = error(file.as_bytes());
        assert_eq!(error.kind(), ErrorKind::InvalidTokenizer, "{file}: {error}");
        assert!(error.to_string().contains(&format!("byte {byte})")), "{file}: {error}");
    }
}

/// Each part that is not known is named.
#[test]
fn what_is_refused_is_named() {
    let mut base: Value = serde_json::from_str(&tiny("", "", "")).unwrap();
    base["model"]["dropout"] = Value::Null;
    let cases: [(&[&str], Value, &str); 12] = [
        (&["model", "type"], json!("WordPiece"), "model.type"),
        (&["model", "dropout"], json!(0.1), "model.dropout"),
        (&["model", "continuing_subword_prefix"], json!("##"), "model.continuing_subword_prefix"),
        (&["model", "end_of_word_suffix"], json!("</w>"), "model.end_of_word_suffix"),
        (&["normalizer"], json!({"type": "Lowercase"}), "Lowercase"),
        (&["pre_tokenizer"], json!({"type": "BertPreTokenizer"}), "pre_tokenizer"),
        (
            &["pre_tokenizer"],
            json!({"type": "Sequence", "pretokenizers": [
                {"type": "Digits", "individual_digits": true},
                {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true},
            ]}),
            "add_prefix_space",
        ),
        (
            &["added_tokens"],
            json!([{"id": 257, "content": "x", "special": true, "single_word": true}]),
            "single_word",
        ),
        (&["added_tokens"], json!([{"id": 257, "content": "x", "lstrip": true}]), "lstrip"),
        (&["added_tokens"], json!([added("x", 257, true), added("x", 257, false)]), "twice"),
        (&["model", "vocab"], json!({"a": 0}), "byte 0"),
        (&["model", "merges"], json!(["a c"]), "make no token"),
    ];
    for (path, value, named) in cases {
        let mut file = base.clone();
        let place = path.iter().fold(&mut file, |place, key| &mut place[*key]);
        *place = value;
        let error = error(file.to_string().as_bytes());
        assert_eq!(error.kind(), ErrorKind::UnsupportedTokenizer, "{path:?}: {error}");
        assert!(error.to_string().contains(named), "{path:?}: {error}");
    }
}
