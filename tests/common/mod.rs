//! What the tests share: the encodings under test, the references, and texts that are drawn to hurt.

#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

pub mod texts;

#[path = "../../tools/vocab/sources.rs"]
pub mod sources;

use ahash::AHashMap;
use rand::{SeedableRng, rngs::StdRng};
use tiktoken_rs::CoreBPE;
use tokenizers::models::bpe::BPE;
use tokenizers::pre_tokenizers::PreTokenizerWrapper;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::sequence::Sequence;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::{SplitDelimiterBehavior, Tokenizer};
use tokimeter::{Definition, Encoding};

pub const NAMES: [&str; 2] = ["o200k_base", "cl100k_base"];

const O200K: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";
/// As in `tiktoken` 0.14.0, but for what Oniguruma reads in another way: `$` as the end of a line, and `{1,3}+`
/// as a repeated repetition.
const CL100K: &str = r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++\z|\s*[\r\n]|\s+(?!\S)|\s";

/// Returns the packed vocabulary of that name.
pub fn packed(name: &str) -> Vec<u8> {
    std::fs::read(format!("data/vocab/{name}.vocab")).unwrap()
}

pub fn encoding(name: &str) -> Encoding {
    Encoding::from_packed(&packed(name)).unwrap()
}

/// The tokens of the source package, by rank.
pub fn source_tokens(name: &str) -> Vec<Vec<u8>> {
    let package = sources::package_dir("crate tiktoken-rs 0.12.1").unwrap();
    let file = std::fs::read(package.join("assets").join(format!("{name}.tiktoken"))).unwrap();
    sources::read_tiktoken(&file).unwrap()
}

pub fn tiktoken(name: &str) -> CoreBPE {
    match name {
        "o200k_base" => tiktoken_rs::o200k_base().unwrap(),
        _ => tiktoken_rs::cl100k_base().unwrap(),
    }
}

/// Builds the reference of Hugging Face: the ranks as merges, the pattern run by Oniguruma.
pub fn hugging_face(name: &str) -> Tokenizer {
    let tokens = source_tokens(name);
    let text: Vec<String> =
        tokens.iter().map(|token| token.iter().copied().map(byte_char).collect()).collect();
    let merges =
        sources::definitions(&tokens).unwrap().into_iter().filter_map(|definition| match definition {
            Definition::Merge(left, right) => {
                Some((text[left as usize].clone(), text[right as usize].clone()))
            }
            Definition::Byte(_) => None,
        });
    let merges = merges.collect();
    let vocab: AHashMap<String, u32> = text.iter().cloned().zip(0..).collect();
    let mut tokenizer = Tokenizer::new(BPE::builder().vocab_and_merges(vocab, merges).build().unwrap());
    let pattern = SplitPattern::Regex(if name == "o200k_base" { O200K } else { CL100K }.to_owned());
    tokenizer.with_pre_tokenizer(Some(Sequence::new(vec![
        PreTokenizerWrapper::Split(Split::new(pattern, SplitDelimiterBehavior::Isolated, false).unwrap()),
        PreTokenizerWrapper::ByteLevel(ByteLevel::new(false, false, false)),
    ])));
    tokenizer
}

/// GPT-2's printable stand-in for a byte: itself where Latin-1 prints it, else the next code point from U+0100.
fn byte_char(byte: u8) -> char {
    let printable = |b: u8| matches!(b, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    if printable(byte) {
        return char::from(byte);
    }
    let place = (0..byte).filter(|&b| !printable(b)).count();
    char::from_u32(256 + place as u32).unwrap()
}

/// Returns the number in an environment variable, or the default.
pub fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .map_or(default, |value| value.parse().unwrap_or_else(|_| panic!("{name}={value}: not a number")))
}

/// Returns a seeded generator and prints the seed; `SEED=` sets it.
pub fn rng(what: &str) -> StdRng {
    let seed = setting("SEED", 20_261_124);
    println!("{what}: SEED={seed}");
    StdRng::seed_from_u64(seed)
}
