//! The native tests, which are one program: what they share is built once, and none of them waits alone for a last one.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod claude;
mod cli;
mod common;
mod estimate;
mod exact;
#[path = "../tools/vocab/fetch.rs"]
mod fetch;
mod for_wasm;
mod golden;
#[cfg(feature = "hf")]
mod hf;
mod hostile;
mod json;
mod live;
mod vocab;
