//! Where graphemes begin and end in a text under edit (Unicode Standard Annex #29).
//!
//! Their rules are a library's: natively the crate `unicode-segmentation`, in a page the `Intl.Segmenter` that every
//! browser has. It is asked for a short stretch at a time, from one place to another at which a grapheme begins
//! whatever stands around it.

use super::tree::Tree;
use super::view::View;
use crate::split::Source;
use crate::vocab::is_stand_in;
use std::borrow::Cow;

/// Cuts a text into graphemes: returns the byte at which each one begins.
pub(crate) type Segment<'a> = &'a dyn Fn(&str) -> Vec<usize>;

/// Places at which a text may be cut, in order: 0, its end, and some between.
pub(crate) trait Borders {
    /// Returns the first one behind the byte `at`, or the end of the text.
    fn next(&mut self, at: usize) -> usize;

    /// Returns the last one before the byte `at`, or 0.
    fn previous(&mut self, at: usize) -> usize;

    /// Returns the last one at the byte `at` or before it.
    fn at_or_before(&mut self, at: usize) -> usize {
        self.previous(at + 1)
    }
}

/// Returns a border up to which a part fits that does not at the next one, where it is longer. The part is empty at `none`, and
/// longest at `all`. It is looked for from `at` on in steps that double, and then between two of them, since many places in a
/// row may make no difference, and each question may take as long as the part: O(log n) questions.
pub(crate) fn cut<E>(
    borders: &mut dyn Borders,
    at: usize,
    none: usize,
    all: usize,
    fits: &mut dyn FnMut(usize) -> Result<bool, E>,
) -> Result<usize, E> {
    let is_within = fits(at)?;
    let goal = if is_within { all } else { none };
    let (mut near, mut step) = (at, 0);
    let far = loop {
        if near == goal {
            return Ok(goal);
        }
        let next = if goal > near {
            borders.next(near.saturating_add(step)).min(goal)
        } else {
            borders.previous(near.saturating_sub(step)).max(goal)
        };
        if fits(next)? != is_within {
            break next;
        }
        (near, step) = (next, 2 * step + 1);
    };
    let (mut inside, mut outside) = if is_within { (near, far) } else { (far, near) };
    loop {
        let (low, high) = (inside.min(outside), inside.max(outside));
        let mut middle = borders.at_or_before(low.midpoint(high));
        if middle <= low {
            middle = borders.next(low);
        }
        if middle >= high {
            return Ok(inside);
        }
        *(if fits(middle)? { &mut inside } else { &mut outside }) = middle;
    }
}

/// Bytes that a stretch has at least to each side.
const REACH: usize = 64;
/// The most that it has to one side. A grapheme that is longer may be cut; no written one comes near.
const FARTHEST: usize = 1 << 16;

pub(super) struct Graphemes<'a> {
    view: View<'a>,
    segment: Segment<'a>,
    /// All borders in a stretch, its two ends among them.
    borders: Vec<usize>,
}

impl<'a> Graphemes<'a> {
    pub fn new(tree: &'a Tree, segment: Segment<'a>) -> Self {
        Self { view: View::whole(tree), segment, borders: Vec::new() }
    }

    /// Finds the borders of a stretch that goes beyond the byte `at` to both sides, as far as the text does.
    fn around(&mut self, at: usize) {
        let holds = |border: usize, end: usize, inside: bool| inside || border == end;
        if let [first, .., last] = self.borders[..]
            && holds(first, 0, first < at)
            && holds(last, self.view.end, last > at)
        {
            return;
        }
        let (begin, end) =
            (self.safe_before(at.saturating_sub(REACH)), self.safe_behind(at.saturating_add(REACH)));
        let mut buffer = Vec::new();
        let text = self.view.bytes(begin, end, &mut buffer);
        let text = printable(&text.bytes[text.from..text.to]);
        let starts = (self.segment)(&text).into_iter().map(|start| begin + start);
        self.borders = starts.filter(|&start| !self.view.cuts_altered(start)).collect();
        self.borders.push(end);
    }

    fn safe_before(&self, at: usize) -> usize {
        let mut at = self.view.code_point_start(at.min(self.view.end));
        let lowest = at.saturating_sub(FARTHEST);
        while at > lowest && !self.is_safe(at) {
            at = self.view.before(at);
        }
        at
    }

    fn safe_behind(&self, at: usize) -> usize {
        let mut at = self.view.code_point_start(at.min(self.view.end));
        let highest = at + FARTHEST;
        while let Some(step) = self.view.step(at).filter(|_| at < highest && !self.is_safe(at)) {
            at = step.end;
        }
        at
    }

    /// Returns whether a grapheme begins here, behind the beginning of the text, whatever stands around: between two code points that
    /// no rule joins to anything, which are those of ASCII, letters with case and Chinese characters; never inside CR LF.
    fn is_safe(&self, at: usize) -> bool {
        let stands_alone = |at: usize| match self.view.byte(at) {
            0..0x80 | 0xe4..=0xe9 => true,
            _ => self.view.step(at).is_some_and(|step| step.class.is_cased()),
        };
        let before = self.view.before(at);
        stands_alone(before) && stands_alone(at) && self.view.byte(at) != b'\n'
    }
}

impl Borders for Graphemes<'_> {
    fn next(&mut self, at: usize) -> usize {
        self.around(at);
        let behind = self.borders.partition_point(|&border| border <= at);
        self.borders.get(behind).copied().unwrap_or(self.view.end)
    }

    fn previous(&mut self, at: usize) -> usize {
        self.around(at);
        let before = self.borders.partition_point(|&border| border < at);
        before.checked_sub(1).map_or(0, |last| self.borders[last])
    }
}

/// Returns a text with a private character in the place of each stand-in for an added token, as long as that.
fn printable(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut bytes = bytes.to_vec();
    for at in 0..bytes.len() {
        if is_stand_in(&bytes[at..])
            && let Some(four) = bytes[at..].first_chunk_mut()
        {
            *four = [0xf4, 0x80, 0x80, 0x80];
        }
    }
    String::from_utf8(bytes).unwrap_or_default().into()
}
