//! Any bytes are a packed vocabulary or an error. What is one comes back from packing as it was, and counts as its merges say.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tokimeter::{Base, Claude, Definition, Encoding, Error, Header, Line, Normalizer, Unpacked, pack};
use tokimeter_fuzz::base::base;
use tokimeter_fuzz::input::Input;
use tokimeter_fuzz::simple::Simple;
use tokimeter_fuzz::{seal, timed, unpacked};

const TEXTS: [&str; 6] = [
    "",
    " Hello, 世界! 12345",
    "the  the\n\nab abab aab",
    "<s>▁a\u{301} ",
    "aaaaaaaaaaaaaaaaaaaaaaaa",
    "\0é𠀀",
];

static BASE: LazyLock<Vec<u8>> = LazyLock::new(base);

fn check(file: &[u8], base: Option<&[u8]>) {
    let whole = unpacked(file, base, usize::MAX);
    let stepped = unpacked(file, base, 7);
    // Which fault is met first may depend on the steps.
    let kind = |result: &Result<Unpacked, Error>| result.as_ref().err().map(Error::kind);
    assert_eq!(kind(&whole), kind(&stepped));
    let encoding = match base {
        Some(base) => Encoding::from_packed_over(file, base),
        None => Encoding::from_packed(file),
    };
    let (Ok(whole), Ok(encoding)) = (whole, encoding) else { return };
    if base.is_none() {
        let again = pack(&whole.header, &whole.definitions, &whole.texts, &whole.ids, None);
        if let Ok(again) = again {
            let Unpacked { header, definitions, texts, ids } = unpacked(&again, None, usize::MAX).unwrap();
            assert!(header == whole.header && definitions == whole.definitions && ids == whole.ids);
            assert_eq!(texts, whole.texts);
        }
        extend(file, &whole);
    }
    let simple = Simple::of(&whole);
    for text in TEXTS {
        let ids = encoding.encode(text);
        assert_eq!(encoding.count(text), ids.len());
        if let Some(expected) = simple.encode(text)
            && ids != expected
        {
            assert!(!simple.is_sound(&whole), "{text:?} is {expected:?}, and not {ids:?}");
        }
        if whole.header.normalizer == Normalizer::None {
            assert_eq!(encoding.decode(&ids).unwrap(), text);
        }
        let _ = encoding.decode(&encoding.encode_with_specials(text)).unwrap();
        assert_eq!(encoding.spans(text).ids, ids);
    }
}

/// Whatever a file is, as a base it gives an extension or an error.
fn extend(file: &[u8], whole: &Unpacked) {
    let checksum = u64::from_le_bytes(*file[10..].first_chunk().unwrap());
    let base = Base { name: whole.header.name.clone(), checksum };
    let header = Header { base: Some(base), specials: Vec::new(), ..whole.header.clone() };
    let id = whole.ids.iter().max().map_or(0, |highest| highest + 1);
    if let Ok(extension) = pack(&header, &[Definition::Merge(0, 0)], &[], &[id], Some(file)) {
        assert_eq!(unpacked(&extension, Some(file), 7).unwrap().ids.last(), Some(&id));
    }
}

fuzz_target!(|input: &[u8]| timed(run, input));

fn run(input: &[u8]) {
    let mut input = Input(input);
    let kind = input.byte() & 7;
    let mut file = input.0.to_vec();
    if kind != 7 {
        seal(&mut file);
    }
    match kind {
        0 | 1 => check(&file, Some(&BASE)),
        2 | 3 => {
            if let Ok(claude) = Claude::from_packed(&file) {
                for line in Line::ALL {
                    let _ = TEXTS.map(|text| claude.count(text, line));
                }
            }
        }
        _ => check(&file, None),
    }
}
