//! Published vectors, and the definitions of RFC 6962 section 2.1 as an oracle.

use std::convert::Infallible;

use proptest::prelude::*;

use super::*;
use crate::frontier::Frontier;
use crate::hash::leaf_hash;

/// A whole tree in memory.
struct Leaves(Vec<Hash>);

impl HashReader for Leaves {
    type Error = Infallible;

    fn node(&self, level: u32, index: u64) -> Result<Hash, Infallible> {
        let start = (index << level) as usize;
        Ok(mth(&self.0[start..start + (1 << level)]))
    }
}

impl Leaves {
    fn numbered(count: u64) -> Leaves {
        Leaves((0..count).map(|n| leaf_hash(&n.to_le_bytes())).collect())
    }

    /// Leaves of the Certificate Transparency test suite.
    fn published() -> Leaves {
        let texts = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        Leaves(texts.iter().map(|text| leaf_hash(&hex::decode(text).unwrap())).collect())
    }

    fn root(&self, size: u64) -> Hash {
        let Ok(root) = root(self, size);
        root
    }

    fn inclusion(&self, index: u64, size: u64) -> Vec<Hash> {
        let Ok(path) = inclusion(self, index, size);
        path.unwrap()
    }

    fn consistency(&self, old: u64, new: u64) -> Vec<Hash> {
        let Ok(path) = consistency(self, old, new);
        path.unwrap()
    }
}

fn mth(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::sha256(b""),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node_hash(&mth(left), &mth(right))
        }
    }
}

fn path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() < 2 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
    let (mut below, sibling) = if index < left.len() {
        (path(index, left), mth(right))
    } else {
        (path(index - left.len(), right), mth(left))
    };
    below.push(sibling);
    below
}

fn subproof(old: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if old == leaves.len() {
        return if whole { Vec::new() } else { vec![mth(leaves)] };
    }
    let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
    let (mut below, sibling) = if old <= left.len() {
        (subproof(old, left, whole), mth(right))
    } else {
        (subproof(old - left.len(), right, false), mth(left))
    };
    below.push(sibling);
    below
}

fn hashes(texts: &[&str]) -> Vec<Hash> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

const A: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const B: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const C: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
const D: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const E: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const F: &str = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
const G: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
const FIRST: &str = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
const TWO: &str = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";

#[test]
fn roots_of_the_published_leaves() {
    let roots = [
        FIRST,
        TWO,
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        F,
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let leaves = Leaves::published();
    let mut frontier = Frontier::new();
    assert_eq!(frontier.root(), Hash::EMPTY_ROOT);
    for (n, expected) in roots.iter().enumerate() {
        let Ok(()) = frontier.push(leaves.0[n], |_, _, _| Ok::<(), Infallible>(()));
        assert_eq!(frontier.root().to_string(), *expected);
        assert_eq!(leaves.root(n as u64 + 1).to_string(), *expected);
    }
}

#[test]
fn inclusion_paths_of_the_published_leaves() {
    let leaves = Leaves::published();
    assert_eq!(leaves.inclusion(0, 1), []);
    assert_eq!(leaves.inclusion(0, 8), hashes(&[A, B, C]));
    assert_eq!(leaves.inclusion(5, 8), hashes(&[D, E, F]));
    assert_eq!(leaves.inclusion(2, 3), hashes(&[TWO]));
    assert_eq!(leaves.inclusion(1, 5), hashes(&[FIRST, B, D]));
}

#[test]
fn consistency_proofs_of_the_published_leaves() {
    let leaves = Leaves::published();
    assert_eq!(leaves.consistency(1, 1), []);
    assert_eq!(leaves.consistency(1, 8), hashes(&[A, B, C]));
    assert_eq!(leaves.consistency(6, 8), hashes(&[G, E, F]));
    assert_eq!(leaves.consistency(2, 5), hashes(&[B, D]));
}

#[test]
fn every_proof_of_small_trees_is_the_definition_and_checks() {
    let leaves = Leaves::numbered(70);
    for new in 0..=70u64 {
        let head = &leaves.0[..new as usize];
        let new_root = leaves.root(new);
        assert_eq!(new_root, mth(head));
        for n in 0..new {
            let proof = leaves.inclusion(n, new);
            assert_eq!(proof, path(n as usize, head));
            assert_eq!(check_inclusion(&head[n as usize], n, new, &proof, &new_root), Ok(()));
            let proof = leaves.consistency(n + 1, new);
            assert_eq!(proof, subproof(n as usize + 1, head, true));
            let old_root = leaves.root(n + 1);
            assert_eq!(check_consistency(n + 1, &old_root, new, &new_root, &proof), Ok(()));
        }
        assert_eq!(inclusion(&leaves, new, new), Ok(None));
    }
    assert_eq!(consistency(&leaves, 5, 4), Ok(None));
}

#[test]
fn the_edges_of_sizes_are_refused_by_rule() {
    let leaves = Leaves::numbered(8);
    let (root, one) = (leaves.root(8), leaves.0[0]);
    let path = leaves.inclusion(0, 8);
    let outside = |index, size| Err(TreeError::IndexOutside { index, size });
    assert_eq!(check_inclusion(&one, 8, 8, &path, &root), outside(8, 8));
    assert_eq!(check_inclusion(&one, 0, 0, &[], &root), outside(0, 0));
    assert_eq!(check_inclusion(&one, u64::MAX, u64::MAX, &[], &root), outside(u64::MAX, u64::MAX));
    assert!(matches!(
        check_inclusion(&one, 0, u64::MAX, &path, &root),
        Err(TreeError::Length { expected: 64, found: 3 })
    ));
    let longer = [path.clone(), vec![root]].concat();
    let length = Err(TreeError::Length { expected: 3, found: 4 });
    assert_eq!(check_inclusion(&one, 0, 8, &longer, &root), length);
    let shrunk = Err(TreeError::Shrunk { old: 9, new: 8 });
    assert_eq!(check_consistency(9, &root, 8, &root, &[]), shrunk);
    assert_eq!(check_consistency(0, &Hash::EMPTY_ROOT, 8, &root, &[]), Ok(()));
    assert!(check_consistency(0, &root, 8, &root, &[]).is_err(), "an empty tree has one root");
    assert!(check_consistency(8, &root, 8, &one, &[]).is_err(), "two roots of one size");
    assert!(
        check_consistency(4, &root, 8, &root, &leaves.consistency(4, 8)).is_err(),
        "other size, same root"
    );
    assert!(check_consistency(u64::MAX - 1, &root, u64::MAX, &root, &[one; 64]).is_err());
}

fn flip(hash: &Hash, bit: usize) -> Hash {
    let mut other = *hash;
    other.0[bit / 8] ^= 1 << (bit % 8);
    other
}

proptest! {
    #[test]
    fn an_inclusion_proof_fails_with_any_bit_flipped(
        size in 1u64..3000, place in any::<prop::sample::Index>(), bit in 0usize..256, wrong in 1u64..4000,
    ) {
        let leaves = Leaves::numbered(size);
        let index = place.index(size as usize) as u64;
        let (leaf, root) = (leaves.0[index as usize], leaves.root(size));
        let path = leaves.inclusion(index, size);
        prop_assert_eq!(check_inclusion(&leaf, index, size, &path, &root), Ok(()));
        prop_assert!(check_inclusion(&flip(&leaf, bit), index, size, &path, &root).is_err());
        prop_assert!(check_inclusion(&leaf, index, size, &path, &flip(&root, bit)).is_err());
        for n in 0..path.len() {
            let mut other = path.clone();
            other[n] = flip(&path[n], bit);
            prop_assert!(check_inclusion(&leaf, index, size, &other, &root).is_err());
            other.remove(n);
            prop_assert!(check_inclusion(&leaf, index, size, &other, &root).is_err());
        }
        let other = (index + wrong) % size.max(1);
        if other != index {
            prop_assert!(check_inclusion(&leaf, other, size, &path, &root).is_err());
        }
    }

    #[test]
    fn a_consistency_proof_fails_with_any_bit_flipped(
        new in 1u64..3000, place in any::<prop::sample::Index>(), bit in 0usize..256,
    ) {
        let leaves = Leaves::numbered(new);
        let old = place.index(new as usize) as u64 + 1;
        let (old_root, new_root) = (leaves.root(old), leaves.root(new));
        let path = leaves.consistency(old, new);
        prop_assert_eq!(check_consistency(old, &old_root, new, &new_root, &path), Ok(()));
        prop_assert!(check_consistency(old, &flip(&old_root, bit), new, &new_root, &path).is_err());
        prop_assert!(check_consistency(old, &old_root, new, &flip(&new_root, bit), &path).is_err());
        for n in 0..path.len() {
            let mut other = path.clone();
            other[n] = flip(&path[n], bit);
            prop_assert!(check_consistency(old, &old_root, new, &new_root, &other).is_err());
            other.remove(n);
            prop_assert!(check_consistency(old, &old_root, new, &new_root, &other).is_err());
        }
    }

    #[test]
    fn no_numbers_make_a_check_panic(
        index in any::<u64>(), size in any::<u64>(), length in 0usize..66,
    ) {
        let hash = leaf_hash(b"");
        let path = vec![hash; length];
        prop_assert!(check_inclusion(&hash, index, size, &path, &Hash::EMPTY_ROOT).is_err());
        prop_assert!(check_consistency(index, &hash, size, &Hash::EMPTY_ROOT, &path).is_err());
    }
}
