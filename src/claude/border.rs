//! Borders: places where a text can be cut so that the counts of its parts add up.

use super::Claude;
use super::kinds::Kind;

impl Claude {
    /// Returns the first border at `from` or behind it, or the end of the text.
    ///
    /// Whether a place is a border depends on the code points on its two sides alone, but there is none before the
    /// third byte. DESIGN.md shows that the counts of parts add up.
    #[must_use]
    pub fn next_border(&self, text: &str, from: usize) -> usize {
        let from = from.max(2);
        let start = text.floor_char_boundary(from - 1);
        let mut before = None;
        for (at, c) in text.get(start..).unwrap_or_default().char_indices() {
            if before.is_some_and(|before| self.is_border(before, c)) && start + at >= from {
                return start + at;
            }
            before = Some(c);
        }
        text.len()
    }

    fn is_border(&self, before: char, after: char) -> bool {
        let kind = self.kinds.of(before);
        if self.is_settled(after) {
            return before == '\n' || !matches!(kind, Kind::Space | Kind::OtherSpace | Kind::Stripped);
        }
        let begins_word = match u32::from(after) {
            // Jamo may become syllables, and Syriac and Tibetan marks change places with others.
            0x1100..0x1200 | 0x711 | 0x730..0x740 | 0xf71..0xf85 => false,
            _ => self.kinds.of(after).is_in_word(),
        };
        let stands_apart = match before {
            '\'' => false,
            '\n' | '\t' | ' '..='~' => !kind.is_in_word(),
            _ => self.is_settled(before),
        };
        (begins_word && stands_apart) || (matches!(before, '\n' | '\t') && after.is_ascii_graphic())
    }

    /// Returns whether a code point stands alone, and in form C still does, whatever stands beside it.
    fn is_settled(&self, c: char) -> bool {
        self.kinds.of(c) == Kind::Alone && matches!(u32::from(c), ..0x1_0000 | 0x1_f000..0x3_0000)
    }
}
