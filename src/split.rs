//! Pre-tokenizers: cut a text into the pieces within which tokens are merged.
//!
//! What the references do with regular expressions is done here in one pass and without backtracking, by the rules of a
//! pattern (`rules.rs`): most patterns that are in use are made of the same few alternatives. The tests hold each pattern
//! against the reference's expression.

mod ascii;
mod rules;
mod source;

pub(crate) use ascii::Splitter;
pub(crate) use source::{Source, Step};

use crate::error::{Error, ErrorKind};
use crate::unicode::{Class, Classes};
use rules::{ASCII_LETTER, Contraction, KANA_OTHER, KANA_SYMBOL, MARK, OTHER, Rules, TAIL_ONLY};
use source::{WHITE_SPACE, contraction, white_space};

/// How many pieces beyond its own end decide where a piece ends: if `a`, `b`, … are pieces in a row, the end of `a`
/// depends on nothing behind the end of the piece that is so many further, and of one code point more.
pub(crate) const READS_PAST: usize = 2;

/// The splitting patterns that this crate has, by the name that a packed vocabulary gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Pattern {
    /// The whole text is one piece, as in `SentencePiece`'s vocabularies.
    None,
    /// The pattern of GPT-2, `r50k_base` and `p50k_base`.
    Gpt2,
    /// The pattern of `cl100k_base`.
    Cl100k,
    /// The pattern of `o200k_base`, Llama 4 and `MiniMax`.
    O200k,
    /// The pattern of Llama 3 and GLM.
    Llama3,
    /// The pattern of Qwen 2 to 3.
    Qwen,
    /// The pattern of Qwen 3.5.
    Qwen35,
    /// The three patterns in a row of `DeepSeek` V3 and V4.
    DeepSeek,
    /// The pattern of Kimi K2 and K3.
    Kimi,
    /// The pattern of Mistral's Tekken.
    Tekken,
    /// The two patterns in a row of Command R.
    CommandR,
}

impl Pattern {
    /// Every pattern.
    pub const ALL: [Self; 11] = [
        Self::None,
        Self::Gpt2,
        Self::Cl100k,
        Self::O200k,
        Self::Llama3,
        Self::Qwen,
        Self::Qwen35,
        Self::DeepSeek,
        Self::Kimi,
        Self::Tekken,
        Self::CommandR,
    ];

    /// Returns the name of this pattern in a packed vocabulary.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Gpt2 => "gpt2",
            Self::Cl100k => "cl100k",
            Self::O200k => "o200k",
            Self::Llama3 => "llama3",
            Self::Qwen => "qwen",
            Self::Qwen35 => "qwen3_5",
            Self::DeepSeek => "deepseek",
            Self::Kimi => "kimi",
            Self::Tekken => "tekken",
            Self::CommandR => "command_r",
        }
    }

    /// Returns the pattern of that name.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownPattern`] if there is none; the message lists those that there are.
    pub fn from_name(name: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|pattern| pattern.name() == name).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(", ");
            Error::new(
                ErrorKind::UnknownPattern,
                format!("the vocabulary wants the splitting pattern \"{name}\"; this build has {known}"),
            )
        })
    }

    /// Returns the end of the piece that begins at `start`, both in bytes. The pieces of a text cover it without a gap.
    ///
    /// `start` is the beginning of a piece, or 0, and less than the length of the text.
    ///
    /// # Complexity
    /// Linear over all pieces of a text: no byte is looked at more than a constant number of times.
    #[inline]
    pub(crate) fn piece_end(self, text: &dyn Source, start: usize) -> usize {
        self.rules().piece_end(text, start)
    }
}

/// What a word of two parts finds where a letter or mark stands.
enum Word {
    /// It matches up to here, without the contraction.
    Ends(usize),
    /// It does not match: all is upper case, up to here.
    UpperCase(usize),
}

impl Rules {
    fn piece_end(&self, text: &dyn Source, start: usize) -> usize {
        let Some(first) = text.step(start) else { return start };
        let class = first.class;
        if let Contraction::Piece { folds } = self.contraction
            && let Some(end) = contraction(text, start, folds)
        {
            return end;
        }
        let may_be_prefix = !self.tails.is_empty() && MARK.has(class);
        if self.letters.has(class) && !may_be_prefix {
            return self.word_end(text, start);
        }
        if self.alone.has(class) {
            return text.run(start, self.alone);
        }
        if self.numbers.has(class) {
            return self.numbers_end(text, start);
        }
        if may_be_prefix {
            return self.mark_end(text, start, first.end);
        }
        let next = text.step(first.end).map(|next| next.class);
        let is_next = |classes: Classes| next.is_some_and(|next| classes.has(next));
        let is_ascii_space = text.byte(start) == b' ';
        if self.prefix.has(class) && (is_ascii_space || !self.spaces_only) && is_next(self.letters) {
            return self.word_end(text, first.end);
        }
        if WHITE_SPACE.has(class) {
            return if is_ascii_space && is_next(self.symbols) {
                self.symbols_end(text, first.end)
            } else if is_ascii_space && self.spaces_only && is_next(self.numbers.less(self.barriers)) {
                self.numbers_end(text, first.end)
            } else {
                self.white_space_end(text, start)
            };
        }
        if !self.symbols.has(class) {
            return if KANA_SYMBOL.and(KANA_OTHER).has(class) {
                self.kana_end(text, start)
            } else {
                self.gap_end(text, start)
            };
        }
        if self.ascii_words && text.byte(start) < 128 && is_next(ASCII_LETTER) {
            return text.run(first.end, ASCII_LETTER);
        }
        self.symbols_end(text, start)
    }

    /// A word without a prefix, where a letter or mark stands at `start`.
    #[inline]
    fn word_end(&self, text: &dyn Source, start: usize) -> usize {
        if self.tails.is_empty() {
            return text.run(start, self.letters);
        }
        match self.word(text, start) {
            Word::Ends(end) | Word::UpperCase(end) => self.with_contraction(text, end),
        }
    }

    /// `head* tail+`. The greedy `head*` gives back what `tail+` needs: if nothing that is only a tail follows, the
    /// match ends behind the last code point that is both.
    #[inline]
    fn word(&self, text: &dyn Source, start: usize) -> Word {
        let heads = self.letters.less(TAIL_ONLY);
        let end = text.run(start, heads);
        match text.step(end) {
            Some(Step { class, .. }) if self.tails.has(class) => Word::Ends(text.run(end, self.tails)),
            _ => text.last(start, end, heads.both(self.tails)).map_or(Word::UpperCase(end), Word::Ends),
        }
    }

    #[inline]
    fn with_contraction(&self, text: &dyn Source, end: usize) -> usize {
        match self.contraction {
            Contraction::InWord => contraction(text, end, true).unwrap_or(end),
            _ => end,
        }
    }

    /// A word whose prefix may be the mark at `start` itself, which ends at `after`.
    ///
    /// With the mark as prefix the first alternative wants a tail behind it. Without a prefix it always matches,
    /// because a mark is a tail; so the second alternative never has its turn.
    #[inline]
    fn mark_end(&self, text: &dyn Source, start: usize, after: usize) -> usize {
        if let Word::Ends(end) = self.word(text, after) {
            return self.with_contraction(text, end);
        }
        self.word_end(text, start)
    }

    #[inline]
    fn numbers_end(&self, text: &dyn Source, mut at: usize) -> usize {
        if self.digits == 0 {
            return text.run(at, self.numbers);
        }
        for _ in 0..self.digits {
            match text.step(at) {
                Some(Step { class, end }) if self.numbers.has(class) => at = end,
                _ => break,
            }
        }
        at
    }

    #[inline]
    fn symbols_end(&self, text: &dyn Source, at: usize) -> usize {
        text.run(text.run(at, self.symbols), self.after_symbols)
    }

    /// What no alternative matches is one piece, up to where one does: before its last code point if a word follows. An
    /// added token is one alone.
    fn gap_end(&self, text: &dyn Source, start: usize) -> usize {
        let end = text.run(start, self.prefix.both(OTHER));
        match text.step(end) {
            Some(Step { class: Class::Added, end: behind }) if end == start => behind,
            Some(Step { class, .. }) if self.letters.has(class) => text.before(end),
            _ => end,
        }
    }

    /// Where ideographs and kana are cut from the rest first, what is no letter among them is cut from those by the expression
    /// that cuts the rest: symbols are a piece, and what nothing matches is one up to its last code point if a letter follows.
    fn kana_end(&self, text: &dyn Source, start: usize) -> usize {
        let symbols = text.run(start, KANA_SYMBOL);
        if symbols > start {
            return symbols;
        }
        let end = text.run(start, KANA_OTHER);
        let is_before_letter = text.step(end).is_some_and(|next| self.alone.has(next.class));
        match text.before(end) {
            last if is_before_letter && last > start => last,
            _ => text.run(end, self.alone),
        }
    }

    #[inline]
    fn white_space_end(&self, text: &dyn Source, start: usize) -> usize {
        let space = white_space(text, start);
        let is_last = text.step(space.end).is_none_or(|next| self.barriers.has(next.class));
        match space.after_newline {
            Some(end) if self.lines && !(is_last && self.last_space_whole) => end,
            _ => space.end_before_word(text, is_last),
        }
    }
}
