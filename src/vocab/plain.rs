//! The definitions of a packed vocabulary that is read at once and not kept: one after another, as numbers. They are several
//! times as large as coded ones, and take a fraction of the time.

use super::file::read_varint;
use super::{Definition, MAX_TOKEN_BYTES, MAX_VOCAB_BYTES, invalid_packed as invalid};
use crate::error::Error;

const BYTE: u64 = 0;
const TEXT: u64 = 1;
/// The left token of a merge is its number less this.
const MERGE: u64 = 2;

/// Writes definitions; `texts` holds the bytes of [`Definition::Text`].
#[cfg(feature = "json")]
pub(super) fn write(definitions: &[Definition], texts: &[u8]) -> Vec<u8> {
    use super::file::write_varint;
    let mut out = Vec::with_capacity(definitions.len() * 6);
    for &definition in definitions {
        match definition {
            Definition::Byte(byte) => {
                write_varint(&mut out, BYTE);
                write_varint(&mut out, byte.into());
            }
            Definition::Text { start, length } => {
                write_varint(&mut out, TEXT);
                write_varint(&mut out, length.into());
                out.extend(&texts[start as usize..(start + length) as usize]);
            }
            Definition::Merge(left, right) => {
                write_varint(&mut out, u64::from(left) + MERGE);
                write_varint(&mut out, right.into());
            }
        }
    }
    out
}

/// Reads the next definition. Its merges are of tokens below `end`.
///
/// # Errors
/// `InvalidVocabulary` if it is none, or passes a limit.
pub(super) fn read(input: &mut &[u8], end: usize, texts: &mut Vec<u8>) -> Result<Definition, Error> {
    let last = (end as u64).saturating_sub(1);
    match read_varint(input, last + MERGE)? {
        BYTE => Ok(Definition::Byte(read_varint(input, u8::MAX.into())? as u8)),
        TEXT => {
            let length = read_varint(input, MAX_TOKEN_BYTES as u64)? as usize;
            let start = texts.len();
            let (text, rest) =
                input.split_at_checked(length).ok_or_else(|| invalid("its definitions end too soon"))?;
            if text.is_empty() || start + length > MAX_VOCAB_BYTES {
                return Err(invalid("a token that is too long or empty"));
            }
            *input = rest;
            texts.extend_from_slice(text);
            Ok(Definition::Text { start: start as u32, length: length as u32 })
        }
        left => Ok(Definition::Merge((left - MERGE) as u32, read_varint(input, last)? as u32)),
    }
}
