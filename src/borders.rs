//! Where texts can be cut so that counts add up, as `parts.rs` and DESIGN.md say: what may stand on the two sides of a border.

/// Letters that are no part of a character's decomposition: Latin, Greek, Cyrillic without Й, Hebrew, Arabic, Devanagari,
/// Thai, ideographs, Hangul.
fn is_letter(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{391}'..='\u{3a1}' | '\u{3a3}'..='\u{3a9}' | '\u{3b1}'..='\u{3c9}'
        | '\u{410}'..='\u{418}' | '\u{41a}'..='\u{438}' | '\u{43a}'..='\u{44f}' | '\u{5d0}'..='\u{5ea}'
        | '\u{627}'..='\u{64a}' | '\u{904}'..='\u{928}' | '\u{e01}'..='\u{e2e}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}')
}

/// What stands at a border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Line,
    Digit,
    SpaceBehind,
    SpaceBefore,
}

impl Kind {
    /// Returns what kind of border is between two characters, if there is one.
    #[must_use]
    pub fn between(last: char, next: char) -> Option<Self> {
        match (last, next) {
            (' ', 'A'..='Z' | 'a'..='z') => Some(Self::SpaceBefore),
            ('A'..='Z' | 'a'..='z', ' ') => Some(Self::SpaceBehind),
            ('\n', next) if is_letter(next) => Some(Self::Line),
            ('0'..='9', next) if is_letter(next) => Some(Self::Digit),
            _ => None,
        }
    }

    /// Takes out the kinds of the borders that stand inside a token. A part of a character may be that of any letter.
    pub(crate) fn take_out(kinds: &mut Vec<Self>, token: &[u8]) {
        let token = String::from_utf8_lossy(token);
        for (last, next) in token.chars().zip(token.chars().skip(1)) {
            let next = if next == char::REPLACEMENT_CHARACTER { 'a' } else { next };
            kinds.retain(|&kind| Self::between(last, next) != Some(kind));
        }
    }
}
