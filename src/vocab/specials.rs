//! The special tokens of a packed vocabulary, in order of their ids. Most differ from the one before by a number in the
//! middle, so what both texts begin and end with is not coded again.

use super::coder::{BYTE_MODELS, Coder, Model};
use super::{Special, TokenId, invalid_packed as invalid};
use crate::error::Error;

/// The longest special token that a file may hold, in bytes.
pub(crate) const MAX_LENGTH: usize = 1024;
/// The most special tokens.
pub(crate) const MAX_SPECIALS: usize = 1 << 16;
/// The most bytes that all of them may have together.
pub(crate) const MAX_BYTES: usize = 1 << 20;

/// Whether any of them is other than most are, so that the file has to say of each what it is.
pub(super) fn are_told(specials: &[Special]) -> bool {
    specials.iter().any(|special| special.literal || special.strips != [false; 2])
}

/// Codes the special tokens, either way. `wanted` is what to write, in order of ids; a reader has nothing here. `told` is
/// whether the file says of each what it is.
pub(super) fn code<C: Coder>(coder: &mut C, wanted: &[Special], told: bool) -> Result<Vec<Special>, Error> {
    let mut numbers: [Vec<Model>; 4] = std::array::from_fn(|_| vec![Model::default(); BYTE_MODELS]);
    let mut bytes = vec![Model::default(); BYTE_MODELS];
    let mut kinds = vec![Model::default(); BYTE_MODELS];
    let count = coder.number(&mut numbers[0], wanted.len() as u32) as usize;
    let mut specials: Vec<Special> = Vec::new();
    let mut total = 0;
    if count > MAX_SPECIALS {
        return Err(invalid("too many special tokens"));
    }
    for place in 0..count {
        let special = wanted.get(place);
        let (id, wanted) = special.map_or((0, &[][..]), |special| (special.id, special.text.as_bytes()));
        let (next, before) =
            specials.last().map_or((0, &[][..]), |before| (before.id + 1, before.text.as_bytes()));
        let same = |a: &mut dyn Iterator<Item = (&u8, &u8)>| a.take_while(|(a, b)| a == b).count() as u32;
        let head = same(&mut before.iter().zip(wanted));
        let rest = (before.len().min(wanted.len())) - head as usize;
        let tail = same(&mut before.iter().rev().zip(wanted.iter().rev()).take(rest));
        let [ids, heads, tails, middles] = &mut numbers;
        let id = coder.number(ids, id.wrapping_sub(next)).wrapping_add(next);
        let head = coder.number(heads, head) as usize;
        let tail = coder.number(tails, tail) as usize;
        let middle =
            coder.number(middles, (wanted.len() as u32).saturating_sub((head + tail) as u32)) as usize;
        if head.saturating_add(tail) > before.len()
            || middle > MAX_LENGTH
            || id == TokenId::MAX
            || id + 1 < next
        {
            return Err(invalid("a special token is out of bounds"));
        }
        let mut new = before[..head].to_vec();
        for at in head..head + middle {
            new.push(coder.byte(&mut bytes, wanted.get(at).copied().unwrap_or(0)));
        }
        new.extend_from_slice(&before[before.len() - tail..]);
        total += new.len();
        if new.is_empty() || new.len() > MAX_LENGTH || total > MAX_BYTES {
            return Err(invalid("a special token has no text, or too much"));
        }
        let text = String::from_utf8(new).map_err(|_| invalid("a special token is not UTF-8"))?;
        let kind = special.map_or(0, |special| {
            u8::from(special.literal) | u8::from(special.strips[0]) << 1 | u8::from(special.strips[1]) << 2
        });
        let kind = if told { coder.byte(&mut kinds, kind) } else { 0 };
        specials.push(Special {
            text,
            id,
            literal: kind & 1 != 0,
            strips: [2, 4].map(|bit| kind & bit != 0),
        });
    }
    Ok(specials)
}
