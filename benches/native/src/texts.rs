//! Texts of the corpus, and those that stand ready as files; the parts of 20 kB into which a text is cut.

use crate::Result;
use std::fs;
use std::ops::Range;

const SLICE_BYTES: usize = 20_000;

pub struct Text {
    pub whole: String,
    slices: Vec<Range<usize>>,
}

impl Text {
    /// Reads a text by its name, or by the path of its file.
    pub fn read(name: &str) -> Result<Self> {
        let path = if name.contains('/') { name.to_owned() } else { format!("target/corpus/{name}.txt") };
        let whole = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let slices = slices(&whole);
        Ok(Self { whole, slices })
    }

    pub fn slices(&self) -> impl Iterator<Item = &str> {
        self.slices.iter().map(|range| &self.whole[range.clone()])
    }
}

/// Cuts at the last newline within the limit, or else at the last space, or else at the last whole character.
fn slices(text: &str) -> Vec<Range<usize>> {
    let mut slices = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let limit = text.floor_char_boundary(from + SLICE_BYTES);
        let part = &text[from..limit];
        let to = match part.rfind('\n').or_else(|| part.rfind(' ')) {
            Some(at) if limit < text.len() => from + at + 1,
            _ => limit,
        };
        slices.push(from..to);
        from = to;
    }
    slices
}

/// The memory of this process that is in use, by /proc.
pub fn resident_bytes() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes * 1024)
}
