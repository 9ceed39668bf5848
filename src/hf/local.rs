//! Where a text may be cut so that the tokens of its parts are those of the whole. Of two shapes of tokenizers that is known,
//! and proved in DESIGN.md; with any other the whole text is counted.

use super::added::AddedTokens;
use super::pattern::Find;
use super::steps::{Cut, Normalize};
use super::{Precompiled, PrependScheme};

/// Bytes that a part has at least.
const LEAST: usize = 512;

/// Where there are borders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Locality {
    Nowhere,
    /// Behind a line break: for tokenizers that drop white space and count the words between.
    BehindLineBreak,
    /// Before a line break that stands behind two printable characters: for those that put a mark for a space before
    /// every word.
    BeforeLineBreak,
}

impl Locality {
    pub fn of(normalizers: &[Normalize], cuts: &[Cut], added: &AddedTokens) -> Self {
        let locality = match cuts {
            [Cut::Bert | Cut::Whitespace | Cut::WhitespaceSplit, rest @ ..] => {
                let sees_the_beginning = |cut: &Cut| matches!(cut, Cut::Metaspace(metaspace) if metaspace.prepend_scheme == PrependScheme::First);
                if rest.iter().any(sees_the_beginning) { Self::Nowhere } else { Self::BehindLineBreak }
            }
            [Cut::Metaspace(metaspace)] if metaspace.split => Self::BeforeLineBreak,
            _ => Self::Nowhere,
        };
        // A mark for a space is put only in the place of a space; so line breaks have to become some.
        let makes_spaces = matches!(normalizers.first(), Some(Normalize::Precompiled(_) | Normalize::Nmt));
        let allows = |(place, step): (usize, &Normalize)| locality.allows(place, step, cuts);
        let is_local = locality == Self::BehindLineBreak || makes_spaces;
        let found = |token: &super::added::Token| {
            let pattern = if token.added.normalized { &token.pattern } else { &token.added.content };
            let has_break =
                pattern.contains('\n') || token.added.normalized && pattern.contains(char::is_whitespace);
            has_break || token.added.rstrip && locality == Self::BeforeLineBreak
        };
        if is_local && normalizers.iter().enumerate().all(allows) && !added.tokens.iter().any(found) {
            locality
        } else {
            Self::Nowhere
        }
    }

    /// Returns whether a step of the normalizer does to both sides of a border what it does to the whole.
    fn allows(self, place: usize, step: &Normalize, cuts: &[Cut]) -> bool {
        let before = self == Self::BeforeLineBreak;
        match step {
            Normalize::Nfc
            | Normalize::Nfd
            | Normalize::Nfkc
            | Normalize::Nfkd
            | Normalize::Lowercase
            | Normalize::StripAccents
            | Normalize::Nmt => true,
            Normalize::Bert(_) => !before,
            Normalize::Strip { left, .. } => !before || !left,
            Normalize::Precompiled(charsmap) => place == 0 && self.keeps(charsmap),
            Normalize::Replace(Find::Text(text), content) => {
                let ends_well = content.chars().next_back().is_some_and(|c| !c.is_whitespace());
                !text.contains(char::is_whitespace) && (!before || ends_well)
            }
            // Runs of spaces; at a border begins one that is not cut.
            Normalize::Replace(Find::Expression(expression), content) => {
                let mark = match cuts {
                    [Cut::Metaspace(metaspace)] => metaspace.get_replacement(),
                    _ => ' ',
                };
                before && expression.source == " {2,}" && content.starts_with([' ', mark])
            }
            Normalize::Prepend(_) | Normalize::ByteLevel => false,
        }
    }

    /// Returns whether what stands at a border stays what it is for.
    fn keeps(self, charsmap: &Precompiled) -> bool {
        let is_blank = |text: &str| !text.is_empty() && text.chars().all(char::is_whitespace);
        match self {
            Self::Nowhere => false,
            Self::BehindLineBreak => {
                ["\n", "\r", "\r\n", " "].iter().all(|text| charsmap.transform(text).is_none_or(is_blank))
            }
            Self::BeforeLineBreak => {
                let is_space = ["\n", "\r\n"].iter().all(|text| charsmap.transform(text) == Some(" "));
                let mut buffer = [0; 4];
                let mut solid = ('!'..='\u{ffff}').filter(|&c| is_solid(c));
                let stays = |c: char| {
                    let to = charsmap.transform(c.encode_utf8(&mut buffer));
                    to.is_none_or(|to| to.chars().next_back().is_some_and(|c| !c.is_whitespace()))
                };
                is_space && solid.all(stays)
            }
        }
    }

    /// Returns the parts of a text.
    pub fn parts(self, text: &str) -> impl Iterator<Item = &str> {
        let mut rest = text;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let mut at = rest.floor_char_boundary(LEAST);
            let border = loop {
                let Some(found) = rest[at..].find('\n') else { break rest.len() };
                let behind = at + found + 1;
                let border = if self == Self::BehindLineBreak { behind } else { behind - 1 };
                if self != Self::Nowhere && border > 0 && self.is_border(&rest[..border]) {
                    break border;
                }
                if self == Self::Nowhere {
                    break rest.len();
                }
                at = behind;
            };
            let (part, behind) = rest.split_at(border);
            rest = behind;
            Some(part)
        })
    }

    /// Returns whether a border is where this text ends and a line break follows, or comes before.
    fn is_border(self, before: &str) -> bool {
        match self {
            Self::Nowhere => false,
            Self::BehindLineBreak => before.ends_with('\n'),
            Self::BeforeLineBreak => {
                let mut characters = before.chars().rev();
                characters.next().is_some_and(is_solid) && characters.next().is_some_and(is_solid)
            }
        }
    }
}

/// Returns whether a character is printed, is a grapheme of its own between others of these, and stays one whose end is no space.
fn is_solid(c: char) -> bool {
    c.is_ascii_graphic() || matches!(c, '\u{4e00}'..='\u{9fff}' | '。' | '！' | '？' | '，' | '：')
}
