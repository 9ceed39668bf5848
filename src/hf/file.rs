//! Reads a tokenizer.json into its parts. The lists are read as they stand in the file, and nothing is built but what is needed.

use crate::error::{Error, ErrorKind};
use crate::json::outline::Outline;
use crate::json::reader::Reader;
use crate::json::value::Value;
use crate::json::{MAX_ADDED_LIST, MAX_FILE, MAX_FILE_TOKENS, MAX_MERGES, invalid, limit, unsupported};

/// The longest token, in bytes.
const MAX_TOKEN: usize = 1 << 16;
/// The most added tokens.
const MAX_ADDED: usize = 100_000;
/// Bytes of the first pass at a time.
const STEP: usize = 1 << 20;

/// The parts of a file.
pub(super) struct File {
    pub added: Vec<Added>,
    pub normalizer: Value,
    pub pre_tokenizer: Value,
    pub decoder: Value,
    /// The model without its tokens and merges.
    pub model: Value,
    pub vocab: List,
    pub merges: Option<Vec<(String, String)>>,
}

/// The tokens of a model: with ids, or with scores in the order of their ids.
pub(super) enum List {
    Ids(Vec<(String, u32)>),
    Scores(Vec<(String, f64)>),
}

/// An added token.
#[derive(Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "the flags of the file")]
pub(super) struct Added {
    pub content: String,
    pub single_word: bool,
    pub lstrip: bool,
    pub rstrip: bool,
    pub normalized: bool,
    pub special: bool,
}

/// Returns an error about a part that is not as it must be.
pub(super) fn broken(part: &str, why: &str) -> Error {
    Error::new(ErrorKind::InvalidTokenizer, format!("not a well-formed tokenizer file: {part}: {why}"))
}

/// Returns a whole number that is not negative.
pub(super) fn whole(value: &Value) -> Option<usize> {
    match value {
        Value::Number(digits) => {
            digits.parse().ok().map(|number: u64| usize::try_from(number).unwrap_or(usize::MAX))
        }
        _ => None,
    }
}

impl File {
    pub fn read(file: &[u8]) -> Result<Self, Error> {
        if file.len() > MAX_FILE {
            return Err(limit("the length of the file in bytes", file.len() as u64, MAX_FILE as u64));
        }
        let mut outline = Outline::default();
        while !outline.step(file, STEP)? {}
        let version = outline.part(file, "version")?;
        if version != Value::Null && version.str() != "1.0" {
            return Err(unsupported("version", version.str()));
        }
        let at = |name: &str| outline.range(name).map(|range| Reader { bytes: file, at: range.start });
        let vocab = at("model.vocab").ok_or_else(|| broken("model.vocab", "there is none"))?;
        let vocab = list(vocab)?;
        let bytes = outline.range("added_tokens").map_or(0, |range| range.len());
        if bytes > MAX_ADDED_LIST {
            return Err(limit("the length of added_tokens in bytes", bytes as u64, MAX_ADDED_LIST as u64));
        }
        let added = at("added_tokens").map_or(Ok(Vec::new()), added)?;
        let tokens = added.len() + vocab.len();
        if tokens as u64 > MAX_FILE_TOKENS {
            return Err(limit("the number of tokens", tokens as u64, MAX_FILE_TOKENS));
        }
        Ok(Self {
            added,
            normalizer: outline.part(file, "normalizer")?,
            pre_tokenizer: outline.part(file, "pre_tokenizer")?,
            decoder: outline.part(file, "decoder")?,
            model: outline.model(file)?,
            vocab,
            merges: at("model.merges").map(merges).transpose()?,
        })
    }
}

impl List {
    pub fn len(&self) -> usize {
        match self {
            Self::Ids(tokens) => tokens.len(),
            Self::Scores(tokens) => tokens.len(),
        }
    }
}

fn is_null(reader: &mut Reader<'_>) -> bool {
    reader.peek() == b'n'
}

fn token(reader: &mut Reader<'_>) -> Result<String, Error> {
    let mut text = String::new();
    reader.string(&mut text)?;
    if text.len() > MAX_TOKEN {
        return Err(limit(
            &format!("the length of the token before byte {}", reader.at),
            text.len() as u64,
            MAX_TOKEN as u64,
        ));
    }
    text.shrink_to_fit();
    Ok(text)
}

fn list(mut reader: Reader<'_>) -> Result<List, Error> {
    let mut first = true;
    if reader.takes(b'{') {
        let mut tokens = Vec::new();
        while reader.next_item(b'}', &mut first)? {
            let text = token(&mut reader)?;
            reader.expect(b':')?;
            tokens.push((text, reader.whole(u64::from(u32::MAX - 1))? as u32));
        }
        return Ok(List::Ids(tokens));
    }
    reader.expect(b'[')?;
    let mut tokens = Vec::new();
    while reader.next_item(b']', &mut first)? {
        if tokens.len() as u64 == MAX_FILE_TOKENS {
            return Err(limit("the number of tokens", MAX_FILE_TOKENS + 1, MAX_FILE_TOKENS));
        }
        reader.expect(b'[')?;
        let text = token(&mut reader)?;
        reader.expect(b',')?;
        tokens.push((text, number(&mut reader)?));
        reader.expect(b']')?;
    }
    Ok(List::Scores(tokens))
}

/// Reads a number as the reference does, whose reader is `serde_json`: not always the nearest one.
fn number(reader: &mut Reader<'_>) -> Result<f64, Error> {
    let range = reader.pass()?;
    serde_json::from_slice(&reader.bytes[range.clone()])
        .map_err(|_| invalid(range.start, "a number is wanted here"))
}

fn merges(mut reader: Reader<'_>) -> Result<Vec<(String, String)>, Error> {
    let mut merges = Vec::new();
    let mut first = true;
    reader.expect(b'[')?;
    let mut are_pairs = None;
    while reader.next_item(b']', &mut first)? {
        if merges.len() == MAX_MERGES {
            return Err(limit("the number of merges", MAX_MERGES as u64 + 1, MAX_MERGES as u64));
        }
        let at = reader.at;
        let is_pair = reader.takes(b'[');
        if *are_pairs.get_or_insert(is_pair) != is_pair {
            return Err(invalid(at, "merges are all pairs, or all strings"));
        }
        if is_pair {
            let left = token(&mut reader)?;
            reader.expect(b',')?;
            merges.push((left, token(&mut reader)?));
            reader.expect(b']')?;
        } else {
            let line = token(&mut reader)?;
            if line.starts_with("#version") {
                continue;
            }
            match line.split_once(' ') {
                Some((left, right)) if !right.contains(' ') => {
                    merges.push((left.to_owned(), right.to_owned()));
                }
                _ => return Err(invalid(at, "a merge is two tokens with a space between them")),
            }
        }
    }
    Ok(merges)
}

fn added(mut reader: Reader<'_>) -> Result<Vec<Added>, Error> {
    let mut tokens = Vec::new();
    let mut first = true;
    if is_null(&mut reader) {
        return Err(broken("added_tokens", "a list is wanted"));
    }
    reader.expect(b'[')?;
    while reader.next_item(b']', &mut first)? {
        if tokens.len() == MAX_ADDED {
            return Err(limit("the number of added tokens", MAX_ADDED as u64 + 1, MAX_ADDED as u64));
        }
        let at = reader.at;
        let value = Value::read(&mut reader)?;
        let flag = |name: &str| match value.get(name) {
            Value::Bool(flag) => Ok(*flag),
            _ => Err(invalid(at, &format!("an added token without {name}"))),
        };
        let (Value::String(content), Value::Number(_)) = (value.get("content"), value.get("id")) else {
            return Err(invalid(at, "an added token without content or id"));
        };
        if content.len() > MAX_TOKEN {
            return Err(limit("the length of an added token", content.len() as u64, MAX_TOKEN as u64));
        }
        tokens.push(Added {
            content: content.clone(),
            single_word: flag("single_word")?,
            lstrip: flag("lstrip")?,
            rstrip: flag("rstrip")?,
            normalized: flag("normalized")?,
            special: flag("special")?,
        });
    }
    Ok(tokens)
}
