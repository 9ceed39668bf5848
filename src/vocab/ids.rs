//! The ids of tokens by their ranks, and the other way round. In most vocabularies they differ by the same number for all.

use super::{NONE, TokenId};

pub(crate) enum Ids {
    /// Ids are ranks and this, and there are so many.
    Shifted { by: TokenId, count: u32 },
    Listed {
        ids: Vec<TokenId>,
        /// The rank of each id, or [`NONE`].
        ranks: Vec<TokenId>,
    },
}

impl Ids {
    /// Takes the id of each rank. Where one comes twice, it stands for the first rank.
    pub fn new(ids: Vec<TokenId>) -> Self {
        let by = ids.first().copied().unwrap_or(0);
        let count = ids.len() as u32;
        if ids.iter().copied().eq(by..by + count) {
            return Self::Shifted { by, count };
        }
        let end = ids.iter().max().map_or(0, |&highest| highest as usize + 1);
        let mut ranks = vec![NONE; end];
        for (&id, rank) in ids.iter().zip(0..count).rev() {
            ranks[id as usize] = rank;
        }
        Self::Listed { ids, ranks }
    }

    /// Returns one more than the highest id.
    pub fn end(&self) -> usize {
        match self {
            Self::Shifted { by, count } => (by + count) as usize,
            Self::Listed { ranks, .. } => ranks.len(),
        }
    }

    /// Puts ids in the place of ranks.
    pub fn name(&self, ranks: &mut [TokenId]) {
        match self {
            Self::Shifted { by: 0, .. } => {}
            Self::Shifted { by, .. } => ranks.iter_mut().for_each(|rank| *rank += by),
            Self::Listed { ids, .. } => ranks.iter_mut().for_each(|rank| *rank = ids[*rank as usize]),
        }
    }

    pub fn rank_of(&self, id: TokenId) -> Option<TokenId> {
        match self {
            Self::Shifted { by, count } => id.checked_sub(*by).filter(|rank| rank < count),
            Self::Listed { ranks, .. } => ranks.get(id as usize).copied().filter(|&rank| rank != NONE),
        }
    }
}
