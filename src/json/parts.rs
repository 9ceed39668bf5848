//! What a tokenizer.json holds: its tokens and merges, read some at a time.

use super::merges::{Check, Merges};
use super::names::{Names, byte_name, real_bytes, spaced};
use super::outline::Outline;
use super::reader::Reader;
use super::shape::{self, Shape};
use super::{JsonOptions, MAX_TOKEN, STEP_ITEMS, invalid, unsupported};
use crate::error::Error;
use crate::vocab::{
    Definition, Header, MAX_ID, MAX_TOKENS, MAX_VOCAB_BYTES, NONE, Special, Symbols, Unpacked, is_stand_in,
};

/// What is known of a tokenizer.json while its lists are read.
pub(super) struct Parts {
    pub outline: Outline,
    pub shape: Shape,
    pub names: Names,
    pub merges: Merges,
    pub added: Vec<Special>,
    /// Their texts.
    pub added_names: Names,
    /// Whether a token, by its place, is an added one too.
    is_added: Vec<bool>,
    /// The ids that the vocabulary has, as bits.
    seen: Vec<u64>,
    /// Tokens that spell no bytes, and their ids.
    unspelled: Vec<(String, u32)>,
    /// How many tokens the vocabulary lists.
    pub listed: u32,
    /// What the last merge made.
    made_last: u32,
    /// Where the list is read on, and whether its first item is still to come.
    at: usize,
    first: bool,
}

/// Some merges at a time: each look-up is done for all of them before the next, so that a processor can wait for many places of
/// large tables at once.
#[derive(Default)]
struct Batch {
    /// What their tokens spell, side by side.
    bytes: Vec<u8>,
    listed: Vec<Listed>,
}

impl Batch {
    const SIZE: usize = 64;
}

/// A merge of a list.
struct Listed {
    /// Where it stands in the file.
    at: usize,
    /// Whether its tokens spell bytes, and where these begin, meet and end.
    known: bool,
    start: usize,
    middle: usize,
    end: usize,
    /// The places of its tokens, and of what they make.
    merge: [u32; 3],
}

/// Reads the two tokens of a merge; nothing if this is a line of another kind.
fn read_pair<'a: 't, 't>(
    reader: &mut Reader<'a>,
    [first, second]: &'t mut [String; 2],
) -> Result<Option<[&'t str; 2]>, Error> {
    if reader.takes(b'[') {
        let left = reader.text(first)?;
        reader.expect(b',')?;
        let right = reader.text(second)?;
        reader.expect(b']')?;
        return Ok(Some([left, right]));
    }
    let at = reader.at;
    let line = reader.text(first)?;
    if line.starts_with("#version") {
        return Ok(None);
    }
    match line.split_once(' ') {
        Some((left, right)) if !right.contains(' ') => Ok(Some([left, right])),
        _ => Err(invalid(at, "a merge of two tokens is wanted here")),
    }
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
        let tokens = (outline.tokens as usize).min(MAX_TOKENS);
        Self {
            names: Names::new(shape.symbols, tokens),
            shape,
            merges: Merges::with_capacity(tokens),
            outline,
            added: Vec::new(),
            added_names: Names::new(Symbols::Bytes, 0),
            is_added: Vec::new(),
            seen: Vec::new(),
            unspelled: Vec::new(),
            listed: 0,
            made_last: 0,
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
        let (mut scratch, mut bytes) = (String::new(), Vec::new());
        for _ in 0..STEP_ITEMS {
            if !reader.next_item(b'}', &mut self.first)? {
                self.names.check_bytes()?;
                self.give_ids()?;
                self.at = self.outline.range("model.merges").map_or(0, |range| range.start);
                self.first = true;
                return Ok(true);
            }
            let text = reader.text(&mut scratch)?;
            reader.expect(b':')?;
            let id = reader.whole(u64::from(u32::MAX))?;
            self.listed += 1;
            self.see(id, text)?;
            let added = self.added_place(text.as_bytes());
            if let Some(added) = added {
                self.added[added].id = id as u32;
            }
            self.add_name(text, &mut bytes, id, added.is_some())?;
        }
        self.at = reader.at;
        Ok(false)
    }

    /// Notes that a token has an id: the reference knows tokens by them, so two with one are more than two.
    pub fn see(&mut self, id: u64, text: &str) -> Result<(), Error> {
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
        bytes.clear();
        if self.names.symbols == Symbols::Characters {
            if let Some(byte) = byte_name(text) {
                self.names.add_byte(byte, id)?;
                self.is_added.push(is_added);
                return Ok(());
            }
            if !spaced(text, bytes) {
                return if is_added {
                    Ok(())
                } else {
                    Err(unsupported("model.vocab", &format!("\"{text}\", with a space")))
                };
            }
        } else if !real_bytes(text, bytes) {
            // No text has it, unless it is an added token.
            if !is_added {
                self.unspelled.push((text.to_owned(), id as u32));
            }
            return if self.shape.whole_pieces && !is_added || id >= MAX_ID {
                Err(unsupported("model.vocab", &format!("\"{text}\", which spells no bytes")))
            } else if text.len() > MAX_TOKEN && !is_added {
                Err(unsupported("model.vocab", &format!("with a token beyond {MAX_TOKEN} bytes: \"{text}\"")))
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
        let mut batch = Batch::default();
        for _ in 0..STEP_ITEMS / Batch::SIZE {
            let is_end = self.read_batch(&mut reader, &mut batch);
            self.add_batch(file, &mut batch)?;
            if is_end? {
                return Ok(true);
            }
        }
        self.at = reader.at;
        Ok(false)
    }

    /// Reads the next merges; returns whether there are no more.
    fn read_batch(&mut self, reader: &mut Reader<'_>, batch: &mut Batch) -> Result<bool, Error> {
        batch.bytes.clear();
        batch.listed.clear();
        let mut scratch = Default::default();
        while batch.listed.len() < Batch::SIZE {
            if !reader.next_item(b']', &mut self.first)? {
                return Ok(true);
            }
            let at = reader.at;
            let Some(texts) = read_pair(reader, &mut scratch)? else { continue };
            let start = batch.bytes.len();
            let mut known = true;
            let [middle, end] = texts.map(|text| {
                known &= self.spell(text, &mut batch.bytes) && byte_name(text).is_none();
                batch.bytes.len()
            });
            batch.listed.push(Listed { at, known, start, middle, end, merge: [NONE; 3] });
        }
        Ok(false)
    }

    /// Adds merges that were read.
    fn add_batch(&mut self, file: &[u8], batch: &mut Batch) -> Result<(), Error> {
        let Batch { bytes, listed } = batch;
        for &mut Listed { known, start, middle, end, ref mut merge, .. } in &mut *listed {
            let place = |part: &[u8]| if known { self.names.place_of(part) } else { NONE };
            (merge[0], merge[1]) = (place(&bytes[start..middle]), place(&bytes[middle..end]));
        }
        for &mut Listed { at, start, end, ref mut merge, .. } in &mut *listed {
            let [left, right, made] = merge;
            let why = if *left == NONE || *right == NONE {
                "that are not both tokens"
            } else {
                // Files list the merges of a token one behind the other, and tokens as their merges.
                *made = self.names.place_near(self.made_last, &bytes[start..end]);
                self.made_last = *made;
                "that make no token"
            };
            if *made == NONE {
                let mut scratch = Default::default();
                let texts = read_pair(&mut Reader { bytes: file, at }, &mut scratch)?;
                let [left, right] = texts.unwrap_or_default();
                return Err(unsupported("model.merges", &format!("\"{left}\" with \"{right}\", {why}")));
            }
        }
        for &Listed { merge: [left, right, made], .. } in &*listed {
            self.merges.add(left, right, made)?;
        }
        Ok(())
    }

    /// Appends the bytes that a string spells; returns whether it spells some.
    fn spell(&self, text: &str, bytes: &mut Vec<u8>) -> bool {
        match self.names.symbols {
            Symbols::Bytes => real_bytes(text, bytes),
            Symbols::Characters => spaced(text, bytes),
        }
    }

    /// Checks that the engine has room for all tokens: it holds them in whole words, and the stand-ins of added ones beside them.
    fn check_room(&self, names: &Names, literals: usize) -> Result<(), Error> {
        let names = (0..names.len() as u32).map(|place| names.bytes_of(place));
        let is_taken = |bytes: &[u8]| literals > 0 && bytes.len() == 4 && is_stand_in(bytes);
        if names.clone().any(is_taken) {
            return Err(unsupported("model.vocab", "with bytes that stand for an added token here"));
        }
        let unspelled = self.unspelled.iter().map(|(text, _)| text.as_bytes());
        let words: usize = names.chain(unspelled).map(|bytes| bytes.len().div_ceil(8)).sum();
        if (words + literals) * 8 > MAX_VOCAB_BYTES {
            let what = format!("with tokens that take more than {MAX_VOCAB_BYTES} bytes in all");
            return Err(unsupported("model.vocab", &what));
        }
        Ok(())
    }

    /// Puts all together.
    pub fn build(mut self, check: &mut Check, options: &JsonOptions) -> Result<Unpacked, Error> {
        self.leave_out_runs(check);
        let literals = self.added.iter().filter(|token| token.literal).count();
        self.check_room(&check.names, literals)?;
        let Self { shape, added, is_added, unspelled, .. } = self;
        let is_kept =
            |place: u32| shape.whole_pieces || !is_added.get(place as usize).is_some_and(|&added| added);
        let (mut definitions, mut texts, mut ids) = check.definitions(&is_kept);
        for (text, id) in unspelled {
            definitions.push(Definition::Text { start: texts.len() as u32, length: text.len() as u32 });
            texts.extend_from_slice(text.as_bytes());
            ids.push(id);
        }
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
