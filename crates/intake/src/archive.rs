//! ZIP archives within bounds: names, members one by one, and packing for examples. No path of a member is ever
//! used as a path.

use crate::{Input, ReadError};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

/// The most members of an archive.
const MEMBERS: usize = 10_000;

/// The names of the members; none when it is no archive.
pub fn names(bytes: &[u8]) -> Vec<String> {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    archive.file_names().flatten().take(MEMBERS).map(String::from).collect()
}

/// Hands every member that is a file to `take`, in the order of the archive's directory.
///
/// # Errors
/// What `take` returns; [`ReadError::Malformed`] for a damaged archive and [`ReadError::Limit`] for one with
/// too many members or that unpacks to too much.
pub fn each(
    input: &Input<'_>,
    mut take: impl FnMut(&str, &[u8]) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let limits = input.limits;
    if input.bytes.len() as u64 > limits.bytes {
        return Err(ReadError::Limit { what: "file size", limit: limits.bytes, line: 0 });
    }
    let damaged = |error: String| ReadError::Malformed {
        line: 0,
        message: format!("the archive cannot be unpacked: {error}; pack it again"),
    };
    let mut archive =
        ZipArchive::new(Cursor::new(input.bytes)).map_err(|error| damaged(error.to_string()))?;
    if archive.len() > MEMBERS {
        return Err(ReadError::Limit { what: "number of members", limit: MEMBERS as u64, line: 0 });
    }
    let allowed = limits.bytes.min(limits.ratio.saturating_mul(input.bytes.len() as u64));
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).map_err(|error| damaged(error.to_string()))?;
        if !member.is_file() {
            continue;
        }
        let name = member.name().map_err(|error| damaged(error.to_string()))?.into_owned();
        let mut bytes = Vec::new();
        let left = allowed.saturating_sub(unpacked);
        member.by_ref().take(left + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
        unpacked += bytes.len() as u64;
        if unpacked > allowed {
            return Err(ReadError::Limit { what: "unpacked size", limit: allowed, line: 0 });
        }
        take(&name, &bytes)?;
    }
    Ok(())
}

/// Packs texts into an archive.
///
/// # Errors
/// When a name cannot be one.
pub(crate) fn pack(files: &BTreeMap<String, String>) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(name.as_str(), SimpleFileOptions::default())?;
        writer.write_all(text.trim_start_matches('\n').as_bytes())?;
    }
    writer.finish().map(Cursor::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    fn input(bytes: &[u8], limits: Limits) -> Input<'_> {
        Input { name: "a.zip", bytes, limits }
    }

    #[test]
    fn members_come_one_by_one_and_bombs_are_refused() {
        let files = [("a/b.json".to_owned(), "{}".to_owned()), ("bomb".to_owned(), " 1".repeat(1_000_000))];
        let packed = pack(&BTreeMap::from(files)).unwrap();
        assert_eq!(names(&packed), ["a/b.json", "bomb"]);
        let mut seen = Vec::new();
        let take = |name: &str, bytes: &[u8]| {
            seen.push((name.to_owned(), bytes.len()));
            Ok(())
        };
        let refused = each(&input(&packed, Limits::default()), take);
        assert!(matches!(refused, Err(ReadError::Limit { what: "unpacked size", .. })), "{refused:?}");
        assert_eq!(seen, [("a/b.json".to_owned(), 2)]);
    }

    #[test]
    fn a_damaged_archive_is_said_to_be() {
        let refused = each(&input(b"PK\x03\x04", Limits::default()), |_, _| Ok(()));
        assert!(matches!(refused, Err(ReadError::Malformed { .. })));
        assert!(names(b"PK\x03\x04").is_empty());
    }
}
