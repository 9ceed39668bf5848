//! Counts for Claude models are those of `ctok`; and the counts of parts between borders add up.

use flate2::read::GzDecoder;
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use tokimeter::{Claude, Encoding, ErrorKind, Line, Part};

type Row = (String, [usize; 4]);

fn claude(name: &str) -> Claude {
    Claude::from_packed(&fs::read(format!("data/vocab/{name}.vocab")).unwrap()).unwrap()
}

fn claudes() -> [Claude; 4] {
    Line::ALL.map(|line| claude(line.vocab()))
}

/// Texts and their counts per line of models, written by `tools/claude_golden.py`; `CLAUDE_GOLDEN=` names another
/// file.
fn golden() -> impl Iterator<Item = Row> {
    let path = std::env::var("CLAUDE_GOLDEN").unwrap_or_else(|_| "tests/golden/claude.json.gz".to_owned());
    BufReader::new(GzDecoder::new(File::open(path).unwrap())).lines().map(|line| {
        let (text, a, b, c, d) = serde_json::from_str(&line.unwrap()).unwrap();
        (text, [a, b, c, d])
    })
}

#[test]
fn a_line_counts_by_its_own_vocabulary() {
    let file = fs::read("data/vocab/claude3.vocab").unwrap();
    let error = Encoding::from_claude(&file, Line::Opus5).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::InvalidVocabulary);
    assert_eq!(error.to_string(), "claude5 counts by the vocabulary claude4_7, and this is claude3");
}

#[test]
fn counts_are_those_of_ctok() {
    let claudes = claudes();
    let (mut rows, mut wrong) = (0, 0);
    for (text, want) in golden() {
        for ((line, claude), want) in Line::ALL.into_iter().zip(&claudes).zip(want) {
            let count = line.frame() + claude.count(&text, line);
            if count != want {
                wrong += 1;
                if wrong <= 20 {
                    println!("{line:?}: {count}, not {want}: {text:?}");
                }
            }
        }
        rows += 1;
    }
    assert!(rows >= 2000);
    assert_eq!(wrong, 0, "of {rows} texts under {} lines", claudes.len());
}

/// Cuts every text at all borders, and at a random choice of them.
#[test]
fn counts_of_parts_add_up() {
    let claudes = claudes();
    let mut rng = StdRng::seed_from_u64(20_261_125);
    let mut texts: Vec<String> = golden().map(|(text, _)| text).collect();
    for _ in 0..texts.len() {
        let joined = (0..3).map(|_| texts[rng.random_range(0..texts.len())].as_str()).collect();
        texts.push(joined);
    }
    let mut cuts = 0;
    for text in &texts {
        for (line, claude) in Line::ALL.into_iter().zip(&claudes) {
            let want = claude.count(text, line);
            for odds in [1.0, 0.3] {
                let (mut sum, mut from, mut at) = (0, 0, 0);
                while from < text.len() {
                    at = claude.next_border(text, at + 1);
                    if at == text.len() || rng.random_bool(odds) {
                        let part =
                            Part { text: &text[from..at], is_first: from == 0, is_last: at == text.len() };
                        sum += claude.count_part(part, line);
                        from = at;
                        cuts += 1;
                    }
                }
                assert!(text.is_empty() || sum == want, "{line:?}: {sum}, not {want}: {text:?}");
            }
        }
    }
    println!("{cuts} parts of {} texts", texts.len());
}

#[test]
fn long_texts_take_linear_time() {
    const MEGABYTE: usize = 1_000_000;
    let claudes = claudes();
    let mut rng = StdRng::seed_from_u64(1);
    let mut texts: Vec<String> =
        ["a", "A", " ", "\n", ".", "=", "-", "0", "'s", "中", "😀", "\u{301}", "\u{5b0}", "\u{e4d}", "\u{1}"]
            .iter()
            .map(|unit| unit.repeat(MEGABYTE / unit.len()))
            .collect();
    texts.push((0..MEGABYTE).map(|_| rng.random_range('a'..='z')).collect());
    texts.push((0..MEGABYTE).map(|_| rng.random_range(' '..='~')).collect());
    texts.push("The quick brown fox jumps over the lazy dog. ".repeat(MEGABYTE / 45));
    for text in &texts {
        let start: String = text.chars().take(8).collect();
        for (line, claude) in Line::ALL.into_iter().zip(&claudes).take(2) {
            let clock = std::time::Instant::now();
            let count = claude.count(text, line);
            println!("{line:?} {start:?}: {count} tokens, {:?}", clock.elapsed());
        }
    }
}

#[test]
fn damaged_files_are_errors() {
    let file = fs::read("data/vocab/claude4_7.vocab").unwrap();
    for length in [0, 3, 17, 18, 30, file.len() - 1] {
        assert!(Claude::from_packed(&file[..length]).is_err());
    }
    let mut rng = StdRng::seed_from_u64(2);
    for _ in 0..200 {
        let mut file = file.clone();
        let at = rng.random_range(0..file.len());
        file[at] ^= 1 << rng.random_range(0..8);
        assert!(Claude::from_packed(&file).is_err(), "byte {at}");
    }
}
