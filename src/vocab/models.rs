//! What the coding of definitions expects: how often a token will be used, and which bytes a text has.

use super::coder::{BYTE_MODELS, Coder, Model, models};
use super::definitions::{LEFT, RIGHT};
use super::urn::{KINDS, Token, kind};

/// Lengths of tokens in classes.
pub(super) const LENGTHS: usize = 8;

pub(super) fn length_class(token: Token) -> usize {
    usize::from(token.length).min(LENGTHS) - 1
}

/// How often a token will be used, on each side.
pub(super) struct UseModels {
    new: [Vec<Model>; 2],
    /// For tokens of a base.
    again: [Vec<Model>; 2],
    large: Vec<Model>,
}

/// What a nibble cannot hold is coded as a number.
const LARGE: u32 = 15;
/// Ranks below two to this power are all alike.
const LEAST_RANK: usize = 7;
/// Classes of ranks, or of numbers of uses in a base.
const BEFORE: usize = 8;

impl Default for UseModels {
    fn default() -> Self {
        let sides = || [1, 4].map(|factor| models(KINDS * LENGTHS * BEFORE * factor));
        Self { new: sides(), again: sides(), large: models(BYTE_MODELS) }
    }
}

impl UseModels {
    /// Codes the uses of the token at `place`; `before` says how often the base has used it, if it is the base's.
    #[inline]
    pub fn code<C: Coder>(
        &mut self,
        coder: &mut C,
        place: usize,
        before: Option<[u8; 2]>,
        token: Token,
        uses: [u32; 2],
    ) -> [u32; 2] {
        let rank = ((place + 1).ilog2() as usize).saturating_sub(LEAST_RANK) / 2;
        let models = if before.is_some() { &mut self.again } else { &mut self.new };
        let mut read = [0; 2];
        for side in [LEFT, RIGHT] {
            let last = match before {
                Some(before) => (8 - before[side].leading_zeros() as usize).min(BEFORE - 1),
                None => rank,
            };
            let mut context = (kind(token.scripts[1 - side]) * LENGTHS + length_class(token)) * BEFORE + last;
            if side == RIGHT {
                context = context * 4 + (read[LEFT] as usize).min(3);
            }
            let small = coder.nibble(&mut models[side][context], uses[side].min(LARGE) as u8);
            read[side] = u32::from(small);
            if read[side] == LARGE {
                let more = coder.number(&mut self.large, uses[side].saturating_sub(LARGE));
                read[side] = more.saturating_add(LARGE);
            }
        }
        read
    }
}

/// The models of texts.
#[derive(Default)]
pub(super) struct TextModels {
    /// Made when the first text comes, as the bytes' are.
    pub length: Vec<Model>,
    /// By the byte before; those of first bytes, by the first byte of the text before, behind all others.
    pub bytes: Vec<Model>,
}

impl TextModels {
    pub fn of(&mut self, before: u8, first: bool) -> &mut [Model] {
        &mut self.bytes[(usize::from(before) + if first { 256 } else { 0 }) * BYTE_MODELS..]
    }
}
