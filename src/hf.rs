//! Tokenizers that the engine's own way does not take: `WordPiece`, Unigram, whole words, and BPE with any normalizer,
//! pre-tokenizer and flag, as Hugging Face's `tokenizers` does them.
//!
//! No other module names that crate. It brings normalized strings with their alignments, most steps, and BPE; reading the
//! file, finding added tokens, running expressions and the other models are done here, because there the crate panics on bad
//! files, stops silently where an expression fails, or takes too much time. DESIGN.md lists what is guarded.
//!
//! Texts are counted as by `encode(text, add_special_tokens=False)`; the text of a special token is ordinary text unless
//! it is asked for.

mod added;
mod apply;
mod budget;
mod charsmap;
mod file;
mod fit;
mod live;
mod local;
mod model;
mod pattern;
mod steps;
mod unigram;
#[cfg(target_arch = "wasm32")]
mod wasm;

use crate::encoding::Spans;
use crate::error::{Error, ErrorKind};
use crate::json::limit;
use crate::json::shape::GPT2;
use crate::json::value::Value;
use crate::vocab::TokenId;
use added::{AddedTokens, In};
use ahash::AHashMap;
use apply::normalize;
use budget::Budget;
use file::{File, broken};
pub use live::HfText;
use local::Locality;
use model::Model;
use pattern::Find;
use steps::{Cut, Decode, Normalize};
use tokenizers::decoders::bpe::BPEDecoder as BpeDecoder;
use tokenizers::decoders::byte_fallback::ByteFallback;
use tokenizers::decoders::ctc::CTC as Ctc;
use tokenizers::decoders::wordpiece::WordPiece as WordPieceDecoder;
use tokenizers::models::bpe::BPE;
use tokenizers::normalizer::Range;
use tokenizers::normalizers::{BertNormalizer, Nmt, Precompiled, StripAccents};
use tokenizers::pattern::Pattern;
use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::delimiter::CharDelimiterSplit;
use tokenizers::pre_tokenizers::digits::Digits;
use tokenizers::pre_tokenizers::fixed_length::FixedLength;
use tokenizers::pre_tokenizers::metaspace::{Metaspace, PrependScheme};
use tokenizers::pre_tokenizers::punctuation::Punctuation;
use tokenizers::pre_tokenizers::unicode_scripts::UnicodeScripts;
use tokenizers::pre_tokenizers::whitespace::{Whitespace, WhitespaceSplit};
use tokenizers::{
    Decoder, Model as _, NormalizedString, Normalizer, OffsetReferential, OffsetType, PreTokenizedString,
    PreTokenizer, SplitDelimiterBehavior, Token,
};

/// The most bytes of a text that are counted in one piece; the crate takes some forty times the memory.
const MAX_TEXT: usize = 4 << 20;
/// The most bytes that a text may have after a normalizer.
const MAX_NORMALIZED: usize = 12 << 20;
/// Pieces that BPE remembers.
const CACHED: usize = 4096;

/// A tokenizer that was read from a tokenizer.json of any kind.
pub struct HfEncoding {
    normalizers: Vec<Normalize>,
    cuts: Vec<Cut>,
    decoders: Option<Vec<Decode>>,
    added: AddedTokens,
    model: Model,
    byte_level: Find,
    locality: Locality,
}

/// A piece of a text, and its token if it is an added one.
type Piece = (NormalizedString, Option<Vec<Token>>);

/// What the crate's closures fail with.
type Failure = Box<dyn std::error::Error + Send + Sync>;

fn failed(failure: Failure) -> Error {
    let why = match failure.downcast::<Error>() {
        Ok(error) => return *error,
        Err(other) => other.to_string(),
    };
    Error::new(ErrorKind::CannotCount, format!("this text cannot be counted: {why}"))
}

impl HfEncoding {
    /// Reads a tokenizer.json. Padding, truncation and what is put around a text are passed over.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidTokenizer`] if it is malformed, [`UnsupportedTokenizer`](ErrorKind::UnsupportedTokenizer) if a part of
    /// it is not known or not safe, [`LimitExceeded`](ErrorKind::LimitExceeded), [`CannotCount`](ErrorKind::CannotCount) if
    /// the normalizer fails on an added token.
    ///
    /// # Complexity
    /// Linear in the bytes of the file, and for what expressions take on the added tokens.
    pub fn from_json(file: &[u8]) -> Result<Self, Error> {
        let mut file = File::read(file)?;
        let normalizers = Normalize::steps(&file.normalizer)?;
        let model = Model::new(&mut file)?;
        let mut budget = Budget::for_bytes(file.added.iter().map(|added| added.content.len()).sum());
        let mut normalized = |text: &str| {
            let mut text = NormalizedString::from(text);
            normalize(&normalizers, &mut text, &mut budget)?;
            Ok(text.get().to_owned())
        };
        let added =
            AddedTokens::new(file.added, &|token| model.id_of(token), model.len() as u32, &mut normalized)?;
        let cuts = Cut::steps(&file.pre_tokenizer)?;
        let locality = Locality::of(&normalizers, &cuts, &added);
        let decoders = if file.decoder == Value::Null { None } else { Some(Decode::steps(&file.decoder)?) };
        let byte_level = Find::expression(GPT2, "ByteLevel")?;
        Ok(Self { normalizers, cuts, decoders, added, model, byte_level, locality })
    }

    /// Returns one more than the highest token id, added tokens included.
    #[must_use]
    pub fn vocab_size(&self) -> usize {
        let added = self.added.tokens.iter().map(|token| token.id as usize + 1).max();
        self.model.size().max(added.unwrap_or(0))
    }

    /// Returns whether a text has to be counted as a whole after every edit.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.locality == Locality::Nowhere
    }

    /// Returns whether a long text may come slice by slice: each is counted in the time that it takes, and none can fail
    /// because a word is cut at its end.
    #[must_use]
    pub fn takes_slices(&self) -> bool {
        let may_fail = |cut: &Cut| matches!(cut, Cut::Split { .. } | Cut::ByteLevel { expression: true, .. });
        !self.is_whole() && !self.cuts.iter().any(may_fail) && self.model.knows_the_unknown()
    }

    /// Returns the special tokens and their ids.
    pub fn specials(&self) -> impl Iterator<Item = (&str, TokenId)> {
        let specials = self.added.tokens.iter().filter(|token| token.special);
        specials.map(|token| (token.added.content.as_str(), token.id))
    }

    /// Returns how many tokens `text` is.
    ///
    /// # Errors
    /// [`ErrorKind::CannotCount`] if an expression takes too long on it or fails, or if the tokenizer has no token for an
    /// unknown word; [`LimitExceeded`](ErrorKind::LimitExceeded).
    ///
    /// # Complexity
    /// Linear in the bytes of the text, but for BPE on a long piece: O(n log n), and for what expressions take.
    pub fn count(&self, text: &str) -> Result<usize, Error> {
        self.count_within(text, &mut Budget::for_bytes(text.len()))
    }

    fn count_within(&self, text: &str, budget: &mut Budget) -> Result<usize, Error> {
        let mut count = 0;
        for part in self.locality.parts(text) {
            count += self.count_part(part, budget)?;
        }
        Ok(count)
    }

    fn count_part(&self, part: &str, budget: &mut Budget) -> Result<usize, Error> {
        let tokens = self.tokenize(part, false, budget)?;
        let splits = tokens.get_splits(OffsetReferential::Normalized, OffsetType::None);
        Ok(splits.iter().map(|(_, _, tokens)| tokens.as_ref().map_or(0, Vec::len)).sum())
    }

    /// Returns the tokens of `text`. The text of a special token is ordinary text.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    ///
    /// # Complexity
    /// That of [`count`](Self::count).
    pub fn encode(&self, text: &str) -> Result<Vec<TokenId>, Error> {
        self.encode_as(text, false)
    }

    /// Returns the tokens of `text`, where the text of a special token becomes that token.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    ///
    /// # Complexity
    /// That of [`count`](Self::count).
    pub fn encode_with_specials(&self, text: &str) -> Result<Vec<TokenId>, Error> {
        self.encode_as(text, true)
    }

    fn encode_as(&self, text: &str, specials: bool) -> Result<Vec<TokenId>, Error> {
        let mut budget = Budget::for_bytes(text.len());
        let mut ids = Vec::new();
        for part in self.locality.parts(text) {
            let tokens = self.tokenize(part, specials, &mut budget)?;
            for (_, _, tokens) in tokens.get_splits(OffsetReferential::Normalized, OffsetType::None) {
                ids.extend(tokens.iter().flatten().map(|token| token.id));
            }
        }
        Ok(ids)
    }

    /// Returns the tokens of `text` and where each ends, in UTF-16 code units. A token that ends inside a character ends before
    /// it. What the tokenizer leaves out belongs to the token behind it.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    ///
    /// # Complexity
    /// That of [`count`](Self::count).
    pub fn spans(&self, text: &str) -> Result<Spans, Error> {
        let mut budget = Budget::for_bytes(text.len());
        let mut spans = Spans::default();
        let mut before = 0;
        for part in self.locality.parts(text) {
            let tokens = self.tokenize(part, false, &mut budget)?;
            let tokens = tokens.into_encoding(None, 0, OffsetType::Byte).map_err(failed)?;
            spans.ids.extend_from_slice(tokens.get_ids());
            let mut ends = Vec::with_capacity(tokens.get_offsets().len());
            let mut next = part.len();
            for &(start, end) in tokens.get_offsets().iter().rev() {
                // Where neighbours overlap both are parts of one character, or of what the normalizer put there.
                ends.push(end.min(next));
                next = start;
            }
            let (mut byte, mut unit) = (0, 0);
            for end in ends.into_iter().rev() {
                let end = part.floor_char_boundary(end);
                if end > byte {
                    unit += part[byte..end].chars().map(|c| c.len_utf16() as u32).sum::<u32>();
                    byte = end;
                }
                spans.ends.push(before + unit);
            }
            before += part.chars().map(|c| c.len_utf16() as u32).sum::<u32>();
        }
        Ok(spans)
    }

    /// Returns the text that `ids` stand for, as the tokenizer's decoder puts it together, special tokens among it.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownToken`] if an id is not in the vocabulary.
    pub fn decode(&self, ids: &[TokenId]) -> Result<String, Error> {
        let mut tokens = Vec::with_capacity(ids.len());
        for (place, &id) in ids.iter().enumerate() {
            let added = self.added.get(id).map(|token| token.pattern.clone());
            tokens.push(added.or_else(|| self.model.text_of(id)).ok_or_else(|| {
                let size = self.vocab_size();
                let message =
                    format!("the tokenizer has no token {id} (at place {place}); ids are below {size}");
                Error::new(ErrorKind::UnknownToken, message)
            })?);
        }
        match &self.decoders {
            None => Ok(tokens.join(" ")),
            Some(decoders) => {
                let mut budget = Budget::for_bytes(tokens.iter().map(String::len).sum());
                for decoder in decoders {
                    tokens = decoder.decode(tokens, &mut budget)?;
                }
                Ok(tokens.concat())
            }
        }
    }

    /// Goes all the way from a text to its tokens.
    fn tokenize(&self, text: &str, specials: bool, budget: &mut Budget) -> Result<PreTokenizedString, Error> {
        if text.len() > MAX_TEXT {
            let what = "the length in bytes of what this tokenizer has to count in one piece";
            return Err(limit(what, text.len() as u64, MAX_TEXT as u64));
        }
        self.try_tokenize(text, specials, budget).map_err(failed)
    }

    fn try_tokenize(
        &self,
        text: &str,
        specials: bool,
        budget: &mut Budget,
    ) -> Result<PreTokenizedString, Failure> {
        let mut tokens = PreTokenizedString::from(text);
        tokens.split(|_, text| self.cut_at_added(&text, In::Text, specials))?;
        tokens.split(|_, mut text| {
            normalize(&self.normalizers, &mut text, budget)?;
            self.cut_at_added(&text, In::Normalized, specials)
        })?;
        for cut in &self.cuts {
            cut.apply(&mut tokens, &self.byte_level, budget)?;
        }
        tokens.tokenize(|piece| Ok(self.model.tokenize(piece.get())?))?;
        Ok(tokens)
    }

    fn cut_at_added(
        &self,
        text: &NormalizedString,
        place: In,
        specials: bool,
    ) -> Result<Vec<Piece>, Failure> {
        let stretches = self.added.stretches(text.get(), place, specials);
        let piece = |(id, (from, to)): added::Stretch| {
            let piece = text.slice(Range::Normalized(from..to)).ok_or("a part of it has no place in it")?;
            let token = id.map(|id| vec![Token::new(id, String::new(), (0, to - from))]);
            Ok((piece, token))
        };
        stretches.into_iter().map(piece).collect()
    }
}

/// The crate's BPE.
struct Bpe {
    model: BPE,
    /// The highest id.
    highest: Option<u32>,
}

impl Bpe {
    fn new(
        vocab: AHashMap<String, u32>,
        merges: Vec<(String, String)>,
        unknown: Option<String>,
        prefix: Option<String>,
        suffix: Option<String>,
        [fuse_unknown, byte_fallback, ignore_merges]: [bool; 3],
    ) -> Result<Self, Error> {
        let highest = vocab.values().max().copied();
        let mut builder = BPE::builder()
            .vocab_and_merges(vocab, merges)
            .cache_capacity(CACHED)
            .fuse_unk(fuse_unknown)
            .byte_fallback(byte_fallback)
            .ignore_merges(ignore_merges);
        if let Some(unknown) = unknown {
            builder = builder.unk_token(unknown);
        }
        if let Some(prefix) = prefix {
            builder = builder.continuing_subword_prefix(prefix);
        }
        if let Some(suffix) = suffix {
            builder = builder.end_of_word_suffix(suffix);
        }
        let model = builder.build().map_err(|error| broken("model", &error.to_string()))?;
        Ok(Self { model, highest })
    }

    fn tokens(&self, piece: &str) -> Result<Vec<Token>, Error> {
        self.model.tokenize(piece).map_err(failed)
    }

    fn id_of(&self, token: &str) -> Option<u32> {
        self.model.token_to_id(token)
    }

    fn text_of(&self, id: u32) -> Option<String> {
        self.model.id_to_token(id)
    }

    fn len(&self) -> usize {
        self.model.get_vocab_size()
    }

    fn knows_the_unknown(&self) -> bool {
        self.model.get_unk_token().as_ref().is_none_or(|token| self.id_of(token).is_some())
    }

    fn highest(&self) -> Option<u32> {
        self.highest
    }
}
