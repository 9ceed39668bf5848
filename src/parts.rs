//! Counts a text in parts that are cut at *borders*: places where the counts add up, so the count is that of the whole.
//!
//! At a border between A and B, what A counts depends on B by its first character N alone, and what B counts on A by its
//! last one, M. So count(AB) = count(AN) + count(aMB) − count(aMN). DESIGN.md says why these are borders.

use crate::borders::Kind;
use crate::{Encoding, TokenRange};
#[cfg(feature = "rayon")]
use rayon::prelude::*;

/// Blocks that are held where there is no border in them; more cannot be counted.
const MOST_BLOCKS: usize = 128;

/// A text has no place where it can be cut for so long that it cannot be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoBorder;

impl std::fmt::Display for NoBorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the text has no place where it can be cut for {MOST_BLOCKS} blocks, so it is too long to be counted"
        )
    }
}

impl std::error::Error for NoBorder {}

/// Parts that are counted side by side, where the feature `rayon` is on: few enough to be held at a time.
const BATCH: usize = if cfg!(feature = "rayon") { 16 } else { 1 };

/// Counts a text that comes in blocks, of any length and in bounded memory; with the feature `rayon` on all processors.
///
/// ```
/// use tokimeter::{Encoding, Parts};
///
/// let encoding = Encoding::from_packed(&std::fs::read("data/vocab/o200k_base.vocab")?)?;
/// let mut parts = Parts::new(&encoding);
/// for block in ["Hello,", " wor", "ld!"] {
///     parts.push(block)?;
/// }
/// assert_eq!(parts.end().tokens, 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Parts<'a> {
    encoding: &'a Encoding,
    count: TokenRange,
    /// What the characters beside borders count, which were counted twice.
    twice: usize,
    /// Behind a border, `aM` and what has come since.
    held: String,
    /// Blocks of which something is held.
    blocks: usize,
    /// Parts that are still to be counted.
    cut: Vec<String>,
}

impl<'a> Parts<'a> {
    /// Returns a count of nothing.
    #[must_use]
    pub fn new(encoding: &'a Encoding) -> Self {
        Self {
            encoding,
            count: TokenRange::default(),
            twice: 0,
            held: String::new(),
            blocks: 0,
            cut: Vec::new(),
        }
    }

    /// Takes the next block. Some 1 MB at a time is a good size.
    ///
    /// # Errors
    /// [`NoBorder`] if the text cannot be cut for 128 blocks.
    pub fn push(&mut self, block: &str) -> Result<(), NoBorder> {
        let begin = self.held.len();
        self.held.push_str(block);
        if let Some((at, last, next)) = self.last_border(begin.max(2)) {
            let mut rest: String = ['a', last].into_iter().collect();
            let seam = rest.len();
            rest.push_str(&self.held[at..]);
            self.held.truncate(at);
            self.held.push(next);
            self.twice += self.encoding.count(&rest[..seam + next.len_utf8()]);
            self.cut.push(std::mem::replace(&mut self.held, rest));
            self.blocks = 1;
            if self.cut.len() >= BATCH {
                self.add();
            }
            return Ok(());
        }
        self.blocks += usize::from(!block.is_empty());
        if self.blocks > MOST_BLOCKS { Err(NoBorder) } else { Ok(()) }
    }

    /// Returns the count of all.
    #[must_use]
    pub fn end(mut self) -> TokenRange {
        self.cut.push(std::mem::take(&mut self.held));
        self.add();
        let TokenRange { low, tokens, high } = self.count;
        let less = |count: usize| count.saturating_sub(self.twice);
        TokenRange { low: less(low), tokens: less(tokens), high: less(high) }
    }

    /// Returns the last border at a byte or behind it, and what stands before it and behind it.
    fn last_border(&self, from: usize) -> Option<(usize, char, char)> {
        let mut next = None;
        for (at, last) in self.held.char_indices().rev() {
            if let Some((behind, next)) = next {
                if behind < from {
                    return None;
                }
                if Kind::between(last, next).is_some_and(|kind| self.encoding.borders().contains(&kind)) {
                    return Some((behind, last, next));
                }
            }
            next = Some((at, last));
        }
        None
    }

    /// Counts the parts that were cut.
    fn add(&mut self) {
        #[cfg(feature = "rayon")]
        let parts = self.cut.par_iter();
        #[cfg(not(feature = "rayon"))]
        let parts = self.cut.iter();
        let ranges: Vec<TokenRange> = parts.map(|part| self.encoding.range(part)).collect();
        for TokenRange { low, tokens, high } in ranges {
            self.count.low += low;
            self.count.tokens += tokens;
            self.count.high += high;
        }
        self.cut.clear();
    }
}
