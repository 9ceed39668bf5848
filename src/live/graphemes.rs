//! Where graphemes begin and end in a text under edit (Unicode Standard Annex #29), by the crate `unicode-segmentation`.

use super::tree::{Found, Tree};
use crate::utf16;
use std::borrow::Cow;
use unicode_segmentation::{GraphemeCursor, GraphemeIncomplete};

/// Returns the first border of graphemes behind the byte `at`, or the end of the text.
pub(super) fn next(tree: &Tree, at: usize) -> usize {
    seek(tree, at, at, GraphemeCursor::next_boundary).unwrap_or(tree.sum().bytes)
}

/// Returns the last border of graphemes before the byte `at`, or 0.
pub(super) fn previous(tree: &Tree, at: usize) -> usize {
    let inside = at.saturating_sub(1);
    seek(tree, at, inside, GraphemeCursor::prev_boundary).unwrap_or(0)
}

/// Returns whether a border of graphemes is at the byte `at`, where a code point begins.
pub(super) fn is_border(tree: &Tree, at: usize) -> bool {
    let answer = |cursor: &mut GraphemeCursor, chunk: &str, start| cursor.is_boundary(chunk, start).map(Some);
    at == 0 || at >= tree.sum().bytes || seek(tree, at, at, answer).unwrap_or(true)
}

/// Asks a cursor at the byte `at`, and gives it the leaves that it needs, from the one on that holds `first`.
fn seek<T>(
    tree: &Tree,
    at: usize,
    first: usize,
    ask: impl Fn(&mut GraphemeCursor, &str, usize) -> Result<Option<T>, GraphemeIncomplete>,
) -> Option<T> {
    let mut cursor = GraphemeCursor::new(at, tree.sum().bytes, true);
    let mut here = tree.at_byte(first)?;
    loop {
        let chunk = text(here);
        match ask(&mut cursor, &chunk, here.start()) {
            Ok(answer) => return answer,
            Err(GraphemeIncomplete::NextChunk) => here = tree.get(here.index() + 1)?,
            Err(GraphemeIncomplete::PrevChunk) => here = tree.get(here.index().checked_sub(1)?)?,
            Err(GraphemeIncomplete::PreContext(end)) => {
                let context = tree.at_byte(end.checked_sub(1)?)?;
                let text = text(context);
                cursor.provide_context(&text[..end - context.start()], context.start());
            }
            Err(GraphemeIncomplete::InvalidOffset) => return None,
        }
    }
}

/// Returns the text of a leaf, with U+FFFD for lone surrogates.
fn text(found: Found<'_>) -> Cow<'_, str> {
    let text = found.leaf.text();
    if found.leaf.sum().lone {
        let mut text = text.to_vec();
        utf16::replace_lone(&mut text);
        return String::from_utf8_lossy(&text).into_owned().into();
    }
    String::from_utf8_lossy(text)
}
