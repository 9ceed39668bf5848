//! Any ids decode or are refused; what a text encodes to decodes to it, is as many as are counted, and is what a plain search for the
//! lowest rank finds.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::{Arc, LazyLock};
use tokimeter::{Encoding, ErrorKind, Normalizer, TokenId};
use tokimeter_fuzz::input::Input;
use tokimeter_fuzz::one_of_each::ONE_OF_EACH;
use tokimeter_fuzz::simple::Simple;
use tokimeter_fuzz::{base, encoding, packed, timed, unpacked};

struct Subject {
    ours: Arc<Encoding>,
    simple: Simple,
    normalizer: Normalizer,
}

static SUBJECTS: LazyLock<Vec<Subject>> = LazyLock::new(|| ONE_OF_EACH.map(subject).into());

fn subject(name: &str) -> Subject {
    let unpacked = unpacked(&packed(name), base(name).as_deref(), usize::MAX).unwrap();
    let normalizer = unpacked.header.normalizer;
    Subject { ours: encoding(name), simple: Simple::of(&unpacked), normalizer }
}

impl Subject {
    fn check_text(&self, text: &str) {
        let Self { ours, simple, normalizer } = self;
        let name = ours.name();
        let ids = ours.encode(text);
        if let Some(expected) = simple.encode(text) {
            assert_eq!(ids, expected, "{name}: {text:?}");
        }
        assert_eq!(ours.count(text), ids.len(), "{name}: {text:?}: count");
        let decoded = ours.decode(&ids).unwrap();
        match normalizer {
            Normalizer::None => assert_eq!(decoded, text, "{name}"),
            Normalizer::Nfc => assert_eq!(ours.encode(&decoded), ids, "{name}: {text:?}"),
            _ => assert_eq!(decoded, text.replace('▁', " "), "{name}"),
        }
        let spans = ours.spans(text);
        assert_eq!(spans.ids, ids, "{name}: {text:?}: spans");
        assert!(spans.ends.is_sorted(), "{name}: {text:?}: spans");
        let length = text.encode_utf16().count();
        assert_eq!(spans.ends.last().map_or(0, |&end| end as usize), length, "{name}: {text:?}: spans");
        let with_specials = ours.encode_with_specials(text);
        if *normalizer == Normalizer::None
            && ours.specials().iter().all(|special| special.strips == [false; 2])
        {
            assert_eq!(ours.decode(&with_specials).unwrap(), text, "{name}: with special tokens");
        }
        if !ours.specials().iter().any(|special| text.contains(&special.text)) {
            assert_eq!(with_specials, ids, "{name}: {text:?}: no special token");
        }
    }

    fn check_ids(&self, ids: &[TokenId]) {
        let Self { ours, normalizer, .. } = self;
        let name = ours.name();
        let each: Result<Vec<_>, _> = ids.iter().map(|&id| ours.decode_bytes(&[id])).collect();
        match (ours.decode_bytes(ids), each) {
            (Ok(bytes), Ok(each)) => {
                if matches!(normalizer, Normalizer::None | Normalizer::Nfc | Normalizer::Spaces) {
                    assert_eq!(bytes, each.concat(), "{name}: {ids:?}");
                }
                self.check_text(&String::from_utf8_lossy(&bytes));
            }
            (Err(one), Err(other)) => {
                assert_eq!([one.kind(), other.kind()], [ErrorKind::UnknownToken; 2], "{name}: {ids:?}");
            }
            (all, each) => panic!("{name}: {ids:?}: {all:?}, {each:?}"),
        }
    }
}

fuzz_target!(init: { LazyLock::force(&SUBJECTS); }, |input: &[u8]| timed(run, input));

fn run(input: &[u8]) {
    let mut input = Input(input);
    let choice = input.up_to(2 * ONE_OF_EACH.len() - 1);
    let subject = &SUBJECTS[choice / 2];
    if choice % 2 == 0 {
        return subject.check_text(&input.rest());
    }
    let mut ids = Vec::new();
    while !input.is_empty() {
        // Three bytes reach a little further than any vocabulary; the fourth far.
        let bytes = [0; 3].map(|_: u8| input.byte());
        let id = TokenId::from_le_bytes([bytes[0], bytes[1], bytes[2] & 3, 0]);
        ids.push(if bytes[2] & 0xfc == 0xfc { !id } else { id });
    }
    subject.check_ids(&ids);
}
