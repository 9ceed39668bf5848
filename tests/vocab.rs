//! The packed vocabularies: equal to their sources bit for bit, and safe whatever is done to them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{NAMES, packed, rng, setting, source_tokens, sources};
use rand::Rng;
use tokimeter::{Definition, Encoding, Error, ErrorKind, Header, Pattern, Special, pack};
use xxhash_rust::xxh64::Xxh64;

/// Where the checksum stands in a packed file, and what it leaves out.
const CHECKSUM: std::ops::Range<usize> = 10..18;

fn error(file: &[u8]) -> Error {
    Encoding::from_packed(file).err().unwrap()
}

#[test]
fn packing_the_source_gives_the_file() {
    for name in NAMES {
        let encoding = common::encoding(name);
        let mut specials = encoding.specials().to_vec();
        specials.sort_by(|a, b| a.text.cmp(&b.text));
        let pattern = if name == "o200k_base" { Pattern::O200k } else { Pattern::Cl100k };
        let header = Header { name: name.to_owned(), pattern, specials };
        let definitions = sources::definitions(&source_tokens(name)).unwrap();
        assert!(pack(&header, &definitions).unwrap() == packed(name), "{name}");
    }
}

#[test]
fn what_no_vocabulary_may_be_is_not_packed() {
    let bytes: Vec<Definition> = (0..=255).map(Definition::Byte).collect();
    let with = |more: &[Definition]| [&bytes, more].concat();
    let header = |special: &str| Header {
        name: "test".to_owned(),
        pattern: Pattern::O200k,
        specials: vec![Special { text: special.to_owned(), id: 300 }],
    };
    let ab = Definition::Merge(97, 98);
    assert!(pack(&header("<s>"), &with(&[ab, Definition::Merge(256, 99)])).is_ok());
    for (special, definitions) in [
        ("", with(&[])),
        ("<s>", bytes[1..].to_vec()),
        ("<s>", with(&[ab, ab])),
        ("<s>", with(&[Definition::Byte(7)])),
        ("<s>", with(&[Definition::Merge(97, 256)])),
        (
            "<s>",
            with(&[ab, Definition::Merge(98, 99), Definition::Merge(256, 99), Definition::Merge(97, 257)]),
        ),
        // Twelve doublings pass the longest token.
        (
            "<s>",
            with(&std::array::from_fn::<_, 12, _>(|i| Definition::Merge(255 + i as u32, 255 + i as u32))),
        ),
    ] {
        let error = pack(&header(special), &definitions).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidVocabulary, "{error}");
    }
}

#[test]
fn special_tokens_are_those_of_the_reference() {
    for name in NAMES {
        let (ours, reference) = (common::encoding(name), common::tiktoken(name));
        assert_eq!(ours.vocab_size(), if name == "o200k_base" { 200_019 } else { 100_277 });
        let text: String = ours.specials().iter().flat_map(|special| ["x<|", &special.text, " y"]).collect();
        assert_eq!(ours.encode_with_specials(&text), reference.encode_with_special_tokens(&text), "{name}");
        assert_eq!(ours.encode(&text), reference.encode_ordinary(&text), "{name}");
        assert_eq!(ours.decode(&ours.encode_with_specials(&text)).unwrap(), text, "{name}");
    }
}

#[test]
fn truncated_at_any_byte() {
    for name in NAMES {
        let file = packed(name);
        for length in 0..file.len() {
            let kind = error(&file[..length]).kind();
            let expected = if length == 0 { ErrorKind::NotAVocabulary } else { ErrorKind::Truncated };
            assert_eq!(kind, expected, "{name}: {length} bytes");
        }
    }
}

#[test]
fn any_bit_flipped() {
    let mut rng = rng("flipped bits");
    for name in NAMES {
        let file = packed(name);
        // All bits of magic, version, length, checksum and header; then some of the rest.
        let bits = (0..256 * 8).chain((0..500).map(|_| rng.random_range(0..file.len() * 8)));
        for bit in bits.collect::<Vec<_>>() {
            let mut file = file.clone();
            file[bit / 8] ^= 1 << (bit % 8);
            let expected: &[ErrorKind] = match bit / 8 {
                0..4 => &[ErrorKind::NotAVocabulary],
                4..6 => &[ErrorKind::UnsupportedVersion],
                6..10 => &[ErrorKind::Truncated, ErrorKind::ChecksumMismatch],
                _ => &[ErrorKind::ChecksumMismatch],
            };
            let kind = error(&file).kind();
            assert!(expected.contains(&kind), "{name}, bit {bit}: {kind:?}");
        }
    }
}

/// Damage that the checksum does not see, as somebody would make it who means harm.
#[test]
fn damaged_with_a_right_checksum() {
    let mut rng = rng("damaged files");
    let file = packed("cl100k_base");
    for case in 0..setting("CASES", 200_000) / 1000 {
        let mut file = file.clone();
        for _ in 0..rng.random_range(1..4) {
            // Every other time near the beginning, where header and models are sensitive.
            let most = if case % 2 == 0 { file.len() } else { 400 };
            file[rng.random_range(18..most)] = rng.random();
        }
        let mut hasher = Xxh64::new(0);
        hasher.update(&file[..CHECKSUM.start]);
        hasher.update(&file[CHECKSUM.end..]);
        file[CHECKSUM].copy_from_slice(&hasher.digest().to_le_bytes());
        if let Ok(encoding) = Encoding::from_packed(&file) {
            assert_eq!(encoding.decode(&encoding.encode("Hello, 世界!")).unwrap(), "Hello, 世界!");
        }
    }
}

#[test]
fn errors_say_what_was_wrong() {
    for (file, message) in [
        (b"".as_slice(), "not a packed vocabulary"),
        (b"<!doctype html>", "begins with [3c, 21, 64, 6f]"),
        (b"TKMV\x01\x00", "6 bytes of at least 18"),
        (b"TKMV\x09\x00------------", "format version 9; this build reads 1"),
    ] {
        let said = error(file).to_string();
        assert!(said.contains(message), "{said}");
    }
    let encoding = common::encoding("o200k_base");
    let said = encoding.decode_bytes(&[5, 4_000_000]).unwrap_err();
    assert_eq!(said.code(), "unknown-token");
    assert_eq!(said.to_string(), "o200k_base has no token 4000000 (at place 1); ids are below 200019");
}
