//! What all boundaries to JavaScript share: from its values to the core's and back.

use crate::utf16::byte_of_unit;
use crate::{Change, Edit, Error, Fit, Insert, Keep};
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

/// Returns `[code, message]`.
#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
pub fn to_js(error: Error) -> JsValue {
    Array::of2(&JsValue::from_str(error.code()), &JsValue::from_str(&error.to_string())).into()
}
