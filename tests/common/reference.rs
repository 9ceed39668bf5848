//! Hugging Face's tokenizer for each encoding: the tokens and merges of the packed vocabulary, and the normalizer and the
//! expressions of the source, run by `tokenizers` and Oniguruma.

use super::expressions::expressions;
use super::token_bytes::token_bytes;
use super::{Shared, unpacked};
use ahash::AHashMap;
use std::sync::Arc;
use tokenizers::models::bpe::BPE;
use tokenizers::normalizers::{NFC, Prepend, Replace, Sequence as Normalizers};
use tokenizers::pre_tokenizers::PreTokenizerWrapper;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::digits::Digits;
use tokenizers::pre_tokenizers::sequence::Sequence;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::{
    AddedToken, NormalizedString, Normalizer as _, NormalizerWrapper, SplitDelimiterBehavior, Tokenizer,
};
use tokimeter::{Definition, Normalizer, Pattern, Symbols, Unpacked};

/// Reads a `tokenizer.json`. `Tokenizer::from_bytes` does the same, but is compiled anew into each test that calls it, in half a
/// minute.
pub fn read_tokenizer(file: &[u8]) -> tokenizers::Result<Tokenizer> {
    std::str::from_utf8(file)?.parse()
}

/// Returns the reference of an encoding.
pub fn hugging_face(name: &str) -> Arc<Tokenizer> {
    static REFERENCES: Shared<Tokenizer> = Shared::new();
    REFERENCES.get(name, || hugging_face_of(&unpacked(name)))
}

/// Builds the reference of a vocabulary.
pub fn hugging_face_of(unpacked: &Unpacked) -> Tokenizer {
    let (header, definitions) = (&unpacked.header, &unpacked.definitions);
    let characters = header.symbols == Symbols::Characters;
    let bytes = token_bytes(unpacked);
    let byte_characters = byte_characters();
    let byte_char = |byte: u8| byte_characters[usize::from(byte)];
    let text = |place: usize| match definitions[place] {
        Definition::Byte(byte) if characters => format!("<0x{byte:02X}>"),
        _ if characters => String::from_utf8(bytes[place].clone()).unwrap().replace(' ', "▁"),
        _ => bytes[place].iter().copied().map(byte_char).collect(),
    };
    let text: Vec<String> = (0..definitions.len()).map(text).collect();
    let merges = definitions.iter().filter_map(|definition| match *definition {
        Definition::Merge(left, right) => Some((text[left as usize].clone(), text[right as usize].clone())),
        _ => None,
    });
    let merges = merges.collect();
    let mut vocab: AHashMap<String, u32> = text.iter().cloned().zip(unpacked.ids.iter().copied()).collect();
    // An added token has the id that the vocabulary has for its text.
    let literals = header.specials.iter().filter(|special| special.literal);
    vocab.extend(literals.clone().map(|special| (special.text.clone(), special.id)));
    let mut model = BPE::builder().vocab_and_merges(vocab, merges).ignore_merges(header.whole_pieces);
    if characters {
        model = model.byte_fallback(true).fuse_unk(true).ignore_merges(false);
    }
    let mut tokenizer = Tokenizer::new(model.build().unwrap());
    tokenizer.with_normalizer(normalizer(header.normalizer)).unwrap();
    if !characters {
        tokenizer.with_pre_tokenizer(Some(Sequence::new(pre_tokenizers(header.pattern))));
    }
    let literals: Vec<_> =
        literals.map(|special| AddedToken::from(special.text.clone(), false).normalized(false)).collect();
    tokenizer.add_tokens(literals).unwrap();
    tokenizer
}

/// Returns what the reference makes of a text before it cuts it, with spaces for U+2581.
pub fn normalized(tokenizer: &Tokenizer, text: &str) -> String {
    let mut normalized = NormalizedString::from(text);
    if let Some(normalizer) = tokenizer.get_normalizer() {
        normalizer.normalize(&mut normalized).unwrap();
    }
    normalized.get().to_owned()
}

fn normalizer(kind: Normalizer) -> Option<NormalizerWrapper> {
    let spaces = || NormalizerWrapper::Replace(Replace::new(" ", "▁").unwrap());
    match kind {
        Normalizer::None => None,
        Normalizer::Nfc => Some(NFC.into()),
        Normalizer::Spaces => Some(spaces()),
        Normalizer::PrefixedSpaces => {
            let prefix = NormalizerWrapper::Prepend(Prepend::new("▁".to_owned()));
            Some(Normalizers::new(vec![prefix, spaces()]).into())
        }
        _ => panic!("no packed encoding has {kind:?}"),
    }
}

fn pre_tokenizers(pattern: Pattern) -> Vec<PreTokenizerWrapper> {
    let split = |expression: &str| {
        let pattern = SplitPattern::Regex(expression.to_owned());
        PreTokenizerWrapper::Split(Split::new(pattern, SplitDelimiterBehavior::Isolated, false).unwrap())
    };
    let bytes = |with_gpt2: bool| PreTokenizerWrapper::ByteLevel(ByteLevel::new(false, false, with_gpt2));
    if pattern == Pattern::CommandR {
        return vec![PreTokenizerWrapper::Digits(Digits::new(true)), bytes(true)];
    }
    expressions(pattern).iter().map(|part| split(part)).chain([bytes(false)]).collect()
}

/// GPT-2's printable stand-ins for bytes: itself where Latin-1 prints it, else the next code point from U+0100.
pub fn byte_characters() -> Vec<char> {
    let mut next = 0x100..;
    (0..=255_u8)
        .map(|byte| match byte {
            b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff => char::from(byte),
            _ => next.next().and_then(char::from_u32).unwrap(),
        })
        .collect()
}
