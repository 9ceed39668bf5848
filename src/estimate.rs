//! Estimates of counts from what texts are made of, without a vocabulary: for encodings whose vocabulary has not come
//! yet, and for those whose vocabulary is not public.
//!
//! Every code point has a feature (`features.rs`), every encoding a weight for each feature, in tokens. The sum of the
//! weights is the estimate. The range around it comes from how far sums were from true counts (`tools/estimate.rs`,
//! which writes `table.rs`); DESIGN.md shows how often it holds the count.

#[doc(hidden)]
pub mod features;
mod table;

use features::{FEATURES, GROUPS, State};
use std::ops::{Add, AddAssign, Sub};

/// How many tokens a text is, as far as that is known: `low` to `high`, all three the same where it is exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TokenRange {
    /// The fewest that it may be.
    pub low: usize,
    /// What it is taken to be; from `low` to `high`.
    pub tokens: usize,
    /// The most that it may be.
    pub high: usize,
}

impl TokenRange {
    /// Returns the range of an exact count.
    #[must_use]
    pub const fn exact(tokens: usize) -> Self {
        Self { low: tokens, tokens, high: tokens }
    }

    /// Returns a range around an estimate of a text that is not empty, so has a token.
    pub(crate) fn around(low: f64, tokens: f64, high: f64) -> Self {
        let tokens = whole(tokens.round()).max(1);
        Self { low: whole(low).clamp(1, tokens), tokens, high: whole(high.ceil()).max(tokens) }
    }
}

/// Returns the number below, and of what is negative or too much the nearest that there is.
#[expect(clippy::cast_sign_loss, reason = "0 is meant for what is negative")]
fn whole(number: f64) -> usize {
    number as usize
}

/// Parts of a token in which sums are kept, so that they add up in any order.
pub(crate) const UNIT: u64 = 112 * 112 * 64;

/// Sums over the code points of a text: the estimate, and how far the count may be below and above it, noise apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub mid: u64,
    pub below: u64,
    pub above: u64,
}

impl Add for Sums {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let (mid, below, above) = (self.mid + other.mid, self.below + other.below, self.above + other.above);
        Self { mid, below, above }
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// Of more the part that is less.
impl Sub for Sums {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        let (mid, below, above) = (self.mid - other.mid, self.below - other.below, self.above - other.above);
        Self { mid, below, above }
    }
}

/// How far counts are from their estimates: for each group of features a share of its sum, in parts of 64, then the noise of
/// single tokens, which grows with the square root of the estimate, and that of any text.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Spread {
    pub below: [u8; SPREAD],
    pub above: [u8; SPREAD],
}

/// The numbers of a spread.
#[doc(hidden)]
pub const SPREAD: usize = GROUPS.len() + 2;

/// What an estimate of one encoding, or of one that nobody has, adds up.
#[doc(hidden)]
pub struct Estimate {
    weights: Box<[Sums]>,
    spread: Spread,
}

impl Estimate {
    /// Returns the estimate of an encoding by its name; of any other name, what is known of the vocabularies of today.
    pub(crate) fn of(name: &str) -> Self {
        let name = match name {
            "o200k_harmony" => "o200k_base",
            "deepseek_v4" => "deepseek_v3",
            "glm5" => "glm4",
            "claude4_8" | "claude5" => "claude4_7",
            "mistral_v1" => "mistral_v3",
            name => name,
        };
        match table::NAMES.iter().position(|&each| each == name) {
            Some(place) => Self::new(&table::WEIGHTS[place], table::KNOWN),
            None => Self::new(&table::UNKNOWN_WEIGHTS, table::UNKNOWN),
        }
    }

    /// Returns an estimate by its numbers in the table.
    #[must_use]
    pub fn new(roots: &[u8; FEATURES], spread: Spread) -> Self {
        let mut group = 0;
        let weigh = |(feature, &root): (usize, &u8)| {
            while GROUPS.get(group + 1).is_some_and(|&next| next <= feature) {
                group += 1;
            }
            let weight = u64::from(root) * u64::from(root);
            let share = |shares: &[u8; SPREAD]| weight * u64::from(shares[group]);
            Sums { mid: 64 * weight, below: share(&spread.below), above: share(&spread.above) }
        };
        Self { weights: roots.iter().enumerate().map(weigh).collect(), spread }
    }

    /// Returns the sums of a part of a text, given the state before it, which becomes the one behind it.
    ///
    /// # Complexity
    /// Linear in the bytes of the part.
    pub(crate) fn sums(&self, text: &str, state: &mut State) -> Sums {
        let mut sums = Sums::default();
        *state = features::read(text, *state, &table::LEVELS, |feature| {
            if let Some(&weight) = self.weights.get(feature) {
                sums += weight;
            }
        });
        sums
    }

    /// Returns what the sums of a text that is not empty say.
    #[expect(clippy::cast_precision_loss, reason = "sums are far below 2⁵³, and the rest is an estimate")]
    pub(crate) fn range(&self, sums: Sums) -> TokenRange {
        let [mid, below, above] = [sums.mid, sums.below, sums.above].map(|sum| sum as f64 / UNIT as f64);
        let noise = |shares: &[u8; SPREAD]| {
            let [root, any] = [SPREAD - 2, SPREAD - 1].map(|at| f64::from(shares[at]) / 64.0);
            root * mid.sqrt() + any
        };
        let Spread { below: under, above: over } = &self.spread;
        TokenRange::around(mid - below - noise(under), mid, mid + above + noise(over))
    }

    /// Returns what a text says that has so many of each feature.
    #[must_use]
    pub fn range_of(&self, counts: &[u32]) -> TokenRange {
        let mut sums = Sums::default();
        for (&Sums { mid, below, above }, &count) in self.weights.iter().zip(counts) {
            let [mid, below, above] = [mid, below, above].map(|weight| weight * u64::from(count));
            sums += Sums { mid, below, above };
        }
        self.range(sums)
    }
}

/// Returns the weight of a number of the table, in tokens.
#[doc(hidden)]
#[must_use]
pub fn weight(root: u8) -> f64 {
    (f64::from(root) / 112.0).powi(2)
}

/// Returns the levels of letters, as the table has them.
#[doc(hidden)]
#[must_use]
pub fn levels() -> &'static [u8] {
    &table::LEVELS
}

/// Returns the numbers of the weights of an encoding, as the table has them.
#[doc(hidden)]
#[must_use]
pub fn roots(name: &str) -> Option<&'static [u8; FEATURES]> {
    table::NAMES.iter().position(|&each| each == name).map(|place| &table::WEIGHTS[place])
}

/// Returns the spread of estimates of encodings that are known, and of those that are not, as the table has them.
#[doc(hidden)]
#[must_use]
pub fn spreads() -> [Spread; 2] {
    [table::KNOWN, table::UNKNOWN]
}
