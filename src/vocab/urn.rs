//! The merges of a packed vocabulary, as draws from urns.
//!
//! A merge is two tokens. Each is drawn from an urn: the tokens that exist already and that later merges still
//! use on that side, in groups by script and by how many uses are left. Writer and reader keep the same urns, so
//! a draw costs no more than the choice of a group and of one token among those left in it. With every token
//! goes the number of its uses, which is what fills the urns.

use super::coder::{ByteModel, Coder, Decoder, Encoder, Model};
use super::{Definition, TokenId};
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
                uses.get_mut(part as usize)
                    .ok_or_else(|| invalid("a merge of a token that is not there"))?[side] += 1;
            }
        }
    }
    code(&mut encoder, definitions.len(), |id| (definitions[id], uses[id]))?;
    Ok(encoder.finish())
}

/// Reads `count` definitions. In each, a merge is of tokens that stand before it.
pub(super) fn read(input: &[u8], count: usize) -> Result<Vec<Definition>, Error> {
    let mut decoder = Decoder::new(input);
    let definitions = code(&mut decoder, count, |_| (Definition::Merge(0, 0), [0; 2]))?;
    if decoder.overran() {
        return Err(invalid("its merges end too soon"));
    }
    Ok(definitions)
}

fn invalid(why: &str) -> Error {
    Error::new(ErrorKind::InvalidVocabulary, format!("invalid packed vocabulary: {why}"))
}

/// Codes all tokens, either way. `wanted` is what to write; a reader's answers do not matter.
fn code<C: Coder>(
    coder: &mut C,
    count: usize,
    wanted: impl Fn(usize) -> (Definition, [u32; 2]),
) -> Result<Vec<Definition>, Error> {
    let mut definitions = Vec::with_capacity(count);
    let mut state = State {
        tokens: Vec::with_capacity(count),
        urns: [Urn::new::<C>(LEFT, count), Urn::new::<C>(RIGHT, count)],
        use_models: UseModels::default(),
    };
    let byte_tokens = byte_tokens(coder, count, &wanted);
    let mut byte_tokens = byte_tokens.iter().peekable();
    for id in 0..count {
        let (definition, uses) = wanted(id);
        let definition = match byte_tokens.next_if(|&&(place, _)| place == id as u32) {
            Some(&(_, byte)) => Definition::Byte(byte),
            None => state.merge(coder, match definition { Definition::Merge(l, r) => [l, r], _ => [super::NONE; 2] })?,
        };
        state.add(coder, definition, uses);
        definitions.push(definition);
    }
    Ok(definitions)
}

/// What both sides of the coder know of the tokens so far.
struct State {
    tokens: Vec<Token>,
    urns: [Urn; 2],
    use_models: UseModels,
}

/// What the models and the urns want to know of a token.
struct Token {
    /// The scripts in which it begins and ends.
    scripts: [u8; 2],
    first_byte: u8,
    /// Its length in bytes, or 255.
    length: u8,
    /// How many uses are left on each side.
    uses: [u32; 2],
}

impl State {
    /// Codes the two tokens of a merge. This and `add` stay functions of their own, because a WebAssembly engine
    /// compiles better what is called often.
    #[inline(never)]
    fn merge<C: Coder>(&mut self, coder: &mut C, wanted: [TokenId; 2]) -> Result<Definition, Error> {
        let left = self.urns[LEFT].draw(coder, 0, wanted[LEFT], &mut self.tokens)?;
        let seam = self.tokens[left as usize].scripts[RIGHT];
        let right = self.urns[RIGHT].draw(coder, seam, wanted[RIGHT], &mut self.tokens)?;
        Ok(Definition::Merge(left, right))
    }

    /// Adds a token and codes how often it will be used.
    #[inline(never)]
    fn add<C: Coder>(&mut self, coder: &mut C, definition: Definition, uses: [u32; 2]) {
        let id = self.tokens.len() as TokenId;
        let mut token = match definition {
            Definition::Byte(byte) => Token::of_byte(byte),
            Definition::Text { .. } => Token::of_byte(0),
            Definition::Merge(left, right) => {
                Token::of_merge(&self.tokens[left as usize], &self.tokens[right as usize])
            }
        };
        token.uses = self.use_models.code(coder, id, &token, uses);
        self.tokens.push(token);
        self.urns[LEFT].put(id, &self.tokens);
        self.urns[RIGHT].put(id, &self.tokens);
    }
}

impl Token {
    fn of_byte(byte: u8) -> Self {
        Self { scripts: [script(byte); 2], first_byte: byte, length: 1, uses: [0; 2] }
    }

    fn of_merge(left: &Self, right: &Self) -> Self {
        let begin = if left.length == 1 { refine(left.scripts[LEFT], right) } else { left.scripts[LEFT] };
        let end = match right.scripts[RIGHT] {
            CONTINUATION => refine(left.scripts[RIGHT], right),
            end => end,
        };
        Self {
            scripts: [begin, end],
            first_byte: left.first_byte,
            length: left.length.saturating_add(right.length),
            uses: [0; 2],
        }
    }
}

/// Codes which tokens are single bytes, each as the number of tokens since the last one and the byte.
fn byte_tokens<C: Coder>(
    coder: &mut C,
    count: usize,
    wanted: impl Fn(usize) -> (Definition, [u32; 2]),
) -> Vec<(u32, u8)> {
    let mut of_wanted = (0..count).filter_map(|id| match wanted(id).0 {
        Definition::Byte(byte) => Some((id as u32, byte)),
        _ => None,
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
    side: usize,
    /// Tokens by script and level.
    groups: Vec<Vec<TokenId>>,
    /// Per token, its place in its group. Only a writer needs that.
    places: Vec<u32>,
    script_models: Vec<ScriptModel>,
    level_models: Vec<Model>,
}

impl Urn {
    fn new<C: Coder>(side: usize, tokens: usize) -> Self {
        Self {
            side,
            groups: vec![Vec::new(); SCRIPTS * LEVELS],
            places: vec![0; if C::WRITES { tokens } else { 0 }],
            script_models: vec![ScriptModel::default(); SCRIPTS],
            level_models: vec![Model::default(); KINDS * KINDS],
        }
    }

    /// Returns the script that a token shows to its neighbour in a merge.
    fn facing_script(&self, token: &Token) -> u8 {
        token.scripts[1 - self.side]
    }

    /// Puts in a token that has uses left.
    fn put(&mut self, id: TokenId, tokens: &[Token]) {
        let token = &tokens[id as usize];
        let uses = token.uses[self.side];
        if uses > 0 {
            let script = self.facing_script(token);
            let group = &mut self.groups[usize::from(script) * LEVELS + level(uses)];
            if let Some(place) = self.places.get_mut(id as usize) {
                *place = group.len() as u32;
            }
            group.push(id);
        }
    }

    /// Codes which token is drawn next to the script `seam`, and takes one of its uses away.
    #[inline]
    fn draw<C: Coder>(
        &mut self,
        coder: &mut C,
        seam: u8,
        wanted: TokenId,
        tokens: &mut [Token],
    ) -> Result<TokenId, Error> {
        let (wanted_script, wanted_level) = match tokens.get(wanted as usize) {
            Some(token) if C::WRITES => (self.facing_script(token), level(token.uses[self.side])),
            _ => (0, 0),
        };
        let script = self.script_models[usize::from(seam)].code(coder, wanted_script);
        let level_model = &mut self.level_models[kind(seam) * KINDS + kind(script)];
        let drawn_level = usize::from(coder.nibble(level_model, wanted_level as u8));
        let group = &mut self.groups[usize::from(script) * LEVELS + drawn_level];
        if group.is_empty() {
            return Err(invalid("a merge of a token that is not there"));
        }
        let wanted_place = self.places.get(wanted as usize).copied().unwrap_or(0);
        let place = coder.index(group.len() as u32, wanted_place) as usize;
        let Some(&id) = group.get(place) else {
            return Err(invalid("a merge of a token that is not there"));
        };
        let uses = &mut tokens[id as usize].uses[self.side];
        *uses -= 1;
        if *uses == 0 || level(*uses) != drawn_level {
            group.swap_remove(place);
            if let Some(&moved) = group.get(place)
                && let Some(moved) = self.places.get_mut(moved as usize)
            {
                *moved = place as u32;
            }
            self.put(id, tokens);
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
const RANKS: usize = 6;
/// Ranks below two to this power are all alike.
const LEAST_RANK: usize = 7;

impl Default for UseModels {
    fn default() -> Self {
        let left = vec![Model::default(); KINDS * LENGTHS * RANKS];
        let right = vec![Model::default(); KINDS * LENGTHS * RANKS * 4];
        Self { small: [left, right], large: ByteModel::default() }
    }
}

impl UseModels {
    #[inline]
    fn code<C: Coder>(&mut self, coder: &mut C, id: TokenId, token: &Token, uses: [u32; 2]) -> [u32; 2] {
        let rank = ((id + 1).ilog2() as usize).saturating_sub(LEAST_RANK) / 2;
        let length = usize::from(token.length).min(LENGTHS) - 1;
        let context = |script: u8| (kind(script) * LENGTHS + length) * RANKS + rank;
        let left = self.one(coder, LEFT, context(token.scripts[RIGHT]), uses[LEFT]);
        let facing = context(token.scripts[LEFT]) * 4 + (left as usize).min(3);
        [left, self.one(coder, RIGHT, facing, uses[RIGHT])]
    }

    fn one<C: Coder>(&mut self, coder: &mut C, side: usize, context: usize, uses: u32) -> u32 {
        let small = coder.nibble(&mut self.small[side][context], uses.min(LARGE) as u8);
        if u32::from(small) < LARGE {
            return small.into();
        }
        coder.number(&mut self.large, uses.saturating_sub(LARGE)).saturating_add(LARGE)
    }
}

/// The script of tokens that begin, or consist, of bytes from the middle of a character.
const CONTINUATION: u8 = 8;
/// The scripts of characters that begin with 0xe0 and 0xe3: sixteen of each by their second byte, of which the
/// last also stands for a second byte that is not there yet.
const INDIC: u8 = 41;
const KANA: u8 = 57;
const UNKNOWN: u8 = 15;

/// Returns the script in which a character begins, as far as its first byte tells; below [`SCRIPTS`].
fn script(first: u8) -> u8 {
    match first {
        b' ' => 0,
        b'\r' | b'\n' => 1,
        b'\t' => 2,
        b'0'..=b'9' => 3,
        b'a'..=b'z' => 4,
        b'A'..=b'Z' => 5,
        _ if first < 0x20 => 6,
        _ if first.is_ascii() => 7,
        0xc0..0xe0 => 9 + (first - 0xc0),
        0xe0 => INDIC + UNKNOWN,
        0xe3 => KANA + UNKNOWN,
        0xe1 | 0xe2 | 0xe4..0xf0 => 73 + (first - 0xe0),
        0xf0.. => 89 + (first - 0xf0),
        _ => CONTINUATION,
    }
}

/// Returns a character's script when the bytes of `next` have come behind it.
fn refine(script: u8, next: &Token) -> u8 {
    if script == INDIC + UNKNOWN {
        INDIC + (next.first_byte >> 1) % 16
    } else if script == KANA + UNKNOWN {
        KANA + (next.first_byte >> 2) % 16
    } else {
        script
    }
}

fn kind(script: u8) -> usize {
    usize::from(script).min(KINDS - 1)
}
