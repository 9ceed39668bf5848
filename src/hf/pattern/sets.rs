//! Sets of code points in an expression: by their names, and as classes in brackets. Only those are written anew that both engines
//! hold to have the same code points.

use super::rewrite::{Differs, Writer};
use std::fmt::Write;

/// Properties that both engines have under these names, with the same code points.
pub(super) const PROPERTIES: [&str; 51] = [
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

impl Writer<'_> {
    /// Reads the name of a set of code points.
    pub(super) fn set(&mut self, c: char) -> Result<(), Differs> {
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

    /// Reads a class behind its opening bracket.
    pub(super) fn class(&mut self) -> Result<(), Differs> {
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
}
