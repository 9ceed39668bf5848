//! The kinds of code points, as far as the method tells them apart. The table is in the vocabulary's file.

/// The kind of a code point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// Stands alone and takes no marks: ideographs, Hangul, all that is beyond the first plane.
    Alone,
    /// Part of a word, and no capital: small letters, letters without case, marks.
    Letter,
    Capital,
    /// A title-case letter, which is no capital but has a small letter.
    Title,
    /// Part of a word that is no letter: Roman numerals without case, new marks.
    Neutral,
    /// A mark that begins a word of its own where no letter stands before it.
    Mark,
    Punctuation,
    /// Punctuation and symbols that are no pieces with others, marks that are no part of a word, unassigned.
    Symbol,
    Decimal,
    Number,
    Digit,
    /// An Arabic digit: in one run with ASCII's, but with marks at its borders.
    ArabicDigit,
    Space,
    Selector,
    /// Dropped before anything else: controls, private use.
    Stripped,
    /// Counts as a space.
    OtherSpace,
}

impl Kind {
    const ALL: [Self; 16] = [
        Self::Alone,
        Self::Letter,
        Self::Capital,
        Self::Title,
        Self::Neutral,
        Self::Mark,
        Self::Punctuation,
        Self::Symbol,
        Self::Decimal,
        Self::Number,
        Self::Digit,
        Self::ArabicDigit,
        Self::Space,
        Self::Selector,
        Self::Stripped,
        Self::OtherSpace,
    ];

    pub fn of_nibble(nibble: u8) -> Self {
        Self::ALL[usize::from(nibble & 15)]
    }

    pub fn nibble_has_lower(nibble: u8) -> bool {
        matches!(Self::of_nibble(nibble), Self::Capital | Self::Title)
    }

    pub fn is_in_word(self) -> bool {
        matches!(self, Self::Letter | Self::Capital | Self::Title | Self::Neutral)
    }
}

/// The kinds of all code points, and the small letters of capitals.
pub(super) struct Kinds {
    pub nibbles: Vec<u8>,
    pub lower: Vec<[u16; 2]>,
}

impl Kinds {
    #[inline]
    pub fn of(&self, c: char) -> Kind {
        Kind::of_nibble(self.nibbles.get(c as usize).copied().unwrap_or(Kind::Alone as u8))
    }

    /// Returns the small letter of a letter, or the letter.
    pub fn lower(&self, c: char) -> char {
        if c.is_ascii() {
            return c.to_ascii_lowercase();
        }
        let place = self.lower.partition_point(|&[upper, _]| u32::from(upper) < u32::from(c));
        match self.lower.get(place) {
            Some(&[upper, lower]) if u32::from(upper) == u32::from(c) => {
                char::from_u32(u32::from(lower)).unwrap_or(c)
            }
            _ => c,
        }
    }
}
