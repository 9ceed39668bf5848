//! The added tokens of a tokenizer.json.

use super::merges::Check;
use super::parts::Parts;
use super::reader::Reader;
use super::shape::Shape;
use super::value::Value;
use super::{MAX_ADDED, MAX_ADDED_BYTES, MAX_TOKEN, invalid, limit, unsupported};
use crate::error::Error;
use crate::normalize::Normalizer;
use crate::split::Pattern;
use crate::vocab::{Added, NONE, Special, in_order};

/// The longest run of a character that is left out.
const MAX_RUN: usize = 64;

impl Parts {
    /// Reads the added tokens. Their ids are told by the vocabulary, or given one after another behind it.
    pub fn read_added(&mut self, file: &[u8]) -> Result<(), Error> {
        let Some(range) = self.outline.range("added_tokens") else { return Ok(()) };
        if range.len() > MAX_ADDED_BYTES {
            return Err(limit(
                "the length of added_tokens in bytes",
                range.len() as u64,
                MAX_ADDED_BYTES as u64,
            ));
        }
        let mut reader = Reader { bytes: file, at: range.start };
        if reader.peek() != b'[' {
            return if reader.peek() == b'n' { Ok(()) } else { Err(reader.wanted("an array")) };
        }
        reader.expect(b'[')?;
        let mut normalized = Vec::new();
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
            if text.len() > MAX_TOKEN || self.added.len() == MAX_ADDED {
                return Err(named(&format!(
                    "beyond the limit of {MAX_TOKEN} bytes, or of {MAX_ADDED} tokens"
                )));
            }
            if self.added_place(&text).is_some() {
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
        let run_of = |token: &Special| {
            let (&first, rest) = token.text.as_bytes().split_first()?;
            let is_run = token.literal && first.is_ascii() && first != b' ';
            (is_run && rest.iter().all(|&byte| byte == first)).then_some(usize::from(first))
        };
        let mut longest = [0; 256];
        for token in &self.added {
            if let Some(byte) = run_of(token) {
                longest[byte] = token.text.len().max(longest[byte]);
            }
        }
        if longest == [0; 256] {
            return;
        }
        // No token, ordinary or added, has the character and another one.
        let names = (0..check.names.len() as u32).map(|place| check.names.bytes_of(place));
        let names = names.filter(|name| name.iter().any(|&byte| byte != name[0]));
        let others = self.added.iter().filter(|token| run_of(token).is_none());
        for &byte in names.chain(others.map(|token| token.text.as_bytes())).flatten() {
            longest[usize::from(byte)] = 0;
        }
        let mut is_made = [false; 256];
        for (byte, longest) in (0..128).zip(longest).filter(|(_, longest)| (1..=MAX_RUN).contains(longest)) {
            let run = [byte; MAX_RUN];
            let runs: Vec<u32> = (1..=longest).map(|length| check.names.place_of(&run[..length])).collect();
            let is_known = (1..).zip(&runs).all(|(length, &place)| {
                let added = std::str::from_utf8(&run[..length]).ok().and_then(|run| self.added_place(run));
                let has_id =
                    |added: usize| check.names.ids.get(place as usize) == Some(&self.added[added].id);
                place != NONE && added.map_or(length == 1, has_id)
            });
            is_made[usize::from(byte)] = is_known && check.merges_runs(&runs);
        }
        self.added
            .retain(|token| !token.text.bytes().next().is_some_and(|first| is_made[usize::from(first)]));
    }

    /// Returns the place of an added token.
    pub fn added_place(&self, text: &str) -> Option<usize> {
        let place = self.added_names.place_of(text.as_bytes());
        (place != NONE).then_some(place as usize)
    }
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
    let text = |other: u32| others[other as usize].text.as_bytes();
    let order = in_order(others.len(), &|a, b| text(a) < text(b));
    let found =
        Added::new(others.iter().map(|&other| Special { literal: true, ..other.clone() }).collect(), 0);
    let reaches_into = |rest: &[u8]| {
        let next = order.partition_point(|&other| text(other) < rest);
        order.get(next).is_some_and(|&other| text(other).starts_with(rest))
    };
    tokens.iter().copied().find(|token| {
        let text = token.text.as_bytes();
        found.next(text, 0, false).is_some() || (1..text.len()).any(|at| reaches_into(&text[at..]))
    })
}
