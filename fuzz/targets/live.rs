//! After every edit a text under edit knows what the whole text encodes to, and so do the other encodings that count it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::{Arc, LazyLock};
use tokimeter::{Encoding, Line};
use tokimeter_fuzz::input::Input;
use tokimeter_fuzz::session::{Replacement, Session};
use tokimeter_fuzz::{encoding, packed, timed};

/// Merges of bytes, a normalizer, SentencePiece with and without a space before the text, and whole pieces.
static ENCODINGS: LazyLock<[Arc<Encoding>; 6]> =
    LazyLock::new(|| ["o200k_base", "qwen3", "llama2", "gemma3", "llama3", "deepseek_v3"].map(encoding));
/// Only counts are known of it.
static CLAUDE: LazyLock<Arc<Encoding>> =
    LazyLock::new(|| Arc::new(Encoding::from_claude(&packed(Line::Opus5.vocab()), Line::Opus5).unwrap()));
const LEAVES: [usize; 4] = [6, 12, 40, 1536];
const MOST_UNITS: usize = 400;
const MOST_EDITS: usize = 12;

fuzz_target!(init: { LazyLock::force(&ENCODINGS); LazyLock::force(&CLAUDE); }, |input: &[u8]| timed(run, input));

fn run(input: &[u8]) {
    let mut input = Input(input);
    let encoding = input.one_of(&*ENCODINGS);
    let leaf = *input.one_of(&LEAVES);
    let others = [input.one_of(&*ENCODINGS), &*CLAUDE];
    let length = input.up_to(255);
    let mut session = Session::new(encoding, &input.text(length), leaf);
    let numbers = others.map(|other| session.live.also(other.clone()));
    for _ in 0..MOST_EDITS {
        if input.is_empty() || session.units.len() > MOST_UNITS {
            break;
        }
        let mut edits: Vec<Replacement> = Vec::new();
        let what = input.byte();
        for _ in 0..=what & 1 {
            edits.push(edit(&mut input, edits.last().map_or(0, |edit| edit.1), session.units.len()));
        }
        let undo = session.update(&edits);
        if what & 2 != 0 {
            let from = input.up_to(session.units.len());
            let to = from + input.up_to(session.units.len() - from);
            session.ask((from, to), input.up_to(session.spans.ids.len()));
        }
        let text = String::from_utf16_lossy(&session.units);
        for (number, other) in numbers.into_iter().zip(others) {
            // Either is asked for before all is counted.
            session.live.catch_up(number, if what & 4 == 0 { usize::MAX } else { 5 });
            if let Some(tokens) = session.live.tokens_also(number) {
                assert_eq!(tokens, other.count(&text), "also {}: {text:?}: {}", other.name(), session.script);
            }
        }
        if what & 24 == 24 {
            session.update(&undo);
        }
    }
}

/// An edit behind `start`.
fn edit(input: &mut Input, start: usize, length: usize) -> Replacement {
    let from = start + input.up_to(length - start);
    let flags = input.byte();
    let to = (from + usize::from(flags & 15)).min(length);
    let bytes = usize::from(flags >> 4);
    let mut insert: Vec<u16> = match bytes {
        // One code unit, which may be half of a pair.
        15 => vec![u16::from(input.byte()) | 0xd800],
        14 => input.text(2).repeat(1 + input.up_to(63)).encode_utf16().collect(),
        _ => input.text(bytes).encode_utf16().collect(),
    };
    insert.truncate(200);
    (from, to, insert)
}
