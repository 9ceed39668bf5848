//! The pieces of a Claude vocabulary, as a trie of stems.
//!
//! Pieces often differ only in the marks around them: at the beginning of a word or within it, to its end or not,
//! capitalized or not. So a piece is a stem in one of six forms. The trie lies breadth first in one array, the
//! children of a node in a row; the file holds for each node its forms and the labels of its children in that order.

use super::coder::{Coder, Decoder, Encoder, Model};
use super::{file, invalid_packed as invalid};
use crate::error::Error;

/// What the header of a file names in the place of a pattern, and its length.
const KIND: [u8; 7] = *b"\x06claude";
/// All settings.
const MAX_FLAGS: u64 = 3;
const MAX_NODES: usize = 1 << 18;
const MAX_STEM_BYTES: usize = 255;
/// Code points that have a kind: the first plane.
const KINDS: usize = 1 << 16;
const FORMS: u32 = 6;
/// Depths that the models tell apart.
const DEPTHS: usize = 7;
/// Levels of a label that the models for forms and counts tell apart.
const CLASSES: usize = 8 * DEPTHS;
/// From this many children on the rest of their number follows.
const MANY: u8 = 15;

/// What a file holds.
pub(crate) struct Root {
    pub name: String,
    /// Settings of the method, as bits.
    pub flags: u8,
    /// A nibble for each code point of the first plane.
    pub kinds: Vec<u8>,
    /// Capitals and their small letters, in order.
    pub lower: Vec<[u16; 2]>,
    pub stems: Stems,
}

/// A trie of stems over bytes.
pub(crate) struct Stems {
    /// In order of depth, then of the stem; behind the last one more, so that every node has a next.
    nodes: Vec<Node>,
}

/// Where the children begin (18 bits), the forms (6) and the label (8).
#[derive(Clone, Copy)]
struct Node(u32);

impl Node {
    fn new(first: usize, forms: u8, label: u8) -> Self {
        Self((first as u32) << 14 | u32::from(forms) << 8 | u32::from(label))
    }

    fn first(self) -> usize {
        (self.0 >> 14) as usize
    }

    fn forms(self) -> u8 {
        (self.0 >> 8) as u8 & ((1 << FORMS) - 1)
    }

    fn label(self) -> u8 {
        self.0 as u8
    }
}

impl Stems {
    /// Makes the trie of pieces: stems with one bit for their form each.
    pub fn new(pieces: &[(Vec<u8>, u8)]) -> Result<Self, Error> {
        let mut pieces: Vec<&(Vec<u8>, u8)> = pieces.iter().collect();
        pieces.sort();
        let mut nodes = Vec::new();
        let mut level = vec![(0, 0, pieces.len())];
        for depth in 0..=MAX_STEM_BYTES {
            let mut below = Vec::new();
            let first = nodes.len() + level.len();
            for &(label, mut from, to) in &level {
                let node = first + below.len();
                let mut forms = 0;
                while let Some((_, form)) = pieces[from..to].first().filter(|(stem, _)| stem.len() == depth) {
                    forms |= form;
                    from += 1;
                }
                while from < to {
                    let label = pieces[from].0[depth];
                    let same = pieces[from..to].iter().take_while(|(stem, _)| stem[depth] == label).count();
                    below.push((label, from, from + same));
                    from += same;
                }
                nodes.push(Node::new(node, forms, label));
            }
            level = below;
            if nodes.len() + level.len() > MAX_NODES - 1 {
                return Err(invalid("too many stems"));
            }
        }
        if !level.is_empty() {
            return Err(invalid("a stem is too long"));
        }
        nodes.push(Node::new(nodes.len(), 0, 0));
        Ok(Self { nodes })
    }

    /// Returns the node that `byte` leads to. The root is node 0.
    #[inline]
    pub fn child(&self, node: u32, byte: u8) -> Option<u32> {
        let from = self.first(node);
        let children = self.nodes.get(from..self.first(node + 1))?;
        let place = children.partition_point(|child| child.label() < byte);
        children.get(place).filter(|child| child.label() == byte).map(|_| (from + place) as u32)
    }

    /// Returns the forms that are pieces at a node, one bit each.
    #[inline]
    pub fn forms(&self, node: u32) -> u8 {
        self.nodes.get(node as usize).map_or(0, |node| node.forms())
    }

    #[inline]
    fn first(&self, node: u32) -> usize {
        self.nodes.get(node as usize).map_or(0, |node| node.first())
    }
}

impl Root {
    /// Writes the file that [`unpack`](Self::unpack) reads.
    pub fn pack(&self, has_lower: fn(u8) -> bool) -> Vec<u8> {
        let mut file = file::begin();
        file::write_string(&mut file, &self.name);
        file.extend(KIND);
        file::write_varint(&mut file, u64::from(self.flags));
        let mut encoder = Encoder::new();
        code_kinds(&mut encoder, &self.kinds);
        code_lower(&mut encoder, &self.lower, &self.kinds, has_lower);
        code_stems(&mut encoder, &self.stems.nodes);
        file.extend(encoder.finish());
        file::seal(&mut file);
        file
    }

    /// Reads a file. `has_lower` tells by its kind whether a code point has a small letter.
    pub fn unpack(file: Vec<u8>, has_lower: fn(u8) -> bool) -> Result<Self, Error> {
        let mut body = file::check(&file)?;
        let name = file::read_string(&mut body)?;
        let mut body = body.strip_prefix(&KIND).ok_or_else(|| invalid("it has no pieces of Claude's"))?;
        let flags = file::read_varint(&mut body, MAX_FLAGS)? as u8;
        let at = file.len() - body.len();
        let mut decoder = Decoder::new(file, at);
        let kinds = code_kinds(&mut decoder, &[]);
        let lower = code_lower(&mut decoder, &[], &kinds, has_lower);
        let nodes = code_stems(&mut decoder, &[]);
        if decoder.overran() || nodes.is_empty() {
            return Err(invalid("its pieces are no trie, or end too soon"));
        }
        Ok(Self { name, flags, kinds, lower, stems: Stems { nodes } })
    }
}

/// Codes the kinds, either way: each given the two before it.
fn code_kinds<C: Coder>(coder: &mut C, wanted: &[u8]) -> Vec<u8> {
    let mut models = Models::new(256);
    let mut kinds = Vec::with_capacity(KINDS);
    let mut context = 0;
    for c in 0..KINDS {
        let kind = models.code(coder, context & 255, wanted.get(c).copied().unwrap_or(0));
        kinds.push(kind);
        context = context << 4 | usize::from(kind);
    }
    kinds
}

/// Codes the small letters of all capitals, either way: most are as far from theirs as the one before.
fn code_lower<C: Coder>(
    coder: &mut C,
    wanted: &[[u16; 2]],
    kinds: &[u8],
    has_lower: fn(u8) -> bool,
) -> Vec<[u16; 2]> {
    let mut models = Models::new(LOWER_MODELS);
    let mut distance = 0u16;
    let mut pairs = Vec::new();
    for (upper, _) in (0..=u16::MAX).zip(kinds).filter(|&(_, &kind)| has_lower(kind)) {
        let mut given = wanted.get(pairs.len()).map_or(0, |&[upper, lower]| lower.wrapping_sub(upper));
        if models.code(coder, 0, u8::from(given == distance)) == 0 {
            for place in 1..LOWER_MODELS {
                let nibble = models.code(coder, place, (given >> 12) as u8);
                (distance, given) = (distance << 4 | u16::from(nibble), given << 4);
            }
        }
        pairs.push([upper, upper.wrapping_add(distance)]);
    }
    pairs
}

/// Models in one list. Those of a trie: for each context of the forms, of how many children there are, and of
/// a label.
struct Models(Vec<Model>);

const LOW_FORMS: usize = CLASSES;
const COUNTS: usize = LOW_FORMS + CLASSES * 16;
const HIGH: usize = COUNTS + (CLASSES << FORMS);
const LOW: usize = HIGH + 256 * 17;
/// For the low half of a label whose high half is that of the label before.
const NEXT: usize = LOW + 256 * 16;
const MODELS: usize = NEXT + 2 * 256;
/// Whether a distance is that before, and its nibbles.
const LOWER_MODELS: usize = 5;

impl Models {
    fn new(count: usize) -> Self {
        Self(vec![Model::default(); count])
    }

    fn code<C: Coder>(&mut self, coder: &mut C, model: usize, nibble: u8) -> u8 {
        self.0.get_mut(model).map_or(0, |model| coder.nibble(model, nibble))
    }

    fn forms<C: Coder>(&mut self, coder: &mut C, class: usize, forms: u8) -> u8 {
        let high = self.code(coder, class, forms >> 2);
        let low = self.code(coder, LOW_FORMS + class * 16 + usize::from(high), forms & 3);
        high << 2 | (low & 3)
    }

    fn count<C: Coder>(&mut self, coder: &mut C, class: usize, forms: u8, count: usize) -> usize {
        let model = COUNTS + (class << FORMS | usize::from(forms));
        let few = self.code(coder, model, count.min(usize::from(MANY)) as u8);
        let rest =
            if few == MANY { coder.bits(8, count.saturating_sub(usize::from(MANY)) as u32) } else { 0 };
        usize::from(few) + rest as usize
    }

    /// Codes the label of a child, given that of its parent and of the child before.
    fn label<C: Coder>(&mut self, coder: &mut C, parent: u8, before: Option<u8>, label: u8) -> u8 {
        let after = before.map_or(16, |before| usize::from(before >> 4));
        let high = self.code(coder, HIGH + usize::from(parent) * 17 + after, label >> 4);
        let model = match before {
            Some(before) if before >> 4 == high => {
                NEXT + (usize::from(parent >> 7) << 8 | usize::from(before))
            }
            _ => LOW + (usize::from(parent) << 4 | usize::from(high)),
        };
        high << 4 | self.code(coder, model, label & 15)
    }
}

/// Codes a trie, either way. `wanted` is what to write; a reader gives nothing. Returns nothing if the trie passes
/// a limit or has children out of order.
fn code_stems<C: Coder>(coder: &mut C, wanted: &[Node]) -> Vec<Node> {
    let mut models = Models::new(MODELS);
    let mut nodes = vec![Node::new(0, 0, 0)];
    let (mut depth, mut deeper, mut at) = (0, 1, 0);
    while at < nodes.len() {
        if at == deeper {
            depth += 1;
            deeper = nodes.len();
        }
        let given = wanted.get(at).copied().unwrap_or(Node(0));
        let end = wanted.get(at + 1).map_or(0, |next| next.first());
        let children = wanted.get(given.first()..end).unwrap_or_default();
        let label = nodes[at].label();
        let class = usize::from(label >> 5) * DEPTHS + depth.min(DEPTHS - 1);
        let forms = models.forms(coder, class, given.forms());
        let count = models.count(coder, class, forms, children.len());
        nodes[at] = Node::new(nodes.len(), forms, label);
        if nodes.len() + count >= MAX_NODES || (depth == MAX_STEM_BYTES && count > 0) {
            return Vec::new();
        }
        let mut before = None;
        for place in 0..count {
            let given = children.get(place).map_or(0, |child| child.label());
            let child = models.label(coder, label, before, given);
            if before >= Some(child) {
                return Vec::new();
            }
            nodes.push(Node::new(0, 0, child));
            before = Some(child);
        }
        at += 1;
    }
    nodes.push(Node::new(nodes.len(), 0, 0));
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng, rngs::StdRng};

    fn root(pieces: &[(Vec<u8>, u8)]) -> Root {
        let kinds = (0..KINDS).map(|c| (c % 7 % 4) as u8).collect();
        let lower = (0..=u16::MAX).filter(|c| c % 7 % 4 == 2).map(|c| [c, c.wrapping_add(c % 64)]).collect();
        Root { name: "test".to_owned(), flags: 1, kinds, lower, stems: Stems::new(pieces).unwrap() }
    }

    fn is_capital(kind: u8) -> bool {
        kind == 2
    }

    #[test]
    fn what_was_packed_is_unpacked() {
        let mut rng = StdRng::seed_from_u64(1);
        for size in [0, 1, 2, 30, 1000] {
            let mut stem =
                || (0..rng.random_range(1..9)).map(|_| rng.random_range(0..5) * 60).collect::<Vec<u8>>();
            let pieces: Vec<_> = (0..size).map(|place| (stem(), 1 << (place % 6))).collect();
            let root = root(&pieces);
            let read = Root::unpack(root.pack(is_capital), is_capital).unwrap();
            assert!(read.kinds == root.kinds && read.lower == root.lower && read.flags == root.flags);
            for (stem, form) in &pieces {
                let node = stem.iter().try_fold(0, |node, &byte| read.stems.child(node, byte)).unwrap();
                assert_ne!(read.stems.forms(node) & form, 0, "{stem:?}");
            }
        }
    }

    /// What passes the checksum may still be anything.
    #[test]
    fn any_body_is_read_or_is_an_error() {
        let mut rng = StdRng::seed_from_u64(2);
        let sound = root(&[(b"stem".to_vec(), 1)]).pack(is_capital);
        let mut read = 0;
        for _ in 0..300 {
            let mut file = sound.clone();
            let from = rng.random_range(18..file.len());
            file.truncate(from);
            file.extend((0..rng.random_range(0..2000)).map(|_| rng.random::<u8>()));
            file::seal(&mut file);
            read += u32::from(Root::unpack(file.clone(), is_capital).is_ok());
        }
        assert!(read < 300);
    }

    #[test]
    fn limits() {
        assert!(Stems::new(&[(vec![1; MAX_STEM_BYTES], 1)]).is_ok());
        assert!(Stems::new(&[(vec![1; MAX_STEM_BYTES + 1], 1)]).is_err());
        let many: Vec<_> = (0..MAX_NODES as u32).map(|stem| (stem.to_be_bytes().to_vec(), 1)).collect();
        assert!(Stems::new(&many).is_err());
    }
}
