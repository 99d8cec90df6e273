//! The ZIP container of a workbook: bounded reading of a part, and a copy in which some parts are replaced and all
//! others keep their packed bytes.

use super::TemplateError;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

/// The largest template, packed.
const PACKED: u64 = 64 << 20;

/// The most parts; a workbook has a few dozen.
const PARTS: usize = 4096;

/// What may be unpacked whatever the ratio: blank styled rows pack extremely well.
const UNPACKED_FLOOR: u64 = 64 << 20;

/// What may be unpacked at most.
const UNPACKED: u64 = 256 << 20;

/// The largest part that is taken into memory.
const PART: u64 = 128 << 20;

/// The ratio of unpacked to packed bytes above the floor.
const RATIO: u64 = 200;

/// A template's container.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    changed: BTreeMap<usize, String>,
    added: BTreeMap<String, String>,
}

impl<'a> Package<'a> {
    /// Opens a container and weighs it: the sizes that an archive declares can lie.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, TemplateError> {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(TemplateError::NotAWorkbook(
                "it is an old (XLS) or password-protected workbook; save it as XLSX without a password",
            ));
        }
        if !bytes.starts_with(b"PK") {
            return Err(TemplateError::NotAWorkbook("it is no ZIP container; give it as XLSX"));
        }
        if bytes.len() as u64 > PACKED {
            return Err(TemplateError::TooLarge { what: "size in bytes", limit: PACKED });
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
        if archive.len() > PARTS {
            return Err(TemplateError::TooLarge { what: "number of parts", limit: PARTS as u64 });
        }
        weigh(&mut archive, bytes.len() as u64)?;
        let mut names = Vec::with_capacity(archive.len());
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(unreadable)?;
            names.push(String::from_utf8_lossy(entry.name_raw()).replace('\\', "/"));
        }
        let has = |name: &str| names.iter().any(|known: &String| known == name);
        if has("xl/workbook.bin") {
            return Err(TemplateError::NotAWorkbook("it is a binary workbook (XLSB); save it as XLSX"));
        }
        if names.iter().any(|name| name.starts_with("_xmlsignatures/")) {
            return Err(TemplateError::NotAWorkbook(
                "it is digitally signed, and a filled copy would break the signature; take the signature off first",
            ));
        }
        Ok(Self { archive, names, changed: BTreeMap::new(), added: BTreeMap::new() })
    }

    /// The text of a part as it is now; `None` when there is none of that name.
    pub(super) fn text(&mut self, part: &str) -> Result<Option<String>, TemplateError> {
        let Some(index) = self.index(part) else { return Ok(self.added.get(part).cloned()) };
        if let Some(text) = self.changed.get(&index) {
            return Ok(Some(text.clone()));
        }
        let damaged = |message: String| TemplateError::Damaged { part: part.to_owned(), message };
        let entry = self.archive.by_index(index).map_err(|error| damaged(error.to_string()))?;
        let mut bytes = Vec::new();
        entry.take(PART + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
        if bytes.len() as u64 > PART {
            return Err(TemplateError::TooLarge { what: "largest part in bytes", limit: PART });
        }
        let text = String::from_utf8(bytes).map_err(|_| damaged("it is not UTF-8".to_owned()))?;
        Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
    }

    /// Replaces a part, or adds it.
    pub(super) fn put(&mut self, part: &str, text: String) {
        match self.index(part) {
            Some(index) => drop(self.changed.insert(index, text)),
            None => drop(self.added.insert(part.to_owned(), text)),
        }
    }

    /// The container with the replaced parts, added ones last; all others keep their packed bytes and their order.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, TemplateError> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(index).map_err(unreadable)?;
            let Some(text) = self.changed.get(&index) else {
                out.raw_copy_file(entry).map_err(unreadable)?;
                continue;
            };
            let mut options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            if let Some(modified) = entry.last_modified() {
                options = options.last_modified_time(modified);
            }
            drop(entry);
            out.start_file(self.names[index].as_str(), options).map_err(unreadable)?;
            out.write_all(text.as_bytes()).map_err(|error| unreadable(error.into()))?;
        }
        for (name, text) in &self.added {
            // The time of day is none of the workbook's.
            let options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .last_modified_time(zip::DateTime::default());
            out.start_file(name.as_str(), options).map_err(unreadable)?;
            out.write_all(text.as_bytes()).map_err(|error| unreadable(error.into()))?;
        }
        Ok(out.finish().map_err(unreadable)?.into_inner())
    }

    /// Part names compare without letter case (ECMA-376 part 2 §6.2.2.3).
    fn index(&self, part: &str) -> Option<usize> {
        let part = part.trim_start_matches('/');
        let exact = self.names.iter().position(|name| name == part);
        exact.or_else(|| self.names.iter().position(|name| name.eq_ignore_ascii_case(part)))
    }
}

/// Unpacks everything once into nothing.
fn weigh(archive: &mut ZipArchive<Cursor<&[u8]>>, packed: u64) -> Result<(), TemplateError> {
    let limit = packed.saturating_mul(RATIO).clamp(UNPACKED_FLOOR, UNPACKED);
    let mut left = limit;
    let mut piece = vec![0; 64 * 1024];
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(unreadable)?;
        loop {
            let count = entry.read(&mut piece).map_err(|error| unreadable(error.into()))? as u64;
            if count == 0 {
                break;
            }
            let over = TemplateError::TooLarge { what: "unpacked size in bytes", limit };
            left = left.checked_sub(count).ok_or(over)?;
        }
    }
    Ok(())
}

fn unreadable(error: zip::result::ZipError) -> TemplateError {
    TemplateError::Damaged { part: "the container".to_owned(), message: error.to_string() }
}
