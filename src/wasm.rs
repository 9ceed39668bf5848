//! The boundary to JavaScript: names, types and errors, one line a method.
//!
//! Positions are UTF-16 code units. Strings arrive well-formed: a lone surrogate is U+FFFD, as
//! `String.prototype.toWellFormed` has it. The package `pkg/` wraps this; nothing else calls it.

use crate::boundary::{
    change_to_js, chunks_to_js, edits, fit_to_js, keep, parts, parts_of_units, spans_in_to_js, spans_to_js,
    specials_to_js, starts, to_js,
};
use crate::vocab::Loader;
use crate::{Encoding, Insert, Line, LiveText, TokenRange};
use js_sys::{Array, Function};
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// Loads an encoding in steps.
#[wasm_bindgen(js_name = Loader)]
pub struct WasmLoader {
    loader: Loader,
}

#[wasm_bindgen(js_class = Loader)]
impl WasmLoader {
    /// Begins to read a packed vocabulary, with the file of the one that it extends, if it extends one.
    ///
    /// # Errors
    /// `[code, message]`, as for all methods; the codes are those of `ErrorKind`.
    #[wasm_bindgen(constructor)]
    pub fn new(file: Vec<u8>, base: Option<Vec<u8>>) -> Result<WasmLoader, JsValue> {
        Loader::new(file, base).map(|loader| Self { loader }).map_err(to_js)
    }

    /// Does a few milliseconds' work; whether all is done.
    ///
    /// # Errors
    /// Those of the file.
    pub fn step(&mut self) -> Result<bool, JsValue> {
        self.loader.step().map_err(to_js)
    }

    /// The encoding. What is left of the work is done at once.
    ///
    /// # Errors
    /// Those of the file.
    pub fn finish(self) -> Result<WasmEncoding, JsValue> {
        let vocab = self.loader.finish().map_err(to_js)?;
        Ok(WasmEncoding { encoding: Arc::new(Encoding::of(vocab)) })
    }
}

/// An [`Encoding`] for JavaScript.
#[wasm_bindgen(js_name = Encoding)]
pub struct WasmEncoding {
    encoding: Arc<Encoding>,
}

#[wasm_bindgen(js_class = Encoding)]
impl WasmEncoding {
    /// Reads a vocabulary of Claude's, for a line of models by its number.
    ///
    /// # Errors
    /// Those of the file.
    ///
    /// # Panics
    /// If no line has that number.
    pub fn claude(file: &[u8], line: usize) -> Result<WasmEncoding, JsValue> {
        let line = Line::ALL[line];
        Encoding::from_claude(file, line).map(|encoding| Self { encoding: Arc::new(encoding) }).map_err(to_js)
    }

    /// An estimate of the encoding of that name; of any other name, one of an encoding that nobody has.
    #[must_use]
    pub fn estimate(name: &str) -> WasmEncoding {
        Self { encoding: Arc::new(Encoding::of_estimate(name)) }
    }

    /// The texts of the special tokens, each behind a NUL, and their ids.
    #[must_use]
    pub fn specials(&self) -> Array {
        specials_to_js(self.encoding.specials().iter().map(|special| (special.text.as_str(), special.id)))
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

    /// `[tokens, low, high]`.
    #[must_use]
    pub fn range(&self, text: &str) -> Vec<u32> {
        range_to_js(self.encoding.range(text))
    }

    /// The tokens of the text. The text of a special token is ordinary text; with `specials` it becomes that token.
    #[must_use]
    pub fn encode(&self, text: &str, specials: bool) -> Vec<u32> {
        if specials { self.encoding.encode_with_specials(text) } else { self.encoding.encode(text) }
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
        spans_to_js(&self.encoding.spans(text))
    }

    /// `[from, to, tokens, truncated]` of the part of the text that fits.
    #[must_use]
    pub fn fit(&self, text: &str, limit: usize, end: bool, segment: &Function) -> Vec<u32> {
        fit_to_js(self.encoding.fit_by(text, limit, keep(end), &|text| starts(segment, text)))
    }

    /// An empty text under edit.
    #[must_use]
    pub fn live(&self) -> WasmLiveText {
        WasmLiveText { live: LiveText::new(self.encoding.clone(), "") }
    }
}

/// A [`LiveText`] for JavaScript. An update is `[from, to, length]` for each edit and the texts to insert, joined.
/// Its change is `[tokens, added, removed, from, to]`.
#[wasm_bindgen(js_name = LiveText)]
pub struct WasmLiveText {
    live: LiveText,
}

#[wasm_bindgen(js_class = LiveText)]
impl WasmLiveText {
    /// How many tokens the text is.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn tokens(&self) -> usize {
        self.live.tokens()
    }

    /// `[tokens, low, high]`.
    #[must_use]
    pub fn range(&self) -> Vec<u32> {
        range_to_js(self.live.range())
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
    /// `out-of-range`.
    pub fn replace(&mut self, from: usize, to: usize, insert: &str) -> Result<Vec<u32>, JsValue> {
        self.live.replace(from, to, insert).map(change_to_js).map_err(to_js)
    }

    /// Makes several replacements by parts of a well-formed string.
    ///
    /// # Errors
    /// `out-of-range`, `unsorted-edits`.
    pub fn update(&mut self, positions: &[u32], inserts: &str) -> Result<Vec<u32>, JsValue> {
        self.make(positions, &mut parts(inserts))
    }

    /// Makes several replacements by parts of a list of code units.
    ///
    /// # Errors
    /// `out-of-range`, `unsorted-edits`.
    #[wasm_bindgen(js_name = updateUnits)]
    pub fn update_units(&mut self, positions: &[u32], inserts: &[u16]) -> Result<Vec<u32>, JsValue> {
        self.make(positions, &mut parts_of_units(inserts))
    }

    /// Checks the positions of an update that is to be made edit by edit.
    ///
    /// # Errors
    /// `out-of-range`, `unsorted-edits`.
    pub fn check(&self, positions: &[u32]) -> Result<(), JsValue> {
        self.live.check(&edits(positions, &mut |_| "".into())).map_err(to_js)
    }

    /// How many tokens a part of the text is when it stands alone.
    ///
    /// # Errors
    /// `out-of-range`.
    #[wasm_bindgen(js_name = countRange)]
    pub fn count_range(&self, from: usize, to: usize) -> Result<usize, JsValue> {
        self.live.count_range(from, to).map_err(to_js)
    }

    /// Where so many tokens end.
    ///
    /// # Errors
    /// `out-of-range`.
    #[wasm_bindgen(js_name = offsetOf)]
    pub fn offset_of(&self, tokens: usize) -> Result<usize, JsValue> {
        self.live.offset_of(tokens).map_err(to_js)
    }

    /// `[ids, ends, from, index]` of the tokens in a part of the text.
    ///
    /// # Errors
    /// `out-of-range`.
    #[wasm_bindgen(js_name = spansIn)]
    pub fn spans_in(&self, from: usize, to: usize) -> Result<Array, JsValue> {
        self.live.spans_in(from, to).map(spans_in_to_js).map_err(to_js)
    }

    /// The code units of a part of the text.
    ///
    /// # Errors
    /// `out-of-range`.
    #[wasm_bindgen(js_name = sliceUnits)]
    pub fn slice_units(&self, from: usize, to: usize) -> Result<Vec<u16>, JsValue> {
        self.live.slice_units(from, to).map_err(to_js)
    }

    /// Counts the text in another encoding too; the number by which that is asked for.
    pub fn also(&mut self, encoding: &WasmEncoding) -> usize {
        self.live.also(encoding.encoding.clone())
    }

    /// Counts so many more code units in the encoding of that number; whether all is counted.
    #[wasm_bindgen(js_name = catchUp)]
    pub fn catch_up(&mut self, number: usize, most: usize) -> bool {
        self.live.catch_up(number, most)
    }

    /// How many tokens the text is in the encoding of that number, when all of it is counted.
    #[wasm_bindgen(js_name = tokensAlso)]
    #[must_use]
    pub fn tokens_also(&self, number: usize) -> Option<usize> {
        self.live.tokens_also(number)
    }

    /// Counts in the encoding of that number no more.
    #[wasm_bindgen(js_name = alsoNoMore)]
    pub fn also_no_more(&mut self, number: usize) {
        self.live.also_no_more(number);
    }

    /// `[from, to, tokens, truncated]` of the part of the text that fits.
    #[must_use]
    pub fn fit(&self, limit: usize, end: bool, segment: &Function) -> Vec<u32> {
        fit_to_js(self.live.fit_by(limit, keep(end), &|text| starts(segment, text)))
    }

    /// `[from, to, tokens]` of each part of the text.
    ///
    /// # Errors
    /// `limit-too-small`.
    pub fn split(&self, limit: usize, segment: &Function) -> Result<Vec<u32>, JsValue> {
        self.live.split_by(limit, &|text| starts(segment, text)).map(chunks_to_js).map_err(to_js)
    }

    fn make<'a>(
        &mut self,
        positions: &[u32],
        insert: &mut dyn FnMut(usize) -> Insert<'a>,
    ) -> Result<Vec<u32>, JsValue> {
        self.live.update(&edits(positions, insert)).map(change_to_js).map_err(to_js)
    }
}

fn range_to_js(range: TokenRange) -> Vec<u32> {
    [range.tokens, range.low, range.high].map(|number| number as u32).into()
}
