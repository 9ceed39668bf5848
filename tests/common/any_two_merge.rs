//! Vocabularies in which any two bytes merge. Where a text is cut shows in its tokens: a border that is missing, or one too many, moves
//! what follows.

use tokimeter::{Definition, Header, Normalizer, Pattern, Special, Symbols, TokenId, pack};

/// An odd number: its multiples go through all pairs, in no order.
const ORDER: u32 = 40_503;

/// Returns a packed vocabulary of all bytes and all pairs.
pub fn any_two_merge(pattern: Pattern) -> Vec<u8> {
    with_added(pattern, Normalizer::None, &[], &[])
}

/// Returns one that has added tokens too: some that are found in ordinary text, and special ones.
pub fn with_added(pattern: Pattern, normalizer: Normalizer, literal: &[&str], special: &[&str]) -> Vec<u8> {
    let bytes = (0..=255).map(Definition::Byte);
    let pairs = (0..1_u32 << 16).map(|number| {
        let pair = number.wrapping_mul(ORDER) & 0xffff;
        Definition::Merge(pair >> 8, pair & 0xff)
    });
    let definitions: Vec<Definition> = bytes.chain(pairs).collect();
    let first = definitions.len() as TokenId;
    let added = literal.iter().map(|text| (text, true)).chain(special.iter().map(|text| (text, false)));
    let specials = added
        .zip(first..)
        .map(|((text, literal), id)| Special { text: (*text).to_owned(), id, literal, strips: [false; 2] })
        .collect();
    let header = Header {
        name: pattern.name().to_owned(),
        pattern,
        symbols: Symbols::Bytes,
        whole_pieces: false,
        normalizer,
        base: None,
        specials,
    };
    let ids: Vec<TokenId> = (0..first).collect();
    pack(&header, &definitions, &[], &ids, None).unwrap()
}
