//! The ids of tokens by their places, and the other way round. Most vocabularies have one run of both.

use super::TokenId;
use crate::error::{Error, ErrorKind};

/// Ids that rise by one as places do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub place: TokenId,
    pub id: TokenId,
    pub length: u32,
}

#[derive(Debug, Default)]
pub(crate) struct Ids {
    by_place: Vec<Run>,
    by_id: Vec<Run>,
}

impl Ids {
    /// Returns the ids of some runs, which are in order of their places and leave none out.
    ///
    /// # Errors
    /// `InvalidVocabulary` if an id comes twice.
    pub fn new(by_place: Vec<Run>) -> Result<Self, Error> {
        let mut by_id: Vec<Run> = Vec::with_capacity(by_place.len());
        for &run in &by_place {
            let at = by_id.partition_point(|other| other.id < run.id);
            let collides = by_id.get(at).is_some_and(|next| next.id - run.id < run.length)
                || at.checked_sub(1).is_some_and(|at| run.id - by_id[at].id < by_id[at].length);
            if collides {
                let message = format!("invalid vocabulary: two tokens have an id from {} on", run.id);
                return Err(Error::new(ErrorKind::InvalidVocabulary, message));
            }
            by_id.insert(at, run);
        }
        Ok(Self { by_place, by_id })
    }

    /// Returns one more than the highest id.
    pub fn end(&self) -> usize {
        self.by_id.last().map_or(0, |run| (run.id + run.length) as usize)
    }

    #[inline]
    pub fn of_place(&self, place: TokenId) -> TokenId {
        let run = match self.by_place[..] {
            [run] => run,
            _ => self.by_place[self.by_place.partition_point(|run| run.place <= place) - 1],
        };
        place - run.place + run.id
    }

    pub fn place_of(&self, id: TokenId) -> Option<TokenId> {
        let run = self.by_id[self.by_id.partition_point(|run| run.id <= id).checked_sub(1)?];
        (id - run.id < run.length).then_some(id - run.id + run.place)
    }
}
