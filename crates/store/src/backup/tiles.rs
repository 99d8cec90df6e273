//! The ledger of a backup: exactly the files of one signed checkpoint. A log that goes on in a restored store must not find
//! entries of a future that it never had.

use super::files::Growing;
use super::{LEDGER, refused};
use crate::error::StoreError;
use std::path::Path;
use warrant_ledger::bundle::{decode, push_entry};
use warrant_ledger::tile::{LEVELS, TileKind, TilePath};

/// Copies the first `size` entries of the log below `from`, which has published `published` of them or more, under this
/// checkpoint.
pub(super) fn copy(
    growing: &mut Growing<'_>,
    from: &Path,
    (size, published): (u64, u64),
    checkpoint: &[u8],
) -> Result<(), StoreError> {
    let kinds = (0..LEVELS).map(TileKind::Hashes).chain([TileKind::Entries]);
    for kind in kinds {
        for tile in (0..).map_while(|index| TilePath::at(kind, index, size)) {
            let name = format!("{LEDGER}/{tile}");
            if tile.is_full() {
                growing.keep(&from.join(tile.to_string()), &name)?;
            } else {
                growing.put(&name, &partial(from, tile, published)?)?;
            }
        }
    }
    growing.put(&format!("{LEDGER}/checkpoint"), checkpoint)
}

/// The bytes of a tile that is not full at this size: as it stands, or the beginning of what has grown out of it.
fn partial(from: &Path, tile: TilePath, published: u64) -> Result<Vec<u8>, StoreError> {
    let grown = TilePath::at(tile.kind, tile.index, published);
    let mut missing = None;
    for source in [Some(tile), grown, Some(tile.full())].into_iter().flatten() {
        let path = from.join(source.to_string());
        match std::fs::read(&path) {
            Ok(bytes) => return beginning(&path, bytes, source, tile),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                missing = Some(StoreError::file(&path, error));
            }
            Err(error) => return Err(StoreError::file(&path, error)),
        }
    }
    Err(missing.unwrap_or_else(|| refused(format!("{tile} of the ledger is gone"))))
}

/// As much of a tile as another that grew into it holds.
fn beginning(path: &Path, bytes: Vec<u8>, from: TilePath, to: TilePath) -> Result<Vec<u8>, StoreError> {
    if from.width == to.width {
        return Ok(bytes);
    }
    let damaged = |fault: String| StoreError::Damaged(format!("{}: {fault}", path.display()));
    match to.kind {
        TileKind::Hashes(_) => {
            let part = bytes.get(..usize::from(to.width) * 32);
            Ok(part.ok_or_else(|| damaged("cut off".to_owned()))?.to_vec())
        }
        TileKind::Entries => {
            let entries = decode(&bytes, from.width).map_err(|fault| damaged(fault.to_string()))?;
            let mut part = Vec::new();
            for entry in entries.into_iter().take(to.width.into()) {
                push_entry(&mut part, entry).map_err(|fault| refused(fault.to_string()))?;
            }
            Ok(part)
        }
    }
}
