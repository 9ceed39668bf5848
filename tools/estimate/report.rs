//! How often ranges hold the count on texts that nothing was fitted to, and how far off and how wide they are.

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
    /// That of the widths of long texts.
    pub long_width: f64,
}

/// The scores of an estimate by kind of text; `ALL` has all texts.
pub type Scores = BTreeMap<String, Score>;
pub const ALL: &str = "all";

/// Texts of so many bytes are long.
const LONG: usize = 1000;

/// Scores an estimate of the encoding at a place.
pub fn scores(samples: &[Sample], place: usize, estimate: &Estimate) -> Scores {
    let mut rows: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
    for sample in samples {
        let count = sample.counts[place];
        let range = estimate.range_of(&sample.features);
        let row = Row {
            held: (range.low..=range.high).contains(&count),
            error: range.tokens.abs_diff(count) as f64 / count as f64,
            width: (range.high - range.low) as f64 / range.tokens as f64,
            is_long: sample.text.len() >= LONG,
        };
        let length = if row.is_long { "all long ones" } else { "all short ones" };
        for kind in [&*sample.kind, ALL, length] {
            rows.entry(kind).or_default().push(row);
        }
        if sample.source == "typescript" {
            rows.entry("all of a source that nothing was fitted to").or_default().push(row);
        }
    }
    rows.into_iter().map(|(kind, rows)| (kind.to_owned(), score(&rows))).collect()
}

#[derive(Clone, Copy)]
struct Row {
    held: bool,
    error: f64,
    width: f64,
    is_long: bool,
}

fn score(rows: &[Row]) -> Score {
    let median = |values: &mut dyn Iterator<Item = f64>| {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        100.0 * values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    Score {
        texts: rows.len(),
        held: 100.0 * rows.iter().filter(|row| row.held).count() as f64 / rows.len() as f64,
        error: median(&mut rows.iter().map(|row| row.error)),
        width: median(&mut rows.iter().map(|row| row.width)),
        long_width: median(&mut rows.iter().filter(|row| row.is_long).map(|row| row.width)),
    }
}

/// Writes a table: a line for each kind, those of all texts last, and a column for each name.
pub fn table(columns: &[(&str, Scores)], cell: impl Fn(&Score) -> String) -> String {
    let names = columns.iter().fold(String::new(), |names, (name, _)| names + name + " | ");
    let mut table = format!("| kind | texts | {names}\n| --- | --- |{}", " --- |".repeat(columns.len()));
    let Some((_, first)) = columns.first() else { return table };
    let (sums, kinds): (Vec<_>, Vec<_>) = first.iter().partition(|(kind, _)| kind.starts_with(ALL));
    for (kind, Score { texts, .. }) in kinds.into_iter().chain(sums) {
        let _ = write!(table, "\n| {kind} | {texts} |");
        for (_, scores) in columns {
            let _ = write!(table, " {} |", scores.get(kind).map(&cell).unwrap_or_default());
        }
    }
    table + "\n"
}
