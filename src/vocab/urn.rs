//! The merges of a packed vocabulary, as draws from urns.
//!
//! A merge is two tokens. Each is drawn from an urn: the tokens that exist already and that later merges still
//! use on that side, in groups by script and by how many uses are left. Writer and reader keep the same urns, so
//! a draw costs no more than the choice of a group and of one token among those left in it. With every token
//! goes the number of its uses, which is what fills the urns.

use super::coder::{ByteModel, Coder, Decoder, Encoder, Model};
use super::{Definition, TokenId, Tokens};
use crate::error::{Error, ErrorKind};

/// The sides of a merge, which are places in arrays of two.
const LEFT: usize = 0;
const RIGHT: usize = 1;
/// Scripts are told apart by the first one or two bytes of a character.
const SCRIPTS: usize = FREQUENT as usize + 16 * ROWS;
/// Scripts in fewer classes, for models that would learn too slowly from all.
const KINDS: usize = 10;
const LEVELS: usize = 16;
const BYTES: usize = 256;

/// Writes the definitions.
pub(super) fn write(definitions: &[Definition]) -> Result<Vec<u8>, Error> {
    if definitions.iter().filter(|definition| matches!(definition, Definition::Byte(_))).count() != BYTES {
        return Err(invalid("it needs a token for each of the 256 bytes"));
    }
    let mut encoder = Encoder::new();
    let mut uses = vec![[0; 2]; definitions.len()];
    for definition in definitions {
        if let Definition::Merge(left, right) = *definition {
            for (side, part) in [(LEFT, left), (RIGHT, right)] {
                uses.get_mut(part as usize).ok_or_else(|| invalid("a merge of a token that is not there"))?
                    [side] += 1;
            }
        }
    }
    code(&mut encoder, definitions.len(), |id| (definitions[id], uses[id]))?;
    Ok(encoder.finish())
}

/// Reads `count` tokens.
pub(super) fn read(input: &[u8], count: usize) -> Result<Tokens, Error> {
    let mut decoder = Decoder::new(input);
    let tokens = code(&mut decoder, count, |_| (Definition::Merge(0, 0), [0; 2]))?;
    if decoder.overran() {
        return Err(invalid("its merges end too soon"));
    }
    tokens.check_complete()?;
    Ok(tokens)
}

fn invalid(why: &str) -> Error {
    Error::new(ErrorKind::InvalidVocabulary, format!("invalid packed vocabulary: {why}"))
}

/// Codes all tokens, either way. `wanted` is what to write; a reader's answers do not matter.
fn code<C: Coder>(
    coder: &mut C,
    count: usize,
    wanted: impl Fn(usize) -> (Definition, [u32; 2]),
) -> Result<Tokens, Error> {
    let mut tokens = Tokens::with_capacity(count);
    let mut scripts: Vec<[u8; 2]> = Vec::with_capacity(count);
    let mut urns = [Urn::new(count), Urn::new(count)];
    let mut use_models = UseModels::default();
    let byte_tokens = byte_tokens(coder, count, &wanted);
    let mut byte_tokens = byte_tokens.iter().peekable();
    for id in 0..count {
        let (definition, uses) = wanted(id);
        let definition = match byte_tokens.next_if(|&&(place, _)| place == id as u32) {
            Some(&(_, byte)) => Definition::Byte(byte),
            None => {
                let [left, right] = definition.parts();
                let left = urns[LEFT].draw(coder, 0, left, &scripts, RIGHT)?;
                let seam = scripts[left as usize][RIGHT];
                Definition::Merge(left, urns[RIGHT].draw(coder, seam, right, &scripts, LEFT)?)
            }
        };
        tokens.push(definition)?;
        let text = tokens.bytes_of(id as TokenId);
        scripts.push([script(text), script(last_character(text))]);
        let uses = use_models.code(coder, id, text.len(), scripts[id], uses);
        urns[LEFT].fill(id as TokenId, scripts[id][RIGHT], uses[LEFT]);
        urns[RIGHT].fill(id as TokenId, scripts[id][LEFT], uses[RIGHT]);
    }
    Ok(tokens)
}

/// Codes which tokens are single bytes, each as the number of tokens since the last one and the byte.
fn byte_tokens<C: Coder>(
    coder: &mut C,
    count: usize,
    wanted: impl Fn(usize) -> (Definition, [u32; 2]),
) -> Vec<(u32, u8)> {
    let mut of_wanted = (0..count).filter_map(|id| match wanted(id).0 {
        Definition::Byte(byte) => Some((id as u32, byte)),
        Definition::Merge(..) => None,
    });
    let mut gaps = ByteModel::default();
    let mut next = 0;
    let mut tokens = Vec::with_capacity(BYTES);
    for _ in 0..BYTES {
        let (place, byte) = of_wanted.next().unwrap_or((next, 0));
        let place = coder.number(&mut gaps, place - next).saturating_add(next);
        tokens.push((place, coder.bits(8, byte.into()) as u8));
        next = place.saturating_add(1);
    }
    tokens
}

/// The tokens that later merges still use on one side.
struct Urn {
    /// Tokens by script and level.
    groups: Vec<Vec<TokenId>>,
    /// Per token, how many uses are left, and its place in its group.
    left: Vec<u32>,
    places: Vec<u32>,
    script_models: Vec<ScriptModel>,
    level_models: Vec<Model>,
}

impl Urn {
    fn new(tokens: usize) -> Self {
        Self {
            groups: vec![Vec::new(); SCRIPTS * LEVELS],
            left: Vec::with_capacity(tokens),
            places: Vec::with_capacity(tokens),
            script_models: vec![ScriptModel::default(); SCRIPTS],
            level_models: vec![Model::default(); KINDS * KINDS],
        }
    }

    /// Puts in the next token.
    fn fill(&mut self, id: TokenId, script: u8, uses: u32) {
        self.left.push(uses);
        self.places.push(0);
        self.put(id, script);
    }

    fn put(&mut self, id: TokenId, script: u8) {
        let uses = self.left[id as usize];
        if uses > 0 {
            let group = &mut self.groups[usize::from(script) * LEVELS + level(uses)];
            self.places[id as usize] = group.len() as u32;
            group.push(id);
        }
    }

    /// Codes which token is drawn next to the script `seam`, and takes one of its uses away.
    fn draw<C: Coder>(
        &mut self,
        coder: &mut C,
        seam: u8,
        wanted: TokenId,
        scripts: &[[u8; 2]],
        facing: usize,
    ) -> Result<TokenId, Error> {
        let wanted_script = scripts.get(wanted as usize).map_or(0, |scripts| scripts[facing]);
        let script = self.script_models[usize::from(seam)].code(coder, wanted_script);
        let level_model = &mut self.level_models[kind(seam) * KINDS + kind(script)];
        let wanted_left = self.left.get(wanted as usize).copied().unwrap_or(0);
        let drawn_level = usize::from(coder.nibble(level_model, level(wanted_left) as u8));
        let group = &mut self.groups[usize::from(script) * LEVELS + drawn_level];
        if group.is_empty() {
            return Err(invalid("a merge of a token that is not there"));
        }
        let wanted_place = self.places.get(wanted as usize).copied().unwrap_or(0);
        let place = coder.index(group.len() as u32, wanted_place) as usize;
        let Some(&id) = group.get(place) else {
            return Err(invalid("a merge of a token that is not there"));
        };
        let left = &mut self.left[id as usize];
        *left -= 1;
        if level(*left) != drawn_level || *left == 0 {
            group.swap_remove(place);
            if let Some(&moved) = group.get(place) {
                self.places[moved as usize] = place as u32;
            }
            self.put(id, script);
        }
        Ok(id)
    }
}

/// The distribution of scripts: the first nibble tells the frequent ones, or a row of sixteen others.
#[derive(Clone, Default)]
struct ScriptModel {
    frequent: Model,
    rows: [Model; ROWS],
}

/// Scripts below this are ASCII's and the continuation bytes, and take one nibble.
const FREQUENT: u8 = 9;
const ROWS: usize = 7;

impl ScriptModel {
    fn code<C: Coder>(&mut self, coder: &mut C, script: u8) -> u8 {
        let row = script.saturating_sub(FREQUENT) / 16;
        let first = coder.nibble(&mut self.frequent, if script < FREQUENT { script } else { FREQUENT + row });
        if first < FREQUENT {
            return first;
        }
        let row = first - FREQUENT;
        let place = coder.nibble(&mut self.rows[usize::from(row)], script.saturating_sub(FREQUENT) % 16);
        FREQUENT + row * 16 + place
    }
}

/// Numbers of uses of about the same size: 0 to 8 apart, then by powers of two.
fn level(uses: u32) -> usize {
    match uses {
        0 => 0,
        1..=8 => uses as usize - 1,
        _ => (5 + uses.ilog2() as usize).min(LEVELS - 1),
    }
}

/// How often a token will be used, on each side.
struct UseModels {
    small: [Vec<Model>; 2],
    large: ByteModel,
}

/// What a nibble cannot hold is coded as a number.
const LARGE: u32 = 15;
const LENGTHS: usize = 8;
const RANKS: usize = 18;

impl Default for UseModels {
    fn default() -> Self {
        let left = vec![Model::default(); KINDS * LENGTHS * RANKS];
        let right = vec![Model::default(); KINDS * LENGTHS * RANKS * 4];
        Self { small: [left, right], large: ByteModel::default() }
    }
}

impl UseModels {
    fn code<C: Coder>(
        &mut self,
        coder: &mut C,
        id: usize,
        length: usize,
        scripts: [u8; 2],
        uses: [u32; 2],
    ) -> [u32; 2] {
        let rank = (id + 1).ilog2() as usize;
        let context = |script: u8| (kind(script) * LENGTHS + length.min(LENGTHS) - 1) * RANKS + rank;
        let left = self.one(coder, LEFT, context(scripts[RIGHT]), uses[LEFT]);
        let right = self.one(coder, RIGHT, context(scripts[LEFT]) * 4 + (left as usize).min(3), uses[RIGHT]);
        [left, right]
    }

    fn one<C: Coder>(&mut self, coder: &mut C, side: usize, context: usize, uses: u32) -> u32 {
        let small = coder.nibble(&mut self.small[side][context], uses.min(LARGE) as u8);
        if u32::from(small) < LARGE {
            return small.into();
        }
        coder.number(&mut self.large, uses.saturating_sub(LARGE)).saturating_add(LARGE)
    }
}

/// Returns the last character of a token's bytes, or as much of it as there is.
fn last_character(text: &[u8]) -> &[u8] {
    let start = text.iter().rposition(|byte| !(0x80..0xc0).contains(byte)).unwrap_or(0);
    &text[start..]
}

/// Returns the script in which these bytes begin, below [`SCRIPTS`].
fn script(text: &[u8]) -> u8 {
    let second = text.get(1).copied();
    match text.first().copied().unwrap_or(0) {
        b' ' => 0,
        b'\r' | b'\n' => 1,
        b'\t' => 2,
        b'0'..=b'9' => 3,
        b'a'..=b'z' => 4,
        b'A'..=b'Z' => 5,
        0..0x20 => 6,
        0x20..0x80 => 7,
        0x80..0xc0 => 8,
        first @ 0xc0..0xe0 => 9 + (first - 0xc0),
        0xe0 => 41 + second.map_or(15, |second| (second >> 1) % 16),
        0xe3 => 57 + second.map_or(15, |second| (second >> 2) % 16),
        first @ 0xe1..0xf0 => 73 + (first - 0xe0),
        first => 89 + (first - 0xf0),
    }
}

fn kind(script: u8) -> usize {
    usize::from(script).min(KINDS - 1)
}
