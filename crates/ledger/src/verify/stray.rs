//! Files that a log directory should not have, and partial files that should agree with wider ones.

use std::path::Path;

use super::{MAX_PROBLEMS, Problem};
use crate::bundle::{MAX_BUNDLE, decode};
use crate::disk::{self, DiskError, Found, LOCK, STAGING};
use crate::read::CHECKPOINT;
use crate::tile::{TileKind, TilePath};

/// Looks at every file below `folder` that the descent had no reason to read.
pub(super) fn find(folder: &Path, size: u64, problems: &mut Vec<Problem>) -> Result<(), DiskError> {
    disk::walk(folder, &mut |found| {
        if problems.len() < MAX_PROBLEMS {
            look_at(folder, size, found, problems);
        }
        Ok(())
    })
}

fn look_at(folder: &Path, size: u64, found: Found, problems: &mut Vec<Problem>) {
    let file = match found {
        Found::File(file) => file,
        Found::Other(file) => {
            problems.push(Problem::Stray { file });
            return;
        }
    };
    if file == CHECKPOINT || file == LOCK {
        return;
    }
    let Ok(path) = file.parse::<TilePath>() else {
        let staged = file.strip_prefix(STAGING).is_some_and(|rest| rest.starts_with('/'));
        problems.push(if staged { Problem::BeyondCheckpoint { file } } else { Problem::Stray { file } });
        return;
    };
    let Some(current) = TilePath::at(path.kind, path.index, size) else {
        problems.push(Problem::BeyondCheckpoint { file });
        return;
    };
    if path.width > current.width {
        problems.push(Problem::BeyondCheckpoint { file });
        compare(folder, current, path, problems);
    } else if path.width < current.width {
        compare(folder, path, current, problems);
    }
}

/// Reports `partial` when it is not the beginning of `wider`; a missing file is no difference.
fn compare(folder: &Path, partial: TilePath, wider: TilePath, problems: &mut Vec<Problem>) {
    let read = |path: TilePath| match disk::read_if_present(&folder.join(path.to_string()), MAX_BUNDLE) {
        Err(DiskError::TooLarge { .. }) => Some(Vec::new()),
        // What cannot be read is reported where it is needed.
        other => other.ok().flatten(),
    };
    let (Some(narrow), Some(wide)) = (read(partial), read(wider)) else { return };
    let whole = match partial.kind {
        TileKind::Entries => decode(&narrow, partial.width).is_ok(),
        TileKind::Hashes(_) => narrow.len() == usize::from(partial.width) * 32,
    };
    if !whole || !wide.starts_with(&narrow) {
        let (file, wider) = (partial.to_string(), wider.to_string());
        problems.push(Problem::PartialDiffers { file, wider });
    }
}
