//! The steps of a tokenizer: what it does to a text, how it cuts it, and how it puts tokens together again. Each is read from its
//! part of the file; what the part lacks, or what it asks for that cannot be done safely, is an error that names it.

use super::charsmap;
use super::file::{broken, whole};
use super::pattern::Find;
use super::{
    BertNormalizer, BpeDecoder, Ctc, Metaspace, Precompiled, PrependScheme, SplitDelimiterBehavior,
    WordPieceDecoder,
};
use crate::error::Error;
use crate::json::value::Value;
use crate::json::{limit, unsupported};

/// The most steps of one kind.
const MAX_STEPS: usize = 64;
/// The longest string that a step puts into a text, in bytes.
const MAX_CONTENT: usize = 1 << 10;

pub(super) enum Normalize {
    Bert(BertNormalizer),
    Strip { left: bool, right: bool },
    StripAccents,
    Nfc,
    Nfd,
    Nfkc,
    Nfkd,
    Lowercase,
    Nmt,
    Precompiled(Box<Precompiled>),
    Replace(Find, String),
    Prepend(String),
    ByteLevel,
}

pub(super) enum Cut {
    Bert,
    ByteLevel { prefix: bool, expression: bool },
    Delimiter(char),
    Metaspace(Metaspace),
    Whitespace,
    WhitespaceSplit,
    Split { find: Find, behavior: SplitDelimiterBehavior, invert: bool },
    Punctuation(SplitDelimiterBehavior),
    Digits(bool),
    UnicodeScripts,
    FixedLength(usize),
}

pub(super) enum Decode {
    Bpe(BpeDecoder),
    ByteLevel,
    WordPiece(WordPieceDecoder),
    Metaspace(Metaspace),
    Ctc(Ctc),
    Replace(Find, String),
    Fuse,
    Strip { content: char, start: usize, stop: usize },
    ByteFallback,
}

/// A part of a file, and how messages name it.
#[derive(Clone, Copy)]
struct Part<'a> {
    value: &'a Value,
    name: &'a str,
}

impl<'a> Part<'a> {
    fn broken(self, key: &str, wanted: &str) -> Error {
        broken(self.name, &format!("{key} of {:?} is not {wanted}", self.value.get("type").str()))
    }

    fn flag(self, key: &str) -> Result<bool, Error> {
        match self.value.get(key) {
            Value::Bool(flag) => Ok(*flag),
            _ => Err(self.broken(key, "true or false")),
        }
    }

    fn flag_or(self, key: &str, absent: bool) -> Result<bool, Error> {
        if *self.value.get(key) == Value::Null { Ok(absent) } else { self.flag(key) }
    }

    fn string(self, key: &str) -> Result<&'a str, Error> {
        match self.value.get(key) {
            Value::String(text) if text.len() <= MAX_CONTENT => Ok(text),
            Value::String(text) => Err(limit(
                &format!("the length of {key} in {}", self.name),
                text.len() as u64,
                MAX_CONTENT as u64,
            )),
            _ => Err(self.broken(key, "a string")),
        }
    }

    fn character(self, key: &str) -> Result<char, Error> {
        let mut characters = self.string(key)?.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(character),
            _ => Err(self.broken(key, "a character")),
        }
    }

    fn whole(self, key: &str) -> Result<usize, Error> {
        whole(self.value.get(key)).ok_or_else(|| self.broken(key, "a whole number"))
    }

    fn find(self, key: &str) -> Result<Find, Error> {
        let pattern = self.value.get(key);
        let name = format!("{}.{key}", self.name);
        match pattern {
            Value::Object(members) if members.len() == 1 => match (members[0].0.as_str(), &members[0].1) {
                ("String", Value::String(text)) if text.len() <= MAX_CONTENT => Find::text(text, &name),
                ("Regex", Value::String(source)) => Find::expression(source, &name),
                _ => Err(self.broken(key, "a String or Regex")),
            },
            _ => Err(self.broken(key, "a String or Regex")),
        }
    }

    fn behavior(self, key: &str) -> Result<SplitDelimiterBehavior, Error> {
        match self.value.get(key).str() {
            "Removed" => Ok(SplitDelimiterBehavior::Removed),
            "Isolated" => Ok(SplitDelimiterBehavior::Isolated),
            "MergedWithPrevious" => Ok(SplitDelimiterBehavior::MergedWithPrevious),
            "MergedWithNext" => Ok(SplitDelimiterBehavior::MergedWithNext),
            "Contiguous" => Ok(SplitDelimiterBehavior::Contiguous),
            _ => Err(self.broken(key, "a behaviour")),
        }
    }

    fn metaspace(self) -> Result<Metaspace, Error> {
        let scheme = match self.value.get("prepend_scheme") {
            Value::String(scheme) if scheme == "first" => PrependScheme::First,
            Value::String(scheme) if scheme == "never" => PrependScheme::Never,
            Value::String(scheme) if scheme == "always" => PrependScheme::Always,
            Value::Null => PrependScheme::Always,
            _ => return Err(self.broken("prepend_scheme", "first, always or never")),
        };
        if scheme != PrependScheme::Never && !self.flag_or("add_prefix_space", true)? {
            return Err(self.broken("add_prefix_space", "what prepend_scheme says"));
        }
        Ok(Metaspace::new(self.character("replacement")?, scheme, self.flag_or("split", true)?))
    }
}

/// Returns the steps of a part in order; sequences may hold sequences.
fn steps<T>(
    part: &Value,
    name: &str,
    list: &str,
    step: impl Fn(Part<'_>, &str) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let mut steps = Vec::new();
    let mut open = Vec::new();
    if *part != Value::Null {
        open.push(part);
    }
    while let Some(value) = open.pop() {
        let part = Part { value, name };
        let kind = match value.get("type") {
            Value::String(kind) => kind.as_str(),
            _ => return Err(broken(name, "a step without a type")),
        };
        if kind != "Sequence" {
            steps.push(step(part, kind)?);
        } else if let Value::Array(items) = value.get(list) {
            open.extend(items.iter().rev());
        } else {
            return Err(part.broken(list, "a list"));
        }
        if steps.len() + open.len() > MAX_STEPS {
            return Err(limit(
                &format!("the number of steps in {name}"),
                (steps.len() + open.len()) as u64,
                MAX_STEPS as u64,
            ));
        }
    }
    Ok(steps)
}

impl Normalize {
    pub fn steps(part: &Value) -> Result<Vec<Self>, Error> {
        steps(part, "normalizer", "normalizers", |part, kind| {
            Ok(match kind {
                "BertNormalizer" | "Bert" => {
                    let accents = match part.value.get("strip_accents") {
                        Value::Null => None,
                        _ => Some(part.flag("strip_accents")?),
                    };
                    let [clean, chinese] = [part.flag("clean_text")?, part.flag("handle_chinese_chars")?];
                    Self::Bert(BertNormalizer::new(clean, chinese, accents, part.flag("lowercase")?))
                }
                "Strip" => Self::Strip { left: part.flag("strip_left")?, right: part.flag("strip_right")? },
                "StripAccents" => Self::StripAccents,
                "NFC" => Self::Nfc,
                "NFD" => Self::Nfd,
                "NFKC" => Self::Nfkc,
                "NFKD" => Self::Nfkd,
                "Lowercase" => Self::Lowercase,
                "Nmt" => Self::Nmt,
                "Precompiled" => match part.value.get("precompiled_charsmap") {
                    Value::String(base64) => Self::Precompiled(Box::new(charsmap::read(base64)?)),
                    _ => return Err(part.broken("precompiled_charsmap", "a string")),
                },
                "Replace" => Self::Replace(part.find("pattern")?, part.string("content")?.to_owned()),
                "Prepend" => Self::Prepend(part.string("prepend")?.to_owned()),
                "ByteLevel" => Self::ByteLevel,
                _ => return Err(unsupported("normalizer", kind)),
            })
        })
    }
}

impl Cut {
    pub fn steps(part: &Value) -> Result<Vec<Self>, Error> {
        steps(part, "pre_tokenizer", "pretokenizers", |part, kind| {
            Ok(match kind {
                "BertPreTokenizer" => Self::Bert,
                "ByteLevel" => {
                    part.flag("trim_offsets")?;
                    let prefix = part.flag("add_prefix_space")?;
                    Self::ByteLevel { prefix, expression: part.flag_or("use_regex", true)? }
                }
                "Delimiter" | "CharDelimiterSplit" => Self::Delimiter(part.character("delimiter")?),
                "Metaspace" => Self::Metaspace(part.metaspace()?),
                "Whitespace" => Self::Whitespace,
                "WhitespaceSplit" => Self::WhitespaceSplit,
                "Split" => Self::Split {
                    find: part.find("pattern")?,
                    behavior: part.behavior("behavior")?,
                    invert: part.flag("invert")?,
                },
                "Punctuation" => Self::Punctuation(match part.value.get("behavior") {
                    Value::Null => SplitDelimiterBehavior::Isolated,
                    _ => part.behavior("behavior")?,
                }),
                "Digits" => Self::Digits(part.flag("individual_digits")?),
                "UnicodeScripts" => Self::UnicodeScripts,
                "FixedLength" => {
                    let length = match part.value.get("length") {
                        Value::Null => 5,
                        _ => part.whole("length")?,
                    };
                    if length == 0 {
                        return Err(part.broken("length", "more than 0"));
                    }
                    Self::FixedLength(length)
                }
                _ => return Err(unsupported("pre_tokenizer", kind)),
            })
        })
    }
}

impl Decode {
    pub fn steps(part: &Value) -> Result<Vec<Self>, Error> {
        steps(part, "decoder", "decoders", |part, kind| {
            Ok(match kind {
                "BPEDecoder" => Self::Bpe(BpeDecoder::new(part.string("suffix")?.to_owned())),
                "ByteLevel" => Self::ByteLevel,
                "WordPiece" => {
                    let prefix = part.string("prefix")?.to_owned();
                    Self::WordPiece(WordPieceDecoder::new(prefix, part.flag("cleanup")?))
                }
                "Metaspace" => Self::Metaspace(part.metaspace()?),
                "CTC" => {
                    let delimiter = part.string("word_delimiter_token")?.to_owned();
                    Self::Ctc(Ctc::new(
                        part.string("pad_token")?.to_owned(),
                        delimiter,
                        part.flag("cleanup")?,
                    ))
                }
                "Replace" => Self::Replace(part.find("pattern")?, part.string("content")?.to_owned()),
                "Fuse" => Self::Fuse,
                "Strip" => Self::Strip {
                    content: part.character("content")?,
                    start: part.whole("start")?,
                    stop: part.whole("stop")?,
                },
                "ByteFallback" => Self::ByteFallback,
                _ => return Err(unsupported("decoder", kind)),
            })
        })
    }
}
