//! Native speed of loading and counting: `cargo bench`. Every count is checked against `encode`.
//!
//! With arguments it does one thing so many times, for a profiler: `count|encode ENCODING FILE TIMES`. The file is taken in
//! slices, as a text is that is pasted bit by bit.

use std::hint::black_box;
use std::time::{Duration, Instant};
use tokimeter::Encoding;

const ROUNDS: usize = 9;

/// The size of a paste.
const SLICE: usize = 20_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [what, name, file, times] = &arguments[..] {
        return profile(what, name, file, times.parse()?);
    }
    for name in ["o200k_base", "cl100k_base"] {
        let file = std::fs::read(format!("data/vocab/{name}.vocab"))?;
        let loading = minimum(|| drop(black_box(Encoding::from_packed(black_box(&file)))));
        println!("{name}: load {:.1} ms", loading.as_secs_f64() * 1e3);
        let encoding = Encoding::from_packed(&file)?;
        for corpus in ["english", "chinese", "code", "mixed", "json"] {
            let text = std::fs::read_to_string(format!("target/corpus/{corpus}.txt"))?;
            if encoding.count(&text) != encoding.encode(&text).len() {
                return Err(format!("{name}, {corpus}: count and encode differ").into());
            }
            report(corpus, &text, &encoding);
        }
        let letters = letters(1 << 20);
        for (what, unit) in [
            ("letters", letters.as_str()),
            ("a", "a"),
            ("space", " "),
            ("中", "中"),
            ("'s", "'s"),
            ("0", "0"),
        ] {
            report(what, &unit.repeat((1 << 20) / unit.len()), &encoding);
        }
    }
    Ok(())
}

fn profile(what: &str, name: &str, file: &str, times: usize) -> Result<(), Box<dyn std::error::Error>> {
    let encoding = Encoding::from_packed(&std::fs::read(format!("data/vocab/{name}.vocab"))?)?;
    let text = std::fs::read_to_string(file)?;
    let mut slices = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (slice, behind) = rest.split_at(rest.floor_char_boundary(SLICE.min(rest.len())));
        slices.push(slice);
        rest = behind;
    }
    let start = Instant::now();
    for time in 0..times {
        let tokens: usize = match what {
            "encode" => slices.iter().map(|slice| encoding.encode(slice).len()).sum(),
            _ => slices.iter().map(|slice| encoding.count(slice)).sum(),
        };
        if time == 0 {
            report_speed("first", text.len(), start.elapsed());
            println!("  {tokens} tokens");
        }
    }
    report_speed("each", text.len() * times, start.elapsed());
    Ok(())
}

fn report(what: &str, text: &str, encoding: &Encoding) {
    let time = minimum(|| {
        black_box(encoding.count(black_box(text)));
    });
    report_speed(what, text.len(), time);
}

fn report_speed(what: &str, bytes: usize, time: Duration) {
    println!("  {what:8} {:7.1} MB/s", f64::from(bytes as u32) / time.as_secs_f64() / 1e6);
}

fn minimum(mut run: impl FnMut()) -> Duration {
    let times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.into_iter().min().unwrap_or_default()
}

/// Lower-case letters from a fixed xorshift sequence.
fn letters(count: usize) -> String {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b'a' + (state % 26) as u8)
    };
    (0..count).map(|_| next()).collect()
}
