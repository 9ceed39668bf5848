//! What is read, as text: UTF-8, or UTF-16 with a byte order mark, in blocks that end between characters. So a file of any
//! size is text without being in memory as a whole.

use std::borrow::Cow;
use std::io::{self, Read};
use tokimeter::NoBorder;

/// Bytes that are read at a time. What is decoded of them ends where the last whole character does.
pub const BLOCK: usize = 1 << 20;

/// In so many bytes a NUL is looked for, which makes a file binary.
const HEAD: usize = 8192;

/// A text that is being read.
#[derive(Default)]
pub struct Reading {
    /// Bytes that have been read.
    pub bytes: u64,
    /// Whether something was no text of its encoding, and is U+FFFD now.
    pub invalid: bool,
}

/// Why a text was not read to its end.
pub enum Stop {
    Binary,
    NoBorder,
    Io(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<NoBorder> for Stop {
    fn from(NoBorder: NoBorder) -> Self {
        Self::NoBorder
    }
}

/// Decodes what comes from somewhere; gives each text away, with the bytes that have been read.
pub fn texts(
    source: &mut dyn Read,
    reading: &mut Reading,
    mut take: impl FnMut(&str, u64) -> Result<(), NoBorder>,
) -> Result<(), Stop> {
    let mut decoder = None;
    loop {
        let mut block = Vec::with_capacity(BLOCK);
        source.take(BLOCK as u64).read_to_end(&mut block)?;
        if block.is_empty() {
            break;
        }
        reading.bytes += block.len() as u64;
        let decoder = match &mut decoder {
            Some(decoder) => decoder,
            empty => {
                let (first, mark) = Decoder::new(&block);
                if first.is_binary(&block) {
                    return Err(Stop::Binary);
                }
                block.drain(..mark);
                empty.insert(first)
            }
        };
        take(&decoder.decode(block, reading), reading.bytes)?;
    }
    if let Some(decoder) = decoder {
        take(&decoder.end(reading), reading.bytes)?;
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Utf8,
    Utf16Le,
    Utf16Be,
}

impl Form {
    fn unit(self, bytes: [u8; 2]) -> u16 {
        if self == Self::Utf16Be { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) }
    }
}

/// Makes text of bytes that come in blocks.
pub struct Decoder {
    form: Form,
    /// The beginning of a character whose end has not come yet.
    rest: Vec<u8>,
}

impl Decoder {
    /// Returns a decoder of what begins so, and how many bytes its mark has.
    pub fn new(head: &[u8]) -> (Self, usize) {
        let (form, mark) = match head {
            [0xff, 0xfe, ..] => (Form::Utf16Le, 2),
            [0xfe, 0xff, ..] => (Form::Utf16Be, 2),
            [0xef, 0xbb, 0xbf, ..] => (Form::Utf8, 3),
            _ => (Form::Utf8, 0),
        };
        (Self { form, rest: Vec::new() }, mark)
    }

    fn is_binary(&self, block: &[u8]) -> bool {
        let head = &block[..block.len().min(HEAD)];
        match self.form {
            Form::Utf8 => head.contains(&0),
            _ => head.chunks_exact(2).any(|unit| unit == [0, 0]),
        }
    }

    /// Returns the text of the next block, but for a character whose end has not come.
    pub fn decode(&mut self, block: Vec<u8>, reading: &mut Reading) -> String {
        let mut bytes = std::mem::take(&mut self.rest);
        if bytes.is_empty() {
            bytes = block;
        } else {
            bytes.extend(block);
        }
        let end = if self.form == Form::Utf8 { whole_utf8(&bytes) } else { self.whole_utf16(&bytes) };
        self.rest = bytes.split_off(end);
        self.text(bytes, reading)
    }

    /// Returns what is left: a character that is cut off counts as one that is wrong.
    pub fn end(self, reading: &mut Reading) -> String {
        if self.rest.is_empty() {
            return String::new();
        }
        reading.invalid = true;
        match self.form {
            Form::Utf8 => String::from_utf8_lossy(&self.rest).into_owned(),
            _ => "\u{fffd}".to_owned(),
        }
    }

    fn text(&self, bytes: Vec<u8>, reading: &mut Reading) -> String {
        if self.form == Form::Utf8 {
            return String::from_utf8(bytes).unwrap_or_else(|error| {
                reading.invalid = true;
                // One U+FFFD for the most bytes that may begin a character, as `TextDecoder` has it.
                Cow::into_owned(String::from_utf8_lossy(error.as_bytes()))
            });
        }
        let units = bytes.chunks_exact(2).map(|unit| self.form.unit([unit[0], unit[1]]));
        char::decode_utf16(units)
            .map(|c| {
                c.unwrap_or_else(|_| {
                    reading.invalid = true;
                    char::REPLACEMENT_CHARACTER
                })
            })
            .collect()
    }

    /// Returns where the last code unit ends that is no first half of a pair.
    fn whole_utf16(&self, bytes: &[u8]) -> usize {
        let even = bytes.len() & !1;
        match bytes[..even].last_chunk::<2>() {
            Some(&unit) if self.form.unit(unit) & 0xfc00 == 0xd800 => even - 2,
            _ => even,
        }
    }
}

/// Returns where the last character ends that is whole, or is wrong whatever comes.
fn whole_utf8(bytes: &[u8]) -> usize {
    for (back, byte) in (1..=3).zip(bytes.iter().rev()) {
        let length = match byte {
            0x80..0xc0 => continue,
            0..0x80 => 1,
            0xc0..0xe0 => 2,
            0xe0..0xf0 => 3,
            0xf0.. => 4,
        };
        return if back < length { bytes.len() - back } else { bytes.len() };
    }
    bytes.len()
}
