//! A stretch of the text under edit, as splitters and merging read it.
//!
//! A run of classes passes over whole leaves, and whole branches of the tree, whose classes are known to be in it:
//! so a piece of a megabyte is found as fast as a word. Where the stretch cuts a surrogate pair, the half that is in
//! it reads as U+FFFD: that has three bytes, as many as are left of the pair's four.

use super::sum::Holding;
use super::tree::{Found, Tree};
use crate::split::{Source, Step};
use crate::unicode::{Class, Classes};
use crate::utf16;
use crate::vocab::Text;
use std::cell::Cell;
use std::ops::Range;

pub(super) struct View<'a> {
    pub tree: &'a Tree,
    pub start: usize,
    pub end: usize,
    /// Whether no lone surrogate and no half of a pair is in the text.
    is_plain: bool,
    /// The leaf that was read last.
    here: Cell<Option<Found<'a>>>,
}

impl<'a> View<'a> {
    /// Returns the stretch between two bytes. Either may be one byte into a pair, or before its last one.
    pub fn new(tree: &'a Tree, start: usize, end: usize) -> Self {
        let mut view = Self { start, end, ..Self::whole(tree) };
        view.is_plain = view.is_plain && view.cut_pairs().is_empty();
        view
    }

    /// Returns the whole text.
    pub fn whole(tree: &'a Tree) -> Self {
        let sum = tree.sum();
        Self { tree, start: 0, end: sum.bytes, is_plain: !sum.lone, here: Cell::new(None) }
    }

    /// Returns the leaf that holds a byte.
    #[inline]
    fn leaf(&self, at: usize) -> Option<Found<'a>> {
        if let Some(here) = self.here.get() {
            if (here.start()..here.end()).contains(&at) {
                return Some(here);
            }
            if at == here.end() {
                self.here.set(self.tree.get(here.index() + 1));
                return self.here.get();
            }
        }
        self.here.set(self.tree.at_byte(at));
        self.here.get()
    }

    /// Returns the bytes of the stretch from `at` to the end of a leaf, and the leaf.
    #[inline]
    fn rest(&self, at: usize) -> Option<(&'a [u8], Found<'a>)> {
        if at >= self.end {
            return None;
        }
        let found = self.leaf(at)?;
        let to = found.end().min(self.end) - found.start();
        Some((found.leaf.text().get(at - found.start()..to)?, found))
    }

    /// Returns the bytes between two places as a tokenizer reads them; `buffer` is used where they are not to be
    /// had in one. The first may be inside a code point.
    pub fn bytes<'b>(&self, from: usize, to: usize, buffer: &'b mut Vec<u8>) -> Text<'b>
    where
        'a: 'b,
    {
        if let Some((rest, found)) = self.rest(from)
            && to <= found.end()
            && self.is_plain
        {
            return Text { bytes: rest, from: 0, to: to - from };
        }
        let begin = self.code_point_start(from);
        let mut end = to;
        while self.rest(end).is_some_and(|(rest, _)| utf16::is_continuation(rest[0])) {
            end += 1;
        }
        buffer.clear();
        self.copy(begin, end, buffer);
        if !self.is_plain {
            utf16::replace_lone(buffer);
        }
        Text { bytes: buffer, from: from - begin, to: to - begin }
    }

    /// Returns whether a byte is inside a part that the normalizer changed.
    pub fn cuts_altered(&self, at: usize) -> bool {
        self.leaf(at).is_some_and(|found| {
            found.leaf.altered_at(at - found.start()).is_some_and(|altered| found.start() + altered.at < at)
        })
    }

    /// Appends the bytes between two places as they are kept.
    pub fn copy(&self, from: usize, to: usize, buffer: &mut Vec<u8>) {
        let mut at = from;
        while let Some((rest, _)) = self.rest(at).filter(|_| at < to) {
            let rest = &rest[..rest.len().min(to - at)];
            buffer.extend_from_slice(rest);
            at += rest.len();
        }
    }

    /// Returns the bytes of the halves of pairs that the stretch begins and ends with.
    pub fn cut_pairs(&self) -> Vec<Range<usize>> {
        let mut halves = Vec::new();
        if self.rest(self.start).is_some_and(|(rest, _)| utf16::is_continuation(rest[0])) {
            halves.push(self.start..self.start + 3);
        }
        if self.end >= self.start + 3
            && self.rest(self.end - 3).is_some_and(|(rest, _)| utf16::length(rest[0]) == 4)
        {
            halves.push(self.end - 3..self.end);
        }
        halves
    }

    /// Returns the beginning of the code point that holds a byte, or of what is left of it in the stretch.
    pub fn code_point_start(&self, at: usize) -> usize {
        let Some((_, found)) = self.rest(at) else { return at };
        let text = found.leaf.text();
        let lowest = self.start.max(found.start());
        let mut at = at;
        while at > lowest && utf16::is_continuation(text[at - found.start()]) {
            at -= 1;
        }
        at
    }
}

/// Returns the code point with which a part of the stretch begins, as its class and its length.
#[inline]
fn code_point(bytes: &[u8]) -> (Class, usize) {
    let first = bytes[0];
    if first < 0x80 {
        return (Class::of_ascii(first), 1);
    }
    let length = if utf16::is_continuation(first) { 3 } else { utf16::length(first) };
    if utf16::is_continuation(first) || length > bytes.len() {
        return (Class::REPLACEMENT, length.min(bytes.len()));
    }
    (utf16::class(bytes), length)
}

impl Source for View<'_> {
    #[inline]
    fn step(&self, at: usize) -> Option<Step> {
        let (class, length) = code_point(self.rest(at)?.0);
        Some(Step { class, end: at + length })
    }

    fn byte(&self, at: usize) -> u8 {
        self.rest(at).map_or(0, |(rest, _)| rest[0])
    }

    fn before(&self, at: usize) -> usize {
        self.code_point_start(at - 1)
    }

    fn run(&self, mut at: usize, wanted: Classes) -> usize {
        while let Some((rest, found)) = self.rest(at) {
            let mut passed = 0;
            while passed < rest.len() {
                let (class, length) = code_point(&rest[passed..]);
                if !wanted.has(class) {
                    return at + passed;
                }
                passed += length;
            }
            let next = self.tree.next(found.index() + 1, Holding::Class(wanted.others()));
            at = next.map_or(self.end, |next| next.start().min(self.end));
        }
        at
    }

    fn last(&self, from: usize, to: usize, wanted: Classes) -> Option<usize> {
        let mut end = to;
        while end > from {
            let found = self.leaf(end - 1)?;
            while end > from.max(found.start()) {
                let at = self.before(end);
                if wanted.has(self.step(at)?.class) {
                    return Some(end);
                }
                end = at;
            }
            end = self.tree.last(found.index(), Holding::Class(wanted))?.end().min(end);
        }
        None
    }
}
