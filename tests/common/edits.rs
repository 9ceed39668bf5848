//! Edits that are drawn to hurt.

use super::session::{Replacement, Session};
use super::{rng, texts};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use std::sync::Arc;
use tokimeter::Encoding;

/// A range, mostly a short one, often at an end of the text.
pub fn range(rng: &mut StdRng, length: usize) -> (usize, usize) {
    let from = match rng.random_range(0..8) {
        0 => 0,
        1 => length,
        _ => rng.random_range(0..=length),
    };
    let to = match rng.random_range(0..8) {
        0..=3 => from,
        4 | 5 => (from + rng.random_range(0..4)).min(length),
        6 => rng.random_range(from..=length),
        _ => (from + rng.random_range(0..40)).min(length),
    };
    (from, to)
}

/// What is typed or pasted: things that make splitters and merges look far.
pub fn insertion(rng: &mut StdRng, encoding: &Encoding, corpus: &[String]) -> Vec<u16> {
    const SNIPPETS: [&str; 42] = [
        " ",
        "  ",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\u{85}",
        "\u{a0}",
        "\u{3000}",
        "'",
        "'s",
        "'S",
        "'re",
        "'ſ",
        "l",
        "L",
        "a",
        "A",
        "ab",
        "AB",
        "1",
        "12",
        "123456",
        "٣",
        "中",
        "的文",
        "か",
        "한",
        "\u{301}",
        "\u{e0101}",
        "\u{200d}",
        "😀",
        "👩‍💻",
        "/",
        "!",
        "。",
        "=",
        "𠀀",
        "ǅ",
        "<|endoftext|>",
        "\u{378}",
        "\u{3040}",
    ];
    match rng.random_range(0..12) {
        0 => Vec::new(),
        1..=5 => SNIPPETS.choose(rng).unwrap().encode_utf16().collect(),
        6 => {
            let times = rng.random_range(1..40);
            SNIPPETS.choose(rng).unwrap().repeat(times).encode_utf16().collect()
        }
        // Half a pair, or both halves in the wrong order.
        7 => [[0xd83d].as_slice(), &[0xde00], &[0xde00, 0xd83d], &[0xd83d, 0xde00]]
            .choose(rng)
            .unwrap()
            .to_vec(),
        8 => (0..rng.random_range(1..4)).map(|_| rng.random_range(0xd7f0..0xe010)).collect(),
        9 => texts::added(rng, encoding).encode_utf16().collect(),
        _ => texts::text(rng, encoding, corpus).encode_utf16().collect(),
    }
}

pub fn update(rng: &mut StdRng, session: &Session, corpus: &[String]) -> Vec<Replacement> {
    let length = session.units.len();
    if length > 0 && rng.random_bool(0.01) {
        return vec![(0, length, Vec::new())];
    }
    let mut edits: Vec<Replacement> = Vec::new();
    for _ in 0..if rng.random_bool(0.1) { rng.random_range(2..5) } else { 1 } {
        let start = edits.last().map_or(0, |edit| edit.1);
        let (from, to) = range(rng, length - start);
        let mut insert = insertion(rng, session.encoding, corpus);
        if length > 700 && rng.random_bool(0.5) {
            insert.truncate(3);
        }
        edits.push((start + from, start + to, insert));
    }
    edits
}

/// Asks for a random part, and for the place of a random token.
pub fn ask(rng: &mut StdRng, session: &Session) {
    let part = range(rng, session.units.len());
    session.ask(part, rng.random_range(0..=session.spans.ids.len()));
}

/// Random edits to short texts, in leaves from tiny to full size.
pub fn random_edits(name: &str, encoding: &Arc<Encoding>, cases: u64) {
    let corpus = texts::corpus();
    let mut seeds = rng(&format!("{name}: {cases} edits"));
    let mut made = 0;
    while made < cases {
        let rng = &mut StdRng::seed_from_u64(seeds.random());
        let leaf = *[6, 12, 40, 200, 1536].choose(rng).unwrap();
        let text = texts::text(rng, encoding, &corpus);
        let mut session = Session::new(encoding, &text, leaf);
        let mut undo = Vec::new();
        let mut before = (session.units.clone(), session.spans.clone());
        for _ in 0..60 {
            let edits = update(rng, &session, &corpus);
            undo.push(session.update(&edits));
            ask(rng, &session);
            made += 1;
            if rng.random_bool(0.04) {
                made += undo.len() as u64;
                session.undo(std::mem::take(&mut undo), &before);
                before = (session.units.clone(), session.spans.clone());
            }
        }
    }
}
