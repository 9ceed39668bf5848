//! What a text has, as far as estimates tell texts apart: one pass over its code points, with a state of a few bytes.
//!
//! Every code point has one feature, by its script, by what stands before it and by how far its run goes on. The state
//! behind a code point soon depends on the last few only, so a text can be cut anywhere and its features added up.

use std::ops::RangeInclusive;

/// What code points are to estimates. Ranges of code points have one each; ASCII is told apart further.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
enum Kind {
    /// Nothing yet, and controls.
    #[default]
    Other,
    Digit,
    Punctuation,
    Space,
    Newline,
    /// Marks, joiners and selectors that go with what stands before.
    Joined,
    Symbol,
    Emoji,
    WideSymbol,
    FarLetter,
    // Letters, in the order of their features.
    Latin,
    Cyrillic,
    Han,
    Kana,
    Hangul,
    Arabic,
    Devanagari,
    Thai,
    Greek,
    Hebrew,
    Indic,
    SouthEast,
    OtherLetter,
}
use Kind::{
    Arabic, Cyrillic, Devanagari, Digit, Emoji, FarLetter, Greek, Han, Hangul, Hebrew, Indic, Joined, Kana,
    Latin, Newline, Other, OtherLetter, Punctuation, SouthEast, Space, Symbol, Thai, WideSymbol,
};

/// The first code point of each range, from U+0080 on.
const RANGES: [(u32, Kind); 59] = [
    (0x80, Other),
    (0xa0, Symbol),
    (0xc0, Latin),
    (0x300, Joined),
    (0x370, Greek),
    (0x400, Cyrillic),
    (0x530, Greek),
    (0x590, Hebrew),
    (0x600, Arabic),
    (0x700, Hebrew),
    (0x750, Arabic),
    (0x780, Hebrew),
    (0x8a0, Arabic),
    (0x900, Devanagari),
    (0x980, Indic),
    (0xe00, Thai),
    (0xe80, SouthEast),
    (0xf00, OtherLetter),
    (0x1000, SouthEast),
    (0x10a0, OtherLetter),
    (0x1100, Hangul),
    (0x1200, OtherLetter),
    (0x1780, SouthEast),
    (0x1800, OtherLetter),
    (0x1c80, Cyrillic),
    (0x1c90, OtherLetter),
    (0x1d00, Latin),
    (0x1dc0, Joined),
    (0x1e00, Latin),
    (0x1f00, Greek),
    (0x2000, Symbol),
    (0x200b, Joined),
    (0x2010, Symbol),
    (0x20d0, Joined),
    (0x2100, Symbol),
    (0x2c00, OtherLetter),
    (0x2de0, Cyrillic),
    (0x2e00, Symbol),
    (0x2e80, Han),
    (0x3000, WideSymbol),
    (0x3040, Kana),
    (0x3100, Han),
    (0x3130, Hangul),
    (0x3190, WideSymbol),
    (0x3400, Han),
    (0xa000, OtherLetter),
    (0xac00, Hangul),
    (0xd7b0, Other),
    (0xf900, Han),
    (0xfb00, OtherLetter),
    (0xfb50, Arabic),
    (0xfe00, Joined),
    (0xfe10, WideSymbol),
    (0xfe70, Arabic),
    (0xff00, WideSymbol),
    (0x1_0000, FarLetter),
    (0x1_f000, Emoji),
    (0x2_0000, Han),
    (0x3_4000, FarLetter),
];

/// Where a run stands when the next code point comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    kind: Kind,
    /// Code points of the run so far, [`FAR`] at most.
    length: u8,
    /// The number of the last letter, or the last code point as far as the next one asks.
    last: u16,
    /// Whether that is a capital.
    is_capital: bool,
    /// How often it has stood there in a row, [`OFTEN`] at most.
    times: u8,
}

/// As far as runs are followed.
const FAR: u8 = 16;
/// From the fourth time on a letter is part of a run of that letter.
const OFTEN: u8 = 4;

/// Levels of letters: how many tokens begin with one, given the one before it.
const LEVELS: usize = 8;
/// Places in the table of levels: pairs of Latin letters, pairs of Cyrillic ones, ideographs by a hash.
const LATIN_LETTERS: usize = 40;
const CYRILLIC_LETTERS: usize = 40;
const HAN_BITS: u32 = 11;
const CYRILLIC_PLACES: usize = LATIN_LETTERS * LATIN_LETTERS;
const HAN_PLACES: usize = CYRILLIC_PLACES + CYRILLIC_LETTERS * CYRILLIC_LETTERS;
/// The number of places.
pub const PLACES: usize = HAN_PLACES + (1 << HAN_BITS);

// The first feature of each kind of code points.
const DIGIT: usize = 0;
const PUNCTUATION: usize = 5;
const SPACE: usize = 21;
const NEWLINE: usize = 27;
const SYMBOL: usize = 31;
const EMOJI: usize = 34;
const JOINED: usize = 37;
const WIDE_SYMBOL: usize = 39;
const FAR_LETTER: usize = 41;
const OTHER: usize = 42;
const REPEATED: usize = 43;
const CAPITAL: usize = 44;
const LATIN: usize = 47;
/// By level, in three stretches of a word, and of letters beyond ASCII.
const LATIN_PAIR: usize = LATIN + 6;
const CYRILLIC: usize = LATIN_PAIR + 4 * LEVELS;
const HAN: usize = CYRILLIC + 4 + LEVELS;
const KANA: usize = HAN + 4 + LEVELS;
const HANGUL: usize = KANA + 4;
const ARABIC: usize = HANGUL + 4;
const SCRIPTS: usize = ARABIC + 5;
/// The number of features.
pub const FEATURES: usize = SCRIPTS + 3 * 7;

/// The groups of features whose weights err together: the first feature of each.
pub const GROUPS: [usize; 26] = [
    DIGIT,
    PUNCTUATION,
    SPACE,
    SYMBOL,
    EMOJI,
    WIDE_SYMBOL,
    FAR_LETTER,
    REPEATED,
    CAPITAL,
    LATIN,
    LATIN_PAIR,
    LATIN_PAIR + 8,
    LATIN_PAIR + 16,
    LATIN_PAIR + 24,
    CYRILLIC,
    HAN,
    KANA,
    HANGUL,
    ARABIC,
    SCRIPTS,
    SCRIPTS + 3,
    SCRIPTS + 6,
    SCRIPTS + 9,
    SCRIPTS + 12,
    SCRIPTS + 15,
    SCRIPTS + 18,
];

/// What has features of its own: halves of flags, jamo, marks and letters of other languages in Arabic script, vowel signs of Devanagari
/// and Thai.
const SPECIAL: [(RangeInclusive<char>, usize); 8] = [
    ('\u{1f1e6}'..='\u{1f1ff}', EMOJI + 2),
    ('\u{1100}'..='\u{11ff}', HANGUL + 3),
    ('\u{3130}'..='\u{318f}', HANGUL + 3),
    ('\u{64b}'..='\u{65f}', ARABIC + 3),
    ('\u{66e}'..='\u{6d4}', ARABIC + 4),
    ('\u{93a}'..='\u{94f}', SCRIPTS + 2),
    ('\u{e31}'..='\u{e3a}', SCRIPTS + 5),
    ('\u{e47}'..='\u{e4e}', SCRIPTS + 5),
];
/// Longer than any run is followed.
const ANY: usize = 255;

/// Reads a text from a state on and gives the feature of each code point to `add`; returns the state behind it.
///
/// # Complexity
/// Linear in the code points.
pub fn read(text: &str, mut state: State, levels: &[u8], mut add: impl FnMut(usize)) -> State {
    for c in text.chars() {
        add(state.step(c, levels));
    }
    state
}

/// Gives the place of each letter in the table of levels to `add`, and nothing for other code points.
pub fn places(text: &str, mut add: impl FnMut(Option<usize>)) {
    let mut state = State::default();
    for c in text.chars() {
        let before = state;
        state.step(c, &[]);
        add(state.place(before));
    }
}

impl State {
    #[inline]
    fn step(&mut self, c: char, levels: &[u8]) -> usize {
        let (kind, before) = (Kind::of(c), *self);
        let goes_on = before.kind == kind;
        let nth = if goes_on { (before.length + 1).min(FAR) } else { 1 };
        *self = Self { kind, length: nth, last: c as u16, is_capital: false, times: 1 };
        let nth = usize::from(nth);
        let follows = |kind| usize::from(before.kind == kind);
        let is_in = |first: char, behind: char| usize::from((first..behind).contains(&c));
        let feature = match kind {
            Digit => DIGIT + if nth == 1 { 4 * follows(Latin) } else { (nth - 1).min(3) },
            Punctuation => PUNCTUATION + self.punctuation(before),
            Space if nth == 1 => SPACE + if c == '\t' { 4 } else { 5 * follows(Newline) },
            Space => SPACE + (nth / 2).min(3),
            Newline => NEWLINE + if nth > 1 { nth.min(3) } else { follows(Space) },
            Symbol => SYMBOL + if goes_on { 2 } else { is_in('\u{2070}', '\u{ffff}') },
            Joined => JOINED + is_in('\u{2000}', '\u{ffff}'),
            FarLetter => FAR_LETTER,
            Other => OTHER,
            Latin => self.latin(c, before, levels),
            Cyrillic => {
                let (letter, is_capital) = cyrillic(c);
                self.last = letter;
                if goes_on {
                    CYRILLIC + 4 + self.level(before, levels)
                } else {
                    CYRILLIC + follows(Space) + 2 * usize::from(is_capital)
                }
            }
            Han if nth > 1 => HAN + 4 + self.level(before, levels),
            Han => HAN + 2 * follows(Kana) + usize::from(self.level(before, levels) > 5),
            Kana => KANA + 2 * is_in('\u{30a0}', '\u{3100}') + usize::from(nth > 1),
            OtherLetter => SCRIPTS + 18 + if c < '\u{800}' { 2 } else { usize::from(goes_on) },
            _ => {
                let (first, near) = kind.run();
                let run = first + usize::from(nth > 1) + usize::from(nth > near);
                SPECIAL.iter().find(|(special, _)| special.contains(&c)).map_or(run, |&(_, feature)| feature)
            }
        };
        if goes_on && before.last == self.last {
            self.times = (before.times + 1).min(OFTEN);
        }
        if self.times == OFTEN && kind as usize >= Latin as usize { REPEATED } else { feature }
    }

    #[inline]
    fn latin(&mut self, c: char, before: Self, levels: &[u8]) -> usize {
        let (letter, is_capital) = latin(c);
        (self.last, self.is_capital) = (letter, is_capital);
        if before.kind != Latin {
            let place = match before.kind {
                Space => 0,
                Newline | Other => 1,
                _ => 2,
            };
            return LATIN + place + 3 * usize::from(is_capital);
        }
        if is_capital {
            if before.is_capital {
                return CAPITAL + usize::from(self.length > 3);
            }
            self.length = 1;
            return CAPITAL + 2;
        }
        let stretch =
            if letter > 25 { 3 } else { usize::from(self.length > 4) + usize::from(self.length > 9) };
        LATIN_PAIR + 4 * self.level(before, levels) + stretch
    }

    fn punctuation(self, before: Self) -> usize {
        if before.kind == Punctuation {
            let is_long = usize::from(self.length > 4);
            return 12 + is_long + 2 * usize::from(before.last == self.last);
        }
        let group = match self.last as u8 {
            b',' | b'.' | b';' | b':' | b'?' | b'!' => 0,
            b'"' | b'\'' | b'`' => 1,
            b'(' | b'[' | b'{' | b'<' => 2,
            b')' | b']' | b'}' | b'>' => 3,
            b'_' | b'-' | b'/' | b'\\' => 4,
            _ => 5,
        };
        group + 6 * usize::from(before.kind == Space)
    }

    /// Returns the place of the last letter in the table of levels.
    fn place(self, before: Self) -> Option<usize> {
        let [last, farther] = [self.last, before.last].map(usize::from);
        match self.kind {
            Han => Some(HAN_PLACES + (self.last.wrapping_mul(0x9e37) >> (16 - HAN_BITS)) as usize),
            _ if before.kind != self.kind => None,
            Latin => Some(farther * LATIN_LETTERS + last),
            Cyrillic => Some(CYRILLIC_PLACES + farther * CYRILLIC_LETTERS + last),
            _ => None,
        }
    }

    fn level(self, before: Self, levels: &[u8]) -> usize {
        let place = self.place(before).unwrap_or_default();
        let pair = levels.get(place / 2).copied().unwrap_or_default();
        usize::from(pair >> (4 * (place & 1)) & 7)
    }
}

impl Kind {
    /// Returns the feature of the first code point of a run, and up to which one the next feature holds; behind it the one
    /// after that does.
    const fn run(self) -> (usize, usize) {
        match self {
            Emoji => (EMOJI, ANY),
            WideSymbol => (WIDE_SYMBOL, ANY),
            Hangul => (HANGUL, 2),
            Arabic => (ARABIC, 4),
            Devanagari => (SCRIPTS, ANY),
            Thai => (SCRIPTS + 3, ANY),
            Greek => (SCRIPTS + 6, 3),
            Hebrew => (SCRIPTS + 9, 3),
            Indic => (SCRIPTS + 12, 3),
            _ => (SCRIPTS + 15, 3),
        }
    }

    #[inline]
    fn of(c: char) -> Self {
        match c {
            'a'..='z' | 'A'..='Z' => Latin,
            '0'..='9' => Digit,
            ' ' | '\t' => Space,
            '\n' | '\r' => Newline,
            '!'..='~' => Punctuation,
            '\0'..'\u{80}' => Other,
            _ => RANGES[RANGES.partition_point(|&(first, _)| first <= u32::from(c)) - 1].1,
        }
    }
}

/// Returns the number of a Latin letter, and whether it is a capital. Those beyond ASCII share a few numbers.
fn latin(c: char) -> (u16, bool) {
    let code = c as u16;
    let other = |small: u16| 26 + small % (LATIN_LETTERS as u16 - 26);
    match c {
        'a'..='z' => (code - 0x61, false),
        'A'..='Z' => (code - 0x41, true),
        '\u{c0}'..='\u{de}' => (other(code + 0x20), true),
        '\u{100}'..='\u{17f}' | '\u{1e00}'..='\u{1eff}' => (other(code | 1), false),
        _ => (other(code), false),
    }
}

/// Returns the number of a Cyrillic letter, and whether it is a capital.
fn cyrillic(c: char) -> (u16, bool) {
    let code = c as u16;
    let other = |small: u16| 32 + small % (CYRILLIC_LETTERS as u16 - 32);
    match c {
        'а'..='я' => (code - 0x430, false),
        'А'..='Я' => (code - 0x410, true),
        'Ѐ'..='Џ' => (other(code + 0x50), true),
        'ѐ'..='џ' => (other(code), false),
        _ => (other(code | 1), false),
    }
}
