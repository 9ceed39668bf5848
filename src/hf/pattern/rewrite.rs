//! Reads an expression of Oniguruma's and writes it anew for `fancy-regex`, sign by sign: what both take for the same with the same
//! signs, and match alike. Whatever may differ is refused.

use std::fmt::Write;
use std::iter::Peekable;
use std::str::Chars;

/// The deepest that groups may be nested.
const MAX_GROUPS: usize = 32;
/// The most times that a repetition may ask for.
const MAX_TIMES: u32 = 1000;

/// Returns the expression anew, unless the two engines may differ on it.
pub(super) fn rewrite(source: &str) -> Option<String> {
    let mut writer = Writer::new(source);
    writer.alternatives(0).ok()?;
    writer.rest.next().is_none().then_some(writer.written)
}

/// An expression that is not surely read in the same way.
pub(super) struct Differs;

/// Reads an expression and writes it anew.
pub(super) struct Writer<'a> {
    pub rest: Peekable<Chars<'a>>,
    pub written: String,
    /// Within a group that ignores case.
    pub ignores_case: bool,
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

    pub fn takes(&mut self, wanted: char) -> bool {
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

    /// Returns the character that an escape stands for.
    pub fn escaped(&mut self, c: char) -> Result<char, Differs> {
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
