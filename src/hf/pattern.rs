//! What a file looks for in a text: a string, or a regular expression of the language that the reference reads.
//!
//! The reference runs expressions with Oniguruma, in Ruby's language; here `fancy-regex` runs them. Where both languages say
//! the same with the same signs, and match alike, the expression is written anew for the other, sign by sign. Whatever may
//! differ is refused. A match that takes too many steps is an error and never the end of the matches.

mod rewrite;
mod sets;

use super::budget::Budget;
use crate::error::{Error, ErrorKind};
use crate::json::{limit, unsupported};
use fancy_regex::{Error as RegexError, Match, Regex, RegexBuilder, RuntimeError};
use rewrite::rewrite;
use std::sync::OnceLock;

/// The longest expression, in bytes.
const MAX_PATTERN: usize = 1 << 14;
/// How often the search for a match may go back; and for few of them, which the budget knows.
const STEPS: usize = 1000;
const MANY_STEPS: usize = 1_000_000;

/// A stretch of a text, and whether it is a match.
pub(super) type Stretch = ((usize, usize), bool);

/// Something to look for.
#[derive(Debug)]
pub(super) enum Find {
    Text(String),
    Expression(Box<Expression>),
}

/// An expression, and the same with a higher limit, which few need.
#[derive(Debug)]
pub(super) struct Expression {
    pub source: String,
    quick: Regex,
    long: OnceLock<Option<Regex>>,
}

impl Find {
    pub fn text(text: &str, part: &str) -> Result<Self, Error> {
        if text.is_empty() {
            return Err(unsupported(part, text));
        }
        Ok(Self::Text(text.to_owned()))
    }

    pub fn expression(source: &str, part: &str) -> Result<Self, Error> {
        if source.len() > MAX_PATTERN {
            return Err(limit(
                &format!("the length of {part} in bytes"),
                source.len() as u64,
                MAX_PATTERN as u64,
            ));
        }
        let regex = rewrite(source)
            .and_then(|written| RegexBuilder::new(&written).backtrack_limit(STEPS).build().ok());
        let quick = regex.ok_or_else(|| unsupported(part, source))?;
        Ok(Self::Expression(Box::new(Expression { source: source.to_owned(), quick, long: OnceLock::new() })))
    }

    /// Returns the stretches of a text, in order and without a gap, and whether each is a match.
    pub fn stretches(&self, text: &str, budget: &mut Budget) -> Result<Vec<Stretch>, Error> {
        let mut stretches = Vec::new();
        if text.is_empty() {
            stretches.push(((0, 0), false));
            return Ok(stretches);
        }
        let mut before = 0;
        let mut add = |start: usize, end: usize| {
            if before != start {
                stretches.push(((before, start), false));
            }
            stretches.push(((start, end), true));
            before = end;
        };
        match self {
            Self::Text(wanted) => {
                text.match_indices(wanted).for_each(|(at, found)| add(at, at + found.len()));
            }
            Self::Expression(expression) => expression.matches(text, budget, &mut add)?,
        }
        if before != text.len() {
            stretches.push(((before, text.len()), false));
        }
        Ok(stretches)
    }
}

impl Expression {
    /// Finds the matches that do not overlap. One that is empty does not follow another at once.
    fn matches(
        &self,
        text: &str,
        budget: &mut Budget,
        add: &mut dyn FnMut(usize, usize),
    ) -> Result<(), Error> {
        let mut at = 0;
        let mut last = None;
        while at <= text.len() {
            let Some(found) = self.search(text, at, budget)? else { break };
            let is_empty = found.start() == found.end();
            at = found.end();
            if is_empty {
                at += text[at..].chars().next().map_or(1, char::len_utf8);
            }
            if !is_empty || last != Some(found.end()) {
                last = Some(found.end());
                add(found.start(), found.end());
            }
        }
        Ok(())
    }

    /// Finds the next match from `at` on.
    fn search<'t>(&self, text: &'t str, at: usize, budget: &mut Budget) -> Result<Option<Match<'t>>, Error> {
        let mut found = self.quick.find_from_pos(text, at);
        if matches!(&found, Err(RegexError::RuntimeError(RuntimeError::BacktrackLimitExceeded)))
            && budget.has_long_search()
            && let Some(long) = self.long()
        {
            found = long.find_from_pos(text, at);
            let end = found.as_ref().map_or(at, |found| found.map_or(text.len(), |found| found.end()));
            budget.took_long_search(end - at);
        }
        if budget.is_over() {
            return Err(cannot(&self.source, "it takes too long"));
        }
        found.map_err(|error| cannot(&self.source, &error.to_string()))
    }

    fn long(&self) -> Option<&Regex> {
        let written = self.quick.as_str();
        self.long.get_or_init(|| RegexBuilder::new(written).backtrack_limit(MANY_STEPS).build().ok()).as_ref()
    }
}

fn cannot(source: &str, why: &str) -> Error {
    let short: String = source.chars().take(100).collect();
    let message =
        format!("this text cannot be counted: the tokenizer's expression {short:?} fails on it: {why}");
    Error::new(ErrorKind::CannotCount, message)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::sets::PROPERTIES;
    use super::*;
    use rand::seq::IndexedRandom;
    use rand::{Rng, SeedableRng, rngs::StdRng};
    use tokenizers::pattern::Pattern as _;
    use tokenizers::utils::SysRegex;

    fn stretches(find: &Find, text: &str) -> Result<Vec<Stretch>, Error> {
        find.stretches(text, &mut Budget::for_bytes(text.len()))
    }

    /// What Oniguruma finds, as the reference asks it. The reference stops where it fails; so do we there.
    fn oniguruma(source: &str, text: &str) -> Option<Vec<((usize, usize), bool)>> {
        let regex = SysRegex::new(source).ok()?;
        (&regex).find_matches(text).ok()
    }

    #[test]
    fn sets_hold_the_same_code_points() {
        let all: String = ('\0'..=char::MAX).collect();
        let sets = PROPERTIES.map(|name| format!("\\p{{{name}}}"));
        for set in sets.iter().map(String::as_str).chain([r"\s", r"\d", r"\S", "."]) {
            let ours = stretches(&Find::expression(set, "set").unwrap(), &all).unwrap();
            assert_eq!(Some(ours), oniguruma(set, &all), "{set}");
        }
        for letter in ('a'..='z').chain(['\'', '0']) {
            let source = format!("(?i:{letter})");
            let ours = stretches(&Find::expression(&source, "letter").unwrap(), &all).unwrap();
            assert_eq!(Some(ours), oniguruma(&source, &all), "{source}");
        }
    }

    fn piece(rng: &mut StdRng, depth: usize, out: &mut String) {
        const ATOMS: [&str; 34] = [
            "a",
            "b",
            " ",
            "'",
            "s",
            "t",
            "1",
            "中",
            ".",
            r"\s",
            r"\S",
            r"\d",
            r"\p{L}",
            r"\p{Lu}",
            r"\P{N}",
            r"\p{M}",
            "[ab]",
            "[^ab]",
            r"[^\s\p{L}\p{N}]",
            r"[\r\n]",
            r"[a-z\-]",
            "[1-3b]",
            "^",
            "$",
            r"\A",
            r"\z",
            r"\x{61}",
            r"\n",
            r"\.",
            "(?i:'S|'t|re)",
            r"[一-龥]",
            "{",
            r"\u0041",
            "[&ab]",
        ];
        match rng.random_range(0..12) {
            0..8 => out.push_str(ATOMS.choose(rng).unwrap()),
            _ if depth > 3 => out.push('a'),
            kind => {
                out.push_str(["(", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?i:"].choose(rng).unwrap());
                for _ in 0..rng.random_range(1..3) {
                    piece(rng, depth + 1, out);
                    if kind == 11 {
                        out.push('|');
                    }
                }
                out.push(')');
            }
        }
        let signs = [
            "*", "+", "?", "{2}", "{1,3}", "{1,}", "{,2}", "*?", "+?", "??", "{1,2}?", "*+", "++", "?+",
            "{1,2}+", "{2}?",
        ];
        if rng.random_bool(0.4) {
            out.push_str(signs.choose(rng).unwrap());
        }
    }

    /// Whatever expression is taken finds what Oniguruma finds.
    #[test]
    fn random_expressions() {
        let seed = std::env::var("SEED").map_or(20_261_124, |seed| seed.parse().unwrap());
        let cases = std::env::var("CASES").map_or(20_000, |cases| cases.parse().unwrap());
        println!("{cases} expressions: SEED={seed}");
        let mut rng = StdRng::seed_from_u64(seed);
        let characters: Vec<char> =
            "aabbst'SREre  \n\r1239中文\u{301}ſK.&-{A\u{85}\u{feff}".chars().collect();
        let mut taken = 0;
        for _ in 0..cases {
            let mut source = String::new();
            for _ in 0..rng.random_range(1..5) {
                piece(&mut rng, 0, &mut source);
                if rng.random_bool(0.3) {
                    source.push('|');
                }
            }
            let Ok(find) = Find::expression(&source, "pattern") else { continue };
            for _ in 0..4 {
                let text: String =
                    (0..rng.random_range(1..16)).map(|_| *characters.choose(&mut rng).unwrap()).collect();
                let Some(theirs) = oniguruma(&source, &text) else { continue };
                let Ok(ours) = stretches(&find, &text) else { continue };
                assert_eq!(ours, theirs, "{source:?} in {text:?}");
                taken += 1;
            }
        }
        assert!(taken > cases, "{taken} comparisons");
    }
}
