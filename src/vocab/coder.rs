//! An adaptive range coder for small symbols: the entropy coding of packed vocabularies.
//!
//! A symbol is a nibble under a model that learns its distribution as it goes, or a part of a whole whose parts
//! both sides know. Integers only, so that every machine decodes the same.

const SCALE_BITS: u32 = 15;
const SCALE: u32 = 1 << SCALE_BITS;
const MIN_RANGE: u32 = 1 << 24;
/// The largest whole that [`Coder::part`] takes: a range is at least 32 times as wide, so little is lost by rounding.
#[cfg(test)]
const MAX_WHOLE: u32 = 1 << 19;
/// A model is made anew after so many symbols at first and at most, twice as many each time.
const FIRST_RENEWAL: u16 = 4;
const LAST_RENEWAL: u16 = 32;
/// Counts are halved when their sum passes this, so that what was seen lately weighs more.
const MOST_COUNTED: u32 = 10_000;
/// What a symbol adds to its count. All counts begin at 1, so the more it is the sooner they are forgotten.
const COUNT: u16 = 24;

/// The distribution of one nibble, learned from the nibbles before it: symbols are counted, and from time to
/// time the counts become the distribution.
#[derive(Clone)]
pub(super) struct Model {
    /// The share of all smaller symbols, of a whole of [`SCALE`].
    cumulative: [u16; 17],
    counts: [u16; 16],
    until_renewal: u16,
    renewal: u16,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            cumulative: std::array::from_fn(|i| (i as u32 * (SCALE / 16)) as u16),
            counts: [1; 16],
            until_renewal: FIRST_RENEWAL,
            renewal: FIRST_RENEWAL,
        }
    }
}

impl Model {
    #[inline]
    fn learn(&mut self, symbol: usize) {
        self.counts[symbol] += COUNT;
        self.until_renewal -= 1;
        if self.until_renewal == 0 {
            self.renew();
        }
    }

    /// Takes the counts as the distribution. Every symbol keeps a share of 1 or more.
    #[inline(never)]
    fn renew(&mut self) {
        self.renewal = (self.renewal * 2).min(LAST_RENEWAL);
        self.until_renewal = self.renewal;
        let sum: u32 = self.counts.iter().copied().map(u32::from).sum();
        let share = ((SCALE - 16) << 16) / sum;
        let mut counted = 0;
        for (i, &count) in self.counts.iter().enumerate() {
            self.cumulative[i] = (((counted * share) >> 16) + i as u32) as u16;
            counted += u32::from(count);
        }
        if sum > MOST_COUNTED {
            for count in &mut self.counts {
                *count = (*count).div_ceil(2);
            }
        }
    }
}

/// Makes so many new models.
#[inline(never)]
pub(super) fn models(count: usize) -> Vec<Model> {
    vec![Model::default(); count]
}

/// A byte takes so many models: one for its high nibble, and one for the low nibble behind each of those.
pub(super) const BYTE_MODELS: usize = 17;

/// Both directions of the coder have this shape, so that writer and reader of a format are one function: the
/// encoder takes the value and returns it, the decoder ignores what it is given and returns what it read.
pub(super) trait Coder {
    /// Whether this coder writes.
    const WRITES: bool;

    /// Codes a nibble.
    fn nibble(&mut self, model: &mut Model, value: u8) -> u8;
    /// Codes a part of a whole of at most [`MAX_WHOLE`]: returns a place within the part. The caller finds out which
    /// part that is, and passes it to [`take`](Self::take). `from` is where the part begins.
    fn part(&mut self, whole: u32, from: u32) -> u32;
    /// Takes the part that begins at `from` and is `width` wide.
    fn take(&mut self, from: u32, width: u32);

    /// Codes a number below `bound`, which is 1 to [`MAX_WHOLE`], where all values are as likely.
    fn uniform(&mut self, bound: u32, value: u32) -> u32 {
        let value = self.part(bound, value);
        self.take(value, 1);
        value
    }

    /// Codes a byte by its [`BYTE_MODELS`].
    fn byte(&mut self, models: &mut [Model], value: u8) -> u8 {
        let high = self.nibble(&mut models[0], value >> 4);
        let low = self.nibble(&mut models[1 + usize::from(high)], value & 15);
        (high << 4) | low
    }

    /// Codes any number as its count of bits, then the bits below the first.
    fn number(&mut self, length: &mut [Model], value: u32) -> u32 {
        let bits = self.byte(length, (32 - value.leading_zeros()) as u8).min(32);
        if bits < 2 {
            return u32::from(bits);
        }
        let first = 1u32 << (bits - 1);
        first | self.bits(u32::from(bits) - 1, value & (first - 1))
    }

    /// Codes the low `count` bits of `value` as they are.
    fn bits(&mut self, count: u32, value: u32) -> u32 {
        let mut read = 0;
        let mut done = 0;
        while done < count {
            let part = (count - done).min(16);
            read |= self.uniform(1 << part, (value >> done) & ((1 << part) - 1)) << done;
            done += part;
        }
        read
    }
}

/// Writes what [`Decoder`] reads.
pub(super) struct Encoder {
    low: u64,
    range: u32,
    /// What one of the whole is worth, between `part` and `take`.
    unit: u32,
    pending: u64,
    last: Option<u8>,
    out: Vec<u8>,
}

impl Encoder {
    pub fn new() -> Self {
        Self { low: 0, range: u32::MAX, unit: 0, pending: 0, last: None, out: Vec::new() }
    }

    fn narrow(&mut self, from: u32, width: u32) {
        self.low += u64::from(from);
        self.range = width;
        while self.range < MIN_RANGE {
            self.range <<= 8;
            self.shift();
        }
    }

    /// Moves the top byte of `low` out; a byte that a carry may still change waits, with the 255s behind it.
    fn shift(&mut self) {
        let carry = (self.low >> 32) as u8;
        if (self.low as u32) < 0xff00_0000 || carry != 0 {
            self.out.extend(self.last.map(|byte| byte.wrapping_add(carry)));
            for _ in 0..self.pending {
                self.out.push(0xff_u8.wrapping_add(carry));
            }
            self.pending = 0;
            self.last = Some((self.low >> 24) as u8);
        } else {
            self.pending += 1;
        }
        self.low = (self.low & 0x00ff_ffff) << 8;
    }

    pub fn finish(mut self) -> Vec<u8> {
        for _ in 0..5 {
            self.shift();
        }
        self.out
    }
}

impl Coder for Encoder {
    const WRITES: bool = true;

    fn nibble(&mut self, model: &mut Model, value: u8) -> u8 {
        let symbol = usize::from(value);
        let unit = self.range >> SCALE_BITS;
        let from = u32::from(model.cumulative[symbol]);
        let to = u32::from(model.cumulative[symbol + 1]);
        self.narrow(from * unit, (to - from) * unit);
        model.learn(symbol);
        value
    }

    fn part(&mut self, whole: u32, from: u32) -> u32 {
        self.unit = self.range / whole;
        from
    }

    fn take(&mut self, from: u32, width: u32) {
        self.narrow(from * self.unit, width * self.unit);
    }
}

/// Reads what [`Encoder`] wrote. Any bytes decode to something: it is for the caller to check the values, and
/// at the end to ask [`overran`](Self::overran).
pub(super) struct Decoder {
    input: Vec<u8>,
    at: usize,
    range: u32,
    /// What one of the whole is worth, between `part` and `take`.
    unit: u32,
    code: u32,
}

impl Decoder {
    /// Reads `input` from the byte `at` on.
    pub fn new(input: Vec<u8>, at: usize) -> Self {
        let mut new = Self { input, at, range: u32::MAX, unit: 0, code: 0 };
        for _ in 0..4 {
            new.code = (new.code << 8) | new.next();
        }
        new
    }

    fn next(&mut self) -> u32 {
        let byte = self.input.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        u32::from(byte)
    }

    fn narrow(&mut self, from: u32, width: u32) {
        self.code = self.code.wrapping_sub(from);
        self.range = width;
        while self.range < MIN_RANGE {
            self.code = (self.code << 8) | self.next();
            self.range <<= 8;
        }
    }

    /// Returns whether more was read than there was.
    pub fn overran(&self) -> bool {
        self.at > self.input.len()
    }
}

impl Coder for Decoder {
    const WRITES: bool = false;

    #[inline(never)]
    fn nibble(&mut self, model: &mut Model, _: u8) -> u8 {
        let unit = self.range >> SCALE_BITS;
        let ends = &model.cumulative;
        // Products, because a division takes longer than all of them.
        let beyond = |end: usize| usize::from(u32::from(ends[end]) * unit <= self.code);
        let quarter = (beyond(4) + beyond(8) + beyond(12)) * 4;
        let symbol = quarter + beyond(quarter + 1) + beyond(quarter + 2) + beyond(quarter + 3);
        let from = u32::from(model.cumulative[symbol]);
        let to = u32::from(model.cumulative[symbol + 1]);
        self.narrow(from * unit, (to - from) * unit);
        model.learn(symbol);
        symbol as u8
    }

    #[inline]
    fn part(&mut self, whole: u32, _: u32) -> u32 {
        self.unit = self.range / whole;
        (self.code / self.unit).min(whole - 1)
    }

    #[inline]
    fn take(&mut self, from: u32, width: u32) {
        self.narrow(from * self.unit, width * self.unit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng, rngs::StdRng};

    fn run<C: Coder>(coder: &mut C, rng: &mut StdRng) -> Vec<u32> {
        let (mut nibble, mut number) = (Model::default(), models(BYTE_MODELS));
        let mut read = Vec::new();
        for _ in 0..20_000 {
            let value = rng.random::<u32>() >> rng.random_range(0..32);
            let bound = value.saturating_add(rng.random_range(1..9));
            read.push(u32::from(coder.nibble(&mut nibble, (value.leading_zeros() / 2).min(15) as u8)));
            read.push(coder.number(&mut number, value));
            read.push(coder.uniform(bound.min(MAX_WHOLE), value.min(bound - 1).min(MAX_WHOLE - 1)));
            read.push(coder.bits(value.leading_zeros(), (1u32 << (value.leading_zeros().min(31))) - 1));
        }
        read
    }

    #[test]
    fn what_was_written_is_read() {
        for seed in 0..20 {
            let mut encoder = Encoder::new();
            let wrote = run(&mut encoder, &mut StdRng::seed_from_u64(seed));
            let bytes = encoder.finish();
            let mut decoder = Decoder::new(bytes, 0);
            assert_eq!(run(&mut decoder, &mut StdRng::seed_from_u64(seed)), wrote, "seed {seed}");
            assert!(!decoder.overran(), "seed {seed}");
        }
    }

    #[test]
    fn carries_run_through_any_number_of_bytes() {
        for bound in [2, 3, 255, 256, MAX_WHOLE] {
            for value in [0, bound - 1] {
                let mut encoder = Encoder::new();
                for _ in 0..5000 {
                    encoder.uniform(bound, value);
                }
                let bytes = encoder.finish();
                let mut decoder = Decoder::new(bytes, 0);
                assert!((0..5000).all(|_| decoder.uniform(bound, 0) == value));
            }
        }
    }
}
