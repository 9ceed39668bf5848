//! The boundary to JavaScript: names, types and errors, one line a method.
//!
//! Positions are UTF-16 code units. Strings arrive well-formed: a lone surrogate is U+FFFD, as
//! `String.prototype.toWellFormed` has it. The package `pkg/` wraps this; nothing else calls it.

use crate::{Encoding, Error};
use js_sys::{Array, Uint32Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// An [`Encoding`] for JavaScript.
#[wasm_bindgen(js_name = Encoding)]
pub struct WasmEncoding {
    encoding: Encoding,
}

#[wasm_bindgen(js_class = Encoding)]
impl WasmEncoding {
    /// Reads a packed vocabulary.
    ///
    /// # Errors
    /// `{ code, message }`, as for all methods; the codes are those of `ErrorKind`.
    #[wasm_bindgen(constructor)]
    pub fn new(file: &[u8]) -> Result<WasmEncoding, JsValue> {
        Encoding::from_packed(file).map(|encoding| Self { encoding }).map_err(to_js)
    }

    /// The encoding's name.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn name(&self) -> String {
        self.encoding.name().to_owned()
    }

    /// One more than the highest token id.
    #[wasm_bindgen(getter, js_name = vocabSize)]
    #[must_use]
    pub fn vocab_size(&self) -> usize {
        self.encoding.vocab_size()
    }

    /// How many tokens the text is.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        self.encoding.count(text)
    }

    /// The tokens of the text; the text of a special token is ordinary text.
    #[must_use]
    pub fn encode(&self, text: &str) -> Vec<u32> {
        self.encoding.encode(text)
    }

    /// The tokens of the text; the text of a special token becomes that token.
    #[wasm_bindgen(js_name = encodeWithSpecials)]
    #[must_use]
    pub fn encode_with_specials(&self, text: &str) -> Vec<u32> {
        self.encoding.encode_with_specials(text)
    }

    /// The text of the tokens.
    ///
    /// # Errors
    /// `unknown-token`.
    pub fn decode(&self, ids: &[u32]) -> Result<String, JsValue> {
        self.encoding.decode(ids).map_err(to_js)
    }

    /// The bytes of the tokens.
    ///
    /// # Errors
    /// `unknown-token`.
    #[wasm_bindgen(js_name = decodeBytes)]
    pub fn decode_bytes(&self, ids: &[u32]) -> Result<Vec<u8>, JsValue> {
        self.encoding.decode_bytes(ids).map_err(to_js)
    }

    /// The tokens of the text and their UTF-16 ends, as two arrays.
    #[must_use]
    pub fn spans(&self, text: &str) -> Array {
        let spans = self.encoding.spans(text);
        Array::of2(&Uint32Array::from(&spans.ids[..]), &Uint32Array::from(&spans.ends[..]))
    }
}

#[derive(Serialize)]
struct Failure {
    code: &'static str,
    message: String,
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn to_js(error: Error) -> JsValue {
    let failure = Failure { code: error.code(), message: error.to_string() };
    serde_wasm_bindgen::to_value(&failure).unwrap_or_else(|_| JsValue::from_str(failure.code))
}
