//! The tokens of pieces that were met lately: most of what a text repeats is not worth looking up, or merging, twice.
//!
//! A piece of up to eight bytes is a number, and so has a table of its own. In both tables a piece has the few places of one
//! line of memory, by its hash. A new one takes the last of them, and moves up when it is met again, so what is frequent
//! stands first and stays. An entry holds the whole piece, so what is found is exact; and its tokens, if they are few, or
//! where they were written down. The tables begin small and empty and become larger with what is counted, up to 512 KiB each.

#![expect(clippy::inline_always, reason = "the wasm build would not inline them, and they run once a piece")]

use crate::vocab::{Text, TokenId};

const FIRST_LINES: usize = 1 << 7;
const MOST_LINES: usize = 1 << 13;
/// Odd numbers: the first bits of the square roots of 2, 3 and 5, behind the point.
const MULTIPLIERS: [u64; 3] = [0x6a09_e667_f3bc_c909, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b];

/// How many tokens a piece is; and which, if they are not more than three, or where they were written down.
#[derive(Clone, Copy, Default)]
pub(crate) struct Few(u64);

/// Remembers the tokens of pieces.
#[derive(Default)]
pub(crate) struct Pieces {
    short: Table<u64, 4>,
    long: Table<[u64; 3], 2>,
    written: Written,
}

/// The tokens of pieces that are more than three, one behind the other; from time to time all are forgotten.
#[derive(Default)]
struct Written {
    tokens: Vec<TokenId>,
    forgotten: u64,
}

struct Table<K, const PLACES: usize> {
    lines: Box<[Line<K, PLACES>]>,
    shift: u32,
    /// How many were put in since the table has its size.
    put: usize,
}

#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line<K, const PLACES: usize>([Entry<K>; PLACES]);

#[derive(Clone, Copy, Default)]
struct Entry<K> {
    key: K,
    tokens: Few,
}

/// A piece as numbers: no two have the same, and none has those of an entry that is empty.
trait Key: Copy + Default + PartialEq {
    /// All bits have their say in the upper ones.
    fn hash(self) -> u64;
}

impl Key for u64 {
    #[inline(always)]
    fn hash(self) -> u64 {
        self.wrapping_mul(MULTIPLIERS[0])
    }
}

impl Key for [u64; 3] {
    #[inline(always)]
    fn hash(self) -> u64 {
        let [a, b, c] = MULTIPLIERS;
        self[0].wrapping_mul(a) ^ self[1].wrapping_mul(b) ^ self[2].wrapping_mul(c)
    }
}

impl Few {
    const ID_BITS: u32 = 19;
    const ID_MASK: TokenId = (1 << Self::ID_BITS) - 1;
    pub const MOST: usize = 3;
    const COUNT_SHIFT: u32 = Self::ID_BITS * Self::MOST as u32;
    const IDS: u64 = (1 << Self::COUNT_SHIFT) - 1;

    /// Takes the next token.
    #[inline(always)]
    pub fn push(&mut self, token: TokenId) {
        self.0 = self.0 << Self::ID_BITS | u64::from(token);
    }

    /// Returns them with their number, which is less than 128.
    #[inline(always)]
    fn counted(self, count: usize) -> Self {
        Self(self.0 & Self::IDS | (count as u64) << Self::COUNT_SHIFT)
    }

    #[inline(always)]
    pub fn count(self) -> usize {
        (self.0 >> Self::COUNT_SHIFT) as usize
    }
}

impl Pieces {
    /// Returns the tokens of a piece, if it is remembered.
    #[inline(always)]
    pub fn get(&mut self, piece: Text<'_>) -> Option<Few> {
        if piece.len() <= 8 { self.short.get(piece.number()?) } else { self.long.get(piece.numbers()?) }
    }

    /// Adds the tokens of a piece to others, if they are still known; returns whether they are.
    #[inline(always)]
    pub fn give(&self, known: Few, tokens: &mut Vec<TokenId>) -> bool {
        let count = known.count();
        if count > Few::MOST {
            let Some(known) = self.written.read(known) else { return false };
            tokens.extend_from_slice(known);
            return true;
        }
        for place in (0..count).rev() {
            tokens.push((known.0 >> (Few::ID_BITS as usize * place)) as TokenId & Few::ID_MASK);
        }
        true
    }

    /// Remembers the tokens of a piece, if it is not too long: their number, the last of them, and all if they are at hand.
    pub fn put(&mut self, piece: Text<'_>, count: usize, last: Few, tokens: &[TokenId]) {
        if piece.len() > Text::MOST_NUMBERS {
            return;
        }
        let tokens = if count > Few::MOST { self.written.write(tokens) } else { last }.counted(count);
        if piece.len() > 8 {
            if let Some(key) = piece.numbers() {
                self.long.put(Entry { key, tokens });
            }
        } else if let Some(key) = piece.number() {
            self.short.put(Entry { key, tokens });
        }
    }
}

impl Written {
    const MOST: usize = 1 << 14;

    /// Returns where the tokens stand, if there are some.
    fn write(&mut self, tokens: &[TokenId]) -> Few {
        if tokens.is_empty() {
            return Few::default();
        }
        if self.tokens.len() > Self::MOST {
            self.forgotten += self.tokens.len() as u64;
            self.tokens.clear();
        }
        self.tokens.extend_from_slice(tokens);
        Few(self.forgotten + self.tokens.len() as u64)
    }

    #[inline(never)]
    fn read(&self, known: Few) -> Option<&[TokenId]> {
        let end = (known.0 & Few::IDS).checked_sub(self.forgotten)? as usize;
        self.tokens.get(end.checked_sub(known.count())?..end)
    }
}

impl<K: Key, const PLACES: usize> Table<K, PLACES> {
    #[inline(always)]
    fn get(&mut self, key: K) -> Option<Few> {
        let Line(entries) = self.lines.get_mut(place(key, self.shift))?;
        if entries[0].key == key {
            return Some(entries[0].tokens);
        }
        Self::get_behind(entries, key)
    }

    /// Looks behind the first place, and moves what it finds up by one.
    #[inline(never)]
    fn get_behind(entries: &mut [Entry<K>; PLACES], key: K) -> Option<Few> {
        let at = (1..PLACES).find(|&at| entries[at].key == key)?;
        let Entry { tokens, .. } = entries[at];
        entries.swap(at, at - 1);
        Some(tokens)
    }

    fn put(&mut self, entry: Entry<K>) {
        if self.put >= self.lines.len() * PLACES / 2 && self.lines.len() < MOST_LINES {
            self.grow();
        }
        self.put += 1;
        if let Some(Line(entries)) = self.lines.get_mut(place(entry.key, self.shift)) {
            let is_free = |other: &Entry<K>| other.tokens.count() == 0 || other.key == entry.key;
            let at = entries.iter().position(is_free).unwrap_or(PLACES - 1);
            entries[at] = entry;
        }
    }

    /// Makes the table larger, and empty: what is frequent is soon there again.
    #[cold]
    fn grow(&mut self) {
        let lines = (self.lines.len() * 4).clamp(FIRST_LINES, MOST_LINES);
        self.lines = vec![Line([Entry::default(); PLACES]); lines].into();
        self.shift = 64 - lines.trailing_zeros();
        self.put = 0;
    }
}

impl<K, const PLACES: usize> Default for Table<K, PLACES> {
    fn default() -> Self {
        Self { lines: Box::default(), shift: 0, put: 0 }
    }
}

#[inline(always)]
fn place(key: impl Key, shift: u32) -> usize {
    (key.hash() >> shift) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(piece: &str) -> Text<'_> {
        Text { bytes: piece.as_bytes(), from: 0, to: piece.len() }
    }

    fn put(pieces: &mut Pieces, piece: &str, tokens: &[TokenId], keeps: bool) {
        let mut last = Few::default();
        for &token in tokens {
            last.push(token);
        }
        pieces.put(text(piece), tokens.len(), last, if keeps { tokens } else { &[] });
    }

    /// The tokens of a piece, if they are known.
    fn tokens(pieces: &mut Pieces, piece: &str) -> Option<Vec<TokenId>> {
        let known = pieces.get(text(piece))?;
        let mut tokens = vec![7];
        pieces.give(known, &mut tokens).then(|| tokens.split_off(1))
    }

    /// A piece of 8 or 20 bytes, another for each number, and its tokens.
    fn numbered(number: u64, is_long: bool, count: usize) -> (String, Vec<TokenId>) {
        let hash = number.wrapping_add(1).wrapping_mul(MULTIPLIERS[1]) >> 32;
        let piece = if is_long { format!("{hash:08x} of twenty by") } else { format!("{hash:08x}") };
        (piece, (0..count as u32).map(|place| number as u32 + place).collect())
    }

    #[test]
    fn a_piece_has_its_tokens() {
        let all = "abcdefghijklmnopqrstuvwxyz";
        for length in 1..all.len() {
            for count in 1..=length.min(20) {
                let mut pieces = Pieces::default();
                let piece = &all[..length];
                let expected: Vec<TokenId> =
                    (0..count as u32).map(|place| Few::ID_MASK - 3 * place).collect();
                put(&mut pieces, piece, &expected, false);
                let known = pieces.get(text(piece)).map(Few::count);
                assert_eq!(known, Some(count).filter(|_| length <= 23), "{length} bytes");
                let few = Some(expected.clone()).filter(|_| length <= 23 && count <= Few::MOST);
                assert_eq!(tokens(&mut pieces, piece), few, "{length} bytes, {count} tokens");
                put(&mut pieces, piece, &expected, true);
                let known = Some(expected).filter(|_| length <= 23);
                assert_eq!(tokens(&mut pieces, piece), known, "{length} bytes, {count} tokens");
                assert!(pieces.get(text(&all[1..=length])).is_none(), "another of {length} bytes");
                assert!(length == 1 || pieces.get(text(&all[..length - 1])).is_none(), "a shorter one");
            }
        }
        assert!(Pieces::default().get(text("\0")).is_none(), "it looks like an empty entry");
    }

    #[test]
    fn the_tables_grow_and_forget() {
        for is_long in [false, true] {
            let lines =
                |pieces: &Pieces| if is_long { pieces.long.lines.len() } else { pieces.short.lines.len() };
            let mut pieces = Pieces::default();
            let count = 60_000;
            for number in 0..count {
                let (piece, expected) = numbered(number, is_long, 2);
                put(&mut pieces, &piece, &expected, true);
                assert_eq!(tokens(&mut pieces, &piece), Some(expected));
                match number {
                    0..128 => assert_eq!(lines(&pieces), FIRST_LINES),
                    300 if !is_long => assert_eq!(lines(&pieces), 4 * FIRST_LINES),
                    _ => {}
                }
            }
            assert_eq!(lines(&pieces), MOST_LINES);
            let mut known = 0;
            for number in 0..count {
                let (piece, expected) = numbered(number, is_long, 2);
                if let Some(tokens) = tokens(&mut pieces, &piece) {
                    known += 1;
                    assert_eq!(tokens, expected);
                }
            }
            let room = if is_long { 16_384 } else { 32_768 };
            assert!(known > room * 3 / 4, "{known} of {room} are known");
        }
    }

    #[test]
    fn what_is_frequent_stays() {
        let mut pieces = Pieces::default();
        for (piece, is_long) in [("often", false), ("often and long", true)] {
            for number in 0..200_000 {
                let (other, tokens) = numbered(number, is_long, 1);
                put(&mut pieces, &other, &tokens, false);
                if number == 100_000 {
                    put(&mut pieces, piece, &[1], false);
                }
                assert_eq!(pieces.get(text(piece)).is_some(), number >= 100_000, "after {number} others");
            }
        }
    }

    #[test]
    fn what_was_written_is_forgotten() {
        let mut pieces = Pieces::default();
        for number in 0..20_000 {
            let (piece, expected) = numbered(number, false, 4);
            put(&mut pieces, &piece, &expected, true);
            assert_eq!(tokens(&mut pieces, &piece), Some(expected));
            assert!(pieces.written.tokens.len() <= Written::MOST + 4);
        }
        let kept = pieces.written.tokens.len() as u64 / 4;
        assert_eq!((pieces.written.forgotten / 4 + kept, kept), (20_000, 20_000 % 4097));
        for number in 0..20_000 {
            let (piece, expected) = numbered(number, false, 4);
            match tokens(&mut pieces, &piece) {
                Some(tokens) => assert!(number >= 20_000 - kept && tokens == expected, "piece {number}"),
                None => assert!(number < 20_000 - kept || pieces.get(text(&piece)).is_none()),
            }
        }
    }
}
