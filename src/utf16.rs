//! Seams between the UTF-8 of the core and the UTF-16 of JavaScript.

/// Counts the UTF-16 code units of UTF-8 text that comes in parts, which may be cut inside a character.
///
/// A character counts when its last byte has come, so the count is always on a character's border.
#[derive(Clone, Debug, Default)]
pub(crate) struct Utf16Counter {
    units: u32,
    /// Bytes still missing of the character under way, and the units that it will be.
    missing: u8,
    pending: u32,
}

impl Utf16Counter {
    /// Takes the next bytes; returns the code units of all characters that are complete.
    pub fn push(&mut self, bytes: &[u8]) -> u32 {
        for &byte in bytes {
            match byte {
                0..0x80 => self.units += 1,
                0x80..0xc0 => {
                    self.missing = self.missing.saturating_sub(1);
                    if self.missing == 0 {
                        self.units += std::mem::take(&mut self.pending);
                    }
                }
                0xc0..0xe0 => (self.missing, self.pending) = (1, 1),
                0xe0..0xf0 => (self.missing, self.pending) = (2, 1),
                _ => (self.missing, self.pending) = (3, 2),
            }
        }
        self.units
    }
}
