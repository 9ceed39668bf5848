//! The formats of the sources: each reader gives tokens and the rule that merges them.

use crate::vocabulary::{Definition, Role, Symbols, Token, Vocabulary, in_order};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::str;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// What a reader found: the vocabulary, and how many merges rank before one of their parts.
pub struct Found {
    pub vocabulary: Vocabulary,
    early: usize,
    /// How many tokens have the bytes of another one; the bytes of a vocabulary of characters are not counted.
    twins: usize,
}

impl Found {
    /// Returns the vocabulary, and reports what a reader of the numbers should know.
    pub fn vocabulary(self, name: &str) -> Vocabulary {
        let Self { vocabulary, early, twins } = self;
        let lone = |definition: &&Definition| matches!(definition, Definition::Text(text) if str::from_utf8(text).ok().and_then(one_char).is_none());
        let made = |definition: &&Definition| matches!(definition, Definition::Merge(..));
        let definitions = vocabulary.definitions.iter();
        println!(
            "{name}: {} tokens, {} merges, {} characters or bytes, {} that no merge makes, \
             {early} that rank before a part, {twins} with the bytes of another",
            definitions.len(),
            definitions.clone().filter(made).count(),
            definitions.len()
                - definitions.clone().filter(made).count()
                - definitions.clone().filter(lone).count(),
            definitions.clone().filter(lone).count(),
        );
        vocabulary
    }
}

/// Reads a source in one of the formats: its first tokens, without those whose ids are foreign.
pub fn read(format: &str, source: &[u8], foreign: &[(u32, u32)], take: Option<usize>) -> Result<Found> {
    match format {
        "tiktoken" => read_ranks(tiktoken(source)?, BTreeMap::new()),
        "tekken" => tekken(source),
        "tokenizer.json" => tokenizer_json(source),
        "mbpe" => mbpe(source, foreign),
        "sentencepiece" => sentencepiece(source),
        "spm" => spm(source, take.unwrap_or(usize::MAX)),
        other => Err(format!("no reader for the format {other:?}").into()),
    }
}

/// A rank file: a line a token, its bytes in base64 and its rank.
fn tiktoken(source: &[u8]) -> Result<Vec<(u32, Vec<u8>)>> {
    let mut tokens = Vec::new();
    for line in str::from_utf8(source)?.lines() {
        let (token, rank) = line.split_once(' ').ok_or(format!("not a rank line: {line:?}"))?;
        tokens.push((rank.parse()?, BASE64_STANDARD.decode(token)?));
    }
    Ok(tokens)
}

/// A rank is an id, and two neighbours merge if a token has their bytes.
fn read_ranks(ranks: Vec<(u32, Vec<u8>)>, specials: BTreeMap<String, u32>) -> Result<Found> {
    let places: HashMap<Vec<u8>, u32> =
        ranks.iter().enumerate().map(|(place, (_, token))| (token.clone(), place as u32)).collect();
    if places.len() != ranks.len() || !ranks.is_sorted_by(|a, b| a.0 < b.0) {
        return Err("ranks out of order, or a token twice".into());
    }
    let token = |(id, bytes): (u32, Vec<u8>)| {
        let role = match *bytes {
            [byte] => Role::Base(Definition::Byte(byte)),
            _ => bytes
                .chunks(1)
                .map(|byte| places.get(byte).copied())
                .collect::<Option<_>>()
                .map_or(Role::Apart, Role::Spelled),
        };
        Token { id, bytes, role }
    };
    let tokens: Vec<Token> = ranks.into_iter().map(token).collect();
    let rule = |_, _, bytes: &[u8]| places.get(bytes).map(|&place| (place, place));
    Ok(found(Symbols::Bytes, true, &tokens, &rule, specials, BTreeSet::new()))
}

fn found(
    symbols: Symbols,
    whole_pieces: bool,
    tokens: &[Token],
    rule: &crate::vocabulary::Rule,
    specials: BTreeMap<String, u32>,
    literals: BTreeSet<String>,
) -> Found {
    let (definitions, ids, early) = in_order(tokens, rule);
    let counted =
        |token: &&Token| symbols == Symbols::Bytes || !matches!(token.role, Role::Base(Definition::Byte(_)));
    let texts: BTreeSet<&[u8]> = tokens.iter().filter(counted).map(|token| token.bytes.as_slice()).collect();
    let twins = tokens.iter().filter(counted).count() - texts.len();
    Found {
        vocabulary: Vocabulary { symbols, whole_pieces, definitions, ids, specials, literals },
        early,
        twins,
    }
}

#[derive(Deserialize)]
struct Tekken {
    config: TekkenConfig,
    vocab: Vec<TekkenToken>,
    special_tokens: Option<Vec<TekkenSpecial>>,
}

#[derive(Deserialize)]
struct TekkenConfig {
    default_vocab_size: u32,
    default_num_special_tokens: u32,
}

#[derive(Deserialize)]
struct TekkenToken {
    rank: u32,
    token_bytes: String,
}

#[derive(Deserialize)]
struct TekkenSpecial {
    rank: u32,
    token_str: String,
}

/// Mistral's rank file: the special tokens come first, and the last ranks are not used.
fn tekken(source: &[u8]) -> Result<Found> {
    let file: Tekken = serde_json::from_slice(source)?;
    let first = file.config.default_num_special_tokens;
    let used = file.vocab.iter().take((file.config.default_vocab_size - first) as usize);
    let ranks = used.map(|token| Ok((token.rank + first, BASE64_STANDARD.decode(&token.token_bytes)?)));
    let specials = file.special_tokens.unwrap_or_default();
    let named: BTreeMap<String, u32> = specials.into_iter().map(|s| (s.token_str, s.rank)).collect();
    read_ranks(ranks.collect::<Result<_>>()?, named)
}

#[derive(Deserialize)]
struct HuggingFace {
    model: Model,
    added_tokens: Vec<Added>,
}

#[derive(Deserialize)]
struct Model {
    vocab: HashMap<String, u32>,
    merges: Vec<Value>,
    #[serde(default)]
    byte_fallback: bool,
    ignore_merges: Option<bool>,
}

#[derive(Deserialize)]
struct Added {
    id: u32,
    content: String,
    special: bool,
}

/// Hugging Face `tokenizer.json` with a BPE model.
fn tokenizer_json(source: &[u8]) -> Result<Found> {
    let file: HuggingFace = serde_json::from_slice(source)?;
    let specials: BTreeMap<String, u32> =
        file.added_tokens.iter().map(|t| (t.content.clone(), t.id)).collect();
    let literals = file.added_tokens.iter().filter(|t| !t.special).map(|t| t.content.clone()).collect();
    // What is also a character, or what merges make, is an ordinary token too.
    let mut merged = BTreeSet::new();
    let mut pairs: Vec<(String, String)> = Vec::with_capacity(file.model.merges.len());
    for merge in &file.model.merges {
        let (left, right) = match merge {
            Value::String(line) => line.split_once(' ').ok_or("a merge without a space")?,
            Value::Array(pair) => match pair.as_slice() {
                [Value::String(left), Value::String(right)] => (left.as_str(), right.as_str()),
                _ => return Err("a merge that is not a pair".into()),
            },
            _ => return Err("a merge that is not a pair".into()),
        };
        merged.insert(format!("{left}{right}"));
        pairs.push((left.to_owned(), right.to_owned()));
    }
    let mut vocab: Vec<(&str, u32)> = file
        .model
        .vocab
        .iter()
        .filter(|(text, _)| {
            !specials.contains_key(*text) || merged.contains(*text) || one_char(text).is_some()
        })
        .map(|(text, &id)| (text.as_str(), id))
        .collect();
    vocab.sort_unstable_by_key(|&(_, id)| id);
    let symbols = if file.model.byte_fallback { Symbols::Characters } else { Symbols::Bytes };
    let spelling = Spelling::new(symbols, &vocab);
    let tokens = spelling.tokens(&vocab);
    let mut rules: HashMap<(u32, u32), (u32, u32)> = HashMap::with_capacity(pairs.len());
    for (rank, (left, right)) in pairs.iter().enumerate() {
        let place = |text: &str| spelling.places.get(text).copied().ok_or(format!("no token {text:?}"));
        let made = place(&format!("{left}{right}"))?;
        if rules.insert((place(left)?, place(right)?), (rank as u32, made)).is_some() {
            return Err(format!("the merge {left:?} {right:?} stands twice").into());
        }
    }
    let rule = |left, right, _: &[u8]| rules.get(&(left, right)).copied();
    let whole = file.model.ignore_merges == Some(true);
    Ok(found(symbols, whole, &tokens, &rule, specials, literals))
}

/// splintr's text form of a `tokenizer.json`: tokens in order of id, then a line a merged token, in order of rank.
///
/// It keeps of a token's merges only the first; all of them stood in a row, so any split into two tokens has that rank.
fn mbpe(source: &[u8], foreign: &[(u32, u32)]) -> Result<Found> {
    let mut lines = source.split(|&byte| byte == b'\n');
    let mut number = |key: &str| -> Result<usize> {
        let line = str::from_utf8(lines.next().ok_or("the file ends early")?)?;
        Ok(line.strip_prefix(key).ok_or(format!("{line:?} is not «{key} number»"))?.trim().parse()?)
    };
    if number("mbpe")? != 1 {
        return Err("another version".into());
    }
    let (count, merges) = (number("vocab")?, number("merges")?);
    lines.next();
    let texts = lines.by_ref().take(count).map(unescaped).collect::<Result<Vec<String>>>()?;
    let mine = |&(_, id): &(&str, u32)| !foreign.iter().any(|&(first, last)| (first..=last).contains(&id));
    let vocab: Vec<(&str, u32)> = texts.iter().map(String::as_str).zip(0..).filter(mine).collect();
    let mut ranks = HashMap::new();
    for (line, rank) in lines.take(merges).zip(0_u32..) {
        let (id, _) = str::from_utf8(line)?.split_once(' ').ok_or("a merge without a split")?;
        ranks.insert(id.parse::<u32>()?, rank);
    }
    let spelling = Spelling::new(Symbols::Characters, &vocab);
    let tokens = spelling.tokens(&vocab);
    let rule = spelling.by_text(&tokens, |place| ranks.get(&tokens[place as usize].id).copied());
    Ok(found(Symbols::Characters, false, &tokens, &rule, BTreeMap::new(), BTreeSet::new()))
}

fn unescaped(line: &[u8]) -> Result<String> {
    let mut text = String::new();
    let mut rest = str::from_utf8(line)?.chars();
    while let Some(c) = rest.next() {
        text.push(match c {
            '\\' => match rest.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('\\') => '\\',
                other => return Err(format!("the escape {other:?}").into()),
            },
            _ => c,
        });
    }
    Ok(text)
}

/// How the strings of a `tokenizer.json` spell tokens.
struct Spelling<'a> {
    symbols: Symbols,
    places: HashMap<&'a str, u32>,
    stand_ins: HashMap<char, u8>,
}

impl<'a> Spelling<'a> {
    fn new(symbols: Symbols, vocab: &[(&'a str, u32)]) -> Self {
        let places = vocab.iter().enumerate().map(|(place, &(text, _))| (text, place as u32)).collect();
        let stand_ins = (0..=255).map(|byte| (stand_in(byte), byte)).collect();
        Self { symbols, places, stand_ins }
    }

    fn tokens(&self, vocab: &[(&str, u32)]) -> Vec<Token> {
        vocab.iter().map(|&(text, id)| Token { id, bytes: self.bytes(text), role: self.role(text) }).collect()
    }

    fn bytes(&self, text: &str) -> Vec<u8> {
        match self.symbols {
            Symbols::Characters => byte_name(text).map_or_else(|| spaced(text), |byte| vec![byte]),
            Symbols::Bytes => self.real_bytes(text).unwrap_or_else(|| text.into()),
        }
    }

    /// The bytes that GPT-2's printable stand-ins stand for.
    fn real_bytes(&self, text: &str) -> Option<Vec<u8>> {
        text.chars().map(|c| self.stand_ins.get(&c).copied()).collect()
    }

    fn role(&self, text: &str) -> Role {
        let byte = match self.symbols {
            Symbols::Characters => byte_name(text),
            Symbols::Bytes => one_char(text).and_then(|c| self.stand_ins.get(&c).copied()),
        };
        if let Some(byte) = byte {
            return Role::Base(Definition::Byte(byte));
        }
        if self.symbols == Symbols::Characters && one_char(text).is_some() {
            return Role::Base(Definition::Text(self.bytes(text)));
        }
        let mut buffer = [0; 4];
        let place = |c: char| self.places.get(&*c.encode_utf8(&mut buffer)).copied();
        let spelled = text.chars().map(place).collect::<Option<_>>();
        match spelled {
            Some(symbols) if self.symbols == Symbols::Characters || self.real_bytes(text).is_some() => {
                Role::Spelled(symbols)
            }
            _ => Role::Apart,
        }
    }

    /// Two neighbours merge if a token has their text; `rank` gives its rank, if any merge makes it.
    fn by_text<'b>(
        &self,
        tokens: &'b [Token],
        rank: impl Fn(u32) -> Option<u32> + 'b,
    ) -> impl Fn(u32, u32, &[u8]) -> Option<(u32, u32)> + 'b {
        let by_bytes: HashMap<&[u8], u32> = tokens
            .iter()
            .zip(0..)
            .filter(|(token, _)| !matches!(token.role, Role::Base(Definition::Byte(_))))
            .map(|(token, place)| (token.bytes.as_slice(), place))
            .collect();
        move |_, _, bytes| {
            let &place = by_bytes.get(bytes)?;
            Some((rank(place)?, place))
        }
    }
}

/// GPT-2's printable stand-in for a byte: itself where Latin-1 prints it, else the next code point from U+0100.
fn stand_in(byte: u8) -> char {
    let printable = |b: u8| matches!(b, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    if printable(byte) {
        return char::from(byte);
    }
    let place = (0..byte).filter(|&b| !printable(b)).count();
    char::from_u32(256 + place as u32).unwrap_or_default()
}

/// SentencePiece writes a space as U+2581.
fn spaced(text: &str) -> Vec<u8> {
    text.replace('\u{2581}', " ").into_bytes()
}

fn byte_name(text: &str) -> Option<u8> {
    let digits = text.strip_prefix("<0x")?.strip_suffix('>')?;
    if digits.len() == 2 { u8::from_str_radix(digits, 16).ok() } else { None }
}

fn one_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// A piece of a SentencePiece model: its text, score and type.
type Piece = (String, f32, u64);

const UNKNOWN: u64 = 2;
const CONTROL: u64 = 3;
const USER_DEFINED: u64 = 4;
const NORMAL: u64 = 1;
const BYTE: u64 = 6;

/// A SentencePiece model, a protocol buffer.
fn sentencepiece(source: &[u8]) -> Result<Found> {
    let mut pieces = Vec::new();
    for (field, value) in fields(source)? {
        let (1, Field::Bytes(piece)) = (field, value) else { continue };
        let (mut text, mut score, mut kind) = (String::new(), 0.0, NORMAL);
        for part in fields(piece)? {
            match part {
                (1, Field::Bytes(bytes)) => text = str::from_utf8(bytes)?.to_owned(),
                (2, Field::Fixed(bits)) => score = f32::from_bits(bits),
                (3, Field::Number(number)) => kind = number,
                _ => {}
            }
        }
        pieces.push((text, score, kind));
    }
    scored(&pieces)
}

/// splintr's text form of a SentencePiece model: a line a piece, its text in base64, its score, and its type if it has one.
fn spm(source: &[u8], take: usize) -> Result<Found> {
    let mut pieces = Vec::new();
    for line in str::from_utf8(source)?.lines().take(take) {
        let mut parts = line.split(' ');
        let text = String::from_utf8(BASE64_STANDARD.decode(parts.next().unwrap_or_default())?)?;
        let score = parts.next().ok_or("a piece without a score")?.parse()?;
        let kind = match (parts.next(), text.as_str()) {
            (Some(kind), _) => kind.parse()?,
            (None, "<unk>") => UNKNOWN,
            (None, "<s>" | "</s>") => CONTROL,
            (None, text) if byte_name(text).is_some() => BYTE,
            (None, _) => NORMAL,
        };
        pieces.push((text, score, kind));
    }
    scored(&pieces)
}

/// Scores order the merges, and two neighbours merge if a piece has their text.
///
/// Of pairs with one score the leftmost merges first. Only runs of one character have one score: they grow from their
/// left, as they do if the longest goes first. Gemma's runs of white space, which it cuts out before it merges, are the
/// same runs with the best score, as no other token begins or ends with two of their characters.
fn scored(pieces: &[Piece]) -> Result<Found> {
    let runs = |kind: u64, text: &str| kind == USER_DEFINED && is_run(text);
    // As in Gemma's tokenizer.json: a tab is what runs of tabs are made of, not only a byte.
    let tabs = pieces.iter().any(|(text, ..)| text == "\t\t") && !pieces.iter().any(|(text, ..)| text == "\t");
    let mut vocab = Vec::new();
    let mut scores = Vec::new();
    let mut specials = BTreeMap::new();
    let mut literals = BTreeSet::new();
    for ((text, score, kind), id) in pieces.iter().zip(0_u32..) {
        if matches!(*kind, NORMAL | BYTE) || runs(*kind, text) {
            vocab.push((if tabs && text == "<0x09>" { "\t" } else { text.as_str() }, id));
            scores.push(if runs(*kind, text) { f32::INFINITY } else { *score });
        } else {
            specials.insert(text.clone(), id);
            if *kind == USER_DEFINED {
                literals.insert(text.clone());
            }
        }
    }
    let mergeable = |&place: &u32| byte_name(vocab[place as usize].0).is_none();
    let mut order: Vec<u32> = (0..scores.len() as u32).filter(mergeable).collect();
    let text = |place: u32| vocab[place as usize].0;
    let score = |place: u32| scores[place as usize];
    order.sort_by(|&a, &b| score(b).total_cmp(&score(a)).then(text(b).len().cmp(&text(a).len())));
    let tie = |pair: &[u32]| score(pair[0]).to_bits() == score(pair[1]).to_bits();
    if let Some(pair) = order.windows(2).find(|p| tie(p) && !(is_run(text(p[0])) && is_run(text(p[1])))) {
        return Err(format!("{:?} and {:?} have one score", text(pair[0]), text(pair[1])).into());
    }
    let mut ranks = vec![None; scores.len()];
    for (&place, rank) in order.iter().zip(0_u32..) {
        ranks[place as usize] = Some(rank);
    }
    let spelling = Spelling::new(Symbols::Characters, &vocab);
    let tokens = spelling.tokens(&vocab);
    let rule = spelling.by_text(&tokens, |place| ranks[place as usize]);
    Ok(found(Symbols::Characters, false, &tokens, &rule, specials, literals))
}

/// Whether a text is white space, one character again and again.
fn is_run(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    matches!(first, Some('\u{2581}' | '\n' | '\t')) && chars.all(|c| Some(c) == first)
}

enum Field<'a> {
    Number(u64),
    Fixed(u32),
    Bytes(&'a [u8]),
}

/// The fields of a protocol buffer.
fn fields(mut source: &[u8]) -> Result<Vec<(u64, Field<'_>)>> {
    let mut fields = Vec::new();
    while !source.is_empty() {
        let key = varint(&mut source)?;
        let field = match key & 7 {
            0 => Field::Number(varint(&mut source)?),
            2 => {
                let length = varint(&mut source)? as usize;
                Field::Bytes(source.split_off(..length).ok_or("a field ends early")?)
            }
            5 => {
                let (bits, rest) = source.split_first_chunk().ok_or("a field ends early")?;
                source = rest;
                Field::Fixed(u32::from_le_bytes(*bits))
            }
            other => return Err(format!("wire type {other}").into()),
        };
        fields.push((key >> 3, field));
    }
    Ok(fields)
}

fn varint(source: &mut &[u8]) -> Result<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let &byte = source.split_off_first().ok_or("a number ends early")?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(number);
        }
    }
    Err("a number without an end".into())
}
