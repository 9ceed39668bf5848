//! Reads the tokenizers of others: Hugging Face's tokenizer.json, rank files in the format of `tiktoken`, and Mistral's
//! tekken.json.
//!
//! A file becomes an [`Encoding`] only if it has one of the shapes that are known to be counted exactly (`shape.rs`), and if its
//! merges say so (`merges.rs`). Whatever bytes come, they are read in steps, without recursion, and within the limits
//! below.

mod merges;
mod names;
pub(crate) mod outline;
mod ranks;
pub(crate) mod reader;
mod shape;
pub(crate) mod value;

use crate::encoding::Encoding;
use crate::error::{Error, ErrorKind};
use crate::split::Pattern;
use crate::vocab::{
    Added, AddedToken, Building, Definition, Header, MAX_ADDED, MAX_ID, MAX_TOKENS, NONE, Special, Symbols, Unpacked,
    in_order, stand_in,
};
use merges::{Check, Merges};
use names::{Names, byte_name, real_bytes, spaced};
use outline::Outline;
use reader::Reader;
use shape::Shape;
use value::Value;

/// The most bytes that a file may have.
pub const MAX_FILE: usize = 64 << 20;
/// The most tokens that a file may list.
pub const MAX_FILE_TOKENS: u64 = 2_000_000;
/// The deepest that its arrays and objects may be nested.
pub const MAX_NESTING: usize = 64;
/// The most merges that it may list.
pub const MAX_MERGES: usize = 1 << 22;
/// The most bytes that a part may have that is neither the list of tokens nor that of merges.
pub const MAX_PART: usize = 4 << 20;
/// The most bytes that the list of added tokens may have.
const MAX_ADDED_BYTES: usize = 16 << 20;
/// The longest token that is taken, in bytes.
const MAX_TOKEN: usize = 2047;

/// Bytes, items and neighbours of a step: a few milliseconds.
const STEP_BYTES: usize = 1 << 19;
const STEP_ITEMS: usize = 1 << 13;
const STEP_WORK: usize = 1 << 16;

/// What is not in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonOptions {
    /// The name of the encoding.
    pub name: String,
    /// How texts are cut, for a rank file: it does not say.
    pub pattern: Option<Pattern>,
}

impl Encoding {
    /// Reads a tokenizer.json, a rank file of a known vocabulary, or a tekken.json.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidTokenizer`] if it is malformed, [`UnsupportedTokenizer`](ErrorKind::UnsupportedTokenizer) if it is
    /// not of a shape that is counted exactly, [`LimitExceeded`](ErrorKind::LimitExceeded). No bytes make it panic.
    ///
    /// # Complexity
    /// Linear in the bytes of the file; it takes no more than about six times as much memory.
    pub fn from_json(file: &[u8]) -> Result<Self, Error> {
        Self::from_json_with(file, JsonOptions::default())
    }

    /// Reads such a file, with what it does not say.
    ///
    /// # Errors
    /// Those of [`from_json`](Self::from_json).
    ///
    /// # Complexity
    /// That of [`from_json`](Self::from_json).
    pub fn from_json_with(file: &[u8], options: JsonOptions) -> Result<Self, Error> {
        let mut loader = JsonLoader::new(file.to_vec(), options)?;
        while !loader.step()? {}
        loader.finish()
    }
}

/// Reads a file in steps, so that a page can do something else between them.
pub(crate) struct JsonLoader {
    file: Vec<u8>,
    options: JsonOptions,
    stage: Stage,
}

enum Stage {
    Outline(Outline),
    Vocab(Box<Parts>),
    Merges(Box<Parts>),
    Check(Box<Parts>, Check),
    Building(Building),
    Failed,
}

/// What is known of a tokenizer.json while its lists are read.
pub(crate) struct Parts {
    outline: Outline,
    shape: Shape,
    names: Names,
    merges: Merges,
    added: Vec<AddedToken>,
    /// The added tokens in order of their texts.
    by_text: Vec<u32>,
    /// Whether a token, by its place, is an added one too.
    is_added: Vec<bool>,
    /// The ids that the vocabulary has, as bits.
    seen: Vec<u64>,
    /// Tokens that spell no bytes, and their ids.
    unspelled: Vec<(String, u32)>,
    /// How many tokens the vocabulary lists.
    listed: u32,
    /// Where the list is read on, and whether its first item is still to come.
    at: usize,
    first: bool,
}

impl JsonLoader {
    /// Begins to read a file.
    ///
    /// # Errors
    /// `LimitExceeded`; and of a rank file, which is read at once, all others.
    pub fn new(file: Vec<u8>, options: JsonOptions) -> Result<Self, Error> {
        if file.len() > MAX_FILE {
            return Err(limit("the length of the file in bytes", file.len() as u64, MAX_FILE as u64));
        }
        let is_json = matches!(Reader { bytes: &file, at: 0 }.peek(), b'{' | b'[' | 0);
        let stage = if is_json {
            Stage::Outline(Outline::default())
        } else {
            let (parts, check) = ranks::tiktoken(&file, options.pattern)?;
            Stage::Check(Box::new(parts), check)
        };
        Ok(Self { file, options, stage })
    }

    /// Does a few milliseconds' work; returns whether all is done.
    ///
    /// # Errors
    /// Those of the file.
    pub fn step(&mut self) -> Result<bool, Error> {
        if let Stage::Building(building) = &mut self.stage {
            return building.step().map_err(|error| unsupported("model", &error.to_string()));
        }
        self.stage = match std::mem::replace(&mut self.stage, Stage::Failed) {
            Stage::Outline(mut outline) => {
                if outline.step(&self.file, STEP_BYTES)? {
                    if outline.is_tekken() {
                        let (parts, check) = ranks::tekken(&self.file, &outline)?;
                        Stage::Check(Box::new(parts), check)
                    } else {
                        Stage::Vocab(Box::new(Parts::new(&self.file, outline)?))
                    }
                } else {
                    Stage::Outline(outline)
                }
            }
            Stage::Vocab(mut parts) => {
                if parts.read_vocab(&self.file)? { Stage::Merges(parts) } else { Stage::Vocab(parts) }
            }
            Stage::Merges(mut parts) => {
                if parts.read_merges(&self.file)? {
                    self.file = Vec::new();
                    let names = std::mem::replace(&mut parts.names, Names::new(Symbols::Bytes));
                    let merges = std::mem::take(&mut parts.merges);
                    Stage::Check(parts, Check::new(names, Box::new(merges)))
                } else {
                    Stage::Merges(parts)
                }
            }
            Stage::Check(parts, mut check) => {
                if check.step(STEP_WORK)? {
                    Stage::Building(parts.build(check, &self.options)?)
                } else {
                    Stage::Check(parts, check)
                }
            }
            Stage::Building(_) | Stage::Failed => {
                return Err(unsupported("model", "was refused already"));
            }
        };
        Ok(false)
    }

    /// Returns how much is done, of 1.
    #[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "only a page asks"))]
    pub fn progress(&self) -> f64 {
        let part = |done: usize, of: usize| (done as f64 / of.max(1) as f64).min(1.0);
        match &self.stage {
            Stage::Outline(outline) => 0.25 * part(outline.at(), self.file.len()),
            Stage::Vocab(parts) => 0.25 + 0.15 * part(parts.names.len(), parts.outline.tokens as usize),
            Stage::Merges(parts) => 0.4 + 0.2 * part(parts.merges.len(), parts.names.len()),
            Stage::Check(_, check) => 0.6 + 0.2 * part(check.done(), check.names.len()),
            Stage::Building(building) => 0.8 + 0.2 * building.progress(),
            Stage::Failed => 1.0,
        }
    }

    /// Returns the encoding; all steps that are left are done at once.
    ///
    /// # Errors
    /// Those of the file.
    pub fn finish(mut self) -> Result<Encoding, Error> {
        while !self.step()? {}
        match self.stage {
            Stage::Building(built) => Ok(Encoding::of(built.finish())),
            _ => Err(unsupported("model", "was not read to its end")),
        }
    }
}

impl Parts {
    fn new(file: &[u8], outline: Outline) -> Result<Self, Error> {
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

    fn of(shape: Shape, outline: Outline, at: usize) -> Self {
        Self {
            names: Names::new(shape.symbols),
            shape,
            outline,
            merges: Merges::default(),
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

    /// Reads the added tokens. Their ids are told by the vocabulary, or given one after another behind it.
    fn read_added(&mut self, file: &[u8]) -> Result<(), Error> {
        let Some(range) = self.outline.range("added_tokens") else { return Ok(()) };
        if range.len() > MAX_ADDED_BYTES {
            return Err(limit("the length of added_tokens in bytes", range.len() as u64, MAX_ADDED_BYTES as u64));
        }
        let mut reader = Reader { bytes: file, at: range.start };
        if reader.peek() != b'[' {
            return if reader.peek() == b'n' { Ok(()) } else { Err(reader.wanted("an array")) };
        }
        reader.expect(b'[')?;
        let mut normalized = Vec::new();
        let mut first = true;
        while reader.next_item(b']', &mut first)? {
            let at = reader.at;
            let token = Value::read(&mut reader)?;
            let text = token.get("content").str().to_owned();
            if !matches!(token.get("content"), Value::String(_)) {
                return Err(invalid(at, "an added token without content"));
            }
            if text.is_empty() {
                continue;
            }
            let is = |flag: &str| token.get(flag).is_true(false);
            let (special, strips) = (is("special"), [is("lstrip"), is("rstrip")]);
            let named = |what: &str| unsupported("added_tokens", &format!("\"{text}\" {what}"));
            if is("single_word") {
                return Err(named("with single_word"));
            }
            if !special && strips != [false; 2] {
                return Err(named("with lstrip or rstrip, and not special"));
            }
            if is("normalized") && self.shape.normalizer != crate::Normalizer::None {
                return Err(named("normalized"));
            }
            if !special && self.shape.normalizer == crate::Normalizer::PrefixedSpaces {
                return Err(named("that is not special, where a space is put before texts"));
            }
            if text.len() > MAX_TOKEN || self.added.len() == MAX_ADDED {
                return Err(named(&format!("beyond the limit of {MAX_TOKEN} bytes, or of {MAX_ADDED} tokens")));
            }
            self.added.push(AddedToken { id: NONE, text, special, strips });
            normalized.push(is("normalized"));
        }
        let added = &self.added;
        self.by_text = in_order(added.len(), &|a, b| added[a as usize].text < added[b as usize].text);
        for pair in self.by_text.windows(2) {
            let text = &added[pair[0] as usize].text;
            if *text == added[pair[1] as usize].text {
                return Err(unsupported("added_tokens", &format!("\"{text}\" twice")));
            }
        }
        check_turns(added, &normalized)
    }

    /// Reads some tokens; returns whether all are read.
    fn read_vocab(&mut self, file: &[u8]) -> Result<bool, Error> {
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

    /// Returns the place of an added token.
    fn added_place(&self, text: &str) -> Option<usize> {
        let found = self.by_text.binary_search_by(|&place| self.added[place as usize].text.as_str().cmp(text));
        found.ok().map(|found| self.by_text[found] as usize)
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
                return if is_added { Ok(()) } else { Err(unsupported("model.vocab", &format!("\"{text}\", with a space"))) };
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

    /// Gives ids to added tokens that the vocabulary does not list. Of two with one id the reference finds only one.
    fn give_ids(&mut self) -> Result<(), Error> {
        let mut next = self.listed;
        for token in &mut self.added {
            if token.id == NONE {
                token.id = next;
                next += 1;
            }
        }
        let added = &self.added;
        let order = in_order(added.len(), &|a, b| added[a as usize].id < added[b as usize].id);
        for pair in order.windows(2) {
            let [first, second] = [0, 1].map(|at| &added[pair[at] as usize]);
            if first.id == second.id {
                let texts = format!("\"{}\" and \"{}\" with one id", first.text, second.text);
                return Err(unsupported("added_tokens", &texts));
            }
        }
        Ok(())
    }

    /// Reads some merges; returns whether all are read.
    fn read_merges(&mut self, file: &[u8]) -> Result<bool, Error> {
        let mut reader = Reader { bytes: file, at: self.at };
        if self.first {
            reader.expect(b'[')?;
        }
        let mut text = [String::new(), String::new()];
        let mut bytes = Vec::new();
        let mut places = [NONE; 2];
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
                let (left, right) = parts.ok_or_else(|| invalid(at, "a merge of two tokens is wanted here"))?;
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
                return Err(unsupported("model.merges", &format!("\"{}\" with \"{}\", that are not both tokens", text[0], text[1])));
            }
            bytes.clear();
            bytes.extend_from_slice(self.names.bytes_of(left));
            bytes.extend_from_slice(self.names.bytes_of(right));
            let made = if bytes.len() == joined { self.names.place_of(&bytes) } else { NONE };
            if made == NONE {
                return Err(unsupported("model.merges", &format!("\"{}\" with \"{}\", that make no token", text[0], text[1])));
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
    fn build(self, check: Check, options: &JsonOptions) -> Result<Building, Error> {
        let Self { shape, added, is_added, unspelled, .. } = self;
        let is_kept = |place: u32| shape.whole_pieces || !is_added.get(place as usize).is_some_and(|&added| added);
        let (mut definitions, mut texts, mut ids) = check.definitions(&is_kept);
        for (text, id) in unspelled {
            definitions.push(Definition::Text { start: texts.len() as u32, length: text.len() as u32 });
            texts.extend_from_slice(text.as_bytes());
            ids.push(id);
        }
        let first = definitions.len() as u32;
        let specials = added.iter().map(|token| Special { text: token.text.clone(), id: token.id }).collect();
        let added = (!added.is_empty()).then(|| Added::new(added, first));
        for (number, id) in added.iter().flat_map(Added::literal_ids).enumerate() {
            definitions.push(Definition::Text { start: texts.len() as u32, length: 4 });
            texts.extend(stand_in(number as u32));
            ids.push(id);
        }
        if definitions.len() > MAX_TOKENS {
            return Err(unsupported("model.vocab", &format!("with more than {MAX_TOKENS} tokens")));
        }
        let header = Header {
            name: options.name.clone(),
            normalizer: shape.normalizer,
            pattern: shape.pattern,
            symbols: shape.symbols,
            whole_pieces: shape.whole_pieces,
            base: None,
            specials,
        };
        Ok(Building::new(Unpacked { header, definitions, texts, ids }, added))
    }
}

/// Checks that added tokens can be looked for at once. The reference looks for those that are not normalized first, and for the
/// others in what is left. That differs only where one of the others would begin before one of the first, or with it, and
/// reach into it.
fn check_turns(added: &[AddedToken], normalized: &[bool]) -> Result<(), Error> {
    let of = |kind: bool| added.iter().zip(normalized).filter(move |(_, is)| **is == kind).map(|(token, _)| token);
    if of(true).next().is_none() || of(false).next().is_none() {
        return Ok(());
    }
    let texts: Vec<&[u8]> = of(false).map(|token| token.text.as_bytes()).collect();
    let order = in_order(texts.len(), &|a, b| texts[a as usize] < texts[b as usize]);
    let first = Added::new(of(false).map(|token| AddedToken { special: false, ..token.clone() }).collect(), 0);
    let reaches = |text: &[u8]| {
        let next = order.partition_point(|&other| texts[other as usize] < text);
        order.get(next).is_some_and(|&other| texts[other as usize].starts_with(text))
    };
    for (token, normalized) in added.iter().zip(normalized) {
        let text = token.text.as_bytes();
        let clashes = *normalized
            && (first.next(text, 0, false).is_some() || (1..text.len()).any(|at| reaches(&text[at..])));
        if clashes || token.strips != [false; 2] {
            return Err(unsupported("added_tokens", &format!("\"{}\", some normalized and some not", token.text)));
        }
    }
    Ok(())
}

pub(crate) fn invalid(at: usize, why: &str) -> Error {
    Error::new(ErrorKind::InvalidTokenizer, format!("not a well-formed tokenizer file: {why} (at byte {at})"))
}

pub(crate) fn unsupported(part: &str, what: &str) -> Error {
    let what: String = if what.chars().count() > 400 { what.chars().take(400).chain(['…']).collect() } else { what.into() };
    let message = format!("this tokenizer cannot be counted exactly here: {part} is not known: \"{what}\"");
    Error::new(ErrorKind::UnsupportedTokenizer, message)
}

pub(crate) fn limit(what: &str, value: u64, most: u64) -> Error {
    Error::new(ErrorKind::LimitExceeded, format!("{what} is {value} where the limit is {most}"))
}
