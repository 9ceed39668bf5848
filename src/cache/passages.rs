//! The tokens of passages that were met lately: what a text repeats in one stretch is passed at the speed of memory.
//!
//! A passage is 248 bytes from the beginning of a piece on. A piece is decided by the text from its start on, so the same
//! bytes begin with the same pieces: those that are *settled*, because they read nothing behind the passage. An entry holds all
//! bytes of its passage, so what is found is exact. A passage is remembered when it is met for the second time, as most are
//! met once only. The table grows with what is counted, up to 2 MiB, and the tokens themselves, which only `encode` needs, up to
//! another 2 MiB.

use crate::split::Source;
use crate::unicode::{Class, Classes};
use crate::vocab::{MULTIPLIER, TokenId};

const WORDS: usize = 31;
const SIZE: usize = WORDS * 8;
/// The most bytes that a splitter reads behind a piece that [`is_settled`]: two code points.
const READS: usize = 8;
/// Settled pieces end within so many bytes.
const MOST: usize = SIZE - READS;
/// Pieces of which the last one that is settled is looked for, if they end behind so many bytes.
const LAST: usize = 4;
const LEAST: usize = MOST * 5 / 8;
const FIRST_ENTRIES: usize = 1 << 6;
const MOST_ENTRIES: usize = 1 << 13;
/// Places in which a passage can be.
const PLACES: usize = 8;
const MOST_TOKENS: usize = 1 << 19;
const NO_TOKENS: u32 = u32::MAX;
/// Groups of passages of which it is known that they were met. One place for each passage would not do: where two in a text share it,
/// neither would ever be remembered.
const MET: usize = 1 << 13;
const MET_IN_GROUP: usize = 4;

/// A passage as far as it is tokenized.
#[derive(Clone, Copy)]
pub(crate) struct Passage {
    start: End,
    /// Where pieces end from which on it matters.
    least: usize,
    /// Where the last pieces end that may be settled, in turn.
    ends: [End; LAST],
    pieces: usize,
    settled: End,
    hash: u64,
}

/// Where a piece ends, and how many tokens there are up to there.
#[derive(Clone, Copy)]
struct End {
    at: usize,
    mark: usize,
}

/// What is known of a passage: its settled pieces, which have at least a byte.
#[derive(Clone, Copy, Default)]
pub(crate) struct Known {
    pub length: u8,
    pub count: u8,
    /// Where its tokens begin in the list of all.
    first: u32,
}

/// Four lines of memory.
#[derive(Clone, Copy, Default)]
#[repr(align(256))]
struct Entry {
    words: [u64; WORDS],
    known: Known,
}

/// Remembers passages.
#[derive(Default)]
pub(crate) struct Passages {
    entries: Box<[Entry]>,
    /// A part of the hash of each entry, so that others are seldom looked at; 0 where there is none.
    tags: Box<[u16]>,
    used: usize,
    /// A part of the hash of each passage that was met lately, in each group the latest first.
    met: Box<[[u16; MET_IN_GROUP]]>,
    /// Which of its places a passage takes if none is free.
    turn: usize,
    tokens: Vec<TokenId>,
}

impl Passage {
    #[inline]
    pub fn new(at: usize, mark: usize) -> Self {
        let start = End { at, mark };
        Self { start, least: at + LEAST, ends: [start; LAST], pieces: 0, settled: start, hash: 0 }
    }

    /// Takes a piece that ends at `at`. Returns whether the passage is complete.
    #[inline]
    pub fn add(&mut self, at: usize, mark: usize) -> bool {
        at >= self.least && self.add_late(at, mark)
    }

    #[inline(never)]
    fn add_late(&mut self, at: usize, mark: usize) -> bool {
        if at - self.start.at > MOST {
            return true;
        }
        self.ends[self.pieces % LAST] = End { at, mark };
        self.pieces += 1;
        false
    }

    /// Returns where the next passage begins, if a piece of this one is settled.
    pub fn next(&mut self, text: &str) -> Option<Self> {
        let last = (1..=self.pieces.min(LAST)).map(|back| self.ends[(self.pieces - back) % LAST]);
        self.settled = { last }.find(|end| is_settled(text, end.at))?;
        Some(Self::new(self.settled.at, self.settled.mark))
    }

    /// Returns the places of the tokens that its settled pieces are.
    pub fn tokens(&self) -> std::ops::Range<usize> {
        self.start.mark..self.settled.mark
    }

    pub fn start(&self) -> usize {
        self.start.at
    }
}

/// Returns whether the pieces up to `end`, where one ends, are decided by what stands up to two code points behind it.
///
/// A splitter reads further only in white space, of which it may leave the rest, and where it gives back upper-case letters
/// behind a letter without case or a mark (DESIGN.md, "How far a splitter reads"). In both the run goes on at the end of the
/// piece.
fn is_settled(text: &str, end: usize) -> bool {
    const SPACE: Classes = Classes::of(&[Class::Space, Class::Newline]);
    const UPPER: Classes = Classes::of(&[Class::Upper, Class::AsciiUpper]);
    const CASELESS: Classes = Classes::of(&[
        Class::Caseless,
        Class::Kana,
        Class::HanLetter,
        Class::Ideograph,
        Class::Mark,
        Class::KanaMark,
    ]);
    let (Some(before), Some(next)) = (text.step(text.before(end)), text.step(end)) else { return false };
    let goes_on = |run: Classes, first: Classes| run.has(next.class) && first.has(before.class);
    !goes_on(SPACE, SPACE) && !goes_on(UPPER, CASELESS)
}

impl Passages {
    /// Returns what is known of a passage.
    pub fn get(&self, text: &[u8], passage: &mut Passage) -> Option<Known> {
        let words = words(text, passage.start())?;
        passage.hash = hash(&words);
        let place = self.find(&words, passage.hash)?;
        Some(self.entries[place].known)
    }

    fn find(&self, words: &[u64; WORDS], hash: u64) -> Option<usize> {
        let tag = tag(hash);
        self.places(hash)?.find(|&place| self.tags[place] == tag && self.entries[place].has(words))
    }

    /// Returns the tokens of a passage, if they were remembered too.
    pub fn tokens(&self, known: Known) -> Option<&[TokenId]> {
        let first = known.first as usize;
        self.tokens.get(first..first.checked_add(known.count.into())?)
    }

    /// Remembers the settled pieces of a passage, and their tokens if they are at hand, if it was met before.
    pub fn put(&mut self, text: &[u8], passage: &Passage, tokens: &[TokenId]) {
        let Some(words) = words(text, passage.start()) else { return };
        if self.met.is_empty() {
            self.met = vec![[0; MET_IN_GROUP]; MET].into();
        }
        let met = &mut self.met[(passage.hash >> 16) as usize % MET];
        if !met.contains(&tag(passage.hash)) {
            met.rotate_right(1);
            met[0] = tag(passage.hash);
            return;
        }
        if self.used * 2 >= self.entries.len() && self.entries.len() < MOST_ENTRIES {
            self.grow();
        }
        if self.tokens.len() + tokens.len() > MOST_TOKENS {
            self.forget_tokens();
        }
        let first = if tokens.is_empty() { NO_TOKENS } else { self.tokens.len() as u32 };
        self.tokens.extend_from_slice(tokens);
        let (length, count) = (passage.settled.at - passage.start.at, passage.tokens().len());
        let known = Known { length: length as u8, count: count as u8, first };
        self.enter(Entry { words, known }, passage.hash);
    }

    fn enter(&mut self, entry: Entry, hash: u64) {
        let Some(mut places) = self.places(hash) else { return };
        let place =
            self.find(&entry.words, hash).or_else(|| places.clone().find(|&place| self.tags[place] == 0));
        let place = place.or_else(|| {
            self.turn = (self.turn + 1) % PLACES;
            places.nth(self.turn)
        });
        if let Some(place) = place {
            self.used += usize::from(self.tags[place] == 0);
            self.tags[place] = tag(hash);
            self.entries[place] = entry;
        }
    }

    #[cold]
    fn grow(&mut self) {
        let entries = (self.entries.len() * 4).clamp(FIRST_ENTRIES, MOST_ENTRIES);
        let old = std::mem::replace(&mut self.entries, vec![Entry::default(); entries].into());
        let tags = std::mem::replace(&mut self.tags, vec![0; entries].into());
        self.used = 0;
        for (entry, tag) in old.into_iter().zip(tags) {
            if tag != 0 {
                self.enter(entry, hash(&entry.words));
            }
        }
    }

    #[cold]
    fn forget_tokens(&mut self) {
        self.tokens.clear();
        for entry in &mut self.entries {
            entry.known.first = NO_TOKENS;
        }
    }

    /// Returns the places that a passage can have.
    #[inline]
    fn places(&self, hash: u64) -> Option<impl Iterator<Item = usize> + Clone + use<>> {
        let mask = self.entries.len().checked_sub(1)?;
        let first = (hash >> 48) as usize;
        Some((0..PLACES).map(move |place| (first + place) & mask))
    }
}

/// Multiplies words pairwise, so that half as many multiplications do, and all bits are in the upper ones.
fn hash(words: &[u64; WORDS]) -> u64 {
    let (pairs, last) = words.as_chunks();
    let last = last.first().map_or(0, |last| last.wrapping_mul(MULTIPLIER));
    pairs.iter().zip(1u64..).fold(last, |hash, (&[a, b], number)| {
        let odd = MULTIPLIER.wrapping_mul(2 * number + 1);
        hash.wrapping_add(a.wrapping_add(odd).wrapping_mul(b.wrapping_add(odd << 7)))
    })
}

#[inline]
fn tag(hash: u64) -> u16 {
    (hash >> 32) as u16 | 1
}

impl Entry {
    fn has(&self, words: &[u64; WORDS]) -> bool {
        self.words.iter().zip(words).fold(0, |differ, (ours, theirs)| differ | (ours ^ theirs)) == 0
    }
}

fn words(text: &[u8], start: usize) -> Option<[u64; WORDS]> {
    let (chunks, _) = text.get(start..start + SIZE)?.as_chunks();
    let mut words = [0; WORDS];
    for (word, &chunk) in words.iter_mut().zip(chunks) {
        *word = u64::from_le_bytes(chunk);
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORD: usize = 5;
    /// Of the words that end within a passage; each is two tokens.
    const TOKENS: u32 = (MOST / WORD * 2) as u32;

    /// Sixty words, other ones for each number.
    fn text(number: u64) -> String {
        let word = |word: u64| (number * 60 + word + 1).wrapping_mul(MULTIPLIER) >> 48;
        (0..60).fold(String::new(), |text, number| text + &format!(" {:04x}", word(number)))
    }

    fn tokens(number: u64) -> Vec<TokenId> {
        (0..TOKENS).map(|token| token + number as u32).collect()
    }

    /// Takes the words of a passage, as a count does.
    fn meet(passages: &mut Passages, text: &str, start: usize, tokens: &[TokenId]) {
        let mut passage = Passage::new(start, 0);
        let _ = passages.get(text.as_bytes(), &mut passage);
        let words = (1..=MOST).find(|words| passage.add(start + WORD * words, 2 * words)).unwrap();
        assert_eq!(words, MOST / WORD + 1, "it is complete where a piece ends that is not settled");
        let next = passage.next(text).unwrap();
        assert_eq!(next.start(), start + MOST / WORD * WORD);
        assert_eq!((passage.start(), passage.tokens()), (start, 0..TOKENS as usize));
        passages.put(text.as_bytes(), &passage, tokens);
    }

    fn known(passages: &Passages, text: &str, start: usize) -> Option<Known> {
        passages.get(text.as_bytes(), &mut Passage::new(start, 0))
    }

    #[test]
    fn what_is_met_twice_is_known() {
        let mut passages = Passages::default();
        let (text, other) = (text(0), text(1));
        meet(&mut passages, &text, 10, &tokens(0));
        meet(&mut passages, &other, 10, &tokens(1));
        assert!(known(&passages, &text, 10).is_none());
        meet(&mut passages, &text, 10, &tokens(0));
        let found = known(&passages, &text, 10).unwrap();
        assert_eq!((found.length, u32::from(found.count)), (240, TOKENS));
        assert_eq!(passages.tokens(found), Some(&tokens(0)[..]));
        assert!(known(&passages, &text, 15).is_none() && known(&passages, &other, 10).is_none());
        assert!(known(&passages, &text, text.len() - 100).is_none(), "a text's end is no passage");
        meet(&mut passages, &other, 10, &[]);
        let found = known(&passages, &other, 10).unwrap();
        assert_eq!((u32::from(found.count), passages.tokens(found)), (TOKENS, None));
    }

    #[test]
    fn the_table_grows_and_forgets() {
        let mut passages = Passages::default();
        let count: u64 = 20_000;
        for number in 0..count {
            let text = text(number);
            meet(&mut passages, &text, 0, &tokens(number));
            meet(&mut passages, &text, 0, &tokens(number));
            assert!(known(&passages, &text, 0).is_some());
            assert!(passages.tokens.len() <= MOST_TOKENS);
            if number < 32 {
                assert_eq!(passages.entries.len(), FIRST_ENTRIES);
                assert!(passages.used > number as usize * 7 / 8, "{} of {number} are used", passages.used);
            }
        }
        assert_eq!(passages.entries.len(), MOST_ENTRIES);
        assert_eq!(passages.used, passages.tags.iter().filter(|&&tag| tag != 0).count());
        let (mut all, mut late, mut with_tokens) = (0, 0, 0);
        for number in 0..count {
            let Some(found) = known(&passages, &text(number), 0) else { continue };
            all += 1;
            late += u64::from(number >= count - 1000);
            if let Some(theirs) = passages.tokens(found) {
                with_tokens += 1;
                assert_eq!(theirs, tokens(number), "text {number}");
            }
        }
        assert!(all > 8_000 && late > 900, "{all} are known, {late} of the last 1,000");
        assert!(with_tokens > 500 && with_tokens * TOKENS as usize <= MOST_TOKENS, "{with_tokens}");
        for number in count..3 * count {
            assert!(known(&passages, &text(number), 0).is_none(), "text {number} was never met");
        }
    }

    #[test]
    fn nearly_all_of_a_text_is_known_when_it_was_met_twice() {
        let mut passages = Passages::default();
        let texts: Vec<_> = (0..5_000).map(text).collect();
        for _ in 0..2 {
            for text in &texts {
                meet(&mut passages, text, 0, &[]);
            }
        }
        let known = texts.iter().filter(|text| known(&passages, text, 0).is_some()).count();
        assert!(known > 4_850, "{known} of {} are known", texts.len());
    }

    #[test]
    fn tags_tell_passages_apart() {
        assert_eq!(tag(1 << 32), 1, "0 is where there is none");
        let tag = |number| tag(hash(&words(text(number).as_bytes(), 0).unwrap()));
        let tags: std::collections::HashSet<_> = (0..1000).map(tag).collect();
        assert!(tags.len() > 950, "{} of 1,000 differ", tags.len());
    }

    #[test]
    fn an_entry_has_its_words_alone() {
        let mut words = [7; WORDS];
        words[3] = 1;
        let entry = Entry { words, known: Known::default() };
        assert!(entry.has(&words));
        words.swap(3, 4);
        assert!(!entry.has(&words));
    }

    #[test]
    fn settled() {
        for (text, end, expected) in [
            ("ab cd", 2, true),
            ("ab cd", 3, true),
            ("ab cd", 5, false),
            ("ab  cd", 3, false),
            ("ab \n\ncd", 4, false),
            ("中A", 3, false),
            ("中a", 3, true),
            ("A中", 1, true),
            ("aA", 1, true),
            ("e\u{301}A", 3, false),
        ] {
            assert_eq!(is_settled(text, end), expected, "{text:?} up to {end}");
        }
    }
}
