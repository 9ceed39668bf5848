//! Rank files: a token's rank is its id, and any two neighbours merge whose bytes are a token's.

use super::added::check_room;
use super::merges::{Check, Rule};
use super::names::Names;
use super::outline::Outline;
use super::parts::Parts;
use super::reader::Reader;
use super::shape::{Shape, known};
use super::value::Value;
use super::{MAX_FILE_TOKENS, invalid, limit, unsupported};
use crate::error::Error;
use crate::normalize::Normalizer;
use crate::split::Pattern;
use crate::vocab::{MAX_TOKENS, NONE, Special, Symbols};
use xxhash_rust::xxh64::Xxh64;

/// The rule of rank files.
struct ByRank;

impl Rule for ByRank {
    fn rank(&self, names: &Names, left: u32, right: u32) -> u32 {
        if left == NONE || right == NONE {
            return NONE;
        }
        let (left, right) = (names.bytes_of(left), names.bytes_of(right));
        let mut buffer = [0; 64];
        let length = left.len() + right.len();
        if let Some(joined) = buffer.get_mut(..length) {
            joined[..left.len()].copy_from_slice(left);
            joined[left.len()..].copy_from_slice(right);
            return names.place_of(joined);
        }
        names.place_of(&[left, right].concat())
    }

    fn made(&self, rank: u32) -> u32 {
        rank
    }
}

/// Rank files that are known by their checksum (XXH64), and how they cut texts.
const KNOWN: [(u64, Pattern); 7] = [
    // o200k_base, cl100k_base, p50k_base, r50k_base.
    (0xf305_caa8_da2a_769b, Pattern::O200k),
    (0x3b30_11b0_30a0_a0ba, Pattern::Cl100k),
    (0x8afc_4826_d6a7_9f26, Pattern::Gpt2),
    (0xee99_bd9e_71c2_c951, Pattern::Gpt2),
    // Kimi K2, Llama 3, Llama 4.
    (0x50e2_bf84_dabb_4ac7, Pattern::Kimi),
    (0xc69a_2a8c_4aed_da46, Pattern::Llama3),
    (0xff3f_382a_5db9_a4bc, Pattern::O200k),
];

/// Reads a rank file: a line a token, its bytes in base64 and its rank.
pub(super) fn tiktoken(file: &[u8], pattern: Option<Pattern>) -> Result<(Parts, Check), Error> {
    let mut names = Names::new(Symbols::Bytes, 0);
    let mut bytes = Vec::new();
    let mut at = 0;
    let mut last = None;
    for line in file.split(|&byte| byte == b'\n') {
        let start = at;
        at += line.len() + 1;
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        let parts = line.iter().position(|&byte| byte == b' ').map(|space| line.split_at(space));
        let read = parts.and_then(|(token, rank)| {
            base64(token, &mut bytes).then_some(())?;
            std::str::from_utf8(&rank[1..]).ok()?.parse::<u32>().ok()
        });
        let rank = read.ok_or_else(|| invalid(start, "a line of base64 and a rank is wanted here"))?;
        add(&mut names, &bytes, rank, &mut last)?;
    }
    let pattern = match pattern {
        Some(pattern) => pattern,
        None => pattern_of(file)?,
    };
    parts(names, pattern, Vec::new())
}

fn pattern_of(file: &[u8]) -> Result<Pattern, Error> {
    let mut hasher = Xxh64::new(0);
    hasher.update(file);
    let checksum = hasher.digest();
    let known = KNOWN.iter().find(|(known, _)| *known == checksum);
    known.map(|(_, pattern)| *pattern).ok_or_else(|| {
        let names = Pattern::ALL.map(Pattern::name).join(", ");
        unsupported(
            "the pattern of a rank file",
            &format!("not in the file; say which it is, one of {names}"),
        )
    })
}

/// Reads Mistral's rank file: the special tokens come first, and the last ranks are not used.
pub(super) fn tekken(file: &[u8], outline: &Outline) -> Result<(Parts, Check), Error> {
    let config = |name: &str| -> Result<Value, Error> { outline.part(file, &format!("config.{name}")) };
    let number = |name: &str| -> Result<u32, Error> {
        config(name)?.whole().ok_or_else(|| invalid(0, &format!("config.{name} is no number")))
    };
    let pattern = known(&[config("pattern")?.str().to_owned()])?;
    let (size, first) = (number("default_vocab_size")?, number("default_num_special_tokens")?);
    let mut names = Names::new(Symbols::Bytes, 0);
    let mut bytes = Vec::new();
    let mut last = None;
    each(file, outline, "vocab", &mut |token, at| {
        if names.len() >= (size.saturating_sub(first) as usize) {
            return Ok(());
        }
        let (Some(rank), true) =
            (token.get("rank").whole(), base64(token.get("token_bytes").str().as_bytes(), &mut bytes))
        else {
            return Err(invalid(at, "a token with rank and token_bytes is wanted here"));
        };
        add(&mut names, &bytes, rank.saturating_add(first), &mut last)
    })?;
    let (mut added, mut total) = (Vec::new(), 0);
    each(file, outline, "special_tokens", &mut |token, at| {
        let text = token.get("token_str").str();
        let id = token.get("rank").whole().filter(|_| !text.is_empty());
        let id = id.ok_or_else(|| invalid(at, "a token with rank and token_str is wanted here"))?;
        total += text.len();
        check_room("special_tokens", text, added.len(), total)?;
        added.push(Special { text: text.to_owned(), id, literal: false, strips: [false; 2] });
        Ok(())
    })?;
    parts(names, pattern, added)
}

/// Reads the objects of an array, one by one.
fn each(
    file: &[u8],
    outline: &Outline,
    name: &str,
    take: &mut dyn FnMut(&Value, usize) -> Result<(), Error>,
) -> Result<(), Error> {
    let Some(range) = outline.range(name) else { return Ok(()) };
    let mut reader = Reader { bytes: file, at: range.start };
    if reader.peek() == b'n' {
        return Ok(());
    }
    reader.expect(b'[')?;
    let (mut first, mut count) = (true, 0);
    while reader.next_item(b']', &mut first)? {
        count += 1;
        if count > MAX_FILE_TOKENS {
            return Err(limit("the number of tokens", count, MAX_FILE_TOKENS));
        }
        let at = reader.at;
        take(&Value::read(&mut reader)?, at)?;
    }
    Ok(())
}

/// Adds a token, whose rank must be above that of the one before.
fn add(names: &mut Names, bytes: &[u8], rank: u32, last: &mut Option<u32>) -> Result<(), Error> {
    if last.is_some_and(|last| last >= rank) {
        return Err(unsupported("the order of the ranks", &format!("{rank} behind a higher one")));
    }
    *last = Some(rank);
    if names.len() == MAX_TOKENS {
        return Err(unsupported("the list of tokens", &format!("more than {MAX_TOKENS}")));
    }
    names.add(bytes, rank.into())
}

fn parts(names: Names, pattern: Pattern, added: Vec<Special>) -> Result<(Parts, Check), Error> {
    names.check_bytes()?;
    let shape = Shape { normalizer: Normalizer::None, pattern, symbols: Symbols::Bytes, whole_pieces: true };
    let mut parts = Parts::of(shape, Outline::default(), 0);
    parts.added = added;
    Ok((parts, Check::new(names, Box::new(ByRank))))
}

/// Puts what base64 stands for into `bytes`; returns whether it is well-formed.
pub(crate) fn base64(text: &[u8], bytes: &mut Vec<u8>) -> bool {
    bytes.clear();
    let digits = text.iter().rposition(|&byte| byte != b'=').map_or(0, |last| last + 1);
    let (mut bits, mut count) = (0_u32, 0);
    for &byte in &text[..digits] {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return false,
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    text.len().is_multiple_of(4)
        && text.len() - digits <= 2
        && digits % 4 != 1
        && bits & ((1 << count) - 1) == 0
}
