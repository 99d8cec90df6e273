//! From the checkpoint down to the entries, and back up with what the entries hash to.

use std::path::Path;

use super::{MAX_PROBLEMS, Problem, Standing};
use crate::bundle::{MAX_BUNDLE, decode_readable};
use crate::disk::{self, DiskError, Found};
use crate::frontier::Frontier;
use crate::hash::{Hash, leaf_hash};
use crate::tile::{LEVELS, TILE_WIDTH, TileKind, TilePath, decode_hashes};
use crate::tree::complete;

/// A walk over one log directory.
pub(super) struct Descent<'a> {
    folder: &'a Path,
    size: u64,
    visit: &'a mut dyn FnMut(u64, &[u8], Standing),
    pub(super) problems: Vec<Problem>,
    pub(super) entries: u64,
    /// Bundles below this index may exist; everything from here on is missing.
    extent: u64,
    truncated: bool,
    /// Whether some entry the checkpoint covers could not be read.
    unread: bool,
}

/// What one tile is made of.
#[derive(Default)]
struct Subtree {
    /// Hashes as stored; `None` when the tile cannot be used.
    stored: Option<Vec<Hash>>,
    /// Hashes recomputed from below, falling back to stored ones where the level below cannot be read.
    computed: Option<Vec<Hash>>,
    /// As `computed`, but with the recorded hash wherever what is below was found altered: what the tile held
    /// when it was signed, as far as that can be told.
    best: Option<Vec<Hash>>,
    /// Whether something at or below it has been reported.
    reported: bool,
    /// Whether what is below it, rather than the tile, was found wrong.
    blamed_below: bool,
}

/// What the level above says the hash of a full tile is.
#[derive(Clone, Copy)]
struct Expected {
    hash: Hash,
    /// Whether the checkpoint leads to that hash.
    proved: bool,
}

impl<'a> Descent<'a> {
    pub(super) fn new(
        folder: &'a Path,
        size: u64,
        visit: &'a mut dyn FnMut(u64, &[u8], Standing),
        problems: Vec<Problem>,
    ) -> Descent<'a> {
        Descent { folder, size, visit, problems, entries: 0, extent: 0, truncated: false, unread: false }
    }

    /// Finds the last bundle on disk, so that a checkpoint that claims more costs nothing to refute.
    pub(super) fn find_extent(&mut self) -> Result<(), DiskError> {
        let bundles = self.folder.join("tile/entries");
        if bundles.is_dir() {
            disk::walk(&bundles, &mut |found| {
                if let Found::File(name) = found
                    && let Ok(path) = format!("tile/entries/{name}").parse::<TilePath>()
                {
                    self.extent = self.extent.max(path.index.saturating_add(1));
                }
                Ok::<(), DiskError>(())
            })?;
        }
        Ok(())
    }

    /// Verifies everything the checkpoint covers; returns the root of the entries, if all could be read.
    pub(super) fn run(&mut self, root: &Hash) -> Option<Hash> {
        let before = self.problems.len();
        let edges: Vec<Option<TilePath>> = (0..LEVELS).map(|level| self.edge(level)).collect();
        // The unfinished tiles of all levels together give the root, so they are proved or not as a whole.
        let stored: Vec<_> =
            edges.iter().map(|path| path.map_or(Some(Vec::new()), |path| self.peek(path))).collect();
        let proved = self.leads_to(root, stored.iter().map(Option::as_deref));
        let none = || Subtree { best: Some(vec![]), computed: Some(vec![]), ..Subtree::default() };
        let mut levels: Vec<Subtree> = Vec::new();
        for path in edges.iter().rev() {
            levels.push(path.map_or_else(none, |path| self.tile(path, None, proved)));
        }
        levels.reverse();
        let computed = levels.iter().map(|subtree| subtree.computed.clone()).collect::<Option<Vec<_>>>();
        let computed = computed.and_then(|edges| root_of(self.size, edges));
        if !proved {
            let rest = || levels.iter().skip(1).map(|subtree| subtree.best.as_deref());
            let lowest = |hashes: &Option<Vec<Hash>>| hashes.clone();
            let (best, recorded) = (lowest(&levels[0].best), lowest(&levels[0].stored));
            let solved = self.leads_to(root, std::iter::once(best.as_deref()).chain(rest()));
            let entries_wrong =
                !solved && self.leads_to(root, std::iter::once(recorded.as_deref()).chain(rest()));
            for (level, (path, subtree)) in edges.iter().zip(&levels).enumerate() {
                let (Some(path), Some(stored), Some(best)) = (path, &subtree.stored, &subtree.best) else {
                    continue;
                };
                if level == 0 && entries_wrong {
                    self.name_entries(TilePath { kind: TileKind::Entries, ..*path }, stored, best);
                } else if solved || entries_wrong || !subtree.reported {
                    self.name_differences(*path, stored, best);
                }
            }
            if let Some(computed) = computed
                && self.problems.len() == before
            {
                self.problems.push(Problem::RootDiffers { recorded: *root, computed });
            }
        }
        computed.filter(|_| !self.unread)
    }

    /// Verifies one hash tile and all below it. A full tile has `expected`; an unfinished one is `proved` or
    /// not, and in the latter case its own alterations are left to [`Descent::run`].
    fn tile(&mut self, path: TilePath, expected: Option<Expected>, proved: bool) -> Subtree {
        let level = path.kind.level();
        let before = self.problems.len();
        if self.is_over() || self.beyond_extent(path) {
            self.unread = true;
            return Subtree { reported: true, ..Subtree::default() };
        }
        let stored = self.read_hashes(path);
        let after_reading = self.problems.len();
        let agrees = matches!((&stored, expected), (Some(s), Some(e)) if complete(s) == e.hash);
        let proved = match expected {
            Some(expected) => expected.proved && agrees,
            None => proved && stored.is_some(),
        };
        // Without proof, a tile that the level above agrees with still outranks what is below it.
        let matched = proved || agrees;
        let mut subtree = if level == 0 {
            self.bundle(path, stored.as_deref(), expected, matched, proved)
        } else {
            self.children(path, stored.as_deref(), matched, proved)
        };
        if let (Some(best), Some(expected)) = (&subtree.best, expected)
            && !matched
            && !subtree.blamed_below
        {
            if let Some(stored) = &stored {
                self.name_differences(path, stored, best);
            }
            // Nothing below disagrees, yet it is not what the checkpoint leads to.
            let unexplained = self.problems.len() == after_reading && complete(best) != expected.hash;
            if unexplained && expected.proved {
                let (first, last) = self.covered(path);
                let file = match (&stored, level) {
                    (None, 0) => TilePath { kind: TileKind::Entries, ..path }.to_string(),
                    (None, _) => format!("tile/{}", level - 1),
                    _ => path.to_string(),
                };
                self.problems.push(Problem::Replaced { file, first, last, recorded: expected.hash });
            }
        }
        subtree.stored = stored;
        subtree.reported = self.problems.len() > before;
        subtree
    }

    /// Verifies the tiles below a tile.
    fn children(&mut self, path: TilePath, stored: Option<&[Hash]>, matched: bool, proved: bool) -> Subtree {
        let kind = TileKind::Hashes(path.kind.level() - 1);
        let (mut computed, mut best) = (Some(Vec::new()), Some(Vec::new()));
        for position in 0..path.width {
            let index = path.index * TILE_WIDTH as u64 + u64::from(position);
            let child = TilePath { kind, index, width: TILE_WIDTH as u16 };
            let recorded = stored.and_then(|hashes| hashes.get(usize::from(position)).copied());
            let subtree = self.tile(child, recorded.map(|hash| Expected { hash, proved }), false);
            let as_stored = subtree.stored.as_deref();
            let found = subtree.best.as_deref().or(as_stored).map(complete);
            if let (Some(found), Some(recorded)) = (found, recorded)
                && matched
                && !proved
                && found != recorded
                && !subtree.reported
            {
                let (first, last) = self.covered(child);
                let file = child.to_string();
                self.problems.push(Problem::Replaced { file, first, last, recorded });
            }
            let recomputed = subtree.computed.as_deref().or(as_stored).map(complete);
            let original = if matched { recorded } else { found };
            extend(&mut computed, recomputed.or(recorded));
            extend(&mut best, original.or(recorded));
        }
        Subtree { computed, best, ..Subtree::default() }
    }

    /// Verifies the bundle beside a level-0 tile.
    fn bundle(
        &mut self,
        tile: TilePath,
        stored: Option<&[Hash]>,
        expected: Option<Expected>,
        matched: bool,
        proved: bool,
    ) -> Subtree {
        let path = TilePath { kind: TileKind::Entries, ..tile };
        let start = path.index * TILE_WIDTH as u64;
        let recorded = stored.map(<[Hash]>::to_vec);
        let as_recorded = |blamed_below| Subtree {
            computed: recorded.clone(),
            best: recorded.clone(),
            blamed_below,
            ..Subtree::default()
        };
        let Some((bytes, version)) = self.read(path, MAX_BUNDLE) else {
            self.unread = true;
            return as_recorded(true);
        };
        let (mut entries, fault) = decode_readable(&bytes, version.width);
        entries.truncate(path.width.into());
        let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        for (n, entry) in entries.iter().enumerate() {
            let agrees = stored.is_some_and(|stored| stored.get(n) == leaves.get(n));
            let standing = if agrees { Standing::Recorded } else { Standing::Doubtful };
            (self.visit)(start + n as u64, entry, standing);
            self.entries += 1;
        }
        if let Some(fault) = fault {
            // A wrong length shifts all that follows, so only the first difference means something.
            self.unread = true;
            let same = |n: &usize| stored.is_none_or(|stored| stored.get(*n) == leaves.get(*n));
            let index = start + (0..leaves.len()).take_while(same).count() as u64;
            let (file, reason) = (version.to_string(), fault.to_string());
            self.problems.push(Problem::BundleDamaged { file, index, reason });
            return as_recorded(matched);
        }
        let entries_prove = expected.is_some_and(|expected| complete(&leaves) == expected.hash);
        // An unfinished tile that is not proved is left open: run decides with the root.
        let open = expected.is_none() && !proved && !tile.is_full();
        match stored {
            Some(stored) if stored != leaves && !entries_prove && !open => {
                self.name_entries(version, stored, &leaves);
                Subtree { computed: Some(leaves), ..as_recorded(true) }
            }
            _ => Subtree { computed: Some(leaves.clone()), best: Some(leaves), ..Subtree::default() },
        }
    }

    /// Reports where a tile differs from what is below it.
    fn name_differences(&mut self, path: TilePath, stored: &[Hash], computed: &[Hash]) {
        for (position, (found, computed)) in stored.iter().zip(computed).enumerate() {
            if found != computed {
                let (file, found, computed) = (path.to_string(), *found, *computed);
                self.problems.push(Problem::TileAltered { file, position, computed, found });
            }
        }
    }

    /// Reports entries whose hash is not the one recorded.
    fn name_entries(&mut self, path: TilePath, recorded: &[Hash], found: &[Hash]) {
        for (index, (recorded, found)) in (path.index * TILE_WIDTH as u64..).zip(recorded.iter().zip(found)) {
            if found != recorded {
                let (file, recorded, found) = (path.to_string(), *recorded, *found);
                self.problems.push(Problem::EntryAltered { file, index, recorded, found });
            }
        }
    }

    /// Whether unfinished tiles, level 0 first, have this root.
    fn leads_to<'h>(&self, root: &Hash, edges: impl Iterator<Item = Option<&'h [Hash]>>) -> bool {
        let edges: Option<Vec<Vec<Hash>>> = edges.map(|edge| edge.map(<[Hash]>::to_vec)).collect();
        edges.and_then(|edges| root_of(self.size, edges)) == Some(*root)
    }

    /// The unfinished tile of a level.
    fn edge(&self, level: u8) -> Option<TilePath> {
        let index = self.size.checked_shr(8 * (u32::from(level) + 1)).unwrap_or(0);
        TilePath::at(TileKind::Hashes(level), index, self.size)
    }

    /// First and last entry below a tile, within the log.
    fn covered(&self, path: TilePath) -> (u64, u64) {
        let each = 1u64 << (8 * u32::from(path.kind.level()));
        let first = (path.index * TILE_WIDTH as u64).saturating_mul(each);
        let last = first.saturating_add(u64::from(path.width).saturating_mul(each)).min(self.size);
        (first, last.saturating_sub(1))
    }

    fn beyond_extent(&mut self, path: TilePath) -> bool {
        let (first, _) = self.covered(path);
        let missing = first / TILE_WIDTH as u64 >= self.extent;
        if missing && !self.truncated {
            self.truncated = true;
            self.problems.push(Problem::Truncated { first, last: self.size - 1 });
        }
        missing
    }

    fn is_over(&self) -> bool {
        self.problems.len() >= MAX_PROBLEMS
    }

    /// The hashes of a tile, without reporting what is wrong with it.
    fn peek(&mut self, path: TilePath) -> Option<Vec<Hash>> {
        let before = self.problems.len();
        let hashes = self.read_hashes(path);
        self.problems.truncate(before);
        hashes
    }

    fn read_hashes(&mut self, path: TilePath) -> Option<Vec<Hash>> {
        let (bytes, version) = self.read(path, MAX_BUNDLE)?;
        match decode_hashes(&bytes, version.width) {
            Ok(mut hashes) => {
                hashes.truncate(path.width.into());
                Some(hashes)
            }
            Err(fault) => {
                let (expected, found) = (fault.expected, fault.found);
                self.problems.push(Problem::TileLength { file: version.to_string(), expected, found });
                None
            }
        }
    }

    fn read(&mut self, path: TilePath, limit: usize) -> Option<(Vec<u8>, TilePath)> {
        for version in [path, path.full()] {
            match disk::read_if_present(&self.folder.join(version.to_string()), limit) {
                Ok(Some(bytes)) => return Some((bytes, version)),
                Ok(None) => {}
                Err(DiskError::TooLarge { limit, .. }) => {
                    self.problems.push(Problem::FileTooLarge { file: version.to_string(), limit });
                    return None;
                }
                Err(fault) => {
                    let (file, reason) = (version.to_string(), fault.to_string());
                    self.problems.push(Problem::Unreadable { file, reason });
                    return None;
                }
            }
        }
        let (first, last) = self.covered(path);
        self.problems.push(Problem::FileMissing { file: path.to_string(), first, last });
        None
    }
}

/// Root of a tree of `size` leaves from its unfinished tiles.
fn root_of(size: u64, edges: Vec<Vec<Hash>>) -> Option<Hash> {
    Frontier::from_edges(size, edges).map(|frontier| frontier.root())
}

/// Appends to hashes that are all known so far, or forgets them.
fn extend(hashes: &mut Option<Vec<Hash>>, next: Option<Hash>) {
    match (hashes.as_mut(), next) {
        (Some(known), Some(next)) => known.push(next),
        _ => *hashes = None,
    }
}
