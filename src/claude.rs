//! Counts for Anthropic's Claude models, whose vocabularies are not published.
//!
//! The method is the one that `ctok` 1.3.0, a package for Python, rebuilt from recorded answers of the vendor's
//! `count_tokens`: marks for the borders of words and for capitals are written into the text (`runs.rs`), and the
//! count is the least number of pieces that cover all of it (`tile.rs`). Where tokens end is not known, so there
//! are counts only.

mod border;
mod kinds;
mod runs;
mod tile;

use crate::error::Error;
use crate::vocab::{Root, Stems};
use kinds::{Kind, Kinds};
use runs::Writer;
use tile::Tiler;

/// Bits of a file's flags.
const FOLDS_QUOTES: u8 = 1;
const MARKS_CAPITALS: u8 = 2;

/// A long text is counted in parts of this length and a little more, so that they find room.
const PART_BYTES: usize = 1 << 12;

/// Models that count alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Line {
    /// Claude 3 to Opus 4.6, Sonnet 4.6 and Haiku 4.5.
    Claude3,
    /// Opus 4.7.
    Opus47,
    /// Opus 4.8, Sonnet 5, Fable 5.
    Claude48,
    /// Opus 5.
    Opus5,
}

impl Line {
    /// All lines.
    pub const ALL: [Self; 4] = [Self::Claude3, Self::Opus47, Self::Claude48, Self::Opus5];

    /// Returns the name of the encoding.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Claude3 => "claude3",
            Self::Opus47 => "claude4_7",
            Self::Claude48 => "claude4_8",
            Self::Opus5 => "claude5",
        }
    }

    /// Returns the name of its vocabulary.
    #[must_use]
    pub const fn vocab(self) -> &'static str {
        match self {
            Self::Claude3 => "claude3",
            _ => "claude4_7",
        }
    }

    /// Returns how many tokens one user message has besides its text.
    #[must_use]
    pub const fn frame(self) -> usize {
        match self {
            Self::Claude3 => 7,
            Self::Opus47 => 11,
            Self::Claude48 | Self::Opus5 => 6,
        }
    }

    /// Returns whether what stands before the message ends with the mark that begins a word. It then stands for one
    /// space, and is a token of its own before a text that does not begin with such a mark.
    const fn frame_opens_word(self) -> bool {
        matches!(self, Self::Claude3 | Self::Opus47)
    }
}

/// A part of a text between two borders, see [`Claude::next_border`].
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The text of the part.
    pub text: &'a str,
    /// Whether the message begins with it.
    pub is_first: bool,
    /// Whether the message ends with it.
    pub is_last: bool,
}

/// A Claude vocabulary, ready to count.
pub struct Claude {
    name: String,
    /// Curly quotes count as straight ones.
    folds_quotes: bool,
    /// Words of capitals have a mark of their own.
    marks_capitals: bool,
    kinds: Kinds,
    stems: Stems,
}

impl Claude {
    /// Packs a vocabulary.
    ///
    /// `pieces` are stems and one bit for the form of each: 0 the stem, 1 the stem at the end of a word, 2 at the
    /// beginning, 3 a whole word, 4 a capitalized word, 5 a word of capitals. A part of a character is a stem of form 0.
    /// `kinds` has a nibble for each code point of the first plane, `lower` the small letters of those of the kinds
    /// 2 and 3.
    ///
    /// # Errors
    /// [`InvalidVocabulary`](crate::ErrorKind::InvalidVocabulary) if a limit of the format is passed.
    pub fn pack(
        name: &str,
        [folds_quotes, marks_capitals]: [bool; 2],
        pieces: &[(Vec<u8>, u8)],
        kinds: Vec<u8>,
        lower: Vec<[u16; 2]>,
    ) -> Result<Vec<u8>, Error> {
        let flags = u8::from(folds_quotes) * FOLDS_QUOTES + u8::from(marks_capitals) * MARKS_CAPITALS;
        let root = Root { name: name.to_owned(), flags, kinds, lower, stems: Stems::new(pieces)? };
        let file = root.pack(Kind::nibble_has_lower);
        Self::from_packed(&file)?;
        Ok(file)
    }

    /// Reads a packed vocabulary.
    ///
    /// # Errors
    /// A kind for each way in which the bytes can be wrong, as for
    /// [`Encoding::from_packed`](crate::Encoding::from_packed).
    ///
    /// # Complexity
    /// Linear in the bytes of the stems.
    pub fn from_packed(file: &[u8]) -> Result<Self, Error> {
        let root = Root::unpack(file.to_vec(), Kind::nibble_has_lower)?;
        Ok(Self {
            name: root.name,
            folds_quotes: root.flags & FOLDS_QUOTES != 0,
            marks_capitals: root.flags & MARKS_CAPITALS != 0,
            kinds: Kinds { nibbles: root.kinds, lower: root.lower },
            stems: root.stems,
        })
    }

    /// Returns the vocabulary's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns how many tokens `text` is as a message, the frame of the message apart.
    ///
    /// # Complexity
    /// Linear in the bytes of the text, times the bytes of the longest piece at worst.
    #[must_use]
    pub fn count(&self, text: &str, line: Line) -> usize {
        let (mut count, mut from) = (0, 0);
        loop {
            let to = self.next_border(text, from + PART_BYTES);
            let part = text.get(from..to).unwrap_or_default();
            count +=
                self.count_part(Part { text: part, is_first: from == 0, is_last: to == text.len() }, line);
            if to == text.len() {
                return count;
            }
            from = to;
        }
    }

    /// Returns how many tokens a part of a message is. Between borders, the counts of the parts add up to the count
    /// of the whole.
    #[must_use]
    pub fn count_part(&self, part: Part, line: Line) -> usize {
        let mut text = part.text;
        if part.is_last && line == Line::Opus5 {
            text = text.trim_ascii_end();
        }
        let frame_opens_word = part.is_first && line.frame_opens_word();
        let mut letters = &*runs::read(text, &self.kinds, self.folds_quotes);
        let mut newlines = 0;
        while let Some((_, rest)) = letters.split_last().filter(|(last, _)| part.is_last && last.c == '\n') {
            letters = rest;
            newlines += 1;
        }
        if frame_opens_word && text.starts_with(' ') && runs::starts_with_single_space(letters) {
            letters = letters.get(1..).unwrap_or_default();
        }
        let tiler = Tiler::new(&self.stems);
        let writer = Writer::new(&self.kinds, self.marks_capitals, frame_opens_word, tiler);
        writer.write(letters, part.is_last) + self.count_newlines(newlines)
    }

    /// Returns what line breaks at the end of a message count: two more follow in the frame, which has one token
    /// for them already.
    fn count_newlines(&self, newlines: usize) -> usize {
        if newlines == 0 {
            return 0;
        }
        let mut tiler = Tiler::new(&self.stems);
        tiler.push_times('\n', newlines + 2);
        tiler.count() - 1
    }
}
