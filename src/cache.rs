//! What was tokenized lately: most of what a text repeats is not worth doing twice.

mod passages;
mod pieces;

pub(crate) use passages::{Passage, Passages};
pub(crate) use pieces::{Few, Pieces};

/// Remembers the tokens of pieces and of passages.
#[derive(Default)]
pub(crate) struct Cache {
    pub pieces: Pieces,
    pub passages: Passages,
}
