//! The formats of the sources: each reader gives tokens and the rule that merges them.

use crate::spelling::{Spelling, by_text, one_char};
use crate::vocabulary::{Definition, Role, Rule, Symbols, Token, Vocabulary, in_order};
use crate::{Result, pieces};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::str;

/// What a reader found: the vocabulary, and how many merges rank before one of their parts.
pub struct Found {
    pub vocabulary: Vocabulary,
    early: usize,
    /// How many tokens have the bytes of another one; the bytes of a vocabulary of characters are not counted.
    twins: usize,
}

impl Found {
    /// Returns the vocabulary, and reports what a reader of the numbers should know.
    pub fn vocabulary(self, name: &str) -> Vocabulary {
        let Self { vocabulary, early, twins } = self;
        let lone = |definition: &&Definition| matches!(definition, Definition::Text(text) if str::from_utf8(text).ok().and_then(one_char).is_none());
        let made = |definition: &&Definition| matches!(definition, Definition::Merge(..));
        let definitions = vocabulary.definitions.iter();
        println!(
            "{name}: {} tokens, {} merges, {} characters or bytes, {} that no merge makes, \
             {early} that rank before a part, {twins} with the bytes of another",
            definitions.len(),
            definitions.clone().filter(made).count(),
            definitions.len()
                - definitions.clone().filter(made).count()
                - definitions.clone().filter(lone).count(),
            definitions.clone().filter(lone).count(),
        );
        vocabulary
    }
}

/// Reads a source in one of the formats: its first tokens, without those whose ids are foreign.
pub fn read(format: &str, source: &[u8], foreign: &[(u32, u32)], take: Option<usize>) -> Result<Found> {
    match format {
        "tiktoken" => read_ranks(tiktoken(source)?, BTreeMap::new()),
        "tekken" => tekken(source),
        "tokenizer.json" => tokenizer_json(source),
        "mbpe" => mbpe(source, foreign),
        "sentencepiece" => pieces::sentencepiece(source),
        "spm" => pieces::spm(source, take.unwrap_or(usize::MAX)),
        other => Err(format!("no reader for the format {other:?}").into()),
    }
}

/// A rank file: a line a token, its bytes in base64 and its rank.
fn tiktoken(source: &[u8]) -> Result<Vec<(u32, Vec<u8>)>> {
    let mut tokens = Vec::new();
    for line in str::from_utf8(source)?.lines() {
        let (token, rank) = line.split_once(' ').ok_or(format!("not a rank line: {line:?}"))?;
        tokens.push((rank.parse()?, BASE64_STANDARD.decode(token)?));
    }
    Ok(tokens)
}

/// A rank is an id, and two neighbours merge if a token has their bytes.
fn read_ranks(ranks: Vec<(u32, Vec<u8>)>, specials: BTreeMap<String, u32>) -> Result<Found> {
    let places: HashMap<Vec<u8>, u32> =
        ranks.iter().enumerate().map(|(place, (_, token))| (token.clone(), place as u32)).collect();
    if places.len() != ranks.len() || !ranks.is_sorted_by(|a, b| a.0 < b.0) {
        return Err("ranks out of order, or a token twice".into());
    }
    let token = |(id, bytes): (u32, Vec<u8>)| {
        let role = match *bytes {
            [byte] => Role::Base(Definition::Byte(byte)),
            _ => bytes
                .chunks(1)
                .map(|byte| places.get(byte).copied())
                .collect::<Option<_>>()
                .map_or(Role::Apart, Role::Spelled),
        };
        Token { id, bytes, role }
    };
    let tokens: Vec<Token> = ranks.into_iter().map(token).collect();
    let rule = |_, _, bytes: &[u8]| places.get(bytes).map(|&place| (place, place));
    Ok(found(Symbols::Bytes, true, &tokens, &rule, specials, BTreeSet::new()))
}

pub fn found(
    symbols: Symbols,
    whole_pieces: bool,
    tokens: &[Token],
    rule: &Rule,
    specials: BTreeMap<String, u32>,
    literals: BTreeSet<String>,
) -> Found {
    let (definitions, ids, early) = in_order(tokens, rule);
    let counted =
        |token: &&Token| symbols == Symbols::Bytes || !matches!(token.role, Role::Base(Definition::Byte(_)));
    let texts: BTreeSet<&[u8]> = tokens.iter().filter(counted).map(|token| token.bytes.as_slice()).collect();
    let twins = tokens.iter().filter(counted).count() - texts.len();
    Found {
        vocabulary: Vocabulary { symbols, whole_pieces, definitions, ids, specials, literals },
        early,
        twins,
    }
}

#[derive(Deserialize)]
struct Tekken {
    config: TekkenConfig,
    vocab: Vec<TekkenToken>,
    special_tokens: Option<Vec<TekkenSpecial>>,
}

#[derive(Deserialize)]
struct TekkenConfig {
    default_vocab_size: u32,
    default_num_special_tokens: u32,
}

#[derive(Deserialize)]
struct TekkenToken {
    rank: u32,
    token_bytes: String,
}

#[derive(Deserialize)]
struct TekkenSpecial {
    rank: u32,
    token_str: String,
}

/// Mistral's rank file: the special tokens come first, and the last ranks are not used.
fn tekken(source: &[u8]) -> Result<Found> {
    let file: Tekken = serde_json::from_slice(source)?;
    let first = file.config.default_num_special_tokens;
    let used = file.vocab.iter().take((file.config.default_vocab_size - first) as usize);
    let ranks = used.map(|token| Ok((token.rank + first, BASE64_STANDARD.decode(&token.token_bytes)?)));
    let specials = file.special_tokens.unwrap_or_default();
    let named: BTreeMap<String, u32> = specials.into_iter().map(|s| (s.token_str, s.rank)).collect();
    read_ranks(ranks.collect::<Result<_>>()?, named)
}

#[derive(Deserialize)]
struct HuggingFace {
    model: Model,
    added_tokens: Vec<Added>,
}

#[derive(Deserialize)]
struct Model {
    vocab: HashMap<String, u32>,
    merges: Vec<Value>,
    #[serde(default)]
    byte_fallback: bool,
    ignore_merges: Option<bool>,
}

#[derive(Deserialize)]
struct Added {
    id: u32,
    content: String,
    special: bool,
}

/// Hugging Face `tokenizer.json` with a BPE model.
fn tokenizer_json(source: &[u8]) -> Result<Found> {
    let file: HuggingFace = serde_json::from_slice(source)?;
    let specials: BTreeMap<String, u32> =
        file.added_tokens.iter().map(|t| (t.content.clone(), t.id)).collect();
    let literals = file.added_tokens.iter().filter(|t| !t.special).map(|t| t.content.clone()).collect();
    // What is also a character, or what merges make, is an ordinary token too.
    let mut merged = BTreeSet::new();
    let mut pairs: Vec<(String, String)> = Vec::with_capacity(file.model.merges.len());
    for merge in &file.model.merges {
        let (left, right) = match merge {
            Value::String(line) => line.split_once(' ').ok_or("a merge without a space")?,
            Value::Array(pair) => match pair.as_slice() {
                [Value::String(left), Value::String(right)] => (left.as_str(), right.as_str()),
                _ => return Err("a merge that is not a pair".into()),
            },
            _ => return Err("a merge that is not a pair".into()),
        };
        merged.insert(format!("{left}{right}"));
        pairs.push((left.to_owned(), right.to_owned()));
    }
    let mut vocab: Vec<(&str, u32)> = file
        .model
        .vocab
        .iter()
        .filter(|(text, _)| {
            !specials.contains_key(*text) || merged.contains(*text) || one_char(text).is_some()
        })
        .map(|(text, &id)| (text.as_str(), id))
        .collect();
    vocab.sort_unstable_by_key(|&(_, id)| id);
    let symbols = if file.model.byte_fallback { Symbols::Characters } else { Symbols::Bytes };
    let spelling = Spelling::new(symbols, &vocab);
    let tokens = spelling.tokens(&vocab);
    let mut rules: HashMap<(u32, u32), (u32, u32)> = HashMap::with_capacity(pairs.len());
    for (rank, (left, right)) in pairs.iter().enumerate() {
        let place = |text: &str| spelling.places.get(text).copied().ok_or(format!("no token {text:?}"));
        let made = place(&format!("{left}{right}"))?;
        if rules.insert((place(left)?, place(right)?), (rank as u32, made)).is_some() {
            return Err(format!("the merge {left:?} {right:?} stands twice").into());
        }
    }
    let rule = |left, right, _: &[u8]| rules.get(&(left, right)).copied();
    let whole = file.model.ignore_merges == Some(true);
    Ok(found(symbols, whole, &tokens, &rule, specials, literals))
}

/// splintr's text form of a `tokenizer.json`: tokens in order of id, then a line a merged token, in order of rank.
///
/// It keeps of a token's merges only the first; all of them stood in a row, so any split into two tokens has that rank.
fn mbpe(source: &[u8], foreign: &[(u32, u32)]) -> Result<Found> {
    let mut lines = source.split(|&byte| byte == b'\n');
    let mut number = |key: &str| -> Result<usize> {
        let line = str::from_utf8(lines.next().ok_or("the file ends early")?)?;
        Ok(line.strip_prefix(key).ok_or(format!("{line:?} is not «{key} number»"))?.trim().parse()?)
    };
    if number("mbpe")? != 1 {
        return Err("another version".into());
    }
    let (count, merges) = (number("vocab")?, number("merges")?);
    lines.next();
    let texts = lines.by_ref().take(count).map(unescaped).collect::<Result<Vec<String>>>()?;
    let mine = |&(_, id): &(&str, u32)| !foreign.iter().any(|&(first, last)| (first..=last).contains(&id));
    let vocab: Vec<(&str, u32)> = texts.iter().map(String::as_str).zip(0..).filter(mine).collect();
    let mut ranks = HashMap::new();
    for (line, rank) in lines.take(merges).zip(0_u32..) {
        let (id, _) = str::from_utf8(line)?.split_once(' ').ok_or("a merge without a split")?;
        ranks.insert(id.parse::<u32>()?, rank);
    }
    let spelling = Spelling::new(Symbols::Characters, &vocab);
    let tokens = spelling.tokens(&vocab);
    let rule = by_text(&tokens, |place| ranks.get(&tokens[place as usize].id).copied());
    Ok(found(Symbols::Characters, false, &tokens, &rule, BTreeMap::new(), BTreeSet::new()))
}

fn unescaped(line: &[u8]) -> Result<String> {
    let mut text = String::new();
    let mut rest = str::from_utf8(line)?.chars();
    while let Some(c) = rest.next() {
        text.push(match c {
            '\\' => match rest.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('\\') => '\\',
                other => return Err(format!("the escape {other:?}").into()),
            },
            _ => c,
        });
    }
    Ok(text)
}
