//! Merges a long piece in overlapping windows of bounded size.
//!
//! A sequence of tokens is the encoding of its bytes if every two neighbours in it are the encoding of theirs, so two
//! windows may be joined at a token that both have (DESIGN.md proves it). Where windows do not agree a larger one is tried,
//! and at last the whole piece is merged with a heap.

use super::Sink;
use super::scan::{SMALL, Scan, heap};
use crate::vocab::{TokenId, Tokens};

/// The size of the window that is tried where the small one does not do.
const LARGE: usize = 1024;

/// Bytes of one piece.
#[derive(Clone, Copy)]
pub(crate) struct Stretch<'a> {
    pub bytes: &'a [u8],
    /// Whether the piece ends where they end.
    pub is_whole: bool,
}

/// Where a window begins, and what is known there.
#[derive(Clone, Copy)]
struct Place {
    start: usize,
    /// The token that the window before has here, so that this one must begin with it.
    first: Option<TokenId>,
    /// How many tokens went to the sink before.
    mark: usize,
}

/// Merges a piece, or a part of one, window by window. Returns how far it came and the token that stands there, if it is
/// known; or nothing if windows do not agree.
///
/// With `first`, the token that is known to stand at the beginning, they agree only if it still does. If the piece goes
/// on behind the stretch, the tokens near its end are not given.
pub(crate) fn windows(
    vocab: &Tokens,
    scan: &mut Scan,
    stretch: Stretch<'_>,
    first: Option<TokenId>,
    sink: &mut dyn Sink,
) -> Option<(usize, Option<TokenId>)> {
    let mut at = Place { start: 0, first, mark: sink.len() };
    let mut before = at;
    let end =
        if stretch.is_whole { stretch.bytes.len() } else { (stretch.bytes.len() + 1).saturating_sub(SMALL) };
    while at.start < end && !sink.is_done() {
        let next = window(vocab, scan, SMALL, stretch, at, sink)
            .or_else(|| window(vocab, scan, LARGE, stretch, at, sink));
        if let Some(next) = next {
            (before, at) = (at, next);
            continue;
        }
        // The window before was too short to see what would change its last token. A larger one may see it.
        if before.start == at.start {
            return None;
        }
        sink.truncate(before.mark);
        let next = window(vocab, scan, LARGE, stretch, before, sink)?;
        (before, at) = (next, next);
    }
    Some((at.start, at.first))
}

/// Merges the window of so many bytes at a place, and gives the tokens in it that count to
/// the sink: those that do not end in its last quarter, because what follows a window changes the tokens near its end.
/// Returns the place behind them; or nothing, and gives nothing, if there are none or the window does not begin with the
/// token it must.
fn window(
    vocab: &Tokens,
    scan: &mut Scan,
    size: usize,
    stretch: Stretch<'_>,
    at: Place,
    sink: &mut dyn Sink,
) -> Option<Place> {
    let Stretch { bytes, is_whole } = stretch;
    let end = bytes.len().min(at.start + size);
    let text = &bytes[at.start..end];
    let large;
    let tokens = if size == SMALL {
        scan.merge(vocab, text)
    } else {
        large = heap(vocab, text);
        &large
    };
    if at.first.is_some_and(|first| first != tokens[0]) {
        return None;
    }
    let limit = if end == bytes.len() && is_whole { end } else { end.saturating_sub(size / 4) };
    let mut start = at.start;
    for (kept, &token) in tokens.iter().enumerate() {
        let next = start + vocab.length_of(token);
        if next > limit {
            if kept == 0 {
                return None;
            }
            if let Some((cycle, length)) = cycle(vocab, &tokens[..=kept]) {
                let times = repeats(bytes, start, length).saturating_sub(size) / length;
                sink.push_cycle(cycle, times);
                start += times * length;
            }
            return Some(Place { start, first: Some(token), mark: sink.len() });
        }
        sink.push(token);
        start = next;
    }
    Some(Place { start, first: None, mark: sink.len() })
}

/// Returns the few tokens that these tokens repeat, as they stand before the last one, which is the first of them again; and how
/// many bytes they have. All neighbours in a longer repetition are then neighbours here too.
#[inline]
fn cycle<'a>(vocab: &Tokens, tokens: &'a [TokenId]) -> Option<(&'a [TokenId], usize)> {
    const LONGEST: usize = 4;
    let last = tokens.len() - 1;
    let size = (1..=LONGEST.min(last)).find(|size| tokens[..=last - size] == tokens[*size..])?;
    let cycle = &tokens[last - size..last];
    Some((cycle, cycle.iter().map(|&token| vocab.length_of(token)).sum()))
}

/// Returns how many bytes from `start` on are the same as those `distance` before them.
fn repeats(bytes: &[u8], start: usize, distance: usize) -> usize {
    const WORD: usize = 8;
    let (ours, theirs) = (&bytes[start..], &bytes[start - distance..]);
    let same =
        ours.chunks_exact(WORD).zip(theirs.chunks_exact(WORD)).take_while(|(a, b)| a == b).count() * WORD;
    same + ours[same..].iter().zip(&theirs[same..]).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::o200k_base;
    use rand::{Rng, SeedableRng, rngs::StdRng};

    #[test]
    fn a_cycle_is_seen_when_it_begins_again() {
        let vocab = o200k_base();
        let vocab = vocab.tokens();
        let [a, b, c] = [b'a', b'b', b'c'].map(|byte| vocab.byte(byte));
        assert_eq!(cycle(vocab, &[a, a]), Some((&[a][..], 1)));
        assert_eq!(cycle(vocab, &[a, b, a]), Some((&[a, b][..], 2)));
        assert_eq!(cycle(vocab, &[a, b, c, a, b]), Some((&[b, c, a][..], 3)));
        for others in [&[a][..], &[a, b], &[a, a, b], &[a, b, b, c, c, a]] {
            assert_eq!(cycle(vocab, others), None);
        }
    }

    #[test]
    fn bytes_that_repeat() {
        let mut rng = StdRng::seed_from_u64(7);
        for _ in 0..2000 {
            let bytes: Vec<u8> = (0..rng.random_range(1..6))
                .flat_map(|_| vec![rng.random_range(b'a'..b'd'); rng.random_range(1..30)])
                .collect();
            let start = rng.random_range(0..bytes.len());
            let distance = rng.random_range(0..=start);
            let same = (start..bytes.len()).take_while(|&at| bytes[at] == bytes[at - distance]).count();
            assert_eq!(repeats(&bytes, start, distance), same, "{distance} before {start} in {bytes:?}");
        }
    }

    #[test]
    fn a_window_begins_with_the_token_it_must() {
        let vocab = o200k_base();
        let vocab = vocab.tokens();
        let bytes = b"tokenization";
        let stretch = Stretch { bytes, is_whole: true };
        let expected = heap(vocab, bytes);
        let other = vocab.byte(b't');
        assert!(expected.len() > 1 && expected[0] != other);
        for (first, is_met) in [(None, true), (Some(expected[0]), true), (Some(other), false)] {
            for size in [SMALL, LARGE] {
                let mut tokens = Vec::new();
                let at = Place { start: 0, first, mark: 0 };
                let next = window(vocab, &mut Scan::default(), size, stretch, at, &mut tokens);
                let end = next.map(|next| (next.start, next.first, next.mark));
                assert_eq!(end, is_met.then_some((bytes.len(), None, expected.len())), "{first:?}");
                assert_eq!(tokens, if is_met { &expected[..] } else { &[] });
            }
        }
    }
}
