//! From texts and their counts to the numbers of the table.

use super::Result;
use super::fit::{Row, least_squares, quantile};
use super::samples::{KNOWN, Role, Sample, TURNS, encoding, families, places};
use tokimeter::estimate::features::{self, FEATURES, GROUPS, PLACES};
use tokimeter::estimate::{SPREAD, Spread, weight};

pub type Roots = [u8; FEATURES];

/// The encodings whose mean tells how many tokens begin with a letter.
const TELL_LEVELS: [&str; 8] =
    ["o200k_base", "gemma3", "deepseek_v3", "qwen3", "kimi", "tekken", "minimax", "command_r"];
/// From how many tokens on a letter has the next level.
const BOUNDS: [f64; 7] = [0.04, 0.09, 0.16, 0.27, 0.45, 0.75, 1.1];

/// Pulls weights to a half where texts say little.
const RIDGE: f64 = 0.01;

/// The share of texts that are to be within each end of a range.
const WITHIN: f64 = 0.985;
/// By how much the shares of groups are stretched: texts come from other places than those that were fitted, and
/// vocabularies from other vendors. Chosen by hand, with the results on the held-out texts and on texts of other kinds in
/// view; DESIGN.md tells of both.
pub const STRETCH_KNOWN: f64 = 1.7;
pub const STRETCH_UNKNOWN: f64 = 1.3;
/// And the noise, for the same reason.
const NOISE_STRETCH: f64 = 1.15;

/// Returns how many tokens begin with a letter, in levels, two to a byte.
pub fn levels(samples: &[Sample]) -> Result<Vec<u8>> {
    let mut seen = vec![[0.0_f64; 2]; PLACES];
    for name in TELL_LEVELS {
        let encoding = encoding(name)?;
        for Sample { text, .. } in samples {
            let ends = encoding.spans(text).ends;
            let mut chars = text.chars();
            let (mut next, mut at) = (0, 0);
            features::places(text, |place| {
                let first = next;
                while ends.get(next).is_some_and(|&end| end <= at) {
                    next += 1;
                }
                if let Some(place) = place {
                    seen[place][0] += 1.0;
                    seen[place][1] += (next - first) as f64;
                }
                at += chars.next().map_or(0, char::len_utf16) as u32;
            });
        }
    }
    let level = |&[letters, tokens]: &[f64; 2]| {
        let mean = (tokens + 4.0) / (letters + 14.0);
        BOUNDS.iter().filter(|&&bound| mean > bound).count() as u8
    };
    let levels: Vec<u8> = seen.iter().map(level).collect();
    Ok(levels.chunks(2).map(|pair| pair[0] | pair.get(1).unwrap_or(&0) << 4).collect())
}

/// How much a text says: those of languages with fewer writers less.
fn importance(sample: &Sample) -> f64 {
    if sample.kind.starts_with("other") { 0.25 } else { 1.0 }
}

/// Returns the weights of an encoding.
pub fn weights(samples: &[Sample], place: usize) -> Roots {
    let row = |sample: &Sample| {
        let count = sample.counts[place] as f64;
        let numbers = sample.features.iter().map(|&feature| f64::from(feature)).collect();
        Row { numbers, wanted: count, weight: importance(sample) / (count + 8.0).powi(2) }
    };
    let rows: Vec<Row> = samples.iter().map(row).collect();
    roots(&least_squares(&rows, &[0.5; FEATURES], &[RIDGE; FEATURES]))
}

/// Returns the mean of the weights of the families of today but one; each family counts alike.
pub fn mean(all: &[Roots], left_out: &str) -> Roots {
    let families: Vec<&str> = families().into_iter().filter(|&family| family != left_out).collect();
    let mut mean = vec![0.0; FEATURES];
    for family in &families {
        let members = places(|known| known.role == Role::Today && known.family == *family);
        for place in &members {
            for (mean, &root) in mean.iter_mut().zip(&all[*place]) {
                *mean += weight(root) / (members.len() * families.len()) as f64;
            }
        }
    }
    roots(&mean)
}

/// Returns the places of what the range of an unknown encoding is fitted to, without a family.
pub fn others(left_out: &str) -> Vec<usize> {
    places(|known| known.role != Role::Apart && known.family != left_out)
}

/// Returns how far counts are from estimates: of encodings, by their places, from sums of `roots` of each.
pub fn spread<'a>(
    samples: &[Sample],
    places: &[usize],
    roots: impl Fn(usize) -> &'a Roots,
    stretch: f64,
) -> Spread {
    let (mut below, mut above) = (Vec::new(), Vec::new());
    for &place in places {
        for sample in samples.iter().skip(place % TURNS).step_by(TURNS) {
            let numbers = parts(&sample.features, roots(place));
            let mid: f64 = numbers[..GROUPS.len()].iter().sum();
            let wanted = sample.counts[place] as f64 - mid;
            let importance = match &*sample.kind {
                // Few texts, and far off: they are not to make all ranges wide.
                "runs" => 0.1,
                kind if kind.starts_with("other") => 0.4,
                _ => 1.0,
            };
            let weight = f64::powi(importance / mid.max(1.0), 2);
            below.push(Row { numbers: numbers.clone(), wanted: -wanted, weight });
            above.push(Row { numbers, wanted, weight });
        }
    }
    let shares = |rows: &[Row], most: f64| {
        let fitted = quantile(rows, WITHIN, &[0.1; SPREAD]);
        let mut shares = [0; SPREAD];
        for (at, (share, fitted)) in shares.iter_mut().zip(fitted).enumerate() {
            let stretch = if at < GROUPS.len() { stretch } else { NOISE_STRETCH };
            *share = (64.0 * stretch * fitted).round().min(most) as u8;
        }
        shares
    };
    // Of few texts in a script the worst says too much.
    Spread { below: shares(&below, 60.0), above: shares(&above, 192.0) }
}

/// Returns the sums of the groups, the square root of the whole, and one.
fn parts(features: &[u32], roots: &Roots) -> Vec<f64> {
    let mut parts = vec![0.0; SPREAD];
    let mut group = 0;
    for (feature, (&count, &root)) in features.iter().zip(roots).enumerate() {
        if GROUPS.get(group + 1).is_some_and(|&next| next <= feature) {
            group += 1;
        }
        parts[group] += f64::from(count) * weight(root);
    }
    parts[SPREAD - 2] = parts.iter().sum::<f64>().sqrt();
    parts[SPREAD - 1] = 1.0;
    parts
}

fn roots(weights: &[f64]) -> Roots {
    let mut roots = [0; FEATURES];
    for (root, weight) in roots.iter_mut().zip(weights) {
        *root = (112.0 * weight.sqrt()).round().min(255.0) as u8;
    }
    roots
}

/// Returns the name of the encoding at a place.
pub fn name(place: usize) -> &'static str {
    KNOWN[place].name
}
