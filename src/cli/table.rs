//! A report for people: a table, what it comes to, and what there is to say of files.

use super::encodings::Basis;
use super::options::Options;
use super::price::Cost;
use super::report::{Count, Report};
use super::walk::{FailReason, SkipReason};
use std::fmt::Write;

/// Names of a message; there may be thousands.
const MOST_NAMES: usize = 3;

const SKIPPED: [(SkipReason, &str); 3] = [
    (SkipReason::Binary, "skipped, binary"),
    (SkipReason::Link, "skipped, a link"),
    (SkipReason::Special, "skipped, no file"),
];

/// Returns the table and what it comes to. Names come last in a row, so nothing has to be aligned behind them.
pub fn table(report: &Report, options: &Options, is_colored: bool) -> String {
    let paint = |code: u8, text: &str| {
        if is_colored { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    };
    let is_range = report.basis != Basis::Exact;
    let cells = |count: &Count| {
        let mut cells = vec![grouped(&count.tokens)];
        cells.extend(is_range.then(|| format!("{} to {}", grouped(&count.low), grouped(&count.high))));
        cells
    };
    let files = report.files.as_deref().unwrap_or_default();
    let titles = ["tokens", "range"].map(str::to_owned)[..=usize::from(is_range)].to_vec();
    let mut rows = vec![titles];
    rows.extend(files.iter().map(|file| cells(&file.count)));
    rows.push(cells(&report.total.count));
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let mut lines = rows.iter().map(|row| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:>width$}"));
        cells.collect::<Vec<_>>().join("  ")
    });
    let mut text = String::new();
    let mut line = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    let title = lines.next().unwrap_or_default();
    if !options.total {
        line(&paint(2, &format!("{title}  file")));
    }
    for (file, row) in files.iter().zip(lines.by_ref()) {
        if !options.total {
            line(&format!("{row}  {}", shown(&file.path)));
        }
    }
    if options.total || files.len() != 1 {
        let of =
            if files.len() == 1 { "1 file".to_owned() } else { format!("{} files", grouped(&files.len())) };
        let row = lines.next().unwrap_or_default();
        line(&paint(1, &format!("{row}  in {of}, {} bytes", grouped(&report.total.bytes))));
    }
    line("");
    line(&format!("{}  {}", paint(2, "model"), model(report, options.model.is_none())));
    let limit = limit(report);
    let limit = if report.over == Some(true) { paint(31, &limit) } else { limit };
    line(&format!("{}  {limit}", paint(2, "limit")));
    if report.model.is_some() {
        line(&format!("{}  {}", paint(2, "price"), price(report.cost.as_ref())));
    }
    text
}

/// Returns the messages, a line each.
pub fn messages(report: &Report) -> Vec<String> {
    let mut messages = Vec::new();
    if !report.near.is_empty() {
        messages.push(format!(
            "the model {} is not known, nor its window and price; near it are {}",
            shown(report.model.as_deref().unwrap_or_default()),
            report.near.join(", ")
        ));
    }
    for (why, text) in SKIPPED {
        let paths = report.skipped.iter().filter(|one| one.why == why).map(|one| &*one.path);
        messages.extend(some(&paths.collect::<Vec<_>>()).map(|names| format!("{text}: {names}")));
    }
    let invalid = report.files.iter().flatten().filter(|file| file.invalid).map(|file| &*file.path);
    let invalid = some(&invalid.collect::<Vec<_>>());
    messages.extend(invalid.map(|names| format!("not all text, what is not counts as U+FFFD: {names}")));
    for one in &report.failed {
        let why = match one.why {
            FailReason::NotFound => "not counted, it is not there",
            FailReason::Denied => "not counted, it may not be read",
            FailReason::Unreadable => "not counted, it cannot be read",
            FailReason::TooLong => "not counted, it has no place in 128 MiB where it can be cut",
        };
        messages.push(format!("{why}: {}", shown(&one.path)));
    }
    messages
}

fn model(report: &Report, is_default: bool) -> String {
    let mut text = String::new();
    if let Some(model) = &report.model {
        let default = if is_default { ", unless -m names another" } else { "" };
        let _ = write!(text, "{}{default}: ", shown(model));
    }
    match &report.encoding {
        Some(encoding) => {
            let _ = write!(text, "{encoding}, ");
        }
        None if report.near.is_empty() => {}
        None => text.push_str("unknown, "),
    }
    text.push_str(report.basis.name());
    if let Some(why) = report.assumption.as_ref().or(report.not_public.as_ref()) {
        let _ = write!(text, " ({why})");
    }
    text
}

fn limit(report: &Report) -> String {
    let (Some(limit), Some(remaining)) = (report.limit, report.remaining) else {
        return "unknown".to_owned();
    };
    let window = report.window.filter(|&window| i64::try_from(window) != Ok(limit));
    let window = window.map_or_else(String::new, |window| format!(" (window {})", grouped(&window)));
    let limit = format!("{}{window}", signed(limit));
    if remaining < 0 {
        return format!("{limit}: over by {}", grouped(&remaining.unsigned_abs()));
    }
    let total = report.total.count;
    let may_pass = i64::try_from(total.high - total.tokens).is_ok_and(|more| more > remaining);
    format!("{limit}: {} left{}", grouped(&remaining), if may_pass { ", perhaps too few" } else { "" })
}

fn price(cost: Option<&Cost>) -> String {
    let Some(cost) = cost else { return "unknown".to_owned() };
    let Cost { currency, input, low, high, per_million, tier, above, as_of, source, converted } = cost;
    let mut tariff = if *tier == "standard" { String::new() } else { format!(", {tier}") };
    if let Some(above) = above {
        let _ = write!(tariff, ", above {} tokens", grouped(above));
    }
    let Some(input) = input else { return format!("unknown{tariff} ({source}, {as_of})") };
    let mut text = format!("{input} {} as input", currency.name());
    if low != high {
        let or_unknown = |amount: &Option<String>| amount.clone().unwrap_or_else(|| "unknown".to_owned());
        let _ = write!(text, " ({} to {})", or_unknown(low), or_unknown(high));
    }
    if let Some(rate) = per_million {
        let stated = converted.as_ref().map_or(*currency, |converted| converted.from);
        let _ = write!(text, "; {rate} {} a million{tariff}", stated.name());
    }
    if let Some(by) = converted {
        let _ = write!(text, " at {} CNY for 1 USD, {}, {}", by.cny_per_usd, by.source, by.as_of);
    }
    let _ = write!(text, " ({source}, {as_of})");
    text
}

/// Returns a whole number with its digits in groups of three.
fn grouped(number: &impl ToString) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn signed(number: i64) -> String {
    format!("{}{}", if number < 0 { "-" } else { "" }, grouped(&number.unsigned_abs()))
}

/// Returns a name without control characters, which would be commands to the terminal.
fn shown(name: &str) -> String {
    let is_control = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    name.chars().fold(String::new(), |mut text, c| {
        if is_control(c) {
            let _ = write!(text, "\\u{{{:x}}}", u32::from(c));
        } else {
            text.push(c);
        }
        text
    })
}

/// Returns some of the names; nothing if there are none.
fn some(names: &[&str]) -> Option<String> {
    let more = names.len().saturating_sub(MOST_NAMES);
    let shown: Vec<String> = names.iter().take(MOST_NAMES).map(|name| shown(name)).collect();
    let names = Some(shown.join(", ")).filter(|_| !shown.is_empty())?;
    Some(if more > 0 { format!("{names} and {} more", grouped(&more)) } else { names })
}
