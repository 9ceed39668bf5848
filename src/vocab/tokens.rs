//! The ordinary tokens of a vocabulary in the order of their ranks, and the tables over them that counting reads.
//!
//! Besides the two hash tables there are three that spare most look-ups in them: what two bytes merge into, the
//! token of a character, and how early a merge can cross the border between two characters.
//!
//! Long because all tables are filled in one pass over the tokens, and read side by side in the hottest loop.

use super::added::is_stand_in;
use super::table::{Filter, PairTable, PieceTable, Span, Text, are_crowded};
use super::{Definition, MAX_TOKEN_BYTES, MAX_VOCAB_BYTES, NONE, Symbols, TokenId};
use crate::error::{Error, ErrorKind};
use crate::utf16;

/// Characters below this, those of two and three bytes among them, have their token in a table.
const CHARACTERS: usize = 1 << 16;

/// The most merges that may have to wait for their parts. The most known, in `glm4`, are 153.
const MAX_WAITING: usize = 1 << 12;

pub(crate) struct Tokens {
    symbols: Symbols,
    /// Whether a token that no merge makes is found where a piece has its bytes.
    whole_pieces: bool,
    /// The bytes of all tokens, each padded with zeros to whole words.
    words: Vec<[u8; 8]>,
    spans: Vec<Span>,
    /// Merges of tokens that rank above them, while they are still to be read.
    waiting: Vec<(TokenId, [TokenId; 2])>,
    byte_ids: [TokenId; 256],
    /// By first byte × 256 + second byte.
    byte_pairs: Box<[TokenId]>,
    characters: Box<[TokenId]>,
    /// By last byte before the border × 256 + first byte behind it.
    seams: Box<[TokenId]>,
    /// A bit for each two bytes: whether a token has them side by side.
    joins: Box<[u64]>,
    /// Of each merge the last character of its left part and the first of its right part, unless both are ASCII.
    neighbours: Filter,
    /// By first byte × 256 + second byte, the length of the longest token that begins so, or 255 for more.
    longest: Box<[u8]>,
    pairs: PairTable,
    pieces: PieceTable,
}

impl Tokens {
    /// Returns no tokens, and no room for any.
    pub(super) fn none() -> Self {
        Self {
            symbols: Symbols::Bytes,
            whole_pieces: false,
            words: Vec::new(),
            spans: Vec::new(),
            waiting: Vec::new(),
            byte_ids: [NONE; 256],
            byte_pairs: Box::default(),
            characters: Box::default(),
            seams: Box::default(),
            joins: Box::default(),
            neighbours: Filter::with_capacity(0),
            longest: Box::default(),
            pairs: PairTable::with_capacity(0),
            pieces: PieceTable::with_capacity(0),
        }
    }

    /// Returns no tokens, with room for `count` of them.
    pub(super) fn with_capacity(count: usize, symbols: Symbols, whole_pieces: bool) -> Self {
        // The largest first, so that they take the room that unpacking left.
        let (pieces, pairs) = (PieceTable::with_capacity(count), PairTable::with_capacity(count));
        Self {
            symbols,
            whole_pieces,
            words: Vec::with_capacity(count * 3 / 2),
            spans: Vec::with_capacity(count),
            waiting: Vec::new(),
            byte_ids: [NONE; 256],
            byte_pairs: vec![NONE; 1 << 16].into(),
            characters: vec![NONE; CHARACTERS].into(),
            seams: vec![NONE; 1 << 16].into(),
            joins: vec![0; 1 << 10].into(),
            neighbours: Filter::with_capacity(count),
            longest: vec![0; 1 << 16].into(),
            pairs,
            pieces,
        }
    }

    /// Adds the next tokens. Each table is filled in a pass of its own: short loops over memory in which a processor can
    /// wait for many places at once.
    ///
    /// # Errors
    /// `InvalidVocabulary` if a token has the bytes of an earlier one, if a limit is passed, or if look-ups may take long.
    pub(super) fn add(&mut self, definitions: &[Definition], texts: &[u8]) -> Result<(), Error> {
        let first = self.len();
        for &definition in definitions {
            self.push(definition, texts)?;
        }
        self.note(definitions, first)?;
        // Those that wait for their parts are too few to matter.
        if are_crowded(&self.pairs, &self.pieces) {
            return invalid("too many tokens have like hashes");
        }
        Ok(())
    }

    /// Fills the other tables. A merge that waits for its parts has its turn when they are there.
    fn note(&mut self, definitions: &[Definition], first: usize) -> Result<(), Error> {
        for (&definition, id) in definitions.iter().zip(first as TokenId..) {
            if let Definition::Merge(left, right) = definition
                && self.is_there(id)
            {
                self.pairs.insert(left, right, id);
            }
        }
        for (&definition, id) in definitions.iter().zip(first as TokenId..) {
            self.note_character(definition, id);
        }
        for (&definition, id) in definitions.iter().zip(first as TokenId..) {
            if self.is_piece(definition, id) && self.is_there(id) {
                self.note_piece(id)?;
            }
        }
        Ok(())
    }

    /// Does and checks what can only be done and told when all tokens are there.
    ///
    /// # Errors
    /// `InvalidVocabulary` if a byte that a text may have has no token, if a token merges one that is not there or that it is
    /// itself a part of, and those of [`add`](Self::add).
    pub(super) fn finish(&mut self) -> Result<(), Error> {
        while !self.waiting.is_empty() {
            let mut left = Vec::new();
            let before = self.waiting.len();
            for (id, [first, second]) in std::mem::take(&mut self.waiting) {
                if !self.is_there(first) || !self.is_there(second) {
                    left.push((id, [first, second]));
                    continue;
                }
                self.spans[id as usize] = self.merge(first, second, id)?;
                self.note(&[Definition::Merge(first, second)], id as usize)?;
            }
            if left.len() == before || before > MAX_WAITING {
                return invalid("its merges join tokens that are not there");
            }
            self.waiting = left;
        }
        // No text in UTF-8 has the others.
        let is_used = |byte: &usize| !matches!(byte, 0xc0 | 0xc1 | 0xf5..);
        match (0..256).filter(is_used).find(|&byte| self.byte_ids[byte] == NONE) {
            Some(byte) => invalid(&format!("there is no token for the byte {byte}")),
            None => Ok(()),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// Adds the bytes of the next token, and what it tells of bytes.
    fn push(&mut self, definition: Definition, texts: &[u8]) -> Result<(), Error> {
        let id = self.len() as TokenId;
        let start = self.words.len();
        let length = match definition {
            Definition::Byte(byte) => {
                self.words.push([byte, 0, 0, 0, 0, 0, 0, 0]);
                let token = &mut self.byte_ids[usize::from(byte)];
                *token = (*token).min(id);
                1
            }
            Definition::Text { start, length } => {
                let text = texts
                    .get(start as usize..)
                    .and_then(|text| text.get(..length as usize))
                    .unwrap_or_default();
                check_size(id, self.words.len(), text.len())?;
                for pair in text.windows(2) {
                    self.note_join(border(pair[0], pair[1]));
                }
                for chunk in text.chunks(8) {
                    self.words.push(std::array::from_fn(|i| chunk.get(i).copied().unwrap_or(0)));
                }
                if let (Symbols::Characters, &[byte @ 0..0x80]) = (self.symbols, text) {
                    self.byte_ids[usize::from(byte)] = id;
                }
                text.len()
            }
            Definition::Merge(left, right) => {
                let span = if self.is_there(left) && self.is_there(right) {
                    self.merge(left, right, id)?
                } else {
                    self.waiting.push((id, [left, right]));
                    Span::new(0, 0)
                };
                self.spans.push(span);
                return Ok(());
            }
        };
        self.spans.push(Span::new(start, length));
        Ok(())
    }

    /// Appends the bytes of a merge of two tokens that are there.
    #[inline]
    fn merge(&mut self, left: TokenId, right: TokenId, id: TokenId) -> Result<Span, Error> {
        let start = self.words.len();
        let (left, right) = (self.spans[left as usize], self.spans[right as usize]);
        let length = left.length() + right.length();
        check_size(id, start, length)?;
        self.note_border(left, right, id);
        self.join(left, right);
        Ok(Span::new(start, length))
    }

    /// Appends the bytes of two tokens as those of one.
    #[inline]
    fn join(&mut self, left: Span, right: Span) {
        let (full, used) = (left.length() / 8, left.length() % 8 * 8);
        for at in left.start()..left.start() + full {
            self.words.push(self.words[at]);
        }
        let mut last = if used == 0 { 0 } else { u64::from_le_bytes(self.words[left.start() + full]) };
        for at in right.start()..right.start() + right.length().div_ceil(8) {
            let word = u64::from_le_bytes(self.words[at]);
            self.words.push((last | word << used).to_le_bytes());
            last = if used == 0 { 0 } else { word >> (64 - used) };
        }
        if used + (right.length() - 1) % 8 * 8 >= 64 {
            self.words.push(last.to_le_bytes());
        }
    }

    /// Notes the merge of two bytes, and one that crosses a border of characters with a part of a character.
    #[inline]
    fn note_border(&mut self, left: Span, right: Span, id: TokenId) {
        let right_first = self.words[right.start()][0];
        let left_end = left.start() * 8 + left.length();
        let left_last = self.words.as_flattened()[left_end - 1];
        let border = border(left_last, right_first);
        self.note_join(border);
        if (left_last | right_first) >= 0x80 {
            self.note_neighbours(left, right);
        }
        if left.length() + right.length() == 2 {
            self.byte_pairs[border] = id;
        }
        let left_bytes = left.start() * 8..left_end;
        let is_prefix = right.length() < utf16::length(right_first);
        if is_prefix
            || utf16::is_continuation(left_last)
                && self.words.as_flattened()[left_bytes].iter().all(|&byte| utf16::is_continuation(byte))
        {
            self.seams[border] = self.seams[border].min(id);
        }
    }

    fn note_neighbours(&mut self, left: Span, right: Span) {
        let left = &self.words[left.start()..].as_flattened()[..left.length()];
        let right = &self.words[right.start()..].as_flattened()[..right.length()];
        let last = left.iter().rposition(|&byte| !utf16::is_continuation(byte)).map(|at| &left[at..]);
        if let (Some(left), Some(right)) = (last.and_then(whole_character), whole_character(right)) {
            self.neighbours.insert_pair(left, right);
        }
    }

    #[inline]
    fn note_join(&mut self, border: usize) {
        self.joins[border / 64] |= 1 << (border % 64);
    }

    /// Notes a token that is a character of two or three bytes: where characters are the symbols, and else where its bytes
    /// alone do merge into the token.
    fn note_character(&mut self, definition: Definition, id: TokenId) {
        let is_text = matches!(definition, Definition::Text { .. });
        let text = self.bytes_of(id);
        if matches!(text.len(), 2 | 3)
            && let Some(found) = character(text, 0)
            && found.length == text.len()
            && std::str::from_utf8(text).is_ok()
            && match self.symbols {
                Symbols::Bytes => !is_text && self.merged_from_bytes(text) == id,
                Symbols::Characters => is_text,
            }
        {
            self.characters[found.code_point] = id;
        }
    }

    /// Returns whether a token is not a merge that waits for its parts.
    #[inline]
    fn is_there(&self, id: TokenId) -> bool {
        self.spans.get(id as usize).is_some_and(|span| span.length() > 0)
    }

    /// Returns whether a piece that has the bytes of a token is that token.
    #[inline]
    fn is_piece(&self, definition: Definition, id: TokenId) -> bool {
        match (definition, self.symbols) {
            (Definition::Merge(..), _) | (Definition::Byte(_), Symbols::Bytes) => true,
            (Definition::Byte(_), Symbols::Characters) => false,
            (Definition::Text { .. }, _) if is_stand_in(self.bytes_of(id)) => true,
            (Definition::Text { .. }, Symbols::Bytes) => self.whole_pieces,
            (Definition::Text { .. }, Symbols::Characters) => {
                let text = self.bytes_of(id);
                self.whole_pieces || text.first().is_some_and(|&first| utf16::length(first) == text.len())
            }
        }
    }

    /// Notes the bytes of a token.
    #[inline]
    fn note_piece(&mut self, id: TokenId) -> Result<(), Error> {
        let span = self.spans[id as usize];
        // A merge that is there already makes the same bytes, so this finds it too.
        if span.length() == 0 || !self.pieces.insert(&self.words, span, id) {
            return invalid(&format!("token {id} has no bytes, or the same as an earlier one"));
        }
        let [first, second, ..] = self.words[span.start()];
        let longest = &mut self.longest[border(first, second)];
        *longest = (*longest).max(span.length().min(usize::from(u8::MAX)) as u8);
        Ok(())
    }

    /// Returns what two or three bytes merge into, or [`NONE`].
    fn merged_from_bytes(&self, bytes: &[u8]) -> TokenId {
        match *bytes {
            [a, b] => self.merged_bytes(a, b),
            [a, b, c] => {
                let (left, right) = (self.merged_bytes(a, b), self.merged_bytes(b, c));
                match (left, right) {
                    (NONE, NONE) => NONE,
                    _ if left <= right => Self::merged_later(left, self.merged(left, self.byte(c))),
                    _ => Self::merged_later(right, self.merged(self.byte(a), right)),
                }
            }
            _ => NONE,
        }
    }

    /// Returns a merge if it ranks above its part, as nearly all do.
    fn merged_later(part: TokenId, merged: TokenId) -> TokenId {
        if merged > part { merged } else { NONE }
    }

    /// Returns how many bytes the longest token has.
    pub fn longest(&self) -> usize {
        self.pieces.longest()
    }

    /// Returns how many bytes a token has.
    #[inline]
    pub fn length_of(&self, id: TokenId) -> usize {
        self.spans[id as usize].length()
    }

    /// Returns the bytes of a token.
    #[inline]
    pub fn bytes_of(&self, id: TokenId) -> &[u8] {
        let span = self.spans[id as usize];
        &self.words[span.start()..].as_flattened()[..span.length()]
    }

    /// Returns the token that two tokens merge into, which is also the merge's rank, or [`NONE`].
    #[inline]
    pub fn merged(&self, left: TokenId, right: TokenId) -> TokenId {
        self.pairs.get(left, right)
    }

    /// Returns the token that is one byte.
    #[inline]
    pub fn byte(&self, byte: u8) -> TokenId {
        self.byte_ids[usize::from(byte)]
    }

    /// Returns the token that two bytes merge into, or [`NONE`].
    #[inline]
    pub fn merged_bytes(&self, left: u8, right: u8) -> TokenId {
        self.byte_pairs[border(left, right)]
    }

    /// Returns where the part of a piece ends that begins at `start`: between two characters, where no token has the bytes before
    /// and behind side by side, so no merge crosses it.
    #[inline]
    pub fn part_end(&self, piece: &[u8], start: usize) -> usize {
        let is_border = |pair: &[u8]| {
            let border = border(pair[0], pair[1]);
            self.joins[border / 64] & 1 << (border % 64) == 0 && !utf16::is_continuation(pair[1])
        };
        piece[start..].windows(2).position(is_border).map_or(piece.len(), |at| start + at + 1)
    }

    /// Returns the token that a part of a piece merges into, or [`NONE`] if it is several, or if that is not known.
    #[inline]
    pub fn whole_part(&self, part: Text<'_>) -> TokenId {
        if self.whole_pieces { NONE } else { self.whole(part) }
    }

    /// Returns the token that has exactly the bytes of a piece, or [`NONE`].
    #[inline]
    pub fn whole(&self, piece: Text<'_>) -> TokenId {
        let Text { bytes, from, .. } = piece;
        if piece.len() == 1 {
            return self.byte(bytes[from]);
        }
        let longest = self.longest[border(bytes[from], bytes[from + 1])];
        if piece.len() > usize::from(longest) && longest < u8::MAX {
            return NONE;
        }
        self.pieces.get(&self.words, piece)
    }

    /// Returns whether a merge may cross the border between two symbols, which are given by their characters.
    #[inline]
    pub fn joins(&self, left: u32, right: u32) -> bool {
        // Bytes are above, and ASCII is below.
        (left | right).wrapping_sub(0x80) >= Symbol::BYTE - 0x80 || self.neighbours.has_pair(left, right)
    }

    /// Returns the lowest merge that crosses the border at `at` while a character beside it is in parts, or [`NONE`].
    #[inline]
    pub fn seam(&self, text: &[u8], at: usize) -> TokenId {
        match (at.checked_sub(1).map(|at| text[at]), text.get(at)) {
            (Some(left), Some(&right)) => self.seams[border(left, right)],
            _ => NONE,
        }
    }

    #[inline]
    fn single(&self, byte: u8) -> Symbol {
        let character = if byte < 0x80 { u32::from(byte) } else { Symbol::BYTE };
        Symbol { length: 1, token: self.byte(byte), character }
    }

    /// Returns the symbol that begins at `at`, or a character of two or three bytes that may be merged before all else: if each
    /// of its own merges ranks below every merge that can cross its borders while it is in parts. `seam` is that at `at`; the
    /// one behind the symbol is returned too.
    #[expect(clippy::inline_always, reason = "runs once a character, and the wasm build would not inline it")]
    #[inline(always)]
    pub fn early_symbol(&self, text: &[u8], at: usize, seam: TokenId) -> (Symbol, TokenId) {
        if let Some(Character { length, code_point }) = character(text, at) {
            let token = self.characters[code_point];
            let behind = self.seam(text, at + length);
            if token < seam && token < behind {
                return (Symbol { length, token, character: code_point as u32 }, behind);
            }
        } else if text[at] >= 0xf0
            && matches!(self.symbols, Symbols::Characters)
            && let Some(character) = text.get(at..at + 4)
        {
            let token = self.whole(Text { bytes: text, from: at, to: at + 4 });
            if token != NONE {
                let symbol = Symbol { length: 4, token, character: utf16::code_point(character) };
                return (symbol, self.seam(text, at + 4));
            }
        }
        (self.single(text[at]), self.seam(text, at + 1))
    }
}

/// What a text is of before any merge.
#[derive(Clone, Copy)]
pub(crate) struct Symbol {
    /// In bytes.
    pub length: usize,
    pub token: TokenId,
    /// Its code point; [`BYTE`](Self::BYTE) if it is a byte of one.
    pub character: u32,
}

impl Symbol {
    pub const BYTE: u32 = 1 << 31;
}

/// Returns the code point with which some bytes begin, if all of it is there.
fn whole_character(bytes: &[u8]) -> Option<u32> {
    let &first = bytes.first()?;
    (!utf16::is_continuation(first) && utf16::length(first) <= bytes.len()).then(|| utf16::code_point(bytes))
}

/// Returns the place of two neighbouring bytes in a table of all.
#[inline]
fn border(left: u8, right: u8) -> usize {
    usize::from(left) << 8 | usize::from(right)
}

fn check_size(id: TokenId, start: usize, length: usize) -> Result<(), Error> {
    if length > MAX_TOKEN_BYTES || start * 8 + length > MAX_VOCAB_BYTES {
        return invalid(&format!(
            "token {id} passes the limit of {MAX_TOKEN_BYTES} bytes, or of {MAX_VOCAB_BYTES} for all"
        ));
    }
    Ok(())
}

fn invalid<T>(why: &str) -> Result<T, Error> {
    Err(Error::new(ErrorKind::InvalidVocabulary, format!("invalid vocabulary: {why}")))
}

/// A character of two or three bytes.
struct Character {
    length: usize,
    code_point: usize,
}

/// Returns the character of a well-formed text that begins at `at`, if it is one of two or three bytes and all of
/// them are there.
#[inline]
fn character(text: &[u8], at: usize) -> Option<Character> {
    let first = text[at];
    let low = |i: usize| text.get(at + i).map(|byte| usize::from(byte & 63));
    match first {
        0xc2..0xe0 => Some(Character { length: 2, code_point: usize::from(first & 31) << 6 | low(1)? }),
        0xe0..0xf0 => {
            Some(Character { length: 3, code_point: usize::from(first & 15) << 12 | low(1)? << 6 | low(2)? })
        }
        _ => None,
    }
}
