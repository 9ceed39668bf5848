//! Which of the shapes that are counted exactly a tokenizer.json has: its normalizer, its pre-tokenizer, and the flags of
//! its model. Any other shape is an error that names the part.

use super::unsupported;
use super::value::Value;
use crate::error::Error;
use crate::normalize::Normalizer;
use crate::split::Pattern;
use crate::vocab::Symbols;

/// What a tokenizer does besides merging.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub normalizer: Normalizer,
    pub pattern: Pattern,
    pub symbols: Symbols,
    pub whole_pieces: bool,
}

/// U+2581, which stands for a space in `SentencePiece`'s vocabularies.
const META_SPACE: &str = "\u{2581}";

impl Shape {
    /// Tells the shape by the parts of the file. `model` is the model without its tokens and merges.
    pub fn of(normalizer: &Value, pre_tokenizer: &Value, model: &Value) -> Result<Self, Error> {
        check_model(model)?;
        let normalizers = steps(normalizer, "normalizers");
        let splitters = steps(pre_tokenizer, "pretokenizers");
        let is_byte_level = splitters.last().is_some_and(|last| last.get("type").str() == "ByteLevel");
        let (normalizer, pattern, symbols) = if is_byte_level {
            (byte_level_normalizer(&normalizers, &splitters)?, pattern(&splitters)?, Symbols::Bytes)
        } else {
            (character_normalizer(&normalizers, &splitters, model)?, Pattern::None, Symbols::Characters)
        };
        let whole_pieces = model.get("ignore_merges").is_true(false);
        if whole_pieces && symbols == Symbols::Characters {
            return Err(unsupported("model.ignore_merges", "true, without a ByteLevel pre-tokenizer"));
        }
        Ok(Self { normalizer, pattern, symbols, whole_pieces })
    }
}

/// Returns the steps of a normalizer or pre-tokenizer, in order; sequences may hold sequences.
fn steps<'a>(part: &'a Value, list: &str) -> Vec<&'a Value> {
    let mut steps = Vec::new();
    let mut open = vec![part];
    while let Some(part) = open.pop() {
        if part.get("type").str() == "Sequence" {
            open.extend(part.get(list).array().iter().rev());
        } else if *part != Value::Null {
            steps.push(part);
        }
    }
    steps
}

fn check_model(model: &Value) -> Result<(), Error> {
    let kind = model.get("type");
    if *kind != Value::Null && kind.str() != "BPE" {
        return Err(unsupported("model.type", kind.str()));
    }
    let dropout = model.get("dropout");
    if !matches!(dropout, Value::Null) && !matches!(dropout, Value::Number(none) if none == "0.0") {
        return Err(unsupported("model.dropout", "is not null"));
    }
    for affix in ["continuing_subword_prefix", "end_of_word_suffix"] {
        let affix_of = model.get(affix);
        if *affix_of != Value::Null && *affix_of != Value::String(String::new()) {
            return Err(unsupported(&format!("model.{affix}"), affix_of.str()));
        }
    }
    for flag in ["fuse_unk", "byte_fallback", "ignore_merges"] {
        if !matches!(model.get(flag), Value::Null | Value::Bool(_)) {
            return Err(unsupported(&format!("model.{flag}"), "that is no flag"));
        }
    }
    if !matches!(model.get("unk_token"), Value::Null | Value::String(_)) {
        return Err(unsupported("model.unk_token", "that is no text"));
    }
    Ok(())
}

/// Checks that what comes behind merging only adds special tokens, which are not counted here.
pub(super) fn check_processor(processor: &Value) -> Result<(), Error> {
    for step in steps(processor, "processors") {
        let is_text = |part: &&Value| part.get("Sequence").get("id").str() == "A";
        let known = match kind(step, "post_processor")? {
            "ByteLevel" | "BertProcessing" | "RobertaProcessing" => true,
            "TemplateProcessing" => step.get("single").array().iter().filter(is_text).count() == 1,
            _ => false,
        };
        if !known {
            return Err(unsupported("post_processor", kind(step, "post_processor")?));
        }
    }
    Ok(())
}

fn kind<'a>(part: &'a Value, name: &str) -> Result<&'a str, Error> {
    let kind = part.get("type").str();
    if kind.is_empty() { Err(unsupported(name, "without a type")) } else { Ok(kind) }
}

fn byte_level_normalizer(steps: &[&Value], splitters: &[&Value]) -> Result<Normalizer, Error> {
    let prefixes =
        splitters.iter().any(|step| step.get("add_prefix_space").is_true(kind_is(step, "ByteLevel")));
    match steps {
        [] if !prefixes => Ok(Normalizer::None),
        [] if splitters.len() == 1 => Ok(Normalizer::ByteSpace),
        [only] if !prefixes && kind(only, "normalizer")? == "NFC" => Ok(Normalizer::Nfc),
        _ if prefixes => Err(unsupported("pre_tokenizer.add_prefix_space", "behind other steps")),
        [first, ..] => Err(unsupported("normalizer", kind(first, "normalizer")?)),
        [] => Err(unsupported("normalizer", "")),
    }
}

fn kind_is(part: &Value, kind: &str) -> bool {
    part.get("type").str() == kind
}

/// The pattern of splitters before the `ByteLevel` one, and of that one.
fn pattern(steps: &[&Value]) -> Result<Pattern, Error> {
    let Some((last, before)) = steps.split_last() else { return Ok(Pattern::None) };
    let mut expressions = Vec::new();
    let mut removes = false;
    for step in before {
        expressions.push(match kind(step, "pre_tokenizer")? {
            "Split" => {
                let behavior = step.get("behavior").str();
                let inverted = step.get("invert").is_true(false);
                removes |= behavior == "Removed" && inverted;
                if behavior != "Isolated" && !removes {
                    return Err(unsupported("pre_tokenizer.behavior", behavior));
                }
                escaped(step.get("pattern").get("Regex").str())
            }
            "Digits" if step.get("individual_digits").is_true(false) => r"\p{N}".to_owned(),
            other => return Err(unsupported("pre_tokenizer", other)),
        });
    }
    if last.get("use_regex").is_true(true) {
        expressions.push(GPT2.to_owned());
    }
    let pattern = known(&expressions)?;
    // To remove what is between matches is nothing if nothing is left between them.
    if removes && (before.len() > 1 || pattern == Pattern::DeepSeek) {
        return Err(unsupported("pre_tokenizer.behavior", "Removed"));
    }
    Ok(pattern)
}

/// Returns an expression with line breaks as escapes.
fn escaped(expression: &str) -> String {
    let mut escaped = String::with_capacity(expression.len());
    for c in expression.chars() {
        match c {
            '\r' => escaped.push_str(r"\r"),
            '\n' => escaped.push_str(r"\n"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// The pattern of the pre-tokenizer `ByteLevel`.
pub(crate) const GPT2: &str = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

/// The expressions that files have, one after the other, by pattern.
const KNOWN: [(Pattern, &[&str]); 12] = [
    (Pattern::None, &[]),
    (Pattern::Gpt2, &[GPT2]),
    (Pattern::CommandR, &[r"\p{N}", GPT2]),
    (
        Pattern::Llama3,
        &[
            r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ],
    ),
    (
        Pattern::Llama3,
        &[
            r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+",
        ],
    ),
    (
        Pattern::Qwen,
        &[
            r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ],
    ),
    (
        Pattern::Qwen35,
        &[
            r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ],
    ),
    (
        Pattern::O200k,
        &[
            r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ],
    ),
    (
        Pattern::Tekken,
        &[
            r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ],
    ),
    (
        Pattern::Kimi,
        &[
            r"[\p{Han}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ],
    ),
    (
        Pattern::DeepSeek,
        &[
            r"\p{N}{1,3}",
            "[一-龥\u{3040}-ゟ゠-ヿ]+",
            r##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"##,
        ],
    ),
    (
        Pattern::Qwen,
        &[
            r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+",
        ],
    ),
];

/// Returns the pattern that has these expressions.
pub(super) fn known(expressions: &[String]) -> Result<Pattern, Error> {
    let has = |wanted: &[&str]| {
        wanted.len() == expressions.len() && wanted.iter().zip(expressions).all(|(a, b)| a == b)
    };
    let found = KNOWN.iter().find(|(_, wanted)| has(wanted)).map(|(pattern, _)| *pattern);
    found.ok_or_else(|| unsupported("pre_tokenizer.pattern", &expressions.join("\", then \"")))
}

/// What a vocabulary of characters does to a text: all is one piece, so its pre-tokenizer may only do what its normalizer
/// may do too.
fn character_normalizer(steps: &[&Value], splitters: &[&Value], model: &Value) -> Result<Normalizer, Error> {
    if !model.get("byte_fallback").is_true(false) {
        return Err(unsupported("pre_tokenizer", "without ByteLevel, and a model without byte_fallback"));
    }
    let is_spaces = |step: &Value| {
        step.get("type").str() == "Replace"
            && step.get("pattern").get("String").str() == " "
            && step.get("content").str() == META_SPACE
    };
    let is_prefix =
        |step: &Value| step.get("type").str() == "Prepend" && step.get("prepend").str() == META_SPACE;
    // Behind the normalizer there is no space that it could find.
    let splits_nothing =
        |step: &&Value| step.get("type").str() == "Split" && step.get("pattern").get("String").str() == " ";
    let normalizer = match steps {
        [spaces] if is_spaces(spaces) => Normalizer::Spaces,
        [prefix, spaces] | [spaces, prefix] if is_prefix(prefix) && is_spaces(spaces) => {
            Normalizer::PrefixedSpaces
        }
        [] => match splitters {
            [only] if only.get("type").str() == "Metaspace" => return metaspace(only),
            _ => return Err(unsupported("pre_tokenizer", "that is not known for byte_fallback")),
        },
        [first, ..] => return Err(unsupported("normalizer", kind(first, "normalizer")?)),
    };
    match splitters.iter().find(|step| !splits_nothing(step)) {
        Some(step) => Err(unsupported("pre_tokenizer", kind(step, "pre_tokenizer")?)),
        None => Ok(normalizer),
    }
}

fn metaspace(step: &Value) -> Result<Normalizer, Error> {
    if step.get("replacement").str() != META_SPACE || step.get("split").is_true(true) {
        return Err(unsupported("pre_tokenizer", "Metaspace that splits"));
    }
    match step.get("prepend_scheme").str() {
        "never" => Ok(Normalizer::Spaces),
        "first" => Ok(Normalizer::FirstSpace),
        "always" => Ok(Normalizer::LeadingSpace),
        other => Err(unsupported("pre_tokenizer.prepend_scheme", other)),
    }
}
