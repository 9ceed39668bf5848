//! What takes the tokens of pieces: their number, or all of them.

#![expect(clippy::inline_always, reason = "the wasm build would not inline them, and they run once a piece")]

use crate::cache::{Cache, Few, Passage};
use crate::vocab::{Text, TokenId};

/// Takes the tokens of a piece, and takes back the last ones when they turn out to be wrong.
pub(crate) trait Sink {
    fn push(&mut self, token: TokenId);
    fn len(&self) -> usize;
    fn truncate(&mut self, len: usize);

    /// Takes some tokens so many times over.
    #[inline]
    fn push_cycle(&mut self, tokens: &[TokenId], times: usize) {
        for _ in 0..times {
            for &token in tokens {
                self.push(token);
            }
        }
    }

    /// Returns whether it needs no more tokens.
    #[inline]
    fn is_done(&self) -> bool {
        false
    }

    /// Takes all tokens of a piece if it knows them already; returns whether it did.
    #[inline]
    fn recall(&mut self, _: Text<'_>) -> bool {
        false
    }

    /// Is told that the tokens since `mark` are those of a piece.
    #[inline]
    fn remember(&mut self, _: Text<'_>, _mark: usize) {}
}

/// Counts tokens, and keeps them if it is to.
pub(crate) struct Taken<'a> {
    pub count: usize,
    pub tokens: Option<Vec<TokenId>>,
    last: Few,
    cache: Option<&'a mut Cache>,
}

impl<'a> Taken<'a> {
    pub fn new(keeps: bool, cache: Option<&'a mut Cache>) -> Self {
        Self { count: 0, tokens: keeps.then(Vec::new), last: Few::default(), cache }
    }

    /// Takes the tokens of all passages in a row that are remembered, from the beginning of `passage` on, in the place of
    /// those that it has from there. Returns where the last one ends and the passage now begins; `end` if there is none.
    #[inline(never)]
    pub fn pass(&mut self, text: &str, passage: &mut Passage, end: usize) -> usize {
        let mut end = end;
        while let Some(length) = self.recall_passage(text, passage) {
            end = passage.start() + length;
            *passage = Passage::new(end, self.count);
        }
        end
    }

    /// Remembers a passage that is complete and begins the next, which reaches up to `end` already. Returns where to go on.
    #[inline(never)]
    pub fn turn(&mut self, text: &str, passage: &mut Passage, end: usize) -> usize {
        let next = passage.next(text);
        if let Some(cache) = &mut self.cache
            && next.is_some()
        {
            let tokens = self.tokens.as_deref().and_then(|tokens| tokens.get(passage.tokens()));
            cache.passages.put(text.as_bytes(), passage, tokens.unwrap_or_default());
        }
        *passage = next.unwrap_or(Passage::new(end, self.count));
        let end = self.pass(text, passage, end);
        passage.add(end, self.count);
        end
    }

    fn recall_passage(&mut self, text: &str, passage: &mut Passage) -> Option<usize> {
        let passages = &self.cache.as_ref()?.passages;
        let known = passages.get(text.as_bytes(), passage)?;
        let mark = passage.tokens().start;
        if let Some(tokens) = &mut self.tokens {
            let theirs = passages.tokens(known)?;
            tokens.truncate(mark);
            tokens.extend_from_slice(theirs);
        }
        self.count = mark + usize::from(known.count);
        Some(known.length.into())
    }
}

impl Sink for Taken<'_> {
    #[inline]
    fn push(&mut self, token: TokenId) {
        self.count += 1;
        self.last.push(token);
        if let Some(tokens) = &mut self.tokens {
            tokens.push(token);
        }
    }

    fn len(&self) -> usize {
        self.count
    }

    fn truncate(&mut self, len: usize) {
        self.count = len;
        if let Some(tokens) = &mut self.tokens {
            tokens.truncate(len);
        }
    }

    fn push_cycle(&mut self, cycle: &[TokenId], times: usize) {
        self.count += cycle.len() * times;
        if let Some(tokens) = &mut self.tokens {
            tokens.extend(cycle.iter().cycle().take(cycle.len() * times));
        }
    }

    #[inline(always)]
    fn recall(&mut self, piece: Text<'_>) -> bool {
        let Some(cache) = &mut self.cache else { return false };
        let Some(known) = cache.pieces.get(piece) else { return false };
        if let Some(tokens) = &mut self.tokens
            && !cache.pieces.give(known, tokens)
        {
            return false;
        }
        self.count += known.count();
        true
    }

    fn remember(&mut self, piece: Text<'_>, mark: usize) {
        if let Some(cache) = &mut self.cache {
            let tokens = self.tokens.as_deref().and_then(|tokens| tokens.get(mark..)).unwrap_or_default();
            cache.pieces.put(piece, self.count - mark, self.last, tokens);
        }
    }
}

impl Sink for Vec<TokenId> {
    #[inline]
    fn push(&mut self, token: TokenId) {
        self.push(token);
    }

    fn len(&self) -> usize {
        self.len()
    }

    fn truncate(&mut self, len: usize) {
        self.truncate(len);
    }
}
