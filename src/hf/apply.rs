//! The steps of a tokenizer.json, done: on a text that is normalized, on its pieces, and on tokens that are decoded. What the
//! crate would do wrongly, or not at all, is an error.

use super::budget::Budget;
use super::pattern::{Find, Stretch};
use super::steps::{Cut, Decode, Normalize};
use super::{
    BertPreTokenizer, ByteFallback, ByteLevel, CharDelimiterSplit, Decoder, Digits, Failure, FixedLength,
    MAX_NORMALIZED, Nmt, NormalizedString, Normalizer, Pattern, PreTokenizedString, PreTokenizer,
    Punctuation, Range, SplitDelimiterBehavior, StripAccents, UnicodeScripts, Whitespace, WhitespaceSplit,
    failed,
};
use crate::error::{Error, ErrorKind};
use crate::json::limit;

/// Normalizes a text. What the crate would do wrongly or not at all is an error.
pub(super) fn normalize(
    steps: &[Normalize],
    text: &mut NormalizedString,
    budget: &mut Budget,
) -> Result<(), Error> {
    for step in steps {
        step.apply(text, budget)?;
        if text.len() > MAX_NORMALIZED {
            return Err(limit(
                "the length of the normalized text in bytes",
                text.len() as u64,
                MAX_NORMALIZED as u64,
            ));
        }
        budget.made = budget.made.saturating_add(text.len());
        let made = budget.made / steps.len();
        if made > budget.most_made {
            let what = "the length in bytes of what the normalizer makes of all pieces";
            return Err(limit(what, made as u64, budget.most_made as u64));
        }
    }
    Ok(())
}

/// Checks that the crate's transformation of a whole text would be of the whole: not if a step before left a part
/// that it takes to come from nowhere.
fn check_whole(text: &NormalizedString) -> Result<(), Error> {
    match text.convert_offsets(Range::Original(..)) {
        Some(range) if range != (0..text.len()) => {
            let message =
                "this text cannot be counted: a normalizer works on a part that another one put there";
            Err(Error::new(ErrorKind::CannotCount, message))
        }
        _ => Ok(()),
    }
}

/// What was found, for the crate.
struct Found(Vec<Stretch>);

impl Pattern for Found {
    fn find_matches(&self, _: &str) -> Result<Vec<Stretch>, Failure> {
        Ok(self.0.clone())
    }
}

impl Normalize {
    fn apply(&self, text: &mut NormalizedString, budget: &mut Budget) -> Result<(), Error> {
        if !matches!(self, Self::Replace(..) | Self::Prepend(_)) {
            check_whole(text)?;
        }
        match self {
            Self::Bert(bert) => bert.normalize(text).map_err(failed)?,
            Self::Strip { left: true, right: true } => drop(text.strip()),
            Self::Strip { left: true, .. } => drop(text.lstrip()),
            Self::Strip { right: true, .. } => drop(text.rstrip()),
            Self::Strip { .. } => {}
            Self::StripAccents => StripAccents.normalize(text).map_err(failed)?,
            Self::Nfc => drop(text.nfc()),
            Self::Nfd => drop(text.nfd()),
            Self::Nfkc => drop(text.nfkc()),
            Self::Nfkd => drop(text.nfkd()),
            Self::Lowercase => drop(text.lowercase()),
            Self::Nmt => Nmt.normalize(text).map_err(failed)?,
            Self::Precompiled(charsmap) => charsmap.normalize(text).map_err(failed)?,
            Self::Replace(find, content) => {
                let found = find.stretches(text.get(), budget)?;
                let number = found.iter().filter(|(_, is_match)| *is_match).count();
                let most = number.saturating_mul(content.len()).saturating_add(text.len());
                if most > MAX_NORMALIZED {
                    return Err(limit(
                        "the length of the normalized text in bytes",
                        most as u64,
                        MAX_NORMALIZED as u64,
                    ));
                }
                text.replace(Found(found), content).map_err(failed)?;
            }
            Self::Prepend(_) if text.is_empty() => {}
            Self::Prepend(prepend) if prepend.is_empty() => {}
            Self::Prepend(prepend) => drop(text.prepend(prepend)),
            Self::ByteLevel => to_byte_level(text)?,
        }
        Ok(())
    }
}

/// Writes each byte as the character that stands for it.
fn to_byte_level(text: &mut NormalizedString) -> Result<(), Error> {
    if text.is_empty() {
        return Ok(());
    }
    let length: usize = text.get().bytes().map(|byte| byte_character(byte).len_utf8()).sum();
    if length > MAX_NORMALIZED {
        return Err(limit(
            "the length of the normalized text in bytes",
            length as u64,
            MAX_NORMALIZED as u64,
        ));
    }
    check_whole(text)?;
    let mut written = Vec::with_capacity(text.len());
    let mut buffer = [0; 4];
    for c in text.get().chars() {
        let bytes = c.encode_utf8(&mut buffer).bytes();
        written.extend(bytes.enumerate().map(|(place, byte)| (byte_character(byte), isize::from(place > 0))));
    }
    text.transform(written, 0);
    Ok(())
}

/// Returns the character that stands for a byte in GPT-2's vocabulary and since.
fn byte_character(byte: u8) -> char {
    let stands_for = match byte {
        0..=0x20 => 0x100 + u32::from(byte),
        0x7f..=0xa0 => 0x121 + u32::from(byte - 0x7f),
        0xad => 0x143,
        _ => u32::from(byte),
    };
    char::from_u32(stands_for).unwrap_or(char::REPLACEMENT_CHARACTER)
}

impl Cut {
    pub fn apply(
        &self,
        text: &mut PreTokenizedString,
        byte_level: &Find,
        budget: &mut Budget,
    ) -> Result<(), Failure> {
        match self {
            Self::Bert => BertPreTokenizer.pre_tokenize(text),
            Self::ByteLevel { prefix, expression } => {
                text.split(|_, mut piece| {
                    if *prefix && !piece.get().starts_with(' ') {
                        piece.prepend(" ");
                    }
                    if *expression {
                        let found = Found(byte_level.stretches(piece.get(), budget)?);
                        piece.split(found, SplitDelimiterBehavior::Isolated)
                    } else {
                        Ok(vec![piece])
                    }
                })?;
                text.normalize(|piece| Ok(to_byte_level(piece)?))
            }
            Self::Delimiter(delimiter) => CharDelimiterSplit::new(*delimiter).pre_tokenize(text),
            Self::Metaspace(metaspace) => metaspace.pre_tokenize(text),
            Self::Whitespace => Whitespace.pre_tokenize(text),
            Self::WhitespaceSplit => WhitespaceSplit.pre_tokenize(text),
            Self::Split { find, behavior, invert } => text.split(|_, piece| {
                let mut found = find.stretches(piece.get(), budget)?;
                for (_, is_match) in &mut found {
                    *is_match ^= invert;
                }
                piece.split(Found(found), *behavior)
            }),
            Self::Punctuation(behavior) => Punctuation::new(*behavior).pre_tokenize(text),
            Self::Digits(individual) => Digits::new(*individual).pre_tokenize(text),
            Self::UnicodeScripts => UnicodeScripts::new().pre_tokenize(text),
            Self::FixedLength(length) => FixedLength::new(*length).pre_tokenize(text),
        }
    }
}

impl Decode {
    pub fn decode(&self, tokens: Vec<String>, budget: &mut Budget) -> Result<Vec<String>, Error> {
        if tokens.is_empty() {
            return Ok(tokens);
        }
        match self {
            Self::Bpe(decoder) => decoder.decode_chain(tokens),
            Self::ByteLevel => ByteLevel::default().decode_chain(tokens),
            Self::WordPiece(decoder) => decoder.decode_chain(tokens),
            Self::Metaspace(decoder) => decoder.decode_chain(tokens),
            Self::Ctc(decoder) => decoder.decode_chain(tokens),
            Self::Fuse => return Ok(vec![tokens.concat()]),
            Self::ByteFallback => ByteFallback::new().decode_chain(tokens),
            Self::Strip { content, start, stop } => {
                return Ok(tokens.into_iter().map(|token| strip(&token, *content, *start, *stop)).collect());
            }
            Self::Replace(find, content) => {
                return tokens.into_iter().map(|token| replace(&token, find, content, budget)).collect();
            }
        }
        .map_err(failed)
    }
}

/// Takes a character from both ends of a token, so many times at most.
fn strip(token: &str, content: char, start: usize, stop: usize) -> String {
    let lead = token.chars().take(start).take_while(|&c| c == content).count();
    let kept = &token[lead * content.len_utf8()..];
    let trail = kept.chars().rev().take(stop).take_while(|&c| c == content).count();
    kept[..kept.len() - trail * content.len_utf8()].to_owned()
}

fn replace(token: &str, find: &Find, content: &str, budget: &mut Budget) -> Result<String, Error> {
    let mut text = String::new();
    for ((from, to), is_match) in find.stretches(token, budget)? {
        text.push_str(if is_match { content } else { &token[from..to] });
        if text.len() > MAX_NORMALIZED {
            return Err(limit(
                "the length of the decoded text in bytes",
                text.len() as u64,
                MAX_NORMALIZED as u64,
            ));
        }
    }
    Ok(text)
}
