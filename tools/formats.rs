//! Compares ways to store each vocabulary: bytes and, for ours, the time that it takes to unpack.
//!
//! `cargo run --release --example formats -- NAME…` takes the files of `data/vocab`; of one that extends another, what comes
//! behind that one.

#[path = "../tests/common/token_bytes.rs"]
mod token_bytes;

use std::fs;
use std::time::{Duration, Instant};
use token_bytes::token_bytes;
use tokimeter::{Definition, Unpacked, Unpacker};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    println!("{:24} {:>9} {:>9} {:>9} {:>9} {:>9}", "", "bytes", "set", "merges", "ours", "unpacking");
    for name in std::env::args().skip(1) {
        let file = fs::read(format!("data/vocab/{name}.vocab"))?;
        let base = BASES.iter().find(|(extension, _)| *extension == name).map(|(_, base)| base);
        let base = base.map(|base| fs::read(format!("data/vocab/{base}.vocab"))).transpose()?;
        let known = base.as_ref().map(|base| unpack(base, None)).transpose()?;
        let from = known.map_or(0, |known| known.ids.len());
        let (bytes, set, merges) = others(&unpack(&file, base.as_deref())?, from);
        let milliseconds = unpacking(&file, base.as_deref())?.as_secs_f64() * 1000.0;
        println!("{name:24} {bytes:9} {set:9} {merges:9} {:9} {milliseconds:6.1} ms", file.len());
    }
    Ok(())
}

const BASES: [(&str, &str); 2] = [("llama3", "cl100k_base"), ("glm5", "glm4")];

fn unpack(file: &[u8], base: Option<&[u8]>) -> Result<Unpacked> {
    let mut unpacker = Unpacker::new(file.to_vec(), base.map(<[u8]>::to_vec))?;
    while unpacker.step(usize::MAX)? {}
    Ok(unpacker.finish()?)
}

/// Returns the median time of unpacking.
fn unpacking(file: &[u8], base: Option<&[u8]>) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..std::env::var("RUNS").map_or(Ok(15), |runs| runs.parse())? {
        let (file, base) = (file.to_vec(), base.map(<[u8]>::to_vec));
        let start = Instant::now();
        let mut unpacker = Unpacker::new(file, base)?;
        while unpacker.step(1000)? {}
        let found = unpacker.finish()?;
        times.push(start.elapsed());
        drop(found);
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}

/// Returns the sizes of three other ways, each under brotli 11: lengths and bytes of the tokens; the set of tokens in
/// alphabetical order, front-coded, and their ranks; the merges as two columns of places.
fn others(whole: &Unpacked, from: usize) -> (usize, usize, usize) {
    let tokens = token_bytes(whole);
    let tokens = &tokens[from..];

    let mut lengths = Vec::new();
    for token in tokens {
        varint(&mut lengths, token.len());
    }
    let bytes = brotli(&lengths) + brotli(&tokens.concat());

    let mut order: Vec<usize> = (0..tokens.len()).collect();
    order.sort_by_key(|&i| &tokens[i]);
    let (mut prefixes, mut rest, mut ranks) = (Vec::new(), Vec::new(), Vec::new());
    let mut before: &[u8] = &[];
    for &i in &order {
        let common = tokens[i].iter().zip(before).take_while(|(a, b)| a == b).count();
        varint(&mut prefixes, common);
        varint(&mut prefixes, tokens[i].len() - common);
        rest.extend(&tokens[i][common..]);
        ranks.extend([i as u8, (i >> 8) as u8, (i >> 16) as u8]);
        before = &tokens[i];
    }
    let columns = |bytes: &[u8]| {
        brotli(&(0..3).flat_map(|i| bytes.iter().skip(i).step_by(3)).copied().collect::<Vec<u8>>())
    };
    let set = brotli(&prefixes) + brotli(&rest) + columns(&ranks);

    let (mut left_column, mut right_column) = (Vec::new(), Vec::new());
    for definition in &whole.definitions[from..] {
        match *definition {
            Definition::Merge(left, right) => {
                varint(&mut left_column, left as usize);
                varint(&mut right_column, right as usize);
            }
            Definition::Byte(byte) => varint(&mut left_column, byte.into()),
            Definition::Text { start, length } => {
                right_column.extend(&whole.texts[start as usize..(start + length) as usize]);
            }
        }
    }
    (bytes, set, brotli(&left_column) + brotli(&right_column))
}

fn varint(out: &mut Vec<u8>, mut value: usize) {
    while value >= 128 {
        out.push(value as u8 | 128);
        value >>= 7;
    }
    out.push(value as u8);
}

fn brotli(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters).map_or(0, |_| out.len())
}
