//! Loads a vocabulary in steps, so that a page can do something else between them: first all tokens are unpacked, then
//! the tables are built.

use super::packed::{Unpacked, Unpacker};
use super::{Added, Definition, Header, Ids, MAX_TOKENS, TokenId, Tokens, Vocab, invalid_packed as invalid};
use crate::error::Error;

/// Tokens that a step takes: about a millisecond, and a few where the code is new. Short steps also let an engine compile
/// sooner what is called often.
const STEP: usize = 1 << 11;

pub(crate) struct Loader(Stage);

enum Stage {
    Reading(Box<Unpacker>),
    /// All is unpacked, and what that needed is free again.
    Unpacked(Unpacked),
    Building(Box<Building>),
    Failed,
}

/// Builds the tables over tokens that are read.
struct Building {
    header: Header,
    definitions: Vec<Definition>,
    texts: Vec<u8>,
    ids: Ids,
    tokens: Tokens,
    added: Added,
}

impl Loader {
    /// Begins to read a packed vocabulary, with the file of the one that it extends, if it extends one.
    ///
    /// # Errors
    /// Those of the file's head.
    pub fn new(file: Vec<u8>, base: Option<Vec<u8>>) -> Result<Self, Error> {
        Ok(Self(Stage::Reading(Box::new(Unpacker::new(file, base)?))))
    }

    /// Does a part of the work; returns whether all is done.
    ///
    /// # Errors
    /// Those of the file.
    pub fn step(&mut self) -> Result<bool, Error> {
        if let Stage::Building(building) = &mut self.0 {
            return building.step();
        }
        self.0 = match std::mem::replace(&mut self.0, Stage::Failed) {
            Stage::Reading(mut unpacker) => {
                if unpacker.step(STEP)? {
                    Stage::Reading(unpacker)
                } else {
                    Stage::Unpacked(unpacker.finish()?)
                }
            }
            Stage::Unpacked(unpacked) => Stage::Building(Box::new(Building::new(unpacked)?)),
            Stage::Building(_) | Stage::Failed => return Err(invalid("it was refused already")),
        };
        Ok(false)
    }

    /// Returns the vocabulary; all steps that are left are done at once.
    ///
    /// # Errors
    /// Those of the file.
    pub fn finish(mut self) -> Result<Vocab, Error> {
        while !self.step()? {}
        match self.0 {
            Stage::Building(built) => Ok(built.finish()),
            _ => unreachable!("the last step builds"),
        }
    }
}

impl Building {
    /// Takes what was unpacked, and makes a token of each stand-in.
    ///
    /// # Errors
    /// `InvalidVocabulary` if there are too many tokens.
    fn new(unpacked: Unpacked) -> Result<Self, Error> {
        let Unpacked { mut header, mut definitions, mut texts, mut ids } = unpacked;
        let added = Added::new(std::mem::take(&mut header.specials), definitions.len() as TokenId);
        for (stand_in, id) in added.stand_ins() {
            definitions.push(Definition::Text { start: texts.len() as u32, length: stand_in.len() as u32 });
            texts.extend(stand_in);
            ids.push(id);
        }
        if definitions.len() > MAX_TOKENS {
            return Err(invalid(format!(
                "it has {} tokens where the limit is {MAX_TOKENS}",
                definitions.len()
            )));
        }
        let ids = Ids::new(ids);
        let tokens = Tokens::with_capacity(definitions.len(), header.symbols, header.whole_pieces);
        Ok(Self { header, definitions, texts, ids, tokens, added })
    }

    /// Does a part of the work; returns whether all is done.
    ///
    /// # Errors
    /// `InvalidVocabulary`.
    fn step(&mut self) -> Result<bool, Error> {
        let done = self.tokens.len();
        let end = self.definitions.len().min(done + STEP);
        self.tokens.add(&self.definitions[done..end], &self.texts)?;
        if end == self.definitions.len() {
            self.tokens.finish()?;
            return Ok(true);
        }
        Ok(false)
    }

    /// Returns the vocabulary, when all steps are done.
    fn finish(self) -> Vocab {
        let Self { header, tokens, ids, added, .. } = self;
        Vocab::new(header, tokens, ids, added)
    }
}
