//! The counts of pieces that were merged lately: most of what a text repeats is not worth merging twice.
//!
//! A piece finds its two places by its hash; the newest stands in the first and pushes what was there to the second.
//! An entry holds the whole piece, so what is found is exact. The table begins small and grows with what is counted,
//! up to 3 MiB.

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
    pub fn get(&self, piece: Text<'_>) -> Option<usize> {
        if self.entries.is_empty() || piece.len() > WORDS * 8 {
            return None;
        }
        let wanted = Entry::new(piece, 0);
        let place = self.place(piece);
        let entry = self.entries[place..place + 2]
            .iter()
            .find(|entry| entry.length == wanted.length && entry.words == wanted.words)?;
        Some(usize::from(entry.count))
    }

    /// Remembers the count of a piece, if it is not too long.
    pub fn put(&mut self, piece: Text<'_>, count: usize) {
        if piece.len() > WORDS * 8 {
            return;
        }
        if self.put >= self.entries.len() && self.entries.len() < MOST_ENTRIES {
            let entries = (self.entries.len() * 8).clamp(FIRST_ENTRIES, MOST_ENTRIES);
            self.entries = vec![Entry::default(); entries];
            self.put = 0;
        }
        self.put += 1;
        let place = self.place(piece);
        self.entries[place + 1] = std::mem::replace(&mut self.entries[place], Entry::new(piece, count));
    }

    /// Returns the first of the two places of a piece.
    fn place(&self, piece: Text<'_>) -> usize {
        piece.hash() as usize & (self.entries.len() - 2)
    }
}

impl Entry {
    /// Returns the entry of a piece that is not too long.
    #[inline(never)]
    fn new(piece: Text<'_>, count: usize) -> Self {
        let mut entry = Self { length: piece.len() as u8, count: count as u8, ..Self::default() };
        for (ours, theirs) in entry.words.iter_mut().zip(piece.words()) {
            *ours = theirs;
        }
        entry
    }
}
