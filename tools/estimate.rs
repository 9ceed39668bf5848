//! Fits the estimates: writes `src/estimate/table.rs`, and prints how often ranges hold the count, in Markdown.
//!
//! `cargo run --release --example estimate`, after `node tools/samples.mjs`; with `-- --check` it only compares the table
//! that it would write with the one that is there. The same texts and vocabularies give the same table.

#![allow(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts and weights are small and not negative"
)]

#[path = "estimate/fit.rs"]
mod fit;
#[path = "estimate/model.rs"]
mod model;
#[path = "estimate/report.rs"]
mod report;
#[path = "estimate/samples.rs"]
mod samples;

use model::{Roots, STRETCH_KNOWN, STRETCH_UNKNOWN};
use samples::{KNOWN, Role, families, places};
use std::fmt::{Debug, Write as _};
use std::{error, fs};
use tokimeter::estimate::{Estimate, Spread};

type Result<T> = std::result::Result<T, Box<dyn error::Error>>;

const TABLE: &str = "src/estimate/table.rs";

fn main() -> Result<()> {
    let check = std::env::args().nth(1).is_some_and(|argument| argument == "--check");
    let (mut train, mut held) = (samples::read("train")?, samples::read("held")?);
    let levels = model::levels(&train)?;
    let all = places(|_| true);
    samples::count(&mut train, &all, &levels, 1)?;
    samples::count(&mut held, &all, &levels, 1)?;
    let roots: Vec<Roots> = all.iter().map(|&place| model::weights(&train, place)).collect();
    // Old vocabularies make little of most languages, and so are easy to foretell: they would say too little of others.
    let telling = places(|known| known.role != Role::Apart || known.family == "Anthropic");
    let known = model::spread(&train, &telling, |place| &roots[place], STRETCH_KNOWN);
    let mean = model::mean(&roots, "");
    let unknown = model::spread(&train, &model::others(""), |_| &mean, STRETCH_UNKNOWN);

    let table = source(&levels, &roots, &mean, [&known, &unknown])?;
    if !check {
        fs::write(TABLE, table)?;
    } else if fs::read_to_string(TABLE)? != table {
        return Err(format!("{TABLE} differs from what the texts give").into());
    }

    let score =
        |place: usize, estimate: &Estimate| (model::name(place), report::scores(&held, place, estimate));
    let both = |score: &report::Score| format!("{:.0} · {:.1}", score.held, score.error);

    println!(
        "### Encodings that are known: texts whose count is in the range, and the median error, in percent\n"
    );
    let columns: Vec<_> =
        all.iter().map(|&place| score(place, &Estimate::new(&roots[place], known))).collect();
    println!("{}", report::table(&columns, both));

    println!("### The same of families that are left out\n");
    let mut left_out = Vec::new();
    for family in families() {
        let mean = model::mean(&roots, family);
        let spread = model::spread(&train, &model::others(family), |_| &mean, STRETCH_UNKNOWN);
        let estimate = Estimate::new(&mean, spread);
        for place in places(|known| known.family == family && known.role != Role::Apart) {
            left_out.push(score(place, &estimate));
        }
    }
    println!("{}", report::table(&left_out, both));

    println!("### The same of encodings that stand apart, by the range of those that nobody has\n");
    let unknown = Estimate::new(&mean, unknown);
    let apart = places(|known| known.role == Role::Apart);
    println!(
        "{}",
        report::table(&apart.iter().map(|&place| score(place, &unknown)).collect::<Vec<_>>(), both)
    );

    println!("### The median widths of ranges, and those of texts of 1,000 bytes and more, in percent\n");
    let percent = |share: f64| if share.is_nan() { "–".to_owned() } else { format!("{share:.0}") };
    let widths = |score: &report::Score| format!("{} · {}", percent(score.width), percent(score.long_width));
    let columns = [("o200k_base", columns[0].1.clone()), ("nobody has it", score(0, &unknown).1)];
    println!("{}", report::table(&columns, widths));
    Ok(())
}

/// Returns the source of the table.
fn source(levels: &[u8], roots: &[Roots], mean: &Roots, spreads: [&Spread; 2]) -> Result<String> {
    let mut source = String::from(
        "//! Written by tools/estimate.rs.\n\nuse super::Spread;\nuse super::features::{FEATURES, PLACES};\n",
    );
    let mut put = |about: &str, name: &str, what: &str, value: &str| {
        writeln!(source, "\n/// {about}\n#[rustfmt::skip]\npub(super) const {name}: {what} = {value};")
    };
    let names: Vec<&str> = KNOWN.iter().map(|known| known.name).collect();
    put(
        "How many tokens begin with a letter: levels of 0 to 7, two to a byte.",
        "LEVELS",
        "[u8; PLACES.div_ceil(2)]",
        &list(levels),
    )?;
    put(
        "The encodings that are known.",
        "NAMES",
        &format!("[&str; {}]", names.len()),
        &format!("{names:?}"),
    )?;
    let lists: Vec<String> = roots.iter().map(|roots| list(roots)).collect();
    let lists = format!("[\n{}]", lists.iter().fold(String::new(), |all, list| all + list + ",\n"));
    put(
        "The weight of each feature in tokens: 112 times its root.",
        "WEIGHTS",
        &format!("[[u8; FEATURES]; {}]", names.len()),
        &lists,
    )?;
    put("Those of an encoding that nobody has.", "UNKNOWN_WEIGHTS", "[u8; FEATURES]", &list(mean))?;
    for (name, about, spread) in [
        ("KNOWN", "How far counts of the encodings that are known are from their estimates.", spreads[0]),
        ("UNKNOWN", "How far counts of an encoding that nobody has may be.", spreads[1]),
    ] {
        let value = format!("Spread {{ below: {}, above: {} }}", list(&spread.below), list(&spread.above));
        put(about, name, "Spread", &value)?;
    }
    Ok(source)
}

/// Returns a list of numbers, 32 a line.
fn list<T: Debug>(numbers: &[T]) -> String {
    let lines = numbers
        .chunks(32)
        .map(|line| line.iter().map(|number| format!("{number:?}")).collect::<Vec<_>>().join(","));
    format!("[\n{},\n]", lines.collect::<Vec<_>>().join(",\n"))
}
