//! Merkle tree arithmetic: roots, inclusion and consistency proofs, and the checks of both.
//!
//! RFC 9162 sections 2.1.1 to 2.1.4 (the tree of RFC 6962). Nothing here holds a tree: makers ask a
//! [`HashReader`] for O(log n) nodes, checkers need only the proof.

use crate::hash::{Hash, node_hash};

/// Longest path in a tree of at most 2^64 − 1 leaves.
pub const MAX_PATH: usize = 64;

/// Gives the hashes of complete subtrees.
pub trait HashReader {
    /// Why a hash could not be read.
    type Error;

    /// Hash of the complete subtree of `2^level` leaves that starts at leaf `index << level`.
    ///
    /// # Errors
    /// Whatever stops the reader; only complete subtrees are ever asked for.
    fn node(&self, level: u32, index: u64) -> Result<Hash, Self::Error>;
}

/// Why a proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// The leaf lies outside the tree.
    #[error("index {index} is outside a tree of {size} leaves")]
    IndexOutside {
        /// Index asked for.
        index: u64,
        /// Leaves in the tree.
        size: u64,
    },
    /// The tree became smaller.
    #[error("a tree of {new} leaves cannot extend one of {old}")]
    Shrunk {
        /// Leaves in the earlier tree.
        old: u64,
        /// Leaves in the later tree.
        new: u64,
    },
    /// The proof has the wrong number of hashes.
    #[error("the proof has {found} hashes where the tree needs {expected}")]
    Length {
        /// Hashes the sizes call for.
        expected: usize,
        /// Hashes in the proof.
        found: usize,
    },
    /// The hashes do not lead to the root.
    #[error("the proof leads to root {found}, not to {expected}")]
    Root {
        /// The root that was to be reached.
        expected: Hash,
        /// The root the proof leads to.
        found: Hash,
    },
}

/// Root of the first `size` leaves.
///
/// # Errors
/// The reader's.
pub fn root<R: HashReader>(reader: &R, size: u64) -> Result<Hash, R::Error> {
    if size == 0 { Ok(Hash::EMPTY_ROOT) } else { range(reader, 0, size) }
}

/// Path from leaf `index` to the root of the first `size` leaves, sibling first (RFC 9162 section 2.1.3.1).
///
/// # Errors
/// The reader's; `None` when `index >= size`.
pub fn inclusion<R: HashReader>(reader: &R, index: u64, size: u64) -> Result<Option<Vec<Hash>>, R::Error> {
    if index >= size {
        return Ok(None);
    }
    let (mut start, mut end) = (0, size);
    let mut path = Vec::new();
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            path.push(range(reader, middle, end)?);
            end = middle;
        } else {
            path.push(range(reader, start, middle)?);
            start = middle;
        }
    }
    path.reverse();
    Ok(Some(path))
}

/// Proof that the first `new` leaves extend the first `old` (RFC 9162 section 2.1.4.1); empty when `old` is
/// zero or equal to `new`.
///
/// # Errors
/// The reader's; `None` when `old > new`.
pub fn consistency<R: HashReader>(reader: &R, old: u64, new: u64) -> Result<Option<Vec<Hash>>, R::Error> {
    if old > new {
        return Ok(None);
    }
    let mut path = Vec::new();
    if old == 0 {
        return Ok(Some(path));
    }
    let (mut start, mut end, mut whole) = (0, new, true);
    while old != end {
        let middle = start + split(end - start);
        if old <= middle {
            path.push(range(reader, middle, end)?);
            end = middle;
        } else {
            path.push(range(reader, start, middle)?);
            start = middle;
            whole = false;
        }
    }
    if !whole {
        path.push(range(reader, start, end)?);
    }
    path.reverse();
    Ok(Some(path))
}

/// Checks an inclusion path (RFC 9162 section 2.1.3.2).
///
/// # Errors
/// The rule that failed.
pub fn check_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    path: &[Hash],
    root: &Hash,
) -> Result<(), TreeError> {
    if index >= size {
        return Err(TreeError::IndexOutside { index, size });
    }
    let expected = inclusion_length(index, size);
    if path.len() != expected {
        return Err(TreeError::Length { expected, found: path.len() });
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for sibling in path {
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if hash == *root { Ok(()) } else { Err(TreeError::Root { expected: *root, found: hash }) }
}

/// Checks that the tree (`new`, `new_root`) extends (`old`, `old_root`) (RFC 9162 section 2.1.4.2).
///
/// An empty earlier tree must have [`Hash::EMPTY_ROOT`] and equal sizes must have equal roots; both take an
/// empty proof.
///
/// # Errors
/// The rule that failed.
pub fn check_consistency(
    old: u64,
    old_root: &Hash,
    new: u64,
    new_root: &Hash,
    path: &[Hash],
) -> Result<(), TreeError> {
    if old > new {
        return Err(TreeError::Shrunk { old, new });
    }
    let same = |found: &Hash, expected: &Hash| {
        if found == expected { Ok(()) } else { Err(TreeError::Root { expected: *expected, found: *found }) }
    };
    if old == 0 || old == new {
        if !path.is_empty() {
            return Err(TreeError::Length { expected: 0, found: path.len() });
        }
        return if old == 0 { same(&Hash::EMPTY_ROOT, old_root) } else { same(new_root, old_root) };
    }
    let expected = consistency_length(old, new);
    if path.len() != expected {
        return Err(TreeError::Length { expected, found: path.len() });
    }
    let (mut node, mut last) = (old - 1, new - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    // A power of two is itself the first complete subtree, so the proof does not repeat its root.
    let mut rest = path.iter();
    let seed = if old.is_power_of_two() { Some(old_root) } else { rest.next() };
    let Some(seed) = seed else {
        return Err(TreeError::Length { expected, found: 0 });
    };
    let (mut old_hash, mut new_hash) = (*seed, *seed);
    for sibling in rest {
        if node & 1 == 1 || node == last {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    same(&old_hash, old_root)?;
    same(&new_hash, new_root)
}

/// Number of hashes in the inclusion path of `index` (which must be below `size`).
fn inclusion_length(index: u64, size: u64) -> usize {
    let inner = (u64::BITS - (index ^ (size - 1)).leading_zeros()) as usize;
    inner + index.checked_shr(inner as u32).unwrap_or(0).count_ones() as usize
}

/// Number of hashes in a consistency proof, for `0 < old < new`.
fn consistency_length(old: u64, new: u64) -> usize {
    // The proof is the inclusion path of the last leaf of the old tree, cut below the largest complete
    // subtree that ends there, plus that subtree's hash unless it is the whole old tree.
    let shift = old.trailing_zeros();
    let path = inclusion_length((old - 1) >> shift, ((new - 1) >> shift) + 1);
    path + usize::from(!old.is_power_of_two())
}

/// Hash of the leaves `start..end`, where `start` is a multiple of the smallest power of two ≥ `end - start`.
fn range<R: HashReader>(reader: &R, start: u64, end: u64) -> Result<Hash, R::Error> {
    let (mut position, mut left) = (start, end - start);
    let mut peaks = Vec::new();
    while left > 0 {
        let level = left.ilog2();
        peaks.push(reader.node(level, position >> level)?);
        position = position.wrapping_add(1 << level);
        left -= 1 << level;
    }
    Ok(fold_peaks(&peaks))
}

/// Root of consecutive complete subtrees of falling size; [`Hash::EMPTY_ROOT`] for none.
#[must_use]
pub fn fold_peaks(peaks: &[Hash]) -> Hash {
    let Some((last, before)) = peaks.split_last() else { return Hash::EMPTY_ROOT };
    before.iter().rev().fold(*last, |right, left| node_hash(left, &right))
}

/// Hash of a complete subtree over `hashes`, whose number is a power of two (RFC 6962 section 2.1).
#[must_use]
pub fn complete(hashes: &[Hash]) -> Hash {
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        row = row.chunks(2).map(|pair| if let [l, r] = pair { node_hash(l, r) } else { pair[0] }).collect();
    }
    row.first().copied().unwrap_or(Hash::EMPTY_ROOT)
}

/// Largest power of two below `count` (which is at least 2).
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

#[cfg(test)]
mod tests;
