//! Tokenizers from files of others: the ids are those of Hugging Face's `tokenizers` from the same bytes, whatever is in them.

mod mutated;
mod refused;
mod slow;

use crate::common::edits::random_edits;
use crate::common::reference::read_tokenizer;
use crate::common::tokenizer_files::{Entry, entries, file};
use crate::common::{reference, rng, setting, texts};
use crate::fetch;
use rand::seq::IndexedRandom;
use rand::{Rng, rngs::StdRng};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokenizers::Tokenizer;
use tokimeter::{Encoding, Error, ErrorKind, JsonOptions, Pattern, pack_json};

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
        let matching = read_tokenizer(file).unwrap();
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
            (Ok(ours), None) => Subject::new(name, ours, &file).check_random(setting("CASES", 400)),
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
            random_edits(&entry.name, &Arc::new(ours), setting("CASES", 400));
        }
    });
}

/// What `tokenizers` writes for each packed encoding.
#[test]
fn files_as_the_reference_writes_them() {
    crate::common::for_each_encoding(|name| {
        // cl100k_base's expressions end in `\z`, which no file has.
        if name.starts_with("claude") || name == "cl100k_base" {
            return;
        }
        let mut theirs = serde_json::to_value(&*reference::hugging_face(name)).unwrap();
        if name == "r50k_base" || name == "p50k_base" {
            theirs["pre_tokenizer"] =
                json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true});
        }
        let mut specials = crate::common::encoding(name).specials().to_vec();
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
        Subject::new(name, ours, &file).check_random(setting("CASES", 400) / 4);
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
        Subject::new(name, read(), &file).check_random(setting("CASES", 400));
        random_edits(name, &Arc::new(read()), setting("CASES", 400));
    };
    for scheme in ["first", "always", "never"] {
        let mut file = mistral.clone();
        file["normalizer"] = Value::Null;
        file["pre_tokenizer"] =
            json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": false});
        check(scheme, &file);
    }
    let mut file = serde_json::to_value(&*reference::hugging_face("r50k_base")).unwrap();
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

/// Runs of line breaks that are added tokens are no longer looked for where merging makes them of any run, and only there.
#[test]
fn runs_that_are_added_tokens() {
    let three = [["\n\n", "\n"], ["\n", "\n"]];
    let check = |name: &str, merges: &[[&str; 2]], tokens: &[(&str, bool)], left: usize| {
        let bytes = (0..=255).map(|byte| format!("<0x{byte:02X}>"));
        let characters = ["\n", "\t", "▁", "a", "<", ">"].map(str::to_owned);
        let vocab = bytes.chain(characters).chain(merges.iter().map(|merge| merge.concat()));
        let vocab: serde_json::Map<_, _> = vocab.zip((0..).map(Value::from)).collect();
        let id = |text: &str, next: usize| vocab.get(text).and_then(Value::as_u64).unwrap_or(next as u64);
        let next = vocab.len()..;
        let tokens = tokens
            .iter()
            .zip(next)
            .map(|(&(text, special), next)| added(text, id(text, next) as u32, special));
        let file = json!({
            "added_tokens": tokens.collect::<Vec<_>>(),
            "normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": "▁"},
            "model": {"type": "BPE", "byte_fallback": true, "vocab": vocab, "merges": merges},
        });
        let file = file.to_string().into_bytes();
        let ours = from_json(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(ours.specials().len(), left, "{name}");
        let subject = Subject::new(name, ours, &file);
        let mut rng = rng(name);
        for _ in 0..setting("CASES", 400) {
            let parts = (0..rng.random_range(0..9)).map(|_| {
                let part = ["\n", "\n", "\t", "a", " ", "▁", "<\n>", "\na"].choose(&mut rng).unwrap();
                part.repeat(rng.random_range(0..9))
            });
            subject.check(&parts.collect::<String>());
        }
    };
    let runs = [("\n", false), ("\n\n", false), ("\n\n\n", false)];
    check("made by merging", &three, &runs, 0);
    check("without the character itself", &three, &runs[1..], 0);
    check("with another run", &three, &[&runs[..], &[("\t", false), ("▁▁", false)]].concat(), 1);
    check("pairs before all else", &[["\n", "\n"], ["\n\n", "\n"]], &runs, 3);
    check("one is missing", &three, &[runs[0], runs[2]], 2);
    check("one has an id of its own", &three, &[&runs[..], &[("\n\n\n\n", false)]].concat(), 4);
    check("one is special", &three, &[runs[0], ("\n\n", true), runs[2]], 3);
    check("another token has it too", &three, &[&runs[..], &[("<\n>", true)]].concat(), 4);
    check("a merge joins it with another", &[three[0], three[1], ["\n", "a"]], &runs, 3);
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
        let packed = crate::common::encoding(name);
        let mut rng = rng(&format!("{name}: a rank file"));
        for _ in 0..setting("CASES", 400) {
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
