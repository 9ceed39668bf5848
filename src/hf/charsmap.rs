//! The compiled normalizer of `SentencePiece`: a trie of bytes whose leaves are places in a string of replacements. The reference
//! follows it unseen, so every way through it is walked here first.

use super::Precompiled;
use super::file::broken;
use crate::error::Error;
use crate::json::limit;
use crate::json::ranks::base64;

/// The longest replacement of a character, in bytes.
const MAX_REPLACEMENT: usize = 1 << 8;

pub(super) fn read(text: &str) -> Result<Precompiled, Error> {
    let mut bytes = Vec::new();
    if !base64(text.as_bytes(), &mut bytes) {
        return Err(wrong("it is not base64"));
    }
    let (length, rest) = bytes.split_first_chunk().ok_or_else(|| wrong("it is too short"))?;
    let length = u32::from_le_bytes(*length) as usize / 4 * 4;
    let (trie, replacements) =
        rest.split_at_checked(length).ok_or_else(|| wrong("its trie is longer than it"))?;
    let trie: Vec<u32> = trie.as_chunks().0.iter().map(|unit| u32::from_le_bytes(*unit)).collect();
    let replacements = std::str::from_utf8(replacements).map_err(|_| wrong("its strings are not UTF-8"))?;
    walk(&trie, replacements)?;
    Precompiled::from(&bytes).map_err(|error| wrong(&error.to_string()))
}

fn wrong(why: &str) -> Error {
    broken("normalizer.precompiled_charsmap", why)
}

/// Checks that no key leads out of the trie, nor a leaf out of the strings.
fn walk(trie: &[u32], replacements: &str) -> Result<(), Error> {
    let outside = || wrong("its trie leads out of itself");
    let unit = |at: usize| trie.get(at).copied().ok_or_else(outside);
    let offset = |unit: u32| ((unit >> 10) as usize) << ((unit & (1 << 9)) >> 6);
    let mut seen = vec![false; trie.len()];
    let mut open = vec![offset(unit(0)?)];
    while let Some(node) = open.pop() {
        // All bytes lead to units in one block of 256, or one of these is not there.
        if node | 0xff >= trie.len() {
            return Err(outside());
        }
        if std::mem::replace(&mut seen[node], true) {
            continue;
        }
        for byte in 1..=255 {
            let at = node ^ byte;
            let found = unit(at)?;
            if found & (1 << 31 | 0xff) != byte as u32 {
                continue;
            }
            let next = at ^ offset(found);
            if found >> 8 & 1 == 1 {
                leaf(unit(next)? & 0x7fff_ffff, replacements)?;
            }
            open.push(next);
        }
    }
    Ok(())
}

fn leaf(value: u32, replacements: &str) -> Result<(), Error> {
    let rest =
        replacements.get(value as usize..).ok_or_else(|| wrong("a replacement is not in its strings"))?;
    let length = rest.bytes().take(MAX_REPLACEMENT + 1).take_while(|&byte| byte != 0).count();
    if length > MAX_REPLACEMENT {
        return Err(limit(
            "the length of a replacement in normalizer.precompiled_charsmap",
            length as u64,
            MAX_REPLACEMENT as u64,
        ));
    }
    Ok(())
}
