//! Added tokens: found in the text before all else, as they are or as the normalizer leaves them.

use super::file::{Added, broken};
use crate::error::Error;
use ahash::{AHashMap, AHashSet};
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder, MatchKind};

/// The added tokens by id.
#[derive(Default)]
pub(super) struct AddedTokens {
    pub tokens: Vec<Token>,
    places: AHashMap<u32, usize>,
    /// What finds those that are looked for in the text itself, and those in the normalized text.
    finders: [Option<DoubleArrayAhoCorasick<u32>>; 2],
}

/// A token that was added to those of the model.
pub(super) struct Token {
    pub id: u32,
    pub added: Added,
    /// What is looked for.
    pub pattern: String,
    pub special: bool,
}

/// Which text is looked through.
#[derive(Clone, Copy)]
pub(super) enum In {
    Text,
    Normalized,
}

/// A stretch of a text that is an added token, or none.
pub(super) type Stretch = (Option<u32>, (usize, usize));

impl AddedTokens {
    /// Gives the tokens their ids, as the reference does: that of the model, or the next one. `normalized` is what the
    /// normalizer makes of a token's text.
    pub fn new(
        added: Vec<Added>,
        id_of: &dyn Fn(&str) -> Option<u32>,
        mut next: u32,
        normalized: &mut dyn FnMut(&str) -> Result<String, Error>,
    ) -> Result<Self, Error> {
        let mut ids: AHashMap<String, u32> = AHashMap::new();
        let mut this = Self::default();
        for added in added {
            if added.content.is_empty() {
                continue;
            }
            let known = ids.get(&added.content).copied().or_else(|| id_of(&added.content));
            let id = known.unwrap_or_else(|| {
                next += 1;
                next - 1
            });
            ids.insert(added.content.clone(), id);
            let pattern = if added.normalized { normalized(&added.content)? } else { added.content.clone() };
            let mut token = Token { id, special: added.special, added, pattern };
            if let Some(&place) = this.places.get(&id) {
                // The last one of a text counts, but once special is always special.
                token.special |= this.tokens[place].special;
                this.tokens[place] = token;
            } else {
                this.places.insert(id, this.tokens.len());
                this.tokens.push(token);
            }
        }
        this.finders = [this.finder(false)?, this.finder(true)?];
        Ok(this)
    }

    fn finder(&self, normalized: bool) -> Result<Option<DoubleArrayAhoCorasick<u32>>, Error> {
        let wanted = |token: &&Token| token.added.normalized == normalized;
        let patterns: Vec<_> =
            self.tokens.iter().filter(wanted).map(|token| (token.pattern.as_str(), token.id)).collect();
        if patterns.is_empty() {
            return Ok(None);
        }
        let distinct: AHashSet<&str> = patterns.iter().map(|(pattern, _)| *pattern).collect();
        if distinct.len() < patterns.len() || distinct.contains("") {
            return Err(broken(
                "added_tokens",
                "two of them are one when they are normalized, or one is nothing",
            ));
        }
        DoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(patterns)
            .map(Some)
            .map_err(|error| broken("added_tokens", &error.to_string()))
    }

    pub fn get(&self, id: u32) -> Option<&Token> {
        self.places.get(&id).map(|&place| &self.tokens[place])
    }

    /// Cuts a text at the added tokens in it. Of those that begin at one place the longest is taken. The text of a special one that is
    /// not asked for is ordinary, and no other is found in it.
    pub fn stretches(&self, text: &str, place: In, specials: bool) -> Vec<Stretch> {
        let finder = &self.finders[place as usize];
        let mut stretches = Vec::new();
        let mut done = 0;
        let found = finder.iter().flat_map(|finder| finder.leftmost_find_iter(text));
        for found in found {
            let (mut start, mut end, id) = (found.start(), found.end(), found.value());
            let wanted = self.get(id).filter(|token| specials || !token.special);
            let Some(Token { added, .. }) = wanted else { continue };
            let inside = |c: Option<char>| c.is_some_and(is_word);
            if added.single_word
                && (inside(text[..start].chars().next_back()) || inside(text[end..].chars().next()))
            {
                continue;
            }
            if added.lstrip {
                start = text[..start].trim_end().len().max(done);
            }
            if added.rstrip {
                end = text.len() - text[end..].trim_start().len();
            }
            if done < start {
                stretches.push((None, (done, start)));
            }
            stretches.push((Some(id), (start, end)));
            done = end;
        }
        if done != text.len() || text.is_empty() {
            stretches.push((None, (done, text.len())));
        }
        stretches
    }
}

fn is_word(c: char) -> bool {
    regex_syntax::try_is_word_character(c).unwrap_or(true)
}
