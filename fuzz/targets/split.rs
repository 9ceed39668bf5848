//! Every splitter cuts as its expressions do. Where a text is cut shows in its tokens: in these vocabularies any two bytes merge, so
//! a border that is missing, or one too many, moves what follows.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tokimeter::{Definition, Encoding, Header, Normalizer, Pattern, Symbols, TokenId, pack};
use tokimeter_fuzz::input::Input;
use tokimeter_fuzz::simple::Simple;
use tokimeter_fuzz::unpacked;

struct Subject {
    ours: Encoding,
    simple: Simple,
}

static SUBJECTS: LazyLock<Vec<Subject>> = LazyLock::new(|| Pattern::ALL.map(subject).into());

/// An odd number: its multiples go through all pairs, in no order.
const ORDER: u32 = 40_503;

/// A vocabulary of all bytes and all pairs.
fn subject(pattern: Pattern) -> Subject {
    let bytes = (0..=255).map(Definition::Byte);
    let pairs = (0..1_u32 << 16).map(|number| {
        let pair = number.wrapping_mul(ORDER) & 0xffff;
        Definition::Merge(pair >> 8, pair & 0xff)
    });
    let definitions: Vec<Definition> = bytes.chain(pairs).collect();
    let header = Header {
        name: pattern.name().to_owned(),
        pattern,
        symbols: Symbols::Bytes,
        whole_pieces: false,
        normalizer: Normalizer::None,
        base: None,
        specials: Vec::new(),
    };
    let ids: Vec<TokenId> = (0..definitions.len() as TokenId).collect();
    let file = pack(&header, &definitions, &[], &ids, None).unwrap();
    let simple = Simple::of(&unpacked(&file, None, usize::MAX).unwrap());
    Subject { ours: Encoding::from_packed(&file).unwrap(), simple }
}

fuzz_target!(init: { LazyLock::force(&SUBJECTS); }, |input: &[u8]| {
    let mut input = Input(input);
    let Subject { ours, simple } = input.one_of(&SUBJECTS);
    let (name, text) = (ours.name(), input.rest());
    let ids = ours.encode(&text);
    assert_eq!(Some(&ids), simple.encode(&text).as_ref(), "{name}: {text:?}");
    assert_eq!(ours.count(&text), ids.len(), "{name}: {text:?}");
});
