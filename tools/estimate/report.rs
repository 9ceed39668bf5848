//! How often ranges hold the count on texts that nothing was fitted to, and how far and how wide they are.

use super::samples::Sample;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tokimeter::estimate::Estimate;

/// Ranges held against counts, in percent.
#[derive(Clone, Copy, Default)]
pub struct Score {
    pub texts: usize,
    /// Texts whose count is in the range.
    pub held: f64,
    /// The median of errors, by the count.
    pub error: f64,
    /// The median of the widths of ranges, by the estimate.
    pub width: f64,
}

/// Texts of this many bytes are long.
const LONG: usize = 1000;

/// Scores an estimate of the encoding at a place, by kind of text, and under `all`, `long` and `short` in sum.
pub fn scores(samples: &[Sample], place: usize, estimate: &Estimate) -> BTreeMap<String, Score> {
    let mut rows: BTreeMap<String, Vec<[f64; 3]>> = BTreeMap::new();
    for sample in samples {
        let count = sample.counts[place] as f64;
        let range = estimate.range_of(&sample.features);
        let held = (range.low..=range.high).contains(&sample.counts[place]);
        let error = (range.tokens as f64 - count).abs() / count;
        let width = (range.high - range.low) as f64 / range.tokens as f64;
        let row = [f64::from(u8::from(held)), error, width].map(|share| 100.0 * share);
        let length = if sample.text.len() < LONG { "short" } else { "long" };
        for key in [&*sample.kind, "all", length, &format!("from {}", sample.source)] {
            rows.entry(key.to_owned()).or_default().push(row);
        }
    }
    rows.into_iter().map(|(kind, rows)| (kind, score(&rows))).collect()
}

fn score(rows: &[[f64; 3]]) -> Score {
    let median = |at: usize| {
        let mut values: Vec<f64> = rows.iter().map(|row| row[at]).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let held = rows.iter().map(|row| row[0]).sum::<f64>() / rows.len() as f64;
    Score { texts: rows.len(), held, error: median(1), width: median(2) }
}

/// Writes a table: a line for each kind, a column for each name.
pub fn table(title: &str, columns: &[(&str, BTreeMap<String, Score>)], cell: impl Fn(&Score) -> String) -> String {
    let mut table = format!("| {title} |");
    for (name, _) in columns {
        let _ = write!(table, " {name} |");
    }
    let _ = write!(table, "\n| --- |{}", " --- |".repeat(columns.len()));
    let kinds: Vec<&String> = columns.first().map(|(_, scores)| scores.keys().collect()).unwrap_or_default();
    let is_sum = |kind: &str| matches!(kind, "all" | "long" | "short") || kind.starts_with("from ");
    let order = kinds.iter().filter(|kind| !is_sum(kind)).chain(kinds.iter().filter(|kind| is_sum(kind)));
    for kind in order {
        let _ = write!(table, "\n| {kind} |");
        for (_, scores) in columns {
            let _ = write!(table, " {} |", scores.get(*kind).map(&cell).unwrap_or_default());
        }
    }
    table.push('\n');
    table
}
