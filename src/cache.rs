//! The counts of pieces that were merged lately: most of what a text repeats is not worth merging twice.
//!
//! A piece finds its place by its hash and takes it from whatever is there. An entry holds the whole piece, so what is
//! found is exact. The table begins small and grows with what is counted, up to 3 MiB.

use crate::vocab::Text;

/// The longest piece that is remembered, in words of eight bytes.
const WORDS: usize = 5;
const FIRST_ENTRIES: usize = 1 << 9;
const MOST_ENTRIES: usize = 1 << 16;

/// Remembers how many tokens a piece is.
#[derive(Default)]
pub(crate) struct PieceCounts {
    entries: Vec<Entry>,
    /// How many were put in since the table had its size.
    put: usize,
}

#[derive(Clone, Copy, Default)]
struct Entry {
    words: [u64; WORDS],
    length: u8,
    count: u8,
}

impl PieceCounts {
    /// Returns the count of a piece, if it is remembered.
    #[inline]
    pub fn get(&self, piece: Text<'_>) -> Option<usize> {
        if self.entries.is_empty() || piece.len() > WORDS * 8 {
            return None;
        }
        let entry = &self.entries[self.place(piece)];
        let same = usize::from(entry.length) == piece.len()
            && piece.words().zip(entry.words).all(|(theirs, ours)| theirs == ours);
        same.then_some(usize::from(entry.count))
    }

    /// Remembers the count of a piece, if it is not too long.
    pub fn put(&mut self, piece: Text<'_>, count: usize) {
        if piece.len() > WORDS * 8 {
            return;
        }
        if self.put >= self.entries.len() && self.entries.len() < MOST_ENTRIES {
            let entries = (self.entries.len() * 2).max(FIRST_ENTRIES);
            self.entries = vec![Entry::default(); entries];
            self.put = 0;
        }
        self.put += 1;
        let mut entry = Entry { length: piece.len() as u8, count: count as u8, ..Entry::default() };
        for (ours, theirs) in entry.words.iter_mut().zip(piece.words()) {
            *ours = theirs;
        }
        let place = self.place(piece);
        self.entries[place] = entry;
    }

    fn place(&self, piece: Text<'_>) -> usize {
        piece.hash() as usize & (self.entries.len() - 1)
    }
}
