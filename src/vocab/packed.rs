//! The packed vocabulary: a file of our own, about a fifth of a rank file's size.
//!
//! Layout, little endian: magic (4 bytes), version (u16), length of the whole file (u32), checksum (u64, XXH64
//! of everything else), then the header and the range-coded merges (`urn.rs`).

use super::ids::Run;
use super::{Definition, Header, MAX_TOKENS, Special, Symbols, TokenId, urn};
use crate::normalize::Normalizer;
use crate::error::{Error, ErrorKind};
use crate::split::Pattern;
use xxhash_rust::xxh64::Xxh64;

const MAGIC: [u8; 4] = *b"TKMV";
/// The version of the format that this build reads and writes.
pub const FORMAT_VERSION: u16 = 1;
const VERSION_AT: usize = 4;
const LENGTH_AT: usize = 6;
const CHECKSUM_AT: usize = 10;
const BODY_AT: usize = 18;
/// The longest name, pattern name or special token that a file may hold, in bytes.
const MAX_STRING: u64 = 1024;
const MAX_SPECIALS: u64 = 1 << 16;

/// Packs a vocabulary.
///
/// # Errors
/// [`ErrorKind::InvalidVocabulary`] if a token repeats an earlier one or merges one that does not stand before
/// it, if one of the 256 bytes has no token, or if a limit of the format is passed.
pub fn pack(header: &Header, definitions: &[Definition]) -> Result<Vec<u8>, Error> {
    let mut file = Vec::new();
    file.extend(MAGIC);
    file.extend(FORMAT_VERSION.to_le_bytes());
    file.resize(BODY_AT, 0);
    write_string(&mut file, &header.name);
    write_string(&mut file, header.pattern.name());
    write_varint(&mut file, header.specials.len() as u64);
    for special in &header.specials {
        write_varint(&mut file, u64::from(special.id));
        write_string(&mut file, &special.text);
    }
    write_varint(&mut file, definitions.len() as u64);
    file.extend(urn::write(definitions)?);
    let length = file.len() as u32;
    file[LENGTH_AT..CHECKSUM_AT].copy_from_slice(&length.to_le_bytes());
    let checksum = checksum(&file);
    file[CHECKSUM_AT..BODY_AT].copy_from_slice(&checksum.to_le_bytes());
    unpack(&file)?;
    Ok(file)
}

pub(super) type Parts = (Header, Vec<Definition>, Vec<u8>, Vec<Run>);
pub(super) struct Unpacker(Option<Parts>);
impl Unpacker {
    pub fn new(file: &[u8], _: Option<&[u8]>) -> Result<Self, Error> {
        unpack(file).map(|parts| Self(Some(parts)))
    }
    pub fn of(parts: Parts) -> Self {
        Self(Some(parts))
    }
    pub fn step(&mut self, _: usize) -> Result<bool, Error> {
        Ok(true)
    }
    pub fn finish(&mut self) -> Result<Parts, Error> {
        self.0.take().ok_or_else(|| invalid("taken"))
    }
}

/// Unpacks a vocabulary.
pub(super) fn unpack(file: &[u8]) -> Result<Parts, Error> {
    let mut body = check(file)?;
    let name = read_string(&mut body)?;
    let pattern = Pattern::from_name(&read_string(&mut body)?)?;
    let specials = (0..read_varint(&mut body, MAX_SPECIALS)?)
        .map(|_| {
            let id = read_varint(&mut body, u64::from(TokenId::MAX - 1))? as TokenId;
            let text = read_string(&mut body)?;
            if text.is_empty() {
                Err(invalid("a special token without text"))
            } else {
                Ok(Special { text, id })
            }
        })
        .collect::<Result<_, Error>>()?;
    let count = read_varint(&mut body, MAX_TOKENS as u64)? as usize;
    let definitions = urn::read(body, count)?;
    let header = Header {
        name,
        pattern,
        specials,
        normalizer: Normalizer::None,
        symbols: Symbols::Bytes,
        whole_pieces: true,
    };
    Ok((header, definitions, Vec::new(), vec![Run { place: 0, id: 0, length: count as u32 }]))
}

/// Checks magic, version, length and checksum; returns what stands behind them.
fn check(file: &[u8]) -> Result<&[u8], Error> {
    let seen = &file[..file.len().min(MAGIC.len())];
    if file.is_empty() || *seen != MAGIC[..seen.len()] {
        return Err(Error::new(
            ErrorKind::NotAVocabulary,
            "not a packed vocabulary: it does not begin with \"TKMV\"",
        ));
    }
    let truncated = |of: &str| {
        Error::new(
            ErrorKind::Truncated,
            format!("the packed vocabulary has {} bytes of {of}; load it again", file.len()),
        )
    };
    let Some((head, body)) = file.split_at_checked(BODY_AT) else {
        return Err(truncated("at least 18"));
    };
    let version = u16::from_le_bytes(array(head, VERSION_AT));
    if version != FORMAT_VERSION {
        return Err(Error::new(
            ErrorKind::UnsupportedVersion,
            format!(
                "the packed vocabulary has format version {version}; this build reads {FORMAT_VERSION}: \
                 use the files that came with it"
            ),
        ));
    }
    let length = u32::from_le_bytes(array(head, LENGTH_AT));
    if file.len() < length as usize {
        return Err(truncated(&length.to_string()));
    }
    if file.len() != length as usize || checksum(file) != u64::from_le_bytes(array(head, CHECKSUM_AT)) {
        return Err(Error::new(
            ErrorKind::ChecksumMismatch,
            "the packed vocabulary is damaged: its checksum does not match; load it again",
        ));
    }
    Ok(body)
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    std::array::from_fn(|i| bytes[at + i])
}

fn checksum(file: &[u8]) -> u64 {
    let mut hasher = Xxh64::new(0);
    hasher.update(&file[..CHECKSUM_AT]);
    hasher.update(&file[BODY_AT..]);
    hasher.digest()
}

fn invalid(why: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidVocabulary, format!("invalid packed vocabulary: {}", why.into()))
}

fn write_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 128 {
        out.push(value as u8 | 128);
        value >>= 7;
    }
    out.push(value as u8);
}

fn read_varint(input: &mut &[u8], limit: u64) -> Result<u64, Error> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let (&byte, rest) = input.split_first().ok_or_else(|| invalid("the header ends too soon"))?;
        *input = rest;
        value |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return if value <= limit {
                Ok(value)
            } else {
                Err(invalid(format!("the header has {value} where the limit is {limit}")))
            };
        }
    }
    Err(invalid("a number of the header is too long"))
}

fn write_string(out: &mut Vec<u8>, string: &str) {
    write_varint(out, string.len() as u64);
    out.extend(string.bytes());
}

fn read_string(input: &mut &[u8]) -> Result<String, Error> {
    let length = read_varint(input, MAX_STRING)? as usize;
    let (string, rest) = input.split_at_checked(length).ok_or_else(|| invalid("the header ends too soon"))?;
    *input = rest;
    String::from_utf8(string.to_vec()).map_err(|_| invalid("a name in the header is not UTF-8"))
}
