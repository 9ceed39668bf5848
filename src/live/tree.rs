//! The leaves of a text in a balanced tree whose every branch knows the sums of what is below it.
//!
//! All leaves are equally deep, as in a B+ tree. So a leaf is found by its number, by bytes, by UTF-16 code units,
//! by tokens or by pieces in O(log n), and so is the next leaf that holds a class of code points.

use super::leaf::Leaf;
use super::sum::{Holding, Measure, Sum};
use std::ops::{Add, Range};

/// The most children that a branch has.
const WIDTH: usize = 12;

/// A leaf, and what stands before it.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub before: Sum,
    pub leaf: &'a Leaf,
}

impl Found<'_> {
    /// The leaf's number.
    pub fn index(&self) -> usize {
        self.before.leaves
    }

    /// The byte at which the leaf begins.
    pub fn start(&self) -> usize {
        self.before.bytes
    }

    /// Returns the place among the leaf's tokens of the first one that begins at the byte `at` or behind it. A token
    /// begins there, or the text ends.
    pub fn place_of(&self, at: usize) -> usize {
        self.leaf.token_at(at - self.start()).0
    }

    /// The byte at which the leaf ends.
    pub fn end(&self) -> usize {
        self.before.bytes + self.leaf.sum().bytes
    }
}

pub(super) struct Tree {
    root: Branch,
}

#[derive(Default)]
struct Branch {
    sum: Sum,
    node: Node,
}

enum Node {
    Leaves(Vec<Leaf>),
    Branches(Vec<Branch>),
}

impl Default for Node {
    fn default() -> Self {
        Self::Leaves(Vec::new())
    }
}

impl Tree {
    pub fn new() -> Self {
        Self { root: Branch::default() }
    }

    pub fn sum(&self) -> Sum {
        self.root.sum
    }

    /// Returns the leaf that holds the byte, unit, … of number `at`, if there is one.
    pub fn find(&self, measure: Measure, at: usize) -> Option<Found<'_>> {
        if self.sum().of(measure) <= at {
            return None;
        }
        let mut before = Sum::default();
        let mut node = &self.root.node;
        loop {
            match node {
                Node::Branches(branches) => {
                    let sums = branches.iter().map(|branch| branch.sum);
                    node = &branches[pass(&mut before, sums, measure, at)].node;
                }
                Node::Leaves(leaves) => {
                    let leaf = leaves.get(pass(&mut before, leaves.iter().map(Leaf::sum), measure, at))?;
                    return Some(Found { before, leaf });
                }
            }
        }
    }

    /// Returns the leaf of that number.
    pub fn get(&self, index: usize) -> Option<Found<'_>> {
        self.find(Measure::Leaves, index)
    }

    /// Returns the leaf that holds the byte `at`; the last one for the end of the text.
    pub fn at_byte(&self, at: usize) -> Option<Found<'_>> {
        self.find(Measure::Bytes, at).or_else(|| self.get(self.sum().leaves.checked_sub(1)?))
    }

    /// Returns the first leaf from number `from` on that holds something.
    pub fn next(&self, from: usize, what: Holding) -> Option<Found<'_>> {
        self.root.next(Sum::default(), from, what)
    }

    /// Returns the last leaf before number `to` that holds something.
    pub fn last(&self, to: usize, what: Holding) -> Option<Found<'_>> {
        self.root.last(Sum::default(), to, what)
    }

    /// Changes leaves in place from number `index` on, for as long as `change` returns true. It is told at which byte
    /// each leaf begins.
    pub fn update(&mut self, index: usize, change: &mut dyn FnMut(usize, &mut Leaf) -> bool) {
        self.root.update(Sum::default(), index, change);
    }

    /// Takes a leaf out, to change it and give it back to [`splice`](Self::splice); an empty one stays in its place.
    pub fn take(&mut self, index: usize) -> Leaf {
        let mut taken = Leaf::default();
        self.update(index, &mut |_, leaf| {
            std::mem::swap(leaf, &mut taken);
            false
        });
        taken
    }

    /// Replaces the leaves of these numbers.
    pub fn splice(&mut self, range: Range<usize>, leaves: Vec<Leaf>) {
        let mut siblings = self.root.splice(range, leaves);
        while !siblings.is_empty() {
            siblings.insert(0, std::mem::take(&mut self.root));
            (self.root, siblings) = grow(siblings);
        }
        while let Node::Branches(branches) = &mut self.root.node
            && branches.len() <= 1
        {
            self.root = branches.pop().unwrap_or_default();
        }
    }
}

/// Returns the place of the part that holds number `at`, and adds what is before it.
fn pass(before: &mut Sum, parts: impl Iterator<Item = Sum>, measure: Measure, at: usize) -> usize {
    let mut place = 0;
    for sum in parts {
        let after = *before + sum;
        if after.of(measure) > at {
            break;
        }
        *before = after;
        place += 1;
    }
    place
}

/// Puts branches under new ones; returns the first of these and the others.
fn grow(branches: Vec<Branch>) -> (Branch, Vec<Branch>) {
    let mut root = Branch { sum: Sum::default(), node: Node::Branches(branches) };
    let siblings = root.overflow();
    (root, siblings)
}

impl Branch {
    fn refresh(&mut self) {
        self.sum = match &self.node {
            Node::Leaves(leaves) => leaves.iter().map(Leaf::sum).fold(Sum::default(), Add::add),
            Node::Branches(branches) => {
                branches.iter().map(|branch| branch.sum).fold(Sum::default(), Add::add)
            }
        };
    }

    fn next(&self, mut before: Sum, from: usize, what: Holding) -> Option<Found<'_>> {
        if before.leaves + self.sum.leaves <= from || !self.sum.holds(what) {
            return None;
        }
        match &self.node {
            Node::Leaves(leaves) => {
                for leaf in leaves {
                    if before.leaves >= from && leaf.sum().holds(what) {
                        return Some(Found { before, leaf });
                    }
                    before += leaf.sum();
                }
            }
            Node::Branches(branches) => {
                for branch in branches {
                    if let Some(found) = branch.next(before, from, what) {
                        return Some(found);
                    }
                    before += branch.sum;
                }
            }
        }
        None
    }

    fn last(&self, before: Sum, to: usize, what: Holding) -> Option<Found<'_>> {
        if before.leaves >= to || !self.sum.holds(what) {
            return None;
        }
        // Sums do not subtract, so what is before each child is noted on the way there.
        let mut at = before;
        match &self.node {
            Node::Leaves(leaves) => {
                let mut found = None;
                for leaf in leaves {
                    if at.leaves < to && leaf.sum().holds(what) {
                        found = Some(Found { before: at, leaf });
                    }
                    at += leaf.sum();
                }
                found
            }
            Node::Branches(branches) => {
                let mut starts = [Sum::default(); WIDTH];
                for (start, branch) in starts.iter_mut().zip(branches) {
                    *start = at;
                    at += branch.sum;
                }
                branches.iter().zip(starts).rev().find_map(|(branch, start)| branch.last(start, to, what))
            }
        }
    }

    /// Returns whether the leaves behind are to be changed too.
    fn update(&mut self, before: Sum, from: usize, change: &mut dyn FnMut(usize, &mut Leaf) -> bool) -> bool {
        let mut at = before;
        let mut goes_on = true;
        match &mut self.node {
            Node::Leaves(leaves) => {
                for leaf in leaves {
                    let next = at + leaf.sum();
                    goes_on = at.leaves < from || change(at.bytes, leaf);
                    if !goes_on {
                        break;
                    }
                    at = next;
                }
            }
            Node::Branches(branches) => {
                for branch in branches {
                    let next = at + branch.sum;
                    goes_on = next.leaves <= from || branch.update(at, from, change);
                    if !goes_on {
                        break;
                    }
                    at = next;
                }
            }
        }
        self.refresh();
        goes_on
    }

    /// Replaces leaves below; returns the branches that are to stand behind this one.
    fn splice(&mut self, range: Range<usize>, new: Vec<Leaf>) -> Vec<Self> {
        match &mut self.node {
            Node::Leaves(leaves) => {
                leaves.splice(range, new);
            }
            Node::Branches(branches) => splice_branches(branches, range, new),
        }
        self.overflow()
    }

    /// Moves what is too much for one branch to new ones, evenly.
    fn overflow(&mut self) -> Vec<Self> {
        let siblings = match &mut self.node {
            Node::Leaves(leaves) => spread(leaves).into_iter().map(Node::Leaves).collect::<Vec<_>>(),
            Node::Branches(branches) => spread(branches).into_iter().map(Node::Branches).collect(),
        };
        self.refresh();
        let branch = |node| {
            let mut branch = Self { sum: Sum::default(), node };
            branch.refresh();
            branch
        };
        siblings.into_iter().map(branch).collect()
    }

    fn len(&self) -> usize {
        match &self.node {
            Node::Leaves(leaves) => leaves.len(),
            Node::Branches(branches) => branches.len(),
        }
    }

    /// Takes in the children of the next branch, which is as deep.
    fn absorb(&mut self, next: Self) {
        match (&mut self.node, next.node) {
            (Node::Leaves(ours), Node::Leaves(theirs)) => ours.extend(theirs),
            (Node::Branches(ours), Node::Branches(theirs)) => ours.extend(theirs),
            (Node::Leaves(_), Node::Branches(_)) | (Node::Branches(_), Node::Leaves(_)) => {}
        }
        self.refresh();
    }
}

/// Replaces leaves that are below some of these branches.
fn splice_branches(branches: &mut Vec<Branch>, range: Range<usize>, new: Vec<Leaf>) {
    let mut start = 0;
    let mut child = 0;
    while child + 1 < branches.len() && start + branches[child].sum.leaves <= range.start {
        start += branches[child].sum.leaves;
        child += 1;
    }
    let touched = child;
    let mut new = Some(new);
    let mut left = range.len();
    let mut from = range.start - start;
    // The first child takes the new leaves; what the range has beyond it goes from the children behind.
    while new.is_some() || left > 0 {
        let here = left.min(branches[child].sum.leaves - from);
        let siblings = branches[child].splice(from..from + here, new.take().unwrap_or_default());
        left -= here;
        from = 0;
        child += 1;
        for sibling in siblings {
            branches.insert(child, sibling);
            child += 1;
        }
    }
    // Children that became small join a neighbour, and none stays empty.
    let mut at = child.min(branches.len());
    while at > touched.saturating_sub(1) && branches.len() > 1 {
        at -= 1;
        if at + 1 < branches.len() && branches[at].len() + branches[at + 1].len() <= WIDTH / 2 {
            let next = branches.remove(at + 1);
            branches[at].absorb(next);
        } else if branches[at].len() == 0 {
            branches.remove(at);
        }
    }
}

/// Leaves as many items as one branch may have; returns the others in equal parts.
fn spread<T>(items: &mut Vec<T>) -> Vec<Vec<T>> {
    if items.len() <= WIDTH {
        return Vec::new();
    }
    let parts = items.len().div_ceil(WIDTH * 3 / 4);
    let size = items.len().div_ceil(parts);
    let mut rest = items.split_off(size).into_iter();
    items.shrink_to_fit();
    let mut spread = Vec::new();
    loop {
        let part: Vec<T> = rest.by_ref().take(size).collect();
        if part.is_empty() {
            return spread;
        }
        spread.push(part);
    }
}
