//! Files of a backup: copied with their hash, shared with an earlier backup, listed as `sha256sum` does.

use super::{LIST, MANIFEST, Progress, refused};
use crate::error::StoreError;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// Bytes read at a time.
const PIECE: usize = 1 << 18;

/// A file of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

/// Files of a backup by their names below it, `/` between folders.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    pub(super) files: BTreeMap<String, Listed>,
}

/// What a backup that this one is made onto holds.
#[derive(Debug)]
pub(super) struct Earlier {
    pub(super) folder: PathBuf,
    pub(super) list: List,
}

impl List {
    /// The text that `sha256sum --check` reads.
    pub(super) fn text(&self) -> String {
        self.files.iter().map(|(name, file)| format!("{}  {name}\n", file.sha256)).collect()
    }

    pub(super) fn bytes(&self) -> u64 {
        self.files.values().map(|file| file.bytes).sum()
    }

    /// Reads the list of a backup; the sizes are those of the files as they are.
    pub(super) fn read(target: &Path, sha256: &str) -> Result<Self, StoreError> {
        let path = target.join(LIST);
        let text = fs::read_to_string(&path).map_err(|error| StoreError::file(&path, error))?;
        if hex(&Sha256::digest(text.as_bytes())) != sha256 {
            return Err(refused(format!("{} is not what {MANIFEST} says it is", path.display())));
        }
        let mut list = Self::default();
        for line in text.lines() {
            let (sha256, name) = line
                .split_once("  ")
                .filter(|(_, name)| is_inside(name))
                .ok_or_else(|| refused(format!("{}: `{}`", path.display(), line.escape_debug())))?;
            let bytes = fs::metadata(target.join(name)).map_or(0, |found| found.len());
            list.files.insert(name.to_owned(), Listed { bytes, sha256: sha256.to_owned() });
        }
        Ok(list)
    }
}

/// Whether a name leads to a place below the backup and nowhere else.
fn is_inside(name: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part != "." && part != "..";
    !name.starts_with('/') && !name.contains('\\') && name.split('/').all(part)
}

/// Every file below a folder, in order, by its name below it. Unfinished ones, whose names begin with a dot, are left out;
/// links are not followed.
pub(super) fn walk(folder: &Path) -> Result<Vec<String>, StoreError> {
    let (mut found, mut open) = (Vec::new(), vec![String::new()]);
    while let Some(below) = open.pop() {
        let path = folder.join(&below);
        let fail = |error| StoreError::file(&path, error);
        let entries = match fs::read_dir(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            entries => entries.map_err(fail)?,
        };
        for entry in entries {
            let entry = entry.map_err(fail)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let name = if below.is_empty() { name } else { format!("{below}/{name}") };
            let kind = entry.file_type().map_err(fail)?;
            if kind.is_dir() {
                open.push(name);
            } else if kind.is_file() {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A backup that grows.
pub(super) struct Growing<'p> {
    pub(super) folder: PathBuf,
    pub(super) earlier: Option<Earlier>,
    pub(super) progress: &'p Progress,
    pub(super) list: List,
    pub(super) new_bytes: u64,
}

impl Growing<'_> {
    /// A file that never changes once it is there: shared with the earlier backup when that holds it.
    pub(super) fn keep(&mut self, from: &Path, name: &str) -> Result<(), StoreError> {
        let size = fs::metadata(from).map_err(|error| StoreError::file(from, error))?.len();
        if let Some(earlier) = &self.earlier
            && let Some(held) = earlier.list.files.get(name).filter(|held| held.bytes == size)
        {
            let (to, held) = (self.folder.join(name), held.clone());
            make_folder(&to)?;
            if fs::hard_link(earlier.folder.join(name), &to).is_ok() {
                self.list.files.insert(name.to_owned(), held);
                return self.progress.add(size);
            }
        }
        self.copy(from, name)
    }

    /// A file as it is now.
    pub(super) fn copy(&mut self, from: &Path, name: &str) -> Result<(), StoreError> {
        let to = self.folder.join(name);
        make_folder(&to)?;
        let copied = copy(from, &to, self.progress)?;
        self.new_bytes += copied.bytes;
        self.list.files.insert(name.to_owned(), copied);
        Ok(())
    }

    /// Bytes as a file.
    pub(super) fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let to = self.folder.join(name);
        make_folder(&to)?;
        write(&to, bytes)?;
        self.new_bytes += bytes.len() as u64;
        let listed = Listed { bytes: bytes.len() as u64, sha256: hex(&Sha256::digest(bytes)) };
        self.list.files.insert(name.to_owned(), listed);
        self.progress.add(bytes.len() as u64)
    }

    /// A file that is there already.
    pub(super) fn take(&mut self, name: &str) -> Result<(), StoreError> {
        let listed = hash(&self.folder.join(name), &Progress::default())?;
        self.new_bytes += listed.bytes;
        self.list.files.insert(name.to_owned(), listed);
        Ok(())
    }
}

pub(super) fn make_folder(file: &Path) -> Result<(), StoreError> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder).map_err(|error| StoreError::file(folder, error))
}

/// Writes a new file, durably.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let written = File::create_new(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|error| told(path, error))
}

/// Copies a file, durably, and hashes what was written.
pub(super) fn copy(from: &Path, to: &Path, progress: &Progress) -> Result<Listed, StoreError> {
    let mut source = File::open(from).map_err(|error| StoreError::file(from, error))?;
    let mut target = File::create_new(to).map_err(|error| told(to, error))?;
    let (mut hasher, mut piece, mut bytes) = (Sha256::new(), vec![0; PIECE], 0);
    loop {
        let read = source.read(&mut piece).map_err(|error| StoreError::file(from, error))?;
        if read == 0 {
            break;
        }
        hasher.update(&piece[..read]);
        target.write_all(&piece[..read]).map_err(|error| told(to, error))?;
        bytes += read as u64;
        progress.add(read as u64)?;
    }
    target.sync_all().map_err(|error| told(to, error))?;
    Ok(Listed { bytes, sha256: hex(&hasher.finalize()) })
}

/// The size and hash of a file as it is.
pub(super) fn hash(path: &Path, progress: &Progress) -> Result<Listed, StoreError> {
    let fail = |error| StoreError::file(path, error);
    let mut source = File::open(path).map_err(fail)?;
    let (mut hasher, mut piece, mut bytes) = (Sha256::new(), vec![0; PIECE], 0);
    loop {
        let read = source.read(&mut piece).map_err(fail)?;
        if read == 0 {
            return Ok(Listed { bytes, sha256: hex(&hasher.finalize()) });
        }
        hasher.update(&piece[..read]);
        bytes += read as u64;
        progress.add(read as u64)?;
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What could not be written, with the remedy where there is a usual one.
pub(super) fn told(path: &Path, error: std::io::Error) -> StoreError {
    if error.kind() == ErrorKind::StorageFull {
        return refused(format!(
            "there is no room for {}; free some, or choose another place",
            path.display()
        ));
    }
    StoreError::file(path, error)
}

/// Makes every folder below a folder, and the folder itself, durable.
pub(super) fn sync_folders(folder: &Path) -> Result<(), StoreError> {
    let fail = |error| StoreError::file(folder, error);
    for entry in fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        if entry.file_type().map_err(fail)?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    File::open(folder).and_then(|open| open.sync_all()).map_err(fail)
}

/// Where a folder grows before it takes its name: beside it, hidden, under a name that no other has.
pub(super) fn unfinished(target: &Path) -> Result<PathBuf, StoreError> {
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.ok_or_else(|| refused(format!("{} names no folder", target.display())))?;
    let beside = parent(target);
    fs::create_dir_all(&beside).map_err(|error| told(&beside, error))?;
    let folder = beside.join(format!(".{name}.{}.unfinished", uuid::Uuid::now_v7().simple()));
    let mut builder = fs::DirBuilder::new();
    // It holds every vulnerability there is: for its owner alone, unless they decide otherwise.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder).map_err(|error| told(&folder, error))?;
    Ok(folder)
}

/// Gives a finished folder its name, durably. An empty folder that stands there gives way.
pub(super) fn finish(unfinished: &Path, target: &Path) -> Result<(), StoreError> {
    let fail = |error| StoreError::file(target, error);
    sync_folders(unfinished)?;
    fs::rename(unfinished, target).map_err(fail)?;
    File::open(parent(target)).and_then(|folder| folder.sync_all()).map_err(fail)
}

fn parent(target: &Path) -> PathBuf {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Refuses a place where something stands.
pub(super) fn must_be_empty(target: &Path) -> Result<(), StoreError> {
    match fs::read_dir(target) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(StoreError::file(target, error)),
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(refused(format!(
                "{} is not empty; name a folder that is not there yet",
                target.display()
            ))),
        },
    }
}
