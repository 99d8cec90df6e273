//! The right edge of a growing tree: the hashes of the unfinished tile of every level.
//!
//! Holds at most 255 hashes a level (8 levels reach 2^64 leaves), so appending and taking the root need no
//! reading back.

use crate::hash::Hash;
use crate::tile::{LEVELS, TILE_WIDTH};
use crate::tree::{complete, fold_peaks};

/// Unfinished tiles, level 0 first. Each holds fewer than 256 hashes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    edges: Vec<Vec<Hash>>,
    size: u64,
}

impl Frontier {
    /// An empty tree.
    #[must_use]
    pub fn new() -> Frontier {
        Frontier::default()
    }

    /// A tree of `size` leaves from its unfinished tiles, level 0 first; `None` when a width does not fit.
    #[must_use]
    pub fn from_edges(size: u64, mut edges: Vec<Vec<Hash>>) -> Option<Frontier> {
        while edges.last().is_some_and(Vec::is_empty) {
            edges.pop();
        }
        let fits = |level: u8| {
            let width = edges.get(usize::from(level)).map_or(0, Vec::len);
            width as u64 == (size >> (8 * u32::from(level))) & 0xff
        };
        (edges.len() <= usize::from(LEVELS) && (0..LEVELS).all(fits)).then_some(Frontier { edges, size })
    }

    /// Number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Hashes of the unfinished tile at `level`, empty when there is none.
    #[must_use]
    pub fn edge(&self, level: u8) -> &[Hash] {
        self.edges.get(usize::from(level)).map_or(&[], Vec::as_slice)
    }

    /// Levels that may have an unfinished tile.
    #[must_use]
    pub fn levels(&self) -> u8 {
        self.edges.len() as u8
    }

    /// Appends a leaf hash. `full` receives each tile this completes: its level, index and 256 hashes.
    ///
    /// # Errors
    /// What `full` returns; the frontier is then out of step with its reader and must be dropped.
    pub fn push<E>(
        &mut self,
        leaf: Hash,
        mut full: impl FnMut(u8, u64, &[Hash]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut carry = leaf;
        self.size += 1;
        for level in 0..LEVELS {
            let position = usize::from(level);
            if self.edges.len() == position {
                self.edges.push(Vec::with_capacity(TILE_WIDTH));
            }
            self.edges[position].push(carry);
            if self.edges[position].len() < TILE_WIDTH {
                break;
            }
            let index = (self.size >> (8 * (u32::from(level) + 1))) - 1;
            full(level, index, &self.edges[position])?;
            carry = complete(&self.edges[position]);
            self.edges[position].clear();
        }
        Ok(())
    }

    /// Root of the tree (RFC 6962 section 2.1).
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut peaks = Vec::new();
        for edge in self.edges.iter().rev() {
            peaks_of(edge, &mut peaks);
        }
        fold_peaks(&peaks)
    }
}

/// Appends to `peaks` the complete subtrees that an unfinished tile is made of, largest first.
fn peaks_of(edge: &[Hash], peaks: &mut Vec<Hash>) {
    let mut rest = edge;
    while !rest.is_empty() {
        let (head, tail) = rest.split_at(1 << rest.len().ilog2());
        peaks.push(complete(head));
        rest = tail;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;
    use std::convert::Infallible;

    #[test]
    fn full_tiles_are_handed_over_once_with_their_index() {
        let mut frontier = Frontier::new();
        let mut seen = Vec::new();
        for n in 0u32..66_000 {
            let Ok(()) = frontier.push(leaf_hash(&n.to_be_bytes()), |level, index, hashes| {
                assert_eq!(hashes.len(), TILE_WIDTH);
                seen.push((level, index));
                Ok::<(), Infallible>(())
            });
        }
        let zero: Vec<u64> = seen.iter().filter(|(l, _)| *l == 0).map(|(_, n)| *n).collect();
        assert_eq!(zero, (0..257).collect::<Vec<_>>());
        assert_eq!(seen.iter().filter(|(l, _)| *l == 1).collect::<Vec<_>>(), [&(1, 0)]);
        assert_eq!((frontier.edge(0).len(), frontier.edge(1).len(), frontier.edge(2).len()), (208, 1, 1));
        let edges = (0..3).map(|l| frontier.edge(l).to_vec()).collect();
        assert_eq!(Frontier::from_edges(66_000, edges), Some(frontier));
        assert_eq!(Frontier::from_edges(1, vec![]), None);
    }
}
