//! `SentencePiece` models: scored pieces.

use crate::Result;
use crate::formats::{Found, found};
use crate::spelling::{Spelling, by_text, byte_name};
use crate::vocabulary::Symbols;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use std::collections::{BTreeMap, BTreeSet};
use std::str;

/// A piece of a `SentencePiece` model: its text, score and type.
type Piece = (String, f32, u64);

const UNKNOWN: u64 = 2;
const CONTROL: u64 = 3;
const USER_DEFINED: u64 = 4;
const NORMAL: u64 = 1;
const BYTE: u64 = 6;

/// A `SentencePiece` model, a protocol buffer.
pub fn sentencepiece(source: &[u8]) -> Result<Found> {
    let mut pieces = Vec::new();
    for (field, value) in fields(source)? {
        let (1, Field::Bytes(piece)) = (field, value) else { continue };
        let (mut text, mut score, mut kind) = (String::new(), 0.0, NORMAL);
        for part in fields(piece)? {
            match part {
                (1, Field::Bytes(bytes)) => str::from_utf8(bytes)?.clone_into(&mut text),
                (2, Field::Fixed(bits)) => score = f32::from_bits(bits),
                (3, Field::Number(number)) => kind = number,
                _ => {}
            }
        }
        pieces.push((text, score, kind));
    }
    scored(&pieces)
}

/// splintr's text form of a `SentencePiece` model: a line a piece, its text in base64, its score, and its type if it has one.
pub fn spm(source: &[u8], take: usize) -> Result<Found> {
    let mut pieces = Vec::new();
    for line in str::from_utf8(source)?.lines().take(take) {
        let mut parts = line.split(' ');
        let text = String::from_utf8(BASE64_STANDARD.decode(parts.next().unwrap_or_default())?)?;
        let score = parts.next().ok_or("a piece without a score")?.parse()?;
        let kind = match (parts.next(), text.as_str()) {
            (Some(kind), _) => kind.parse()?,
            (None, "<unk>") => UNKNOWN,
            (None, "<s>" | "</s>") => CONTROL,
            (None, text) if byte_name(text).is_some() => BYTE,
            (None, _) => NORMAL,
        };
        pieces.push((text, score, kind));
    }
    scored(&pieces)
}

/// Scores order the merges, and two neighbours merge if a piece has their text.
///
/// Of pairs with one score the leftmost merges first. Only runs of one character have one score: they grow from their
/// left, as they do if the longest goes first. Gemma's runs of white space, which it cuts out before it merges, are the
/// same runs with the best score, as no other token begins or ends with two of their characters.
fn scored(pieces: &[Piece]) -> Result<Found> {
    let runs = |kind: u64, text: &str| kind == USER_DEFINED && is_run(text);
    // As in Gemma's tokenizer.json: a tab is what runs of tabs are made of, not only a byte.
    let tabs =
        pieces.iter().any(|(text, ..)| text == "\t\t") && !pieces.iter().any(|(text, ..)| text == "\t");
    let mut vocab = Vec::new();
    let mut scores = Vec::new();
    let mut specials = BTreeMap::new();
    let mut literals = BTreeSet::new();
    for ((text, score, kind), id) in pieces.iter().zip(0_u32..) {
        if matches!(*kind, NORMAL | BYTE) || runs(*kind, text) {
            vocab.push((if tabs && text == "<0x09>" { "\t" } else { text.as_str() }, id));
            scores.push(if runs(*kind, text) { f32::INFINITY } else { *score });
        } else {
            specials.insert(text.clone(), id);
            if *kind == USER_DEFINED {
                literals.insert(text.clone());
            }
        }
    }
    let mergeable = |&place: &u32| byte_name(vocab[place as usize].0).is_none();
    let mut order: Vec<u32> = (0..scores.len() as u32).filter(mergeable).collect();
    let text = |place: u32| vocab[place as usize].0;
    let score = |place: u32| scores[place as usize];
    order.sort_by(|&a, &b| score(b).total_cmp(&score(a)).then(text(b).len().cmp(&text(a).len())));
    let tie = |pair: &[u32]| score(pair[0]).to_bits() == score(pair[1]).to_bits();
    if let Some(pair) = order.windows(2).find(|p| tie(p) && !(is_run(text(p[0])) && is_run(text(p[1])))) {
        return Err(format!("{:?} and {:?} have one score", text(pair[0]), text(pair[1])).into());
    }
    let mut ranks = vec![None; scores.len()];
    for (&place, rank) in order.iter().zip(0_u32..) {
        ranks[place as usize] = Some(rank);
    }
    let spelling = Spelling::new(Symbols::Characters, &vocab);
    let tokens = spelling.tokens(&vocab);
    let rule = by_text(&tokens, |place| ranks[place as usize]);
    Ok(found(Symbols::Characters, false, &tokens, &rule, specials, literals))
}

/// Whether a text is white space, one character again and again.
fn is_run(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    matches!(first, Some('\u{2581}' | '\n' | '\t')) && chars.all(|c| Some(c) == first)
}

enum Field<'a> {
    Number(u64),
    Fixed(u32),
    Bytes(&'a [u8]),
}

/// The fields of a protocol buffer.
fn fields(mut source: &[u8]) -> Result<Vec<(u64, Field<'_>)>> {
    let mut fields = Vec::new();
    while !source.is_empty() {
        let key = varint(&mut source)?;
        let field = match key & 7 {
            0 => Field::Number(varint(&mut source)?),
            2 => {
                let length = varint(&mut source)? as usize;
                Field::Bytes(source.split_off(..length).ok_or("a field ends early")?)
            }
            5 => {
                let (bits, rest) = source.split_first_chunk().ok_or("a field ends early")?;
                source = rest;
                Field::Fixed(u32::from_le_bytes(*bits))
            }
            other => return Err(format!("wire type {other}").into()),
        };
        fields.push((key >> 3, field));
    }
    Ok(fields)
}

fn varint(source: &mut &[u8]) -> Result<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let &byte = source.split_off_first().ok_or("a number ends early")?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(number);
        }
    }
    Err("a number without an end".into())
}
