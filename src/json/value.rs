//! Small parts of a file as values: the normalizer, the pre-tokenizer, an added token.

use super::MAX_NESTING;
use super::reader::Reader;
use crate::error::Error;

/// A value. A number is the text that it has in the file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Number(String),
    String(String),
    Array(Vec<Value>),
    Object(Vec<(String, Value)>),
}

/// What is to come of a container that is not at its end.
struct Open {
    key: String,
    value: Value,
    first: bool,
}

impl Value {
    /// Reads a value.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, Error> {
        let mut open: Vec<Open> = Vec::new();
        let mut key = String::new();
        loop {
            let mut done = match reader.peek() {
                b'{' | b'[' if open.len() < MAX_NESTING => {
                    let is_object = reader.takes(b'{');
                    reader.at += usize::from(!is_object);
                    let value = if is_object { Self::Object(Vec::new()) } else { Self::Array(Vec::new()) };
                    open.push(Open { key: std::mem::take(&mut key), value, first: true });
                    None
                }
                _ => Some((std::mem::take(&mut key), Self::scalar(reader)?)),
            };
            loop {
                let Some(last) = open.last_mut() else {
                    return done.map(|(_, value)| value).ok_or_else(|| reader.wanted("a value"));
                };
                let close = match &mut last.value {
                    Self::Array(items) => {
                        items.extend(done.take().map(|(_, value)| value));
                        b']'
                    }
                    Self::Object(members) => {
                        members.extend(done.take());
                        b'}'
                    }
                    _ => 0,
                };
                if reader.next_item(close, &mut last.first)? {
                    if close == b'}' {
                        reader.string(&mut key)?;
                        reader.expect(b':')?;
                    }
                    break;
                }
                done = open.pop().map(|closed| (closed.key, closed.value));
            }
        }
    }

    fn scalar(reader: &mut Reader<'_>) -> Result<Self, Error> {
        if reader.peek() == b'"' {
            let mut text = String::new();
            reader.string(&mut text)?;
            return Ok(Self::String(text));
        }
        let range = reader.pass()?;
        let text = std::str::from_utf8(&reader.bytes[range.clone()]).unwrap_or_default();
        match text {
            "null" => Ok(Self::Null),
            "true" => Ok(Self::Bool(true)),
            "false" => Ok(Self::Bool(false)),
            _ => Ok(Self::Number(text.to_owned())),
        }
    }

    /// Returns a member of an object, the last of that name; null if there is none.
    pub fn get(&self, key: &str) -> &Self {
        match self {
            Self::Object(members) => {
                members.iter().rev().find(|(name, _)| name == key).map_or(&Self::Null, |(_, value)| value)
            }
            _ => &Self::Null,
        }
    }

    pub fn str(&self) -> &str {
        if let Self::String(text) = self { text } else { "" }
    }

    /// Returns a whole number that is not negative.
    pub fn whole(&self) -> Option<u32> {
        if let Self::Number(number) = self { number.parse().ok() } else { None }
    }

    pub fn array(&self) -> &[Self] {
        if let Self::Array(items) = self { items } else { &[] }
    }

    /// Returns whether this is `true`; `absent` if there is no such member.
    pub fn is_true(&self, absent: bool) -> bool {
        match self {
            Self::Bool(value) => *value,
            _ => absent,
        }
    }
}
