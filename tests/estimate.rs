//! Estimates: the range holds the count, also of a family that it was not made from; and a text under edit is estimated
//! as the whole text is.

#![allow(clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "counts of texts are far below 2⁵³")]
#![allow(dead_code, reason = "a part of what the tool has is used")]

#[path = "../tools/estimate/fit.rs"]
mod fit;
#[path = "../tools/estimate/model.rs"]
mod model;
#[path = "../tools/estimate/report.rs"]
mod report;
#[path = "../tools/estimate/samples.rs"]
mod samples;

use crate::common::{encoding, rng, setting, texts};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use samples::{KNOWN, Role};
use std::sync::Arc;
use tokimeter::estimate::{Estimate, levels, roots, spreads};
use tokimeter::{Encoding, Keep, LiveText, TokenRange};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Of texts that nothing was fitted to, this share is to have its count in the range.
const HELD: f64 = 95.0;

fn roots_of(place: usize) -> &'static model::Roots {
    roots(model::name(place)).unwrap()
}

/// The range is fitted to all families of today but one, and tried on that one; and the estimates of encodings that are
/// known are tried on them.
#[test]
fn ranges_hold_counts() {
    let places = samples::places(|known| known.role != Role::Apart);
    let mut held = samples::read("held").unwrap();
    samples::count(&mut held, &samples::places(|_| true), levels(), 1).unwrap();
    for (place, known) in KNOWN.iter().enumerate() {
        let scores = report::scores(&held, place, &Estimate::new(roots_of(place), spreads()[0]));
        println!(
            "{}: {:.1} % held, {:.0} % wide",
            known.name,
            scores[report::ALL].held,
            scores[report::ALL].width
        );
        assert!(scores[report::ALL].held >= HELD, "{}: {:.1} %", known.name, scores[report::ALL].held);
    }
    let mut train = samples::read("train").unwrap();
    samples::count(&mut train, &places, levels(), samples::TURNS).unwrap();
    let all: Vec<model::Roots> = (0..KNOWN.len()).map(|place| *roots_of(place)).collect();
    std::thread::scope(|scope| {
        for family in samples::families() {
            let (train, held, all) = (&train, &held, &all);
            scope.spawn(move || {
                let mean = model::mean(all, family);
                let spread = model::spread(train, &model::others(family), |_| &mean, model::STRETCH_UNKNOWN);
                let estimate = Estimate::new(&mean, spread);
                for place in samples::places(|known| known.role == Role::Today && known.family == family) {
                    let all = report::scores(held, place, &estimate)[report::ALL];
                    println!(
                        "{} left out: {:.1} % held, {:.0} % wide",
                        model::name(place),
                        all.held,
                        all.width
                    );
                    assert!(all.held >= HELD, "{}: {:.1} %", model::name(place), all.held);
                }
            });
        }
    });
}

const NAMES: [&str; 5] = ["unknown", "o200k_base", "qwen3", "claude5", "grok-4"];

fn check(range: TokenRange, text: &str) {
    let TokenRange { low, tokens, high } = range;
    assert!(low <= tokens && tokens <= high, "{range:?}: {text:?}");
    assert_eq!(low == 0, text.is_empty(), "{range:?}: {text:?}");
}

/// After every edit the estimate is that of the whole text, and so is that of each part; nothing panics.
#[test]
fn estimates_of_texts_under_edit() {
    let corpus = texts::corpus();
    let exact = encoding("o200k_base");
    let cases = setting("CASES", 200_000) / 50;
    for name in NAMES {
        let estimate = Arc::new(Encoding::of_estimate(name));
        let mut seeds = rng(&format!("{name}: {cases} edits"));
        for _ in 0..(cases / NAMES.len() as u64).div_ceil(40) {
            let rng = &mut StdRng::seed_from_u64(seeds.random());
            let mut units: Vec<u16> = Vec::new();
            for _ in 0..rng.random_range(0..30) {
                units.extend(texts::text(rng, &exact, &corpus).encode_utf16());
            }
            let mut live = LiveText::new(estimate.clone(), "");
            live.replace(0, 0, units.as_slice()).unwrap();
            let number = live.also(exact.clone());
            while !live.catch_up(number, 100) {}
            for _ in 0..40 {
                let from = rng.random_range(0..=units.len());
                let to = if rng.random_bool(0.1) {
                    units.len()
                } else {
                    (from + rng.random_range(0..9)).min(units.len())
                };
                let insert = insertion(rng, &exact, &corpus);
                let script = format!("{name}: {from}..{to} by {insert:?} in {units:?}");
                let before = live.tokens();
                let change = live.replace(from, to, insert.as_slice()).unwrap();
                units.splice(from..to, insert);
                let text = String::from_utf16_lossy(&units);
                assert_eq!(live.range(), estimate.range(&text), "{script}");
                check(live.range(), &text);
                assert_eq!((live.tokens(), change.tokens), (live.range().tokens, live.tokens()), "{script}");
                assert!(change.added + before >= change.removed, "{script}");
                assert_eq!(live.tokens_also(number), Some(exact.count(&text)), "{script}");
                let from = rng.random_range(0..=units.len());
                let to = rng.random_range(from..=units.len());
                let part = String::from_utf16_lossy(&units[from..to]);
                assert_eq!(
                    live.count_range(from, to).unwrap(),
                    estimate.count(&part),
                    "{from}..{to}, {script}"
                );
                ask(rng, &live, &script);
            }
        }
    }
}

/// A part of a run that is longer than what is counted at a time is estimated as it stands alone.
#[test]
fn parts_of_long_runs() {
    let estimate = Arc::new(Encoding::of_estimate("o200k_base"));
    for unit in ["a", "A", "aB", " ", "=", "0", "中", "a "] {
        let text = unit.repeat(5_000);
        let live = LiveText::new(estimate.clone(), &text);
        for (from, to) in [(1, live.len() - 1), (0, live.len() - 1), (600, 3_000), (511, 4_097)] {
            let part = live.slice(from, to).unwrap();
            assert_eq!(
                live.count_range(from, to).unwrap(),
                estimate.count(&part),
                "{from}..{to} of {unit:?}"
            );
        }
    }
}

/// Asks for all that a text of which only counts are known can tell.
fn ask(rng: &mut StdRng, live: &LiveText, script: &str) {
    let tokens = rng.random_range(0..=live.tokens());
    let at = live.offset_of(tokens).unwrap();
    assert!(at <= live.len() && live.offset_of(live.tokens() + 1).is_err(), "{script}");
    assert!(live.offset_of(tokens / 2).unwrap() <= at, "{script}");
    assert_eq!(
        (live.offset_of(0).unwrap(), live.offset_of(live.tokens()).unwrap()),
        (0, live.len()),
        "{script}"
    );
    assert!(live.spans_in(0, at).unwrap().spans.ids.is_empty(), "{script}");
    assert!(live.spans_in(at, live.len()).unwrap().index <= live.tokens(), "{script}");
    if rng.random_bool(0.1) {
        for keep in [Keep::Start, Keep::End] {
            let fit = live.fit(tokens, keep);
            assert!(fit.tokens <= tokens && fit.from <= fit.to && fit.to <= live.len(), "{fit:?}: {script}");
            assert_eq!(fit.tokens, live.count_range(fit.from, fit.to).unwrap(), "{fit:?}: {script}");
        }
        if let Ok(chunks) = live.split(tokens + 8) {
            let joined = chunks.iter().map(|chunk| chunk.to - chunk.from).sum::<usize>();
            assert_eq!(joined, live.len(), "{script}");
            assert!(chunks.iter().all(|chunk| chunk.tokens <= tokens + 8), "{script}");
        }
    }
}

fn insertion(rng: &mut StdRng, encoding: &Encoding, corpus: &[String]) -> Vec<u16> {
    const SNIPPETS: [&str; 16] = [
        " ",
        "\n",
        "a",
        "A",
        "'s",
        "12",
        "中",
        "か",
        "한",
        "ا",
        "я",
        "\u{301}",
        "👩‍💻",
        "==",
        "\u{e0101}",
        "ह",
    ];
    match rng.random_range(0..6) {
        0 => Vec::new(),
        1 => SNIPPETS.choose(rng).unwrap().encode_utf16().collect(),
        2 => SNIPPETS.choose(rng).unwrap().repeat(rng.random_range(1..900)).encode_utf16().collect(),
        3 => [[0xd83d].as_slice(), &[0xde00], &[0xde00, 0xd83d], &[0xd83d, 0xde00]]
            .choose(rng)
            .unwrap()
            .to_vec(),
        _ => texts::text(rng, encoding, corpus).encode_utf16().collect(),
    }
}

/// A megabyte of anything, whole and under edit. An edit is not slower than the part that it touches.
#[test]
fn long_texts() {
    const MEGABYTE: usize = 1_000_000;
    let estimate = Arc::new(Encoding::of_estimate("unknown"));
    let mut rng = StdRng::seed_from_u64(1);
    let mut texts: Vec<String> =
        ["a", "A", "aA", " ", "\n", "=", "-+", "0", "a0", "中", "한", "я", "😀", "\u{301}", "\u{1}"]
            .iter()
            .map(|unit| unit.repeat(MEGABYTE / unit.len()))
            .collect();
    texts.push((0..MEGABYTE).map(|_| rng.random_range(' '..='~')).collect());
    texts.push("The quick brown fox jumps over the lazy dog. ".repeat(MEGABYTE / 45));
    for text in &texts {
        let start: String = text.chars().take(4).collect();
        let clock = std::time::Instant::now();
        let range = estimate.range(text);
        let whole = clock.elapsed();
        check(range, text);
        let mut live = LiveText::new(estimate.clone(), text);
        assert_eq!(live.range(), range);
        let clock = std::time::Instant::now();
        for _ in 0..100 {
            let at = rng.random_range(0..live.len());
            live.replace(at, at, "x").unwrap();
        }
        println!("{start:?}: {range:?}, {whole:?}, an edit {:?}", clock.elapsed() / 100);
        assert_eq!(live.range(), estimate.range(&live.text()));
    }
}

/// The few counts that vendors show of vocabularies that nobody has.
#[test]
fn published_counts_are_in_the_range() {
    let estimate = Encoding::of_estimate("unknown");
    for (text, count, source) in [
        ("天空为什么这么蓝", 4, "Doubao: volcengine.com/docs/82379/1337112, 2025-04-09"),
        ("你是谁", 2, "Hunyuan: cloud.tencent.com/document/product/1729/101835"),
        (
            "这是1段text(混合中英文)",
            8,
            "ERNIE 4.0: cloud.baidu.com/doc/WENXINWORKSHOP/s/blrobg31q, 2025-02-27",
        ),
        ("Hello world!", 3, "Grok: the example of /v1/tokenize-text in xAI's API reference"),
    ] {
        let range = estimate.range(text);
        assert!((range.low..=range.high).contains(&count), "{text:?} is {count}, not {range:?}; {source}");
    }
}

/// What is exact has no range; Claude's counts have a small one.
#[test]
fn ranges_of_counts() {
    let exact = encoding("o200k_base");
    assert_eq!(exact.range("Hello, world!"), TokenRange { low: 4, tokens: 4, high: 4 });
    assert_eq!(LiveText::new(exact, "Hello, world!").range(), TokenRange { low: 4, tokens: 4, high: 4 });
    let claude = samples::encoding("claude5").unwrap();
    let tokens = claude.count("Hello, world!");
    assert_eq!(claude.range("Hello, world!"), TokenRange { low: tokens - 1, tokens, high: tokens + 1 });
    assert_eq!(claude.range("a"), TokenRange { low: 1, tokens: 1, high: 2 });
    assert_eq!(claude.range(""), TokenRange::default());
    assert_eq!(LiveText::new(Arc::new(claude), "").range(), TokenRange::default());
    assert_eq!(Encoding::of_estimate("unknown").range(""), TokenRange::default());
    assert_eq!(
        Encoding::of_estimate("o200k_harmony").range("a b"),
        Encoding::of_estimate("o200k_base").range("a b")
    );
}
