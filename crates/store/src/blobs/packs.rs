//! Packs: files of evidence that came in together, kept in one file of the disk. To make a file, sync it and sync its
//! folder costs more than all else that is done for a report of a few kilobytes.
//!
//! A pack is zstd frames, one after the other, then a line for each (`hash offset length`), then the length of those
//! lines and a mark, so that it can be read from its end, and by hand.

use crate::error::StoreError;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use warrant_model::hash::ContentHash;

/// What a pack ends with.
const MARK: &[u8; 8] = b"WPACK.1\n";

/// The length of the lines, little-endian, and the mark.
const TAIL: u64 = 16;

/// The longest list of lines that is read.
const LONGEST: u64 = 256 << 20;

/// The packs of a folder, each read when it is first asked for.
#[derive(Debug)]
pub(super) struct Packs {
    folder: PathBuf,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    listed: bool,
    /// Names of the packs that were read.
    names: HashSet<String>,
    at: HashMap<String, Slice>,
}

/// Where the frame of a hash is.
#[derive(Clone, Debug)]
struct Slice {
    pack: Arc<Path>,
    offset: u64,
    length: u64,
}

impl Packs {
    pub(super) fn of(folder: PathBuf) -> Self {
        Self { folder, known: Mutex::default() }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a pack holds the bytes of a hash, as far as this process knows: another may have written one since.
    pub(super) fn holds(&self, hash: &ContentHash) -> Result<bool, StoreError> {
        let mut known = self.known();
        if !known.listed {
            self.list(&mut known)?;
        }
        Ok(known.at.contains_key(hash.as_str()))
    }

    /// The frame of a hash, from whatever pack holds it.
    pub(super) fn frame(&self, hash: &ContentHash) -> Result<Option<Vec<u8>>, StoreError> {
        let slice = {
            let mut known = self.known();
            if !known.at.contains_key(hash.as_str()) {
                self.list(&mut known)?;
            }
            known.at.get(hash.as_str()).cloned()
        };
        let Some(Slice { pack, offset, length }) = slice else { return Ok(None) };
        let fail = |error| StoreError::file(&pack, error);
        let mut file = File::open(&pack).map_err(fail)?;
        file.seek(SeekFrom::Start(offset)).map_err(fail)?;
        let mut frame = Vec::new();
        file.take(length).read_to_end(&mut frame).map_err(fail)?;
        Ok(Some(frame))
    }

    /// Every hash that a pack holds.
    pub(super) fn hashes(&self) -> Result<Vec<ContentHash>, StoreError> {
        let mut known = self.known();
        self.list(&mut known)?;
        Ok(known.at.keys().map(|hash| ContentHash(hash.clone())).collect())
    }

    /// Reads what there is of packs that were not read yet.
    fn list(&self, known: &mut Known) -> Result<(), StoreError> {
        let fail = |error| StoreError::file(&self.folder, error);
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(fail(error)),
        };
        for entry in entries {
            let name = entry.map_err(fail)?.file_name().to_string_lossy().into_owned();
            if !name.ends_with(".pack") || known.names.contains(&name) {
                continue;
            }
            let path: Arc<Path> = self.folder.join(&name).into();
            let lines = lines_of(&path).map_err(|error| StoreError::file(&path, error))?;
            known.take(name, &path, &lines)?;
        }
        known.listed = true;
        Ok(())
    }

    /// Writes frames as one pack, durably. `unfinished` is where it grows.
    pub(super) fn write(
        &self,
        unfinished: &Path,
        frames: &[(&ContentHash, &[u8])],
    ) -> Result<(), StoreError> {
        let name = format!("{}.pack", uuid::Uuid::now_v7().simple());
        let path: Arc<Path> = self.folder.join(&name).into();
        let fail = |error| StoreError::file(&path, error);
        let (mut content, mut lines) = (Vec::new(), String::new());
        for (hash, frame) in frames {
            lines.push_str(&format!("{hash} {} {}\n", content.len(), frame.len()));
            content.extend_from_slice(frame);
        }
        content.extend_from_slice(lines.as_bytes());
        content.extend_from_slice(&(lines.len() as u64).to_le_bytes());
        content.extend_from_slice(MARK);
        let mut file = File::create_new(unfinished).map_err(fail)?;
        file.write_all(&content).and_then(|()| file.sync_all()).map_err(fail)?;
        let moved = fs::rename(unfinished, &path).or_else(|error| match error.kind() {
            ErrorKind::NotFound => {
                fs::create_dir_all(&self.folder).and_then(|()| fs::rename(unfinished, &path))
            }
            _ => Err(error),
        });
        moved.and_then(|()| File::open(&self.folder)?.sync_all()).map_err(fail)?;
        self.known().take(name, &path, &lines)
    }
}

impl Known {
    fn take(&mut self, name: String, path: &Arc<Path>, lines: &str) -> Result<(), StoreError> {
        for line in lines.lines() {
            let mut words = line.split(' ');
            let mut number = || words.next_back()?.parse::<u64>().ok();
            let (Some(length), Some(offset), Some(hash)) = (number(), number(), words.next()) else {
                return Err(StoreError::Damaged(format!("pack {}: `{line}`", path.display())));
            };
            self.at.insert(hash.to_owned(), Slice { pack: path.clone(), offset, length });
        }
        self.names.insert(name);
        Ok(())
    }
}

/// The lines at the end of a pack.
fn lines_of(path: &Path) -> io::Result<String> {
    let broken =
        || io::Error::new(ErrorKind::InvalidData, "not a pack, or cut off: restore it from a backup");
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut tail = [0; TAIL as usize];
    file.seek(SeekFrom::Start(size.checked_sub(TAIL).ok_or_else(broken)?))?;
    file.read_exact(&mut tail)?;
    let length = tail.first_chunk::<8>().map(|bytes| u64::from_le_bytes(*bytes)).ok_or_else(broken)?;
    if tail[8..] != *MARK || length > LONGEST {
        return Err(broken());
    }
    file.seek(SeekFrom::Start((size - TAIL).checked_sub(length).ok_or_else(broken)?))?;
    let mut lines = String::new();
    file.take(length).read_to_string(&mut lines)?;
    Ok(lines)
}
