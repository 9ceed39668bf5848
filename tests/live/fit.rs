//! What fits into so many tokens, and parts that do.

use super::cases;
use crate::common::{encoding, for_each_encoding, packed, rng, texts};
use rand::Rng;
use std::sync::Arc;
use tokimeter::{Encoding, ErrorKind, Keep, Line, LiveText};

/// What fits is within the limit, on a border of graphemes, and would not fit with one grapheme more.
#[test]
fn fit_and_split() {
    let corpus = texts::corpus();
    for_each_encoding(|name| {
        let cases = cases(name, 100);
        let encoding = encoding(name);
        let mut rng = rng(&format!("{name}: {cases} texts to fit"));
        for _ in 0..cases {
            let text = texts::text(&mut rng, &encoding, &corpus);
            let limit = rng.random_range(0..=encoding.count(&text) + 1);
            check_fit(&encoding, &text, limit);
        }
    });
}

/// The same where only counts are known, of texts of several parts.
#[test]
fn fit_and_split_by_counts() {
    let corpus = texts::corpus();
    let drawn_from = encoding("o200k_base");
    let cases = cases("o200k_base", 2_000).max(5);
    let claude = Encoding::from_claude(&packed("claude4_7"), Line::Opus5).unwrap();
    for encoding in [Encoding::of_estimate("o200k_base"), claude].map(Arc::new) {
        let mut rng = rng(&format!("{}: {cases} texts to fit", encoding.name()));
        for _ in 0..cases {
            let texts = rng.random_range(1..80);
            let text: String = (0..texts).map(|_| texts::text(&mut rng, &drawn_from, &corpus)).collect();
            let limit = rng.random_range(0..=encoding.count(&text) + 1);
            check_fit(&encoding, &text, limit);
        }
    }
}

/// Long runs in which no place is safe to begin segmenting, and graphemes that are long themselves.
#[test]
fn fit_in_hostile_texts() {
    const UNITS: [&str; 12] = [
        "🇨🇳",
        "👩‍👩‍👧‍👦",
        "e\u{301}\u{308}",
        "\u{301}",
        "क्षि",
        "ก\u{e34}\u{e48}",
        "\u{1100}\u{1161}\u{11a8}",
        "\r\n",
        "\u{600}1",
        "中",
        "か\u{3099}",
        "ℹ\u{200d}ℹ",
    ];
    let [o200k, qwen3, llama2] = ["o200k_base", "qwen3", "llama2"].map(encoding);
    for unit in UNITS {
        for times in [3, 400] {
            let text = format!("a{}z", unit.repeat(times));
            let tokens = o200k.count(&text);
            for limit in [0, 2, 7, tokens / 2, tokens - 1] {
                check_fit(&o200k, &text, limit);
            }
        }
    }
    // Normalized, several of them are one part, which is not cut.
    for encoding in [qwen3, llama2] {
        for unit in UNITS.into_iter().chain(["中文", "e\u{301}a"]) {
            for limit in 0..8 {
                check_fit(&encoding, &unit.repeat(3), limit);
            }
        }
    }
    // Where only counts are known the search for a cut begins further away from it.
    let estimate = Arc::new(Encoding::of_estimate("unknown"));
    for limit in 1..20 {
        check_fit(&estimate, &format!("a{}z", "\r\n ".repeat(100)), limit);
    }
}

/// Where a grapheme more is no token more, where an end is counted or normalized anew with what comes: what takes quadratic time
/// takes hours here.
#[test]
fn fit_split_and_edit_of_long_runs_are_soon_done() {
    let claude = Arc::new(Encoding::from_claude(&packed("claude4_7"), Line::Opus5).unwrap());
    for unit in ["\n", "\u{1}", "a"] {
        let text = format!("hello{}world", unit.repeat(200_000));
        let tokens = claude.count(&text);
        for keep in [Keep::Start, Keep::End] {
            for limit in [2, tokens / 2, tokens - 1] {
                let fit = claude.fit(&text, limit, keep);
                assert!(fit.truncated && fit.tokens <= limit, "{unit:?}: {fit:?}");
            }
        }
        let chunks = claude.split(&text, tokens.div_ceil(3)).unwrap();
        assert_eq!(chunks.last().unwrap().to, text.len(), "{unit:?}");
        assert_eq!(LiveText::new(claude.clone(), &text).tokens(), tokens, "{unit:?}");
    }
    let qwen = encoding("qwen3");
    let text = format!("e{}", "\u{301}\u{327}".repeat(200_000));
    assert_eq!(LiveText::new(qwen.clone(), &text).tokens(), qwen.count(&text));
    assert!(qwen.fit(&text, 100_000, Keep::Start).tokens <= 100_000);
}

/// As long as a text of ten megabytes is, in as many parts as there can be.
#[test]
fn a_long_text_is_split_into_many_parts() {
    let estimate = Arc::new(Encoding::of_estimate("o200k_base"));
    let text = "The cleaner comes at nine. ".repeat(100_000);
    let chunks = estimate.split(&text, 2).unwrap();
    assert!(chunks.len() > 300_000 && chunks.iter().all(|chunk| chunk.tokens <= 2));
}

fn check_fit(encoding: &Arc<Encoding>, text: &str, limit: usize) {
    use unicode_segmentation::UnicodeSegmentation;
    let mut borders: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
    // An added token that is found in ordinary text is not cut either.
    let mut end = 0;
    for at in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
        let found = encoding
            .specials()
            .iter()
            .filter(|special| special.literal && text[at..].starts_with(&special.text));
        if at >= end
            && let Some(length) = found.map(|special| special.text.len()).max()
        {
            end = at + length;
            borders.retain(|&border| border <= at || border >= end);
        }
    }
    let byte = |unit: usize| utf16_to_byte(text, unit);
    for keep in [Keep::Start, Keep::End] {
        let fit = encoding.fit(text, limit, keep);
        let (from, to) = (byte(fit.from), byte(fit.to));
        let (cut, is_kept) = if keep == Keep::Start { (to, from == 0) } else { (from, to == text.len()) };
        let why = || format!("{text:?}, {limit}, {keep:?}: {fit:?}");
        assert!(is_kept, "the other end: {}", why());
        let place = borders.binary_search(&cut).unwrap_or_else(|_| panic!("inside a grapheme: {}", why()));
        let part = &text[from..to];
        assert_eq!(fit.tokens, encoding.count(part), "{}", why());
        assert!(fit.tokens <= limit, "{}", why());
        assert_eq!(fit.truncated, part != text, "{}", why());
        let longer = match keep {
            Keep::Start => borders.get(place + 1).map(|&next| &text[..next]),
            Keep::End => place.checked_sub(1).map(|previous| &text[borders[previous]..]),
        };
        assert!(longer.is_none_or(|longer| encoding.count(longer) > limit), "{}", why());
    }
    let chunks = match encoding.split(text, limit) {
        Ok(chunks) => chunks,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::LimitTooSmall);
            // Marks that the normalizer puts in order are one.
            let is_altered = |part: &str| encoding.decode(&encoding.encode(part)).unwrap() != part;
            let is_large = |part: &str| encoding.count(part) > limit;
            assert!(
                text.chars().any(|c| is_large(&c.to_string()))
                    || text.graphemes(true).any(|part| is_large(part) && is_altered(part)),
                "{text:?}, {limit}: {error}"
            );
            return;
        }
    };
    let mut at = 0;
    for chunk in chunks {
        let to = byte(chunk.to);
        let why = || format!("{text:?}, {limit}: {chunk:?}");
        assert_eq!(byte(chunk.from), at, "{}", why());
        assert_eq!(chunk.tokens, encoding.count(&text[at..to]), "{}", why());
        assert!(chunk.tokens <= limit && to > at, "{}", why());
        let next = borders.get(borders.partition_point(|&border| border <= to));
        assert!(next.is_none_or(|&next| encoding.count(&text[at..next]) > limit), "{}", why());
        // A grapheme is cut only if it alone is more than the limit.
        let begin = borders[borders.partition_point(|&border| border <= at) - 1];
        let end = borders[borders.partition_point(|&border| border < to)];
        let is_alone =
            borders.binary_search(&to).is_ok() || begin == borders[borders.binary_search(&end).unwrap() - 1];
        assert!(is_alone, "{}", why());
        at = to;
    }
    assert_eq!(at, text.len());
}

fn utf16_to_byte(text: &str, unit: usize) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= unit {
            return at;
        }
        units += c.len_utf16();
    }
    text.len()
}
