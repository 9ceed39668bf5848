//! The texts, the encodings, and how many tokens each text is in each encoding.

use super::Result;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::sync::Mutex;
use tokimeter::estimate::features::{self, FEATURES, State};
use tokimeter::{Encoding, Line};

/// What an encoding is to the estimate of one that nobody has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The vocabulary of models that are current: their mean is the estimate.
    Today,
    /// The oldest that is still sold: the range takes it in too, so that it reaches to where vocabularies come from.
    OldEnd,
    /// Older ones, of 32,000 to 50,000 tokens or outdone by their successors; and Claude's, whose vendor counts in a way of
    /// its own.
    Apart,
}
use Role::{Apart, OldEnd, Today};

/// An encoding and the family whose it is.
pub struct Known {
    pub name: &'static str,
    pub family: &'static str,
    pub role: Role,
}

/// The encodings that have estimates of their own.
pub const KNOWN: [Known; 20] = [
    known("o200k_base", "OpenAI", Today),
    known("cl100k_base", "OpenAI", OldEnd),
    known("p50k_base", "OpenAI", Apart),
    known("r50k_base", "OpenAI", Apart),
    known("claude3", "Anthropic", Apart),
    known("claude4_7", "Anthropic", Apart),
    known("gemma3", "Google", Today),
    known("gemma2", "Google", Apart),
    known("deepseek_v3", "DeepSeek", Today),
    known("qwen3_5", "Qwen", Today),
    known("qwen3", "Qwen", Today),
    known("kimi", "Moonshot AI", Today),
    known("glm4", "Z.ai", Today),
    known("minimax", "MiniMax", Today),
    known("tekken", "Mistral", Today),
    known("mistral_v3", "Mistral", Apart),
    known("llama4", "Meta", Today),
    known("llama3", "Meta", Today),
    known("llama2", "Meta", Apart),
    known("command_r", "Cohere", Today),
];

const fn known(name: &'static str, family: &'static str, role: Role) -> Known {
    Known { name, family, role }
}

/// Returns the families of today, in order.
pub fn families() -> Vec<&'static str> {
    let mut families = Vec::new();
    for known in KNOWN.iter().filter(|known| known.role == Today) {
        if !families.contains(&known.family) {
            families.push(known.family);
        }
    }
    families
}

/// Returns the places of the encodings of which something holds.
pub fn places(holds: impl Fn(&Known) -> bool) -> Vec<usize> {
    (0..KNOWN.len()).filter(|&place| holds(&KNOWN[place])).collect()
}

#[derive(Clone, Deserialize)]
pub struct Sample {
    pub kind: String,
    pub source: String,
    pub text: String,
    /// How often each feature is in it.
    #[serde(skip)]
    pub features: Vec<u32>,
    /// How many tokens it is, in the order of [`KNOWN`]; 0 where nobody asked.
    #[serde(skip)]
    pub counts: Vec<usize>,
}

#[derive(Deserialize)]
struct Manifest {
    vocab: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    base: Option<String>,
}

/// Reads an encoding of the repository.
pub fn encoding(name: &str) -> Result<Encoding> {
    let file = |name: &str| fs::read(format!("data/vocab/{name}.vocab"));
    if let Some(line) = Line::ALL.into_iter().find(|line| line.name() == name) {
        return Ok(Encoding::from_claude(&file(line.vocab())?, line)?);
    }
    let manifest: Manifest = toml::from_str(&fs::read_to_string("data/vocab.toml")?)?;
    let entry = manifest.vocab.into_iter().find(|entry| entry.name == name).ok_or("no such encoding")?;
    Ok(match entry.base {
        Some(base) => Encoding::from_packed_over(&file(name)?, &file(&base)?)?,
        None => Encoding::from_packed(&file(name)?)?,
    })
}

/// Reads the texts that `tools/samples.mjs` has made: `train` or `held`.
pub fn read(name: &str) -> Result<Vec<Sample>> {
    let path = format!("target/samples/{name}.jsonl");
    let lines = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}; run make corpus"))?;
    Ok(lines.lines().map(serde_json::from_str).collect::<std::result::Result<_, _>>()?)
}

/// The share of the texts that [`model::spread`](super::model::spread) takes for each encoding: one in so many, in turn.
pub const TURNS: usize = 3;

/// Counts the texts in encodings, by their places, on two threads, and finds their features; in each encoding every
/// text, or, where `turns` is more than 1, those whose turn it is.
pub fn count(samples: &mut [Sample], places: &[usize], levels: &[u8], turns: usize) -> Result<()> {
    let next = Mutex::new(places.iter());
    let counted = Mutex::new(BTreeMap::new());
    let texts: Vec<&str> = samples.iter().map(|sample| &*sample.text).collect();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(&place) = next.lock().ok().and_then(|mut next| next.next()) {
                    let Ok(encoding) = encoding(KNOWN[place].name) else { return };
                    let count = |(number, text): (usize, &&str)| {
                        if number % turns == place % turns { encoding.count(text) } else { 0 }
                    };
                    let counts: Vec<usize> = texts.iter().enumerate().map(count).collect();
                    if let Ok(mut counted) = counted.lock() {
                        counted.insert(place, counts);
                    }
                }
            });
        }
    });
    let counted = counted.into_inner().map_err(|_| "a thread failed")?;
    if counted.len() != places.len() {
        return Err("an encoding could not be read".into());
    }
    for (number, sample) in samples.iter_mut().enumerate() {
        let Sample { features, counts, text, .. } = sample;
        *counts = vec![0; KNOWN.len()];
        for (&place, all) in &counted {
            counts[place] = all[number];
        }
        *features = vec![0; FEATURES];
        features::read(text, State::default(), levels, |feature| features[feature] += 1);
    }
    Ok(())
}
