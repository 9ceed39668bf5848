//! What the fuzz targets share: the encodings, and a reference so simple that it can be read: expressions cut a text, and of the pairs
//! that merge in a piece the one of the lowest rank goes first.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what cannot go on is a finding")]

#[path = "../../tests/common/any_two_merge.rs"]
pub mod any_two_merge;
pub mod base;
#[path = "../../tests/common/expressions.rs"]
mod expressions;
pub mod input;
#[path = "../../tests/common/one_of_each.rs"]
pub mod one_of_each;
#[path = "../../tests/common/session.rs"]
pub mod session;
pub mod simple;
#[path = "../../tests/common/token_bytes.rs"]
mod token_bytes;

use rustix::time::{ClockId, clock_gettime};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokimeter::{Encoding, Unpacked, Unpacker};
use xxhash_rust::xxh64::Xxh64;

/// What a vocabulary extends.
const BASES: [(&str, &str); 1] = [("llama3", "cl100k_base")];
/// Where length and checksum stand in a packed file.
const LENGTH: std::ops::Range<usize> = 6..10;
const CHECKSUM: std::ops::Range<usize> = 10..18;

/// What an input may take, by the clock of the processor: other programs do not make an input slow.
const MOST: Duration = Duration::from_secs(1);

/// Runs a target on an input.
///
/// # Panics
/// If that takes too long.
pub fn timed(run: fn(&[u8]), input: &[u8]) {
    let time = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap();
    let start = time();
    run(input);
    let taken = time() - start;
    assert!(taken <= MOST, "an input took {taken:?} of the processor, more than {MOST:?}");
}

/// Returns a packed vocabulary of the repository.
pub fn packed(name: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    std::fs::read(root.join(format!("data/vocab/{name}.vocab"))).unwrap()
}

pub fn base(name: &str) -> Option<Vec<u8>> {
    BASES.iter().find(|(extends, _)| *extends == name).map(|(_, base)| packed(base))
}

pub fn encoding(name: &str) -> Arc<Encoding> {
    let file = packed(name);
    let encoding = match base(name) {
        Some(base) => Encoding::from_packed_over(&file, &base),
        None => Encoding::from_packed(&file),
    };
    Arc::new(encoding.unwrap())
}

/// Returns what a packed file holds.
pub fn unpacked(file: &[u8], base: Option<&[u8]>, step: usize) -> Result<Unpacked, tokimeter::Error> {
    let mut unpacker = Unpacker::new(file.to_vec(), base.map(<[u8]>::to_vec))?;
    while unpacker.step(step)? {}
    unpacker.finish()
}

/// Gives a packed file the length and the checksum that it should have.
pub fn seal(file: &mut [u8]) {
    if file.len() >= CHECKSUM.end {
        let length = u32::try_from(file.len()).unwrap();
        file[LENGTH].copy_from_slice(&length.to_le_bytes());
        let mut hasher = Xxh64::new(0);
        hasher.update(&file[..CHECKSUM.start]);
        hasher.update(&file[CHECKSUM.end..]);
        file[CHECKSUM].copy_from_slice(&hasher.digest().to_le_bytes());
    }
}
