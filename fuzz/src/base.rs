//! A small vocabulary that others extend. The seeds need it too: they name its checksum.

use tokimeter::{Definition, Header, Normalizer, Pattern, Symbols, TokenId, pack};

/// Returns it packed.
#[must_use]
pub fn base() -> Vec<u8> {
    let header = Header {
        name: "base".to_owned(),
        pattern: Pattern::Cl100k,
        symbols: Symbols::Bytes,
        whole_pieces: false,
        normalizer: Normalizer::None,
        base: None,
        specials: Vec::new(),
    };
    let bytes = (0..=255).map(Definition::Byte);
    let merges = [(97, 98), (32, 116), (104, 101), (257, 258), (97, 97)];
    let definitions: Vec<_> =
        bytes.chain(merges.map(|(left, right)| Definition::Merge(left, right))).collect();
    let ids: Vec<TokenId> = (0..definitions.len() as TokenId).collect();
    pack(&header, &definitions, &[], &ids, None).unwrap()
}
