//! What of a text fits: it is within the limit, one grapheme more is not, and it is found in time that grows with the text.

use super::{added_texts, long_text};
use crate::common::reference::read_tokenizer;
use crate::common::{rng, setting, small};
use rand::Rng;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokimeter::{Chunk, ErrorKind, HfEncoding, HfText, Keep};
use unicode_segmentation::UnicodeSegmentation;

fn file(name: &str) -> Vec<u8> {
    let (_, file) = small::files().into_iter().find(|(found, _)| *found == name).unwrap();
    serde_json::to_vec(&file).unwrap()
}

fn byte(text: &str, unit: usize) -> usize {
    String::from_utf16(&text.encode_utf16().take(unit).collect::<Vec<_>>()).unwrap().len()
}

/// Checks what fits, at both ends; returns the chunks, if no code point is too large.
fn check(ours: &Arc<HfEncoding>, text: &str, limit: usize) -> Option<Vec<Chunk>> {
    let borders: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
    let fits = |part: &str| ours.count(part).unwrap() <= limit;
    for keep in [Keep::Start, Keep::End] {
        let fit = ours.fit(text, limit, keep).unwrap();
        let (from, to) = (byte(text, fit.from), byte(text, fit.to));
        let (cut, kept) = if keep == Keep::Start { (to, from == 0) } else { (from, to == text.len()) };
        let place = borders.binary_search(&cut);
        assert!(kept && place.is_ok() && fits(&text[from..to]), "{fit:?}, {limit} of {text:?}");
        let longer = match keep {
            Keep::Start => place.ok().and_then(|place| borders.get(place + 1)).map(|&to| &text[..to]),
            Keep::End => {
                place.ok().and_then(|place| place.checked_sub(1)).map(|place| &text[borders[place]..])
            }
        };
        assert!(longer.is_none_or(|longer| !fits(longer)), "{fit:?}, {limit} of {text:?}");
    }
    let mut live = HfText::new(ours.clone());
    live.replace(0, 0, text).unwrap();
    let chunks =
        live.split(limit).map_err(|error| assert_eq!(error.kind(), ErrorKind::LimitTooSmall)).ok()?;
    for chunk in &chunks {
        let (from, to) = (byte(text, chunk.from), byte(text, chunk.to));
        let more = &text[from..];
        let more = more.grapheme_indices(true).map(|(at, _)| from + at).find(|&at| at > to);
        assert!(fits(&text[from..to]), "{chunk:?}, {limit} of {text:?}");
        // Behind a grapheme that is cut a border may be another than that of a text which begins there.
        let is_whole = [from, to].iter().all(|at| borders.binary_search(at).is_ok());
        if is_whole && to < text.len() {
            assert!(!fits(&text[from..more.unwrap_or(text.len())]), "{chunk:?}, {limit} of {text:?}");
        }
    }
    Some(chunks)
}

#[test]
fn fits_and_no_more() {
    let cases = setting("CASES", 400) / 40;
    for (name, json) in small::files() {
        let mut rng = rng(&format!("{name}: {cases} texts to fit"));
        let file = serde_json::to_vec(&json).unwrap();
        let ours = Arc::new(HfEncoding::from_json(&file).unwrap());
        let added = added_texts(&read_tokenizer(&file).unwrap());
        for _ in 0..cases {
            let text = long_text(&mut rng, &added);
            let limit = rng.random_range(0..=ours.count(&text).unwrap() + 1);
            check(&ours, &text, limit);
        }
    }
}

/// Where many graphemes in a row add no token, or one has many code points, no part is counted as often as there are of these.
#[test]
fn long_stretches() {
    let marks = format!("e{}", "\u{301}".repeat(5_000));
    for (name, text, limit, chunks) in [
        ("word-piece", format!("hello{}world", " ".repeat(10_000)), 1, 2),
        ("word-piece", format!("hello{}world", "\u{0}".repeat(10_000)), 0, 0),
        ("word-level", format!("{}the the", " \n".repeat(5_000)), 1, 2),
        ("gpt2", marks.clone(), 10_000, 2),
        ("gpt2", format!("{marks} {marks}"), 9_000, 4),
    ] {
        let begun = Instant::now();
        let ours = Arc::new(HfEncoding::from_json(&file(name)).unwrap());
        let found = check(&ours, &text, limit).map_or(0, |chunks| chunks.len());
        let took = begun.elapsed();
        assert_eq!(found, chunks, "{name}, {limit}");
        assert!(took < Duration::from_secs(5), "{name}, {limit}: {took:?}");
    }
}
