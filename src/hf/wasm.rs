//! The boundary of `tokimeter-hf.wasm`: the shapes of `crate::wasm`, but everything may fail.

use super::{HfEncoding, HfText};
use crate::boundary::{
    change_to_js, chunks_to_js, edits, fit_to_js, keep, parts, parts_of_units, spans_in_to_js, spans_to_js,
    specials_to_js, starts, to_js,
};
use crate::live::Insert;
use js_sys::{Array, Function};
use std::sync::Arc;
use wasm_bindgen::prelude::*;

type Result<T> = std::result::Result<T, JsValue>;

/// An [`HfEncoding`] for JavaScript.
#[wasm_bindgen(js_name = HfEncoding)]
pub struct WasmHfEncoding {
    encoding: Arc<HfEncoding>,
}

#[wasm_bindgen(js_class = HfEncoding)]
impl WasmHfEncoding {
    /// Reads a tokenizer.json.
    ///
    /// # Errors
    /// `[code, message]`, as for all methods; the codes are those of `ErrorKind`.
    #[wasm_bindgen(constructor)]
    pub fn new(file: &[u8]) -> Result<WasmHfEncoding> {
        HfEncoding::from_json(file).map(|encoding| Self { encoding: Arc::new(encoding) }).map_err(to_js)
    }

    /// The texts of the special tokens, each behind a NUL, and their ids.
    #[must_use]
    pub fn specials(&self) -> Array {
        specials_to_js(self.encoding.specials())
    }

    /// One more than the highest token id.
    #[wasm_bindgen(getter, js_name = vocabSize)]
    #[must_use]
    pub fn vocab_size(&self) -> usize {
        self.encoding.vocab_size()
    }

    /// Whether a long text may come slice by slice.
    #[wasm_bindgen(getter, js_name = takesSlices)]
    #[must_use]
    pub fn takes_slices(&self) -> bool {
        self.encoding.takes_slices()
    }

    /// How many tokens the text is.
    ///
    /// # Errors
    /// `cannot-count`, `limit-exceeded`.
    pub fn count(&self, text: &str) -> Result<usize> {
        self.encoding.count(text).map_err(to_js)
    }

    /// The tokens of the text; the text of a special token is ordinary text.
    ///
    /// # Errors
    /// Those of `count`.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>> {
        self.encoding.encode(text).map_err(to_js)
    }

    /// The tokens of the text; the text of a special token becomes that token.
    ///
    /// # Errors
    /// Those of `count`.
    #[wasm_bindgen(js_name = encodeWithSpecials)]
    pub fn encode_with_specials(&self, text: &str) -> Result<Vec<u32>> {
        self.encoding.encode_with_specials(text).map_err(to_js)
    }

    /// The text of the tokens.
    ///
    /// # Errors
    /// `unknown-token`.
    #[wasm_bindgen(js_name = decodeBytes)]
    pub fn decode_bytes(&self, ids: &[u32]) -> Result<Vec<u8>> {
        self.encoding.decode(ids).map(String::into_bytes).map_err(to_js)
    }

    /// The tokens of the text and their UTF-16 ends, as two arrays.
    ///
    /// # Errors
    /// Those of `count`.
    pub fn spans(&self, text: &str) -> Result<Array> {
        self.encoding.spans(text).map(|spans| spans_to_js(&spans)).map_err(to_js)
    }

    /// `[from, to, tokens, truncated]` of the part of the text that fits.
    ///
    /// # Errors
    /// Those of `count`.
    pub fn fit(&self, text: &str, limit: usize, end: bool, segment: &Function) -> Result<Vec<u32>> {
        let fit = self.encoding.fit_by(text, limit, keep(end), &|text| starts(segment, text));
        fit.map(fit_to_js).map_err(to_js)
    }

    /// An empty text under edit.
    #[must_use]
    pub fn live(&self) -> WasmHfText {
        WasmHfText { live: HfText::new(self.encoding.clone()) }
    }
}

/// An [`HfText`] for JavaScript. Updates and changes have the shapes of those of `LiveText`.
#[wasm_bindgen(js_name = HfText)]
pub struct WasmHfText {
    live: HfText,
}

#[wasm_bindgen(js_class = HfText)]
impl WasmHfText {
    /// How many tokens the text is.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn tokens(&self) -> usize {
        self.live.tokens()
    }

    /// How many code units the text has.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn length(&self) -> usize {
        self.live.len()
    }

    /// Makes one replacement by a well-formed string.
    ///
    /// # Errors
    /// `out-of-range`, and those of `count`.
    pub fn replace(&mut self, from: usize, to: usize, insert: &str) -> Result<Vec<u32>> {
        self.live.replace(from, to, insert).map(change_to_js).map_err(to_js)
    }

    /// Makes several replacements by parts of a well-formed string.
    ///
    /// # Errors
    /// `out-of-range`, `unsorted-edits`, and those of `count`.
    pub fn update(&mut self, positions: &[u32], inserts: &str) -> Result<Vec<u32>> {
        self.make(positions, &mut parts(inserts))
    }

    /// Makes several replacements by parts of a list of code units.
    ///
    /// # Errors
    /// `out-of-range`, `unsorted-edits`, and those of `count`.
    #[wasm_bindgen(js_name = updateUnits)]
    pub fn update_units(&mut self, positions: &[u32], inserts: &[u16]) -> Result<Vec<u32>> {
        self.make(positions, &mut parts_of_units(inserts))
    }

    /// Checks the positions of an update that is to be made edit by edit.
    ///
    /// # Errors
    /// `out-of-range`, `unsorted-edits`.
    pub fn check(&self, positions: &[u32]) -> Result<()> {
        self.live.check(&edits(positions, &mut |_| "".into())).map_err(to_js)
    }

    /// How many tokens a part of the text is when it stands alone.
    ///
    /// # Errors
    /// `out-of-range`, and those of `count`.
    #[wasm_bindgen(js_name = countRange)]
    pub fn count_range(&self, from: usize, to: usize) -> Result<usize> {
        self.live.count_range(from, to).map_err(to_js)
    }

    /// Where so many tokens end.
    ///
    /// # Errors
    /// `out-of-range`, and those of `count`.
    #[wasm_bindgen(js_name = offsetOf)]
    pub fn offset_of(&self, tokens: usize) -> Result<usize> {
        self.live.offset_of(tokens).map_err(to_js)
    }

    /// `[ids, ends, from, index]` of the tokens in a part of the text.
    ///
    /// # Errors
    /// `out-of-range`, and those of `count`.
    #[wasm_bindgen(js_name = spansIn)]
    pub fn spans_in(&self, from: usize, to: usize) -> Result<Array> {
        self.live.spans_in(from, to).map(spans_in_to_js).map_err(to_js)
    }

    /// The code units of a part of the text.
    ///
    /// # Errors
    /// `out-of-range`.
    #[wasm_bindgen(js_name = sliceUnits)]
    pub fn slice_units(&self, from: usize, to: usize) -> Result<Vec<u16>> {
        self.live.slice_units(from, to).map_err(to_js)
    }

    /// `[from, to, tokens, truncated]` of the part of the text that fits.
    ///
    /// # Errors
    /// Those of `count`.
    pub fn fit(&self, limit: usize, end: bool, segment: &Function) -> Result<Vec<u32>> {
        let text = self.live.text();
        let fit = self.live.encoding.fit_by(&text, limit, keep(end), &|text| starts(segment, text));
        fit.map(fit_to_js).map_err(to_js)
    }

    /// `[from, to, tokens]` of each part of the text.
    ///
    /// # Errors
    /// `limit-too-small`, and those of `count`.
    pub fn split(&self, limit: usize, segment: &Function) -> Result<Vec<u32>> {
        let text = self.live.text();
        let chunks = self.live.encoding.split_by(&text, limit, &|text| starts(segment, text));
        chunks.map(chunks_to_js).map_err(to_js)
    }

    fn make<'a>(
        &mut self,
        positions: &[u32],
        insert: &mut dyn FnMut(usize) -> Insert<'a>,
    ) -> Result<Vec<u32>> {
        self.live.update(&edits(positions, insert)).map(change_to_js).map_err(to_js)
    }
}
