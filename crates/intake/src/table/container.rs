//! The ZIP container of spreadsheets: what is in it, and that it does not unpack to too much.

use super::{Grid, Sheet, malformed, ods, xlsx};
use crate::{Limits, ReadError};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The most files in the container; a workbook has a few dozen.
const ENTRIES: usize = 4096;

/// What may be unpacked whatever the ratio, since small sheets of equal rows pack extremely well.
const UNPACKED_FLOOR: u64 = 4 << 20;

/// What may be unpacked at most.
const UNPACKED: u64 = 256 << 20;

pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Reads about `wanted` rows of a sheet of whatever workbook it is.
pub(super) fn read(
    bytes: &[u8],
    sheet: Sheet<'_>,
    limits: &Limits,
    wanted: usize,
) -> Result<Grid, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let names: Vec<String> = archive.file_names().flatten().map(String::from).collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    let kind = if has("xl/workbook.bin") {
        return Err(malformed(0, "this is a binary workbook (XLSB); save it as XLSX or CSV"));
    } else if has("content.xml") {
        Kind::Ods
    } else if has("[Content_Types].xml") && names.iter().any(|name| name.starts_with("xl/")) {
        Kind::Xlsx
    } else {
        return Err(malformed(0, "this ZIP archive is not a workbook; expected XLSX or ODS"));
    };
    weigh(&mut archive, bytes.len() as u64, limits)?;
    match kind {
        Kind::Ods => ods::read(&mut archive, sheet, limits, wanted),
        Kind::Xlsx => xlsx::read(&mut archive, sheet, limits, wanted),
    }
}

/// Reads every sheet of an XLSX workbook.
pub(super) fn each_sheet(bytes: &[u8], limits: &Limits) -> Result<Vec<Grid>, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    weigh(&mut archive, bytes.len() as u64, limits)?;
    xlsx::each(&mut archive, limits)
}

enum Kind {
    Ods,
    Xlsx,
}

/// Unpacks everything once into nothing: the sizes that an archive declares can lie.
fn weigh(archive: &mut Archive<'_>, packed: u64, limits: &Limits) -> Result<(), ReadError> {
    if archive.len() > ENTRIES {
        return Err(ReadError::Limit {
            what: "number of files in the archive",
            limit: ENTRIES as u64,
            line: 0,
        });
    }
    let by_ratio = packed.saturating_mul(limits.ratio).max(UNPACKED_FLOOR);
    let mut left = by_ratio.min(UNPACKED);
    let mut piece = vec![0; 64 * 1024];
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(damaged)?;
        loop {
            let count = entry.read(&mut piece).map_err(damaged)? as u64;
            if count == 0 {
                break;
            }
            left = left.checked_sub(count).ok_or(if by_ratio < UNPACKED {
                ReadError::Limit { what: "ratio of unpacked to packed size", limit: limits.ratio, line: 0 }
            } else {
                ReadError::Limit { what: "unpacked size", limit: UNPACKED, line: 0 }
            })?;
        }
    }
    Ok(())
}

/// The text of a file in a container that has been weighed; `None` when it is not there.
pub(super) fn file(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, ReadError> {
    let mut entry = match archive.by_name(name) {
        Ok(entry) => entry,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(damaged(error)),
    };
    let mut text = String::new();
    entry.read_to_string(&mut text).map_err(damaged)?;
    Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
}

pub(super) fn damaged(error: impl std::fmt::Display) -> ReadError {
    malformed(0, format!("the workbook cannot be unpacked: {error}; save it again as XLSX, ODS or CSV"))
}
