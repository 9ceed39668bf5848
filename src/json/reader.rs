//! Reads JSON as it stands in the file, value by value, and builds nothing of its own.

use super::{MAX_NESTING, invalid, limit};
use crate::error::Error;
use std::ops::Range;

/// A place in a file of JSON.
pub(crate) struct Reader<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
}

impl<'a> Reader<'a> {
    /// Returns the first byte of what comes next, behind white space, or 0 at the end.
    pub fn peek(&mut self) -> u8 {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.at) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    /// Returns where what comes next begins.
    pub fn begin(mut self) -> usize {
        self.peek();
        self.at
    }

    /// Takes a byte if it comes next.
    pub fn takes(&mut self, byte: u8) -> bool {
        let takes = self.peek() == byte && self.at < self.bytes.len();
        self.at += usize::from(takes);
        takes
    }

    pub fn expect(&mut self, byte: u8) -> Result<(), Error> {
        if self.takes(byte) { Ok(()) } else { Err(self.wanted(&format!("\"{}\"", char::from(byte)))) }
    }

    pub fn wanted(&self, what: &str) -> Error {
        match self.bytes.get(self.at) {
            Some(_) => invalid(self.at, &format!("{what} is wanted here")),
            None => invalid(self.at, &format!("the file ends where {what} is wanted")),
        }
    }

    /// Takes the next item of an array or object that ends with `close`; returns whether there is one. `first` tells the
    /// first one, before which no comma stands.
    pub fn next_item(&mut self, close: u8, first: &mut bool) -> Result<bool, Error> {
        if self.takes(close) {
            return Ok(false);
        }
        if !std::mem::replace(first, false) {
            self.expect(b',')?;
        }
        Ok(true)
    }

    /// Reads a string: as it stands in the file, or what it says into `scratch`.
    pub fn text<'t>(&mut self, scratch: &'t mut String) -> Result<&'t str, Error>
    where
        'a: 't,
    {
        self.expect(b'"')?;
        let (bytes, start, end) = (self.bytes, self.at, self.plain_end());
        if bytes.get(end) == Some(&b'"') {
            self.at = end + 1;
            return utf8(bytes, start..end);
        }
        self.at = start - 1;
        self.string(scratch)?;
        Ok(scratch)
    }

    /// Reads a string into `text`, in the place of what is there.
    pub fn string(&mut self, text: &mut String) -> Result<(), Error> {
        text.clear();
        self.expect(b'"')?;
        loop {
            let start = self.at;
            self.at = self.plain_end();
            text.push_str(utf8(self.bytes, start..self.at)?);
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(invalid(self.at, "a control character in a string")),
                None => return Err(self.wanted("the end of a string")),
            }
        }
    }

    /// Returns where the part of a string ends that is neither quote, escape nor control. Eight bytes at a time: of the
    /// highest bits, the lowest that is set is that of the first byte which is one of these.
    fn plain_end(&self) -> usize {
        const ONES: u64 = u64::MAX / 255;
        let below = |word: u64, byte: u8| word.wrapping_sub(ONES * u64::from(byte)) & !word;
        let mut at = self.at;
        while let Some(&word) = self.bytes[at..].first_chunk() {
            let word = u64::from_le_bytes(word);
            let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
            let ends = (below(word, 0x20) | is(b'"') | is(b'\\')) & ONES << 7;
            if ends != 0 {
                return at + ends.trailing_zeros() as usize / 8;
            }
            at += 8;
        }
        let rest = &self.bytes[at..];
        let plain = |byte: &u8| *byte >= 0x20 && *byte != b'"' && *byte != b'\\';
        at + rest.iter().position(|byte| !plain(byte)).unwrap_or(rest.len())
    }

    /// Reads an escape.
    fn escape(&mut self) -> Result<char, Error> {
        let at = self.at;
        let byte = self.bytes.get(at + 1).copied().unwrap_or(0);
        self.at += 2;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut code = self.hex(at)?;
                if (0xd800..0xdc00).contains(&code) && self.bytes.get(self.at..self.at + 2) == Some(b"\\u") {
                    self.at += 2;
                    let low = self.hex(at)?.wrapping_sub(0xdc00);
                    code = if low < 0x400 { 0x1_0000 + ((code - 0xd800) << 10 | low) } else { code };
                }
                char::from_u32(code).ok_or_else(|| invalid(at, "half a surrogate pair"))?
            }
            _ => return Err(invalid(at, "no such escape")),
        })
    }

    fn hex(&mut self, escape: usize) -> Result<u32, Error> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.bytes.get(self.at).and_then(|&byte| char::from(byte).to_digit(16));
            code = code << 4 | digit.ok_or_else(|| invalid(escape, "no such escape"))?;
            self.at += 1;
        }
        Ok(code)
    }

    /// Reads a number that is a whole one and not negative.
    pub fn whole(&mut self, most: u64) -> Result<u64, Error> {
        self.peek();
        let start = self.at;
        let end = self.number_end()?;
        let digits = std::str::from_utf8(&self.bytes[start..end]).unwrap_or_default();
        let number = digits.parse().map_err(|_| invalid(start, "a whole number is wanted here"))?;
        self.at = end;
        if number > most {
            Err(limit(&format!("the number at byte {start}"), number, most))
        } else {
            Ok(number)
        }
    }

    /// Returns where the number ends that begins here.
    fn number_end(&self) -> Result<usize, Error> {
        let mut at = self.at;
        let byte = |at: usize| self.bytes.get(at).copied().unwrap_or(0);
        let digits = |mut at: usize| {
            let start = at;
            while byte(at).is_ascii_digit() {
                at += 1;
            }
            if at > start { Ok(at) } else { Err(invalid(start, "a digit is wanted here")) }
        };
        at += usize::from(byte(at) == b'-');
        at = if byte(at) == b'0' { at + 1 } else { digits(at)? };
        if byte(at) == b'.' {
            at = digits(at + 1)?;
        }
        if matches!(byte(at), b'e' | b'E') {
            at += 1;
            at = digits(at + usize::from(matches!(byte(at), b'+' | b'-')))?;
        }
        Ok(at)
    }

    /// Passes a string, number, or one of the three words.
    fn pass_scalar(&mut self) -> Result<(), Error> {
        match self.peek() {
            b'"' => {
                self.at += 1;
                loop {
                    self.at = self.plain_end();
                    match self.bytes.get(self.at) {
                        Some(b'"') => break self.at += 1,
                        Some(b'\\') => drop(self.escape()?),
                        _ => return Err(self.wanted("the end of a string")),
                    }
                }
            }
            b'-' | b'0'..=b'9' => self.at = self.number_end()?,
            _ => {
                let rest = &self.bytes[self.at..];
                let word = ["true", "false", "null"].iter().find(|word| rest.starts_with(word.as_bytes()));
                self.at += word.ok_or_else(|| self.wanted("a value"))?.len();
            }
        }
        Ok(())
    }

    /// Passes a value that is known to be well-formed.
    pub fn pass(&mut self) -> Result<Range<usize>, Error> {
        self.peek();
        let start = self.at;
        let mut walk = Walk::default();
        while !walk.step(self, &mut |_, _, _| {})? {}
        Ok(start..self.at)
    }
}

fn utf8(file: &[u8], range: Range<usize>) -> Result<&str, Error> {
    let start = range.start;
    std::str::from_utf8(&file[range])
        .map_err(|error| invalid(start + error.valid_up_to(), "a string is not UTF-8"))
}

/// A walk over a value, container by container, without a call for each: what it has to remember is what encloses it.
#[derive(Default)]
pub(crate) struct Walk {
    /// What closes the containers that are open, from the outermost in, and whether each is still empty.
    open: Vec<(u8, bool)>,
    begun: bool,
}

impl Walk {
    /// Passes a scalar, or the beginning or end of a container; returns whether the value is at its end. `see` is told of
    /// each member of an object: how deep it stands, the place of its key's string, and that of its value.
    pub fn step(
        &mut self,
        reader: &mut Reader<'_>,
        see: &mut dyn FnMut(usize, usize, usize),
    ) -> Result<bool, Error> {
        if let Some((close, empty)) = self.open.last_mut() {
            let close = *close;
            if !reader.next_item(close, empty)? {
                self.open.pop();
                return Ok(self.open.is_empty());
            }
            if close == b'}' {
                reader.peek();
                let key = reader.at;
                if reader.peek() != b'"' {
                    return Err(reader.wanted("a key"));
                }
                reader.pass_scalar()?;
                reader.expect(b':')?;
                reader.peek();
                see(self.open.len(), key, reader.at);
            }
        } else if std::mem::replace(&mut self.begun, true) {
            return Ok(true);
        }
        let close = match reader.peek() {
            b'{' => b'}',
            b'[' => b']',
            _ => {
                reader.pass_scalar()?;
                return Ok(self.open.is_empty());
            }
        };
        if self.open.len() == MAX_NESTING {
            return Err(limit(
                &format!("the nesting at byte {}", reader.at),
                MAX_NESTING as u64 + 1,
                MAX_NESTING as u64,
            ));
        }
        reader.at += 1;
        self.open.push((close, true));
        Ok(false)
    }

    /// Returns how many containers are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }
}
