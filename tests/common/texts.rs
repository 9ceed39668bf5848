//! Random texts on which tokenizers are known to differ.

use rand::seq::IndexedRandom;
use rand::{Rng, rngs::StdRng};
use tokimeter::Encoding;

/// Code points by what a splitter does with them, those that have tripped tokenizers among them.
const POOLS: [&[char]; 10] = [
    &[
        ' ', ' ', ' ', '\t', '\u{b}', '\u{c}', '\u{85}', '\u{a0}', '\u{2028}', '\u{3000}', '\u{200b}',
        '\u{feff}',
    ],
    &['\r', '\n', '\n', ' '],
    &['\'', '’', 's', 'S', 'ſ', 't', 'T', 'r', 'e', 'R', 'E', 'v', 'V', 'm', 'M', 'l', 'L', 'd', 'D', 'K'],
    &[
        'a', 'b', 'z', 'A', 'Z', 'é', 'É', 'ß', 'ẞ', 'ǅ', 'ʰ', 'ª', 'я', 'Я', 'ا', 'क', 'ก', 'ა', 'Ა', 'ﬁ',
        'İ', 'ı',
    ],
    &['0', '1', '9', '٣', '௧', '½', '²', 'Ⅷ', '〇', '𝟘'],
    &[
        '\u{301}',
        '\u{308}',
        '\u{323}',
        '\u{1161}',
        '\u{11a8}',
        '\u{3099}',
        '\u{958}',
        '\u{1acf}',
        '\u{212b}',
        '▁',
        '\u{20dd}',
        '\u{93f}',
        '\u{e33}',
        '\u{fe0f}',
        '\u{1f3fd}',
        '\u{200d}',
        '\u{e0101}',
    ],
    &['中', '文', '的', '。', '，', '「', 'か', 'ナ', '한', '글', '々', '𠀀', '𪚥'],
    &['.', ',', '!', '/', '\\', '-', '_', '=', '#', '(', ')', '{', '}', '"', '<', '|', '>', '$', '+', '~'],
    &[
        '😀',
        '👩',
        '\u{200d}',
        '💻',
        '❤',
        '\u{fe0f}',
        '🇨',
        '🇳',
        '👍',
        '🏽',
        '\u{e0067}',
        '☃',
        '€',
        '\u{0}',
        '\u{fffd}',
    ],
    // Kana, what is none in their blocks, and what few expressions match.
    &[
        '\u{3040}', '\u{3097}', '\u{30a0}', '\u{30fb}', 'カ', 'ー', '\u{378}', '\u{1}', '\u{e000}', '中',
        'a', ' ',
    ],
];

/// All of the pools.
const ALL: [usize; POOLS.len()] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/// Letters for a long piece, from two up.
pub const ALPHABETS: [&str; 14] = [
    "ab",
    "aeinrst",
    "abcdefghijklmnopqrstuvwxyz",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "aB",
    "=-_*#~+",
    "的一是不了在人有我他",
    "\u{301}\u{308}\u{fe0f}",
    "а́яиенот",
    " \t\u{a0}",
    "ーンラリルの",
    "กาน\u{e34}\u{e48}",
    "😀👍🏽👩",
    "é中a한яA",
];

/// Returns a random text of one of the kinds.
pub fn text(rng: &mut StdRng, encoding: &Encoding, corpus: &[String]) -> String {
    match rng.random_range(0..9) {
        0 => tokens(rng, encoding, 12),
        1 => scalars(rng),
        2 | 3 => slice(rng, corpus),
        4 => from_pools(rng, &[0, 1, 7]),
        5 => from_pools(rng, &[2, 3, 0]),
        6 => {
            let pools: Vec<usize> =
                (0..rng.random_range(1..4)).map(|_| rng.random_range(0..POOLS.len())).collect();
            from_pools(rng, &pools)
        }
        7 => {
            let (before, behind) = (from_pools(rng, &ALL), from_pools(rng, &ALL));
            before + &added(rng, encoding) + &behind
        }
        _ => from_pools(rng, &ALL),
    }
}

/// Random tokens joined: what the vocabulary itself is made of.
pub fn tokens(rng: &mut StdRng, encoding: &Encoding, most: usize) -> String {
    let most_ids = encoding.vocab_size() as u32;
    let bytes = (0..rng.random_range(1..=most))
        .filter_map(|_| encoding.decode_bytes(&[rng.random_range(0..most_ids)]).ok())
        .collect::<Vec<_>>();
    String::from_utf8_lossy(&bytes.concat()).into_owned()
}

/// An added token, the beginning or the end of one, or two of which one begins inside the other.
pub fn added(rng: &mut StdRng, encoding: &Encoding) -> String {
    let Some(added) = encoding.specials().choose(rng) else { return String::new() };
    let middle = added.text.floor_char_boundary(rng.random_range(0..added.text.len()));
    match rng.random_range(0..5) {
        0 => added.text[..middle].to_owned(),
        1 => added.text[middle..].to_owned(),
        2 => {
            let last = added.text.char_indices().next_back().map_or(0, |(at, _)| at);
            let (head, last) = added.text.split_at(last);
            let others: Vec<_> =
                encoding.specials().iter().filter(|other| other.text.starts_with(last)).collect();
            [head, others.choose(rng).map_or(last, |other| &other.text)].concat()
        }
        _ => added.text.clone(),
    }
}

/// Random Unicode scalar values, most of them from the first planes.
fn scalars(rng: &mut StdRng) -> String {
    let limit = *[0x80, 0x250, 0x3000, 0x1_0000, 0x3_3000, 0x11_0000].choose(rng).unwrap();
    (0..rng.random_range(1..24)).filter_map(|_| char::from_u32(rng.random_range(0..limit))).collect()
}

/// A slice of real text.
fn slice(rng: &mut StdRng, corpus: &[String]) -> String {
    let text = corpus.choose(rng).unwrap();
    let from = text.floor_char_boundary(rng.random_range(0..text.len()));
    let to = text.floor_char_boundary(from + rng.random_range(1..120usize));
    text[from..to].to_owned()
}

fn from_pools(rng: &mut StdRng, pools: &[usize]) -> String {
    let mut text = String::new();
    for _ in 0..rng.random_range(1..24) {
        let c = *POOLS[*pools.choose(rng).unwrap()].choose(rng).unwrap();
        let times = if rng.random_bool(0.1) { rng.random_range(1..6) } else { 1 };
        text.extend(std::iter::repeat_n(c, times));
    }
    text
}

/// Reads the corpora that `make corpus` leaves. `CORPUS` is their folder, where the tests run in a copy of the project.
pub fn corpus() -> Vec<String> {
    let folder = std::env::var("CORPUS").unwrap_or_else(|_| "target/corpus".to_owned());
    ["english", "chinese", "code", "mixed", "json"]
        .map(|name| {
            let path = format!("{folder}/{name}.txt");
            std::fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{path}: {error}; run `make corpus`"))
        })
        .to_vec()
}
