//! An encoding: a vocabulary, its splitter and its special tokens, which together turn text into tokens and back.

use crate::borders::Kind;
use crate::cache::{Cache, Passage};
use crate::claude::{Claude, Line};
use crate::counts::CountsOnly;
use crate::error::{Error, ErrorKind};
use crate::estimate::{Estimate, TokenRange};
use crate::merge::{Scan, Sink, Taken, merge};
use crate::normalize::{Normalizer, Units};
use crate::split::Pattern;
use crate::vocab::{Special, Text, TokenId, Vocab};
use std::sync::{Mutex, MutexGuard, OnceLock};

/// A tokenizer's definition, ready to count, encode and decode.
///
/// ```
/// use tokimeter::Encoding;
///
/// let encoding = Encoding::from_packed(&std::fs::read("data/vocab/o200k_base.vocab")?)?;
/// assert_eq!(encoding.count("Hello, world!"), 4);
/// assert_eq!(encoding.encode("Hello, world!"), [13225, 11, 2375, 0]);
/// assert_eq!(encoding.decode(&[13225, 11, 2375, 0])?, "Hello, world!");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Encoding {
    vocab: Vocab,
    /// What counts in the place of the vocabulary, which then is empty.
    counts_only: Option<CountsOnly>,
    /// Each is used by one count at a time; another that comes in between does without.
    caches: [Mutex<Cache>; CACHES],
    /// The kinds of borders at which counts add up, once they are asked for.
    borders: OnceLock<Vec<Kind>>,
}

/// How many counts at a time have tables of what was met lately.
const CACHES: usize = if cfg!(feature = "rayon") { 16 } else { 1 };

/// The tokens of a text and where each one ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans {
    /// The ids, in order.
    pub ids: Vec<TokenId>,
    /// Per token, the UTF-16 code units of the text's characters that are complete after it. A token that ends
    /// inside a character ends before that character; the token that completes it ends behind it.
    pub ends: Vec<u32>,
}

impl Encoding {
    /// Reads a packed vocabulary: one of `data/vocab/*.vocab`.
    ///
    /// # Errors
    /// A kind for each way in which the bytes can be wrong: [`ErrorKind::NotAVocabulary`],
    /// [`UnsupportedVersion`](ErrorKind::UnsupportedVersion), [`Truncated`](ErrorKind::Truncated),
    /// [`ChecksumMismatch`](ErrorKind::ChecksumMismatch), [`InvalidVocabulary`](ErrorKind::InvalidVocabulary),
    /// [`UnknownPattern`](ErrorKind::UnknownPattern). No bytes make it panic.
    ///
    /// # Complexity
    /// Linear in the number of tokens.
    pub fn from_packed(file: &[u8]) -> Result<Self, Error> {
        Vocab::from_packed(file, None).map(Self::of)
    }

    /// Reads a packed vocabulary that extends another, `base`.
    ///
    /// # Errors
    /// Those of [`from_packed`](Self::from_packed), for both files and where `base` is not the one that is extended.
    ///
    /// # Complexity
    /// Linear in the number of tokens of both.
    pub fn from_packed_over(file: &[u8], base: &[u8]) -> Result<Self, Error> {
        Vocab::from_packed(file, Some(base)).map(Self::of)
    }

    pub(crate) fn of(vocab: Vocab) -> Self {
        Self { vocab, counts_only: None, caches: Default::default(), borders: OnceLock::new() }
    }

    /// Reads a packed vocabulary of Claude's, of which only counts are known: texts encode to no ids, and have no spans.
    ///
    /// # Errors
    /// Those of [`from_packed`](Self::from_packed); [`ErrorKind::InvalidVocabulary`] if the vocabulary is that of another line.
    ///
    /// # Complexity
    /// Linear in the pieces.
    pub fn from_claude(file: &[u8], line: Line) -> Result<Self, Error> {
        let claude = Claude::from_packed(file)?;
        // The package names the file with the line.
        #[cfg(not(target_arch = "wasm32"))]
        if claude.name() != line.vocab() {
            let (wanted, name) = (line.vocab(), claude.name());
            let message = format!("{} counts by the vocabulary {wanted}, and this is {name}", line.name());
            return Err(Error::new(ErrorKind::InvalidVocabulary, message));
        }
        Ok(Self::with_counts_only(line.name(), CountsOnly::Claude(claude, line)))
    }

    /// Returns an estimate of the encoding of that name, such as `o200k_base`; of any other name, one of an encoding that
    /// nobody has. Texts have counts and ranges, and encode to no ids.
    ///
    /// ```
    /// use tokimeter::Encoding;
    ///
    /// let estimate = Encoding::of_estimate("o200k_base");
    /// let range = estimate.range("The cleaner comes at nine.");
    /// assert!(range.low <= 6 && 6 <= range.high);
    /// ```
    #[must_use]
    pub fn of_estimate(name: &str) -> Self {
        Self::with_counts_only(name, CountsOnly::Estimate(Estimate::of(name)))
    }

    fn with_counts_only(name: &str, counts: CountsOnly) -> Self {
        Self { counts_only: Some(counts), ..Self::of(Vocab::empty(name)) }
    }

    /// Returns the kinds of borders at which counts add up.
    ///
    /// # Complexity
    /// Where the whole text is one piece, linear in the bytes of all tokens the first time.
    pub(crate) fn borders(&self) -> &[Kind] {
        self.borders.get_or_init(|| {
            // Claude's encodings have the space with the word before it.
            let is_claude = matches!(self.counts_only, Some(CountsOnly::Claude(..)));
            let space = if is_claude { Kind::SpaceBefore } else { Kind::SpaceBehind };
            let mut kinds = vec![Kind::Line, Kind::Digit, space];
            // The text of an added token may be one token wherever it stands, so it must not be cut.
            for special in self.specials() {
                Kind::take_out(&mut kinds, special.text.as_bytes());
            }
            // Where nothing else cuts, that holds for every token.
            if self.vocab.pattern() == Pattern::None {
                for token in (0..self.vocab_size() as TokenId).filter_map(|id| self.vocab.token_bytes(id)) {
                    Kind::take_out(&mut kinds, token);
                }
            }
            kinds
        })
    }

    pub(crate) fn counts_only(&self) -> Option<&CountsOnly> {
        self.counts_only.as_ref()
    }

    /// Returns the encoding's name, such as `o200k_base`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.vocab.name()
    }

    /// Returns one more than the highest token id, special tokens included.
    #[must_use]
    pub fn vocab_size(&self) -> usize {
        self.vocab.size()
    }

    /// Returns the special tokens.
    #[must_use]
    pub fn specials(&self) -> &[Special] {
        self.vocab.specials()
    }

    /// Returns how many tokens `text` is. The text of a special token counts as ordinary text.
    ///
    /// # Complexity
    /// Linear in the bytes of the text in practice, O(n log n) at worst. Allocates nothing but for the
    /// tables of what it met lately, at most 3.2 MiB for each count at a time (16 of them with the feature `rayon`, else one),
    /// and for a long piece whose windows do not agree.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        if let Some(counts) = &self.counts_only {
            return counts.range(text).tokens;
        }
        let mut cache = self.cache();
        let mut taken = Taken::new(false, cache.as_deref_mut());
        self.tokenize(text, &mut taken);
        taken.count
    }

    /// Returns how many tokens `text` is, with the range that holds the count where it is not exact.
    ///
    /// # Complexity
    /// That of [`count`](Self::count).
    #[must_use]
    pub fn range(&self, text: &str) -> TokenRange {
        match &self.counts_only {
            Some(counts) => counts.range(text),
            None => TokenRange::exact(self.count(text)),
        }
    }

    /// Returns the tokens of `text`. The text of a special token is ordinary text.
    ///
    /// # Complexity
    /// That of [`count`](Self::count); the tables have the tokens too, at most 2 MiB more.
    #[must_use]
    pub fn encode(&self, text: &str) -> Vec<TokenId> {
        let mut ids = self.tokens(text);
        self.vocab.name_ids(&mut ids);
        ids
    }

    /// Returns the tokens by their ranks.
    fn tokens(&self, text: &str) -> Vec<TokenId> {
        let mut cache = self.cache();
        let mut taken = Taken::new(true, cache.as_deref_mut());
        self.tokenize(text, &mut taken);
        taken.tokens.unwrap_or_default()
    }

    /// Returns the tokens of `text`, where the text of a special token becomes that token.
    ///
    /// The leftmost special token is taken first, and of two that begin at one place the longer.
    ///
    /// # Complexity
    /// That of [`count`](Self::count).
    #[must_use]
    pub fn encode_with_specials(&self, text: &str) -> Vec<TokenId> {
        let mut cache = self.cache();
        let mut taken = Taken::new(true, cache.as_deref_mut());
        let (mut ordinary, mut at) = (0, 0);
        while let Some(found) = self.vocab.added().next(text.as_bytes(), at, true) {
            let [before, behind] = found.token.strips;
            let mut rest = text.get(ordinary..found.from).unwrap_or_default();
            rest = if before { rest.trim_end() } else { rest };
            self.encode_part(rest, ordinary == 0, &mut taken);
            taken.push(found.token.id);
            at = found.to;
            ordinary = found.to;
            if behind {
                let spaces = text.get(at..).unwrap_or_default();
                ordinary += spaces.len() - spaces.trim_start().len();
            }
        }
        self.encode_part(text.get(ordinary..).unwrap_or_default(), ordinary == 0, &mut taken);
        taken.tokens.unwrap_or_default()
    }

    /// Returns the bytes that `ids` stand for.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownToken`] if an id is not in the vocabulary.
    ///
    /// # Complexity
    /// Linear in the ids and in the bytes that they stand for; O(log n) for each special token, of n that there are.
    pub fn decode_bytes(&self, ids: &[TokenId]) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        for (place, &id) in ids.iter().enumerate() {
            let token = self.vocab.token_bytes(id).ok_or_else(|| {
                let message = format!(
                    "{} has no token {id} (at place {place}); ids are below {}",
                    self.name(),
                    self.vocab_size()
                );
                Error::new(ErrorKind::UnknownToken, message)
            })?;
            bytes.extend_from_slice(token);
        }
        // As the reference: with bytes the space stays.
        let normalizer = self.vocab.normalizer();
        if normalizer.prefixes() && normalizer != Normalizer::ByteSpace && bytes.first() == Some(&b' ') {
            bytes.remove(0);
        }
        Ok(bytes)
    }

    /// Returns the text that `ids` stand for, with U+FFFD for bytes that are not UTF-8.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownToken`] if an id is not in the vocabulary.
    ///
    /// # Complexity
    /// Linear in the ids and in the bytes that they stand for; O(log n) for each special token, of n that there are.
    pub fn decode(&self, ids: &[TokenId]) -> Result<String, Error> {
        Ok(String::from_utf8_lossy(&self.decode_bytes(ids)?).into_owned())
    }

    /// Returns the tokens of `text` and where each ends, in UTF-16 code units. A token that ends inside a part of the text
    /// that the normalizer changes ends before it.
    ///
    /// # Complexity
    /// That of [`count`](Self::count).
    #[must_use]
    pub fn spans(&self, text: &str) -> Spans {
        if self.counts_only.is_some() {
            return Spans::default();
        }
        let mut ids = self.tokens(text);
        let normalized = self.vocab.prepare(text.as_bytes(), true);
        let (text, altered) = match &normalized {
            Some(normalized) => (&normalized.text[..], &normalized.altered[..]),
            None => (text.as_bytes(), &[][..]),
        };
        let mut units = Units::new(text, altered);
        let mut at = 0;
        let mut ends = Vec::with_capacity(ids.len());
        for &token in &ids {
            at += self.vocab.tokens().length_of(token);
            ends.push(units.before(at) as u32);
        }
        self.vocab.name_ids(&mut ids);
        Spans { ids, ends }
    }

    fn cache(&self) -> Option<MutexGuard<'_, Cache>> {
        self.caches.iter().find_map(|cache| cache.try_lock().ok())
    }

    pub(crate) fn vocab(&self) -> &Vocab {
        &self.vocab
    }

    fn tokenize(&self, text: &str, taken: &mut Taken<'_>) {
        if self.counts_only.is_some() {
            return;
        }
        let (mut scan, mut at) = (Scan::default(), 0);
        if let Some(added) = self.vocab.literals() {
            while let Some(found) = added.next(text.as_bytes(), at, false) {
                let part = text.get(at..found.from).unwrap_or_default();
                self.tokenize_part(part, at == 0, &mut scan, taken);
                taken.push(found.rank);
                at = found.to;
            }
        }
        self.tokenize_part(text.get(at..).unwrap_or_default(), at == 0, &mut scan, taken);
    }

    /// Takes a text, or what is between added tokens, in which none is looked for.
    fn tokenize_part(&self, text: &str, is_first: bool, scan: &mut Scan, taken: &mut Taken<'_>) {
        let normalizer = self.vocab.normalizer();
        let is_start = is_first || normalizer != Normalizer::FirstSpace;
        match normalizer.apply(text.as_bytes(), is_start) {
            Some(done) => self.merge_pieces(done.as_str(), scan, taken),
            None => self.merge_pieces(text, scan, taken),
        }
    }

    fn encode_part(&self, text: &str, is_first: bool, taken: &mut Taken<'_>) {
        let first = taken.len();
        self.tokenize_part(text, is_first, &mut Scan::default(), taken);
        if let Some(tokens) = &mut taken.tokens {
            self.vocab.name_ids(tokens.get_mut(first..).unwrap_or_default());
        }
    }

    fn merge_pieces(&self, text: &str, scan: &mut Scan, taken: &mut Taken<'_>) {
        let mut passage = Passage::new(0, taken.len());
        let mut start = taken.pass(text, &mut passage, 0);
        while start < text.len() {
            let end = self.vocab.piece_end(text, start);
            let piece = Text { bytes: text.as_bytes(), from: start, to: end };
            merge(self.vocab.tokens(), scan, piece, taken);
            let is_complete = passage.add(end, taken.len());
            start = if is_complete { taken.turn(text, &mut passage, end) } else { end };
        }
    }
}
