//! What a tokenizer.json holds: its tokens and merges, read some at a time.

use super::merges::{Check, Merges};
use super::names::{Names, byte_name, real_bytes, spaced};
use super::outline::Outline;
use super::reader::Reader;
use super::shape::{self, Shape};
use super::{JsonOptions, STEP_ITEMS, invalid, unsupported};
use crate::error::Error;
use crate::vocab::{Definition, Header, MAX_ID, MAX_TOKENS, NONE, Special, Symbols, Unpacked};

/// What is known of a tokenizer.json while its lists are read.
pub(super) struct Parts {
    pub outline: Outline,
    pub shape: Shape,
    pub names: Names,
    pub merges: Merges,
    pub added: Vec<Special>,
    /// The added tokens in order of their texts.
    pub by_text: Vec<u32>,
    /// Whether a token, by its place, is an added one too.
    is_added: Vec<bool>,
    /// The ids that the vocabulary has, as bits.
    seen: Vec<u64>,
    /// Tokens that spell no bytes, and their ids.
    unspelled: Vec<(String, u32)>,
    /// How many tokens the vocabulary lists.
    pub listed: u32,
    /// Where the list is read on, and whether its first item is still to come.
    at: usize,
    first: bool,
}

impl Parts {
    pub fn new(file: &[u8], outline: Outline) -> Result<Self, Error> {
        let part = |name: &str| outline.part(file, name);
        let shape = Shape::of(&part("normalizer")?, &part("pre_tokenizer")?, &outline.model(file)?)?;
        shape::check_processor(&part("post_processor")?)?;
        let (Some(vocab), Some(_)) = (outline.range("model.vocab"), outline.range("model.merges")) else {
            return Err(invalid(file.len(), "the model has no vocab or no merges"));
        };
        let at = vocab.start;
        let mut parts = Self::of(shape, outline, at);
        parts.read_added(file)?;
        Ok(parts)
    }

    pub fn of(shape: Shape, outline: Outline, at: usize) -> Self {
        Self {
            names: Names::new(shape.symbols, outline.tokens as usize),
            shape,
            merges: Merges::with_capacity(outline.tokens as usize),
            outline,
            added: Vec::new(),
            by_text: Vec::new(),
            is_added: Vec::new(),
            seen: Vec::new(),
            unspelled: Vec::new(),
            listed: 0,
            at,
            first: true,
        }
    }

    /// Reads some tokens; returns whether all are read.
    pub fn read_vocab(&mut self, file: &[u8]) -> Result<bool, Error> {
        let mut reader = Reader { bytes: file, at: self.at };
        if self.first {
            reader.expect(b'{')?;
        }
        let (mut text, mut bytes) = (String::new(), Vec::new());
        for _ in 0..STEP_ITEMS {
            if !reader.next_item(b'}', &mut self.first)? {
                self.names.check_bytes()?;
                self.give_ids()?;
                self.at = self.outline.range("model.merges").map_or(0, |range| range.start);
                self.first = true;
                return Ok(true);
            }
            reader.string(&mut text)?;
            reader.expect(b':')?;
            let id = reader.whole(u64::from(u32::MAX))?;
            self.listed += 1;
            self.see(id, &text)?;
            let added = self.added_place(&text);
            if let Some(added) = added {
                self.added[added].id = id as u32;
            }
            self.add_name(&text, &mut bytes, id, added.is_some())?;
        }
        self.at = reader.at;
        Ok(false)
    }

    /// Notes that a token has an id: the reference knows tokens by them, so two with one are more than two.
    fn see(&mut self, id: u64, text: &str) -> Result<(), Error> {
        let word = (id / 64).min(MAX_ID / 64) as usize;
        self.seen.resize(self.seen.len().max(word + 1), 0_u64);
        let bit = 1 << (id % 64);
        if id < MAX_ID && self.seen[word] & bit != 0 {
            return Err(unsupported("model.vocab", &format!("\"{text}\" with the id {id} of another")));
        }
        self.seen[word] |= bit;
        Ok(())
    }

    /// Adds a token by its string.
    fn add_name(&mut self, text: &str, bytes: &mut Vec<u8>, id: u64, is_added: bool) -> Result<(), Error> {
        if self.names.len() == MAX_TOKENS + self.added.len() {
            return Err(unsupported("model.vocab", &format!("with more than {MAX_TOKENS} tokens")));
        }
        if self.names.symbols == Symbols::Characters {
            if let Some(byte) = byte_name(text) {
                self.names.add_byte(byte, id)?;
                self.is_added.push(is_added);
                return Ok(());
            }
            if text.contains(' ') {
                return if is_added {
                    Ok(())
                } else {
                    Err(unsupported("model.vocab", &format!("\"{text}\", with a space")))
                };
            }
            spaced(text, bytes);
        } else if !real_bytes(text, bytes) {
            // No text has it, unless it is an added token.
            if !is_added {
                self.unspelled.push((text.to_owned(), id as u32));
            }
            return if self.shape.whole_pieces && !is_added || id >= MAX_ID {
                Err(unsupported("model.vocab", &format!("\"{text}\", which spells no bytes")))
            } else {
                Ok(())
            };
        }
        self.names.add(bytes, id)?;
        self.is_added.push(is_added);
        Ok(())
    }

    /// Reads some merges; returns whether all are read.
    pub fn read_merges(&mut self, file: &[u8]) -> Result<bool, Error> {
        let mut reader = Reader { bytes: file, at: self.at };
        if self.first {
            reader.expect(b'[')?;
        }
        let mut text = [String::new(), String::new()];
        let mut bytes = Vec::new();
        let mut places = [NONE; 2];
        let mut made_last = 0;
        for _ in 0..STEP_ITEMS {
            if !reader.next_item(b']', &mut self.first)? {
                return Ok(true);
            }
            reader.peek();
            let at = reader.at;
            let [line, second] = &mut text;
            if reader.takes(b'[') {
                reader.string(line)?;
                reader.expect(b',')?;
                reader.string(second)?;
                reader.expect(b']')?;
            } else {
                reader.string(line)?;
                if line.starts_with("#version") {
                    continue;
                }
                let parts = line.split_once(' ').filter(|(_, right)| !right.contains(' '));
                let (left, right) =
                    parts.ok_or_else(|| invalid(at, "a merge of two tokens is wanted here"))?;
                second.replace_range(.., right);
                let length = left.len();
                line.truncate(length);
            }
            let mut joined = 0;
            for (part, place) in text.iter().zip(&mut places) {
                let known = self.spell(part, &mut bytes) && byte_name(part).is_none();
                *place = if known { self.names.place_of(&bytes) } else { NONE };
                joined += bytes.len();
            }
            let [left, right] = places;
            if left == NONE || right == NONE {
                return Err(unsupported(
                    "model.merges",
                    &format!("\"{}\" with \"{}\", that are not both tokens", text[0], text[1]),
                ));
            }
            bytes.clear();
            bytes.extend_from_slice(self.names.bytes_of(left));
            bytes.extend_from_slice(self.names.bytes_of(right));
            // Files list the merges of a token one behind the other, and tokens as their merges.
            let made = if bytes.len() == joined { self.names.place_near(made_last, &bytes) } else { NONE };
            made_last = made;
            if made == NONE {
                return Err(unsupported(
                    "model.merges",
                    &format!("\"{}\" with \"{}\", that make no token", text[0], text[1]),
                ));
            }
            self.merges.add(left, right, made)?;
        }
        self.at = reader.at;
        Ok(false)
    }

    /// Puts the bytes that a string spells into `bytes`; returns whether it spells some.
    fn spell(&self, text: &str, bytes: &mut Vec<u8>) -> bool {
        if self.names.symbols == Symbols::Bytes {
            return real_bytes(text, bytes);
        }
        spaced(text, bytes);
        !text.contains(' ')
    }

    /// Puts all together.
    pub fn build(self, check: &Check, options: &JsonOptions) -> Result<Unpacked, Error> {
        let Self { shape, added, is_added, unspelled, .. } = self;
        let is_kept =
            |place: u32| shape.whole_pieces || !is_added.get(place as usize).is_some_and(|&added| added);
        let (mut definitions, mut texts, mut ids) = check.definitions(&is_kept);
        for (text, id) in unspelled {
            definitions.push(Definition::Text { start: texts.len() as u32, length: text.len() as u32 });
            texts.extend_from_slice(text.as_bytes());
            ids.push(id);
        }
        let literals = added.iter().filter(|token| token.literal).count();
        if definitions.len() + literals > MAX_TOKENS {
            return Err(unsupported("model.vocab", &format!("with more than {MAX_TOKENS} tokens")));
        }
        let header = Header {
            name: options.name.clone(),
            normalizer: shape.normalizer,
            pattern: shape.pattern,
            symbols: shape.symbols,
            whole_pieces: shape.whole_pieces,
            base: None,
            specials: added,
        };
        Ok(Unpacked { header, definitions, texts, ids })
    }
}
