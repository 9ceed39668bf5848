//! The boundary to JavaScript of the wasm file that packs tokenizer files.

use super::JsonPacker;
use crate::boundary::to_js;
use crate::{JsonOptions, Pattern};
use wasm_bindgen::prelude::*;

/// Packs a tokenizer.json, a rank file or a tekken.json in steps.
#[wasm_bindgen(js_name = JsonPacker)]
pub struct WasmJsonPacker {
    packer: JsonPacker,
}

#[wasm_bindgen(js_class = JsonPacker)]
impl WasmJsonPacker {
    /// Begins to read a file; a rank file needs the name of its pattern.
    ///
    /// # Errors
    /// `[code, message]`, as for all methods: those of the file, and `unknown-pattern`.
    #[wasm_bindgen(constructor)]
    pub fn new(file: Vec<u8>, name: String, pattern: Option<String>) -> Result<WasmJsonPacker, JsValue> {
        let pattern = pattern.map(|name| Pattern::from_name(&name)).transpose().map_err(to_js)?;
        JsonPacker::new(file, JsonOptions { name, pattern }).map(|packer| Self { packer }).map_err(to_js)
    }

    /// Does a few milliseconds' work; whether all is done.
    ///
    /// # Errors
    /// Those of the file.
    pub fn step(&mut self) -> Result<bool, JsValue> {
        self.packer.step().map_err(to_js)
    }

    /// How much is done, of 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        self.packer.progress()
    }

    /// The packed vocabulary, when all is done.
    ///
    /// # Errors
    /// Those of the file.
    pub fn finish(self) -> Result<Vec<u8>, JsValue> {
        self.packer.finish().map_err(to_js)
    }
}
