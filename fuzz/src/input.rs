//! Reads an input: numbers, parts and texts, from its beginning. What is behind the end is zero, or empty.

/// An input that is read.
pub struct Input<'a>(pub &'a [u8]);

impl<'a> Input<'a> {
    pub fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        first
    }

    /// Reads a number up to `most`, of one byte if that is enough.
    pub fn up_to(&mut self, most: usize) -> usize {
        let number = if most < 256 {
            usize::from(self.byte())
        } else {
            usize::from(self.byte()) << 8 | usize::from(self.byte())
        };
        number % (most + 1)
    }

    pub fn one_of<'b, T>(&mut self, of: &'b [T]) -> &'b T {
        &of[self.up_to(of.len() - 1)]
    }

    /// Reads as many bytes, or those that there are.
    pub fn bytes(&mut self, length: usize) -> &'a [u8] {
        let (part, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        part
    }

    /// Reads as many bytes as text, in which U+FFFD stands for what is no UTF-8.
    pub fn text(&mut self, bytes: usize) -> String {
        String::from_utf8_lossy(self.bytes(bytes)).into_owned()
    }

    /// Reads the rest as text.
    pub fn rest(&mut self) -> String {
        self.text(usize::MAX)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
