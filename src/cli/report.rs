//! What was counted, as one report: what JSON shows as it stands, and what the table is made of.

use super::book::{Book, Model};
use super::encodings::{Basis, Counter, Encodings};
use super::options::{DEFAULT_MODEL, Options};
use super::price::{Cost, Moment, cost};
use super::walk::{FailReason, SkipReason};
use serde::Serialize;
use tokimeter::TokenRange;

/// How many tokens a text is, and its range.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Count {
    pub tokens: usize,
    pub low: usize,
    pub high: usize,
}

impl From<TokenRange> for Count {
    fn from(TokenRange { low, tokens, high }: TokenRange) -> Self {
        Self { tokens, low, high }
    }
}

/// A file that was counted.
#[derive(Debug, Serialize)]
pub struct Counted {
    pub path: String,
    pub bytes: u64,
    #[serde(flatten)]
    pub count: Count,
    /// Whether something in it was no text, and counts as U+FFFD.
    pub invalid: bool,
}

/// A file that was left out.
#[derive(Debug, Serialize)]
pub struct Skipped {
    pub path: String,
    pub why: SkipReason,
}

/// A file or folder that could not be counted.
#[derive(Debug, Serialize)]
pub struct Failed {
    pub path: String,
    pub why: FailReason,
}

/// What became of all files.
pub struct Outcome {
    pub counted: Vec<Counted>,
    pub skipped: Vec<Skipped>,
    pub failed: Vec<Failed>,
}

/// The sum over the files.
#[derive(Debug, Serialize)]
pub struct Total {
    pub files: usize,
    pub bytes: u64,
    #[serde(flatten)]
    pub count: Count,
}

/// All that is said. What is unknown is null.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub model: Option<String>,
    /// Names near to that of a model that is not known; else none.
    pub near: Vec<String>,
    pub encoding: Option<String>,
    pub basis: Basis,
    pub assumption: Option<String>,
    pub not_public: Option<String>,
    pub skipped: Vec<Skipped>,
    pub failed: Vec<Failed>,
    pub total: Total,
    pub window: Option<u64>,
    /// Tokens that the input may have.
    pub limit: Option<i64>,
    pub remaining: Option<i64>,
    pub over: Option<bool>,
    pub cost: Option<Cost>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<Vec<Counted>>,
}

/// What the tokens are counted for.
pub struct Subject {
    pub counter: Counter,
    book: Book,
    id: Option<String>,
    assumption: Option<String>,
    not_public: Option<String>,
}

/// Loads what counts for the model or in the encoding that was asked for.
pub fn subject(options: &Options) -> Result<Subject, Box<dyn std::error::Error>> {
    let (encodings, book) = (Encodings::read()?, Book::read()?);
    if let Some(name) = &options.encoding {
        let counter = encodings.load(Some(name))?;
        return Ok(Subject { counter, book, id: None, assumption: None, not_public: None });
    }
    let id = options.model.as_deref().unwrap_or(DEFAULT_MODEL);
    let model = book.find(id);
    let resolve = |id: &str| encodings.resolve(id).cloned();
    let has_encoding = |id: &str| resolve(id).filter(|resolved| resolved.encoding.is_some());
    // The id as it was written may say more than that of the model.
    let resolved = has_encoding(id).or_else(|| model.and_then(|model| has_encoding(&model.id)));
    let counter = encodings.load(resolved.as_ref().and_then(|resolved| resolved.encoding.as_deref()))?;
    let not_public =
        model.and_then(|model| resolve(&model.id)).filter(|resolved| resolved.encoding.is_none());
    Ok(Subject {
        counter,
        id: Some(id.to_owned()),
        assumption: resolved.and_then(|resolved| resolved.why),
        not_public: not_public.and_then(|resolved| resolved.why),
        book,
    })
}

impl Report {
    /// Puts together what was counted.
    pub fn new(subject: &Subject, options: &Options, outcome: Outcome) -> Self {
        let Subject { counter, book, id, assumption, not_public } = subject;
        let Outcome { counted: files, skipped, failed } = outcome;
        let model = id.as_ref().and_then(|id| book.find(id));
        let total = Total {
            files: files.len(),
            bytes: files.iter().map(|file| file.bytes).sum(),
            count: files.iter().fold(Count::default(), |sum, Counted { count, .. }| Count {
                tokens: sum.tokens + count.tokens,
                low: sum.low + count.low,
                high: sum.high + count.high,
            }),
        };
        let Count { tokens, low, high } = total.count;
        let limit = limit(options, model);
        let remaining = limit.map(|limit| limit - signed(tokens as u64));
        let near = match (id, model) {
            (Some(id), None) => book.nearest(id),
            _ => Vec::new(),
        };
        Self {
            model: model.map(|model| model.id.clone()).or(id.clone()),
            near,
            encoding: counter.name.clone(),
            basis: counter.basis,
            assumption: assumption.clone(),
            not_public: not_public.clone(),
            skipped,
            failed,
            window: model.and_then(|model| model.window),
            limit,
            remaining,
            over: remaining.map(|remaining| remaining < 0),
            cost: model.and_then(|model| {
                cost(book, model, TokenRange { low, tokens, high }, options.currency, Moment::now())
            }),
            total,
            files: Some(files),
        }
    }
}

/// Returns how many tokens the input may have, if that is known.
fn limit(options: &Options, model: Option<&Model>) -> Option<i64> {
    let reserve = signed(options.reserve);
    if let Some(limit) = options.limit {
        return Some(signed(limit) - reserve);
    }
    let model = model?;
    let window = model.window.map(|window| signed(window) - reserve);
    let most = model.max_input.map(signed);
    window.into_iter().chain(most).min()
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
