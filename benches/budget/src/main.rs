//! A workload for Callgrind, the same to the last instruction: `tokimeter-budget load`, `count FILE` or `live FILE`. It is done
//! once, inside [`measured`]. Prints how many tokens there are at the end.

use std::hint::black_box;
use std::sync::Arc;
use tokimeter::{Encoding, LiveText};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const VOCABULARY: &str = "data/vocab/o200k_base.vocab";
const KEYS: usize = 2_000;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let workload = arguments.next().unwrap_or_default();
    let text = arguments.next().map(std::fs::read_to_string).transpose()?.unwrap_or_default();
    let tokens = match workload.as_str() {
        "load" => load()?,
        "count" => count(&text)?,
        "live" => live(&text)?,
        _ => return Err(format!("no workload is called {workload}").into()),
    };
    println!("{tokens}");
    Ok(())
}

/// Callgrind counts in here and nowhere else.
#[inline(never)]
fn measured<T>(work: impl FnOnce() -> T) -> T {
    black_box(work())
}

fn encoding() -> Result<Encoding> {
    Ok(Encoding::from_packed(&std::fs::read(VOCABULARY)?)?)
}

fn load() -> Result<usize> {
    let file = std::fs::read(VOCABULARY)?;
    Ok(measured(|| Encoding::from_packed(black_box(&file)))?.count("loaded"))
}

fn count(text: &str) -> Result<usize> {
    let encoding = encoding()?;
    Ok(measured(|| encoding.count(black_box(text))))
}

/// Keys all over the text: seven of ten insert a letter, three delete what stands there.
fn live(text: &str) -> Result<usize> {
    let mut live = LiveText::new(Arc::new(encoding()?), text);
    let mut random = xorshift();
    let mut length = text.encode_utf16().count();
    let keys: Vec<(usize, usize, &str)> = (0..KEYS)
        .map(|_| {
            let from = random(length);
            let inserts = random(10) < 7;
            length = if inserts { length + 1 } else { length - 1 };
            if inserts { (from, from, ["e", " ", "t", "."][random(4)]) } else { (from, from + 1, "") }
        })
        .collect();
    measured(|| keys.iter().try_for_each(|&(from, to, insert)| live.replace(from, to, insert).map(drop)))?;
    Ok(live.tokens())
}

fn xorshift() -> impl FnMut(usize) -> usize {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    move |limit| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % limit as u64).unwrap_or(0)
    }
}
