//! The first pass over a file: whether it is well-formed, and where its parts stand.

use super::reader::{Reader, Walk};
use super::value::Value;
use super::{MAX_FILE_TOKENS, MAX_PART, invalid, limit};
use crate::error::Error;
use std::ops::Range;

/// Where the members stand of the outermost object, and of its members `model` and `config`.
#[derive(Default)]
pub(crate) struct Outline {
    walk: Walk,
    at: usize,
    done: bool,
    /// The names of the members, such as `model.vocab`, and where their values begin; in order of the file.
    members: Vec<(String, Range<usize>)>,
    /// What stands before the names of the members that are read: `model.`, `config.`, or nothing in any other.
    prefix: &'static str,
    /// How many members the longest object in the model has: its tokens.
    pub tokens: u64,
    deeper: u64,
}

impl Outline {
    pub fn at(&self) -> usize {
        self.at
    }

    /// Reads on for about so many bytes; returns whether the file is at its end.
    ///
    /// # Errors
    /// `invalid-tokenizer`, `limit-exceeded`.
    pub fn step(&mut self, file: &[u8], most: usize) -> Result<bool, Error> {
        let mut reader = Reader { bytes: file, at: self.at };
        let end = self.at.saturating_add(most);
        while !self.done && reader.at < end {
            let Self { walk, members, prefix, tokens, deeper, .. } = self;
            let mut see = |depth: usize, key: usize, value: usize| {
                if depth > 2 || depth == 2 && prefix.is_empty() {
                    *deeper += u64::from(*prefix == "model.");
                    *tokens = (*tokens).max(*deeper);
                    return;
                }
                *deeper = 0;
                let mut name = String::new();
                let is_known = (Reader { bytes: file, at: key }).string(&mut name).is_ok() && name.len() < 64;
                let mut before = *prefix;
                if depth == 1 {
                    before = "";
                    *prefix = match &*name {
                        "model" => "model.",
                        "config" => "config.",
                        _ => "",
                    };
                }
                if is_known {
                    members.push((format!("{before}{}", name.replace('.', "_")), value..value));
                }
            };
            self.done = walk.step(&mut reader, &mut see)?;
            if walk.depth() <= 2
                && let Some((_, range)) = members.last_mut()
            {
                range.end = reader.at;
            }
            if members.len() > 256 {
                return Err(limit("the number of members of the file", members.len() as u64, 256));
            }
            if *tokens > MAX_FILE_TOKENS {
                return Err(limit("the number of tokens", *tokens, MAX_FILE_TOKENS));
            }
        }
        self.at = reader.at;
        if self.done {
            reader.peek();
            if reader.at < file.len() {
                return Err(invalid(reader.at, "something stands behind the end"));
            }
            if file.get(Reader { bytes: file, at: 0 }.begin()) != Some(&b'{') {
                return Err(invalid(0, "an object is wanted"));
            }
        }
        Ok(self.done)
    }

    /// Returns where a member's value stands, the last one of that name; nothing if there is none.
    pub fn range(&self, name: &str) -> Option<Range<usize>> {
        self.members.iter().rfind(|(member, _)| member == name).map(|(_, range)| range.clone())
    }

    /// Returns a member that is not large; null if there is none.
    pub fn part(&self, file: &[u8], name: &str) -> Result<Value, Error> {
        let Some(range) = self.range(name) else { return Ok(Value::Null) };
        check_part(name, range.len())?;
        Value::read(&mut Reader { bytes: file, at: range.start })
    }

    /// Returns the model without its tokens and merges, if that is not large.
    pub fn model(&self, file: &[u8]) -> Result<Value, Error> {
        let (mut members, mut total) = (Vec::new(), 0);
        for (name, range) in &self.members {
            if let Some(short) =
                name.strip_prefix("model.").filter(|short| !matches!(*short, "vocab" | "merges"))
            {
                total += range.len();
                check_part("model without its lists", total)?;
                members.push((short.to_owned(), self.part(file, name)?));
            }
        }
        Ok(Value::Object(members))
    }

    /// Returns whether this is Mistral's format.
    pub fn is_tekken(&self) -> bool {
        self.range("model").is_none() && self.range("config.pattern").is_some()
    }
}

fn check_part(name: &str, length: usize) -> Result<(), Error> {
    if length > MAX_PART {
        let what = format!("the length of {name} in bytes");
        return Err(limit(&what, length as u64, MAX_PART as u64));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Members of other objects are none of the model's, nor are they tokens.
    #[test]
    fn only_the_model_has_tokens() {
        let more = r#"{"type":"X","vocab":{"a":0,"b":1,"c":2,"d":3}}"#;
        let long = "x".repeat(64);
        let model = r#""model":{"vocab":{"a":0,"b":1},"merges":[{"a":0}],"type":"BPE"}"#;
        let file = format!(r#"{{"more":{more},{model},"{long}":{more},"model.x":0,"é":{more}}}"#);
        let mut outline = Outline::default();
        while !outline.step(file.as_bytes(), 1).unwrap() {}
        assert_eq!(outline.tokens, 2);
        assert_eq!(outline.part(file.as_bytes(), "model.type").unwrap().str(), "BPE");
        let names: Vec<&str> = outline.members.iter().map(|(name, _)| &**name).collect();
        assert_eq!(names, ["more", "model", "model.vocab", "model.merges", "model.type", "model_x", "é"]);
    }
}
