//! Ids equal those of the references, Hugging Face `tokenizers` and, where it has them, `tiktoken-rs`, on every text.

use crate::common::any_two_merge::with_added;
use crate::common::one_of_each::ONE_OF_EACH;
use crate::common::reference::{hugging_face, hugging_face_of, normalized};
use crate::common::token_bytes::token_bytes;
use crate::common::{encoding, for_each_encoding, rng, setting, texts, tiktoken, unpack, unpacked};
use rand::Rng;
use std::sync::Arc;
use tiktoken_rs::CoreBPE;
use tokenizers::Tokenizer;
use tokimeter::{Encoding, Header, LiveText, Normalizer, Symbols, Unpacked};

struct Subject {
    ours: Arc<Encoding>,
    tiktoken: Option<CoreBPE>,
    hugging_face: Arc<Tokenizer>,
    unpacked: Arc<Unpacked>,
}

impl Subject {
    fn new(name: &str) -> Self {
        Self {
            ours: encoding(name),
            tiktoken: tiktoken(name),
            hugging_face: hugging_face(name),
            unpacked: unpacked(name),
        }
    }

    fn check(&self, text: &str) {
        let ids = self.ours.encode(text);
        let name = self.ours.name();
        if let Some(tiktoken) = &self.tiktoken {
            assert_eq!(ids, tiktoken.encode_ordinary(text), "{name}, {text:?}, against tiktoken-rs");
        }
        let theirs = self.hugging_face.encode_fast(text, false).unwrap();
        assert_eq!(ids, theirs.get_ids(), "{name}, {text:?}, against tokenizers");
        assert_eq!(self.ours.count(text), ids.len(), "{name}, {text:?}: count");
        let decoded = match self.unpacked.header.normalizer {
            Normalizer::None => text.to_owned(),
            Normalizer::Nfc => normalized(&self.hugging_face, text),
            _ => text.replace('▁', " "),
        };
        assert_eq!(self.ours.decode(&ids).unwrap(), decoded, "{name}: decode");
        let spans = self.ours.spans(text);
        assert_eq!(spans.ids, ids, "{name}, {text:?}: spans");
        assert!(spans.ends.is_sorted(), "{name}, {text:?}: spans");
        let length = text.encode_utf16().count() as u32;
        assert_eq!(spans.ends.last().copied().unwrap_or(0), length, "{name}, {text:?}: spans");
    }
}

/// What the references say of random texts, of every token, and of short strings.
#[test]
fn against_the_references() {
    let corpus = texts::corpus();
    for_each_encoding(|name| {
        let subject = Subject::new(name);
        random_texts(&subject, &corpus);
        every_token(&subject);
        every_short_string(&subject);
    });
}

/// So many texts for one encoding of each pattern and normalizer, and a quarter for the others.
fn random_texts(subject: &Subject, corpus: &[String]) {
    let name = subject.ours.name();
    let cases = setting("CASES", 24_000) / if ONE_OF_EACH.contains(&name) { 1 } else { 4 };
    let mut rng = rng(&format!("{name}: {cases} random texts"));
    for _ in 0..cases {
        subject.check(&texts::text(&mut rng, &subject.ours, corpus));
    }
}

/// Every token, or one of so many.
fn every_token(subject: &Subject) {
    let Unpacked { header, ids, .. } = &*subject.unpacked;
    let tokens = token_bytes(&subject.unpacked);
    for (token, &id) in tokens.iter().zip(ids).step_by(setting("STEP", 1) as usize) {
        let decoded = subject.ours.decode_bytes(&[id]).unwrap();
        let prefixed = header.normalizer == Normalizer::PrefixedSpaces && token.first() == Some(&b' ');
        assert_eq!(decoded, token[usize::from(prefixed)..], "{}: token {id}", subject.ours.name());
        if let Ok(text) = std::str::from_utf8(token) {
            subject.check(text);
            if header.symbols == Symbols::Characters && text.starts_with(' ') {
                subject.check(&text[1..]);
            }
        }
    }
}

/// All strings of up to four of the characters on which splitters turn, for one encoding of each pattern and normalizer; of two
/// encodings all of up to five of the first twelve. `LENGTH=6` is one character more of each.
fn every_short_string(subject: &Subject) {
    const ALPHABET: [char; 14] =
        ['a', 'A', '1', ' ', '\t', '\n', '\r', '\'', 's', '/', '中', '\u{301}', 'カ', '\u{1}'];
    let length = setting("LENGTH", 5) as u32;
    let (length, letters) = match subject.ours.name() {
        "o200k_base" | "cl100k_base" => (length, 12),
        name if ONE_OF_EACH.contains(&name) => (length - 1, ALPHABET.len()),
        _ => return,
    };
    for length in 0..=length {
        for number in 0..letters.pow(length) {
            let mut rest = number;
            let text: String = (0..length)
                .map(|_| {
                    let c = ALPHABET[rest % letters];
                    rest /= letters;
                    c
                })
                .collect();
            subject.check(&text);
        }
    }
}

/// A border that is missing, or one too many, may be seen in no token of a real vocabulary.
#[test]
fn every_border() {
    // Code points of kana's block that are none; a contraction only where case is folded.
    const KNOWN: [&str; 2] = ["\u{3040}\u{3040}か", "'ſa'ſb'ſc'ſd'ſe'ſf'ſg"];
    let corpus = texts::corpus();
    let cases = setting("CASES", 24_000) as usize / 5;
    for_each_encoding(|name| {
        if !ONE_OF_EACH.contains(&name) {
            return;
        }
        let Header { pattern, symbols, .. } = unpacked(name).header;
        if symbols == Symbols::Characters {
            return;
        }
        let file = with_added(pattern, Normalizer::None, &["<a>"], &[]);
        let ours = Encoding::from_packed(&file).unwrap();
        let reference = hugging_face_of(&unpack(file, None));
        let like = encoding(name);
        let mut rng = rng(&format!("{name}: borders in {cases} random texts"));
        for case in 0..KNOWN.len() + cases {
            let drawn_from = if rng.random_bool(0.5) { &like } else { &ours };
            let text = match KNOWN.get(case) {
                Some(&text) => text.to_owned(),
                None => texts::text(&mut rng, drawn_from, &corpus),
            };
            let theirs = reference.encode_fast(text.as_str(), false).unwrap();
            assert_eq!(ours.encode(&text), theirs.get_ids(), "{name}, {text:?}");
        }
    });
}

/// What is remembered of one text is right in another: texts of the same few parts have the same passages before other text. A
/// text under edit remembers nothing.
#[test]
fn texts_that_repeat_each_other() {
    const ALPHABET: [char; 21] = [
        'a', 'e', 'S', 't', 'D', '1', ' ', ' ', ' ', '\n', '\u{a0}', '\'', '/', ',', '中', '文', 'é', 'Ж',
        '\u{301}', 'カ', '▁',
    ];
    let cases = setting("CASES", 24_000) / 100;
    for_each_encoding(|name| {
        let ours = encoding(name);
        let mut rng = rng(&format!("{name}: {cases} texts that repeat each other"));
        let parts: Vec<String> = (0..16)
            .map(|number| {
                let letters = &ALPHABET[..if number % 2 == 0 { 12 } else { ALPHABET.len() }];
                let length = rng.random_range(1..100);
                (0..length).map(|_| letters[rng.random_range(0..letters.len())]).collect()
            })
            .collect();
        for _ in 0..cases {
            let count = rng.random_range(1..20);
            let text: String = (0..count).map(|_| parts[rng.random_range(0..parts.len())].as_str()).collect();
            let live = LiveText::new(ours.clone(), &text);
            let ids = live.spans_in(0, live.len()).unwrap().spans.ids;
            assert_eq!(ours.count(&text), ids.len(), "{name}, {text:?}: count");
            assert_eq!(ours.encode(&text), ids, "{name}, {text:?}: encode");
        }
    });
}
