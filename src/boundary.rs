//! What all boundaries to JavaScript share: from its values to the core's and back.

use crate::utf16::byte_of_unit;
use crate::{Change, Chunk, Edit, Error, Fit, Insert, Keep, Spans, SpansIn, TokenId};
use js_sys::{Array, Function, Uint32Array};
use wasm_bindgen::JsValue;

/// Asks for the code units at which the graphemes of a text begin; returns the bytes. If the host cannot say, for want of
/// stack, that is a trap: a text must not be cut where it should not be.
pub fn starts(segment: &Function, text: &str) -> Vec<usize> {
    let asked = segment.call1(&JsValue::NULL, &JsValue::from_str(text));
    let found = asked.unwrap_or_else(|_| std::process::abort());
    let (mut byte, mut unit) = (0, 0);
    let mut to_byte = |start: u32| {
        byte += byte_of_unit(&text.as_bytes()[byte..], start as usize - unit).0;
        unit = start as usize;
        byte
    };
    Uint32Array::new(&found).to_vec().into_iter().map(&mut to_byte).collect()
}

/// Reads `[from, to, length]` of each edit; `insert` gives so much of the texts that come.
pub fn edits<'a>(positions: &[u32], insert: &mut dyn FnMut(usize) -> Insert<'a>) -> Vec<Edit<'a>> {
    let edit = |position: &[u32]| match *position {
        [from, to, length] => {
            Some(Edit { from: from as usize, to: to as usize, insert: insert(length as usize) })
        }
        _ => None,
    };
    positions.chunks_exact(3).filter_map(edit).collect()
}

/// Gives the parts of a well-formed string, one after the other, by their code units.
pub fn parts<'a>(mut rest: &'a str) -> impl FnMut(usize) -> Insert<'a> {
    move |length| {
        let at = byte_of_unit(rest.as_bytes(), length).0;
        let (part, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
        rest = behind;
        part.into()
    }
}

/// Gives the parts of a list of code units, one after the other.
pub fn parts_of_units<'a>(mut rest: &'a [u16]) -> impl FnMut(usize) -> Insert<'a> {
    move |length| {
        let (part, behind) = rest.split_at(length.min(rest.len()));
        rest = behind;
        part.into()
    }
}

/// Returns which end of a text is kept.
pub fn keep(end: bool) -> Keep {
    if end { Keep::End } else { Keep::Start }
}

/// Returns `[tokens, added, removed, from, to]`.
pub fn change_to_js(change: Change) -> Vec<u32> {
    [change.tokens, change.added, change.removed, change.from, change.to].map(|number| number as u32).into()
}

/// Returns `[from, to, tokens, truncated]`.
pub fn fit_to_js(fit: Fit) -> Vec<u32> {
    [fit.from, fit.to, fit.tokens, usize::from(fit.truncated)].map(|number| number as u32).into()
}

/// Returns `[from, to, tokens]` of each part of a text.
#[expect(clippy::needless_pass_by_value, reason = "the shape that map wants")]
pub fn chunks_to_js(chunks: Vec<Chunk>) -> Vec<u32> {
    chunks.iter().flat_map(|chunk| [chunk.from, chunk.to, chunk.tokens]).map(|number| number as u32).collect()
}

/// Returns `[ids, ends]`.
pub fn spans_to_js(spans: &Spans) -> Array {
    Array::of2(&Uint32Array::from(&spans.ids[..]), &Uint32Array::from(&spans.ends[..]))
}

/// Returns `[ids, ends, from, index]`.
#[expect(clippy::needless_pass_by_value, reason = "the shape that map wants")]
pub fn spans_in_to_js(found: SpansIn) -> Array {
    let array = spans_to_js(&found.spans);
    array.push(&JsValue::from(found.from));
    array.push(&JsValue::from(found.index));
    array
}

/// Returns the texts of special tokens, each behind a NUL, and their ids.
pub fn specials_to_js<'a>(specials: impl Iterator<Item = (&'a str, TokenId)>) -> Array {
    let mut texts = String::new();
    let mut ids = Vec::new();
    for (text, id) in specials {
        texts.push('\0');
        texts.push_str(text);
        ids.push(id);
    }
    Array::of2(&JsValue::from_str(&texts), &Uint32Array::from(&ids[..]))
}

/// Returns `[code, message]`.
#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
pub fn to_js(error: Error) -> JsValue {
    Array::of2(&JsValue::from_str(error.code()), &JsValue::from_str(&error.to_string())).into()
}
