//! The definitions of a packed vocabulary, coded one after another.
//!
//! With every token goes how often later merges use it on each side, which fills the urns that the tokens of a merge
//! are drawn from (`urn.rs`). A few definitions behind a base are coded without urns, because there the uses
//! of the base's tokens, nearly all of them none, would cost more than the urns save.

use super::coder::{BYTE_MODELS, Coder, Model, models};
use super::models::{LENGTHS, TextModels, UseModels, length_class};
use super::urn::{SCRIPTS, Token, Urn};
use super::{Definition, MAX_TOKEN_BYTES, MAX_VOCAB_BYTES, NONE, TokenId, invalid_packed as invalid, plain};
use crate::error::Error;

/// The sides of a merge, which are places in arrays of two.
pub(super) const LEFT: usize = 0;
pub(super) const RIGHT: usize = 1;

/// What the coder knows of the definitions so far, and of the rest of the part that it is in: all definitions of a
/// file without a base, or those of a base, or those behind a base.
#[derive(Default)]
pub(super) struct Definitions {
    pub list: Vec<Definition>,
    /// The bytes of [`Definition::Text`].
    pub texts: Vec<u8>,
    tokens: Vec<Token>,
    urns: Option<[Urn; 2]>,
    use_models: UseModels,
    text_models: TextModels,
    kinds: Vec<Model>,
    run_models: Vec<Model>,
    /// Whether another part follows this one.
    extended: bool,
    /// How often an extended part uses its tokens on each side, up to 255.
    base_uses: Vec<[u8; 2]>,
    /// How many tokens this part has from a base, and how many of them have been told their uses here.
    base: usize,
    base_done: usize,
    /// Where this part ends.
    end: usize,
    /// The uses on each side that this part has not yet given to tokens.
    unused: [u32; 2],
    /// How many draws follow before a definition that is none.
    draws: u32,
    last_kind: u8,
    last_byte: u8,
    last_text: [u32; 2],
    last_merge: [TokenId; 2],
    byte_places: Vec<TokenId>,
}

/// What is to be written: the definitions from the place `base` on. A reader has nothing here.
#[derive(Default)]
pub(super) struct Wanted<'a> {
    pub base: usize,
    pub definitions: &'a [Definition],
    pub texts: &'a [u8],
    /// The uses of all tokens, those of the base included.
    pub uses: Vec<[u32; 2]>,
}

impl<'a> Wanted<'a> {
    /// Counts the uses of definitions that stand behind so many of a base.
    pub fn new(base: usize, definitions: &'a [Definition], texts: &'a [u8]) -> Result<Self, Error> {
        let mut uses = vec![[0; 2]; base + definitions.len()];
        for (place, definition) in (base..).zip(definitions) {
            if let Definition::Merge(left, right) = *definition
                && left.max(right) < place as u32
            {
                for (side, part) in [(LEFT, left), (RIGHT, right)] {
                    uses.get_mut(part as usize)
                        .ok_or_else(|| invalid("a merge of a token that is not there"))?[side] += 1;
                }
            }
        }
        Ok(Self { base, definitions, texts, uses })
    }

    fn definition(&self, place: usize) -> Definition {
        self.definitions.get(place.wrapping_sub(self.base)).copied().unwrap_or(Definition::Byte(0))
    }

    fn uses(&self, place: usize) -> [u32; 2] {
        self.uses.get(place).copied().unwrap_or_default()
    }

    fn text(&self, start: u32, length: u32) -> &'a [u8] {
        let (start, length) = (start as usize, length as usize);
        self.texts.get(start..start + length).unwrap_or_default()
    }

    /// Returns how many draws stand at `place` before a definition that is none.
    fn draws(&self, place: usize) -> u32 {
        let rest = self.definitions.get(place - self.base..).unwrap_or_default();
        let is_draw = |&(place, definition): &(u32, &Definition)| match *definition {
            Definition::Merge(left, right) => left.max(right) < place,
            _ => false,
        };
        (place as u32..).zip(rest).take_while(is_draw).count() as u32
    }
}

/// Kinds of definitions.
const BYTE: u8 = 0;
/// The byte behind the one that was defined last.
const NEXT_BYTE: u8 = 1;
const TEXT: u8 = 2;
/// The text that was defined last, its last byte one more.
const NEXT_TEXT: u8 = 3;
const MERGE: u8 = 4;
/// A merge with the same left token as the last merge.
const SAME_LEFT: u8 = 5;
/// A merge with the same left token as the last merge, and with the byte behind its right token.
const NEXT_RIGHT: u8 = 6;
/// A merge of tokens of which one stands behind it.
const EARLY: u8 = 7;
const DEFINITION_KINDS: usize = 8;

impl Definitions {
    /// Makes room for so many definitions.
    pub fn with_capacity(count: usize) -> Self {
        Self {
            list: Vec::with_capacity(count),
            tokens: Vec::with_capacity(count),
            kinds: models(DEFINITION_KINDS),
            run_models: models(BYTE_MODELS),
            byte_places: vec![NONE; 256],
            ..Self::default()
        }
    }

    /// Begins a part that goes on until there are `end` definitions, with or without urns. `extended` says that
    /// another part will follow.
    pub fn begin<C: Coder>(
        &mut self,
        coder: &mut C,
        end: usize,
        urns: bool,
        extended: bool,
        wanted: &Wanted,
    ) {
        let start = self.list.len();
        self.unused = [(end - start) as u32; 2];
        self.end = end;
        self.extended = extended;
        self.base = start;
        self.base_done = if urns { 0 } else { start };
        self.urns = urns.then(|| [Urn::new(1), Urn::new(SCRIPTS * LENGTHS)]);
        if urns {
            self.code_run(coder, wanted);
        }
    }

    /// Codes at most `most` further tokens. Returns whether more of this part are left.
    pub fn step<C: Coder>(&mut self, coder: &mut C, wanted: &Wanted, most: usize) -> Result<bool, Error> {
        for _ in 0..most {
            if self.base_done < self.base && self.base < self.end {
                self.add_base(coder, wanted)?;
            } else if self.list.len() < self.end {
                let is_draw = self.draws > 0;
                let definition = self.define(coder, wanted)?;
                self.add(coder, definition, wanted)?;
                if !is_draw && self.urns.is_some() {
                    self.code_run(coder, wanted);
                }
            } else {
                return Ok(false);
            }
        }
        Ok(self.list.len() < self.end)
    }

    /// Reads at most `most` definitions that are not coded, from `at` on. Returns whether more of this part are left.
    pub fn read_plain(&mut self, plain: &[u8], at: &mut usize, most: usize) -> Result<bool, Error> {
        let mut input = &plain[*at..];
        for _ in 0..most.min(self.end - self.list.len()) {
            self.list.push(plain::read(&mut input, self.end, &mut self.texts)?);
        }
        *at = plain.len() - input.len();
        let more = self.list.len() < self.end;
        if more || input.is_empty() {
            Ok(more)
        } else {
            Err(invalid("its definitions do not end where they should"))
        }
    }

    /// Codes a definition.
    #[inline]
    fn define<C: Coder>(&mut self, coder: &mut C, wanted: &Wanted) -> Result<Definition, Error> {
        let definition = if C::WRITES { wanted.definition(self.list.len()) } else { Definition::Byte(0) };
        if self.draws > 0 {
            self.draws -= 1;
            return self.draw(coder, definition.parts());
        }
        self.define_otherwise(coder, definition, wanted)
    }

    /// Codes a definition that is no draw from the urns.
    #[inline(never)]
    fn define_otherwise<C: Coder>(
        &mut self,
        coder: &mut C,
        definition: Definition,
        wanted: &Wanted,
    ) -> Result<Definition, Error> {
        let kind = if C::WRITES { self.kind_of(definition, wanted) } else { 0 };
        let kind = coder.nibble(&mut self.kinds[usize::from(self.last_kind)], kind);
        self.last_kind = kind;
        let definition = match kind {
            BYTE | NEXT_BYTE => {
                let mut byte = self.last_byte.wrapping_add(1);
                if kind == BYTE {
                    byte = coder
                        .bits(8, if let Definition::Byte(byte) = definition { byte.into() } else { 0 })
                        as u8;
                }
                self.last_byte = byte;
                self.byte_places[usize::from(byte)] = self.list.len() as TokenId;
                Definition::Byte(byte)
            }
            TEXT | NEXT_TEXT => {
                let text = match definition {
                    Definition::Text { start, length } if C::WRITES => wanted.text(start, length),
                    _ => &[],
                };
                self.text(coder, kind, text)?
            }
            MERGE | SAME_LEFT | NEXT_RIGHT | EARLY if self.urns.is_none() || kind == EARLY => {
                let [mut left, mut right] = definition.parts();
                let bound = if kind == EARLY { self.end } else { self.list.len() } as u32;
                if bound == 0 || C::WRITES && left.max(right) >= bound {
                    return Err(invalid("a merge of a token that is not there"));
                }
                left = match kind {
                    MERGE | EARLY => coder.uniform(bound, left),
                    _ => self.last_merge[LEFT],
                };
                right = if kind == NEXT_RIGHT { self.next_right() } else { coder.uniform(bound, right) };
                if left.max(right) >= bound {
                    return Err(invalid("a merge of a token that is not there"));
                }
                self.last_merge = [left, right];
                Definition::Merge(left, right)
            }
            _ => return Err(invalid("a definition of no known kind")),
        };
        Ok(definition)
    }

    fn kind_of(&self, definition: Definition, wanted: &Wanted) -> u8 {
        match definition {
            Definition::Byte(byte) if byte == self.last_byte.wrapping_add(1) => NEXT_BYTE,
            Definition::Byte(_) => BYTE,
            Definition::Text { start, length } => {
                match (wanted.text(start, length), self.text_of(self.last_text)) {
                    ([same @ .., last], [as_last @ .., before])
                        if same == as_last && before.checked_add(1) == Some(*last) =>
                    {
                        NEXT_TEXT
                    }
                    _ => TEXT,
                }
            }
            Definition::Merge(left, right) if left.max(right) as usize >= self.list.len() => EARLY,
            Definition::Merge(left, _) if left != self.last_merge[LEFT] => MERGE,
            Definition::Merge(_, right) if right != self.next_right() => SAME_LEFT,
            Definition::Merge(..) => NEXT_RIGHT,
        }
    }

    /// Returns the token of the byte behind the one that was on the right of the last merge.
    fn next_right(&self) -> TokenId {
        match self.list.get(self.last_merge[RIGHT] as usize) {
            Some(Definition::Byte(byte)) => self.byte_places[usize::from(byte.wrapping_add(1))],
            _ => NONE,
        }
    }

    fn text_of(&self, [start, length]: [u32; 2]) -> &[u8] {
        self.texts.get(start as usize..(start + length) as usize).unwrap_or_default()
    }

    /// Codes how many draws follow before a definition that is none.
    fn code_run<C: Coder>(&mut self, coder: &mut C, wanted: &Wanted) {
        let run = if C::WRITES { wanted.draws(self.list.len()) } else { 0 };
        self.draws = coder.number(&mut self.run_models, run);
    }

    /// Codes the bytes of a text.
    fn text<C: Coder>(&mut self, coder: &mut C, kind: u8, text: &[u8]) -> Result<Definition, Error> {
        if self.text_models.length.is_empty() {
            self.text_models.length = models(BYTE_MODELS);
            self.text_models.bytes = models(2 * 256 * BYTE_MODELS);
        }
        let start = self.texts.len();
        let [last_start, last_length] = self.last_text;
        let length = if kind == NEXT_TEXT {
            last_length as usize
        } else {
            coder.number(&mut self.text_models.length, text.len().saturating_sub(1) as u32) as usize + 1
        };
        let is_empty = length == 0 || C::WRITES && text.is_empty();
        if is_empty || length > MAX_TOKEN_BYTES || start + length > MAX_VOCAB_BYTES {
            return Err(invalid("a token that is too long or empty"));
        }
        if kind == NEXT_TEXT {
            let last = last_start as usize..(last_start + last_length) as usize;
            self.texts.extend_from_within(last);
            if let Some(last) = self.texts.last_mut() {
                *last = last.wrapping_add(1);
            }
        } else {
            let mut before = self.texts.get(last_start as usize).copied().unwrap_or(0);
            for at in 0..length {
                let model = self.text_models.of(before, at == 0);
                before = coder.byte(model, text.get(at).copied().unwrap_or(0));
                self.texts.push(before);
            }
        }
        self.last_text = [start as u32, length as u32];
        Ok(Definition::Text { start: start as u32, length: length as u32 })
    }

    /// Codes the two tokens of a merge. This and `add` stay functions of their own, because a WebAssembly engine
    /// compiles better what is called often.
    #[inline(never)]
    fn draw<C: Coder>(&mut self, coder: &mut C, wanted: [TokenId; 2]) -> Result<Definition, Error> {
        let Some([left_urn, right_urn]) = &mut self.urns else {
            return Err(invalid("a draw without urns"));
        };
        let script = |side: usize| match self.tokens.get(wanted[side] as usize) {
            Some(token) if C::WRITES => token.scripts[1 - side],
            _ => 0,
        };
        let left = left_urn.draw(coder, 0, (wanted[LEFT], script(LEFT)))?;
        let token = self.tokens[left as usize];
        let context = usize::from(token.scripts[RIGHT]) * LENGTHS + length_class(token);
        let right = right_urn.draw(coder, context, (wanted[RIGHT], script(RIGHT)))?;
        Ok(Definition::Merge(left, right))
    }

    /// Adds a definition and codes how often it will be used.
    #[inline(never)]
    fn add<C: Coder>(&mut self, coder: &mut C, definition: Definition, wanted: &Wanted) -> Result<(), Error> {
        let place = self.list.len();
        let token = match definition {
            Definition::Byte(byte) => Token::of_byte(byte),
            Definition::Merge(left, right) => {
                match (self.tokens.get(left as usize), self.tokens.get(right as usize)) {
                    (Some(&left), Some(&right)) => Token::of_merge(left, right),
                    _ => Token::of_byte(0),
                }
            }
            Definition::Text { start, length } => Token::of_text(self.text_of([start, length])),
        };
        if self.urns.is_some() {
            let uses = self.put(coder, place, token, None, wanted)?;
            if self.extended {
                self.base_uses.push(uses.map(|uses| uses.min(255) as u8));
            }
        }
        self.tokens.push(token);
        self.list.push(definition);
        Ok(())
    }

    /// Codes how often this part will use a token of the base.
    #[inline(never)]
    fn add_base<C: Coder>(&mut self, coder: &mut C, wanted: &Wanted) -> Result<(), Error> {
        let place = self.base_done;
        self.base_done += 1;
        let token = self.tokens[place];
        let base_uses = self.base_uses.get(place).copied().unwrap_or_default();
        self.put(coder, place, token, Some(base_uses), wanted)?;
        Ok(())
    }

    /// Codes the uses of a token, which in the base are `base_uses`, and puts it into the urns.
    #[inline]
    fn put<C: Coder>(
        &mut self,
        coder: &mut C,
        place: usize,
        token: Token,
        base_uses: Option<[u8; 2]>,
        wanted: &Wanted,
    ) -> Result<[u32; 2], Error> {
        let uses = if C::WRITES { wanted.uses(place) } else { [0; 2] };
        let uses = self.use_models.code(coder, place, base_uses, token, uses);
        if let Some(urns) = &mut self.urns {
            for side in [LEFT, RIGHT] {
                self.unused[side] = self.unused[side]
                    .checked_sub(uses[side])
                    .ok_or_else(|| invalid("more uses of tokens than there are merges"))?;
                urns[side].put::<C>(place as TokenId, token.scripts[1 - side], uses[side]);
            }
        }
        Ok(uses)
    }
}
