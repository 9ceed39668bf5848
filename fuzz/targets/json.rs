//! Any bytes are a tokenizer's file that is taken, or an error. What is taken is a vocabulary, and counts as its merges say.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tokimeter::{Encoding, JsonOptions, Normalizer, Pattern, pack_json};
use tokimeter_fuzz::input::Input;
use tokimeter_fuzz::simple::Simple;
use tokimeter_fuzz::{timed, unpacked};

const TEXTS: [&str; 5] =
    ["", " the ab, 世界! 12345", "a  b\n\n c<s>", "é▁▁</s>a\u{301} ", "aaaaaaaaaaaaaaaa"];

fuzz_target!(|input: &[u8]| timed(run, input));

fn run(input: &[u8]) {
    let mut input = Input(input);
    let pattern = Pattern::ALL.get(input.up_to(Pattern::ALL.len())).copied();
    let Ok(file) = pack_json(input.0, JsonOptions { name: "a".to_owned(), pattern }) else { return };
    let encoding = Encoding::from_packed(&file).unwrap();
    let unpacked = unpacked(&file, None, usize::MAX).unwrap();
    let simple = Simple::of(&unpacked);
    for text in TEXTS {
        let ids = encoding.encode(text);
        assert_eq!(encoding.count(text), ids.len(), "{text:?}");
        if let Some(expected) = simple.encode(text) {
            assert_eq!(ids, expected, "{text:?}");
        }
        if unpacked.header.normalizer == Normalizer::None {
            assert_eq!(encoding.decode(&ids).unwrap(), text);
        }
        let _ = encoding.decode(&encoding.encode_with_specials(text)).unwrap();
        assert_eq!(encoding.spans(text).ids, ids, "{text:?}");
    }
}
