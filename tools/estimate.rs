//! Fits the estimates: writes `src/estimate/table.rs`, and prints how often ranges hold the count, in Markdown.
//!
//! `cargo run --release --example estimate`, after `node tools/samples.mjs`; with `-- --check` it only compares the table
//! that it would write with the one that is there. The same texts and vocabularies give the same table.

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
    samples::count(&mut train, &all, &levels)?;
    samples::count(&mut held, &all, &levels)?;
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

    println!("## Encodings that are known\n");
    let columns: Vec<_> = all
        .iter()
        .map(|&place| (model::name(place), report::scores(&held, place, &Estimate::new(&roots[place], known))))
        .collect();
    println!("{}", report::table("held, error, width", &columns, |score| {
        format!("{:.1} ±{:.1} {:.0}", score.held, score.error, score.width)
    }));

    println!("## Families left out\n");
    let mut columns = Vec::new();
    for family in families() {
        let mean = model::mean(&roots, family);
        let spread = model::spread(&train, &model::others(family), |_| &mean, STRETCH_UNKNOWN);
        let estimate = Estimate::new(&mean, spread);
        for place in places(|known| known.family == family && known.role != Role::Apart) {
            columns.push((model::name(place), report::scores(&held, place, &estimate)));
        }
    }
    println!("{}", report::table("held, %", &columns, |score| format!("{:.1}", score.held)));
    println!("{}", report::table("error, %", &columns, |score| format!("{:.1}", score.error)));
    println!("{}", report::table("width, %", &columns, |score| format!("{:.0}", score.width)));

    println!("## Encodings apart, by the range of the unknown\n");
    let estimate = Estimate::new(&mean, unknown);
    let columns: Vec<_> = places(|known| known.role == Role::Apart)
        .into_iter()
        .map(|place| (model::name(place), report::scores(&held, place, &estimate)))
        .collect();
    println!("{}", report::table("held, error, %", &columns, |score| {
        format!("{:.1} ±{:.1}", score.held, score.error)
    }));
    Ok(())
}

/// Returns the source of the table.
fn source(levels: &[u8], roots: &[Roots], mean: &Roots, spreads: [&Spread; 2]) -> Result<String> {
    let mut source = String::from("//! Written by tools/estimate.rs.\n\nuse super::features::{FEATURES, PLACES};\nuse super::{SPREAD, Spread};\n");
    let mut put = |about: &str, name: &str, what: &str, value: &str| {
        writeln!(source, "\n/// {about}\n#[rustfmt::skip]\npub(super) const {name}: {what} = {value};")
    };
    let names: Vec<&str> = KNOWN.iter().map(|known| known.name).collect();
    put("How many tokens begin with a letter: levels of 0 to 7, two to a byte.", "LEVELS", "[u8; PLACES.div_ceil(2)]", &list(levels))?;
    put("The encodings that are known.", "NAMES", &format!("[&str; {}]", names.len()), &format!("{names:?}"))?;
    let lists: Vec<String> = roots.iter().map(|roots| list(roots)).collect();
    let lists = format!("[\n{}]", lists.iter().fold(String::new(), |all, list| all + list + ",\n"));
    put("The weight of each feature in tokens: 112 times its root.", "WEIGHTS", &format!("[[u8; FEATURES]; {}]", names.len()), &lists)?;
    put("Those of an encoding that nobody has.", "UNKNOWN_WEIGHTS", "[u8; FEATURES]", &list(mean))?;
    for (name, about, spread) in [
        ("KNOWN", "How far counts of the encodings that are known are from their estimates.", spreads[0]),
        ("UNKNOWN", "How far counts of an encoding that nobody has may be.", spreads[1]),
    ] {
        let value = format!("Spread {{ below: {}, above: {} }}", list(&spread.below), list(&spread.above));
        put(about, name, "Spread", &value)?;
    }
    Ok(source.replace("[u8; SPREAD]", "[u8; SPREAD]").replace("use super::{SPREAD, Spread};", "use super::Spread;"))
}

/// Returns a list of numbers, 32 a line.
fn list<T: Debug>(numbers: &[T]) -> String {
    let lines = numbers.chunks(32).map(|line| {
        line.iter().map(|number| format!("{number:?}")).collect::<Vec<_>>().join(",")
    });
    format!("[\n{},\n]", lines.collect::<Vec<_>>().join(",\n"))
}
