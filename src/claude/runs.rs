//! The text as runs of one group of code points, and the marks that are written at their borders.

use super::kinds::{Kind, Kinds};
use super::tile::{Case, Tiler};
use crate::normalize::nfc;

/// A code point as the method reads it.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub c: char,
    pub kind: Kind,
}

/// Reads a text: composes it, drops what the method drops, and folds what it folds.
///
/// It is composed as of Unicode 15.1, which the reference has. To it, code points that came later stand alone.
pub(super) fn read(text: &str, kinds: &Kinds, folds_quotes: bool) -> Vec<Point> {
    let mut reader =
        Reader { kinds, folds_quotes, points: Vec::with_capacity(text.len()), after_nikhahit: false };
    let mut rest = text;
    loop {
        let (old, newer) =
            rest.split_at_checked(rest.find(is_newer).unwrap_or(rest.len())).unwrap_or_default();
        nfc(old).chars().for_each(|c| reader.push(c));
        let mut newer = newer.chars();
        let Some(c) = newer.next() else { return reader.points };
        reader.push(c);
        rest = newer.as_str();
    }
}

/// Returns whether a version of Unicode later than 15.1, up to 18.0, composes `c` or moves it behind another mark.
/// All that is in these ranges is unassigned in 15.1.
fn is_newer(c: char) -> bool {
    matches!(
        u32::from(c),
        0x5c8..=0x5c9
            | 0x897
            | 0x1acf..=0x1af0
            | 0x1_05c9..=0x1_05e4
            | 0x1_0d69..=0x1_0d6d
            | 0x1_0ecb..=0x1_0efb
            | 0x1_1383..=0x1_13d0
            | 0x1_611e..=0x1_612f
            | 0x1_6d67..=0x1_6d6a
            | 0x1_d127..=0x1_d128
            | 0x1_d250..=0x1_d281
            | 0x1_e5ee..=0x1_e6f5
    )
}

struct Reader<'a> {
    kinds: &'a Kinds,
    folds_quotes: bool,
    points: Vec<Point>,
    /// The first half of Thai SARA AM stands before, with nothing but controls behind it.
    after_nikhahit: bool,
}

impl Reader<'_> {
    #[inline(never)]
    fn push(&mut self, mut c: char) {
        let mut kind = self.kinds.of(c);
        match kind {
            Kind::Stripped => {
                self.after_nikhahit &= c < '\u{e000}';
                return;
            }
            Kind::OtherSpace => (c, kind) = (' ', Kind::Space),
            Kind::Symbol if self.folds_quotes => match c {
                '‘' | '’' => (c, kind) = ('\'', Kind::Punctuation),
                '“' | '”' => (c, kind) = ('"', Kind::Punctuation),
                _ => {}
            },
            Kind::Letter if self.after_nikhahit && c == '\u{e32}' => {
                c = '\u{e33}';
                self.points.pop();
            }
            _ => {}
        }
        self.points.push(Point { c, kind });
        self.after_nikhahit = c == '\u{e4d}';
    }
}

/// Returns whether a space stands here, and not a second behind it.
pub(super) fn starts_with_single_space(letters: &[Point]) -> bool {
    let is_space = |place| letters.get(place).is_some_and(|letter: &Point| letter.c == ' ');
    is_space(0) && !is_space(1)
}

/// What runs are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Word,
    /// Marks that begin a word, where no letter stands before them.
    Marks,
    Punctuation,
    Digits,
    Space,
    Alone,
    Symbols,
    Numbers,
}

impl Group {
    /// Returns the group of a run that begins with this kind.
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Letter | Kind::Capital | Kind::Title | Kind::Neutral => Self::Word,
            Kind::Mark => Self::Marks,
            Kind::Punctuation => Self::Punctuation,
            Kind::Digit | Kind::ArabicDigit => Self::Digits,
            Kind::Space | Kind::OtherSpace => Self::Space,
            Kind::Symbol => Self::Symbols,
            Kind::Decimal | Kind::Number => Self::Numbers,
            Kind::Alone | Kind::Selector | Kind::Stripped => Self::Alone,
        }
    }

    fn goes_on_with(self, kind: Kind) -> bool {
        match kind {
            Kind::Mark => matches!(self, Self::Word | Self::Marks),
            Kind::Selector => matches!(self, Self::Alone | Self::Symbols | Self::Numbers),
            _ => self == Self::of(kind),
        }
    }
}

/// A run of one group.
struct Run<'a> {
    group: Group,
    points: &'a [Point],
    head: Point,
    tail: Point,
}

impl<'a> Run<'a> {
    /// Takes the next run off the text.
    fn take(text: &mut &'a [Point]) -> Option<Self> {
        let head = *text.first()?;
        let group = Group::of(head.kind);
        let length = text.iter().position(|letter| !group.goes_on_with(letter.kind)).unwrap_or(text.len());
        let (points, rest) = text.split_at_checked(length.max(1))?;
        *text = rest;
        Some(Self { group, points, head, tail: *points.last()? })
    }

    /// Returns whether a mark is written at the border with a space at which this code point of the run stands.
    fn takes_mark(&self, letter: Point) -> bool {
        match letter.kind {
            Kind::Punctuation | Kind::Symbol | Kind::Selector | Kind::ArabicDigit => true,
            Kind::Decimal | Kind::Number => self.points.iter().all(|letter| letter.kind == self.head.kind),
            // Of what makes up words, circled letters and those that Unicode 15.1 does not know.
            _ => matches!(
                u32::from(letter.c),
                0x24b6..=0x24e9 | 0x5c8..=0x5c9 | 0x897 | 0x1c89..=0x1c8a | 0xa7cb
            ),
        }
    }

    fn is(&self, c: char) -> bool {
        self.points.len() == 1 && self.head.c == c
    }

    /// Returns whether the word is what an apostrophe joins to the word before: `s`, `t`, `d`, `m`, `ll`, `re`, `ve`.
    fn is_suffix(&self) -> bool {
        matches!(
            (self.points.len(), self.head.c, self.tail.c),
            (1, 's' | 't' | 'd' | 'm', _) | (2, 'l', 'l') | (2, 'r' | 'v', 'e')
        )
    }

    fn case(&self, marks_capitals: bool) -> Case {
        if self.head.kind != Kind::Capital && self.head.kind != Kind::Neutral {
            return Case::Plain;
        }
        // `İ` is never written small, so it counts as neither; `ẞ` rules out any mark.
        let (mut capitals, mut all_capitals) = (0, true);
        for letter in self.points {
            match letter.c {
                'ẞ' => return Case::Plain,
                'İ' => all_capitals = false,
                _ if letter.kind == Kind::Capital => capitals += 1,
                _ => all_capitals &= letter.kind == Kind::Neutral,
            }
        }
        if marks_capitals && all_capitals && capitals > 0 && self.points.len() >= 4 {
            Case::Capitals
        } else if capitals == 1 && self.head.kind == Kind::Capital && self.head.c != 'İ' {
            Case::Title
        } else {
            Case::Plain
        }
    }
}

/// What the next run asks of a run before it.
#[derive(Clone, Copy)]
struct Before {
    group: Group,
    tail: char,
    is_apostrophe: bool,
    /// Whether it would take a mark at a space behind it.
    takes_mark: bool,
    /// Whether the mark of a word's end stands behind it.
    closes: bool,
}

/// Writes a text and its marks.
pub(super) struct Writer<'a> {
    kinds: &'a Kinds,
    marks_capitals: bool,
    /// Whether the mark that begins a word stands before the text, for the text to take up.
    frame_opens_word: bool,
    tiler: Tiler<'a>,
    /// The last run and the one before it.
    before: [Option<Before>; 2],
    /// A single space behind a closed word is written only if no word opens behind it.
    owes_space: bool,
}

impl<'a> Writer<'a> {
    pub fn new(kinds: &'a Kinds, marks_capitals: bool, frame_opens_word: bool, tiler: Tiler<'a>) -> Self {
        Self { kinds, marks_capitals, frame_opens_word, tiler, before: [None; 2], owes_space: false }
    }

    /// Writes a text; returns how many pieces it takes. Behind a part that is not the last a word opens if the part
    /// ends with a space.
    pub fn write(mut self, mut text: &[Point], is_last: bool) -> usize {
        while let Some(run) = Run::take(&mut text) {
            let closes = self.write_run(&run, text);
            let before = Before {
                group: run.group,
                is_apostrophe: run.is('\''),
                tail: run.tail.c,
                takes_mark: run.takes_mark(run.tail),
                closes,
            };
            self.before = [Some(before), self.before[0]];
        }
        if self.before[0].is_none() && self.frame_opens_word {
            self.tiler.open(Case::Plain);
        }
        if self.owes_space && is_last {
            self.tiler.push(' ');
        }
        self.tiler.count()
    }

    /// Writes a run before `rest`; returns whether it closes a word.
    fn write_run(&mut self, run: &Run, rest: &[Point]) -> bool {
        let after = rest.first().map(|letter| letter.kind);
        let before_word = after.is_some_and(Kind::is_in_word);
        let opens_quoted = run.is('\'') && (before_word || after == Some(Kind::Mark));
        let left = self.before[0];
        if left.is_none() && self.frame_opens_word {
            self.write_frame(run, opens_quoted);
        }
        let after_space = left.map_or(self.frame_opens_word, |left| left.tail == ' ');
        let after_marks = left.is_some_and(|left| left.group == Group::Marks);
        let mut case = Case::Plain;
        let opens = match run.group {
            Group::Word if after_marks => false,
            Group::Word => {
                case = run.case(self.marks_capitals);
                !self.is_contraction(run)
            }
            Group::Marks => true,
            Group::Space if left.is_some_and(|left| left.closes) && run.is(' ') => {
                self.owes_space = true;
                return false;
            }
            _ => after_space && !opens_quoted && run.takes_mark(run.head),
        };
        if std::mem::take(&mut self.owes_space) && !opens {
            self.tiler.push(' ');
        }
        if opens {
            self.tiler.open(case);
        }
        let mut points = run.points;
        while let Some(&Point { c, .. }) = points.first() {
            let times = points.iter().take_while(|point| point.c == c).count();
            let written = if case == Case::Plain || c == 'İ' { c } else { self.kinds.lower(c) };
            self.tiler.push_times(written, times);
            points = points.get(times..).unwrap_or_default();
        }
        let closes = match run.group {
            Group::Word => true,
            Group::Marks => !before_word,
            _ => run.takes_mark(run.tail) && starts_with_single_space(rest),
        };
        if closes {
            self.tiler.close();
        }
        closes
    }

    /// Writes what is left of the frame's mark before a first run that does not take it up.
    fn write_frame(&mut self, run: &Run, opens_quoted: bool) {
        let takes_up =
            matches!(run.group, Group::Word | Group::Marks) || run.takes_mark(run.head) || run.head.c == ' ';
        if opens_quoted {
            self.tiler.push(' ');
        } else if !takes_up {
            self.tiler.open(Case::Plain);
        }
    }

    /// Returns whether an apostrophe stands for the mark that would begin this word.
    fn is_contraction(&self, run: &Run) -> bool {
        let [left, farther] = self.before;
        run.is_suffix()
            && left.is_some_and(|left| left.is_apostrophe)
            && !farther.is_some_and(|farther| farther.takes_mark)
    }
}
