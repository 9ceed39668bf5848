//! The added tokens of a tokenizer.json.

use super::merges::Check;
use super::names::Names;
use super::parts::Parts;
use super::reader::Reader;
use super::shape::Shape;
use super::value::Value;
use super::{MAX_ADDED_LIST, invalid, limit, unsupported};
use crate::error::Error;
use crate::normalize::Normalizer;
use crate::split::Pattern;
use crate::vocab::specials::{MAX_BYTES, MAX_LENGTH, MAX_SPECIALS};
use crate::vocab::{Added, MAX_ID, NONE, Special};

/// The longest run of a character that is left out, in bytes.
const MAX_RUN: usize = 64;

impl Parts {
    /// Reads the added tokens. Their ids are told by the vocabulary, or given one after another behind it.
    pub fn read_added(&mut self, file: &[u8]) -> Result<(), Error> {
        let Some(range) = self.outline.range("added_tokens") else { return Ok(()) };
        if range.len() > MAX_ADDED_LIST {
            return Err(limit(
                "the length of added_tokens in bytes",
                range.len() as u64,
                MAX_ADDED_LIST as u64,
            ));
        }
        let mut reader = Reader { bytes: file, at: range.start };
        if reader.peek() != b'[' {
            return if reader.peek() == b'n' { Ok(()) } else { Err(reader.wanted("an array")) };
        }
        reader.expect(b'[')?;
        let (mut normalized, mut total) = (Vec::new(), 0);
        let mut first = true;
        while reader.next_item(b']', &mut first)? {
            let at = reader.at;
            let token = Value::read(&mut reader)?;
            let text = token.get("content").str().to_owned();
            if !matches!(token.get("content"), Value::String(_)) {
                return Err(invalid(at, "an added token without content"));
            }
            if text.is_empty() {
                continue;
            }
            let is = |flag: &str| token.get(flag).is_true(false);
            let (special, strips) = (is("special"), [is("lstrip"), is("rstrip")]);
            let named = |what: &str| unsupported("added_tokens", &format!("\"{text}\" {what}"));
            if is("single_word") {
                return Err(named("with single_word"));
            }
            if !special && strips != [false; 2] {
                return Err(named("with lstrip or rstrip, and not special"));
            }
            if is("normalized") && self.shape.normalizer != Normalizer::None {
                return Err(named("normalized"));
            }
            if !special && self.shape.normalizer.prefixes() {
                return Err(named("that is not special, where a space is put before texts"));
            }
            total += text.len();
            check_room("added_tokens", &text, self.added.len(), total)?;
            if self.added_place(text.as_bytes()).is_some() {
                return Err(named("twice"));
            }
            self.added_names.add(text.as_bytes(), 0)?;
            self.added.push(Special { id: NONE, text, literal: !special, strips });
            normalized.push(is("normalized"));
        }
        check_turns(&self.added, &normalized)
    }

    /// Gives ids to added tokens that the vocabulary does not list. Of two tokens with one id the reference finds only one.
    pub fn give_ids(&mut self) -> Result<(), Error> {
        let mut next = self.listed;
        for place in 0..self.added.len() {
            if self.added[place].id == NONE {
                self.added[place].id = next;
                let text = self.added[place].text.clone();
                self.see(next.into(), &text)?;
                next += 1;
            }
            let Special { id, literal, text, .. } = &self.added[place];
            if *literal && u64::from(*id) >= MAX_ID {
                let what = format!("\"{text}\" with an id beyond {}", MAX_ID - 1);
                return Err(unsupported("added_tokens", &what));
            }
        }
        Ok(())
    }

    /// Takes out runs of one character, such as line breaks, that merging makes anyway, of any length and wherever they stand:
    /// where they need not be looked for, texts are cut less often.
    pub fn leave_out_runs(&mut self, check: &mut Check) {
        let Shape { normalizer, pattern, whole_pieces, .. } = self.shape;
        let is_one_piece = pattern == Pattern::None && !whole_pieces;
        let strips = self.added.iter().any(|token| token.strips != [false; 2]);
        if !is_one_piece || !matches!(normalizer, Normalizer::None | Normalizer::Spaces) || strips {
            return;
        }
        let mut longest = self.longest_runs(&check.names);
        for byte in 0..=0x7f {
            let longest = &mut longest[usize::from(byte)];
            if !self.is_made(byte, *longest, check) {
                *longest = 0;
            }
        }
        self.added.retain(|token| run_of(token).is_none_or(|byte| longest[byte] == 0));
    }

    /// Returns by byte how long the longest run is, where no token, ordinary or added, has the character and another one.
    fn longest_runs(&self, names: &Names) -> [usize; 256] {
        let mut longest = [0; 256];
        for token in &self.added {
            if let Some(byte) = run_of(token) {
                longest[byte] = token.text.len().max(longest[byte]);
            }
        }
        if longest != [0; 256] {
            let ordinary = (0..names.len() as u32).map(|place| names.bytes_of(place));
            let ordinary = ordinary.filter(|name| name.iter().any(|&byte| byte != name[0]));
            let added = self.added.iter().filter(|token| run_of(token).is_none());
            for &byte in ordinary.chain(added.map(|token| token.text.as_bytes())).flatten() {
                longest[usize::from(byte)] = 0;
            }
        }
        longest
    }

    /// Returns whether merging makes the runs of a character up to the longest, with the ids that they have as added tokens.
    fn is_made(&self, byte: u8, longest: usize, check: &mut Check) -> bool {
        let run = vec![byte; longest];
        let mut runs = Vec::new();
        for length in 1..=longest {
            let place = check.names.place_of(&run[..length]);
            let is_known = match self.added_place(&run[..length]) {
                Some(added) => check.names.ids.get(place as usize) == Some(&self.added[added].id),
                None => length == 1 && place != NONE,
            };
            if !is_known {
                return false;
            }
            runs.push(place);
        }
        check.merges_runs(&runs)
    }

    /// Returns the place of an added token.
    pub fn added_place(&self, text: &[u8]) -> Option<usize> {
        let place = self.added_names.place_of(text);
        (place != NONE).then_some(place as usize)
    }
}

/// Checks that the engine has room for one more added token behind `count`; `total` is how many bytes there are then.
pub(super) fn check_room(part: &str, text: &str, count: usize, total: usize) -> Result<(), Error> {
    if text.len() > MAX_LENGTH || count == MAX_SPECIALS || total > MAX_BYTES {
        return Err(unsupported(
            part,
            &format!(
                "with more than {MAX_SPECIALS} tokens, {MAX_LENGTH} bytes in one, or {MAX_BYTES} in all: \"{text}\""
            ),
        ));
    }
    Ok(())
}

/// Returns the byte that a token is a run of, if it may be left out.
fn run_of(token: &Special) -> Option<usize> {
    let (&first, rest) = token.text.as_bytes().split_first()?;
    let is_run = rest.len() < MAX_RUN && rest.iter().all(|&byte| byte == first);
    (token.literal && first.is_ascii() && first != b' ' && is_run).then_some(first.into())
}

/// Checks that added tokens can be looked for at once. The reference looks for those that are not normalized first, and for the others in
/// what is left, the texts of special tokens that are not asked for among it. That differs only where one begins inside another.
fn check_turns(added: &[Special], normalized: &[bool]) -> Result<(), Error> {
    let turn = |is_second: bool| {
        let is_of_it = move |&(_, &normalized): &(_, &bool)| normalized == is_second;
        added.iter().zip(normalized).filter(is_of_it).map(|(token, _)| token).collect::<Vec<_>>()
    };
    let (first, second) = (turn(false), turn(true));
    if first.is_empty() || second.is_empty() {
        return Ok(());
    }
    let strips = added.iter().find(|token| token.strips != [false; 2]);
    let special: Vec<_> = first.iter().copied().filter(|token| !token.literal).collect();
    match strips.or_else(|| begun_in(&first, &second)).or_else(|| begun_in(&second, &special)) {
        Some(token) => {
            Err(unsupported("added_tokens", &format!("\"{}\", some normalized and some not", token.text)))
        }
        None => Ok(()),
    }
}

/// Returns one of `tokens` in which, or with which and sooner, one of `others` begins.
fn begun_in<'a>(others: &[&Special], tokens: &[&'a Special]) -> Option<&'a Special> {
    let others = Added::new(others.iter().copied().cloned().collect(), 0);
    tokens.iter().copied().find(|token| others.begin_in(token.text.as_bytes()))
}
