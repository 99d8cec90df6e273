//! The ledger of a backup: exactly the files of one signed checkpoint. A log that goes on in a restored store must not find
//! entries of a future that it never had.

use super::files::Growing;
use super::{LEDGER, refused};
use crate::error::StoreError;
use std::path::Path;
use warrant_ledger::bundle::{decode, push_entry};
use warrant_ledger::tile::{LEVELS, TileKind, TilePath};

/// Copies the log of `size` entries below `from`, under this checkpoint.
pub(super) fn copy(
    growing: &mut Growing<'_>,
    from: &Path,
    size: u64,
    checkpoint: &[u8],
) -> Result<(), StoreError> {
    let kinds = (0..LEVELS).map(TileKind::Hashes).chain([TileKind::Entries]);
    for kind in kinds {
        for tile in (0..).map_while(|index| TilePath::at(kind, index, size)) {
            let name = format!("{LEDGER}/{tile}");
            if tile.is_full() {
                growing.keep(&from.join(tile.to_string()), &name)?;
            } else {
                growing.put(&name, &partial(from, tile)?)?;
            }
        }
    }
    growing.put(&format!("{LEDGER}/checkpoint"), checkpoint)
}

/// The bytes of a tile that is not full at this size; a writer at work may have replaced it by the full one.
fn partial(from: &Path, tile: TilePath) -> Result<Vec<u8>, StoreError> {
    let path = from.join(tile.to_string());
    match std::fs::read(&path) {
        Ok(bytes) => return Ok(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(StoreError::file(&path, error)),
    }
    let path = from.join(tile.full().to_string());
    let bytes = std::fs::read(&path).map_err(|error| StoreError::file(&path, error))?;
    let damaged = |fault: String| StoreError::Damaged(format!("{}: {fault}", path.display()));
    match tile.kind {
        TileKind::Hashes(_) => {
            let beginning = bytes.get(..usize::from(tile.width) * 32);
            Ok(beginning.ok_or_else(|| damaged("cut off".to_owned()))?.to_vec())
        }
        TileKind::Entries => {
            let entries = decode(&bytes, tile.full().width).map_err(|fault| damaged(fault.to_string()))?;
            let mut beginning = Vec::new();
            for entry in entries.into_iter().take(tile.width.into()) {
                push_entry(&mut beginning, entry).map_err(|fault| refused(fault.to_string()))?;
            }
            Ok(beginning)
        }
    }
}
