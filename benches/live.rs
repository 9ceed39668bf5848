//! Native cost of a keystroke: `cargo bench --bench live`. Counts are checked against those of the whole text.
//!
//! Keystrokes are at random places: seven of ten insert a character, drawn from the text itself, and three delete a
//! code unit. Each batch is undone, untimed, so that every one meets the same text.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokimeter::{Encoding, LiveText};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// In UTF-16 code units.
const SIZES: [usize; 4] = [1_000, 100_000, 1_000_000, 10_000_000];
const BATCH: usize = 100;
/// Of each size, half of them timed key by key.
const BATCHES: usize = 2_000;
/// Inside one piece, likewise.
const PIECE_BATCHES: usize = 40;
const CHECKED_BATCH: usize = 100;
const RANGES: usize = 5_000;
const CHECKED_RANGE: usize = 100;
const LOADS: usize = 3;

fn main() -> Result<()> {
    let encoding = Arc::new(Encoding::from_packed(&std::fs::read("data/vocab/o200k_base.vocab")?)?);
    let [english, code, chinese] = ["english", "code", "chinese"].map(corpus);
    let (english, code, chinese) = (english?, code?, chinese?);
    println!("a keystroke, µs     p50      p99  longest     mean");
    for (name, text) in [("english", &english), ("code", &code)] {
        for size in SIZES {
            type_in(&format!("{name} {} kB", size / 1000), &encoding, &excerpt(text, size), BATCHES)?;
        }
    }
    println!("in one piece of 1 MB");
    for (name, text) in pieces(&chinese) {
        type_in(name, &encoding, &text, PIECE_BATCHES)?;
    }
    println!("the count of a half of 1 MB");
    for (name, text) in [("english", &english), ("code", &code)] {
        count_ranges(name, &encoding, &excerpt(text, SIZES[2]))?;
    }
    println!("loading 10 MB");
    for (name, text) in [("english", &english), ("code", &code), ("chinese", &chinese)] {
        load(name, &encoding, &String::from_utf16(&excerpt(text, SIZES[3]))?)?;
    }
    Ok(())
}

fn corpus(name: &str) -> Result<Vec<u16>> {
    Ok(std::fs::read_to_string(format!("target/corpus/{name}.txt"))?.encode_utf16().collect())
}

/// Returns so many code units of a text, which is repeated if it is shorter. No text has a pair where one is cut.
fn excerpt(text: &[u16], units: usize) -> Vec<u16> {
    text.iter().copied().cycle().take(units).collect()
}

/// Texts that are one piece from end to end, or long ones.
fn pieces(chinese: &[u16]) -> [(&'static str, Vec<u16>); 4] {
    let mut random = StdRng::seed_from_u64(1);
    let mut draw = |alphabet: &[u8]| {
        (0..SIZES[2]).map(|_| u16::from(alphabet[random.random_range(0..alphabet.len())])).collect()
    };
    let base64 = draw(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    let letters = draw(b"abcdefghijklmnopqrstuvwxyz");
    let han: Vec<u16> = chinese.iter().copied().filter(|unit| (0x4e00..=0x9fff).contains(unit)).collect();
    [
        ("random base64", base64),
        ("random a-z", letters),
        ("a", vec![u16::from(b'a'); SIZES[2]]),
        ("han", excerpt(&han, SIZES[2])),
    ]
}

/// A replacement of at most one code unit, and what it replaces.
struct Key {
    from: usize,
    insert: Option<char>,
    replaced: Option<u16>,
}

impl Key {
    fn make(&self, live: &mut LiveText) -> Result<usize> {
        let to = self.from + usize::from(self.replaced.is_some());
        let mut buffer = [0; 4];
        let insert = self.insert.map_or("", |character| character.encode_utf8(&mut buffer));
        live.replace(self.from, to, insert)?;
        Ok(live.tokens())
    }

    fn undo(&self, live: &mut LiveText) -> Result<()> {
        live.replace(self.from, self.from + usize::from(self.insert.is_some()), self.replaced.as_slice())?;
        Ok(())
    }
}

/// Returns keystrokes that follow on one another, the first of them in `text`.
fn keys(random: &mut StdRng, text: &[u16]) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::with_capacity(BATCH);
    let mut length = text.len();
    for _ in 0..BATCH {
        if random.random_range(0..10) < 7 {
            let unit = text[random.random_range(0..text.len())];
            let insert = Some(char::from_u32(u32::from(unit)).unwrap_or(' '));
            keys.push(Key { from: random.random_range(0..=length), insert, replaced: None });
            length += 1;
        } else {
            let from = random.random_range(0..length);
            keys.push(Key { from, insert: None, replaced: Some(unit_at(text, &keys, from)) });
            length -= 1;
        }
    }
    keys
}

/// Returns the code unit that stands at a position after some keystrokes: it is followed back to the first.
fn unit_at(text: &[u16], keys: &[Key], mut at: usize) -> u16 {
    for key in keys.iter().rev() {
        match key.insert {
            None => at += usize::from(at >= key.from),
            Some(character) if at == key.from => return character as u16,
            Some(_) => at -= usize::from(at > key.from),
        }
    }
    text[at]
}

fn type_in(name: &str, encoding: &Arc<Encoding>, units: &[u16], batches: usize) -> Result<()> {
    let text = String::from_utf16(units)?;
    let mut live = LiveText::new(Arc::clone(encoding), &text);
    let mut random = StdRng::seed_from_u64(2);
    let (mut singles, mut total) = (Vec::new(), Duration::ZERO);
    for batch in 0..batches {
        let keys = keys(&mut random, units);
        let start = Instant::now();
        for key in &keys {
            let start = Instant::now();
            black_box(key.make(&mut live)?);
            if batch % 2 == 0 {
                singles.push(start.elapsed());
            }
        }
        if batch % 2 == 1 {
            total += start.elapsed();
        }
        if batch % CHECKED_BATCH == 0 {
            check(live.tokens(), encoding.count(&live.text()), name)?;
        }
        for key in keys.iter().rev() {
            key.undo(&mut live)?;
        }
    }
    if live.text() != text {
        return Err(format!("{name}: undone, the text is not what it was").into());
    }
    let mean = micros(total) / f64::from((batches / 2 * BATCH) as u32);
    println!("{} {mean:8.2}", quantiles(name, singles));
    Ok(())
}

fn count_ranges(name: &str, encoding: &Arc<Encoding>, units: &[u16]) -> Result<()> {
    let live = LiveText::new(Arc::clone(encoding), &String::from_utf16(units)?);
    let mut random = StdRng::seed_from_u64(3);
    let half = units.len() / 2;
    let mut times = Vec::new();
    for range in 0..RANGES {
        let from = random.random_range(0..=units.len() - half);
        let start = Instant::now();
        let tokens = black_box(live.count_range(from, from + half)?);
        times.push(start.elapsed());
        if range % CHECKED_RANGE == 0 {
            check(tokens, encoding.count(&String::from_utf16_lossy(&units[from..from + half])), name)?;
        }
    }
    println!("{}", quantiles(name, times));
    Ok(())
}

fn load(name: &str, encoding: &Arc<Encoding>, text: &str) -> Result<()> {
    let mut least = Duration::MAX;
    for _ in 0..LOADS {
        let start = Instant::now();
        let live = LiveText::new(Arc::clone(encoding), text);
        least = least.min(start.elapsed());
        check(live.tokens(), encoding.count(text), name)?;
    }
    let bytes = f64::from(text.len() as u32);
    println!("  {name:14} {:7.0} ms {:7.1} MB/s", micros(least) / 1e3, bytes / micros(least));
    Ok(())
}

fn check(tokens: usize, expected: usize, what: &str) -> Result<()> {
    if tokens == expected {
        return Ok(());
    }
    Err(format!("{what}: {tokens} tokens, counted anew {expected}").into())
}

fn quantiles(name: &str, mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at =
        |share: usize| times.get((times.len() * share).div_ceil(100) - 1).map_or(0.0, |time| micros(*time));
    format!("  {name:14} {:8.2} {:8.2} {:8.1}", at(50), at(99), at(100))
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
