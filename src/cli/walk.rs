//! Which files there are to count: what was named, and what is in the folders that were.

use super::report::{Failed, Skipped};
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde::Serialize;
use std::fs;
use std::io::{self, ErrorKind};
use std::iter;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

/// Why something was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    Binary,
    Link,
    Special,
}

/// Why something could not be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailReason {
    NotFound,
    Denied,
    Unreadable,
    TooLong,
}

impl FailReason {
    /// Returns what an error of the file system is here.
    pub fn of(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::NotFound,
            ErrorKind::PermissionDenied => Self::Denied,
            _ => Self::Unreadable,
        }
    }
}

/// A file to count.
pub struct Input {
    /// What it is called in the report.
    pub label: String,
    /// Where it is, if it is not standard input.
    pub path: Option<PathBuf>,
    pub is_named: bool,
}

/// What there is to count, in the order of the arguments and within a folder of the bytes of names.
#[derive(Default)]
pub struct Found {
    pub files: Vec<Input>,
    pub skipped: Vec<Skipped>,
    pub failed: Vec<Failed>,
}

/// Finds what there is to count. A folder is read once, and no link in it is followed, so there is no loop.
pub fn find(inputs: &[PathBuf], honours_ignore: bool) -> Found {
    let mut found = Found::default();
    for path in inputs {
        let label = path.to_string_lossy().into_owned();
        if label == "-" {
            found.files.push(Input { label, path: None, is_named: true });
            continue;
        }
        match fs::metadata(path).and_then(|data| Ok((data, resolved(path)?))) {
            Ok((data, whole)) if data.is_dir() => {
                let rules = if honours_ignore { Rules::above(&whole) } else { Rules::none() };
                found.walk(&label, path, &whole, &rules);
            }
            Ok(_) => found.files.push(Input { label, path: Some(path.clone()), is_named: true }),
            Err(error) => found.failed.push(Failed { path: label, why: FailReason::of(&error) }),
        }
    }
    found
}

/// Returns where a path is from the root; `..` takes back the name before it, as `resolve` in JavaScript has it.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let mut whole = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        if part == Component::ParentDir {
            whole.pop();
        } else {
            whole.push(part);
        }
    }
    Ok(whole)
}

impl Found {
    fn walk(&mut self, label: &str, folder: &Path, whole: &Path, above: &Rules) {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                self.failed.push(Failed { path: label.to_owned(), why: FailReason::of(&error) });
                return;
            }
        };
        let rules = above.with(whole, folder);
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            let shown = name.to_string_lossy();
            let label = match label {
                "." => shown.clone().into_owned(),
                label if label.ends_with('/') => format!("{label}{shown}"),
                label => format!("{label}/{shown}"),
            };
            // What is gone already is no file.
            let Ok(kind) = entry.file_type() else { continue };
            // Rules are text.
            let (path, whole) = (folder.join(&name), whole.join(&*shown));
            if name.as_encoded_bytes().starts_with(b".") || rules.leave_out(&whole, kind.is_dir()) {
                continue;
            }
            if kind.is_dir() {
                self.walk(&label, &path, &whole, &rules);
            } else if kind.is_file() {
                self.files.push(Input { label, path: Some(path), is_named: false });
            } else {
                let why = if kind.is_symlink() { SkipReason::Link } else { SkipReason::Special };
                self.skipped.push(Skipped { path: label, why });
            }
        }
    }
}

/// The .gitignore files from a folder upwards: the lowest that says something of a path decides.
#[derive(Clone)]
struct Rules {
    files: Vec<Rc<Gitignore>>,
    are_honoured: bool,
}

impl Rules {
    const fn none() -> Self {
        Self { files: Vec::new(), are_honoured: false }
    }

    /// Returns the rules above a folder: those of the repository that it is in. A folder that they leave out was named
    /// nevertheless, so they say nothing of what is in it.
    fn above(folder: &Path) -> Self {
        let mut rules = Self { files: Vec::new(), are_honoured: true };
        let Some(top) = folder.ancestors().find(|at| at.join(".git").exists()) else { return rules };
        let mut folders: Vec<&Path> = folder.ancestors().take_while(|at| at.starts_with(top)).collect();
        folders.reverse();
        for at in folders {
            if at != top && rules.leave_out(at, true) {
                return Self { files: Vec::new(), ..rules };
            }
            if at != folder {
                rules = rules.with(at, at);
            }
        }
        rules
    }

    /// Returns the rules with those of a folder further down, which may be read by a path with `..` in it.
    fn with(&self, whole: &Path, folder: &Path) -> Self {
        let mut rules = self.clone();
        let file = folder.join(".gitignore");
        if !self.are_honoured || !file.is_file() {
            return rules;
        }
        let Ok(bytes) = fs::read(file) else { return rules };
        let text = String::from_utf8_lossy(&bytes);
        let mut builder = GitignoreBuilder::new(whole);
        builder.allow_unclosed_class(false);
        for line in text.strip_prefix('\u{feff}').unwrap_or(&text).split('\n') {
            // Lines that are no patterns say nothing, as in git.
            let _ = builder.add_line(None, &translated(line.strip_suffix('\r').unwrap_or(line)));
        }
        rules.files.extend(builder.build().ok().map(Rc::new));
        rules
    }

    fn leave_out(&self, path: &Path, is_folder: bool) -> bool {
        for file in self.files.iter().rev() {
            match file.matched(path, is_folder) {
                Match::None => {}
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
            }
        }
        false
    }
}

/// Returns a line of git's in the words of the crate. To git, braces are letters, and in a class `\]` is one too, which to
/// the crate has to be the first. What the crate has no word for stays: a line with a range whose end is below its start
/// says nothing, where git takes the start alone, and `\-` in a class makes a range.
fn translated(line: &str) -> String {
    let mut text = String::new();
    // Where the members of the class begin that is not closed yet.
    let mut class = None;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, class) {
            ('\\', Some(first)) if chars.next_if_eq(&']').is_some() => text.insert(first, ']'),
            ('\\', _) => text.extend(iter::once(c).chain(chars.next())),
            ('{' | '}', None) => text.extend(['\\', c]),
            ('[', None) => {
                text.push(c);
                text.extend(chars.next_if(|c| matches!(c, '!' | '^')));
                class = Some(text.len());
                text.extend(chars.next_if_eq(&']'));
            }
            _ => {
                class = class.filter(|_| c != ']');
                text.push(c);
            }
        }
    }
    text
}
