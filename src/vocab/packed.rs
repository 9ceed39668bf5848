//! The packed vocabulary: a file of our own, about a sixth of a rank file's size.
//!
//! Layout, little endian: magic (4 bytes), version (u16), length of the whole file (u32), checksum (u64, XXH64
//! of everything else); the header, numbers as varints and strings with their length; the range-coded definitions
//! (`definitions.rs`), or their length and plain ones (`plain.rs`) before the coded special tokens. A file that extends another has only what comes behind that one's definitions, and names it.

use super::coder::{Decoder, Encoder};
use super::definitions::{Definitions, Wanted};
use super::file::{
    CHECKSUM_AT, array, begin, check, read_string, read_varint, seal, too_short, write_string, write_varint,
};
use super::specials;
use super::{
    Base, Definition, Header, MAX_ID, MAX_TOKENS, Special, Symbols, TokenId, invalid_packed as invalid,
};
use crate::error::{Error, ErrorKind};
use crate::normalize::Normalizer;
use crate::split::Pattern;

/// Bits of the header's flags.
const CHARACTERS: u64 = 1;
const WHOLE_PIECES: u64 = 2;
const EXTENDS: u64 = 4;
/// The definitions are coded with urns.
const URNS: u64 = 8;
/// The file says of each special token what it is.
const TOLD: u64 = 16;
/// The definitions are not coded.
const PLAIN: u64 = 32;
const ALL_FLAGS: u64 = 63;
/// More than the plain definitions of any vocabulary have, in bytes.
const MAX_PLAIN: u64 = 1 << 25;

/// Packs a vocabulary. Definitions that extend `base`, another packed vocabulary, count on from that one's places;
/// `texts` holds the bytes of [`Definition::Text`], in the order of the definitions, and `ids` the id of each one.
///
/// # Errors
/// [`ErrorKind::InvalidVocabulary`] if a definition merges one that does not stand before it, if there are not as many ids
/// as definitions, if a limit of the format is passed, or if the result is no vocabulary. As [`Unpacker::new`] and
/// [`Unpacker::step`] for the base.
pub fn pack(
    header: &Header,
    definitions: &[Definition],
    texts: &[u8],
    ids: &[TokenId],
    base: Option<&[u8]>,
) -> Result<Vec<u8>, Error> {
    if ids.len() != definitions.len() || header.base.is_some() != base.is_some() {
        return Err(invalid("each definition needs an id, and an extension its base"));
    }
    let mut header = header.clone();
    header.specials.sort_by_key(|special| special.id);
    let coded = |urns: bool| coded(&header, definitions, texts, ids, base, urns);
    let mut file = coded(true)?;
    if base.is_some() {
        let without = coded(false)?;
        file = if without.len() < file.len() { without } else { file };
    }
    let mut unpacker = Unpacker::new(file.clone(), base.map(<[u8]>::to_vec))?;
    while unpacker.step(usize::MAX)? {}
    let result = unpacker.finish()?;
    let added = &result.definitions[result.definitions.len() - definitions.len()..];
    let same = |(a, b): (&Definition, &Definition)| match (*a, *b) {
        (Definition::Text { start, length }, Definition::Text { start: from, length: as_long }) => {
            length == as_long
                && texts.get(start as usize..(start + length) as usize)
                    == result.texts.get(from as usize..(from + length) as usize)
        }
        (a, b) => a == b,
    };
    if definitions.iter().zip(added).all(same) && result.ids.ends_with(ids) {
        Ok(file)
    } else {
        Err(invalid("it does not come back as it was"))
    }
}

/// Packs a vocabulary with its definitions coded, with urns or without.
fn coded(
    header: &Header,
    definitions: &[Definition],
    texts: &[u8],
    ids: &[TokenId],
    base: Option<&[u8]>,
    urns: bool,
) -> Result<Vec<u8>, Error> {
    let mut state = Definitions::with_capacity(0);
    if let Some(base) = base {
        let mut reader = Reader::new(base.to_vec())?;
        reader.begin(&mut state, true)?;
        while reader.step(&mut state, usize::MAX)? {}
    }
    let mut encoder = Encoder::new();
    specials::code(&mut encoder, &header.specials, specials::are_told(&header.specials))?;
    let wanted = Wanted::new(state.list.len(), definitions, texts)?;
    state.begin(&mut encoder, wanted.base + definitions.len(), urns, false, &wanted);
    while state.step(&mut encoder, &wanted, usize::MAX)? {}
    let mut file = begin();
    write_header(&mut file, header, ids, if urns { URNS } else { 0 });
    file.extend(encoder.finish());
    seal(&mut file);
    Ok(file)
}

/// Packs a vocabulary that is read at once and not kept: its definitions are plain.
///
/// # Errors
/// As [`pack`], of the special tokens.
///
/// # Complexity
/// Linear, with a small constant.
#[cfg(feature = "json")]
pub(crate) fn pack_plain(unpacked: Unpacked) -> Result<Vec<u8>, Error> {
    let Unpacked { mut header, definitions, texts, ids } = unpacked;
    let specials = &mut header.specials;
    specials.sort_by_key(|special| special.id);
    let mut encoder = Encoder::new();
    specials::code(&mut encoder, specials, specials::are_told(specials))?;
    let definitions = super::plain::write(&definitions, &texts);
    let mut file = begin();
    write_header(&mut file, &header, &ids, PLAIN);
    write_varint(&mut file, definitions.len() as u64);
    file.extend(definitions);
    file.extend(encoder.finish());
    seal(&mut file);
    Ok(file)
}

/// What a packed vocabulary holds.
pub struct Unpacked {
    /// What it is, besides its tokens.
    pub header: Header,
    /// Its definitions, those of its base before its own.
    pub definitions: Vec<Definition>,
    /// The bytes of [`Definition::Text`].
    pub texts: Vec<u8>,
    /// The id of each definition.
    pub ids: Vec<TokenId>,
}

/// Unpacks a vocabulary in steps, so that a page can do other things in between.
pub struct Unpacker {
    base: Option<Reader>,
    own: Reader,
    state: Definitions,
    ids: Vec<TokenId>,
    begun: bool,
}

impl Unpacker {
    /// Takes a packed vocabulary, and the one that it extends, if it does.
    ///
    /// # Errors
    /// One kind for each way in which a file or its header can be wrong; [`ErrorKind::WrongBase`] if the base is missing
    /// or is not the one.
    pub fn new(file: Vec<u8>, base: Option<Vec<u8>>) -> Result<Self, Error> {
        let own = Reader::new(file)?;
        let base = match (&own.header.base, base) {
            (Some(wanted), base) => {
                let wrong = |given: &str| {
                    let name = &wanted.name;
                    let why = format!(
                        "the packed vocabulary extends \"{name}\" {given}; use the files that came with it"
                    );
                    Error::new(ErrorKind::WrongBase, why)
                };
                let base = Reader::new(base.ok_or_else(|| wrong("and needs that file too"))?)?;
                if base.checksum != wanted.checksum || base.header.base.is_some() {
                    return Err(wrong(&format!("and not the \"{}\" that was given", base.header.name)));
                }
                Some(base)
            }
            (None, _) => None,
        };
        let count = own.count + base.as_ref().map_or(0, |base| base.count);
        if count > MAX_TOKENS {
            return Err(invalid(format!("it has {count} tokens where the limit is {MAX_TOKENS}")));
        }
        Ok(Self {
            base,
            own,
            state: Definitions::with_capacity(count),
            ids: Vec::with_capacity(count),
            begun: false,
        })
    }

    /// Returns what the vocabulary is, besides its tokens.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.own.header
    }

    /// Unpacks about `most` further definitions. Returns whether there are more.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidVocabulary`] if what the file holds breaks a rule of the format.
    pub fn step(&mut self, most: usize) -> Result<bool, Error> {
        let extended = self.base.is_some();
        let reader = self.base.as_mut().unwrap_or(&mut self.own);
        if !self.begun {
            self.begun = true;
            reader.begin(&mut self.state, extended)?;
        }
        if reader.step(&mut self.state, most)? {
            return Ok(true);
        }
        reader.add_ids(&mut self.ids);
        if extended {
            self.begun = false;
            self.base = None;
        }
        Ok(extended)
    }

    /// Returns what has been unpacked.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidVocabulary`] if two definitions have the same id, or if [`step`](Self::step) has not come to an end.
    pub fn finish(self) -> Result<Unpacked, Error> {
        let Self { own: Reader { header, .. }, state, ids, .. } = self;
        let mut seen = vec![0_u64; MAX_ID as usize / 64];
        for &id in &ids {
            let word = &mut seen[id as usize / 64];
            if *word & 1 << (id % 64) != 0 {
                return Err(invalid(format!("two tokens have the id {id}")));
            }
            *word |= 1 << (id % 64);
        }
        if ids.len() != state.list.len() {
            return Err(invalid("it is not unpacked to its end"));
        }
        Ok(Unpacked { header, definitions: state.list, texts: state.texts, ids })
    }
}

/// Reads one file: the definitions behind those of its base.
struct Reader {
    header: Header,
    checksum: u64,
    count: usize,
    urns: bool,
    /// The definitions, if they are not coded, and how many of their bytes are read.
    plain: Option<(Vec<u8>, usize)>,
    /// How many ids in a row, and the first of them.
    runs: Vec<(u32, TokenId)>,
    decoder: Decoder,
}

impl Reader {
    fn new(file: Vec<u8>) -> Result<Self, Error> {
        let mut body = check(&file)?;
        let name = read_string(&mut body)?;
        let pattern = Pattern::from_name(&read_string(&mut body)?)?;
        let flags = read_varint(&mut body, ALL_FLAGS)?;
        if flags & (URNS | PLAIN) == URNS | PLAIN {
            return Err(invalid("its definitions are plain, and coded with urns too"));
        }
        let normalizer = Normalizer::ALL[read_varint(&mut body, Normalizer::ALL.len() as u64 - 1)? as usize];
        let base = if flags & EXTENDS == 0 {
            None
        } else {
            let name = read_string(&mut body)?;
            let (&checksum, rest) = body.split_first_chunk().ok_or_else(too_short)?;
            body = rest;
            Some(Base { name, checksum: u64::from_le_bytes(checksum) })
        };
        let (count, runs) = read_ids(&mut body)?;
        let checksum = u64::from_le_bytes(array(&file, CHECKSUM_AT));
        let plain = if flags & PLAIN == 0 {
            None
        } else {
            let length = read_varint(&mut body, MAX_PLAIN)? as usize;
            let (plain, rest) = body.split_at_checked(length).ok_or_else(too_short)?;
            body = rest;
            Some((plain.to_vec(), 0))
        };
        let at = file.len() - body.len();
        let mut decoder = Decoder::new(file, at);
        let specials = specials::code(&mut decoder, &[], flags & TOLD != 0)?;
        // Ordinary text would begin anew behind it, or end before its spaces, and nothing here counts that; its id has a place in a
        // table.
        let is_taken = |literal: &Special| {
            u64::from(literal.id) < MAX_ID && literal.strips == [false; 2] && !normalizer.prefixes()
        };
        if !specials.iter().filter(|special| special.literal).all(is_taken) {
            return Err(invalid(
                "an added token that is not special takes spaces, has one put behind it, or an id out of bounds",
            ));
        }
        let header = Header {
            name,
            pattern,
            symbols: if flags & CHARACTERS == 0 { Symbols::Bytes } else { Symbols::Characters },
            whole_pieces: flags & WHOLE_PIECES != 0,
            normalizer,
            base,
            specials,
        };
        Ok(Self { header, checksum, count, urns: flags & URNS != 0, plain, runs, decoder })
    }

    fn begin(&mut self, state: &mut Definitions, extended: bool) -> Result<(), Error> {
        if extended && !self.urns {
            return Err(invalid("a base must be coded with urns"));
        }
        let end = state.list.len() + self.count;
        state.begin(&mut self.decoder, end, self.urns, extended, &Wanted::default());
        Ok(())
    }

    fn step(&mut self, state: &mut Definitions, most: usize) -> Result<bool, Error> {
        if let Some((plain, at)) = &mut self.plain {
            return state.read_plain(plain, at, most);
        }
        let more = state.step(&mut self.decoder, &Wanted::default(), most)?;
        if self.decoder.overran() { Err(invalid("its definitions end too soon")) } else { Ok(more) }
    }

    fn add_ids(&self, ids: &mut Vec<TokenId>) {
        for &(count, first) in &self.runs {
            ids.extend(first..first + count);
        }
    }
}

/// Writes what the reader expects before the definitions.
fn write_header(file: &mut Vec<u8>, header: &Header, ids: &[TokenId], coding: u64) {
    write_string(file, &header.name);
    write_string(file, header.pattern.name());
    let flags = [
        (header.symbols == Symbols::Characters, CHARACTERS),
        (header.whole_pieces, WHOLE_PIECES),
        (header.base.is_some(), EXTENDS),
        (specials::are_told(&header.specials), TOLD),
    ];
    write_varint(file, coding | flags.iter().filter(|flag| flag.0).map(|flag| flag.1).sum::<u64>());
    let normalizer = Normalizer::ALL.into_iter().position(|normalizer| normalizer == header.normalizer);
    write_varint(file, normalizer.unwrap_or_default() as u64);
    if let Some(base) = &header.base {
        write_string(file, &base.name);
        file.extend(base.checksum.to_le_bytes());
    }
    write_varint(file, ids.len() as u64);
    let mut next = 0;
    for run in ids.chunk_by(|&a, &b| a.checked_add(1) == Some(b)) {
        write_varint(file, run.len() as u64);
        write_varint(file, u64::from(run[0].wrapping_sub(next)) % MAX_ID);
        next = run[0].wrapping_add(run.len() as u32);
    }
}

/// Reads how many definitions there are, and runs of their ids: how long each is, and how far from the last one it begins.
fn read_ids(body: &mut &[u8]) -> Result<(usize, Vec<(u32, TokenId)>), Error> {
    let count = read_varint(body, MAX_TOKENS as u64)?;
    let mut runs = Vec::new();
    let (mut left, mut next) = (count, 0);
    while left > 0 {
        let length = read_varint(body, left)?;
        let first = (next + read_varint(body, MAX_ID)?) % MAX_ID;
        next = first + length;
        if length == 0 || next > MAX_ID {
            return Err(invalid("a token's id is out of bounds"));
        }
        runs.push((length as u32, first as TokenId));
        left -= length;
    }
    Ok((count as usize, runs))
}
