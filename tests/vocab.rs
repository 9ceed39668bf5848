//! The packed vocabularies: equal to their sources bit for bit, and safe whatever is done to them.
//!
//! Long because each way to damage a file is a test, on the same files.

use crate::common::sources;
use crate::common::{base, entries, for_each_encoding, packed, rng, setting, unpacked};
use crate::fetch;
use rand::Rng;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::time::{Duration, Instant};
use tokimeter::{
    Base, Claude, Definition, Encoding, Error, ErrorKind, Header, Normalizer, Pattern, Special, Symbols,
    TokenId, Unpacked, Unpacker, pack,
};
use xxhash_rust::xxh64::Xxh64;

/// Where the checksum stands in a packed file, and what it leaves out.
const CHECKSUM: std::ops::Range<usize> = 10..18;

fn header() -> Header {
    Header {
        name: "test".to_owned(),
        pattern: Pattern::O200k,
        symbols: Symbols::Bytes,
        whole_pieces: true,
        normalizer: Normalizer::None,
        base: None,
        specials: Vec::new(),
    }
}

fn ids(definitions: &[Definition]) -> Vec<TokenId> {
    (0..definitions.len() as TokenId).collect()
}

fn unpack(file: &[u8], base: Option<&[u8]>, most: usize) -> Result<Unpacked, Error> {
    let mut unpacker = Unpacker::new(file.to_vec(), base.map(<[u8]>::to_vec))?;
    while unpacker.step(most)? {}
    unpacker.finish()
}

fn error(file: &[u8]) -> Error {
    Encoding::from_packed(file).err().unwrap()
}

/// What reads a packed file, the base beside it if there is one.
fn load(name: &str, file: &[u8], base: Option<&[u8]>) -> Result<(), Error> {
    match base {
        _ if name.starts_with("claude") => Claude::from_packed(file).map(drop),
        Some(base) => Encoding::from_packed_over(file, base).map(drop),
        None => Encoding::from_packed(file).map(drop),
    }
}

/// The packed files and their bases.
fn files() -> Vec<(String, Vec<u8>, Option<Vec<u8>>)> {
    let claude = ["claude3", "claude4_7"].map(|name| (name.to_owned(), packed(name), None));
    let others =
        entries().into_iter().map(|entry| (entry.name.clone(), packed(&entry.name), base(&entry.name)));
    others.chain(claude).collect()
}

#[test]
fn files_are_those_that_the_manifest_names() {
    for entry in entries() {
        let hash = format!("{:x}", Sha256::digest(packed(&entry.name)));
        assert_eq!(hash, entry.packed_sha256, "{}", entry.name);
    }
}

#[test]
fn packing_the_source_gives_the_file() {
    for name in ["o200k_base", "cl100k_base", "r50k_base"] {
        let path = Path::new("assets").join(format!("{name}.tiktoken"));
        let source = fetch::read("crate tiktoken-rs 0.12.1", None, &path).unwrap();
        let definitions = sources::definitions(&sources::read_tiktoken(&source).unwrap()).unwrap();
        let file = pack(&unpacked(name).header, &definitions, &[], &ids(&definitions), None).unwrap();
        assert!(file == packed(name), "{name}");
    }
}

/// Of every vocabulary: what its file holds, packed again, is the file.
#[test]
fn unpacking_and_packing_gives_the_file() {
    for_each_encoding(|name| {
        let Unpacked { header, definitions, texts, ids } = &*unpacked(name);
        let base = base(name);
        let known = base.as_ref().map(|base| unpack(base, None, usize::MAX).unwrap());
        let (from, texts_from) = known.map_or((0, 0), |known| (known.ids.len(), known.texts.len()));
        let own: Vec<Definition> = definitions[from..]
            .iter()
            .map(|&definition| match definition {
                Definition::Text { start, length } => {
                    Definition::Text { start: start - texts_from as u32, length }
                }
                other => other,
            })
            .collect();
        let file = pack(header, &own, &texts[texts_from..], &ids[from..], base.as_deref()).unwrap();
        assert!(file == packed(name), "{name}");
    });
}

#[test]
fn what_no_vocabulary_may_be_is_not_packed() {
    let bytes: Vec<Definition> = (0..=255).map(Definition::Byte).collect();
    let with = |more: &[Definition]| [&bytes, more].concat();
    let special = |text: &str| Header {
        specials: vec![Special { text: text.to_owned(), id: 300, literal: false, strips: [false; 2] }],
        ..header()
    };
    let ab = Definition::Merge(97, 98);
    let try_all = |special_text: &str, definitions: &[Definition]| {
        let file = pack(&special(special_text), definitions, &[], &ids(definitions), None)?;
        Encoding::from_packed(&file)
    };
    assert!(try_all("<s>", &with(&[ab, Definition::Merge(256, 99)])).is_ok());
    for (special, definitions) in [
        ("", with(&[])),
        ("<s>", bytes[1..].to_vec()),
        ("<s>", with(&[ab, ab])),
        ("<s>", with(&[Definition::Byte(7)])),
        ("<s>", with(&[Definition::Merge(97, 256)])),
        ("<s>", with(&[Definition::Merge(97, 1000)])),
        ("<s>", with(&[Definition::Text { start: 0, length: 1 }])),
        (
            "<s>",
            with(&[ab, Definition::Merge(98, 99), Definition::Merge(256, 99), Definition::Merge(97, 257)]),
        ),
        // Two that wait for each other.
        ("<s>", with(&[Definition::Merge(97, 257), Definition::Merge(97, 256)])),
        // Twelve doublings pass the longest token.
        (
            "<s>",
            with(&std::array::from_fn::<_, 12, _>(|i| Definition::Merge(255 + i as u32, 255 + i as u32))),
        ),
    ] {
        let error = try_all(special, &definitions).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::InvalidVocabulary, "{error}");
    }
    // Text behind an added token that is not special is as if that were not there, and its id has a place in a table.
    for (normalizer, strips, id) in [
        (Normalizer::LeadingSpace, [false; 2], 300),
        (Normalizer::None, [false, true], 300),
        (Normalizer::None, [false; 2], 1 << 20),
    ] {
        let specials = vec![Special { text: "<s>".to_owned(), id, literal: true, strips }];
        let header = Header { normalizer, specials, ..header() };
        let error = pack(&header, &bytes, &[], &ids(&bytes), None).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidVocabulary, "{error}");
    }
    for wrong in [&ids(&bytes)[1..], &[0; 256], &[1 << 20; 256]] {
        let error = pack(&header(), &bytes, &[], wrong, None).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidVocabulary, "{error}");
    }
}

/// Special tokens are found by their ids at once, however many there are; of two with one id the first.
#[test]
fn many_special_tokens_are_decoded_soon() {
    let bytes: Vec<Definition> = (0..=255).map(Definition::Byte).collect();
    let special = |number: u32| Special {
        text: format!("<{number}>"),
        id: 1000 + number * 3,
        literal: number % 2 == 1,
        strips: [false; 2],
    };
    let mut specials: Vec<Special> = (0..65_535).map(special).collect();
    let last = specials[65_534].id;
    specials.push(Special { id: last, ..special(65_536) });
    let header = Header { specials, ..header() };
    let encoding = Encoding::from_packed(&pack(&header, &bytes, &[], &ids(&bytes), None).unwrap()).unwrap();
    for special in &header.specials[..65_535] {
        assert_eq!(encoding.decode(&[special.id]).unwrap(), special.text);
        assert!(encoding.decode(&[special.id + 1]).is_err());
    }
    let begun = Instant::now();
    assert_eq!(encoding.decode(&vec![last; 500_000]).unwrap(), "<65534>".repeat(500_000));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

/// Tokens that are drawn to fill a table so that look-ups take long: by one hash, by hashes in a row, or by few.
#[test]
fn tokens_with_like_hashes_are_refused() {
    const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    // Modulo 2^64.
    const INVERSE: u64 = 0xf1de_83e1_9937_733d;
    let bytes: Vec<Definition> = (0..=255).map(Definition::Byte).collect();
    let check = |more: &[Definition], texts: &[u8]| {
        let definitions = [&bytes, more].concat();
        let file = pack(&header(), &definitions, texts, &ids(&definitions), None).unwrap();
        let begun = Instant::now();
        let error = error(&file);
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        assert_eq!(error.kind(), ErrorKind::InvalidVocabulary);
        assert!(error.to_string().contains("hash"), "{error}");
    };
    // Of eight bytes each.
    let with_hashes = |hashes: &mut dyn Iterator<Item = u64>| {
        let word = |hash: u64| {
            let hash = hash.wrapping_mul(INVERSE);
            ((hash ^ hash >> 32).wrapping_mul(INVERSE) ^ 8).to_le_bytes()
        };
        let texts: Vec<u8> = hashes.flat_map(word).collect();
        let tokens = (0..texts.len() as u32).step_by(8).map(|start| Definition::Text { start, length: 8 });
        check(&tokens.collect::<Vec<_>>(), &texts);
    };
    let mut rng = rng("tokens with like hashes");
    with_hashes(&mut (0..20_000).map(|_| rng.random::<u32>().into()));
    // Of so many, a table has two to the eleventh places.
    with_hashes(&mut (0..1_100).map(|place| place << 53));
    // Pairs of bytes.
    let mut pairs: Vec<[u32; 2]> =
        (0..256).flat_map(|left| (0..256).map(move |right| [left, right])).collect();
    pairs.sort_unstable_by_key(|&[left, right]| u64::from(left << 19 | right).wrapping_mul(MULTIPLIER));
    let merges = pairs[..6_000].iter().map(|&[left, right]| Definition::Merge(left, right));
    check(&merges.collect::<Vec<_>>(), &[]);
}

/// Definitions of all kinds come back, with their texts and ids, in steps of any size, behind a base or not.
#[test]
fn what_was_packed_is_unpacked() {
    let mut rng = rng("definitions");
    for case in 0..setting("CASES", 200_000) / 4000 {
        let mut definitions: Vec<Definition> = (0..=255).map(Definition::Byte).collect();
        let mut texts: Vec<u8> = Vec::new();
        let count = rng.random_range(256..3000);
        while definitions.len() < count {
            let place = definitions.len() as u32;
            definitions.push(match (rng.random_range(0..20), definitions.last()) {
                (0, _) => {
                    let (start, length) = (texts.len() as u32, rng.random_range(1..9));
                    texts.extend((0..length).map(|_| rng.random::<u8>()));
                    Definition::Text { start, length }
                }
                (1, Some(&Definition::Text { start, length })) => {
                    let (from, to) = (start as usize, (start + length) as usize);
                    texts.extend_from_within(from..to);
                    let end = texts.len();
                    texts[end - 1] = texts[end - 1].wrapping_add(1);
                    Definition::Text { start: to as u32, length }
                }
                (2, _) => Definition::Merge(rng.random_range(0..count as u32), rng.random_range(0..place)),
                (3..8, Some(&Definition::Merge(left, right))) => {
                    Definition::Merge(left, (right + 1).min(place - 1))
                }
                (8..12, _) => Definition::Merge(32, rng.random_range(0..place)),
                _ => Definition::Merge(rng.random_range(0..place), rng.random_range(0..place)),
            });
        }
        let mut next = 0;
        let ids: Vec<TokenId> = (0..count)
            .map(|_| {
                next += if rng.random_range(0..50) == 0 { rng.random_range(1..200) } else { 1 };
                next
            })
            .collect();
        let at = rng.random_range(256..=count);
        // What stands behind the base's end is not there in the base.
        let within = |definition: &Definition| !matches!(*definition, Definition::Merge(left, _) if left as usize >= at);
        let split = rng.random::<bool>() && definitions[..at].iter().all(within);
        let base = split.then(|| pack(&header(), &definitions[..at], &texts, &ids[..at], None).unwrap());
        let from = if split { at } else { 0 };
        let header = Header { base: base.as_deref().map(base_of), ..header() };
        let file = pack(&header, &definitions[from..], &texts, &ids[from..], base.as_deref()).unwrap();
        let unpacked = unpack(&file, base.as_deref(), rng.random_range(1..2000)).unwrap();
        assert!(unpacked.header == header && unpacked.ids == ids && unpacked.texts == texts, "case {case}");
        assert!(unpacked.definitions == definitions, "case {case}");
    }
}

fn base_of(file: &[u8]) -> Base {
    let unpacker = Unpacker::new(file.to_vec(), None).unwrap();
    let checksum = u64::from_le_bytes(file[CHECKSUM].try_into().unwrap());
    Base { name: unpacker.header().name.clone(), checksum }
}

#[test]
fn an_extension_takes_its_own_base_only() {
    let base = packed("cl100k_base");
    let header = Header { base: Some(base_of(&base)), ..header() };
    let added = [Definition::Merge(5, 100), Definition::Text { start: 0, length: 3 }];
    let file = pack(&header, &added, b"abc", &[100_256, 100_260], Some(&base)).unwrap();
    let unpacked = unpack(&file, Some(&base), 999).unwrap();
    assert_eq!((unpacked.definitions.len(), unpacked.ids[100_257]), (100_258, 100_260));
    assert!(file.len() < 200, "{} bytes", file.len());
    for (base, message) in [
        (None, "extends \"cl100k_base\" and needs that file too"),
        (Some(packed("o200k_base")), "extends \"cl100k_base\" and not the \"o200k_base\" that was given"),
        (Some(file.clone()), "not the \"test\" that was given"),
    ] {
        let error = unpack(&file, base.as_deref(), 999).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::WrongBase);
        assert!(error.to_string().contains(message), "{error}");
    }
    assert_eq!(unpack(&file, Some(&base[1..]), 9).err().unwrap().kind(), ErrorKind::NotAVocabulary);
}

#[test]
fn special_tokens_are_those_of_the_reference() {
    for (name, size) in [("o200k_base", 200_019), ("cl100k_base", 100_277)] {
        let (ours, reference) = (crate::common::encoding(name), crate::common::tiktoken(name).unwrap());
        assert_eq!(ours.vocab_size(), size);
        let text: String = ours.specials().iter().flat_map(|special| ["x<|", &special.text, " y"]).collect();
        assert_eq!(ours.encode_with_specials(&text), reference.encode_with_special_tokens(&text), "{name}");
        assert_eq!(ours.encode(&text), reference.encode_ordinary(&text), "{name}");
        assert_eq!(ours.decode(&ours.encode_with_specials(&text)).unwrap(), text, "{name}");
    }
}

#[test]
fn truncated_at_any_byte() {
    for (name, file, base) in files() {
        for length in 0..file.len() {
            let kind = load(&name, &file[..length], base.as_deref()).unwrap_err().kind();
            let expected = if length == 0 { ErrorKind::NotAVocabulary } else { ErrorKind::Truncated };
            assert_eq!(kind, expected, "{name}: {length} bytes");
        }
    }
}

#[test]
fn any_bit_of_the_head_flipped() {
    for (name, file, base) in files() {
        for bit in 0..256 * 8 {
            let mut file = file.clone();
            file[bit / 8] ^= 1 << (bit % 8);
            let expected: &[ErrorKind] = match bit / 8 {
                0..4 => &[ErrorKind::NotAVocabulary],
                4..6 => &[ErrorKind::UnsupportedVersion],
                6..10 => &[ErrorKind::Truncated, ErrorKind::ChecksumMismatch],
                _ => &[ErrorKind::ChecksumMismatch],
            };
            let kind = load(&name, &file, base.as_deref()).unwrap_err().kind();
            assert!(expected.contains(&kind), "{name}, bit {bit}: {kind:?}");
        }
    }
}

/// So many bytes changed, one at a time, over all files.
#[test]
fn any_byte_changed() {
    let files = files();
    let flips = setting("FLIPS", 100_000) as usize;
    std::thread::scope(|scope| {
        for half in 0..2 {
            let files = &files;
            scope.spawn(move || {
                let mut rng = rng(&format!("{} changed bytes", flips / 2));
                for (name, file, base) in files.iter().skip(half).step_by(2) {
                    let mut file = file.clone();
                    for _ in 0..flips / files.len() {
                        let (at, change) = (rng.random_range(0..file.len()), rng.random_range(1..=255_u8));
                        file[at] ^= change;
                        assert!(
                            load(name, &file, base.as_deref()).is_err(),
                            "{name}: byte {at} changed by {change}"
                        );
                        file[at] ^= change;
                    }
                }
            });
        }
    });
}

/// Writes the checksum that a file should have.
fn checksummed(mut file: Vec<u8>) -> Vec<u8> {
    let mut hasher = Xxh64::new(0);
    hasher.update(&file[..CHECKSUM.start]);
    hasher.update(&file[CHECKSUM.end..]);
    file[CHECKSUM].copy_from_slice(&hasher.digest().to_le_bytes());
    file
}

/// An extension would look for the urns of what has none.
#[test]
fn definitions_are_plain_or_in_urns() {
    let mut file = packed("cl100k_base");
    let flags = 18 + 1 + "cl100k_base".len() + 1 + "cl100k".len();
    assert_eq!(file[flags] & 0b10_1000, 0b00_1000);
    file[flags] |= 0b10_0000;
    assert!(error(&checksummed(file)).to_string().ends_with("plain, and coded with urns too"));
}

/// Damage that the checksum does not see, as somebody would make it who means harm.
#[test]
fn damaged_with_a_right_checksum() {
    let mut rng = rng("damaged files");
    let base = packed("cl100k_base");
    let added: Vec<Definition> = (0..300)
        .map(|i| match i % 9 {
            0 => Definition::Text { start: i, length: 5 },
            1 => Definition::Merge(100_500, i),
            _ => Definition::Merge(rng.random_range(0..1000), rng.random_range(0..100_000)),
        })
        .collect();
    let header = Header { base: Some(base_of(&base)), ..header() };
    let texts: Vec<u8> = (0..400_u32).map(|i| i as u8).collect();
    let ids: Vec<TokenId> = (100_256..100_556).collect();
    let extension = pack(&header, &added, &texts, &ids, Some(&base)).unwrap();
    for _ in 0..setting("CASES", 200_000) / 2000 {
        let mut file = extension.clone();
        let at = rng.random_range(18..file.len());
        file[at] = rng.random();
        // It may come out well; it may not panic.
        let _ = unpack(&checksummed(file), Some(&base), 10_000);
    }
    let file = base;
    for case in 0..setting("CASES", 200_000) / 1000 {
        let mut file = file.clone();
        for _ in 0..rng.random_range(1..4) {
            // Every other time near the beginning, where header and models are sensitive.
            let most = if case % 2 == 0 { file.len() } else { 400 };
            file[rng.random_range(18..most)] = rng.random();
        }
        if let Ok(encoding) = Encoding::from_packed(&checksummed(file)) {
            assert_eq!(encoding.decode(&encoding.encode("Hello, 世界!")).unwrap(), "Hello, 世界!");
        }
    }
}

#[test]
fn errors_say_what_was_wrong() {
    for (file, message) in [
        (b"".as_slice(), "not a packed vocabulary"),
        (b"<!doctype html>", "does not begin with \"TKMV\""),
        (b"TKMV\x02\x00", "6 bytes of at least 18"),
        (b"TKMV\x09\x00------------", "format version 9; this build reads 2"),
    ] {
        let said = error(file).to_string();
        assert!(said.contains(message), "{said}");
    }
    let encoding = crate::common::encoding("o200k_base");
    let said = encoding.decode_bytes(&[5, 4_000_000]).unwrap_err();
    assert_eq!(said.code(), "unknown-token");
    assert_eq!(said.to_string(), "o200k_base has no token 4000000 (at place 1); ids are below 200019");
}
