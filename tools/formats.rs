//! Compares ways to store each vocabulary: bytes and, for ours, the time that it takes to unpack.
//!
//! `cargo run --release --example formats -- <folder> [name…]` reads `<folder>/<name>.bin`, the definitions of a vocabulary:
//! their number; for each 0 and a byte, 1 and the places of two others, or 2, a length and so many bytes; then
//! their ids. Numbers are 32 bits, little endian. With `<name>+<base>` it takes what comes behind the base's.

use std::fs;
use std::time::{Duration, Instant};
use tokimeter::{Base, Definition, Header, Normalizer, Pattern, Symbols, TokenId, Unpacker, pack};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

#[derive(Default)]
struct Dump {
    definitions: Vec<Definition>,
    texts: Vec<u8>,
    ids: Vec<TokenId>,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("the folder with the definitions is missing")?;
    println!("{:24} {:>9} {:>9} {:>9} {:>9} {:>9}", "", "bytes", "set", "merges", "ours", "unpacking");
    for name in arguments {
        let (name, base) =
            name.split_once('+').map_or((name.as_str(), None), |(name, base)| (name, Some(base)));
        let whole = read(&fs::read(format!("{folder}/{name}.bin"))?)?;
        let base = base.map(|base| read(&fs::read(format!("{folder}/{base}.bin"))?)).transpose()?;
        let base =
            base.map(|base| packed("base", &base, None).map(|file| (file, base.ids.len()))).transpose()?;
        let file = packed(name, &whole, base.as_ref().map(|(file, count)| (file.as_slice(), *count)))?;
        let time = unpacking(&file, base.as_ref().map(|(file, _)| file.as_slice()))?;
        let from = base.map_or(0, |(_, count)| count);
        let (bytes, set, merges) =
            if std::env::var_os("OURS").is_some() { (0, 0, 0) } else { others(&whole, from) };
        let milliseconds = time.as_secs_f64() * 1000.0;
        println!("{name:24} {bytes:9} {set:9} {merges:9} {:9} {milliseconds:6.1} ms", file.len());
    }
    Ok(())
}

fn read(mut input: &[u8]) -> Result<Dump> {
    let mut dump = Dump::default();
    let count = number(&mut input)? as usize;
    for _ in 0..count {
        let definition = match take(&mut input, 1)?[0] {
            0 => Definition::Byte(take(&mut input, 1)?[0]),
            1 => Definition::Merge(number(&mut input)?, number(&mut input)?),
            _ => {
                let length = number(&mut input)?;
                let start = dump.texts.len() as u32;
                dump.texts.extend(take(&mut input, length as usize)?);
                Definition::Text { start, length }
            }
        };
        dump.definitions.push(definition);
    }
    dump.ids = (0..count).map(|_| number(&mut input)).collect::<Result<_>>()?;
    Ok(dump)
}

fn take<'a>(input: &mut &'a [u8], count: usize) -> Result<&'a [u8]> {
    let (taken, rest) = input.split_at_checked(count).ok_or("the definitions end too soon")?;
    *input = rest;
    Ok(taken)
}

fn number(input: &mut &[u8]) -> Result<u32> {
    Ok(u32::from_le_bytes(take(input, 4)?.try_into()?))
}

/// Packs a vocabulary, or what comes behind so many definitions of a base.
fn packed(name: &str, dump: &Dump, base: Option<(&[u8], usize)>) -> Result<Vec<u8>> {
    let header = Header {
        name: name.to_owned(),
        pattern: Pattern::O200k,
        symbols: Symbols::Bytes,
        whole_pieces: false,
        normalizer: Normalizer::None,
        base: match base {
            Some((file, _)) => {
                Some(Base { name: "base".to_owned(), checksum: u64::from_le_bytes(file[10..18].try_into()?) })
            }
            None => None,
        },
        specials: Vec::new(),
    };
    let from = base.map_or(0, |(_, count)| count);
    let file = base.map(|(file, _)| file);
    Ok(pack(&header, &dump.definitions[from..], &dump.texts, &dump.ids[from..], file)?)
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
fn others(dump: &Dump, from: usize) -> (usize, usize, usize) {
    let mut tokens: Vec<Vec<u8>> = Vec::new();
    for definition in &dump.definitions {
        tokens.push(match *definition {
            Definition::Byte(byte) => vec![byte],
            Definition::Merge(left, right) => {
                [tokens[left as usize].as_slice(), &tokens[right as usize]].concat()
            }
            Definition::Text { start, length } => {
                dump.texts[start as usize..(start + length) as usize].to_vec()
            }
        });
    }
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
    for definition in &dump.definitions[from..] {
        match *definition {
            Definition::Merge(left, right) => {
                varint(&mut left_column, left as usize);
                varint(&mut right_column, right as usize);
            }
            Definition::Byte(byte) => varint(&mut left_column, byte.into()),
            Definition::Text { start, length } => {
                right_column.extend(&dump.texts[start as usize..(start + length) as usize]);
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
