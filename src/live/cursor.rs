//! Walks over the tokens of a text, from one to the next, whichever leaves they begin in.

use super::leaf::Token;
use super::sum::{Holding, Measure};
use super::tree::{Found, Tree};

#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    tree: &'a Tree,
    /// The leaf in which the token begins; nothing behind the last token.
    found: Option<Found<'a>>,
    /// Its place among the leaf's lengths.
    place: usize,
    /// The byte at which it begins.
    at: usize,
}

impl<'a> Cursor<'a> {
    /// Returns a cursor on the token that holds the byte `at` or begins there.
    pub fn new(tree: &'a Tree, at: usize) -> Self {
        let end = Self { tree, found: None, place: 0, at: tree.sum().bytes };
        let Some(mut found) = tree.at_byte(at).filter(|_| at < end.at) else { return end };
        if at < found.start() + found.leaf.skip() {
            // The token begins in a leaf before: it is the last one of the last leaf that has tokens.
            let Some(before) = tree.last(found.index(), Holding::Token) else { return end };
            found = before;
        }
        let (place, start) = found.leaf.token_at(at - found.start());
        Self { tree, found: Some(found), place, at: found.start() + start }
    }

    /// Returns a cursor on the first token of the piece of that number; behind the last token if there is none.
    pub fn on_piece(tree: &'a Tree, number: usize) -> Self {
        let Some(found) = tree.find(Measure::Pieces, number) else {
            return Self::new(tree, tree.sum().bytes);
        };
        let mut left = number - found.before.pieces;
        let mut cursor = Self { tree, found: Some(found), place: 0, at: found.start() + found.leaf.skip() };
        while let Some((token, next)) = found.leaf.lengths().get(cursor.place) {
            if token.starts_piece {
                if left == 0 {
                    break;
                }
                left -= 1;
            }
            cursor.place = next;
            cursor.at += token.length;
        }
        cursor
    }

    /// Returns a cursor on the token of that number; behind the last token if there is none.
    pub fn on_token(tree: &'a Tree, number: usize) -> Self {
        let Some(found) = tree.find(Measure::Tokens, number) else {
            return Self::new(tree, tree.sum().bytes);
        };
        let mut cursor = Self { tree, found: Some(found), place: 0, at: found.start() + found.leaf.skip() };
        for _ in found.before.tokens..number {
            cursor.next();
        }
        cursor
    }

    pub fn tree(&self) -> &'a Tree {
        self.tree
    }

    /// Returns the byte at which the token begins.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Returns the token, or nothing behind the last one.
    #[inline]
    pub fn token(&self) -> Option<Token> {
        Some(self.found?.leaf.lengths().get(self.place)?.0)
    }

    /// Returns how many tokens, and how many pieces, begin before this token.
    pub fn counts(&self) -> (usize, usize) {
        self.found.map_or((self.tree.sum().tokens, self.tree.sum().pieces), |found| {
            let (tokens, pieces) = found.leaf.lengths().count(self.place);
            (found.before.tokens + tokens, found.before.pieces + pieces)
        })
    }

    /// Returns whether a piece begins at the byte `at`, or the text ends there; moves on to it.
    pub fn is_piece_start(&mut self, at: usize) -> bool {
        self.seek(at);
        self.at == at && self.token().is_none_or(|token| token.starts_piece)
    }

    /// Moves on to the first token that begins at the byte `at` or behind it.
    pub fn seek(&mut self, at: usize) {
        if let Some(found) = self.found
            && at >= found.end()
            && at > self.at
        {
            *self = Self::new(self.tree, at);
        }
        while self.at < at && self.next() {}
    }

    /// Moves on to the next token; returns whether it moved.
    #[inline]
    pub fn next(&mut self) -> bool {
        let Some(found) = self.found else { return false };
        let Some((token, next)) = found.leaf.lengths().get(self.place) else { return false };
        self.at += token.length;
        self.place = next;
        if next == found.leaf.lengths().len() {
            self.found = self.tree.next(found.index() + 1, Holding::Token);
            self.place = 0;
        }
        true
    }
}
