//! The model book, data/models.toml, as far as an input's cost and limit need it.

use super::names::{bare, distance, squeezed, without_end};
use super::options::Currency;
use serde::Deserialize;
use std::collections::HashMap;

/// How many names are told that are near to one that is not known.
const NEAREST: usize = 3;

/// All of it.
#[derive(Deserialize)]
pub struct Book {
    pub rate: Conversion,
    pub sources: HashMap<String, Source>,
    #[serde(rename = "model")]
    pub models: Vec<Model>,
}

/// What a yuan is taken to be worth.
#[derive(Deserialize)]
pub struct Conversion {
    /// Yuan for a dollar.
    pub cny_per_usd: Millionths,
    #[serde(flatten)]
    pub source: Source,
}

/// Who says so, and of which day it is.
#[derive(Deserialize)]
pub struct Source {
    pub name: String,
    pub version: Option<String>,
    pub date: String,
}

#[derive(Deserialize)]
pub struct Model {
    pub id: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Tokens that input and output share.
    pub window: Option<u64>,
    /// Tokens, where the vendor caps the input apart.
    pub max_input: Option<u64>,
    #[serde(default, rename = "price")]
    pub prices: Vec<Price>,
}

/// What a model costs in one currency.
#[derive(Deserialize)]
pub struct Price {
    pub currency: Currency,
    pub source: String,
    pub as_of: Option<String>,
    pub standard: Rates,
    #[serde(default)]
    pub steps: Vec<Step>,
    pub off_peak: Option<OffPeak>,
    #[serde(default)]
    pub off_peak_steps: Vec<Step>,
}

/// Rates for a million tokens; one that is absent is unknown.
#[derive(Clone, Copy, Deserialize)]
pub struct Rates {
    pub input: Option<Millionths>,
}

/// Rates for a request with more than so many input tokens, as a whole.
#[derive(Deserialize)]
pub struct Step {
    pub above: u64,
    #[serde(flatten)]
    pub rates: Rates,
}

/// When requests cost less, and what they cost then.
#[derive(Deserialize)]
pub struct OffPeak {
    pub hours: Vec<Hours>,
    #[serde(flatten)]
    pub rates: Rates,
}

/// A time of the day in UTC, `HH:MM`, on some days of the week, from 1, Monday, or on all.
#[derive(Deserialize)]
pub struct Hours {
    pub days: Option<Vec<u8>>,
    pub from: String,
    pub to: String,
}

/// A decimal text of at most six decimals, in millionths. For a million tokens, it is 10⁻¹² for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Millionths(pub u64);

impl TryFrom<String> for Millionths {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let is_decimal = !whole.is_empty() && whole.len() <= 9 && fraction.len() <= 6;
        let digits = format!("{whole}{fraction:0<6}");
        match digits.parse() {
            Ok(number) if is_decimal && digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Self(number)),
            _ => Err(format!("\"{text}\" is no decimal of at most six places")),
        }
    }
}

impl Book {
    /// Reads what the program carries.
    ///
    /// # Errors
    /// None, if the tests have passed.
    pub fn read() -> Result<Self, toml::de::Error> {
        toml::from_str(include_str!("../../data/models.toml"))
    }

    /// Returns the model of an id, as people write it. Another version is never taken for it.
    pub fn find(&self, id: &str) -> Option<&Model> {
        let by_name: HashMap<String, &Model> = self
            .models
            .iter()
            .flat_map(|model| model.names().map(move |name| (squeezed(&bare(name)), model)))
            .collect();
        let whole = bare(id);
        let mut name = &*whole;
        while !name.is_empty() {
            if let Some(model) = by_name.get(&squeezed(name)) {
                return Some(model);
            }
            name = without_end(name)?;
        }
        None
    }

    /// Returns the ids of the models whose names take the fewest changes, the nearest first.
    pub fn nearest(&self, id: &str) -> Vec<String> {
        let key = squeezed(&bare(id));
        let far = |model: &Model| model.names().map(|name| distance(&squeezed(&bare(name)), &key)).min();
        let mut models: Vec<_> = self.models.iter().map(|model| (far(model), &model.id)).collect();
        models.sort_by_key(|&(far, _)| far);
        models.into_iter().take(NEAREST).map(|(_, id)| id.clone()).collect()
    }
}

impl Model {
    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.id).chain(&self.aliases).map(String::as_str)
    }
}

impl Source {
    /// Returns what it is called.
    pub fn title(&self) -> String {
        match &self.version {
            Some(version) => format!("{} {version}", self.name),
            None => self.name.clone(),
        }
    }
}
