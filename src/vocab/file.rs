//! The frame of a packed file: magic, version, length and checksum, and how numbers and strings stand in it.

use super::invalid_packed as invalid;
use crate::error::{Error, ErrorKind};
use xxhash_rust::xxh64::Xxh64;

const MAGIC: [u8; 4] = *b"TKMV";
/// The version of the format that this build reads and writes.
pub const FORMAT_VERSION: u16 = 2;
const VERSION_AT: usize = 4;
const LENGTH_AT: usize = 6;
pub(super) const CHECKSUM_AT: usize = 10;
const BODY_AT: usize = 18;
/// The longest name that a file may hold, in bytes.
pub(crate) const MAX_STRING: usize = 1024;

/// Begins a file; [`seal`] fills what is left open in its head.
pub(super) fn begin() -> Vec<u8> {
    let mut file = Vec::new();
    file.extend(MAGIC);
    file.extend(FORMAT_VERSION.to_le_bytes());
    file.resize(BODY_AT, 0);
    file
}

/// Writes the length and the checksum into the head of a file that is complete.
pub(super) fn seal(file: &mut [u8]) {
    let length = file.len() as u32;
    file[LENGTH_AT..CHECKSUM_AT].copy_from_slice(&length.to_le_bytes());
    let checksum = checksum(file);
    file[CHECKSUM_AT..BODY_AT].copy_from_slice(&checksum.to_le_bytes());
}

/// Checks magic, version, length and checksum; returns what stands behind them.
#[inline(never)]
pub(super) fn check(file: &[u8]) -> Result<&[u8], Error> {
    let (head, body) = check_head(file)?;
    if checksum(file) == u64::from_le_bytes(array(head, CHECKSUM_AT)) { Ok(body) } else { Err(damaged()) }
}

/// Checks magic, version and length, which takes no time.
pub(super) fn check_head(file: &[u8]) -> Result<(&[u8], &[u8]), Error> {
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
    if file.len() == length as usize { Ok((head, body)) } else { Err(damaged()) }
}

fn damaged() -> Error {
    Error::new(
        ErrorKind::ChecksumMismatch,
        "the packed vocabulary is damaged: its checksum does not match; load it again",
    )
}

pub(super) fn array<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    std::array::from_fn(|i| bytes[at + i])
}

fn checksum(file: &[u8]) -> u64 {
    let mut hasher = Xxh64::new(0);
    hasher.update(&file[..CHECKSUM_AT]);
    hasher.update(&file[BODY_AT..]);
    hasher.digest()
}

pub(super) fn too_short() -> Error {
    invalid("the header ends too soon")
}

pub(super) fn write_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 128 {
        out.push(value as u8 | 128);
        value >>= 7;
    }
    out.push(value as u8);
}

pub(super) fn read_varint(input: &mut &[u8], limit: u64) -> Result<u64, Error> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let (&byte, rest) = input.split_first().ok_or_else(too_short)?;
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

pub(super) fn write_string(out: &mut Vec<u8>, string: &str) {
    write_varint(out, string.len() as u64);
    out.extend(string.bytes());
}

pub(super) fn read_string(input: &mut &[u8]) -> Result<String, Error> {
    let length = read_varint(input, MAX_STRING as u64)? as usize;
    let (string, rest) = input.split_at_checked(length).ok_or_else(too_short)?;
    *input = rest;
    String::from_utf8(string.to_vec()).map_err(|_| invalid("a name in the header is not UTF-8"))
}
