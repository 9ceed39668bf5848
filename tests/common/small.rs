//! Small files of every shape, for the tests that change them at random: each step of Hugging Face's is in one of them.

#![allow(
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "a list of files in the form of JSON"
)]

use super::reference::byte_characters;
use serde_json::{Value, json};

fn file(added: Value, normalizer: Value, pre_tokenizer: Value, decoder: Value, model: Value) -> Value {
    json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": added, "normalizer": normalizer,
        "pre_tokenizer": pre_tokenizer, "post_processor": null, "decoder": decoder, "model": model,
    })
}

fn added(id: u32, content: &str, flags: &str) -> Value {
    json!({
        "id": id, "content": content, "single_word": flags.contains('w'), "lstrip": flags.contains('l'),
        "rstrip": flags.contains('r'), "normalized": flags.contains('n'), "special": flags.contains('s'),
    })
}

/// A map of texts to their places.
fn ids(texts: &[&str]) -> Value {
    texts
        .iter()
        .enumerate()
        .map(|(id, text)| ((*text).to_owned(), json!(id)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn byte_level_model(merges: Value, more: &[&str]) -> Value {
    let mut vocab = serde_json::Map::new();
    for c in byte_characters() {
        vocab.insert(c.to_string(), json!(vocab.len()));
    }
    for text in ["Ġt", "he", "Ġthe", "in", "Ġa", "ab", "abc", "ĊĊ", "ä¸", "ä¸Ń"].iter().chain(more)
    {
        vocab.insert((*text).to_owned(), json!(vocab.len()));
    }
    json!({"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null, "end_of_word_suffix": null,
        "fuse_unk": false, "byte_fallback": false, "ignore_merges": false, "vocab": vocab, "merges": merges})
}

const WORDS: &[&str] = &[
    "[UNK]", "[CLS]", "the", "a", "##b", "##c", "ab", "un", "##a", "##ble", "b", "c", "t", "##h", "##e",
    "中", "1", "##2", ".",
];

fn word_piece() -> Value {
    json!({"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100, "vocab": ids(WORDS)})
}

fn unigram(byte_fallback: bool) -> Value {
    let mut vocab = vec![json!(["<unk>", 0.0]), json!(["<s>", 0])];
    let tokens =
        ["▁", "▁the", "▁a", "a", "b", "ab", "th", "e", "t", "h", "中", "文", "▁t", "1", "12", ".", "the"];
    vocab
        .extend(tokens.iter().zip(0_u8..).map(|(text, place)| json!([text, -1.5 - 0.37 * f64::from(place)])));
    if byte_fallback {
        vocab.extend((0..=255).map(|byte| json!([format!("<0x{byte:02X}>"), -9.5])));
    }
    json!({"type": "Unigram", "unk_id": 0, "vocab": vocab, "byte_fallback": byte_fallback})
}

/// A compiled normalizer with three rules: `A` becomes `a`, and a line break or return a space.
fn charsmap() -> String {
    use base64::Engine as _;
    let mut trie = vec![0_u32; 1280];
    // The root's children are in the second block of 256 units, the leaves in those behind.
    trie[0] = 256 << 10;
    let mut rule = |byte: u32, leaf: u32, replacement: u32| {
        let at = 256 ^ byte;
        let block = leaf ^ at;
        trie[at as usize] = block << 10 | 1 << 8 | byte;
        trie[leaf as usize] = 1 << 31 | replacement;
    };
    rule(u32::from(b'A'), 512, 0);
    rule(u32::from(b'\n'), 768, 2);
    rule(u32::from(b'\r'), 1024, 2);
    let mut bytes = (trie.len() as u32 * 4).to_le_bytes().to_vec();
    bytes.extend(trie.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes.extend_from_slice(b"a\0 \0");
    base64::prelude::BASE64_STANDARD.encode(bytes)
}

/// Returns the files and their names.
pub fn files() -> Vec<(&'static str, Value)> {
    let merges = json!(["Ġ t", "h e", "Ġt he", "i n", "Ġ a", "a b", "ab c", "Ċ Ċ", "ä ¸", "ä¸ Ń"]);
    let pairs = json!([["Ġ", "t"], ["h", "e"], ["Ġt", "he"], ["a", "b"], ["ab", "c"]]);
    let byte_level =
        json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true});
    let plain =
        json!({"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": false});
    let split = |pattern: &str, behavior: &str, invert: bool| json!({"type": "Split", "pattern": {"Regex": pattern}, "behavior": behavior, "invert": invert});
    let bert = json!({"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null,
        "lowercase": true});
    let metaspace =
        json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true});
    let precompiled = json!({"type": "Precompiled", "precompiled_charsmap": charsmap()});
    let specials = json!([
        added(0, "[UNK]", "s"),
        added(1, "[CLS]", "s"),
        added(300, "<mask>", "sl"),
        added(301, "abc", "n"),
        added(302, "]the", "")
    ]);
    vec![
        (
            "gpt2",
            file(
                json!([added(266, "<|endoftext|>", "s")]),
                Value::Null,
                byte_level.clone(),
                byte_level.clone(),
                byte_level_model(merges.clone(), &[]),
            ),
        ),
        (
            "split",
            file(
                json!([added(266, "<think>", "r"), added(267, "the", "w"), added(268, "ab c", "n")]),
                json!({"type": "NFC"}),
                json!({"type": "Sequence", "pretokenizers": [
                split(r"(?i:'s|'t|'re)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+", "Isolated", false),
                plain]}),
                byte_level.clone(),
                byte_level_model(pairs, &["Ġab"]),
            ),
        ),
        (
            "word-piece",
            file(
                specials.clone(),
                bert.clone(),
                json!({"type": "BertPreTokenizer"}),
                json!({"type": "WordPiece", "prefix": "##", "cleanup": true}),
                word_piece(),
            ),
        ),
        (
            "word-piece-2",
            file(
                specials,
                json!({"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "Lowercase"},
            {"type": "StripAccents"}, {"type": "Strip", "strip_left": true, "strip_right": false}]}),
                json!({"type": "Sequence", "pretokenizers": [{"type": "Whitespace"}, {"type": "Digits", "individual_digits": true},
                {"type": "Punctuation", "behavior": "MergedWithPrevious"}]}),
                json!({"type": "CTC", "pad_token": "[CLS]", "word_delimiter_token": "|", "cleanup": true}),
                word_piece(),
            ),
        ),
        (
            "word-level",
            file(
                json!([added(1, "[CLS]", "s")]),
                json!({"type": "Nmt"}),
                json!({"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, {"type": "UnicodeScripts"},
                {"type": "FixedLength", "length": 4}]}),
                Value::Null,
                json!({"type": "WordLevel", "unk_token": "[UNK]", "vocab": ids(WORDS)}),
            ),
        ),
        (
            "delimiter",
            file(
                json!([]),
                json!({"type": "NFKD"}),
                json!({"type": "CharDelimiterSplit", "delimiter": "|"}),
                json!({"type": "BPEDecoder", "suffix": "</w>"}),
                json!({"type": "BPE", "dropout": null, "unk_token": "?", "continuing_subword_prefix": "~", "end_of_word_suffix": "</w>",
                "fuse_unk": true, "byte_fallback": false, "ignore_merges": true,
                "vocab": ids(&["?", "a", "b", "~b", "~c", "ab", "~b</w>", "b</w>", "ab</w>", "t", "~h", "th"]),
                "merges": ["a ~b", "a ~b</w>", "t ~h"]}),
            ),
        ),
        (
            "unigram",
            file(
                json!([added(1, "<s>", "s"), added(19, "<extra>", "ln")]),
                json!({"type": "Sequence", "normalizers": [precompiled.clone(),
            {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}]}),
                metaspace.clone(),
                metaspace.clone(),
                unigram(false),
            ),
        ),
        (
            "unigram-bytes",
            file(
                json!([]),
                json!({"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"},
            {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]}),
                Value::Null,
                json!({"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
                {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}),
                unigram(true),
            ),
        ),
        (
            "unigram-words",
            file(
                json!([added(1, "<s>", "s")]),
                precompiled,
                json!({"type": "Sequence", "pretokenizers": [
            {"type": "WhitespaceSplit"}, metaspace.clone()]}),
                metaspace,
                unigram(false),
            ),
        ),
        (
            "first",
            file(
                json!([added(1, "<s>", "sr")]),
                json!({"type": "NFKC"}),
                json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": false}),
                Value::Null,
                unigram(true),
            ),
        ),
        (
            "expressions",
            file(
                json!([]),
                json!({"type": "Sequence", "normalizers": [
            {"type": "Replace", "pattern": {"Regex": r"\s+$|^a"}, "content": "<"}, {"type": "ByteLevel"}]}),
                json!({"type": "Sequence", "pretokenizers": [split(r"[A-Za-z]+(?=\d)|(?<=a)b|.", "MergedWithNext", true),
                {"type": "Split", "pattern": {"String": "e"}, "behavior": "Contiguous", "invert": false}]}),
                byte_level,
                byte_level_model(merges, &["<"]),
            ),
        ),
    ]
}
