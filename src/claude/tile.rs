//! The least number of pieces that cover a text with its marks.
//!
//! One pass: for every place where a piece may have begun and still goes on, its node in the trie and the count
//! before it. No piece goes on over the beginning or the end of a word, so these end all that are under way; and
//! no piece is longer than the trie is deep, so that many can be under way at once.

use crate::vocab::Stems;

/// How often a character is repeated before it is looked whether it has come to cost the same over and over.
const FIRST_PATIENCE: usize = 64;

/// The case of a word: what stands before the mark of its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Plain,
    Title,
    Capitals,
}

/// How a piece begins: the bit of its form if it goes to the end of a word. The bit below is that of the same piece
/// within a word, which forms with capitals do not have.
type Begin = u8;

const INSIDE: Begin = 2;
const WORD: Begin = 8;
const TITLE: Begin = 16;
const CAPITALS: Begin = 32;
const WITHIN: u8 = 1 | 4;

/// A piece under way.
#[derive(Clone, Copy)]
struct Piece {
    node: u32,
    /// The count before it.
    before: u32,
    begin: Begin,
}

/// Counts pieces as the text comes.
pub(super) struct Tiler<'a> {
    stems: &'a Stems,
    pieces: Vec<Piece>,
    count: u32,
}

impl<'a> Tiler<'a> {
    pub fn new(stems: &'a Stems) -> Self {
        Self { stems, pieces: Vec::new(), count: 0 }
    }

    /// Returns the count of all that has come.
    pub fn count(&self) -> usize {
        self.count as usize
    }

    fn begin(&mut self, begin: Begin) {
        self.pieces.push(Piece { node: 0, before: self.count, begin });
    }

    /// Takes the marks that begin a word. Each is a piece if nothing else covers it.
    pub fn open(&mut self, case: Case) {
        self.pieces.clear();
        if case != Case::Plain {
            self.begin(if case == Case::Title { TITLE } else { CAPITALS });
            self.count += 1;
        }
        self.begin(WORD);
        self.count += 1;
    }

    /// Takes a character. A byte is a piece if nothing else covers it.
    pub fn push(&mut self, c: char) {
        self.begin(INSIDE);
        for &byte in c.encode_utf8(&mut [0; 4]).as_bytes() {
            let mut count = self.count + 1;
            let mut kept = 0;
            for place in 0..self.pieces.len() {
                let Some(&(mut piece)) = self.pieces.get(place) else { break };
                let Some(node) = self.stems.child(piece.node, byte) else { continue };
                piece.node = node;
                if self.stems.forms(node) & piece.begin >> 1 & WITHIN != 0 {
                    count = count.min(piece.before + 1);
                }
                if let Some(slot) = self.pieces.get_mut(kept) {
                    *slot = piece;
                    kept += 1;
                }
            }
            self.pieces.truncate(kept);
            self.count = count;
        }
    }

    /// Takes a character so many times. If all that is under way comes to be as it was, relative to the count, then it
    /// will again and again, and the count grows by as much each time.
    pub fn push_times(&mut self, c: char, times: usize) {
        let (mut seen, mut seen_count) = (Vec::<Piece>::new(), 0);
        let (mut left, mut since, mut patience) = (times, 0, FIRST_PATIENCE);
        while left > 0 {
            self.push(c);
            left -= 1;
            since += 1;
            let grown = self.count - seen_count;
            let recurs = seen.len() == self.pieces.len()
                && !seen.is_empty()
                && seen.iter().zip(&self.pieces).all(|(seen, now)| {
                    now.node == seen.node && now.before == seen.before + grown && now.begin == seen.begin
                });
            if recurs {
                let skipped = grown * (left / since) as u32;
                self.count += skipped;
                self.pieces.iter_mut().for_each(|piece| piece.before += skipped);
                left %= since;
                seen.clear();
            } else if since == patience {
                seen.clone_from(&self.pieces);
                seen_count = self.count;
                (since, patience) = (0, patience * 2);
            }
        }
    }

    /// Takes the mark that ends a word.
    pub fn close(&mut self) {
        self.count += 1;
        for piece in self.pieces.drain(..) {
            if self.stems.forms(piece.node) & piece.begin != 0 {
                self.count = self.count.min(piece.before + 1);
            }
        }
    }
}
