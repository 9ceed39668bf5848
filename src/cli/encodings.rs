//! Which encoding a model uses, by data/encodings.toml, and the vocabularies, which the program carries.

use super::names::{dashed, words};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use tokimeter::{Encoding, Error, Line};

/// The packed vocabularies of `data/vocab` by name, but for the one that its licence keeps out.
macro_rules! vocabularies {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../data/vocab/", $name, ".vocab")))),*]
    };
}

const VOCABULARIES: &[(&str, &[u8])] = vocabularies![
    "cl100k_base",
    "claude3",
    "claude4_7",
    "deepseek_v3",
    "deepseek_v4",
    "gemma2",
    "gemma3",
    "glm4",
    "glm5",
    "kimi",
    "llama2",
    "llama3",
    "llama4",
    "minimax",
    "mistral_v1",
    "mistral_v3",
    "o200k_base",
    "o200k_harmony",
    "p50k_base",
    "qwen3",
    "qwen3_5",
    "r50k_base",
    "tekken",
];

/// How sure a count is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    Exact,
    Calibrated,
    Estimated,
}

impl Basis {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Calibrated => "calibrated",
            Self::Estimated => "estimated",
        }
    }
}

/// What counts.
pub struct Counter {
    pub encoding: Encoding,
    /// Nothing for estimates of what nobody has.
    pub name: Option<String>,
    pub basis: Basis,
}

#[derive(Deserialize)]
struct File {
    encoding: Vec<Entry>,
    unknown: Vec<Reason>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    base: Option<String>,
    basis: Basis,
    models: Vec<String>,
    #[serde(default)]
    assumed: Vec<Reason>,
}

#[derive(Deserialize)]
struct Reason {
    models: Vec<String>,
    why: String,
}

/// What may follow the beginning of an id.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    /// Words that make it no other version.
    Words,
    Anything,
}

/// What is known of ids with one beginning.
#[derive(Clone)]
pub struct Resolved {
    /// Nothing, if there is none.
    pub encoding: Option<String>,
    /// The assumption or, without an encoding, why there is none.
    pub why: Option<String>,
}

/// The encodings, and which models use them.
pub struct Encodings {
    list: Vec<Entry>,
    beginnings: HashMap<String, (Before, Resolved)>,
}

impl Encodings {
    /// Reads what the program carries.
    ///
    /// # Errors
    /// None, if the tests have passed.
    pub fn read() -> Result<Self, toml::de::Error> {
        let File { encoding: list, unknown } = toml::from_str(include_str!("../../data/encodings.toml"))?;
        let mut beginnings = HashMap::new();
        let mut put = |models: &[String], is_open: bool, resolved: &Resolved| {
            for model in models {
                let open = model.strip_suffix(".x");
                let before = if is_open || open.is_some() { Before::Anything } else { Before::Words };
                beginnings.insert(dashed(open.unwrap_or(model)), (before, resolved.clone()));
            }
        };
        for Entry { name, models, assumed, .. } in &list {
            let resolved =
                |why: Option<&String>| Resolved { encoding: Some(name.clone()), why: why.cloned() };
            put(models, false, &resolved(None));
            for Reason { models, why } in assumed {
                put(models, false, &resolved(Some(why)));
            }
        }
        for Reason { models, why } in unknown {
            put(&models, true, &Resolved { encoding: None, why: Some(why) });
        }
        for Entry { name, .. } in &list {
            let resolved = Resolved { encoding: Some(name.clone()), why: None };
            beginnings.entry(dashed(name)).or_insert((Before::Nothing, resolved));
        }
        Ok(Self { list, beginnings })
    }

    /// Returns what is known of a model, by the longest beginning of its id that what follows allows.
    pub fn resolve(&self, id: &str) -> Option<&Resolved> {
        let whole = words(id);
        let mut end = whole.len();
        loop {
            if let Some((before, resolved)) = self.beginnings.get(&whole[..end])
                && may_follow(*before, whole.get(end + 1..).unwrap_or_default())
            {
                return Some(resolved);
            }
            end = whole[..end].rfind('-')?;
        }
    }

    /// Loads the encoding of that name; an estimate of it, if the program has no vocabulary of it, or of one that nobody
    /// has.
    ///
    /// # Errors
    /// None, if the tests have passed.
    pub fn load(&self, name: Option<&str>) -> Result<Counter, Error> {
        let estimated = Counter {
            encoding: Encoding::of_estimate(name.unwrap_or("unknown")),
            name: name.map(str::to_owned),
            basis: Basis::Estimated,
        };
        let Some(entry) = self.list.iter().find(|entry| Some(&*entry.name) == name) else {
            return Ok(estimated);
        };
        let line = Line::ALL.into_iter().find(|line| line.name() == entry.name);
        let of_line = line.map(Line::vocab);
        let Some(file) = vocabulary(of_line.unwrap_or(&entry.name)) else { return Ok(estimated) };
        let encoding = match (line, entry.base.as_deref().and_then(vocabulary)) {
            (Some(line), _) => Encoding::from_claude(file, line)?,
            (None, Some(base)) => Encoding::from_packed_over(file, base)?,
            (None, None) => Encoding::from_packed(file)?,
        };
        Ok(Counter { encoding, basis: entry.basis, ..estimated })
    }
}

/// Returns the names of all encodings, in the order of a picker; none if the data cannot be read.
pub fn names() -> Vec<String> {
    Encodings::read()
        .map_or_else(|_| Vec::new(), |all| all.list.into_iter().map(|entry| entry.name).collect())
}

fn vocabulary(name: &str) -> Option<&'static [u8]> {
    VOCABULARIES.iter().find(|(each, _)| *each == name).map(|&(_, file)| file)
}

/// A number that follows makes it another version; a date (08-2024) or a size (0.6b, 2.4t) does not.
fn may_follow(before: Before, rest: &str) -> bool {
    if before == Before::Nothing || rest.is_empty() {
        return rest.is_empty();
    }
    let is_number = |word: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut words = rest.split('-');
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let size = second.strip_suffix(['b', 't']).unwrap_or_default();
    before == Before::Anything
        || !is_number(first, 1..=2)
        || (is_number(first, 1..=1) && is_number(size, 1..=usize::MAX))
        || (is_number(first, 2..=2) && is_number(second, 4..=4))
}
