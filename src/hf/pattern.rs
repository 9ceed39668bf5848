//! What a file looks for in a text: a string, or a regular expression of the language that the reference reads.
//!
//! The reference runs expressions with Oniguruma, in Ruby's language; here `fancy-regex` runs them. Where both languages say
//! the same with the same signs, and match alike, the expression is written anew for the other, sign by sign. Whatever may
//! differ is refused. A match that takes too many steps is an error and never the end of the matches.

use super::Clock;
use crate::error::{Error, ErrorKind};
use crate::json::{limit, unsupported};
use fancy_regex::{Error as RegexError, Regex, RegexBuilder, RuntimeError};
use std::fmt::Write;
use std::iter::Peekable;
use std::str::Chars;
use std::sync::OnceLock;

/// The longest expression, in bytes.
const MAX_PATTERN: usize = 1 << 14;
/// The deepest that its groups may be nested.
const MAX_GROUPS: usize = 32;
/// The most times that a repetition may ask for.
const MAX_TIMES: u32 = 1000;
/// How often the search for a match may go back; and for few of them, by the bytes that these have passed.
const STEPS: usize = 1000;
const MANY_STEPS: usize = 1_000_000;
const BYTES_PER_LONG_SEARCH: usize = 200;
/// Matches between two looks at the clock.
const MATCHES: usize = 32;

/// Properties that both engines have under these names, with the same code points.
const PROPERTIES: [&str; 51] = [
    "L",
    "Ll",
    "Lm",
    "Lo",
    "Lt",
    "Lu",
    "M",
    "Mc",
    "Me",
    "Mn",
    "N",
    "Nd",
    "Nl",
    "No",
    "P",
    "Pc",
    "Pd",
    "Pe",
    "Pf",
    "Pi",
    "Po",
    "Ps",
    "S",
    "Sc",
    "Sk",
    "Sm",
    "So",
    "Z",
    "Zl",
    "Zp",
    "Zs",
    "C",
    "Cc",
    "Cf",
    "Co",
    "Han",
    "Hiragana",
    "Katakana",
    "Hangul",
    "Latin",
    "Cyrillic",
    "Greek",
    "Arabic",
    "Hebrew",
    "Thai",
    "Devanagari",
    "Bengali",
    "Tamil",
    "Armenian",
    "Georgian",
    "Khmer",
];

/// A stretch of a text, and whether it is a match.
pub(super) type Stretch = ((usize, usize), bool);

/// Something to look for.
#[derive(Debug)]
pub(super) enum Find {
    Text(String),
    Expression(Box<Expression>),
}

/// An expression, and the same with a higher limit, which few need.
#[derive(Debug)]
pub(super) struct Expression {
    pub source: String,
    quick: Regex,
    long: OnceLock<Option<Regex>>,
}

impl Find {
    pub fn text(text: &str, part: &str) -> Result<Self, Error> {
        if text.is_empty() {
            return Err(unsupported(part, text));
        }
        Ok(Self::Text(text.to_owned()))
    }

    pub fn expression(source: &str, part: &str) -> Result<Self, Error> {
        if source.len() > MAX_PATTERN {
            return Err(limit(
                &format!("the length of {part} in bytes"),
                source.len() as u64,
                MAX_PATTERN as u64,
            ));
        }
        let mut writer = Writer::new(source);
        let read = writer.alternatives(0).ok().filter(|_| writer.rest.next().is_none());
        let regex = read.and_then(|_| RegexBuilder::new(&writer.written).backtrack_limit(STEPS).build().ok());
        let quick = regex.ok_or_else(|| unsupported(part, source))?;
        Ok(Self::Expression(Box::new(Expression { source: source.to_owned(), quick, long: OnceLock::new() })))
    }

    /// Returns the stretches of a text, in order and without a gap, and whether each is a match.
    pub fn stretches(&self, text: &str) -> Result<Vec<Stretch>, Error> {
        let mut stretches = Vec::new();
        if text.is_empty() {
            stretches.push(((0, 0), false));
            return Ok(stretches);
        }
        let mut before = 0;
        let mut add = |start: usize, end: usize| {
            if before != start {
                stretches.push(((before, start), false));
            }
            stretches.push(((start, end), true));
            before = end;
        };
        match self {
            Self::Text(wanted) => {
                text.match_indices(wanted).for_each(|(at, found)| add(at, at + found.len()));
            }
            Self::Expression(expression) => expression.matches(text, &mut add)?,
        }
        if before != text.len() {
            stretches.push(((before, text.len()), false));
        }
        Ok(stretches)
    }
}

impl Expression {
    /// Finds the matches that do not overlap. One that is empty does not follow another at once.
    fn matches(&self, text: &str, add: &mut dyn FnMut(usize, usize)) -> Result<(), Error> {
        let clock = Clock::for_bytes(text.len());
        let (mut long_searches, mut passed) = (0, 0);
        let mut at = 0;
        let mut last = None;
        let mut number = 0;
        while at <= text.len() {
            number += 1;
            if number % MATCHES == 0 && clock.is_over() {
                return Err(cannot(&self.source, "it takes too long"));
            }
            let mut found = self.quick.find_from_pos(text, at);
            if matches!(&found, Err(RegexError::RuntimeError(RuntimeError::BacktrackLimitExceeded)))
                && long_searches < 16 + passed / BYTES_PER_LONG_SEARCH
                && let Some(long) = self.long()
            {
                long_searches += 1;
                found = long.find_from_pos(text, at);
                if let Ok(Some(found)) = &found {
                    passed += found.end() - at;
                }
            }
            let Some(found) = found.map_err(|error| cannot(&self.source, &error.to_string()))? else { break };
            let is_empty = found.start() == found.end();
            at = found.end();
            if is_empty {
                at += text[at..].chars().next().map_or(1, char::len_utf8);
            }
            if !is_empty || last != Some(found.end()) {
                last = Some(found.end());
                add(found.start(), found.end());
            }
        }
        Ok(())
    }

    fn long(&self) -> Option<&Regex> {
        let written = self.quick.as_str();
        self.long.get_or_init(|| RegexBuilder::new(written).backtrack_limit(MANY_STEPS).build().ok()).as_ref()
    }
}

fn cannot(source: &str, why: &str) -> Error {
    let short: String = source.chars().take(100).collect();
    let message =
        format!("this text cannot be counted: the tokenizer's expression {short:?} fails on it: {why}");
    Error::new(ErrorKind::CannotCount, message)
}

/// An expression that is not surely read in the same way.
struct Differs;

/// Reads an expression and writes it anew.
struct Writer<'a> {
    rest: Peekable<Chars<'a>>,
    written: String,
    /// Within a group that ignores case.
    ignores_case: bool,
    /// Within a look behind.
    looks_back: bool,
    /// The letter before, of a string that ignores case.
    letter: Option<char>,
}

/// What a part of an expression matches.
#[derive(Clone, Copy, PartialEq)]
enum Atom {
    /// At least one character.
    Text,
    /// Nothing, perhaps: to repeat that is not the same in both languages.
    MaybeNothing,
    /// A place.
    Place,
}

impl<'a> Writer<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            rest: source.chars().peekable(),
            written: String::new(),
            ignores_case: false,
            looks_back: false,
            letter: None,
        }
    }

    fn takes(&mut self, wanted: char) -> bool {
        self.rest.next_if_eq(&wanted).is_some()
    }

    /// Reads alternatives up to the end of the group or of the expression.
    fn alternatives(&mut self, depth: usize) -> Result<Atom, Differs> {
        if depth > MAX_GROUPS {
            return Err(Differs);
        }
        let mut all = Atom::Text;
        loop {
            self.letter = None;
            let mut one = Atom::MaybeNothing;
            while let Some(&next) = self.rest.peek() {
                if matches!(next, '|' | ')') {
                    break;
                }
                let start = self.written.len();
                let atom = self.atom(depth)?;
                if self.repetition(start, atom)? == Atom::Text {
                    one = Atom::Text;
                }
            }
            if one != Atom::Text {
                all = Atom::MaybeNothing;
            }
            if !self.takes('|') {
                return Ok(all);
            }
            self.written.push('|');
        }
    }

    fn atom(&mut self, depth: usize) -> Result<Atom, Differs> {
        match self.rest.next().ok_or(Differs)? {
            '(' => self.group(depth),
            '[' => {
                self.letter = None;
                self.class()?;
                Ok(Atom::Text)
            }
            '.' => {
                self.letter = None;
                self.written.push_str(r"[^\n]");
                Ok(Atom::Text)
            }
            '^' => {
                self.written.push_str(r"(?:\A|(?<=\n)(?!\z))");
                Ok(Atom::Place)
            }
            '$' => {
                self.written.push_str(r"(?:(?=\n)|\z)");
                Ok(Atom::Place)
            }
            '\\' => {
                if let Some(place) = self.rest.next_if(|c| matches!(c, 'A' | 'z')) {
                    self.written.push('\\');
                    self.written.push(place);
                    return Ok(Atom::Place);
                }
                self.escape()?;
                Ok(Atom::Text)
            }
            '*' | '+' | '?' | '{' | ')' => Err(Differs),
            plain => {
                self.literal(plain)?;
                Ok(Atom::Text)
            }
        }
    }

    fn group(&mut self, depth: usize) -> Result<Atom, Differs> {
        let (ignored, looked_back) = (self.ignores_case, self.looks_back);
        let mut atom = Atom::Text;
        let mut begin = "(?:";
        if self.takes('?') {
            match self.rest.next().ok_or(Differs)? {
                ':' => {}
                '>' => begin = "(?>",
                'i' if self.takes(':') => {
                    begin = "(?i:";
                    self.ignores_case = true;
                }
                '=' => (begin, atom) = ("(?=", Atom::Place),
                '!' => (begin, atom) = ("(?!", Atom::Place),
                '<' if self.takes('=') => (begin, atom) = ("(?<=", Atom::Place),
                '<' if self.takes('!') => (begin, atom) = ("(?<!", Atom::Place),
                _ => return Err(Differs),
            }
        }
        if atom == Atom::Place && looked_back {
            return Err(Differs);
        }
        self.looks_back |= begin.starts_with("(?<");
        // Strings that ignore case are not followed from one group into another.
        if self.ignores_case && self.letter.is_some() {
            return Err(Differs);
        }
        self.written.push_str(begin);
        let inside = self.alternatives(depth + 1)?;
        if !self.takes(')') || (self.ignores_case && ignored && self.letter.is_some()) {
            return Err(Differs);
        }
        self.written.push(')');
        (self.ignores_case, self.looks_back) = (ignored, looked_back);
        self.letter = None;
        Ok(if atom == Atom::Place { atom } else { inside })
    }

    /// Writes a character that stands for itself. Some pairs of letters fold to one: then the two engines differ.
    fn literal(&mut self, c: char) -> Result<(), Differs> {
        if self.ignores_case {
            let c = c.to_ascii_lowercase();
            let pair = (self.letter.unwrap_or(' '), c);
            let folds = matches!(pair, ('s', 's' | 't') | ('f', 'f' | 'i' | 'l'));
            if folds || !c.is_ascii() {
                return Err(Differs);
            }
            self.letter = Some(c);
        }
        let _ = write!(self.written, "\\x{{{:X}}}", u32::from(c));
        Ok(())
    }

    /// Reads what stands behind a backslash.
    fn escape(&mut self) -> Result<(), Differs> {
        let c = self.rest.next().ok_or(Differs)?;
        if matches!(c, 's' | 'S' | 'd' | 'D' | 'p' | 'P') {
            self.letter = None;
            return self.set(c);
        }
        let c = self.escaped(c)?;
        self.literal(c)
    }

    /// Reads the name of a set of code points.
    fn set(&mut self, c: char) -> Result<(), Differs> {
        self.written.push('\\');
        self.written.push(c);
        if matches!(c, 'p' | 'P') {
            // One engine widens a set of capitals by the small letters where case is ignored, the other does not.
            if self.ignores_case {
                return Err(Differs);
            }
            let mut name = String::new();
            if !self.takes('{') {
                return Err(Differs);
            }
            while let Some(c) = self.rest.next_if(|&c| c != '}') {
                name.push(c);
            }
            if !self.takes('}') || !PROPERTIES.contains(&name.as_str()) {
                return Err(Differs);
            }
            let _ = write!(self.written, "{{{name}}}");
        }
        Ok(())
    }

    /// Returns the character that an escape stands for.
    fn escaped(&mut self, c: char) -> Result<char, Differs> {
        match c {
            'n' => Ok('\n'),
            'r' => Ok('\r'),
            't' => Ok('\t'),
            'f' => Ok('\u{c}'),
            'v' => Ok('\u{b}'),
            'x' if self.takes('{') => {
                let mut digits = String::new();
                while let Some(digit) = self.rest.next_if(char::is_ascii_hexdigit) {
                    digits.push(digit);
                }
                let code = u32::from_str_radix(&digits, 16).map_err(|_| Differs)?;
                if !self.takes('}') || digits.len() > 6 {
                    return Err(Differs);
                }
                char::from_u32(code).ok_or(Differs)
            }
            'u' => self.hexadecimal(4),
            'x' => {
                let c = self.hexadecimal(2)?;
                if c.is_ascii() { Ok(c) } else { Err(Differs) }
            }
            punctuation if punctuation.is_ascii_punctuation() || punctuation == ' ' => Ok(punctuation),
            _ => Err(Differs),
        }
    }

    fn hexadecimal(&mut self, digits: usize) -> Result<char, Differs> {
        let mut code = 0;
        for _ in 0..digits {
            code = code << 4 | self.rest.next().and_then(|c| c.to_digit(16)).ok_or(Differs)?;
        }
        char::from_u32(code).ok_or(Differs)
    }

    /// Reads a class behind its opening bracket.
    fn class(&mut self) -> Result<(), Differs> {
        self.written.push('[');
        if self.takes('^') {
            // What is left out of a set that ignores case is another question.
            if self.ignores_case {
                return Err(Differs);
            }
            self.written.push('^');
        }
        if self.rest.peek() == Some(&']') {
            return Err(Differs);
        }
        loop {
            let c = self.rest.next().ok_or(Differs)?;
            let from = match c {
                ']' => break,
                '[' => return Err(Differs),
                '&' if self.rest.peek() == Some(&'&') => return Err(Differs),
                '\\' => {
                    let c = self.rest.next().ok_or(Differs)?;
                    if matches!(c, 's' | 'S' | 'd' | 'D' | 'p' | 'P') {
                        self.set(c)?;
                        if self.rest.peek() == Some(&'-') {
                            self.hyphen_at_end()?;
                        }
                        continue;
                    }
                    self.escaped(c)?
                }
                '-' if self.rest.peek() != Some(&']') && !self.written.ends_with(['[', '^']) => {
                    return Err(Differs);
                }
                c => c,
            };
            if self.ignores_case && !from.is_ascii() {
                return Err(Differs);
            }
            let _ = write!(self.written, "\\x{{{:X}}}", u32::from(from));
            if self.rest.peek() == Some(&'-') {
                self.range_or_hyphen(from)?;
            }
        }
        self.written.push(']');
        Ok(())
    }

    /// Reads a hyphen behind a character of a class, and the end of the range.
    fn range_or_hyphen(&mut self, from: char) -> Result<(), Differs> {
        self.rest.next();
        let to = match *self.rest.peek().ok_or(Differs)? {
            ']' => {
                self.written.push_str(r"\x{2D}");
                return Ok(());
            }
            '[' => return Err(Differs),
            '\\' => {
                self.rest.next();
                let c = self.rest.next().ok_or(Differs)?;
                self.escaped(c)?
            }
            c => {
                self.rest.next();
                c
            }
        };
        if self.ignores_case || to < from || self.rest.peek() == Some(&'-') {
            return Err(Differs);
        }
        let _ = write!(self.written, "-\\x{{{:X}}}", u32::from(to));
        Ok(())
    }

    fn hyphen_at_end(&mut self) -> Result<(), Differs> {
        self.rest.next();
        self.written.push_str(r"\x{2D}");
        if self.rest.peek() == Some(&']') { Ok(()) } else { Err(Differs) }
    }

    /// Reads how often what was written from `start` on is repeated.
    fn repetition(&mut self, start: usize, atom: Atom) -> Result<Atom, Differs> {
        let Some(sign) = self.rest.next_if(|c| matches!(c, '*' | '+' | '?' | '{')) else { return Ok(atom) };
        if atom != Atom::Text {
            return Err(Differs);
        }
        self.letter = None;
        let mut least = u32::from(sign == '+');
        if sign == '{' {
            least = self.times(start)?;
        } else {
            self.written.push(sign);
            if let Some(kind) = self.rest.next_if(|c| matches!(c, '?' | '+')) {
                self.written.push(kind);
            }
        }
        if matches!(self.rest.peek(), Some('*' | '+' | '?' | '{')) {
            return Err(Differs);
        }
        Ok(if least > 0 { Atom::Text } else { Atom::MaybeNothing })
    }

    /// Reads the numbers of a repetition; returns the first. A plus sign behind them repeats the repetition.
    fn times(&mut self, start: usize) -> Result<u32, Differs> {
        let least = self.number()?;
        let most = if self.takes(',') { self.number()? } else { least };
        if !self.takes('}') || (least.is_none() && most.is_none()) {
            return Err(Differs);
        }
        let least_times = least.unwrap_or(0);
        if most.is_some_and(|most| most < least_times) {
            return Err(Differs);
        }
        let most_times = most;
        let most = most.map_or(String::new(), |most| most.to_string());
        let _ = write!(self.written, "{{{least_times},{most}}}");
        if self.takes('?') {
            if most_times == Some(least_times) {
                return Err(Differs);
            }
            self.written.push('?');
        } else if self.takes('+') {
            if least_times == 0 {
                return Err(Differs);
            }
            self.written.insert_str(start, "(?:");
            self.written.push_str(")+");
        }
        Ok(least_times)
    }

    fn number(&mut self) -> Result<Option<u32>, Differs> {
        let mut digits = String::new();
        while let Some(digit) = self.rest.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        if digits.is_empty() {
            return Ok(None);
        }
        digits.parse().ok().filter(|&times| times <= MAX_TIMES).map(Some).ok_or(Differs)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use rand::seq::IndexedRandom;
    use rand::{Rng, SeedableRng, rngs::StdRng};
    use tokenizers::pattern::Pattern as _;
    use tokenizers::utils::SysRegex;

    /// What Oniguruma finds, as the reference asks it. The reference stops where it fails; so do we there.
    fn oniguruma(source: &str, text: &str) -> Option<Vec<((usize, usize), bool)>> {
        let regex = SysRegex::new(source).ok()?;
        (&regex).find_matches(text).ok()
    }

    #[test]
    fn sets_hold_the_same_code_points() {
        let all: String = ('\0'..=char::MAX).collect();
        let sets = PROPERTIES.map(|name| format!("\\p{{{name}}}"));
        for set in sets.iter().map(String::as_str).chain([r"\s", r"\d", r"\S", "."]) {
            let ours = Find::expression(set, "set").unwrap().stretches(&all).unwrap();
            assert_eq!(Some(ours), oniguruma(set, &all), "{set}");
        }
        for letter in ('a'..='z').chain(['\'', '0']) {
            let source = format!("(?i:{letter})");
            let ours = Find::expression(&source, "letter").unwrap().stretches(&all).unwrap();
            assert_eq!(Some(ours), oniguruma(&source, &all), "{source}");
        }
    }

    fn piece(rng: &mut StdRng, depth: usize, out: &mut String) {
        const ATOMS: [&str; 34] = [
            "a",
            "b",
            " ",
            "'",
            "s",
            "t",
            "1",
            "中",
            ".",
            r"\s",
            r"\S",
            r"\d",
            r"\p{L}",
            r"\p{Lu}",
            r"\P{N}",
            r"\p{M}",
            "[ab]",
            "[^ab]",
            r"[^\s\p{L}\p{N}]",
            r"[\r\n]",
            r"[a-z\-]",
            "[1-3b]",
            "^",
            "$",
            r"\A",
            r"\z",
            r"\x{61}",
            r"\n",
            r"\.",
            "(?i:'S|'t|re)",
            r"[一-龥]",
            "{",
            r"\u0041",
            "[&ab]",
        ];
        match rng.random_range(0..12) {
            0..8 => out.push_str(ATOMS.choose(rng).unwrap()),
            _ if depth > 3 => out.push('a'),
            kind => {
                out.push_str(["(", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?i:"].choose(rng).unwrap());
                for _ in 0..rng.random_range(1..3) {
                    piece(rng, depth + 1, out);
                    if kind == 11 {
                        out.push('|');
                    }
                }
                out.push(')');
            }
        }
        let signs = [
            "*", "+", "?", "{2}", "{1,3}", "{1,}", "{,2}", "*?", "+?", "??", "{1,2}?", "*+", "++", "?+",
            "{1,2}+", "{2}?",
        ];
        if rng.random_bool(0.4) {
            out.push_str(signs.choose(rng).unwrap());
        }
    }

    /// Whatever expression is taken finds what Oniguruma finds.
    #[test]
    fn random_expressions() {
        let seed = std::env::var("SEED").map_or(20_261_124, |seed| seed.parse().unwrap());
        let cases = std::env::var("CASES").map_or(20_000, |cases| cases.parse().unwrap());
        println!("{cases} expressions: SEED={seed}");
        let mut rng = StdRng::seed_from_u64(seed);
        let characters: Vec<char> =
            "aabbst'SREre  \n\r1239中文\u{301}ſK.&-{A\u{85}\u{feff}".chars().collect();
        let mut taken = 0;
        for _ in 0..cases {
            let mut source = String::new();
            for _ in 0..rng.random_range(1..5) {
                piece(&mut rng, 0, &mut source);
                if rng.random_bool(0.3) {
                    source.push('|');
                }
            }
            let Ok(find) = Find::expression(&source, "pattern") else { continue };
            for _ in 0..4 {
                let text: String =
                    (0..rng.random_range(1..16)).map(|_| *characters.choose(&mut rng).unwrap()).collect();
                let Some(theirs) = oniguruma(&source, &text) else { continue };
                let Ok(ours) = find.stretches(&text) else { continue };
                assert_eq!(ours, theirs, "{source:?} in {text:?}");
                taken += 1;
            }
        }
        assert!(taken > cases, "{taken} comparisons");
    }
}
