//! What an update is given, and what it did: replacements, what they insert, whether their positions are right; the change.

use crate::error::{Error, ErrorKind};

/// One replacement of an update, in the positions that the text had before the update.
#[derive(Clone, Copy, Debug)]
pub struct Edit<'a> {
    /// Where what is replaced begins.
    pub from: usize,
    /// Where it ends; `from` for an insertion.
    pub to: usize,
    /// What takes its place.
    pub insert: Insert<'a>,
}

/// A text to insert.
#[derive(Clone, Copy, Debug)]
pub enum Insert<'a> {
    /// A text without lone surrogates.
    Str(&'a str),
    /// UTF-16 code units, with lone surrogates perhaps. Each counts as U+FFFD until its other half comes to stand by it.
    Units(&'a [u16]),
}

impl<'a> From<&'a str> for Insert<'a> {
    fn from(text: &'a str) -> Self {
        Self::Str(text)
    }
}

impl<'a> From<&'a [u16]> for Insert<'a> {
    fn from(units: &'a [u16]) -> Self {
        Self::Units(units)
    }
}

/// What an update did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// How many tokens the text is now.
    pub tokens: usize,
    /// How many tokens came, in the range that changed.
    pub added: usize,
    /// How many went.
    pub removed: usize,
    /// Where the part of the new text begins whose tokens changed.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

/// Checks the positions of an update of a text of so many code units.
pub(crate) fn check_edits(edits: &[Edit<'_>], length: usize) -> Result<(), Error> {
    let mut before = 0;
    for (place, edit) in edits.iter().enumerate() {
        check_range(edit.from, edit.to, length)?;
        if edit.from < before {
            let message = format!(
                "edit {place} begins at {}, before the end {before} of the edit ahead of it; \
                 sort edits by position, and join those that overlap",
                edit.from
            );
            return Err(Error::new(ErrorKind::UnsortedEdits, message));
        }
        before = edit.to;
    }
    Ok(())
}

/// Checks the two ends of a range of a text of so many code units.
pub(crate) fn check_range(from: usize, to: usize, length: usize) -> Result<(), Error> {
    if from <= to && to <= length {
        return Ok(());
    }
    let why = if from > to { "it ends before it begins" } else { "it ends beyond the text" };
    let message = format!("there is no range from {from} to {to}: {why}, whose length is {length}");
    Err(Error::new(ErrorKind::OutOfRange, message))
}
