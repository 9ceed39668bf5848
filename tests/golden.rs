//! Ids equal those that the real references gave for hard texts (`tools/golden.py` wrote them down).

use crate::common::{encoding, for_each_encoding};
use flate2::read::GzDecoder;
use serde::Deserialize;
use std::fs::File;
use std::io::{BufRead, BufReader};

/// What a golden file says of its reference.
#[derive(Deserialize)]
struct Head {
    reference: String,
    specials: Option<Specials>,
}

#[derive(Deserialize)]
struct Specials {
    text: String,
    ids: Vec<u32>,
}

/// The ids of a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Ids {
    Plain(Vec<u32>),
    /// Where the reference finds added tokens in ordinary text.
    Added {
        plain: Vec<u32>,
        literal: Vec<u32>,
    },
}

/// Texts that are meant to differ: what a reference takes for a token although it is ordinary text, and a code point of
/// Unicode 17, which the reference's expressions know and Oniguruma does not.
fn is_known(name: &str, text: &str) -> bool {
    match name {
        "mistral_v3" => text.contains("[REFERENCE_DOC_"),
        "deepseek_v3" | "deepseek_v4" => text.contains('\u{20c1}'),
        _ => false,
    }
}

fn lines(name: &str) -> impl Iterator<Item = String> {
    let path = format!("tests/golden/{name}.json.gz");
    let file = File::open(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    BufReader::new(GzDecoder::new(file)).lines().map(Result::unwrap)
}

#[test]
fn hard_texts() {
    let texts: Vec<String> = lines("texts").map(|line| serde_json::from_str(&line).unwrap()).collect();
    assert!(texts.len() >= 500);
    for_each_encoding(|name| {
        let encoding = encoding(name);
        let finds_added = encoding.specials().iter().any(|special| special.literal);
        let mut lines = lines(name);
        let head: Head = serde_json::from_str(&lines.next().unwrap()).unwrap();
        let mut wrong = Vec::new();
        let mut count = 0;
        for (text, line) in texts.iter().zip(&mut lines) {
            let ids = match serde_json::from_str(&line).unwrap() {
                Ids::Added { literal, .. } if finds_added => literal,
                Ids::Plain(ids) | Ids::Added { plain: ids, .. } => ids,
            };
            if encoding.encode(text) != ids && !is_known(name, text) {
                wrong.push(text);
            }
            count += 1;
        }
        assert_eq!((count, lines.next()), (texts.len(), None), "{name}: texts");
        assert!(
            wrong.is_empty(),
            "{name}: {} of {count} texts differ from {}: {:?}",
            wrong.len(),
            head.reference,
            &wrong[..wrong.len().min(8)]
        );
        if let Some(Specials { text, ids }) = head.specials {
            assert_eq!(encoding.encode_with_specials(&text), ids, "{name}: {text:?}");
        }
    });
}
