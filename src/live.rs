//! A text under edit that always knows how many tokens it is, exactly.
//!
//! The text is kept in leaves of about a kilobyte, with the lengths of its tokens, in a tree that knows sums. An edit
//! first makes the text right, then finds pieces and tokens anew near the edit, and stops as soon as it meets what was
//! there before (DESIGN.md proves that this is exact). So an edit costs what it changes, whatever the text's length.

mod also;
mod cursor;
mod edit;
mod edits;
mod fit;
mod graphemes;
mod leaf;
mod parts;
mod positions;
mod recut;
mod sum;
mod tree;
mod view;

pub use edits::{Change, Edit, Insert};
pub(crate) use edits::{check_edits, check_range};
#[cfg(all(feature = "hf", not(target_arch = "wasm32")))]
pub(crate) use fit::segment;
pub use fit::{Chunk, Fit, Keep};
#[cfg(feature = "hf")]
pub(crate) use graphemes::{Borders, Segment, cut};

use crate::encoding::{Encoding, Spans};
use crate::error::{Error, ErrorKind};
use crate::estimate::TokenRange;
use crate::normalize::{Normalized, Units};
use crate::utf16;
use crate::vocab::Text;
use cursor::Cursor;
use edit::Done;
use parts::Counted;
use recut::{Recut, restart};
use std::sync::Arc;
use tree::Tree;
use view::View;

/// A leaf is cut when its text is longer than this, in bytes, into leaves of about two thirds.
const LEAF: usize = 1536;

/// A text under edit that always knows how many tokens it is.
///
/// Positions are UTF-16 code units, as JavaScript has them, in `0..=len()`.
///
/// ```
/// use std::sync::Arc;
/// use tokimeter::{Encoding, LiveText};
///
/// let encoding = Arc::new(Encoding::from_packed(&std::fs::read("data/vocab/o200k_base.vocab")?)?);
/// let mut live = LiveText::new(encoding, "Hello, world!");
/// assert_eq!(live.tokens(), 4);
/// let change = live.replace(5, 12, " there")?;
/// assert_eq!((live.text().as_str(), live.tokens()), ("Hello there!", 3));
/// assert_eq!((change.added, change.removed), (2, 3));
/// assert_eq!(live.count_range(0, 5)?, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct LiveText {
    encoding: Arc<Encoding>,
    tree: Tree,
    leaf: usize,
    /// The parts whose counts add up, where that is how the encoding counts. Their tokens are not in the tree.
    parts: Vec<Counted>,
    /// The same text, or the beginning of it, in other encodings.
    others: Vec<Option<LiveText>>,
}

/// The tokens of a part of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpansIn {
    /// The number of the first of these tokens in the text.
    pub index: usize,
    /// Where the first of them begins.
    pub from: usize,
    /// Their ids, and where in the text each one ends.
    pub spans: Spans,
}

impl LiveText {
    /// Returns a text under edit.
    ///
    /// # Complexity
    /// Linear in the bytes of the text. It then takes about 1.4 times as much memory as the text has bytes.
    pub fn new(encoding: Arc<Encoding>, text: &str) -> Self {
        Self::with_leaf(encoding, text, LEAF)
    }

    /// Returns a text under edit that cuts leaves at `leaf` bytes; small ones find faults that large ones hide.
    #[doc(hidden)]
    pub fn with_leaf(encoding: Arc<Encoding>, text: &str, leaf: usize) -> Self {
        let mut live = Self::empty(encoding, leaf);
        live.insert(0, text);
        live
    }

    fn empty(encoding: Arc<Encoding>, leaf: usize) -> Self {
        let mut live = Self { encoding, tree: Tree::new(), leaf, parts: Vec::new(), others: Vec::new() };
        if let Some(counts) = live.encoding.clone().counts_only() {
            live.recount(counts, 0, 0, 0);
        }
        live
    }

    /// Returns how many tokens the text is.
    #[must_use]
    pub fn tokens(&self) -> usize {
        self.range().tokens
    }

    /// Returns how many tokens the text is, with the range that holds the count where it is not exact.
    #[must_use]
    pub fn range(&self) -> TokenRange {
        match self.encoding.counts_only() {
            None => TokenRange::exact(self.tree.sum().tokens),
            Some(_) if self.is_empty() => TokenRange::default(),
            Some(counts) => counts.range_of(self.sums()),
        }
    }

    /// Returns how many UTF-16 code units the text has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tree.sum().units
    }

    /// Returns whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns whether the text has lone surrogates, so that [`text`](Self::text) shows U+FFFD for them.
    #[must_use]
    pub fn has_lone_surrogates(&self) -> bool {
        self.tree.sum().lone
    }

    /// Returns the text, with U+FFFD for lone surrogates.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf16_lossy(&self.units_between(0, self.len()))
    }

    /// Returns a part of the text, with U+FFFD for lone surrogates and for the half of a pair that is cut.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`].
    pub fn slice(&self, from: usize, to: usize) -> Result<String, Error> {
        Ok(String::from_utf16_lossy(&self.slice_units(from, to)?))
    }

    /// Returns a part of the text as UTF-16.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`].
    pub fn slice_units(&self, from: usize, to: usize) -> Result<Vec<u16>, Error> {
        check_range(from, to, self.len())?;
        Ok(self.units_between(from, to))
    }

    fn units_between(&self, from: usize, to: usize) -> Vec<u16> {
        let ((first, skipped), (last, half)) = (self.byte_of(from), self.byte_of(to));
        let mut text = Vec::with_capacity(to - from + 2);
        let mut at = first;
        let end = if half > 0 { self.part_end(last) } else { last };
        while at < end
            && let Some(found) = self.tree.at_byte(at)
        {
            let to = end.min(found.end());
            found.leaf.copy_original(at - found.start(), to - found.start(), &mut text);
            at = to;
        }
        let mut units = Vec::with_capacity(text.len());
        utf16::push_units(&text, &mut units);
        units.get(skipped..skipped + to - from).unwrap_or_default().to_vec()
    }

    /// Copies the text between two bytes, which are not inside a part that the normalizer changed.
    fn copy(&self, from: usize, to: usize, text: &mut Normalized) {
        let mut at = from;
        while at < to
            && let Some(found) = self.tree.at_byte(at)
        {
            let end = to.min(found.end());
            found.leaf.copy(at - found.start(), end - found.start(), text);
            at = end;
        }
    }

    /// Replaces a part of the text.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`]; the text is then as it was.
    ///
    /// # Complexity
    /// That of what the edit changes: the bytes that go and come, the pieces around them, and O(log n). Where only counts are
    /// known (Claude, estimates), also an addition for each 512 bytes behind the edit.
    pub fn replace<'a>(
        &mut self,
        from: usize,
        to: usize,
        insert: impl Into<Insert<'a>>,
    ) -> Result<Change, Error> {
        self.update(&[Edit { from, to, insert: insert.into() }])
    }

    /// Makes several replacements at once. All positions are those of the text before.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] if a position is beyond the text or an edit ends before it begins,
    /// [`ErrorKind::UnsortedEdits`] if an edit begins before the one ahead of it ends. The text is then as it was.
    ///
    /// # Complexity
    /// The sum of that of each edit alone.
    pub fn update(&mut self, edits: &[Edit<'_>]) -> Result<Change, Error> {
        self.check(edits)?;
        let tokens = self.tokens();
        let mut done = Done::default();
        // From the last to the first, so that the positions of those that are left hold.
        for edit in edits.iter().rev() {
            let leaves = self.apply(*edit, &mut done);
            self.others.iter_mut().flatten().for_each(|other| other.follow(*edit, &self.tree, &leaves));
        }
        let length = self.len();
        let from = done.from.unwrap_or(0).min(length);
        let to = if done.from.is_some() { length - done.behind.min(length) } else { 0 };
        Ok(Change {
            tokens: self.tokens(),
            added: done.added,
            removed: (tokens + done.added).saturating_sub(self.tokens()),
            from,
            to: to.max(from),
        })
    }

    /// Replaces the whole text.
    pub fn reset(&mut self, text: &str) -> Change {
        let removed = self.tokens();
        let others = std::mem::take(&mut self.others);
        *self = Self { others, ..Self::with_leaf(self.encoding.clone(), text, self.leaf) };
        self.others.iter_mut().flatten().for_each(|other| {
            other.reset(text);
        });
        Change { tokens: self.tokens(), added: self.tokens(), removed, from: 0, to: self.len() }
    }

    /// Returns how many tokens a part of the text is when it stands alone.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`].
    ///
    /// # Complexity
    /// That of the pieces at its two ends, and O(log n): what is between them is not counted anew, but for Claude.
    pub fn count_range(&self, from: usize, to: usize) -> Result<usize, Error> {
        let (first, last) = self.stretch(from, to)?;
        if self.cuts_altered(from) || self.cuts_altered(to) || self.cuts_added(first..last) {
            return Ok(self.encoding.count(&self.slice(from, to)?));
        }
        Ok(self.count_uncut(first, last))
    }

    /// Returns where the first `tokens` tokens end: with a limit of tokens, where the text passes it. A token that
    /// ends inside a character ends before that character.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] if the text does not have so many.
    ///
    /// # Complexity
    /// O(log n).
    pub fn offset_of(&self, tokens: usize) -> Result<usize, Error> {
        if tokens > self.tokens() {
            let message = format!("the text has {} tokens, not {tokens}", self.tokens());
            return Err(Error::new(ErrorKind::OutOfRange, message));
        }
        Ok(self.unit_of(self.end_of(tokens)))
    }

    /// Returns the tokens that have a part in `from..to`.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`].
    ///
    /// # Complexity
    /// Linear in the bytes of the part, and O(log n).
    pub fn spans_in(&self, from: usize, to: usize) -> Result<SpansIn, Error> {
        let (from, to) = self.stretch(from, to)?;
        if !self.parts.is_empty() {
            let (index, from) = (self.tokens_before(from), self.unit_of(from));
            return Ok(SpansIn { index, from, spans: Spans::default() });
        }
        let mut cursor = Cursor::new(&self.tree, from);
        let index = cursor.counts().0;
        let first = cursor.at();
        let mut lengths = Vec::new();
        while cursor.at() < to
            && let Some(token) = cursor.token()
        {
            lengths.push(token.length);
            cursor.next();
        }
        let mut buffer = Vec::new();
        let begin = self.part_start(first);
        let mut text = Normalized::default();
        let end = self.border_behind(cursor.at());
        self.copy(begin, end, &mut text);
        let from = self.unit_of(first);
        let mut units = Units::new(&text.text, &text.altered);
        let read = self.view().bytes(begin, end, &mut buffer);
        let mut at = first - begin;
        let mut spans = Spans::default();
        for length in lengths {
            let token = Text { bytes: read.bytes, from: read.from + at, to: read.from + at + length };
            spans.ids.push(self.encoding.vocab().tokens().whole(token));
            at += length;
            spans.ends.push((from + units.before(at)) as u32);
        }
        self.encoding.vocab().name_ids(&mut spans.ids);
        Ok(SpansIn { index, from, spans })
    }

    /// Checks the positions of an update, as [`update`](Self::update) does before it changes anything.
    ///
    /// # Errors
    /// Those of [`update`](Self::update).
    pub fn check(&self, edits: &[Edit<'_>]) -> Result<(), Error> {
        check_edits(edits, self.len())
    }

    /// Returns the number of tokens of the text between two bytes, which cut no part that the normalizer changed, when it
    /// stands alone.
    fn count_part(&self, from: usize, to: usize) -> usize {
        // In a part of the text of a special token another token may stand.
        if from < to && self.cuts_added(from..to) {
            return self.encoding.count(&self.original(from, to));
        }
        self.count_uncut(from, to)
    }

    /// Returns what [`count_part`](Self::count_part) does where neither byte is inside the text of an added token.
    fn count_uncut(&self, from: usize, to: usize) -> usize {
        if from >= to {
            return 0;
        }
        if let Some(counts) = self.encoding.counts_only().filter(|counts| counts.adds_up_anywhere()) {
            return counts.range_of(self.sums_between(counts, from, to)).tokens;
        }
        // A space comes before every text, and the text has none there.
        let lacks_prefix = from > 0 && self.encoding.vocab().normalizer().prefixes();
        if self.parts.is_empty() && !lacks_prefix {
            return self.count_bytes(from, to);
        }
        self.encoding.count(&self.read_between(from, to))
    }

    /// Returns the number of tokens of the text between two bytes, of which there are some, when it stands alone.
    fn count_bytes(&self, from: usize, to: usize) -> usize {
        let view = View::new(&self.tree, from, to);
        let unknown = view.cut_pairs();
        let tail = restart(&self.tree, to.saturating_sub(3).max(from));
        let mut recut = Recut::new(self.encoding.vocab(), view, from, unknown);
        // What a piece of the text would read behind the end is not there, so the last pieces are found anew.
        let at = recut.run(from, from);
        recut.run(at.max(tail), to);
        let mut count = 0;
        let mut at = from;
        let before = |byte| Cursor::new(&self.tree, byte).counts().0;
        for patch in recut.into_patches() {
            if at < patch.from {
                count += before(patch.from) - before(at);
            }
            count += patch.lengths.count(patch.lengths.len()).0;
            at = patch.to;
        }
        if at < to {
            count += before(to) - before(at);
        }
        count
    }

    /// Returns the byte at which so many tokens end.
    fn end_of(&self, tokens: usize) -> usize {
        if self.parts.is_empty() {
            Cursor::on_token(&self.tree, tokens).at()
        } else {
            self.byte_behind(tokens)
        }
    }

    /// Returns how many tokens end before a byte, or hold it.
    fn index_at(&self, at: usize) -> usize {
        if self.parts.is_empty() { Cursor::new(&self.tree, at).counts().0 } else { self.tokens_before(at) }
    }
}
