//! Merges the bytes of one piece into tokens: byte-pair encoding, exactly as the reference does it.
//!
//! The rule: of all neighbours that a merge joins, take the merge of lowest rank, the leftmost of equals; until
//! there is none. A short piece is merged by scanning for the lowest rank (`scan`), a long one in overlapping windows
//! (`windows`). So the cost is linear in practice, O(n log n) at worst.

#![expect(clippy::inline_always, reason = "the wasm build would not inline them, and they run once a piece")]

mod scan;
mod sink;
mod windows;

pub(crate) use scan::Scan;
pub(crate) use sink::{Sink, Taken};
pub(crate) use windows::{Stretch, windows};

use crate::vocab::{NONE, Text, Tokens};
use scan::{SMALL, heap};

/// Gives the tokens of a piece to `sink`, from the left. `scan` is room to work in.
///
/// # Complexity
/// O(n log n) in the bytes of the piece at worst. Allocates only where windows do not come to agree.
#[inline(always)]
pub(crate) fn merge(vocab: &Tokens, scan: &mut Scan, piece: Text<'_>, sink: &mut impl Sink) {
    if !sink.recall(piece) {
        merge_new(vocab, scan, piece, sink);
    }
}

/// Merges a piece that is not remembered.
#[inline(never)]
fn merge_new(vocab: &Tokens, scan: &mut Scan, piece: Text<'_>, sink: &mut dyn Sink) {
    let mark = sink.len();
    match vocab.whole(piece) {
        NONE => merge_parts(vocab, scan, &piece.bytes[piece.from..piece.to], sink),
        token => sink.push(token),
    }
    sink.remember(piece, mark);
}

/// Merges a piece that is not a token.
fn merge_parts(vocab: &Tokens, scan: &mut Scan, piece: &[u8], sink: &mut dyn Sink) {
    if piece.len() <= SMALL {
        return merge_small(vocab, scan, piece, sink);
    }
    let mut start = 0;
    while start < piece.len() && !sink.is_done() {
        let end = vocab.part_end(piece, start);
        let part = Text { bytes: piece, from: start, to: end };
        let token = vocab.whole_part(part);
        if token != NONE {
            sink.push(token);
        } else if part.len() > SMALL {
            merge_long(vocab, scan, &piece[start..end], sink);
        } else if !sink.recall(part) {
            let mark = sink.len();
            merge_small(vocab, scan, &piece[start..end], sink);
            sink.remember(part, mark);
        }
        start = end;
    }
}

/// Merges a piece, or a part that nothing joins with the rest, at once.
fn merge_small(vocab: &Tokens, scan: &mut Scan, piece: &[u8], sink: &mut dyn Sink) {
    for &token in scan.merge(vocab, piece) {
        sink.push(token);
    }
}

/// Merges one that is too long for that.
fn merge_long(vocab: &Tokens, scan: &mut Scan, piece: &[u8], sink: &mut dyn Sink) {
    let mark = sink.len();
    if windows(vocab, scan, Stretch { bytes: piece, is_whole: true }, None, sink).is_none() {
        sink.truncate(mark);
        for token in heap(vocab, piece) {
            sink.push(token);
        }
    }
}

#[cfg(test)]
fn o200k_base() -> crate::vocab::Vocab {
    let file = std::fs::read("data/vocab/o200k_base.vocab").unwrap();
    crate::vocab::Vocab::from_packed(&file, None).unwrap()
}
