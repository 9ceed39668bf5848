//! The tokenizers, each called the fastest way its documentation gives, on one thread, with the text of special tokens taken as
//! ordinary text where it has a way to say so.

use crate::Result;
use std::fs;
use tokenizers_1::pipeline::{EncodeOptions, PipelineTokenizer};
use tokimeter::{Claude, Encoding, Line};

pub trait Tokenizer {
    fn encode(&self, text: &str) -> Vec<u32>;

    fn count(&self, text: &str) -> usize {
        self.encode(text).len()
    }

    fn encodes(&self) -> bool {
        true
    }
}

/// Reads the vocabulary of an encoding, and whatever else is needed before the first count.
pub fn start(contender: &str, encoding: &str) -> Result<Box<dyn Tokenizer>> {
    let missing = || format!("{contender} has no {encoding}");
    Ok(match contender {
        "tokimeter" if encoding.starts_with("claude") => {
            let line = Line::ALL.into_iter().find(|line| line.name() == encoding).ok_or_else(missing)?;
            Box::new(Counter(Claude::from_packed(&packed(line.vocab())?)?, line))
        }
        "tokimeter" if encoding == "deepseek_v4" => {
            Box::new(Encoding::from_packed_over(&packed(encoding)?, &packed("deepseek_v3")?)?)
        }
        "tokimeter" => Box::new(Encoding::from_packed(&packed(encoding)?)?),
        "tiktoken-rs" => Box::new(match encoding {
            "o200k_base" => tiktoken_rs::o200k_base()?,
            "cl100k_base" => tiktoken_rs::cl100k_base()?,
            _ => return Err(missing().into()),
        }),
        "bpe-openai" => Box::new(match encoding {
            "o200k_base" => bpe_openai::o200k_base(),
            "cl100k_base" => bpe_openai::cl100k_base(),
            _ => return Err(missing().into()),
        }),
        "tiktoken (goliajp)" => Box::new(tiktoken::get_encoding(encoding).ok_or_else(missing)?),
        "tokenizers 0.23" => {
            let file = tokenizer_file(encoding);
            let read = tokenizers::Tokenizer::from_file(file).map_err(|error| error.to_string())?;
            Box::new(read)
        }
        "tokenizers 1.0-rc" => {
            let canonical = tokenizers_1::canonicalize_file(tokenizer_file(encoding))?;
            let read = tokenizers_1::from_json(&canonical).map_err(|error| error.to_string())?;
            // It reads files that it cannot count by.
            read.encode_into("a", &EncodeOptions::no_specials(), &mut Vec::new())
                .map_err(|error| error.to_string())?;
            Box::new(read)
        }
        _ => return Err(format!("no contender is called {contender}").into()),
    })
}

fn packed(name: &str) -> Result<Vec<u8>> {
    Ok(fs::read(format!("data/vocab/{name}.vocab"))?)
}

fn tokenizer_file(encoding: &str) -> String {
    format!("target/peers/tokenizers/{encoding}.json")
}

impl Tokenizer for Encoding {
    fn encode(&self, text: &str) -> Vec<u32> {
        Encoding::encode(self, text)
    }

    fn count(&self, text: &str) -> usize {
        Encoding::count(self, text)
    }
}

struct Counter(Claude, Line);

impl Tokenizer for Counter {
    fn encode(&self, _: &str) -> Vec<u32> {
        Vec::new()
    }

    fn count(&self, text: &str) -> usize {
        self.0.count(text, self.1)
    }

    fn encodes(&self) -> bool {
        false
    }
}

impl Tokenizer for tiktoken_rs::CoreBPE {
    fn encode(&self, text: &str) -> Vec<u32> {
        self.encode_ordinary(text)
    }
}

impl Tokenizer for &bpe_openai::Tokenizer {
    fn encode(&self, text: &str) -> Vec<u32> {
        bpe_openai::Tokenizer::encode(self, text)
    }

    fn count(&self, text: &str) -> usize {
        bpe_openai::Tokenizer::count(self, text)
    }
}

impl Tokenizer for &tiktoken::CoreBpe {
    fn encode(&self, text: &str) -> Vec<u32> {
        tiktoken::CoreBpe::encode(self, text)
    }

    fn count(&self, text: &str) -> usize {
        tiktoken::CoreBpe::count(self, text)
    }
}

/// Without offsets, which would take longer. No text fails.
impl Tokenizer for tokenizers::Tokenizer {
    fn encode(&self, text: &str) -> Vec<u32> {
        self.encode_fast(text, false).map_or_else(|_| Vec::new(), |encoding| encoding.get_ids().to_vec())
    }

    fn count(&self, text: &str) -> usize {
        self.encode_fast(text, false).map_or(0, |encoding| encoding.len())
    }
}

impl Tokenizer for PipelineTokenizer {
    fn encode(&self, text: &str) -> Vec<u32> {
        let mut ids = Vec::new();
        match self.encode_into(text, &EncodeOptions::no_specials(), &mut ids) {
            Ok(()) => ids.into_iter().map(u32::from).collect(),
            Err(_) => Vec::new(),
        }
    }

    fn count(&self, text: &str) -> usize {
        let mut ids = Vec::new();
        self.encode_into(text, &EncodeOptions::no_specials(), &mut ids).map_or(0, |()| ids.len())
    }
}
