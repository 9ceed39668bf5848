//! What the tree knows of each of its branches: sums, and what may be below.

use crate::unicode::Classes;
use std::ops::{Add, AddAssign};

/// What a stretch of text amounts to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub leaves: usize,
    pub bytes: usize,
    /// UTF-16 code units.
    pub units: usize,
    /// Tokens that begin here.
    pub tokens: usize,
    /// Pieces that begin here.
    pub pieces: usize,
    /// At least the classes of the code points that are here.
    pub classes: Classes,
    /// False if no lone surrogate is here.
    pub lone: bool,
}

impl Add for Sum {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            leaves: self.leaves + other.leaves,
            bytes: self.bytes + other.bytes,
            units: self.units + other.units,
            tokens: self.tokens + other.tokens,
            pieces: self.pieces + other.pieces,
            classes: self.classes.and(other.classes),
            lone: self.lone || other.lone,
        }
    }
}

impl AddAssign for Sum {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// What leaves are found by.
#[derive(Clone, Copy)]
pub(super) enum Measure {
    Leaves,
    Bytes,
    Units,
    Tokens,
    Pieces,
}

/// What a leaf is looked for that holds it.
#[derive(Clone, Copy)]
pub(super) enum Holding {
    /// The beginning of a token.
    Token,
    /// A code point of one of these classes, perhaps.
    Class(Classes),
}

impl Sum {
    pub fn of(&self, measure: Measure) -> usize {
        match measure {
            Measure::Leaves => self.leaves,
            Measure::Bytes => self.bytes,
            Measure::Units => self.units,
            Measure::Tokens => self.tokens,
            Measure::Pieces => self.pieces,
        }
    }

    pub fn holds(&self, what: Holding) -> bool {
        match what {
            Holding::Token => self.tokens > 0,
            Holding::Class(classes) => self.classes.meets(classes),
        }
    }
}
