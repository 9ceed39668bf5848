//! What the command line counts in parts is what the whole text counts, whatever the text and wherever its blocks end.

#[allow(dead_code, reason = "its decoder is tested")]
#[path = "../src/cli/blocks.rs"]
mod blocks;

use crate::common::{encoding, for_each_encoding, packed, rng, setting, texts, unpacked};
use blocks::{Decoder, Reading};
use rand::{Rng, rngs::StdRng};
use tokimeter::borders::Kind;
use tokimeter::{Claude, Encoding, Line, Parts, Pattern, TokenRange};

/// Every character that can stand before a border, with every one that can stand behind it.
fn borders() -> impl Iterator<Item = (Kind, char, char)> {
    let beside = |last: char| {
        ('\0'..='\u{ffff}').filter_map(move |next| Some((Kind::between(last, next)?, last, next)))
    };
    ('\0'..='\u{7f}').flat_map(beside)
}

fn counts(encoding: &Encoding, blocks: &[&str]) -> TokenRange {
    let mut parts = Parts::new(encoding);
    for block in blocks {
        parts.push(block).unwrap();
    }
    parts.end()
}

/// Cuts a text into blocks at random.
fn blocks<'a>(rng: &mut StdRng, mut text: &'a str) -> Vec<&'a str> {
    let most = 1 + rng.random_range(0..=text.len());
    let mut blocks = Vec::new();
    while !text.is_empty() {
        let (block, rest) =
            text.split_at(text.ceil_char_boundary(rng.random_range(1..=most).min(text.len())));
        blocks.push(block);
        text = rest;
    }
    blocks
}

/// A text of several kinds in a row, with many borders.
fn text(rng: &mut StdRng, encoding: &Encoding, corpus: &[String], edges: &[(Kind, char, char)]) -> String {
    let mut text = String::new();
    for _ in 0..rng.random_range(1..6) {
        text += &texts::text(rng, encoding, corpus);
        if rng.random_bool(0.2) {
            text += &texts::added(rng, encoding);
        }
        let (_, last, next) = edges[rng.random_range(0..edges.len())];
        text.extend([last, next]);
    }
    text
}

#[test]
fn parts_count_as_the_whole() {
    let (corpus, edges): (_, Vec<_>) = (texts::corpus(), borders().collect());
    let cases = setting("CASES", 2_000);
    for_each_encoding(|name| {
        let encoding = encoding(name);
        let mut rng = rng(name);
        for _ in 0..cases {
            let text = text(&mut rng, &encoding, &corpus, &edges);
            let blocks = blocks(&mut rng, &text);
            let want = TokenRange::exact(encoding.count(&text));
            assert_eq!(counts(&encoding, &blocks), want, "{name}: {blocks:?}");
        }
    });
    let none = encoding("r50k_base");
    for line in Line::ALL {
        let encoding = Encoding::from_claude(&packed(line.vocab()), line).unwrap();
        let mut rng = rng(line.name());
        for _ in 0..cases {
            let text = text(&mut rng, &none, &corpus, &edges);
            let blocks = blocks(&mut rng, &text);
            let (found, want) = (counts(&encoding, &blocks), encoding.range(&text));
            assert_eq!(found.tokens, want.tokens, "{}: {blocks:?}", line.name());
            assert!(found.low <= want.low && want.high <= found.high);
        }
    }
}

/// Bytes of characters, of some that are cut off, and any.
fn bytes(rng: &mut StdRng) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..rng.random_range(0..12) {
        let most = 0x11_0000_u32 >> rng.random_range(0..16);
        let c = rng.random_range(0..most);
        let text = char::from_u32(c).unwrap_or('\u{fffd}').to_string();
        bytes.extend(&text.as_bytes()[..rng.random_range(1..=text.len())]);
        if rng.random_bool(0.2) {
            bytes.push(rng.random());
        }
    }
    bytes
}

fn decoded(rng: &mut StdRng, mut bytes: &[u8]) -> (String, bool) {
    let (mut decoder, mark) = Decoder::new(bytes);
    bytes = &bytes[mark..];
    let (mut text, mut reading) = (String::new(), Reading::default());
    while !bytes.is_empty() {
        let (block, rest) = bytes.split_at(rng.random_range(1..=bytes.len()));
        text += &decoder.decode(block.to_vec(), &mut reading);
        bytes = rest;
    }
    text += &decoder.end(&mut reading);
    (text, reading.invalid)
}

#[test]
fn blocks_decode_as_the_whole() {
    let mut rng = rng("bytes");
    for _ in 0..setting("CASES", 100_000) {
        let bytes = bytes(&mut rng);
        let whole = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        if !bytes.starts_with(&[0xff, 0xfe]) && !bytes.starts_with(&[0xfe, 0xff]) {
            let want = String::from_utf8_lossy(whole).into_owned();
            let is_wrong = std::str::from_utf8(whole).is_err();
            assert_eq!(decoded(&mut rng, &bytes), (want, is_wrong), "{bytes:x?}");
        }
        let mut units: Vec<u16> =
            bytes.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
        units.extend((0..rng.random_range(0..3)).map(|_| rng.random_range(0xd7fe..0xe002)));
        let mut is_wrong = false;
        let want: String = char::decode_utf16(units.iter().copied())
            .map(|c| {
                c.unwrap_or_else(|_| {
                    is_wrong = true;
                    '\u{fffd}'
                })
            })
            .collect();
        units.insert(0, 0xfeff);
        for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = units.iter().copied().flat_map(to_bytes).collect();
            assert_eq!(decoded(&mut rng, &bytes), (want.clone(), is_wrong), "{units:x?}");
        }
    }
}

/// Where the whole text is one piece, no token may hold a border.
#[test]
fn no_token_goes_across_a_border() {
    let names = ["gemma2", "gemma3", "llama2", "mistral_v1", "mistral_v3"];
    for name in crate::common::names() {
        let vocabulary = unpacked(&name);
        assert_eq!(vocabulary.header.pattern == Pattern::None, names.contains(&&*name), "{name}");
        if vocabulary.header.pattern != Pattern::None {
            continue;
        }
        let encoding = encoding(&name);
        for id in 0..encoding.vocab_size() as u32 {
            // Added tokens are seen to by `Parts`.
            if encoding.specials().iter().any(|special| special.id == id) {
                continue;
            }
            let Ok(bytes) = encoding.decode_bytes(&[id]) else { continue };
            let token = String::from_utf8_lossy(&bytes);
            for (last, next) in token.chars().zip(token.chars().skip(1)) {
                let kind = Kind::between(last, next).filter(|&kind| kind != Kind::SpaceBefore);
                assert_eq!(kind, None, "{name}: {token:?}");
            }
        }
    }
}

/// What is a border of a part is one by Claude's own rules.
#[test]
fn borders_are_claudes() {
    for name in ["claude3", "claude4_7"] {
        let claude = Claude::from_packed(&packed(name)).unwrap();
        for (kind, last, next) in borders().filter(|(kind, ..)| *kind != Kind::SpaceBehind) {
            let text = String::from_iter(['a', last, next]);
            assert_eq!(claude.next_border(&text, 2), 2, "{name}: {kind:?} {text:?}");
        }
    }
}

/// A text without a border is held for so long, and no longer.
#[test]
fn a_text_without_a_border_has_an_end() {
    let encoding = Encoding::of_estimate("o200k_base");
    let mut parts = Parts::new(&encoding);
    for _ in 0..128 {
        parts.push("aaaa").unwrap();
    }
    assert!(parts.push("aaaa").is_err());
    let mut parts = Parts::new(&encoding);
    for _ in 0..1000 {
        parts.push("aaaa aaaa").unwrap();
    }
}

/// A vocabulary from a file may have a token across what is a border elsewhere.
#[cfg(feature = "json")]
#[test]
fn tokens_of_a_file_may_go_across_a_border() {
    let mut vocab: serde_json::Map<_, _> =
        (0..256).map(|byte| (format!("<0x{byte:02X}>"), byte.into())).collect();
    for (id, token) in (256..).zip(["x", "a", "▁", "b", "xa", "▁b", "xa▁b"]) {
        vocab.insert(token.to_owned(), id.into());
    }
    let file = serde_json::json!({
        "normalizer": { "type": "Replace", "pattern": { "String": " " }, "content": "▁" },
        "model": { "type": "BPE", "byte_fallback": true, "vocab": vocab, "merges": ["x a", "▁ b", "xa ▁b"] },
    });
    let file = file.to_string();
    let packed = tokimeter::pack_json(file.as_bytes(), tokimeter::JsonOptions::default()).unwrap();
    let encoding = Encoding::from_packed(&packed).unwrap();
    let mut parts = Parts::new(&encoding);
    for block in ["xa", " b"] {
        parts.push(block).unwrap();
    }
    assert_eq!((encoding.count("xa b"), parts.end().tokens), (1, 1));
}
