//! The command line, from arguments to an exit status.

mod blocks;
mod book;
mod encodings;
mod names;
mod options;
mod price;
mod report;
mod table;
mod walk;

use blocks::{Reading, Stop};
use clap::Parser;
use encodings::Counter;
use indicatif::{ProgressBar, ProgressStyle};
use options::{Color, Options};
use report::{Counted, Failed, Outcome, Report, Skipped};
use std::fmt::Display;
use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Read, Write};
use std::process::ExitCode;
use walk::{FailReason, Input, SkipReason};

/// The exit statuses.
const OVER: u8 = 1;
const USAGE: u8 = 2;
const UNREAD: u8 = 3;

/// Runs the command.
pub fn run() -> ExitCode {
    let options = match Options::try_parse() {
        Ok(options) => options,
        // Help and the version are such an error, too.
        Err(error) => {
            let printed = error.print();
            return ExitCode::from(if error.use_stderr() { USAGE } else { status_of(printed, 0) });
        }
    };
    if options.inputs.is_empty() && io::stdin().is_terminal() {
        let _ = io::stderr().write_all(options::help().as_bytes());
        return ExitCode::from(USAGE);
    }
    match count(&options) {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            say(&error);
            ExitCode::from(UNREAD)
        }
    }
}

fn count(options: &Options) -> Result<u8, Box<dyn std::error::Error>> {
    let subject = report::subject(options)?;
    let found = walk::find(&options.inputs(), !options.no_ignore);
    let progress = progress(&found.files, options.quiet)?;
    let mut outcome = Outcome { counted: Vec::new(), skipped: found.skipped, failed: found.failed };
    let mut is_unread = false;
    for Input { label: path, path: place, is_named } in found.files {
        let before = progress.position();
        let mut reading = Reading::default();
        let hear = |bytes| progress.set_position(before + bytes);
        match count_one(place.as_deref(), &subject.counter, &mut reading, hear) {
            Ok(count) => {
                let Reading { bytes, invalid } = reading;
                outcome.counted.push(Counted { path, bytes, count: count.into(), invalid });
            }
            Err(Stop::Binary) => {
                outcome.skipped.push(Skipped { path, why: SkipReason::Binary });
                // Somebody waits for the count of what he named.
                is_unread |= is_named;
            }
            Err(Stop::NoBorder) => outcome.failed.push(Failed { path, why: FailReason::TooLong }),
            Err(Stop::Io(error)) => outcome.failed.push(Failed { path, why: FailReason::of(&error) }),
        }
    }
    progress.finish_and_clear();
    let mut report = Report::new(&subject, options, outcome);
    let shown = show(&mut report, options);
    let status = match report.over {
        Some(true) => OVER,
        _ if is_unread || !report.failed.is_empty() => UNREAD,
        _ => 0,
    };
    Ok(status_of(shown, status))
}

/// Returns the status of what came to that one, when its output was written or not.
fn status_of(written: io::Result<()>, status: u8) -> u8 {
    match written {
        // Whoever reads it may have read enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            say(&"the output cannot be written");
            UNREAD
        }
        _ => status,
    }
}

/// Says something beside the report, which may be lost.
fn say(message: &dyn Display) {
    let _ = writeln!(io::stderr(), "tokimeter: {message}");
}

fn count_one(
    path: Option<&std::path::Path>,
    counter: &Counter,
    reading: &mut Reading,
    hear: impl Fn(u64),
) -> Result<tokimeter::TokenRange, Stop> {
    let mut source: Box<dyn Read> = match path {
        Some(path) => Box::new(File::open(path)?),
        None => Box::new(io::stdin().lock()),
    };
    let mut parts = tokimeter::Parts::new(&counter.encoding);
    blocks::texts(&mut *source, reading, |text, bytes| {
        hear(bytes);
        parts.push(text)
    })?;
    Ok(parts.end())
}

/// Returns a bar, which shows only on a terminal.
fn progress(files: &[Input], is_quiet: bool) -> Result<ProgressBar, Box<dyn std::error::Error>> {
    if is_quiet || !io::stderr().is_terminal() {
        return Ok(ProgressBar::hidden());
    }
    // A file that is gone counts when it is read.
    let size =
        |file: &Input| file.path.as_ref().and_then(|path| path.metadata().ok()).map_or(0, |data| data.len());
    let style = ProgressStyle::with_template("[{bar:24}] {decimal_bytes} of {decimal_total_bytes}")?;
    Ok(ProgressBar::new(files.iter().map(size).sum()).with_style(style.progress_chars("##-")))
}

fn show(report: &mut Report, options: &Options) -> io::Result<()> {
    if !options.quiet {
        for message in table::messages(report) {
            say(&message);
        }
    }
    let mut out = io::stdout().lock();
    if options.json {
        report.files.take_if(|_| options.total);
        serde_json::to_writer_pretty(&mut out, report)?;
        return writeln!(out);
    }
    let is_colored = match options.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => out.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    };
    out.write_all(table::table(report, options, is_colored).as_bytes())
}
