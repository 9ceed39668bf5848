//! Finds the pieces and tokens of a text near an edit, and tells which tokens take the place of which.
//!
//! Pieces are found from a little before the edit until one begins where a piece began before: from there on all is as
//! it was. A long piece keeps its tokens but near the places where it changed: there tokens are merged anew until they
//! meet the old ones, which is exact because neighbours decide (DESIGN.md).

use super::cursor::Cursor;
use super::leaf::{Lengths, Token};
use super::tree::Tree;
use super::view::View;
use crate::merge::{Scan, Sink, Stretch, merge, windows};
use crate::split::{Pattern, READS_PAST};
use crate::vocab::{TokenId, Tokens, Vocab};
use std::ops::Range;

/// Pieces of up to this many bytes are merged whole, and all that may be a single token.
const SHORT: usize = 256;
/// How many bytes before a place that changed are merged anew at first, and how many behind it.
const CONTEXT: usize = 32;
const REACH: usize = 512;
/// By how much both grow when they were not enough, and the most that is read at once.
const GROWTH: usize = 8;
const FARTHEST: usize = 1 << 16;

/// Tokens that take the place of those between two bytes.
#[derive(Debug, Default)]
pub(super) struct Patch {
    pub from: usize,
    pub to: usize,
    pub lengths: Lengths,
}

/// What is behind the place that an edit changed, or ahead of it.
pub(super) struct Recut<'a> {
    vocab: &'a Tokens,
    pattern: Pattern,
    view: View<'a>,
    /// The bytes whose tokens in the tree do not hold. Where a range is empty, two tokens meet that did not before.
    unknown: Vec<Range<usize>>,
    /// On the tokens of the tree, at the piece under way.
    old: Cursor<'a>,
    scan: Scan,
    buffer: Vec<u8>,
    ids: Vec<TokenId>,
    patches: Vec<Patch>,
}

/// Returns the byte from which on pieces may end otherwise if the text changes at the byte `at`, where a token begins.
pub(super) fn restart(tree: &Tree, at: usize) -> usize {
    let (_, before) = Cursor::new(tree, at).counts();
    Cursor::on_piece(tree, before.saturating_sub(1 + READS_PAST)).at().min(at)
}

impl<'a> Recut<'a> {
    /// Returns what finds pieces from the byte `from` on.
    pub fn new(vocab: &'a Vocab, view: View<'a>, from: usize, unknown: Vec<Range<usize>>) -> Self {
        let old = Cursor::new(view.tree, from);
        let (scan, buffer, ids, patches) = (Scan::default(), Vec::new(), Vec::new(), Vec::new());
        let (vocab, pattern) = (vocab.tokens(), vocab.pattern());
        Self { vocab, pattern, view, unknown, old, scan, buffer, ids, patches }
    }

    /// Finds pieces from the byte `at` on, until one begins where one began before, at the byte `until` or behind it.
    /// Returns where that is, or the end of the stretch.
    pub fn run(&mut self, mut at: usize, until: usize) -> usize {
        while at < self.view.end && !(at >= until && self.old.is_piece_start(at)) {
            let end = self.pattern.piece_end(&self.view, at);
            self.piece(at, end);
            at = end;
        }
        at
    }

    pub fn into_patches(self) -> Vec<Patch> {
        self.patches
    }

    fn piece(&mut self, from: usize, to: usize) {
        if self.is_as_before(from, to) {
            return;
        }
        if to - from > SHORT.max(self.vocab.longest())
            && let Some(patches) = self.mend(from, to)
        {
            for patch in patches {
                self.patch(patch.from, patch.to).append(&patch.lengths);
            }
            return;
        }
        let text = self.view.bytes(from, to, &mut self.buffer);
        self.ids.clear();
        merge(self.vocab, &mut self.scan, text, &mut self.ids);
        let ids = std::mem::take(&mut self.ids);
        let vocab = self.vocab;
        let lengths = self.patch(from, to);
        for (place, &id) in ids.iter().enumerate() {
            lengths.push(Token { length: vocab.length_of(id), starts_piece: place == 0 });
        }
        self.ids = ids;
    }

    /// Returns whether a piece of the tree has the same bounds and tokens that are known.
    fn is_as_before(&mut self, from: usize, to: usize) -> bool {
        // Where something was only taken away, the piece that now ends there may have gone on.
        let touches = |unknown: &Range<usize>| {
            unknown.end >= from && (unknown.start < to || unknown.start == to && unknown.is_empty())
        };
        !self.unknown.iter().any(touches)
            && self.old.is_piece_start(from)
            && if to - from > SHORT { self.next_piece(from) == to } else { self.is_piece(to) }
    }

    /// Returns whether the piece of the tree at which the cursor is ends at the byte `to`: for a few tokens it is sooner
    /// walked through than looked up.
    fn is_piece(&self, to: usize) -> bool {
        let mut cursor = self.old;
        while cursor.next() && cursor.at() < to {
            if cursor.token().is_some_and(|token| token.starts_piece) {
                return false;
            }
        }
        cursor.is_piece_start(to)
    }

    /// Returns the byte behind `at` at which a piece of the tree begins next.
    fn next_piece(&self, at: usize) -> usize {
        let mut cursor = self.old;
        cursor.seek(at + 1);
        let (_, pieces) = cursor.counts();
        Cursor::on_piece(self.view.tree, pieces).at()
    }

    /// Returns where the lengths of the tokens between two bytes go.
    fn patch(&mut self, from: usize, to: usize) -> &mut Lengths {
        if self.patches.last().is_none_or(|last| last.to != from) {
            self.patches.push(Patch { from, to, lengths: Lengths::default() });
        }
        let last = self.patches.len() - 1;
        self.patches[last].to = to;
        &mut self.patches[last].lengths
    }

    /// Merges a long piece anew where that is needed; or returns nothing where it is better merged whole.
    fn mend(&mut self, from: usize, to: usize) -> Option<Vec<Patch>> {
        let mut patches = Vec::new();
        let mut at = from;
        while let Some(place) = self.next_change(from, to, at) {
            let patch = self.merge_around(from, to, at, place)?;
            at = patch.to;
            patches.push(patch);
        }
        Some(patches)
    }

    /// Returns the next place in a piece where its old tokens do not hold; what is before `at` is done.
    fn next_change(&mut self, from: usize, to: usize, at: usize) -> Option<Range<usize>> {
        if at >= to {
            return None;
        }
        let mut cursor = self.old;
        cursor.seek(from);
        if at == from && !(cursor.at() == from && cursor.token().is_some_and(|token| token.starts_piece)) {
            return Some(from..from);
        }
        let seam = self.next_piece(at);
        cursor.seek(to);
        let is_cut = cursor.at() != to;
        let unknown = self.unknown.iter().filter(|unknown| unknown.start < to && unknown.end > at);
        let others = [(seam < to).then_some(seam..seam), is_cut.then_some(to..to)];
        unknown.cloned().chain(others.into_iter().flatten()).min_by_key(|place| place.start)
    }

    /// Merges anew around a place that changed, from an old token before it to one behind it; or returns nothing where
    /// that does not work out.
    fn merge_around(&mut self, from: usize, to: usize, at: usize, place: Range<usize>) -> Option<Patch> {
        let mut context = CONTEXT;
        loop {
            let begin = self.token_before(at, place.start.saturating_sub(context));
            let mut sink = Meeting {
                vocab: self.vocab,
                old: Cursor::new(self.view.tree, place.end),
                not_before: place.end,
                piece: from,
                begin,
                at: begin,
                lengths: Lengths::default(),
                has_met: false,
            };
            if self.merge_until_met(&mut sink, to, place.end.saturating_sub(begin)).is_some() {
                return Some(Patch { from: begin, to: sink.at, lengths: sink.lengths });
            }
            if begin == at {
                return None;
            }
            context *= GROWTH;
        }
    }

    /// Merges stretch by stretch until the sink has met the old tokens or the piece ends; or returns nothing if windows
    /// do not agree. The first stretch has `needed` bytes and more.
    fn merge_until_met(&mut self, sink: &mut Meeting<'_>, to: usize, needed: usize) -> Option<()> {
        let mut reach = REACH + needed;
        // Before the first window stands an old token, whose right neighbour must stay as it is.
        let mut first = None;
        if sink.begin > sink.piece {
            let length = Cursor::new(self.view.tree, sink.begin).token().map_or(0, |token| token.length);
            let end = sink.begin + length;
            let text = (end <= to).then(|| self.view.bytes(sink.begin, end, &mut self.buffer))?;
            first = Some(self.vocab.whole(text));
        }
        while !sink.has_met && sink.at < to {
            let end = to.min(sink.at + reach);
            let text = self.view.bytes(sink.at, end, &mut self.buffer);
            let stretch = Stretch { bytes: &text.bytes[text.from..text.to], is_whole: end == to };
            let (passed, next) = windows(self.vocab, &mut self.scan, stretch, first, sink)?;
            reach = if passed == 0 { reach * GROWTH } else { (reach * GROWTH).min(FARTHEST) };
            first = next;
        }
        Some(())
    }

    /// Returns where the last old token begins that begins at the byte `wanted` or before, but not before `at`, where
    /// one begins or the piece does.
    fn token_before(&self, at: usize, wanted: usize) -> usize {
        if wanted <= at { at } else { Cursor::new(self.view.tree, wanted).at().max(at) }
    }
}

/// Takes tokens until one is an old token in its old place.
struct Meeting<'a> {
    vocab: &'a Tokens,
    old: Cursor<'a>,
    /// The byte before which no old token holds.
    not_before: usize,
    /// The byte at which the piece begins.
    piece: usize,
    begin: usize,
    /// The byte at which the next token begins.
    at: usize,
    lengths: Lengths,
    has_met: bool,
}

impl Sink for Meeting<'_> {
    fn push(&mut self, token: TokenId) {
        let token = Token { length: self.vocab.length_of(token), starts_piece: self.at == self.piece };
        if !self.has_met && self.at >= self.not_before {
            self.old.seek(self.at);
            // Of a token that is the first of an old piece, the flag is to be taken away.
            self.has_met = self.old.at() == self.at && self.old.token() == Some(token);
        }
        if !self.has_met {
            self.lengths.push(token);
            self.at += token.length;
        }
    }

    /// Looks for old tokens at the beginning only: if a repetition does not meet them there, it seldom does further on.
    fn push_cycle(&mut self, tokens: &[TokenId], times: usize) {
        const LOOKED_AT: usize = 64;
        for &token in tokens.iter().cycle().take(tokens.len() * times.min(LOOKED_AT)) {
            self.push(token);
        }
        if !self.has_met && times > LOOKED_AT {
            let mut cycle = Lengths::default();
            for &token in tokens {
                cycle.push(Token { length: self.vocab.length_of(token), starts_piece: false });
            }
            self.lengths.append_times(&cycle, times - LOOKED_AT);
            self.at += cycle.bytes() * (times - LOOKED_AT);
        }
    }

    fn len(&self) -> usize {
        self.lengths.len()
    }

    fn truncate(&mut self, len: usize) {
        self.lengths.truncate(len);
        self.at = self.begin + self.lengths.bytes();
        self.old = Cursor::new(self.old.tree(), self.at);
    }

    fn is_done(&self) -> bool {
        self.has_met
    }
}
