//! Hugging Face's tokenizer for each encoding: the tokens and merges of the packed vocabulary, and the normalizer and the
//! expressions of the source, run by `tokenizers` and Oniguruma.

use super::token_bytes::token_bytes;
use super::unpacked;
use ahash::AHashMap;
use tokenizers::models::bpe::BPE;
use tokenizers::normalizers::{NFC, Prepend, Replace, Sequence as Normalizers};
use tokenizers::pre_tokenizers::PreTokenizerWrapper;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::digits::Digits;
use tokenizers::pre_tokenizers::sequence::Sequence;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::{NormalizedString, Normalizer as _, NormalizerWrapper, SplitDelimiterBehavior, Tokenizer};
use tokimeter::{Definition, Normalizer, Pattern, Symbols};

const O200K: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";
/// As in `tiktoken` 0.14.0, but for what Oniguruma reads in another way: `$` as the end of a line, and `{1,3}+`
/// as a repeated repetition.
const CL100K: &str = r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++\z|\s*[\r\n]|\s+(?!\S)|\s";
/// Here too.
const GPT2: &str = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++\z|\s+(?!\S)|\s";
const LLAMA3: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const QWEN: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const QWEN35: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const DEEPSEEK: [&str; 3] = [
    r"\p{N}{1,3}",
    "[一-龥\u{3040}-ゟ゠-ヿ]+",
    r##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"##,
];
const KIMI: &str = r"[\p{Han}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const TEKKEN: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// Builds the reference.
pub fn hugging_face(name: &str) -> Tokenizer {
    let unpacked = unpacked(name);
    let (header, definitions) = (&unpacked.header, &unpacked.definitions);
    let characters = header.symbols == Symbols::Characters;
    let bytes = token_bytes(&unpacked);
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
    let vocab: AHashMap<String, u32> = text.iter().cloned().zip(unpacked.ids.iter().copied()).collect();
    let mut model = BPE::builder().vocab_and_merges(vocab, merges).ignore_merges(header.whole_pieces);
    if characters {
        model = model.byte_fallback(true).fuse_unk(true).ignore_merges(false);
    }
    let mut tokenizer = Tokenizer::new(model.build().unwrap());
    tokenizer.with_normalizer(normalizer(header.normalizer)).unwrap();
    if !characters {
        tokenizer.with_pre_tokenizer(Some(Sequence::new(pre_tokenizers(header.pattern))));
    }
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
    }
}

fn pre_tokenizers(pattern: Pattern) -> Vec<PreTokenizerWrapper> {
    let split = |expression: &str| {
        let pattern = SplitPattern::Regex(expression.to_owned());
        PreTokenizerWrapper::Split(Split::new(pattern, SplitDelimiterBehavior::Isolated, false).unwrap())
    };
    let bytes = |with_gpt2: bool| PreTokenizerWrapper::ByteLevel(ByteLevel::new(false, false, with_gpt2));
    let expression = match pattern {
        Pattern::Gpt2 => GPT2,
        Pattern::Cl100k => CL100K,
        Pattern::O200k => O200K,
        Pattern::Llama3 => LLAMA3,
        Pattern::Qwen => QWEN,
        Pattern::Qwen35 => QWEN35,
        Pattern::Kimi => KIMI,
        Pattern::Tekken => TEKKEN,
        Pattern::DeepSeek => return DEEPSEEK.iter().map(|part| split(part)).chain([bytes(false)]).collect(),
        Pattern::CommandR => return vec![PreTokenizerWrapper::Digits(Digits::new(true)), bytes(true)],
        _ => return vec![bytes(false)],
    };
    vec![split(expression), bytes(false)]
}

/// GPT-2's printable stand-in for a byte: itself where Latin-1 prints it, else the next code point from U+0100.
pub fn byte_char(byte: u8) -> char {
    let printable = |b: u8| matches!(b, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    if printable(byte) {
        return char::from(byte);
    }
    let place = (0..byte).filter(|&b| !printable(b)).count();
    char::from_u32(256 + place as u32).unwrap()
}
