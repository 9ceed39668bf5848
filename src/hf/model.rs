//! The models: from a piece of text to tokens. Those but BPE are written anew, because the reference's take a time that is
//! the square of a word, or ten times the memory; each step is the reference's.

use super::file::{File, List, broken, whole};
use super::unigram::Unigram;
use super::{Bpe, Token};
use crate::error::{Error, ErrorKind};
use crate::json::value::Value;
use crate::json::{limit, unsupported};
use ahash::AHashMap;

/// The longest token of a model that is looked up byte by byte from every character on.
pub(super) const MAX_TOKEN: usize = 1 << 8;
/// The longest prefix or suffix of a token, in bytes.
const MAX_AFFIX: usize = 1 << 8;

pub(super) enum Model {
    Bpe(Box<Bpe>),
    WordPiece(WordPiece),
    WordLevel(WordLevel),
    Unigram(Unigram),
}

/// Tokens and ids, both ways.
pub(super) struct Names {
    ids: AHashMap<String, u32>,
    texts: AHashMap<u32, String>,
    longest: usize,
}

impl Names {
    fn new(tokens: Vec<(String, u32)>) -> Self {
        let longest = tokens.iter().map(|(text, _)| text.len()).max().unwrap_or(0);
        let ids: AHashMap<String, u32> = tokens.into_iter().collect();
        let texts = ids.iter().map(|(text, &id)| (id, text.clone())).collect();
        Self { ids, texts, longest }
    }
}

impl Model {
    pub fn new(file: &mut File) -> Result<Self, Error> {
        let model = &file.model;
        let vocab = std::mem::replace(&mut file.vocab, List::Ids(Vec::new()));
        let merges = file.merges.take();
        let kind = match (model.get("type"), &vocab) {
            (Value::String(kind), _) => kind.as_str(),
            // Old files do not say.
            (_, List::Scores(_)) => "Unigram",
            _ if merges.is_some() => "BPE",
            _ if *model.get("max_input_chars_per_word") != Value::Null => "WordPiece",
            _ => "WordLevel",
        };
        match (kind, vocab, merges) {
            ("BPE", List::Ids(tokens), Some(merges)) => bpe(model, tokens, merges),
            ("WordPiece", List::Ids(tokens), _) => WordPiece::new(model, tokens).map(Self::WordPiece),
            ("WordLevel", List::Ids(tokens), _) => {
                let unknown = text(model, "unk_token")?.to_owned();
                Ok(Self::WordLevel(WordLevel { names: Names::new(tokens), unknown }))
            }
            ("Unigram", List::Scores(tokens), _) => Unigram::new(model, tokens).map(Self::Unigram),
            ("BPE" | "WordPiece" | "WordLevel" | "Unigram", ..) => {
                Err(broken("model", "its lists are not those of its type"))
            }
            _ => Err(unsupported("model.type", kind)),
        }
    }

    /// Returns the tokens of a piece.
    pub fn tokenize(&self, piece: &str) -> Result<Vec<Token>, Error> {
        match self {
            Self::Bpe(bpe) => bpe.tokens(piece),
            Self::WordPiece(model) => model.tokens(piece),
            Self::WordLevel(model) => model.tokens(piece),
            Self::Unigram(model) => model.tokens(piece),
        }
    }

    pub fn id_of(&self, token: &str) -> Option<u32> {
        match self {
            Self::Bpe(bpe) => bpe.id_of(token),
            Self::WordPiece(WordPiece { names, .. }) | Self::WordLevel(WordLevel { names, .. }) => {
                names.ids.get(token).copied()
            }
            Self::Unigram(model) => model.id_of(token.as_bytes()),
        }
    }

    pub fn text_of(&self, id: u32) -> Option<String> {
        match self {
            Self::Bpe(bpe) => bpe.text_of(id),
            Self::WordPiece(WordPiece { names, .. }) | Self::WordLevel(WordLevel { names, .. }) => {
                names.texts.get(&id).cloned()
            }
            Self::Unigram(model) => model.tokens.get(id as usize).map(|(text, _)| text.clone()),
        }
    }

    /// Returns whether there is a token for what is unknown, or none is needed.
    pub fn knows_the_unknown(&self) -> bool {
        match self {
            Self::Bpe(bpe) => bpe.knows_the_unknown(),
            Self::WordPiece(model) => model.names.ids.contains_key(&model.unknown),
            Self::WordLevel(model) => model.names.ids.contains_key(&model.unknown),
            Self::Unigram(model) => model.unknown.is_some(),
        }
    }

    /// Returns how many tokens there are: where the ids of added ones begin.
    pub fn len(&self) -> usize {
        match self {
            Self::Bpe(bpe) => bpe.len(),
            Self::WordPiece(WordPiece { names, .. }) | Self::WordLevel(WordLevel { names, .. }) => {
                names.ids.len()
            }
            Self::Unigram(model) => model.tokens.len(),
        }
    }

    /// Returns one more than the highest id.
    pub fn size(&self) -> usize {
        let highest = match self {
            Self::Bpe(bpe) => bpe.highest(),
            Self::WordPiece(WordPiece { names, .. }) | Self::WordLevel(WordLevel { names, .. }) => {
                names.texts.keys().max().copied()
            }
            Self::Unigram(model) => return model.tokens.len(),
        };
        highest.map_or(0, |id| id as usize + 1)
    }
}

fn text<'a>(model: &'a Value, name: &str) -> Result<&'a str, Error> {
    match model.get(name) {
        Value::String(text) => Ok(text),
        _ => Err(broken(&format!("model.{name}"), "a string is wanted")),
    }
}

/// Returns a string that may be absent; it stands before or behind tokens.
fn affix(model: &Value, name: &str) -> Result<Option<String>, Error> {
    match model.get(name) {
        Value::Null => Ok(None),
        Value::String(text) if text.len() <= MAX_AFFIX => Ok(Some(text.clone())),
        Value::String(text) => {
            Err(limit(&format!("the length of model.{name}"), text.len() as u64, MAX_AFFIX as u64))
        }
        _ => Err(broken(&format!("model.{name}"), "a string is wanted")),
    }
}

pub(super) fn flag(model: &Value, name: &str) -> Result<bool, Error> {
    match model.get(name) {
        Value::Null => Ok(false),
        Value::Bool(flag) => Ok(*flag),
        _ => Err(broken(&format!("model.{name}"), "true or false is wanted")),
    }
}

fn bpe(model: &Value, tokens: Vec<(String, u32)>, merges: Vec<(String, String)>) -> Result<Model, Error> {
    let never = |number: &String| number.parse() == Ok(0.0);
    if !matches!(model.get("dropout"), Value::Null)
        && !matches!(model.get("dropout"), Value::Number(p) if never(p))
    {
        return Err(unsupported("model.dropout", "it draws lots, so no count is the count"));
    }
    let unknown = match model.get("unk_token") {
        Value::Null => None,
        _ => Some(text(model, "unk_token")?.to_owned()),
    };
    let vocab: AHashMap<String, u32> = tokens.into_iter().collect();
    let prefix = affix(model, "continuing_subword_prefix")?;
    let longest = vocab.keys().map(String::len).max().unwrap_or(0);
    let length = prefix.as_deref().unwrap_or("").len();
    for (left, right) in &merges {
        // The reference joins the two unseen.
        let fits = right.is_char_boundary(length) && left.len() + right.len() - length <= longest;
        if !fits || !vocab.contains_key(left) || !vocab.contains_key(right) {
            return Err(broken("model.merges", "a merge is of no two tokens, or makes none"));
        }
    }
    let suffix = affix(model, "end_of_word_suffix")?;
    let flags = [flag(model, "fuse_unk")?, flag(model, "byte_fallback")?, flag(model, "ignore_merges")?];
    Ok(Model::Bpe(Box::new(Bpe::new(vocab, merges, unknown, prefix, suffix, flags)?)))
}

pub(super) fn cannot(what: &str) -> Error {
    Error::new(ErrorKind::CannotCount, format!("this text cannot be counted: {what}"))
}

/// Returns a token without its text, which nobody asks for.
pub(super) fn bare(id: u32, from: usize, to: usize) -> Token {
    Token::new(id, String::new(), (from, to))
}

/// The longest tokens from the left; a word of which a part is none is unknown as a whole.
pub(super) struct WordPiece {
    names: Names,
    unknown: String,
    prefix: String,
    most_characters: usize,
}

impl WordPiece {
    fn new(model: &Value, tokens: Vec<(String, u32)>) -> Result<Self, Error> {
        let most = whole(model.get("max_input_chars_per_word"));
        let most =
            most.ok_or_else(|| broken("model.max_input_chars_per_word", "a whole number is wanted"))?;
        let names = Names::new(tokens);
        if names.longest > MAX_TOKEN {
            return Err(limit("the length of the longest token", names.longest as u64, MAX_TOKEN as u64));
        }
        Ok(Self {
            names,
            unknown: text(model, "unk_token")?.to_owned(),
            prefix: affix(model, "continuing_subword_prefix")?
                .ok_or_else(|| broken("model.continuing_subword_prefix", "a string is wanted"))?,
            most_characters: most,
        })
    }

    fn tokens(&self, word: &str) -> Result<Vec<Token>, Error> {
        let mut tokens = Vec::new();
        let mut from = 0;
        let mut text = String::new();
        if word.chars().count() <= self.most_characters {
            while from < word.len() {
                let prefix = if from > 0 { self.prefix.as_str() } else { "" };
                // Nothing that is longer than the longest token is one.
                let reach = self.names.longest.saturating_sub(prefix.len());
                let end = word.floor_char_boundary(from.saturating_add(reach));
                text.clear();
                text.push_str(prefix);
                text.push_str(&word[from..end.max(from)]);
                let found = loop {
                    if text.len() == prefix.len() {
                        break None;
                    }
                    if let Some(&id) = self.names.ids.get(&text) {
                        break Some(id);
                    }
                    text.pop();
                };
                let Some(id) = found else { break };
                let to = from + text.len() - prefix.len();
                tokens.push(bare(id, from, to));
                from = to;
            }
            if from == word.len() {
                return Ok(tokens);
            }
        }
        let id = self.names.ids.get(&self.unknown);
        let id = id.ok_or_else(|| cannot("it has an unknown word, and the tokenizer no token for such"))?;
        Ok(vec![bare(*id, 0, word.len())])
    }
}

/// Whole words.
pub(super) struct WordLevel {
    names: Names,
    unknown: String,
}

impl WordLevel {
    fn tokens(&self, word: &str) -> Result<Vec<Token>, Error> {
        let id = self.names.ids.get(word).or_else(|| self.names.ids.get(&self.unknown));
        let id = id.ok_or_else(|| cannot("it has an unknown word, and the tokenizer no token for such"))?;
        Ok(vec![bare(*id, 0, word.len())])
    }
}
